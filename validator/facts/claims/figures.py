"""Finding the figures in running text: quantities with their units, and the dates and numbers that are none.

Comes in: a text, the lexicon, the words of prose. Goes out: `Mention` records in order of place, and `Year` marks. What a
figure says is the business of `facts.claims.sentences`. One pass, linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from validator.facts.claims.wording import Wording, any_of
from validator.facts.lexicon import Lexicon, fold
from validator.facts.numbers import read_figure
from validator.model.quantity import BARE, Quantity, Unit

_FOLDS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}
_FOLDS.update({ord(dash): "-" for dash in "−–‐‑‒﹣"})
_FOLDS.update({ord("﹪"): "%", ord("∶"): ":", ord("\u00a0"): " ", ord("\u3000"): " ", ord("\u2002"): " ", ord("\u2003"): " "})
# One character for one, so that places stay what they are; the full-width comma is kept, it never stands inside a number.

_NOT_FIGURES = re.compile(
    r"(?=[\d〔\[(【hw])(?:"
    r"[〔\[(【]\s?(?:19|20)\d\d\s?年?[〕\])】]\s?第?\d{1,6}号"
    r"|(?<![\d.])\d{1,2}\.(?P<listed>(?:19|20)\d\d)年(?:度)?"
    r"|(?<![\d.])(?:19|20)\d\d年?\s?(?:[-~—至到]{1,2})\s?(?:19|20)\d\d年?"
    r"|(?<![\d.])(?P<year>(?:19|20)\d\d)\s?(?:年度?\s?(?:[01]?\d\s?(?:月?[-~—至到]{1,2}[01]?\d\s?)?月(?:份|[0-3]?\d[日号])?)?"
    r"|[-./][01]?\d[-./][0-3]?\d(?!\d))"
    r"|(?<![\d.])(?P<short>[12]\d)年(?=度|[的]?资金|结转|底|末|初|全年|预算|收入|支出|[01]?\d月|项目|以来|同期)"
    r"|(?<![\d.])[01]?\d\s?月?(?:[-~—至到]{1,2})[01]?\d月份?"
    r"|(?<![\d.])[01]?\d月(?:份|[0-3]?\d[日号])?"
    r"|(?<![\d.])[0-3]?\d日(?![均常间])"
    r"|(?<![\d.])[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d)"
    r"|(?<![\d.])[0-2]?\d[点时][0-5]?\d分"
    r"|(?<![\d.])\d{1,2}(?:\.\d{1,2}){2,}(?!\d)"
    r"|(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8}|\d{3,4}-\d{7,8}|\d{17}[\dXx])(?!\d)"
    r"|(?:https?://|www\.)[!-~]{1,300}"
    r")"
)
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?")
_NUMERAL = re.compile(
    r"百分之[零一二两三四五六七八九十百点]{1,10}|(?<![第十一二三四五六七八九])[一二两三四五六七八九]?[十百千][零一二三四五六七八九十百千万]{0,12}"
)
_ENUMERATOR = re.compile(r"[.、．)](?!\d)")
_LEAD = re.compile(r"(?:^|[\s，,。;；:：、(])$")
_SIGN = re.compile(r"(?:[≥≤≧≦⩾⩽]|[<>]=?|=)\s?$")
_RANGE = re.compile(r"\s?(?:[-~～∼]|—{1,2}|至|到)\s?(?=\d)")
_DASH = re.compile(r"\s?(?:[-~～∼]|—{1,2})\s?(?=\d)")
_PLAIN = frozenset('，,。;；、)!?！？ \n\t|和及与:："”')
_LONGEST_NUMBER = 20
_LONGEST_UNIT = 8
_STEPS = tuple(Decimal(1).scaleb(-n) for n in range(_LONGEST_NUMBER + 1))
_PERCENT = Unit("%", "ratio", Decimal("0.01"))
_TENTHS = Unit("成", "ratio", Decimal("0.1"))
_WRITTEN = ("1一", "2二两", "3三", "4四", "5五半", "6六", "7七", "8八", "9九", "十")
_DIGITS = {char: value for value, chars in enumerate(_WRITTEN, 1) for char in chars}
_MORE = re.compile("[多余有]")
_STOP = re.compile("。")
_RATIO = Unit("：1", "ratio", Decimal(1))
_COMPARISONS = {
    "≥": ">=",
    "≧": ">=",
    "⩾": ">=",
    ">=": ">=",
    "≤": "<=",
    "≦": "<=",
    "⩽": "<=",
    "<=": "<=",
    ">": ">",
    "<": "<",
    "=": "=",
}


class Mention(NamedTuple):
    """A figure in a text."""

    start: int
    """Where it begins, from 0: the first digit, or the sign before it."""
    end: int
    """Behind its unit."""
    quantity: Quantity
    per: str = ""
    """What one of the figure is paid for: 人 in 50元/人."""


class Year(NamedTuple):
    """A year that is named in a text."""

    start: int
    end: int
    year: int


class Found(NamedTuple):
    """Everything numeric in a text."""

    mentions: tuple[Mention, ...]
    years: tuple[Year, ...]
    fused: bool
    """Whether figures stand together without words between them: a lost table, not prose."""


class _Units(NamedTuple):
    """Units by their spelling, the longest that can occur, and the scale words."""

    named: dict[str, Unit]
    longest: int
    scales: tuple[str, ...]
    about_before: re.Pattern[str]
    middle: frozenset[str]
    about_after: re.Pattern[str]
    limits: re.Pattern[str]


def fold_text(text: str) -> str:
    """Bring full-width digits and signs to one spelling, one character for one."""
    return text if text.isascii() else text.translate(_FOLDS)


def find_figures(text: str, lexicon: Lexicon, wording: Wording) -> Found:
    """Find the figures of a text that went through `fold_text`."""
    units = _units(lexicon)
    masks: list[tuple[int, int]] = []
    years: list[Year] = []
    for found in _NOT_FIGURES.finditer(text):
        masks.append(found.span())
        if found["year"] or found["listed"] or found["short"]:
            years.append(Year(found.start(), found.end(), int(found["year"] or found["listed"] or f"20{found['short']}")))
    mentions: list[Mention] = []
    n = 0
    adjacent = bare = 0
    last_end = covered = -1
    for number in _NUMBER.finditer(text):
        start, end = number.span()
        if start < covered:
            continue
        while n < len(masks) and masks[n][1] <= start:
            n += 1
        if n < len(masks) and masks[n][0] < end:
            continue
        adjacent += start == last_end or (text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit())
        mention = _mention(text, start, end, units, lexicon, wording)
        if mention is None:
            last_end = end
            continue
        if mentions and not text[mentions[-1].end : start].strip() and mention.quantity.unit == BARE:
            bare += 1
        last_end = covered = mention.end
        mentions.append(mention)
    mentions = _with_shared_units(text, mentions)
    mentions = _with_first_units(text, mentions, wording)
    numerals = list(_numerals(text, units, lexicon, mentions))
    numerals += _short_numerals(text, units, lexicon, wording, [*mentions, *numerals])
    if numerals:
        mentions = sorted([*mentions, *numerals])
    return Found(
        tuple(m for m in mentions if m.quantity.unit != BARE or _stands_alone(text, m)),
        tuple(years),
        adjacent >= 2 or bare >= 3,
    )


def _mention(text: str, start: int, end: int, units: _Units, lexicon: Lexicon, wording: Wording) -> Mention | None:
    written = text[start:end]
    before = text[max(0, start - 8) : start]
    after = text[end : end + 1]
    if len(written) > _LONGEST_NUMBER or _is_code(written, before, after) or wording.not_before.search(before):
        return None
    if (
        _ENUMERATOR.match(text, end)
        and _LEAD.search(before[-1:])
        and written.isdigit()
        and len(written) < 3
        and _enumerates(before, after)
    ):
        return None
    value = Decimal(written.replace(",", ""))
    places = len(written) - written.rfind(".") - 1 if "." in written else 0
    step = _STEPS[places]
    if before[-1:] == "-" and not (before[-2:-1].isascii() and before[-2:-1].isalnum()):
        value, start, before = -value, start - 1, before[:-1]
    if after == ":" and text[end + 1 : end + 2] == "1" and not text[end + 2 : end + 3].isdigit() and "." in written:
        return Mention(start, end + 2, Quantity(value, step, _RATIO, text[start : end + 2]))
    ranged = _RANGE.match(text, end)
    upper: Decimal | None = None
    position = end
    if ranged and not after.isspace():
        other = _NUMBER.match(text, ranged.end())
        if other is None or len(other.group()) > _LONGEST_NUMBER:
            return None
        upper, position = Decimal(other.group().replace(",", "")), other.end()
    position, unit, approximate = _unit_at(text, position, units, lexicon)
    per = ""
    if unit is None:
        if position == end and wording.not_after.match(text, end):
            return None
        unit = BARE
        if upper is None and after and after not in _PLAIN:
            return None
        position = end
    elif position < len(text) and text[position] in "/每" and unit.dimension:
        position, unit, per = _rated(text, position, unit, units, lexicon)
    if upper is None and unit.dimension:
        position, upper = _other_end(text, position, unit, units, lexicon)
    sign, comparator = _comparator(before, wording)
    limit = units.limits.match(text, position)
    if limit and not comparator:
        comparator = lexicon.limits[limit.group()]
    approximate = approximate or bool(units.about_before.search(before)) or bool(units.about_after.match(text, position))
    exact = unit.exact and "." not in written and not approximate
    step = Decimal(0) if exact else step
    shown = text[start - sign : position]
    return Mention(start - sign, position, Quantity(value, step, unit, shown, comparator, approximate, upper), per)


def _other_end(text: str, position: int, unit: Unit, units: _Units, lexicon: Lexicon) -> tuple[int, Decimal | None]:
    """Read the other end of a range whose ends both carry the unit: 80%-100%."""
    dash = _DASH.match(text, position)
    other = _NUMBER.match(text, dash.end()) if dash else None
    if other is None or len(other.group()) > _LONGEST_NUMBER:
        return position, None
    end, same, _ = _unit_at(text, other.end(), units, lexicon)
    return (end, Decimal(other.group().replace(",", ""))) if same == unit else (position, None)


def _is_code(written: str, before: str, after: str) -> bool:
    """Tell codes, versions and names from figures."""
    last = before[-1:]
    if (last and last.isascii() and (last.isalpha() or last in "._+#/\\")) or after in ("+", "#", "_"):
        return True
    if last == "-" and before[-2:-1].isascii() and before[-2:-1].isalnum():
        return True
    if written[0] == "0" and len(written) > 1 and written[1] not in ".,":
        return True
    return written.isdigit() and len(written) > 11


def _enumerates(before: str, after: str) -> bool:
    """Tell whether a small number before a mark numbers a clause: `1、` or `(1)`, not the 3 of `3、5月`."""
    return (after == ")") == (before[-1:] == "(") and not (after == "、" and before[-1:] in ("、", ":", "："))


def _unit_at(text: str, position: int, units: _Units, lexicon: Lexicon) -> tuple[int, Unit | None, bool]:
    """Return where the unit ends, the unit, and whether 余 or 多 stands with it."""
    if text[position : position + 1] == " " and text[position + 1 : position + 2] not in ("", " "):
        end, unit, approximate = _unit_at(text, position + 1, units, lexicon)
        return (end, unit, approximate) if unit is not None else (position, None, False)
    approximate = text[position : position + 1] in units.middle and position < len(text)
    first = position + approximate
    for length in range(min(units.longest, len(text) - first), 0, -1):
        unit = units.named.get(text[first : first + length])
        if unit is None:
            continue
        end = first + length
        if not unit.dimension and text[end : end + 1] in units.middle and end < len(text):
            approximate, end = True, end + 1
            for more in range(min(units.longest, len(text) - end), 0, -1):
                scaled = units.named.get(unit.name + text[end : end + more])
                if scaled is not None:
                    return end + more, scaled, True
        return end, unit, approximate
    return (position, BARE, True) if approximate else (position, None, False)


def _rated(text: str, position: int, unit: Unit, units: _Units, lexicon: Lexicon) -> tuple[int, Unit, str]:
    """Read `/人` or `每平方米` behind a unit."""
    end = position + 1
    for length in range(min(units.longest, len(text) - end), 0, -1):
        name = text[end : end + length]
        if name in units.named and units.named[name].dimension:
            rated = lexicon.folded_unit(fold(f"{unit.name}/{name}"))
            return end + length, rated or Unit(f"{unit.name}/{name}", f"rate:{unit.name}/{name}", unit.factor), name
    return position, unit, ""


def _comparator(before: str, wording: Wording) -> tuple[int, str]:
    """Return how many characters of sign stand before a figure, and what it or a comparing word means."""
    sign = _SIGN.search(before)
    if sign:
        return len(sign.group()), _COMPARISONS[sign.group().strip()]
    word = wording.comparator.search(before)
    return 0, wording.comparators[word.group()] if word else ""


def _with_shared_units(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give figures of a list the unit that only the last one carries: 分别为12、8、5家."""
    result = list(mentions)
    for n in range(len(result) - 2, -1, -1):
        this, following = result[n], result[n + 1]
        between = text[this.end : following.start]
        if (
            this.quantity.unit == BARE
            and following.quantity.unit != BARE
            and between in ("、", "，", ",", "和", "及", "与")
            and not following.per
        ):
            unit = following.quantity.unit
            exact = unit.exact and this.quantity.step >= 1
            result[n] = this._replace(
                quantity=this.quantity._replace(unit=unit, step=Decimal(0) if exact else this.quantity.step)
            )
    return result


def _stands_alone(text: str, mention: Mention) -> bool:
    """Tell whether a figure without a unit is told of something: 人数7262."""
    before = text[mention.start - 1 : mention.start]
    return (
        mention.quantity.upper is None
        and "\u4e00" <= before <= "\u9fff"
        and text[mention.end : mention.end + 1] in _PLAIN | {""}
    )


def _numerals(text: str, units: _Units, lexicon: Lexicon, mentions: list[Mention]) -> Iterator[Mention]:
    """Find Chinese numerals that carry a unit, and 百分之…"""
    starts = [m.start for m in mentions]
    for found in _NUMERAL.finditer(text):
        start, end = found.span()
        if found.group().startswith("百分之"):
            position = end
        elif start and (text[start - 1] < "\u4e00" or text[start - 1] in "数几余多第分"):
            continue
        else:
            position, unit, approximate = _unit_at(text, end, units, lexicon)
            if unit is None or approximate or not unit.dimension or unit.dimension == "time" or len(found.group()) < 2:
                continue
        quantity = read_figure(text[start:position], lexicon).quantity
        n = bisect_left(starts, start)
        clear = (n == len(starts) or starts[n] >= position) and (n == 0 or mentions[n - 1].end <= start)
        if quantity is not None and clear:
            yield Mention(start, position, quantity)


def _short_numerals(
    text: str, units: _Units, lexicon: Lexicon, wording: Wording, known: Sequence[Mention]
) -> Iterator[Mention]:
    """Find 三成, 翻一番, 两家; 一家 only where its sentence counts other things of the kind."""
    ones: list[Mention] = []
    others = sorted(known)
    starts = [m.start for m in others]
    for found in wording.numeral.finditer(text):
        start, end = found.span()
        n = bisect_left(starts, start)
        if (n < len(starts) and starts[n] < end) or (n and others[n - 1].end > start):
            continue
        about = bool(units.about_before.search(text, max(0, start - 4), start))
        if found["doubled"]:
            times = wording.data.numerals.doubled[found["doubled"]]
            about = about or bool(_MORE.match(text, end))
            value = Decimal(100) * (2**times - 1)
            yield Mention(start, end, Quantity(value, Decimal(50) * times, _PERCENT, found["doubled"], approximate=about))
            continue
        if found["tenths"]:
            value = Decimal(_DIGITS[text[start]])
            more = found["more"]
            value += Decimal(_DIGITS[more]) / 10 if more else 0
            step = _STEPS[1 if more else 0]
            limit = units.limits.match(text, end)
            about = about or bool(units.about_after.match(text, end)) or bool(_MORE.match(text, end))
            comparator = lexicon.limits[limit.group()] if limit else ""
            yield Mention(start, end, Quantity(value, step, _TENTHS, found["tenths"], comparator, about))
            continue
        position, unit, approximate = _unit_at(text, end, units, lexicon)
        if unit is None or approximate or not unit.dimension.startswith("count") or wording.not_counted.match(text, position):
            continue
        quantity = Quantity(Decimal(_DIGITS[text[start]]), Decimal(0), unit, text[start:position], approximate=about)
        mention = Mention(start, position, quantity)
        if text[start] == "一":
            ones.append(mention)
        else:
            others.append(mention)
            yield mention
    if ones:
        stops = [m.start() for m in _STOP.finditer(text)]
        counted = {(bisect_left(stops, m.start), m.quantity.unit.dimension) for m in others}
        yield from (m for m in ones if (bisect_left(stops, m.start), m.quantity.unit.dimension) in counted)


def _with_first_units(text: str, mentions: list[Mention], wording: Wording) -> list[Mention]:
    """Give the second figure of `由5个工作日缩短至2个` the unit of the first."""
    result = list(mentions)
    for n in range(1, len(result)):
        first, second = result[n - 1], result[n]
        name, short = first.quantity.unit.name, second.quantity.unit.name
        between = text[first.end : second.start]
        if (
            short
            and name != short
            and name.startswith(short)
            and len(between) <= _LONGEST_UNIT
            and wording.onto.search(between)
            and (second.end == len(text) or text[second.end] in _PLAIN)
        ):
            unit = first.quantity.unit
            result[n] = second._replace(quantity=second.quantity._replace(unit=unit))
    return result


@lru_cache(maxsize=8)
def _units(lexicon: Lexicon) -> _Units:
    data = lexicon.data
    names = {fold(name) for group in data.units for name in group.factors} | {
        fold(name) for thing, more in data.counts.items() for name in (thing, *more)
    }
    names -= {"成"}
    named: dict[str, Unit] = {}
    for name in names:
        unit = lexicon.folded_unit(name)
        if unit is not None:
            named[name] = unit
        for scale in data.scales:
            scaled = lexicon.folded_unit(scale + name)
            if scaled is not None and len(scale + name) <= _LONGEST_UNIT:
                named[scale + name] = scaled
    for scale, factor in data.scales.items():
        if factor >= 1000:
            named[scale] = Unit(scale, "", factor)
    words = data.approximation
    return _Units(
        named, max(map(len, named)), tuple(data.scales),
        re.compile(f"{any_of(words.before)}$"), frozenset(words.middle), re.compile(any_of(words.after)),
        re.compile(any_of(lexicon.limits)),
    )  # fmt: skip
