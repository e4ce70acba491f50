"""Sentences for the tests of prose: what they are read as, which relations they state, what the rules find in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from hypothesis import strategies as st

from tests.accuracy.measure import covers, findings
from validator.facts.claims import Claim, Passage, Wording, load_wording, read_passages
from validator.facts.lexicon import Lexicon
from validator.model.document import Document, Paragraph
from validator.model.fact import Fact
from validator.model.finding import Finding
from validator.rules.load import load_ruleset
from validator.rules.narrative.lists import Relation
from validator.rules.narrative.places import Found

__all__ = ["findings"]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the shipped lexicon."""
    return load_ruleset().lexicon


@lru_cache(maxsize=1)
def words() -> Wording:
    """Return the shipped words of prose."""
    return load_wording(load_ruleset().directory / "narrative" / "words.yaml")


def read(text: str) -> tuple[Passage, ...]:
    """Return the passages of a text, each line of which is a paragraph."""
    lines = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(text.split("\n"), 1))
    return read_passages(Document("text.txt", "txt", "", lines), lexicon(), words())


def passage(text: str) -> Passage:
    """Return the one passage of a text."""
    (one,) = read(text)
    return one


def claims(text: str) -> Sequence[Claim]:
    """Return the figures of a text of one paragraph."""
    return passage(text).claims


def written(relations: Iterable[Relation]) -> list[tuple[str, str, list[str]]]:
    """Return lists of parts as they are written: the kind of relation without `narrative.`, the whole, the parts."""
    return [(kind.removeprefix("narrative."), whole.fact.text, texts(parts)) for kind, whole, parts in relations]


def texts(figures: Iterable[Claim | Fact]) -> list[str]:
    """Return figures as they are written."""
    return [figure.fact.text if isinstance(figure, Claim) else figure.text for figure in figures]


def stated(found: Iterable[Found]) -> list[tuple[str, dict[str, str | list[str]]]]:
    """Return places as they are written: the kind, and each figure or text by its English name, or the name in the formula."""
    return [(one.kind.removeprefix("narrative."), _names(one)) for one in found]


def _names(found: Found) -> dict[str, str | list[str]]:
    names: dict[str, str | list[str]] = {}
    seen: set[int] = set()
    for name, value in found.place.names.items():
        if id(value) in seen or name in ("clause", "noun", "原文", "名称"):
            continue
        seen.add(id(value))
        if isinstance(value, Fact):
            names[name] = value.text
        elif isinstance(value, tuple):
            names[name] = texts(fact for fact in value if isinstance(fact, Fact))
        elif isinstance(value, str):
            names[name] = value
    return names


def rules(text: str) -> list[str]:
    """Return the rules that find something in a text, each once."""
    return sorted({finding.rule for finding in findings(text)})


def shows(found: Sequence[Finding], text: str, figure: str) -> bool:
    """Tell whether a finding points at a figure of a one-line text."""
    start = text.index(figure) + 1
    return any(covers(p, 1, start, start + len(figure) - 1) for f in found for p in (f.primary, *f.related))


def money(value: Decimal) -> str:
    """Return an amount as it stands in a sentence."""
    return f"{value:.2f}万元"


AMOUNT = st.integers(1_000, 9_999_999).map(lambda cents: Decimal(cents) / 100)
"""Amounts of 10 to 99,999.99."""


def in_yuan(text: str) -> str:
    """Return a text with every amount of 万元 told in 元."""
    return re.sub(r"(\d+(?:\.\d+)?)万元", lambda m: f"{(Decimal(m[1]) * 10_000).normalize():f}元", text)
