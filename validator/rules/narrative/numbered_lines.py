"""A total with numbered lines below it, each with a figure of its own: 中央资金5273万元 / (一)产业2993万元 / (二)搬迁2280万元.

Comes in: passages of claims. Goes out: the total with the figures of the lines. Where the heading tells one figure of the kind
at its end and each line one of its own, the lines must not exceed it; what they leave may be in none of them. Where items stand
one behind the other in a paragraph, they are lines as well, as far as they add up. Where several headings of a document are
what their lines add up to, another one that is off by one digit is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, takewhile

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.changes import added_up
from validator.rules.narrative.lists import mistaken
from validator.rules.narrative.places import (
    NUMERALS,
    Found,
    addable,
    facts,
    near,
    place,
    ratio_follows,
    same_kind,
    ties,
    total_of,
)
from validator.rules.narrative.subjects import base_words
from validator.rules.tables import Tie

_MARK = re.compile(r"[。；;：:]\s*|[，,]\s*(?=\()|(?<=\))\s+")
_COLON = re.compile(r"[:：]\s*(?=[(\d一第])")
_MOST = 30
_FEWEST, _PAIR = 3, 2
_LAST = 3
"""Figures of a heading that may be the total."""
_BEFORE = 3
"""Paragraphs before a heading in which it may stand."""
_SHORT = 20
_WORD, _NAME = 2, 4
_DIGITS = 4
_COMMA = re.compile(r"[，,。]")
_SLIGHT, _LARGE = Decimal("0.1"), Decimal("0.5")

Line = Sequence[Claim]


def numbered_lines(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each figure with those of the lines below it that are counted from one."""
    told = {found.place.path: found for found in _below_headings(passages, wording)}
    pieces = [piece for passage in passages for piece in _pieces(passage, wording)]
    if len(pieces) > len(passages):
        for found in _below_headings(pieces, wording, strict=False):
            told.setdefault(found.place.path, found)
    yield from told.values()


def _pieces(passage: Passage, wording: Wording) -> Iterator[Passage]:
    """Yield a paragraph cut before each item that is counted in it: 一、体育90万元。(一)赛事50万元。(二)场馆40万元."""
    cuts = [mark.end() for mark in _MARK.finditer(passage.text) if wording.line_number.match(passage.text, mark.end())]
    if not cuts or not passage.prose:
        yield passage
        return
    for start, end in pairwise([0, *cuts, len(passage.text)]):
        own = (c._replace(start=c.start - start, end=c.end - start) for c in passage.claims if start <= c.start < end)
        yield replace(passage, text=passage.text[start:end], claims=tuple(own))


def _below_headings(passages: Sequence[Passage], wording: Wording, *, strict: bool = True) -> Iterator[Found]:
    """Yield each figure of a heading with those of its lines, which `strict` holds to it where they don't add up."""
    held = 0
    split: list[Claim] = []
    off: list[tuple[Claim, Sequence[Line], Sequence[Claim]]] = []
    for n, heading in enumerate(passages):
        end, style, first = _first_line(heading, passages[n + 1 : n + 2], wording)
        if not style or not heading.prose:
            continue
        lines = [*first, *_counted(passages[n + 1 : n + 1 + _MOST], style, len(first), wording)]
        above = [c for c in heading.claims if c.end <= end]
        wholes = [c for c in above if addable(c) and not wording.past.search(c.before)][-_LAST:]
        doubtful: list[tuple[Claim, Sequence[Line], Sequence[Claim]]] = []
        for whole in reversed(wholes):
            parts = [part for line in lines if (part := _own(line, whole, wording)) is not None]
            if len(parts) < _PAIR or len(parts) < len(lines):
                continue
            if near(whole, parts) and ties(whole, parts) is Tie.FIRM:
                yield _found("narrative.total", whole, parts)
                yield from _moved(whole, above, parts, lines, wording)
                held += 1
                split.append(whole)
                break
            head = heading.text[:end]
            counted = any(c.quantity.base == len(lines) and c.dimension.startswith("count") for c in above)
            if (strict or counted) and _is_headed(head, whole, above, wording):
                yield from _off(whole, lines, parts, wording, listed=_lists(_tail(head, whole), wording), counted=counted)
            among = wording.among.search(head, whole.end)
            own = [c for c in above if among is None or c.end <= among.start()]
            if _is_headed(head[: among.start()] if among else head, whole, own, wording):
                doubtful.append((whole, lines, parts))
        else:
            off += doubtful
            if not any(map(addable, above)):
                told = list(_told_before(passages[max(0, n - _BEFORE) : n], heading.text[:end], lines, wording))
                yield from told or _split_again(split[-_LAST:], lines, wording)
    if held >= _PAIR:
        for total, below, figures in off:
            yield from _off(total, below, figures, wording, listed=True, fewest=_PAIR)


def _moved(
    whole: Claim, above: Sequence[Claim], parts: Sequence[Claim], lines: Sequence[Line], wording: Wording
) -> Iterator[Found]:
    """Yield the change of a whole, 支出382万元，比预算减少118万元, with those of its lines, where all tell one since then."""
    told = [(c, base_words(c.before, wording)) for c in _right_behind(whole, above)]
    below = [next(iter(_right_behind(part, line)), None) for part, line in zip(parts, lines, strict=True)]
    for top, base in told[:1]:
        known = [c for c in below if c is not None and same_kind(c, top) and base_words(c.before, wording) in ("", base)]
        if len(known) == len(parts):
            yield from added_up("narrative.changes", top, known)


def _right_behind(level: Claim, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the change that is told next of a figure, what stands in brackets aside."""
    following = [c for c in claims if c.start > level.start and not c.bracket]
    yield from (c for c in following[:1] if c.kind == "change" and c.usable and c.clause - level.clause <= _LAST)


def _told_before(passages: Sequence[Passage], head: str, lines: Sequence[Line], wording: Wording) -> Iterator[Found]:
    """Yield the figure of the last few paragraphs that the lines add up to, where the heading tells none: 现分配如下.

    Two lines may do so by chance: they tell their shares, or many digits, or the heading has the end of its name.
    """
    for whole in (c for passage in reversed(passages) if passage.prose for c in reversed(passage.claims)):
        parts = [part for line in lines if (part := _own(line, whole, wording, subtotals=True)) is not None]
        named = len(whole.noun) >= _WORD and whole.noun[-_NAME:] in head
        long = min((len(part.quantity.value.normalize().as_tuple().digits) for part in parts), default=0) >= _DIGITS
        fewest = _PAIR if named or long or _with_shares(lines, parts, whole) else _FEWEST
        if len(parts) == len(lines) >= fewest and addable(whole) and not whole.bracket and ties(whole, parts) is Tie.FIRM:
            yield _found("narrative.total", whole, parts)
            return


def _split_again(wholes: Sequence[Claim], lines: Sequence[Line], wording: Wording) -> Iterator[Found]:
    """Yield a whole that lines before have added up to, if these do so as well, but for one digit: 按经济分类支出如下."""
    for whole in reversed(wholes):
        parts = [part for line in lines if (part := _own(line, whole, wording)) is not None]
        if len(parts) == len(lines) >= _FEWEST and (ties(whole, parts) is Tie.FIRM or mistaken(whole, parts)):
            yield _found("narrative.total", whole, parts, "again")
            return


def _with_shares(lines: Sequence[Line], parts: Sequence[Claim], whole: Claim) -> bool:
    """Tell whether each line says which share of a whole its figure is: 群众体育878万元，占总数的99.43%."""
    behind = [[c for c in line if c.start > part.start][:1] for line, part in zip(lines, parts, strict=False)]
    return all(
        c and c[0].kind == "share" and ratio_follows(c[0], [part], [whole]) for c, part in zip(behind, parts, strict=True)
    )


def _first_line(heading: Passage, below: Sequence[Passage], wording: Wording) -> tuple[int, str, list[Line]]:
    """Return where a heading ends, how the lines below it are numbered, and the first of them if it stands behind its colon."""
    number = wording.line_number.match(below[0].text) if below else None
    if number is not None and _count(number) == 1:
        return len(heading.text), number.lastgroup or "", []
    for colon in _COLON.finditer(heading.text):
        inside = wording.line_number.match(heading.text, colon.end())
        if inside is not None and _count(inside) == 1 and number is not None and inside.lastgroup == number.lastgroup:
            return colon.start(), number.lastgroup or "", [[c for c in heading.claims if c.start >= inside.end()]]
    return 0, "", []


def _is_headed(head: str, whole: Claim, above: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether a heading ends with its only figure of the kind, or 具体情况如下 behind it, and says nothing of a choice."""
    moved = takewhile(lambda c: c.kind in ("change", "growth"), (c for c in above if c.start > whole.start))
    tail = _tail(head, [whole, *moved][-1])
    ends = not tail or _lists(tail, wording)
    left = [c for c in above if _lists(tail, wording) and wording.unspent.fullmatch(c.before)]
    alone = sum(same_kind(c, whole) and c.kind == "level" for c in above if c not in left) == 1 and whole not in left
    return ends and alone and wording.opener.search(wording.lists_parts.sub("", head)) is None


def _tail(head: str, last: Claim) -> str:
    """Return what a heading ends with behind a figure; a few words of its sentence, 与上年持平, may stand between."""
    before, stop, after = head[last.end :].strip("）)。，,；;：: ").rpartition("。")
    return after if len(before) <= _SHORT else before + stop + after


def _lists(tail: str, wording: Wording) -> bool:
    """Tell whether a few words say that lines follow which make up the figure before them: 具体情况如下."""
    said = wording.lists_parts.search(tail) or wording.split_into.search(tail)
    return len(tail) <= _SHORT and not _COMMA.search(tail) and said is not None


def _count(number: re.Match[str]) -> int:
    text = number[number.lastgroup or 0]
    return int(text) if text.isdigit() else NUMERALS.find(text) + 1


def _counted(below: Sequence[Passage], style: str, told: int, wording: Wording) -> list[Line]:
    """Return the lines that go on counting in one style; what stands between them is a part of one of them."""
    lines: list[Line] = []
    titled = False
    for line in below:
        number = wording.line_number.match(line.text)
        if titled and number is None and line.prose and line.claims:
            lines[-1], titled = line.claims, False  # 一、公务接待费 / 全年公务接待费101万元，…
        if number is None or number.lastgroup != style:
            continue
        if _count(number) != told + len(lines) + 1 or not line.prose:
            break
        lines.append(line.claims)
        titled = not line.claims
    return lines


def _own(line: Line, whole: Claim, wording: Wording, *, subtotals: bool = False) -> Claim | None:
    """Return the figure of a line that may be a part: the only one of its kind outside brackets, up to 其中.

    Of a plan it is the one planned: 计划财政资金28万元 / (1)中央计划投入20万元，实际到位20万元. The first one may be what all
    others make. A total is no part, but for `subtotals`: 1.定向捐款情况 / 共计募集9130元。
    """
    alike = [c for c in _up_to_parts(line, wording) if addable(c) and same_kind(c, whole) and not c.bracket]
    if len(alike) > _PAIR and ties(alike[0], alike[1:]) is Tie.FIRM:
        alike = alike[:1]  # 其他支出394万元，用于还贷58万元、付息324万元、杂费12万元
    if whole.role and len(alike) > 1:
        alike = [c for c in alike if c.role == whole.role]
    plain = len(alike) == 1 and not wording.past.search(alike[0].before)
    plain = plain and (subtotals or not wording.total.search(alike[0].before))
    return alike[0] if plain else None


def _up_to_parts(line: Line, wording: Wording) -> Line:
    """Return the figures before 其中; what begins with 具体如下 is the first of the lines that these words open."""
    rest = line[1:] if line and wording.among.match(line[0].before) else line
    return [*line[: len(line) - len(rest)], *takewhile(lambda c: not wording.among.search(c.before), rest)]


def _off(
    whole: Claim,
    lines: Sequence[Line],
    parts: Sequence[Claim],
    wording: Wording,
    *,
    listed: bool,
    counted: bool = False,
    fewest: int = _FEWEST,
) -> Iterator[Found]:
    """Yield lines of money that exceed their whole by a little, or by one digit, or fall short of it by one digit.

    They tell nothing else but how they changed; where no words say that they are `listed`, they may leave a part out, unless
    they are as many as the heading has `counted`.
    """
    single = all(sum(_adds(c, whole, wording) for c in _up_to_parts(line, wording)) == 1 for line in lines)
    roles = {c.role for c in (whole, *parts)} - {""}
    et_cetera = any(part.after.startswith(wording.data.et_cetera) for part in parts)
    single = single and not any(_told_among(whole, line, part, wording) for line, part in zip(lines, parts, strict=True))
    told = single and not et_cetera and whole.dimension == "money" and len(parts) >= fewest and len(roles) <= 1
    gap = total_of(parts) - whole.quantity.base
    most = total_of(parts) if listed or counted else _LARGE * total_of(parts)
    if not told or ties(whole, parts) is not Tie.OFF or abs(gap) > most:
        return
    slight = abs(gap) <= _SLIGHT * whole.quantity.base
    one_digit = len(gap.normalize().as_tuple().digits) == 1 and _exact(whole, *parts)
    if counted or (gap > 0 and (slight or one_digit)):
        yield _found("narrative.total", whole, parts)
    elif gap < 0 and one_digit and (slight or listed):
        yield _found("narrative.rest", whole, parts)


def _told_among(whole: Claim, line: Line, part: Claim, wording: Wording) -> bool:
    """Tell whether a line tells behind 其中 what it has of the whole: 上级资金9200元 / 1.投入5120元，其中上级资金4920元."""
    pieces = {whole.noun[n : n + _WORD] for n in range(len(whole.noun) - 1)}
    among = [c for c in line if c.start > part.start and same_kind(c, whole) and wording.among.search(c.before)]
    return any(piece in c.before and piece not in part.before for c in among for piece in pieces)


def _adds(claim: Claim, whole: Claim, wording: Wording) -> bool:
    """Tell whether a figure of a line may be one of its parts: not by how much it changed since last year."""
    moved = claim.kind == "change" and wording.compared.search(claim.before) is None
    return (claim.kind == "level" or moved) and same_kind(claim, whole)


def _exact(*figures: Claim) -> bool:
    """Tell whether some figure has so many digits that one digit alone is hardly what another line would have."""
    return max(len(c.quantity.value.normalize().as_tuple().digits) for c in figures) >= _DIGITS


def _found(kind: str, whole: Claim, parts: Sequence[Claim], name: str = "lines") -> Found:
    values = {"total": whole.fact, "parts": facts(parts)}
    return Found(kind, place(kind, whole, values, suffix=f"{name}{len(parts)}"))
