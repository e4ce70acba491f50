"""Shares, growth, completion, differences, balances, parts, products and prices in tables of no form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.relating import checks, faults, places
from validator.model.finding import Outcome
from validator.pipeline import check

TASKS = """
镇街|任务(户)|<|<|第一批已拨付(万元)|<|本次应拨付(万元)|<|<
^|小计|C级|D级|C级|D级|小计|C级|D级
甲街道|8|1|7|0.75|0|24.5|0|24.5
乙街道|6|1|5|0.75|7|10.5|0|10.5
丙镇|3|2|1|1.5|0|3.5|0|3.5
丁镇|5|3|2|2.25|3.5|3.5|0|3.5
戊镇|4|1|3|0|7|4.25|0.75|3.5
己镇|9|5|4|2.25|14|1.5|1.5|0
"""


RELATIONS = {
    "share": "地区|金额(万元)|占比\n甲|25|12.5%\n乙|75|37.5%\n丙|100|50%\n合计|200|100%",
    "growth": "指标|本年(万元)|上年(万元)|增长率\n税收|126.00|100.00|26.0%\n非税|45.50|50.00|-9.0%\n基金|30.00|20.00|50%",
    "completion": "项目|计划数|完成数|完成率\n甲|10|12|120%\n乙|20|18|90%\n丙|40|10|25%",
    "difference": "指标|本年(万元)|上年(万元)|增减额\n税收|126.00|100.00|26.00\n非税|45.50|50.00|-4.50\n基金|30.00|20.00|10.00",
    "balance": "项目|职工|居民\n上年结余|100.00|200.00\n本年收入|50.00|60.00\n本年支出|45.00|70.00\n年末结余|105.00|190.00",
    "part": "单位|合计|其中：财政拨款\n甲|100.00|60.00\n乙|200.00|150.00",
    "product": "品名|单价(元)|数量(台)|金额(元)\n电脑|4999|10|49990\n打印机|1200.5|3|3601.5\n纸|150|20|3000\n桌子|800|5|4000",
}
BROKEN = [
    ("share", "37.5%", "35.7%", ("GEN-003", "35.7%")),
    ("growth", "-9.0%", "-6.0%", ("GEN-005", "-6.0%")),
    ("completion", "90%", "80%", ("GEN-011", "80%")),
    ("difference", "-4.50", "-5.40", ("GEN-006", "-5.40")),
    ("balance", "105.00", "150.00", ("GEN-007", "150.00")),
    ("part", "60.00", "160.00", ("GEN-008", "160.00")),
    ("product", "49990", "49900", ("GEN-009", "49900")),
]


def turned(text: str) -> str:
    return "\n".join("|".join(column) for column in zip(*(row.split("|") for row in text.split("\n")), strict=True))


@pytest.mark.parametrize("kind", RELATIONS)
def test_a_relation_is_seen_and_holds_whichever_way_the_table_is_turned(kind: str) -> None:
    text = RELATIONS[kind]

    assert places(text, kind)
    assert faults(text) == []
    assert faults(turned(text)) == []


@pytest.mark.parametrize(("kind", "old", "new", "fault"), BROKEN)
def test_a_figure_that_does_not_follow_is_told(kind: str, old: str, new: str, fault: tuple[str, str]) -> None:
    assert old in RELATIONS[kind]
    assert fault in faults(RELATIONS[kind].replace(old, new))


@pytest.mark.parametrize(("kind", "old", "new", "fault"), [case for case in BROKEN if case[0] != "balance"])
def test_the_order_of_the_rows_changes_nothing(kind: str, old: str, new: str, fault: tuple[str, str]) -> None:
    head, *rows = RELATIONS[kind].replace(old, new).split("\n")
    total = [row for row in rows if row.startswith("合计")]
    others = [row for row in rows if row not in total]

    assert fault in faults("\n".join([head, *others[::-1], *total]))


@pytest.mark.parametrize(("head", "off"), [("占比", "37.8%"), ("参保率", "37.8%")])
def test_rates_of_something_else_hold_nowhere_and_are_left_alone(head: str, off: str) -> None:
    assert faults(f"地区|参保人数|{head}\n甲|25|62.5%\n乙|75|{off}\n丙|100|51%\n合计|200|52.1%") == []


MIXED = (
    "指标|单位|数量|上期|环比\n支出|万元|120.0|100.0|20.00\n孤儿|人|90|100|-10.00\n低保户|户|51|50|2.00\n机构|个|33|30|10.00\n"
)


def test_growth_is_told_where_each_row_has_a_unit_of_its_own() -> None:
    assert [e.check.outcome for e in checks(MIXED) if e.check.rule == "GEN-005"] == ["pass"] * 4
    assert faults(MIXED.replace("-10.00", "-1.00")) == [("GEN-005", "-1.00")]


def test_completion_is_not_told_where_each_row_has_a_unit_of_its_own() -> None:
    rows = ["支出|万元|100.0|90.0|90%", "培训|人|80|60|75%", "低保户|户|50|60|120%", "机构|个|30|36|100%"]
    assert faults("\n".join(["指标|单位|目标值|完成值|完成率", *rows])) == []


class TestInferredPrice:
    def test_holds_where_amounts_follow_the_numbers(self) -> None:
        assert faults(TASKS) == []

    def test_an_amount_that_slipped_into_the_next_column_is_seen(self) -> None:
        assert faults(TASKS.replace("丙镇|3|2|1|1.5|0|3.5|0|3.5", "丙镇|3|2|1|1.5|3.5|3.5|0|3.5")) == [("GEN-010", "1")]

    def test_is_not_guessed_from_few_rows(self) -> None:
        rows = TASKS.strip().split("\n")

        assert faults("\n".join(rows[:6]).replace("3|2|1|1.5|0|3.5", "3|2|1|1.5|3.5|3.5")) == []


class TestOtherBasis:
    @pytest.mark.parametrize(("head", "note"), [("增长%", "注：税收按同口径计算||||"), ("同口径增长%", "")])
    def test_rates_on_other_figures_are_not_held_to_those_of_the_table(self, head: str, note: str) -> None:
        table = f"项目|上年数|本年数|备注|{head}\n税收|200|260||12\n非税|100|150||50\n基金|400|300||-25\n债务|80|100||25\n"

        assert ("GEN-005", "12") in faults(table.replace("同口径", ""))
        assert faults(table + note) == []


def test_a_row_of_rates_follows_from_the_two_rows_above_it() -> None:
    rows = "年度|合计|出国|接待|车辆\n2031年|2840|90|1400|1350\n2032年|2364|12|1356|996\n增减%|-16.76|-86.67|-3.14|-26.22\n"
    assert [place.pointer.text for place in places(rows, "growth") if place.pointer] == ["-16.76", "-86.67", "-3.14", "-26.22"]
    assert faults(rows) == []
    assert faults(rows.replace("-3.14", "-8.14")) == [("GEN-005", "-8.14")]


def test_an_indicator_named_after_a_rate_is_no_row_of_rates() -> None:
    rows = "指标|分值|得分\n预算执行率|10|9\n销售增长率|20|18\n完成率|30|30\n合计|60|57\n"
    assert faults(rows) == []
    assert faults(rows.replace("合计|60", "合计|66")) == [("GEN-001", "66")]


@pytest.mark.parametrize(
    ("rates", "found"),
    [
        ("120% 90% 25% 80% _", [("GEN-018", "")]),
        ("120% 90% 25% _ _", []),  # two are blank: perhaps not all have to be filled
        ("120% 90% 25% 80% —", []),  # a dash stands there on purpose
        ("120% 90% 35% 80% _", [("GEN-011", "35%")]),
    ],
)
def test_the_only_rate_that_was_left_out_is_told(rates: str, found: list[tuple[str, str]]) -> None:
    figures = ["甲|10|12", "乙|20|18", "丙|40|10", "丁|50|40", "戊|30|15"]
    lines = [f"{row}|{rate.strip('_')}" for row, rate in zip(figures, rates.split(), strict=True)]
    assert faults("\n".join(["项目|计划数|完成数|完成率", *lines])) == found


def test_a_balance_has_no_rate_and_where_a_total_has_none_either_nothing_was_forgotten() -> None:
    rows = ["项目|计划数|完成数|完成率", "甲|10|12|120%", "乙|20|18|90%", "丙|40|10|25%", "丁|50|40|80%"]
    assert faults("\n".join([*rows, "上年结余|30|30|"])) == []
    assert faults("\n".join([*rows, "戊|30|30|", "合计|150|110|"])) == []
    assert faults("\n".join([*rows, "戊|30|30|", "合计|150|110|73.33%"])) == [("GEN-018", "")]


def test_a_row_of_completion_rates_follows_from_two_rows() -> None:
    rows = "项目|收入|支出|结余\n预算数|200|180|20\n执行数|150|171|19\n执行率|75.0%|95.0%|95.0%\n"
    assert [place.pointer.text for place in places(rows, "completion") if place.pointer] == ["75.0%", "95.0%", "95.0%"]


POINTS_BESIDE = """项目|甲|乙|丙|丁
预算数|100|200|300|400
执行数|90|190|270|300
执行率|90%|95%|90%|57%
分值|10|10|10|
得分|9|9.5|9|"""


@pytest.mark.parametrize("table", [POINTS_BESIDE, turned(POINTS_BESIDE)])
def test_points_that_give_the_rate_back_leave_no_doubt_what_it_follows_from(table: str) -> None:
    assert faults(f"单位：万元||||\n{table}") == [("GEN-011", "57%")]


@pytest.mark.parametrize("name", ["执行率", "支出率", "资金拨付率", "支出比例"])
def test_whatever_a_rate_of_what_was_spent_is_called(name: str) -> None:
    assert faults(f"年度|预算数|支出数|{name}\n甲|146|138.7|95%\n乙|158|154.84|98%\n丙|172.5|160.425|39%") == [
        ("GEN-011", "39%")
    ]


def test_an_indicator_with_points_follows_from_no_other_rows() -> None:
    rows = "指标|分值|满分|得分\n立项|10|20|30\n资金|5|5|10\n预算执行率|2|4|3\n"
    assert places(rows, "completion") == []


@pytest.mark.parametrize(("rate", "told"), [("108.70%", []), ("118.70%", [("GEN-011", "118.70%")]), ("108.70", [])])
def test_a_rate_laid_down_by_its_headers_follows_from_one_row(rate: str, told: list[tuple[str, str]]) -> None:
    assert faults(f"人员情况|编制数|2031年实际在职人数|控制率\n|46|50|{rate}") == told


def test_two_columns_of_staff_leave_it_open_which_is_meant() -> None:
    assert faults("单位|编制数|在职人数|实有人数|控制率\n甲|46|50|48|118.70%") == []


ASSETS = """
单位：万元|<|<|<|<|<|<
类别|年初原值|本年增加|本年减少|年末原值|累计折旧|净值
房屋|820.5|31.2|4|847.7|210|637.7
设备|190.2|26|12.4|203.8|90|113.8
图书|8.8|0.6|0.1|9.3|0|9.3
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("203.8", "230.8", {("GEN-007", "230.8"), ("GEN-006", "113.8")}),
        ("9.3|0|9.3", "9.3|0|3.9", {("GEN-006", "3.9")}),
        ("31.2", "13.2", {("GEN-007", "847.7")}),
    ],
)
def test_what_is_left_of_assets_follows_from_what_came_and_went(old: str, new: str, told: set[tuple[str, str]]) -> None:
    assert faults(ASSETS) == []
    assert set(faults(ASSETS.replace(old, new))) == told


def test_any_rate_is_one_that_the_figures_bear_out() -> None:
    table = "项目|债券额度|已发行|发行率\n甲|900|810|90%\n乙|700|700|100%\n丙|360|90|25%"
    assert faults(table) == []
    assert faults(table.replace("25%", "52%")) == [("GEN-011", "52%")]


def test_a_rate_that_lost_its_label_is_the_one_that_the_figures_bear_out() -> None:
    table = "项目|上年数|预算数|完成数||\n甲|400|500|450|90.00%|12.50%\n乙|200|250|230|92.00%|15.00%\n丙|80|70|84|120.00%|5.00%"
    assert faults(table) == []
    assert faults(table.replace("92.00%", "29.00%")) == [("GEN-011", "29.00%")]
    assert faults(table.replace("15.00%", "51.00%")) == [("GEN-005", "51.00%")]
    assert faults(table.replace("92.00%", "41.00%").replace("90.00%", "42.00%")) == []


def test_amounts_are_compared_beside_a_row_of_something_else() -> None:
    table = (
        "单位：万元|<|<|<\n项目|预算数|决算数|完成率\n收入|50.00|45.00|90%\n支出|40.00|32.00|80%\n利息|10.00|7.00|70%\n"
        "转移|4.00|1.00|25%\n可支付月数（个月）|7.5|8.5|"
    )
    assert faults(table) == []
    assert faults(table.replace("70%", "77%")) == [("GEN-011", "77%")]


def test_an_amount_may_be_paid_several_times() -> None:
    table = (
        "项目|补助人数(人)|补助标准(元)|发放月数|应发金额(元)|实发金额(元)\n低保|61|650|12|475800|475800\n特困|26|980|12|305760|305760\n"
        "孤儿|20|1500|10|300000|300000\n临时|8|400|3|9600|9000"
    )
    assert faults(table) == []
    assert faults(table.replace("300000|300000", "360000|300000").replace("9600|9000", "9600|9600")) == []
    assert faults(table.replace("|475800|475800", "|457800|457800")) == [("GEN-009", "457800")]


def test_a_unit_that_was_meant_for_money_makes_no_rate_of_people_wrong() -> None:
    rows = "（单位：万元）|<|<|<\n单位|{}|在职人数|控制率\n全局|58|55|94.83%"
    for staff in ("编制数", "核定编制数", "编制"):
        assert faults(rows.format(staff)) == []
    assert faults(rows.format("编制数").replace("94.83", "93.84")) == [("GEN-011", "93.84%")]


CANTEEN = """项目|本月|本年
一、伙食费收入|2000.00|9000.00
二、食材成本|1500.00|6500.00
1.蔬菜|900.00|4000.00
2.粮油|600.00|2500.00
三、税金||
四、人工费用|450.00|2100.00
五、手续费|20.50|80.50
六、经营利润|29.50|319.50
七、利润总额|29.50|319.50
"""


def test_an_account_may_take_one_line_after_the_other_from_its_income() -> None:
    told = [entry.check for entry in checks(CANTEEN) if entry.check.rule == "GEN-007"]
    assert [[check.stated.text, *(o.text for o in check.operands)] for check in told if check.stated is not None] == [
        ["29.50", "2000.00", "1500.00", "450.00", "20.50"],
        ["319.50", "9000.00", "6500.00", "2100.00", "80.50"],
    ]
    assert faults(CANTEEN.replace("六、经营利润|29.50", "六、经营利润|92.50")) == [("GEN-007", "92.50")]
    assert faults(CANTEEN.replace("六、经营利润|29.50|319.50", "六、经营利润|92.50|391.50")) == []
    assert faults(CANTEEN.replace("三、税金", "三、其他收入")) == []


def test_rates_that_no_two_columns_give_as_written_are_not_held_to_them() -> None:
    table = (
        "项目\t发放问卷\t收回问卷\t满意\t基本满意\t不满意\t满意率\n甲村\t100\t98\t90\t6\t2\t97.96%\n乙村\t80\t80\t70\t8\t2\t97.50%\n"
        "丙村\t60\t59\t50\t9\t0\t100.00%\n"
    )
    assert [one.rule for one in check(table.encode(), name="a.txt").findings if one.severity != "info"] == []


PAIRS = """
乡镇|80-89岁|<|90岁以上|<
^|人数|金额(元)|人数|金额(元)
河口镇|120|7200|12|2400
山前镇|95|5700|9|1800
柳林乡|60|3600|7|1400
石桥镇|143|8580|15|3000
白沙镇|88|5280|11|2200
黄土乡|41|2460|3|600
"""


class TestPairsOfNumberAndAmount:
    """人数 and 金额 below one heading follow one price, if several numbers do."""

    def test_rows_that_follow_it_are_fine(self) -> None:
        assert faults(PAIRS) == []
        assert len(places(PAIRS, "price")) == 12

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [("石桥镇|143|8580", "石桥镇|143|8850"), ("15|3000", "15|300"), ("9|1800", "8|1800")],
        ids=["a digit", "a zero lost", "another number"],
    )
    def test_one_row_that_does_not_is_told(self, right: str, wrong: str) -> None:
        told = [rule for rule, _ in faults(PAIRS.replace(right, wrong))]

        assert told == (["GEN-010"] if wrong != "8|1800" else [])

    def test_amounts_of_more_things_may_be_paid_later(self) -> None:
        assert faults(PAIRS.replace("15|3000", "15|3400")) == []

    def test_amounts_that_are_all_alike_show_no_price(self) -> None:
        alike = "村|人数|金额(元)\n" + "\n".join(f"村{n}|1|500" for n in "甲乙丙丁戊己庚") + "\n村辛|2|550"

        assert faults(alike) == []

    def test_a_table_of_two_columns_has_a_price_as_well(self) -> None:
        table = "村|人数|金额(元)\n" + "\n".join(f"村{c}|{n}|{n * 350}" for n, c in enumerate("甲乙丙丁戊己庚", 3))

        assert faults(table) == []
        assert faults(table.replace("|1750", "|1570")) == [("GEN-010", "5")]


def areas(total: str, prices: tuple[str, ...] = ("70", "70", "70", "70")) -> str:
    """A table of areas at a price each, with a total that has no price."""
    rows = zip("甲乙丙丁", ("125.19", "294.27", "160.82", "61.45"), prices, strict=True)
    body = "".join(f"{name}|{area}|{price}|{Decimal(area) * Decimal(price)}\n" for name, area, price in rows)
    return f"镇|面积（亩）|补贴标准（元/亩）|补贴资金（元）\n{body}合计|641.73||{total}\n"


def test_a_total_is_a_product_where_all_rows_have_one_price() -> None:
    told = [e.check for e in checks(areas("44921.1")) if e.check.rule == "GEN-009"]
    assert [check.stated.text for check in told if check.stated][-1] == "44921.1"
    assert {check.outcome for check in told} == {Outcome.PASS}


@pytest.mark.parametrize(
    "text", [areas("44291.1"), areas("44921.1", ("70", "70", "70", "80"))], ids=["another amount", "several prices"]
)
def test_and_else_it_is_none(text: str) -> None:
    told = [e.check.stated.text for e in checks(text) if e.check.rule == "GEN-009" and e.check.stated]
    assert len(told) == 4
