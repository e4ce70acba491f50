"""Read the fields at the head of a form: 项目名称, 主管部门, 自评总分, each a label with its value.

Comes in: a `Match` and the matcher of the labels. Goes out: one `Field` for each label that has a value. What the values mean
is decided in `facts.extract`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from validator.forms.labels import Matcher, take_apart
from validator.forms.pairs import is_amount
from validator.forms.recognise import Match, Span
from validator.model.document import Cell

_LABEL = re.compile(r"(?:^|(?<=[\s;；,，|:：]))(?=([^\s:：;；,，|][^:：;；,，|\n]{1,19})[:：])")
_GAP = re.compile(r"\t+|[ \u3000]{2,}|\|")
_ANOTHER = re.compile(r"(?:[\t|]|[ \u3000]{2})\s*[^\s:：|]{2,10}[:：]")
"""Where a label that nobody knows begins behind a value: 填报单位：某局    单位：万元."""
_FIGURE = re.compile(r"[-−+]?\d")
_LINES = 40
"""Fields stand at the head of a form: so many lines of text are looked at."""
_LONGEST = 100
_ENDS = " \t\r\n\u3000;；,，|"
_BLANK = re.compile(r"[ \t\u3000]")
_EDGE = " \t\r\n\u3000|:："


class Field(NamedTuple):
    """A label and its value."""

    id: str
    label: str
    value: str
    address: str
    """Of the cell or line that holds the value."""
    apart: bool = False
    """Whether blank slots lie between them: the value may belong to nothing, or to a label that isn't known."""


def fields(match: Match, matcher: Matcher, amounts: Collection[str] = ()) -> Iterator[Field]:
    """Yield each field: side by side with its label, in one cell with it, or in a line of text.

    `amounts`: those whose value is an amount of money, which a single blank parts from its label.
    """
    for span in match.free:
        for r in range(span.start, span.end):
            cells = _own_cells(span, r)
            yield from _in_row(cells, matcher)
            for cell in cells if amounts else ():
                yield from _in_words(cell.text, cell.address, matcher, amounts)
        yield from _below(span, matcher, amounts)
    for span in match.sums:
        for row in span.table.rows[1:]:
            yield from _in_row([cell for cell in row if cell is not None], matcher)
    paragraphs = [paragraph for paragraph in match.paragraphs if paragraph.text.strip(_EDGE)]
    for paragraph in paragraphs[:_LINES]:
        if len(paragraph.text) < _LONGEST:
            yield from _in_text(paragraph.text, paragraph.address, matcher)
            yield from _in_cells(paragraph.text, paragraph.address, matcher)
            yield from _in_words(paragraph.text, paragraph.address, matcher, amounts)
    for label, value in pairwise(paragraphs):
        id = matcher.find(label.text.strip(_EDGE)) if len(label.text) < _LONGEST else None
        if id is not None and (text := value.text.strip(_EDGE)) and matcher.find(text) is None:
            yield Field(id, label.text.strip(_EDGE), text, value.address, apart=True)


def _in_row(cells: Sequence[Cell], matcher: Matcher) -> Iterator[Field]:
    for n, cell in enumerate(cells):
        inside = list(_in_text(cell.text, cell.address, matcher))
        yield from inside
        id = matcher.find(cell.text)
        if inside or id is None:
            continue
        after = next((m for m in range(n + 1, len(cells)) if cells[m].text), None)
        value = cells[after] if after is not None else None
        if after is None or value is None or matcher.find(value.text) or value.text.rstrip().endswith(("：", ":")):
            continue
        if any(_in_text(value.text, value.address, matcher)):
            continue
        behind = next((other.text for other in cells[after + 1 :] if other.text), "")
        if _FIGURE.match(value.text) and _FIGURE.match(behind):
            continue  # the row of a table: 总分 100 92.5
        yield Field(id, cell.text.strip().rstrip("：:"), value.text, value.address, apart=value.col > cell.col + cell.col_span)


def _in_text(text: str, address: str, matcher: Matcher) -> Iterator[Field]:
    """Yield the fields that are written out as `label：value`, one or several to a text."""
    starts = [found.start() for found in _LABEL.finditer(text) if matcher.find(found[1])]
    for start, end in pairwise((*starts, len(text))):
        label, _, value = text[start:end].replace(":", "：").partition("：")
        id = matcher.find(label)
        another = _ANOTHER.search(value)
        value = value[: another.start()] if another else value
        if id is not None and (value := _without_among(value.strip(_ENDS))):
            yield Field(id, label.strip(), value, address)


def _without_among(value: str) -> str:
    """Return a value without 其中： behind it, which belongs to the next label."""
    *before, last = _BLANK.split(value)
    found = take_apart(last)
    return value[: -len(last)].strip(_ENDS) if before and found.among and not found.text else value


def _in_cells(text: str, address: str, matcher: Matcher) -> Iterator[Field]:
    """Yield the fields of a line whose label and value stand apart as cells do: by tabs, pipes or several blanks.

    What has a figure behind its value is the row of a table: 总分 100 92.5.
    """
    cells = [cell.strip(_EDGE) for cell in _GAP.split(text)]
    for label, value, behind in zip(cells, cells[1:], [*cells[2:], ""], strict=False):
        id = matcher.find(label)
        if id is not None and value and matcher.find(value) is None and not _FIGURE.match(behind):
            yield Field(id, label, value, address, apart=True)


def _below(span: Span, matcher: Matcher, amounts: Collection[str]) -> Iterator[Field]:
    """Yield the amounts that stand in a row of their own below their label, as where each cell came on a line of its own."""
    rows = [[cell for cell in _own_cells(span, r) if cell.text] for r in range(span.start, span.end)] if amounts else []
    for above, below in pairwise(rows):
        id = matcher.find(above[-1].text) if above and len(below) == 1 else None
        if id is not None and id in amounts and is_amount(below[0].text):
            yield Field(id, above[-1].text.strip().rstrip("：:"), below[0].text, below[0].address, apart=True)


def _in_words(text: str, address: str, matcher: Matcher, amounts: Collection[str]) -> Iterator[Field]:
    """Yield the amounts of a line that single blanks part: 项目总预算 65 资金分类 一般公共预算."""
    words = text.split() if len(text) < _LONGEST else []
    for label, value, behind in zip(words, words[1:], [*words[2:], ""], strict=False):
        id = matcher.find(label)
        if id is not None and id in amounts and is_amount(value) and not _FIGURE.match(behind):
            yield Field(id, label.rstrip("：:"), value, address)


def _own_cells(span: Span, r: int) -> list[Cell]:
    """Return the cells that begin in a row, each once, blank ones included."""
    cells: list[Cell] = []
    for cell in span.table.rows[r]:
        if cell is not None and cell.row == r and (not cells or cells[-1] is not cell):
            cells.append(cell)
    return cells
