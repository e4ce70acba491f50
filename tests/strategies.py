"""Hypothesis strategies: valid things of this domain, and pools of awkward ones."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from validator.facts.lexicon import load_lexicon
from validator.model.quantity import Quantity, Unit

LEXICON = load_lexicon(Path(__file__).resolve().parent.parent / "rulesets" / "common" / "lexicon.yaml")

UNIT_NAMES = (
    "元", "万元", "亿元", "千元", "百万元", "%", "个百分点", "‰", "分", "家", "人", "人次", "万人次", "户", "个", "件", "次",
    "期", "场", "例", "笔", "条", "台", "套", "项", "批次", "亩", "万亩", "公里", "平方米", "吨", "千克", "分钟", "小时", "天",
    "工作日", "个月", "元/亩", "万元/公里", "元/人、天",
)  # fmt: skip
KINDS = (
    "",
    "label",
    "group",
    "name",
    "text",
    "amount",
    "percent",
    "points",
    "target",
    "actual",
    "comparator",
    "unit",
    "number",
)
AWKWARD = (
    "0123456789０９.,，．%％‰≥≧≤≦><=＞＝-−—~～至到 \u3000\xa0\n/:：1Ee+¥*()（）[]"
    "万亿千百十元人次个分年月日底前家约近余多左右以上内含不低于超过一二三两零几数每"
)


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """Units that figures are written in."""
    unit = LEXICON.unit(draw(st.sampled_from(UNIT_NAMES)))
    assert unit is not None
    return unit


@st.composite
def quantities(draw: st.DrawFn, *, places: int = 4) -> Quantity:
    """Written figures with a unit, with and without thousands separators, up to so many decimals."""
    unit = draw(units())
    decimals = draw(st.integers(0, places))
    value = Decimal(draw(st.integers(-(10**12), 10**12))).scaleb(-decimals)
    separators = "," if draw(st.booleans()) else ""
    step = Decimal(0) if unit.exact and not decimals else Decimal(1).scaleb(-decimals)
    return Quantity(value, step, unit, f"{value:{separators}f}{unit.name}")


def awkward_texts() -> st.SearchStrategy[str]:
    """Texts made of the characters that figures are made of, seldom a figure."""
    return st.text(st.sampled_from(AWKWARD), max_size=24)
