"""Put the tokens of a block into the columns of its header: the cheapest reading, and how sure each token's place is.

Comes in: the columns in the header's order and the tokens below it. Goes out: one `Placed` for each token. A reading is
a path through (token, column); it costs what shapes, swallowed blanks, shifted positions and row breaks make unlikely.
A token whose place differs in a reading that is almost as cheap is not sure, and the caller leaves it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.forms.labels import take_apart
from validator.forms.restore.shapes import FIGURES, Shape, has_digit, is_period, is_year, number_of, shape_of
from validator.forms.restore.tokens import Gap, Token
from validator.forms.restore.vocabulary import Meaning, Vocabulary

_NEVER = 1e9
_MARGIN = 0.75
"""A second reading this much dearer, or more, is no rival."""
UNLIKELY = 3.0
"""A shape this dear in its column doesn't belong there, even when no other place is left."""


_NO_NUMBER = Decimal(-1)
_POINTS = "分"


class Column(NamedTuple):
    """A column of the header."""

    id: str
    """Id in the section's specification; empty for a column that the section doesn't know, `caption` for the margin."""
    type: str
    slot: int = -1
    """Which cell of the header line it is, where tabs tell."""
    unlabelled: bool = False
    spare: bool = False
    """Whether it is seldom filled (a second target after adjustment)."""


class Layout(NamedTuple):
    """What line breaks and blanks mean in a block."""

    lines_are_rows: bool
    """Whether a line is a row; otherwise each cell has a line of its own, or all is one line."""
    one_line: bool
    """Whether several rows share a line."""


class Placed(NamedTuple):
    """Where a token goes."""

    column: int
    """Index of its column, -1 when it goes nowhere."""
    starts: bool
    """Whether it begins a row."""
    joins: bool
    """Whether it continues the text of the token before."""
    sure: bool
    rivals: tuple[int, ...] = ()
    """Other columns where it could stand as well."""


class _Fill(NamedTuple):
    """What complete rows teach about a column."""

    blank: float
    """Added to the cost of leaving it blank."""
    filled: float
    """Added to the cost of filling it."""


_BY_SHAPE: dict[str, dict[Shape, float]] = {
    "amount": {
        Shape.BLANK: 0, Shape.DASH: 0.3, Shape.NUMBER: 0, Shape.MONEY: 0, Shape.AMOUNT: 4, Shape.GARBLED: 4, Shape.PERCENT: 6,
    },
    "number": {
        Shape.BLANK: 0, Shape.DASH: 0.3, Shape.NUMBER: 0, Shape.MONEY: 1, Shape.AMOUNT: 0.5, Shape.PERCENT: 1, Shape.GARBLED: 4,
    },
    "percent": {Shape.BLANK: 0, Shape.DASH: 0.3, Shape.PERCENT: 0, Shape.NUMBER: 0.6, Shape.GARBLED: 4},
    "points": {Shape.BLANK: 0, Shape.DASH: 0.2, Shape.NUMBER: 0, Shape.PERCENT: 4, Shape.AMOUNT: 6, Shape.GARBLED: 4},
    "target": {
        Shape.BLANK: 0, Shape.DASH: 1, Shape.NUMBER: 0.5, Shape.MONEY: 0.2, Shape.PERCENT: 0.2, Shape.SIGNED: 0,
        Shape.AMOUNT: 0.2, Shape.SIGN: 3, Shape.WORD: 1, Shape.LONG: 2, Shape.GARBLED: 3.5,
    },
    "actual": {
        Shape.BLANK: 0, Shape.DASH: 1, Shape.NUMBER: 0.5, Shape.MONEY: 0.2, Shape.PERCENT: 0.2, Shape.SIGNED: 0.9,
        Shape.AMOUNT: 0.2, Shape.SIGN: 4, Shape.WORD: 1, Shape.LONG: 1, Shape.GARBLED: 3.5,
    },
    "comparator": {Shape.BLANK: 0, Shape.DASH: 1, Shape.SIGN: 0},
    "unit": {Shape.BLANK: 0, Shape.DASH: 0.5, Shape.WORD: 0.5},
    "name": {Shape.BLANK: 0, Shape.WORD: 0, Shape.LONG: 0.5, Shape.AMOUNT: 5},
    "label": {Shape.BLANK: 0, Shape.WORD: 1.5, Shape.LONG: 3},
    "group": {Shape.BLANK: 0, Shape.WORD: 3.5},
    "text": {
        Shape.BLANK: 0, Shape.DASH: 0.5, Shape.WORD: 0.5, Shape.LONG: 0.3, Shape.NUMBER: 2.5, Shape.AMOUNT: 3, Shape.PERCENT: 5,
        Shape.MONEY: 5,
    },
    "caption": {Shape.BLANK: 0, Shape.WORD: 4},
    "free": dict.fromkeys(Shape, 0.8),
}  # fmt: skip
_BLANK_COST = {
    "amount": 1.5, "number": 1.0, "percent": 1.0, "points": 1.9, "target": 1.8, "actual": 1.8, "comparator": 1.0, "unit": 0.8,
    "name": 3.0, "label": 4.0, "group": 0.0, "text": 0.0, "caption": 0.0, "free": 0.8,
}  # fmt: skip
_VALUES = frozenset({"amount", "number", "percent", "points", "target", "actual", "comparator", "unit", "free"})
_PLAIN_NUMBERS = frozenset({Shape.NUMBER, Shape.DASH})
_WORDS = frozenset({"name", "text", "target", "actual", "label"})
_DATED = frozenset({"target", "actual"})
"""Columns in which a month is an answer."""
_FEWEST_TEACHERS = 3
"""Complete rows that it takes to say what a row of the block always holds."""
_WEIGHT_AND_SCORE = 2
_WHOLE = 100
"""Per cent that all weights come to."""
_MOST_SHIFT = 3
_LARGEST_RATE = 150
"""A bare number above it is hardly a percentage, or a number of points."""
_FRAGMENT = 2
"""Shorter words are what is left of a group word, rather than a name."""
_OWN_POINTS = 0.3
"""Cost of a word that the section doesn't know, with points in brackets behind it, as a group: 组织实施（10分）."""
_OUTER = 0.9
"""Further cost of it as an outer group: where cells are merged, those of the inner groups are left."""
_JOIN = 1.6
"""Cost of a blank inside a cell: cells are mostly written without."""
_TRAILING_BLANKS = 1.5
_REMARK = 1.2
"""Cost of sentences as the answer to a figure, where a column for remarks stands behind: they may be one."""
_NO_UNIT = 2.4
"""Cost of a word among the units that is none of those known."""


class Aligner:
    """The readings of one block."""

    def __init__(self, section: str, columns: Sequence[Column], layout: Layout, vocabulary: Vocabulary) -> None:
        """`columns` from left to right; `section` is the id that the vocabulary uses."""
        self._section = section
        self._columns = tuple(columns)
        types = {column.type for column in columns}
        self._dateless = "label" in types and types.isdisjoint(_DATED)
        self._layout = layout
        self._vocabulary = vocabulary
        self._fill = tuple(
            _Fill(0.0, 1.3 if column.spare else 0.6 if column.unlabelled and column.type == "points" else 0.0)
            for column in columns
        )
        self._wordless: frozenset[int] = frozenset()
        self._emitted: dict[tuple[object, ...], dict[int, float]] = {}
        self._total_at = next((i for i, c in enumerate(self._columns) if c.type in ("group", "label", "name")), 0)
        self._scored = any(c.type == "label" for c in self._columns)
        self._in_per_cent = -1
        """The column of points that are given as percentages of the whole."""

    def place(self, tokens: Sequence[Token]) -> list[Placed]:
        """Place every token. When places stay open, what the complete rows show is used for a second reading."""
        if not tokens:
            return []
        self._in_per_cent = self._weights_in_per_cent(tokens)
        exact = self._exact(tokens)
        if exact:
            return exact
        placed = self._read(tokens)
        numbered = self._unknown_numbers(tokens, placed)
        self._columns = tuple(c._replace(type="points") if i in numbered else c for i, c in enumerate(self._columns))
        self._wordless = self._columns_of_figures(tokens, placed)
        if self._wordless or numbered:
            placed = self._read(tokens)
        if not all(place.sure or shape_of(token.text) is Shape.DASH for place, token in zip(placed, tokens, strict=True)):
            learnt = self._learn(tokens, placed)
            if learnt != self._fill:
                self._fill = learnt
                placed = self._read(tokens)
        return placed

    def _exact(self, tokens: Sequence[Token]) -> list[Placed]:
        """Place tokens one by one where every row has a cell for every column, blank ones too; empty when they don't fit so."""
        if any(token.slot >= 0 for token in tokens):
            return []
        roles = self.roles(tokens)
        columns = [i for i, column in enumerate(self._columns) if column.type != "caption"]
        labelled = [i for i in columns if not self._columns[i].unlabelled or self._columns[i].type != "points"]
        for order in (columns, labelled):
            if len(tokens) % len(order) == 0 and all(
                self._fits(token, order[t % len(order)], role, starts=t % len(order) == 0)
                for t, (token, role) in enumerate(zip(tokens, roles, strict=True))
            ):
                return [Placed(order[t % len(order)], t % len(order) == 0, False, True) for t in range(len(tokens))]
        return []

    def _fits(self, token: Token, i: int, role: str, *, starts: bool) -> bool:
        if (token.gap is Gap.ROW and not starts) or (token.gap is Gap.CELL and starts):
            return False
        if token.gap in (Gap.SPACE, Gap.LINE) and self._layout.lines_are_rows and starts is not (token.gap is Gap.LINE):
            return False
        if token.blank:
            return self._columns[i].type not in ("name", "label")
        return self.emissions(token, role).get(i, _NEVER) < UNLIKELY

    def _weights_in_per_cent(self, tokens: Sequence[Token]) -> int:
        """Return the column of weights where percentages that make up the whole stand each before a bare number, the score."""
        points = [i for i, column in enumerate(self._columns) if column.type == "points"]
        if self._scored or len(points) != _WEIGHT_AND_SCORE or points[1] != points[0] + 1:
            return -1
        shapes = [shape_of(token.text) for token in tokens]
        before = [
            number_of(token.text)
            for token, role, pair in zip(tokens, self.roles(tokens), pairwise(shapes), strict=False)
            if role != "total" and pair == (Shape.PERCENT, Shape.NUMBER)
        ]
        return points[0] if len(before) >= _FEWEST_TEACHERS and sum(before) == _WHOLE else -1

    def _unknown_numbers(self, tokens: Sequence[Token], placed: Sequence[Placed]) -> frozenset[int]:
        """Return the columns of a list that the section doesn't know and that hold bare numbers only: weights, most likely."""
        if self._scored:
            return frozenset()
        shapes: dict[int, list[Shape]] = {i: [] for i, column in enumerate(self._columns) if column.type == "free"}
        for token, place in zip(tokens, placed, strict=True):
            if place.column in shapes and place.sure and token.text:
                shapes[place.column].append(shape_of(token.text))
        return frozenset(i for i, found in shapes.items() if len(found) >= _FEWEST_TEACHERS and set(found) <= _PLAIN_NUMBERS)

    def _columns_of_figures(self, tokens: Sequence[Token], placed: Sequence[Placed]) -> frozenset[int]:
        """Return the target and actual columns where figures are the rule and a word may belong to the row before."""
        if self._layout.lines_are_rows or any(token.gap is Gap.ROW for token in tokens):
            return frozenset()
        words: Counter[int] = Counter()
        figures: Counter[int] = Counter()
        for token, place in zip(tokens, placed, strict=True):
            if self._columns[place.column].type in ("target", "actual"):
                (figures if shape_of(token.text) in FIGURES else words)[place.column] += bool(token.text)
        return frozenset(i for i, count in words.items() if 0 < count <= max(min(1, figures[i]), figures[i] // 2))

    def _learn(self, tokens: Sequence[Token], placed: Sequence[Placed]) -> tuple[_Fill, ...]:
        rows: list[set[int]] = []
        unsure: set[int] = set()
        for token, place in zip(tokens, placed, strict=True):
            if place.starts or not rows:
                rows.append(set())
            if not place.sure:
                unsure.add(len(rows) - 1)
            elif token.text and self._columns[place.column].type in _VALUES:
                rows[-1].add(place.column)
        whole = [row for n, row in enumerate(rows) if n not in unsure and len(row) > 1]
        if len(whole) < _FEWEST_TEACHERS:
            return self._fill
        shares = [sum(i in row for row in whole) / len(whole) for i in range(len(self._columns))]
        scored = all(share == 1 for share, column in zip(shares, self._columns, strict=True) if column.type == "points")
        learnt: list[_Fill] = []
        for share, column, fill in zip(shares, self._columns, self._fill, strict=True):
            blank, filled = fill
            if column.type in _VALUES and share == 1 and (scored or column.type != "points"):
                blank += 2.5 if column.type == "points" else 1.0
            elif column.type in _VALUES and share == 0:
                blank -= min(1.0, _BLANK_COST[column.type] / 2)
                filled += 1.0
            learnt.append(_Fill(blank, filled))
        return tuple(learnt)

    def _read(self, tokens: Sequence[Token]) -> list[Placed]:
        self._emitted.clear()
        roles = self.roles(tokens)
        trellis = _Trellis(self, tokens, roles)
        return trellis.read()

    def roles(self, tokens: Sequence[Token]) -> list[str]:
        """Return for each token the role of the row that the nearest label before it names."""
        roles: list[str] = []
        role = ""
        after_total = False
        for token in tokens:
            row = self._vocabulary.meaning(token.text).rows.get(self._section)
            shape = self._shape(token)
            if row is not None:
                role, after_total = row, row == "total" and not self._scored
            elif shape in (Shape.WORD, Shape.LONG) and (after_total or (self._scored and token.gap >= Gap.LINE)):
                role, after_total = "", False
            roles.append(role)
        return roles

    def _shape(self, token: Token) -> Shape:
        """Return the shape of a text; where rows have labels and nothing is a date, a month or a year is the name of a row."""
        named = is_period(token.text) or (token.gap is Gap.ROW and is_year(token.text))
        return Shape.WORD if self._dateless and named else shape_of(token.text)

    def emissions(self, token: Token, role: str) -> dict[int, float]:
        """Return what it costs to put the token into each column where it can stand at all."""
        shape = self._shape(token)
        meaning = self._vocabulary.meaning(token.text)
        alike = shape in FIGURES and not meaning.known
        key = (
            (shape, role, _size(token.text) > _LARGEST_RATE, token.text.endswith(_POINTS))
            if alike
            else (token.text, role, shape)
        )
        found = self._emitted.get(key)
        if found is None:
            found = self._emitted[key] = self._emit(token, shape, meaning, role)
        return found

    def _emit(self, token: Token, shape: Shape, meaning: Meaning, role: str) -> dict[int, float]:
        found: dict[int, float] = {}
        total = role == "total" and not self._scored
        if total and meaning.rows.get(self._section) == "total":
            return {self._total_at: 0.0}
        for i, column in enumerate(self._columns):
            cost = 0.0 if i == self._in_per_cent and shape is Shape.PERCENT else self._cost(column, shape, meaning, token)
            if cost is None:
                continue
            if token.blank:
                cost += max(0.0, self._fill[i].blank)
            elif column.type in _VALUES:
                cost += self._fill[i].filled if shape != Shape.DASH else 0
                wordy = shape is Shape.LONG or (shape is Shape.WORD and not has_digit(token.text))  # 每亩300 tells a figure
                if i in self._wordless and wordy:
                    cost += 2.0
                if total and column.type not in ("points", "free"):
                    continue
                if self._scored and column.type == "points" and shape == Shape.NUMBER and role not in ("total", ""):
                    cost += 1.0
            found[i] = cost
        return found or {self._shelter(): 6.0}

    def _shelter(self) -> int:
        """Return the column where a token that fits nowhere does the least harm."""
        kinds = ("text", "name", "label", "caption")
        return next((i for kind in kinds for i, c in reversed(list(enumerate(self._columns))) if c.type == kind), 0)

    def _cost(self, column: Column, shape: Shape, meaning: Meaning, token: Token) -> float | None:
        cost = _BY_SHAPE[column.type].get(shape)
        if column.type == "group":
            words = meaning.groups.get(self._section)
            if words is not None:
                return (0.1 if len(words) == 1 or column.id != min(words) else 0.2) if column.id in words else 1.5
            if (
                shape is Shape.WORD
                and len(token.text) < _FRAGMENT
                and self._vocabulary.begins_group(self._section, column.id, token.text)
            ):
                return 0.8
            if shape is Shape.WORD and take_apart(token.text).points:
                inner = next(c for c in reversed(self._columns) if c.type == "group")
                return _OWN_POINTS + (_OUTER if column is not inner else 0)
        elif column.type == "caption":
            return 0.0 if self._section in meaning.captions else cost
        elif column.type == "label":
            return 0.0 if self._section in meaning.rows else cost
        elif column.type == "name":
            if len(token.text) < _FRAGMENT and cost is not None:
                cost += 2.0
            return 2.5 if self._section in meaning.groups else cost
        elif column.type == "points" and shape is Shape.AMOUNT and token.text.endswith(_POINTS):
            return 0.1
        elif column.type == "points" and shape is Shape.NUMBER and _size(token.text) > _LARGEST_RATE:
            return UNLIKELY
        elif column.type == "percent" and shape == Shape.NUMBER and _size(token.text) > _LARGEST_RATE:
            return 2.6
        elif column.type == "unit" and token.text in ("%", "％", "‰"):
            return 0.0
        elif column.type == "unit" and len(token.text) > 6:
            return None
        elif column.type == "unit" and cost is not None and not self._vocabulary.is_unit(token.text):
            cost += _NO_UNIT
        if column.type in _VALUES and meaning.rows.get(self._section) is not None and column.type != "free":
            return None
        return cost

    def blank(self, i: int, role: str) -> float:
        """Return what it costs to leave a column out that should have something."""
        column = self._columns[i]
        if role == "total" and not self._scored:
            return self._fill[i].blank + 1.5 if column.type == "points" else 0.0
        if self._scored and column.type == "points" and role not in ("total", ""):
            return 0.3
        return max(0.0, _BLANK_COST[column.type] + self._fill[i].blank)

    def is_label(self, text: str) -> bool:
        """Tell whether a text is a row label or a group word of the section: a cell of its own."""
        meaning = self._vocabulary.meaning(text)
        return self._section in meaning.rows or self._section in meaning.groups

    def may_be_group(self, text: str, i: int, *, outer: bool) -> bool:
        """Tell whether a word may stand in a group column: one of its words, or none that the section knows.

        `outer`: a group stands left of it in its row, so that a word of those columns has not slipped in from there.
        """
        meaning = self._vocabulary.meaning(text)
        known = meaning.groups.get(self._section)
        left = [column.id for column in self._columns[:i] if outer]
        return self._section not in meaning.rows and (known is None or any(id in known for id in (self._columns[i].id, *left)))

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, from left to right."""
        return self._columns

    @property
    def layout(self) -> Layout:
        """What line breaks mean here."""
        return self._layout


class _Trellis:
    """All readings of one row of tokens at once, forwards and backwards."""

    def __init__(self, aligner: Aligner, tokens: Sequence[Token], roles: Sequence[str]) -> None:
        self._aligner = aligner
        self._tokens = tokens
        self._roles = roles
        self._columns = columns = aligner.columns
        self._emissions = [aligner.emissions(token, role) for token, role in zip(tokens, roles, strict=True)]
        self._sums = {role: self._blank_sums(role) for role in set(roles)}
        self._skips = {role: [[b - a for b in sums] for a in sums[1:]] for role, sums in self._sums.items()}
        self._trails = {role: [self._trail(sums, i) for i in range(len(self._columns))] for role, sums in self._sums.items()}
        answers = [j for j, column in enumerate(columns) if column.type == "actual"]
        self._remarked = any(column.type == "text" for j in answers[-1:] for column in columns[j + 1 :])
        self._scores = {
            (i, j) for j in range(len(columns)) for i in range(j) if (columns[i].id, columns[j].id) == ("weight", "score")
        }

    def _blank_sums(self, role: str) -> list[float]:
        sums = [0.0]
        for i in range(len(self._columns)):
            sums.append(sums[-1] + self._aligner.blank(i, role))
        return sums

    def _lead(self, t: int, j: int) -> float:
        """Cost of beginning a row with token t in column j."""
        cost = self._sums[self._roles[t]][j]
        slot = self._columns[j].slot
        if slot >= 0 and self._tokens[t].slot >= 0:
            cost += 0.4 * min(2, abs(self._tokens[t].slot - slot))
        return cost

    def _trail(self, sums: Sequence[float], i: int) -> float:
        """Cost of ending a row in column i."""
        rest = sums[-1] - sums[i + 1]
        return rest if self._columns[i].type in _VALUES else min(rest, _TRAILING_BLANKS)

    def _break(self, t: int) -> float:
        """Cost of beginning a row before token t."""
        gap, layout = self._tokens[t].gap, self._aligner.layout
        if gap is Gap.ROW:
            return 0.0
        if gap is Gap.CELL:
            return 8.0
        if gap is Gap.SPACE:
            return 0.2 if layout.one_line else 5.0
        return 0.0

    def _continue(self, t: int) -> float:
        """Cost of going on in the same row before token t."""
        gap, layout = self._tokens[t].gap, self._aligner.layout
        if gap is Gap.ROW:
            return _NEVER
        if gap is Gap.LINE and layout.lines_are_rows:
            return 2.5
        return 0.0

    def _plain(self, t: int) -> bool:
        """Tell whether a step to token t costs only the columns that are left out: no slots, no score above its weight."""
        before, token = self._tokens[t - 1], self._tokens[t]
        if self._may_be_remark(t):
            return False
        return (before.slot < 0 or token.slot < 0) and not (self._scores and _size(token.text) > _size(before.text) >= 0)

    def _may_be_remark(self, t: int) -> bool:
        """Tell whether token t is made of sentences, right behind a figure, where a row may end with a remark."""
        told = self._remarked and shape_of(self._tokens[t].text) is Shape.LONG
        return told and shape_of(self._tokens[t - 1].text) in FIGURES

    def _step(self, t: int, i: int, j: int) -> float:
        """Cost of going from column i (token t - 1) to column j (token t) in the same row, line breaks apart."""
        before, token = self._tokens[t - 1], self._tokens[t]
        if j == i:
            if token.blank:
                return 0.6
            if token.gap is Gap.SPACE and before.text and self._columns[i].type in _WORDS:
                return _JOIN if self._joinable(before.text) and self._joinable(token.text) else _NEVER
            return _NEVER
        cost = self._skips[self._roles[t]][i][j]
        left, right = self._columns[i], self._columns[j]
        if left.slot >= 0 and right.slot >= 0 and before.slot >= 0 and token.slot >= 0:
            cost += min(_MOST_SHIFT, abs((token.slot - right.slot) - (before.slot - left.slot)))
        elif right.slot >= 0 and token.slot >= 0:
            cost += 0.4 * min(2, abs(token.slot - right.slot))
        if (i, j) in self._scores and _size(token.text) > _size(before.text) >= 0:
            cost += 1.5
        if (left.type, right.type) == ("target", "actual") and self._may_be_remark(t):
            cost += _REMARK
        return cost

    def _joinable(self, text: str) -> bool:
        return shape_of(text) in (Shape.WORD, Shape.LONG, Shape.AMOUNT) and not self._aligner.is_label(text)

    def read(self) -> list[Placed]:
        """Return the cheapest reading, each token with its rivals."""
        forward, origins = self._forward()
        backward = self._backward()
        n = len(self._tokens)
        states: list[tuple[int, bool]] = []
        state = min(((f + backward[n - 1][j], (j, starts)) for (j, starts), f in forward[n - 1].items()))[1]
        for t in range(n - 1, -1, -1):
            states.append(state)
            state = origins[t].get(state, state)
        states.reverse()
        return [self._placed(t, states, forward[t], backward[t]) for t in range(n)]

    def _forward(self) -> tuple[list[dict[tuple[int, bool], float]], list[dict[tuple[int, bool], tuple[int, bool]]]]:
        forward: list[dict[tuple[int, bool], float]] = []
        origins: list[dict[tuple[int, bool], tuple[int, bool]]] = []
        for t in range(len(self._tokens)):
            here: dict[tuple[int, bool], float] = {}
            come: dict[tuple[int, bool], tuple[int, bool]] = {}
            if t == 0:
                for j, cost in self._emissions[t].items():
                    here[(j, True)] = cost + self._lead(t, j)
            else:
                last = forward[-1]
                trail = self._trails[self._roles[t - 1]]
                ended, end = min((cost + trail[i], (i, starts)) for (i, starts), cost in last.items())
                ended += self._break(t)
                going: dict[int, tuple[float, tuple[int, bool]]] = {}
                for (i, starts), cost in last.items():
                    if i not in going or cost < going[i][0]:
                        going[i] = (cost, (i, starts))
                on = self._continue(t)
                skips, plain = self._skips[self._roles[t]], self._plain(t)
                for j, cost in self._emissions[t].items():
                    here[(j, True)] = ended + self._lead(t, j) + cost
                    come[(j, True)] = end
                    if on >= _NEVER:
                        continue
                    best, origin = _NEVER, end
                    for i, (so_far, state) in going.items():
                        if i <= j:
                            price = so_far + (skips[i][j] if plain and i < j else self._step(t, i, j))
                            if price < best:
                                best, origin = price, state
                    if best < _NEVER:
                        here[(j, False)] = best + on + cost
                        come[(j, False)] = origin
            forward.append(here)
            origins.append(come)
        return forward, origins

    def _backward(self) -> list[dict[int, float]]:
        n = len(self._tokens)
        backward: list[dict[int, float]] = [{} for _ in range(n)]
        backward[n - 1] = {j: self._trails[self._roles[n - 1]][j] for j in self._emissions[n - 1]}
        for t in range(n - 2, -1, -1):
            following = {j: cost + self._emissions[t + 1][j] for j, cost in backward[t + 1].items()}
            fresh = min(cost + self._lead(t + 1, j) for j, cost in following.items()) + self._break(t + 1)
            on = self._continue(t + 1)
            trail, skips, plain = self._trails[self._roles[t]], self._skips[self._roles[t + 1]], self._plain(t + 1)
            for i in self._emissions[t]:
                best = fresh + trail[i]
                if on < _NEVER:
                    for j, cost in following.items():
                        if j >= i:
                            step = skips[i][j] if plain and i < j else self._step(t + 1, i, j)
                            best = min(best, cost + on + step)
                backward[t][i] = best
        return backward

    def _placed(
        self, t: int, states: Sequence[tuple[int, bool]], forward: dict[tuple[int, bool], float], backward: dict[int, float]
    ) -> Placed:
        column, starts = states[t]
        token = self._tokens[t]
        limit = forward[(column, starts)] + backward[column] + _MARGIN
        rivals = sorted({j for (j, _), cost in forward.items() if j != column and cost + backward[j] < limit})
        joins = not starts and t > 0 and states[t - 1][0] == column and bool(token.text)
        kinds = {self._columns[j].type for j in (column, *rivals)}
        harmless = not kinds & _VALUES or token.blank
        fits = self._emissions[t][column] < UNLIKELY or self._columns[column].type not in _VALUES
        return Placed(column, starts, joins, (harmless or not rivals) and fits, tuple(rivals))


def _size(text: str) -> Decimal:
    """Return the size of a bare number for comparing, -1 for anything else."""
    if shape_of(text) is not Shape.NUMBER:
        return _NO_NUMBER
    return number_of(text)
