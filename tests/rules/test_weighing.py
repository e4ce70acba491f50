"""Total scores that are weighed of others, and the weights that the labels of columns hold."""

from __future__ import annotations

import pytest

from tests.rules.relating import checks, faults, places
from validator.model.finding import Outcome

IN_LABELS = """
街道|系统考核得分(占40%)|现场考核得分(占40%)|履职考核得分(占20%)|总分|排名
东街|95.65|93.73|95.80|94.91|1
西街|95.37|93.80|96.15|94.90|2
南街|95.67|93.93|93.10|94.46|3
北街|95.32|93.50|93.90|94.31|4
"""
BELOW_LABELS = IN_LABELS.replace("(占40%)", "").replace("(占20%)", "").replace("东街", "|(占40%)|(占40%)|(占20%)||\n东街")
FIRST = """
学校|综合得分|笔试（40%）|面试（60%）
一校|84.00|90|80
二校|79.40|72.5|84
三校|88.20|87|89
"""
PORTIONS = """
单位|日常考核（权重0.3）|年终考核（权重0.5）|测评（权重0.2）|加分|扣分|综合得分
甲局|92|88|95|1.5|0|92.1
乙局|90|91|89.5|0|0.5|89.9
丙局|85|90|93|0|0|89.1
"""
OF_GROUPS = """
乡镇|定量考核（70%）|<|<|定性考核（30%）|总分
^|经济|民生|小计|^|^
甲镇|40|45.5|85.5|90|86.85
乙镇|42|44|86|88|86.6
丙镇|38|47|85|91|86.8
"""
ROW_OF_WEIGHTS = """
单位|党建|业务|满意度|总得分
权重|30%|50%|20%|100%
甲局|92|88|95|90.6
乙局|90|91|89.5|90.4
丙局|85|90|93|89.1
"""
ROW_OF_PORTIONS = ROW_OF_WEIGHTS.replace("30%|50%|20%|100%", "0.3|0.5|0.2|1")
AT_THE_END = IN_LABELS.replace("(占40%)", "占40%").replace("(占20%)", "占20%")
SOUND = {
    "in labels": (IN_LABELS, "94.31", "94.81"),
    "below labels": (BELOW_LABELS, "94.31", "93.41"),
    "total first": (FIRST, "79.40", "74.90"),
    "portions, with points on top and taken off": (PORTIONS, "92.1", "91.1"),
    "of groups": (OF_GROUPS, "86.6", "87.6"),
    "a row of weights": (ROW_OF_WEIGHTS, "90.4", "94.0"),
    "a row of weights, exact ones": (ROW_OF_WEIGHTS, "90.4", "90.2"),
    "a row of portions": (ROW_OF_PORTIONS, "90.4", "94.0"),
    "at the end of labels": (AT_THE_END, "94.46", "94.64"),
}


def told(text: str) -> list[tuple[str, Outcome]]:
    """Return what came of each check of a weighed total or of weights."""
    return [(e.check.rule, e.check.outcome) for e in checks(text) if e.check.rule in ("GEN-002", "GEN-019")]


@pytest.mark.parametrize("name", SOUND)
def test_a_total_is_held_to_its_scores_and_weights(name: str) -> None:
    text, right, wrong = SOUND[name]
    rows = (
        len(text.strip().splitlines())
        - 1
        - (name in ("below labels", "of groups", "a row of weights", "a row of weights, exact ones", "a row of portions"))
    )

    assert faults(text) == []
    assert sorted(told(text)) == [("GEN-002", Outcome.PASS)] * rows + [("GEN-019", Outcome.PASS)]
    assert faults(text.replace(right, wrong)) == [("GEN-002", wrong)]


def test_the_weights_are_operands_and_the_formula_is_told() -> None:
    first = next(e.check for e in checks(IN_LABELS) if e.check.rule == "GEN-002")

    assert first.stated is not None
    assert first.stated.text == "94.91"
    assert [pointer.text for pointer in first.operands] == [
        "95.65", "系统考核得分(占40%)", "93.73", "现场考核得分(占40%)", "95.80", "履职考核得分(占20%)"
    ]  # fmt: skip
    assert places(IN_LABELS, "formula")[0].names["公式"] == "系统考核得分×40%+现场考核得分×40%+履职考核得分×20%"


def test_scores_that_were_rounded_give_a_total_off_by_one_in_the_last_place() -> None:
    assert faults(IN_LABELS.replace("94.31", "94.30")) == []
    assert faults(IN_LABELS.replace("94.31", "94.32")) == [("GEN-002", "94.32")]


def test_scores_weighed_before_are_added_up() -> None:
    added = """
单位|日常（占40%）|年终（占60%）|合计
甲局|37.5|52.2|89.7
乙局|36.0|55.0|91.0
丙局|38.1|53.4|91.5
"""
    assert faults(added) == []
    assert "GEN-002" not in {rule for rule, _ in told(added)}
    assert faults(added.replace("91.5", "95.1")) == [("GEN-001", "95.1")]


def test_shares_of_money_are_added_up() -> None:
    paid = """
项目|首批拨付（70%）|清算拨付（30%）|合计
甲|70|30|100
乙|140|60|200
丙|35|15|50
"""
    assert faults(paid) == []


def test_a_column_that_is_no_score_leaves_a_row_alone() -> None:
    more = IN_LABELS.replace("|总分", "|调整|总分").replace("|94.", "||94.")
    assert faults(more) == []
    assert faults(more.replace("||94.31", "|0.50|94.81")) == []
    assert faults(more.replace("||94.31", "||94.81")) == [("GEN-002", "94.81")]


def test_a_single_row_is_accused_where_words_say_what_its_weights_are() -> None:
    one = "姓名|平时成绩（占30%）|期末成绩（占70%）|总评成绩\n张三|90|80|83\n"
    assert faults(one) == []
    assert faults(one.replace("|83", "|88")) == [("GEN-002", "88")]
    assert faults(one.replace("占", "").replace("|83", "|88")) == []


def test_most_rows_that_differ_accuse_none() -> None:
    assert faults(IN_LABELS.replace("94.31", "95.31").replace("94.46", "95.46")) == []


def test_a_missing_score_leaves_its_row_alone() -> None:
    assert faults(IN_LABELS.replace("93.50", "缺考")) == []


def test_weights_that_are_not_100_per_cent_are_told_and_no_total_with_them() -> None:
    assert faults(IN_LABELS.replace("占20%", "占30%")) == [("GEN-019", "系统考核得分(占40%)")]
    assert faults(FIRST.replace("（60%）", "（50%）")) == []


def test_labels_with_percentages_that_are_no_weights_say_nothing() -> None:
    text = """
地区|完成率(%)|比上年增长(%)|得分
甲|98.1|5.2|95
乙|97.2|4.1|94
丙|99.3|6.6|97
"""
    assert told(text) == []


class TestRowsWithAColumnOfWeights:
    TABLE = """
序号|考核指标|权重|得分(百分制)|加权得分
1|预算编制|20%|92.5|18.50
2|预算执行|30%|88.0|26.40
3|绩效管理|25%|95.0|23.75
4|资产管理|15%|90.0|13.50
5|信息公开|10%|86.0|8.60
合计||100%||90.75
"""

    def test_each_score_is_held_to_its_weight(self) -> None:
        assert faults(self.TABLE) == []
        assert sorted(told(self.TABLE)) == [("GEN-002", Outcome.PASS)] * 5 + [("GEN-019", Outcome.PASS)]
        assert ("GEN-002", "26.04") in faults(self.TABLE.replace("26.40", "26.04"))
        assert ("GEN-002", "23.75") in faults(self.TABLE.replace("|95.0", "|59.0"))

    def test_so_are_portions_of_1(self) -> None:
        text = self.TABLE.replace("100%", "1")
        for weight in ("20", "30", "25", "15", "10"):
            text = text.replace(f"|{weight}%|", f"|0.{weight}|")
        assert sorted(told(text)) == [("GEN-002", Outcome.PASS)] * 5 + [("GEN-019", Outcome.PASS)]

    def test_weights_that_are_not_100_per_cent_are_told(self) -> None:
        text = self.TABLE.replace("25%|95.0|23.75", "20%|95.0|19.00").replace("90.75", "86.00")
        assert faults(text) == [("GEN-019", "20%")]

    def test_points_are_no_weights_of_scores_that_lie_within_them(self) -> None:
        text = "指标|权重|得分|加权得分\n甲|20|18|18\n乙|30|28|28\n丙|50|45|45\n合计|100|91|91\n"
        assert told(text) == []


def test_whole_scores_may_be_rounded_means_where_most_totals_say_so() -> None:
    means = ROW_OF_WEIGHTS.replace("90.6", "90.8").replace("90.4", "90.2").replace("89.1", "89.3")
    assert faults(means) == []
    assert ("GEN-002", Outcome.PASS) in told(means)
