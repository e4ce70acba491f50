"""The picture of a finding: a small piece of the table with the cells marked, drawn from the finding's pointers alone.

In goes a finding, out come lines of styled text for Rich. No document is read again, no rule is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from validator.model.fact import Pointer
from validator.model.finding import Finding
from validator.reports.address import Place, place
from validator.reports.due import due
from validator.reports.layout import pad, shorten
from validator.reports.visible import excerpt

MAX_ROWS = 14
"""Rows of an excerpt; more are left out in the middle, never the one that the finding is about."""

_FIGURE = re.compile(r"[^\w]*\d[\d,，.．]*\s*[%％\w]{0,3}[)）]?")

_EDGE = "blue dim"
_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_WORDS = {
    "zh": {"expected": "应为 {}", "blank": "（空）", "more": "⋮ 其间 {} 行从略", "more_cells": "⋮ 另有 {} 处从略"},
    "en": {"expected": "expected {}", "blank": "(blank)", "more": "⋮ {} rows left out", "more_cells": "⋮ {} more"},
}


class _Slot(NamedTuple):
    pointer: Pointer
    place: Place
    primary: bool


class Snippet:
    """A Rich renderable. It fits itself to the width it is given; below 40 columns it is cut."""

    def __init__(self, finding: Finding, *, lang: str = "zh") -> None:
        """`finding`: what to draw; `lang`: `zh` or `en`."""
        self._style = _STYLES[finding.severity]
        self._words = _WORDS[lang]
        self._expected = self._due(finding, lang)
        pointers: dict[tuple[str, str], Pointer] = {}
        for pointer in (finding.primary, *finding.related):
            pointers.setdefault((pointer.address, pointer.text), pointer)
        self._slots = [_Slot(pointer, place(pointer.address), pointer is finding.primary) for pointer in pointers.values()]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines."""
        yield from self.lines(options.max_width)

    def _due(self, finding: Finding, lang: str) -> str:
        """Return what is written beside the cell: 应为 96.35%, or a limit."""
        told = excerpt(due(finding, lang), 60)
        return self._words["expected"].format(told) if told and not finding.bound else told

    def lines(self, width: int) -> list[Text]:
        """Return the lines for a terminal of this width."""
        grid = self._grid()
        drawn = grid and self._draw_grid(*grid, width)
        lines = drawn or list(self._draw_list(width))
        for line in lines:
            line.rstrip()
            line.truncate(width)
            line.no_wrap, line.overflow = True, "crop"
        return lines

    def _grid(self) -> tuple[list[list[_Slot | None]], list[str]] | None:
        """Arrange the cells in rows and columns as on the form; None where they don't make a grid, or a mostly empty one."""
        by_label = any(slot.place.in_text for slot in self._slots)
        if by_label and not all(slot.pointer.row_label and slot.pointer.column_label for slot in self._slots):
            return None
        if len({slot.place.sheet for slot in self._slots}) > 1:
            return None
        ordered = sorted(self._slots, key=lambda slot: (slot.place.row, slot.place.col))
        rows: dict[object, dict[object, _Slot]] = {}
        heads: dict[object, tuple[int, str]] = {}
        for slot in ordered:
            row: object = slot.pointer.row_label if by_label else slot.place.row
            col: object = slot.pointer.column_label if by_label else slot.place.col
            if rows.setdefault(row, {}).setdefault(col, slot) is not slot:
                return None
            number, head = heads.get(col, (slot.place.col, ""))
            heads[col] = (number, head or slot.pointer.column_label)
        if len(rows) > 1 and 2 * len(ordered) < len(rows) * len(heads):
            return None
        order = list(heads) if by_label else sorted(heads, key=lambda col: heads[col][0])
        return [[cells.get(col) for col in order] for cells in rows.values()], [excerpt(heads[col][1]) for col in order]

    def _draw_grid(self, rows: list[list[_Slot | None]], heads: list[str], width: int) -> list[Text] | None:
        """Draw the rows; None when they need more width than there is."""
        labels = [excerpt(next((s.pointer.row_label for s in row if s and s.pointer.row_label), "")) for row in rows]
        names = [_row_name(row) for row in rows]
        gutter = max(3, *(cell_len(name) for name in names))
        for cap in (36, 28, 22, 16, 12, 10):
            label_width = min(max(cell_len(label) for label in labels), cap)
            sizes = [
                min(max(cell_len(head), 4, *(cell_len(self._text(row[index])) for row in rows)), cap)
                for index, head in enumerate(heads)
            ]
            if gutter + 4 + (label_width + 3 if label_width else 0) + sum(size + 3 for size in sizes) <= width:
                break
        else:
            return None
        draw = _Grid(gutter, label_width, sizes)
        lines = []
        if any(heads):
            lines.append(
                draw.line("", "", [pad(head, size, right=True) for head, size in zip(heads, sizes, strict=True)], "bold")
            )
        kept = _keep(rows)
        dense = len(rows) > 3
        for index in kept:
            if index < 0:
                lines.append(draw.note(self._words["more"].format(-index)))
                continue
            row = rows[index]
            lines.append(self._cells(draw, names[index], labels[index], row, sizes))
            if not dense or any(slot and slot.primary for slot in row):
                lines.append(self._marks(draw, row, sizes, width))
        return lines

    def _cells(self, draw: _Grid, name: str, label: str, row: list[_Slot | None], sizes: list[int]) -> Text:
        line = draw.start(name, label)
        for slot, size in zip(row, sizes, strict=True):
            text = self._text(slot)
            line.append(pad(text, size, right=_right(text)), style=self._cell_style(slot))
            line.append(" │ ", style=_EDGE)
        return line

    def _marks(self, draw: _Grid, row: list[_Slot | None], sizes: list[int], width: int) -> Text:
        line = draw.start("", "")
        for slot, size in zip(row, sizes, strict=True):
            text = shorten(self._text(slot), size)
            mark = self._mark(slot, cell_len(text), size)
            line.append(pad(mark, size, right=_right(text)), style=self._cell_style(slot))
            line.append(" │ ", style=_EDGE)
        fits = line.cell_len + cell_len(self._expected) <= width
        if self._expected and fits and any(slot and slot.primary for slot in row):
            line.append(self._expected, style=self._style)
        return line

    def _draw_list(self, width: int) -> Iterator[Text]:
        """Draw one cell a line: place, labels, text. For cells of different tables, of prose, of very wide tables."""
        slots = [slot for slot in self._slots if slot.primary] + [slot for slot in self._slots if not slot.primary]
        several = len({slot.place.sheet for slot in slots}) > 1
        shown = slots[:MAX_ROWS]
        names = [excerpt(slot.pointer.address if several else slot.place.name) for slot in shown]
        name_width = min(max(cell_len(name) for name in names), max(width // 4, 8))
        labels = [_labels(slot.pointer, max(width * 2 // 5, 8)) for slot in shown]
        label_width = max(cell_len(label) for label in labels)
        text_width = max(width - name_width - label_width - 10, 8)
        for slot, name, label in zip(shown, names, labels, strict=True):
            text = shorten(self._text(slot), text_width)
            line = Text("  ").append(pad(name, name_width), style=_EDGE).append(" │ ", style=_EDGE)
            indent = line.cell_len
            if label_width:
                line.append(pad(label, label_width)).append(" │ ", style=_EDGE)
            yield line.append(text, style=self._cell_style(slot))
            if slot.primary:
                mark = Text(" " * (indent - 2)).append("│ ", style=_EDGE)
                if label_width:
                    mark.append(" " * label_width).append(" │ ", style=_EDGE)
                mark.append("^" * max(cell_len(text), 1), style=self._style)
                if self._expected and mark.cell_len + 1 + cell_len(self._expected) <= width:
                    mark.append(f" {self._expected}", style=self._style)
                yield mark
        if len(slots) > len(shown):
            yield Text("  ").append(self._words["more_cells"].format(len(slots) - len(shown)), style="dim")

    def _text(self, slot: _Slot | None) -> str:
        if slot is None:
            return ""
        return excerpt(slot.pointer.text) or self._words["blank"]

    def _cell_style(self, slot: _Slot | None) -> str:
        if slot is None:
            return ""
        return self._style if slot.primary else "cyan"

    def _mark(self, slot: _Slot | None, length: int, size: int) -> str:
        if slot is None:
            return ""
        if slot.primary:
            return "^" * length
        name = excerpt(slot.place.name)
        room = max(length, min(size, cell_len(name) + 3))
        return f"{name} {'─' * (room - cell_len(name) - 1)}" if room > cell_len(name) + 1 else "─" * length


class _Grid(NamedTuple):
    """The widths that all lines of one excerpt share."""

    gutter: int
    label: int
    sizes: list[int]

    def start(self, name: str, label: str) -> Text:
        line = Text("  ").append(pad(name, self.gutter, right=True), style="bold blue").append(" │ ", style=_EDGE)
        if self.label:
            line.append(pad(label, self.label)).append(" │ ", style=_EDGE)
        return line

    def line(self, name: str, label: str, cells: list[str], style: str) -> Text:
        line = self.start(name, label)
        for cell in cells:
            line.append(cell, style=style).append(" │ ", style=_EDGE)
        return line

    def note(self, text: str) -> Text:
        return Text("  ").append(" " * self.gutter).append(" │ ", style=_EDGE).append(text, style="dim")


def _row_name(row: list[_Slot | None]) -> str:
    names = {slot.place.row_name for slot in row if slot}
    return excerpt(names.pop()) if len(names) == 1 else ""


def _labels(pointer: Pointer, width: int) -> str:
    """Join the labels of a cell; the row's is shortened before the column's, which is the one that tells cells apart."""
    row, column = excerpt(pointer.row_label), shorten(excerpt(pointer.column_label), width * 2 // 3)
    if not row or not column:
        return shorten(row, width) or column
    return f"{shorten(row, width - cell_len(column) - 3)} · {column}"


def _right(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _keep(rows: list[list[_Slot | None]]) -> list[int]:
    """Return the rows to draw; a negative number stands for so many rows left out."""
    if len(rows) <= MAX_ROWS:
        return list(range(len(rows)))
    main = next(index for index, row in enumerate(rows) if any(slot and slot.primary for slot in row))
    half = (MAX_ROWS - 2) // 2
    wanted = sorted({*range(half), main, *range(len(rows) - half, len(rows))})
    kept: list[int] = []
    for before, index in zip([-1, *wanted], wanted, strict=False):
        if index != before + 1:
            kept.append(before + 1 - index)
        kept.append(index)
    return kept
