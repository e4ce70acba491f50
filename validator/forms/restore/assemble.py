"""Make one table of each form: its heading fields, its blocks, and the lines between them.

Comes in: the tokens of a stretch and the blocks found in it. Goes out: pieces of the document, tables and what is left of
the lines, with notes. A block's cells stand in the columns of its header; other rows keep their own order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from validator.forms.restore.blocks import Block
from validator.forms.restore.shapes import FIGURES, Shape, shape_of
from validator.forms.restore.tokens import Gap, Token
from validator.forms.restore.vocabulary import Vocabulary
from validator.forms.restore.worded import texts_below_labels
from validator.model.document import Cell, Note, Paragraph, Table

_FARTHEST_FIELD = 60
"""Lines between the first field of a heading and the first block."""
_FARTHEST_BLOCK = 100
"""Lines between two blocks of one form."""
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 2
"""Rows and figures in them that are a table of its own above the blocks of a form."""

_MAY_BE_LOST = "旁边的文字认不准是哪一行的"
"""Said of a cell that is blank as far as can be told."""
_PAIRED = frozenset({Shape.NUMBER, Shape.MONEY, Shape.PERCENT})

Slots = dict[int, list[Token]]


class Span(NamedTuple):
    """The tokens of one form."""

    start: int
    end: int
    blocks: tuple[Block, ...]


def spans(
    tokens: Sequence[Token], blocks: Sequence[Block], vocabulary: Vocabulary, is_title: Callable[[int], bool]
) -> list[Span]:
    """Group blocks into forms and find where each form's heading begins."""
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and _same_form(groups[-1], block, tokens, is_title):
            groups[-1].append(block)
        else:
            groups.append([block])
    found: list[Span] = []
    low = 0
    for group in groups:
        first = group[0].header
        if not first.part.outermost:  # above a list of indicators, rows of figures are funds that were not read
            low = max(low, _end_of_table_above(tokens, low, first.first, vocabulary))
        start = _start(tokens, low, _start_of_texts(tokens, low, first.first, vocabulary), vocabulary, is_title)
        low = group[-1].end
        found.append(Span(start, low, tuple(group)))
    return found


def _same_form(group: Sequence[Block], block: Block, tokens: Sequence[Token], is_title: Callable[[int], bool]) -> bool:
    last = group[-1]
    if any(block.header.part.id == other.header.part.id for other in group):
        return False
    first_line, last_line = tokens[last.end - 1].line, tokens[block.header.first].line
    return last_line - first_line <= _FARTHEST_BLOCK and not any(
        is_title(line) for line in range(first_line + 1, last_line + 1)
    )


def _start(tokens: Sequence[Token], low: int, first: int, vocabulary: Vocabulary, is_title: Callable[[int], bool]) -> int:
    start = first
    for j in range(first - 1, low - 1, -1):
        token = tokens[j]
        if (is_title(token.line) and token.gap >= Gap.LINE) or tokens[first].line - token.line > _FARTHEST_FIELD:
            break
        if token.gap >= Gap.LINE and shape_of(token.text) is Shape.LONG and "。" in token.text:
            break
        if is_field(token.text, vocabulary) or begins_pair(tokens, j, vocabulary):
            start = j
    return start


def _start_of_texts(tokens: Sequence[Token], low: int, first: int, vocabulary: Vocabulary) -> int:
    """Return where the labels of texts begin that end right before a block; `first`, where it begins, when there are none."""
    near = next((i for i in range(low, first) if tokens[first].line - tokens[i].line <= _FARTHEST_FIELD), first)
    above = tokens[near:first]
    starts = [
        near + found.header.first
        for found in texts_below_labels(above, vocabulary)
        if all(token.blank for token in above[found.end :])
    ]
    return starts[0] if starts else first


def _end_of_table_above(tokens: Sequence[Token], low: int, first: int, vocabulary: Vocabulary) -> int:
    """Return where a table of its own above a block ends: rows of figures without a label of a form's columns; else 0."""
    ends: list[int] = []
    end = first
    while end > low and tokens[first].line - tokens[end - 1].line <= _FARTHEST_FIELD:
        begin = end - 1
        while begin > low and tokens[begin].gap < Gap.LINE:
            begin -= 1
        meanings = [vocabulary.meaning(token.text) for token in tokens[begin:end]]
        figures = sum(shape_of(token.text) in _PAIRED for token in tokens[begin + 1 : end])
        if figures >= _FEWEST_FIGURES and not any(meaning.columns or meaning.field for meaning in meanings):
            ends.append(end)
        end = begin
    return ends[0] if len(ends) >= _FEWEST_ROWS else 0


def is_field(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a token is the label of a heading field, alone or with its value behind a colon."""
    if vocabulary.meaning(text).field:
        return True
    label = text.replace("：", ":").partition(":")[0]
    return label != text and vocabulary.meaning(label).field


def begins_pair(tokens: Sequence[Token], j: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a token is the label of a column with its value right behind it: 转移支付预算数(A) 5.8万."""
    following = tokens[j + 1] if j + 1 < len(tokens) else None
    return (
        following is not None
        and following.gap < Gap.LINE
        and shape_of(following.text) in _PAIRED
        and bool(vocabulary.meaning(tokens[j].text).columns)
    )


class Sheet:
    """Rows of cells that become a table."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        """`paragraphs` are the raw lines that tokens point into."""
        self._paragraphs = paragraphs
        self._rows: list[tuple[Slots, Mapping[int, int]]] = []
        self._open: set[int] = set()

    def add(self, row: Slots, spans: Mapping[int, int] = MappingProxyType({}), *, summed: bool = True) -> None:
        """Append a row; an empty one is left out. `spans`: how many columns a cell covers, where it is more than one.

        A cell without tokens is that of the row above, which reaches down; one of a blank token may hold something.

        `summed` is False when a figure that counts in a sum may be missing.
        """
        if row:
            if not summed:
                self._open.add(len(self._rows))
            self._rows.append((row, spans))

    def address(self, tokens: Sequence[Token]) -> str:
        """Return the span of the first line part."""
        first = tokens[0]
        end = max(token.end for token in tokens if token.line == first.line)
        return f"{self._paragraphs[first.line].address}:{first.start}-{end}"

    def table(self, number: int) -> Table:
        """Return the grid."""
        width = max((c + spans.get(c, 1) for row, spans in self._rows for c in row), default=0)
        grid: list[list[Cell | None]] = []
        for r, (row, spans) in enumerate(self._rows):
            slots: list[Cell | None] = [None] * width
            for c, tokens in row.items():
                size = spans.get(c, 1)
                if not tokens:
                    slots[c] = grid[-1][c]
                    continue
                text = " ".join(token.text for token in tokens)
                cell = Cell(text, r, c, self.address(tokens), col_span=size, note="" if text else _MAY_BE_LOST)
                slots[c : c + size] = [cell] * size
            grid.append(slots)
        return Table("文本", grid, number=number, style="text", inferred=True, open_rows=frozenset(self._open))


def build(
    span: Span,
    tokens: Sequence[Token],
    lost: Sequence[range],
    paragraphs: Sequence[Paragraph],
    vocabulary: Vocabulary,
    number: int,
) -> tuple[Table, list[Note]]:
    """Build the table of one form and the notes on what stays out of it.

    `lost`: the tokens of blocks that can't be read. As rows of their own they would seem to stand below their labels.
    """
    sheet = Sheet(paragraphs)
    gone = {i for part in lost for i in part}
    notes: list[Note] = []
    at = span.start
    for block in span.blocks:
        _add_plain(sheet, [tokens[i] for i in range(at, block.header.first) if i not in gone], vocabulary)
        _add_block(sheet, block)
        notes += [Note(problem.message, sheet.address(problem.tokens)) for problem in block.problems]
        at = block.end
    return sheet.table(number), notes


def _add_block(sheet: Sheet, block: Block) -> None:
    header = block.header
    for caption in header.captions[:-1]:
        sheet.add({0: [caption]})
    row: Slots = {0: [header.captions[-1]]} if header.captions else {}
    labels = iter(header.labels)
    for j, column in enumerate(block.columns):
        if column.type == "caption" or column.unlabelled:
            if column.unlabelled and header.stray is not None and j == 1:
                row[j] = [header.stray]
            continue
        row[j] = [next(labels)[1]]
    if header.upper:
        _add_upper_row(sheet, row, block)
    sheet.add(row)
    for body in block.rows:
        sheet.add(body.cells, summed=body.summed)


def _add_upper_row(sheet: Sheet, lower: Slots, block: Block) -> None:
    """Add the upper row of a header of two, and take out of the lower one what stands in it."""
    labelled = [j for j, column in enumerate(block.columns) if column.type != "caption" and not column.unlabelled]
    upper: Slots = {j: lower.pop(j) for j in [j for j in lower if j not in labelled]}
    reach: dict[int, int] = {}
    for start, size, (_, token) in block.header.upper:
        upper[labelled[start]], reach[labelled[start]] = [token], size
        if size == 1:
            lower.pop(labelled[start])
    sheet.add(upper, reach)


def _add_plain(sheet: Sheet, tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
    """Add the lines between blocks: texts below their labels, fields as label and value, anything else as it stands."""
    at = 0
    for header, cells, end in texts_below_labels(tokens, vocabulary):
        _add_lines(sheet, tokens[at : header.first], vocabulary)
        caption = {0: [*header.captions]} if header.captions else {}
        sheet.add(caption | {c: [label] for c, (_, label) in enumerate(header.labels, 1)})
        sheet.add({c: [*cell] for c, cell in enumerate(cells, 1)})
        at = end
    _add_lines(sheet, tokens[at:], vocabulary)


def _add_lines(sheet: Sheet, tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
    line: list[Token] = []
    for token in tokens:
        if token.gap >= Gap.LINE and line and not _awaits_value(line, token, vocabulary):
            _add_line(sheet, line, vocabulary)
            line = []
        line.append(token)
    if line:
        _add_line(sheet, line, vocabulary)


def _awaits_value(line: Sequence[Token], token: Token, vocabulary: Vocabulary) -> bool:
    """Tell whether a line is nothing but a field's label, so that its value stands in the next line."""
    return (
        token.gap is Gap.LINE
        and len(line) == 1
        and vocabulary.meaning(line[0].text).field
        and token.slot < 0
        and not vocabulary.known(token.text)
    )


def _add_line(sheet: Sheet, line: Sequence[Token], vocabulary: Vocabulary) -> None:
    if any(token.gap is Gap.CELL for token in line):
        cells: list[list[Token]] = []
        for token in line:
            if token.gap is Gap.SPACE and cells:
                cells[-1].append(token)
            else:
                cells.append([token])
        sheet.add(
            {c: cell for c, cell in enumerate(cells) if cell[0].text}
            if line[0].slot < 0
            else {cell[0].slot: cell for cell in cells}
        )
        return
    row: Slots = {}
    free = 0
    value = False
    for n, token in enumerate(line):
        if token.blank:
            free, value = free + 1, False
            continue
        meaning = vocabulary.meaning(token.text)
        label = (
            meaning.field
            or (bool(row) and meaning.known and shape_of(token.text) not in FIGURES)
            or begins_pair(line, n, vocabulary)
        )
        figures = [shape_of(piece.text) in _PAIRED for piece in (*row[free - 1], token)] if value else []
        if value and not label and not all(figures):
            row[free - 1].append(token)
            continue
        row[free] = [token]
        free, value = free + 1, not label
    sheet.add(row)
