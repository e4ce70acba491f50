from __future__ import annotations

from typing import Any

import pytest

from validator.inference.repeats import once
from validator.model.fact import Pointer
from validator.model.finding import Check, Finding, Outcome, Severity


def pair(rule: str, stated: str, *used: str, expected: str | None = "98", **changes: Any) -> tuple[Finding, Check]:
    """A finding with its check, each cell named by its path."""
    primary, *operands = (Pointer(path, path.upper(), "1") for path in (stated, *used))
    check = Check(rule, "total", Outcome.FAIL, "form[0]", None, primary, tuple(operands), expected, None, rule)
    finding = Finding(rule, rule, "total", Severity.ERROR, "", "", primary, tuple(operands), expected, check=rule)
    return finding._replace(**changes), check


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        (pair("A", "t", "a", "b"), pair("B", "t", "b", "a"), ["A"]),
        (pair("A", "t", "a", "b", severity=Severity.WARNING), pair("B", "t", "a", "b"), ["B"]),
        (pair("A", "t", "a", "b"), pair("B", "t", "a", "b", consequences=("c",), severity=Severity.WARNING), ["B"]),
        (pair("A", "t", "a", "b"), pair("B", "t", "a"), ["A", "B"]),
        (pair("A", "t", "a", "b"), pair("B", "a", "t", "b"), ["A", "B"]),
        (pair("A", "t", "a", "b"), pair("B", "t", "a", "b", expected="97"), ["A", "B"]),
        (pair("A", "t", "a", "b"), pair("B", "t", "a", "b", bound="<="), ["A", "B"]),
        (pair("A", "t", "a", expected=None), pair("B", "t", "a", expected=None), ["A", "B"]),
        (pair("A", "t", "a"), pair("B", "t", "a", primary=Pointer("a", "A", "1")), ["A", "B"]),
        (pair("A", "t", "a"), pair("B", "t", "a", check=None), ["A", "B"]),
    ],
)
def test_the_same_cell_from_the_same_cells_is_told_once(
    one: tuple[Finding, Check], other: tuple[Finding, Check], left: list[str]
) -> None:
    assert [finding.rule for finding in once([one[0], other[0]], [one[1], other[1]])] == left


def test_a_limit_that_a_rule_gives_and_no_cell_is_no_operand() -> None:
    one, check = pair("A", "t", "a")
    limited = check._replace(rule="B", id="B", operands=(*check.operands, Pointer("limit", "", "90%")))
    assert once([one, one._replace(rule="B", check="B")], [check, limited]) == (one,)
