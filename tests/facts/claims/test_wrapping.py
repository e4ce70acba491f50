"""Lines that a page broke at its edge are read as one text, and each figure keeps the address of its line."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.facts.claims.wrapping import together
from validator.model.document import Paragraph
from validator.model.finding import Report
from validator.pipeline import check

REPORT = (
    "一、部门支出预算总体情况说明",
    (
        "2024年部门支出总预算1085.20万元，比上年减少43.51万元，下降3.85%，主要原因是人员经费减少。其中：基本支出预算1037.10万元，"
        "占支出总预算的95.57%；项目支出预算48.10万元，占支出总预算的4.43%，与上年持平，用于业务开展和设备更新。"
    ),
    "二、政府采购情况说明",
    (
        "全年政府采购预算760.5万元，实际采购金额712.34万元，节约资金48.16万元；授予中小企业合同金额498.64万元，占实际采购金额的70.00%，"
        "其中授予小微企业合同金额299.18万元，占授予中小企业合同金额的60.00%，供应商对采购效率总体满意。"
    ),
)
WRONG = (("下降3.85%", "下降8.35%"), ("48.16万元", "41.86万元"), ("95.57%", "97.55%"))


def told(report: Report) -> list[tuple[str, str]]:
    return sorted((finding.rule, finding.primary.text) for finding in report.findings)


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def broken(paragraph: str, edge: int) -> list[str]:
    """Break a paragraph wherever a line is full."""
    lines = [""]
    for char in paragraph:
        if columns(lines[-1] + char) > edge:
            lines.append("")
        lines[-1] += char
    return lines


def wrapped(paragraphs: tuple[str, ...], edge: int, margin: str = "") -> str:
    return "\n".join(margin + line for paragraph in paragraphs for line in broken(paragraph, edge))


@given(st.integers(40, 90), st.sampled_from((None, *WRONG)), st.sampled_from(("", "  ", "      ", "\u3000\u3000")))
def test_a_text_says_the_same_wherever_its_lines_are_broken(edge: int, wrong: tuple[str, str] | None, margin: str) -> None:
    paragraphs = tuple(text.replace(*wrong) if wrong else text for text in REPORT)

    whole = check("\n".join(paragraphs).encode(), name="a.txt")
    lines = check(wrapped(paragraphs, edge, margin).encode(), name="a.txt")

    assert [rule for rule, _ in told(lines)] == [rule for rule, _ in told(whole)]
    assert bool(whole.findings) is bool(wrong)


@pytest.mark.parametrize("margin", ["", "    "])
def test_a_figure_keeps_the_address_of_its_line(margin: str) -> None:
    text = wrapped(tuple(text.replace("下降3.85%", "下降8.35%") for text in REPORT), 60, margin)

    (finding,) = check(text.encode(), name="a.txt").findings

    line, _, span = finding.primary.address.partition(":")
    first, last = map(int, span.split("-"))
    shown = text.splitlines()[int(line[1:]) - 1][first - 1 : last]
    assert shown
    assert finding.primary.text.startswith(shown)


@pytest.mark.parametrize(
    "text",
    [
        "全年安排资金120万元，用于农村道路\n其中甲镇80万元、乙镇90万元，用于桥梁",
        "支出总额120万元，\n其中人员经费80万元，\n公用经费90万元",
    ],
)
def test_lines_that_are_paragraphs_stay_apart(text: str) -> None:
    assert told(check(text.encode(), name="a.txt")) == []


def test_a_numbered_line_begins_a_paragraph_of_its_own() -> None:
    lines = [
        "全县共有在岗村医三百一十二人，其中执业医师九十六人，全部完成年度培训",
        "1、发放补助资金200万元，按季度足额拨付到各乡镇卫生院账户，没有截留",
        "2、补助对象合计320人，全部通过公示，没有收到举报，执行情况比较好，是",
        "3、群众满意度95%，比上年提高2个百分点，投诉率有所下降，效果比较明显",
    ]
    assert told(check("\n".join(lines).encode(), name="a.txt")) == []


@pytest.mark.parametrize("counted", [("", ""), ("1.", "2."), ("（一）", "（二）"), ("一是", "二是")])
def test_the_items_of_a_list_in_lines_of_their_own_are_parts_of_what_stands_before_the_colon(counted: tuple[str, str]) -> None:
    def text(second: str) -> bytes:
        first, last = counted
        return f"养护支出共计820万元，其中：\n{first}道路500万元；\n{last}桥梁{second}万元。\n下一步加强养护。".encode()

    right, wrong = check(text("320"), name="a.txt"), check(text("420"), name="a.txt")

    assert [c.rule for c in right.checks if len(c.operands) == 2] == ["NARR-001"]
    assert not right.findings
    (finding,) = wrong.findings
    assert finding.primary.address.startswith("L1:")
    assert [pointer.address[:3] for pointer in finding.related] == ["L2:", "L3:"]


@pytest.mark.parametrize(
    "text",
    [
        "养护支出共计820万元。\n道路500万元；\n桥梁420万元。",
        "养护支出情况如下：\n道路500万元；\n桥梁420万元。",
        "养护支出820万元，其中：\n道路按规定养护。\n桥梁420万元，水利500万元。",
    ],
)
def test_lines_that_no_figure_with_a_colon_opens_stay_apart(text: str) -> None:
    assert not check(text.encode(), name="a.txt").findings


SPLIT = (
    "预计可用财力为505.8万元，具体构成如下：支出基数为169.8万元，专项补助97.7万元，分成3.5万元，"
    "调入资金234.8\n万元。\n二、其他\n"
)


def test_a_unit_at_the_beginning_of_a_line_belongs_to_the_figure_before_it() -> None:
    assert told(check(SPLIT.encode(), name="report.txt")) == []
    assert told(check(SPLIT.replace("234.8", "243.8").encode(), name="report.txt")) != []


@pytest.mark.parametrize(
    ("line", "count"),
    [("万元。", 1), (" 万元，其中", 1), ("万元", 1), ("万元以上3个。", 2), ("元旦。", 2), ("（万元）", 2)],
)
def test_only_a_unit_that_a_mark_follows_does(line: str, count: int) -> None:
    lines = [Paragraph(text, f"L{n}") for n, text in enumerate(("收入120.5万元，调入资金234.8", line), 1)]
    assert len(list(together(lines, "万元".__eq__))) == count


def test_and_only_that_of_the_next_line_within_a_sentence() -> None:
    far = [Paragraph("收入120.5万元，调入资金234.8", "L1"), Paragraph("万元。", "L3")]
    alone = [Paragraph("234.8", "L1"), Paragraph("万元。", "L2")]
    assert [len(list(together(lines, "万元".__eq__))) for lines in (far, alone)] == [2, 2]


@pytest.mark.parametrize("edge", [44, 54, 66])
def test_a_broken_paragraph_stays_one_where_a_list_that_goes_on_elsewhere_follows_it(edge: int) -> None:
    opening = "2024年一般公共预算支出1085.20万元，其中：基本支出1037.10万元，项目支出48.10万元，具体支出安排情况如下："
    text = wrapped((*REPORT, opening, "（一）按支出功能分类"), edge)

    assert told(check(text.encode(), name="a.txt")) == []
    wrong = text.replace("项目支出48.10万元，具体", "项目支出84.10万元，具体")
    assert wrong == text or {rule for rule, _ in told(check(wrong.encode(), name="a.txt"))} & {"NARR-001", "NARR-003"}


def test_broken_lines_of_one_item_stay_together_where_the_items_of_a_list_stay_apart() -> None:
    lines = ("下达资金900万元：", "（1）甲项目安排补助资金400万元；", "（2）乙项目安排补助资金500万元；")
    blocks = [Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1)]
    assert [len(group) for group in together(blocks, lambda unit: unit == "万元")] == [1, 1, 1]


TORN = (
    "收入完成1520.8万元，为预算的96.52%（预\n算1575.7万元），其中税收收入1119.8万元，占比73.63%；非税收入401.0万元。",
    "本年支出合计237.5万元，其中：基本支出143.64万元（人员83.01万元，\n公用60.63万元），占60.5%；项目支出93.86万元，占39.5%。",
    "自评得分96.3分，扣3.7分，其中社会效益扣1.8分，满意度扣0.5分，预算执行\n扣1.4分，评价等级为优，执行9.7分，共10分。",
    "自评得分96.3分，扣3.7分，其中社会效益扣1.8分，满意度扣0.5分，\n预算执行扣1.4分，评价等级为优，执行9.7分，共10分。",
    "自评总得分96分。其中：预算执行10分，得9.7分\n；产出50分，得50分；效益30分，得27.3分；满意度10分，得9分。",
    "自评总得分96分。其中：预算执行10分，得9.7分\n；产出50分，得50分；效益30分，得27.3分；\n满意度10分，得9分。",
)


@pytest.mark.parametrize("text", TORN)
def test_a_line_that_can_not_begin_where_it_does_belongs_to_the_one_above(text: str) -> None:
    assert told(check(text.encode(), name="report.txt")) == []
    wrong = text
    for old, new in (("401.0", "410.0"), ("93.86", "98.36"), ("9.7", "7.9"), ("1.8", "8.1")):
        wrong = wrong.replace(old, new)
    assert told(check(wrong.encode(), name="report.txt")) != []


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("收入120.5万元，支出98.2万元。", "）其他"),
        ("收入120.5万元（其中税收", "支出98.2万元（其中基本支出）"),
        ("一、收入（决算", "二、支出（决算）"),
        ("项目（一", "支出）"),
        ("全年收入120.5万元，支出98.2万元，收支情况", "1.收入120.5万元。"),
        ("全年收入120.5万元，支出98.2万元，收支情况", "本年度收入合计120.5万元。"),
        ("收入120.5万元，支出", "结余98.2万元。"),
    ],
)
def test_a_line_that_may_begin_there_stays_apart(above: str, line: str) -> None:
    assert len(list(together([Paragraph(above, "L1"), Paragraph(line, "L2")], "万元".__eq__))) == 2
