"""Recognising tables that are drawn in a test, with the forms that are shipped."""

from __future__ import annotations

from functools import lru_cache

from tests.building.grids import drawn
from tests.forms.flattened import restored
from validator.facts.extract import Extractor
from validator.forms.recognise import Block, Match, Recogniser, Recognition
from validator.model.document import Document, Paragraph, Table
from validator.model.fact import Form
from validator.rules.load import Ruleset, load_ruleset


@lru_cache(maxsize=1)
def ruleset() -> Ruleset:
    """Return the shipped ruleset."""
    return load_ruleset()


@lru_cache(maxsize=1)
def _recogniser() -> Recogniser:
    return Recogniser((form, form.sections) for form in ruleset().forms.values() if form.sections)


def document(*parts: str | Table) -> Document:
    """Return a document: a text with bars is a table, any other a paragraph."""
    blocks = [part if isinstance(part, Table) or "|" not in part else drawn(part) for part in parts]
    return Document(
        "form.docx", "docx", "", tuple(b if isinstance(b, Table) else Paragraph(b, f"段{n}") for n, b in enumerate(blocks, 1))
    )


def recognise(*parts: str | Table, only: str | None = None) -> Recognition:
    """Return what is recognised in a document of these parts."""
    return _recogniser().recognise(document(*parts), only=only)


def extract(*parts: str | Table) -> list[Form]:
    """Return the forms that are read from a document of these parts."""
    extractor = Extractor(ruleset().lexicon)
    return [extractor.extract(match, index) for index, match in enumerate(recognise(*parts).matches)]


def forms_of(text: str) -> list[Form]:
    """Return the forms that are read from a text whose tables became lines."""
    extractor = Extractor(ruleset().lexicon)
    return [extractor.extract(match, index) for index, match in enumerate(_recogniser().recognise(restored(text)).matches)]


FUNDS = """
项目资金（万元） |                    | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^                | 年度资金总额       | 320        | 320        | 300        | 10   | 93.75% | 9.38
^                | 其中：当年财政拨款 | 300        | 300        | 280        | -    | 93.33% | -
^                | 其他资金           | 20         | 20         | 20         | -    | 100%   | -
"""
INDICATORS = """
一级指标 | 二级指标 | 三级指标     | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标 | 数量指标 | 培训人次     | ≥100人次   | 120人次    | 50   | 50   |
效益指标 | 社会效益 | 受益人满意度 | ≥90%       | 95%        | 40   | 40   |
"""
HEAD = """
项目名称 | 道路养护   | 实施单位 | 某局
"""


def stacked(*drawings: str) -> str:
    """Return one drawing with the rows of several."""
    return "\n".join(drawing.strip("\n") for drawing in drawings)


def only_match(found: Recognition) -> Match:
    """Return the only form that was found."""
    (match,) = found.matches
    return match


def columns(block: Block) -> dict[str, str]:
    """Return the address of each column of a block."""
    return {id: cell.address for id, cell in block.columns.items()}


def sections(match: Match) -> list[str]:
    """Return the sections of a form in their order."""
    return [block.section.id for block in match.blocks]
