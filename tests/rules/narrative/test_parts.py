"""Which figures of a list may be parts of which whole."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import claims, passage, rules, texts, words
from validator.rules.narrative.parts import (
    claims_before,
    is_candidate,
    is_compared,
    matched,
    parts_of,
    several_roles,
    sided,
    wholes_before,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("支出100万元，道路60万元，桥梁40万元。", ["60万元", "40万元"]),
        ("支出100万元，道路60万元，桥梁40万元，合计100万元，绿化5万元。", ["60万元", "40万元"]),
        ("支出100万元，上年道路60万元，桥梁40万元。", ["40万元"]),
        ("支出100万元，道路12公里，60万元，桥梁40万元。", ["60万元", "40万元"]),
        ("支出100万元，工程费80万元，已支出76万元，设备20万元。", ["80万元", "20万元"]),
        ("预算100万元，道路60万元，支出50万元。", ["60万元"]),
        ("收入100万元，道路60万元，支出50万元，绿化3万元。", ["60万元", "3万元"]),
        ("资金100万元，管理费3万元，目前资金已拨付98万元。", ["3万元"]),
        ("资金100万元，一期已支付60万元，目前二期已支付40万元。", ["60万元", "40万元"]),
        ("目标100户，甲目标60户，乙实际50户。", ["60户"]),
        ("设备100台，线上20台，回收19台，线下10台，回收9台。", ["20台", "10台"]),
        ("资金100万元，道路60万元，完成预算30万元的95%，桥梁40万元。", ["60万元", "40万元"]),
        ("面积100亩，永久基本农田40亩，水田30亩，占永久基本农田的75%，旱地60亩。", ["40亩", "60亩"]),
        ("支出100万元，道路约60万元，桥梁40万元。", ["40万元"]),
        ("支出100万元，道路60万元；收入300万元，桥梁40万元。", ["60万元"]),
    ],
)
def test_a_list_is_read_up_to_what_is_no_part(text: str, parts: list[str]) -> None:
    whole, *listed = claims(text)

    assert texts(parts_of(whole, listed, words())) == parts


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("目标100户，实际50户。", True),
        ("预算100万元，支出50万元。", True),
        ("预算100万元，预算50万元。", False),
        ("目标100户，支出50万元。", False),
    ],
)
def test_budget_and_execution_are_told_side_by_side(text: str, *, roles: bool) -> None:
    assert several_roles(claims(text)) is roles


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("支出100万元。", True),
        ("上年支出100万元。", False),
        ("约100人。", False),
        ("满意度95%。", False),
        ("服务3个月。", False),
    ],
)
def test_only_what_can_be_added_up_and_is_of_this_year_is_a_whole_or_a_part(text: str, *, candidate: bool) -> None:
    (claim,) = claims(text)

    assert is_candidate(claim, words()) is candidate


def test_a_figure_that_another_is_compared_with_is_known() -> None:
    one = passage("比2022年的640亩增加，种植700亩。")

    assert [is_compared(claim, one, words()) for claim in one.claims] == [True, False]


def test_the_last_claims_before_a_place_are_returned_in_their_order() -> None:
    one = passage("甲1人，乙2人，丙3人。")

    assert texts(claims_before(one, one.claims[2].start)) == ["1人", "2人"]
    assert texts(claims_before(one, 0)) == []


class TestWholes:
    def wholes(self, text: str, *, planned: bool = False) -> list[str]:
        one = passage(text)
        start = one.text.index("其中")
        first = next(claim for claim in one.claims if claim.start > start)
        return texts(wholes_before(one, start, first.sentence, first, words(), planned=planned))

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("收入50万元，支出100万元，其中道路60万元。", ["100万元", "50万元"]),
            ("职工30人，支出100万元，其中道路60万元。", ["100万元"]),
            ("上年支出90万元，支出100万元，其中道路60万元。", ["100万元"]),
            ("支出100万元（设备20万元），其中道路60万元。", ["100万元"]),
            ("支出100万元。其中道路60万元。", ["100万元"]),
            ("支出100万元。进展顺利。其中道路60万元。", ["100万元"]),
            ("支出100万元。进展顺利。成效显著。其中道路60万元。", []),
            ("支出100万元。支出约120万元，其中道路60万元。", []),
            ("支出100万元。执行率95%，其中道路60万元。", []),
            ("支出100万元。支出（约120万元）到位，其中道路60万元。", ["100万元"]),
            ("支出100万元。约120人参与，其中道路60万元。", ["100万元"]),
            ("2022年支出90万元，2023年支出100万元，其中道路60万元。", ["100万元", "90万元"]),
            ("2023年支出100万元，2022年支出90万元，其中道路60万元。", ["100万元", "90万元"]),
        ],
    )
    def test_the_nearest_of_the_kind_and_the_year_comes_first(self, text: str, expected: list[str]) -> None:
        assert self.wholes(text) == expected

    def test_what_was_planned_is_no_part_of_what_was_done(self) -> None:
        text = "预算100万元，支出90万元，其中道路60万元。"

        assert self.wholes(text) == ["90万元", "100万元"]
        assert self.wholes(text, planned=True) == ["100万元"]

    def test_the_parts_of_income_are_parts_of_no_balance(self) -> None:
        assert self.wholes("收入100万元，累计结余80万元，其中利息收入60万元。") == ["100万元"]


class TestMatched:
    def matched(self, text: str, count: int, *, nested: bool = False) -> list[tuple[str, list[str], str]]:
        told = claims(text)
        return [
            (whole.fact.text, texts(parts), kind)
            for whole, parts, kind in matched(told[:count][::-1], told[count:], words(), nested=nested)
        ]

    def test_the_whole_that_the_parts_add_up_to_is_the_one_meant(self) -> None:
        assert self.matched("收入100万元，支出90万元，道路60万元，桥梁40万元。", 2) == [
            ("100万元", ["60万元", "40万元"], "narrative.total")
        ]

    def test_parts_that_add_up_are_not_more_than_needed(self) -> None:
        assert self.matched("收入100万元，道路60万元，桥梁40万元，绿化7万元。", 1) == [
            ("100万元", ["60万元", "40万元"], "narrative.total")
        ]

    def test_else_the_nearest_has_all_of_them_without_a_verdict(self) -> None:
        assert self.matched("收入200万元，支出120万元，道路60万元，桥梁40万元。", 2) == [("120万元", ["60万元", "40万元"], "")]

    def test_budget_and_execution_told_side_by_side_have_wholes_of_their_own(self) -> None:
        text = "预算300万元，支出290万元，中央预算200万元，支出195万元，地方预算100万元，支出{}万元。"

        assert self.matched(text.format(95), 2) == [
            ("300万元", ["200万元", "100万元"], "narrative.total"),
            ("290万元", ["195万元", "95万元"], "narrative.total"),
        ]
        assert self.matched(text.format(96), 2)[1] == ("290万元", ["195万元", "96万元"], "narrative.total")

    def test_a_total_behind_parts_takes_what_it_adds_to_the_whole(self) -> None:
        text = "中央300万元，道路100万元，桥梁150万元，省级250万元，合计550万元。"

        assert self.matched(text, 1) == [("300万元", ["100万元", "150万元"], "")]


@pytest.mark.parametrize(
    ("text", "expected"), [("收支总计500万元。收入包括：税收。", True), ("收支总计500万元。道路包括：税收。", False)]
)
def test_a_list_of_one_side_of_an_account_is_known(text: str, *, expected: bool) -> None:
    one = passage(text)

    assert sided(one, one.text.index("包括"), words()) is expected


@pytest.mark.parametrize(
    "text",
    [
        "总支出500万元，其中项目支出300万元，其中设备采购200万元、培训100万元；基本支出200万元。",
        "收入100万元。其中：统筹收入60万元（含利息2万元），个人账户收入40万元。",
        "预算数300万元，执行数290万元。其中中央资金预算数200万元，执行数195万元；地方资金预算数100万元，执行数95万元。",
    ],
)
def test_lists_within_lists_are_told_apart(text: str) -> None:
    assert rules(text) == []


THREE = "“三公”经费预算为3.1万元。其中：公务接待费预算为3.1万元，公务用车费预算为0万元。"


def test_what_a_sentence_lists_itself_is_no_whole_of_the_next() -> None:
    assert rules(f"{THREE}具体情况如下：(一)公务接待费支出3.1万元，比上年减少0.2万元。") == []
    assert rules(f"{THREE}具体如下：公务接待费支出3.1万元。") == []
    assert rules(f"{THREE}具体情况如下：(一)公务接待费支出3.1万元，比上年减少0.2万元。(二)公务用车费支出0万元。") == []
    assert "NARR-001" in rules(THREE.replace("预算为3.1万元，", "预算为2.1万元，"))


def test_a_single_part_may_be_the_whole_of_the_next_sentence() -> None:
    text = "资金100万元，其中：道路60万元。其中：东路40万元，西路20万元。"

    assert rules(text) == []
    told = passage(text)
    start = text.index("东路")
    wholes = wholes_before(told, start, 1, next(c for c in told.claims if c.start > start), words(), planned=False)
    assert [c.fact.text for c in wholes] == ["60万元", "100万元"]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            "编制144人，年末实有{}人，其中在职人员143人，离休1人，退休122人。",
            "266",
            "286",
        ),
        (
            "设{}个绩效指标，包括23个数量指标、2个质量指标、1个时效指标、1个成本指标、1个经济指标、1个社会指标、1个生态指标、3个满意度指标。",
            "33",
            "31",
        ),
    ],
)
def test_the_first_of_a_list_add_up_to_a_whole_by_chance_where_the_rest_are_of_the_kind(
    text: str, right: str, wrong: str
) -> None:
    assert rules(text.format(right)) == []
    assert rules(text.format(wrong)) != []


@pytest.mark.parametrize(
    "text",
    [
        "编制144人，年末实有266人，其中在职143人，借调1人；退休人员中党员122人。",
        "现有教师31人，其中男20人、女11人、党员15人、团员3人、研究生8人、骨干2人。",
        "共采购31批，其中货物20批、服务11批，另有进口3批、急需2批、零星1批。",
    ],
)
def test_the_first_of_a_list_may_be_all_of_it_where_the_rest_are_of_another_kind(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下达资金111万元，其中低保资金100万元，孤儿资金11万元，调减40万元，实际下达71万元。", []),
        ("下达资金101万元，其中低保资金100万元，孤儿资金11万元，调减40万元，实际下达61万元。", ["NARR-003"]),
        ("压减支出111万元，其中调减培训费100万元，调减会议费11万元。", []),
    ],
)
def test_what_was_cut_back_behind_a_list_is_no_part_of_it(text: str, expected: list[str]) -> None:
    assert rules(text) == expected
