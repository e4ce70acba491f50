"""Rates of completion of the one plan that a sentence tells."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import claims, rules, texts, words
from validator.rules.narrative.plans import of_one_plan


def over(text: str) -> tuple[list[str], list[str]] | None:
    """Return what over what the last rate of a text is."""
    told = claims(text)
    n, rate = next((n, claim) for n, claim in reversed(list(enumerate(told))) if claim.kind == "rate")
    pair = of_one_plan(rate, told[:n], words())
    return (texts(pair[0]), texts(pair[1])) if pair else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年度目标500人，上半年完成300人，完成率60%，全年完成520人，完成率154%。", (["520人"], ["500人"])),
        ("年度目标500人，上半年目标300人，上半年完成290人，完成率90%。", None),
        ("计划500户，减少20户，已完成470户，未完成10户，完成率97.92%。", None),
        ("年度目标500人，完成520人，投资完成率80%。", None),
        ("年度目标500人，其中甲镇完成300人，完成率90%。", None),
        ("年度目标500人，上年完成300人，完成率90%。", None),
        ("年度目标500人，完成1520人，完成率90%。", None),
        ("年度目标500户，完成300人，完成率90%。", None),
        ("报名600人，年度目标500人，完成450人，完成率75%。", None),
        ("完成300人，完成率90%。", None),
    ],
)
def test_what_was_done_last_is_of_the_only_plan(text: str, expected: object) -> None:
    assert over(text) == expected


@pytest.mark.parametrize("tail", ["完成率104%", "完成率103.9%"])
def test_only_what_does_not_follow_is_told(tail: str) -> None:
    found = rules(f"年度目标500人，上半年完成300人，完成率60%，全年完成520人，{tail}。")

    assert found == ([] if tail.endswith("104%") else ["NARR-004"])
