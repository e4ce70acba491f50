"""Each diagnosis file holds its own examples; both engines must see them alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.errors import RulesetError
from validator.inference.engine import DurableEngine
from validator.inference.loop import LoopEngine
from validator.inference.production import Engine
from validator.inference.spec import DiagnosisFile, Example, load_diagnoses, read_diagnoses

FOLDER = Path(__file__).parents[2] / "rulesets" / "diagnoses"
FILES = read_diagnoses(FOLDER)
EXAMPLES = [
    pytest.param(file, example, id=f"{file.id}-{number}") for file in FILES for number, example in enumerate(file.examples)
]


@pytest.mark.parametrize("engine", [DurableEngine(), LoopEngine()], ids=lambda engine: engine.name)
@pytest.mark.parametrize(("file", "example"), EXAMPLES)
def test_the_example_folds_what_it_says(file: DiagnosisFile, example: Example, engine: Engine) -> None:
    diagnosis = file.compiled()
    aliases = (diagnosis.head, *diagnosis.fold)
    found = {
        tuple(int(activation.fact(alias)["finding"]) for alias in aliases)
        for activation in engine.run(diagnosis.productions, example.facts)
    }

    assert found == {tuple(int(fold[alias]) for alias in aliases) for fold in example.folds}


def test_every_diagnosis_is_told_in_both_languages() -> None:
    for file in FILES:
        texts = (file.title, file.why, file.message, file.help)
        assert all(text.zh and text.en for text in texts if text)


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


class TestLoading:
    def test_files_come_in_the_order_in_which_they_are_tried(self, tmp_path: Path) -> None:
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
    def test_a_mistake_is_told_with_its_place(self, tmp_path: Path, was: str, becomes: str, says: str) -> None:
        assert was in GOOD
        (tmp_path / "one.yaml").write_text(GOOD.replace(was, becomes, 1), encoding="utf-8")

        with pytest.raises(RulesetError) as caught:
            load_diagnoses(tmp_path)

        assert says in str(caught.value)
        assert "one.yaml:" in str(caught.value)

    def test_an_id_can_be_taken_once(self, tmp_path: Path) -> None:
        for name in ("a.yaml", "b.yaml"):
            (tmp_path / name).write_text(GOOD, encoding="utf-8")

        with pytest.raises(RulesetError, match="已经有了"):
            load_diagnoses(tmp_path)
