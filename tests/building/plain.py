"""Pages as HTML, as separated values, and in the shapes that a table takes when it is pasted as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from html import escape
from typing import Literal, NamedTuple

from tests.building.page import Page, Slot
from tests.building.xlsx import letters

Shape = Literal["spaces", "bars", "tabs", "one-line"]
SHAPES: tuple[Shape, ...] = ("spaces", "bars", "tabs", "one-line")


def write_html(pages: Sequence[Page], *, charset: str = "utf-8") -> bytes:
    """Return a web page with a table for each page, its merged cells as rowspan and colspan."""
    body = "\n".join(_html(page) for page in pages)
    head = f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{charset}"><title>{escape(pages[0].title)}</title></head>'
    return f"{head}\n<body>\n{body}\n</body></html>\n".encode(charset)


def _html(page: Page) -> str:
    out = [f'<p style="text-align:center">{escape(text)}</p>' for text, _ in page.headings]
    if page.slots:
        out.append('<table border="1" cellspacing="0">')
        for row in page.lines():
            cells = "".join(f"<td{_span('rowspan', s.rows)}{_span('colspan', s.cols)}>{escape(s.text)}</td>" for s in row)
            out.append(f"<tr>{cells}</tr>")
        out.append("</table>")
    out += [f"<p>{escape(text)}</p>" for text in page.notes]
    return "\n".join(out)


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""


def write_tsv(pages: Sequence[Page], *, separator: str = "\t", encoding: str = "utf-8") -> bytes:
    """Return separated values: merged cells at their top left corner, blanks in the rest; pages apart by a blank line."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    for n, page in enumerate(pages):
        if n:
            buffer.write("\r\n")
        for r, row in enumerate(page.flat().grid()):
            writer.writerow([slot.text if slot and (slot.row, slot.col) == (r, c) else "" for c, slot in enumerate(row)])
    return buffer.getvalue().encode(encoding)


class Placed(NamedTuple):
    """Where a cell stands in running text: line and first character, both counted from 1."""

    line: int
    start: int
    text: str

    @property
    def address(self) -> str:
        """`L12:5-12`."""
        return f"L{self.line}:{self.start}-{self.start + len(self.text) - 1}" if self.text else f"L{self.line}"


def write_txt(pages: Sequence[Page], shape: Shape = "spaces", *, encoding: str = "utf-8") -> bytes:
    """Return the pages as text: cells apart by spaces; one to a line with bars; by tabs, merged cells lost; on one line."""
    return text_of(pages, shape)[0].encode(encoding)


def text_of(pages: Sequence[Page], shape: Shape) -> tuple[str, dict[str, Placed]]:
    """Return the text in a shape, and where each place stands in it."""
    lines: list[str] = []
    places: dict[str, Placed] = {}
    for page in pages:
        lines += [text for text, _ in page.headings]
        if shape == "bars":
            _bars(page, lines, places)
        else:
            separator = "\t" if shape == "tabs" else " "
            for row in page.lines():
                lines.append("")
                for slot in row:
                    _append(lines, slot, separator, places, keep_blank=shape == "tabs" and bool(slot.place))
        lines += page.notes
    if shape == "one-line":
        return _join(lines, places)
    return "\n".join(lines) + "\n", places


def _append(lines: list[str], slot: Slot, separator: str, places: dict[str, Placed], *, keep_blank: bool) -> None:
    """Add a cell to the last line; a blank one vanishes unless it is kept as an empty field."""
    if not slot.text and not keep_blank:
        if slot.place:
            places[slot.place] = Placed(len(lines), 1, "")
        return
    if lines[-1] or (keep_blank and separator == "\t" and not slot.text):
        lines[-1] += separator
    if slot.place:
        places[slot.place] = Placed(len(lines), len(lines[-1]) + 1, slot.text)
    lines[-1] += slot.text


def _bars(page: Page, lines: list[str], places: dict[str, Placed]) -> None:
    """Add a page with one cell to a line and a bar after it; blank cells are bars on the line before."""
    for row in page.lines():
        for slot in row:
            if slot.text or not lines:
                lines.append(f"{slot.text} |")
            else:
                lines[-1] += " |"
            if slot.place:
                places[slot.place] = Placed(len(lines), 1 if slot.text else len(lines[-1]), slot.text)


def _join(lines: Sequence[str], places: Mapping[str, Placed]) -> tuple[str, dict[str, Placed]]:
    starts: list[int] = []
    at = 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    moved = {place: Placed(1, starts[p.line - 1] + p.start, p.text) for place, p in places.items()}
    return " ".join(lines) + "\n", moved


def addresses(pages: Sequence[Page], format: str, shape: Shape = "spaces") -> dict[str, str]:
    """Return the address of each place in a format: `自评表!H8` in a workbook, `表1!R8C5` in a document, `L12:5-12` in text.

    Separated values have no name of their own for the sheet: there it is the part after the exclamation mark.
    """
    if format == "txt":
        return {place: placed.address for place, placed in text_of(pages, shape)[1].items()}
    found: dict[str, str] = {}
    offset = 0
    for number, page in enumerate(pages, 1):
        grid = page if format in ("docx", "html") else page.flat()
        for slot in grid.slots:
            if not slot.place:
                continue
            a1 = f"{letters(slot.col)}{slot.row + 1 + (offset if format in ('tsv', 'csv') else 0)}"
            if format in ("docx", "html"):
                found[slot.place] = f"表{number}!R{slot.row + 1}C{slot.col + 1}"
            else:
                found[slot.place] = a1 if format in ("tsv", "csv") else f"{page.name}!{a1}"
        offset += grid.height + 1
    return found
