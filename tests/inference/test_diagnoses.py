"""Each diagnosis file holds its own examples; both engines must see them alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.inference.engine import DurableEngine
from validator.inference.loop import LoopEngine
from validator.inference.production import Engine
from validator.inference.spec import DiagnosisFile, Example, read_diagnoses

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
