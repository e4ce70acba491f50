"""A corrected copy of a workbook: its bytes and texts for some cells in, the same workbook with only those changed out.

Cells keep their formats; nothing else in the file is touched. A workbook with formulas is refused: not every program
calculates their results anew when it opens a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from validator.errors import UsageError
from validator.readers.source import Source
from validator.readers.workbook import SheetPart, column_number, contents
from validator.reports.address import place
from validator.reports.correction import BY_HAND, number
from validator.reports.office import OfficeFile
from validator.reports.patching import Element, Patch, ascii_of, cell_text, prefix_of, scan

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")
_TEXT_TYPES = frozenset({"s", "str", "inlineStr"})


class _Slot(NamedTuple):
    """A cell of the workbook as it stands there."""

    part: str
    element: Element
    prefix: str


def corrected(source: Source, texts: Mapping[str, str]) -> bytes:
    """Return the copy; raises UsageError where there are formulas, or a cell isn't in the file."""
    file = OfficeFile(source, "xl/workbook.xml")
    sheets = contents(file.package)[0]
    if any(_FORMULA.search(file.part(sheet.part)) for sheet in sheets):
        raise UsageError("表里有公式，直接改写的话公式的结果不会跟着变", remedy="请照着页面上的试改，在表格软件里改")
    slots = _slots(file, sheets, texts)
    patches: dict[str, Patch] = {}
    for address, slot in slots.items():
        patch = patches.setdefault(slot.part, Patch(file.part(slot.part)))
        patch.replace(slot.element.start, slot.element.end, _cell(slot, texts[address]))
    file.changed.update({part: patch.result() for part, patch in patches.items()})
    return file.result()


def _slots(file: OfficeFile, sheets: Sequence[SheetPart], texts: Mapping[str, str]) -> dict[str, _Slot]:
    """Return where the cells stand; raises UsageError for one that isn't in the file."""
    wanted: dict[str, dict[tuple[int, int], str]] = {}
    for address in texts:
        where = place(address)
        wanted.setdefault(where.sheet, {})[where.row, where.col] = address
    found: dict[str, _Slot] = {}
    for sheet in sheets:
        if sheet.name in wanted:
            _scan(file, sheet.part, wanted[sheet.name], found)
    missing = next((address for address in texts if address not in found), None)
    if missing is not None:
        raise UsageError(f"{missing} 在文件里还是空的，没法直接写进去", remedy=BY_HAND)
    return found


def _scan(file: OfficeFile, part: str, wanted: Mapping[tuple[int, int], str], found: dict[str, _Slot]) -> None:
    data = file.part(part)

    def started(element: Element) -> bool:
        return element.depth == 3 and element.name == "c" and element.parent == "row" and _where(element) in wanted

    def ended(element: Element) -> None:
        prefix = prefix_of(data, element)
        found[wanted[_where(element)]] = _Slot(part, element, prefix)

    scan(file.source, part, data, started, ended)


def _where(element: Element) -> tuple[int, int]:
    match = _PLACE.fullmatch(element.attributes.get("r", ""))
    return (int(match.group(2)), column_number(match.group(1).upper()) + 1) if match else (0, 0)


def _cell(slot: _Slot, text: str) -> bytes:
    """Return the markup of the cell: a number stays a number, a text a text."""
    attributes, p = slot.element.attributes, slot.prefix
    kept = "".join(f' {key}="{cell_text(attributes[key])}"' for key in ("r", "s") if key in attributes)
    value = number(text)
    if not text:
        return ascii_of(f"<{p}c{kept}/>")
    if value is not None and attributes.get("t", "n") not in _TEXT_TYPES:
        return ascii_of(f"<{p}c{kept}><{p}v>{value.normalize():f}</{p}v></{p}c>")
    return ascii_of(f'<{p}c{kept} t="inlineStr"><{p}is><{p}t xml:space="preserve">{cell_text(text)}</{p}t></{p}is></{p}c>')
