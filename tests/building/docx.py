"""Pages as a word processor document: headings as paragraphs, each page's table with its merged cells.

Written by hand, so that the same pages give the same bytes on every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.building.page import Look, Page, Slot
from tests.building.xlsx import pack

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_PRINTABLE = 9800
"""Width of the text area in twentieths of a point."""


def write_docx(pages: Sequence[Page]) -> bytes:
    """Return a document with the pages one after the other."""
    body = "".join(_page(page) for page in pages)
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1100" w:right="1050" w:bottom="1100" w:left="1050" '
        'w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    )
    document = f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}{section}</w:body></w:document>'
    return pack({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document})


def _page(page: Page) -> str:
    above = "".join(_paragraph(text, look) for text, look in page.headings)
    below = "".join(_paragraph(text, "note") for text in page.notes)
    return above + (_table(page) if page.slots else "") + below + _paragraph("", "note")


def _table(page: Page) -> str:
    whole = sum(page.widths)
    widths = [_PRINTABLE * width // whole for width in page.widths]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(row, r, widths) for r, row in enumerate(page.grid()))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(row: Sequence[Slot | None], r: int, widths: Sequence[int]) -> str:
    cells = []
    c = 0
    while c < len(row):
        slot = row[c] or Slot(r, c, "", look="text")
        width = sum(widths[c : c + slot.cols])
        merge = '<w:vMerge w:val="restart"/>' if slot.rows > 1 and slot.row == r else "<w:vMerge/>" if slot.rows > 1 else ""
        span = f'<w:gridSpan w:val="{slot.cols}"/>' if slot.cols > 1 else ""
        text = slot.text if slot.row == r else ""
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
            f"{_paragraph(text, slot.look)}</w:tc>"
        )
        c += slot.cols
    return f'<w:tr><w:trPr><w:trHeight w:val="400"/></w:trPr>{"".join(cells)}</w:tr>'


def _paragraph(text: str, look: Look) -> str:
    size, font = (32, "黑体") if look == "title" else (19, "宋体")
    align = {"title": "center", "subtitle": "center", "unit": "right", "text": "left", "note": "left"}.get(look, "center")
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
    run = (
        f'<w:r><w:rPr>{fonts}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    )
    return f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{run}</w:p>'
