"""Notes on the cells of a sheet: the two parts that a note needs in (its text, and the box it is drawn in), with ours out.

A cell that already has a note keeps it: ours is written below it. A threaded conversation is left alone, since programs that
know conversations don't show what is added to its stand-in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from validator.readers.source import Source
from validator.reports.patching import Element, Patch, cell_text, outline, plain, prefix_of
from validator.reports.remarks import AUTHOR

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAX_NOTE = 32_000
"""Characters of a note; Excel takes 32,767."""
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_BLOCK = 1024
"""Shape numbers that belong to one number of a drawing's id map."""
_ID_MAP = re.compile(rb"(<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*[\"'])([0-9, ]*)")
_SHAPE = re.compile(rb"_x0000_s([0-9]{1,9})")
_CLOSING = re.compile(rb"</xml\s*>")


class CellNote(NamedTuple):
    """What is to be said at a cell."""

    row: int
    """From 1."""
    col: int
    """From 1."""
    ref: str
    remarks: list[list[str]]
    """Lines of each remark, the first of them its heading."""


def fresh_comments(notes: Iterable[CellNote]) -> bytes:
    """Return a part with these notes."""
    listed = "".join(_comment(note, 0, "") for note in notes)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{_MAIN}"><authors><author>{AUTHOR}</author>'
        f"</authors><commentList>{listed}</commentList></comments>"
    ).encode("ascii", "xmlcharrefreplace")


def extended_comments(source: Source, part: str, data: bytes, notes: Sequence[CellNote]) -> tuple[bytes, list[CellNote]]:
    """Return the part with the notes added, and those of them that are new and need a box."""
    data = plain(data)
    elements = outline(source, part, data, 4)
    prefix = prefix_of(data, elements[-1])
    authors = [element for element in elements if element.name == "author" and element.parent == "authors"]
    holder = next((element for element in elements if element.name == "authors" and element.depth == 1), None)
    listing = next((element for element in elements if element.name == "commentList" and element.depth == 1), None)
    if holder is None or listing is None:
        return fresh_comments(notes), list(notes)
    threads = {number for number, author in enumerate(authors) if data[author.inside : author.close].startswith(b"tc=")}
    texts = _texts(elements)
    patch = Patch(data)
    patch.append(holder, f"<{prefix}author>{AUTHOR}</{prefix}author>")
    added, new = [], []
    for note in notes:
        known = texts.get(note.ref)
        if known is None:
            new.append(note)
            added.append(_comment(note, len(authors), prefix))
        elif _author(known[0]) not in threads:
            _extend(patch, known[1], elements, note, prefix)
    patch.append(listing, "".join(added))
    return patch.result(), new


def fresh_boxes(notes: Sequence[CellNote], block: int) -> bytes:
    """Return a drawing with a box for each note; its id map begins with number `block`."""
    return (
        f'<xml {_NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{_blocks(len(notes), block)}"/>'
        f"</o:shapelayout>{_SHAPE_TYPE}{_boxes(notes, block)}</xml>"
    ).encode("ascii")


def extended_boxes(data: bytes, notes: Sequence[CellNote], block: int) -> bytes | None:
    """Return the drawing with boxes added, None when it isn't such a drawing."""
    closings = list(_CLOSING.finditer(data))
    if not closings:
        return None
    kind = "" if b"_x0000_t202" in data else _SHAPE_TYPE
    at = closings[-1].start()
    added = _wrapped(kind + _boxes(notes, block))
    extended = data[:at] + added + data[at:]
    return _ID_MAP.sub(lambda found: found.group(0) + f",{_blocks(len(notes), block)}".encode("ascii"), extended, count=1)


def highest_block(drawings: Iterable[bytes]) -> int:
    """Return the highest number in any id map, or that any box would belong to."""
    highest = 0
    for data in drawings:
        for found in _ID_MAP.finditer(data):
            listed = found.group(2).replace(b" ", b"").split(b",")
            highest = max(highest, *(int(number) for number in listed if number.isdigit() and len(number) < 7), 0)
        highest = max(highest, max((int(number) // _BLOCK for number in _SHAPE.findall(data)), default=0))
    return highest


def blocks(count: int) -> int:
    """Return how many numbers of the id map so many boxes need."""
    return -(-max(count, 1) // (_BLOCK - 1))


def _blocks(count: int, first: int) -> str:
    return ",".join(str(first + number) for number in range(blocks(count)))


def _boxes(notes: Sequence[CellNote], block: int) -> str:
    return "".join(
        _box(note, (block + number // (_BLOCK - 1)) * _BLOCK + 1 + number % (_BLOCK - 1)) for number, note in enumerate(notes)
    )


def _box(note: CellNote, number: int) -> str:
    lines = sum(1 + sum(1 + len(line) // 20 for line in remark) for remark in note.remarks)
    rows = min(max(4, lines + 1), 30)
    top, left = max(note.row - 2, 0), note.col
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;margin-left:60pt;margin-top:1.5pt;width:260px;'
        f'height:{rows * 18}px;z-index:{number % _BLOCK};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{left}, 15, {top}, 4, {left + 3}, 30, {top + rows}, 4</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{note.row - 1}</x:Row><x:Column>{note.col - 1}</x:Column></x:ClientData>"
        "</v:shape>"
    )


def _wrapped(boxes: str) -> bytes:
    """Return boxes that declare their namespaces themselves, for a drawing that may have named them otherwise."""
    return re.sub(r"<v:shape(type)? ", lambda found: f"{found.group(0)}{_NAMESPACES} ", boxes).encode("ascii")


def _texts(elements: Sequence[Element]) -> dict[str, tuple[Element, Element]]:
    """Return each comment with its text by the cell it is on."""
    found: dict[str, tuple[Element, Element]] = {}
    text: Element | None = None
    for element in elements:
        if element.name == "text" and element.parent == "comment":
            text = element
        elif element.name == "comment" and element.depth == 2:
            if text is not None and text.start > element.start:
                found[element.attributes.get("ref", "").replace("$", "").upper()] = (element, text)
            text = None
    return found


def _author(comment: Element) -> int:
    number = comment.attributes.get("authorId", "")
    return int(number) if number.isdecimal() and len(number) < 9 else -1


def _extend(patch: Patch, text: Element, elements: Sequence[Element], note: CellNote, prefix: str) -> None:
    """Write below what is there; a text that isn't in runs becomes the first run."""
    room = MAX_NOTE - (text.close - text.inside)
    kept: list[list[str]] = []
    for remark in note.remarks:
        room -= sum(len(line) + 1 for line in remark)
        if room < 0:
            break
        kept.append(remark)
    if not kept:
        return
    for element in elements:
        if element.name == "t" and element.parent == "text" and text.start < element.start < text.end:
            patch.insert(element.start, f"<{prefix}r>")
            patch.insert(element.end, f"</{prefix}r>")
    gap = "\n\n" if not text.empty else ""
    patch.append(text, _runs(kept, prefix, gap))


def _comment(note: CellNote, author: int, prefix: str) -> str:
    p = prefix
    return f'<{p}comment ref="{note.ref}" authorId="{author}"><{p}text>{_runs(note.remarks, p, "")}</{p}text></{p}comment>'


def _runs(remarks: Sequence[list[str]], prefix: str, gap: str) -> str:
    p = prefix
    look = f'<{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="宋体"/><{p}family val="3"/><{p}charset val="134"/>'
    pieces = []
    for heading, *lines in remarks:
        below = "".join(f"\n{line}" for line in lines)
        pieces.append(f'<{p}r><{p}rPr><{p}b/>{look}</{p}rPr><{p}t xml:space="preserve">{gap}{cell_text(heading)}</{p}t></{p}r>')
        if below:
            pieces.append(f'<{p}r><{p}rPr>{look}</{p}rPr><{p}t xml:space="preserve">{cell_text(below)}</{p}t></{p}r>')
        gap = "\n\n"
    return "".join(pieces)
