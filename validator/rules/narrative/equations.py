"""Calculations that a text writes out: 执行率=(352.4/365.6)×100%=96.39%.

Comes in: passages of claims. Goes out: places whose formula is the one that is written, and totals where it only adds. There
may be words around the number of an operand; an expression with anything else, or with several units, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.facts.claims import Claim, Passage
from validator.model.fact import Fact, Pointer
from validator.model.quantity import BARE, Quantity, Reading, State, Unit
from validator.rules.narrative.places import Found, place

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<percent>%?)|(?P<sign>[-+×*÷/()])|(?P<word>[^-+×*÷/()\d]+)"
)
_BREAK = re.compile(r"[。；;：:，、\n=]|,(?!\d{3}(?!\d))")
_TIMES_HUNDRED = re.compile(r"\s*[×*xX]\s*100\s*%\s*$")
_DIFFERENCE = re.compile(r"\(?(?P<first>\w+) - (?P<second>\w+)(?=\)|$)")
_SIGNS = {"×": "*", "*": "*", "÷": "/", "/": "/", "+": "+", "-": "-", "(": "(", ")": ")"}
_LONGEST = 160
_MOST = 16


class _Written(NamedTuple):
    """An expression: its formula, and what the names in it stand for."""

    formula: str
    operands: Mapping[str, Fact]


def equations(passages: Sequence[Passage], told: Collection[str]) -> Iterator[Found]:
    """Yield each result with the expression before its sign of equality, but for results that are `told` already."""
    for passage in passages:
        if not passage.prose or "=" not in passage.text:
            continue
        for claim in passage.claims:
            if passage.text[claim.start] != "=" or not claim.usable or claim.fact.pointer.path in told:
                continue
            found = _equation(passage, claim)
            if found is not None:
                yield found


def _equation(passage: Passage, result: Claim) -> Found | None:
    """Return a result with the expression that gives it."""
    low = max(0, result.start - _LONGEST)
    breaks = list(_BREAK.finditer(passage.text, low, result.start))
    start = breaks[-1].end() if breaks else low
    end = result.start
    start += _opened(passage.text[start:end])
    hundred = _TIMES_HUNDRED.search(passage.text, start, end)
    ratio = result.dimension == "ratio"
    written = _read(passage, start, hundred.start() if hundred else end, BARE if ratio else result.quantity.unit)
    if written is None or ratio != (_outside_brackets(written.formula) == "/") or (hundred is not None and not ratio):
        return None
    if _told_without_sign(written, result):
        return None
    if set(written.formula) & set("-*/("):
        names = {"stated": result.fact, "computed": None, "formula": passage.text[start:end].strip(), **written.operands}
        return Found("narrative.equation", place("narrative.equation", result, names, written.formula))
    parts = tuple(written.operands[name] for name in written.formula.split(" + "))
    return Found("narrative.total", place("narrative.total", result, {"total": result.fact, "parts": parts}, suffix="equation"))


def _opened(text: str) -> int:
    """Return where the text behind its last open bracket begins: 补助84万元(120户×0.7万元/户 is 120户×0.7万元/户."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth < 0:
            return at + 1
    return 0


def _outside_brackets(formula: str) -> str:
    """Return the signs that stand outside all brackets but those around everything; 352/320+45 may have lost its brackets."""
    depth, found, groups = 0, "", 0
    for char in formula:
        depth += (char == "(") - (char == ")")
        groups += char == ")" and not depth
        found += char if char in "-+*/" and not depth else ""
    return _outside_brackets(formula[1:-1]) if groups == 1 and not found else found


def _told_without_sign(written: _Written, result: Claim) -> bool:
    """Tell whether a difference is taken the wrong way round for a result that is told as how much: (3.2-3.6)/3.6=11%."""
    names = _DIFFERENCE.match(written.formula)
    if names is None or result.quantity.value < 0:
        return False
    less, more = (written.operands[name].quantity for name in (names["first"], names["second"]))
    return less is not None and more is not None and less.value < more.value


def _read(passage: Passage, start: int, end: int, unit: Unit) -> _Written | None:
    """Read an expression; None where it isn't one of numbers in one unit, or a product of one figure with plain numbers."""
    claims = {c.start: c for c in passage.claims if start <= c.start < end and c.usable}
    per = [range(c.start + 1, c.end) for c in claims.values() if c.kind == "price"]  # the sign in 万元/户 is no division
    tokens = [t for t in _TOKEN.finditer(passage.text, start, end) if not any(t.start() in span for span in per)]
    numbers = [token for token in tokens if token["number"]]
    if not 1 < len(numbers) <= _MOST or any(token["percent"] for token in numbers):
        return None
    signs = {_SIGNS[token["sign"]] for token in tokens if token["sign"]}
    factors = _factors([(token, claims.get(token.start())) for token in numbers], unit) if signs == {"*"} else {}
    if not factors:
        units = {_unit_behind(tokens, n) for n, token in enumerate(tokens) if token["number"]} - {""}
        multiplied = unit.factor != 1 and bool(signs & {"*", "/"})
        if multiplied or len(units) > 1 or (units and unit is not BARE and units != {unit.name}):
            return None
    step = min(_step(token["number"]) for token in numbers)
    names: dict[str, str] = {}
    operands: dict[str, Fact] = {}
    shape, formula = "", []
    for token in tokens:
        if token["word"]:
            shape += "" if token["word"].isspace() else "w"
        elif token["sign"]:
            sign = _SIGNS[token["sign"]]
            shape += sign
            formula.append(sign if sign in "()" else f" {sign} ")
        else:
            key = f"{token.start()}" if factors else token["number"]
            name = names.setdefault(key, f"数{len(names) + 1}")
            quantity = factors.get(token.start()) or _in_unit(token, unit, step)
            operands.setdefault(name, _operand(passage, token, quantity))
            shape += "n"
            formula.append(name)
    if not _is_expression(shape):
        return None
    return _Written("".join(formula), operands)


def _factors(numbers: Sequence[tuple[re.Match[str], Claim | None]], unit: Unit) -> dict[int, Quantity]:
    """Return the factors of a product by where they stand: one in the unit of its result, the others numbers of things.

    A figure of money, or a price, is told with its unit, 118户×2.1万元/户; among numbers without any it is the first.
    Nothing is returned where two are measured alike, or one in what is neither counted, nor time, nor what is paid for.
    """
    found: dict[int, Quantity] = {}
    measured = 0
    priced = {claim.per for _, claim in numbers if claim is not None and claim.per}
    for token, claim in numbers:
        quantity = claim.quantity if claim is not None else _in_unit(token, BARE, _step(token["number"]))
        name, _, per = quantity.unit.name.partition("/")
        if claim is not None and (per or quantity.unit.dimension == unit.dimension != ""):
            quantity = quantity._replace(unit=quantity.unit._replace(name=name, dimension=unit.dimension))
            measured += 1
        elif quantity.unit.dimension.partition(":")[0] in ("count", "time", "") or quantity.unit.name in priced:
            # 1.2万人 are 12000; 3天 are three, not so many seconds, and 1200亩 no square metres.
            scale = quantity.unit.factor if quantity.unit.dimension.startswith("count") else Decimal(1)
            step = Decimal(0) if quantity.value == int(quantity.value) else quantity.step * scale
            quantity = quantity._replace(value=quantity.value * scale, step=step, unit=BARE)
        else:
            return {}
        found[token.start()] = quantity
    if not measured and all(claim is None or claim.quantity.unit is BARE for _, claim in numbers):
        first, measured = numbers[0][0], 1
        found[first.start()] = _in_unit(first, unit, _step(first["number"]))
    return found if measured == 1 else {}


def _unit_behind(tokens: Sequence[re.Match[str]], n: int) -> str:
    """Return the words right behind a number, which must be its unit: the same behind all of them, or none."""
    behind = tokens[n + 1]["word"] if n + 1 < len(tokens) else None
    return (behind or "").strip()


def _step(number: str) -> Decimal:
    return Decimal(1).scaleb(-len(number.partition(".")[2]))


def _in_unit(token: re.Match[str], unit: Unit, step: Decimal) -> Quantity:
    written = token["number"]
    return Quantity(Decimal(written.replace(",", "")), Decimal(0) if unit.exact and step == 1 else step, unit, written)


def _operand(passage: Passage, token: re.Match[str], quantity: Quantity) -> Fact:
    written = token["number"]
    path = f"text[{passage.index}].at[{token.start()}]"
    return Fact(Reading(State.NUMBER, written, quantity), Pointer(path, passage.at(*token.span("number")), written, "", ""))


def _is_expression(shape: str) -> bool:
    """Tell whether signs, numbers and words are an expression: each operand one number with words around it at most."""
    while True:
        shorter = re.sub(r"w?nw?|w?\(o(?:[-+*/]o)*\)w?", "o", shape)
        if shorter == shape:
            return re.fullmatch(r"o(?:[-+*/]o)+", shape) is not None or shape == "o"
        shape = shorter
