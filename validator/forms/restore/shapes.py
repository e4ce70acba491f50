"""The shape of a token: bare number, percentage, target with a sign, words. Its value is the business of `facts.numbers`."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache


class Shape(IntEnum):
    """What a text looks like."""

    BLANK = 0
    DASH = 1
    """A mark for nothing: `-`, `—`, `/`, `无`."""
    NUMBER = 2
    MONEY = 3
    """A number with a unit of money."""
    PERCENT = 4
    SIGNED = 5
    """Begins with a comparator: `≥4次`, `不低于30天`."""
    AMOUNT = 6
    """A number with any other unit, or a date: `60分钟`, `2021年底`."""
    SIGN = 7
    """A comparator alone."""
    WORD = 8
    LONG = 9
    """Words that make a sentence."""
    GARBLED = 10
    """Figures run together: `202010100.00%10`."""


_NUMBER = r"[-−+]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?"
SIGNS = "=＝﹦═≥≧⩾≤≦⩽><＞＜﹥﹤"
SIGN_WORDS = re.compile(r"不低于|不少于|不超过|不高于|不大于|不小于|至少|[大小低高少多]于|达到")
_SHAPES = (
    (Shape.DASH, re.compile(r"[-—–―－/／\\*_]+|无|…+|\.{2,}")),
    (Shape.NUMBER, re.compile(_NUMBER)),
    (Shape.PERCENT, re.compile(_NUMBER + r"\s*[%％‰]")),
    (Shape.MONEY, re.compile(_NUMBER + r"\s*(?:百|千|万|亿|百万|千万)?元?")),
    (Shape.SIGN, re.compile(rf"[{SIGNS}]{{1,2}}|[大小]于(?:等于)?|等于|正向|反向|逆向|定性|正|反")),
    (
        Shape.SIGNED,
        re.compile(rf"(?:[{SIGNS}]|{SIGN_WORDS.pattern})\s*.{{0,24}}\d.{{0,16}}"),
    ),
    (Shape.SIGNED, re.compile(rf"[{SIGNS}].{{1,24}}")),
    (Shape.GARBLED, re.compile(r"[\d.,%％]*\d\.\d+\.\d[\d.,%％]*|\d[\d.]*[%％]\d[\d.%％]*|[-−]?\d[\d,，]*[.,，]")),
    (Shape.GARBLED, re.compile(r"[-−]?\d[\d,，]*\.\d+[,，]\d[\d.,，]*")),
    (Shape.AMOUNT, re.compile(rf"(?:约|近|第)?{_NUMBER}(?![.．、])\s*[^\d\s,，。;；:：|]{{1,10}}(?:[左右以上内余多]{{0,2}})")),
    (Shape.AMOUNT, re.compile(r"\d{2,4}\s*[年./-]\s*\d{1,2}\s*(?:[月./-]\s*(?:\d{1,2}\s*日?)?)?(?:底|前|以前|之前|内|初|末)?")),
    (Shape.AMOUNT, re.compile(rf"{_NUMBER}\s*[%％]?\s*[-~～—至到]\s*{_NUMBER}\s*\D{{0,4}}")),
)
_PERIOD = re.compile(r"(?:20\d\d\s*年)?\s*\d{1,2}\s*月份?|20\d\d\s*年度?")
_RUN_TOGETHER = re.compile(r"[-−]?\d[\d,，]*\.\d{3,}[\d,，]*\.\d+[%％]?|[-−]?\d[\d,，.]*[%％]\d[\d,，.]*[%％]?")
_YEAR = re.compile(r"20\d\d")
_LEADING = re.compile(_NUMBER)
_PLAIN = str.maketrans("−．", "-.", ",，")
_HAS_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[。；;！]")
_LONG = 40


@lru_cache(maxsize=16384)
def shape_of(text: str) -> Shape:
    """Return the shape of a text."""
    if not text:
        return Shape.BLANK
    if len(text) <= _LONG:
        for shape, pattern in _SHAPES:
            if pattern.fullmatch(text):
                return shape
    return Shape.LONG if len(text) > _LONG or _SENTENCE.search(text) else Shape.WORD


FIGURES = frozenset({Shape.NUMBER, Shape.MONEY, Shape.PERCENT, Shape.SIGNED, Shape.AMOUNT, Shape.GARBLED})


def is_period(text: str) -> bool:
    """Tell whether a text is a month or a year, by which rows are often named: 9月, 2025年9月, 2025年."""
    return _PERIOD.fullmatch(text) is not None


def is_run_together(text: str) -> bool:
    """Tell whether a text is two figures with decimals between which the blank was lost: 1813.981690.82, 81.80%98.5."""
    return _RUN_TOGETHER.fullmatch(text) is not None


def is_year(text: str) -> bool:
    """Tell whether a number may be a year: where a row begins it names the row, elsewhere it may be any amount."""
    return _YEAR.fullmatch(text) is not None


def has_digit(text: str) -> bool:
    """Tell whether a digit occurs in the text."""
    return _HAS_DIGIT.search(text) is not None


@lru_cache(maxsize=16384)
def number_of(text: str) -> Decimal:
    """Return the size of the number that a figure begins with, 0 when it begins with none."""
    found = _LEADING.match(text)
    return Decimal(found.group().translate(_PLAIN)) if found else Decimal(0)
