"""Rates, shares and ratios in prose, with what they are rates of."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import AMOUNT, findings, in_yuan, money, read, rules, shows, stated, words
from validator.rules.narrative.rates import rates


def over(text: str) -> list[tuple[object, object, object]]:
    """Return each rate with what it is of, and each growth and distance with its formula, once."""
    told = [
        (names["rate"], names["numerators"], names["denominators"])
        if kind == "rate"
        else (kind, names["stated"], names["formula"])
        for kind, names in stated(rates(read(text), words()))
    ]
    return [one for n, one in enumerate(told) if one not in told[:n]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("检查1320家，占总数1500家的78%。", [("78%", ["1320家"], ["1500家"])]),
        ("预算数480万元，支出432万元，预算执行率93%。", [("93%", ["432万元"], ["480万元"])]),
        ("完成1260户，为计划1200户的115%。", [("115%", ["1260户"], ["1200户"])]),
        ("计划1200户，完成1260户，完成计划的115%。", [("115%", ["1260户"], ["1200户"])]),
        ("上年培训300人，今年培训600人，是上年的3倍。", [("3倍", ["600人"], ["300人"])]),
        (
            "预算分别为100万元、80万元，支出分别为90万元、40万元，执行率分别为90%、60%。",
            [("90%", ["90万元"], ["100万元"]), ("60%", ["40万元"], ["80万元"])],
        ),
        ("任务100户，实际完成120户，超任务30%。", [("growth", "30%", "实际 / 目标 - 1")]),
        ("年初预算100万元，调整后预算120万元，预算调整率30%。", [("growth", "30%", "本期 / 上期 - 1")]),
        ("年初预算100万元，调整后预算80万元，预算调整率30%。", [("growth", "30%", "1 - 本期 / 上期")]),
        ("总额1280万元，预付30%即394万元。", [("30%", ["394万元"], ["1280万元"])]),
        ("成本100万元，补贴比例70%，应补80万元。", [("70%", ["80万元"], ["100万元"])]),
        ("参保率88.56%，低于95%的目标7.44个百分点。", [("change", "7.44个百分点", "标准 - 实际")]),
        ("目标参保率95%，实际参保率96%，高于目标2个百分点。", [("change", "2个百分点", "实际 - 标准")]),
        ("年度计划投资80万元。累计完成投资60万元，占年度投资计划的85%。", [("85%", ["60万元"], ["80万元"])]),
        ("参保95人，总人口100人，参保率85%。", [("85%", ["95人"], ["100人"])]),
        ("63个项目共有47个开工，开工率74.6%。", [("74.6%", ["47个"], ["63个"])]),
        (
            "计划投资100万元，到位100万元，到位率100%，完成投资80万元，执行率80%。",
            [("100%", ["100万元"], ["100万元"]), ("80%", ["80万元"], ["100万元"])],
        ),
        ("预算300万元，支出285.6万元。预算执行率为93.2%。", [("93.2%", ["285.6万元"], ["300万元"])]),
        ("执行率85%，预算300万元，支出285万元。", [("85%", ["285万元"], ["300万元"])]),
        ("年初预算数125万元，支出决算数211万元，完成年初预算的100%。", [("100%", ["211万元"], ["125万元"])]),
        ("年初预算数125万元，支出决算数211万元，完成预算的100%。", []),
    ],
)
def test_the_words_say_what_over_what(text: str, expected: object) -> None:
    assert over(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "满意度95%。",
        "计划600户，减少20户，实施580户，完成率100%。",
        "采购规模38万元，较计划节约2万元，节约率8%。",
        "收到资金600万元，其中上级400万元，本级200万元，支出540万元，上级资金支出率95%。",
        "欠款500万元，未归还50万元，归还率90%。",
        "上年培训300人，今年培训600人，参训单位40家，是上年的3倍。",
        "培训300人，演练600人，是上年的3倍。",
        "任务100户，实际完成90户，超任务30%。",
        "参保率88.56%，低于95%的目标，满意度7.44个百分点。",
        "总额1280万元，另付200万元，预付30%，尾款394万元。",
    ],
)
def test_what_may_be_of_something_else_is_of_nothing(text: str) -> None:
    assert over(text) == []


class TestTimes:
    @pytest.mark.parametrize(
        ("plan", "done", "rate"),
        [("上年", "", ""), ("", "上年", ""), ("", "", "上年"), ("去年", "", "本年"), ("上年", "上年", "本年")],
    )
    def test_a_rate_is_not_held_to_what_another_year_had_or_spent(self, plan: str, done: str, rate: str) -> None:
        assert rules(f"{plan}下达资金300万元，{done}支出285万元，{rate}预算执行率85%。") == []
        assert rules(f"{plan}预算300万元，{done}支出285万元，{rate}预算执行率85%。") == []

    @pytest.mark.parametrize("year", ["", "本年", "上年"])
    def test_of_one_year_it_is(self, year: str) -> None:
        text = f"{year}预算300万元，{year}支出285万元，{year}预算执行率85%。"

        assert rules(text) == ["NARR-004"]
        assert rules(text.replace("85%", "95%")) == []

    def test_what_was_carried_over_is_money_of_this_year(self) -> None:
        assert rules("上年结转资金300万元，支出285万元，预算执行率85%。") == ["NARR-004"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("预算数480万元，支出432万元，预算执行率93%。", "93%"),
        ("参保人数42.79万人，预算数43.06万人，完成预算的93.97%。", "93.97%"),
        ("机构共1923家，已开通结算的机构1911家，开通率93.98%。", "93.98%"),
        ("办理业务1000件，其中乡镇办理600件，占比66%。", "66%"),
        ("应接种5400人，实际接种5238人，接种率79%。", "79%"),
        ("上年培训300人，今年培训600人，是上年的4倍。", "4倍"),
        ("抽查农户300户，满意210户，占五成。", "五成"),
        ("预算分别为100万元、80万元，支出分别为90万元、40万元，执行率分别为70%、50%。", "70%"),
        ("合同金额1280万元，预付30%即384万元，初验后支付40%即521万元。", "40%"),
        ("核定亏损1863万元，补贴比例70%，应补1340.1万元。", "70%"),
        ("计划培训330人，实际培训300人，完成率100%。", "100%"),
        ("预算500万元，支出550万元，预算执行率100%。", "100%"),
        ("总投资1000万元，年度计划投资300万元，累计完成600万元，占总投资的60%，今年完成240万元，占年度计划的84%。", "84%"),
        ("共受理信访1250件，其中来信630件、来访620件。已办结1200件，办结率92%。", "92%"),
    ],
)
def test_a_rate_is_held_to_what_the_sentence_names(text: str, wrong: str) -> None:
    assert rules(text) == rules(in_yuan(text)) == ["NARR-004"]
    assert shows(findings(text), text, wrong)


@pytest.mark.parametrize(
    "text",
    [
        "争取资金500万元，支出300万元，群众满意度95%。",
        "公务用车费15.6万元，占80.2%；公务接待费3.86万元，占19.8%。",
        "医保支出20.52亿元，纳入实际付费支出16.62亿元，支付占比达80.96%。",
        "全州已有医疗机构391万家，综合结算率为36.6%。",
        "2020年培训300人，2023年培训600人，是上年的1.1倍。",
        "小学本科以上学历占87.3%；初中本科以上学历占95.1%。",
        "小学教师1126人，本科以上学历占87.3%；初中教师742人，本科以上学历占95.1%。",
        "户籍人口12.34万人，常住人口10.21万人，城镇化率45.67%。",
        "计划完成投资500万元，实际完成投资620万元，完成任务总量的100%。",
        "计划培训300人，实际培训330人，完成率100%。",
        "截至年底，支出1425万元。\n全年支出2000万元。\n基本支出1200万元，占总支出的60%。",
        "改造218公里，超额完成18公里，完成率109%。",
        "改造218公里，超出计划18公里，完成率109%。",
        "改造218公里，较目标多完成18公里，完成率109%。",
        "办公费50万元（占50%），印刷费30万元（占30%），差旅费20万元（占20%）。",
        "到账资金560万元（含上年结转60万元），支出532万元（其中结转资金60万元），当年资金执行率94.4%。",
    ],
)
def test_a_rate_of_something_else_is_left_alone(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年度预算300万元，实际支出285.6万元。预算执行率为95.2%。", []),
        ("年度预算300万元，实际支出285.6万元。预算执行率为93.2%。", ["NARR-004"]),
        ("年度预算300万元，实际支出285.6万元。\n预算执行率为93.2%。", ["NARR-004"]),
        ("年度预算300万元，实际支出285.6万元。\n1.资金方面，预算执行率为93.2%。", ["NARR-004"]),
        ("年度预算300万元，实际支出285.6万元。\n1.培训方面，预算执行率为93.2%。", []),
        ("年度预算300万元，实际支出285.6万元。\n工作有序开展。\n预算执行率为93.2%。", ["NARR-004"]),
        ("年度预算300万元，实际支出285.6万元。工作有序开展。预算执行率为93.2%。", []),
        ("2023年度预算300万元，实际支出285.6万元。2022年度预算执行率为93.2%。", []),
        ("年度预算300万元，上年支出285.6万元。预算执行率为93.2%。", []),
        ("总预算500万元，支出480万元。其中中央资金300万元，支出285.6万元。预算执行率为96.5%。", []),
        ("中央资金预算300万元，实际支出285.6万元。预算执行率为93.2%。", []),
        ("年度预算300万元，实际支出285.6万元。中央资金预算执行率为93.2%。", []),
        ("抽检产品420批次，合格398批次。合格率97.46%。", ["NARR-004"]),
        ("收入合计300万元，主要原因：一是项目增加，二是人员增加。其中：拨款收入285万元，占98%。", ["NARR-004"]),
        ("收入合计300万元，主要原因：一是项目增加，二是人员增加。其中：拨款收入285万元，占95%。", []),
        ("收入合计300万元，主要原因：一是项目增加，二是人员增加。学校拨款收入285万元，占98%。", []),
        ("抽检产品420批次，合格398批次。目标：合格率97.46%。", []),
        ("抽检产品420批次，合格398批次。\n合格率97.46%。", []),
    ],
)
def test_a_rate_right_behind_a_sentence_is_of_its_figures_where_nothing_else_was_told(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


def test_a_share_right_behind_a_figure_is_of_no_figure_of_another_sentence() -> None:
    text = "收到意见60件，分为两类：交通类24件，占40%；教育类36件，占60%。据统计，已解决的有30件，占{}；"
    text += "正在解决的有15件，占25%；列入计划的有9件，占15%；留作参考的有6件，占10%。"

    assert rules(text.format("50%")) == []
    assert rules(text.format("66.67%")) == ["NARR-004"]


@pytest.mark.parametrize(("share", "told"), [("85%", []), ("65%", ["NARR-004"])])
def test_a_share_of_what_came_in_is_of_the_figure_that_tells_it(share: str, told: list[str]) -> None:
    came = "项目资金实际到位725.5万元，其中县级资金到位97.5万元。累计支付616.7万元，"

    assert rules(f"{came}占到位资金的{share}，结余108.8万元。") == told
    assert rules(f"{came}占省级到位资金的{share}。") == []


@given(AMOUNT, st.integers(1, 99))
def test_a_rate_that_was_rounded_is_never_accused(budget: Decimal, share: int) -> None:
    spent = (budget * share / 100).quantize(Decimal("0.01"))
    rate = (spent / budget * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)

    assert rules(f"全年预算数{money(budget)}，全年执行数{money(spent)}，执行率{rate}%。") == []


@given(AMOUNT.filter(lambda value: value > 100), st.integers(10, 90), st.integers(2, 9))
def test_a_rate_that_is_off_is_pointed_at(budget: Decimal, share: int, off: int) -> None:
    spent = (budget * share / 100).quantize(Decimal("0.01"))
    text = f"全年预算数{money(budget)}，全年执行数{money(spent)}，执行率{share + off}%。"

    assert shows(findings(text), text, f"{share + off}%")
    assert rules(in_yuan(text)) == rules(text)


def test_what_stands_behind_a_semicolon_is_the_next_item_and_explains_no_rate_before_it() -> None:
    text = "中央资金到位300万元，支出294万元，执行率{}；省级资金到位150万元，支出141万元，执行率94%。"

    assert rules(text.format("98%")) == []
    assert shows(findings(text.format("94%")), text.format("94%"), "94%；"[:-1])


def test_figures_from_far_above_give_no_rate_that_does_not_name_them() -> None:
    far = "培训100人次。报名100人次。\n工作有序开展。\n各方反映良好，服务12次。\n巡查15次。\n巡查18次，监督检查覆盖率100%。"

    assert [names for kind, names in stated(rates(read(far), words())) if kind == "rate"] == []


def test_a_coarse_part_is_borne_out_by_no_whole_with_another_name() -> None:
    text = "城乡社区支出2539.12万元。其他支出1万元，占总支出的0.02%。"

    assert [names["rate"] for _, names in stated(rates(read(text), words()))] == []


def test_what_is_a_share_of_a_whole_is_not_that_whole() -> None:
    text = "财政拨款收入共计300.00万元，占总收入的30.00%。\n其中科学拨款250万元。\n事业收入100.00万元，占总收入的10.00%。\n"

    assert rules(text) == []
    assert rules(f"总收入1000.00万元。\n{text}") == []
    assert rules(f"总收入1000.00万元。\n{text.replace('10.00%', '11.00%')}") == ["NARR-004"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("全区收入完成4563万元，占全年任务数5239万元87.1%；其中本级完成2279万元，占全年任务数2288万元99.61%。", "87.1%"),
        ("全年支出452万元，完成年初预算500万元90.4%。", "90.4%"),
        ("全年支出452万元，占支出总额565万元80%。", "80%"),
    ],
)
def test_a_rate_right_behind_the_plan_that_it_is_taken_of_needs_no_word_between_them(text: str, wrong: str) -> None:
    planted = text.replace(wrong, "71.3%")

    assert rules(text) == []
    assert shows(findings(planted), planted, "71.3%")


@pytest.mark.parametrize(
    "text",
    [
        "全年支出452万元，上缴利润500万元71.3%的部分。",
        "全年支出452万元，完成预算外收入50万元，71.3%为罚没收入。",
        "全年支出452万元，安排预算500万元71.3%以上用于民生。",
    ],
)
def test_a_rate_behind_an_amount_that_nothing_is_taken_of_says_nothing_of_it(text: str) -> None:
    assert rules(text) == []
