"""Lines made ready to be read as tables, and the way back to the document.

Comes in: paragraphs of a text. Goes out: the same with plain figures for full-width ones, without marks of bold cells and tabs
that are only indents, and with the rows whole that tabs on lines of their own, or a line break inside a cell, tore apart. What
is read from them is given back with the places and the letters of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from validator.forms.restore.apart import rows_apart
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import PAGE_MARK
from validator.model.document import Cell, Note, Paragraph, Table

_WIDE_FIGURE = re.compile(r"[０-９]+(?:[．，][０-９]+)*")
_PLAIN = str.maketrans("０１２３４５６７８９．", "0123456789.")
_EMPHASIS = re.compile(r"((?:^|[|\t])\s*)\*\*([^*|\t]+)\*\*(?=\s*(?:$|[|\t]))")
"""The marks of bold letters around a whole cell."""
_FEWEST_MARKS = 3
"""Tabs in a row that is looked at."""
_FEWEST_WHOLE = 4
"""Rows in one piece that tell how many cells a row has."""
_FEWEST_INDENTED = 8
_MOST_PIECES = 12
"""Lines of one row."""
_LONGEST_HEAD = 8
"""Characters of the first half of a label that has a line to itself."""
_TALK = frozenset({Shape.WORD, Shape.LONG})

Pieces = tuple[tuple[int, Paragraph], ...]
"""The paragraphs that one was made of, each with the number of characters before it."""


class Ready(NamedTuple):
    """Paragraphs to read tables from."""

    paragraphs: list[Paragraph]
    pieces: Mapping[str, Pieces]
    """What the changed ones were made of, by address."""

    def given_back(self, blocks: Iterable[Table | Paragraph]) -> list[Table | Paragraph]:
        """Return blocks that were read from these paragraphs as they stand in the document."""
        back: list[Table | Paragraph] = []
        for block in blocks:
            if isinstance(block, Table):
                back.append(self._table(block))
            elif block.address in self.pieces:
                back += (paragraph for _, paragraph in self.pieces[block.address])
            else:
                back.append(Paragraph(self._text(block.text, block.address), self.address(block.address)))
        return back

    def noted(self, notes: Iterable[Note]) -> list[Note]:
        """Return notes with the addresses of the document."""
        return [note._replace(address=self.address(note.address)) for note in notes]

    def address(self, address: str) -> str:
        """Return where a place stands in the document: of a span over several lines, its part in the first of them."""
        found = self._piece(address)
        if found is None:
            return address
        paragraph, first, last = found
        return f"{paragraph.address}:{first}-{min(last, len(paragraph.text))}"

    def _text(self, text: str, address: str) -> str:
        """Return a text with the letters of the document; one over several lines as it was read."""
        found = self._piece(address)
        if found is None:
            return text
        paragraph, first, last = found
        written = paragraph.text[first - 1 : last]
        return written if _plain(written) == text else text

    def _piece(self, address: str) -> tuple[Paragraph, int, int] | None:
        """Return the paragraph of the document in which a span begins, and the span there; None where nothing was changed."""
        line, _, span = address.partition(":")
        pieces = self.pieces.get(line)
        if pieces is None or not span:
            return None
        first, last = map(int, span.split("-"))
        before, paragraph = _piece_at(pieces, first)
        return paragraph, first - before, last - before

    def _table(self, table: Table) -> Table:
        cells = {
            id(cell): cell._replace(text=self._text(cell.text, cell.address), address=self.address(cell.address))
            for row in table.rows
            for cell in row
            if cell is not None
        }
        rows: list[list[Cell | None]] = [[cell if cell is None else cells[id(cell)] for cell in row] for row in table.rows]
        return Table(
            table.name, rows, number=table.number, style=table.style, inferred=table.inferred, open_rows=table.open_rows
        )


def made_ready(paragraphs: Sequence[Paragraph], is_title: Callable[[str], bool], known: Callable[[str], bool]) -> Ready:
    """Make paragraphs ready. `is_title` tells titles of forms, `known` labels."""
    indented = _are_indented(paragraphs)
    if indented:
        whole = [[paragraph] for paragraph in paragraphs]
    else:
        whole = rows_apart(paragraphs) or _with_whole_rows(paragraphs, is_title, known)
    plain: list[Paragraph] = []
    pieces: dict[str, Pieces] = {}
    for row in whole:
        text = _plain("".join(piece.text for piece in row))
        text = f" {text[1:]}" if indented and text[:1] == "\t" else text
        if len(row) == 1 and text == row[0].text:
            plain.append(row[0])
            continue
        plain.append(Paragraph(text, row[0].address))
        pieces[row[0].address] = tuple(zip(_before(row), row, strict=True))
    return Ready(plain, pieces)


def _are_indented(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether the tabs are indents: a cell has a line to itself, with a tab before it."""
    tabbed = [paragraph.text for paragraph in paragraphs if "\t" in paragraph.text]
    return len(tabbed) >= _FEWEST_INDENTED and all(text.rfind("\t") == 0 and text.strip() for text in tabbed)


def _before(row: Sequence[Paragraph]) -> list[int]:
    return [sum(len(piece.text) for piece in row[:n]) for n in range(len(row))]


def _piece_at(pieces: Pieces, character: int) -> tuple[int, Paragraph]:
    """Return the piece in which a character (counted from 1) stands, and the number of characters before it."""
    return pieces[bisect_right(pieces, character - 1, key=lambda piece: piece[0]) - 1]


def _plain(text: str) -> str:
    """Return a text with plain figures for full-width ones, and no marks of bold cells; every character keeps its place."""
    if "**" in text:
        text = _EMPHASIS.sub(r"\1  \2  ", text)
    return text if text.isascii() else _WIDE_FIGURE.sub(lambda found: found.group().translate(_PLAIN), text)


def _with_whole_rows(
    paragraphs: Sequence[Paragraph], is_title: Callable[[str], bool], known: Callable[[str], bool]
) -> list[list[Paragraph]]:
    """Put the lines of each row together, form by form, where every row then has as many tabs as most have in one piece."""
    if sum("\t" in paragraph.text for paragraph in paragraphs) < _FEWEST_WHOLE:
        return [[paragraph] for paragraph in paragraphs]
    starts = [n for n, paragraph in enumerate(paragraphs) if "\t" not in paragraph.text and is_title(paragraph.text.strip())]
    rows: list[list[Paragraph]] = []
    for start, end in zip([0, *starts], [*starts, len(paragraphs)], strict=True):
        part = paragraphs[start:end]
        rows += _rows_of(part, known) or [[paragraph] for paragraph in part]
    return rows


def _rows_of(part: Sequence[Paragraph], known: Callable[[str], bool]) -> list[list[Paragraph]]:
    """Return the rows, lines outside any as rows of their own; nothing where no row is torn or they don't come out even."""
    counts = [paragraph.text.count("\t") for paragraph in part]
    tabbed = [n for n, count in enumerate(counts) if count]
    width, whole = Counter(counts[n] for n in tabbed).most_common(1)[0] if tabbed else (0, 0)
    if width < _FEWEST_MARKS or whole < _FEWEST_WHOLE:
        return []
    rows: list[list[Paragraph]] = []
    at = 0
    while at < len(part):
        end, marks = at + 1, counts[at]
        while 0 < marks < width and end < len(part) and end - at < _MOST_PIECES:
            marks += counts[end]
            end += 1
        if marks not in (0, width) or any(_are_two_rows(*two, known) for two in pairwise(part[at:end])):
            return []
        rows.append(list(part[at:end]))
        at = end
    if 2 * whole <= sum(map(_has_tabs, rows)):
        return []
    return _with_torn_ends(rows, known)


def _are_two_rows(above: Paragraph, below: Paragraph, known: Callable[[str], bool]) -> bool:
    """Tell whether both lines begin with a label, the lower one with no piece of the cell that the other ends with."""
    cells, first = _cells([above]), _cells([below])[0].strip()
    label, last = cells[0].strip(), cells[-1].strip()
    return known(label) and known(first) and bool(last) and not known(last + first)


def _with_torn_ends(rows: Sequence[list[Paragraph]], known: Callable[[str], bool]) -> list[list[Paragraph]]:
    """Put lines without tabs between two rows to the cell they are the end, or the beginning, of."""
    joined: list[list[Paragraph]] = []
    for n, row in enumerate(rows):
        above, below = joined[-1] if joined else [], rows[n + 1] if n + 1 < len(rows) else []
        text = row[0].text.strip()
        if _has_tabs(row) or not text or PAGE_MARK.fullmatch(text) or not (_has_tabs(above) and _has_tabs(below)):
            joined.append(row)
            continue
        last, first = _cells(above)[-1].strip(), _cells(below)[0].strip()
        begins = first and len(text) <= _LONGEST_HEAD and known(text + first)
        if begins and not (_is_talk(last, known) and known(first)):
            below[:0] = row
        elif shape_of(last) in _TALK and (known(last + text) or _ends_a_cell(last, text, first, known)):
            above += row
        else:
            joined.append(row)
    return joined


def _ends_a_cell(last: str, text: str, first: str, known: Callable[[str], bool]) -> bool:
    """Tell whether a line may be the end of words in the cell above: neither is a label, and a row of its own begins below."""
    return not known(last) and not known(text) and (not first or known(first))


def _is_talk(text: str, known: Callable[[str], bool]) -> bool:
    return shape_of(text) in _TALK and not known(text)


def _has_tabs(row: Sequence[Paragraph]) -> bool:
    return any("\t" in piece.text for piece in row)


def _cells(row: Sequence[Paragraph]) -> list[str]:
    return "".join(piece.text for piece in row).split("\t")
