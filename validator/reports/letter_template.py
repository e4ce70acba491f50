"""Writes the template of the review letter that is shipped: nothing in, a docx out, the same bytes on every run.

    python -m validator.reports.letter_template

An office that wants another letter opens the written file in Word or WPS, changes it and keeps the names in double braces.
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.sax.saxutils import escape

from validator.reports.patching import packed

PATH = Path(__file__).parent / "templates" / "letter.docx"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FACTS = (("被审核单位", "被审核单位"), ("项目", "项目"), ("送审文件", "文件"), ("核对日期", "日期"))
_SECTIONS = (("一、必须更正", "必须更正"), ("二、请说明", "请说明"), ("三、提示", "提示"))


def build() -> bytes:
    """Return the template."""
    types = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        f'<Override PartName="/word/footer1.xml" ContentType="{_KIND}.footer+xml"/></Types>'
    )
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("footer", "footer1.xml")),
        "word/styles.xml": _styles(),
        "word/footer1.xml": _footer(),
    }
    return packed((name, text.encode()) for name, text in parts.items())


def _document() -> str:
    opening = "你单位报送的上述文件已核对数字之间的勾稽关系。{{ 结论 }}。"
    request = "请对“必须更正”各条逐一核实并更正，对“请说明”各条更正或书面说明原因，并重新报送；“提示”各条供参考。"
    body = [
        _paragraph("{{ 标题 }}", "Title"),
        _facts(),
        _paragraph("", "Normal"),
        _paragraph(opening, "Body"),
        _paragraph("{%p if 有问题 %}", "Body"),
        _paragraph(request, "Body"),
        *(line for heading, name in _SECTIONS for line in _section(heading, name)),
        _paragraph("{%p endif %}", "Body"),
        _paragraph("{%p if 未能核对 %}", "Body"),
        _paragraph("附：以下内容没有读出或没有核对，请人工核对", "Heading1"),
        _paragraph("{%p for 条 in 未能核对 %}", "Body"),
        _paragraph("{{ loop.index }}．{{ 条 }}", "Body"),
        _paragraph("{%p endfor %}", "Body"),
        _paragraph("{%p endif %}", "Body"),
        _paragraph("", "Normal"),
        _paragraph("{{ 审核单位 }}", "Signature"),
        _paragraph("{{ 日期 }}", "Signature"),
    ]
    page = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1701" w:right="1474" w:bottom="1474" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/>'
        "</w:sectPr>"
    )
    return f'{_HEAD}<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"><w:body>{"".join(body)}{page}</w:body></w:document>'


def _section(heading: str, name: str) -> list[str]:
    return [
        _paragraph(heading, "Heading1"),
        _paragraph(f"{{%p if not {name} %}}", "Body"),
        _paragraph("无。", "Body"),
        _paragraph("{%p endif %}", "Body"),
        _paragraph(f"{{%p for 条 in {name} %}}", "Body"),
        _paragraph("{{ 条.序号 }}．{{ 条.位置 }}{% if 条.项目 %}（{{ 条.项目 }}）{% endif %}：{{ 条.问题 }}。", "Body"),
        _paragraph(
            "{% if 条.填写 %}填写：{{ 条.填写 }}。{% endif %}{% if 条.应为 %}应为：{{ 条.应为 }}。{% endif %}", "Detail"
        ),
        _paragraph("{%p if 条.怎么办 and not 条.应为 %}", "Detail"),
        _paragraph("{{ 条.怎么办 }}", "Detail"),
        _paragraph("{%p endif %}", "Detail"),
        _paragraph("{%p if 条.依据 %}", "Detail"),
        _paragraph("依据：{{ 条.依据 }}（规则 {{ 条.规则 }}）。", "Detail"),
        _paragraph("{%p endif %}", "Detail"),
        _paragraph("{%p endfor %}", "Body"),
    ]


def _facts() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(f"<w:tr>{_cell(label, 1900)}{_cell('{{ ' + name + ' }}', 6944)}</w:tr>" for label, name in _FACTS)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="8844" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'</w:tblPr><w:tblGrid><w:gridCol w:w="1900"/><w:gridCol w:w="6944"/></w:tblGrid>{rows}</w:tbl>'
    )


def _cell(text: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(text, "Normal")}</w:tc>'


def _paragraph(text: str, style: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _styles() -> str:
    song = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/>'
    hei = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="黑体"/>'
    title, heading = '<w:spacing w:after="360"/><w:jc w:val="center"/>', '<w:keepNext/><w:spacing w:before="240" w:after="80"/>'
    looks = (
        ("Normal", "正文", "", song + '<w:sz w:val="28"/>'),
        ("Title", "标题", title, hei + '<w:sz w:val="40"/>'),
        ("Heading1", "一级标题", heading, hei + '<w:sz w:val="30"/>'),
        ("Body", "意见", '<w:spacing w:line="520" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="560"/>', song),
        ("Detail", "细目", '<w:spacing w:line="440" w:lineRule="exact"/><w:ind w:left="560"/>', song + '<w:sz w:val="24"/>'),
        ("Signature", "落款", '<w:spacing w:before="120"/><w:jc w:val="right"/>', song),
    )
    listed = []
    for id, name, paragraph, run in looks:
        first = ' w:default="1"' if id == "Normal" else ""
        based = "" if id == "Normal" else '<w:basedOn w:val="Normal"/>'
        look = f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr>"
        listed.append(f'<w:style w:type="paragraph"{first} w:styleId="{id}"><w:name w:val="{name}"/>{based}{look}</w:style>')
    return f'{_HEAD}<w:styles xmlns:w="{_WORD}">{"".join(listed)}</w:styles>'


def _footer() -> str:
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return f'{_HEAD}<w:ftr xmlns:w="{_WORD}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{number}</w:p></w:ftr>'


def _relations(*targets: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


if __name__ == "__main__":
    PATH.write_bytes(build())
    sys.stdout.write(f"{PATH.name}\n")
