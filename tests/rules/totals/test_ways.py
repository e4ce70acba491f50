"""What a total may be made of."""

from __future__ import annotations

import pytest

from tests.rules.relating import faults, sums


class TestAnAccountWhoseTotalsComeFirst:
    """Income, what it is made of, spending, what it is made of, what is left: two columns."""

    ACCOUNT = (
        "项目|预算数|执行数\n上年结余|50|50\n收入合计|100|110\n保险费收入|70|75\n利息收入|30|35\n"
        "支出合计|60|64\n待遇支出|45|48\n转移支出|15|16\n本年收支结余|40|46\n年末滚存结余|90|96"
    )

    def test_that_adds_up_is_accused_of_nothing(self) -> None:
        assert faults(self.ACCOUNT) == []
        assert ("64", ["48", "16"]) in sums(self.ACCOUNT)

    @pytest.mark.parametrize(
        ("change", "total"),
        [(("|75\n", "|57\n"), "110"), (("|48\n", "|46\n"), "64"), (("|45|", "|54|"), "60")],
        ids=["income", "spending", "spending-budget"],
    )
    def test_is_held_to_the_rows_before_the_next_total_or_balance(self, change: tuple[str, str], total: str) -> None:
        assert ("GEN-001", total) in faults(self.ACCOUNT.replace(*change))


def test_a_total_above_numbered_rows_is_theirs() -> None:
    rows = "指标|数量\n（一）区划|\n乡级合计|50\n1.镇|30\n2.乡|15\n6.街道|5\n（二）经费|90.5\n1.福利|40.0\n2.救助|50.5\n"
    assert sums(rows) == [("50", ["30", "15", "5"]), ("90.5", ["40.0", "50.5"])]


def test_a_column_of_formulas_is_no_name_of_a_row() -> None:
    rows = "（一）一般债券|A|16.4|16.4\n其中：再融资||14.7|14.7\n预算安排|B|1.7|1.7\n（二）专项债券|C|9.0|8.0\n"
    assert ("16.4", ["14.7", "1.7"]) in sums(f"项目|公式|全县|本级\n{rows}")


def test_a_grand_total_is_that_of_a_subtotal_and_rows_whose_only_part_stands_below_them() -> None:
    text = (
        "项目|预算数|上年数\n税收收入|300|280\n非税收入|120|100\n本级收入合计|420|380\n上级补助收入|75|66\n"
        "转移支付收入|75|66\n上年结转|5|4\n收入总计|500|450"
    )
    assert ("500", ["420", "75", "5"]) in sums(text)
    assert faults(text) == []
