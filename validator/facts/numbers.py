"""Reading one cell's text as a figure, and writing a computed figure the way another was written.

In comes text as displayed, with the unit of its caption and the type of its column where these are known; out goes a
`Reading`. Any text has one: what isn't a figure is blank, a date, text, garbled or fused. Nothing here knows a form, and
figures inside prose are not looked for.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from validator.facts.lexicon import Lexicon, fold
from validator.model.quantity import BARE, Quantity, Reading, State, Unit

LONGEST = 120
"""Characters of the longest text that is looked at: a longer one is prose or a broken file."""

_MOST_PLACES = 20
_FRACTION_LIKELY = Decimal("1.5")
"""Up to here a bare number in a percent column is first taken for a fraction: nobody's rate is 1.5 %, many are 100 %."""
_HARDLY_A_LIMIT = Decimal("-0.5")
"""A limit may be a decline of some percent; nobody sets a decline by half as a limit."""
_FRACTION_POSSIBLE = Decimal(10)
_CENT = Decimal("0.01")
_MYRIAD = 10000
_MONTHS = 12
_ZERO = Decimal(0)
_ONE = Decimal(1)
_STEPS = tuple(_ONE.scaleb(-places) for places in range(_MOST_PLACES + 1))
_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)
POINTS = Unit("分", "points", _ONE)
_PERCENT = Unit("%", "ratio", _CENT)
_LONG = 1000
_MANY_LONG = 4
_KEY_OF_PERCENT = (_PERCENT.dimension, _PERCENT.factor)
_FRACTION = Unit("", "ratio", _ONE)
_RATIO = Unit("：1", "ratio", _ONE)

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,15})(?:\.([0-9]{1,20}))?")
_DIGIT = re.compile(r"\d")
_DASHES = re.compile(r"[-—_/\\]+")
_NOTE = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{0,16})[)\]】〕]")
_NOTE_MARK = re.compile(r"(?<=[^\s\[【〔])\s*(?:[\[【〔]\s*\d{1,2}\s*[\]】〕]|[①-⑳])\s*$")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})[日号])?")
_ACCOUNTING = re.compile(r"\(([¥￥]?[\d,]+(?:\.\d+)?)\)(?=%|$|\D)")
_FIGURE_SIGNS = re.compile(r"[\d.,%+·。]+")
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){2,}\.?")
_CODE = re.compile(r"[+-]?(?:0\d|\d{17})")
_SEVERAL_BLANKS = re.compile(r"\d\s+\d")
_BROKEN = re.compile(r"(-?[\d,]+\.(?:\d{3,})?)\s*\n\s*(\d{1,6})|(-?[\d,]+\.\d)\s*\n\s*(\d)")
"""A figure that a narrow column broke between two digits behind the point; nobody writes the two pieces for two figures."""
_HIDDEN = re.compile(r"\*\*\d|\d\*\*")
"""Digits that a page doesn't show to everybody: ≤****000元. Without any digit it is a blank of the printed form: ≥**人."""
_BROKEN_RATE = re.compile(r"(-?\d+\.\d*)\s*\n\s*(\d{0,6}\s*[%％]?)")
_PERCENT_THEN_DIGIT = re.compile(r"\d%\d")
_TWO_POINTS = re.compile(r"\d\.\d+\.\d")
_ODD_POINT = re.compile(r"(?<=\d)(?:\.{2}|。)(?=\d)")
"""What stands for a point between two digits of one figure: 12..5小时, 46。5个."""
_CLOSING = re.compile(r"(?:[。;；，,]+|(?<=[^\d.])\.)$")

_PROSE = frozenset({"text", "label", "group", "name", "comparator", "unit"})
"""Types of columns in which a text that isn't a figure is no fault."""
_FULL_CELL = re.compile(r"[-−]?(?=(?:\d\.?){10}$)\d+\.\d+")
"""Ten digits and a point are all that a spreadsheet shows of a number without a format: 117154424.68 as 117154424.7."""
_MEASURED = frozenset({"amount", "percent", "points", "number"})
_COMPARED = frozenset({"target", "actual"})
_MAY_BE_LOSS = frozenset({"", "amount", "number", "percent"})
_NEGATIVE = frozenset({"ratio", "temperature", ""})
_WHY_NO_FIGURE = "比较符号后面没有可以识别的数"
_WHY_OPPOSED = "前后两个比较词方向不一致"
_WHY_NEGATIVE = "比较符号后面是负数"
_WHY_PUNCTUATION = "小数点、千位分隔符或百分号的位置不对"
_WHY_FUSED = "几个数连在一起，分不开"
_WHY_TWICE = "比较符号写了两遍"
_WHY_NO_DAY = "历法中没有这个月或这一天"
_WHY_ERROR = "是表格软件的错误值，不是数"
_WHY_LETTER = "数字里夹着字母"


def read_figure(text: str, lexicon: Lexicon, *, unit: Unit | None = None, kind: str = "") -> Reading:
    """Read the text of one cell.

    `unit` is the unit of the caption or column and counts for a number that has none of its own. `kind` is the type of the
    column (`forms.spec.ColumnType`), empty where it isn't known. Never fails: every text has a reading.
    """
    if len(text) > LONGEST:
        return Reading(State.TEXT if text.strip() else State.BLANK, text)
    return _read(text, lexicon, unit, kind)


def read_beside_name(text: str, name: str, lexicon: Lexicon, *, kind: str) -> Reading | None:
    """Read a figure that has only words of its own name around it: 合格率100% and 24所学校, of 学校验收合格率 and 受益学校数量.

    None where anything else is said, or no figure is left.
    """
    if len(text) > LONGEST or not name or not _DIGIT.search(text):
        return None
    known = "".join({char for char in fold(name) if char.isalpha()})
    folded = fold(text)
    lead = re.match(rf"(?:{lexicon.filler}|[{re.escape(known)}:])*", folded) if known else None
    if lead is None:
        return None
    figure = folded[lead.end() :]
    behind = len(figure) - len(figure.rstrip(known))
    for end in range(len(figure), len(figure) - behind - 1, -1):
        reading = _read(figure[:end], lexicon, None, kind)
        if reading.quantity is not None:
            return reading._replace(text=text)
    return None


def with_unit(reading: Reading, unit: Unit) -> Reading:
    """Return the reading with a unit that was learnt later.

    It counts for a bare number, and for one with the scale word of that unit (`829.3万` under 万元); a figure with a unit
    of its own, and what is no figure, stay as they are.
    """
    quantity = reading.quantity
    if quantity is None or quantity.unit.dimension:
        return reading
    if quantity.unit.factor == 1:
        return _bare(reading.text, quantity, unit, "")
    return reading._replace(quantity=quantity._replace(unit=unit)) if quantity.unit.factor == unit.factor else reading


def peers_step(readings: Sequence[Reading]) -> list[Reading]:
    """Give every rounded figure the finest step among its peers of the same unit: trailing zeros get lost.

    A step that only one of several figures with decimals has is its own affair (5372.5833 among amounts to the cent), and
    so is that of the only figure with decimals among many that have none (28152.11 beside 576864, 160735, 500404, 224104);
    of percentages, which are computed and seldom end in 0, the step of any one figure is (96.8% among 98% and 91%).
    Exact counts, estimates and figures in scientific notation neither give nor take a step; nor do figures as long as a
    spreadsheet shows them in a cell without a format, which it has rounded.
    """
    written: dict[tuple[str, Decimal], dict[Decimal, Decimal]] = {}
    for reading in readings:
        quantity = reading.quantity
        if quantity is not None and _takes_step(quantity):
            written.setdefault((quantity.unit.dimension, quantity.unit.factor), {})[quantity.value] = quantity.step
    finest = {
        key: _step_of_several(steps.values()) if key == _KEY_OF_PERCENT else _common_step(steps)
        for key, steps in written.items()
    }
    return [_refined(reading, finest) for reading in readings]


def format_quantity(value_in_base: Decimal, like: Quantity) -> str:
    """Write a value (in base units) in the unit and with the places of `like`, rounded half up.

    One place more is written where the value would otherwise look like `like` itself without being it, or where it
    can't be written in whole units at all. Points that are computed have up to two places, though given in whole ones.
    """
    value = _WIDE.divide(value_in_base, like.unit.factor)
    places = _places(like.step)
    rounded = _rounded(value, places)
    if like.unit.dimension == "points" and not places and rounded != value:
        tenths = _rounded(value, 1)
        rounded = tenths if tenths == value else _rounded(value, 2)
    if (rounded == like.value or not like.step) and rounded != value:
        rounded = _rounded(value, places + 1)
    if not rounded:
        rounded = abs(rounded)
    return f"{rounded:,f}{like.unit.name}" if "," in fold(like.text) else f"{rounded:f}{like.unit.name}"


@lru_cache(maxsize=65536)
def _read(text: str, lexicon: Lexicon, unit: Unit | None, kind: str) -> Reading:
    plain = _PLAIN.fullmatch(text)
    if plain:
        places = plain.group(1)
        figure = Quantity(Decimal(text), _STEPS[len(places)] if places else _ONE, BARE, text)
        return (
            _bare(text, figure, unit, kind) if unit is None or unit.dimension else _settled(text, figure, lexicon, unit, kind)
        )
    if "\n" in text and (kind in _MEASURED or not kind):
        broken = (_BROKEN_RATE if kind == "percent" else _BROKEN).fullmatch(text)
        if broken:
            return _read("".join(piece for piece in broken.groups() if piece), lexicon, unit, kind)._replace(text=text)
    folded = fold(text)
    if not folded or folded in lexicon.blank_marks or _DASHES.fullmatch(folded):
        return Reading(State.BLANK, text)
    if folded in lexicon.blank_words:
        return Reading(State.BLANK if kind != "text" else State.TEXT, text)
    if kind not in _PROSE and _NOTE_MARK.search(text):
        folded = fold(_NOTE_MARK.sub("", text))
    folded = _CLOSING.sub("", lexicon.whole_words.get(folded, folded))
    if kind in _COMPARED and any(_is_no_day(day) for day in _DAY.finditer(folded)):
        return Reading(State.GARBLED, text, why=_WHY_NO_DAY)
    if kind in _COMPARED:
        folded = lexicon.with_share_behind(folded)
    return (
        _read_date(folded, text, lexicon)
        or _read_number(folded, text, lexicon, unit, kind)
        or _classified(folded, text, lexicon, kind)
    )


def _is_no_day(day: re.Match[str]) -> bool:
    """Tell whether the calendar has no such month or day."""
    year, month, number = (int(part or 1) for part in day.groups())
    return not 1 <= month <= _MONTHS or not 1 <= number <= monthrange(year, month)[1]


def _read_date(folded: str, text: str, lexicon: Lexicon) -> Reading | None:
    compared = lexicon.sign.match(folded)
    rest = folded[compared.end() :] if compared else folded
    if lexicon.date.fullmatch(rest) and not (compared and lexicon.month.fullmatch(rest)):
        return Reading(State.DATE, text)
    return None


def _read_number(folded: str, text: str, lexicon: Lexicon, unit: Unit | None, kind: str) -> Reading | None:
    """Read a figure, a range or a ratio that is all there is, once notes in brackets are taken off."""
    found = lexicon.figure.match(folded)
    notes: tuple[str, ...] = ()
    if found is None or found.end() < len(folded):
        folded, notes = _without_brackets(folded, lexicon, kind)
        found = lexicon.figure.match(folded)
        if found is None:
            return None
    figure = _quantity(found, text.strip(), lexicon, unit)
    if isinstance(figure, str):
        return _garbled(text, kind, figure) if found.end() == len(folded) else None
    if found.end() < len(folded):
        bare = kind not in _PROSE and (unit is not None or kind != "")
        figure = _range(folded, found, figure, lexicon, bare=bare) if figure else None
        figure = figure or _ratio(folded, found, lexicon, text.strip())
        if figure is None:
            return None
    elif figure is None:
        return Reading(State.TEXT, text)
    for note in notes:
        figure = _noted(figure, note, lexicon)
    reading = _settled(text, figure, lexicon, unit, kind)
    return _garbled(text, kind, _WHY_NEGATIVE) if figure.comparator and _can_not_be_a_limit(reading) else reading


def _garbled(text: str, kind: str, why: str) -> Reading:
    """Say that a figure was meant but isn't one; in a column of prose that is no fault."""
    return Reading(State.TEXT, text) if kind in _PROSE else Reading(State.GARBLED, text, why=why)


def _can_not_be_a_limit(reading: Reading) -> bool:
    """Tell whether the figure is less than none of what it counts."""
    quantity = reading.quantity
    if quantity is None or quantity.value >= 0:
        return False
    return quantity.unit.dimension not in _NEGATIVE or (quantity.unit.dimension == "ratio" and quantity.base <= _HARDLY_A_LIMIT)


def _without_brackets(folded: str, lexicon: Lexicon, kind: str) -> tuple[str, tuple[str, ...]]:
    """Take brackets off: those of an accountant's loss, or short notes; they stay when they say more than that."""
    loss = _loss(folded, kind)
    if loss:
        return loss, ()
    notes = tuple(_NOTE.findall(folded))
    if any(_counts(note, lexicon) and not lexicon.including.match(note) for note in notes):
        return folded, ()
    return _NOTE.sub("", folded), notes


def _counts(note: str, lexicon: Lexicon) -> bool:
    """Tell whether a note holds a figure of its own or changes the one before it."""
    return (
        _DIGIT.search(note) is not None
        or lexicon.changing.search(note) is not None
        or lexicon.figure.fullmatch(note) is not None
    )


def _loss(folded: str, kind: str) -> str:
    """Return `-3.96` for `(3.96)`, else nothing. A bare `(1)` outside the columns of money is a serial number, not a loss."""
    found = _ACCOUNTING.match(folded)
    if not found or kind not in _MAY_BE_LOSS:
        return ""
    inside = found.group(1)
    if kind not in ("amount", "percent") and "." not in inside and "," not in inside:
        return ""
    digits = inside.lstrip("¥￥")
    return f"{inside[: -len(digits)]}-{digits}{folded[found.end() :]}"


def _noted(figure: Quantity, inside: str, lexicon: Lexicon) -> Quantity:
    """Let a note say what the figure leaves open: its unit, or that the limit itself is not meant."""
    if inside in lexicon.exclusive and figure.comparator in (">=", "<="):
        return figure._replace(comparator=figure.comparator[0])
    named = lexicon.unit(inside) if figure.unit == BARE and inside else None
    if named is not None and named.dimension:
        return figure._replace(unit=named, step=_own_step(figure.step, named, approximate=figure.approximate))
    return figure


class _Parts(NamedTuple):
    """The groups of `Lexicon.figure`, in their order: the parts of a figure as written, None where there is none."""

    sign: str | None
    about: str | None
    word: str | None
    currency: str | None
    per: str | None
    number: str | None
    places: str | None
    bare_places: str | None
    exponent: str | None
    several: str | None
    round: str | None
    numeral: str | None
    middle: str | None
    noun: str | None
    scale: str | None
    middle2: str | None
    scaled_noun: str | None
    rate: str | None
    around: str | None
    limit: str | None


def _quantity(found: re.Match[str], text: str, lexicon: Lexicon, printed: Unit | None = None) -> Quantity | str | None:
    """Make a quantity of a matched figure; a string says why it is garbled, None that it isn't a figure after all.

    `printed` is the unit that stands above the figure: where it is one of money, ¥ only says that money is meant.
    """
    parts = _Parts._make(found.groups())
    comparator = _comparator(parts, lexicon) if parts.sign or parts.word or parts.limit else ""
    if comparator is None:
        return _WHY_OPPOSED
    if comparator not in ("", "=") and parts.sign in lexicon.signs and parts.word in lexicon.signs:
        return _WHY_TWICE
    if parts.number:
        value, step = _arabic(parts, parts.number)
    else:
        value, step, parts = _chinese(parts, lexicon)
    if parts.currency and not parts.rate and printed is not None and printed.dimension == lexicon.money.dimension:
        parts = parts._replace(currency=None)
    unit = _unit(parts, lexicon)
    if value is None or unit is None:
        return None
    approximate = bool(parts.about or parts.several or parts.middle or parts.middle2 or parts.around)
    return Quantity(value, _own_step(step, unit, approximate=approximate), unit, text, comparator, approximate)


def _comparator(parts: _Parts, lexicon: Lexicon) -> str | None:
    """Return what the comparison words around a figure say together; None when they oppose each other."""
    meanings = [lexicon.comparators[spelling] for spelling in (parts.sign, parts.word) if spelling]
    meanings += [lexicon.limits[parts.limit]] if parts.limit else []
    directed = [meaning for meaning in meanings if meaning != "="]
    if len({meaning[0] for meaning in directed}) > 1:
        return None
    return directed[0] if directed else "="


def _arabic(parts: _Parts, number: str) -> tuple[Decimal | None, Decimal]:
    """Return value and step of digits; no value for a code: leading zeros, or more digits than any figure has."""
    decimals = len(parts.places or parts.bare_places or ".") - 1
    digits = number.replace(",", "") if "," in number else number
    if decimals > _MOST_PLACES or _CODE.match(digits):
        return None, _ONE
    step = _STEPS[decimals]
    return Decimal(digits), step.scaleb(int(parts.exponent[1:])) if parts.exponent else step


def _chinese(parts: _Parts, lexicon: Lexicon) -> tuple[Decimal | None, Decimal, _Parts]:
    """Return value and step of a Chinese numeral, with the 万 or 亿 that ends it moved to the scale word."""
    written, scale = _numeral(parts.numeral or parts.round or "", lexicon, implied=bool(parts.several))
    alone = not (parts.noun or parts.scale or parts.per)
    if written is None or (scale and parts.scale) or (alone and parts.numeral in lexicon.data.numerals.dashlike):
        return None, _ONE, parts
    if scale:
        parts = parts._replace(scale=scale, scaled_noun=parts.noun, noun=None)
    return Decimal(written), _ONE, parts


def _unit(parts: _Parts, lexicon: Lexicon) -> Unit | None:
    """Return the unit that is written with a figure: `BARE` where there is none, None where it makes no sense."""
    noun, scale = parts.noun or parts.scaled_noun or "", parts.scale or ""
    if parts.per:
        return lexicon.unit(lexicon.data.per[parts.per]) if not (noun or scale or parts.currency or parts.rate) else None
    if parts.currency and not noun:
        noun = lexicon.money.name
    if parts.rate:
        return lexicon.unit(scale + noun + parts.rate)
    if not noun:
        return lexicon.scaled(scale, "") if scale else BARE
    named = lexicon.folded_unit(scale + noun)
    return named if not parts.currency or (named and named.dimension == lexicon.money.dimension) else None


def _numeral(written: str, lexicon: Lexicon, *, implied: bool) -> tuple[int | None, str]:
    """Return the number that a Chinese numeral says and the 万 or 亿 that it ends in; None when it says none.

    `implied`: a one stands before it, as in 数百.
    """
    scale = written[-1] if written[-1] in lexicon.large else ""
    rest = written[: len(written) - len(scale)]
    if any(lexicon.large.get(char, 0) >= lexicon.large[scale] for char in rest if scale):
        return None, scale
    if not rest:
        return (1 if implied else None), scale
    return _numeral_value(rest, lexicon, digit=1 if implied else None), scale


def _numeral_value(written: str, lexicon: Lexicon, *, digit: int | None) -> int | None:
    """Add a numeral up from the left; None where its places don't descend or are left out (colloquial 两万五)."""
    digits, tens = lexicon.data.numerals.digits, lexicon.data.numerals.tens
    total = section = 0
    ceiling, top = _MYRIAD, max(lexicon.large.values()) + 1
    may_be_last = True
    for char in written:
        if char in digits:
            if digit or (digit == 0 and digits[char] == 0):
                return None
            digit = digits[char]
            may_be_last = may_be_last or digit == 0
        elif char in tens:
            ten = tens[char]
            if ten >= ceiling or digit == 0 or (digit is None and (ten != 10 or section or total)):
                return None
            section += (digit or 1) * ten
            digit, ceiling, may_be_last = None, ten, ten == 10
        else:
            section += digit or 0
            if not section or lexicon.large[char] >= top or (digit and not may_be_last):
                return None
            total += section * lexicon.large[char]
            section, digit, ceiling, top, may_be_last = 0, None, _MYRIAD, lexicon.large[char], False
    if digit is not None and (not may_be_last or (digit == 0 and section + total)):
        return None
    return total + section + (digit or 0)


def _own_step(step: Decimal, unit: Unit, *, approximate: bool) -> Decimal:
    """Return the step of a figure in its unit: none where it was counted."""
    return _ZERO if unit.exact and step == 1 and not approximate else step


def _range(folded: str, found: re.Match[str], low: Quantity, lexicon: Lexicon, *, bare: bool) -> Quantity | None:
    """Read `80%-100%` and `5~7天`; None when this is no range. Without a unit it may be a code and counts only if `bare`."""
    sign = lexicon.range_sign.match(folded, found.end())
    after = lexicon.figure.match(folded, sign.end()) if sign else None
    if after is None or after.end() < len(folded):
        return None
    high = _quantity(after, "", lexicon)
    if not isinstance(high, Quantity) or high.value < 0:
        return None
    if not bare and low.unit == BARE and high.unit == BARE:
        return None
    if (low.comparator and high.comparator) or not _same_unit(low.unit, high.unit):
        return None
    if low.value >= high.value:
        return None
    step = min(_own_step(low.step, high.unit, approximate=False), high.step)
    return low._replace(step=step, unit=high.unit, upper=high.value, approximate=low.approximate or high.approximate)


def _same_unit(low: Unit, high: Unit) -> bool:
    """Tell whether the ends of a range are in one unit; the first may leave it, or all but the scale word, to the second."""
    return low in (BARE, high) or (not low.dimension and low.factor == high.factor)


def _ratio(folded: str, found: re.Match[str], lexicon: Lexicon, text: str) -> Quantity | None:
    """Read `1.11：1`."""
    start = found.start("number")
    ratio = lexicon.ratio.fullmatch(folded, start) if start >= 0 else None
    if ratio is None or _CODE.match(ratio.group(1)):
        return None
    sign = found.group("sign") or found.group("word")
    _, _, places = ratio.group(1).partition(".")
    if len(places) > _MOST_PLACES:
        return None
    comparator = lexicon.comparators[sign] if sign else ""
    return Quantity(Decimal(ratio.group(1)), _STEPS[len(places)], _RATIO, text, comparator, bool(found.group("about")))


def _settled(text: str, figure: Quantity, lexicon: Lexicon, unit: Unit | None, kind: str) -> Reading:
    """Give a figure without a unit that of its column; a figure with one keeps it, and gets other fair readings at most."""
    own = figure.unit
    if own.dimension:
        if kind == "points" and own.dimension == "ratio" and own.factor == _CENT:
            return Reading(State.NUMBER, text, figure, (figure._replace(unit=POINTS),))
        return Reading(State.NUMBER, text, figure)
    if own.factor != 1:
        return Reading(State.NUMBER, text, _scaled(figure, lexicon, unit, kind))
    if unit is not None and not unit.dimension and kind == "amount" and unit.factor != 1:
        unit = lexicon.scaled_like(unit.name, lexicon.money)
    return _bare(text, figure, unit, kind)


def _bare(text: str, figure: Quantity, unit: Unit | None, kind: str) -> Reading:
    """Give a bare number the unit that its column has by caption or by type."""
    if kind == "percent":
        return _percent(text, figure, unit)
    if kind == "points":
        unit = POINTS if unit is None or unit.dimension != "points" else unit
    if unit is None or (not unit.dimension and unit.factor == 1):
        return Reading(State.NUMBER, text, figure)
    if unit.dimension == "ratio" and unit.factor == _CENT:
        return _percent(text, figure, unit)
    return Reading(
        State.NUMBER, text, figure._replace(unit=unit, step=_own_step(figure.step, unit, approximate=figure.approximate))
    )


def _scaled(figure: Quantity, lexicon: Lexicon, unit: Unit | None, kind: str) -> Quantity:
    """Say what `829.3万` is 万 of: what its column counts, or money in a column of amounts."""
    if kind == "amount" and (unit is None or not unit.dimension):
        unit = lexicon.money
    named = lexicon.scaled_like(figure.unit.name, unit) if unit is not None else None
    return figure._replace(unit=named) if named else figure


def _percent(text: str, figure: Quantity, unit: Unit | None) -> Reading:
    """Read a bare number in a column of percentages: as per cent or, when it is small, as a fraction."""
    declared = unit is not None and unit.dimension == "ratio"
    percent = figure._replace(unit=unit if declared and unit is not None else _PERCENT)
    size = abs(figure.value)
    if size > _FRACTION_POSSIBLE or (declared and size > _FRACTION_LIKELY):
        return Reading(State.NUMBER, text, percent)
    fraction = figure._replace(unit=_FRACTION, step=min(figure.step, _CENT) if figure.step == 1 else figure.step)
    if 0 < size <= _FRACTION_LIKELY and not declared:
        return Reading(State.NUMBER, text, fraction, (percent,))
    return Reading(State.NUMBER, text, percent, (fraction,))


def _classified(folded: str, text: str, lexicon: Lexicon, kind: str) -> Reading:
    """Say what a text is that holds no figure by itself: garbled, fused or simply text."""
    if kind in _PROSE or _HIDDEN.search(folded):
        return Reading(State.TEXT, text)
    if folded.upper() in lexicon.error_values or (len(folded) > 1 and not folded.strip("#")):
        return Reading(State.GARBLED, text, why=_WHY_ERROR)
    signed = lexicon.sign.match(folded)
    if signed and lexicon.signs[signed.group()] != "=":
        rest = folded[signed.end() :]
        if not _holds_figure(rest, lexicon) and not lexicon.reference.search(rest):
            return Reading(State.GARBLED, text, why=_WHY_NO_FIGURE)
    bare = folded[signed.end() :] if signed else folded
    if _has_letter_for_digit(bare, lexicon, kind):
        return Reading(State.GARBLED, text, why=_WHY_LETTER)
    if _several_figures(bare, lexicon):
        return Reading(State.FUSED, text, why=_WHY_FUSED)
    if _FIGURE_SIGNS.fullmatch(bare) and _DIGIT.search(bare):
        return _odd_figure(bare, text, kind)
    if kind in _COMPARED and lexicon.figure.fullmatch(_ODD_POINT.sub(".", bare)):
        return Reading(State.GARBLED, text, why=_WHY_PUNCTUATION)
    return Reading(State.TEXT, text)


def _has_letter_for_digit(bare: str, lexicon: Lexicon, kind: str) -> bool:
    """Tell whether a figure would stand here but for letters that look like digits.

    Before or behind a figure they may be a unit or a code, but not where only amounts, rates and points belong.
    """
    if kind not in _MEASURED and kind not in _COMPARED:
        return False
    letters = lexicon.letter_beside_figure if kind in _MEASURED else lexicon.letter_in_figure
    mended = letters.sub(lambda found: found.group().translate(lexicon.look_alikes), bare)
    return mended != bare and lexicon.figure.fullmatch(mended) is not None


def _holds_figure(rest: str, lexicon: Lexicon) -> bool:
    """Tell whether a comparison sign is followed by a figure or another sign: then the text is prose, not a broken figure."""
    told = (lexicon.figure, lexicon.date, lexicon.share)
    return any(pattern.match(rest) is not None for pattern in told) or rest[:1] == "="


def _odd_figure(bare: str, text: str, kind: str) -> Reading:
    """Tell figures run together from impossible punctuation, and both from codes and serial numbers."""
    if _SECTION_NUMBER.fullmatch(bare) and kind not in _MEASURED:
        return Reading(State.TEXT, text)
    if _PERCENT_THEN_DIGIT.search(bare):
        return Reading(State.FUSED, text, why=_WHY_FUSED)
    if _TWO_POINTS.search(bare) and "," not in bare and not _SECTION_NUMBER.fullmatch(bare):
        return Reading(State.FUSED, text, why=_WHY_FUSED)
    groups = bare.replace(".", ",").split(",")
    lists = "." not in bare and all(group.isdigit() for group in groups)
    codes = len(groups) <= 2 and bare.strip(",.").isdigit()
    if (lists and kind not in _MEASURED) or codes:
        return Reading(State.TEXT, text)
    return Reading(State.GARBLED, text, why=_WHY_PUNCTUATION)


def _several_figures(bare: str, lexicon: Lexicon) -> bool:
    """Tell whether the text, up to a bracket, is two or more figures of one unit with nothing or blanks between them."""
    if _SEVERAL_BLANKS.search(bare) and all(lexicon.figure.fullmatch(part) for part in bare.split()):
        return True
    position, units = 0, []
    while position < len(bare) and bare[position] not in "([【":
        found = lexicon.figure.match(bare, position)
        digits = found.group("number") if found else None
        if found is None or digits is None or (position and digits[0] in "+-"):
            return False
        units.append(found.group("noun") or (found.group("scale") or "") + (found.group("scaled_noun") or ""))
        position = found.end()
    between = set(units[:-1])
    return len(units) > 1 and len(between) == 1 and "" not in between and units[-1] in (between | {""})


def _common_step(steps: Mapping[Decimal, Decimal]) -> Decimal:
    """Return the finest step, or the next where one figure alone is two or more places finer; 1 where none has decimals.

    So it is where one alone has some among many long figures: had these lost their zeros, not all would end in other digits.
    """
    fine = sorted(step for step in steps.values() if step < 1)
    if len(fine) == 1 and sum(abs(value) >= _LONG and value % 10 != 0 for value in steps if steps[value] == 1) >= _MANY_LONG:
        return _ONE
    if len(fine) > 1 and fine[1] > fine[0] * 10:
        return fine[1]
    return fine[0] if fine else _ONE


def _step_of_several(steps: Iterable[Decimal]) -> Decimal:
    """Return the finest step that two figures have, the next where one figure alone is finer."""
    ranked = sorted(steps)
    return min(ranked[1] if len(ranked) > 1 else ranked[0], _ONE)


def _takes_step(quantity: Quantity) -> bool:
    return 0 < quantity.step <= 1 and not quantity.approximate and _FULL_CELL.fullmatch(quantity.text) is None


def _refined(reading: Reading, finest: dict[tuple[str, Decimal], Decimal]) -> Reading:
    """Give a reading and its alternatives the steps of their peers; the same object where nothing changes."""

    def refine(quantity: Quantity) -> Quantity:
        step = finest.get((quantity.unit.dimension, quantity.unit.factor))
        return quantity._replace(step=step) if step is not None and _takes_step(quantity) and step < quantity.step else quantity

    if reading.quantity is None:
        return reading
    quantity, alternatives = refine(reading.quantity), tuple(map(refine, reading.alternatives))
    if quantity == reading.quantity and alternatives == reading.alternatives:
        return reading
    return reading._replace(quantity=quantity, alternatives=alternatives)


def _places(step: Decimal) -> int:
    """Return how many decimals a step stands for: 2 for 0.01, none for 0, 1 and more."""
    exponent = step.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) and step else 0


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(_ONE.scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)
