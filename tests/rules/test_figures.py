"""Closures that give the values of an expression."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.rules.placing import WAN, figure, prose
from validator.rules.arithmetic import Absent, Figure, Frame, Undetermined, add
from validator.rules.binding import Names, Within
from validator.rules.figures import (
    as_figure,
    as_items,
    call_with_items,
    figure_of,
    operation_of,
    or_none,
    value_of,
)

ONE, TWO = figure("1"), figure("2")


def frame(**names: Any) -> Frame:
    own: Names = names
    return Frame(Within(own, {}))


def number(found: Figure) -> Decimal:
    assert found[0] <= found[1]
    return (found[0] + found[1]) / 2


def listed(_: Frame, items: Any) -> list[Any]:
    return list(items)


def test_a_name_is_what_the_place_binds_to_it() -> None:
    assert value_of("a")(frame(a=ONE)) is ONE
    with pytest.raises(Absent, match="本表没有“a”栏"):
        value_of("a")(frame(a=None))
    assert or_none(value_of("a"))(frame(a=None)) is None
    assert or_none(value_of("a"))(frame(a=ONE)) is ONE


def test_a_name_is_a_figure_where_one_stands_there() -> None:
    assert number(figure_of("a")(frame(a=figure("2", WAN)))) == 20_000
    assert number(as_figure(frame(), 3, "a")) == 3
    with pytest.raises(Absent):
        figure_of("a")(frame(a=None))
    for text in ("甲", prose("甲"), prose("")):
        with pytest.raises(Undetermined):
            figure_of("a")(frame(a=text))


def test_a_value_alone_is_a_list_of_one() -> None:
    assert as_items(value_of("a"))(frame(a=ONE)) == (ONE,)
    assert as_items(value_of("a"))(frame(a=(ONE, TWO))) == (ONE, TWO)


def test_items_and_lists_are_taken_together_and_what_is_not_there_is_left_out() -> None:
    parts = [as_items(value_of(name)) for name in "abc"]
    call = call_with_items(listed, parts)

    assert call(frame(a=ONE, b=(TWO, TWO), c=None)) == [ONE, TWO, TWO]
    with pytest.raises(Absent, match="“a”"):
        call(frame(a=None, b=None, c=None))


@pytest.mark.parametrize(("value", "items"), [(ONE, [ONE]), ((ONE, TWO), [ONE, TWO]), ((), [])])
def test_a_single_argument_is_taken_as_items_too(value: Any, items: list[Any]) -> None:
    assert call_with_items(listed, [as_items(value_of("a"))])(frame(a=value)) == items


def test_a_computed_figure_is_one_item_and_no_list() -> None:
    computed = operation_of(add, figure_of("a"), figure_of("b"))
    both = frame(a=ONE, b=TWO)

    assert number(computed(both)) == 3
    assert [number(item) for item in call_with_items(listed, [computed])(both)] == [3]
    assert [number(item) for item in call_with_items(listed, [computed, computed])(both)] == [3, 3]
