"""Cells that a printed page broke into several lines, which came out of a PDF one below the other.

Comes in: the rows of a block. Goes out: the same rows with such pieces put together, where it is certain of what:

    工程按计划开           the beginning of a name, which the row below goes on with
    工率 ≥90% 79.2% 10.56
    部分对象外出，未       a remark of the row above: it has words of a sentence, or a group begins behind it
    能及时参与

Where a piece stands for a target or what was done (指标, of 可持续影响 指标), lines got mixed up, and the row keeps neither.
Beside lines of words that were put nowhere for sure, a row may have a remark though none was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from validator.forms.restore.align import Column
from validator.forms.restore.anchored import says_more_than_a_value
from validator.forms.restore.rows import Row
from validator.forms.restore.shapes import FIGURES, Shape, number_of, shape_of
from validator.forms.restore.tokens import Gap, Token

_SENTENCE = re.compile(r"[，。；,;]")
_ANSWERS = ("target", "actual")
_SIGN = re.compile(r"[=＝≥≧≤≦><＞＜]{1,2}")
_CUT_SHORT = re.compile(r".*\d[千万亿]")
"""A figure that lost its unit to the next line: ≥2.6万, of ≥2.6万亩."""


def mend(rows: list[Row], columns: Sequence[Column]) -> None:
    """Put pieces of names and remarks, which are rows by themselves, to the rows that they are pieces of."""
    name = next((j for j, column in enumerate(columns) if column.type == "name"), -1)
    remark = len(columns) - 1 if columns[-1].type == "text" else -1
    n = 0
    while n < len(rows):
        end = n
        while end < len(rows) and _is_piece(rows[end], name):
            end += 1
        if end == n or end == len(rows):
            n = end + 1
            continue
        pieces = [token for row in rows[n:end] for token in row.cells[name]]
        above, below = rows[n - 1] if n else None, rows[end]
        grouped = any(columns[j].type == "group" for j in below.cells)
        if grouped or any(_SENTENCE.search(token.text) for token in pieces):
            if above is None or remark < 0 or remark in above.cells or len(above.cells) == 1:
                n = end + 1
                continue
            above.cells[remark] = pieces
        elif name in below.cells and len(below.cells) > 1:
            below.cells[name][:0] = pieces
        else:
            n = end + 1
            continue
        del rows[n:end]


def _is_piece(row: Row, name: int) -> bool:
    """Tell whether a row is nothing but words in the column of names, each with a line to itself."""
    return (
        set(row.cells) == {name}
        and row.whole
        and all(token.gap is Gap.LINE and token.slot < 0 and shape_of(token.text) is Shape.WORD for token in row.cells[name])
    )


def without_pieces(rows: Sequence[Row], columns: Sequence[Column], is_piece: Callable[[str], bool]) -> None:
    """Take target and answer out of the rows in which a piece stands for one of them, or for a remark.

    All where a target stands for points.
    """
    answers = [j for j, column in enumerate(columns) if column.type in _ANSWERS]
    points = [j for j, column in enumerate(columns) if column.type == "points"]
    remarks = [j for j, column in enumerate(columns) if column.type == "text"]
    for row in rows:
        if any(shape_of(token.text) is Shape.SIGNED for j in points for token in row.cells.get(j, ())):
            row.whole = row.summed = False
            for j in (*answers, *points):
                row.cells.pop(j, None)
            continue
        cells = [row.cells[j] for j in (*answers, *remarks) if j in row.cells]
        if any(cell[0].slot < 0 and is_piece("".join(token.text for token in cell)) for cell in cells):
            _leave_out(row, answers)


def with_signs(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """Put a comparison sign to the target right of it, where it stands in a column whose label is not known: ≤ | 300."""
    target = next((j for j, column in enumerate(columns) if column.type == "target"), 0)
    if not target or columns[target - 1].type != "free":
        return
    for row in rows:
        sign = row.cells.get(target - 1, [])
        if len(sign) == 1 and target in row.cells and _SIGN.fullmatch(sign[0].text):
            row.cells[target] = [*row.cells.pop(target - 1), *row.cells[target]]


def without_doubtful(rows: Sequence[Row], columns: Sequence[Column], is_total: Callable[[Row], bool]) -> None:
    """Take target and answer out of rows beside lines of words where either may be half of one, and leave their remark open.

    So too where a target stands in the name, and where figures have no name: those of several rows came one below the other,
    and the row above has some of them.
    """
    nameless = (*_ANSWERS, "points", "text", "free")
    name = next((j for j, column in enumerate(columns) if column.type == "name"), -1)
    remark = next((j for j, column in reversed(list(enumerate(columns))) if column.type == "text"), -1)
    answers = [j for j, column in enumerate(columns) if column.type in _ANSWERS]
    figured = [any(shape_of(token.text) in FIGURES for cell in row.cells.values() for token in cell) for row in rows]
    worded = [
        not has_figures and row.cells.keys().isdisjoint(answers) and not _heads_rows(row, columns)
        for row, has_figures in zip(rows, figured, strict=True)
    ]
    for n, row in enumerate(rows):
        if name < 0 or not figured[n] or is_total(row):
            continue
        given = [row.cells[j] for j in answers if j in row.cells]
        beside = any(worded[max(n - 1, 0) : n + 2])
        shapes = [shape_of("".join(token.text for token in cell)) for cell in given]
        if beside and remark >= 0 and remark not in row.cells:
            _open(row, remark)
        cut = any(_CUT_SHORT.fullmatch(cell[-1].text) for cell in given)
        worded_answer = Shape.WORD in shapes and bool(set(shapes) & FIGURES)
        words = [] if _is_named_at_length(row, name) else [w for token in row.cells.get(name, ()) for w in token.text.split()]
        named_by_target = given and any(shape_of(word) is Shape.SIGNED for word in words)
        open_near = not all(near.whole for near in rows[max(n - 1, 0) : n + 2])
        if named_by_target or (beside and cut) or ((beside or open_near) and worded_answer):
            _leave_out(row, answers)
        elif given and given[0][0].slot < 0 and all(columns[j].type in nameless for j in row.cells):
            for torn in rows[max(n - 1, 0) : n + 1]:
                _leave_out(torn, answers)


def open_last_remark(rows: Sequence[Row], columns: Sequence[Column], behind: Token) -> None:
    """Leave the remark of the last row open, where words stand right behind it that may be that: they are in no row.

    Only where its cells take several lines; a row that is one line has its remark in that.
    """
    remark = next((j for j, column in reversed(list(enumerate(columns))) if column.type == "text"), -1)
    words = behind.slot < 0 and shape_of(behind.text) in (Shape.WORD, Shape.LONG)
    lines = {token.line for row in rows[-1:] for cell in row.cells.values() for token in cell}
    broken = bool(rows) and 1 < len(lines) < len(rows[-1].cells)
    if broken and words and remark >= 0 and columns[remark].slot < 0 and remark not in rows[-1].cells:
        _open(rows[-1], remark)


def open_remarks(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """Leave blank remarks open in a list of which something came apart: what is said of a row may stand anywhere.

    Where no column of remarks was found, the score of a row that lost points is left out: the reason may be there.
    """
    remark = next((j for j, column in reversed(list(enumerate(columns))) if column.type == "text"), -1)
    at = {column.id: j for j, column in enumerate(columns) if column.type == "points" and column.slot < 0}
    if at.keys() < {"weight", "score"} or any(column.slot >= 0 for column in columns):
        return
    figured = [row for row in rows if at["weight"] in row.cells and at["score"] in row.cells]
    worded = (row for row in rows if not any(shape_of(t.text) in FIGURES for cell in row.cells.values() for t in cell))
    if all(_heads_rows(row, columns) for row in worded):
        return
    for row in figured:
        full, got = (row.cells[at[id]][0].text for id in ("weight", "score"))
        reduced = {shape_of(full), shape_of(got)} == {Shape.NUMBER} and number_of(got) < number_of(full)
        if remark >= 0 and remark not in row.cells:
            _open(row, remark)
        elif remark < 0 and reduced:
            del row.cells[at["score"]]
            row.whole = row.summed = False


def _open(row: Row, column: int) -> None:
    """Put a blank behind the row, of which nobody knows whether it is one."""
    longest = max((cell[-1] for cell in row.cells.values()), key=lambda token: len(token.text))
    row.cells[column] = [longest._replace(text="", start=longest.end)]


def _is_named_at_length(row: Row, name: int) -> bool:
    """Tell whether pipes part the cells of a row, one of them a name that begins like a value: ≥360天服务读者."""
    tokens = [token for cell in row.cells.values() for token in cell]
    parted = sum(token.gap is Gap.CELL for token in tokens) >= len(tokens) - 1
    return parted and all(says_more_than_a_value(token.text) for token in row.cells.get(name, ()))


def _heads_rows(row: Row, columns: Sequence[Column]) -> bool:
    """Tell whether a row is nothing but words of groups, or its cells stood apart."""
    heads = all(columns[j].type in ("group", "caption") or cell[0].slot >= 0 for j, cell in row.cells.items())
    return heads and bool(row.cells)


def _leave_out(row: Row, columns: Sequence[int]) -> None:
    row.whole = False
    for j in columns:
        row.cells.pop(j, None)
