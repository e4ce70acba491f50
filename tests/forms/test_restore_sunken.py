"""Lower labels of a header that came out behind the upper ones stand under the one that reached over them."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored

INDICATORS = (
    ("一级指标", "二级指标", "三级指标", "分值", "指标值", "得分"),
    ("预期值", "实际值"),
    ("产出指标", "数量指标", "补植苗木", "30", "≥120株", "131株", "30"),
    ("质量指标", "成活率", "20", "≥85%", "88%", "20"),
    ("效益指标", "社会效益指标", "受益户数", "40", "≥640户", "652户", "40"),
    ("总分", "90", "90"),
)
FUNDS = (
    ("项目资金（万元）", "资金来源", "年度资金总额", "分值", "执行率", "得分"),
    ("年初预算数", "全年预算数", "全年执行数"),
    ("合计", "52.00", "50.00", "48.00", "10", "96.00%", "9.6"),
    ("其中：财政拨款", "42.00", "40.00", "39.00", "—", "97.50%", "—"),
    ("其他资金", "10.00", "10.00", "9.00", "—", "90.00%", "—"),
)


def pasted(rows: tuple[tuple[str, ...], ...], how: str) -> str:
    """The rows as text, cells parted by `how`, merged cells lost."""
    return "\n".join(["项目支出绩效自评表", "项目名称：林网补植", *(how.join(row) for row in rows)])


def columns(text: str, names: tuple[str, ...], row: str) -> list[str]:
    """What stands in a row under the lowest label of these names."""
    (table,) = restored(text).tables
    rows = grid(table)
    at = {name: next(r.index(name) for r in rows if name in r) for name in names}
    (found,) = (r for r in rows if row in r)
    return [found[at[name]] for name in names]


HOW = pytest.mark.parametrize("how", ["\t", " | ", " ", "\n"], ids=["tab", "pipe", "blank", "line"])


@HOW
def test_target_and_result_stand_where_their_common_label_was(how: str) -> None:
    names = ("三级指标", "分值", "预期值", "实际值", "得分")
    assert columns(pasted(INDICATORS, how), names, "受益户数") == ["受益户数", "40", "≥640户", "652户", "40"]
    assert columns(pasted(INDICATORS, how), names, "成活率") == ["成活率", "20", "≥85%", "88%", "20"]


@HOW
def test_amounts_stand_where_their_common_label_was_though_no_section_knows_it(how: str) -> None:
    names = ("年初预算数", "全年预算数", "全年执行数", "执行率")
    assert columns(pasted(FUNDS, how), names, "其他资金") == ["10.00", "10.00", "9.00", "90.00%"]


@HOW
def test_the_label_over_both_amounts_may_stand_first(how: str) -> None:
    rows = (
        ("资金情况（万元）", "资金", "预算执行率（B/A）"),
        ("全年预算数（A）", "全年执行数（B）"),
        ("年度资金总额：", "80.00", "76.00", "95.00%"),
        ("其中：中央财政资金", "60.00", "57.00", "95.00%"),
        ("地方资金", "20.00", "19.00", "95.00%"),
    )
    names = ("全年预算数（A）", "全年执行数（B）", "预算执行率（B/A）")
    assert columns(pasted(rows, how), names, "地方资金") == ["20.00", "19.00", "95.00%"]


@HOW
def test_labels_in_an_order_that_forms_have_stay(how: str) -> None:
    rows = (
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"),
        ("分值", "得分"),
        ("产出指标", "数量指标", "补植苗木", "≥120株", "131株", "50", "50"),
        ("效益指标", "社会效益指标", "受益户数", "≥640户", "652户", "40", "40"),
    )
    names = ("年度指标值", "实际完成值", "分值", "得分")
    if how in " \n":
        assert columns(pasted(rows, how), names, "受益户数") == ["≥640户", "652户", "40", "40"]
    else:
        assert not any(
            "≥640户" in row and row.index("≥640户") > 5 for t in restored(pasted(rows, how)).tables for row in grid(t)
        )


@pytest.mark.parametrize("how", [" | ", "\n", " "], ids=["pipe", "line", "blank"])
def test_a_third_row_of_labels_is_told_of_and_nothing_is_placed_by_it(how: str) -> None:
    rows = (
        ("预算情况（万元）", "预算收入", "预算支出", "执行率", "得分"),
        ("年初预算数", "全年预算数", "全年执行数"),
        ("小计", "其中：追加", "小计", "基本支出", "项目支出"),
        ("150.00", "160.00", "10.00", "152.00", "62.00", "90.00", "95.00%", "9.5"),
    )
    document = restored(pasted(rows, how))
    assert document.notes
    assert not any("152.00" in row and "95.00%" in row for table in document.tables for row in grid(table))
