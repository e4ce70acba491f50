"""Reading: a file or its bytes in, a `Document` out, whatever the format. Readers convert and stop; meaning comes later.

A file is read as what its content is; where its suffix says otherwise, a note says so. Each format's reader is imported
when the first file of that format comes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from validator.errors import GoujiError, UnreadableDocument
from validator.model.document import Document, Note
from validator.readers.limits import LIMITS, Limits
from validator.readers.radicals import printed
from validator.readers.sniff import KINDS, NAMES, kind_of
from validator.readers.source import Parts, Source

__all__ = ["LIMITS", "READERS", "SUFFIXES", "Limits", "read"]

Reader = Callable[[Source], Parts]


def _workbook(source: Source) -> Parts:
    from validator.readers import workbook

    return workbook.read(source)


def _legacy(source: Source) -> Parts:
    from validator.readers import legacy

    return legacy.read(source)


def _opendocument(source: Source) -> Parts:
    from validator.readers import opendocument

    return opendocument.read(source)


def _word(source: Source) -> Parts:
    from validator.readers import word

    return word.read(source)


def _web(source: Source) -> Parts:
    from validator.readers import web

    return web.read(source)


def _csv(source: Source) -> Parts:
    from validator.readers import plain

    return plain.read_csv(source)


def _tsv(source: Source) -> Parts:
    from validator.readers import plain

    return plain.read_tsv(source)


def _markdown(source: Source) -> Parts:
    from validator.readers import plain

    return plain.read_markdown(source)


def _lines(source: Source) -> Parts:
    from validator.readers import plain

    return plain.read_lines(source)


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".xlsx": _workbook,
        ".xlsm": _workbook,
        ".xlsb": _legacy,
        ".xls": _legacy,
        ".ods": _opendocument,
        ".docx": _word,
        ".html": _web,
        ".htm": _web,
        ".csv": _csv,
        ".tsv": _tsv,
        ".md": _markdown,
        ".txt": _lines,
    }
)
"""Suffix to reader."""
SUFFIXES = tuple(READERS)
"""Suffixes of the files that are picked up from a folder."""


def read(source: str | Path | bytes, *, name: str = "", limits: Limits = LIMITS) -> Document:
    """Read a document from a path or from its bytes.

    `name` is the file name for messages and for its suffix; a path has its own. Raises UnsupportedFormat for a kind of
    file that no reader takes, UnreadableDocument for a file that can't be opened, is damaged or is too large.
    """
    path = name if isinstance(source, bytes) else str(source)
    shown = Path(path).name if path else "（未命名）"
    data = source if isinstance(source, bytes) else _bytes_of(Path(source), shown, limits)
    if len(data) > limits.max_bytes:
        raise _too_large(shown, limits)
    received = Source(data, shown, limits)
    suffix = Path(path).suffix.lower()
    kind = kind_of(received, suffix)
    try:
        blocks, notes = READERS[f".{kind}"](received)
    except GoujiError:
        raise
    except (MemoryError, RecursionError) as error:
        raise received.unreadable("内容太大或嵌套太深，没有读取", "拆成几个文件再试") from error
    if suffix and KINDS.get(suffix) != kind:
        notes = (Note(f"文件名以 {suffix} 结尾，内容却是{NAMES[kind]}，已按{NAMES[kind]}读取"), *notes)
    if not blocks and not notes:
        notes = (Note("文件里没有任何文字"),)
    return Document(path, kind, hashlib.sha256(data).hexdigest(), printed(blocks), notes)


def _bytes_of(path: Path, shown: str, limits: Limits) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableDocument("这是文件夹，不是文件", where=shown, remedy="给出文件夹里的文件")
        if not path.is_file():
            message = "不是普通文件" if path.exists() else "文件不存在"
            raise UnreadableDocument(message, where=shown, remedy="核对路径和文件名")
        if path.stat().st_size > limits.max_bytes:
            raise _too_large(shown, limits)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        cause = "没有读取权限" if isinstance(error, PermissionError) else "打不开"
        raise UnreadableDocument(
            f"文件{cause}", where=shown, remedy="核对路径，关闭正在使用它的程序，确认有读取权限"
        ) from error


def _too_large(shown: str, limits: Limits) -> UnreadableDocument:
    return UnreadableDocument(
        f"文件超过 {limits.max_bytes >> 20} MB，没有读取", where=shown, remedy="删去图片和多余的表后另存，再试"
    )
