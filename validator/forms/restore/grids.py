"""Rows of a grid that slipped out of their columns go back under them.

Comes in: a table of a format that has lost its merged cells (separated values, Markdown, plain HTML), whose rows may begin
some columns too far left or right. Goes out: the same table with the cells of such a block under the labels where they
belong, each with the address that it had. A block that makes sense as it stands is left alone, and so is one whose cells
have no place for sure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.forms.restore.blocks import Block, Lines, is_borne_out, read_block
from validator.forms.restore.header import Header, columns_of, find_headers
from validator.forms.restore.rows import Problem
from validator.forms.restore.shapes import FIGURES, Shape, number_of, shape_of
from validator.forms.restore.tokens import Gap, Token
from validator.forms.restore.vocabulary import Vocabulary
from validator.forms.unknown import set_apart
from validator.model.document import Cell, Note, Table

_MOST_CELLS = 15_000
_FEWEST_ACROSS = 3
"""Columns of a table in which a text may reach over several."""
_FEWEST_BESIDE = 3
"""Rows that tell which columns are words."""
_FEWEST_ODD = 2
"""Cells that make no sense where they stand before a whole row is not read for them; a single one may be 待定."""
_OVER = ("totals", "numbering")
"""Names of lists with labels that reach over the columns of words."""
_PARTED = "这里的表头有几行，合并的格子已丢失，分不出各数属于哪一栏，未作核对。"
_WORDS = frozenset({Shape.WORD, Shape.LONG})
_PLAIN = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY, Shape.SIGNED})
_NO_NAME = frozenset({Shape.SIGNED, Shape.SIGN, Shape.DASH})
_PER_CENT = ("%", "％")
_FOR_WORDS = frozenset({"name", "label", "group", "text", "unit", "comparator"})
_FOR_NUMBERS = frozenset({"amount", "percent", "points", "number"})
_SUMMED = frozenset({"amount", "points", "number", "free"})
_NEVER_PER_CENT = frozenset({"amount", "points"})


class _Move(NamedTuple):
    """A row of the grid, and the column of each of its cells."""

    row: int
    places: Mapping[int, int]
    """Column where a cell stands to the column where it belongs."""


def realign(table: Table, vocabulary: Vocabulary, *, titled: bool = False) -> tuple[Table, list[Note]]:
    """Return the table with its slipped rows put right, and notes on what has no place for sure.

    `titled`: the title of a form stands above it.
    """
    tokens = _tokens(table)
    if not tokens or _repeats_merged(table, vocabulary):
        return table, []
    lines = Lines(["\t".join("x" if cell else "" for cell in row) for row in table.rows], lambda _: False, vocabulary)
    headers = find_headers(tokens, vocabulary)
    moves: list[_Move] = []
    notes: list[Note] = []
    sunk: list[Header] = []
    others = [next((t for t, token in enumerate(tokens) if token.line >= r), len(tokens)) for r in set_apart(table)]
    for n, header in enumerate(headers):
        limit = headers[n + 1].first if n + 1 < len(headers) else len(tokens)
        limit = min([limit, *(first for first in others if first > header.first)])
        if header.part.has_figures:
            block = read_block(tokens, header, limit, lines)
            if not titled and not is_borne_out(block, tokens, headers, lines):
                continue
            moved, told = _unread(table, tokens, block) if block.parted else _moves(table, tokens, block, vocabulary)
            moves += moved
            notes += told
            if _is_out_of_place(header):
                sunk.append(header)
    if sunk:
        table = _with_labels_in_place(table, sunk)
    return (_moved(table, moves, lossy=bool(notes)), notes) if moves else (table, [])


def _repeats_merged(table: Table, vocabulary: Vocabulary) -> bool:
    """Tell whether the label of a column, or of a row, stands in two cells side by side: merged cells were not lost."""
    return any(
        left is not None and right is not None and left.text == right.text and _is_any_label(left.text, vocabulary)
        for row in table.rows
        for left, right in pairwise(row)
    )


def _is_any_label(text: str, vocabulary: Vocabulary) -> bool:
    meaning = vocabulary.meaning(text)
    return bool(meaning.columns or meaning.rows)


def _is_out_of_place(header: Header) -> bool:
    """Tell whether a label of a header stands in another column of the grid than the one that it names."""
    upper = ((header.labels[start][1].slot, token) for start, _, (_, token) in header.upper)
    return any(slot != _column(token) for slot, token in (*((t.slot, t) for _, t in header.labels), *upper))


def holds_header(table: Table, vocabulary: Vocabulary) -> bool:
    """Tell whether the labels of a section stand in a grid."""
    return bool(find_headers(_tokens(table), vocabulary))


def _column(token: Token) -> int:
    """Return where in its row a token stands, wherever its column is."""
    return token.start - 1


def _with_labels_in_place(table: Table, headers: Sequence[Header]) -> Table:
    """Return the table with the labels of headers in their columns, and the upper ones over those that they reach over."""
    width = max([table.columns, *(token.slot + 1 for header in headers for _, token in header.labels)])
    rows = [[*row, *([None] * (width - len(row)))] for row in table.rows]
    for header in headers:
        places: dict[int, dict[int, Token]] = {}
        reach: dict[int, int] = {}
        for _, token in header.labels:
            places.setdefault(token.line, {})[token.slot] = token
        for start, size, (_, token) in header.upper:
            slot = header.labels[start][1].slot
            places.setdefault(token.line, {})[slot] = token
            reach[slot] = size
        upper = min(places)
        for r, labels in places.items():
            first = min(map(_column, labels.values()))
            rows[r][first:] = [None] * (width - first)
            for slot, token in labels.items():
                cell = table.rows[r][_column(token)]
                size = reach.get(slot, 1) if r == upper else 1
                if cell is not None:
                    rows[r][slot : slot + size] = [cell._replace(col=slot, col_span=size)] * size
    return Table(table.name, rows, number=table.number, style=table.style, inferred=table.inferred, open_rows=table.open_rows)


def with_rows_across(table: Table) -> Table:
    """Return the table with rows that repeat one text in every cell as the one cell that they were: a heading across it."""
    across = [r for r, row in enumerate(table.rows) if len(row) >= _FEWEST_ACROSS and _is_across(row)]
    if not across:
        return table
    rows = [list(row) for row in table.rows]
    for r in across:
        rows[r] = [rows[r][0]._replace(col_span=table.columns)] * table.columns  # type: ignore[union-attr]
    return Table(table.name, rows, number=table.number, style=table.style, inferred=table.inferred, open_rows=table.open_rows)


def _is_across(row: Sequence[Cell | None]) -> bool:
    texts = {cell.text if cell is not None else "" for cell in row}
    return len(texts) == 1 and "" not in texts and row[0] is not row[-1] and shape_of(min(texts)) in _WORDS


def with_repeats_whole(table: Table, named: Callable[[str, str], bool]) -> Table:
    """Return the table with a figure that was repeated beside its repeated label as the one cell that it was.

    决策 | 20 in three rows, where the label reached down over them: the total counts it once. Only where it does, and where
    counting each of them gives another sum.
    """
    texts = [[_on_one_line(cell) if cell is not None else "" for cell in row] for row in table.rows]
    again = [
        (r, c)
        for r, (above, row) in enumerate(pairwise(texts), 1)
        for c in range(1, len(row))
        if row[c] and row[c - 1 : c + 1] == above[c - 1 : c + 1] and shape_of(row[c]) is Shape.NUMBER
    ]
    if not again:
        return table
    rows = [list(row) for row in table.rows]
    for c in sorted({c for r, c in again if shape_of(texts[r][c - 1]) is Shape.WORD}):
        figures = [r for r, row in enumerate(texts) if shape_of(row[c]) is Shape.NUMBER and any(map(_is_word, row))]
        totals = [r for r in figures if named("totals", texts[r][0])]
        parts = [r for r in figures if r not in totals]
        once = [r for r in parts if (r, c) not in again]
        if len(totals) == 1 and (total := number_of(texts[totals[0]][c])) not in (_total(texts, parts, c), 0):
            for r in sorted(set(parts) - set(once)) if total == _total(texts, once, c) else ():
                for col in (c - 1, c):
                    _reach_down(rows, r, col)
    if not any(row[c] is not table.rows[r][c] for r, row in enumerate(rows) for c in range(len(row))):
        return table
    return Table(table.name, rows, number=table.number, style=table.style, inferred=table.inferred, open_rows=table.open_rows)


def _is_word(text: str) -> bool:
    return shape_of(text) in _WORDS


def _total(texts: Sequence[Sequence[str]], rows: Sequence[int], c: int) -> Decimal:
    return sum((number_of(texts[r][c]) for r in rows), Decimal(0))


def _reach_down(rows: list[list[Cell | None]], r: int, c: int) -> None:
    """Put the cell above in the place of one, over all rows that it reaches over."""
    above = rows[r - 1][c]
    if above is not None:
        longer = above._replace(row_span=r - above.row + 1)
        for n in range(above.row, r + 1):
            rows[n][c] = longer


def with_totals_in_place(table: Table, named: Callable[[str, str], bool]) -> Table:
    """Return the table with the figures of a total right of the words of the other rows, where its label reached over those.

    205 | 教育支出 | 16875.98 and 合计 | 30373.17: a cell that covers two columns comes out of a page as one. A figure that is
    less than those it would be the total of is the number of the items: 合计 | 7.
    """
    if table.columns < _FEWEST_ACROSS:
        return table
    texts = [[_on_one_line(cell) if cell is not None else "" for cell in row] for row in table.rows]
    figured = [r for r, row in enumerate(texts) if any(shape_of(text) is Shape.NUMBER for text in row)]
    slipped = [r for r in figured if shape_of(texts[r][1]) is Shape.NUMBER and any(named(name, texts[r][0]) for name in _OVER)]
    others = [texts[r] for r in figured if r not in slipped]
    if not slipped or len(others) < _FEWEST_BESIDE:
        return table
    by = 0
    while by + 2 < table.columns and all(shape_of(row[by + 1]) in _WORDS for row in others):
        by += 1
    if any(shape_of(row[by + 1]) is not Shape.NUMBER for row in others):
        return table
    largest = max(number_of(row[by + 1]) for row in others)
    if any(named("totals", texts[r][0]) and number_of(texts[r][1]) < largest for r in slipped):
        return table
    moves = [_Move(r, {c: c + by if c else 0 for c, text in enumerate(texts[r]) if text}) for r in slipped]
    fits = by and all(max(move.places.values()) < table.columns for move in moves)
    return _moved(table, moves, lossy=table.inferred) if fits else table


def with_short_rows_in_place(table: Table, named: Callable[[str, str], bool]) -> Table:
    """Return the table with rows that are short at their end and make no sense there moved to where all their cells do.

    打印机 | 台 | 39 | 6.00% below 设备 | 台式机 | 台 | 44 | 11.00%: a cell that reached down over rows is gone in the lower.
    The label of a total stays, 小计 | 454.9 | 8.62%. A row several cells of which make sense nowhere is open: nobody knows the
    columns of its figures.
    """
    texts = [[_on_one_line(cell) if cell is not None else "" for cell in row] for row in table.rows]
    shapes = [[shape_of(text) for text in row] for row in texts]
    end = next(iter(set_apart(table)), len(shapes))  # another table may be narrower
    rows = [r for r, row in enumerate(shapes[:end]) if sum(shape in _PLAIN for shape in row) > 1]
    whole = [r for r in rows if shapes[r][-1] is not Shape.BLANK]
    if table.columns < _FEWEST_ACROSS or len(whole) < _FEWEST_BESIDE or not _tokens(table):
        return table
    kinds = [{kind for r in whole if (kind := _kind(shapes[r][c]))} for c in range(table.columns)]
    moves: list[_Move] = []
    for r in rows:
        filled = [c for c, shape in enumerate(shapes[r]) if shape is not Shape.BLANK]
        by = table.columns - 1 - filled[-1]
        if not by or _fits(shapes[r], {c: c for c in filled}, kinds):
            continue
        label = 0 if any(named(name, texts[r][0]) for name in _OVER) else by
        places = {c: c + by if c else label for c in filled}
        if _fits(shapes[r], places, kinds):
            moves.append(_Move(r, places))
        elif sum(not _fits(shapes[r], {c: c}, kinds) for c in filled) >= _FEWEST_ODD:
            moves.append(_Move(r, {}))
    if not moves:
        return table
    moved = _moved(table, [move for move in moves if move.places], lossy=table.inferred)
    moved.open_rows |= {move.row for move in moves if not move.places}
    return moved


def _kind(shape: Shape) -> str:
    return "words" if shape in _WORDS else "rate" if shape is Shape.PERCENT else "number" if shape in _PLAIN else ""


def _fits(row: Sequence[Shape], places: Mapping[int, int], kinds: Sequence[Collection[str]]) -> bool:
    """Tell whether each cell of a row, put in its place, is of the kind that whole rows have there."""
    return all(not (kind := _kind(row[c])) or not kinds[place] or kind in kinds[place] for c, place in places.items())


def _tokens(table: Table) -> list[Token]:
    """Return the cells of a grid without merged ones as tokens; none when a cell spans others, or they are too many."""
    tokens: list[Token] = []
    for r, row in enumerate(table.rows):
        first = True
        for c, cell in enumerate(row):
            if cell is None or not cell.text:
                continue
            if cell.row_span > 1 or cell.col_span > 1 or len(tokens) > _MOST_CELLS:
                return []
            tokens.append(Token(_on_one_line(cell), r, c + 1, c + 1, Gap.ROW if first else Gap.CELL, c))
            first = False
    return tokens


def _on_one_line(cell: Cell) -> str:
    """Return the text of a cell without the breaks that a narrow column made, in words as in figures."""
    return cell.text.replace("\n", "")


def _moves(table: Table, tokens: Sequence[Token], block: Block, vocabulary: Vocabulary) -> tuple[list[_Move], list[Note]]:
    """Return where the cells of a block belong: of all rows when most make no sense, else of a slipped total only."""
    target = _targets(block.header)
    if target is None:
        return [], []
    types = {column.slot: column.type for column in block.columns if column.slot >= 0}
    rows: dict[int, dict[int, int]] = {}
    for body in block.rows:
        for j, found in body.cells.items():
            for token in found:
                places = rows.setdefault(token.line, {})
                if target[j] < 0 and block.columns[j].type == "caption":
                    continue
                if len(found) > 1 or target[j] < 0 or target[j] in places.values():
                    return [], []
                places[token.slot] = target[j]
    lost = {token.line: problem for problem in block.problems for token in problem.tokens}
    part = block.header.part

    def is_group(text: str) -> bool:
        return part.id in vocabulary.meaning(text).groups

    # Where most rows have no place for sure, they may make sense where they stand.
    listed_rows = (*rows, *lost) if len(lost) > len(rows) else rows
    said = {r: _filled(table, r) for r in listed_rows}
    odd = [r for r, cells in said.items() if _is_odd(cells, types, is_group)]
    figured = [r for r, cells in said.items() if any(shape_of(_on_one_line(cell)) in FIGURES for cell in cells)]
    if 2 * len(odd) > len(figured):
        others = _slips(table, [r for r in lost if r not in rows], block, types, vocabulary, anywhere=True)
        return [*(_Move(r, places) for r, places in rows.items()), *others], [_note(table, p) for p in block.problems]
    odd = [r for r in odd if r in rows]
    displaced = [
        r for r in rows if r not in odd and _has_wrong_group({c: _text(table, r, c) for c in rows[r]}, block, vocabulary)
    ]
    tail = _slipped_tail(table, rows, {*odd, *displaced}, block, vocabulary)
    alone = [
        _Move(r, rows[r])
        for r in (*odd, *displaced)
        if not (_is_total(table.rows[r], block, vocabulary) or any(move.row == r for move in tail))
        and _is_whole_slip(table, r, rows[r], types, is_group)
    ]
    if any(place != slot for places in rows.values() for slot, place in places.items()):
        moved = {move.row for move in (*tail, *alone)}
        alone += _slips(
            table,
            [r for r in lost if not (r in moved or _is_total(table.rows[r], block, vocabulary))],
            block,
            types,
            vocabulary,
        )
    notes = [_note(table, lost[move.row]) for move in alone if not move.places]
    table = _moved(table, [*tail, *alone], lossy=False)
    worded = {cell.col for r in rows for cell in table.rows[r][1:] if cell and shape_of(_on_one_line(cell)) in _WORDS}
    given = [r for r in rows if _is_total(table.rows[r], block, vocabulary)]
    listed = {cell.col for r in rows if r not in given for cell in table.rows[r] if cell and cell.text}
    beyond = set(range(table.columns)) - listed - types.keys()
    totals = [r for r in given if _is_slipped_total(table.rows[r], types, worded, beyond, block)]
    items = [table.rows[r] for r in rows if r not in totals]
    moves: list[_Move] = [*tail, *alone]
    for r in totals:
        move = _Move(r, _place_of_total(table.rows[r], rows[r], items, types))
        if not move.places and _may_stand(table.rows[r], types, worded):
            continue
        moves.append(move)
        if not move.places:
            notes.append(_note(table, lost.get(r) or Problem([token for token in tokens if token.line == r], (), "")))
    return moves, notes


def _unread(table: Table, tokens: Sequence[Token], block: Block) -> tuple[list[_Move], list[Note]]:
    """Return that no row of figures of a block has a place, and a note why."""
    rows = {token.line for token in tokens[block.header.body : block.end] if shape_of(token.text) in FIGURES}
    label = block.header.labels[0][1]
    return [_Move(r, {}) for r in sorted(rows)], [Note(_PARTED, table.address_at(label.line, _column(label)))] if rows else []


def _filled(table: Table, r: int) -> list[Cell]:
    return [cell for cell in table.rows[r] if cell is not None and cell.text]


def _slips(
    table: Table,
    rows: Sequence[int],
    block: Block,
    types: Mapping[int, str],
    vocabulary: Vocabulary,
    *,
    anywhere: bool = False,
) -> Iterator[_Move]:
    """Yield where rows belong that the alignment could not place, if they make no sense as they stand.

    Where all cells of one slipped by the same, and only one place makes sense, that is it; else the row has none. With
    `anywhere` most rows of the block don't stand where they belong: this one does if it begins where rows begin.
    """
    part = block.header.part

    def is_group(text: str) -> bool:
        return part.id in vocabulary.meaning(text).groups

    def is_strange(cells: Sequence[Cell]) -> bool:
        texts = {cell.col: _on_one_line(cell) for cell in cells}
        return _is_odd(cells, types, is_group) or _has_wrong_group(texts, block, vocabulary)

    targets = zip(block.columns, _targets(block.header) or (), strict=False)
    home = min((c for column, c in targets if column.type != "caption" and c >= 0), default=0)
    captions = {token.text for token in block.header.captions}
    for r in rows:
        cells = [cell for cell in _filled(table, r) if cell.col >= home or _on_one_line(cell) not in captions]
        if anywhere and cells[0].col >= home:
            continue
        room = range(max(types, default=0) - cells[-1].col + 1)
        slips = [by for by in room if not is_strange([cell._replace(col=cell.col + by) for cell in cells])]
        if anywhere or 0 not in slips:
            yield _Move(r, {cell.col: cell.col + slips[0] for cell in cells} if len(slips) == 1 else {})


def _has_wrong_group(texts: Mapping[int, str], block: Block, vocabulary: Vocabulary) -> bool:
    """Tell whether the word of a group stands in a column of groups that doesn't have it."""
    part = block.header.part
    ids = {column.slot: column.id for column in block.columns if column.type == "group"}
    groups = ((ids.get(c, ""), vocabulary.meaning(text).groups.get(part.id)) for c, text in texts.items())
    return any(id and words and id not in words for id, words in groups)


def _is_whole_slip(
    table: Table, r: int, places: Mapping[int, int], types: Mapping[int, str], is_group: Callable[[str], bool]
) -> bool:
    """Tell whether all cells of a row slipped by the same, and make sense where they belong."""
    cells = _filled(table, r)
    if len({place - slot for slot, place in places.items()}) != 1 or any(cell.col not in places for cell in cells):
        return False
    return not _is_odd([cell._replace(col=places[cell.col]) for cell in cells], types, is_group)


def _slipped_tail(
    table: Table, rows: Mapping[int, Mapping[int, int]], strange: set[int], block: Block, vocabulary: Vocabulary
) -> list[_Move]:
    """Return where the last rows of a list belong that all slipped by the same: those of the next page, which lacks a column.

    Half of them, at least, are `strange`: make no sense as they stand, or begin with the word of a group inside another one.
    """
    tail: list[int] = []
    slipped = 0
    for r in sorted(rows, reverse=True):
        cells = _filled(table, r)
        if vocabulary.meaning(cells[0].text).rows.get(block.header.part.id) == "total":
            continue
        by = {place - slot for slot, place in rows[r].items()}
        if len(by) > 1 or 0 in by or (tail and by != {slipped}):
            break
        slipped = by.pop()
        tail.append(r)
    if len(tail) == len(rows) or 2 * len(strange.intersection(tail)) < len(tail):
        return []
    return [_Move(r, rows[r]) for r in reversed(tail)]


def _targets(header: Header) -> tuple[int, ...] | None:
    """Return for each column of the block that of the grid, -1 where it has none; None when they don't stand in order."""
    columns = columns_of(header)
    slots = [column.slot for column in columns if column.slot >= 0]
    if sorted(set(slots)) != slots:
        return None
    left = slots[0] - 1 if slots else -1
    first = next((j for j, column in enumerate(columns) if column.slot >= 0), 0)
    found: list[int] = []
    for j, column in enumerate(columns):
        if column.slot >= 0:
            found.append(column.slot)
        elif column.type == "caption":
            found.append(left - (first - 1) if left - (first - 1) >= 0 else -1)
        else:
            found.append(left if j < first else slots[-1] + 1)
    return tuple(found)


def _text(table: Table, r: int, c: int) -> str:
    cell = table.rows[r][c]
    return _on_one_line(cell) if cell is not None else ""


def _is_odd(cells: Sequence[Cell], types: Mapping[int, str], is_group: Callable[[str], bool]) -> bool:
    """Tell whether a figure stands in a column of words, words in a column of figures, or figures beside a group or no name."""
    name = next((c for c, type in types.items() if type == "name"), None)
    if name is not None:
        named = next((cell for cell in cells if cell.col == name), None)
        if named is None or is_group(named.text):
            return any(shape_of(_on_one_line(cell)) in FIGURES for cell in cells)
    for cell in cells:
        type, shape = types.get(cell.col), shape_of(_on_one_line(cell))
        if type == "name" and (shape in _NO_NAME or cell.text in _PER_CENT):
            return True
        if (type in _FOR_WORDS and shape in _PLAIN) or (type in _FOR_NUMBERS and shape in (*_WORDS, Shape.SIGNED)):
            return True
        if type in _NEVER_PER_CENT and shape is Shape.PERCENT:
            return True
    return False


def _is_total(row: Sequence[Cell | None], block: Block, vocabulary: Vocabulary) -> bool:
    first = next((cell.text for cell in row if cell is not None and cell.text), "")
    return vocabulary.meaning(first).rows.get(block.header.part.id) == "total"


def _is_slipped_total(
    row: Sequence[Cell | None], types: Mapping[int, str], worded: Container[int], beyond: Container[int], block: Block
) -> bool:
    """Tell whether a total has a figure where none can stand: in a column with words, or with nothing but that (`beyond`)."""
    figures = [cell for cell in row if cell is not None and shape_of(_on_one_line(cell)) is Shape.NUMBER]
    free = ("points", None) if block.header.part.default_role == "item" else types.values()
    return any(cell.col in worded or cell.col in beyond or types.get(cell.col) not in free for cell in figures)


def _may_stand(row: Sequence[Cell | None], types: Mapping[int, str], worded: Container[int]) -> bool:
    """Tell whether the figures of a total stand in columns of figures: it may be right, though it isn't the plain sum there."""
    figures = [cell.col for cell in row[1:] if cell is not None and shape_of(_on_one_line(cell)) is Shape.NUMBER]
    return all(col not in worded and types.get(col, "number") in _FOR_NUMBERS for col in figures)


def _place_of_total(
    row: Sequence[Cell | None], placed: Mapping[int, int], items: Sequence[Sequence[Cell | None]], types: Mapping[int, str]
) -> Mapping[int, int]:
    """Return where the cells of a total belong: all slipped by as many columns, or as the alignment has it (`placed`).

    Nothing where its figures are no sums there. Points needn't be sums of what is listed, where all columns of points get
    one: those of the funds are in them too.
    """
    cells = {cell.col: cell for cell in row if cell and cell.text}
    figures = [c for c, cell in cells.items() if shape_of(_on_one_line(cell)) is Shape.NUMBER]
    points = [c for c, type in types.items() if type == "points"]
    if len(points) > 1:
        by = points[0] - figures[0]
        if [c + by for c in figures] == points:
            return {c: c + by if c in figures or min(cells) + by >= 0 else c for c in cells}
        if [min(cells), *figures] == list(cells) == [*range(min(cells), min(cells) + 1 + len(points))]:
            return {min(cells): min(cells), **dict(zip(figures, points, strict=True))}
    slipped = min((c for c, type in types.items() if type in _FOR_NUMBERS), default=-1) - figures[0]
    for places in ({c: c + slipped for c in cells}, placed) if slipped > 0 else (placed,):
        summed = [c for c in figures if types.get(places.get(c, -1)) in _SUMMED]
        right = sum(number_of(cells[c].text) == _sum(items, places[c]) for c in summed)
        if summed and 2 * right >= len(summed):
            return places
    return {}


def _sum(rows: Sequence[Sequence[Cell | None]], column: int) -> Decimal:
    cells = (cell for row in rows for cell in row[column : column + 1] if cell is not None)
    return sum((number_of(cell.text) for cell in cells), Decimal(0))


def _note(table: Table, problem: Problem) -> Note:
    token = problem.tokens[0]
    return Note(problem.message, table.address_at(token.line, token.slot))


def _moved(table: Table, moves: Sequence[_Move], *, lossy: bool) -> Table:
    """Return the table with the cells moved; cells of a moved row that have no place are left out (a caption in the margin).

    A row none of whose cells has one is a total that is no sum of what was read: nothing is added up against it.
    """
    width = max([table.columns, *(c + 1 for move in moves for c in move.places.values())])
    rows = [[*row, *([None] * (width - len(row)))] for row in table.rows]
    for r, places in moves:
        rows[r] = _row(table, r, places, width)
    open_rows = table.open_rows | {move.row for move in moves if not move.places}
    return Table(table.name, rows, number=table.number, style=table.style, inferred=lossy, open_rows=open_rows)


def _row(table: Table, r: int, places: Mapping[int, int], width: int) -> list[Cell | None]:
    """Build a row anew; a blank gets the address of the slot that stood in its place, counted from its left neighbour."""
    home = {c: slot for slot, c in places.items()}
    row: list[Cell | None] = []
    shift = 0
    for c in range(width):
        slot = home.get(c)
        if slot is None:
            at = c + shift
            free = table.at(r, at) is None or not table.rows[r][at].text  # type: ignore[union-attr]
            row.append(Cell("", r, c, table.address_at(r, at if free and 0 <= at < table.columns else max(at - 1, 0))))
            continue
        shift = slot - c
        cell = table.rows[r][slot]
        row.append(cell._replace(row=r, col=c) if cell is not None else None)
    return row
