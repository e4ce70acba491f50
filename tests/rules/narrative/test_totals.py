"""Parts and wholes in prose: each relation once, however many words tell it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import AMOUNT, findings, in_yuan, money, passage, rules, shows, stated, words
from validator.rules.narrative.totals import totals

TEMPLATES = (
    "全年下达资金{0}，其中：中央资金{1}，省级资金{2}，县级资金{3}。",
    "中央资金{1}，省级资金{2}，县级资金{3}，共计{0}。",
    "到位资金{0}（中央{1}、省级{2}、县级{3}）。",
)
BY_YEARS = (
    "{}年彩票销售2064万元，筹集公益金591万元，各方满意。2030年公益金用途包括5个项目，其中用于养老的最多，达318.24万元，"
    "另外还有用于福利31.05万元、用于体育17.24万元、用于教育19.70万元、用于其他103.72万元。"
)
PARTS = st.tuples(AMOUNT, AMOUNT, AMOUNT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("职工30人（男12人、女18人），共30人。", [("total", {"total": "30人", "parts": ["12人", "18人"]})]),
        ("发现问题120个，已整改110个，未整改10个。", [("total", {"total": "120个", "parts": ["110个", "10个"]})]),
        ("支出100万元，其中三公经费130万元。", [("part", {"whole": "100万元", "parts": ["130万元"]})]),
        ("支出900万元：一是道路500万元；二是桥梁400万元。", [("total", {"total": "900万元", "parts": ["500万元", "400万元"]})]),
        ("职工30人：男12人，女18人。", [("total", {"total": "30人", "parts": ["12人", "18人"]})]),
        ("甲、乙补助30万元，分别为10万元、20万元。", [("total", {"total": "30万元", "parts": ["10万元", "20万元"]})]),
        ("指标30项，全部完成27项，部分完成2项，未完成2项。", [("total", {"total": "30项", "parts": ["27项", "2项", "2项"]})]),
        ("职工30人。", []),
    ],
)
def test_a_relation_is_one_however_many_words_tell_it(text: str, expected: object) -> None:
    assert stated(totals(passage(text), words())) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # what is left is not what was spent on all of these
        ("支出总额572.9万元，结余786.7万元。具体用途如下：1.场馆366.1万元；2.赛事100万元；3.其他106.8万元。", []),
        ("支出总额583.9万元，结余786.7万元。具体用途如下：1.场馆366.1万元；2.赛事100万元；3.其他106.8万元。", ["NARR-001"]),
        # a stop within the list
        ("各类支出89.4万元。其中：（1）恤病17.2万元；（2）济困27.4万元，（3）助学38.8万元。（4）扶老6万元。", []),
        ("各类支出89.4万元。其中：（1）恤病17.2万元；（2）济困27.4万元，（3）助学38.8万元。（4）扶老受益6人。", ["NARR-002"]),
        # of another year
        (BY_YEARS.format(2029), []),
        (BY_YEARS.format(2030), ["NARR-001"]),
        ("2029年债务余额164万元，有所增加。其中，一般债务103万元，专项债务71万元。", ["NARR-001"]),
        # 一般预算收入 is no budget
        ("总收入614万元，增长3%，其中：1、一般预算收入368万元，完成年初预算的112.54%。2、其他收入246万元。", []),
    ],
)
def test_a_list_is_held_to_what_it_is_of(text: str, told: list[str]) -> None:
    assert rules(text) == told


def test_two_lists_of_one_whole_are_two_places() -> None:
    found = list(totals(passage("职工30人（男12人、女18人），其中在职10人、退休18人、其他5人。"), words()))

    assert len({one.place.path for one in found}) == len(found) == 2


@given(st.sampled_from(TEMPLATES), PARTS)
def test_consistent_sums_are_never_accused(template: str, parts: tuple[Decimal, Decimal, Decimal]) -> None:
    assert rules(template.format(money(sum(parts, Decimal(0))), *map(money, parts))) == []


@given(st.sampled_from(TEMPLATES), PARTS, st.integers(1, 5))
def test_a_total_that_is_off_is_shown(template: str, parts: tuple[Decimal, Decimal, Decimal], percent: int) -> None:
    wrong = money((sum(parts, Decimal(0)) * (100 + percent) / 100 + 1).quantize(Decimal("0.01")))
    text = template.format(wrong, *map(money, parts))

    assert shows(findings(text), text, wrong)


@given(st.sampled_from(TEMPLATES), PARTS, st.integers(0, 5))
def test_neither_the_unit_nor_the_order_of_the_parts_changes_what_is_told(
    template: str, parts: tuple[Decimal, Decimal, Decimal], percent: int
) -> None:
    total = money((sum(parts, Decimal(0)) * (100 + percent) / 100).quantize(Decimal("0.01")))
    text, turned = (template.format(total, *map(money, order)) for order in (parts, parts[::-1]))

    assert bool(rules(text)) is bool(rules(in_yuan(text))) is bool(rules(turned)) is (percent > 0)
