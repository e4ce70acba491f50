from __future__ import annotations

from pathlib import Path

import pytest

from validator.keeping import shipped_directory
from validator.rules.folder import check_files
from validator.rules.problems import Problems

PLACES = "放在：表id/form.yaml、表id/rules/*.yaml、common/parameters.yaml；不用的请移出这个文件夹"


def said(directory: Path, *files: str) -> list[str]:
    for file in files:
        path = directory / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    problems = Problems()
    check_files(directory, problems)
    return list(problems)


FORM = "own/form.yaml"


@pytest.mark.parametrize(
    "files",
    [
        (FORM, "own/rules/A-001.yaml", "common/parameters.yaml", "common/lexicon.yaml", "diagnoses/a.yaml"),
        (FORM, "common/sections/a.yaml", "common/rules/A-001.yaml", "generic/words.yaml", "narrative/words.yaml"),
        (FORM, "说明.txt", "表.xlsx", "own/说明.md", ".drafts/a.yml", "own/rules/.A-001.yaml.swp"),
        ("common/parameters.yaml",),
    ],
)
def test_what_is_read_or_no_rule_is_passed_over(tmp_path: Path, files: tuple[str, ...]) -> None:
    assert said(tmp_path, *files) == []


@pytest.mark.parametrize(
    ("file", "remedy"),
    [
        ("own/rules/A-001.yml", "文件名改成 A-001.yaml"),
        ("own/rules/A-001.yaml.txt", "文件名改成 A-001.yaml"),
        ("own/rules/A-001.YAML", "文件名改成 A-001.yaml"),
        ("other/form.yml", "文件名改成 form.yaml"),
        ("own/rule/A-001.yaml", "文件夹是否想写“rules”？"),
        ("own/A-001.yaml", "规则放在 own/rules/ 里"),
        ("own/A-001.yml", "规则放在 own/rules/ 里"),
        ("own/rules/old/A-001.yaml", PLACES),
        ("own/parameters.yaml", "挪到 common/parameters.yaml"),
        ("common/parameter.yaml", "文件名是否想写“parameters”？"),
        ("parameters.yaml", "挪到 common/parameters.yaml"),
        ("common/A-001.yaml", PLACES),
    ],
)
def test_a_file_that_would_not_be_read_is_told(tmp_path: Path, file: str, remedy: str) -> None:
    assert said(tmp_path, FORM, file) == [f"{file}:1:1: 这个文件没有读（{remedy}）"]


def test_the_folder_of_one_form_is_the_wrong_one(tmp_path: Path) -> None:
    (problem,) = said(tmp_path / "own", "form.yaml", "rules/A-001.yaml")
    assert problem.startswith("form.yaml:1:1: 这是一种表的文件夹，规则和表样没有读")
    assert problem.endswith(f"写它的上一层：{tmp_path}）")


def test_the_folder_above_is_the_wrong_one_too(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, "mine/own/form.yaml", "mine/own/rules/A-001.yaml")
    assert problem == f"mine:1:1: 规则和表样在里面一层，没有读（写成 {tmp_path / 'mine'}）"


def test_a_folder_without_anything_is_told(tmp_path: Path) -> None:
    assert said(tmp_path, "说明.txt") == [f"{tmp_path}:1:1: 文件夹里没有规则，也没有表样（{PLACES}）"]


def test_the_shipped_folder_is_read_in_full() -> None:
    assert said(shipped_directory()) == []
