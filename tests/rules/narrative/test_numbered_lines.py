"""A total with numbered lines below it, each with a figure of its own."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import read, rules, stated, words
from validator.rules.narrative.numbered_lines import numbered_lines

GRANTS = "一、中央资金（{}万元）\n（一）支持产业2993.7万元；\n（二）支持搬迁1050万元；\n（三）提取管理费46.3万元。"
USES = (
    "公益金额度为{}万元。现将安排情况公告如下：\n"
    "一、教育支出5120万元。\n二、福利支出2130万元，其中养老1500万元。\n三、体育支出2150万元。"
)


def lines(text: str) -> list[tuple[str, object, object]]:
    told = stated(numbered_lines(read(text), words()))
    return [(kind, names["total"], names["parts"]) for kind, names in told if kind != "changes"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GRANTS.format(4090), [("total", "4090万元", ["2993.7万元", "1050万元", "46.3万元"])]),
        (GRANTS.format(3990), [("total", "3990万元", ["2993.7万元", "1050万元", "46.3万元"])]),
        (GRANTS.format(4225), []),
        (GRANTS.format(4490), [("rest", "4490万元", ["2993.7万元", "1050万元", "46.3万元"])]),
        (GRANTS.format(5090), []),
        (GRANTS.format(4153).replace("管理费46.3", "管理费9.3"), [("rest", "4153万元", ["2993.7万元", "1050万元", "9.3万元"])]),
        ("支出1900元\n1.甲512元\n2.乙913元\n3.丙375元", []),
        (
            "专项资金9400元\n按照2030年的要求分配如下：\n1.甲5120元\n2.乙2130元\n3.丙2150元",
            [("total", "9400元", ["5120元", "2130元", "2150元"])],
        ),
        ("专项资金9200元\n按照2030年的要求分配如下：\n1.甲5120元\n2.乙2130元\n3.丙2150元", []),
        ("专项资金7250元\n按照2030年的要求分配如下：\n1.甲5120元\n2.乙2130元", []),
        (USES.format(9400), [("total", "9400万元", ["5120万元", "2130万元", "2150万元"])]),
        (USES.format(9200), [("total", "9200万元", ["5120万元", "2130万元", "2150万元"])]),
        ("支出9400元，结余120元\n1.甲5120元\n2.乙2130元\n3.丙2150元", [("total", "9400元", ["5120元", "2130元", "2150元"])]),
        ("支出9200元，结余120元\n1.甲5120元\n2.乙2130元\n3.丙2150元", []),
        ("主要支出9200元\n1.甲5120元\n2.乙2130元\n3.丙2150元", []),
        ("支出9200元\n1.甲5120元\n2.乙2130元\n3.丙2150元等", []),
        ("支出9200元\n1.甲5120元\n2.乙2130元，增加20元\n3.丙2150元", []),
        ("预算9200元\n1.甲5120元\n2.乙2130元\n3.丙支出2150元，预算下达2100元", []),
        ("培训9200人\n1.甲5120人\n2.乙2130人\n3.丙2150人", []),
        ("支出9200元\n1.甲5120元\n3.乙2130元\n2.丙2150元", []),
        ("上年支出9200元\n1.甲5120元\n2.乙2130元\n3.丙2150元", []),
        ("支出9200元\n2.甲5120元\n3.乙2130元\n4.丙2150元", []),
        (
            "支出9200元，具体如下：\n一是甲5120元。\n二是乙2130元。\n三是丙2150元。",
            [("total", "9200元", ["5120元", "2130元", "2150元"])],
        ),
        (
            "支出9200元，分三批下达：\n第一批5120元。\n第二批2130元。\n第三批2150元。",
            [("total", "9200元", ["5120元", "2130元", "2150元"])],
        ),
        (
            "支出9200元，与上年持平。具体如下：\n1.甲5120元。\n2.乙2130元。\n3.丙2150元。",
            [("total", "9200元", ["5120元", "2130元", "2150元"])],
        ),
        ("支出9200元，与上年持平。工作有序。具体如下：\n1.甲5120元，乙30元。\n2.丙2130元。\n3.丁2150元。", []),
        ("支出9200元。主要做法：\n一是甲5120元。\n二是乙2130元。\n三是丙2150元。", []),
        ("支出5400元\n1.甲5123元\n2.乙2131元\n3.丙2146元", [("total", "5400元", ["5123元", "2131元", "2146元"])]),
        ("支出4400元\n1.甲5123元\n2.乙2131元\n3.丙2146元", []),
        ("支出9700元，具体如下\n1.甲4123元\n2.乙1431元\n3.丙1146元", [("rest", "9700元", ["4123元", "1431元", "1146元"])]),
        ("支出4400元，具体如下\n1.甲5123元\n2.乙2131元\n3.丙2146元", [("total", "4400元", ["5123元", "2131元", "2146元"])]),
        ("支出9700元\n1.甲4123元\n2.乙1431元\n3.丙1146元", []),
        (
            "支出9200元，结余120元。具体用途如下：\n1.甲5120元\n2.乙2130元\n3.丙2150元",
            [("total", "9200元", ["5120元", "2130元", "2150元"])],
        ),
        (
            "老年人类共计3个项目，共计7813元。\n1.甲5120元\n2.乙2130元\n3.丙2150元",
            [("total", "7813元", ["5120元", "2130元", "2150元"])],
        ),
        ("老年人类共计4个项目，共计7813元。\n1.甲5120元\n2.乙2130元\n3.丙2150元", []),
        ("上级资金9200元。具体用于：\n1.甲投入5120元，其中上级资金4920元。\n2.乙投入2130元。\n3.丙投入2150元。", []),
        (
            "支出9200元，具体如下\n1.甲5120元，比上年增加20元\n2.乙2130元，与2021年相比减少70元\n3.丙2150元，与2021年持平",
            [("total", "9200元", ["5120元", "2130元", "2150元"])],
        ),
    ],
)
def test_lines_counted_from_one_do_not_exceed_the_figure_above(text: str, expected: object) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GRANTS.format(4090), []),
        (GRANTS.format(3990), ["NARR-001"]),
        (GRANTS.format(4490), ["NARR-002"]),
        ("总投资860万元\n（一）道路420万元\n（二）绿化145万元\n（三）照明250万元", []),
    ],
)
def test_only_lines_that_are_off_are_told(text: str, told: list[str]) -> None:
    assert rules(text) == told


FOUR = ["864万元", "365万元", "891万元", "125万元"]
IN_A_LINE = (
    "全年分配使用{}万元。一、群众体育1348万元（其中补助区县327万元） （一）组织活动433万元，其中补助区县49万元。 "
    "1、运动会154万元；2、展演279万元。 （二）器材915万元。 二、竞技体育307万元。特此公告。"
)
TAXES = (
    "（一）总收入2245万元，为预算的115%，增收336万元，增长17.6%，其中：\n1、税收864万元，为预算的112%。\n"
    "2、转移支付365万元，下降9%。\n3、基金收入891万元。\n4、上年结余125万元。"
)
COSTS = " 二、成本。企业总成本5398.3亿元，增长6.6%。（1）央企3073.1亿元，增长5.4%。（2）地方国企2325.2亿元，增长8.2%。"
SHARES = "总支出663万元。\n使用情况\n（一）群众体育594万元，占总数的89.59%。\n（二）竞技体育69万元，占总数的10.41%。"
PLANS = (
    "产业化项目计划财政资金283万元，到位情况为：\n（1）中央资金计划投入205万元，实际到位195万元；\n"
    "（2）省级资金计划投入78万元，实际到位78万元。"
)
TITLES = (
    "三公经费支出382万元，比预算减少118万元，下降23.6%。具体情况如下：\n一、出国经费\n全年出国经费99万元，减少31万元。\n"
    "二、接待费\n全年接待费112万元，减少85万元。\n三、用车费\n全年用车费171万元（其中：运行费171万元），减少2万元。"
)
INCOMES = " 一、收入。企业总收入{}亿元，增长6.4%。（1）央企3216.5亿元，增长5.3%。（2）地方国企2358.1亿元，增长7.9%。"
TAXED = " 三、税费。企业应交税费412.9亿元，下降0.4%。（1）央企293.7亿元，下降0.2%。（2）地方国企119.2亿元，下降1.1%。"
COUNTED = "实际使用3987.1万元，主要用于以下项目：（一）老人共计3个，共计{}万元。\n1.甲2105万元\n2.乙154.7万元\n3.丙27.4万元"
SPORTS = [("total", "1348万元", ["433万元", "915万元"]), ("total", "433万元", ["154万元", "279万元"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TAXES, [("total", "2245万元", FOUR)]),
        (COSTS, [("total", "5398.3亿元", ["3073.1亿元", "2325.2亿元"])]),
        (IN_A_LINE.format(1655), [("total", "1655万元", ["1348万元", "307万元"]), *SPORTS]),
        (IN_A_LINE.format(1695), [*SPORTS, ("rest", "1695万元", ["1348万元", "307万元"])]),
        (IN_A_LINE.format(1687), SPORTS),
        (IN_A_LINE.format(1655).replace("433", "463"), [("total", "1655万元", ["1348万元", "307万元"])]),
        (SHARES, [("total", "663万元", ["594万元", "69万元"])]),
        (SHARES.replace("，占总数的89.59%", ""), []),
        (PLANS, [("total", "283万元", ["205万元", "78万元"])]),
        (PLANS.replace("283", "293"), []),
        (TITLES, [("total", "382万元", ["99万元", "112万元", "171万元"])]),
        (TITLES.replace("382", "392"), []),
        (
            "留用公益金10.1亿元。具体如下：\n1.2030年当年筹集8.22亿元。\n2.以前年度结转1.88亿元。",
            [("total", "10.1亿元", ["8.22亿元", "1.88亿元"])],
        ),
    ],
    ids=[
        "behind its changes",
        "in a paragraph",
        "of several levels",
        "off by one digit",
        "that don't add up",
        "not borne out",
        "with their shares",
        "without",
        "of a plan",
        "of another",
        "with titles",
        "that are off",
        "of a year",
    ],
)
def test_lines_that_add_up_are_found_wherever_they_stand(text: str, expected: list[object]) -> None:
    assert lines(text) == expected


def test_a_heading_that_is_off_is_told_where_others_of_the_document_hold_or_it_counts_its_lines() -> None:
    assert rules(INCOMES.format("5574.6") + COSTS + TAXED) == rules(INCOMES.format("5554.6") + COSTS) == []
    assert rules(INCOMES.format("5554.6") + COSTS + TAXED) == ["NARR-001"]
    assert rules(INCOMES.format("5632.8") + COSTS + TAXED) == []
    assert rules(COUNTED.format("2287.1")) == []
    assert rules(COUNTED.format("2211.9")) == ["NARR-001"]
    assert rules(COUNTED.format("2211.9").replace("3个", "4个")) == []


def test_the_change_of_a_heading_is_what_its_lines_changed_by() -> None:
    assert rules(TITLES) == []
    assert rules(TITLES.replace("减少118万元，下降23.6%", "减少128万元，下降25.1%")) == ["NARR-022"]
    assert rules(TITLES.replace("减少118万元，下降23.6%", "减少128万元，下降25.1%").replace("减少2", "比上年减少2")) == []
    assert rules(TITLES.replace("减少118万元，下降23.6%", "减少128万元，下降25.1%").replace("，减少2万元", "")) == []


SPLIT = (
    "全年支出1842.36万元，执行情况如下：\n1、教育支出1203.14万元。\n2、卫生支出412.08万元。\n3、农林支出227.14万元。\n"
    "按部门要求，另按经济分类编制如下：\n1、工资支出986.45万元。\n2、办公支出{}万元。\n3、建设支出515.79万元。"
)


def test_a_whole_that_lines_add_up_to_may_be_split_again() -> None:
    told = stated(numbered_lines(read(SPLIT.format("340.12")), words()))
    assert [names["total"] for _, names in told] == ["1842.36万元"] * 2
    assert rules(SPLIT.format("340.12")) == []
    assert rules(SPLIT.format("304.12")) == ["NARR-001"]
    assert rules(SPLIT.format("126.37")) == []


ABOVE = "全年使用中央资金88.4万元，省级资金743万元。\n二、{}资金使用情况\n（一）养老项目{}万元。\n（二）儿童项目{}万元。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # two lines below a heading that names the whole, or told with many digits
        (ABOVE.format("中央", "49.4", "39"), ["49.4万元", "39万元"]),
        (ABOVE.format("专项", "49.4", "39"), None),
        (ABOVE.format("专项", "49.4", "39.1").replace("88.4", "88.5"), None),
        (ABOVE.format("专项", "49.42", "39.05").replace("88.4", "88.47"), ["49.42万元", "39.05万元"]),
        (ABOVE.format("中央", "49.4", "38"), None),
        # the first figure of a line is what all others make, and one that is a total stands for its line
        (ABOVE.format("中央", "49.4", "39") + "主要是助学30.5万元、助医8.5万元。", ["49.4万元", "39万元"]),
        (
            "募集善款2363076元。\n（一）收入分类\n1、外省项目\n共计募集59130元。\n2、本区项目\n共计募集2303946元。",
            ["59130元", "2303946元"],
        ),
    ],
)
def test_lines_below_a_heading_without_a_figure_make_one_above(text: str, expected: list[str] | None) -> None:
    assert [parts for _, _, parts in lines(text)] == ([expected] if expected else [])
    assert rules(text) == []
