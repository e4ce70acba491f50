"""What counts as a figure in running text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import claims, lexicon, passage, words
from validator.facts.claims.figures import find_figures, fold_text


def written(text: str) -> list[str]:
    return [mention.quantity.text for mention in find_figures(fold_text(text, words()), lexicon(), words()).mentions]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("共计培训30余期，1万余人次", ["30余期", "1万余人次"]),
        ("执行率为９４．８２％", ["94.82%"]),
        ("收入４９６，１６１．４１元，１２，５０家", ["496,161.41元", "12", "50家"]),
        ("收入26，994.72万元，占45.4%，其中1，204，500元、3，120人", ["26,994.72万元", "45.4%", "1,204,500元", "3,120人"]),
        ("分别为12，345，7家；第2，300元；甲5家，200人", ["12", "345", "7家", "300元", "5家", "200人"]),
        ("收入15435.65 万元", ["15435.65 万元"]),
        ("当期结余-3.96万元", ["-3.96万元"]),
        ("供养比为1.11：1", ["1.11:1"]),
        ("分别为12、8、5家", ["12", "8", "5家"]),
        ("覆盖率百分之八十，新建二十五家", ["百分之八十", "二十五家"]),
        ("单价3100元每平方米", ["3100元每平方米"]),
        ("目标≥90%", ["≥90%"]),
        ("低于目标95%5个百分点", ["95%", "5个百分点"]),
        ("目标1200户", ["1200户"]),
        ("产出指标12个，效益指标6个。", ["12个", "6个"]),
        ("补偿人数7262，补偿金额235.1万元", ["7262", "235.1万元"]),
        ("1—8月补助236.26万元", ["236.26万元"]),
        ("新建两家医院和十二所学校", ["两家", "十二所"]),
        ("占三成，八成五达标，3成未动工", ["三成", "八成五", "3成"]),
        ("产值翻了一番，收入翻番", ["翻了一番", "翻番"]),
        ("甲县一家、乙县两家", ["一家", "两家"]),
        ("收入1,705 .01万元，支出870 .5万元，利息95 .5万元", ["1,705 .01万元", "870 .5万元", "95 .5万元"]),
        ("工作：1 .3个项目；2 .5家企业", []),
        ("收入705. 12万元，支出12万元", ["12万元"]),
        ("预算2 304 051万元，支出846 217.25万元", ["2 304 051万元", "846 217.25万元"]),
        ("甲项目1 200万元，乙项目2 300万元，其他400万元", ["400万元"]),
        ("预算12 345万元", []),
        ("分三批到账 100 200 300万元", []),
    ],
)
def test_figures_are_found_as_they_are_written(text: str, figures: list[str]) -> None:
    assert written(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "（财社〔2022〕65号）", "根据第3条规定", "创新“3+3+1”模式", "服务热线12345", "联系电话0855-1234567",
        "手机13812345678", "1、加强领导；2、强化监督", "(1)组织保障", "2023年12月31日前", "2021-2023年", "DIP2.0版",
        "见附件3", "目标2.做好工作", "目标1项目建设", "指标2：满意度", "23点59分", "编号510000210001234567",
        "三级医院实行一次办", "4.2021年获奖", "三个方面",
        "第三家", "每一家企业", "二类县", "一户一策", "三门峡", "三会一课", "建成立即启用", "一家医院", "五个一工程",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_passed_over(text: str) -> None:
    assert written(text) == []


def test_a_list_takes_the_unit_of_its_last_figure() -> None:
    units = [m.quantity.unit.name for m in find_figures("分别为12、8、5家", lexicon(), words()).mentions]

    assert units == ["家", "家", "家"]


@pytest.mark.parametrize("text", ["签约3000人", "预约3000人次", "附近3000户", "节约3000元"])
def test_a_word_that_ends_like_an_estimate_makes_none(text: str) -> None:
    assert [claim.usable for claim in claims(text)] == [True]


def test_the_second_of_two_figures_takes_the_longer_unit_of_the_first() -> None:
    units = [m.quantity.unit.name for m in find_figures("由5个工作日缩短至2个，新建2个", lexicon(), words()).mentions]

    assert units == ["个工作日", "个工作日", "个"]


@pytest.mark.parametrize("text", ["近七成", "三成以上", "接近翻番", "翻一番多"])
def test_tenths_and_doublings_may_be_estimates(text: str) -> None:
    assert [claim.usable for claim in claims(text)] == [False]


@pytest.mark.parametrize(
    ("text", "value", "unit", "sign"),
    [
        ("支出1,234.5万元", "1234.5", "万元", ""),
        ("覆盖率百分之八十", "80", "%", ""),
        ("新建二十五家", "25", "家", ""),
        ("不低于≥90%", "90", "%", ">="),
        ("占八成五", "8.5", "八成五", ""),
        ("供养比1.11：1", "1.11", "：1", ""),
        ("下降-3.96万元", "-3.96", "万元", ""),
    ],
)
def test_a_figure_has_its_value_its_unit_and_its_sign(text: str, value: str, unit: str, sign: str) -> None:
    (mention,) = find_figures(fold_text(text, words()), lexicon(), words()).mentions

    assert (mention.quantity.value, mention.quantity.comparator) == (Decimal(value), sign)
    assert unit in (mention.quantity.unit.name, mention.quantity.text)


@given(st.text(alphabet="共计12３.，,%万元家人年月日约余成二十百千（）()-—≥：", max_size=60))
def test_figures_stand_where_they_say_in_order_and_never_overlap(text: str) -> None:
    folded = fold_text(text, words())
    found = find_figures(folded, lexicon(), words())
    ends = [0, *(mention.end for mention in found.mentions)]

    assert len(folded) == len(text)
    for before, mention in zip(ends, found.mentions, strict=False):
        assert before <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("支出完成412,3850万元", [False, False]),
        ("支出完成412,385万元", [True]),
        ("分别为12,8,5家", [True, True, True]),
        ("人数7262，3850万元", [True, True]),
        ("支出完成41 2.38万元", [False, False]),
        ("项目共3 个，支出60万元", [True, True]),
        ("下降8,86%", [False, False]),
        ("下降0，6%", [False, False]),
        ("支出73。5万元", [False, False]),
        ("支出73万元。5户受益", [True, True]),
        ("支出19O.32万元，收入l05.3万元", [False, False]),
        ("容量2l，IO接口3个", [True]),
    ],
)
def test_nobody_can_tell_what_a_figure_is_that_marks_blanks_or_letters_take_apart(text: str, usable: list[bool]) -> None:
    assert [claim.usable for claim in claims(text)] == usable


def test_a_point_behind_a_word_is_a_full_stop() -> None:
    assert fold_text("增长5.2%.其中：甲1.5万元. 乙2家.", words()) == "增长5.2%。其中:甲1.5万元。 乙2家。"
    assert fold_text("一.预算；1.甲；二.决算", words()) == "一.预算;1.甲;二.决算"


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("其中一类612户1094人，发放40万元，二类522户944人，三类107户193人。", True),
        ("改造道路3条260万元、桥梁2座180万元、管网4处90万元。", True),
        ("全区收入完成4563万元，占全年任务数5239万元87.1%；其中本级完成2279万元，占全年任务数2288万元99.6%。", True),
        ("支出452万元，完成年初预算500万元90.4%，完成调整预算480万元94.2%。", True),
        ("预算500万元90.4%支出452万元94.2%结转48万元9.6%", False),
        ("12户34户56户78户", False),
        ("合计 12 34 56 78", False),
    ],
)
def test_figures_that_go_with_the_one_right_before_them_are_no_lost_table(text: str, prose: bool) -> None:
    assert passage(text).prose is prose
