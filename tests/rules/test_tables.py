"""A generic table along its rows and its columns, and how well figures in it tie."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.placing import PERCENT, WAN, YUAN, amount, cell, figure, prose
from tests.rules.relating import axes_of
from validator.model.interval import Interval
from validator.rules.tables import Tie, agrees, borne_out, intervals, only_words, tie, usable

TABLE = """
科目|合计(万元)|其中：中央(万元)|占比
一、甲|30.50|10.25|50%
1.乙|20.25|5.25|25%
合计|50.75|15.50|75%
"""


class TestAxes:
    def test_rows_and_columns_are_the_same_thing_turned(self) -> None:
        down, across = axes_of(TABLE)

        assert (down.across, across.across) == (False, True)
        assert tuple(zip(*down.grid, strict=True)) == across.grid
        assert (down.lines, down.crosses) == (across.crosses, across.lines)
        assert down.row_and_column(0, 1) == across.row_and_column(1, 0)

    def test_a_line_is_known_by_its_label(self) -> None:
        down, across = axes_of(TABLE)

        assert [(line.kind, line.rank) for line in down.lines] == [("item", 1), ("item", 3), ("total", 0)]
        assert [(line.kind, line.rate, line.dimension) for line in across.lines] == [
            ("total", False, "money"), ("among", False, "money"), ("item", True, "ratio"),
        ]  # fmt: skip

    def test_figures_of_several_things_have_no_one_dimension(self) -> None:
        _, across = axes_of("项目|数\n甲|3人\n乙|5万元\n丙|6人")

        assert across.lines[0].dimension == "*"

    def test_two_halves_of_a_list_are_one_where_only_the_last_has_a_total(self) -> None:
        found = axes_of("县|户数|县|户数\n甲县|10|丙县|30\n乙县|20|总计|60")
        total = next(axis for axis in found if not axis.across and any(line.kind == "total" for line in axis.lines))

        assert [line.label for line in total.lines] == ["甲县", "乙县", "丙县", "总计"]


@pytest.mark.parametrize(
    ("text", "expected"), [("12", True), ("≥12", False), ("约12", False), ("10-12", False), ("无", False), ("", False)]
)
def test_arithmetic_holds_plain_figures_to_their_word(text: str, *, expected: bool) -> None:
    assert (usable(cell(text, "target")) is not None) is expected


@pytest.mark.parametrize(("text", "expected"), [("不需填列", True), ("3项", False), ("", False)])
def test_words_without_a_figure_are_known(text: str, *, expected: bool) -> None:
    assert only_words(prose(text)) is expected


class TestIntervals:
    def quantities(self, *cells: object) -> list[object]:
        return [found.reading.quantity for found in cells]  # type: ignore[attr-defined]

    def test_a_figure_without_a_unit_takes_that_of_the_others(self) -> None:
        one, other = intervals(self.quantities(figure("1.5", WAN), figure("2.5"))) or []  # type: ignore[arg-type]

        assert other == Interval(Decimal(24_500), Decimal(25_500))
        assert one == Interval(Decimal(14_500), Decimal(15_500))

    def test_figures_of_different_things_have_none(self) -> None:
        assert intervals(self.quantities(figure("1", WAN), cell("3人"))) is None  # type: ignore[arg-type]
        assert intervals(self.quantities(figure("1", PERCENT), figure("3"))) is None  # type: ignore[arg-type]

    def test_counts_points_and_whole_yuan_are_exact(self) -> None:
        for cells in ((cell("3家"), figure("5")), (cell("3分", "points"), figure("5")), (figure("3", YUAN), figure("5"))):
            bounds = intervals(self.quantities(*cells)) or []  # type: ignore[arg-type]
            assert bounds[1].low == bounds[1].high


class TestTie:
    @pytest.mark.parametrize(
        ("total", "parts", "expected"),
        [
            ("100.00", ("60.00", "40.00"), Tie.FIRM),
            ("100.01", ("60.00", "40.00"), Tie.FIRM),
            ("110.00", ("60.00", "40.00"), Tie.OFF),
            ("3", ("1", "1"), Tie.LOOSE),
            ("60.00", ("60.00", "0.00"), Tie.EMPTY),
            ("60.00", ("60.00", ""), Tie.EMPTY),
            ("", ("60.00", "40.00"), Tie.NONE),
            ("100.00", ("", ""), Tie.NONE),
            ("100.00", ("约60", "40.00"), Tie.NONE),
            ("100.00", ("60.00", "40.00", "不需填列"), Tie.FIRM),
            ("110.00", ("60.00", "40.00", "不需填列"), Tie.NONE),
        ],
    )
    def test_a_total_and_a_sum_agree_as_far_as_their_rounding_says(
        self, total: str, parts: tuple[str, ...], expected: Tie
    ) -> None:
        for order in (parts, parts[::-1]):
            cells = [prose(part) if part == "不需填列" else amount(part) for part in order]
            assert tie(amount(total), cells) is expected

    def test_a_part_that_is_not_there_counts_nothing(self) -> None:
        assert tie(amount("3.00"), [amount("1.00"), None, amount("2.00")]) is Tie.FIRM
        assert tie(None, [amount("1.00")]) is Tie.NONE

    @given(st.lists(st.integers(1, 10**6), min_size=2, max_size=6), st.sampled_from((0, 7, -7)))
    def test_figures_that_add_up_tie_and_others_do_not(self, parts: list[int], off: int) -> None:
        found = tie(amount(f"{sum(parts) / 100 + off:.2f}"), [amount(f"{part / 100:.2f}") for part in parts])

        assert (found in (Tie.FIRM, Tie.LOOSE)) is (off == 0)


def test_a_figure_may_be_what_is_computed() -> None:
    def total(bounds: Sequence[Interval]) -> Interval:
        return bounds[0] + bounds[1]

    parts = [amount("1.00"), amount("2.00")]
    assert agrees(amount("3.00"), total, parts) is True
    assert agrees(figure("3.00"), total, parts) is True
    assert agrees(amount("4.00"), total, parts) is False
    assert agrees(amount(""), total, parts) is None
    assert agrees(amount("3.00"), total, [amount("1.00"), amount("")]) is None
    assert agrees(amount("3.00"), lambda b: b[0] / (b[1] - b[1]), parts) is None


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([True] * 2, False),
        ([True] * 3, True),
        ([True, True, False], True),
        ([True, False, None], False),
        ([True, True, False, False], False),
    ],
)
def test_a_guess_is_borne_out_by_two_thirds_of_three(verdicts: list[bool | None], *, expected: bool) -> None:
    assert borne_out(verdicts) is expected
