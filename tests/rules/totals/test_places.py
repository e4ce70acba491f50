"""A total as rules see it: blanks, marks, and text that ends."""

from __future__ import annotations

import pytest

from tests.rules.relating import checks, faults
from validator.model.finding import Outcome, Severity
from validator.pipeline import check


class TestTextThatEnds:
    TABLE = "项目 | 金额 |\n合计 | 3381 |\n接待费 | 1372 |\n培训费 | 1946 |\n会议费 | 12 |\n"

    def faults(self, text: str) -> list[tuple[str, str]]:
        found = check(("单位：万元\n" + text).encode(), name="a.txt").findings
        return [(f.rule, f.primary.text) for f in found if f.severity is not Severity.INFO]

    @pytest.mark.parametrize("behind", ["", "办公", "办公费 | 2"])
    def test_below_a_total_may_have_lost_its_last_rows(self, behind: str) -> None:
        assert self.faults(self.TABLE + behind) == []

    @pytest.mark.parametrize("behind", ["注：含下属单位。", "填表人：张三"])
    def test_and_goes_on_has_lost_none(self, behind: str) -> None:
        assert self.faults(self.TABLE + behind) == [("GEN-001", "3381")]

    @pytest.mark.parametrize(("row", "told"), [("甲县 | 7 | 13 | 25", [("GEN-001", "25")]), ("甲县 | 13 | 25 |", [])])
    def test_a_row_that_lost_a_cell_keeps_no_other_from_its_total(self, row: str, told: list[tuple[str, str]]) -> None:
        rows = (
            "地区 | 中央 | 省级 | 合计 |",
            "乙县 | 11 | 24 | 35 |",
            "丙县 | 17 | 28 | 45 |",
            "丁县 | 26 | 26 ||",
            f"{row} |",
        )
        assert self.faults("\n".join((*rows, "注：略。"))) == told

    def test_behind_a_total_has_lost_none_of_its_parts(self) -> None:
        rows = self.TABLE.replace("合计 | 3381 |\n", "") + "合计 | 3381 |\n"
        assert self.faults(rows) == [("GEN-001", "3381")]


def test_empty_cells_may_hide_what_is_missing() -> None:
    found = checks("单位：万元||\n项目|预算|执行\n甲|10.5|20\n乙|30.5|\n丙|1|3\n合计|42|60")

    assert [e.check.outcome for e in found if e.check.rule == "GEN-001"] == [Outcome.PASS, Outcome.UNDETERMINED]


def test_but_not_where_two_other_columns_show_what_the_total_is_of() -> None:
    table = "单位：万元|||\n项目|预算|下达|执行\n甲|10.5|9|20\n乙|30.5|8|\n丙|1|2|3\n合计|42|19|60"
    assert faults(table) == [("GEN-001", "60")]


class TestATotalLeftBlank:
    TABLE = "单位：万元||||\n项目|预算|下达|结存|执行\n甲|10.5|9|4|5\n乙|30.5|8|2|6\n丙|1|12|3|9\n合计|42|29|9|20"

    def test_is_told_where_two_others_hold(self) -> None:
        assert faults(self.TABLE) == []
        assert faults(self.TABLE.removesuffix("20")) == [("GEN-017", "")]

    @pytest.mark.parametrize(
        ("header", "rates", "found"),
        [
            ("执行率", "55.6% 75% 75% 69%", [("GEN-017", "")]),
            ("执行率", "55.6% 45% 75% 69%", [("GEN-011", "45%")]),
            ("限价", "7 7 3 17", []),
        ],
    )
    def test_is_told_of_amounts_that_are_bound_to_others(self, header: str, rates: str, found: list[tuple[str, str]]) -> None:
        """Prices, limits and balances are not added up."""
        rows = ["甲|10.5|9|5", "乙|30.5|8|6", "丙|1|12|9", "合计|42|29|"]
        lines = [f"{row}|{rate}" for row, rate in zip(rows, rates.split(), strict=True)]
        assert faults("\n".join(["单位：万元||||", f"项目|预算|下达|执行|{header}", *lines])) == found

    def test_is_not_where_two_columns_have_none(self) -> None:
        lines = zip(self.TABLE.split("\n"), ("|", "|结余|备用", "|8|1", "|4|2", "|3|3", "||"), strict=True)
        assert faults("\n".join(line + more for line, more in lines)) == []

    @pytest.mark.parametrize(
        ("old", "new"),
        [("|20", "|—"), ("42|29|9|20", "42|||"), ("42|29|9|20", "|||")],
        ids=["a-mark", "one-holds", "none"],
    )
    def test_is_not_where_that_may_be_meant(self, old: str, new: str) -> None:
        table = (self.TABLE if "|20" in old else self.TABLE.removesuffix("20")).replace(old, new)
        assert faults(table) == []


def test_a_mark_for_nothing_hides_nothing() -> None:
    assert faults("单位：万元||\n项目|预算|执行\n甲|10.5|20\n乙|30.5|—\n丙|1|3\n合计|42|60") == [("GEN-001", "60")]
