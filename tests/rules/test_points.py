"""Points of headings against those of their rows, and scores against their points."""

from __future__ import annotations

import pytest

from tests.rules.relating import checks, faults
from validator.model.finding import Outcome

IN_BRACKETS = """
一级指标|二级指标|三级指标|分值|评分标准|得分
决策（20分）|立项（8分）|依据充分|4|充分得满分（4分）|4
^|^|程序规范|4|规范得满分（4分）|3
^|目标（12分）|目标合理|6|合理得满分（6分）|6
^|^|指标明确|6|明确得满分（6分）|5
过程（30分）|资金（18分）|资金到位|8|到位得满分（8分）|8
^|^|资金使用|10|合规得满分（10分）|7.5
^|组织（12分）|制度健全|5|健全得满分（5分）|5
^|^|制度执行|7|有效得满分（7分）|6
产出（50分）|产出（50分）|完成率|50|按完成率|48
合计|||100||92.5
"""
IN_COLUMNS = """
一级指标|分值|二级指标|分值|三级指标|分值|得分
决策|20|立项|8|依据充分|4|4
||||程序规范|4|3
||目标|12|目标合理|6|6
||||指标明确|6|5
过程|30|资金|18|资金到位|8|8
||||资金使用|10|7.5
||组织|12|制度健全|5|5
||||制度执行|7|6
"""
LOST_PLACES = """
一级指标|二级指标|三级指标|分值|得分
决策（20分）|立项（8分）|依据充分|4|4
||程序规范|4|3
目标（12分）||目标合理|6|6
||指标明确|6|5
过程（30分）|资金（18分）|资金到位|8|8
||资金使用|10|7.5
组织（12分）||制度健全|5|5
||制度执行|7|6
"""
"""A row that lost the merged cell of its first column, and the next label stands there instead."""


def sums(text: str) -> list[tuple[str, list[str]]]:
    """Return the points of each heading with those of its rows."""
    found = [e.check for e in checks(text) if e.check.rule == "GEN-013"]
    assert all(check.outcome is Outcome.PASS for check in found)
    return [(check.stated.text, [part.text for part in check.operands]) for check in found if check.stated is not None]


def test_points_in_brackets_are_shared_out_among_the_rows_of_a_heading() -> None:
    assert sums(IN_BRACKETS) == [
        ("决策（20分）", ["4", "4", "6", "6"]),
        ("过程（30分）", ["8", "10", "5", "7"]),
        ("产出（50分）", ["50"]),
        ("立项（8分）", ["4", "4"]),
        ("目标（12分）", ["6", "6"]),
        ("资金（18分）", ["8", "10"]),
        ("组织（12分）", ["5", "7"]),
        ("产出（50分）", ["50"]),
    ]


def test_points_in_a_column_are_shared_out_in_the_next_column_of_points() -> None:
    assert sums(IN_COLUMNS) == [
        ("20", ["8", "12"]),
        ("30", ["18", "12"]),
        ("8", ["4", "4"]),
        ("12", ["6", "6"]),
        ("18", ["8", "10"]),
        ("12", ["5", "7"]),
    ]


def test_a_heading_out_of_place_reaches_as_far_as_its_points() -> None:
    assert dict(sums(LOST_PLACES))["决策（20分）"] == ["4", "4", "6", "6"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (IN_BRACKETS.replace("组织（12分）", "组织（10分）"), [("GEN-013", "组织（10分）")]),
        (IN_COLUMNS.replace("资金|18|", "资金|16|"), [("GEN-013", "16")]),
        (IN_COLUMNS.replace("组织|12|制度健全|5|5", "组织|12|制度健全|4|4"), []),
        (LOST_PLACES.replace("组织（12分）", "组织（10分）"), []),
        (IN_BRACKETS.replace("组织（12分）", "组织（10分）").replace("目标（12分）", "目标（10分）"), []),
    ],
    ids=["in brackets", "in a column", "in the last rows", "out of place", "two of them"],
)
def test_accuse_the_one_heading_that_differs(text: str, expected: list[tuple[str, str]]) -> None:
    assert [fault for fault in faults(text) if fault[0] == "GEN-013"] == expected


def test_points_shared_out_evenly_may_differ_by_their_rounding() -> None:
    rows = "过程|12|资金|5\n||使用|7\n产出|20|数量|9\n||质量|11\n效益|10|生态|4\n||社会|6\n"
    thirds = f"一级|分值|二级|分值\n决策|8|依据|2.67\n||程序|2.67\n||目标|2.67\n{rows}"
    assert ("8", ["2.67", "2.67", "2.67"]) not in sums(thirds)
    assert faults(thirds) == []


def test_points_of_few_headings_are_no_sums() -> None:
    rows = "指标|名称|分值\n决策（20分）|依据|4\n|程序|4\n过程（30分）|资金|8\n|使用|7\n"
    assert not [e for e in checks(rows) if e.check.rule == "GEN-013"]


def test_accuse_a_score_above_its_points() -> None:
    assert ("GEN-014", "7.5") in faults(IN_BRACKETS.replace("|10|合规", "|6|合规"))
    assert not [rule for rule, _ in faults(IN_BRACKETS) if rule == "GEN-014"]


def test_scores_of_another_scale_are_not_held_to_points() -> None:
    rows = "指标|权重|得分\n决策|20|90\n过程|30|85\n产出|30|95\n效益|20|18\n"
    assert not [rule for rule, _ in faults(rows) if rule == "GEN-014"]


def test_a_rate_of_scoring_is_score_over_points() -> None:
    rows = "指标|分值|得分|得分率\n决策|20|18|90%\n过程|30|27|90%\n产出|25|20|80%\n社会|15|12|80%\n生态|10|9|60%\n"
    assert faults(rows) == [("GEN-011", "60%")]


def test_a_score_below_its_points_needs_a_reason_where_others_give_one() -> None:
    rows = ["一级指标|分值|三级指标|分值|得分|扣分原因", "决策|20|依据充分|8|7|缺批复文件", "|||", "过程|30|资金到位|8|8|"]
    rows[2:3] = ["||程序规范|5|4|", "||目标合理|7|6|目标偏低"]
    assert [(cell, rule) for rule, cell in faults("\n".join(rows))] == [("4", "GEN-016")]
    assert faults("\n".join(rows).replace("5|4|", "5|4|资料不全")) == []
    assert faults("\n".join(rows).replace("缺批复文件", "无").replace("目标偏低", "-")) == []
    (found,) = [e.finding for e in checks("\n".join(rows)) if e.finding]
    assert "程序规范" in found.message
    assert faults("\n".join([*rows, "管理规范|6|5.5|资料不全||"])) == []  # a row that slipped, and who knows which others did


def test_points_that_may_be_taken_off_are_no_limit() -> None:
    rows = IN_BRACKETS.replace("合计|", "扣分项|违规|违规违纪|-5||-1\n合计|").replace("92.5", "91.5")
    assert not [rule for rule, _ in faults(rows) if rule == "GEN-014"]


DEDUCTED = """
评价指标|分值|扣分|得分
台账齐全|12|0|12
公示及时|10|1.5|8.5
发放准确|18|3|15
群众满意|20|0.8|19.2
合计|60|5.3|54.7
"""


def test_what_was_taken_off_is_what_the_score_lacks_of_its_points() -> None:
    assert faults(DEDUCTED) == []
    assert len([e for e in checks(DEDUCTED) if e.check.rule == "GEN-006"]) == 5
    assert ("GEN-006", "3") in faults(DEDUCTED.replace("18|3|15", "18|3|16"))
    added = DEDUCTED.replace("0|12", "0|13").replace("1.5|8.5", "1.5|9").replace("3|15", "3|17")  # something was added, too
    assert "GEN-006" not in dict(faults(added))
