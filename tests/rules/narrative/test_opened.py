"""Lists that something opens: a bracket, a colon, a numbering, 其中."""

from __future__ import annotations

import re
from itertools import permutations

import pytest

from tests.rules.narrative.telling import findings, in_yuan, passage, rules, words, written
from validator.pipeline import check
from validator.rules.narrative.opened import among, behind_colons, bracketed, counted_off

NESTED = (
    "预算为2814.76万元，包括粮食2531.96万元，即州级2258.96万元、县市级273万元；和业务282.80万元，即统计10万元、检查272.80万元。"
)
Told = list[tuple[str, str, list[str]]]


def in_brackets(text: str) -> Told:
    return written(bracketed(passage(text), words()))


def by_colon(text: str) -> Told:
    one = passage(text)
    return written(behind_colons(one, [claims for _, claims in one.by_sentence if len(claims) > 1], words()))


def by_number(text: str) -> Told:
    return written(counted_off(passage(text), words()))


def by_word(text: str) -> Told:
    return written(among(passage(text), words()))


class TestBrackets:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("职工30人（男12人、女18人）。", ("total", "30人", ["12人", "18人"])),
            ("职工30人（男12人、女19人）。", ("total", "30人", ["12人", "19人"])),
            ("职工30人（其中：男12人）。", ("part", "30人", ["12人"])),
            ("职工30人（含男12人、女19人）。", ("part", "30人", ["12人", "19人"])),
            ("职工30人（男12人、女18人，支出5万元）。", ("total", "30人", ["12人", "18人"])),
        ],
    )
    def test_what_a_bracket_lists_is_held_to_the_figure_before_it(
        self, text: str, expected: tuple[str, str, list[str]]
    ) -> None:
        assert in_brackets(text) == [expected]

    @pytest.mark.parametrize(
        "text",
        [
            "职工30人（男12人）。",
            "职工30人（上年12人、今年18人）。",
            "职工30人（男12人、女18人，合计30人）。",
            "职工30人，支出5万元（男12人、女19人）。",
            "上年职工30人（男12人、女19人）。",
            "职工30人。这里说明（男12人、女19人）。",
            "职工30人，他们都参加了本年度举办的各种不同的培训班（男12人、女19人）。",
        ],
    )
    def test_one_figure_of_another_time_or_far_from_its_whole_is_held_to_nothing(self, text: str) -> None:
        assert in_brackets(text) == []


class TestColons:
    @pytest.mark.parametrize("last", ["12人", "13人"])
    def test_a_list_right_behind_a_colon_is_complete(self, last: str) -> None:
        assert by_colon(f"职工132人：行政36人，事业84人，工勤{last}。") == [("total", "132人", ["36人", "84人", last])]

    def test_a_list_may_end_before_the_sentence(self) -> None:
        text = "职工120人：行政36人，事业84人，培训12人。"

        assert by_colon(text) == [("total", "120人", ["36人", "84人"])]

    @pytest.mark.parametrize(
        "text",
        [
            "职工132人：行政36人，事业84人，其中女30人，工勤13人。",
            "职工132人：其中行政36人，事业84人。",
            "职工132人：行政36人，84人，13人。",
            "职工132人，行政36人，事业84人，工勤13人。",
            "上年职工132人：行政36人，事业84人，工勤13人。",
        ],
    )
    def test_a_list_that_another_word_opens_or_that_lists_within_is_left_to_it(self, text: str) -> None:
        assert by_colon(text) == []


class TestNumberings:
    def test_items_that_add_up_or_tell_one_figure_each_are_parts(self) -> None:
        assert by_number("支出1200万元：一是道路500万元；二是桥梁600万元。") == [("rest", "1200万元", ["500万元", "600万元"])]
        assert by_number("支出1200万元：一是道路500万元，其中沥青200万元；二是桥梁700万元。") == [
            ("total", "1200万元", ["500万元", "700万元"])
        ]

    def test_items_of_several_figures_that_do_not_are_left_alone(self) -> None:
        assert by_number("支出1200万元：一是道路500万元，其中沥青200万元；二是桥梁600万元。") == []


class TestAmong:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("职工30人，其中：男12人，女18人。", [("total", "30人", ["12人", "18人"])]),
            ("职工30人，其中：男12人，女19人。", [("total", "30人", ["12人", "19人"])]),
            ("职工30人。其中：男12人，女19人。", [("total", "30人", ["12人", "19人"])]),
            ("职工132人：其中行政36人，事业84人。", [("total", "132人", ["36人", "84人"])]),
            ("资金100万元，主要用于道路70万元、桥梁40万元。", [("part", "100万元", ["70万元", "40万元"])]),
            ("资金100万元，主要用于道路50万元、桥梁40万元。", []),
            ("工作主要包括：培训、调研。支出30万元，培训12人。", []),
            ("新建厂房占地300平方米，包含地面硬化，硬化道路420平方米，平整场地180平方米。", []),
            ("新建厂房占地300平方米，包含仓库420平方米，门房180平方米。", [("part", "300平方米", ["420平方米"])]),
            ("新建厂房占地300平方米，其中，仓库420平方米，门房180平方米。", [("part", "300平方米", ["420平方米"])]),
            ("资金300万元，包含地面硬化，硬化道路420万元，平整场地180万元。", [("part", "300万元", ["420万元"])]),
            ("（职工30人，其中男12人，女19人）。", []),
            ("职工30人，其中工作有序开展。", []),
            (
                "1、赛事540万元，其中补助区县20万元；2、场馆310万元；3、培训160万元。",
                [("part", "540万元", ["20万元"])],
            ),
            (
                "一、活动1010万元。（一）赛事540万元，其中补助区县20万元；（二）场馆310万元；（三）培训160万元。",
                [("part", "540万元", ["20万元"])],
            ),
            ("支出850万元，其中：1、场馆310万元；2、赛事540万元。", [("total", "850万元", ["310万元", "540万元"])]),
            (
                "债务余额1647亿元。其中，一般债务1033亿元，专项债务614亿元；政府债券1474亿元，其他债务173亿元。",
                [("total", "1647亿元", ["1033亿元", "614亿元"]), ("total", "1647亿元", ["1474亿元", "173亿元"])],
            ),
            ("职工30人，其中支出12万元，收入19万元。", []),
        ],
    )
    def test_what_a_word_opens_is_held_to_what_stands_before(self, text: str, expected: Told) -> None:
        assert by_word(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "职工30人，其中男12人，女18人，其中党员5人、群众13人。",
                [("total", "18人", ["5人", "13人"]), ("total", "30人", ["12人", "18人"])],
            ),
            (
                "支出500万元，其中项目支出300万元，其中设备200万元、培训100万元；基本支出200万元。",
                [("total", "300万元", ["200万元", "100万元"]), ("total", "500万元", ["300万元", "200万元"])],
            ),
        ],
    )
    def test_a_list_within_a_list_gives_back_what_is_not_its_own(self, text: str, expected: Told) -> None:
        assert by_word(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "支出100万元，其中基本支出60万元，项目支出40万元。",
        "支出100万元。其中：基本支出60万元；项目支出40万元。",
        "暂停协议23家（医疗机构10家、零售药店13家）。",
        "支出100万元，其中基本支出60万元，增长5%，项目支出40万元，增长2%。",
        "资金共3万，其中甲2万元、乙1万元。",
        "资金30亿元，人口3万，其中城镇2万、农村1万。",
        "共有医院六家，其中公立两家、民营四家。",
        "约100万元，其中甲60万元，乙近50万元。",
        "收入总计500万元，其中：本年收入合计460万元，使用非财政拨款结余10万元，年初结转和结余30万元。",
        "支出总计500万元，其中：本年支出合计460万元，比上年增加30万元。",
        "参训860人，其中城镇男210人、女150人，农村男300人、女200人。",
        "资金1866万元，其中2021年省级资金248万元、中央资金602万元，2022年省级资金340万元、中央资金676万元。",
        "资金100万元，具体为：财农〔2022〕62号60万元（含自筹5万元），财农〔2022〕63号45万元。",
        "资金100万元，具体为：财农〔2022〕62号60万元，财农〔2022〕63号45万元。连同自筹资金105万元。",
        "民生支出256万元，增长8%。其中：教育92万元，增长6%；社保71万元，增长9%；医疗53万元，增长7%。",
        "打印机20台，单价2000元，合计4万元。资金来源：中央资金300万元，省级资金200万元。",
        "收入100万元，其中：收入合计60万元，其他30万元。",
    ],
)
def test_what_adds_up_is_silent_and_so_are_estimates(text: str) -> None:
    assert rules(text) == rules(in_yuan(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "支出110万元，其中基本支出60万元，项目支出40万元。",
        "销量110万元，其中线上60万元，线下40万元，共上缴公益金11万元。",
        "支出110万元，其中基本支出60万元，增长5%，项目支出40万元，增长2%。",
        "暂停协议32家（医疗机构10家、零售药店13家）。",
        "共有医院六家，其中公立两家、民营三家。",
        "收入总计510万元，其中：本年收入合计460万元，使用非财政拨款结余10万元，年初结转和结余30万元。",
        "支出总计510万元，其中：本年支出合计460万元，结余分配10万元，年末结转和结余30万元。",
    ],
)
def test_a_total_that_its_parts_do_not_give_is_told(text: str) -> None:
    assert rules(text) == rules(in_yuan(text)) == ["NARR-001"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("基本支出296.5万元，占60%。基本支出中，人员经费242.3万元，公用经费54.2万元。", "52.4万元"),
        ("基本支出296.5万元。在基本支出当中，人员经费242.3万元，公用经费54.2万元。", "74.2万元"),
        ("项目支出629.3万元，占50%，在项目支出中，教育支出412.8万元，科研支出166.9万元，卫生支出49.6万元。", "46.9万元"),
        ("项目支出629.3万元。项目支出中，教育支出412.8万元，科研支出166.9万元，卫生支出49.6万元。", "46.9万元"),
    ],
)
def test_parts_within_a_whole_that_the_sentence_names(text: str, wrong: str) -> None:
    right = re.findall(r"[\d.]+万元", text)[-1]

    assert rules(text) == []
    assert rules(text.replace(right, wrong)) != []


@pytest.mark.parametrize(
    "text",
    [
        "项目支出629.3万元。项目支出中，教育支出412.8万元，科研支出130.2万元，卫生支出49.6万元。",
        "项目支出629.3万元，上年项目支出550.1万元。项目支出中，教育支出412.8万元，科研支出166.9万元，卫生支出46.9万元。",
        "财政拨款支出296.5万元。项目支出中，人员经费242.3万元，公用经费52.4万元。",
        "基本支出296.5万元。基本支出中，人员经费242.3万元，公用经费52.4万元等。",
    ],
)
def test_within_a_whole_only_some_of_its_parts_may_be_told(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize("order", list(permutations(("行政36人", "事业84人", "工勤13人"))))
@pytest.mark.parametrize("list_", ["职工132人：{}。", "职工132人（{}）。", "职工132人，其中：{}。"])
def test_the_order_of_the_parts_changes_nothing(list_: str, order: tuple[str, ...]) -> None:
    assert rules(list_.format("，".join(order))) == rules(list_.format("，".join(sorted(order)))) != []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("项目总投资1542万元，资金来源为：中央300万元，市级补助541万元，区级安排601万元，自筹100万元。", "541", "5410"),
        ("到位1391万元，其中中央301万元、市级520万元、区级570万元。", "1391", "13910"),
        ("债务余额624.3亿元，其中一般债务238.9亿元、专项债务385.4亿元。", "624.3", "6243"),
    ],
)
def test_a_decimal_point_in_the_wrong_place_is_told(text: str, right: str, wrong: str) -> None:
    assert rules(text) == []
    assert rules(text.replace(right, wrong)) != []


@pytest.mark.parametrize(
    ("bridges", "expected"),
    [
        ("2座1.4亿元", [("total", "4亿元", ["2.6亿元", "1.4亿元"]), ("total", "5座", ["3座", "2座"])]),
        ("2座1.9亿元", [("total", "4亿元", ["2.6亿元", "1.9亿元"]), ("total", "5座", ["3座", "2座"])]),
    ],
)
def test_counts_and_amounts_in_turn_are_two_lists(bridges: str, expected: Told) -> None:
    assert sorted(by_word(f"下达资金4亿元，改造桥梁5座。其中：甲县3座2.6亿元、乙县{bridges}。")) == sorted(expected)


def test_of_several_wholes_that_is_meant_which_one_wrong_digit_keeps_the_parts_from_being() -> None:
    text = "预算716.5万元，支出699.3万元，执行率97.6%。其中：中央354.4万元，省级57.1万元，市级43.3万元，其他301.7万元。"

    assert [finding.primary.text for finding in findings(text)] == ["716.5万元"]
    assert rules(text.replace("354.4", "314.4")) == []


def test_how_far_two_figures_are_apart_is_no_whole_of_such_figures() -> None:
    text = (
        "支出2.05万元，年初预算2.95万元，差值为0.9万元。其中：运行费支出0万元，年初预算0.95万元，差值为0.95万元；"
        "接待费支出2.05万元，年初预算2万元，差值为0.05万元。"
    )
    for told, line in ((False, text), (True, text.replace("差值为", "专项补助"))):
        faults = {finding.primary.text for finding in check(line.encode(), name="a.txt").findings}
        assert ("0.9万元" in faults) is told


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("结转项目3个，资金8.91万元，即：物资8.64万元、补助0.1万元；利息0.17万元。", "8.81"),
        ("筹集资金972.75万元，来源是：中央250.66万元，省级465万元，市级40.63万元，县级216.46万元（上年31.64万元）。", "972.65"),
        ("安排补助2531.96万元，即州级2258.96万元、储备23万元、粮油24万元、县级226万元。", "2581.96"),
        (NESTED, "2844.76"),
        (NESTED, "2532.96"),
        ("安排546.23万元，其中：中央248.73万元，省级230.54万元，县级66.96万元；应付445万元，其中：中央205万元。", "546.83"),
        ("护岸3.47km：右岸0.98km，左岸2.49km；堤防1.04km：右岸0.51km，左岸0.53km。", "3.27"),
        ("支出98352万元，下降2.1%，其中本级支出41364万元，下降23.1%；县级支出56988万元，增长22%。", "98332"),
        ("决算总额2771万元，下降1.8%。分项情况是：出国120万元；接待1033万元；用车1618万元，其中：购置414万元。", "2741"),
        ("预算1938万元，增长20.07%；其中：出国43万元，下降18%；接待393万元；用车1502万元，其中：购置384万元。", "1238"),
        ("资金2099万元，其中返还收入52万元，一般收入1937万元，主要是体制150万元，结算1787万元；专项收入110万元。", "2085"),
        ("暂停协议23家（医疗机构10家、零售药店13家），移交4起。", "73"),
        ("下达上年度补贴592.92万元，其中公交70.92万元、出租车90.11万元、客运429.86万元、水运2.03万元。", "592.42"),
    ],
)  # fmt: skip
def test_a_whole_that_is_wrong_is_told(text: str, wrong: str) -> None:
    right = next(
        figure for figure in re.findall(r"\d+\.?\d*", text) if len(figure) == len(wrong) and 0 < _differ(figure, wrong) < 3
    )

    assert rules(text) == []
    assert [(found.rule[:4], found.primary.text.rstrip("万元km家")) for found in findings(text.replace(right, wrong, 1))] == [
        ("NARR", wrong)
    ]


def _differ(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "每户补助600万元，即每月50万元，每季150万元。",
        "安排60万元，即甲镇、乙镇各20万元，丙镇15万元。",
        "教育支出1102万元，其中小学634万元；医疗支出448万元，增长3%。",
        "安排550万元，其中：中央250万元，省级230万元；年内应付445万元。",
    ],
)
def test_what_only_looks_like_a_list_is_left_alone(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize("first", ["出国费没有发生，原因是未安排团组", "出国费为零"])
def test_an_item_of_which_there_was_nothing_opens_a_list_as_well(first: str) -> None:
    text = f"三公经费支出431万元。其中，{first}；车辆运行费251万元，比上年下降12%；车辆购置费56万元；接待费{{}}万元。"
    assert rules(text.format("124")) == []
    assert rules(text.format("142")) != []
    told = [one.outcome.value for one in check(text.format("124").encode(), name="a.txt").checks if one.rule == "NARR-001"]
    assert told == ["pass"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一般补助1478万元（含均衡补助466万元、奖补资金1012万元，专项补助406万元）。", []),
        ("一般补助1478万元（含均衡补助466万元、奖补资金1612万元，专项补助406万元）。", ["NARR-003"]),
        ("一般补助1478万元（含均衡补助1566万元、专项补助406万元）。", ["NARR-003"]),
    ],
)
def test_a_bracket_that_was_closed_too_late_accuses_no_whole_that_its_parts_make_up(text: str, expected: list[str]) -> None:
    assert rules(text) == expected
