"""A total with numbered lines below it, each with a figure of its own: 中央资金5273万元 / (一)产业2993万元 / (二)搬迁2280万元.

Comes in: passages of claims. Goes out: the total with the figures of the lines. Where the heading tells one figure of the kind
at its end and each line one of its own, the lines must not exceed it; what they leave may be in none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import NUMERALS, Found, addable, facts, near, place, same_kind, ties, total_of
from validator.rules.tables import Tie

_NUMBER = re.compile(
    rf"\s*(?:\((?P<bracketed>[{NUMERALS}]{{1,2}})\)|\((?P<digits>\d{{1,2}})\)|(?P<half>\d{{1,2}})\)"
    rf"|(?P<dotted>\d{{1,2}})(?:、|[.．](?!\d))|(?P<han>[{NUMERALS}]{{1,2}})、)"
)
_COLON = re.compile(r"[:：]\s*(?=[(\d一])")
_MOST = 30
_FEWEST, _PAIR = 3, 2
_LAST = 3
"""Figures of a heading that may be the total."""
_SHORT = 20
_DIGITS = 4
_MOVED = ("level", "change")
_SLIGHT = Decimal("0.1")

Line = Sequence[Claim]


def numbered_lines(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each figure with those of the lines below it that are counted from one."""
    for n, heading in enumerate(passages):
        end, style, first = _first_line(heading, passages[n + 1 : n + 2])
        if not style or not heading.prose:
            continue
        lines = [*first, *_counted(passages[n + 1 : n + 1 + _MOST], style, len(first))]
        above = [c for c in heading.claims if c.end <= end]
        wholes = [c for c in above[-_LAST:] if addable(c) and not wording.past.search(c.before)]
        for whole in reversed(wholes):
            parts = [part for line in lines if (part := _own(line, whole, wording)) is not None]
            if len(parts) < _PAIR or len(parts) < len(lines):
                continue
            if near(whole, parts) and ties(whole, parts) is Tie.FIRM:
                yield _found("narrative.total", whole, parts)
                break
            if _is_headed(heading.text[:end], whole, above, wording):
                yield from _off(whole, lines, parts, wording)


def _first_line(heading: Passage, below: Sequence[Passage]) -> tuple[int, str, list[Line]]:
    """Return where a heading ends, how the lines below it are numbered, and the first of them if it stands behind its colon."""
    number = _NUMBER.match(below[0].text) if below else None
    if number is not None and _count(number) == 1:
        return len(heading.text), number.lastgroup or "", []
    for colon in _COLON.finditer(heading.text):
        inside = _NUMBER.match(heading.text, colon.end())
        if inside is not None and _count(inside) == 1 and number is not None and inside.lastgroup == number.lastgroup:
            return colon.start(), number.lastgroup or "", [[c for c in heading.claims if c.start >= inside.end()]]
    return 0, "", []


def _is_headed(head: str, whole: Claim, above: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether a heading ends with its only figure of the kind, or 具体情况如下 behind it, and says nothing of a choice."""
    tail = head[whole.end :].strip("）)。；;：: ")
    ends = not tail or (len(tail) <= _SHORT and "，" not in tail and wording.lists_parts.search(tail) is not None)
    alone = sum(same_kind(c, whole) and c.kind == "level" for c in above) == 1
    return ends and alone and wording.opener.search(wording.lists_parts.sub("", head)) is None


def _count(number: re.Match[str]) -> int:
    text = number[number.lastgroup or 0]
    return int(text) if text.isdigit() else NUMERALS.find(text) + 1


def _counted(below: Sequence[Passage], style: str, told: int) -> list[Line]:
    """Return the lines that go on counting in one style; what stands between them is a part of one of them."""
    lines: list[Line] = []
    for line in below:
        number = _NUMBER.match(line.text)
        if number is None or number.lastgroup != style:
            continue
        if _count(number) != told + len(lines) + 1 or not line.prose:
            break
        lines.append(line.claims)
    return lines


def _own(line: Line, whole: Claim, wording: Wording) -> Claim | None:
    """Return the figure of a line that may be a part: the only one of its kind outside brackets, up to 其中."""
    alike = [c for c in _up_to_parts(line, wording) if addable(c) and same_kind(c, whole) and not c.bracket]
    plain = len(alike) == 1 and not wording.past.search(alike[0].before) and not wording.total.search(alike[0].before)
    return alike[0] if plain else None


def _up_to_parts(line: Line, wording: Wording) -> Line:
    return [*takewhile(lambda c: not wording.among.search(c.before), line)]


def _off(whole: Claim, lines: Sequence[Line], parts: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield lines of money that exceed their whole by a little, or fall short of it by one digit, and tell nothing else."""
    single = all(sum(c.kind in _MOVED and same_kind(c, whole) for c in _up_to_parts(line, wording)) == 1 for line in lines)
    roles = {c.role for c in (whole, *parts)} - {""}
    et_cetera = any(part.after.startswith(wording.data.et_cetera) for part in parts)
    told = single and not et_cetera and whole.dimension == "money" and len(parts) >= _FEWEST and len(roles) <= 1
    gap = total_of(parts) - whole.quantity.base
    if not told or ties(whole, parts) is not Tie.OFF or abs(gap) > _SLIGHT * whole.quantity.base:
        return
    if gap > 0:
        yield _found("narrative.total", whole, parts)
    elif len(gap.normalize().as_tuple().digits) == 1 and _exact(whole, *parts):
        yield _found("narrative.rest", whole, parts)


def _exact(*figures: Claim) -> bool:
    """Tell whether some figure has so many digits that one digit alone is hardly what another line would have."""
    return max(len(c.quantity.value.normalize().as_tuple().digits) for c in figures) >= _DIGITS


def _found(kind: str, whole: Claim, parts: Sequence[Claim]) -> Found:
    values = {"total": whole.fact, "parts": facts(parts)}
    return Found(kind, place(kind, whole, values, suffix=f"lines{len(parts)}"))
