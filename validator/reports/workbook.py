"""The annotated copy of a workbook: its bytes and the report in, the same workbook with marks, notes and an index out.

Cells are filled by severity (their own style plus a fill), each gets a note, and a last sheet 核对结果 lists all findings with
links. Nothing else changes: parts that need no change are copied as they are, the others are changed in place. Office
programs lose pictures, extensions and settings they don't know when they save; this doesn't.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from validator.model.document import column_letters
from validator.model.finding import Finding, Report, Severity
from validator.readers.package import Package, main_part
from validator.readers.source import Source
from validator.readers.workbook import SheetPart, column_number, contents
from validator.reports import workbook_index, workbook_notes
from validator.reports.address import place
from validator.reports.annotation import FILLS, by_place, remarks
from validator.reports.patching import (
    Element,
    Patch,
    cell_text,
    escaped,
    outline,
    plain,
    prefix_of,
    repacked,
    scan,
    tag_end,
    with_attributes,
)
from validator.reports.workbook_notes import MAX_NOTE, CellNote
from validator.reports.workbook_styles import EMPTY, Styles

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_TYPES = "[Content_Types].xml"
_BEFORE_NOTES = frozenset(
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter"
    " sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks"
    " printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags"
    " drawing".split()
)
"""What stands before the reference to the boxes of notes in a sheet."""
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ROWS, _COLUMNS = 1_048_576, 16_384


def annotated(data: bytes, report: Report) -> bytes:
    """Return the annotated workbook; raises UnreadableDocument when it is damaged."""
    return _Book(Source(data, report.path)).annotated(report)


def suffix_of(data: bytes, report: Report) -> str:
    """Return `.xlsm` for a workbook with macros, `.xlsx` for any other; no office program opens one under the other's name."""
    types = Package(Source(data, report.path)).read(_TYPES)
    return ".xlsm" if b"macroEnabled" in types else ".xlsx"


class _Mark(NamedTuple):
    """A cell to mark."""

    row: int
    """From 1."""
    col: int
    """From 1."""
    findings: list[Finding]
    """The heaviest first."""

    @property
    def ref(self) -> str:
        return f"{column_letters(self.col - 1)}{self.row}"


class _Book:
    """A workbook, and its parts that change."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.package = Package(source)
        self.changed: dict[str, bytes] = {}
        self.main = main_part(self.package, "xl/workbook.xml")
        self.folder = posixpath.dirname(self.main)
        self.sheets, self.related, _ = contents(self.package)
        self.names = {name.lower() for name in self.package.names}
        self.relations = self._relation_base()

    def annotated(self, report: Report) -> bytes:
        """Return the workbook with every finding of a report."""
        styles_part = self.related.get("styles") or self._new_name("styles", ".xml", numbered=False)
        styles = Styles(self.source, styles_part, self.part(styles_part) if styles_part in self.package else EMPTY)
        marks = self._marks(report.findings)
        block = workbook_notes.highest_block(self.part(name) for name in self.package.names if name.lower().endswith(".vml"))
        for sheet in self.sheets:
            if sheet.name in marks:
                block = self._annotate_sheet(sheet, list(marks[sheet.name].values()), styles, block + 1)
        self._add_index(report, styles)
        if "styles" not in self.related:
            self._relate(self.main, "styles", styles_part)
            self._declare(styles_part, f"{_SPREADSHEET}.styles+xml")
        self.changed[styles_part] = styles.result()
        return repacked(self.source, self.changed)

    def part(self, name: str) -> bytes:
        """Return a part as it is by now."""
        return self.changed[name] if name in self.changed else self.package.read(name)

    def _relation_base(self) -> str:
        """Return what the types of relations begin with; strict files have another beginning than usual ones."""
        for element in self._relations_of(self.main):
            kind = element.attributes.get("Type", "")
            if kind.endswith("/worksheet"):
                return escaped(kind.removesuffix("/worksheet"))
        return _RELATIONS

    def _relations_of(self, part: str) -> list[Element]:
        name = _relations_part(part)
        if name not in self.package and name not in self.changed:
            return []
        return [e for e in outline(self.source, name, plain(self.part(name)), 1) if e.name == "Relationship"]

    def _marks(self, findings: Iterable[Finding]) -> dict[str, dict[tuple[int, int], _Mark]]:
        """Return the cells to mark by sheet; what stands in a merged region goes to its first cell."""
        parts = {sheet.name: sheet.part for sheet in self.sheets}
        places = by_place(findings)
        cells = {(where.row, where.col) for where in map(place, places)}
        anchors: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}
        marks: dict[str, dict[tuple[int, int], _Mark]] = {}
        for address, found in places.items():
            where = place(address)
            if where.in_text or where.sheet not in parts or not (0 < where.row <= _ROWS and 0 < where.col <= _COLUMNS):
                continue
            cell = (where.row, where.col)
            if where.sheet not in anchors:
                anchors[where.sheet] = _anchors(self.part(parts[where.sheet]), cells)
            cell = anchors[where.sheet].get(cell, cell)
            known = marks.setdefault(where.sheet, {}).setdefault(cell, _Mark(*cell, []))
            known.findings.extend(found)
            known.findings.sort(key=lambda finding: finding.severity.rank)
        return marks

    def _annotate_sheet(self, sheet: SheetPart, marks: Sequence[_Mark], styles: Styles, block: int) -> int:
        """Fill the cells and add the notes; return the last number used in the id map of a drawing."""
        data = plain(self.part(sheet.part))
        scanned = _Scan(self.source, sheet.part, data, {(mark.row, mark.col) for mark in marks})
        if scanned.cells is None:
            return block
        patch = Patch(data)
        scanned.fill(patch, marks, styles)
        notes = [
            CellNote(mark.row, mark.col, mark.ref, remarks(mark.findings, MAX_NOTE, f"见“{workbook_index.NAME}”表"))
            for mark in sorted(marks)
        ]
        relations = {element.attributes.get("Id", ""): element.attributes for element in self._relations_of(sheet.part)}
        new = self._write_comments(sheet.part, relations.values(), notes)
        if new:
            self._draw(sheet.part, relations, scanned, patch, new, block)
        self.changed[sheet.part] = patch.result()
        return block + len(new) // 1000 + 1

    def _write_comments(self, part: str, relations: Iterable[dict[str, str]], notes: list[CellNote]) -> list[CellNote]:
        """Write the texts of the notes; return those that need a box."""
        known = next((_target(part, r) for r in relations if r.get("Type", "").endswith("/comments")), None)
        if known is not None and known in self.package:
            self.changed[known], new = workbook_notes.extended_comments(self.source, known, self.part(known), notes)
            return new
        name = self._new_name("comments", ".xml")
        self.changed[name] = workbook_notes.fresh_comments(notes)
        self._declare(name, f"{_SPREADSHEET}.comments+xml")
        self._relate(part, "comments", name)
        return notes

    def _draw(
        self, part: str, relations: dict[str, dict[str, str]], scanned: _Scan, patch: Patch, notes: list[CellNote], block: int
    ) -> None:
        """Add boxes to the drawing that the sheet has for such things, or give it one."""
        if scanned.drawing is not None:
            known = _target(part, relations.get(scanned.drawing, {}))
            extended = workbook_notes.extended_boxes(self.part(known), notes, block) if known in self.package else None
            if extended is not None:
                self.changed[known] = extended
            return
        name = self._new_name("drawings/vmlDrawing", ".vml")
        self.changed[name] = workbook_notes.fresh_boxes(notes, block)
        self._declare_suffix("vml", _DRAWING)
        link = self._relate(part, "vmlDrawing", name)
        patch.insert(scanned.before_notes, f'<{scanned.prefix}legacyDrawing xmlns:r="{self.relations}" r:id="{link}"/>')

    def _add_index(self, report: Report, styles: Styles) -> None:
        data = plain(self.part(self.main))
        elements = outline(self.source, self.main, data, 2)
        listed = [element for element in elements if element.name == "sheet" and element.parent == "sheets"]
        holder = next((element for element in elements if element.name == "sheets" and element.depth == 1), None)
        if holder is None:
            return
        looks = workbook_index.Looks(
            title=styles.style(bold=True, boxed=False),
            header=styles.style(bold=True, colour="D9D9D9"),
            text=styles.style(),
            literal=styles.style(literal=True),
            link=styles.style(link=True),
            weights={severity: styles.style(bold=True, colour=FILLS[severity]) for severity in Severity},
        )
        taken = {element.attributes.get("name", "").lower() for element in listed}
        own = next(name for name in _names() if name.lower() not in taken)
        part = self._new_name("worksheets/sheet", ".xml")
        self.changed[part] = workbook_index.sheet(report, looks, {sheet.name: sheet.name for sheet in self.sheets})
        self._declare(part, f"{_SPREADSHEET}.worksheet+xml")
        link = self._relate(self.main, "worksheet", part)
        numbers = [int(n) for e in listed if (n := e.attributes.get("sheetId", "")).isdecimal() and len(n) < 9]
        patch = Patch(data)
        tag = f"<{prefix_of(data, holder)}sheet"
        patch.append(
            holder,
            f'{tag} xmlns:r="{self.relations}" name="{cell_text(own)}" sheetId="{max(numbers, default=0) + 1}" '
            f'r:id="{link}"/>',
        )
        self.changed[self.main] = patch.result()

    def _relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another; return the id of the relation."""
        name = _relations_part(part)
        if name not in self.package and name not in self.changed:
            self.changed[name] = f'<?xml version="1.0" encoding="UTF-8"?>\n<Relationships xmlns="{_PACKAGE}"/>'.encode()
        data = plain(self.part(name))
        elements = outline(self.source, name, data, 1)
        taken = {element.attributes.get("Id", "") for element in elements}
        link = next(f"rId{number}" for number in range(len(elements), len(elements) * 2 + 2) if f"rId{number}" not in taken)
        patch = Patch(data)
        path = posixpath.relpath(target, posixpath.dirname(part) or ".")
        tag = f"{prefix_of(data, elements[-1])}Relationship"
        patch.append(elements[-1], f'<{tag} Id="{link}" Type="{self.relations}/{kind}" Target="{path}"/>')
        self.changed[name] = patch.result()
        return link

    def _declare(self, part: str, kind: str) -> None:
        data = plain(self.part(_TYPES))
        root = outline(self.source, _TYPES, data, 0)[-1]
        patch = Patch(data)
        patch.append(root, f'<{prefix_of(data, root)}Override PartName="/{part}" ContentType="{kind}"/>')
        self.changed[_TYPES] = patch.result()

    def _declare_suffix(self, suffix: str, kind: str) -> None:
        data = plain(self.part(_TYPES))
        elements = outline(self.source, _TYPES, data, 1)
        if any(e.name == "Default" and e.attributes.get("Extension", "").lower() == suffix for e in elements):
            return
        patch = Patch(data)
        patch.insert(
            elements[-1].inside, f'<{prefix_of(data, elements[-1])}Default Extension="{suffix}" ContentType="{kind}"/>'
        )
        self.changed[_TYPES] = patch.result()

    def _new_name(self, stem: str, suffix: str, *, numbered: bool = True) -> str:
        """Return a name that no part has."""
        numbers = ("", *range(1, 10**6)) if not numbered else range(1, 10**6)
        names = (posixpath.join(self.folder, f"{stem}{number}{suffix}") for number in numbers)
        name = next(name for name in names if name.lower() not in self.names)
        self.names.add(name.lower())
        return name


class _Cell(NamedTuple):
    start: int
    style: int


class _Row(NamedTuple):
    number: int
    element: Element
    cells: list[tuple[int, int]]
    """Column and start of each cell, in the row of one that is wanted."""


class _Scan:
    """A pass over the markup of a sheet: where the wanted cells stand, or would."""

    def __init__(self, source: Source, part: str, data: bytes, wanted: set[tuple[int, int]]) -> None:
        self.data = data
        self.cells: Element | None = None
        """The element that holds the rows; None when the sheet has none."""
        self.drawing: str | None = None
        """Relation of the drawing that holds the boxes of notes."""
        self.before_notes = 0
        self.prefix = ""
        self._found: dict[tuple[int, int], _Cell] = {}
        self._rows: dict[int, _Row] = {}
        self._starts: list[tuple[int, int]] = []
        self._columns: list[tuple[int, int, int]] = []
        self._wanted = wanted
        self._wanted_rows = {row for row, _ in wanted}
        self._row = self._col = 0
        self._open: list[tuple[int, int]] = []
        scan(source, part, data, self._started, self._ended)

    def fill(self, patch: Patch, marks: Iterable[_Mark], styles: Styles) -> None:
        """Give each cell the fill of its heaviest finding; cells that aren't there yet are added."""
        missing: dict[int, list[_Mark]] = {}
        for mark in sorted(marks):
            cell = self._found.get((mark.row, mark.col))
            if cell is None:
                missing.setdefault(mark.row, []).append(mark)
                continue
            style = styles.filled(cell.style, FILLS[mark.findings[0].severity])
            end = tag_end(self.data, cell.start)
            patch.replace(cell.start, end, with_attributes(self.data[cell.start : end], {"s": str(style)}))
        for number, row_marks in sorted(missing.items()):
            self._add_cells(patch, number, row_marks, styles)

    def _add_cells(self, patch: Patch, number: int, marks: Iterable[_Mark], styles: Styles) -> None:
        row = self._rows.get(number)
        own = _style(row.element.attributes, "s") if row is not None and row.element.attributes.get("customFormat") else None
        cells = {
            mark.col: f'<{self.prefix}c r="{mark.ref}" s="{styles.filled(self._default(mark.col, own), FILLS[mark.findings[0].severity])}"/>'
            for mark in marks
        }
        if row is None:
            at = next((start for other, start in self._starts if other > number), None)
            markup = f'<{self.prefix}row r="{number}">{"".join(cells.values())}</{self.prefix}row>'
            if at is not None:
                patch.insert(at, markup)
            elif self.cells is not None:
                patch.append(self.cells, markup)
            return
        behind = []
        for col, markup in cells.items():
            at = next((start for other, start in row.cells if other > col), None)
            if at is None:
                behind.append(markup)
            else:
                patch.insert(at, markup)
        if behind:
            patch.append(row.element, "".join(behind))

    def _default(self, col: int, row_style: int | None) -> int:
        if row_style is not None:
            return row_style
        return next((style for first, last, style in self._columns if first <= col <= last), 0)

    def _started(self, element: Element) -> bool:
        name, depth = element.name, element.depth
        if depth == 3 and name == "c" and element.parent == "row":
            self._cell(element)
            return False
        if depth == 2 and name == "row" and element.parent == "sheetData":
            number = element.attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 9 else self._row + 1
            self._col = 0
            self._starts.append((self._row, element.start))
            self._open = []
            return self._row in self._wanted_rows
        return depth < 2 or (depth == 2 and name == "col")

    def _cell(self, element: Element) -> None:
        found = _PLACE.fullmatch(element.attributes.get("r", ""))
        row = int(found.group(2)) if found else max(self._row, 1)
        self._col = column_number(found.group(1).upper()) + 1 if found else self._col + 1
        if row in self._wanted_rows:
            self._open.append((self._col, element.start))
            if (row, self._col) in self._wanted:
                self._found.setdefault((row, self._col), _Cell(element.start, _style(element.attributes, "s") or 0))

    def _ended(self, element: Element) -> None:
        if element.name == "row" and element.depth == 2:
            self._rows.setdefault(self._row, _Row(self._row, element, self._open))
        elif element.name == "col" and element.parent == "cols":
            first, last = (_style(element.attributes, key) or 0 for key in ("min", "max"))
            self._columns.append((first, last, _style(element.attributes, "style") or 0))
        elif element.depth == 1:
            if element.name == "sheetData" and self.cells is None:
                self.cells = element
                self.prefix = prefix_of(self.data, element)
            elif element.name == "legacyDrawing":
                self.drawing = element.attributes.get("id", "")
            if element.name in _BEFORE_NOTES:
                self.before_notes = element.end


def _anchors(data: bytes, cells: Iterable[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the first cell of its merged region for each cell that stands in one."""
    found = {}
    by_row: dict[int, list[int]] = {}
    for row, col in cells:
        by_row.setdefault(row, []).append(col)
    rows = sorted(by_row)
    for left, top, right, bottom in _MERGE.findall(plain(data)):
        first, last = column_number(left.decode()) + 1, column_number(right.decode()) + 1
        for row in rows[bisect_left(rows, int(top)) : bisect_right(rows, int(bottom))]:
            found |= {(row, col): (int(top), first) for col in by_row[row] if first <= col <= last}
    return found


def _relations_part(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def _target(part: str, relation: dict[str, str]) -> str:
    target = relation.get("Target", "")
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _style(attributes: dict[str, str], name: str) -> int | None:
    text = attributes.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _names() -> Iterable[str]:
    yield workbook_index.NAME
    for number in range(2, 10**6):
        yield f"{workbook_index.NAME}{number}"
