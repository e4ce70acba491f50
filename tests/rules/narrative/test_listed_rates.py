"""Rates over lists that stand in the same order, and amounts that a rate of an earlier amount gives."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import in_yuan, passage, rules, stated, words
from validator.rules.narrative.listed_rates import listed_rates, portions

LISTS = "预算分别为100万元、80万元，支出分别为90万元、40万元，执行率分别为90%、{}。"


def listed(text: str) -> list[tuple[object, object, object]]:
    one = passage(text)
    found = stated(listed_rates(one, one.claims, words()))
    return [(names["rate"], names["numerators"], names["denominators"]) for _, names in found]


def given_by(text: str) -> list[tuple[object, object, object]]:
    one = passage(text)
    found = stated(
        place
        for n, (_, claims) in enumerate(one.by_sentence)
        for place in portions(one, one.by_sentence[n - 1][1] if n else (), claims, words())
    )
    return [(names["rate"], names["numerators"], names["denominators"]) for _, names in found]


@pytest.mark.parametrize("last", ["50%", "60%"])
@pytest.mark.parametrize("text", [LISTS, "支出分别为90万元、40万元，预算分别为100万元、80万元，执行率分别为90%、{}。"])
def test_each_rate_is_of_the_figures_in_its_place(text: str, last: str) -> None:
    assert listed(text.format(last)) == [("90%", ["90万元"], ["100万元"]), (last, ["40万元"], ["80万元"])]


@pytest.mark.parametrize(
    "text",
    [
        LISTS.format("60%").replace("、80万元", "").replace("分别为100", "为100"),
        LISTS.format("60%").replace("90%、", "80%、"),
        LISTS.format("60%").replace("80万元", "80户"),
        LISTS.format("60%、70%"),
        LISTS.format("60%").replace("100万元、80万元", "0万元、0万元"),
        LISTS.format("60%").replace("，支出分别为", "，到位分别为100万元、80万元，支出分别为"),
    ],
    ids=["no list", "none agrees", "of another kind", "more rates", "over nothing", "three lists"],
)
def test_lists_that_do_not_go_together_are_left_alone(text: str) -> None:
    assert listed(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总额1280万元，预付30%即394万元。", [("30%", ["394万元"], ["1280万元"])]),
        ("成本100万元，补贴比例70%，应补80万元。", [("70%", ["80万元"], ["100万元"])]),
        ("总额1280万元，另付200万元，预付30%即394万元。", []),
        (
            "总保费80万元，中央财政补贴40%为36万元，省级财政补贴25%为20万元。县级财政补贴10%为8万元。",
            [("40%", ["36万元"], ["80万元"]), ("25%", ["20万元"], ["80万元"]), ("10%", ["8万元"], ["80万元"])],
        ),
        ("总投资80万元，贷款40万元，省级补助25%为20万元。", []),
        ("总投资80万元，年利率5%为2万元。", []),
        ("总投资80万元，省级补助25%，县级20万元。", []),
        ("总投资80万元。按要求办理。省级补助25%为20万元。", []),
        ("总额300万元，预付30%即394万元。", []),
        ("总额1280户，预付30%即394万元。", []),
        ("总额1280万元，预付30%，尾款394万元。", []),
        ("总额1280万元，预付约30%即394万元。", []),
        ("预付30%即394万元。", []),
    ],
)
def test_an_amount_that_a_rate_gives_is_of_the_only_amount_before(text: str, expected: object) -> None:
    assert given_by(text) == expected


def test_an_instalment_is_no_whole_of_the_next() -> None:
    text = "合同金额1280万元，预付30%即384万元，初验后支付40%即521万元。"

    assert given_by(text) == [("30%", ["384万元"], ["1280万元"]), ("40%", ["521万元"], ["1280万元"])]


@pytest.mark.parametrize(
    "text", [LISTS.format("50%"), "总额1280万元，预付30%即384万元。", "成本100万元，补贴比例70%，应补70万元。"]
)
def test_what_follows_is_silent_in_any_unit(text: str) -> None:
    assert rules(text) == rules(in_yuan(text)) == []
