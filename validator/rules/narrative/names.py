"""What the places of prose bind: English name, Chinese name, type, whether it is a list."""

from __future__ import annotations

from collections.abc import Mapping

_TEXTS = {"clause": ("原文", "text", False), "noun": ("名称", "text", False)}
_COMPUTED = {
    "stated": ("填列数", "any", False), "computed": ("计算数", "any", False), "formula": ("算式", "text", False), **_TEXTS,
}  # fmt: skip
_TWICE = {"one": ("甲", "any", False), "other": ("乙", "any", False), "place": ("另一处", "text", False), **_TEXTS}
_SUM = {"total": ("合计", "any", False), "parts": ("各项", "any", True), **_TEXTS}

NAMES: Mapping[str, Mapping[str, tuple[str, str, bool]]] = {
    "narrative.total": _SUM,
    "narrative.rest": _SUM,
    "narrative.part": {"whole": ("整体", "any", False), "parts": ("各项", "any", True), **_TEXTS},
    "narrative.rate": {
        "rate": ("比率", "any", False), "numerators": ("分子", "any", True), "denominators": ("分母", "any", True), **_TEXTS,
    },
    "narrative.growth": _COMPUTED,
    "narrative.change": _COMPUTED,
    "narrative.changes": _COMPUTED,
    "narrative.balance": _COMPUTED,
    "narrative.product": _COMPUTED,
    "narrative.equation": _COMPUTED,
    "narrative.score": _COMPUTED,
    "narrative.scores": _COMPUTED,
    "narrative.points": {"score": ("得分", "any", False), "points": ("分值", "any", False), **_TEXTS},
    "narrative.executed": {
        "score": ("得分", "any", False), "points": ("分值", "any", False), "rate": ("执行率", "any", False), **_TEXTS,
    },
    "narrative.grade": {"score": ("得分", "any", False), "grade": ("等级", "any", False), **_TEXTS},
    "narrative.deductions": {"score": ("自评得分", "any", False), "deductions": ("扣分", "any", True), **_TEXTS},
    "narrative.shares": {"parts": ("各项", "any", True), **_TEXTS},
    "narrative.months": {
        "stated": ("填列数", "any", False), "balance": ("累计结余", "any", False), "spending": ("当年支出", "any", False),
        "monthly": ("月均支出", "any", False), "last_month": ("末月支出", "any", False),
        "planned": ("次年预算支出", "any", False), "one_month": ("一个月", "any", False), **_TEXTS,
    },
    "narrative.same": _TWICE,
    "narrative.figure": {**_TWICE, "again": ("又写", "any", True)},
    "narrative.funds": _TWICE,
    "narrative.target": {
        "actual": ("实际值", "any", False), "target": ("目标值", "any", False), "statement": ("说法", "text", False), **_TEXTS,
    },
    "narrative.deviation": {
        "rate": ("执行率", "any", False), "statement": ("说法", "any", False), "rates": ("其他执行率", "any", True), **_TEXTS,
    },
    "narrative.unspent": {"rate": ("完成率", "any", False), "spent": ("支出", "any", False), **_TEXTS},
    "narrative.cap": {
        "score": ("自评得分", "any", False), "rate": ("执行率", "any", False), "rates": ("其他执行率", "any", True), **_TEXTS,
    },
    "narrative.filled": {"target": ("目标值", "any", False), "actual": ("实际值", "any", False), **_TEXTS},
    "narrative.limit": {"balance": ("余额", "any", False), "limit": ("限额", "any", False), **_TEXTS},
    "narrative.heads": {"groups": ("组数", "any", False), "people": ("人数", "any", False), **_TEXTS},
    "narrative.listed": {"number": ("个数", "any", False), "listed": ("列名数", "any", False), **_TEXTS},
    "narrative.garbled": {"figure": ("写法", "any", False), **_TEXTS},
    "narrative.year": {"deadline": ("期限", "any", False), "year": ("年度", "number", False), **_TEXTS},
}  # fmt: skip


def known_names(place: str) -> dict[str, tuple[str, bool]] | None:
    """Return the names that a place binds, each with its type and whether it is a list; None for an unknown place."""
    names = NAMES.get(place)
    if names is None:
        return None
    return {name: (kind, many) for english, (chinese, kind, many) in names.items() for name in (english, chinese)}


def bound(place: str, values: Mapping[str, object]) -> dict[str, object]:
    """Return values under their English and their Chinese names."""
    names: dict[str, object] = {}
    for english, (chinese, _, _) in NAMES[place].items():
        if english in values:
            names[english] = names[chinese] = values[english]
    return names
