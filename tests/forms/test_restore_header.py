"""Headers among tokens: which labels are columns of a section, and which begin something else."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, only_grid, restored
from validator.forms.restore.header import columns_of, find_headers
from validator.forms.restore.tokens import cut
from validator.forms.restore.vocabulary import of_ruleset
from validator.pipeline import check
from validator.rules.load import load_ruleset

SCORED = """部门整体支出绩效评价评分表
一级指标|分值|二级指标|分值|三级指标|分值|评价标准|得分
投入|20|预算配置|20|人员控制率|10|以100%为限。|10
||||公用经费变动率|10|不超过上年。|9
过程|80|预算执行|80|预算完成率|80|全部完成计满分。|71
合计|100||100||100||90"""


def headers(*lines: str) -> list[list[str]]:
    """The ids of the columns of each header among lines; empty for labels that the section doesn't know."""
    tokens = cut(list(lines), lambda _: False)
    return [[id for id, _ in header.labels] for header in find_headers(tokens, of_ruleset(load_ruleset()))]


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("资金来源 年初预算数 全年预算数 全年执行数 执行率", ["label", "initial_budget", "budget", "executed", "rate"]),
        ("资金来源 年初预算数 备用栏 全年执行数", ["label", "initial_budget", "", "executed"]),
        ("一级指标 二级指标 三级指标 指标值 完成值", ["category", "subcategory", "name", "target", "actual"]),
        ("绩效指标 一级指标 三级指标 指标值 完成值", ["category", "name", "target", "actual"]),
        ("绩效指标 指标值 完成值 得分", ["name", "target", "actual", "score"]),
    ],
)
def test_a_run_of_labels_is_a_header(line: str, ids: list[str]) -> None:
    assert headers("项目支出绩效自评表", line, "甲 1 2 3") == [ids]


@pytest.mark.parametrize("line", ["项目资金 执行情况", "全年预算数 100 全年执行数 90", "甲 乙 丙"])
def test_words_that_name_no_columns_beside_each_other_are_none(line: str) -> None:
    assert headers("项目支出绩效自评表", line) == []


def test_columns_without_a_label_are_those_of_the_section() -> None:
    tokens = cut(["项目资金 年初预算数 全年执行数"], lambda _: False)
    (header,) = find_headers(tokens, of_ruleset(load_ruleset()))
    assert [(column.id, column.unlabelled) for column in columns_of(header)][:2] == [("caption", False), ("label", True)]


def test_scores_have_no_column_behind_the_remarks_when_none_is_labelled() -> None:
    lines = ("三级指标 指标权重 计量单位 指标值 实际完成值 备注", "进口额 25 % 9.5 25.6", "出口额 30 亿 17.5 18.6")
    rows = only_grid("\n".join(("部门整体支出绩效自评表", *lines)))
    assert rows[1:] == [["", "进口额", "25", "%", "9.5", "25.6", ""], ["", "出口额", "30", "亿", "17.5", "18.6", ""]]


def test_a_column_of_points_for_each_level_is_not_taken_for_that_of_the_last() -> None:
    cells = (
        SCORED.replace("||||公", "\n\n\n\n公")
        .replace("以100%为限。|", "")
        .replace("不超过上年。|", "")
        .replace("|评价标准", "")
    )
    document = restored(cells.replace("|", "\n"))

    assert not document.tables
    assert document.notes


def test_a_column_of_points_for_each_level_is_told_by_the_lines_of_the_rows() -> None:
    rows = only_grid(SCORED.replace("||||公", "公").replace("||", "|").replace("|", " "))

    assert rows[2] == ["", "", "", "", "公用经费变动率", "10", "不超过上年。", "9"]
    assert rows[-1] == ["合计", "100", "", "100", "", "100", "", "90"]


def test_points_for_each_level_are_read_where_no_cell_is_lost() -> None:
    assert only_grid(SCORED.replace("|", "\t"))[2:4] == [
        ["", "", "", "", "公用经费变动率", "10", "不超过上年。", "9"],
        ["过程", "80", "预算执行", "80", "预算完成率", "80", "全部完成计满分。", "71"],
    ]


@pytest.mark.parametrize("separator", ["\t", " ", "\n", "\n\n", " | "])
def test_the_names_of_a_score_table_may_stand_below_the_word_for_all_indicators(separator: str) -> None:
    rows = ["绩效指标 分值 目标值 实际值 得分", "培训人次 50 80 76 47.5", "学员满意度 50 90 94.3 50", "合计 100   97.5"]
    if separator != "\t":
        rows[-1] = "合计 100 97.5"
    table = only_grid("\n".join(row.replace(" ", separator) for row in rows))
    assert [[cell for cell in row if cell] for row in table] == [[cell for cell in row.split(" ") if cell] for row in rows]


def test_pieces_of_labels_in_the_line_of_a_header_are_no_header_of_their_own() -> None:
    rows = ("绩效 一级指 年度指标 实际完成 偏差原因", "指标 标 二级指标 三级指标 值（A） 值（B） 分值 得分 分析及改")
    items = (
        "产出指标 数量指标 新建检查井 415座 415座 30 30",
        "质量指标 验收合格率 100% 100% 30 30",
        "时效指标 完工时间 2021年11 2021年11 30 30",
    )
    document = restored("\n".join(("项目支出绩效自评表", *rows, *items, "总分 90 90")))
    assert not any({"年度指标", "实际完成"} <= set(row) for table in document.tables for row in grid(table))


def test_the_word_for_all_indicators_behind_the_labels_of_goals_begins_the_indicators() -> None:
    goals = ["年初设定目标", "目标实际完成情况"]
    head = ["绩效指标", "指标名称", "指标值", "完成值", "分值", "得分"]
    rows = [["改造户数", "1500户", "1520户", "50", "50"], ["农户满意度", "≥90%", "92%", "50", "50"], ["总分", "100", "100"]]
    text = "\n".join(["项目支出绩效自评表", *goals, *head, *(cell for row in rows for cell in row)])
    (table,) = (grid(table) for table in restored(text).tables if any("改造户数" in row for row in grid(table)))
    assert [[cell for cell in row if cell] for row in table if "改造户数" in row] == [rows[0]]


@pytest.mark.parametrize("separator", ["\t", " ", "\n"])
def test_the_names_of_the_scores_of_a_fund_may_stand_below_the_word_for_all_indicators(separator: str) -> None:
    account = [
        "项目 预算数 执行数 完成预算%",
        "基金收入合计 500 510 102%",
        "保险费收入 400 410 102.5%",
        "利息收入 100 100 100%",
    ]
    scores = [
        "绩效指标 分值 目标值 实际值 自评得分",
        "参保率 60 ≥95% 97.2% 60",
        "参保群众满意度 40 ≥85% 86.3% 40",
        "合计 100 100",
    ]
    rows = [row.replace(" ", separator) for row in (*account, *scores)]
    report = check("\n".join(["2022年度基本医疗保险基金绩效自评表", *rows]).encode(), name="a.txt")
    assert [form.id for form in report.forms][:1] == ["insurance-fund"]
    passed = [made.stated for made in report.checks if made.outcome.value == "pass" and made.stated is not None]
    assert any("insurance_scores" in stated.path for stated in passed)


LABELS = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成指标值")
MONITORED = (
    ("产出指标", "数量指标", "检测水样批次", "≥120批次", "126批次", "20"),
    ("", "", "培训网格员", "≥40人", "{done}", "15"),
    ("", "质量指标", "样品复检合格率", "≥98%", "99%", "15"),
    ("效益指标", "社会效益指标", "群众知晓率", "≥90%", "92%", "10"),
)


def monitored(done: str, between: str, below: str) -> str:
    """A form whose last column has no label but the points of the whole list, with its cells parted in some way."""
    rows = [(*LABELS, "60"), *MONITORED, ("填表人：张三",)]
    lines = [between.join(cell for cell in row if cell or between == "\t") for row in rows]
    return "\n".join(("农村饮水监测补助资金区域绩效目标自评表", below.join(lines))).format(done=done)


@pytest.mark.parametrize(("between", "below"), [(" ", "\n"), ("\n", "\n"), ("\n\n", "\n\n"), (" | ", " |\n"), ("\t", "\n")])
def test_points_that_stand_for_the_label_of_the_last_column_leave_the_rows_readable(between: str, below: str) -> None:
    right, short = (check(monitored(done, between, below).encode(), name="form.txt") for done in ("42人", "34人"))

    assert not right.findings
    assert [(found.rule, found.primary.text) for found in short.findings] == [("IND-001", "34人")]


def test_a_figure_behind_labels_is_no_label_where_no_group_follows() -> None:
    tokens = cut([" ".join(LABELS), "60", "检测水样批次 ≥120批次 126批次"], lambda _: False)
    (header,) = find_headers(tokens, of_ruleset(load_ruleset()))

    assert [token.text for _, token in header.labels] == list(LABELS)


INVESTED = (
    ("年初预算资金总额(万元)", "实际投入资金额(万元)", "产生差异的原因"),
    ("合计", "812.40", "{spent}", "{why}"),
    ("其中：财政拨款", "812.40", "905.15"),
)
LEADING = "部门整体绩效目标自评表"


@pytest.mark.parametrize("format", ["txt", "html"])
@pytest.mark.parametrize(
    ("spent", "why", "found"),
    [("905.15", "年中追加经费", []), ("950.15", "年中追加经费", ["950.15"]), ("905.15", "", ["905.15"])],
)
def test_money_put_in_above_the_first_budget_is_right_where_the_total_tells_why(
    format: str, spent: str, why: str, found: list[str]
) -> None:
    if format == "txt":
        text = "\n\n\n".join((LEADING, *(" ".join(row) for row in INVESTED), "三级指标 指标权重 计量单位 指标值 实际完成值"))
    else:
        rows = (("", *INVESTED[0]), *INVESTED[1:])
        text = f"<h1>{LEADING}</h1><table>{''.join('<tr><td>' + '<td>'.join(row) for row in rows)}</table>"
    report = check(text.format(spent=spent, why=why).encode(), name=f"a.{format}")

    assert [finding.primary.text for finding in report.findings if finding.severity.value != "info"] == found
