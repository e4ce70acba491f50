"""The annotated copy of a docx document: its bytes and the report in, the same document with comments and shading out.

Each place gets one comment by 勾稽 around the cell's content or the phrase, cells are shaded by severity. Comments of others
stay. Only the body, the comments and what declares them change; every other part is copied as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from validator.model.finding import Finding, Report
from validator.readers import word
from validator.readers.source import Source
from validator.reports.address import Place, place
from validator.reports.office import OfficeFile
from validator.reports.patching import Patch, escaped, outline
from validator.reports.remarks import AUTHOR, FILLS, by_place, remarks

_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
MAX_COMMENT = 30_000
"""Characters of a comment; longer ones make a document hard to open."""
_BEFORE_SHADING = frozenset(("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders"))
_PARAGRAPH = re.compile(r"段[0-9]{1,9}")
_TABLE = re.compile(r"表[0-9]{1,9}")
_WITHIN_CELL = re.compile(r"(.*![Rr][0-9]+[Cc][0-9]+):[0-9]+-[0-9]+")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class _Mark(NamedTuple):
    """A cell, a paragraph or a phrase to comment."""

    element: etree._Element
    first: int
    """First character of a phrase, from 1; 0 for the whole."""
    last: int
    findings: list[Finding]


def annotated(data: bytes, report: Report) -> bytes:
    """Return the annotated document; raises UnreadableDocument when it is damaged."""
    if not report.findings:
        return data
    source = Source(data, report.path)
    file = OfficeFile(source, "word/document.xml")
    markup = word.outline(source)
    known = file.related(markup.part, "comments")
    number = _free_number(file, known, markup.root)
    comments = []
    for mark in _marks(report.findings, markup.places):
        if _enclose(mark, number):
            comments.append(_comment(number, remarks(mark.findings, MAX_COMMENT, "见核对报告"), _namespace(markup.root)))
            number += 1
    if comments:
        _write_comments(file, markup.part, known, "".join(comments), _namespace(markup.root))
        file.changed[markup.part] = etree.tostring(markup.root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return file.result()


def _marks(findings: Iterable[Finding], places: dict[str, etree._Element]) -> list[_Mark]:
    """Return what to comment. Findings on the document as a whole go to its first place."""
    marks: dict[tuple[int, int, int], _Mark] = {}
    if not places:
        return []
    for address, found in by_place(findings).items():
        element, first, last = _locate(address, places)
        mark = marks.setdefault((id(element), first, last), _Mark(element, first, last, []))
        mark.findings.extend(found)
    for mark in marks.values():
        mark.findings.sort(key=lambda finding: finding.severity.rank)
    return list(marks.values())


def _locate(address: str, places: dict[str, etree._Element]) -> tuple[etree._Element, int, int]:
    within = _WITHIN_CELL.fullmatch(address)
    where: Place = place(within.group(1) if within else address)
    first_place = next(iter(places.values()))
    if not where.in_text:
        return places.get(f"{where.sheet}!{where.name}", first_place), 0, 0
    paragraph, table = _PARAGRAPH.match(address), _TABLE.match(address)
    if paragraph and paragraph.group() in places:
        element = places[paragraph.group()]
        box = _outside_boxes(element)
        return (element, where.col, where.end) if box is element else (box, 0, 0)
    if table and f"{table.group()}!R1C1" in places:
        return places[f"{table.group()}!R1C1"], 0, 0
    return first_place, 0, 0


def _outside_boxes(element: etree._Element) -> etree._Element:
    """Return the paragraph that a text box is anchored in: Word takes no comments inside the box."""
    found = element
    for ancestor in element.iterancestors():
        if _tag(ancestor) == "txbxContent":
            found = next((outer for outer in ancestor.iterancestors() if _tag(outer) == "p"), found)
    return found


def _enclose(mark: _Mark, number: int) -> bool:
    """Put a comment's marks around a place; return whether that could be done."""
    element = mark.element
    if _tag(element) == "tc":
        paragraphs = list(_own_paragraphs(element))
        if not paragraphs:
            return False
        _shade(element, FILLS[mark.findings[0].severity])
        _around(paragraphs[0], paragraphs[-1], number)
        return True
    runs = _runs_of(element, mark.first, mark.last) if mark.first else []
    if runs:
        runs[0].addprevious(_marker(runs[0], "commentRangeStart", number))
        _close(runs[-1], number)
    else:
        _around(element, element, number)
    return True


def _own_paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs of a cell, not those of tables or text boxes in it."""
    for child in cell:
        if _tag(child) == "p":
            yield child
        elif _tag(child) in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _own_paragraphs(child)


def _around(first: etree._Element, last: etree._Element, number: int) -> None:
    start = _marker(first, "commentRangeStart", number)
    properties = next((child for child in first if _tag(child) == "pPr"), None)
    if properties is not None:
        properties.addnext(start)
    else:
        first.insert(0, start)
    last.append(_marker(last, "commentRangeEnd", number))
    last.append(_reference(last, number))


def _close(run: etree._Element, number: int) -> None:
    run.addnext(_reference(run, number))
    run.addnext(_marker(run, "commentRangeEnd", number))


def _marker(near: etree._Element, name: str, number: int) -> etree._Element:
    space = _namespace(near.getroottree().getroot())
    return etree.Element(f"{{{space}}}{name}", {f"{{{space}}}id": str(number)}, nsmap={"w": space})


def _reference(near: etree._Element, number: int) -> etree._Element:
    space = _namespace(near.getroottree().getroot())
    run = etree.Element(f"{{{space}}}r", nsmap={"w": space})
    etree.SubElement(run, f"{{{space}}}commentReference", {f"{{{space}}}id": str(number)})
    return run


def _runs_of(paragraph: etree._Element, first: int, last: int) -> list[etree._Element]:
    """Return the runs that hold these characters and nothing else, runs cut in two where need be."""
    runs: list[etree._Element] = []
    at = 1
    for element, text in word.pieces(paragraph):
        begin, end = at, at + len(text)
        at = end
        if not text or end <= first or begin > last:
            continue
        cut_before, cut_after = max(first - begin, 0), min(last + 1, end) - begin
        piece = _cut(element, cut_before, cut_after)
        if not runs or piece is not runs[-1]:
            runs.append(piece)
    return runs


def _cut(element: etree._Element, start: int, stop: int) -> etree._Element:
    """Give the characters of a text element from `start` to before `stop` a run of their own, and return it.

    What isn't a text directly in a run is left whole; then the outermost thing that is in the paragraph's flow is returned.
    """
    run = element.getparent()
    if run is None or _tag(run) != "r" or etree.QName(run).namespace != etree.QName(element.getroottree().getroot()).namespace:
        return _flowing(element)
    text = element.text or ""
    if _tag(element) == "t" and stop < len(text):
        behind = deepcopy(element)
        behind.text, behind.tail, element.text = text[stop:], None, text[:stop]
        behind.set(_SPACE, "preserve")
        element.set(_SPACE, "preserve")
        element.addnext(behind)
    if _tag(element) == "t" and start > 0:
        wanted = deepcopy(element)
        wanted.text, wanted.tail, element.text = (element.text or "")[start:], None, text[:start]
        wanted.set(_SPACE, "preserve")
        element.set(_SPACE, "preserve")
        element.addnext(wanted)
        element = wanted
    following = element.getnext()
    if following is not None:
        _split(run, following)
    previous = element.getprevious()
    if previous is not None and _tag(previous) != "rPr":
        return _split(run, element)
    return run


def _split(run: etree._Element, child: etree._Element) -> etree._Element:
    """Move a child of a run and what follows it to a new run with the same properties, and return that."""
    new = etree.Element(str(run.tag), {str(key): str(value) for key, value in run.attrib.items()})
    properties = next((entry for entry in run if _tag(entry) == "rPr"), None)
    if properties is not None:
        new.append(deepcopy(properties))
    moving = [child, *child.itersiblings()]
    for entry in moving:
        new.append(entry)
    run.addnext(new)
    return new


def _flowing(element: etree._Element) -> etree._Element:
    """Return the outermost element around a formula or another thing that can't be cut."""
    found = element
    for ancestor in element.iterancestors():
        if _tag(ancestor) == "p" and etree.QName(ancestor).namespace == etree.QName(element.getroottree().getroot()).namespace:
            break
        found = ancestor
    return found


def _shade(cell: etree._Element, colour: str) -> None:
    space = etree.QName(cell).namespace
    properties = next((child for child in cell if _tag(child) == "tcPr"), None)
    if properties is None:
        properties = etree.Element(f"{{{space}}}tcPr")
        cell.insert(0, properties)
    for old in [child for child in properties if _tag(child) == "shd"]:
        properties.remove(old)
    values = {"val": "clear", "color": "auto", "fill": colour}
    shading = etree.Element(f"{{{space}}}shd", {f"{{{space}}}{key}": value for key, value in values.items()})
    place_of = sum(1 for child in properties if _tag(child) in _BEFORE_SHADING)
    properties.insert(place_of, shading)


def _free_number(file: OfficeFile, known: str | None, root: etree._Element) -> int:
    """Return a number above that of every comment."""
    numbers = [_number(element, "id") for element in root.iter() if _tag(element).startswith("comment")]
    if known is not None:
        elements = outline(file.source, known, file.part(known), 1)
        numbers += [int(text) for e in elements if (text := e.attributes.get("id", "")).isdecimal() and len(text) < 9]
    return max(numbers, default=-1) + 1


def _number(element: etree._Element, name: str) -> int:
    text = next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def _comment(number: int, listed: list[list[str]], space: str) -> str:
    paragraphs = []
    for heading, *lines in listed:
        paragraphs.append(f'<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escaped(heading)}</w:t></w:r></w:p>')
        paragraphs += [f'<w:p><w:r><w:t xml:space="preserve">{escaped(line)}</w:t></w:r></w:p>' for line in lines]
    return (
        f'<w:comment xmlns:w="{space}" w:id="{number}" w:author="{AUTHOR}" w:initials="{AUTHOR[0]}">{"".join(paragraphs)}'
        "</w:comment>"
    )


def _write_comments(file: OfficeFile, part: str, known: str | None, comments: str, space: str) -> None:
    if known is None:
        known = file.new_name("comments", ".xml")
        file.declare(known, _COMMENTS)
        file.relate(part, "comments", known)
        file.changed[known] = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{space}"></w:comments>'.encode()
        )
    data = file.part(known)
    patch = Patch(data)
    patch.append(outline(file.source, known, data, 0)[-1], comments)
    file.changed[known] = patch.result()


def _namespace(root: etree._Element) -> str:
    return etree.QName(root).namespace or ""


def _tag(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
