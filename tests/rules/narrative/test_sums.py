"""Totals that are told behind their parts."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import in_yuan, passage, rules, words, written
from validator.pipeline import check
from validator.rules.narrative.sums import how_many, summed, with_added


def sums(text: str) -> list[tuple[str, list[str]]]:
    told = [found for _, claims in passage(text).by_sentence for found in written(summed(claims, words()))]
    assert {kind for kind, _, _ in told} <= {"total"}
    return [(whole, parts) for _, whole, parts in told]


@pytest.mark.parametrize(("word", "number"), [("三", 3), ("两", 2), ("十", 10), ("12", 12)])
def test_a_numeral_says_how_many_there_are(word: str, number: int) -> None:
    assert how_many(word) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲12人，乙18人，共计30人。", [("30人", ["12人", "18人"])]),
        ("甲12人，乙18人，共计40人。", [("40人", ["12人", "18人"])]),
        ("甲12人，乙18人，共计3人。", [("3人", ["12人", "18人"])]),
        ("培训5人，甲12人，乙18人，共计30人。", [("30人", ["12人", "18人"])]),
        ("第一批100人，第二批86人，第三批90人，三批共286人。", [("286人", ["100人", "86人", "90人"])]),
        ("三批共286人，第一批100人，第二批86人，第三批90人。", [("286人", ["100人", "86人", "90人"])]),
        ("第一批100人，第二批86人，三批共286人。", []),
        ("甲8人、6万元，乙5人、4万元，共13人、11万元。", [("13人", ["8人", "5人"]), ("11万元", ["6万元", "4万元"])]),
        ("甲新建10户、改造9户，乙新建20户、改造19户，合计新建31户、改造28户。", [("31户", ["10户", "20户"])]),
        (
            "税收60万元，非税40万元，收入合计100万元，年初结转5万元，收入总计106万元。",
            [("100万元", ["60万元", "40万元"]), ("106万元", ["100万元", "5万元"])],
        ),
    ],
)
def test_a_total_has_the_figures_before_it_or_as_many_as_it_says(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert sums(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "甲12人，上年乙18人，共计40人。",
        "甲12人，共计40人。",
        "下达资金120万元，支付60万元，共计108万元。",
        "培训12人，其中女性5人，共计40人。",
        "甲12人，乙18万元，共计40人。",
        "甲12人，乙18人，教师共计30万元。",
        "一等奖5万元（2个）、二等奖3万元（4个）、三等奖1万元（6个），共28万元。",
        "补助甲类2万元（3户）、乙类1万元（5户），合计11万元。",
    ],
)
def test_what_is_no_total_of_them_is_left_alone(text: str) -> None:
    assert sums(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲镇60户，乙镇40户，合计100户。", []),
        ("三个站点分别为12人、8人、5人，共计25人。", []),
        ("甲镇60户，乙镇40户，合计110户。", ["NARR-001"]),
        ("甲镇60户，乙镇40户，合计10户。", ["NARR-001"]),
        ("甲区500万元（3个项目）、乙区300万元（2个项目），共900万元。", ["NARR-001"]),
    ],
)
def test_a_wrong_total_is_told_and_a_right_one_is_not(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@given(st.lists(st.integers(10, 9999), min_size=2, max_size=5), st.sampled_from((0, 10, 25)))
def test_the_order_of_the_parts_and_their_unit_change_nothing(parts: list[int], off: int) -> None:
    texts = {
        "，".join(f"{name}镇{part}万元" for name, part in zip("甲乙丙丁戊", order, strict=False))
        + f"，共计{sum(parts) + off}万元。"
        for order in (parts, parts[::-1])
    }

    assert {bool(rules(text)) for text in texts} == {bool(rules(in_yuan(text))) for text in texts} == {off > 0}


@pytest.mark.parametrize("order", list(permutations(("第一批100人", "第二批86人", "第三批90人"))))
def test_the_order_of_the_batches_changes_nothing(order: tuple[str, ...]) -> None:
    assert rules(f"{'，'.join(order)}，三批共286人。") == ["NARR-001"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("下达甲项目40万元；乙运行经费25万元；丙项目支出276万元；丁项目20万元。共计下达资金361万元。", "321万元"),
        ("购置设备320万元，安装调试45万元，人员培训18万元。合计383万元。", "343万元"),
        ("新受理案件320件，旧存45件。共365件。", "325件"),
        (
            "（1）改造管网12公里，投资625.4万元；（2）新建泵站2座，投资180.3万元；（3）设备95.6万元。总投资901.3万元。",
            "971.3万元",
        ),
        ("甲镇补助584.5万元，乙镇补助183.2万元。全县共补助767.7万元。", "727.7万元"),
        ("收入完成147.2亿元，同比增长7%。加上转移性收入49.1亿元，收入合计196.3亿元。", "192.3亿元"),
        ("收入94880亿元。加上调入资金2765亿元、结转9900亿元，收入总量为107545亿元。", "109545亿元"),
        ("收入130.2亿元。其中土地收入125.6亿元。加上转移性收入33.8亿元，收入合计164.0亿元。", "168.0亿元"),
        (
            "收入62.1亿元。其中，税收40.8亿元，增长5%。非税21.3亿元。加上补助30.4亿元、结转2.2亿元，收入总量为94.7亿元。",
            "96.7亿元",
        ),
        ("收入31.2亿元。加上补助9.4亿元，收入总计40.6亿元。支出31.2亿元。加上上解9.4亿元，支出总计40.6亿元。", "44.6亿元"),
        ("收入1297.8万元，加上级补助4289.5万元，上年结余32.2万元，调入资金348.6万元，收入总计5968.1万元。", "5928.1万元"),
        ("收入62.1亿元，为预算60.3亿元的103%，增长5%。加上补助30.4亿元、结转2.2亿元，收入总计94.7亿元。", "96.7亿元"),
        ("基金收入62.1亿元，其中土地出让收入58.4亿元，占94%。加补助30.4亿元、结转2.2亿元，收入总计94.7亿元。", "96.7亿元"),
        ("本年收入2213.2万元，其中财政拨款2086.4万元。年初结转和结余86.4万元，收入总计2299.6万元。", "2299.2万元"),
        ("本年支出2184.7万元，增长5%。年末结转和结余114.9万元，支出总计2299.6万元。", "2299.2万元"),
        ("支出62.1亿元，其中区级40.8亿元、镇级21.3亿元。加上上解30.4亿元、还本2.2亿元，支出总量为94.7亿元。", "96.7亿元"),
        ("奖补：画册8部，352万元；话剧4部，25万元；短片2部，35万元。以上共计扶持奖补资金412万元。", "402万元"),
        ("奖补：画册8部352万元；话剧4部25万元；短片2部35万元。上述合计补助412万元。", "421万元"),
    ],
)
def test_a_sentence_that_begins_with_a_total_closes_the_list_before(text: str, wrong: str) -> None:
    right = text.rpartition("。")[0].rpartition("。")[2]
    figure = re.findall(r"[\d.]+(?:万元|亿元|件)", right)[-1]

    assert rules(text) == []
    assert rules(text.replace(figure, wrong)) == ["NARR-001"]


@pytest.mark.parametrize(("right", "wrong"), [("1911", "19110"), ("3822", "38220"), ("44.59", "445.9")])
def test_a_decimal_point_in_the_wrong_place_is_told(right: str, wrong: str) -> None:
    text = "中央补助1236.41万元，省级配套630万元，市级配套1911万元，县级配套44.59万元，共计3822万元。"

    assert rules(text) == []
    assert rules(text.replace(right, wrong)) == ["NARR-001"]


@pytest.mark.parametrize(
    "text",
    [
        "设备费320万元，安装费45万元，培训费18万元。合计支出420万元，其中其他费用37万元。",
        "省级资金60万元。市级320万元、县级280万元、自筹200万元。合计860万元。",
        "甲镇完成230户，乙镇完成188户。全县共完成500户。",
        "办公费32万元，印刷费4万元，差旅费2万元等。合计支出45万元。",
        "主要支出：办公费32万元，印刷费14万元，差旅费12万元。合计支出65万元。",
        "中央资金300万元，省级资金200万元，县级资金100万元。共计拨付540万元。",
        "发放助学金320人、免学费45人、校服补助18人。共计资助困难学生350人。",
        "奖补：画册8部，352万元；25万元；话剧2部，35万元。以上共计扶持奖补资金402万元。",
        "预算内投资320万元，自筹145万元，银行贷款180万元。共计划投资700万元。",
        "甲镇投入5230万元，乙镇投入1881万元。全县共投入7211万元。",
        "县级收入14.2亿元，乡镇收入3.1亿元。加上转移收入20亿元，收入合计37.4亿元。",
        "收入62.1亿元，其中县本级40.8亿元。加上补助30.4亿元，收入总计71.5亿元。",
        "本年收入460.2万元，使用非财政拨款结余12.4万元。年初结转和结余30.1万元，收入总计510.5万元。",
        "收入1297.8万元，加上级补助4289.5万元，减上解支出100万元，收入总计5487.3万元。",
        "收入1297.8万元，加上级补助4289.5万元，上年结余约30万元，收入总计5619.5万元。",
        "改革启动，加上上缴收入241.3亿元，收入总量300.2亿元；加上安排支出240.6亿元，支出总量293.9亿元。",
        "去年收入14.2亿元。加上转移收入20亿元，收入合计37.4亿元。",
        "支出75.8亿元，其中市级28.3亿元，县区47.5亿元。民生支出62.1亿元。加上上解3.4亿元，支出总计79.2亿元。",
        "支出75.8亿元，增长2%。民生支出62.1亿元。加上上解3.4亿元，支出总计79.3亿元。",
        "收入62.1亿元。其中，税收40.8亿元，增长5%。债券收入8.3亿元。加上补助30.4亿元，收入总量为99.1亿元。",
        "支出19.53亿元，加上还本支出21.07亿元、上解支出40.90亿元、结转下年50.75亿元，支出总计132.25亿元。",
        "支出19.53亿元，加上还本支出21.07亿元，上解支出40.90亿元，结转下年50.75亿元，支出总计132.25亿元。",
        "支出19.53亿元，加上还本支出21.07亿元、上解支出40.90亿元。",
    ],
)
def test_a_total_with_more_in_it_is_not_held_to_the_list_before(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("有偿使用费收入472.03亿元、出让金收入35639.69亿元、收益基金收入1189.57亿元，构成出让收入37301.29亿元。", "37311.29"),
        ("附加收入27.9亿元，下降4%，加上动用上年结转2.1亿元，当年可用于安排的附加收入30亿元。", "50"),
        ("党费收入总额为29610.2万元，各地上缴27404.5万元，自愿多交396.9万元，存款利息1808.8万元。", "29618.2"),
    ],
)
def test_a_total_in_other_words_is_told_where_it_is_off(text: str, wrong: str) -> None:
    figures = re.findall(r"[\d.]+", text)
    right = figures[0] if text.startswith("党费") else figures[-1]

    assert rules(text) == []
    assert rules(text.replace(right, wrong)) == ["NARR-001"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中央下达12.5亿元，省级配套3.5亿元，市县投入4亿元，共计10亿元。", ["NARR-001"]),
        ("甲医院床位100张，乙医院床位200张，合计床位100张。", ["NARR-001"]),
        ("收入10亿元，其中甲4亿元、乙2亿元、丙1亿元，三项合计4亿元。", ["NARR-001"]),
        ("收入10亿元，其中甲4亿元、乙2亿元、丙1亿元，三项合计7亿元。", []),
        ("报名500人，初审300人，共录取100人。", []),
        ("报名500人，初审300人，共100人。", []),
        ("追减20万元，调整后预算合计880万元，支出合计862.4万元。", []),
        ("省级300万元，其中上年结转100万元，县级安排150万元，两项合计450万元。", []),
    ],
)
def test_a_total_below_the_largest_of_its_list_is_told_but_not_one_of_steps(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一车间200人，二车间300人，共250人轮训。", []),
        ("参保20万人，缴费18万人，共12万人享受待遇。", []),
        ("新建3公里，改建5公里，共4公里完工。", []),
        ("新建3公里，改建5公里，合计4公里。", ["NARR-001"]),
        ("新建30公里，改建50公里，共90公里。", ["NARR-001"]),
    ],
)
def test_as_many_as_did_something_else_are_no_total(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


LONG = "".join(f"{name}项目{n}.5万元；" for n, name in enumerate("赵钱孙李周吴郑王冯陈褚卫蒋沈", 11))[:-1]


@pytest.mark.parametrize("words", ["共计下达中央、省级资金", "合计", "以上共计"])
def test_a_sentence_may_begin_with_the_total_of_many_items(words: str) -> None:
    right = check(f"今年下达{LONG}。{words}252万元。".encode(), name="a.txt")
    assert [one.outcome.value for one in right.checks if one.rule == "NARR-001"] == ["pass"]


def test_the_total_of_many_items_is_wrong_if_it_is_other() -> None:
    assert rules(f"今年下达{LONG}。合计225万元。") == ["NARR-001"]
    assert rules(f"今年下达{LONG}。完成中央、省级任务225万元。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "收入3402万元，加上级补助1884万元，其中：一般补助1478万元、专项补助406万元，上年结转60万元，调入103万元，收入合计为5449万元。",
            [],
        ),
        (
            "收入3402万元，加上级补助1884万元，其中：一般补助1478万元、专项补助406万元，上年结转60万元，调入103万元，收入合计为5494万元。",
            ["NARR-001"],
        ),
        ("收入3402万元，加上级补助1884万元，其中：一般补助1478万元，上年结转60万元，调入103万元，收入合计为5449万元。", []),
        ("收入3402万元，加上级补助1884万元，其中：一般补助1478万元（含专项406万元），上年结转60万元，收入合计为5346万元。", []),
    ],
)
def test_what_is_added_is_not_the_parts_of_what_is_added(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize("word", ["加上", "如加上", "若加上", "如计入"])
def test_what_is_added_in_the_next_sentence_and_the_figure_before_it_make_the_third(word: str) -> None:
    year = "今年全市预算支出预算数为885.2亿元，比上年执行数810.87亿元增长9.2%。"
    text = f"{year}{word}以前年度结转资金12.61亿元，全市预算支出为897.81亿元。"
    assert rules(text) == []
    before, behind = (claims for _, claims in passage(text).by_sentence)
    assert written(with_added(before, behind)) == [("total", "897.81亿元", ["885.2亿元", "12.61亿元"])]
    assert rules(text.replace("897.81", "879.81")) == ["NARR-001"]


@pytest.mark.parametrize(
    "text",
    [
        "全市预算支出预算数为885.2亿元。加上争取资金12.61亿元，教育支出为95.3亿元。",
        "全市预算支出预算数为885.2亿元。如期拨付资金12.61亿元，全市预算支出进度为90%。",
        "全市共有学校885所。加上幼儿园126所，全市在校学生9.7万人。",
    ],
)
def test_what_is_added_to_something_else_is_left_alone(text: str) -> None:
    assert rules(text) == []


def test_a_total_of_something_larger_is_none_of_the_list_before() -> None:
    assert rules("甲镇投资625万元；乙镇投资180万元；丙镇投资95万元。全县总投资3200万元。") == []
    assert rules("甲镇投资625万元，乙镇投资180万元，丙镇投资95万元。总投资990万元。") == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            "一般预算收入12.46亿元，加上转移性收入30.15亿元、上年结余1.32亿元、调入资金2.28亿元，总收入{}亿元。",
            "46.21",
            "46.91",
        ),
        ("一般预算支出312.46亿元，加上上解支出30.15亿元，总支出{}亿元。", "342.61", "382.61"),
        (
            "税收20.35亿元，非税10.24亿元，地方收入合计30.59亿元，上级补助40.12亿元，上年结余2.16亿元，收入总计{}亿元。",
            "72.87",
            "78.27",
        ),
    ],
)
def test_what_was_added_on_or_carried_over_makes_the_total_behind_it(text: str, right: str, wrong: str) -> None:
    assert rules(text.format(right)) == []
    assert rules(text.format(wrong)) == ["NARR-001"]


@pytest.mark.parametrize(
    "text",
    [
        "地方收入12.46亿元，加上转移性收入30.15亿元，政府总债务48.82亿元。",
        "地方收入12.46亿元，加上转移性收入30.15亿元，当年总支出41.82亿元。",
        "税收20.35亿元，非税10.24亿元，地方收入合计30.59亿元，上级补助40.12亿元，上年结余2.16亿元，收入总计172.87亿元。",
        "年初结余60.12亿元，收入合计900.25亿元，支出合计910.30亿元。",
    ],
    ids=["of debt", "of the other side", "much more", "what came and went"],
)
def test_another_total_behind_it_is_left_alone(text: str) -> None:
    assert rules(text) == []
