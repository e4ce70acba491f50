"""Tables whose author's grid is still there, drawn with characters: boxes, and columns below rules of dashes.

Comes in: the paragraphs of a text. Goes out: the same in pieces, with a `Table` where strokes say which character belongs to
which cell. In a box (`┌─┬─┐`, `+---+`) a cell is what strokes enclose, over as many rows and columns as it has; below
a line of dashes with gaps (`---- ------`, which pandoc and tools for databases write) a column is as wide as its dashes.
Strokes are looked for where they stand on a screen, on which a Chinese character is as wide as two letters. Where they
don't meet, or two figures stand one below the other between two rules, the lines stay lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from validator.forms.restore.shapes import FIGURES, shape_of
from validator.model.document import Cell, Paragraph, Table

UPRIGHT = "│┃║┆┇┊┋"
CORNERS = "┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╓╥╖╟╫╢╙╨╜┍┯┑┝┿┥┕┷┙┎┰┒┠╂┨┖┸┚╭╮╰╯"
LEVEL = "-=─━═┄┅┈┉"
_BEGINNINGS = frozenset(f"{CORNERS}+-=")
_SIDES = frozenset(f"{UPRIGHT}{CORNERS}|+")
_LEVELS = frozenset(LEVEL)
_TOP = re.compile(rf"\s*[┌┏╔╒╓┍┎╭+][{LEVEL}{CORNERS}+]{{2,}}\s*")
_JOINT = re.compile(rf"[{CORNERS}]|\+(?=[{LEVEL}])|(?<=[{LEVEL}])\+")
_DASHES = re.compile(r"\s*(?:-{2,}(?: +-{2,})+|={2,}(?: +={2,})+)\s*")
_RULE = re.compile(r"\s*(?:-+(?: +-+)*|=+(?: +=+)*)\s*")
_RUN = re.compile(r"[-=]+")
_OF_TWO = (frozenset("WF"), frozenset("WFA"))
"""Kinds of characters that are two letters wide, in a western font and in a Chinese one."""
_FEWEST_RULES = 4
"""Rules across a box: the three around its header and its rows are no sign that each row has its own."""
_MOST_LINES = 3000
_BREAK = "\\"
"""What pandoc writes where a line ends within a cell."""

_Line = dict[int, int]
"""Which character of a line (from 0) begins where on the screen."""


class _Area(NamedTuple):
    """A cell: its corners in the grid, and which part of which line is its text."""

    top: int
    left: int
    bottom: int
    right: int
    pieces: Sequence[tuple[int, int, int]]


def parted(paragraphs: Sequence[Paragraph], number: int) -> Iterator[Table | Sequence[Paragraph]]:
    """Yield the stretches of lines and, between them, the tables that are drawn; `number`: that of the first table."""
    start = at = 0
    while at < len(paragraphs):
        found = _table_at(paragraphs, at, start, number)
        if found is None:
            at += 1
            continue
        first, at, table = found
        if first > start:
            yield paragraphs[start:first]
        yield table
        start = at
        number += 1
    if start < len(paragraphs):
        yield paragraphs[start:]


def _table_at(paragraphs: Sequence[Paragraph], at: int, low: int, number: int) -> tuple[int, int, Table] | None:
    """Return the table whose first stroke stands in a line, with its first line and the one behind it."""
    text = paragraphs[at].text
    if text.lstrip()[:1] not in _BEGINNINGS:
        return None
    box = bool(_TOP.fullmatch(text))
    if not box and not _DASHES.fullmatch(text):
        return None
    first = at if box else _above(paragraphs, at, low)
    for end in (_end_of_box(paragraphs, at),) if box else _ends_of_ruled(paragraphs, at):
        lines = [paragraph.text for paragraph in paragraphs[first:end]]
        for wide in _OF_TWO:
            areas = _in_box(lines, wide) if box else _below(lines, at - first, wide)
            if areas and not any(_are_rows(area, lines) for area in areas):
                return first, end, _table(areas, paragraphs[first:end], number)
    return None


def _are_rows(area: _Area, lines: Sequence[str]) -> bool:
    """Tell whether a figure stands below another one: of two rows, or torn apart."""
    return sum(shape_of(lines[line][start:end].strip()) in FIGURES for line, start, end in area.pieces) > 1


def _table(areas: Iterable[_Area], paragraphs: Sequence[Paragraph], number: int) -> Table:
    areas = list(areas)
    width = max(area.right for area in areas) + 1
    grid: list[list[Cell | None]] = [[None] * width for _ in range(max(area.bottom for area in areas) + 1)]
    for area in areas:
        cell = _cell(area, paragraphs)
        for r in range(area.top, area.bottom + 1):
            grid[r][area.left : area.right + 1] = [cell] * (area.right - area.left + 1)
    return Table("文本", grid, number=number, style="text")


def _cell(area: _Area, paragraphs: Sequence[Paragraph]) -> Cell | None:
    """Return the cell of an area; None for a blank one that covers no others."""
    text, address = "", ""
    rows, columns = area.bottom - area.top + 1, area.right - area.left + 1
    for line, start, end in area.pieces:
        written = paragraphs[line].text[start:end]
        if said := written.strip():
            broken = len(said) > 1 and said.endswith(_BREAK) and line < area.pieces[-1][0]
            first = start + len(written) - len(written.lstrip()) + 1
            address = address or f"{paragraphs[line].address}:{first}-{first + len(said) - 1}"
            said = said[:-1].rstrip() if broken else said
            text += f" {said}" if text[-1:].isascii() and text and said[0].isascii() else said
    if not text:
        if rows == columns == 1:
            return None
        line, start, end = area.pieces[0]
        address = f"{paragraphs[line].address}:{start + 1}-{max(end, start + 1)}"
    return Cell(text, area.top, area.left, address, rows, columns)


@cache
def _width(char: str, wide: frozenset[str]) -> int:
    if unicodedata.category(char) in ("Mn", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in wide else 1


def _places(text: str, wide: frozenset[str]) -> _Line:
    line: _Line = {}
    at = 0
    for n, char in enumerate(text):
        line.setdefault(at, n)
        at += _width(char, wide)
    return line


# ---- boxes


def _end_of_box(paragraphs: Sequence[Paragraph], at: int) -> int:
    end = at
    while end < min(len(paragraphs), at + _MOST_LINES) and paragraphs[end].text.lstrip()[:1] in _SIDES:
        end += 1
    return end


def _in_box(lines: Sequence[str], wide: frozenset[str]) -> list[_Area]:
    """Return the cells of a box; none where its strokes don't meet, or where rows may have no rules between them."""
    placed = [_places(line, wide) for line in lines]
    drawn = list(zip(lines, placed, strict=True))
    edges = sorted({at for text, line in drawn for at in _joints(text, line)})
    ruled = [[_is_ruled(text, line, one, other) for one, other in pairwise(edges)] for text, line in drawn]
    cuts = [n for n, row in enumerate(ruled) if any(row)]
    if len(cuts) < _FEWEST_RULES or not all(ruled[0]) or not all(ruled[-1]) or any(b - a < 2 for a, b in pairwise(cuts)):
        return []
    strokes = [[edge in line and text[line[edge]] in _SIDES for edge in edges] for text, line in drawn]
    joined: dict[tuple[int, int], tuple[int, int]] = {}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while place in joined:
            place = joined[place]
        return place

    for r, (above, below) in enumerate(pairwise(cuts)):
        inside = strokes[above + 1 : below]
        if not all(row[0] and row[-1] for row in inside):
            return []
        for c in range(len(edges) - 1):
            if c and len({row[c] for row in inside}) > 1:
                return []
            if c and not inside[0][c] and root((r, c)) != root((r, c - 1)):
                joined[root((r, c))] = root((r, c - 1))
            if r and not ruled[above][c] and root((r, c)) != root((r - 1, c)):
                joined[root((r, c))] = root((r - 1, c))
    return _areas(edges, cuts, placed, [[root((r, c)) for c in range(len(edges) - 1)] for r in range(len(cuts) - 1)])


def _areas(
    edges: Sequence[int], cuts: Sequence[int], placed: Sequence[_Line], roots: Sequence[Sequence[tuple[int, int]]]
) -> list[_Area]:
    """Return the cells of a grid whose slots are told by their first; none where one is no rectangle."""
    slots: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for r, row in enumerate(roots):
        for c, root in enumerate(row):
            slots.setdefault(root, []).append((r, c))
    areas: list[_Area] = []
    for places in slots.values():
        (top, left), (bottom, right) = min(places), max(places)
        if len(places) != (bottom - top + 1) * (right - left + 1):
            return []
        pieces = [(n, *_part(placed[n], edges[left] + 1, edges[right + 1])) for n in range(cuts[top] + 1, cuts[bottom + 1])]
        areas.append(_Area(top, left, bottom, right, pieces))
    return areas


def _joints(text: str, line: _Line) -> set[int]:
    at = {n: place for place, n in line.items()}
    return {at[found.start()] for found in _JOINT.finditer(text) if found.start() in at}


def _is_ruled(text: str, line: _Line, one: int, other: int) -> bool:
    """Tell whether a stroke reaches from one edge to another."""
    start, end = _part(line, one + 1, other)
    return end > start and _LEVELS.issuperset(text[start:end])


def _part(line: _Line, one: int, other: int) -> tuple[int, int]:
    """Return the characters between two places on the screen."""
    found = [line[place] for place in range(one, other) if place in line]
    return (found[0], found[-1] + 1) if found else (0, 0)


# ---- columns below dashes


def _above(paragraphs: Sequence[Paragraph], at: int, low: int) -> int:
    """Return the first line of the header above the dashes, or of the rule above that."""
    first = at
    while first > low and paragraphs[first - 1].text.strip() and not _RULE.fullmatch(paragraphs[first - 1].text):
        first -= 1
    return first - 1 if low < first < at and paragraphs[first - 1].text.strip() else first


def _ends_of_ruled(paragraphs: Sequence[Paragraph], at: int) -> Iterator[int]:
    """Yield where the rows below dashes may end: behind the next rule, at the first blank line, with the text."""
    lines = [paragraph.text for paragraph in paragraphs[at + 1 : at + _MOST_LINES]]
    blank = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    rule = next((n for n, line in enumerate(lines) if _RULE.fullmatch(line)), None)
    if rule is not None:
        yield at + 2 + rule
    if rule is None or blank < rule:
        yield at + 1 + blank


def _below(lines: Sequence[str], at: int, wide: frozenset[str]) -> list[_Area]:
    """Return the cells below and above dashes; none where a character stands between two columns.

    Where blank lines stand between the rows, a row has as many lines as its longest cell.
    """
    columns = [found.span() for found in _RUN.finditer(lines[at])]
    starts = [start for start, _ in columns]
    placed = [_places(line, wide) for line in lines]
    parts = [[_part(line, start, end) for start, end in columns] for line in placed]
    for text, row in zip(lines, parts, strict=True):
        if not _RULE.fullmatch(text) and sum(len("".join(text[a:b].split())) for a, b in row) < len("".join(text.split())):
            return []
    told = [n for n, line in enumerate(lines) if not _RULE.fullmatch(line)]
    header, body = [n for n in told if n < at], [n for n in told if n > at]
    apart = not all(lines[n].strip() for n in body)
    if apart:
        rows = [list(group) for filled, group in groupby(body, lambda n: bool(lines[n].strip())) if filled]
    else:
        rows = [[n] for n in body]
    if len(starts) < 2 or not rows:
        return []
    return [
        _Area(r, c, r, c, [(n, *parts[n][c]) for n in row])
        for r, row in enumerate([header, *rows] if header else rows)
        for c in range(len(columns))
    ]
