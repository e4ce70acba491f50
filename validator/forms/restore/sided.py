"""Accounts of two sides without line numbers: 项目 预算数 项目 预算数, blank amounts left out.

Comes in: tokens. Goes out: the tables in which each line is a label, perhaps its amount, and the same again. An amount belongs
to the label before it. A line with one label only belongs to the side on which its number comes next (五、 behind 四、), and
where that may be either, to the one whose labels end like it (支出); else nothing is read. Where no lines tell the rows, labels
take turns but for those whose number comes next on one side only, down to the row of two totals that ends such an account.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from validator.forms.ordinals import ordinal_of
from validator.forms.restore.generic import Grid, Named, is_like_a_row, lines_of
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Token

_FIGURES = frozenset({Shape.NUMBER, Shape.MONEY, Shape.DASH})
_WORDS = frozenset({Shape.WORD, Shape.AMOUNT})
_FEWEST_ROWS = 3
_LONGEST_LABEL = 40
_LINES_BEHIND = 2
_ENDING = 2
"""Characters at the end of a label that tell its side."""

_Row = dict[int, list[Token]]


def by_sides(tokens: Sequence[Token], start: int, end: int) -> Iterator[Grid]:
    """Yield the accounts among tokens, in order."""
    places = lines_of(tokens, start, end)
    lines = [[token for token in tokens[a:b] if not token.blank] for a, b in places]
    n = 0
    while n < len(lines):
        rows = _below(lines, n) if _are_labels(lines[n]) else []
        if rows:
            head: _Row = {c: [token] for c, token in enumerate(lines[n])}
            yield Grid(places[n][0], places[n + len(rows)][1], (head, *rows), tuple({} for _ in range(1 + len(rows))))
        n += 1 + len(rows)


def by_turns(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the accounts among tokens of which no line is a row, in order; blank cells are no tokens here."""
    n = start
    while n + 4 < end:
        rows = _in_turn(tokens, n + 4, end, named) if _are_labels(tokens[n : n + 4]) else []
        if rows:
            head: _Row = {c: [token] for c, token in enumerate(tokens[n : n + 4])}
            yield Grid(n, n + 4 + sum(map(len, rows)), (head, *rows), tuple({} for _ in range(1 + len(rows))))
        n += 4 + sum(map(len, rows)) if rows else 1


def _in_turn(tokens: Sequence[Token], at: int, end: int, named: Named) -> list[_Row]:
    """Return the rows from a token on, as far as the last in which totals with amounts stand side by side."""
    rows: list[_Row] = []
    last = [0, 0]
    endings: tuple[set[str], set[str]] = (set(), set())
    while at < end and _is_label(tokens[at]):
        label = tokens[at].text
        side = int(bool(rows) and 2 not in rows[-1])
        if number := ordinal_of(label).number:
            if number not in (last[0] + 1, last[1] + 1):
                break
            side = next(iter(_sides([[tokens[at]]], last, endings)), side)
            last[side] = number
            endings[side].add(label[-_ENDING:])
        if not rows or side == 0 or 2 in rows[-1]:
            rows.append({})
        has_amount = at + 1 < end and shape_of(tokens[at + 1].text) in _FIGURES
        rows[-1] |= {2 * side + k: [token] for k, token in enumerate(tokens[at : at + 1 + has_amount])}
        at += 1 + has_amount
    while rows and not (len(rows[-1]) == 4 and all(named("totals", rows[-1][c][0].text) for c in (0, 2))):
        rows.pop()
    return rows if min(last) and sum(len(row) == 4 for row in rows) > _FEWEST_ROWS else []


def _are_labels(line: Sequence[Token]) -> bool:
    texts = [token.text for token in line]
    return len(texts) == 4 and texts[:2] == texts[2:] and texts[0] != texts[1] and all(shape_of(t) is Shape.WORD for t in texts)


def _below(lines: Sequence[Sequence[Token]], n: int) -> list[_Row]:
    """Return the rows below a line of labels; none where one of them can't be placed, or no amount is missing."""
    rows: list[_Row] = []
    last = [0, 0]
    endings: tuple[set[str], set[str]] = (set(), set())
    short = whole = 0
    for line in lines[n + 1 :]:
        pairs = _pairs(line)
        sides = _sides(pairs, last, endings)
        if not sides:
            break
        for side, pair in zip(sides, pairs, strict=True):
            last[side] = ordinal_of(pair[0].text).number or last[side]
            endings[side].add(pair[0].text[-_ENDING:])
        rows.append({2 * side + k: [token] for side, pair in zip(sides, pairs, strict=True) for k, token in enumerate(pair)})
        whole += len(line) == 4
        short += len(line) < 4
    behind = lines[n + 1 + len(rows) :][:_LINES_BEHIND]
    broken = any(line and is_like_a_row(line) for line in behind)
    return rows if short and whole >= _FEWEST_ROWS and not broken else []


def _pairs(line: Sequence[Token]) -> list[Sequence[Token]]:
    """Return the labels of a line, each with its amount if there is one; nothing where the line is not made so."""
    starts = [n for n, token in enumerate(line) if shape_of(token.text) not in _FIGURES]
    pairs = [line[a:b] for a, b in pairwise([*starts, len(line)])]
    fits = starts[:1] == [0] and len(pairs) <= 2 and all(len(pair) <= 2 and _is_label(pair[0]) for pair in pairs)
    return pairs if fits else []


def _is_label(token: Token) -> bool:
    return shape_of(token.text) in _WORDS and len(token.text) <= _LONGEST_LABEL


def _sides(pairs: Sequence[Sequence[Token]], last: Sequence[int], endings: Sequence[set[str]]) -> list[int]:
    """Return the side of each label: 0 on the left, 1 on the right; nothing where that can't be told.

    `last`: the number that each side has come to; `endings`: how its labels end.
    """
    if len(pairs) == 2:
        return [0, 1]
    label = pairs[0][0].text if pairs else ""
    number = ordinal_of(label).number
    fits = [side for side in (0, 1) if number and number == last[side] + 1]
    if len(fits) > 1:
        fits = [side for side in fits if label[-_ENDING:] in endings[side] - endings[1 - side]]
    return fits if len(fits) == 1 else []
