"""Ways to write pages to a file: formats with a grid of their own, and the shapes of a table that became lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from unicodedata import east_asian_width

from tests.building.page import Page
from tests.building.plain import Shape, text_of
from tests.building.writers import write
from tests.building.xlsx import letters
from tests.metamorphic.marks import bare, changed, holds, spans

Pages = tuple[Page, ...]
GRIDS = ("xlsx", "docx", "html", "tsv", "csv")
"""Formats in which a cell has a place."""


def in_grid(pages: Pages, format: str) -> tuple[bytes, set[str]]:
    """Return the file and the addresses of the marked figures; those of separated values are without a sheet."""
    named = tuple(replace(page, name=f"{page.name}{n}") for n, page in enumerate(pages, 1))
    return write(changed(named, bare), format), set(_marked(named, format))


def _marked(pages: Pages, format: str) -> Iterator[str]:
    table = paragraph = offset = 0
    for page in pages:
        flat = page.flat()
        if format in ("docx", "html"):
            table += bool(page.slots)
            yield from (f"表{table}!R{s.row + 1}C{s.col + 1}" for s in page.slots if holds(s.text))
            paragraph += len(page.headings)
            for text in page.notes:
                paragraph += 1
                yield from (f"段{paragraph}:{first}-{last}" for first, last in spans(text))
            paragraph += format == "docx"
        else:
            sheet = "" if format in ("csv", "tsv") else f"{page.name}!"
            top = offset if format in ("csv", "tsv") else 0
            yield from (f"{sheet}{letters(s.col)}{s.row + 1 + top}" for s in flat.slots if holds(s.text))
        offset += flat.height + 1


# --- lines ----------------------------------------------------------------------------------------------------------


def _shaped(shape: Shape) -> Callable[[Pages], list[str]]:
    return lambda pages: text_of(pages, shape)[0].removesuffix("\n").split("\n")


def _lines(row: Callable[[Page], Iterator[str]]) -> Callable[[Pages], list[str]]:
    """Return what writes pages with the rows of their tables as `row` gives them."""

    def lines(pages: Pages) -> list[str]:
        found: list[str] = []
        for page in pages:
            found += [text for text, _ in page.headings]
            found += row(page)
            found += page.notes
        return found

    return lines


def _own(page: Page, *, repeated: bool) -> Iterator[list[str]]:
    """Yield the texts of each row: those of merged cells once, or in each place that they cover."""
    for r, row in enumerate(page.grid()):
        yield [s.text if s and (repeated or (s.row, s.col) == (r, c)) else "" for c, s in enumerate(row)]


def _piped(page: Page) -> Iterator[str]:
    yield from (f"| {' | '.join(row)} |" for row in _own(page, repeated=False))


def _tight(page: Page) -> Iterator[str]:
    yield from ("|".join(row) for row in _own(page, repeated=False))


def _spread(page: Page) -> Iterator[str]:
    yield from ("\t".join(row) for row in _own(page, repeated=True))


def _tabbed(page: Page) -> Iterator[str]:
    yield from ("\t".join(row).rstrip("\t") for row in _own(page, repeated=False))


def _cells(page: Page) -> Iterator[str]:
    yield from (text for row in _own(page, repeated=False) for text in row if text)


def _aligned(page: Page) -> Iterator[str]:
    """Columns under each other by blanks, as pdftotext sets them."""
    rows = list(_own(page, repeated=False))
    widths = [max(map(_width, column)) + 2 for column in zip(*rows, strict=True)]
    for row in rows:
        yield "".join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in bare(text))


LINES: Mapping[str, Callable[[Pages], list[str]]] = {
    "spaces": _shaped("spaces"),
    "bars": _shaped("bars"),
    "one-line": _shaped("one-line"),
    "tabs": _lines(_tabbed),
    "piped": _lines(_piped),
    "tight": _lines(_tight),
    "spread": _lines(_spread),
    "cells": _lines(_cells),
    "aligned": _lines(_aligned),
}


def in_lines(lines: Sequence[str]) -> tuple[bytes, set[str]]:
    """Return a text file of lines and the addresses of the marked figures."""
    marked = {f"L{n}:{first}-{last}" for n, line in enumerate(lines, 1) for first, last in spans(line)}
    return bare("\n".join(lines) + "\n").encode(), marked
