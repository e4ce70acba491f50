"""The corrected copy of a docx document: the text of a cell is replaced where it is one paragraph of plain runs.

The first run keeps its look and takes the text, the others lose theirs. Only the body changes.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from validator.errors import UsageError
from validator.readers import word
from validator.readers.source import Source
from validator.reports.office import OfficeFile
from validator.reports.visible import visible

_BESIDE = frozenset({"pPr", "proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"})
"""What may stand among the runs of a paragraph without being part of its text."""
_IN_RUNS = frozenset({"rPr", "t", "commentReference", "annotationRef", "lastRenderedPageBreak"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def corrected(source: Source, texts: Mapping[str, str]) -> bytes:
    """Return the copy; raises UsageError for a cell that holds more than one plain paragraph."""
    file = OfficeFile(source, "word/document.xml")
    markup = word.outline(source)
    for address, text in texts.items():
        cell = markup.places.get(address)
        if cell is None or _tag(cell) != "tc":
            raise UsageError(f"{address} 在文件里没有单独的一格，没法直接写进去", remedy="请在 Word 或 WPS 里改")
        paragraphs = [child for child in cell if _tag(child) != "tcPr"]
        if len(paragraphs) != 1 or not _is_plain(paragraphs[0]) or text != visible(text):
            raise UsageError(f"{address} 里不止一段普通文字（有换行、域或修订），没法直接改写", remedy="请在 Word 或 WPS 里改")
        _write(paragraphs[0], text)
    file.changed[markup.part] = etree.tostring(markup.root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return file.result()


def _is_plain(paragraph: etree._Element) -> bool:
    return _tag(paragraph) == "p" and all(
        _tag(child) in _BESIDE or (_tag(child) == "r" and all(_tag(part) in _IN_RUNS for part in child)) for child in paragraph
    )


def _write(paragraph: etree._Element, text: str) -> None:
    space = etree.QName(paragraph).namespace
    held = [part for run in paragraph if _tag(run) == "r" for part in run if _tag(part) == "t"]
    if not held:
        run = etree.SubElement(paragraph, f"{{{space}}}r")
        held = [etree.SubElement(run, f"{{{space}}}t")]
    for part in held[1:]:
        part.text = ""
    held[0].text = text
    held[0].set(_SPACE, "preserve")


def _tag(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
