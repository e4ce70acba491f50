"""Finding the figures in running text: quantities with their units, and the dates and numbers that are none.

Comes in: a text, the lexicon, the words of prose. Goes out: `Mention` records in order of place, and `Year` marks. What a
figure says is the business of `facts.claims.sentences`. One pass, linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
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
_FOLDS.update({ord("\u2009"): " ", ord("\u202f"): " "})
# One character for one, so that places stay what they are; the full-width comma is kept, but between full-width thousands.
_FULL_STOP = re.compile(r"(?<=[一-鿿%])(?<![一二三四五六七八九十])\.(?=[\s一-鿿]|$)")
"""A full stop as a machine reads it, or as a page writes it that has no other."""
_WIDE_THOUSANDS = re.compile(
    r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))"
    r"|(?<![0-9.,，第])[1-9][0-9]{0,2}(?:，[0-9]{3})+(?:(?=\.[0-9]{1,6}(?![0-9.])[一-鿿%])|(?=[一-鿿](?<![年月日号第])))"
)
"""Between full-width digits, and in a figure that ends with its unit: 26，994.72万元. 分别为12，345，7 may be three figures."""

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?")
_SPACED = re.compile(r"(?<![\d.,:])\d{1,3}(?: \d{3})++(?![\d,:])(?:\.\d++)?")
"""Thousands that blanks set apart, as audit offices write them: 1 128 036万元."""
_NUMBER_SPACED = re.compile(rf"{_SPACED.pattern}|{_NUMBER.pattern}")
_POINTED = re.compile(rf"(?:(?<=[一-鿿])\d{{1,2}}|\d{{1,3}}(?:,\d{{3}})++|\d{{3,}}+) \.\d++|{_NUMBER.pattern}")
"""A blank before the decimal point, as newspapers set it: 7705 .01万元. After a mark, 2 .3 may be item 2 and its 3."""
_BROKEN = re.compile(r"\d{3,}+\. \d++(?!\d)")
"""A blank behind it: nobody can tell whether a sentence has ended there."""
_DIGIT = re.compile(r"\d")
_FOUR = re.compile(r"\d{4}")
_NUMERAL = re.compile(r"(?<![第十一二三四五六七八九])[一二两三四五六七八九]?[十百千][零一二三四五六七八九十百千万]{0,12}")
_TENS = re.compile(r"[十百千]")
_ENUMERATOR = re.compile(r"[.、．)](?!\d)")
_ENUMERATES = frozenset(".、．)")
_LEAD = re.compile(r"(?:^|[\s，,。;；:：、(])$")
_SIGN = re.compile(r"(?:[≥≤≧≦⩾⩽]|[<>]=?|=)\s?$")
_SIGNS = frozenset("≥≤≧≦⩾⩽<>=")
_PLAIN = frozenset('，,。;；、)!?！？ \n\t|:："”')
_MONEY = "money"
_RATE = "ratio"
_LONGEST_PLAN = 16
_COUNT = "count"
_COMMAS = frozenset("、，,")
_LETTERS = str.maketrans("OolI,", "0011,", ",")
_MISREAD_SIGN = re.compile("\\d[OolI]|[OolI]\\d")
_MISREAD = re.compile(r"(?<![A-Za-z\d.,])(?=[\d,]{0,11}[OolI])[\dOolI,]{1,12}(?<=[OolI\d])(?:\.[\dOolI]{1,4})?(?![A-Za-z])")
_POINTS = frozenset(",，。")
"""What a decimal point becomes where a page is read by a machine."""
_DECIMALS = re.compile(r"\d{1,2}(?![\d.,])")
_LONGEST_NUMBER = 20
_LONGEST_UNIT = 8
_LONGEST_ABOUT = 4
_STEPS = tuple(Decimal(1).scaleb(-n) for n in range(_LONGEST_NUMBER + 1))
_PERCENT = Unit("%", "ratio", Decimal("0.01"))
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
    lost: tuple[int, ...]
    """Where figures without a unit, and such as are glued to others, begin in a text that holds a lost table.

    Empty in prose: there words stand between the figures.
    """


class _Units(NamedTuple):
    """The spellings of units and of what stands around figures, ready for looking up."""

    named: dict[str, Unit]
    lengths: dict[str, tuple[int, ...]]
    """How long the spellings are that begin with a character, the longest first."""
    about_before: tuple[str, ...]
    whole_words: tuple[str, ...]
    """What ends like a word of `about_before`: 签约."""
    middle: frozenset[str]
    about_after: tuple[str, ...]
    limits: re.Pattern[str]
    limit_starts: frozenset[str]
    range_sign: re.Pattern[str]
    dash: re.Pattern[str]
    range_signs: frozenset[str]
    """The characters with which a range goes on, and the blank that may stand before them."""
    rate_signs: frozenset[str]
    per: re.Pattern[str]
    """Numerals behind 百分之."""
    in_words: re.Pattern[str]
    """A character without which no number is written in words."""
    digits: dict[str, Decimal]
    tenths: Unit
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]
    before_small: tuple[str, ...]
    of: tuple[str, ...]
    comparing: tuple[str, ...]
    joined: frozenset[str]
    plain: frozenset[str]
    inside: frozenset[str]


_NOTHING = Found((), (), ())


def fold_text(text: str, wording: Wording) -> str:
    """Bring full-width digits and signs, and traditional characters, to one spelling, one character for one."""
    return text if text.isascii() else _FULL_STOP.sub("。", _WIDE_THOUSANDS.sub(_with_commas, text)).translate(_folds(wording))


def _with_commas(figure: re.Match[str]) -> str:
    return figure[0].replace("，", ",")


@lru_cache(maxsize=8)
def _folds(wording: Wording) -> Mapping[int, str]:
    return {**_FOLDS, **wording.simplified}


def find_figures(text: str, lexicon: Lexicon, wording: Wording) -> Found:
    """Find the figures of a text that went through `fold_text`."""
    units = _units(lexicon, wording)
    masks: list[tuple[int, int]] = []
    years: list[Year] = []
    digits = _DIGIT.search(text) is not None
    in_words = units.in_words.search(text) is not None
    if not digits and not in_words:
        return _NOTHING
    for found in wording.not_figures.finditer(text) if digits else ():
        masks.append(found.span())
        year = found["year"] or found["listed"] or found["short"]
        if year:
            years.append(Year(found.start(), found.end(), int(year) if len(year) == 4 else 2000 + int(year)))
    spaced = [found for found in _SPACED.finditer(text) if _has_unit(text, found.end(), units, lexicon)] if digits else []
    numbers = _NUMBER_SPACED if any(map(_is_one_number, spaced)) else _NUMBER
    if spaced and numbers is _NUMBER:
        masks = sorted([*masks, *(found.span() for found in spaced)])
    if ". " in text:
        masks = sorted([*masks, *(found.span() for found in _BROKEN.finditer(text))])
    if " ." in text and numbers is _NUMBER:
        numbers = _POINTED
    mentions: list[Mention] = []
    lost: list[int] = []
    n = adjacent = bare = 0
    last_end = covered = -1
    for number in numbers.finditer(text) if digits else ():
        start, end = number.span()
        if start < covered:
            continue
        while n < len(masks) and masks[n][1] <= start:
            n += 1
        if n < len(masks) and masks[n][0] < end:
            continue
        mention = _mention(text, start, end, units, lexicon, wording)
        glued = (start == last_end and not (mentions and _is_told_with(mentions[-1], mention, text, wording))) or (
            text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit()
        )
        adjacent += glued
        lost += [start] if glued or (mention is not None and mention.quantity.unit is BARE) else []
        if mention is None:
            last_end = end
            continue
        if mention.quantity.unit is BARE and mentions and not text[mentions[-1].end : start].strip():
            bare += 1
        last_end = covered = mention.end
        mentions.append(mention)
    if digits and _MISREAD_SIGN.search(text):
        mentions = sorted([*mentions, *_misread(text, units, lexicon, mentions)])
    _doubt_decimals(text, mentions)
    _share_units(text, mentions, units)
    _take_first_units(text, mentions, units, wording)
    if in_words:
        numerals = list(_numerals(text, units, lexicon, mentions)) if _TENS.search(text) else []
        numerals += _short_numerals(text, units, lexicon, wording, [*mentions, *numerals])
        mentions = sorted([*mentions, *numerals]) if numerals else mentions
    return Found(
        tuple(m for m in mentions if m.quantity.unit is not BARE or _stands_alone(text, m, units)),
        tuple(years),
        tuple(lost) if adjacent >= 2 or bare >= 3 else (),
    )


def _is_told_with(first: Mention, mention: Mention | None, text: str, wording: Wording) -> bool:
    """Tell whether a figure goes with the one right before it: 道路3条260万元, 低保670户858人, 占任务数500万元87.1%."""
    one, other = first.quantity.unit.dimension, mention.quantity.unit.dimension if mention is not None else ""
    if one.startswith(_COUNT):
        return other == _MONEY or (other.startswith(_COUNT) and other != one)
    return one == _MONEY and other == _RATE and is_taken_of(text[max(0, first.start - _LONGEST_PLAN) : first.start], wording)


def is_taken_of(before: str, wording: Wording) -> bool:
    """Tell whether the words before an amount say that a rate of it follows, 的 or not: 占全年任务数, 完成年初预算数."""
    return wording.taken_of.search(before) is not None


def _is_run_on(text: str, start: int, end: int) -> bool:
    """Tell whether nobody can tell where a figure ends: a comma before four digits, a blank: 412,3850万元, 41 2.38万元."""
    joined = text[max(0, start - 2) : start]
    if joined[:1].isdigit() and (joined[1:] == " " or (joined[1:] == "," and _FOUR.match(text, start) is not None)):
        return True
    following = text[end : end + 2]
    if following[:1] == " " and following[1:].isdigit():
        return True
    return following[:1] == "," and _FOUR.match(text, end + 1) is not None


def _misread(text: str, units: _Units, lexicon: Lexicon, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Find figures with letters for digits, as a machine reads them: 19O.32万元. They are there, but hold nothing."""
    taken = {mention.end for mention in mentions}
    for found in _MISREAD.finditer(text):
        end, unit, _ = _unit_at(text, found.end(), units, lexicon)
        if unit is not None and unit.dimension and end not in taken:
            value = Decimal(found.group().translate(_LETTERS))
            yield Mention(found.start(), end, Quantity(value, value, unit, text[found.start() : end], approximate=True))


def _doubt_decimals(text: str, mentions: list[Mention]) -> None:
    """Doubt two figures that a mark joins, the second of one or two digits: 8,86% and 73。5万元 may be one; 12,8,5家 isn't."""
    for n in range(1, len(mentions)):
        first, second = mentions[n - 1], mentions[n]
        if first.quantity.unit is not BARE or second.quantity.unit is BARE or text[first.end : second.start] not in _POINTS:
            continue
        if (n > 1 and text[mentions[n - 2].end : first.start] in _COMMAS) or not _DECIMALS.match(text, second.start):
            continue
        for place in (n - 1, n):
            mentions[place] = mentions[place]._replace(quantity=mentions[place].quantity._replace(approximate=True))


def _is_one_number(spaced: re.Match[str]) -> bool:
    """Tell whether groups of digits can be nothing but one number, since one of them begins with 0.

    A text that writes one of its numbers so writes all of them so; elsewhere 1 200万元 may be item 1 and its 200万元.
    """
    return " 0" in spaced.group()


def _has_unit(text: str, position: int, units: _Units, lexicon: Lexicon) -> bool:
    return _unit_at(text, position, units, lexicon)[1] not in (None, BARE)


def _mention(text: str, start: int, end: int, units: _Units, lexicon: Lexicon, wording: Wording) -> Mention | None:
    written = text[start:end]
    before = text[max(0, start - 8) : start]
    after = text[end : end + 1]
    if len(written) > _LONGEST_NUMBER or _is_code(written, before, after):
        return None
    lead = before.removesuffix(":").removesuffix("：")
    if lead.endswith(units.not_before):
        return None
    if (
        after in _ENUMERATES
        and _ENUMERATOR.match(text, end)
        and _LEAD.search(before[-1:])
        and written.isdigit()
        and len(written) < 3
        and _enumerates(before, after)
    ):
        return None
    value = Decimal(written.replace(",", "").replace(" ", ""))
    places = len(written) - written.rfind(".") - 1 if "." in written else 0
    step = _STEPS[places]
    if before[-1:] == "-" and not (before[-2:-1].isascii() and before[-2:-1].isalnum()):
        value, start, before = -value, start - 1, before[:-1]
    if after == ":" and text[end + 1 : end + 2] == "1" and not text[end + 2 : end + 3].isdigit() and "." in written:
        return Mention(start, end + 2, Quantity(value, step, _RATIO, text[start : end + 2]))
    ranged = units.range_sign.match(text, end) if after in units.range_signs else None
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
        if position == end and text.startswith(units.not_after, end):
            return None
        unit = BARE
        if upper is None and after and after not in units.plain:
            return None
        position = end
    # 目标90人的95% speaks of so many; 目标1项目 is the first of several.
    so_many = unit.factor > 1 or (text.startswith(units.of, position) and text[position + 1 : position + 2].isdigit())
    numbered = unit.dimension.startswith("count") and text[position : position + 1] not in _PLAIN and not so_many
    numbered = numbered or not unit.dimension
    if len(written) < 3 and numbered and lead.endswith(units.before_small):
        return None
    if text[position : position + 1] in units.rate_signs and unit.dimension:
        position, unit, per = _rated(text, position, unit, units, lexicon)
    if upper is None and unit.dimension and text[position : position + 1] in units.range_signs:
        position, upper = _other_end(text, position, unit, units, lexicon)
    sign, comparator = _comparator(before, units, wording)
    limit = units.limits.match(text, position) if text[position : position + 1] in units.limit_starts else None
    if limit and not comparator:
        comparator = lexicon.limits[limit.group()]
    approximate = (
        approximate or _estimated(before, units) or _is_run_on(text, start, end) or text.startswith(units.about_after, position)
    )
    exact = unit.exact and "." not in written and not approximate
    nothing = not value and unit.dimension == _MONEY and not approximate  # 0万元 is no rounded 0.4万元
    step = Decimal(0) if exact or nothing else step
    shown = text[start - sign : position]
    return Mention(start - sign, position, Quantity(value, step, unit, shown, comparator, approximate, upper), per)


def _other_end(text: str, position: int, unit: Unit, units: _Units, lexicon: Lexicon) -> tuple[int, Decimal | None]:
    """Read the other end of a range whose ends both carry the unit: 80%-100%."""
    dash = units.dash.match(text, position)
    other = _NUMBER.match(text, dash.end()) if dash else None
    if other is None or len(other.group()) > _LONGEST_NUMBER:
        return position, None
    end, same, _ = _unit_at(text, other.end(), units, lexicon)
    return (end, Decimal(other.group().replace(",", ""))) if same == unit else (position, None)


def _estimated(before: str, units: _Units) -> bool:
    """Tell whether the words before a figure make it an estimate: 约, but not 签约."""
    return before.endswith(units.about_before) and not before.endswith(units.whole_words)


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
    approximate = text[position : position + 1] in units.middle
    first = position + approximate
    for length in units.lengths.get(text[first : first + 1], ()):
        unit = units.named.get(text[first : first + length])
        if unit is None:
            continue
        end = min(first + length, len(text))
        if not unit.dimension and text[end : end + 1] in units.middle:
            approximate, end = True, end + 1
            for more in range(_LONGEST_UNIT, 0, -1):
                scaled = units.named.get(unit.name + text[end : end + more])
                if scaled is not None:
                    return min(end + more, len(text)), scaled, True
        return end, unit, approximate
    return (position, BARE, True) if approximate else (position, None, False)


def _rated(text: str, position: int, unit: Unit, units: _Units, lexicon: Lexicon) -> tuple[int, Unit, str]:
    """Read `/人` or `每平方米` behind a unit."""
    end = position + 1
    for length in units.lengths.get(text[end : end + 1], ()):
        name = text[end : end + length]
        if name in units.named and units.named[name].dimension:
            rated = lexicon.folded_unit(fold(f"{unit.name}/{name}"))
            return (
                min(end + length, len(text)),
                rated or Unit(f"{unit.name}/{name}", f"rate:{unit.name}/{name}", unit.factor),
                name,
            )
    return position, unit, ""


def _comparator(before: str, units: _Units, wording: Wording) -> tuple[int, str]:
    """Return how many characters of sign stand before a figure, and what it or a comparing word means."""
    if before.rstrip()[-1:] in _SIGNS:
        sign = _SIGN.search(before)
        if sign:
            return len(sign.group()), _COMPARISONS[sign.group().strip()]
    word = wording.comparator.search(before) if before.endswith(units.comparing) else None
    return 0, wording.comparators[word.group()] if word else ""


def _share_units(text: str, mentions: list[Mention], units: _Units) -> None:
    """Give figures of a list the unit that only the last one carries: 分别为12、8、5家."""
    for n in range(len(mentions) - 2, -1, -1):
        this, following = mentions[n], mentions[n + 1]
        if this.quantity.unit is not BARE or following.quantity.unit is BARE or following.per:
            continue
        between = text[this.end : following.start].strip()
        if between in _COMMAS or between in units.joined:
            unit = following.quantity.unit
            exact = unit.exact and this.quantity.step >= 1
            mentions[n] = this._replace(
                quantity=this.quantity._replace(unit=unit, step=Decimal(0) if exact else this.quantity.step)
            )


def _stands_alone(text: str, mention: Mention, units: _Units) -> bool:
    """Tell whether a figure without a unit is told of something: 人数7262."""
    before = text[mention.start - 1 : mention.start]
    return (
        mention.quantity.upper is None
        and "\u4e00" <= before <= "\u9fff"
        and (mention.end == len(text) or text[mention.end] in units.plain)
    )


def _numerals(text: str, units: _Units, lexicon: Lexicon, mentions: list[Mention]) -> Iterator[Mention]:
    """Find Chinese numerals that carry a unit, and 百分之…"""
    starts = [m.start for m in mentions]
    places = {found.start(): found for found in _NUMERAL.finditer(text)}
    places.update((found.start(), found) for found in units.per.finditer(text))
    covered = 0
    for start in sorted(places):
        found, end = places[start], places[start].end()
        if start < covered:
            continue
        covered = end
        if found.re is units.per:
            position = end
        elif start and (text[start - 1] < "\u4e00" or text[start - 1] in units.inside):
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
    for found in _in_words(text, wording):
        start, end = found.span()
        n = bisect_left(starts, start)
        if (n < len(starts) and starts[n] < end) or (n and others[n - 1].end > start):
            continue
        about = _estimated(text[max(0, start - _LONGEST_ABOUT) : start], units)
        if found.re is wording.doubled:
            times = wording.data.numerals.doubled[found.group()]
            about = about or bool(wording.more.match(text, end))
            value = Decimal(100) * (2**times - 1)
            yield Mention(start, end, Quantity(value, Decimal(50) * times, _PERCENT, found.group(), approximate=about))
            continue
        if found.re is wording.tenths:
            value = units.digits[text[start]]
            more = found["more"]
            value += units.digits[more] / 10 if more else 0
            step = _STEPS[1 if more else 0]
            limit = units.limits.match(text, end)
            about = about or text.startswith(units.about_after, end) or bool(wording.more.match(text, end))
            comparator = lexicon.limits[limit.group()] if limit else ""
            yield Mention(start, end, Quantity(value, step, units.tenths, found.group(), comparator, about))
            continue
        position, unit, approximate = _unit_at(text, end, units, lexicon)
        if unit is None or approximate or not unit.dimension.startswith("count") or wording.not_counted.match(text, position):
            continue
        quantity = Quantity(units.digits[text[start]], Decimal(0), unit, text[start:position], approximate=about)
        mention = Mention(start, position, quantity)
        if quantity.value == 1:
            ones.append(mention)
        else:
            others.append(mention)
            yield mention
    if ones:
        stops = [m.start() for m in _STOP.finditer(text)]
        counted = {(bisect_left(stops, m.start), m.quantity.unit.dimension) for m in others}
        yield from (m for m in ones if (bisect_left(stops, m.start), m.quantity.unit.dimension) in counted)


def _in_words(text: str, wording: Wording) -> Iterator[re.Match[str]]:
    """Find what may be a small number in words: 三成, 翻一番, 两家."""
    if any(word in text for word in wording.data.numerals.tenths):
        yield from wording.tenths.finditer(text)
    yield from wording.doubled.finditer(text)
    yield from wording.single.finditer(text)


def _take_first_units(text: str, mentions: list[Mention], units: _Units, wording: Wording) -> None:
    """Give the second figure of `由5个工作日缩短至2个` the unit of the first."""
    for n in range(1, len(mentions)):
        first, second = mentions[n - 1], mentions[n]
        name, short = first.quantity.unit.name, second.quantity.unit.name
        if len(name) <= len(short) or not short or not name.startswith(short) or second.start - first.end > _LONGEST_UNIT:
            continue
        if wording.onto.search(text[first.end : second.start]) and (second.end == len(text) or text[second.end] in units.plain):
            mentions[n] = second._replace(quantity=second.quantity._replace(unit=first.quantity.unit))


@lru_cache(maxsize=8)
def _units(lexicon: Lexicon, wording: Wording) -> _Units:
    data, numerals = lexicon.data, wording.data.numerals
    names = {fold(name) for group in data.units for name in group.factors} | {
        fold(name) for thing, more in data.counts.items() for name in (thing, *more)
    }
    names -= set(numerals.tenths)
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
    lengths: dict[str, set[int]] = {}
    for name in named:
        lengths.setdefault(name[:1], set()).add(len(name))
    about, signs = data.approximation, [fold(sign) for sign in data.ranges]
    dashes = [sign for sign in signs if not sign.isalpha()]
    digits = {char: Decimal(value) for char, value in (data.numerals.digits | data.numerals.tens).items()}
    digits |= {str(value): Decimal(value) for value in range(10)} | dict.fromkeys(numerals.half, Decimal(5))
    quantities = wording.data.not_quantities
    written = "".join(data.numerals.digits) + "".join(data.numerals.tens)
    return _Units(
        named=named,
        lengths={first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        about_before=about.before,
        whole_words=wording.data.whole_words,
        middle=frozenset(about.middle),
        about_after=about.after,
        limits=re.compile(any_of(lexicon.limits)),
        limit_starts=frozenset(word[:1] for word in lexicon.limits),
        range_sign=re.compile(rf"\s?{any_of(signs)}\s?(?=\d)"),
        dash=re.compile(rf"\s?{any_of(dashes)}\s?(?=\d)"),
        range_signs=frozenset({sign[:1] for sign in signs} | set(" \n\t")),
        rate_signs=frozenset(data.rate_signs),
        per=re.compile(rf"{any_of(data.per)}[{written}点]{{1,10}}"),
        in_words=re.compile(f"[{re.escape(written + ''.join(word[:1] for word in numerals.doubled))}]"),
        digits=digits,
        tenths=Unit(numerals.tenths[0], "ratio", Decimal("0.1")),
        not_after=quantities.after,
        not_before=quantities.before,
        before_small=quantities.before_small,
        of=wording.data.of,
        comparing=tuple(wording.comparators),
        joined=frozenset(quantities.joined),
        plain=_PLAIN | frozenset(quantities.joined),
        inside=frozenset(numerals.inside),
    )
