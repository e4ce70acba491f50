"""What a changed cell changes: a document and typed texts in, the changed document and what became of the findings out.

The received file is never touched; only the records in memory are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from validator.errors import UsageError
from validator.model.document import Cell, Document, Paragraph, Table
from validator.model.finding import Finding

LONGEST = 2000
"""Characters that may be typed into one cell; longer cells are not offered for a change."""
MOST = 500
"""Cells of one document that may be changed."""


class Edit(NamedTuple):
    """A text in place of what stands in a cell."""

    address: str
    text: str


class Difference(NamedTuple):
    """What became of the findings. One whose figures changed but whose rule and place did not is still the same fault."""

    settled: tuple[Finding, ...]
    broken: tuple[Finding, ...]
    changed: tuple[Finding, ...]
    """Still there, with other figures."""


def edited(document: Document, edits: Iterable[Edit]) -> Document:
    """Return the document with these texts in its cells; raises UsageError for a place that is no cell of a table."""
    texts = {edit.address: edit.text.strip() for edit in edits}
    if not texts:
        return document
    blocks: list[Table | Paragraph] = []
    left = set(texts)
    for block in document.blocks:
        found = [place for place in _places(block) if place[0] in left] if isinstance(block, Table) else []
        if isinstance(block, Table) and found:
            blocks.append(_with(block, found, texts))
            left.difference_update(address for address, _, _ in found)
        else:
            blocks.append(block)
    if left:
        raise UsageError(f"表里没有 {min(left)[:80]} 这一格", remedy="刷新页面再改")
    return replace(document, blocks=tuple(blocks))


def difference(before: Sequence[Finding], after: Sequence[Finding]) -> Difference:
    """Compare two reports of the same document by the ids of their findings, then by rule and place."""
    old, new = {finding.id for finding in before}, {finding.id for finding in after}
    gone = [finding for finding in before if finding.id not in new]
    came = [finding for finding in after if finding.id not in old]
    same = Counter(map(_fault, gone)) & Counter(map(_fault, came))
    # What was told under its cause before is no news when the cause goes and it stays.
    told = {message for finding in before for message in finding.consequences}
    kept = same.copy()
    settled = [finding for finding in gone if not _taken(kept, finding)]
    changed: list[Finding] = []
    broken: list[Finding] = []
    for finding in came:
        (changed if _taken(same, finding) or finding.message in told else broken).append(finding)
    return Difference(tuple(settled), tuple(broken), tuple(changed))


def texts_of(document: Document, addresses: Iterable[str]) -> Mapping[str, str]:
    """Return what stands at these addresses; blank slots of a table are empty texts."""
    wanted = set(addresses)
    return {
        address: cell.text if (cell := table.at(row, col)) is not None else ""
        for table in document.tables
        for address, row, col in _places(table)
        if address in wanted
    }


def _fault(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.primary.path or finding.primary.address


def _taken(counts: Counter[tuple[str, str]], finding: Finding) -> bool:
    fault = _fault(finding)
    if counts[fault] <= 0:
        return False
    counts[fault] -= 1
    return True


def _places(table: Table) -> Iterable[tuple[str, int, int]]:
    """Yield the address, row and column of each cell and, where blank slots have addresses of their own, of each slot."""
    for r, row in enumerate(table.rows):
        for c in range(table.columns):
            cell = row[c] if c < len(row) else None
            if cell is not None:
                if (cell.row, cell.col) == (r, c):
                    yield cell.address, r, c
            elif table.style != "text":
                yield table.address_at(r, c), r, c


def _with(table: Table, places: Iterable[tuple[str, int, int]], texts: Mapping[str, str]) -> Table:
    rows = list(table.rows)
    touched: dict[int, list[Cell | None]] = {}

    def row_of(number: int) -> list[Cell | None]:
        """Return a row that may be written to; the others stay those of the document."""
        if number not in touched:
            row = rows[number]
            rows[number] = touched[number] = [*row, *[None] * (table.columns - len(row))]
        return touched[number]

    for address, r, c in places:
        old = row_of(r)[c]
        cell = Cell(texts[address], r, c, address) if old is None else _retyped(old, texts[address])
        for number in range(cell.row, min(cell.row + cell.row_span, len(rows))):
            row = row_of(number)
            for col in range(cell.col, min(cell.col + cell.col_span, table.columns)):
                if row[col] is old or (number, col) == (r, c):
                    row[col] = cell
    return Table(table.name, rows, number=table.number, style=table.style, inferred=table.inferred, open_rows=table.open_rows)


def _retyped(cell: Cell, text: str) -> Cell:
    """Return a cell that holds what was typed and no longer the stored value or the formula behind the old text."""
    return cell._replace(text=text, value=None, formula="", note="")
