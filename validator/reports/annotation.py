"""An annotated copy: a document and its report in, the same document with every finding at its place out.

A workbook stays a workbook and a docx a docx; text formats become one page of HTML.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from validator.errors import UnsupportedFormat, UsageError
from validator.model.finding import Report


def annotate(source: Path, report: Report, out: Path, *, force: bool = False) -> None:
    """Write the annotated copy of a checked file.

    Raises UsageError when the file was changed since, or when `out` is the file itself and `force` isn't set;
    UnsupportedFormat for kinds of files that can't be annotated.
    """
    same = _same(source, out)
    if same and not force:
        raise UsageError("批注副本会覆盖原文件，没有写", where=str(out), remedy="换一个输出文件名，或加 --force")
    data = _bytes_of(source)
    suffix = suffix_of(data, report)
    if out.suffix.lower() != suffix:
        raise UsageError(f"这份文件的批注副本是 {suffix} 文件", where=str(out), remedy=f"输出文件名以 {suffix} 结尾")
    write(out, annotated(data, report))


def annotated(data: bytes, report: Report) -> bytes:
    """Return the annotated copy; raises like `annotate`."""
    if hashlib.sha256(data).hexdigest() != report.sha256:
        raise UsageError("文件在核对之后改动过", where=report.path, remedy="重新核对后再写批注")
    if report.format == "xlsx":
        from validator.reports import workbook

        return workbook.annotated(data, report)
    if report.format == "docx":
        from validator.reports import document

        return document.annotated(data, report)
    _refuse_other_workbooks(report)
    from validator.reports import markup

    return markup.annotated(data, report)


def suffix_of(data: bytes, report: Report) -> str:
    """Return the suffix that the annotated copy must have to be opened."""
    if report.format == "xlsx":
        from validator.reports import workbook

        return workbook.suffix_of(data, report)
    _refuse_other_workbooks(report)
    return ".docx" if report.format == "docx" else ".html"


def write(out: Path, data: bytes) -> None:
    """Write a file as a whole or not at all; raises UsageError where that can't be done."""
    try:
        if out.exists() and not os.access(out, os.W_OK):
            raise PermissionError
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=".gouji-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(out.stat().st_mode if out.exists() else 0o644)
        Path(name).replace(out)
    except (OSError, ValueError) as error:
        raise UsageError("写不进这个文件", where=str(out), remedy="请核对路径和权限，关闭正在使用它的程序") from error


def _refuse_other_workbooks(report: Report) -> None:
    if report.format in ("xls", "xlsb", "ods"):
        raise UnsupportedFormat(
            f"{report.format} 文件不能加批注", where=report.path, remedy="用表格软件另存为 xlsx，再对 xlsx 加批注"
        )


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError("文件打不开", where=str(path), remedy="核对路径和权限") from error


def _same(source: Path, out: Path) -> bool:
    try:
        return source.resolve() == out.resolve() or (out.exists() and source.samefile(out))
    except (OSError, ValueError):
        return False
