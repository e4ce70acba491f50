"""Parts that each tell their share, in one sentence or in several."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.rules.narrative.telling import read, rules, stated, words
from validator.rules.narrative.distributions import distributions, not_evened_out
from validator.rules.narrative.rates import rates

PARTS = ("咨询500件，占62.5%", "求助200件，占25%", "投诉100件，占12.5%")
EVENED_OUT = (
    "支出合计2200.40万元，其中基本支出1000.00万元，占总支出的{}，项目支出1188.40万元，占总支出的54.00%，"
    "经营支出12.00万元，占总支出0.54%。"
)


def shares(text: str) -> list[tuple[str, object, object]]:
    """Return each share with its part and its whole, and what is held to the parts besides."""
    return [
        (str(names["rate"]), names["numerators"], names["denominators"])
        if kind == "rate"
        else (kind, names.get("total", names.get("whole")), names["parts"])
        for kind, names in stated(distributions(read(text), set(), words()))
    ]


@pytest.mark.parametrize("order", list(permutations(PARTS)))
@pytest.mark.parametrize(("lead", "whole"), [("诉求800件。", ["800件"]), ("", None)])
def test_shares_are_of_the_whole_before_them_or_of_their_sum(
    lead: str, whole: list[str] | None, order: tuple[str, ...]
) -> None:
    parts = [one.partition("，")[0][2:] for one in order]
    told = [one.partition("占")[2] for one in order]

    assert shares(f"{lead}{'；'.join(order)}。") == [
        (share, [part], whole or parts) for share, part in zip(told, parts, strict=True)
    ]


def test_the_one_that_is_off_is_held_to_the_whole_of_the_others() -> None:
    text = f"诉求800件。{'；'.join(PARTS)}。"

    assert rules(text) == []
    assert rules(text.replace("12.5%", "13.5%")) == ["NARR-004"]
    assert ("13.5%", ["100件"], ["800件"]) in shares(text.replace("12.5%", "13.5%"))


def test_two_to_a_hundredth_of_a_percent_are_of_their_sum_where_one_is() -> None:
    text = "安排产业26602万元，占比{}%，安排设施26441.61万元，占比{}%。"

    assert (
        rules(text.format("50.15", "49.85")) == rules(text.format("30.16", "29.91")) == rules(text.format("50.2", "47.8")) == []
    )
    assert rules(text.format("50.15", "47.85")) == rules(text.format("51.15", "49.85")) == ["NARR-004"]


def test_shares_may_go_on_in_the_sentences_that_follow() -> None:
    text = f"诉求800件。{'。'.join(PARTS)}。"

    assert [share for share, _, _ in shares(text)] == ["62.5%", "25%", "12.5%"]


@pytest.mark.parametrize("last", ["30%", "31%"])
def test_as_many_shares_behind_as_many_parts_are_told_in_their_order(last: str) -> None:
    parts = ["2亿元", "5亿元", "3亿元"]

    assert shares(f"甲、乙、丙分别为2亿元、5亿元、3亿元，占总额的20%、50%和{last}。") == [
        ("20%", ["2亿元"], parts), ("50%", ["5亿元"], parts), (last, ["3亿元"], parts),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "咨询500件，占62.5%。",
        "咨询500件，占62.5%；求助200件，占45%。",
        "上年咨询500件，占62.5%；上年求助200件，占25%；上年投诉100件，占12.5%。",
        "甲、乙、丙分别为2亿元、5亿元、3亿元，占各自申请额的20%、50%和30%。",
        "甲、乙分别为2亿元、5亿元，占总额的20%、50%和30%。",
    ],
)
def test_shares_that_leave_a_doubt_about_their_whole_are_held_to_nothing(text: str) -> None:
    assert shares(text) == []


@pytest.mark.parametrize(
    ("total", "kind"), [("总计900件", "rest"), ("总计700件", "part"), ("总计1200件", None), ("办理900件", None)]
)
def test_a_total_whose_parts_are_all_of_another_by_their_shares_is_told(total: str, kind: str | None) -> None:
    found = [one for one in shares(f"诉求{total}。{'；'.join(PARTS)}。") if not one[0].endswith("%")]

    assert found == ([(kind, total[2:], ["500件", "200件", "100件"])] if kind else [])


@pytest.mark.parametrize(
    "lead", ["诉求总计900件。按期答复。群众满意。", "2022年诉求总计900件。", "诉求总计900件。第一类2件，第二类3件。第三类4件。"]
)
def test_a_total_of_another_year_or_far_above_is_another(lead: str) -> None:
    year = "2023年" if "年" in lead else ""

    assert [one for one in shares(f"{lead}{year}{'；'.join(PARTS)}。") if not one[0].endswith("%")] == []


def test_a_share_that_is_told_already_is_not_told_again() -> None:
    passages = read(f"诉求800件。{'；'.join(PARTS)}。")
    first = passages[0].claims[2].fact.pointer.path

    assert [names["rate"] for _, names in stated(distributions(passages, {first}, words()))] == ["25%", "12.5%"]


def test_shares_that_are_evened_out_to_a_hundred_are_left_alone() -> None:
    assert rules(EVENED_OUT.format("45.46%")) == []
    assert "NARR-004" in rules(EVENED_OUT.format("45.64%"))


def test_of_rates_only_those_evened_out_are_taken_away() -> None:
    evened = list(rates(read(EVENED_OUT.format("45.46%")), words()))
    wrong = list(rates(read(EVENED_OUT.format("45.64%")), words()))

    kept = list(not_evened_out(evened))

    assert [names["rate"] for _, names in stated(found for found in evened if found not in kept)] == [
        "45.46%",
        "54.00%",
        "0.54%",
    ]
    assert list(not_evened_out(wrong)) == wrong


def test_a_whole_that_is_held_to_its_parts_is_not_held_to_them_again_for_their_shares() -> None:
    text = "支出合计460.06万元，其中：基本支出380.17万元，占83%；项目支出80万元，占17%；经营支出0万元，占0%；补助0万元，占%。"

    assert rules(text) == ["NARR-001"]
    assert rules(text.replace("460.06", "460.17")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三镇分别投入100万元、150万元、250万元，占总投入的35%、30%、50%。", ["NARR-004"]),
        ("三镇分别投入100万元、150万元、250万元，占20%、30%、50%。", []),
        ("三镇分别投入100万元、150万元、250万元，占12%、35%、50%。", []),
        ("按年龄，青年40人，占45%；中年45人，占45%；老年15人，占15%。按学历，本科70人，占70%；大专30人，占30%。", ["NARR-004"]),
    ],
)
def test_all_but_one_of_three_say_what_the_shares_are_of(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发放问卷200份，回收140份。其中满意100份，占52.63%；一般80份，占42.11%；不满意10份，占5.26%。", ["NARR-003"]),
        ("对11个项目开展自评，涉及资金2400万元。其中优秀9个，占75%；良好3个，占25%。", ["NARR-003"]),
        ("对12个项目开展自评，涉及资金2400万元。其中优秀9个，占75%；良好3个，占25%。", []),
        ("全年完成投资24亿元，完成计划25亿元的96%，其中政府9.6亿元，占40%，社会14.4亿元，占60%。", []),
        ("受理诉求600件，办结594件，办结率99%，其中咨询300件，占50%，求助200件，占33.33%，投诉100件，占16.67%。", []),
    ],
)
def test_the_whole_that_a_list_is_opened_of_is_held_to_parts_that_are_all_by_their_shares(
    text: str, expected: list[str]
) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("受理诉求6000件，其中重复2000件；有效件咨询3000件，占75%，求助1000件，占25%。", []),
        ("受理诉求6000件，其中咨询3000件，占75%，求助1000件，占25%。", ["NARR-004"]),
        ("受理诉求6000件，其中重复2000件；有效件咨询3000件，占65%，求助1000件，占25%。", ["NARR-004"]),
    ],
)
def test_shares_of_their_own_sum_are_of_no_whole_with_another_before_them(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


def test_words_between_a_whole_and_a_list_bring_up_another_whole() -> None:
    assert rules("基金支出1000万元，其中待遇支出按险种：职工540万元，占60%，居民360万元，占40%。") == []


def test_shares_that_come_nearer_to_a_hundred_with_one_more_are_not_all_of_them() -> None:
    text = (
        "1、公共安全支出534.06万元，占总支出的9.76%。\n2、城乡社区支出2539.12万元，占总支出的46.39%。\n"
        "3、农林水支出2390.81万元，占总支出的43.68%。\n4、防灾支出8万元，占总支出的0.15%。\n5、其他支出1万元，占总支出的0.02%。\n"
    )

    assert rules(text) == []
    assert rules(text.replace("46.39%", "46.93%")) == ["NARR-004"]
