"""What was read from the files that ship with the program, kept beside them as Python keeps the byte code of its modules."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from validator import keeping
from validator.forms.spec import Section
from validator.keeping import contents, kept, kept_objects, shipped_directory
from validator.rules.problems import Problems
from validator.rules.source import parse, read

FILES = sorted(shipped_directory().rglob("*.yaml"))


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a folder be that of the shipped files, where byte code may be written."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(keeping, "_beginning", lambda: f"{tmp_path}{os.sep}")
    return tmp_path


class Asked:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def made(self, path: Path, data: bytes) -> Any:
        def make(given: bytes) -> Any:
            self.times += 1
            return {"text": given.decode(), "list": [1, None, True, "文"]}

        return kept(path, data, make)


def copies(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.data"))


def test_an_unchanged_file_is_read_once(shipped: Path) -> None:
    asked, path = Asked(), shipped / "a" / "x.yaml"
    first = asked.made(path, b"one")

    assert asked.made(path, b"one") == first == {"text": "one", "list": [1, None, True, "文"]}
    assert asked.times == 1
    assert [copy.parent.name for copy in copies(shipped)] == ["__pycache__"]


def test_a_changed_text_is_read_anew(shipped: Path) -> None:
    asked, path = Asked(), shipped / "x.yaml"
    asked.made(path, b"one")

    assert asked.made(path, b"two")["text"] == "two"
    assert asked.made(path, b"two")["text"] == "two"
    assert asked.times == 2


def test_other_code_reads_anew(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, path = Asked(), shipped / "x.yaml"
    asked.made(path, b"one")
    monkeypatch.setattr(keeping, "_stamp", lambda: b"another version")
    asked.made(path, b"one")

    assert asked.times == 2


@pytest.mark.parametrize("damage", [b"", b"\1", b"\2abcdefgh", None])
def test_a_damaged_copy_is_made_anew(shipped: Path, damage: bytes | None) -> None:
    asked, path = Asked(), shipped / "x.yaml"
    first = asked.made(path, b"one")
    (copy,) = copies(shipped)
    copy.write_bytes(copy.read_bytes()[:-3] if damage is None else damage)

    assert asked.made(path, b"one") == first
    assert asked.made(path, b"one") == first
    assert asked.times == 2


class TestRecords:
    def test_they_come_back_as_they_were_made(self, shipped: Path) -> None:
        made: list[Section] = []

        def make(given: bytes) -> Section:
            made.append(
                Section.model_validate(
                    {"id": given.decode(), "title": "表", "columns": {"a": {"name": "甲", "type": "amount"}}}
                )
            )
            return made[-1]

        first, again = (kept_objects(shipped / "all", b"one", make) for _ in range(2))

        assert first == again == made[0]
        assert len(made) == 1
        assert kept_objects(shipped / "all", b"two", make).id == "two"

    def test_a_folder_may_be_called_as_the_copies_are(self, shipped: Path) -> None:
        (shipped / "my.data").mkdir()
        kept_objects(shipped / "my.data" / "all", b"one", lambda _: {1})
        assert [copy.parent for copy in shipped.rglob("*.objects")] == [shipped / "my.data" / "__pycache__"]

    def test_they_are_kept_apart_from_the_text_of_a_file_of_that_name(self, shipped: Path) -> None:
        path = shipped / "x.yaml"
        assert Asked().made(path, b"one")["text"] == "one"
        assert kept_objects(path, b"one", lambda _: {1, 2}) == {1, 2}
        assert Asked().made(path, b"one")["text"] == "one"

    @pytest.mark.parametrize("damage", [b"", b"\x80\x05cnowhere\nnothing\n.", b"not a pickle"])
    def test_a_damaged_copy_is_made_anew(self, shipped: Path, damage: bytes) -> None:
        path = shipped / "all"
        kept_objects(path, b"one", lambda _: {1})
        (copy,) = shipped.rglob("*.objects")
        copy.write_bytes(copy.read_bytes()[:9] + damage)
        assert kept_objects(path, b"one", lambda _: {2}) == {2}


def test_the_contents_of_a_folder_change_with_any_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.yaml").write_bytes(b"one")
    (tmp_path / "y.txt").write_bytes(b"other")
    found = [contents(tmp_path)]
    (tmp_path / "y.txt").write_bytes(b"changed")
    assert contents(tmp_path) == found[0]
    for change in (
        lambda: (tmp_path / "a" / "x.yaml").write_bytes(b"two"),
        lambda: (tmp_path / "z.yaml").write_bytes(b"two"),
        lambda: (tmp_path / "z.yaml").rename(tmp_path / "a" / "z.yaml"),
        (tmp_path / "a" / "x.yaml").unlink,
    ):
        change()
        found.append(contents(tmp_path))
    assert len(set(found)) == len(found)


def test_what_raises_is_not_kept(shipped: Path) -> None:
    def make(_: bytes) -> Any:
        raise LookupError

    with pytest.raises(LookupError):
        kept(shipped / "x.yaml", b"one", make)
    assert copies(shipped) == []


def test_nothing_is_kept_where_python_writes_no_byte_code(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    asked, path = Asked(), shipped / "x.yaml"
    asked.made(path, b"one")
    asked.made(path, b"one")

    assert asked.times == 2
    assert copies(shipped) == []


def test_a_folder_that_can_not_be_written_to_is_no_matter(shipped: Path) -> None:
    (shipped / "__pycache__").write_text("not a folder", encoding="utf-8")

    assert Asked().made(shipped / "x.yaml", b"one")["text"] == "one"


def test_a_folder_from_elsewhere_is_left_alone_and_not_believed(
    shipped: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    asked = Asked()
    asked.made(shipped / "x.yaml", b"one")
    shutil.copytree(shipped / "__pycache__", elsewhere / "__pycache__")
    asked.made(elsewhere / "x.yaml", b"one")
    asked.made(elsewhere / "y.yaml", b"two")

    assert asked.times == 3
    assert len(copies(elsewhere)) == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_says_the_same_when_it_comes_from_the_copy(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    problems = Problems()
    read_now = parse(path.read_text(encoding="utf-8"), path.name, problems)
    read(path, path.name, problems)
    assert len(copies(tmp_path)) == 1
    monkeypatch.setattr("validator.rules.source.parse", None)  # it isn't asked any more
    read_then = read(path, path.name, problems)

    assert problems == []
    assert read_now is not None
    assert read_then is not None
    assert read_then.data == read_now.data
    assert read_then.place() == read_now.place()


_REPORT = """
import sys
from validator.pipeline import check
from validator.reports.json import render
print(render(check(sys.argv[1])))
from validator.forms.spec import Section
print("yaml" in sys.modules, Section.__pydantic_complete__, file=sys.stderr)
"""


def test_a_second_start_reads_no_yaml_checks_no_record_and_reports_the_same(tmp_path: Path) -> None:
    sample = next((Path(__file__).parent.parent / "samples" / "project" / "flawed").glob("*.xlsx"))
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
    first, second = (
        subprocess.run(
            [sys.executable, "-c", _REPORT, str(sample)], capture_output=True, check=True, text=True, env=environment
        )
        for _ in range(2)
    )

    assert second.stdout == first.stdout
    assert (first.stderr.split(), second.stderr.split()) == (["True", "True"], ["False", "False"])


def test_the_shipped_files_are_plain_yaml() -> None:
    """What is kept is what any reader of YAML would find, figures as texts apart."""
    path = shipped_directory() / "common" / "parameters.yaml"
    found = read(path, path.name, Problems())

    assert found is not None
    assert found.data.keys() == yaml.safe_load(path.read_text(encoding="utf-8")).keys()
