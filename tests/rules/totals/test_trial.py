"""A way to read a total, tried in each column."""

from __future__ import annotations

import pytest

from tests.rules.relating import axes_of
from validator.rules.tables import Tie
from validator.rules.totals.trial import Tried, Way, attempt, columns_off

TABLE = "单位：万元|||\n项目|预算|下达|执行\n甲|10.5|9|\n乙|30.5|8|6.5\n合计|41|27|6.5"


@pytest.mark.parametrize(
    ("parts", "ties"),
    [
        ((0, 1), (Tie.FIRM, Tie.OFF, Tie.EMPTY)),
        ((1,), (Tie.OFF, Tie.OFF, Tie.EMPTY)),
    ],
)
def test_a_way_is_tried_in_each_column(parts: tuple[int, ...], ties: tuple[Tie, ...]) -> None:
    rows = next(axis for axis in axes_of(TABLE) if not axis.across)
    crosses = range(len(rows.crosses))
    found = attempt(rows, 2, Way("all", natural=True, parts=parts), crosses)
    assert found.ties == ties
    assert columns_off(found, crosses) == {n for n, tie in enumerate(ties) if tie is Tie.OFF}


def test_loose_columns_hold_but_bear_out_nothing() -> None:
    found = Tried(Way("all", natural=True, parts=(0, 1)), (Tie.FIRM, Tie.LOOSE, Tie.OFF, Tie.NONE))
    assert (found.firm, found.held, found.off) == (1, 2, 1)
