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
