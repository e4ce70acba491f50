"""Binary workbooks (xls, xlsb): bytes in, one table for each sheet out.

Values come from python-calamine. For xls the number formats come from a second look at the records; for xlsb they are not
read and a note says so. Formula texts are not read.
"""

from __future__ import annotations

import io
import struct
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from validator.model.document import Cell, Note, Table, column_letters
from validator.readers.biff import Binary, Numbers, read_xls, xlsb_extent
from validator.readers.compound import MAGIC, CompoundFile
from validator.readers.grid import Region, build
from validator.readers.number_format import general, show
from validator.readers.package import DAMAGED, Package
from validator.readers.source import Parts, Source, cut

_Raw = int | float | str | bool | time | date | datetime | timedelta
_SAVE = "用表格软件另存为 xlsx 再试"


def read(source: Source) -> Parts:
    """Read a workbook; raises UnreadableDocument when it is damaged, encrypted or too large."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    binary = _records(source)
    notes: list[Note] = []
    if not binary.formats:
        notes.append(Note("数字格式（百分比、小数位数）没有读出，数字按存储的值显示；另存为 xlsx 可避免"))
    blocks: list[Table] = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(source.data)) as book:
            for number, sheet in enumerate(book.sheets_metadata, 1):
                if sheet.typ is not SheetTypeEnum.WorkSheet:
                    continue
                found = book.get_sheet_by_index(number - 1)
                values = found.to_python(skip_empty_area=False)
                merged = [Region(*first, *last) for first, last in found.merged_cell_ranges or ()]
                rows = _rows(source, sheet.name, values, binary)
                table, told = build(source, sheet.name, number, rows, merged)
                notes += told
                if table is not None:
                    blocks.append(table)
                    if sheet.visible is not SheetVisibleEnum.Visible:
                        notes.append(Note(f"工作表 {sheet.name} 是隐藏的，也读了", sheet.name))
    except PasswordError as error:
        raise source.unreadable("文件加了打开密码，不能读取", "去掉密码后另存，再试") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise source.unreadable("工作簿已损坏或不完整", _SAVE) from error
    return Parts(tuple(blocks), tuple(notes))


def _records(source: Source) -> Binary:
    """Return numbers with formats, having checked that no sheet is so wide and long that it can't be held in memory."""
    if not source.data.startswith(MAGIC):
        package = Package(source)
        for name in package.names:
            if name.startswith("xl/worksheets/") and name.endswith(".bin"):
                _check(source, name, *xlsb_extent(package.read(name)))
        return Binary({}, 1900, encrypted=False, formats=False)
    try:
        container = CompoundFile(source.data)
        binary = read_xls(container.read("Workbook" if "Workbook" in container.streams else "Book"))
    except (KeyError, ValueError, IndexError, struct.error) as error:
        raise source.unreadable("工作簿已损坏或不完整", DAMAGED) from error
    if binary.encrypted:
        raise source.unreadable("文件加了打开密码，不能读取", "去掉密码后另存，再试")
    for name, numbers in binary.sheets.items():
        _check(source, name, numbers.rows, numbers.columns)
    return binary


def _check(source: Source, name: str, rows: int, columns: int) -> None:
    if rows * columns > source.limits.max_cells:
        raise source.unreadable(f"{name} 超过 {source.limits.max_cells} 个格子，没有读取", "删去远处的零星内容，只留要检查的表")


def _rows(source: Source, name: str, values: list[list[_Raw]], binary: Binary) -> dict[int, dict[int, Cell]]:
    numbers = binary.sheets.get(name, Numbers({}, 0, 0)).cells
    rows: dict[int, dict[int, Cell]] = {}
    for r, line in enumerate(values):
        for c, raw in enumerate(line):
            known = numbers.get((r, c))
            if raw == "" and known is None:
                continue
            text, value, note = _shown(raw) if known is None else show(*known, binary.epoch)
            text, cause = cut(text.strip(), source.limits)
            if text or value is not None:
                rows.setdefault(r, {})[c] = Cell(
                    text, r, c, f"{name}!{column_letters(c)}{r + 1}", value=value, note=cause or note
                )
    return rows


def _shown(raw: _Raw) -> tuple[str, Decimal | bool | date | None, str]:
    """Return text, value and note of a value whose format isn't known."""
    if isinstance(raw, str):
        return raw.replace("\r\n", "\n"), None, ""
    if isinstance(raw, bool):
        return str(raw).upper(), raw, ""
    if isinstance(raw, (int, float)):
        value = Decimal(f"{raw:.15g}")
        return (general(value), value, "数字格式没有读出") if value.is_finite() else (str(raw), None, "不是数字")
    if isinstance(raw, datetime):
        return raw.isoformat(" ", "minutes"), raw, ""
    return (raw.isoformat(), raw, "") if isinstance(raw, date) else (str(raw), None, "")
