"""A finding that follows from another one is folded into it, and the one that stays says so.

Comes in: findings, and which diagnosis fits which of them. Goes out: the findings that are left. Nothing that was said gets
lost: messages go into `consequences`, cells into `related`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from validator.inference.evidence import SENTENCE, Evidence
from validator.inference.production import Activation, Production
from validator.model.fact import Pointer
from validator.model.finding import Finding, Severity

PLACES = ("row", "column", "name", "text", "address", "message", "expected")
"""What a message can say of the cell of a matched fact: `{head.row}`; `name` is its column and row, or its word in prose."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)(?:\.([a-z]+))?\}")


class Diagnosis(NamedTuple):
    """A compiled diagnosis. Texts come as (Chinese, English)."""

    id: str
    title: tuple[str, str]
    message: tuple[str, str]
    help: tuple[str, str]
    productions: tuple[Production, ...]
    head: str
    """Alias of the finding that stays."""
    fold: tuple[str, ...]
    """Aliases of the findings that are folded into it."""
    at: str = ""
    """Alias of a fact whose cell the head is about from now on; empty leaves it where it is."""
    expected: str = ""
    """Alias of a fact whose text is the expected value from now on."""
    severity: Literal["highest", "keep", "error", "warning", "info"] = "highest"


class Case(NamedTuple):
    """One diagnosis of one finding, as it will be told."""

    diagnosis: Diagnosis
    activation: Activation
    texts: Sequence[str]


class Folding:
    """Who was folded into whom."""

    def __init__(self, findings: Sequence[Finding], evidence: Evidence) -> None:
        self._findings = findings
        self._homes = evidence.homes
        self._pointers = evidence.pointers
        self.parents: dict[int, int] = {}
        self._by: dict[int, str] = {}
        self._told: dict[int, Case] = {}

    def fold(self, head: int, others: Collection[int], case: Case) -> None:
        """Fold findings into another one, or into what that one was folded into; a finding is folded once.

        What has a cause of its own goes into no finding whose head was explained by another one already; nor, where that
        cause is a figure that was named, into one that tells of another cause.
        """
        root = self._root(head)
        if not others and root == head and head not in self._told:
            self._told[head] = case
        for other in others:
            if other == root or other in self.parents or self._homes[other] != self._homes[root]:
                continue
            told = self._told.get(other)
            if told is not None and (root != head or (told.diagnosis.at and case.diagnosis.message[0])):
                continue
            self.parents[other] = root
            self._by[other] = case.diagnosis.id
            if root == head and (head not in self._told or not _says_where(self._told[head])):
                self._told[head] = case

    def findings(self, lang: str) -> tuple[Finding, ...]:
        """Return what is left, each head with what was folded into it."""
        below: defaultdict[int, list[int]] = defaultdict(list)
        for number in sorted(self.parents):
            below[self._root(number)].append(number)
        return tuple(
            self._head(number, below[number], lang) if number in self._told else finding
            for number, finding in enumerate(self._findings)
            if number not in self.parents
        )

    def _root(self, number: int) -> int:
        while number in self.parents:
            number = self.parents[number]
        return number

    def _head(self, number: int, members: Sequence[int], lang: str) -> Finding:
        """Build the finding that stays: what it says now, what it said, what the others said."""
        finding, case = self._findings[number], self._told[number]
        folded = [self._findings[member] for member in members]
        diagnosis, english = case.diagnosis, lang == "en"
        primary, expected, bound = finding.primary, finding.expected, finding.bound
        if diagnosis.at:
            primary = self._pointers[str(case.activation.fact(diagnosis.at)["cell"])]
        if diagnosis.expected:
            expected, bound = case.texts[int(case.activation.fact(diagnosis.expected)["text"])], ""
        said = [said for one in (number, *members) for said in self._said(one, lang)]
        message, *rest = dict.fromkeys(said)
        return finding._replace(
            severity=_severity(diagnosis.severity, finding, folded),
            title=diagnosis.title[english] or finding.title,
            message=message,
            primary=primary,
            related=_related(primary, (finding, *folded)),
            expected=expected,
            bound=bound,
            help=diagnosis.help[english] or finding.help,
            consequences=tuple(rest),
        )

    def _said(self, number: int, lang: str) -> Iterator[str]:
        """Yield what there is to say of a finding: its diagnosis, itself, what had been folded into it before."""
        finding, case = self._findings[number], self._told.get(number)
        if case is not None and case.diagnosis.message[0]:
            chinese, english = case.diagnosis.message
            yield self._tell(english if english and lang == "en" else chinese, number, case, lang)
        yield finding.message
        yield from finding.consequences

    def _tell(self, template: str, number: int, case: Case, lang: str) -> str:
        def fill(found: re.Match[str]) -> str:
            alias, part = found.groups()
            if alias == "count" and part is None:
                own = (other for other, parent in self.parents.items() if parent == number)
                return str(1 + sum(self._by[other] == case.diagnosis.id for other in own))
            fact = case.activation.fact(alias)
            if part is None:
                return case.texts[int(fact["text"])]
            if part in ("message", "expected"):
                return getattr(self._findings[int(fact["finding"])], part) or ""
            pointer = self._pointers[str(fact["cell"])]
            if part == "name":
                return _name(pointer, lang)
            if part == "row":
                return pointer.row_label or pointer.address
            return {"column": pointer.column_label, "text": pointer.text, "address": pointer.address}[part]

        return _PLACEHOLDER.sub(fill, template)


def _name(pointer: Pointer, lang: str) -> str:
    """Return what a cell is called: its column in its row.

    Of a figure in prose it is its own name, for its row is a sentence, and of a field its label.
    """
    row, column = pointer.row_label or pointer.address, pointer.column_label
    if pointer.path.startswith(SENTENCE):
        return f"“{column}” in the text" if lang == "en" else f"文中的“{column}”"
    if column and not pointer.row_label:
        return column
    return f"{column} of {row}" if lang == "en" else f"{row}的{column}"


def _says_where(case: Case) -> bool:
    """Tell whether a diagnosis has words of its own or another cell: one that only folds gives way to it."""
    return bool(case.diagnosis.message[0] or case.diagnosis.at)


def _severity(policy: str, head: Finding, folded: Collection[Finding]) -> Severity:
    if policy == "keep":
        return head.severity
    if policy == "highest":
        return min((head.severity, *(finding.severity for finding in folded)), key=lambda severity: severity.rank)
    return Severity(policy)


def _related(primary: Pointer, findings: Iterable[Finding]) -> tuple[Pointer, ...]:
    """Return every cell that the findings point at, once each, without the one they are now about."""
    cells = {(pointer.path, pointer.address): pointer for one in findings for pointer in (*reversed(one.related), one.primary)}
    order = dict.fromkeys((pointer.path, pointer.address) for one in findings for pointer in (one.primary, *one.related))
    return tuple(cells[cell] for cell in order if cell != (primary.path, primary.address))
