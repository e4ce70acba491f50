"""Right forms whose merged cells were lost on the way to text, or repeated: nothing is accused, and faults are still found."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

import pytest

from tests.building.checking import check, heavy
from tests.building.drawings import page
from tests.building.page import Page

TWO_ROWS = page(
    "项目支出绩效自评表（2022年度）",
    """
    项目名称         | 林网补植       | <          | <          | <          | <    | <      | <
    项目资金（万元） | 资金来源       | 年度资金总额 | <        | <          | 分值 | 执行率 | 得分
    ^                | ^              | 年初预算数 | 全年预算数 | 全年执行数 | ^    | ^      | ^
    ^                | 合计           | 52.00      | 50.00      | 48.00      | 10   | 96.00% | 9.6
    ^                | 其中：财政拨款 | 42.00      | 40.00      | 39.00      | —    | 97.50% | —
    ^                | 其他资金       | 10.00      | 10.00      | 9.00       | —    | 90.00% | —
    一级指标         | 二级指标       | 三级指标   | 指标值     | <          | 分值 | 得分   | 偏差原因
    ^                | ^              | ^          | 目标值     | 完成值     | ^    | ^      | ^
    产出指标         | 数量指标       | 补植苗木   | ≥120株     | 131株      | 20   | 20     |
    ^                | ^              | 修枝面积   | ≥60亩      | 66亩       | 20   | 20     |
    ^                | 质量指标       | 成活率     | ≥85%       | 88%        | 10   | 10     |
    效益指标         | 社会效益指标   | 受益户数   | ≥640户     | 652户      | 30   | 30     |
    满意度指标       | 服务对象满意度指标 | 群众满意度 | ≥90%   | 93%        | 10   | 10     |
    总分             | <              | <          | <          | <          | 100  | 99.6   |
    """,
)
WEIGHT_FIRST = page(
    "项目支出绩效自评表（2021年度）",
    """
    项目名称   | 门窗更换       | <        | <    | <      | <      | <
    一级指标   | 二级指标       | 三级指标 | 分值 | 指标值 | <      | 得分
    ^          | ^              | ^        | ^    | 预期值 | 实际值 | ^
    产出指标   | 数量指标       | 更换门窗 | 30   | ≥260樘 | 271樘  | 30
    ^          | 成本指标       | 单樘造价 | 30   | ≤900元 | 880元  | 30
    效益指标   | 社会效益指标   | 受益学生 | 40   | ≥420人 | 438人  | 40
    总分       | <              | <        | 100  | <      | <      | 100
    """,
)
SPLIT_ALIKE = page(
    "社会保险基金预算执行情况表（2022年度）",
    """
    项目               | 预算数  | <       | 决算数  | <       | 完成率  | <
    ^                  | 本级    | 合计    | 本级    | 合计    | 本级    | 合计
    一、基金收入       | 400.00  | 500.00  | 420.00  | 525.00  | 105.00% | 105.00%
    其中：保险费收入   | 380.00  | 480.00  | 400.00  | 504.00  | 105.26% | 105.00%
    利息收入           | 20.00   | 20.00   | 20.00   | 21.00   | 100.00% | 105.00%
    二、基金支出       | 300.00  | 400.00  | 290.00  | 392.00  | 96.67%  | 98.00%
    """,
    unit="万元",
)
THREE_ROWS = page(
    "部门整体支出绩效自评表（2022年度）",
    """
    部门名称         | 岭东县交通局 | <          | <          | <      | <        | <        | <      | <
    预算情况（万元） | 预算收入     | <          | <          | 预算支出 | <      | <        | 执行率 | 得分
    ^                | 年初预算数   | 全年预算数 | <          | 全年执行数 | <    | <        | ^      | ^
    ^                | ^            | 小计       | 其中：追加 | 小计   | 基本支出 | 项目支出 | ^      | ^
    ^                | 150.00       | 160.00     | 10.00      | 152.00 | 62.00    | 90.00    | 95.00% | 9.5
    一级指标         | 二级指标     | 三级指标   | 年度指标值 | <      | 实际完成值 | <      | 分值   | 得分
    产出指标         | 数量指标     | 新建公路   | ≥45公里    | <      | 47公里   | <        | 60     | 60
    效益指标         | 社会效益指标 | 通车村     | ≥60个      | <      | 61个     | <        | 30     | 30
    总分             | <            | <          | <          | <      | <        | <        | 100    | 99.5
    """,
)
SIDE_BY_SIDE = page(
    "部门整体支出绩效自评表（2022年度）",
    """
    部门名称             | 北屏县林业局   | <          | <          | <          | <              | <      | <
    年度预算申请（万元） |                | 年初预算数 | 全年预算数 | 全年执行数 | 分值           | 执行率 | 得分
    ^                    | 年度资金总额   | 90.00      | 100.00     | 95.00      | 10             | 95.00% | 9.50
    ^                    | 按资金性质分： | <          | <          | <          | 按支出用途分： | <      | <
    ^                    | 其中：财政拨款 | 70.00      | 80.00      | 78.00      | 其中：人员经费 | 56.00  |
    ^                    | 其他资金       | 20.00      | 20.00      | 17.00      | 业务经费       | 39.00  |
    """,
)
LEVELS = page(
    "专项资金绩效评价评分表",
    """
    一级指标 | <    | 二级指标 | <    | 三级指标     | <    | 评价得分 | <
    名称     | 分值 | 名称     | 分值 | 名称         | 分值 | 得分     | 扣分
    决策     | 40   | 项目立项 | 24   | 立项依据     | 12   | 12       | 0
    ^        | ^    | ^        | ^    | 立项程序     | 12   | 11       | 1
    ^        | ^    | 绩效目标 | 16   | 目标合理性   | 16   | 15       | 1
    产出     | 60   | 产出数量 | 60   | 完成率       | 60   | 60       | 0
    合计     | 100  |          | 100  |              | 100  | 98       | 2
    """,
)
SOUND = {
    "two rows": TWO_ROWS,
    "weight first": WEIGHT_FIRST,
    "split alike": SPLIT_ALIKE,
    "three rows": THREE_ROWS,
    "side by side": SIDE_BY_SIDE,
    "levels": LEVELS,
}


def ragged(page: Page) -> list[list[str]]:
    """The cells that begin in each row, side by side: what a merged cell covered is gone."""
    return [[slot.text for slot in line] for line in page.lines()]


def wide(page: Page) -> list[list[str]]:
    """The same, with a blank for each column more that a cell reached over: only those above are lost."""
    return [[text for slot in line for text in (slot.text, *[""] * (slot.cols - 1))] for line in page.lines()]


def repeated(page: Page) -> list[list[str]]:
    """Every place with the text of the cell that covers it."""
    return [[slot.text if slot else "" for slot in row] for row in page.grid()]


def down(page: Page) -> list[list[str]]:
    """Cells said once in their row, and again in each row that they reach down over: what comes out of a Word table."""
    rows = [[slot for c, slot in enumerate(row) if slot is None or slot.col == c] for row in page.grid()]
    return [[slot.text if slot else "" for slot in row] for row in rows]


def markdown(rows: list[list[str]]) -> str:
    """Rows as html2text writes them."""
    return "\n".join(["| ".join(rows[0]), "|".join(["---"] * len(rows[0])), *("| ".join(row) for row in rows[1:])])


def separated(rows: list[list[str]]) -> str:
    """Rows as separated values."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def filled(separator: str) -> Callable[[list[list[str]]], str]:
    """Rows of text without their blank cells."""
    return lambda rows: "\n".join(separator.join(text for text in row if text) for row in rows)


WAYS: Mapping[str, tuple[Callable[[list[list[str]]], str], str]] = {
    "markdown": (markdown, "md"),
    "csv": (separated, "csv"),
    "tabs": (lambda rows: "\n".join("\t".join(row) for row in rows), "txt"),
    "pipes": (lambda rows: "\n".join(" | ".join(row) for row in rows), "txt"),
    "blanks": (filled(" "), "txt"),
    "lines": (filled("\n"), "txt"),
    "one line": (lambda rows: filled(" ")(rows).replace("\n", " "), "txt"),
}
LOSSES = {"ragged": ragged, "wide": wide, "repeated": repeated, "down": down}
LOSS = pytest.mark.parametrize("loss", LOSSES)
WAY = pytest.mark.parametrize("way", WAYS)


def mangled(sound: Page, loss: str, way: str) -> tuple[bytes, str]:
    """A page as a file in which its merged cells were lost in one of the ways, and the name of the file."""
    write, format = WAYS[way]
    above = "\n".join(text for text, _ in sound.headings)
    return f"{above}\n\n{write(LOSSES[loss](sound))}\n".encode(), f"form.{format}"


@WAY
@LOSS
@pytest.mark.parametrize("name", SOUND)
def test_a_sound_form_is_not_accused(name: str, loss: str, way: str) -> None:
    assert heavy(check(*mangled(SOUND[name], loss, way))) == []


@WAY
@LOSS
@pytest.mark.parametrize("name", ["two rows", "weight first"])
def test_a_form_with_a_header_of_two_rows_is_read_nonetheless(name: str, loss: str, way: str) -> None:
    read = check(*mangled(SOUND[name], loss, way))
    seen = {check.stated.text for check in read.checks if check.outcome == "pass" and check.stated and check.operands}
    figures = {"two rows": {"48.00", "97.50%", "88%", "652户"}, "weight first": {"271樘", "880元", "438人"}}[name]
    assert figures <= seen or (loss in ("repeated", "down") and way not in ("markdown", "csv") and read.notes)


@pytest.mark.parametrize("way", ["markdown", "csv", "pipes", "blanks", "lines"])
@pytest.mark.parametrize(
    ("old", "new", "rule"), [("39.00", "38.00", "FUND-001"), ("97.50%", "79.50%", "FUND-003"), ("99.6", "96.9", "SCORE-001")]
)
def test_a_fault_below_a_header_of_two_rows_is_found(old: str, new: str, rule: str, way: str) -> None:
    (slot,) = (slot for slot in TWO_ROWS.slots if slot.text == old)
    slots = tuple(s._replace(text=new) if s is slot else s for s in TWO_ROWS.slots)
    wrong = Page(TWO_ROWS.name, TWO_ROWS.title, slots, TWO_ROWS.widths)
    found = check(*mangled(wrong, "ragged", way)).findings
    assert any(finding.rule == rule or new in finding.message for finding in found if finding.severity.value == "error")


@WAY
def test_columns_that_nobody_can_tell_are_said_to_be_unread(way: str) -> None:
    assert check(*mangled(THREE_ROWS, "ragged", way)).notes
