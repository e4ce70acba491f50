"""The figures in prose: every paragraph, and every cell that holds sentences, becomes a passage of claims.

Comes in: a document, the lexicon, the words of prose. Goes out: `Passage` records in reading order, and the section in which
the claims are listed among the facts. Nothing is compared here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import accumulate

from validator.facts.claims.sentences import Bracket, Claim, Line, Passage, read_passage, span_address
from validator.facts.claims.wording import DefinedRate, Flow, Wording, load_wording
from validator.facts.claims.wrapping import together
from validator.facts.lexicon import Lexicon
from validator.facts.numbers import read_figure
from validator.model.document import Document, Paragraph
from validator.model.fact import Form, Record, Section
from validator.model.quantity import State

__all__ = [
    "Bracket",
    "Claim",
    "DefinedRate",
    "Flow",
    "Passage",
    "Wording",
    "claims_section",
    "load_wording",
    "read_passages",
    "span_address",
]

_SHORTEST_CELL = 12
_COLONS = (":", "：")
_ITEM = re.compile(r"\s*[(（]?\d{1,2}[)）、.．](?!\d)")
"""An item of a list in lines of its own."""
_LONGEST_LEAD = 80
_FIGURE = frozenset("0123456789.,")
_LONGEST = 20000
"""Characters of one paragraph that are read; a longer one is no paragraph."""


def read_passages(document: Document, lexicon: Lexicon, wording: Wording, forms: Collection[Form] = ()) -> tuple[Passage, ...]:
    """Read every paragraph and every cell with sentences that holds a figure."""
    found: list[Passage] = []
    tables: dict[int, int] = {}
    for form in forms:  # a table that is also checked as one of no form belongs to the form that comes first
        for section in form.sections:
            tables.setdefault(id(section.table), form.index)

    def read(
        text: str,
        address: str,
        *,
        in_table: bool,
        form: int | None,
        lines: tuple[Line, ...] = (),
        lead: str = "",
        cut: bool = False,
    ) -> None:
        if not text.strip() or len(text) > _LONGEST:
            return
        passage = read_passage(
            text,
            address,
            len(found),
            lexicon,
            wording,
            in_table=in_table,
            form=form,
            lines=lines[1:] and lines,
            lead=lead,
            cut=cut,
        )
        if passage is not None:
            found.append(passage)

    lead = ""
    cut = True  # a text may begin in the middle of a figure, and a line behind one that ends in it
    for group in together(document.blocks, lambda text: lexicon.unit(text) is not None):
        first = group[0]
        if isinstance(first, Paragraph):
            lines = _lines([block for block in group if isinstance(block, Paragraph)])
            text = "".join(line.text for line in lines)
            listed = _ITEM.match(text) is not None
            if text.strip() and not listed:
                lead = text[-_LONGEST_LEAD:] if text.rstrip().endswith(_COLONS) else ""
            read(text, first.address, in_table=False, form=None, lines=lines, lead=lead if listed else "", cut=cut)
            last = lines[-1].text.rstrip()
            cut = last[-1] in _FIGURE if last else cut
            continue
        cut = False
        for cell in first.cells():
            if _holds_sentences(cell.text, lexicon):
                read(cell.text, cell.address, in_table=True, form=tables.get(id(first)))
    return tuple(found)


def _lines(paragraphs: Sequence[Paragraph]) -> tuple[Line, ...]:
    """Return where each of several broken lines begins in the text that they are together.

    The margin of the page is no part of it, so that a figure and its unit on the next line are not set apart.
    """
    first, *rest = paragraphs
    if not rest:
        return (Line(0, first.text, first.address),)
    texts = [first.text.rstrip(), *(paragraph.text.strip() for paragraph in rest)]
    indents = [0, *(len(paragraph.text) - len(paragraph.text.lstrip()) for paragraph in rest)]
    starts = accumulate((len(text) for text in texts), initial=0)
    told = zip(starts, texts, paragraphs, indents, strict=False)
    return tuple(Line(start, text, block.address, indent) for start, text, block, indent in told)


def _holds_sentences(text: str, lexicon: Lexicon) -> bool:
    if len(text) < _SHORTEST_CELL or sum(char.isdigit() for char in text) < 2:
        return False
    return read_figure(text, lexicon).state is State.TEXT


def claims_section(passages: Collection[Passage]) -> Section:
    """List the claims as the rows of a section."""
    records = [
        Record(
            claim.fact.pointer.path,
            claim.noun,
            "item",
            {"claim": claim.fact._replace(column="claim")},
            pointer=claim.fact.pointer,
        )
        for passage in passages
        if passage.prose
        for claim in passage.claims
    ]
    address = next((passage.address for passage in passages), "L1")
    return Section("claims", "text", records, {}, None, address)
