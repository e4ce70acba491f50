"""Text files: csv and tsv as one table, md as tables and lines, txt as lines. Bytes in, blocks out.

Lines of a text file stay exactly as they are, each a paragraph; tables that became text are restored elsewhere.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import islice

from validator.errors import UnsupportedFormat
from validator.model.document import Cell, Note, Paragraph, Table, column_letters
from validator.readers.encoding import Decoded, decode
from validator.readers.grid import build
from validator.readers.source import Parts, Source, cut

_LINE_END = re.compile(r"\r\n|\n|\r")
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_NOTHING = re.compile(r"NaN|Unnamed: \d+(?:_level_\d+)?|Col\d+")
"""What pandas and converters of PDF to Markdown write for an empty cell and for a column without a label."""
_FALLEN_POINT = re.compile(r"(\d) (\d+%?)\n\.")
"""A figure whose point PyMuPDF took for a line of its own below it: 99.81 as 99 81 with a point below."""
_FEWEST_TABS, _FEWEST_ROWS = 2, 4
"""What is less may be lines with something behind a tab."""
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def text_of(source: Source) -> Decoded:
    """Return the text of a file; raises UnsupportedFormat when it isn't text."""
    decoded = decode(source.data)
    if decoded is None:
        raise UnsupportedFormat("内容不是文字，看不出是什么文件", where=source.name, remedy="存为 xlsx、docx 或 UTF-8 文本再试")
    return decoded


def lines_of(source: Source, text: str) -> list[str]:
    """Return the lines without their ends; raises UnreadableDocument when there are more than the limits allow."""
    lines = _LINE_END.split(text)
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) > source.limits.max_lines:
        raise source.unreadable(f"超过 {source.limits.max_lines} 行，没有读取", "把文件拆开再试")
    return lines


def read_lines(source: Source) -> Parts:
    """Read a text file: one paragraph for each line, blank ones included."""
    decoded = text_of(source)
    notes = _doubts(decoded)
    blocks = []
    for number, line in enumerate(lines_of(source, decoded.text), 1):
        address = f"L{number}"
        text, cause = cut(line, source.limits)
        if cause:
            notes.append(Note(f"第 {number} 行{cause}", address))
        blocks.append(Paragraph(text, address))
    return Parts(tuple(blocks), tuple(notes))


def read_csv(source: Source) -> Parts:
    """Read values separated by commas, semicolons or tabs."""
    return _separated(source, ",")


def read_tsv(source: Source) -> Parts:
    """Read values separated by tabs (or what the file separates by instead)."""
    return _separated(source, "\t")


def delimiter_of(text: str, preferred: str = ",") -> str:
    """Return the delimiter that cuts most of the first lines into the same number of values; empty when none does."""
    best, delimiter = (0, 0, 0), ""
    head = "\n".join(_LINE_END.split(text[:50_000])[:100])
    for candidate in (",", "\t", ";"):
        rows = _records(head, candidate)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if widths:
            width, count = widths.most_common(1)[0]
            best, delimiter = max((best, delimiter), ((count, int(candidate == preferred), width), candidate))
    return delimiter


def is_sheet(text: str) -> bool:
    """Tell whether a text is a sheet saved as 文本文件（制表符分隔）: every row has as many cells, the blank ones too.

    What ends within a line is no file that was saved, but a text that may have been cut there.
    """
    if text[: text.find("\n")].count("\t") < _FEWEST_TABS or not text.endswith(("\n", "\r")):
        return False
    widths = {len(row) for row in _records(text, "\t") if any(row)}
    return len(widths) == 1 and text.count("\n") >= _FEWEST_ROWS


def _separated(source: Source, preferred: str) -> Parts:
    decoded = text_of(source)
    notes = _doubts(decoded)
    text = decoded.text
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\r?", first):
        delimiter, text = first[4], rest
    else:
        delimiter = delimiter_of(text, preferred) or preferred
    if text.count(delimiter) > 4 * source.limits.max_cells:
        raise source.unreadable(f"超过 {source.limits.max_cells} 个格子，没有读取", "只留要检查的部分，另存后再试")
    records = _records(text, delimiter)
    unbalanced = any("\n" in value for row in records for value in row) and not _strict(text, delimiter)
    if unbalanced:
        records = _records(text, delimiter, quoting=csv.QUOTE_NONE)
        notes.append(Note("引号不成对，引号按普通字符读取"))
    rows: dict[int, dict[int, Cell]] = {}
    for r, record in enumerate(records):
        for c, value in enumerate(record):
            stripped = value.strip()
            if stripped and not _NOTHING.fullmatch(stripped):
                shown, note = cut(stripped.replace("\r\n", "\n"), source.limits)
                rows.setdefault(r, {})[c] = Cell(shown, r, c, f"表1!{column_letters(c)}{r + 1}", note=note)
    table, told = build(source, "表1", 1, rows)
    return Parts((table,) if table else (), (*notes, *told))


def _records(text: str, delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> list[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    lines = (line + "\n" for line in _LINE_END.split(text.removesuffix("\n")))
    try:
        return [
            [value.removesuffix("\n") for value in row]
            for row in csv.reader(lines, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
        ]
    except csv.Error:
        return [line.split(delimiter) for line in _LINE_END.split(text)]


def _strict(text: str, delimiter: str) -> bool:
    """Tell whether all quotes are closed."""
    try:
        for _ in csv.reader(islice(iter(text.splitlines(keepends=True)), None), delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return False
    return True


def read_markdown(source: Source) -> Parts:
    """Read Markdown: pipe tables as tables, HTML tables as tables, every other line as a paragraph."""
    decoded = text_of(source)
    notes = _doubts(decoded)
    lines = lines_of(source, decoded.text)
    blocks: list[Table | Paragraph] = []
    number = at = 0
    fenced = False
    while at < len(lines):
        line = lines[at]
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        end = at if fenced else _end_of_table(lines, at)
        if end > at:
            table, told = _pipe_table(source, number + 1, [lines[at], *lines[at + 2 : end]])
            found = [table] if table else []
            notes += told
        else:
            end = at if fenced else _end_of_html_table(lines, at)
            found = _html_tables(source, "\n".join(lines[at:end]), number) if end > at else []
        if found:
            blocks += found
            number, at = number + len(found), end
        else:
            blocks.append(Paragraph(cut(line, source.limits)[0], f"L{at + 1}"))
            at += 1
    return Parts(tuple(blocks), tuple(notes))


def _end_of_table(lines: list[str], at: int) -> int:
    """Return the line after the pipe table that begins at a line, that line itself when none does."""
    if at + 1 >= len(lines) or "|" not in lines[at] or "|" not in lines[at + 1] or not _RULE.match(lines[at + 1][:5000]):
        return at
    end = at + 2
    while end < len(lines) and "|" in lines[end] and lines[end].strip():
        end += 1
    return end


def _end_of_html_table(lines: list[str], at: int) -> int:
    if not lines[at].lstrip()[:7].lower().startswith("<table"):
        return at
    depth = 0
    for end in range(at, len(lines)):
        lowered = lines[end].lower()
        depth += lowered.count("<table") - lowered.count("</table")
        if depth <= 0:
            return end + 1
    return at


def _pipe_table(source: Source, number: int, lines: list[str]) -> tuple[Table | None, list[Note]]:
    name = f"表{number}"
    rows: dict[int, dict[int, Cell]] = {}
    for r, line in enumerate(lines):
        values = _BAR.split(line.strip().removeprefix("|"))
        if len(values) > 1 and not values[-1].strip():
            values.pop()
        for c, value in enumerate(values):
            shown, note = cut(_BREAK.sub("\n", value).replace("\\|", "|").strip(), source.limits)
            shown = _FALLEN_POINT.sub(r"\1.\2", shown)
            if shown and not _NOTHING.fullmatch(shown):
                rows.setdefault(r, {})[c] = Cell(shown, r, c, f"{name}!R{r + 1}C{c + 1}", note=note)
    return build(source, name, number, rows, style="rc")


def _html_tables(source: Source, markup: str, before: int) -> list[Table]:
    from validator.readers.web import blocks_of

    found = blocks_of(source._replace(data=b""), markup, tables_before=before)
    return [block for block in found.blocks if isinstance(block, Table)]


def _doubts(decoded: Decoded) -> list[Note]:
    return [Note(decoded.note)] if decoded.note else []
