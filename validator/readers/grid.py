"""From cells at places to a table: the grid within limits, trimmed to what is used, merged regions as one cell each.

Cells come in as rows of (column, cell) pairs, merged regions as corner pairs; both count from 0. Rows and columns in front
of the first cell stay, so that row and column still say where a cell stands; those behind the last cell go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from validator.model.document import Cell, Note, Table, column_letters
from validator.readers.source import Source


class Region(NamedTuple):
    """A merged region, both corners included."""

    top: int
    left: int
    bottom: int
    right: int


def build(
    source: Source,
    name: str,
    number: int,
    rows: Mapping[int, Mapping[int, Cell]],
    regions: Iterable[Region] = (),
    *,
    style: str = "a1",
    size: tuple[int, int] = (0, 0),
) -> tuple[Table | None, list[Note]]:
    """Return the table of these cells, None when there are none, with notes on what was left out.

    `size` is how many rows and columns the table has at least, where the format says so.
    Raises UnreadableDocument when the table has more slots than the limits allow.
    """
    limits, notes = source.limits, []
    kept = {r: row for r, row in rows.items() if row and r < limits.max_rows}
    height = max(kept, default=-1) + 1
    width = max((max(row) for row in kept.values()), default=-1) + 1
    if len(kept) < sum(1 for row in rows.values() if row):
        notes.append(Note(f"{name} 第 {limits.max_rows} 行以后的内容没有读", name))
    if width > limits.max_columns:
        notes.append(Note(f"{name} 第 {limits.max_columns} 列以后的内容没有读", name))
        width = limits.max_columns
    if not height or not width:
        return None, notes
    height, width = max(height, min(size[0], limits.max_rows)), max(width, min(size[1], limits.max_columns))
    regions = [region for region in regions if region.bottom >= region.top and region.right >= region.left]
    height, width = _widened(kept, regions, height, width, limits.max_cells // max(len(kept), 1))
    filled = len(kept) + sum(min(region.bottom, height - 1) - region.top for region in regions if region.top < height)
    if min(filled, height) * width > limits.max_cells:
        raise source.unreadable(f"{name} 超过 {limits.max_cells} 个格子，没有读取", "只留要检查的表，另存后再试")
    blank: tuple[Cell | None, ...] = (None,) * width
    slots: list[list[Cell | None] | tuple[Cell | None, ...]] = [blank] * height
    for r, row in kept.items():
        line: list[Cell | None] = [None] * width
        for c, cell in row.items():
            if c < width:
                line[c] = cell
        slots[r] = line
    overlapping = _merge(slots, regions, height, width, (name, style))
    if overlapping:
        notes.append(Note(f"{name} 有 {overlapping} 处合并单元格互相重叠，已按先出现的读", name))
    return Table(name, slots, number=number, style=style), notes


def address(name: str, style: str, row: int, col: int) -> str:
    """Return the address of a slot."""
    return f"{name}!{column_letters(col)}{row + 1}" if style == "a1" else f"{name}!R{row + 1}C{col + 1}"


def _widened(
    kept: Mapping[int, Mapping[int, Cell]], regions: list[Region], height: int, width: int, bound: int
) -> tuple[int, int]:
    """Stretch the grid to hold a filled cell's whole region, but not where whole rows or columns were merged."""
    down, right = height, width
    for region in regions:
        if region.left in kept.get(region.top, {}) and region.bottom < height + 200 and region.right < width + 200:
            down, right = max(down, region.bottom + 1), max(right, region.right + 1)
    return (down, right) if right <= bound else (height, width)


def _merge(
    slots: list[list[Cell | None] | tuple[Cell | None, ...]],
    regions: list[Region],
    height: int,
    width: int,
    place: tuple[str, str],
) -> int:
    """Put one cell into every slot of each region; return how many regions overlap an earlier one."""
    overlapping = 0
    taken: set[int] = set()
    for region in regions:
        top, left, bottom, right = region.top, region.left, min(region.bottom, height - 1), min(region.right, width - 1)
        if top > bottom or left > right or (top == bottom and left == right):
            continue
        covered = [r * width + c for r in range(top, bottom + 1) for c in range(left, right + 1)]
        if not taken.isdisjoint(covered):
            overlapping += 1
            continue
        taken.update(covered)
        cell = slots[top][left] or Cell("", top, left, address(*place, top, left))
        cell = cell._replace(row_span=bottom - top + 1, col_span=right - left + 1)
        span = [cell] * (right - left + 1)
        for r in range(top, bottom + 1):
            line = slots[r]
            if isinstance(line, tuple):
                line = slots[r] = list(line)
            line[left : right + 1] = span
    return overlapping
