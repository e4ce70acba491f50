"""Figures that a rate tells apart: `32.4 31.69 10 97.81%` are a budget, what was spent of it, points and the rate.

Comes in: the tokens of a block, where the alignment put them, and which column is the quotient of which. Goes out: the same
places, except in rows that lost a cell and whose rate is right in one reading only: they take that one. A row whose rate
is wrong, or right in several readings, stays as it was; one that looks like a row that can't be read can't be read either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import NamedTuple

from validator.forms.restore.align import Column, Placed
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token
from validator.forms.spec import Quotient

_SHAPES = {
    "amount": frozenset({Shape.NUMBER, Shape.MONEY, Shape.DASH}),
    "percent": frozenset({Shape.NUMBER, Shape.PERCENT, Shape.DASH}),
    "points": frozenset({Shape.NUMBER, Shape.DASH}),
}
_AMOUNTS = frozenset({Shape.NUMBER, Shape.MONEY})
_MOST_CELLS = 12
"""Columns of figures beyond which the readings of a row are too many to try."""
_FEWEST_OTHERS = 2
_LIKE_A_RATE = 200
"""A larger figure without a sign is no percentage."""
_FULL_MARKS = 100
_PER_CENT = 100

_Reading = dict[int, int]
"""Column to token."""


class _Terms(NamedTuple):
    """The columns of a quotient, by their place in the header."""

    rate: int
    of: int
    by: int


def settle(
    tokens: Sequence[Token], placed: Sequence[Placed], columns: Sequence[Column], quotients: Sequence[Quotient]
) -> list[Placed]:
    """Return the places, with the rows settled that a rate can settle."""
    settled = list(placed)
    terms = next(_terms(columns, quotients), None)
    at = [j for j, column in enumerate(columns) if column.type in _SHAPES]
    if terms is None or len(at) > _MOST_CELLS:
        return settled
    every = [row for row in _rows_of_figures(tokens, placed, columns) if row]
    rows = [row for row in every if 2 < len(row) < len(at)]
    weights: set[str] = set()
    open_rows: dict[tuple[Shape, ...], list[int]] = {}
    for row in sorted(rows, key=lambda row: all(placed[t].sure for t in row)):
        sure = all(placed[t].sure for t in row)
        shapes = tuple(shape_of(tokens[t].text) for t in row)
        if _is_right({placed[t].column: t for t in row}, terms, tokens):
            continue
        reading = _only_reading(row, at, tokens, columns, terms)
        weight = set(_points(reading, tokens, columns)[:1])
        if reading and (not sure or weight & weights):
            weights |= weight
            for j, t in reading.items():
                settled[t] = Placed(j, placed[t].starts, False, sure=True)
        elif not sure:
            open_rows[shapes] = row
        elif shapes in open_rows:
            for t, like in zip(row, open_rows[shapes], strict=True):
                settled[t] = placed[like]._replace(starts=placed[t].starts)
    _follow(every, settled, tokens, columns, terms)
    _doubt_rates(tokens, settled, columns, terms)
    return settled


def _doubt_rates(tokens: Sequence[Token], settled: list[Placed], columns: Sequence[Column], terms: _Terms) -> None:
    """Make a rate unsure that may be a share: a column the section doesn't know (占比) stands before it, and is lost there.

    Not where words stand in that column, nor where the amounts of the row give the rate.
    """
    stranger = terms.rate - 1
    starts = [t for t, place in enumerate(settled) if place.starts] if columns[stranger].type == "free" else []
    rows = [{settled[t].column: t for t in range(a, b)} for a, b in pairwise([*starts, len(settled)])]
    if any(shape_of(tokens[row[stranger]].text) in (Shape.WORD, Shape.LONG) for row in rows if stranger in row):
        return
    for row in rows:
        if terms.rate not in row or stranger in row or _is_right(row, terms, tokens):
            continue
        t = row[terms.rate]
        if not 0 <= tokens[t].slot == columns[terms.rate].slot:
            settled[t] = settled[t]._replace(sure=False, rivals=(stranger, terms.rate))


def are_misplaced(
    rows: Iterable[Mapping[int, Sequence[Token]]], columns: Sequence[Column], quotients: Sequence[Quotient]
) -> bool:
    """Tell whether the rates of several rows, and none other, are those of two other columns: the labels are out of order.

    So they are where percentages stand for amounts, or amounts for rates. What was spent divided by another column is a rate on
    another basis, which somebody may have written.
    """
    terms = next(_terms(columns, quotients), None)
    if terms is None:
        return False
    amounts = [j for j, column in enumerate(columns) if column.type == "amount"]
    others = 0
    for row in rows:
        if _holds_strangers(row, amounts, terms):
            others += 1
            continue
        at = {j: t for t, j in enumerate(row)}
        tokens = [cell[0] for cell in row.values()]
        pairs = (_Terms(terms.rate, of, by) for of in amounts for by in amounts if of in at and by in at)
        right = [pair for pair in pairs if tokens[at[pair.of]].text != tokens[at[pair.by]].text and _is_right(at, pair, tokens)]
        if any(pair.of == terms.of for pair in right):
            return False
        others += bool(right)
    return others >= _FEWEST_OTHERS


def are_scrambled(
    rows: Sequence[Mapping[int, Sequence[Token]]], columns: Sequence[Column], quotients: Sequence[Quotient]
) -> bool:
    """Tell whether labels stand in an order that hardly any form has, and no rate says that the figures go with them.

    Labels of several lines come out of a print line by line: 全年预算 全年执行, then 年初预算数 分值 执行率, then 数 数. It is
    a rate that stands before what was spent, this before a budget, or the labels of the rows behind an amount.
    """
    terms = next(_terms(columns, quotients), None)
    if terms is None or any(column.slot >= 0 for column in columns):
        return False
    ids = {id for quotient in quotients for id in quotient.by}
    bases = [j for j, column in enumerate(columns) if column.id in ids]
    amounts = [j for j, column in enumerate(columns) if column.type == "amount"]
    labels = {j for j, column in enumerate(columns) if column.type in ("label", "name")}
    if bases[-1] < terms.of < terms.rate and all(j < amounts[0] for j in labels):
        return False
    right = False
    for row in rows:
        if _holds_strangers(row, amounts, terms):
            return True
        at = {j: t for t, j in enumerate(row)}
        tokens = [cell[0] for cell in row.values()]
        pairs = [_Terms(terms.rate, terms.of, by) for by in bases if labels & row.keys() and {by, terms.of} <= row.keys()]
        right = right or any(
            tokens[at[pair.of]].text != tokens[at[pair.by]].text and _is_right(at, pair, tokens) for pair in pairs
        )
    return not right


def _holds_strangers(row: Mapping[int, Sequence[Token]], amounts: Sequence[int], terms: _Terms) -> bool:
    """Tell whether a percentage stands for an amount, or an amount for the rate."""
    rates = [token.text for token in row.get(terms.rate, ())]
    return any(shape_of(token.text) is Shape.PERCENT for j in amounts for token in row.get(j, ())) or any(
        shape_of(text) is Shape.NUMBER and number_of(text) > _LIKE_A_RATE for text in rates
    )


def _follow(
    rows: Sequence[Sequence[int]],
    settled: list[Placed],
    tokens: Sequence[Token],
    columns: Sequence[Column],
    terms: _Terms,
) -> None:
    """Put the amounts of rows without a rate where those of the rows stand whose rate is right, if they are as many."""
    right = [row for row in rows if _is_right({settled[t].column: t for t in row}, terms, tokens)]
    models = {tuple(j for t in row if columns[j := settled[t].column].type == "amount") for row in right}
    for row in rows:
        amounts = [t for t in row if shape_of(tokens[t].text) in _AMOUNTS]
        like = [model for model in models if len(model) == len(amounts)]
        rest = [t for t in row if t not in amounts]
        if row in right or len(models) > 1 or not like or any(shape_of(tokens[t].text) is not Shape.DASH for t in rest):
            continue
        behind = [j for j, column in enumerate(columns) if column.type in _SHAPES and j > like[0][-1]]
        if any(t < amounts[-1] for t in rest) or len(rest) > len(behind):
            continue
        for t, j in zip((*amounts, *rest), (*like[0], *behind), strict=False):
            settled[t] = Placed(j, settled[t].starts, False, sure=True)


def _terms(columns: Sequence[Column], quotients: Sequence[Quotient]) -> Iterator[_Terms]:
    places = {column.id: j for j, column in enumerate(columns)}
    for quotient in quotients:
        by = next((places[id] for id in quotient.by if id in places), None)
        if by is not None and quotient.column in places and quotient.of in places:
            yield _Terms(places[quotient.column], places[quotient.of], by)


def _rows_of_figures(tokens: Sequence[Token], placed: Sequence[Placed], columns: Sequence[Column]) -> Iterator[list[int]]:
    """Yield the figures of each row, and the dashes among them; rows in which a blank is known to stand are left out."""
    row: list[int] = []
    whole = True
    for t, (token, place) in enumerate(zip(tokens, placed, strict=True)):
        if place.starts:
            if whole:
                yield row
            row, whole = [], True
        whole = whole and not token.blank and token.slot < 0
        if columns[place.column].type in _SHAPES:
            row.append(t)
    if whole:
        yield row


def _only_reading(
    row: Sequence[int], at: Sequence[int], tokens: Sequence[Token], columns: Sequence[Column], terms: _Terms
) -> _Reading:
    """Return the one reading in which the rate is right, when there is only one and its points may be points; else none."""
    right = [reading for reading in _readings(row, at, tokens, columns) if _is_right(reading, terms, tokens)]
    return right[0] if len(right) == 1 and _may_be_points(_points(right[0], tokens, columns), right[0], tokens) else {}


def _readings(row: Sequence[int], at: Sequence[int], tokens: Sequence[Token], columns: Sequence[Column]) -> Iterator[_Reading]:
    """Yield every way to put the figures into columns from left to right."""
    for chosen in combinations(at, len(row)):
        if all(shape_of(tokens[t].text) in _SHAPES[columns[j].type] for j, t in zip(chosen, row, strict=True)):
            yield dict(zip(chosen, row, strict=True))


def _is_right(reading: _Reading, terms: _Terms, tokens: Sequence[Token]) -> bool:
    """Tell whether the rate is what the two amounts give, to its last written place."""
    texts = [tokens[reading[j]].text if j in reading else "" for j in terms]
    if any(shape_of(text) in (Shape.BLANK, Shape.DASH) for text in texts):
        return False
    rate, of, by = map(number_of, texts)
    if not by:
        return False
    step = Decimal(1).scaleb(int(rate.as_tuple().exponent))
    return abs(of / by * _PER_CENT - rate) < step


def _points(reading: _Reading, tokens: Sequence[Token], columns: Sequence[Column]) -> list[str]:
    return [tokens[t].text for j, t in sorted(reading.items()) if columns[j].type == "points"]


def _may_be_points(points: Sequence[str], reading: _Reading, tokens: Sequence[Token]) -> bool:
    """Tell whether figures can be a weight and a score: none is an amount of the row too, none is above the one before.

    A score may be above its weight, and wrong, where the sign of the rate between them shows which is which.
    """
    texts = [tokens[t].text for t in reading.values()]
    signed = any(shape_of(text) is Shape.PERCENT for text in texts)
    sizes = [number_of(text) for text in points if shape_of(text) is Shape.NUMBER]
    return (
        all(texts.count(text) <= points.count(text) for text in points if shape_of(text) is Shape.NUMBER)
        and all(size <= _FULL_MARKS for size in sizes)
        and (signed or all(score <= weight for weight, score in pairwise(sizes)))
    )
