"""What the arguments of a function hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.placing import LEXICON, WAN, cell, figure, prose
from validator.model.quantity import Quantity
from validator.rules.arithmetic import EXACT, WIDE, Frame, Undetermined
from validator.rules.binding import Within
from validator.rules.functions.values import (
    figure_of,
    lexicon_of,
    note,
    number_in,
    pure,
    quantity_of,
    same_spelling,
    text_of,
    texts_in,
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("培训 人数", "培训人数", True),
        ("ＡＢ％", "ab%", True),
        ("甲\n乙", "甲乙", True),
        ("甲", "乙", False),
        ("1.0", "1", False),
    ],
)
def test_blanks_width_and_case_do_not_count_in_a_comparison(one: str, other: str, *, same: bool) -> None:
    assert (same_spelling(one) == same_spelling(other)) is same


def frame() -> Frame:
    return Frame(Within({}, {}))


def test_a_figure_is_that_of_a_cell_or_of_the_rule_itself() -> None:
    cell_of = figure("2", WAN)

    assert figure_of(frame(), cell_of) == frame().figure(cell_of)
    assert figure_of(frame(), 3)[:2] == (Decimal(3), Decimal(3))
    assert pure(Decimal(7))[:2] == (Decimal(7), Decimal(7))


def test_a_number_is_as_it_is_written_and_words_are_none() -> None:
    quantity = figure("2", WAN).reading.quantity
    assert quantity is not None

    assert quantity_of(frame(), quantity) is quantity
    assert quantity_of(frame(), figure("2", WAN)).value == 2
    assert quantity_of(frame(), 3) == Quantity(Decimal(3), Decimal(0), quantity_of(frame(), 3).unit, "3")
    for value in (prose("甲"), "甲", None):
        with pytest.raises(Undetermined):
            quantity_of(frame(), value)
    assert number_in(prose("甲")) is None
    assert number_in("甲") is None
    assert number_in(cell("5%")) is not None


def test_cells_are_noted_as_used_only_where_figures_are_taken_as_they_stand() -> None:
    exact, wide = frame(), frame()
    wide.taken = WIDE
    cells = (figure("1"), figure("2"))
    for one in (exact, wide):
        note(one, (*cells, 3, None))

    assert exact.taken == EXACT
    assert exact.operands == list(cells)
    assert wide.operands == []


@pytest.mark.parametrize(("value", "expected"), [(None, ()), (("甲", "乙"), ("甲", "乙")), ("甲", ("甲",))])
def test_a_value_is_a_list_of_texts(value: object, expected: object) -> None:
    assert texts_in(value) == expected


def test_the_text_of_what_is_blank_is_open() -> None:
    assert text_of(prose("甲")) == "甲"
    assert text_of("甲") == "甲"
    assert text_of(figure("2", WAN).reading.quantity) == "2万元"
    with pytest.raises(Undetermined):
        text_of(prose(""))


def test_units_and_words_are_those_of_the_ruleset_or_the_shipped_ones() -> None:
    class Own(dict[str, object]):
        lexicon = LEXICON

    assert lexicon_of(Frame(Within({}, Own()))) is LEXICON  # type: ignore[arg-type]
    assert lexicon_of(frame()).unit("万元") == LEXICON.unit("万元")
