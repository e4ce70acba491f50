"""Which finding is about which cell: the numbers of the page, and the anchors that findings and cells are linked by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from validator.model.finding import Report, Severity


class Mark(NamedTuple):
    """A finding as a cell sees it."""

    number: int
    severity: Severity
    title: str
    primary: bool
    """Whether the finding is about this cell, or only compares with it."""


class Marks:
    """Numbers of findings, heaviest first, and the marks of each address. Anchors exist only for cells that were drawn."""

    def __init__(self, report: Report, prefix: str = "", *, addressed: bool = False) -> None:
        """`prefix` keeps the anchors of several documents on one page apart; `addressed`: cells say where they stand."""
        self.addressed = addressed
        self.findings = tuple(sorted(report.findings, key=lambda finding: finding.severity.rank))
        """In the order of the page: by severity, then as the report has them."""
        self._prefix = prefix
        self._numbers = {finding.id: number for number, finding in enumerate(self.findings, 1)}
        self._marks: dict[str, list[Mark]] = {}
        self._anchors: dict[str, str] = {}
        self._wanted: dict[str, str] = {}
        for number, finding in enumerate(self.findings, 1):
            seen = set()
            for pointer in (finding.primary, *finding.related):
                if pointer.address and pointer.address not in seen:
                    seen.add(pointer.address)
                    mark = Mark(number, finding.severity, finding.title, pointer is finding.primary)
                    self._marks.setdefault(pointer.address, []).append(mark)
                    self._wanted.setdefault(pointer.address, f"{prefix}c{len(self._wanted) + 1}")

    @property
    def addresses(self) -> Iterable[str]:
        """Every address that some finding names."""
        return self._marks

    def at(self, address: str) -> list[Mark]:
        """Return the marks of an address."""
        return self._marks.get(address, [])

    def draw(self, address: str) -> str:
        """Return the anchor of a cell that is being drawn; empty when no finding names it, or when it has been drawn before."""
        if address not in self._wanted or address in self._anchors:
            return ""
        self._anchors[address] = self._wanted[address]
        return self._wanted[address]

    def drawn(self, address: str) -> str:
        """Return the anchor of a cell that has been drawn, empty for one that has not."""
        return self._anchors.get(address, "")

    def finding(self, number: int) -> str:
        """Return the anchor of a finding."""
        return f"{self._prefix}f{number}"

    def number(self, id: str | None) -> int | None:
        """Return the number of the finding with this id."""
        return self._numbers.get(id) if id is not None else None


def heaviest(marks: Iterable[Mark]) -> Mark:
    """Return the mark that colours a cell: a finding about it before one that compares with it, then by weight."""
    return min(marks, key=lambda mark: (not mark.primary, mark.severity.rank))
