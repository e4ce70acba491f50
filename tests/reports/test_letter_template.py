"""The template of the review letter that is shipped."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from tests.reports.annotating import parts
from validator.reports.letter_template import PATH, build


def test_the_same_bytes_are_written_on_every_run_and_are_those_that_are_shipped() -> None:
    assert build() == build() == PATH.read_bytes()


def test_every_part_is_declared_and_related() -> None:
    found = parts(build())
    types = found["[Content_Types].xml"].decode()

    for name in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
        assert name in found
        assert f'PartName="/{name}"' in types
    for target in re.findall(r'Target="([^"]+)"', found["word/_rels/document.xml.rels"].decode()):
        assert f"word/{target}" in found


def test_each_severity_has_a_section_and_each_opinion_its_particulars() -> None:
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(build())).paragraphs)

    assert re.findall(r"for 条 in (\S+)", text) == ["必须更正", "请说明", "提示", "未能核对"]
    for name in ("序号", "位置", "项目", "问题", "填写", "应为", "怎么办", "依据", "规则"):
        assert text.count(f"条.{name}") >= 3
    assert text.count("{%p if") == text.count("{%p endif")
    assert text.count("{%p for") == text.count("{%p endfor")


def test_the_facts_stand_in_a_table() -> None:
    (table,) = docx.Document(io.BytesIO(build())).tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["被审核单位", "{{ 被审核单位 }}"], ["项目", "{{ 项目 }}"], ["送审文件", "{{ 文件 }}"], ["核对日期", "{{ 日期 }}"],
    ]  # fmt: skip


@pytest.mark.parametrize("style", ["Title", "Heading1", "Body", "Detail", "Signature"])
def test_every_style_that_is_used_is_there(style: str) -> None:
    with zipfile.ZipFile(io.BytesIO(build())) as package:
        assert f'w:styleId="{style}"' in package.read("word/styles.xml").decode()
        assert f'w:val="{style}"' in package.read("word/document.xml").decode()
