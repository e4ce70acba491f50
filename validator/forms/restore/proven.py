"""Tables with a cell on each line and labels of any number of lines, where the figures themselves tell that they are rows.

Comes in: tokens that are whole lines, none of them blank. Goes out: the tables in which as many figures stand between words
again and again, and one of them follows from two others in all rows but few: 32.0, 35.4 and 10.6 percent more; 367, 16.515 and
4.5%. By chance they would not, so that neither labels of columns nor their number have to say how wide the table is. A label is
what stands right before the figures: in two languages the words of ours, over several lines all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from validator.forms.ordinals import ordinal_of
from validator.forms.restore.generic import Grid, Named, stands_apart
from validator.forms.restore.listed import Listed
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY, Shape.DASH})
_FEWEST_FIGURES, _MOST_FIGURES = 3, 12
_FEWEST_ROWS = 4
_ROWS_FOR_EACH_OFF = 6
"""Rows that show a relation for each that breaks it."""
_FEWEST_DIFFERENT = 3
_IN_PART = "这张表的栏目认不准，只核对了相互算得出的几栏。"
_MOST_WORDS = 8
"""Lines of words between the figures of two rows."""
_FEWEST_LONGER = 2
"""Rows with a label of several lines: where there are none, labels and figures alone tell the rows."""
_LONGEST_LABEL = 30
_OF_HEADINGS = (1, 2)
"""Kinds of numbering that headings have: 一、 （一）."""
_HIGHEST = 24
"""Lines above the first row among which the labels of columns stand."""
_PER_CENT = 100
_OURS = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"(?:19|20)\d\d年?")

_Cells = dict[int, list[Token]]


class _Relation(NamedTuple):
    """One column follows from two others."""

    rate: int
    now: int
    before: int
    growth: bool


class _Row(NamedTuple):
    """Words and the figures behind them, as indexes of tokens."""

    words: range
    figures: range


def by_proof(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Listed]:
    """Yield the tables among tokens, in order."""
    rows = list(_rows(tokens, start, end))
    at = 0
    while at < len(rows):
        width = len(rows[at].figures)
        stop = at + 1
        while stop < len(rows) and len(rows[stop].words) <= _MOST_WORDS and _are_alike(tokens, rows[at], rows[stop]):
            stop += 1
        alike = rows[at:stop]
        longer = sum(len(row.words) > 1 for row in alike[1:])
        at = stop
        if _FEWEST_FIGURES <= width <= _MOST_FIGURES and longer >= _FEWEST_LONGER and len(alike) >= _FEWEST_ROWS:
            relations = _relations(tokens, alike)
            if relations:
                yield _table(tokens, alike, relations, named, goes_on=stop < len(rows) or alike[-1].figures.stop < end)


def _rows(tokens: Sequence[Token], start: int, end: int) -> Iterator[_Row]:
    words = start
    at = start
    while at < end:
        if at == words or shape_of(tokens[at].text) not in _FIGURES:
            at += 1
            continue
        stop = at
        while stop < end and shape_of(tokens[stop].text) in _FIGURES:
            stop += 1
        yield _Row(range(words, at), range(at, stop))
        words = at = stop


def _are_alike(tokens: Sequence[Token], row: _Row, other: _Row) -> bool:
    """Tell whether rows have as many figures, percentages in the same columns: without its sign a rate may be one of ‰."""
    pairs = list(zip(row.figures, other.figures, strict=False))
    shapes = [{shape_of(tokens[n].text) for n in pair} for pair in pairs]
    return len(row.figures) == len(other.figures) and all(
        kinds <= {Shape.PERCENT, Shape.DASH} or Shape.PERCENT not in kinds for kinds in shapes
    )


def _relations(tokens: Sequence[Token], rows: Sequence[_Row]) -> list[_Relation]:
    """Return what columns are to two others in all rows but few."""
    texts = [[tokens[n].text for n in row.figures] for row in rows]
    shapes = [{shape_of(text) for text in column} for column in zip(*texts, strict=True)]
    figures = [[None if shape_of(text) is Shape.DASH else number_of(text) for text in row] for row in texts]
    amounts = [c for c, kinds in enumerate(shapes) if Shape.PERCENT not in kinds]
    tried = (
        _Relation(rate, now, before, growth)
        for rate, kinds in enumerate(shapes)
        for growth in (True, False)
        for now, before in permutations(amounts, 2)
        if rate not in (now, before) and (growth or Shape.PERCENT in kinds)
    )
    return [relation for relation in tried if _is_borne_out(figures, relation)]


def _is_borne_out(rows: Sequence[Sequence[Decimal | None]], found: _Relation) -> bool:
    held: set[Decimal] = set()
    count = off = 0
    for row in rows:
        stated, now, before = row[found.rate], row[found.now], row[found.before]
        if stated is None or now is None or not before:
            continue
        near = abs(now / before * _PER_CENT - (_PER_CENT if found.growth else 0) - stated)
        if near <= Decimal(1).scaleb(int(stated.as_tuple().exponent)) / 2:
            count += 1
            held.update([now] if now != before else [])
        else:
            off += 1
    return count >= _FEWEST_ROWS and len(held) >= _FEWEST_DIFFERENT and off * _ROWS_FOR_EACH_OFF <= count


def _table(tokens: Sequence[Token], rows: Sequence[_Row], told: Sequence[_Relation], named: Named, *, goes_on: bool) -> Listed:
    """Return the rows with those columns alone that are told of: how labels stand over the others can't be known."""
    words = [[tokens[n] for n in row.words] for row in rows]
    words[0] = _of_first(words[0])
    kept = {c for relation in told for c in relation[:3]}
    labels = _label_of_growth(tokens[: rows[0].figures.start - len(words[0])][-_HIGHEST:], told, named)
    placed: list[_Cells] = [labels] if labels else []
    for row, texts in zip(rows, words, strict=True):
        headings, label = _label(texts)
        placed += [{0: [heading]} for heading in headings]
        placed.append({0: label, **{c + 1: [tokens[n]] for c, n in enumerate(row.figures) if c in kept}})
    first = next(iter(placed[0].values()))[0]
    open_rows = frozenset([len(placed) - 1] if goes_on else [])
    grid = Grid(tokens.index(first), rows[-1].figures.stop, tuple(placed), tuple({} for _ in placed), open_rows)
    return Listed(grid, frozenset(), _IN_PART if len(kept) < len(rows[0].figures) else "")


def _of_first(words: Sequence[Token]) -> list[Token]:
    """Return the words that are the label of the first row, and a heading right above it; higher up columns have theirs."""
    at = next((n for n in range(len(words) - 1, -1, -1) if _OURS.search(words[n].text)), 0)
    heading = at and ordinal_of(words[at - 1].text).rank in _OF_HEADINGS and not stands_apart(words[at - 1].text)
    return list(words[at - 1 if heading else at :])


def _label_of_growth(above: Sequence[Token], told: Sequence[_Relation], named: Named) -> _Cells:
    """Return the label of the only growth, with the two years before it."""
    texts = [token.text for token in above]
    rates = {relation.rate for relation in told if relation.growth}
    at = [n for n, text in enumerate(texts) if named("growth_rates", text) or (named("differences", text) and "%" in text)]
    if len(rates) != 1 or not at:
        return {}
    relation = next(relation for relation in told if relation.growth)
    years = next((n for n in range(at[-1] - 1) if all(map(_YEAR.fullmatch, texts[n : n + 2]))), None)
    pair = zip(sorted((relation.now, relation.before)), above[years : years + 2] if years is not None else (), strict=False)
    return {**{1 + c: [year] for c, year in pair}, 1 + relation.rate: [above[at[-1]]]}


def _label(words: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Return the headings among the words before figures, and the label of these."""
    ours = [token for token in words if _OURS.search(token.text)]
    headings = [token for token in ours[:-1] if ordinal_of(token.text).rank in _OF_HEADINGS]
    label = [token for token in ours if token not in headings] or list(words[-1:])
    whole = len(ours) == len(words) and sum(len(token.text) for token in label) <= _LONGEST_LABEL
    return headings, label if whole else label[-1:]
