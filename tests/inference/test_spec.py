"""What a diagnosis file may say: what it compiles to, and how its mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.errors import RulesetError
from validator.inference.production import Join
from validator.inference.spec import load_diagnoses, read_diagnoses

GOOD = """
id: both
order: 1
title: 甲
why: 乙
patterns:
  head: {kind: finding, type: total}
  other: {kind: finding, form: {same: head.form}}
head: head
fold: [other]
examples:
  - facts: [{kind: finding, finding: 0, type: total, form: 0}, {kind: finding, finding: 1, type: ratio, form: 0}]
    folds: [{head: 0, other: 1}]
  - facts: []
"""


def test_files_come_in_the_order_in_which_they_are_tried(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("order: 1", "order: 2"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD.replace("both", "first"), encoding="utf-8")

    assert [diagnosis.id for diagnosis in load_diagnoses(tmp_path)] == ["first", "both"]


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("kind: finding, type: total}\n", "kind: fnding, type: total}\n", "kind 应为"),
        ("type: total}\n", "tpye: total}\n", "是否想写“type”？"),
        ("{same: head.form}", "{same: later.form}", "前面的别名"),
        ("{same: head.form}", "{same: head.side}", "head 没有“side”"),
        ("{same: head.form}", "{}", "取其一"),
        ("fold: [other]", "fold: [nobody]", "“nobody”不是"),
        ("fold: [other]", "fold: [other]\nat: nobody", "“nobody”没有 cell"),
        ("fold: [other]", 'fold: [other]\nmessage: "{head.row}{nobody}"', "{nobody} 没有来处"),
        ("    folds: [{head: 0, other: 1}]\n", "", "examples"),
        ("order: 1", "ordre: 1", "是否想写“order”？"),
        ("type: total}\n", "type: []}\n", "共 0 种"),
        ("order: 1", "order: [", "YAML"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    assert was in GOOD
    (tmp_path / "one.yaml").write_text(GOOD.replace(was, becomes, 1), encoding="utf-8")

    with pytest.raises(RulesetError) as caught:
        load_diagnoses(tmp_path)

    assert says in str(caught.value)
    assert "one.yaml:" in str(caught.value)


def test_an_id_can_be_taken_once(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")

    with pytest.raises(RulesetError, match="已经有了"):
        load_diagnoses(tmp_path)


def test_a_list_of_values_is_a_production_for_each_choice(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("type: total}\n", "type: [total, ratio]}\n", 1), encoding="utf-8")
    (diagnosis,) = load_diagnoses(tmp_path)
    head, other = zip(*(production.conditions for production in diagnosis.productions), strict=True)

    assert [dict(condition.tests)["type"] for condition in head] == ["total", "ratio"]
    assert {dict(condition.tests)["form"] for condition in other} == {Join("same", "head", "form")}
    assert (diagnosis.head, diagnosis.fold, diagnosis.title) == ("head", ("other",), ("甲", ""))


def test_too_many_choices_are_refused(tmp_path: Path) -> None:
    many = ", ".join(f"t{n}" for n in range(65))
    (tmp_path / "a.yaml").write_text(GOOD.replace("type: total}\n", f"type: [{many}]}}\n", 1), encoding="utf-8")

    with pytest.raises(RulesetError, match="共 65 种"):
        read_diagnoses(tmp_path)


def test_a_folder_replaces_what_one_before_calls_the_same(tmp_path: Path) -> None:
    for name, order in (("shipped", 1), ("own", 7)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yaml").write_text(
            GOOD.replace("order: 1", f"order: {order}").replace("title: 甲", f"title: {name}"), encoding="utf-8"
        )

    assert [found.title[0] for found in load_diagnoses(tmp_path / "shipped", tmp_path / "own")] == ["own"]


def test_figures_in_patterns_and_examples_are_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (file,) = read_diagnoses(tmp_path)

    assert file.examples[0].folds == ({"head": 0, "other": 1},)
    assert file.examples[0].facts[1]["finding"] == 1
