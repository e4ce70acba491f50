"""Tables drawn with bars: `|` between cells, `<` for a cell merged with the one to its left, `^` with the one above."""

from __future__ import annotations

from validator.forms.recognise import Span
from validator.model.document import Cell, Table


def drawn(text: str) -> Table:
    """Return the table that a drawing shows."""
    drawing = [[part.strip() for part in line.split("|")] for line in text.strip("\n").split("\n")]
    width = max(map(len, drawing))
    rows: list[list[Cell | None]] = [[None] * width for _ in drawing]
    for r, parts in enumerate(drawing):
        for c, part in enumerate(parts):
            if part == "<":
                _extend(rows, rows[r][c - 1], r, c)
            elif part == "^":
                _extend(rows, rows[r - 1][c], r, c)
            elif part:
                rows[r][c] = Cell(part, r, c, f"表1!R{r + 1}C{c + 1}")
    return Table("表1", rows)


def whole(table: Table) -> Span:
    """Return the span of all rows."""
    return Span(table, 0, len(table.rows))


def _extend(rows: list[list[Cell | None]], base: Cell | None, row: int, col: int) -> None:
    assert base is not None
    wider = base._replace(row_span=row - base.row + 1, col_span=max(base.col_span, col - base.col + 1))
    for line in rows:
        for c, cell in enumerate(line):
            if cell is base:
                line[c] = wider
    rows[row][col] = wider
