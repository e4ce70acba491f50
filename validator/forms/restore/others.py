"""Lines of no form: tables by their pipes, or in any of the `ways`, and paragraphs between them.

Comes in: paragraphs in which no form was found. Goes out: tables where the reading is the only one, notes where it is not, and
every other line as it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from validator.forms.restore import bracketed, generic, piped
from validator.forms.restore.assemble import Sheet
from validator.forms.restore.coded import first_cells
from validator.forms.restore.leveled import by_levels
from validator.forms.restore.proven import by_proof
from validator.forms.restore.restored import UNSURE, Restored
from validator.forms.restore.tokens import cut
from validator.forms.restore.ways import filled, tables_in
from validator.model.document import Paragraph


def restore_others(paragraphs: Sequence[Paragraph], named: generic.Named, restored: Restored) -> None:
    """Append lines of no form; those that are a table by their pipes, or by the count of their figures, become one."""
    lines = [paragraph.text for paragraph in paragraphs]
    at = 0
    grids = _by_pipe(lines, named) if any("|" in line for line in lines) else []
    unread = {grid.first for grid in grids if not grid.rows}
    for grid in grids:
        _restore_counted(paragraphs[at : grid.first], named, restored)
        at = grid.last + 1
        if not grid.rows:
            restored.note(UNSURE, paragraphs[grid.first].address)
            restored.add(*paragraphs[grid.first : at])
            continue
        sheet = Sheet(paragraphs)
        open_rows = {*grid.open_rows, len(grid.rows) - 1} if grid.last + 1 in unread else grid.open_rows
        for n, (row, spanned) in enumerate(zip(grid.rows, grid.spans, strict=True)):
            sheet.add(row, spanned, summed=n not in open_rows)
        table = sheet.table(restored.next_number)
        restored.add(table)
        for unplaced in grid.unplaced:
            restored.note_open_row(table, unplaced)
        if grid.remark:
            restored.note(grid.remark, table.address)
    _restore_counted(paragraphs[at:], named, restored)


def _by_pipe(lines: Sequence[str], named: generic.Named) -> list[piped.Grid]:
    """Return the tables that pipes tell, but those in which the code of an account is not what its row begins with.

    The levels of a score table tell its rows whatever cells were merged away.
    """
    cells = filled(cut(lines, lambda _: True))
    leveled = [
        piped.Grid(cells[grid.start].line, cells[grid.end - 1].line, grid.rows, grid.spans)
        for way in (by_levels, bracketed.by_brackets)
        for grid in way(cells, 0, len(cells), named)
    ]
    taken = {line for grid in leveled for line in range(grid.first, grid.last + 1)}
    others = [grid for grid in _by_places(lines, named) if taken.isdisjoint(range(grid.first, grid.last + 1))]
    if any(not grid.rows for grid in others):
        taken.update(line for grid in others if grid.rows for line in range(grid.first, grid.last + 1))
        proven = [
            piped.Grid(cells[grid.start].line, cells[grid.end - 1].line, grid.rows, grid.spans, grid.open_rows, remark=remark)
            for grid, _, remark in by_proof(cells, 0, len(cells), named)
            if taken.isdisjoint(range(cells[grid.start].line, cells[grid.end - 1].line + 1))
        ]
        read = {line for grid in proven for line in range(grid.first, grid.last + 1)}
        others = [*(grid for grid in others if grid.rows or read.isdisjoint(range(grid.first, grid.last + 1))), *proven]
    return sorted([*leveled, *others], key=lambda grid: grid.first)


def _by_places(lines: Sequence[str], named: generic.Named) -> list[piped.Grid]:
    grids = piped.by_pipe(lines, named)
    codes = first_cells(lines, named) if grids else frozenset[tuple[int, int]]()
    if not codes:
        return grids
    begun = {(row[0][0].line, row[0][0].start) for grid in grids for row in grid.rows if row.get(0)}
    return [grid for grid in grids if not any(grid.first <= line <= grid.last for line, _ in codes - begun)]


def _restore_counted(paragraphs: Sequence[Paragraph], named: generic.Named, restored: Restored) -> None:
    """Append lines without pipes of a table; those that are a table in one of the ways become one."""
    lines = [paragraph.text for paragraph in paragraphs]
    if not generic.may_occur(lines) and not bracketed.may_occur(lines):
        restored.add(*paragraphs)
        return
    found, lost = tables_in(lines, named)
    for line in lost:
        restored.note(UNSURE, paragraphs[line].address)
    at = done = 0
    for tokens, grid, open_rows, remark in found:
        first, last = tokens[grid.start].line, tokens[grid.end - 1].line
        if not grid.rows:
            restored.note(UNSURE, paragraphs[first].address)
            continue
        if first >= at:
            if done:
                restored.add_piece(paragraphs[at - 1], done)
            restored.add(*paragraphs[at:first])
            done = 0
        restored.add_piece(paragraphs[first], done, tokens[grid.start].start - 1)
        sheet = Sheet(paragraphs)
        for n, (row, spanned) in enumerate(zip(grid.rows, grid.spans, strict=True)):
            sheet.add(row, spanned, summed=n not in open_rows and n not in grid.open_rows)
        table = sheet.table(restored.next_number)
        restored.add(table)
        for lacking in sorted(open_rows):
            restored.note_open_row(table, lacking)
        if remark:
            restored.note(remark, table.address)
        at, done = last + 1, tokens[grid.end - 1].end
    if done:
        restored.add_piece(paragraphs[at - 1], done)
    restored.add(*paragraphs[at:])
