"""What is known of the findings of a document: facts that the engine matches against the patterns of diagnoses.

The figures are compared here, beforehand; the engine sees only ids and tags. Facts of one form:

    finding      finding, rule, type, severity, form, block, row, column, cell, whole
                 `cell` is what it is about, `row`, `column` and `block` the record, column and section around it,
                 `whole` whether that is a total
    uses         finding, cell: it involves a cell that another finding is about, or that is to blame for one, or exchanged
    shares       finding, of, cell, text: it involves a cell that finding `of`, which is about a sentence, holds the sentence
                 to; `text` is what the sentence says
    void         cell, state: a finding is about this cell, and it is `blank` or `zero`
    gap          finding, side, text: its total is `over` or `under` the sum by that much
    coincidence  finding, what, …: `row-weight` (text): the gap is a value that several of its parts have;
                 `follows` (of): its figure is the right one computed from the wrong figure that finding `of` is about;
                 `alike` (of): it and `of` are of the same rule, `of` the first of at least three in their section;
                 `row-figure` (of): it lacks in its total just a figure that stands in the row that finding `of` is about;
                 `makes-good` (of): its total is above the sum by at least as much as a figure is above one of its parts in
                 finding `of`;
    blame        finding, cell, text, leads, slip, alone: this cell alone, changed to that value, would settle it and all the
                 others that blame the cell, break nothing, and no other cell would; `leads` marks the finding to keep,
                 `alone` one that nothing else goes along with; `slip`: `point` where only the point moved, `digits` where
                 two digits have changed places
    exchange     finding, side, cell, text, leads, across, sure: this cell (side `one`) and the `other` would settle it and
                 all the others that name them if they changed places; `across` where they stand in one row; not `sure`
                 where other two cells of the same rows would do as well

`text` is the number of a text that only Python sees: equal texts have equal numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from validator.inference.culprits import Blame
from validator.inference.production import Fact
from validator.model import fact as figure
from validator.model.fact import Form, Pointer, Record, Section
from validator.model.finding import Check, Finding
from validator.model.interval import Interval

VOCABULARY: Mapping[str, tuple[str, ...]] = {
    "finding": ("finding", "rule", "type", "severity", "form", "block", "row", "column", "cell", "whole"),
    "uses": ("finding", "cell"),
    "shares": ("finding", "of", "cell", "text"),
    "void": ("cell", "state"),
    "gap": ("finding", "side", "text"),
    "coincidence": ("finding", "what", "of", "text", "cell"),
    "blame": ("finding", "cell", "text", "leads", "slip", "alone"),
    "exchange": ("finding", "side", "cell", "text", "leads", "across", "sure"),
}
"""Kinds of facts that a diagnosis can ask for, and their keys."""

_ARITHMETIC = frozenset({"total", "difference", "ratio", "growth", "product", "score", "agreement"})
"""Kinds of findings in which figures are held against each other."""

SENTENCE = "text["
"""How the paths of figures in prose begin."""
_FIGURE = re.compile(r"([-−+]?\d[\d,]*(?:\.\d+)?)\s*(\D*)")
_FORM = re.compile(r"form\[(\d+)\]")
_MANY = 3


class _Place(NamedTuple):
    block: str
    row: str
    whole: bool
    state: str
    """`blank`, `zero`, or empty."""
    factor: Decimal | None = None
    """How many base units one of the unit written there is; None when there is no figure."""
    figures: frozenset[Decimal] = frozenset()
    """The figures of the row, other than 0."""


class Evidence:
    """What is known of the findings of a document, by their numbers."""

    def __init__(
        self,
        findings: Sequence[Finding],
        checks: Sequence[Check],
        forms: Sequence[Form],
        differences: Mapping[str, Decimal],
        blame: Mapping[str, Blame],
    ) -> None:
        self._findings = findings
        behind = {finding.check for finding in findings}
        self._checks = {check.id: check for check in checks if check.id in behind}
        self._differences = differences
        self.pointers: dict[str, Pointer] = {}
        self.cells = [self._cells_of(finding) for finding in findings]
        self.homes = _homes(findings, self.cells, forms)
        self._places = _Places(forms)
        self.places = [self._places.find(finding) for finding in findings]
        self._blame = {number: blame[finding.check or ""] for number, finding in enumerate(findings) if finding.check in blame}

    def gap(self, number: int) -> Decimal:
        """Return how much more the total of a finding is than the sum of its parts, in its own unit; 0 when not known."""
        factor, check = self.places[number].factor, self._findings[number].check
        if factor is None and self._findings[number].kind == "score":  # the points in the label of a group
            factor = Decimal(1)
        return self._differences.get(check or "", Decimal(0)) / factor if factor else Decimal(0)

    def facts(self, portion: Sequence[int], texts: list[str]) -> list[Fact]:
        """Return the facts about some findings of one form; what is behind `text` is added to `texts`."""
        numbers: dict[str, int] = {}

        def text(of: str) -> int:
            if of not in numbers:
                numbers[of] = len(texts)
                texts.append(of)
            return numbers[of]

        found: list[Fact] = []
        found += self._alike(portion)
        primaries = {self._findings[number].primary.path for number in portion}
        primaries |= {cell.path for number in portion if number in self._blame for cell in self._blame[number].cells}
        primaries |= {str(fact["cell"]) for fact in found if "cell" in fact}
        for number in portion:
            finding, place = self._findings[number], self.places[number]
            found.append(
                {
                    "kind": "finding", "finding": number, "rule": finding.rule, "type": finding.kind,
                    "severity": finding.severity.value, "form": self.homes[number] or 0, "block": place.block, "row": place.row,
                    "column": _column(finding.primary.path), "cell": finding.primary.path, "whole": place.whole,
                }
            )  # fmt: skip
            found += ({"kind": "uses", "finding": number, "cell": cell} for cell in self.cells[number] if cell in primaries)
            if self.homes[number] != finding.form:
                found += self._shared_with(number, portion, text)
            if place.state:
                found.append({"kind": "void", "cell": finding.primary.path, "state": place.state})
            gap = self.gap(number)
            if gap:
                amount = text(_plain(abs(gap)))
                found.append({"kind": "gap", "finding": number, "side": "over" if gap > 0 else "under", "text": amount})
                found += (
                    {"kind": "coincidence", "finding": number, "what": "row-figure", "of": of}
                    for of in portion
                    if gap < 0 and self._findings[of].kind == "duplicate" and -gap in self.places[of].figures
                )
                found += (
                    {"kind": "coincidence", "finding": number, "what": "makes-good", "of": of}
                    for of in portion
                    if self._makes_good(number, of)
                )
                if self._repeats(number, abs(gap)):
                    found.append({"kind": "coincidence", "finding": number, "what": "row-weight", "text": amount})
            found += (
                {"kind": "coincidence", "finding": number, "what": "follows", "of": of}
                for of in portion
                if of != number and self._follows(number, of)
            )
            if number in self._blame:
                found += _blamed(number, self._blame[number], text)
        return found

    def _alike(self, portion: Sequence[int]) -> Iterator[Fact]:
        """Yield which findings are the like of another one, where there are many."""
        groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for number in portion:
            groups[self._findings[number].rule, self.places[number].block].append(number)
        for first, *others in groups.values():
            if len(others) >= _MANY - 1:
                for other in others:
                    yield {"kind": "coincidence", "finding": other, "what": "alike", "of": first}

    def _shared_with(self, sentence: int, portion: Sequence[int], text: Callable[[str], int]) -> Iterator[Fact]:
        """Yield which other findings involve the cell that a sentence is held to."""
        told = self._findings[sentence].primary
        for other in portion:
            for cell in self.cells[other]:
                if other != sentence and cell != told.path and cell in self.cells[sentence]:
                    yield {"kind": "shares", "finding": other, "of": sentence, "cell": cell, "text": text(told.text)}

    def _cells_of(self, finding: Finding) -> tuple[str, ...]:
        pointers = [finding.primary, *finding.related]
        check = self._checks.get(finding.check or "")
        if check is not None:
            pointers += [*check.operands, *((check.stated,) if check.stated else ())]
        for pointer in pointers:
            known = self.pointers.setdefault(pointer.path, pointer)
            if not (known.row_label or known.column_label):
                self.pointers[pointer.path] = pointer
        return tuple(dict.fromkeys(pointer.path for pointer in pointers))

    def _repeats(self, number: int, amount: Decimal) -> bool:
        """Tell whether at least two parts of a total have this value."""
        finding = self._findings[number]
        check = self._checks.get(finding.check or "")
        parts = {pointer.path: pointer for pointer in (check.operands if check else finding.related)}
        figures = (_figure(pointer.text) for path, pointer in parts.items() if path != finding.primary.path)
        return sum(figure is not None and figure[0] == amount for figure in figures) > 1

    def _makes_good(self, number: int, of: int) -> bool:
        """Tell whether what a sum lacks, put to one of its parts, would settle that another figure is above that part."""
        parts = set(self.cells[number]) - {self._findings[number].primary.path}
        above = self._findings[of].primary.path not in parts and not parts.isdisjoint(self.cells[of])
        return above and 0 < self.gap(of) <= self.gap(number)

    def _follows(self, number: int, of: int) -> bool:
        """Tell whether a figure is the right one, computed with the wrong figure of another finding in proportion."""
        one, other = self._findings[number], self._findings[of]
        if one.kind not in _ARITHMETIC or other.kind not in _ARITHMETIC or one.primary.path == other.primary.path:
            return False
        near = self.places[number].row == self.places[of].row or not set(self.cells[number]).isdisjoint(self.cells[of])
        return near and _in_proportion(one.primary.text, one.expected or "", other.primary.text, other.expected or "")


def _homes(findings: Sequence[Finding], cells: Sequence[Sequence[str]], forms: Sequence[Form]) -> list[int | None]:
    """Return the form of each finding: of a sentence that of the table it is held to, or that a figure in it is held to."""
    tables = {section.path: form.index for form in forms for section in form.sections}
    homes = [_home(finding, own, tables) for finding, own in zip(findings, cells, strict=True)]
    held = {f.primary.path: home for f, home in zip(findings, homes, strict=True) if home != f.form}
    return [
        next((held[cell] for cell in own if cell in held), home) if held and finding.primary.path.startswith(SENTENCE) else home
        for finding, own, home in zip(findings, cells, homes, strict=True)
    ]


def _home(finding: Finding, cells: Iterable[str], tables: Mapping[str, int]) -> int | None:
    if finding.primary.path.startswith(SENTENCE):
        forms = {int(found[1]) for found in map(_FORM.match, cells) if found}
        forms |= {tables[table] for cell in cells if (table := cell.partition("]")[0] + "]") in tables}
        if len(forms) == 1:
            return forms.pop()
    return finding.form


def _blamed(number: int, blame: Blame, text: Callable[[str], int]) -> Iterator[Fact]:
    """Yield what explains a finding: one cell, or two that have changed places."""
    if len(blame.cells) == 1:
        (cell,) = blame.cells
        yield {
            "kind": "blame", "finding": number, "cell": cell.path, "text": text(cell.text),
            "leads": blame.leads, "slip": blame.slip, "alone": blame.alone,
        }  # fmt: skip
        return
    across = len({cell.path.rpartition(".")[0] for cell in blame.cells}) == 1
    for side, cell in zip(("one", "other"), blame.cells, strict=True):
        yield {
            "kind": "exchange", "finding": number, "side": side, "cell": cell.path, "text": text(cell.text),
            "leads": blame.leads, "across": across, "sure": blame.sure,
        }  # fmt: skip


class _Places:
    """Finds the section and record around a cell."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self._sections = {
            form.index: sorted(form.sections, key=lambda section: (-len(section.path), section.path)) for form in forms
        }
        self._records: dict[int, dict[str, Record]] = {}

    def find(self, finding: Finding) -> _Place:
        """Return the place of what a finding is about; a cell outside every section is its own row."""
        path = finding.primary.path
        for section in self._sections.get(-1 if finding.form is None else finding.form, ()):
            if figure.lies_in(path, section.path):
                row, _, column = path.rpartition(".")
                record = self._by_path(section).get(row)
                if record is None:
                    return _Place(section.path, path, whole=False, state="")
                whole = record.role == "total" or bool(record.children)
                fact = record.fields.get(column)
                factor = fact.quantity.unit.factor if fact is not None and fact.quantity is not None else None
                figures = (other.quantity.value for other in record.fields.values() if other.quantity is not None)
                return _Place(section.path, row, whole, _state(fact), factor, frozenset(filter(None, figures)))
        return _Place(f"form[{finding.form}]", path, whole=False, state="")

    def figure(self, path: str) -> Decimal | None:
        """Return the figure of a cell in base units, None where there is none."""
        row, _, column = path.rpartition(".")
        form = _FORM.match(path)
        for section in self._sections.get(int(form[1]), ()) if form else ():
            if row.startswith(section.path) and (record := self._by_path(section).get(row)) is not None:
                fact = record.fields.get(column)
                return fact.quantity.base if fact is not None and fact.quantity is not None else None
        return None

    def _by_path(self, section: Section) -> dict[str, Record]:
        found = self._records.get(id(section))
        if found is None:
            found = self._records[id(section)] = {record.path: record for record in section.records}
        return found


def _state(fact: figure.Fact | None) -> str:
    if fact is None:
        return ""
    if fact.blank:
        return "blank"
    return "zero" if fact.quantity is not None and fact.quantity.value == 0 else ""


def _column(path: str) -> str:
    return path.rpartition(".")[2]


def _plain(amount: Decimal) -> str:
    """Write an amount without trailing zeros or exponent: 11.250 is 11.25, 1E+2 is 100."""
    return format(amount.normalize(), "f")


@lru_cache(maxsize=4096)
def _figure(text: str) -> tuple[Decimal, Decimal, str] | None:
    """Return value, half a step and unit of a figure, None when the text is anything else."""
    found = _FIGURE.fullmatch(unicodedata.normalize("NFKC", text).strip()) if len(text) < 40 else None
    if found is None:
        return None
    digits = found.group(1).replace(",", "").replace("−", "-")
    return Decimal(digits), Decimal(5).scaleb(-len(digits.partition(".")[2]) - 1), found.group(2).strip()


def _in_proportion(text: str, right: str, cause: str, cause_right: str) -> bool:
    """Tell whether `text` is to `right` as `cause` to `cause_right`, within rounding."""
    figures = [_figure(written) for written in (text, right, cause, cause_right)]
    known = [figure for figure in figures if figure is not None]
    if len(known) < 4 or not known[2][0] or abs(known[3][0]) <= known[3][1]:
        return False
    if any(left[2] and other[2] and left[2] != other[2] for left, other in (known[:2], known[2:])):
        return False
    stated, expected, wrong, due = (Interval(value - half, value + half) for value, half, _ in known)
    exactly_wrong = Interval(known[2][0], known[2][0])
    return stated.meets(expected * exactly_wrong / due) and not wrong.meets(due)
