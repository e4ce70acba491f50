"""Headers of two rows, pasted one behind the other, keep each figure in its column."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored

UPPER = ("绩效指标", "", "", "年度指标值", "", "", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
LOWER = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "", "", "", "")
ROWS = (
    ("产出指标", "数量指标", "修复渠道", "≥", "12", "公里", "12.4", "30", "30", ""),
    ("", "质量指标", "验收合格率", "﹦", "100", "%", "100%", "20", "20", ""),
    ("效益指标", "社会效益指标", "灌溉保障", "", "稳定", "", "稳定", "20", "18", ""),
    ("满意度指标", "服务对象满意度指标等", "农户满意度", "≥", "90", "%", "93%", "20", "20", ""),
    ("总分", "", "", "", "", "", "", "90", "88", ""),
)
HEAD = [label or above for label, above in zip(LOWER, UPPER, strict=True)]


def pasted(how: str) -> str:
    """The form as text: cells of a row parted by `how`, blank ones kept where a tab says so."""
    lines = ["项目支出绩效自评表", "项目名称 渠道修复"]
    for row in (UPPER, LOWER, *ROWS):
        cells = row if how == "\t" else [cell for cell in row if cell]
        lines.append(how.join(cells))
    return "\n".join(lines)


@pytest.mark.parametrize("how", ["\t", " ", " | ", "\n"], ids=["tab", "blank", "pipe", "line"])
def test_the_lower_labels_stand_where_the_upper_one_was_split(how: str) -> None:
    (table,) = restored(pasted(how)).tables
    rows = grid(table)
    head = next(row for row in rows if "一级指标" in row)
    at = {name: head.index(name) for name in HEAD}
    read = [tuple(row[at[name]] for name in HEAD) for row in rows[rows.index(head) + 1 :]]
    sure = [row for row in ROWS if row[4] != "稳定" or how in "\t "]
    assert [row for row in read if row in sure] == sure
    assert not any(token in HEAD for row in read for token in row)


def test_a_row_of_labels_under_none_that_was_split_is_no_header() -> None:
    text = pasted(" ").replace("年度指标值 ", "目标 计划 ")
    assert not any("度量单位" in row and "分值" in row for table in restored(text).tables for row in grid(table))


def test_a_lower_row_may_break_where_a_cell_did() -> None:
    text = pasted("\n").replace("一级指标", "一级\n指标")
    (table,) = restored(text).tables
    assert any(row[-4:-1] == ["12.4", "30", "30"] for row in grid(table))


def test_the_end_of_a_caption_is_no_column_before_the_groups() -> None:
    text = (
        "部门整体支出绩效自评表\n年度绩效指标\n完成情况 一级指标 二级指标 三级指标 指标值 完成值 分值 得分\n"
        "产出指标 数量指标 修复渠道 ≥12公里 12.4公里 50 50\n效益指标 社会效益指标 受益人口 ≥3万人 3万人 50 48\n合计 100 98\n"
    )
    (table,) = restored(text).tables
    (row,) = (row for row in grid(table) if "修复渠道" in row)
    assert [cell for cell in row if cell] == ["产出指标", "数量指标", "修复渠道", "≥12公里", "12.4公里", "50", "50"]


@pytest.mark.parametrize("split", [True, False], ids=["one label split", "a row of its own"])
def test_tabs_of_the_lower_row_tell_the_places_where_those_of_merged_cells_above_were_lost(split: bool) -> None:
    upper = "\t".join(label for label in UPPER if label and (split or label != "年度指标值"))
    (table,) = restored(pasted("\t").replace("\t".join(UPPER), upper)).tables
    rows = grid(table)
    head = next(row for row in rows if "一级指标" in row)
    at = [head.index(name) for name in HEAD]
    assert [tuple(row[n] for n in at) for row in rows[rows.index(head) + 1 :]] == [*ROWS]


def test_groups_behind_the_targets_came_last_out_of_a_pdf() -> None:
    header = "二级指标 三级指标 指标值 完成值 分值 得分 一级指标"
    lines = f"项目支出绩效自评表 {header} 改造管网 ≥9公里 新建检查井 =415座 12公里 415座 9 8".split()
    assert not restored("\n".join(lines)).tables
