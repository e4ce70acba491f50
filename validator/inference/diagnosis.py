"""Which findings have one cause: a wrong figure, a missing row, shifted labels.

In go the findings and checks of one document and the diagnoses of `rulesets/diagnoses/`; out come the findings, those that
follow from another one folded into it. Nothing is found here that no check found, and no finding leaves its form (a sentence
that is held to a cell is of the form of the cell). What is known of the findings is the business of `evidence`, what becomes
of them that of `folding`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from validator.inference.culprits import Blame
from validator.inference.evidence import Evidence
from validator.inference.folding import Case, Diagnosis, Folding
from validator.inference.production import Engine, Join, Production, Value
from validator.model.fact import Form
from validator.model.finding import Check, Finding

_PORTION = 40
_MOST_PATTERNS = 200
"""Patterns that are run together: an engine takes more the less well the more there are."""
_LARGEST = 120


def diagnose(
    findings: Sequence[Finding],
    checks: Sequence[Check],
    forms: Sequence[Form],
    diagnoses: Sequence[Diagnosis],
    engine: Engine,
    *,
    lang: str = "zh",
    differences: Mapping[str, Decimal] | None = None,
    blame: Mapping[str, Blame] | None = None,
) -> tuple[Finding, ...]:
    """Fold findings into their causes; with nothing to fold they come back as they were, in the order they came in.

    `diagnoses` in the order in which they are to be tried. `differences`: by check, a total as stated or required less the
    sum of its parts, in base units. `blame`: by check, the cells that explain it and what it has in common with others.
    """
    if (len(findings) < 2 and not blame) or not diagnoses:
        return tuple(findings)
    ordered = sorted(findings, key=_order)
    evidence = Evidence(ordered, checks, forms, differences or {}, blame or {})
    folding = Folding(ordered, evidence)
    cases: list[tuple[int, int, tuple[int, ...], Case]] = []
    sets = _sets(tuple(diagnoses))
    for portion in _portions(ordered, evidence):
        texts: list[str] = []
        facts = evidence.facts(portion, texts)
        told = frozenset[tuple[str, Value]]().union(*[fact.items() for fact in facts])
        for possible in (one for one in sets if one.may_fire(told)):
            for found in engine.run(possible.productions, facts):
                number = possible.ranks[found.production]
                diagnosis = diagnoses[number]
                head = int(found.fact(diagnosis.head)["finding"])
                others = tuple(int(found.fact(alias)["finding"]) for alias in diagnosis.fold)
                cases.append((number, head, others, Case(diagnosis, found, texts)))
    for _, head, others, case in sorted(cases, key=lambda case: case[:3]):
        folding.fold(head, others, case)
    return folding.findings(lang) if cases else tuple(findings)


class _Set(NamedTuple):
    """Productions that are run together."""

    productions: tuple[Production, ...]
    literals: Mapping[tuple[str, Value], Sequence[frozenset[tuple[str, Value]]]]
    """The literal tests of each, by the one of them that fewest have: without facts that have them it can't fire."""
    ranks: Mapping[Production, int]
    """For each the number of its diagnosis."""

    def may_fire(self, told: frozenset[tuple[str, Value]]) -> bool:
        """Tell whether one of them finds all its literals among those of the facts."""
        by_literal = self.literals
        return any(literals <= told for literal in told if literal in by_literal for literals in by_literal[literal])


@lru_cache(maxsize=16)
def _sets(diagnoses: tuple[Diagnosis, ...]) -> tuple[_Set, ...]:
    """Return the productions of all diagnoses in sets that an engine can take; no fact follows from any of them.

    Those that ask for the same kinds of facts come together: of most documents few kinds are told, and the rest needs no run.
    """
    sets: dict[tuple[frozenset[Value], int], list[Production]] = {}
    for production in (production for diagnosis in diagnoses for production in diagnosis.productions):
        kinds, part = frozenset(value for key, value in _literals(production) if key == "kind"), 0
        while sum(len(one.conditions) for one in sets.get((kinds, part), ())) + len(production.conditions) > _MOST_PATTERNS:
            part += 1
        sets.setdefault((kinds, part), []).append(production)
    ranks = {production: number for number, diagnosis in enumerate(diagnoses) for production in diagnosis.productions}
    return tuple(
        _Set(tuple(one), _by_rarest(list(map(_literals, one))), {each: ranks[each] for each in one}) for one in sets.values()
    )


def _by_rarest(
    several: Sequence[frozenset[tuple[str, Value]]],
) -> Mapping[tuple[str, Value], Sequence[frozenset[tuple[str, Value]]]]:
    """Group literals by the one of them that fewest have; every production has some, as it tests for a kind of fact."""
    counts = Counter(chain.from_iterable(several))
    found: defaultdict[tuple[str, Value], list[frozenset[tuple[str, Value]]]] = defaultdict(list)
    for literals in several:
        found[min(literals, key=lambda literal: (counts[literal], str(literal)))].append(literals)
    return found


def _literals(production: Production) -> frozenset[tuple[str, Value]]:
    return frozenset((key, value) for _, tests in production.conditions for key, value in tests if not isinstance(value, Join))


def _order(finding: Finding) -> tuple[int, str, str, str, str, str]:
    form = -1 if finding.form is None else finding.form
    return form, finding.primary.path, finding.rule, finding.id, finding.message, finding.check or ""


def _portions(findings: Sequence[Finding], evidence: Evidence) -> Iterator[list[int]]:
    """Yield the numbers of findings of one form, all of them or those that hang together: the engine wants tens of facts."""
    forms: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(len(findings)):
        home = evidence.homes[number]
        if home is not None:
            forms[home].append(number)
    for numbers in forms.values():
        if len(numbers) <= _PORTION:
            yield numbers
            continue
        # A finding about the structure concerns its whole section: it goes along with every portion.
        anchors = [number for number in numbers if findings[number].kind == "structure"][:_PORTION]
        portion: list[int] = []
        for group in _linked([number for number in numbers if findings[number].kind != "structure"], evidence):
            if len(portion) + len(group) > _PORTION and portion:
                yield sorted(anchors + portion)
                portion = []
            if len(group) <= _LARGEST:
                portion += group
        if portion:
            yield sorted(anchors + portion)


def _linked(numbers: Sequence[int], evidence: Evidence) -> list[list[int]]:
    """Group findings that share a cell, a row, or a gap in one section."""
    parents = {number: number for number in numbers}
    owners: dict[tuple[str, str], int] = {}

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for number in numbers:
        place = evidence.places[number]
        keys = [("cell", cell) for cell in evidence.cells[number]] + [("row", place.row)]
        if evidence.gap(number):
            keys.append((place.block, str(evidence.gap(number).normalize())))
        for key in keys:
            owner = owners.setdefault(key, number)
            parents[max(root(owner), root(number))] = min(root(owner), root(number))
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in numbers:
        groups[root(number)].append(number)
    return list(groups.values())
