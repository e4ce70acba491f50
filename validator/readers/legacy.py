"""Binary workbooks (xls, xlsb): bytes in, one table for each sheet out.

Files of Excel 97 to 2003 are read by their records, number formats included. Older ones and xlsb are left to
python-calamine, which gives values without their formats; a note says so. Formula texts are not read.
"""

from __future__ import annotations

import io
import struct
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from validator.model.document import Cell, Note, Table, column_letters
from validator.readers.biff import Binary, Sheet, Stored, read_xls, xlsb_extent
from validator.readers.compound import MAGIC, CompoundFile
from validator.readers.grid import Region, build
from validator.readers.number_format import general, show, show_text
from validator.readers.package import DAMAGED, Package
from validator.readers.source import Parts, Source, cut

_Raw = int | float | str | bool | time | date | datetime | timedelta
_Shown = tuple[str, Decimal | bool | date | None, str]


def read(source: Source) -> Parts:
    """Read a workbook; raises UnreadableDocument when it is damaged, encrypted or too large."""
    if not source.data.startswith(MAGIC):
        package = Package(source)
        for name in package.names:
            if name.startswith("xl/worksheets/") and name.endswith(".bin"):
                _check(source, name, *xlsb_extent(package.read(name)))
        return _with_calamine(source)
    try:
        container = CompoundFile(source.data)
        stream = container.read("Workbook" if "Workbook" in container.streams else "Book")
        binary = read_xls(stream, source.limits.max_cells)
    except (KeyError, ValueError, IndexError, struct.error) as error:
        raise source.unreadable("工作簿已损坏或不完整", DAMAGED) from error
    if binary.encrypted:
        raise source.unreadable("文件加了打开密码，不能读取", "去掉密码后另存，再试")
    return _from_records(source, binary) if binary.modern else _with_calamine(source)


def _from_records(source: Source, binary: Binary) -> Parts:
    blocks: list[Table] = []
    notes: list[Note] = []
    for sheet in binary.sheets:
        rows: dict[int, dict[int, Cell]] = {}
        for (r, c), stored in sorted(sheet.cells.items()):
            _add(source, rows, (sheet.name, r, c), _displayed(stored, binary.epoch))
        _finish(source, sheet, rows, blocks, notes)
    return Parts(tuple(blocks), tuple(notes))


def _finish(source: Source, sheet: Sheet, rows: dict[int, dict[int, Cell]], blocks: list[Table], notes: list[Note]) -> None:
    """Build the table of a sheet and tell what there is to tell of it."""
    table, told = build(source, sheet.name, sheet.number, rows, sheet.regions)
    notes += told
    if table is not None:
        blocks.append(table)
        if sheet.hidden:
            notes.append(Note(f"工作表 {sheet.name} 是隐藏的，也读了", sheet.name))
    elif sheet.drawings:
        notes.append(Note(f"第 {sheet.number} 张表（{sheet.name}）只有图片或图形，没有可读的单元格", sheet.name))


def _with_calamine(source: Source) -> Parts:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    notes = [Note("数字格式（百分比、小数位数）没有读出，数字按存储的值显示；另存为 xlsx 可避免")]
    blocks: list[Table] = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(source.data)) as book:
            for number, entry in enumerate(book.sheets_metadata, 1):
                if entry.typ is not SheetTypeEnum.WorkSheet:
                    continue
                found = book.get_sheet_by_index(number - 1)
                regions = [Region(*first, *last) for first, last in found.merged_cell_ranges or ()]
                hidden = entry.visible is not SheetVisibleEnum.Visible
                rows: dict[int, dict[int, Cell]] = {}
                for r, line in enumerate(found.to_python(skip_empty_area=False)):
                    for c, raw in enumerate(line):
                        _add(source, rows, (entry.name, r, c), _raw(raw))
                _finish(source, Sheet(entry.name, number, hidden, {}, regions, drawings=False), rows, blocks, notes)
    except PasswordError as error:
        raise source.unreadable("文件加了打开密码，不能读取", "去掉密码后另存，再试") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise source.unreadable("工作簿已损坏或不完整", DAMAGED) from error
    except BaseException as error:
        # A panic of the Rust library is no Exception; anything else that isn't one (an interrupt) goes on.
        if type(error).__name__ != "PanicException":
            raise
        raise source.unreadable("工作簿已损坏或不完整", DAMAGED) from error
    return Parts(tuple(blocks), tuple(notes))


def _check(source: Source, name: str, rows: int, columns: int) -> None:
    """Refuse a sheet whose cells stand so far apart that the grid between them can't be held in memory."""
    if rows * columns > source.limits.max_cells:
        raise source.unreadable(f"{name} 超过 {source.limits.max_cells} 个格子，没有读取", "删去远处的零星内容，只留要检查的表")


def _add(source: Source, rows: dict[int, dict[int, Cell]], place: tuple[str, int, int], shown: _Shown) -> None:
    """Add a cell at a place (sheet, row, column), unless nothing stands there."""
    name, r, c = place
    text, value, note = shown
    text, cause = cut(text.replace("\r\n", "\n").strip(), source.limits)
    if text or value is not None:
        address = f"{name}!{column_letters(c)}{r + 1}"
        rows.setdefault(r, {})[c] = Cell(text, r, c, address, value=value, note=cause or note)


def _displayed(stored: Stored, epoch: int) -> _Shown:
    value, code = stored
    if isinstance(value, str):
        return show_text(value, code), None, ""
    if isinstance(value, bool):
        return str(value).upper(), value, ""
    try:
        return show(repr(value), code, epoch)
    except ValueError:
        return "", None, ""


def _raw(raw: _Raw) -> _Shown:
    """Return text, value and note of a value whose format isn't known."""
    if isinstance(raw, str):
        return raw, None, ""
    if isinstance(raw, bool):
        return str(raw).upper(), raw, ""
    if isinstance(raw, (int, float)):
        value = Decimal(f"{raw:.15g}")
        return (general(value), value, "数字格式没有读出") if value.is_finite() else (str(raw), None, "不是数字")
    if isinstance(raw, datetime):
        return raw.isoformat(" ", "minutes"), raw, ""
    return (raw.isoformat(), raw, "") if isinstance(raw, date) else (str(raw), None, "")
