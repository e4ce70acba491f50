"""What is made of its parts is all of them; what was spent on one thing after the other is no more than there was."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import claims, findings, rules, shows, words, written
from validator.rules.narrative.composed import composed

MADE = "项目总投资{}万元，由中央资金320.2万元、省级资金350.1万元、县级配套200.2万元组成。"
SPENT = "全年拨付资金{}万元，用于设备购置300.25万元，用于人员培训250.1万元，用于宣传106万元。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MADE.format("920.5"), [("total", "920.5万元", ["320.2万元", "350.1万元", "200.2万元"])]),
        (
            MADE.replace("、县级配套", "和县级配套").format("520.5"),
            [("total", "520.5万元", ["320.2万元", "350.1万元", "200.2万元"])],
        ),
        (MADE.replace("组成", "三部分构成").format("920.5"), [("total", "920.5万元", ["320.2万元", "350.1万元", "200.2万元"])]),
        (SPENT.format("556.35"), [("part", "556.35万元", ["300.25万元", "250.1万元", "106万元"])]),
        (MADE.format("870.5"), []),
        (SPENT.format("956.35"), []),
        (SPENT.replace("。", "，用于其他150.2万元。").format("956.35"), []),
    ],
)
def test_parts_right_behind_their_whole_are_held_to_it(text: str, expected: object) -> None:
    assert written(composed(claims(text), words())) == expected


@pytest.mark.parametrize(
    ("text", "right", "wrong", "rule"),
    [(MADE, "870.5", "820.5", "NARR-001"), (MADE, "870.5", "970.5", "NARR-001"), (SPENT, "656.35", "556.35", "NARR-003")],
)
def test_a_wrong_whole_is_told(text: str, right: str, wrong: str, rule: str) -> None:
    planted = text.format(wrong)

    assert rules(text.format(right)) == []
    assert [found.rule for found in findings(planted)] == [rule]
    assert shows(findings(planted), planted, f"{wrong}万元")


@pytest.mark.parametrize(
    "text",
    [
        MADE.replace("组成", "等组成").format("920.5"),
        MADE.replace("组成", "分别承担").format("920.5"),
        MADE.replace("由中央资金320.2万元", "由上年的320.2万元").format("920.5"),
        MADE.replace("200.2万元", "约200万元").format("920.5"),
        MADE.format("4920.5"),
        "项目总投资920.5万元，由一标段32公里、二标段15公里组成。",
        "项目总投资920.5万元。由中央资金320.2万元、省级资金350.1万元组成的专项资金用于道路。",
        SPENT.replace("，用于宣传", "，另有宣传").format("450.35"),
        SPENT.replace("用于人员培训250.1万元", "用于人员培训，支出250.1万元").format("556.35"),
        SPENT.replace("250.1万元", "2501人").format("256.35"),
    ],
    ids=[
        "some of it",
        "who pays",
        "last year",
        "an estimate",
        "far more",
        "other units",
        "another sentence",
        "more",
        "spent",
        "people",
    ],
)
def test_what_is_not_made_of_its_parts_is_held_to_nothing(text: str) -> None:
    assert written(composed(claims(text), words())) == []
    assert rules(text) == []
