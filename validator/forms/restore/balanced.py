"""Accounts of two sides that ran together so that no line tells the side of a row: the totals of both sides tell.

Comes in: tokens. Goes out: the tables made of labels, each with one amount behind it or none, that end with a total of income
and a total of spending of the same amount. A row belongs to the side that its label names (财政拨款收入); one whose label
names none belongs to the side with which both sums close. Where every label names its side and the numbers of rows count up,
one side may fail to close: the account is read all the same, for that is what is to be told. Marks of pages between the words
and labels of columns, which come several times, are passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, product, zip_longest
from typing import NamedTuple

from validator.forms.ordinals import Ordinal, ordinal_of
from validator.forms.restore.generic import Grid, Named, with_spaced_words
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import PAGE_MARK, Token

_FIGURES = frozenset({Shape.NUMBER, Shape.MONEY, Shape.DASH})
_SIDES = ("income_rows", "spending_rows")
_LONGEST_MARK = 6
"""Tokens of the mark of a page."""
_FEWEST_PARTS = 3
"""Amounts of a side that closes, where only one does or the other has but one."""
_MOST_DOUBTS = 3
"""Amounts whose side their labels don't tell."""
_FIRST = Ordinal(1, 1)


class _Entry(NamedTuple):
    """A label with its amount."""

    at: int
    last: int
    """Index of the amount, or of the label where there is none."""
    label: Token
    amount: Token | None
    side: str
    """Empty where the label doesn't tell."""
    is_total: bool

    @property
    def value(self) -> Decimal:
        return number_of(self.amount.text) if self.amount is not None else Decimal(0)


class _Side(NamedTuple):
    """The rows of a side."""

    items: Sequence[_Entry]
    total: _Entry
    behind: Sequence[_Entry]
    """What stands behind the first total: carried over, and the total of all."""

    def outermost(self) -> list[_Entry]:
        """Return the items with numbers of the outermost kind."""
        ranks = [ordinal_of(item.label.text).rank for item in self.items]
        return [item for item, rank in zip(self.items, ranks, strict=True) if rank and rank == min(filter(None, ranks))]

    def closes(self) -> bool:
        """Tell whether the items, or those with outermost numbers alone, add up to the total."""
        return any(sum(item.value for item in items) == self.total.value for items in (self.items, self.outermost()))

    def parts(self) -> int:
        """Return the number of items with an amount that is not 0."""
        return sum(1 for item in self.items if item.value)

    def is_counted(self) -> bool:
        """Tell whether every item has a number of the same kind, each above the one before."""
        numbers = [ordinal_of(item.label.text) for item in self.items]
        return all(a.rank == b.rank and a.number < b.number for a, b in pairwise(numbers)) and all(n.number for n in numbers)


def without_page_marks(tokens: Sequence[Token], named: Named) -> list[Token]:
    """Return tokens without marks of pages among them (第 2 页), the letters of words that stood apart put together."""
    kept: list[Token] = []
    n = 0
    while n < len(tokens):
        width = _mark_at(tokens, n)
        if not width:
            kept.append(tokens[n])
        n += width or 1
    return with_spaced_words(kept, named)


def _mark_at(tokens: Sequence[Token], n: int) -> int:
    """Return how many tokens from one on are the mark of a page."""
    if tokens[n].text[:1] not in ("第", "-", "—", "–"):
        return 0
    widths = range(min(_LONGEST_MARK, len(tokens) - n), 0, -1)
    return next((w for w in widths if PAGE_MARK.fullmatch(" ".join(token.text for token in tokens[n : n + w]))), 0)


def by_balance(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the accounts among tokens, in order."""
    for run in _runs(tokens, start, end, named):
        sides = _sides_of(run)
        if sides is None:
            continue
        left, right = sides
        blocks = ((left.items, right.items), ((left.total,), (right.total,)), (left.behind, right.behind))
        rows = [_row(pair) for block in blocks for pair in zip_longest(*block)]
        entries = [entry for side in sides for entry in (*side.items, side.total, *side.behind)]
        first, last = min(entry.at for entry in entries), max(entry.last for entry in entries)
        yield Grid(first, last + 1, tuple(rows), tuple({} for _ in rows))


def _row(pair: Sequence[_Entry | None]) -> dict[int, list[Token]]:
    cells = {
        2 * n + k: cell for n, entry in enumerate(pair) if entry for k, cell in enumerate((entry.label, entry.amount)) if cell
    }
    return {column: [token] for column, token in cells.items()}


def _runs(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[list[_Entry]]:
    """Yield runs of labels with an amount behind them or none; the first number behind two totals begins another."""
    times = Counter(token.text for token in tokens[start:end])
    run: list[_Entry] = []
    ended: set[str] = set()
    is_open = False
    for n in range(start, end):
        token = tokens[n]
        shape = shape_of(token.text)
        if shape in _FIGURES and is_open:
            run[-1] = run[-1]._replace(amount=token, last=n)
            ended |= {run[-1].side} if run[-1].is_total else set()
            is_open = False
        elif shape is Shape.WORD and (times[token.text] == 1 or _tells(token.text, named)):
            if len(ended) > 1 and ordinal_of(token.text) == _FIRST:
                yield run
                run, ended = [], set()
            run.append(_Entry(n, n, token, None, _side_of(token.text, named), named("totals", token.text)))
            is_open = True
        elif not (token.blank or shape is Shape.WORD or (shape is Shape.AMOUNT and times[token.text] > 1)):
            yield run
            run, ended, is_open = [], set(), False
    yield run


def _tells(text: str, named: Named) -> bool:
    """Tell whether a text that comes several times can be the label of a row."""
    return ordinal_of(text).rank > 0 or bool(_side_of(text, named))


def _side_of(text: str, named: Named) -> str:
    return next((side for side in _SIDES if named(side, text)), "")


def _sides_of(run: Sequence[_Entry]) -> tuple[_Side, _Side] | None:
    """Return both sides of an account that ends with the same total on each; None where one can't be sure of them."""
    doubtful = [n for n, entry in enumerate(run) if entry.amount and not entry.side]
    if len(doubtful) > _MOST_DOUBTS:
        return None
    found: list[tuple[_Side, _Side]] = []
    for way in product(_SIDES, repeat=len(doubtful)):
        placed = dict(zip(doubtful, way, strict=True))
        entries = [entry._replace(side=placed.get(n, entry.side)) for n, entry in enumerate(run)]
        sides = [side for name in _SIDES if (side := _side(entries, name))]
        if len(sides) == len(_SIDES) and _ends_alike(*sides):
            found.append((sides[0], sides[1]))
    closing = [sides for sides in found if _close(*sides)]
    if len(closing) == 1:
        return closing[0]
    return found[0] if not doubtful and found and _may_accuse(*found[0]) else None


def _side(entries: Sequence[_Entry], name: str) -> _Side | None:
    own = [entry for entry in entries if entry.side == name]
    at = next((n for n, entry in enumerate(own) if entry.is_total and entry.amount), None)
    return None if at is None else _Side(own[:at], own[at], own[at + 1 :])


def _ends_alike(left: _Side, right: _Side) -> bool:
    """Tell whether the last totals of both sides are the same, and not nothing."""
    ends = [
        next(entry for entry in reversed((side.total, *side.behind)) if entry.is_total and entry.amount)
        for side in (left, right)
    ]
    return ends[0].value == ends[1].value != 0


def _close(left: _Side, right: _Side) -> bool:
    most = max(left.parts(), right.parts())
    return left.closes() and right.closes() and most >= _FEWEST_PARTS


def _may_accuse(left: _Side, right: _Side) -> bool:
    """Tell whether one side closes by enough parts and the other is sure although it doesn't: all its rows are numbered."""
    sure = all(side.is_counted() and side.parts() > 1 for side in (left, right))
    return sure and any(side.closes() and side.parts() >= _FEWEST_PARTS for side in (left, right))
