"""Drawn tables, and what the rules for tables of no form say of them."""

from __future__ import annotations

from tests.building.grids import drawn, whole
from validator.facts.generic import read_tables
from validator.facts.lexicon import load_lexicon
from validator.facts.words import load_words
from validator.keeping import shipped_directory
from validator.model.finding import Outcome, Severity
from validator.rules.evaluate import Evaluated, judge
from validator.rules.load import load_ruleset
from validator.rules.relations import NAMES, relations
from validator.rules.scopes import Place
from validator.rules.tables import Axis, axes

LEXICON = load_lexicon(shipped_directory() / "common" / "lexicon.yaml")
WORDS = load_words(shipped_directory() / "generic" / "words.yaml")
RULES = {kind: [rule for rule in load_ruleset().rules if rule.spec.for_each == kind] for kind in NAMES}


def checks(text: str, title: str = "") -> list[Evaluated]:
    """Evaluate the generic rules on a drawn table."""
    return [
        judge(rule, place, "zh", 0)
        for section in read_tables(whole(drawn(text)), LEXICON, WORDS, title=title)
        for kind, place in relations(section, WORDS)
        for rule in RULES[kind]
    ]


def faults(text: str, title: str = "") -> list[tuple[str, str]]:
    """Return rule and cell of each fault; what may be rounding is only worth knowing."""
    found = checks(text, title)
    assert not [e.check.reason for e in found if e.check.outcome is Outcome.CRASHED]
    return [(f.rule, f.primary.text) for e in found if (f := e.finding) is not None and f.severity is not Severity.INFO]


def axes_of(text: str, title: str = "") -> list[Axis]:
    """Return a drawn table along its rows and along its columns."""
    return [axis for section in read_tables(whole(drawn(text)), LEXICON, WORDS, title=title) for axis in axes(section, WORDS)]


def places(text: str, kind: str, title: str = "") -> list[Place]:
    """Return the relations of a kind that a drawn table shows."""
    return [
        place
        for section in read_tables(whole(drawn(text)), LEXICON, WORDS, title=title)
        for found, place in relations(section, WORDS)
        if found == f"table.{kind}"
    ]


def sums(text: str) -> list[tuple[str, list[str]]]:
    """Return each total that a drawn table shows, with its parts."""
    return [
        (place.pointer.text, [fact.text for fact in place.names["parts"]])  # type: ignore[union-attr]
        for place in places(text, "total")
        if place.pointer is not None
    ]
