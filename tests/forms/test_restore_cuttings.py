"""Every way to cut a row is weighed, and only what holds whichever is right is read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator.forms.restore.cuttings import Kinds, fitting, is_doubtful, settled, ways_of

WEIGHT_FIRST = Kinds(("weight",), "target", "actual", ("score",))
WEIGHT_LAST = Kinds((), "target", "actual", ("weight", "score"))


def read(text: str, kinds: Kinds, points: str = "") -> list[tuple[str, ...]]:
    """The name and the cells of each row that is told for sure; `points`: what the weights come to."""
    ways = ways_of(text, 0, len(text), kinds, {"人", "公里", "万元"}.__contains__)
    fit = fitting(ways, 0, Decimal(points), "weight", text) if points else ways
    return [
        (text[way.start : way.name_end], *(text[slice(*way.cells[id])] for id in ("weight", "target", "actual", "score")))
        for way in settled(ways, fit, kinds, text)
    ]


@pytest.mark.parametrize(
    ("text", "kinds", "row"),
    [
        ("合格率10≥95%96%9.5", WEIGHT_FIRST, ("合格率", "10", "≥95%", "96%", "9.5")),
        ("合格率≥95%96%109.5", WEIGHT_LAST, ("合格率", "10", "≥95%", "96%", "9.5")),
        ("合格率10100%98%9.8", WEIGHT_FIRST, ("合格率", "10", "100%", "98%", "9.8")),
        ("总投资1020万元20万元10", WEIGHT_FIRST, ("总投资", "10", "20万元", "20万元", "10")),
        ("水质显著改善显著改善1010", WEIGHT_LAST, ("水质", "10", "显著改善", "显著改善", "10")),
    ],
)
def test_a_row_is_read_where_one_way_is_left(text: str, kinds: Kinds, row: tuple[str, ...]) -> None:
    assert read(text, kinds) == [row]


def test_a_row_that_can_be_cut_in_several_ways_is_left_to_the_sum_that_the_form_states() -> None:
    text = "合格率1595%95%14"  # 15 points for 95 %, or 1 for 595 %

    assert read(text, WEIGHT_FIRST) == []
    assert read(text, WEIGHT_FIRST, points="15") == [("合格率", "15", "95%", "95%", "14")]


def test_a_row_that_only_a_sum_tells_must_bear_itself_out() -> None:
    assert read("合格率1595%90%14", WEIGHT_FIRST, points="15") == []


def test_a_sum_that_no_way_comes_to_tells_nothing() -> None:
    assert read("合格率1595%95%14", WEIGHT_FIRST, points="40") == []


def test_a_score_may_be_the_beginning_of_the_next_name() -> None:
    rows = read("合格率10≥95%96%105公里渠道完好率10≥95%96%10", WEIGHT_FIRST)

    assert [row[0] for row in rows] in ([], ["合格率", "5公里渠道完好率"])


@pytest.mark.parametrize(
    ("name", "target", "actual", "doubtful"),
    [
        ("满意度", "290%", "95%", True),
        ("满意度", "≥90%", "290%", True),
        ("满意度W", "90%", "85%", True),
        ("满意度", "100%", "98%", False),
        ("满意度", "90%", "95%", False),
        ("满意度", "≥290人", "95人", False),
    ],
)
def test_a_sign_may_have_been_misread(name: str, target: str, actual: str, doubtful: bool) -> None:
    assert is_doubtful(name, target, actual, signs_occur=True) is doubtful


def test_where_no_sign_occurs_a_missed_target_may_have_had_one() -> None:
    assert is_doubtful("损耗", "30人", "20人", signs_occur=False)
    assert not is_doubtful("损耗", "30人", "20人", signs_occur=True)
