"""Functions that look at a whole column: copies, repeats, gaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.placing import POINTS, WAN, actual, amount, check, figure, prose, target, value
from validator.model.finding import Outcome

PASS, FAIL = Outcome.PASS, Outcome.FAIL


def test_copies() -> None:
    left = tuple(amount(text) for text in ("1.5", "2.25", "", "3"))
    assert check("copies(a, b)", a=left, b=tuple(amount(text) for text in ("1.50", "2.25", "-", "3.00"))).outcome is PASS
    assert check("copies(a, b)", a=left, b=tuple(amount(text) for text in ("1.5", "2.25", "1", "3"))).outcome is FAIL
    assert check("copies(a, b)", a=left[:2], b=left[:2]).outcome is FAIL


def test_copies_looks_past_signs() -> None:
    wanted = tuple(target(text) for text in ("≥5场", "≥90%", "≥3次"))
    assert check("copies(a, b)", a=wanted, b=tuple(actual(text) for text in ("≥5场", "≥90%", "≥3次"))).outcome is PASS
    assert check("copies(a, b)", a=wanted, b=tuple(actual(text) for text in ("5场", "90%", "3次"))).outcome is PASS
    assert check("copies(a, b)", a=wanted, b=tuple(actual(text) for text in ("5场", "90%", "4次"))).outcome is FAIL


def test_constant() -> None:
    assert check("constant(p)", p=tuple(actual("100%") for _ in range(4))).outcome is PASS
    assert check("constant(p)", p=tuple(actual("100%") for _ in range(3))).outcome is FAIL
    assert check("constant(p)", p=(*(actual("100%") for _ in range(4)), actual("99%"))).outcome is FAIL


@pytest.mark.parametrize(
    ("scores", "outcome"),
    [
        ("6 8 6 10 4.9 8", PASS),
        ("6 10 5 8 6 8", PASS),
        ("8 6 10 4.9 8 6", FAIL),
        ("9 7 10 6 8 6", FAIL),
        ("6 8 10 5 8 6", FAIL),
        ("5 8 5 5 4 8", FAIL),
    ],
)
def test_slipped(scores: str, outcome: Outcome) -> None:
    weights = tuple(figure(text, POINTS) for text in ("8", "6", "10", "5", "8", "6"))
    points = tuple(figure(text, POINTS) for text in scores.split())
    assert check("slipped(s, w)", s=points, w=weights).outcome is outcome
    spent = figure("9.2", POINTS), figure("10", POINTS)
    assert check("slipped(s, w)", s=(spent[0], *points), w=(spent[1], *weights)).outcome is outcome


@pytest.mark.parametrize(
    ("rates", "amounts", "outcome"),
    [
        ("95 90 80", "95 45 16", FAIL),
        ("95 90 80", "16 95 45", PASS),  # down by a row, the last first
        ("95 90 80", "45 16 95", PASS),  # up by a row
        ("95 90 80", "7 95 45", PASS),  # another figure in the row that is left
        ("95 90 80", "45 95 16", FAIL),  # two figures in each other's place
        ("95 90 80", "90 40 11", FAIL),
        ("95 90 80 50 60", "16 95 45 15 6", PASS),  # the last two rows hold
        ("95 90 80 50 60", "95 45 16 6 15", FAIL),  # only two rows in each other's place
    ],
)
def test_displaced(rates: str, amounts: str, outcome: Outcome) -> None:
    written, spent = tuple(actual(f"{text}%") for text in rates.split()), tuple(amount(text) for text in amounts.split())
    budgets = tuple(amount(text) for text in ("100", "50", "20", "30", "10"))[: len(written)]
    assert check("displaced(r, a, b)", r=written, a=spent, b=budgets).outcome is outcome
    signatures = (*written, actual("")), (*spent, amount("赵某")), (*budgets, amount(""))
    assert check("displaced(r, a, b)", **dict(zip("rab", signatures, strict=True))).outcome is outcome


@pytest.mark.parametrize(
    ("scores", "outcome"),
    [
        ("10 10 10 10 18 10 20", PASS),  # one beyond its points; four that differ, of which the next row explains all
        ("20 10 10 10 10 20 10", FAIL),
        ("20 10 10 10 20 10 10", FAIL),  # two rows that differ: two figures in each other's place
        ("18 10 10 11 9 18 9", FAIL),  # no better a row further
    ],
)
def test_slipped_where_few_rows_differ(scores: str, outcome: Outcome) -> None:
    weights = tuple(figure(text, POINTS) for text in ("20", "10", "10", "10", "10", "20", "10"))
    assert check("slipped(s, w)", s=tuple(figure(text, POINTS) for text in scores.split()), w=weights).outcome is outcome


def test_repeated_rows_agree_in_all_columns() -> None:
    names = (prose("培训人数"), prose("满意度"), prose("培训人数"))
    assert check("repeated(n, t)", n=names, t=(target("5"), target("90%"), target("5"))).outcome is PASS
    assert check("repeated(n, t)", n=names, t=(target("5"), target("90%"), target("6"))).outcome is FAIL
    none = (figure("0", WAN), figure("3", WAN), figure("0", WAN))
    assert check("repeated(n, t)", n=names, t=none).outcome is FAIL
    assert check("repeated(n, t)", n=names, t=(target("0起"), target("90%"), target("0起"))).outcome is PASS


@pytest.mark.parametrize(
    ("names", "outcome"),
    [
        (("1.甲", "2.乙", "4.丁"), PASS),
        (("（1）甲", "（2）乙", "（4）丁"), PASS),
        (("1.甲", "2.乙", "3.丙"), FAIL),
        (("甲", "乙"), FAIL),
        (("指标1：甲", "指标3：丙"), PASS),
        (("1.5米", "3.甲"), FAIL),
        (("3.甲", "3.乙"), FAIL),
        (("2.甲", "1.乙"), FAIL),
        (("2.乙", "1.甲", "3.丙"), FAIL),
        (("１．甲", "２．乙", "４．丁"), PASS),
        (("⒈甲", "⒉乙", "⒋丁"), PASS),
        (("①、甲", "③、丙"), PASS),
    ],
)
def test_numbering_gap(names: tuple[str, ...], outcome: Outcome) -> None:
    assert check("numbering_gap(p)", p=tuple(prose(name) for name in names)).outcome is outcome


def test_distinct_and_repeats_go_by_value() -> None:
    assert value("distinct(p)", p=(figure("1.0", WAN), figure("1", WAN), figure("2", WAN))) == 2
    assert value("repeats(p)", p=(prose("培训 人数"), prose("培训人数"), prose("满意度"))) == 1


def test_chance_counts_the_digits_beyond_the_first_of_different_equal_figures() -> None:
    left = (amount("1281.30"), amount("1281.30"), amount("20"), amount("35"))
    assert value("chance(a, b)", a=left, b=left) == 4 + 1
    assert value("chance(a, b)", a=left, b=(amount("1"), amount("2"), amount("3"), amount("35"))) == 1


@given(st.lists(st.sampled_from("甲乙丙"), max_size=8))
def test_what_is_different_and_what_repeats_are_all_that_is_given(texts: list[str]) -> None:
    cells = (*(prose(text) for text in texts), prose(""))

    assert value("distinct(p)", p=cells) == len(set(texts))
    assert value("repeats(p)", p=cells) == len(texts) - len(set(texts))


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("1.甲；2.乙；4.丁", PASS),
        ("（1）甲；（2）乙；（4）丁", PASS),
        ("1.甲\n2.乙\n4.丁", PASS),
        ("1.甲；2.乙；3.丙", FAIL),
        ("1.甲；3.丙", FAIL),
        ("2.乙；3.丙；5.戊", FAIL),
        ("1.甲；4.丁；2.乙", FAIL),
    ],
)
def test_a_number_may_be_missing_within_one_cell(text: str, outcome: Outcome) -> None:
    assert check("numbering_gap_within(x)", x=prose(text)).outcome is outcome


def test_rows_with_a_blank_are_no_repeats() -> None:
    names = (prose("甲"), prose("甲"))

    assert check("repeated(n, t)", n=names, t=(prose(""), prose(""))).outcome is FAIL
    assert check("repeated(n)", n=names).outcome is PASS


def test_figures_that_are_nothing_are_no_coincidence() -> None:
    zeros = (amount("0"), amount(""), prose("甲"))

    assert value("chance(a, b)", a=zeros, b=zeros) == 0
