"""Score tables that became text, with the points of every name in brackets behind it."""

from __future__ import annotations

import pytest

from tests.forms.flattened import only_grid, restored
from validator.forms.restore.bracketed import may_occur

BROKEN = """2031 年评价得分表 一级指 标 二级指标 三级指标 得分 部门决 策(25 分) 目标任务(15 分) 相关性(5 分)
5 明确性(5 分)
5 合理性(5 分)
4 预算编制(10 分) 测算依据(5 分)
3 目标管理(5 分)
4 综合管 理(30 分) 资产管理(30 分) 账实相符(30 分)
28
"""


def test_names_broken_over_blanks_and_lines_stand_in_their_levels() -> None:
    rows = only_grid(BROKEN)
    assert len(rows) == 7
    assert [row[-1] for row in rows[1:]] == ["5", "5", "4", "3", "4", "28"]
    assert ["".join(text.split()) for text in rows[1][:3]] == ["部门决策(25分)", "目标任务(15分)", "相关性(5分)"]
    assert rows[2][:2] == ["", ""]
    assert rows[4][0] == ""
    assert "".join(rows[4][1].split()) == "预算编制(10分)"


@pytest.mark.parametrize(
    ("old", "new"),
    [("目标任务(15 分)", "目标任务"), ("(25 分)", "(52 分)"), ("三级指标 得分", "三级指标 说明"), ("\n5 合理性", "\n9 合理性")],
    ids=["a name without points", "sums that never close", "no score", "a score above its points"],
)
def test_what_does_not_bear_itself_out_is_no_such_table(old: str, new: str) -> None:
    text = BROKEN.replace(old, new)
    if "52" in new:
        text = text.replace("(10 分)", "(20 分)").replace("(15 分)", "(51 分)")
    assert not restored(text).tables


def test_lines_that_end_with_a_score_behind_points_may_hold_one() -> None:
    lines = ["明确性（5分） 5", "合理性（5 分） 4", "相关性(5分) 3", "测算依据（5分）\t2"]
    assert may_occur(lines)
    assert not may_occur(lines[:3])
    assert not may_occur(["明确性 5"] * 8)
