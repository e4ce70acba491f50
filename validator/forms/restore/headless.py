"""The tail of a list of indicators whose header stands on another page, or was cut off: only its cells tell the columns.

Comes in: the tokens before the first header, or those of a grid. Goes out: a block with the labels that its columns must have,
or that there are rows whose columns nobody can tell. A row is groups, a name, a target (perhaps with its sign and its unit in
cells of their own), and then what was done and points, in an order that the figures of all rows must leave no choice of:

    数量指标 | 培训人数 | ≥ | 30 | 人 | 32 | 10 | 10
    质量指标 | 合格率 | ≥95% | 96% | 10 | 9.8 | 原因

Points come to 100 at most and no score is above its points; what was done is near its target. The rows above are missing: no
sum is judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from validator.forms.restore.align import Column
from validator.forms.restore.blocks import Block
from validator.forms.restore.header import Header, find_headers
from validator.forms.restore.rows import Problem, Row
from validator.forms.restore.shapes import FIGURES, Shape, number_of, shape_of
from validator.forms.restore.tokens import Gap, Token
from validator.forms.restore.vocabulary import Part, Vocabulary
from validator.model.document import Cell, Table

_FEWEST_ROWS = 2
_FEWEST_WITHOUT_POINTS = 3
_FEWEST_GROUPS = 3
"""Lines with nothing but the word of a group where each cell has a line of its own."""
_FEWEST_LABELS = 2
_MOST_CELLS = 14
_LONGEST_UNIT = 6
_FULL_MARKS = Decimal(100)
_NEAR = 2
"""What was done is at most so many times its target, and the target at most so many times that, in most rows."""
_MOST_ABOVE = 3
"""Of so many rows one may have a score above its points, which is a mistake in it."""
_TALK = frozenset({Shape.WORD, Shape.LONG})
_NO_CELL = frozenset({Shape.BLANK, Shape.DASH})
_FIGURE = re.compile(r"\d.*")
_SIGNED_ORDERS = (("actual", "weight"), ("weight", "actual"), ("actual", "weight", "score"), ("weight", "actual", "score"))
_ORDERS = (
    ("target", "actual", "weight", "score"),
    ("weight", "target", "actual", "score"),
    ("target", "weight", "actual", "score"),
    ("target", "actual"),
)


class Tail(NamedTuple):
    """Rows without a header: read, or not."""

    block: Block | None
    first: Token
    """The first cell of the first row."""


class _Cells(NamedTuple):
    """The cells of a row, by what they must be."""

    groups: tuple[tuple[str, Token], ...]
    """With the columns that they stand in."""
    name: Token
    sign: Token | None
    target: Token | None
    unit: Token | None
    values: tuple[Token, ...]
    remark: tuple[Token, ...]

    @property
    def qualitative(self) -> bool:
        """Whether its target is words behind a sign that says so (定性)."""
        return self.sign is not None and self.target is None

    @property
    def every(self) -> tuple[Token, ...]:
        """All of them."""
        own = tuple(token for token in (self.sign, self.target, self.unit) if token is not None)
        return (*(token for _, token in self.groups), self.name, *own, *self.values, *self.remark)


class _Line(NamedTuple):
    """The tokens of what seems to be a row, as indexes."""

    indexes: tuple[int, ...]
    total: bool
    bounded: bool
    """Whether it is known where it ends."""


def may_occur(lines: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Tell, fast, whether a text may hold such rows: lines that begin with the word of a group, or cells that are signs."""
    groups = signs = 0
    for line in lines:
        if "|" in line or "\t" in line or len(line) < _MOST_CELLS:
            cells = [cell.strip(" \t|\u3000\xa0") for cell in line.replace("\t", "|").split("|")]
            groups += any(vocabulary.meaning(cell).groups for cell in cells[:3])
            signs += any(shape_of(cell) is Shape.SIGN for cell in cells)
            if groups >= _FEWEST_GROUPS or signs >= _FEWEST_ROWS:
                return True
    return False


def have_cells_on_lines(lines: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Tell whether each cell has a line of its own: the words of groups have."""
    alone = sum(bool(vocabulary.meaning(line.strip(" |\u3000\xa0")).groups) for line in lines if len(line) < 4 * _MOST_CELLS)
    return alone >= _FEWEST_GROUPS


def with_labels(table: Table, vocabulary: Vocabulary) -> tuple[Table, str]:
    """Return a grid that begins with such rows below the labels of their columns, and where rows begin that can't be read."""
    if not _may_begin_with_rows(table, vocabulary):
        return table, ""
    tokens = [
        Token(cell.text.replace("\n", ""), r, cell.col + 1, cell.col + 1, Gap.ROW if first else Gap.CELL, cell.col)
        for r, row in enumerate(table.rows)
        for first, cell in _own_cells(row, r)
    ]
    headers = find_headers(tokens, vocabulary)
    tail = tail_of(tokens, headers[0].first if headers else len(tokens), vocabulary)
    if tail is None:
        return table, ""
    places = _places(tail.block) if tail.block is not None else {}
    if tail.block is None or not places:
        return table, table.address_at(tail.first.line, tail.first.slot)
    labels = {places[id]: label.text for id, label in tail.block.header.labels if id in places}
    return _below_labels(table, tail.first.line, labels), ""


def _may_begin_with_rows(table: Table, vocabulary: Vocabulary) -> bool:
    if table.columns < len(_ORDERS[0]):
        return False
    texts = [cell.text for row in table.rows[:2] for cell in row if cell is not None]
    meanings = [vocabulary.meaning(text) for text in texts]
    if any(meaning.columns and not meaning.groups for meaning in meanings):
        return False
    return any(meaning.groups for meaning in meanings) or any(shape_of(text) is Shape.SIGN for text in texts)


def _own_cells(row: Sequence[Cell | None], r: int) -> Iterator[tuple[bool, Cell]]:
    """Yield the cells with something in them that begin in a row, and whether each is the first of it."""
    own = [cell for c, cell in enumerate(row) if cell is not None and cell.text and (cell.row, cell.col) == (r, c)]
    return ((n == 0, cell) for n, cell in enumerate(own))


def _places(block: Block) -> dict[str, int]:
    """Return the column of the grid of each column of a block; nothing where its cells don't stand below each other."""
    found: dict[str, set[int]] = {}
    for row in block.rows:
        for j, cell in row.cells.items():
            found.setdefault(block.columns[j].id, set()).update(token.slot for token in cell)
    slots = {id: min(places) for id, places in found.items()}
    if any(len(places) > 1 for places in found.values()) or len(set(slots.values())) < len(slots):
        return {}
    return slots


def _below_labels(table: Table, at: int, labels: Mapping[int, str]) -> Table:
    """Return a grid with one more row, of labels, above one of its rows."""
    moved: dict[int, Cell] = {}

    def below(cell: Cell | None, r: int, c: int) -> Cell:
        if cell is None:
            return Cell("", r + 1, c, table.address_at(r, c))
        return moved.setdefault(id(cell), cell._replace(row=cell.row + 1))

    head = [Cell(labels.get(c, ""), at, c, table.address_at(at, c)) for c in range(table.columns)]
    rest = [[below(cell, r, c) for c, cell in enumerate(row)] for r, row in enumerate(table.rows[at:], at)]
    rows = [*table.rows[:at], head, *rest]
    return Table(
        table.name, rows, number=table.number, style=table.style, inferred=table.inferred, open_rows=table.open_rows | {at + 1}
    )


def tail_of(tokens: Sequence[Token], end: int, vocabulary: Vocabulary) -> Tail | None:
    """Return the rows among the first tokens that have no header; `end`: index of the first that may be none of them."""
    for part in vocabulary.parts.values():
        if part.outermost and "comparator" in part.types.values():
            lines = list(_lines(tokens, end, part, vocabulary))
            tail = _tail(tokens, lines, part, vocabulary)
            if tail is not None:
                return tail
    return None


def _lines(tokens: Sequence[Token], end: int, part: Part, vocabulary: Vocabulary) -> Iterator[_Line]:
    """Yield what may be rows: they begin with the word of a group, or where the row before has surely ended."""
    row: list[int] = []
    total = inside = False
    for i in range(end):
        token = tokens[i]
        meaning = vocabulary.meaning(token.text)
        group, sums = part.id in meaning.groups, meaning.rows.get(part.id) == "total"
        begins = sums or (group and (not inside or len(row) >= len(_group_columns(part))))
        if row and (token.gap is Gap.ROW or begins):
            yield _Line(tuple(row), total, bounded=True)
            row = []
        if not row:
            total = sums
        if token.text:
            inside = group
            row.append(i)
    if row:
        yield _Line(tuple(row), total, bounded=end < len(tokens))


def _group_columns(part: Part) -> list[str]:
    return [id for id, type in part.types.items() if type == "group"]


def _tail(tokens: Sequence[Token], lines: Sequence[_Line], part: Part, vocabulary: Vocabulary) -> Tail | None:
    read = [None if line.total else _cells([tokens[i] for i in line.indexes], part, vocabulary) for line in lines]
    first = next((n for n, cells in enumerate(read) if cells is not None), len(read))
    kept = list(takewhile(lambda n: lines[n].total or _is_like_a_row(lines[n], tokens), range(first, len(lines))))
    total = next((n for n in kept if lines[n].total), None)
    kept = [n for n in kept if total is None or n < total]
    rows = [cells for n in kept if (cells := read[n]) is not None]
    signed = sum(cells.sign is not None for cells in rows)
    if len(rows) < _FEWEST_ROWS or 0 < signed < len(rows) or not (signed or any(cells.groups for cells in rows)):
        return None
    whole = [cells for cells in rows if not cells.qualitative]
    size = Counter(len(cells.values) for cells in whole).most_common(1)[0][0] if whole else 0
    sized = [k for k, n in enumerate(kept) if _has_size(read[n], size)]
    kept = kept[sized[0] : sized[-1] + 1] if sized else []
    rows = [cells for n in kept if (cells := read[n]) is not None]
    if len(rows) < _FEWEST_ROWS or _are_labelled(tokens[: lines[kept[0]].indexes[0]], part, vocabulary):
        return None
    order = _order([cells for cells in whole if len(cells.values) == size], signed=bool(signed))
    if not order:
        both = all(len(cells.groups) == len(_group_columns(part)) for cells in rows) and len(rows) >= _FEWEST_WITHOUT_POINTS
        return Tail(None, rows[0].every[0]) if signed >= _FEWEST_ROWS or size >= len(_ORDERS[0]) or both else None
    return Tail(_block(tokens, lines, [*kept, *([total] if total is not None else [])], read, order, part), rows[0].every[0])


def _are_labelled(above: Sequence[Token], part: Part, vocabulary: Vocabulary) -> bool:
    """Tell whether labels of columns stand above some rows: a header of another kind, whose rows are read elsewhere."""
    return sum(part.id in vocabulary.meaning(token.text).columns for token in above) >= _FEWEST_LABELS


def _has_size(cells: _Cells | None, size: int) -> bool:
    """Tell whether a row was read, and has this many cells for what was done and for points."""
    return cells is not None and len(cells.values) == size + cells.qualitative


def _is_like_a_row(line: _Line, tokens: Sequence[Token]) -> bool:
    return 1 < len(line.indexes) <= _MOST_CELLS and shape_of(tokens[line.indexes[0]].text) in _TALK


def _cells(row: Sequence[Token], part: Part, vocabulary: Vocabulary) -> _Cells | None:
    """Return the cells of a row by what they must be; None where that can't be told."""
    groups = _groups(row, part, vocabulary)
    rest = row[len(groups) :]
    names = _TALK | {Shape.AMOUNT, Shape.MONEY} if groups else _TALK
    if not rest or len(row) > _MOST_CELLS or shape_of(rest[0].text) not in names or vocabulary.meaning(rest[0].text).rows:
        return None
    name, *rest = rest
    if not rest:
        return None
    if shape_of(rest[0].text) is not Shape.SIGN:
        values, remark = _parted(rest)
        return _Cells(groups, name, None, None, None, values, remark) if len(values) > 1 else None
    sign, *rest = rest
    if rest and shape_of(rest[0].text) in FIGURES:
        target, *rest = rest
        unit, rest = (rest[0], rest[1:]) if rest and _is_unit(rest[0].text, vocabulary) else (None, rest)
        values, remark = _parted(rest)
        return _Cells(groups, name, sign, target, unit, values, remark)
    values, remark = _parted(rest)
    return _Cells(groups, name, sign, None, None, values, remark) if values else None


def _is_unit(text: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.is_unit(text) or (len(text) <= _LONGEST_UNIT and shape_of(text) is Shape.WORD)


def _groups(row: Sequence[Token], part: Part, vocabulary: Vocabulary) -> tuple[tuple[str, Token], ...]:
    """Return the words of groups at the beginning of a row; one alone is that of the inner column that has it."""
    columns = _group_columns(part)
    words = [vocabulary.meaning(token.text).groups.get(part.id, frozenset()) for token in row[: len(columns)]]
    known = list(takewhile(bool, words))
    if len(known) == 1:
        return ((next(id for id in reversed(columns) if id in known[0]), row[0]),)
    return tuple(zip(columns, row[: len(known)], strict=False))


def _parted(rest: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Return the cells up to the last that is a bare number, and those behind it; all of them where none is."""
    last = max((n for n, token in enumerate(rest) if shape_of(token.text) is Shape.NUMBER), default=len(rest) - 1)
    return tuple(rest[: last + 1]), tuple(rest[last + 1 :])


def _order(rows: Sequence[_Cells], *, signed: bool) -> tuple[str, ...]:
    """Return what the values of rows are, in order; nothing where they leave a choice, or make no sense in any order."""
    if len(rows) < _FEWEST_ROWS:
        return ()
    size = len(rows[0].values)
    orders = [order for order in (_SIGNED_ORDERS if signed else _ORDERS) if len(order) == size]
    fitting = [order for order in orders if _fits(rows, order)]
    return fitting[0] if len(fitting) == 1 else ()


def _fits(rows: Sequence[_Cells], order: Sequence[str]) -> bool:
    """Tell whether the values of rows make sense in an order."""
    columns = {id: [cells.values[n].text for cells in rows] for n, id in enumerate(order)}
    targets = columns.get("target") or [cells.target.text if cells.target is not None else "" for cells in rows]
    actuals = columns["actual"]
    points = [columns[id] for id in ("weight", "score") if id in columns]
    if any(shape_of(text) is not Shape.NUMBER for column in points for text in column):
        return False
    sizes = [[number_of(text) for text in column] for column in points]
    if any(sum(column) > _FULL_MARKS or 0 in sizes[0] for column in sizes):
        return False
    if len(sizes) > 1 and _MOST_ABOVE * sum(score > weight for weight, score in zip(*sizes, strict=True)) > len(rows):
        return False
    if not points and not (len(rows) >= _FEWEST_WITHOUT_POINTS and _tell_results(targets, actuals)):
        return False
    pairs = [(t, a) for t, a in zip(targets, actuals, strict=True) if shape_of(t) in FIGURES and shape_of(a) in FIGURES]
    near = sum(_is_near(target, actual) for target, actual in pairs)
    return near >= _FEWEST_ROWS and 2 * near > len(pairs)  # words beside points may as well say how these are given


def _tell_results(targets: Sequence[str], actuals: Sequence[str]) -> bool:
    """Tell whether one column has bounds (≥90%) where the other has figures, in one row at least, and never the other way."""
    bounds = [(shape_of(t) is Shape.SIGNED, shape_of(a) is Shape.SIGNED) for t, a in zip(targets, actuals, strict=True)]
    told = any(b and shape_of(a) in FIGURES for (b, _), a in zip(bounds, actuals, strict=True))
    return told and not any(a for _, a in bounds)


def _is_near(target: str, actual: str) -> bool:
    wanted, done = (number_of(found.group()) if (found := _FIGURE.search(text)) else None for text in (target, actual))
    return wanted is not None and done is not None and wanted <= _NEAR * done and done <= _NEAR * wanted


def _block(
    tokens: Sequence[Token],
    lines: Sequence[_Line],
    kept: Sequence[int],
    read: Sequence[_Cells | None],
    order: Sequence[str],
    part: Part,
) -> Block:
    """Return the rows of some lines below the labels that they must have."""
    given = [cells for n in kept if (cells := read[n]) is not None]
    first = given[0].every[0]
    ids = _columns(given, order, part)
    labels = tuple((id, _label(part, id, first, Gap.CELL if n else Gap.ROW)) for n, id in enumerate(ids))
    columns = (Column("caption", "caption"), *(Column(id, part.types[id]) for id in ids))
    place = {id: n for n, id in enumerate(ids, 1)}
    start = next(i for i in lines[kept[0]].indexes if tokens[i] is first)
    header = Header(part, start, start, (), None, labels)
    rows: list[Row] = []
    problems: list[Problem] = []
    end = start
    for n in kept:
        cells, line = read[n], lines[n]
        if cells is not None:
            placed = _placed(cells, order, part)
            rows.append(Row({place[id]: found for id, found in placed.items()}))
            lost = [token for token in cells.every if not any(token in found for found in placed.values())]
            if not line.bounded:
                lost = [token for token in lost if token not in cells.remark]
            if lost and any(shape_of(token.text) in FIGURES for token in lost):
                rows[-1].whole = False
                problems.append(Problem(lost, tuple(part.names[id] for id in order), cells.name.text))
            used = [token for found in placed.values() for token in found]
        else:
            row = [tokens[i] for i in line.indexes]
            points = [id for id in order if part.types[id] == "points"]
            figures = [token for token in row[1:] if shape_of(token.text) not in _NO_CELL]
            fits = len(points) == len(figures) and all(shape_of(token.text) is Shape.NUMBER for token in figures)
            if line.total and fits:
                under = {place[ids[0]]: [row[0]], **{place[id]: [t] for id, t in zip(points, figures, strict=True)}}
                rows.append(Row(under))
            elif figures:
                problems.append(Problem(figures, tuple(part.names[id] for id in order), row[0].text))
            used = row
        end = max(i for i in line.indexes if any(tokens[i] is token for token in used)) + 1
    rows[0].summed = False
    return Block(header, columns, rows, end, problems)


def _columns(rows: Sequence[_Cells], order: Sequence[str], part: Part) -> list[str]:
    """Return the columns that some rows fill, in their order."""
    names = [id for id, type in part.types.items() if type == "name"]
    ids = [*_group_columns(part), *names[:1]]
    if any(cells.sign is not None for cells in rows):
        ids += [_of_type(part, "comparator"), _of_type(part, "target"), _of_type(part, "unit")]
    ids += order
    return [*ids, "reason"] if any(cells.remark for cells in rows) else ids


def _of_type(part: Part, type: str) -> str:
    return next(id for id, own in part.types.items() if own == type)


def _label(part: Part, id: str, first: Token, gap: Gap) -> Token:
    """Return the label that a column must have, at the first cell of the rows: it is nowhere in the text."""
    return Token(part.names[id], first.line, first.start, first.start, gap)


def _placed(cells: _Cells, order: Sequence[str], part: Part) -> Mapping[str, list[Token]]:
    """Return the cells of a row by column: those of which it is certain."""
    found: dict[str, list[Token]] = {id: [token] for id, token in cells.groups}
    found[_of_type(part, "name")] = [cells.name]
    own = {"comparator": cells.sign, "target": cells.target, "unit": cells.unit}
    found |= {_of_type(part, type): [token] for type, token in own.items() if token is not None}
    ids = ["target", *order] if cells.qualitative else order
    if len(cells.values) == len(ids):
        found |= {id: [token] for id, token in zip(ids, cells.values, strict=True)}
    if cells.remark and len(cells.values) == len(ids):
        found["reason"] = list(cells.remark)
    return found
