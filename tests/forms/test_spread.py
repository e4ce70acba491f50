"""Columns that may be the parts of one though others stand between."""

from __future__ import annotations

import pytest

from validator.forms.spread import parts_apart


def test_columns_that_take_turns_are_parts_of_the_last_of_their_kind() -> None:
    assert (0, 2, 4) in parts_apart(6, 8)
    assert (1, 3, 5) in parts_apart(7, 8)


def test_columns_that_take_turns_are_parts_of_the_first_of_their_kind() -> None:
    assert (2, 4, 6) in parts_apart(0, 8)
    assert (4, 7) in parts_apart(1, 9)


def test_the_second_part_may_stand_behind_what_the_first_is_made_of() -> None:
    assert (1, 4) in parts_apart(0, 5)


@pytest.mark.parametrize("width", range(1, 9))
def test_no_column_is_a_part_of_itself_nor_one_part_all_of_another(width: int) -> None:
    for whole in range(width):
        for parts in parts_apart(whole, width):
            assert whole not in parts
            assert len({*parts}) == len(parts) > 1
            assert {*parts} <= {*range(width)}
            assert list(parts) != list(range(parts[0], parts[-1] + 1))
