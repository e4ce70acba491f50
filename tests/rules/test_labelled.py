"""Points that the labels of a score table tell, level by level, and the scores beside them."""

from __future__ import annotations

import pytest

from tests.rules.relating import checks, faults
from validator.model.finding import Outcome

TABLE = """
一级指标|二级指标|三级指标|得分
部门决策（25分）|目标任务（15分）|相关性（5分）|5
^|^|明确性（5分）|5
^|^|合理性（5分）|4
^|预算编制（10分）|测算依据（5分）|3
^|^|目标管理（5分）|4
综合管理（30分）|资产管理（12分）|账实相符（6分）|6
^|^|处置合规（6分）|5
^|信息公开（18分）|预算公开（8分）|8
^|^|决算公开（10分）|9
绩效结果（45分）|履职成效（45分）|部门绩效（45分）|41
合计|||90
"""


def sums(text: str) -> list[tuple[str, list[str], Outcome]]:
    """Return each label with points, those in it, and whether they agree."""
    found = [e.check for e in checks(text) if e.check.rule == "GEN-013"]
    return [(c.stated.text, [part.text for part in c.operands], c.outcome) for c in found if c.stated is not None]


def test_the_points_of_a_label_are_those_of_the_labels_in_it() -> None:
    found = {whole: parts for whole, parts, outcome in sums(TABLE) if outcome is Outcome.PASS}
    assert found["部门决策（25分）"] == ["目标任务（15分）", "预算编制（10分）"]
    assert found["目标任务（15分）"] == ["相关性（5分）", "明确性（5分）", "合理性（5分）"]
    assert len(found) == len(sums(TABLE))


def test_a_column_of_points_is_read_instead_where_there_is_one() -> None:
    text = "\n".join(f"{line}|{'分值' if '一级' in line else 5}" for line in TABLE.strip().split("\n"))
    assert all("（" not in part for _, parts, _ in sums(text) for part in parts)


@pytest.mark.parametrize(
    ("old", "new", "blamed"),
    [
        ("部门决策（25分）", "部门决策（35分）", "部门决策（35分）"),
        ("信息公开（18分）", "信息公开（28分）", "信息公开（28分）"),
    ],
    ids=["the outer label", "a label between two levels"],
)
def test_one_label_that_differs_is_told(old: str, new: str, blamed: str) -> None:
    off = [whole for whole, _, outcome in sums(TABLE.replace(old, new)) if outcome is Outcome.FAIL]
    assert off == [blamed]


def test_where_several_differ_none_is_accused() -> None:
    text = TABLE.replace("目标任务（15分）", "目标任务（16分）").replace("资产管理（12分）", "资产管理（21分）")
    assert all(outcome is Outcome.PASS for _, _, outcome in sums(text))


def test_a_score_above_the_points_of_its_label_is_told() -> None:
    assert not faults(TABLE)
    assert "GEN-014" in {rule for rule, *_ in map(tuple, told(TABLE.replace("决算公开（10分）|9", "决算公开（10分）|19")))}


def test_scores_of_another_scale_are_not_held_to_the_labels() -> None:
    text = TABLE
    for score in ("|5\n", "|4\n", "|3\n", "|6\n", "|8\n", "|9\n", "|41\n"):
        text = text.replace(score, f"|9{score[1:]}")
    assert "GEN-014" not in {rule for rule, *_ in map(tuple, told(text))}


def told(text: str) -> list[tuple[str, str]]:
    """Return the rules that fail, each with what it is about."""
    failed = [e.check for e in checks(text) if e.check.outcome is Outcome.FAIL]
    return [(check.rule, check.stated.text if check.stated else "") for check in failed]


def test_points_may_stand_behind_a_label_without_brackets() -> None:
    bare = TABLE.replace("（", " ").replace("分）", "分")
    assert [outcome for _, _, outcome in sums(bare)] == [Outcome.PASS] * len(sums(TABLE))
    off = [whole for whole, _, outcome in sums(bare.replace("部门决策 25分", "部门决策 35分")) if outcome is Outcome.FAIL]
    assert off == ["部门决策 35分"]
