"""The relations that sentences state: which figures belong together, and which sentences say nothing."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accuracy.measure import PRECISION, RECALL, covers, findings, measure, total
from tests.benchmarks.prose import HOSTILE
from tests.work import calls
from validator.model.finding import Finding
from validator.pipeline import check
from validator.rules.load import load_ruleset


def rules(text: str) -> list[str]:
    return sorted({finding.rule for finding in findings(text)})


def shows(found: list[Finding], text: str, figure: str) -> bool:
    """Tell whether a finding points at a figure of a one-line text."""
    start = text.index(figure) + 1
    return any(covers(p, 1, start, start + len(figure) - 1) for f in found for p in (f.primary, *f.related))


class TestWholeAndParts:
    @pytest.mark.parametrize(
        "text",
        [
            "支出100万元，其中基本支出60万元，项目支出40万元。",
            "支出100万元。其中：基本支出60万元；项目支出40万元。",
            "暂停协议23家（医疗机构10家、零售药店13家）。",
            "甲镇60户，乙镇40户，合计100户。",
            "三个站点分别为12人、8人、5人，共计25人。",
            "总支出500万元，其中项目支出300万元，其中设备采购200万元、培训100万元；基本支出200万元。",
            "收入100万元。其中：统筹收入60万元（含利息2万元），个人账户收入40万元。",
            "支出100万元，其中基本支出60万元，增长5%，项目支出40万元，增长2%。",
            "资金共3万，其中甲2万元、乙1万元。",
            "资金30亿元，人口3万，其中城镇2万、农村1万。",
            "预算数300万元，执行数290万元。其中中央资金预算数200万元，执行数195万元；地方资金预算数100万元，执行数95万元。",
        ],
    )
    def test_what_adds_up_is_silent(self, text: str) -> None:
        assert rules(text) == []

    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("支出110万元，其中基本支出60万元，项目支出40万元。", "NARR-001"),
            ("支出110万元，其中基本支出60万元，增长5%，项目支出40万元，增长2%。", "NARR-001"),
            ("资金共3万，其中甲4万元、乙1万元。", "NARR-003"),
            ("暂停协议32家（医疗机构10家、零售药店13家）。", "NARR-001"),
            ("甲镇60户，乙镇40户，合计110户。", "NARR-001"),
            ("甲镇60户，乙镇40户，合计10户。", "NARR-001"),
            ("项目支出完成4987.76万元，主要医疗救助1744.82万元、能力提升120万元、前期项目3063万元。", "NARR-002"),
            ("支出100万元，其中三公经费130万元。", "NARR-003"),
            ("支出100万元，主要包括办公费70万元、差旅费40万元。", "NARR-003"),
            ("学校共36家，其中小学20家、中学21家、幼儿园4家。", "NARR-003"),
            ("获奖36项，其中一等奖30项、二等奖31项。", "NARR-003"),
            ("公立医院五家，其中县级两家、乡镇四家。", "NARR-003"),
            ("义务教育阶段学生2.86万人，其中小学1.29万人，初中0.94万人。", "NARR-001"),
        ],
    )
    def test_what_does_not_is_told(self, text: str, rule: str) -> None:
        assert rules(text) == [rule]

    @pytest.mark.parametrize(
        "text",
        [
            "服务群众12000人次，其中老年人5200人次，儿童1800人次。",
            "培训学员120人，其中女性80人、党员60人。",
            "支出100万元，主要包括办公费20万元、差旅费10万元等。",
            "项目总投资5000万元，其中中央资金2000万元。",
            "义务教育学校36所，其中小学20所，初中10所。",
            "医院36家，其中二级以上医院30家、三级医院12家。",
            "医院36家，其中二级以上医院30家、三级医院8家。",
            "验收36项，其中合格34项，优秀20项。",
            "下达资金120万元，支付60万元，共计108万元。",
        ],
    )
    def test_an_open_list_need_not_be_complete(self, text: str) -> None:
        assert rules(text) == []

    def test_nothing_is_said_of_estimates(self) -> None:
        assert rules("约100万元，其中甲60万元，乙近50万元。") == []


class TestRates:
    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("预算数480万元，支出432万元，预算执行率93%。", "93%"),
            ("参保人数42.79万人，预算数43.06万人，完成预算的93.97%。", "93.97%"),
            ("机构共1923家，已开通结算的机构1911家，开通率93.98%。", "93.98%"),
            ("办理业务1000件，其中乡镇办理600件，占比66%。", "66%"),
            ("应接种5400人，实际接种5238人，接种率79%。", "79%"),
        ],
    )
    def test_a_rate_is_held_to_what_the_sentence_names(self, text: str, wrong: str) -> None:
        assert shows(findings(text), text, wrong)

    @pytest.mark.parametrize(
        "text",
        [
            "争取资金500万元，支出300万元，群众满意度95%。",
            "公务用车费15.6万元，占80.2%；公务接待费3.86万元，占19.8%。",
            "医保支出20.52亿元，纳入实际付费支出16.62亿元，支付占比达80.96%。",
            "全州已有医疗机构391万家，综合结算率为36.6%。",
        ],
    )
    def test_a_rate_of_something_else_is_left_alone(self, text: str) -> None:
        assert rules(text) == []

    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("抽检产品420批次，合格398批次，不合格22批次，合格率97.46%。", "97.46%"),
            ("发现隐患142处，已整改135处，整改率97.07%。", "97.07%"),
            ("预算单位86家，完成自评86家，自评覆盖率100%；抽查30家，抽查比例38.48%。", "38.48%"),
            ("签约项目64个，合同资金182.6亿元；开工项目41个，开工率60.46%。", "60.46%"),
            ("送审金额6.85亿元，审定金额6.12亿元，审减0.73亿元，审减率16.06%。", "16.06%"),
            ("优良天数311天，优良天数比例82.5%（全年有效监测365天）。", "82.5%"),
            ("赔付1108.4万元，赔付率78.15%（保费收入1542.6万元）。", "78.15%"),
            ("在职人员84人，编制数90人，在职人员控制率99.33%；公用经费支出12万元。", "99.33%"),
            ("完成造林1.26万亩，为计划任务1.2万亩的150%。", "150%"),
            ("抽检420批次，合格398批次（合格率97.46%）。", "97.46%"),
        ],
    )
    def test_a_rate_is_held_to_what_its_name_says(self, text: str, wrong: str) -> None:
        assert shows(findings(text), text, wrong)

    @pytest.mark.parametrize(
        "text",
        [
            "抽检产品420批次，不合格22批次，合格率97.46%。",
            "不合格420批次，合格398批次，合格率97.46%。",
            "抽检食品420批次、合格398批次，其中蔬菜抽检100批次，合格率97.46%。",
            "抽检食品420批次，合格398批次；抽检药品80批次，合格率97.46%。",
            "抽检食品420批次，合格398批次；药品抽检合格率97.46%。",
            "抽检食品420批次，合格398批次，合格率94.76%；药品合格79批次，合格率97.46%。",
            "抽检食品420批次，抽检药品80批次，合格490批次，合格率98%。",
            "上年抽检420批次，合格398批次，今年合格率97.46%。",
            "抽检420批次，上年合格398批次，合格率97.46%。",
            "抽检420批次，合格398批次，上年合格率97.46%。",
            "抽检420批次，合格398批次，目标合格率97.46%。",
            "抽检420批次，合格398批次，一次合格率97.46%。",
            "抽检约420批次，合格398批次，合格率97.46%。",
            "送审金额6.85亿元，审减金额0.73亿元，平均审减率16.06%。",
            "发现问题32个，已整改28个，其余4个正在整改，整改率100%。",
            "A县受理320件、办结310件，B县受理100件、办结100件，办结率96%。",
            "抽检1200批次，其中省级抽检420批次，合格398批次，总体合格率97.46%。",
            "发现隐患142处，立即整改100处，限期整改42处，整改率100%。",
            "发现隐患142处，已整改133处，上年遗留隐患11处，整改率86.93%。",
            "新受理300件，办结310件，办结率96.88%。",
            "受理320件，办结310件，按期办结率100%。",
            "签约项目64个，开工项目41个，其中重点项目开工率60.46%。",
            "在职人员84人，行政编制数30人，在职人员控制率93.33%。",
            "补助资金3万元，其中省级2万元，为总造价10万元的20%。",
        ],
    )
    def test_a_rate_of_another_time_another_thing_or_the_opposite_is_left_alone(self, text: str) -> None:
        assert rules(text) == []

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("年度预算300万元，实际支出285.6万元。预算执行率为95.2%。", []),
            ("年度预算300万元，实际支出285.6万元。预算执行率为93.2%。", ["NARR-004"]),
            ("年度预算300万元，实际支出285.6万元。\n预算执行率为93.2%。", ["NARR-004"]),
            ("年度预算300万元，实际支出285.6万元。\n1.资金方面，预算执行率为93.2%。", []),
            ("年度预算300万元，实际支出285.6万元。\n工作有序开展。\n预算执行率为93.2%。", []),
            ("年度预算300万元，实际支出285.6万元。工作有序开展。预算执行率为93.2%。", []),
            ("2023年度预算300万元，实际支出285.6万元。2022年度预算执行率为93.2%。", []),
            ("年度预算300万元，上年支出285.6万元。预算执行率为93.2%。", []),
            ("总预算500万元，支出480万元。其中中央资金300万元，支出285.6万元。预算执行率为96.5%。", []),
            ("中央资金预算300万元，实际支出285.6万元。预算执行率为93.2%。", []),
            ("年度预算300万元，实际支出285.6万元。中央资金预算执行率为93.2%。", []),
            ("抽检产品420批次，合格398批次。合格率97.46%。", ["NARR-004"]),
            ("抽检产品420批次，合格398批次。目标：合格率97.46%。", []),
            ("抽检产品420批次，合格398批次。\n合格率97.46%。", []),
        ],
    )
    def test_a_rate_right_behind_a_sentence_is_of_its_figures_where_nothing_else_was_told(
        self, text: str, expected: list[str]
    ) -> None:
        assert rules(text) == expected

    def test_a_rate_that_was_cut_off_is_a_warning(self) -> None:
        (finding,) = findings("公用经费66.44万元，比上年增加18.95万元，增加39%。")

        assert (finding.rule, finding.severity.value, finding.expected) == ("NARR-005", "warning", "40%")


class TestPartsAboveTheirWhole:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("全年支出910.65万元（其中：医保监管支出95.92万元、医保支付改革支出560.1万元、医保经办支出304.63万元）。", True),
            ("全年支出960.65万元（其中：医保监管支出95.92万元、医保支付改革支出560.1万元、医保经办支出304.63万元）。", False),
            ("全年支出910.65万元，其中：医保业务支出860.1万元，医保业务宣传支出95.92万元。", False),
        ],
        ids=["listed side by side", "they add up", "the second may be of the first"],
    )
    def test_parts_listed_side_by_side_exceed_their_whole_though_their_names_begin_alike(
        self, text: str, *, told: bool
    ) -> None:
        assert bool(rules(text)) is told


class TestPlannedAccounts:
    def test_planned_income_less_planned_spending_is_the_planned_balance(self) -> None:
        text = "2023年职工医保收入预算为24070.52万元，支出预算为20761.13万元，预算当期结余为3409.39万元。"
        assert shows(findings(text), text, "3409.39万元")
        assert rules(text.replace("3409.39", "3309.39")) == []

    @pytest.mark.parametrize(
        "text",
        [
            "全年收入预算5000万元，支出预算4800万元，当期结余312万元。",
            "收入预算5000万元，完成5200万元，支出预算4800万元，完成4888万元，当期结余312万元。",
        ],
    )
    def test_a_balance_of_the_year_is_not_held_to_what_was_planned(self, text: str) -> None:
        assert rules(text) == []


@pytest.mark.parametrize("word", ["总得分", "总分得", "总计得", "合计得"])
def test_scores_are_added_up_whatever_the_total_is_called(word: str) -> None:
    text = f"经自评，产出指标得48分，效益指标得28分，满意度指标得9分，{word}86分。"
    assert shows(findings(text), text, "86分")
    assert rules(text.replace("86", "85")) == []


class TestExecutionScores:
    @pytest.mark.parametrize(
        "text",
        [
            "预算执行率85%，该项分值10分，得分8.5分。",
            "预算执行率98.52%，得9.9分（满分10分）。",
            "预算执行率95%，执行率90%以上得满分，得10分。",
            "预算执行率92%，执行率每低1个百分点扣0.5分，该项分值10分，得6分。",
            "资金执行率85%，扣1分，得9分（满分10分）。",
        ],
    )
    def test_a_score_in_proportion_or_by_a_method_that_is_told_is_left_alone(self, text: str) -> None:
        assert rules(text) == []

    @pytest.mark.parametrize(
        ("text", "figure"),
        [
            ("预算执行率85%，该项分值10分，得分9.5分。", "9.5"),
            ("预算执行率（10分）：全年预算200万元，执行150万元，执行率75%，自评得8.5分。", "8.5"),
            ("预算执行情况（满分10分）。全年预算数200万元，执行数150万元，执行率75%，得8.5分。", "8.5"),
        ],
    )
    def test_a_score_out_of_proportion_is_told(self, text: str, figure: str) -> None:
        found = findings(text)
        assert [f.rule for f in found] == ["NARR-027"]
        assert shows(found, text, figure)


class TestWhatIsLeft:
    @pytest.mark.parametrize(
        "text",
        [
            "项目预算7240万元。实际支出7022.8万元，预算执行率97%，结余217.2万元。",
            "项目预算500万元，上年结转100万元。全年支出540万元，执行率90%，结余60万元。",
            "项目预算500万元。支出450万元，执行率90%，收回统筹30万元，结余20万元。",
            "2023年下达资金500万元，支出450万元，执行率90%。累计结余80万元。",
        ],
    )
    def test_what_follows_or_may_have_come_from_elsewhere_is_left_alone(self, text: str) -> None:
        assert rules(text) == []

    @pytest.mark.parametrize(
        ("text", "rule", "figure"),
        [
            ("项目预算7240万元。实际支出7022.8万元，预算执行率97%，结余317.2万元。", "NARR-007", "317.2"),
            ("总收入3680万元。总支出3606.4万元。年末结转结余173.6万元，预算完成率98%。", "NARR-007", "173.6"),
            ("项目预算7240万元。实际支出7022.8万元，预算执行率99%，结余217.2万元。", "NARR-004", "99%"),
        ],
    )
    def test_of_three_relations_that_which_does_not_hold_is_told(self, text: str, rule: str, figure: str) -> None:
        found = findings(text)
        assert {f.rule for f in found} == {rule}
        assert shows(found, text, figure)


class TestNamedParts:
    @pytest.mark.parametrize(
        "text",
        [
            "收入500万元，其中税收300万元，非税200万元，税收占比60%。",
            "一般公共预算收入500万元，其中税收收入300万元，非税收入200万元，税收占比60%，较上年提高2个百分点。",
            "总资产1000万元，其中房屋700万元，设备300万元，房屋占70%，设备占30%。",
            "收入500万元，其中其他收入200万元，税收300万元，其他收入占比40%。",
            "申报项目60个，其中产业40个，基建20个，批复54个，批复率90%，产业类占比70%。",
            "支出500万元，其中教育支出100万元，社保支出80万元，卫生支出60万元，三项合计占48%。",
            "收到资金600万元，其中上级400万元，本级200万元，支出540万元，上级资金支出率95%，本级资金支出率80%。",
        ],
    )
    def test_a_share_is_that_of_the_part_it_names(self, text: str) -> None:
        assert rules(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "收入500.0万元，其中税收300.0万元，非税200.0万元，税收占比62.0%。",
            "床位500张，其中医院300张，基层200张，医院占比65%。",
        ],
    )
    def test_a_share_that_is_not_that_of_the_part_it_names_is_told(self, text: str) -> None:
        assert rules(text) == ["NARR-004"]

    def test_shares_that_are_evened_out_to_a_hundred_are_left_alone(self) -> None:
        text = (
            "支出合计2200.40万元，其中基本支出1000.00万元，占总支出的{}，项目支出1188.40万元，占总支出的54.00%，"
            "经营支出12.00万元，占总支出0.54%。"
        )
        assert rules(text.format("45.46%")) == []
        assert "NARR-004" in rules(text.format("45.64%"))


class TestToldTwice:
    @pytest.mark.parametrize(
        ("one", "other", "told"),
        [
            ("245774.82", "254774.82", True),
            ("245774.82", "247774.82", True),
            ("245774.82", "24774.82", True),
            ("245774.82", "245774.8", False),
            ("245774.82", "251300.47", False),
            ("32.5", "33.5", False),
        ],
        ids=["swapped", "one digit", "one left out", "rounded", "another figure", "short"],
    )
    def test_long_figures_that_nearly_agree_are_one_of_them_misprinted(self, one: str, other: str, *, told: bool) -> None:
        text = f"2023年全市职工医保基金总收入{one}万元。\n经审计，2023年全市职工医保基金总收入{other}万元。"
        assert ("NARR-013" in rules(text)) is told

    def test_what_is_told_of_one_place_after_the_other_is_not_one_figure(self) -> None:
        counties = zip("甲乙丙丁", ("2301", "3201", "2031", "5410"), strict=True)
        assert rules("".join(f"{name}县培训农村实用人才数量达到{count}人。\n" for name, count in counties)) == []


class TestTimes:
    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("产值由3亿元增加到4.2亿元，翻了一番。", "翻了一番"),
            ("上年培训300人，今年培训600人，是上年的4倍。", "4倍"),
            ("审批时限由5个工作日缩短至2个，压缩45%。", "45%"),
            ("上年参保率为95.2%，本年参保率为96.8%，提高1.9个百分点。", "1.9个百分点"),
            ("2021年参保率95.2%，2022年参保率96.8%，提高1.9个百分点。", "1.9个百分点"),
            ("抽查农户300户，满意210户，占五成。", "五成"),
            ("预算分别为100万元、80万元，支出分别为90万元、40万元，执行率分别为70%、50%。", "70%"),
        ],
    )
    def test_what_does_not_follow_is_shown(self, text: str, wrong: str) -> None:
        assert shows(findings(text), text, wrong)

    @pytest.mark.parametrize(
        "text",
        [
            "产值由3亿元增加到6.2亿元，翻了一番。",
            "总产值由2020年的100万元增加到2023年的133.1万元，年均增长10%。",
            "2020年培训300人，2023年培训600人，是上年的1.1倍。",
            "小学本科以上学历占87.3%；初中本科以上学历占95.1%。",
            "小学教师1126人，本科以上学历占87.3%；初中教师742人，本科以上学历占95.1%。",
            "救助群众3260人次，支出286.4万元，次均救助878元。",
            "乡镇参保率95.2%，城区覆盖率96.8%，提高3.9个百分点。",
        ],
    )
    def test_what_may_be_so_is_left_alone(self, text: str) -> None:
        assert rules(text) == []

    def test_written_numbers_are_parts_of_a_total(self) -> None:
        assert rules("共有医院六家，其中公立两家、民营四家。") == []
        assert rules("共有医院六家，其中公立两家、民营三家。") == ["NARR-001"]


class TestStatements:
    def test_no_deviation_beside_a_low_rate_contradicts_itself(self) -> None:
        assert rules("预算执行率71.55%。\n本年度无偏离绩效目标情况。") == ["NARR-016"]
        assert rules("预算执行率95.2%。\n本年度无偏离绩效目标情况。") == []

    def test_a_comparison_without_a_figure_is_garbled(self) -> None:
        assert rules("住院费用报销比例≥保人政。") == ["NARR-019"]
        assert rules("报销比例≥上年水平。") == []

    def test_done_is_not_said_of_a_missed_target(self) -> None:
        missed = "补贴人次年初指标值为不低于180人，全年实际完成值164人。"

        assert rules("已按照计划完成目标。\n" + missed) == ["NARR-015"]
        assert rules(missed) == []

    @pytest.mark.parametrize(
        ("target", "actual", "expected"),
        [
            ("不低于180人", "164人", ["NARR-015"]),
            ("不低于180人", "180人", []),
            ("不高于180人", "194人", ["NARR-015"]),
            ("不高于180人", "164人", []),
            ("180-200人", "164人", []),
            ("约180人", "164人", []),
            ("不低于180人", "约164人", []),
            ("不低于180人", "164户", []),
        ],
    )
    def test_only_a_clear_miss_contradicts_what_was_said(self, target: str, actual: str, expected: list[str]) -> None:
        said = "已按照计划完成目标。\n补贴人次年初指标值为{}，全年实际完成值{}。"

        assert rules(said.format(target, actual)) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("预算执行率85%。\n本项目自评得分98.6分。", ["NARR-017"]),
            ("预算执行率85%。\n本项目自评得分98.5分。", []),
            ("预算执行率85%。\n本项目自评得分150分。", []),
            ("预算执行率85%。\n此项自评得分99分。", []),
            ("预算执行率85%，另一资金执行率100%。\n本项目自评得分99分。", []),
            ("上年结转资金预算执行率85%。\n本项目自评得分99分。", []),
        ],
    )
    def test_a_low_rate_of_this_years_money_limits_the_score_of_the_project(self, text: str, expected: list[str]) -> None:
        assert rules(text) == expected

    @pytest.mark.parametrize(
        ("items", "total", "expected"),
        [
            ((30, 30, 30), 90, []),
            ((30, 30, 30), 93, ["NARR-010"]),
            ((30, 30, 30), 120, []),
            ((30, 30), 63, []),
            ((30, 40, 30), 35, []),
        ],
    )
    def test_the_total_of_a_report_is_held_to_its_items_where_it_is_near_their_sum(
        self, items: tuple[int, ...], total: int, expected: list[str]
    ) -> None:
        lines = [f"指标{n}完成情况良好，此项自评得{score}分。" for n, score in enumerate(items, 1)]

        assert rules("\n".join([*lines, f"项目自评得分{total}分。"])) == expected

    @pytest.mark.parametrize(
        ("lang", "words"), [("zh", "却说“已按照计划完成目标”"), ("en", "yet the text says “已按照计划完成目标”")]
    )
    def test_what_was_said_is_quoted_in_the_language_of_the_report(self, lang: str, words: str) -> None:
        text = "已按照计划完成目标。\n补贴人次年初指标值为不低于180人，全年实际完成值164人。"
        (finding,) = check(text.encode(), name="a.txt", lang=lang).findings

        assert finding.message.endswith(words)


def money(value: Decimal) -> str:
    return f"{value:.2f}万元"


AMOUNT = st.integers(1_000, 9_999_999).map(lambda cents: Decimal(cents) / 100)
TEMPLATES = (
    "全年下达资金{0}，其中：中央资金{1}，省级资金{2}，县级资金{3}。",
    "中央资金{1}，省级资金{2}，县级资金{3}，共计{0}。",
    "到位资金{0}（中央{1}、省级{2}、县级{3}）。",
)


class TestShares:
    TEXT = "拨款收入3215.6万元，占总收入的92.4%；其他收入264.4万元，占{}；收入总计3480万元。"

    def test_a_part_beside_another_part_is_no_share_of_it(self) -> None:
        assert rules(self.TEXT.format("7.6%")) == []

    def test_a_part_of_a_part_is(self) -> None:
        text = "参保1200人，占总人口的60%，其中职工参保300人，占{}。"

        assert rules(text.format("25%")) == []
        assert rules(text.format("35%")) == ["NARR-004"]


class TestStocks:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("年初预算860万元，年中追加45.6万元，调整后预算数905.6万元。", []),
            ("年初预算860万元，年中追加45.6万元，调整后预算数950.6万元。", ["NARR-007"]),
            ("年初预算860万元，年中追加45.6万元，核减5.6万元，调整后预算数905.6万元。", ["NARR-007"]),
            ("旧存518件，新收6842件，审结6955件，未结405件。", []),
            ("旧存518件，新收6842件，审结6595件，未结405件。", ["NARR-007"]),
            ("年初预算860万元，年中追加45.6万元，专项下达20万元，调整后预算数950.6万元。", []),
            ("年初预算860万元，追加45.6万元，另追加20万元，调整后预算数950.6万元。", []),
            ("招标预算2860万元，中标金额2617万元，节约资金234万元。", ["NARR-007"]),
            ("招标预算2860万元，中标金额2617万元，节约资金150万元。", ["NARR-007"]),
            ("送审金额1826万元，审计核减63.4万元，审定金额1762.6万元。", []),
            ("送审金额1826万元，审计核减63.4万元，审定金额1726.6万元。", ["NARR-007"]),
            ("送审金额1826万元，审计核减63.4万元，中介核减20万元，审定金额1742.6万元。", []),
        ],
    )
    def test_only_a_stock_all_of_whose_movements_are_named_is_held_to_its_sum(self, text: str, expected: list[str]) -> None:
        assert rules(text) == expected


class TestQuotients:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("发放补贴1463户、526.68万元，户均3600元。", []),
            ("发放补贴1463户、526.68万元，户均3060元。", ["NARR-008"]),
            ("发放补贴1463户、526.68万元，户均增收3060元。", []),
            ("培训14期，参训1120人次，平均每期60人次。", ["NARR-008"]),
            ("合同金额1280万元，预付30%即384万元，初验后支付40%即521万元。", ["NARR-004"]),
            ("核定亏损1863万元，补贴比例70%，应补1340.1万元。", ["NARR-004"]),
            ("每生每年720元，小学在校生2.15万人，应安排1548万元，实际安排1500万元。", []),
            ("每生每年720元，小学在校生2.15万人，应安排1458万元，实际安排1500万元。", ["NARR-008"]),
            ("站点由52个增加到61个，新增9个。", []),
            ("站点由52个增加到61个，新增12个。", []),
            ("站点由52个增加到61个，新增6个。", ["NARR-006"]),
            ("站点由52个增加到61个，新增监测员6个。", []),
            ("现有编制90个，在职84个，在职人员控制率93.33%。", []),
            ("现有编制90个，在职84个，在职人员控制率99.33%。", ["NARR-004"]),
            ("户籍人口12.34万人，常住人口10.21万人，城镇化率45.67%。", []),
        ],
    )
    def test_what_a_sentence_divides_is_held_to_it_and_the_rest_left_alone(self, text: str, expected: list[str]) -> None:
        assert rules(text) == expected


class TestTextAndTable:
    ROWS = (
        ("2023年度转移支付项目绩效目标自评表",),
        ("", "", "年初预算数", "全年执行数", "执行率"),
        ("资金情况（万元）", "年度资金总额", "100.00", "95.00", "95.00%"),
        ("总体目标完成情况", "总体目标", "", "全年实际完成情况", ""),
        ("", "救助困难群众", "", "困难群众享受医疗救助{told}", ""),
        ("一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施"),
        ("产出指标", "数量指标", "享受医疗救助人次", "≥100000人次", "{filled}", ""),
        ("", "", "救助次数", "≥2次", "2次", ""),
    )

    @pytest.mark.parametrize("told", ["11万人次", "11.04万人次", "110406人次"])
    @pytest.mark.parametrize("filled", ["110406", "110406人次"])
    def test_a_rounded_count_agrees_with_the_full_one(self, told: str, filled: str) -> None:
        text = "\n".join("\t".join(row) for row in self.ROWS).format(told=told, filled=filled)
        report = check(text.encode(), name="a.tsv")

        assert [c.outcome.value for c in report.checks if c.rule == "NARR-014"] == ["pass"]
        assert report.findings == ()

    FORM = (
        "2023年度项目支出绩效自评表\n项目名称\t甲项目\n项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "\t年度资金总额\t100.00\t100.00\t95.00\t10\t95.00%\t9.50\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"
        "\t产出指标\t数量指标\t救助人次\t≥100人次\t110人次\t90\t83.00\t因故\n\t\t\t总分\t\t\t100\t92.50\t\n"
    )

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("项目自评得分92.50分。\n综上，本项目自评得分92.50分。", []),
            ("项目自评得分77.61分。\n综上，本项目自评得分77.61分。", [["77.61分", "92.50", "77.61分"]]),
            ("项目自评得分77.61分。\n综上，本项目自评得分77.16分。", [["77.61分", "92.50"], ["77.16分", "92.50"]]),
            ("项目自评得分77.61分。\n本项自评得分18分。", [["77.61分", "92.50"]]),
        ],
    )
    def test_a_wrong_score_is_one_finding_however_often_it_is_told(self, text: str, told: list[list[str]]) -> None:
        page = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        rows = "".join(
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("\t")) + "</tr>" for row in self.FORM.splitlines()
        )
        report = check(f"<table>{rows}</table>{page}".encode(), name="a.html")

        assert [[f.primary.text, *(p.text for p in f.related)] for f in report.findings] == told


class TestMonths:
    TEXT = "2023年，职工医保统筹基金支出{spent}亿元，{more}年末统筹基金累计结余8.50亿元，可支付月数{months}个月。"

    @pytest.mark.parametrize(
        ("more", "months"),
        [
            ("", "10.0"),
            ("其中12月当月统筹基金支出1.00亿元，", "8.5"),
            ("月均支出0.86亿元，", "9.9"),
            ("次年统筹基金支出预算11.00亿元，", "9.3"),
        ],
        ids=["the year", "the last month", "a stated average", "next year's budget"],
    )
    def test_any_of_the_definitions_may_give_the_months(self, more: str, months: str) -> None:
        assert rules(self.TEXT.format(spent="10.20", more=more, months=months)) == []
        assert rules(self.TEXT.format(spent="10.20", more=more, months="7.3")) == ["NARR-012"]

    def test_spending_of_all_funds_is_not_that_of_the_one_whose_balance_is_told(self) -> None:
        text = "全市基金总支出20.00亿元，" + self.TEXT.format(spent="10.20", more="", months="{}")

        assert rules(text.format("10.0")) == []
        assert rules(text.format("5.1")) == ["NARR-012"]

    def test_an_office_says_which_definition_counts(self, tmp_path: Path) -> None:
        text = self.TEXT.format(spent="10.20", more="次年统筹基金支出预算11.00亿元，", months="9.3").encode()
        folder = tmp_path / "common"
        folder.mkdir()
        (folder / "parameters.yaml").write_text(
            "可支付月数口径:\n  en: months_definitions\n  value: [当年月均支出]\n  basis: 本市口径\n", encoding="utf-8"
        )
        strict = load_ruleset(tmp_path, extends=True)

        assert [f.rule for f in check(text, name="a.txt").findings] == []
        found = check(text, name="a.txt", ruleset=strict).findings
        assert [(f.rule, f.expected) for f in found] == [("NARR-012", "10.0个月")]


class TestParameters:
    def test_a_rule_of_prose_reads_the_threshold_of_the_office(self, tmp_path: Path) -> None:
        text = "预算执行率85.20%。\n本年度无偏离绩效目标情况。".encode()
        folder = tmp_path / "common"
        folder.mkdir()
        (folder / "parameters.yaml").write_text(
            "低执行率:\n  en: low_execution\n  value: 80%\n  basis: 本市口径\n", encoding="utf-8"
        )

        assert [f.rule for f in check(text, name="a.txt").findings] == ["NARR-016"]
        assert check(text, name="a.txt", ruleset=load_ruleset(tmp_path, extends=True)).findings == ()


class TestLaws:
    @given(st.sampled_from(TEMPLATES), st.tuples(AMOUNT, AMOUNT, AMOUNT))
    def test_consistent_sums_are_never_accused(self, template: str, parts: tuple[Decimal, Decimal, Decimal]) -> None:
        assert rules(template.format(money(sum(parts, Decimal(0))), *map(money, parts))) == []

    @given(st.sampled_from(TEMPLATES), st.tuples(AMOUNT, AMOUNT, AMOUNT), st.integers(1, 5))
    def test_a_total_that_is_off_is_shown(self, template: str, parts: tuple[Decimal, Decimal, Decimal], percent: int) -> None:
        wrong = money((sum(parts, Decimal(0)) * (100 + percent) / 100 + 1).quantize(Decimal("0.01")))
        text = template.format(wrong, *map(money, parts))

        assert shows(findings(text), text, wrong)

    @given(AMOUNT, st.integers(1, 99))
    def test_a_rate_that_was_rounded_is_never_accused(self, budget: Decimal, share: int) -> None:
        spent = (budget * share / 100).quantize(Decimal("0.01"))
        rate = (spent / budget * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)

        assert rules(f"全年预算数{money(budget)}，全年执行数{money(spent)}，执行率{rate}%。") == []

    @given(AMOUNT.filter(lambda value: value > 100), st.integers(10, 90), st.integers(2, 9))
    def test_a_rate_that_is_off_is_pointed_at(self, budget: Decimal, share: int, off: int) -> None:
        spent = (budget * share / 100).quantize(Decimal("0.01"))
        text = f"全年预算数{money(budget)}，全年执行数{money(spent)}，执行率{share + off}%。"

        assert shows(findings(text), text, f"{share + off}%")

    @given(AMOUNT, st.integers(5, 80), st.sampled_from([("增加", "增长"), ("减少", "下降")]))
    def test_a_change_and_its_rate_agree(self, before: Decimal, percent: int, words: tuple[str, str]) -> None:
        change = (before * percent / 100).quantize(Decimal("0.01"))
        now = before + change if words[0] == "增加" else before - change
        rate = (change / before * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        text = f"全年支出{money(now)}，比上年{words[0]}{money(change)}，{words[1]}{rate}%。"

        assert rules(text) == []
        assert rules(text.replace(f"{rate}%", f"{rate + 11}%")) == ["NARR-005"]

    @given(st.text(alphabet="共其中（）()，、。；:：比上年增加减少占率完成预算的得分12345.%万元家人", max_size=120))
    def test_no_text_breaks_it(self, text: str) -> None:
        findings(text)


MISSED = {
    "missed: 既有住宅加装电梯申报138部，通过联合审查126部，已竣工投用97部、在建92部，按每部20万元标准兑付竣工补助1940万元。",
    "missed: 住房公积金新增缴存职工1.12万人，净增0.46万人，年末实缴职工8.94万人，同比增长4.52%。",
    "missed: 食品安全抽检量达到1.5批次/千人，超过4.5批次/千人的目标。",
    "missed: 城市污水处理厂设计日处理能力6万吨，全年处理污水1,861.5万吨，日均处理1.5万吨，负荷率85%。",
    "missed: 市级补助资金1,200万元，县级配套资金按1:0.5比例安排600万元，共计1,080万元。",
    "missed: 县图书馆年末藏书26.8万册，年初藏书26.9万册，当年新增1.7万册。",
    "missed: 项目中标价1,826万元，结算审计核减63.4万元，审定结算价1,726.6万元。",
    "missed: 受理投诉举报1,328件，办结1,301件，办结率97.97%，为消费者挽回损失46.8万元，件均挽回0.063万元。",
    "missed: 全市有效发明专利拥有量1684件，每万人口发明专利拥有量6.5件（常住人口300.7万人）。",
    "missed: 按每人每月500元发放补助，241人全年支出146.4万元。",
    "missed: 全年收运生活垃圾12.41万吨，日均430吨，无害化处理率100%。",
}
"""What is known not to be found. No false alarm is among it; the aims alone would let a rule that worked stop working."""


def test_the_report_that_is_measured_is_understood_and_sound() -> None:
    report = check(Path(__file__).parents[1] / "benchmarks" / "report.txt")
    assert [finding.message for finding in report.findings] == []
    assert report.cells_checked >= 18


class TestTheCorpus:
    def test_precision_and_recall_are_what_was_aimed_at(self) -> None:
        scores = measure()
        everything = total(scores)
        failures = [failure for score in scores.values() for failure in score.failures]

        assert everything.texts >= 330
        assert everything.precision >= PRECISION, failures
        assert everything.recall >= RECALL, failures
        assert set(failures) <= MISSED


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_prose_takes_work_in_proportion_to_its_length(name: str) -> None:
    findings("共3家，其中甲1家、乙2家。")
    short, long = (calls(partial(findings, HOSTILE[name](length))) for length in (1_000, 4_000))

    assert long < 5 * short
