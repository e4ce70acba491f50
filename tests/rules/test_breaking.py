"""The last figure of a text, which may have lost its last digits."""

from __future__ import annotations

import pytest

from validator.model.finding import Outcome
from validator.pipeline import check

ACCOUNT = "项目\t甲险\t乙险\n本年收入\t5000\t6000\n本年支出\t3000\t4800\n本年收支结余\t2000\t"


def faults(text: str) -> list[tuple[str, str]]:
    return [(f.rule, f.primary.text) for f in check(text.encode(), name="a.txt").findings if f.severity.value != "info"]


class TestLeftOpen:
    @pytest.mark.parametrize(("last", "fault"), [("1200", False), ("12", False), ("13", True), ("12\n填表人：张三", True)])
    def test_the_beginning_of_the_right_figure_is_no_fault(self, last: str, fault: bool) -> None:
        assert faults(ACCOUNT + last) == ([("GEN-007", last.partition("\n")[0])] if fault else [])

    def test_a_wrong_total_at_the_end_is_a_fault(self) -> None:
        form = "项目支出绩效自评表\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
        rows = (
            "产出指标\t数量指标\t办班期数\t8期\t8期\t50\t50\n效益指标\t社会效益\t就业率\t95%\t98%\t50\t50\n总分\t\t\t\t\t100\t"
        )
        assert ("SCORE-001", "98") in faults(form + rows + "98")

    def test_what_is_left_open_is_undetermined_and_says_why(self) -> None:
        checks = [c for c in check((ACCOUNT + "12").encode(), name="a.txt").checks if c.stated and c.stated.text == "12"]
        assert [(c.rule, c.outcome) for c in checks] == [("GEN-007", Outcome.UNDETERMINED)]
        assert checks[0].reason == "文字到这里为止，末尾的数可能没有写完"

    @pytest.mark.parametrize(("last", "fault"), [("250", []), ("25", []), ("24", [("GEN-001", "350.25")])])
    def test_an_operand_that_would_be_longer_is_left_open_as_well(self, last: str, fault: list[tuple[str, str]]) -> None:
        text = "项目\t合计\t人员\t公用\n甲\t30.5\t10\t20.5\n乙\t40.5\t15.25\t25.25\n丁\t9.5\t5\t4.5\n丙\t350.25\t100.25\t"
        assert faults(text + last) == fault

    @pytest.mark.parametrize("closed", ["", " |", " | "])
    def test_the_last_figure_of_a_list_may_stand_in_another_column(self, closed: str) -> None:
        cells = (
            "绩效目标自评表 (2031年度)|一级指标|二级指标|三级指标|分值|年度指标值|全年实际值|得分|未完成原因及拟采取的改进措施|"
            "产出指标(50分)|数量指标|办班期数|5|>=8期|8期|5||||学员人数|5|>=59人次|61人次|5|||"
            "质量指标|合格率|5|>=95%|98%|5||||每期补助标准|10|<=5300元/期|"
        ).replace("|", " |\n")
        assert ("IND-001", "5830") in faults(f"{cells}5830{closed}\n填表人：张三")
        assert faults(f"{cells}5830{closed}") == []

    @pytest.mark.parametrize(("behind", "fault"), [("", False), ("\t\t已报备", False), ("\n总分\t\t\t\t\t", True)])
    def test_a_row_that_breaks_off_behind_its_answer_may_have_had_a_reason(self, behind: str, *, fault: bool) -> None:
        form = "项目支出绩效自评表\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t未完成原因\n"
        rows = "产出指标\t数量指标\t办班期数\t≥8期\t8期\t\n效益指标\t社会效益\t就业率\t≥95%\t78%"
        assert (("IND-001", "78%") in faults(form + rows + behind)) is fault
