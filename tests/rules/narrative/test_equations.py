"""Calculations that a text writes out, and what only looks like one."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import read, rules, stated
from validator.rules.narrative.equations import equations


def formulas(text: str) -> list[tuple[str, object, object]]:
    return [
        (kind, names.get("stated") or names["total"], names.get("formula")) for kind, names in stated(equations(read(text), ()))
    ]


def test_an_expression_gives_its_result() -> None:
    text = "预算执行率=（支出数412.5万元/预算数440万元）×100%=93.75%。"
    assert formulas(text) == [("equation", "=93.75%", "(支出数412.5万元/预算数440万元)×100%")]
    assert rules(text) == []
    assert rules(text.replace("93.75", "97.35")) == ["NARR-028"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("预算调整率=（调整后440.5-年初400）/年初400×100%=10.13%", "10.31%"),
        ("完成率＝（0＋320＋45.6－13.2）／（0＋320＋45.6）×100％＝96.39％", "93.69%"),
        ("控制率=实际支出85.6万元÷预算安排92万元×100%=93.04%", "90.34%"),
        ("结余=440.5-412.3=28.2万元", "22.8万元"),
        ("总分=10+48+29+9.5=96.5分", "95.6分"),
        ("补助资金=120×2.5=300万元", "320万元"),
        ("补助标准2.1万元/户×118户=247.8万元", "274.8万元"),
        ("补助资金118户×每户2.1万元=247.8万元", "274.8万元"),
        ("60人×150元/人×3天=27000元", "17000元"),
        ("60人×1500元/人=9万元", "8万元"),
        ("1200亩×450元/亩=54万元", "45万元"),
        ("合计84万元(120户×0.7万元/户=84万元)", "48万元)"),
        ("4个站点×35.5万元=142万元", "124万元"),
    ],
)
def test_a_wrong_result_is_found(right: str, wrong: str) -> None:
    assert rules(right) == []
    assert rules(right.rpartition("=" if "=" in right else "＝")[0] + "=" + wrong) != []


@pytest.mark.parametrize(
    "text",
    [
        "执行率=支出数/预算数×100%=95%。",
        "执行率=412.5/400+40×100%=93.75%。",
        "下降率=（320-400）/400×100%=20%。",
        "人均=412.5万元/82人=5.03万元。",
        "得分=93.75%×10=9.4分。",
        "比例为3:1，合计=20%。",
        "2021-2023年执行率=95%。",
        "(120+80)×2.5=500万元。",
        "60人×3元×2万元=6万元。",
        "200人×3次=700人次。",
        "1200公里×450元/亩=45万元。",
    ],
)
def test_what_is_no_plain_calculation_is_left_alone(text: str) -> None:
    assert formulas(text) == []
