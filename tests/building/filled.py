"""What is written in a form: header fields, goals, and blocks of lines with a text for each column.

Everything is kept as written; nothing here knows how it is printed or whether it is consistent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

_PLACE = re.compile(r"(?P<block>[a-z_]+)(?:\[(?P<index>\d+)\]|\.(?P<line>[a-z_0-9]+))\.(?P<column>[a-z_0-9]+)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a block: a text for each column id. A line with an id is called by it, others by their number."""

    cells: Mapping[str, str]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a form: funds, indicators, duties, income …"""

    id: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    caption: str = ""
    total: Line | None = None

    def place(self, index: int, column: str) -> str:
        """Return the place of a cell: `funds.total.executed`, `indicators[3].score`."""
        line = self.lines[index]
        return f"{self.id}.{line.id}.{column}" if line.id else f"{self.id}[{index}].{column}"

    def has(self, column: str) -> bool:
        """Tell whether the block has a column."""
        return any(have.id == column for have in self.columns)

    def line(self, id: str) -> Line | None:
        """Return the line with an id; `total` is the total line, wherever it is kept, `header` the labels of the columns."""
        if id == "header":
            return Line({column.id: column.label for column in self.columns}, "header")
        if id == "total" and self.total is not None:
            return self.total
        return next((line for line in self.lines if line.id == id), None)


@dataclass(frozen=True, slots=True, repr=False)
class FilledForm:
    """A form that somebody filled in."""

    kind: str
    """Form id: project, transfer-payment, department, insurance-fund, generic."""
    title: str
    year: int
    header: Mapping[str, tuple[str, str]]
    """Field id to label and text."""
    blocks: tuple[Block, ...]
    goals: tuple[tuple[str, str], ...] = ()
    """Expected and achieved, the pair of labels first."""
    unit: str = "万元"
    notes: tuple[str, ...] = ()
    template: str = ""
    """Which variant of the printed form."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """Anything that a layout or a flaw has to know and that isn't written on the form."""

    def __repr__(self) -> str:
        """Show the form the way a person reads it: a failing property prints it."""
        rows = [
            f"<{self.kind} {self.template}: {self.title}（{self.year}年度）",
            *(" ".join(pair) for pair in self.header.values()),
        ]
        for block in self.blocks:
            rows.append(f"{block.caption}: " + " | ".join(column.label for column in block.columns))
            lines = block.lines if block.total is None else (*block.lines, block.total)
            rows += [f"    {' | '.join(line.cells.values())}" for line in lines]
        return "\n".join(rows) + ">"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))

    def block(self, id: str) -> Block | None:
        """Return a block, None when the form has none of that id."""
        return next((block for block in self.blocks if block.id == id), None)

    def has(self, place: str) -> bool:
        """Tell whether there is such a cell."""
        return place in set(self.places())

    def text(self, place: str) -> str:
        """Return what is written at a place."""
        if place.startswith("header."):
            return self.header[place[7:]][1]
        _, line, column = self._find(place)
        return line.cells[column]

    def put(self, place: str, text: str) -> FilledForm:
        """Return the form with something else written at a place."""
        if place.startswith("header."):
            name = place[7:]
            return replace(self, header={**self.header, name: (self.header[name][0], text)})
        block, line, column = self._find(place)
        changed = replace(line, cells={**line.cells, column: text})
        if line.id == "header":
            new = replace(block, columns=tuple(Column(id, label) for id, label in changed.cells.items()))
        elif line is block.total:
            new = replace(block, total=changed)
        else:
            new = replace(block, lines=tuple(changed if each is line else each for each in block.lines))
        return self.with_block(new)

    def with_block(self, new: Block) -> FilledForm:
        """Return the form with a block in place of the one with its id."""
        return replace(self, blocks=tuple(new if block.id == new.id else block for block in self.blocks))

    def places(self) -> Iterator[str]:
        """Yield every place that has a cell."""
        for name in self.header:
            yield f"header.{name}"
        for block in self.blocks:
            yield from (f"{block.id}.header.{column.id}" for column in block.columns)
            for index, line in enumerate(block.lines):
                yield from (block.place(index, column) for column in line.cells)
            if block.total is not None:
                yield from (f"{block.id}.total.{column}" for column in block.total.cells)

    def _find(self, place: str) -> tuple[Block, Line, str]:
        found = _PLACE.fullmatch(place)
        block = self.block(found["block"]) if found else None
        if not found or block is None:
            raise KeyError(place)
        line = block.lines[int(found["index"])] if found["index"] else block.line(found["line"])
        if line is None or found["column"] not in line.cells:
            raise KeyError(place)
        return block, line, found["column"]
