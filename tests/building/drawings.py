"""Pages drawn with bars, as in `grids`, and the names of all shapes in which one document may arrive."""

from __future__ import annotations

import re

from tests.building.grids import drawn
from tests.building.page import Page, Slot
from tests.building.plain import SHAPES, write_txt
from tests.building.writers import FORMATS, write

LAYOUTS = (*(format for format in FORMATS if format != "txt"), *SHAPES)
"""Every format, and every shape that a table takes when it is pasted as text."""
_FIGURE = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?%?")


def page(title: str, drawing: str, *, unit: str = "") -> Page:
    """Return the page that a drawing shows."""
    table = drawn(drawing)
    cells = dict.fromkeys(cell for row in table.rows for cell in row if cell is not None)
    slots = tuple(
        Slot(c.row, c.col, c.text, c.row_span, c.col_span, look="figure" if _FIGURE.fullmatch(c.text) else "label")
        for c in cells
    )
    return Page("表", title, slots, (12,) * table.columns, unit_note=f"单位：{unit}" if unit else "")


def document(page: Page, layout: str) -> tuple[bytes, str]:
    """Return a page as a file in one of the layouts, and the name of the file."""
    if layout in SHAPES:
        return write_txt([page], layout), "form.txt"
    return write([page], layout), f"form.{layout}"
