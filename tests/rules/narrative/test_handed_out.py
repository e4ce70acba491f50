"""Things that came in and were handed out."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules
from validator.pipeline import check

CAME = "截至3月底，县红十字会接收甲公司捐赠手套300双，接收乙商会捐赠棉被120床；收到热心市民帐篷45顶；收到大米800袋。"
WENT = (
    "目前，300双手套已发放给一线人员；{}床棉被已分别发给东村{}床，西村{}床；"
    "45顶帐篷已分发给南镇25顶，北镇20顶；{}袋大米已送到敬老院。"
)


def told(text: str, rule: str) -> list[str]:
    report = check(text.encode(), name="a.txt")
    return [one.outcome.value for one in report.checks if one.rule == rule]


def test_each_lot_is_held_to_the_one_that_came_in_and_to_what_its_receivers_got() -> None:
    text = CAME + WENT.format(120, 70, 50, 800)
    assert rules(text) == []
    assert told(text, "NARR-013") == ["pass"] * 4
    assert told(text, "NARR-001") == ["pass"] * 2


@pytest.mark.parametrize("figures", [(130, 70, 50, 800), (120, 70, 50, 880)])
def test_more_than_came_in_is_found(figures: tuple[int, ...]) -> None:
    assert rules(CAME + WENT.format(*figures))


def test_receivers_get_no_more_than_there_is() -> None:
    assert rules("20台电脑已发放给甲校12台、乙校10台、丙校3台。") == ["NARR-001"]


@pytest.mark.parametrize(
    "text",
    [
        # less than came in may be what has been handed out so far
        CAME + WENT.format(100, 70, 30, 800),
        # not all receivers are told
        CAME + WENT.format(120, 70, 40, 800),
        # some of it was in stock
        CAME + WENT.format(120, 70, 50, 800).replace("800袋大米", "连同库存880袋大米"),
        # two lots are told otherwise: it is another matter
        CAME + WENT.format(130, 70, 60, 880),
        # few others are told alike
        "收到手套300双；收到大米800袋。300双手套已发给一线人员；880袋大米已送到敬老院。",
        # what a comma sets off is another thing
        "200套校服发给丙校120套、丁校70套，另有运动服30套。",
        # each of them got so many
        "600套校服已发放给甲校、乙校各600套的一半。",
        # received and handed on in one breath
        "接收口罩200只并发放给甲村150只、乙村50只；另有口罩220只发给丙村。",
    ],
)
def test_other_lots_accuse_nothing(text: str) -> None:
    assert rules(text) == []
