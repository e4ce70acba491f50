"""Shares in prose: what the words say they are shares of, and shares of one whole."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import claims, in_yuan, passage, rules, stated, texts, words
from validator.rules.narrative.shares import named_part, names_whole, shares


def lists(text: str) -> list[object]:
    return [names["parts"] for _, claims in passage(text).by_sentence for _, names in stated(shares(claims, words()))]


class TestListsOfShares:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("医院占60%，基层占40%。", [["60%", "40%"]]),
            ("医院占60%，基层占50%。", [["60%", "50%"]]),
            ("男300人，占60%，女250人，占50%。", [["60%", "50%"]]),
            ("男性占60%，女性占40%，城镇占70%，农村占30%。", [["60%", "40%"], ["70%", "30%"]]),
            ("男性占总人数的60%，女性占50%；税收占总收入的70%，非税占30%。", [["60%", "50%"], ["70%", "30%"]]),
            ("医院300张，占60%，基层250张，占50%。", []),
            ("医院占60%，基层占90%。", []),
            ("上年医院占60%，基层占50%。", []),
            ("医院占60%。基层占50%。", []),
            ("税收占总收入的60%，教育占总支出的50%。", []),
            ("选择就业的占60%，选择教育的占55%。", []),
            ("医院占100%，基层占50%。", []),
            ("医院占60%（基层占50%）。", []),
        ],
    )
    def test_shares_of_one_whole_stand_together(self, text: str, expected: object) -> None:
        assert lists(text) == expected

    @given(st.lists(st.integers(1, 60), min_size=2, max_size=4, unique=True))
    def test_shares_are_told_only_above_a_hundred_and_in_any_order(self, parts: list[int]) -> None:
        texts = {
            "，".join(f"{name}占{part}%" for name, part in zip(("在职", "退休", "离休", "遗属"), order, strict=False)) + "。"
            for order in permutations(parts)
        }
        told = {tuple(rules(text)) for text in texts}

        assert told == {()} if sum(parts) <= 100 else told <= {(), ("NARR-011",)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("税收占总收入的60%。", "总收入"),
        ("税收占60%。", ""),
        ("税收占比为60%。", ""),
        ("税收占比重的60%。", ""),
        ("税收占全部财政收入的60%。", "财政收入"),
        ("未分配利润占所有者权益的60%。", "所有者权益"),
    ],
)
def test_words_may_name_the_whole(text: str, expected: str) -> None:
    (share,) = claims(text)

    assert names_whole(share, words()) == expected


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("税收300万元，非税200万元，税收占比60%。", "税收", "300万元"),
        ("税收300万元，非税200万元，其占比40%。", "", None),
        ("税收300万元，非税200万元，占比40%。", "", None),
        ("税收300万元，非税200万元，捐赠占比40%。", "捐赠", None),
        ("税收收入300万元，非税200万元，税收占比40%。", "税收", "300万元"),
    ],
)
def test_a_share_may_name_its_part(text: str, name: str, part: str | None) -> None:
    *levels, share = claims(text)
    named, found = named_part(share, levels, words())

    assert (named, texts([found]) if found else None) == (name, [part] if part else None)


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
        assert rules(text) == rules(in_yuan(text)) == []

    @pytest.mark.parametrize(
        "text",
        [
            "收入500.0万元，其中税收300.0万元，非税200.0万元，税收占比62.0%。",
            "床位500张，其中医院300张，基层200张，医院占比65%。",
        ],
    )
    def test_a_share_that_is_not_that_of_the_part_it_names_is_told(self, text: str) -> None:
        assert rules(text) == rules(in_yuan(text)) == ["NARR-004"]


class TestWholes:
    TEXT = "拨款收入3215.6万元，占总收入的92.4%；其他收入264.4万元，占{}；收入总计3480万元。"

    def test_a_part_beside_another_part_is_no_share_of_it(self) -> None:
        assert rules(self.TEXT.format("7.6%")) == []

    def test_the_whole_of_the_share_before_is_that_of_the_next(self) -> None:
        assert rules(self.TEXT.format("6.6%")) == ["NARR-004"]

    def test_a_part_of_a_part_is(self) -> None:
        text = "参保1200人，占总人口的60%，其中职工参保300人，占{}。"

        assert rules(text.format("25%")) == []
        assert rules(text.format("35%")) == ["NARR-004"]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("收入500万元，税收300万元，占60%。", []),
            ("收入500万元，税收300万元，占65%。", ["NARR-004"]),
            ("收入合计500万元。其中：拨款300万元，占65%。", ["NARR-004"]),
            ("收入合计500万元，其中：拨款500万元，占120%。", ["NARR-004"]),
            ("收入合计500万元，拨款500万元，占120%。", []),
            ("收入合计500万元。其中：拨款300万元，占60%。", []),
            ("收入合计500万元。工作有序开展。拨款300万元，占收入合计的65%。", ["NARR-004"]),
            ("收入合计500万元。工作有序开展。拨款300万元，占65%。", []),
            ("收入合计500万元，支出合计400万元。其中：拨款300万元，占65%。", []),
            ("上年收入500万元，税收300万元，占65%。", []),
            ("收入500万元，税收300户，占65%。", []),
            ("收入500万元，支出400万元，税收300万元，占65%。", []),
            ("收入500万元，支出400万元，税收300万元，占收入的65%。", ["NARR-004"]),
            ("收入500万元，支出400万元，税收300万元，占支出的75%。", []),
        ],
    )
    def test_a_share_is_of_the_whole_that_is_named_or_of_the_only_one(self, text: str, expected: list[str]) -> None:
        assert rules(text) == rules(in_yuan(text)) == expected


def test_the_total_of_one_account_is_that_of_all_only_where_the_figures_bear_it_out() -> None:
    text = "2030年财政拨款支出总计1870.91万元，增长5%。\n2030年一般公共预算支出1264.92万元，占本年支出合计的{}。\n"

    assert rules(text.format("31.45%")) == []
    assert rules(text.format("67.61%")) == []
    assert rules(f"本年支出合计4022.00万元。\n{text.format('31.45%')}") == []
    assert rules(f"本年支出合计4022.00万元。\n{text.format('34.15%')}") == ["NARR-004"]


@pytest.mark.parametrize("first", ["一般公共服务支出", "公共安全支出", "中共党史宣传支出"])
def test_what_is_public_is_no_sum_of_all(first: str) -> None:
    text = (
        f"1、{first}534.06万元，占总支出的9.76%。\n2、教育支出5.08万元，占总支出的0.09%。\n"
        "3、住房保障支出267.27万元，占总支出的4.88%。\n"
    )

    assert rules(text) == []
    assert rules(f"全年总支出5473.20万元。\n{text}") == []
    assert rules(f"全年总支出5473.20万元。\n{text.replace('4.88%', '4.98%')}") == ["NARR-004"]


AUDITS = "审计了6个部门的预算执行，抽查资金14.8亿元。\n审计了17个乡镇的资金使用，资金闲置{}万元，占抽查资金的{}%。"


@pytest.mark.parametrize(
    ("idle", "share", "expected"),
    [
        ("1150.5", "9.2", []),
        ("11505", "7.8", []),
        ("11505", "8.7", ["NARR-004"]),
        ("11505", "0.78", ["NARR-004"]),
    ],
)
def test_a_whole_of_another_paragraph_may_only_have_the_same_name(idle: str, share: str, expected: list[str]) -> None:
    assert rules(AUDITS.format(idle, share)) == expected
