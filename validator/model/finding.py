"""Verdicts and what is told of them: checks, findings, the report."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from validator.model.document import Note
from validator.model.fact import Pointer

SCHEMA = "gouji.report/1"


NOT_DUE = "条件不成立"
"""The reason of a check whose condition was asked and doesn't hold."""


BOUNDS = {
    "zh": {"<=": "至多", ">=": "至少", "<": "小于", ">": "大于"},
    "en": {"<=": "at most", ">=": "at least", "<": "less than", ">": "more than"},
}
"""What is said before a value that is a limit, by language and `Finding.bound`."""


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, then 1, 2: the heavier first."""
        return ("error", "warning", "info").index(self.value)


class Outcome(StrEnum):
    """How an evaluation ended."""

    PASS = "pass"  # noqa: S105 (no password)
    FAIL = "fail"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not-applicable"
    CRASHED = "crashed"

    __hash__ = str.__hash__  # that of an enumeration is slow, and a report counts thousands


class Grade(StrEnum):
    """How well a recomputed value agrees with the stated one."""

    EXACT = "exact"
    WITHIN_ROUNDING = "within-rounding"
    TRUNCATED = "truncated"
    OFF = "off"


class Check(NamedTuple):
    """One evaluation of one rule in one place, whatever came out."""

    rule: str
    kind: str
    outcome: Outcome
    path: str
    """The place that `for-each` bound: `form[0].funds.total`."""
    grade: Grade | None = None
    stated: Pointer | None = None
    operands: tuple[Pointer, ...] = ()
    """Everything that the evaluation used. What stands in no cell, a threshold or an inferred price, has an empty address."""
    expected: str | None = None
    reason: str | None = None
    """Why undetermined or not applicable, or what went wrong."""
    id: str = ""
    """`c1`, `c2` … within a report, given when the report is put together."""


class Finding(NamedTuple):
    """A verdict worth telling. It can't be built without the cell it is about."""

    id: str
    rule: str
    kind: str
    severity: Severity
    title: str
    message: str
    primary: Pointer
    related: tuple[Pointer, ...] = ()
    expected: str | None = None
    help: str = ""
    basis: str = ""
    check: str | None = None
    """Id of the check behind it."""
    cause: str | None = None
    """Id of the finding that explains this one, or None. A diagnosis folds consequences in."""
    consequences: tuple[str, ...] = ()
    """Messages of the findings that were folded into this one."""
    form: int | None = None
    bound: str = ""
    """How `expected` is meant where it isn't the figure itself: `<=` at most so much, `>=` at least, `<` less, `>` more."""

    @staticmethod
    def identify(rule: str, primary: Pointer, related: tuple[Pointer, ...]) -> str:
        """Return an id that stays the same as long as rule, paths and written values do."""
        parts = [rule, primary.path, primary.text]
        for pointer in related:
            parts += [pointer.path, pointer.text]
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


class FormMatch(NamedTuple):
    """A form that was found, for the report."""

    id: str
    title: str
    at: str
    confidence: float
    reasons: tuple[str, ...] = ()


class RuleTally(NamedTuple):
    """How often each outcome came out of one rule."""

    rule: str
    title: str
    outcomes: dict[str, int]


class Waived(NamedTuple):
    """A finding that a baseline file waives, with the reason given there."""

    finding: Finding
    reason: str


class Coverage:
    """How many of the cells that hold a figure some rule compared: counted when somebody asks."""

    __slots__ = ("_checked", "numeric")

    def __init__(self, numeric: int = 0, checked: int | Callable[[], int] = 0) -> None:
        """`numeric`: cells that hold a figure; `checked`: those of them that were compared, or what counts them."""
        self.numeric = numeric
        self._checked = checked

    @property
    def checked(self) -> int:
        """Cells with a figure that some rule compared."""
        checked = self._checked
        if not isinstance(checked, int):
            checked = self._checked = checked()
        return checked

    def __eq__(self, other: object) -> bool:
        """Tell whether the other says the same."""
        return (self.numeric, self.checked) == (other.numeric, other.checked) if isinstance(other, Coverage) else NotImplemented

    def __hash__(self) -> int:
        """Return that of both numbers."""
        return hash((self.numeric, self.checked))

    def __repr__(self) -> str:
        """Show both numbers."""
        return f"Coverage({self.numeric}, {self.checked})"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is known after one document was checked."""

    path: str
    format: str
    sha256: str
    forms: tuple[FormMatch, ...]
    checks: Sequence[Check]
    """In the order of the evaluations, passes included."""
    findings: tuple[Finding, ...]
    """Sorted: by form and place in the document, then severity, then rule."""
    tallies: Sequence[RuleTally] = ()
    """One for each rule of the ruleset, rules that never ran included."""
    coverage: Coverage = field(default_factory=Coverage)
    waived: tuple[Waived, ...] = ()
    notes: tuple[Note, ...] = field(default=())
    """What could not be read, and why."""

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def outcomes(self) -> dict[str, int]:
        """How many checks ended how, every outcome named."""
        counted = Counter([check.outcome for check in self.checks])
        return {outcome.value: counted[outcome] for outcome in Outcome}

    def fails(self, threshold: Severity | None) -> bool:
        """Tell whether any finding is at or above the threshold; None means never."""
        return threshold is not None and any(f.severity.rank <= threshold.rank for f in self.findings)
