"""One whole split up again and again, and lines whose figures add up to one told above or below."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import in_yuan, read, rules, stated, words
from validator.rules.narrative.splits import splits
from validator.rules.narrative.totals import totals

BY_SOURCE = "资金100万元。按来源分，中央60万元，省级40万元。按用途分，道路70万元，桥梁{}万元。"
LINES = "1.道路60万元。\n2.桥梁53万元。\n以上资金合计{}万元。"
OPENED = "基本支出90万元，其中：\n人员经费60万元，主要用于工资。\n公用经费{}万元，主要用于办公。"
BY_INDUSTRY = "地区生产总值1000亿元。分产业看，第一产业增加值200亿元，第二产业增加值400亿元，第三产业增加值{}亿元。"


def lists(text: str) -> list[tuple[str, object, object]]:
    return [
        (kind, names.get("total", names.get("whole")), names["parts"])
        for kind, names in stated(splits(read(text), (), words()))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BY_SOURCE.format(30), [("total", "100万元", ["60万元", "40万元"]), ("total", "100万元", ["70万元", "30万元"])]),
        (BY_SOURCE.format(31), [("total", "100万元", ["60万元", "40万元"])]),
        (BY_SOURCE.format(32), [("total", "100万元", ["60万元", "40万元"]), ("part", "100万元", ["70万元", "32万元"])]),
        (BY_SOURCE.format(25), [("total", "100万元", ["60万元", "40万元"]), ("rest", "100万元", ["70万元", "25万元"])]),
        (BY_SOURCE.format(15), [("total", "100万元", ["60万元", "40万元"])]),
        (
            BY_SOURCE.replace("道路70", "工资50万元，道路20").format(33),
            [("total", "100万元", ["60万元", "40万元"]), ("part", "100万元", ["50万元", "20万元", "33万元"])],
        ),
        (
            "资金100万元。按来源分，中央60万元，省级40万元。按对象分，在职70万元，退休35万元。",
            [("total", "100万元", ["60万元", "40万元"]), ("total", "100万元", ["70万元", "35万元"])],
        ),
        (BY_INDUSTRY.format(900), [("total", "1000亿元", ["200亿元", "400亿元", "900亿元"])]),
        (BY_INDUSTRY.format(950), []),
        (BY_INDUSTRY.replace("分产业看", "分来源看").replace("产业", "类").format(405), []),
        ("资金100万元。道路50万元，桥梁30万元，绿化20万元。", [("total", "100万元", ["50万元", "30万元", "20万元"])]),
        ("资金100万元。道路50万元，桥梁30万元，绿化21万元。", []),
        ("资金100万元。道路50万元，桥梁50万元。", []),
        ("资金9人。道路5人，桥梁3人，绿化1人。", []),
        ("上年资金100万元。道路50万元，上年桥梁30万元，绿化20万元。", []),
    ],
)
def test_a_list_without_a_word_stands_where_it_adds_up(text: str, expected: object) -> None:
    found = lists(text)

    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LINES.format(113), [("total", "113万元", ["60万元", "53万元"])]),
        (LINES.format(114), [("total", "114万元", ["60万元", "53万元"])]),
        (LINES.format(114).replace("万元。\n以上", "万元，其中甲3万元。\n以上"), []),
        (LINES.format(114).replace("1.", "2.").replace("2.桥", "3.桥"), []),
        (LINES.format(114).replace("资金", "三项"), []),
        (LINES.format(113).replace("资金", "两项"), [("total", "113万元", ["60万元", "53万元"])]),
        (LINES.format(114).replace("1.", "").replace("2.", ""), []),
    ],
)
def test_lines_of_one_figure_each_are_held_to_their_total(text: str, expected: object) -> None:
    assert lists(text) == expected


def test_lines_below_an_opening_word_are_held_to_it_where_they_are_told_to_be_all() -> None:
    assert lists(OPENED.format(30)) == [("total", "90万元", ["60万元", "30万元"])]
    assert lists(OPENED.format(30).replace("人员经费", "道路").replace("公用经费", "桥梁")) == [
        ("total", "90万元", ["60万元", "30万元"])
    ]
    assert lists(OPENED.format(31).replace("人员经费", "道路").replace("公用经费", "桥梁")) == []


@pytest.mark.parametrize(
    ("above", "whole"),
    [
        ("资金90万元。", "90万元"),
        ("共有3人。资金90万元。", "90万元"),
        ("资金90万元（自筹5万元），3人。", "90万元"),
        ("上年资金90万元。", None),
        ("资金90万元，另有80万元。", None),
        ("资金90万元。进展顺利，共有3人。", None),
        ("3人参加。", None),
        ("进展顺利。", None),
    ],
)
@pytest.mark.parametrize("last", ["30万元", "20万元"])
def test_a_paragraph_that_begins_with_an_opening_word_lists_the_parts_of_the_one_above(
    above: str, whole: str | None, last: str
) -> None:
    found = lists(f"{above}\n其中：人员经费60万元，公用经费{last}。")

    assert found == ([("total", whole, ["60万元", last])] if whole else [])


def test_what_is_told_already_is_not_told_again() -> None:
    passages = read("资金100万元，道路60万元，桥梁25万元，绿化15万元。\n工作有序开展，完成3项。")
    told = [found for one in passages for found in totals(one, words())]

    assert len(told) == 1
    assert list(splits(passages, told, words())) == []


@pytest.mark.parametrize("text", [BY_SOURCE.format(30), LINES.format(113), OPENED.format(30)])
def test_lists_that_add_up_are_silent(text: str) -> None:
    assert rules(text) == rules(in_yuan(text)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("实际到账1444万元。第一批844万元于2016年下达，第二批600万元于2017年下达。", []),
        ("实际到账1444万元。第一批884万元于2016年下达，第二批600万元于2017年下达。", ["NARR-001"]),
        ("实际到账1444万元。第一批804万元于2016年下达，第二批600万元于2017年下达。", ["NARR-002"]),
        ("本年支出1000万元。基本支出600万元，项目支出440万元。", ["NARR-001"]),
        ("收到资金1444万元。第一批支付844万元，第二批支付500万元。", []),
        ("总收入1000万元。财政拨款收入900万元，基本支出600万元，项目支出300万元。", []),
        ("项目资金1000万元。第一批600万元、第二批380万元，第三批未下达。", []),
        ("以上共计600万元。拖欠工资500万元，剩余50万元未清偿。", []),
        ("年末在岗520人。在职518人，退休54人。", []),
    ],
)
def test_figures_named_as_all_of_the_one_before_have_to_be_it(text: str, told: list[str]) -> None:
    assert rules(text) == told


@pytest.mark.parametrize("last", ["", "\n（二）医保基金收入310万元，支出290万元。"])
def test_a_list_of_numbered_lines_ends_where_they_are_numbered_in_another_way(last: str) -> None:
    text = (
        "（一）发放低保金386.4万元，具体如下：\n（1）城市低保发放126.4万元，保障210户。\n（2）农村低保发放260万元，保障860户。"
    )

    assert rules(text + last) == []
    assert rules(text.replace("386.4", "396.4") + last) == ["NARR-001"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("受理诉求71184件，较上周下降。诉求中，直办37527件，占52.7%，转办33657件，占47.3%。", True),
        ("受理诉求71284件，较上周下降。诉求中，直办37527件，占52.7%，转办33657件，占47.3%。", False),
        ("受理诉求711件，较上周下降。诉求中，直办375件，占52.7%，转办336件，占47.3%。", False),
    ],
    ids=["adds up", "doesn't", "may by chance"],
)
def test_two_figures_of_many_digits_are_parts_of_what_they_add_up_to(text: str, *, told: bool) -> None:
    found = [names["parts"] for kind, names in stated(splits(read(text), (), words())) if kind == "total"]

    assert bool(found) is told


def test_what_one_of_the_parts_consists_of_may_go_on_behind_a_semicolon() -> None:
    text = (
        "决算总额2771万元，比上年下降。分项情况是：出国经费120万元；接待费1033万元；用车费1618万元，"
        "其中：购置费414万元，增长7.5%；运行费1204万元。"
    )

    assert ("total", "2771万元", ["120万元", "1033万元", "1618万元"]) in lists(text)


@pytest.mark.parametrize(
    "text",
    [
        (
            "采购总额1913.96万元，其中：货物715.30万元、工程752.71万元、服务445.95万元。"
            "分季度看，一季度支出318.31万元，二季度支出204.94万元，三季度支出141.52万元，四季度支出223.57万元，全年支出888.34万元。"
        ),
        (
            "一般预算支出816.97万元、基金支出471.98万元，两项合计1288.95万元。"
            "从地区看，支出居前三位的是甲市、乙市、丙市，分别为848.95万元、220.90万元、132.00万元，合计1201.85万元。"
        ),
    ],
)
def test_a_list_with_a_total_of_its_own_is_held_to_no_other_whole(text: str) -> None:
    assert rules(text) == []


BONDS = "全年争取新增债券62亿元，其中一般债券10亿元、专项债券52亿元。"
TAXES = "税收收入98.47亿元。分税种看，增值税39.39亿元，企业所得税19.69亿元，个人所得税5.91亿元。"


@pytest.mark.parametrize("text", [f"{BONDS}\n{TAXES}", f"{BONDS}{TAXES}"])
def test_a_list_splits_up_no_whole_told_before_the_one_that_it_follows(text: str) -> None:
    assert rules(text) == []


def test_a_smaller_figure_told_since_leaves_the_list_to_its_whole() -> None:
    text = (
        "总投入4000万元。已投入3200万元。其中，从类型分，土建项目计划投入2900万元，设备项目计划投入1500万元；"
        "从来源分，省级资金3000万元，市配套资金1000万元。"
    )

    assert "NARR-003" in rules(text)
    assert rules(text.replace("2900", "2500")) == []


FLOWS_IN = "市本级收入57.16亿元，加上上级补助收入55.56亿元、调入资金25.32亿元、转贷收入30.36亿元，收入总计168.40亿元。"
OWN_WHOLE = "全年一般公共预算收入完成78.06亿元，同比增长3%，其中税收收入39.73亿元，占比50.9%。"


@pytest.mark.parametrize(
    "text",
    [
        f"{FLOWS_IN}\n{OWN_WHOLE}分税种看，增值税15.89亿元，增长1%；企业所得税7.95亿元，下降2%；个人所得税2.38亿元，增长4%。",
        f"{FLOWS_IN}\n{OWN_WHOLE}\n按税种分，增值税15.89亿元，企业所得税7.95亿元，个人所得税2.38亿元。",
        f"{FLOWS_IN}\n{OWN_WHOLE}从税种看，增值税15.89亿元；企业所得税7.95亿元；个人所得税2.38亿元。",
        "项目总投资980万元，调剂资金252万元。\n本年到位资金610万元。按来源分，中央220万元，省级30万元。",
    ],
)
def test_a_list_splits_up_no_whole_above_the_one_of_its_own_matter(text: str) -> None:
    assert "NARR-003" not in rules(text)
    assert "NARR-002" not in rules(text)


def test_a_misprinted_list_of_a_paragraph_of_its_own_is_held_to_the_whole_above() -> None:
    text = "全国支出150250亿元，增长3.4%。\n分中央和地方看，中央支出20730亿元，增长9%；地方支出130120亿元，增长2.6%。"

    assert "NARR-003" in rules(text)
    assert rules(text.replace("20730", "20130")) == []


def test_amounts_told_with_heads_make_the_whole_before() -> None:
    text = "——财政统发工资5659.52万元。在职人员408人，5550.15万元；离退休人员116人，离休费1.07万元，医疗保险108.3万元。"
    assert len(lists(text)) == 1
    assert lists(text.replace("1.07", "3.07")) == []
