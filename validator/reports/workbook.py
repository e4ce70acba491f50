"""The annotated copy of a workbook: its bytes and the report in, the same workbook with marks, notes and an index out.

Cells are filled by severity (their own style plus a fill), each gets a note, and a last sheet 核对结果 lists all findings with
links. Nothing else changes: parts that need no change are copied as they are, the others are changed in place. Office
programs lose pictures, extensions and settings they don't know when they save; this doesn't.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from validator.model.document import column_letters
from validator.model.finding import Finding, Report, Severity
from validator.readers.package import Package
from validator.readers.source import Source
from validator.readers.workbook import INDEX_NAME, SheetPart, column_number, contents
from validator.reports import workbook_index, workbook_notes
from validator.reports.address import place
from validator.reports.office import TYPES, OfficeFile, target
from validator.reports.patching import Element, Patch, cell_text, outline, plain, prefix_of, scan, tag_end, with_attributes
from validator.reports.remarks import FILLS, by_place, remarks
from validator.reports.workbook_notes import MAX_NOTE, CellNote
from validator.reports.workbook_styles import EMPTY, Styles

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BEFORE_NOTES_NAMES = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter"
    " sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks"
    " printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags"
    " drawing"
)
_BEFORE_NOTES = frozenset(_BEFORE_NOTES_NAMES.split())
"""What stands before the reference to the boxes of notes in a sheet."""
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ROWS, _COLUMNS = 1_048_576, 16_384


def annotated(data: bytes, report: Report) -> bytes:
    """Return the annotated workbook; raises UnreadableDocument when it is damaged."""
    return _Book(Source(data, report.path)).annotated(report)


def suffix_of(data: bytes, report: Report) -> str:
    """Return `.xlsm` for a workbook with macros, `.xlsx` for any other; no office program opens one under the other's name."""
    types = Package(Source(data, report.path)).read(TYPES)
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
        self.file = OfficeFile(source, "xl/workbook.xml")
        self.sheets, self.related, _ = contents(self.file.package)

    def annotated(self, report: Report) -> bytes:
        """Return the workbook with every finding of a report."""
        file = self.file
        styles_part = self.related.get("styles") or file.new_name("styles", ".xml")
        styles = Styles(file.source, styles_part, file.part(styles_part) if styles_part in file else EMPTY)
        marks = self._marks(report.findings)
        drawings = (file.part(name) for name in file.package.names if name.lower().endswith(".vml"))
        block = workbook_notes.highest_block(drawings) if marks else 0
        for sheet in self.sheets:
            if sheet.name in marks:
                block = self._annotate_sheet(sheet, list(marks[sheet.name].values()), styles, block + 1)
        self._add_index(report, styles)
        if "styles" not in self.related:
            file.relate(file.main, "styles", styles_part)
            file.declare(styles_part, f"{_SPREADSHEET}.styles+xml")
        file.changed[styles_part] = styles.result()
        return file.result()

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
            if where.sheet not in anchors:
                anchors[where.sheet] = _anchors(self.file.part(parts[where.sheet]), cells)
            cell = anchors[where.sheet].get((where.row, where.col), (where.row, where.col))
            marks.setdefault(where.sheet, {}).setdefault(cell, _Mark(*cell, [])).findings.extend(found)
        for mark in (mark for listed in marks.values() for mark in listed.values()):
            mark.findings.sort(key=lambda finding: finding.severity.rank)
        return marks

    def _annotate_sheet(self, sheet: SheetPart, marks: Sequence[_Mark], styles: Styles, block: int) -> int:
        """Fill the cells and add the notes; return the last number used in the id map of a drawing."""
        data = self.file.part(sheet.part)
        scanned = _Scan(self.file.source, sheet.part, data, {(mark.row, mark.col) for mark in marks})
        if scanned.cells is None:
            return block
        patch = Patch(data)
        scanned.fill(patch, marks, styles)
        elsewhere = f"见“{INDEX_NAME}”表"
        notes = [CellNote(m.row, m.col, m.ref, remarks(m.findings, MAX_NOTE, elsewhere)) for m in sorted(marks)]
        drawings = {relation.get("Id", ""): target(sheet.part, relation) for relation in self.file.relations(sheet.part)}
        new = self._write_comments(sheet.part, notes)
        if new and scanned.drawing is not None:
            self._extend_drawing(drawings.get(scanned.drawing, ""), new, block)
        elif new:
            link = self._new_drawing(sheet.part, new, block)
            tag = f"{scanned.prefix}legacyDrawing"
            patch.insert(scanned.before_notes, f'<{tag} xmlns:r="{self.file.relation_base}" r:id="{link}"/>')
        self.file.changed[sheet.part] = patch.result()
        return block + workbook_notes.blocks(len(new)) - 1

    def _write_comments(self, part: str, notes: list[CellNote]) -> list[CellNote]:
        """Write the texts of the notes; return those that need a box."""
        file = self.file
        known = file.related(part, "comments")
        if known is not None:
            file.changed[known], new = workbook_notes.extended_comments(file.source, known, file.part(known), notes)
            return new
        name = file.new_name("comments", ".xml")
        file.changed[name] = workbook_notes.fresh_comments(notes)
        file.declare(name, f"{_SPREADSHEET}.comments+xml")
        file.relate(part, "comments", name)
        return notes

    def _extend_drawing(self, drawing: str, notes: list[CellNote], block: int) -> None:
        extended = workbook_notes.extended_boxes(self.file.part(drawing), notes, block) if drawing in self.file else None
        if extended is not None:
            self.file.changed[drawing] = extended

    def _new_drawing(self, part: str, notes: list[CellNote], block: int) -> str:
        name = self.file.new_name("drawings/vmlDrawing", ".vml")
        self.file.changed[name] = workbook_notes.fresh_boxes(notes, block)
        self.file.declare_suffix("vml", _DRAWING)
        return self.file.relate(part, "vmlDrawing", name)

    def _add_index(self, report: Report, styles: Styles) -> None:
        file = self.file
        data = file.part(file.main)
        elements = outline(file.source, file.main, data, 2)
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
        part = file.new_name("worksheets/sheet", ".xml")
        file.changed[part] = workbook_index.sheet(report, looks, {sheet.name: sheet.name for sheet in self.sheets})
        file.declare(part, f"{_SPREADSHEET}.worksheet+xml")
        link = file.relate(file.main, "worksheet", part)
        numbers = [int(n) for e in listed if (n := e.attributes.get("sheetId", "")).isdecimal() and len(n) < 9]
        patch = Patch(data)
        name = f'name="{cell_text(own)}" sheetId="{max(numbers, default=0) + 1}"'
        patch.append(holder, f'<{prefix_of(data, holder)}sheet xmlns:r="{file.relation_base}" {name} r:id="{link}"/>')
        file.changed[file.main] = patch.result()


class _Cell(NamedTuple):
    start: int
    style: int


class _Row(NamedTuple):
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
        behind = []
        for number, row_marks in sorted(missing.items()):
            row = self._rows.get(number)
            cells = self._new_cells(row_marks, row, styles)
            if row is not None:
                _put_cells(patch, row, cells)
                continue
            markup = f'<{self.prefix}row r="{number}">{"".join(cells.values())}</{self.prefix}row>'
            at = next((start for other, start in self._starts if other > number), None)
            if at is None:
                behind.append(markup)
            else:
                patch.insert(at, markup)
        if behind and self.cells is not None:
            patch.append(self.cells, "".join(behind))

    def _new_cells(self, marks: Iterable[_Mark], row: _Row | None, styles: Styles) -> dict[int, str]:
        own = _style(row.element.attributes, "s") if row is not None and row.element.attributes.get("customFormat") else None
        cells = {}
        for mark in marks:
            style = styles.filled(self._default(mark.col, own), FILLS[mark.findings[0].severity])
            cells[mark.col] = f'<{self.prefix}c r="{mark.ref}" s="{style}"/>'
        return cells

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
            self._rows.setdefault(self._row, _Row(element, self._open))
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


def _put_cells(patch: Patch, row: _Row, cells: Mapping[int, str]) -> None:
    """Add cells to a row, each in its place."""
    behind = []
    for col, markup in cells.items():
        at = next((start for other, start in row.cells if other > col), None)
        if at is None:
            behind.append(markup)
        else:
            patch.insert(at, markup)
    if behind:
        patch.append(row.element, "".join(behind))


def _anchors(data: bytes, cells: Iterable[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the first cell of its merged region for each cell that stands in one."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    by_row: dict[int, list[int]] = {}
    for row, col in cells:
        by_row.setdefault(row, []).append(col)
    rows = sorted(by_row)
    for left, top, right, bottom in _MERGE.findall(plain(data)):
        first, last = column_number(left.decode()) + 1, column_number(right.decode()) + 1
        for row in rows[bisect_left(rows, int(top)) : bisect_right(rows, int(bottom))]:
            found |= {(row, col): (int(top), first) for col in by_row[row] if first <= col <= last}
    return found


def _style(attributes: dict[str, str], name: str) -> int | None:
    text = attributes.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _names() -> Iterable[str]:
    yield INDEX_NAME
    for number in range(2, 10**6):
        yield f"{INDEX_NAME}{number}"
