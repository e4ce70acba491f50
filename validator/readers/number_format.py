"""Number formats of workbooks: a stored number and a format code in, the displayed text out.

Covers what forms use: fixed decimals, thousands, percent, scaling commas, quoted literals, sections for negative, zero and
text, conditions, colours, currency, scientific notation and dates. Fractions, elapsed times and Chinese numerals are not
rendered; the caller is told so and gets the General text. Arithmetic is on decimals of 15 significant digits, as Excel has.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
BUILTIN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy-mm-dd",
    15: "yyyy-mm-dd",
    16: "yyyy-mm-dd",
    17: 'yyyy"年"m"月"',
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "yyyy-mm-dd",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: 'h"时"mm"分"',
    35: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: 'h"时"mm"分"',
    56: 'h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""The formats that a workbook names by number only, as a Chinese Excel shows them; system dates as ISO dates."""


class Shown(NamedTuple):
    """A number as its cell shows it."""

    text: str
    value: Decimal | date
    note: str = ""
    """Why the text is the General one, empty when the format was rendered."""


class _Section(NamedTuple):
    """One of the sections of a format code, taken apart."""

    condition: Callable[[Decimal], bool] | None
    prefix: str
    whole: tuple[str, ...]
    """Placeholders `0`, `#`, `?` and the literals between them."""
    decimals: int
    least: int
    """Decimals that are shown even when they are zero."""
    suffix: str
    thousands: bool
    shift: int
    """Powers of ten to multiply by: 2 for each percent sign, -3 for each trailing comma."""
    exponent: int
    """Digits of the exponent, 0 when the notation is not scientific."""
    kind: str
    """`number`, `general`, `text`, `date`, `literal`, or `unknown` when it can't be rendered."""
    tokens: tuple[str, ...]


_TOKEN = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|General|G/通用格式|[Ee][+-]|A/P|AM/PM|上午/下午|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|.',
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
}
_WIDE = Context(prec=2000)
"""Wide enough for the largest stored number with all decimals that a format code of 1000 characters can ask for."""
_SIGNS = frozenset("-−－(（")


@lru_cache(maxsize=16384)
def show(stored: str, code: str, epoch: int = 1900) -> Shown:
    """Return what a cell displays whose stored number and format code these are.

    `epoch` is the year from which days are counted, 1900 or 1904. Raises ValueError when `stored` is not a number.
    """
    value = stored_value(stored)
    if code == GENERAL:
        return Shown(general(value), value)
    sections = _compile(code)
    section, magnitude = _choose(sections, value)
    if section is None:
        return Shown(general(value), value, f"数字格式 {code[:40]} 无法套用")
    if section.kind == "date":
        return _date(section, value, code, epoch)
    if section.kind == "unknown" or (len(sections) > 1 and not any(part.tokens for part in sections)):
        return Shown(general(value), value, f"数字格式 {code[:40]} 无法套用")
    return Shown(_number(section, magnitude).strip(), value)


def show_text(text: str, code: str) -> str:
    """Return what a cell displays that holds text; only a format with literals around `@` changes it."""
    if "@" not in code or code == "@":
        return text
    sections = _compile(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if section.kind != "text":
        return text
    return "".join(text if mark == "@" else _literal(mark) for mark in section.tokens).strip()


def stored_value(stored: str) -> Decimal:
    """Return a stored number without binary noise; raises ValueError when it is none, or is infinite."""
    number = float(stored)
    if number - number != 0:
        raise ValueError("not a finite number")
    return Decimal(f"{number:.15g}")


def general(value: Decimal) -> str:
    """Return the shortest decimal: no exponent unless the number is far out, no trailing zeros."""
    if value and not -10 <= value.adjusted() <= 20:
        return f"{value.normalize():E}"
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def is_date(code: str) -> bool:
    """Tell whether a format shows numbers as dates or times."""
    return code != GENERAL and _compile(code)[0].kind == "date"


@lru_cache(maxsize=1024)
def _compile(code: str) -> tuple[_Section, ...]:
    sections: list[list[str]] = [[]]
    for mark in _TOKEN.findall(code[:1000]):
        if mark == ";":
            sections.append([])
        else:
            sections[-1].append(mark)
    return tuple(_section(tuple(part)) for part in sections[:4])


def _section(tokens: tuple[str, ...]) -> _Section:
    condition = None
    marks: list[str] = []
    kind = ""
    for token in tokens:
        if token.startswith("["):
            found = _CONDITION.fullmatch(token)
            if found:
                condition = _bound(found.group(1), Decimal(found.group(2)))
            elif token[1:2] == "$":
                marks.append(f'"{token[2:-1].partition("-")[0]}"')
            elif token.lower().startswith("[dbnum") or token.strip("[]").lower().strip("hms") == "":
                kind = "unknown"
        else:
            marks.append(token)
    kind = kind or _kind(marks)
    empty = _Section(condition, "", (), 0, 0, "", False, 0, 0, kind, tuple(marks))
    return _numeric(empty) if kind == "number" else empty


def _bound(sign: str, limit: Decimal) -> Callable[[Decimal], bool]:
    return lambda value: _COMPARE[sign](value, limit)


def _kind(marks: list[str]) -> str:
    lowered = {mark.lower() for mark in marks}
    if "general" in lowered or "g/通用格式" in lowered:
        return "general"
    if any(mark[0] in "ymdhs" and mark.isascii() for mark in lowered):
        return "unknown" if lowered & {"am/pm", "a/p", "上午/下午"} else "date"
    if lowered & set("0#?"):
        return "unknown" if "/" in lowered else "number"
    return "text" if "@" in lowered else "literal"


def _numeric(section: _Section) -> _Section:
    """Take a section with digit placeholders apart."""
    marks = section.tokens
    places = [n for n, mark in enumerate(marks) if mark in ("0", "#", "?")]
    first, last = places[0], places[-1]
    point = next((n for n, mark in enumerate(marks) if mark == "." and n <= last + 1 and n >= first - 1), len(marks))
    exponent = next((n for n, mark in enumerate(marks) if mark[0] in "eE" and len(mark) == 2), 0)
    digits_end = exponent or last + 1
    whole = marks[first : min(point, digits_end)]
    decimals = marks[point + 1 : digits_end]
    tail = digits_end
    shift = 0
    while not exponent and tail < len(marks) and marks[tail] == ",":
        shift, tail = shift - 3, tail + 1
    thousands = "," in whole
    if any(mark not in ("0", "#", "?") for mark in decimals):
        return section._replace(kind="unknown")
    shift += 2 * sum(mark == "%" for mark in marks)
    needed = [n for n, mark in enumerate(decimals, 1) if mark == "0"]
    return section._replace(
        prefix="".join(map(_literal, marks[: min(first, point)])),
        whole=tuple(mark for mark in whole if mark != ","),
        decimals=len(decimals),
        least=max(needed, default=0),
        suffix="".join(map(_literal, marks[last + 1 if exponent else tail :])).removeprefix("." if point == last + 1 else ""),
        thousands=thousands,
        shift=shift,
        exponent=sum(mark == "0" for mark in marks[exponent:]) if exponent else 0,
    )


def _literal(mark: str) -> str:
    if mark.startswith('"'):
        return mark.strip('"')
    if mark.startswith("\\"):
        return mark[1:]
    if mark.startswith(("_", "*")):
        return " "
    return mark


def _choose(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section | None, Decimal]:
    """Return the section for a value, and the value with the sign that this section leaves to be written."""
    conditional = [section for section in sections if section.condition is not None]
    if conditional:
        for section in sections:
            if section.condition is None or section.condition(value):
                return section, value
        return None, value
    numeric = sections if len(sections) < 4 else sections[:3]
    if len(numeric) > 1 and numeric[-1].kind == "text":
        numeric = numeric[:-1]
    if value < 0 and len(numeric) > 1:
        section = numeric[1]
        # A negative section without a sign shows it by colour; colour is not text, so the sign is written.
        signed = any(_SIGNS.intersection(_literal(mark)) for mark in section.tokens) or section.kind == "literal"
        return section, abs(value) if signed else value
    if value == 0 and len(numeric) > 2:
        return numeric[2], value
    return numeric[0], value


def _number(section: _Section, value: Decimal) -> str:
    if section.kind in ("general", "text"):
        names = ("general", "g/通用格式", "@")
        return "".join(general(value) if mark.lower() in names else _literal(mark) for mark in section.tokens)
    if section.kind == "literal":
        return "".join(_literal(mark) for mark in section.tokens)
    if section.exponent:
        return f"{section.prefix}{_scientific(section, value)}{section.suffix}"
    scaled = value.scaleb(section.shift)
    rounded = _rounded(abs(scaled), section.decimals)
    whole, _, fraction = f"{rounded:f}".partition(".")
    while len(fraction) > section.least and fraction.endswith("0"):
        fraction = fraction[:-1]
    sign = "-" if scaled < 0 and rounded else ""
    body = _fill(section, whole)
    if fraction:
        body = f"{body or '0'}.{fraction}"
    return f"{sign}{section.prefix}{body}{section.suffix}"


def _rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half up, as Excel does."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)


def _fill(section: _Section, digits: str) -> str:
    """Lay the digits of the whole part into the placeholders, from the right."""
    least = sum(mark == "0" for mark in section.whole)
    digits = digits.lstrip("0").rjust(least, "0")
    if all(mark in ("0", "#", "?") for mark in section.whole):
        return f"{int(digits):,}".rjust(least, "0") if section.thousands and digits else digits
    laid: list[str] = []
    left = list(digits)
    for mark in reversed(section.whole):
        if mark not in ("0", "#", "?"):
            laid.append(_literal(mark))
        elif left:
            laid.append(left.pop())
    return "".join(left) + "".join(reversed(laid))


def _scientific(section: _Section, value: Decimal) -> str:
    mantissa, _, power = f"{value:.{section.decimals}E}".partition("E")
    return f"{mantissa}E{power[0]}{power[1:].rjust(section.exponent, '0')}"


def moment(value: Decimal, epoch: int = 1900) -> datetime | None:
    """Return the moment that a serial number of days stands for, None when there is no such date."""
    if not 0 <= value < 2958466:
        return None
    # Excel counts a 29 February 1900 that never was: serial 60.
    start = date(1904, 1, 1) if epoch == 1904 else date(1899, 12, 30) if value >= 60 else date(1899, 12, 31)
    return datetime.combine(start, time()) + timedelta(seconds=round(value * 86400))


def _date(section: _Section, value: Decimal, code: str, epoch: int) -> Shown:
    when = moment(value, epoch)
    if when is None:
        return Shown(general(value), value, f"数字格式 {code[:40]} 是日期，但存的数不是日期")
    text: list[str] = []
    marks = list(section.tokens)
    has_date = any(mark[0] in "yYdD" for mark in marks) or "月" in code
    for n, mark in enumerate(marks):
        text.append(_moment_part(mark, when, minute=_is_minute(marks, n)))
    kept: Decimal | date = value if not has_date else when if value % 1 else when.date()
    return Shown("".join(text).strip(), kept)


def _is_minute(marks: list[str], n: int) -> bool:
    """Tell whether an `m` stands for minutes: next to hours or seconds."""
    before = next((mark[0] for mark in reversed(marks[:n]) if mark[0] in "yYmMdDhHsS"), "")
    after = next((mark[0] for mark in marks[n + 1 :] if mark[0] in "yYmMdDhHsS"), "")
    return before in ("h", "H") or after in ("s", "S")


def _moment_part(mark: str, when: datetime, *, minute: bool) -> str:
    letter, length = mark[0].lower(), len(mark)
    if letter == "y":
        return f"{when.year:04d}" if length > 2 else f"{when.year % 100:02d}"
    if letter == "m":
        number = when.minute if minute else when.month
    elif letter == "d" and length < 3:
        number = when.day
    elif letter == "d":
        return "星期" + "一二三四五六日"[when.weekday()]
    elif letter in "hs":
        number = when.hour if letter == "h" else when.second
    else:
        return "" if mark == "@" else _literal(mark)
    return f"{number:02d}" if length == 2 else str(number)
