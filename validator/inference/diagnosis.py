"""Which findings have one cause: a wrong figure, a missing row, shifted labels.

In go the findings and checks of one document and the diagnoses of `rulesets/diagnoses/`; out come the findings, those that
follow from another one folded into it. Nothing is found here that no check found, no finding leaves its form (a sentence that
is held to a cell is of the form of the cell), and nothing
that was said gets lost: messages go into `consequences`, cells into `related`.

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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from validator.inference.culprits import Blame
from validator.inference.production import Activation, Engine, Fact, Join, Production, Value
from validator.model import fact as figure
from validator.model.fact import Form, Pointer, Record, Section
from validator.model.finding import Check, Finding, Severity
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

ARITHMETIC = frozenset({"total", "difference", "ratio", "growth", "product", "score", "agreement"})
"""Kinds of findings in which figures are held against each other."""

PLACES = ("row", "column", "name", "text", "address", "message", "expected")
"""What a message can say of the cell of a matched fact: `{head.row}`; `name` is its column and row, or its word in prose."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)(?:\.([a-z]+))?\}")
_FIGURE = re.compile(r"([-−+]?\d[\d,]*(?:\.\d+)?)\s*(\D*)")
_FORM = re.compile(r"form\[(\d+)\]")
_SENTENCE = "text["
_MANY = 3
_PORTION = 40
_MOST_PATTERNS = 200
"""Patterns that are run together: an engine takes more the less well the more there are."""
_LARGEST = 120


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


class _Case(NamedTuple):
    """One diagnosis of one finding, as it will be told."""

    diagnosis: Diagnosis
    activation: Activation
    texts: Sequence[str]


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
    evidence = _Evidence(ordered, checks, forms, differences or {}, blame or {})
    folding = _Folding(ordered, evidence)
    cases: list[tuple[int, int, tuple[int, ...], _Case]] = []
    sets = _sets(tuple(diagnoses))
    rank = {production: number for number, diagnosis in enumerate(diagnoses) for production in diagnosis.productions}
    for portion in _portions(ordered, evidence):
        texts: list[str] = []
        facts = evidence.facts(portion, texts)
        told = frozenset[tuple[str, Value]]().union(*[fact.items() for fact in facts])
        possible = [one.productions for one in sets if any(literals <= told for literals in one.literals)]
        for found in chain.from_iterable(engine.run(productions, facts) for productions in possible):
            number = rank[found.production]
            diagnosis = diagnoses[number]
            head = int(found.fact(diagnosis.head)["finding"])
            others = tuple(int(found.fact(alias)["finding"]) for alias in diagnosis.fold)
            cases.append((number, head, others, _Case(diagnosis, found, texts)))
    for _, head, others, case in sorted(cases, key=lambda case: case[:3]):
        folding.fold(head, others, case)
    return folding.findings(lang) if cases else tuple(findings)


class _Set(NamedTuple):
    """Productions that are run together, and the literal tests of each: without facts that have them it can't fire."""

    productions: tuple[Production, ...]
    literals: tuple[frozenset[tuple[str, Value]], ...]


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
    return tuple(_Set(tuple(one), tuple(map(_literals, one))) for one in sets.values())


def _literals(production: Production) -> frozenset[tuple[str, Value]]:
    return frozenset((key, value) for _, tests in production.conditions for key, value in tests if not isinstance(value, Join))


def _order(finding: Finding) -> tuple[int, str, str, str, str, str]:
    form = -1 if finding.form is None else finding.form
    return form, finding.primary.path, finding.rule, finding.id, finding.message, finding.check or ""


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


class _Evidence:
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
        self.homes = [_home(finding, cells) for finding, cells in zip(findings, self.cells, strict=True)]
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

    def _follows(self, number: int, of: int) -> bool:
        """Tell whether a figure is the right one, computed with the wrong figure of another finding in proportion."""
        one, other = self._findings[number], self._findings[of]
        if one.kind not in ARITHMETIC or other.kind not in ARITHMETIC or one.primary.path == other.primary.path:
            return False
        near = self.places[number].row == self.places[of].row or not set(self.cells[number]).isdisjoint(self.cells[of])
        return near and _in_proportion(one.primary.text, one.expected or "", other.primary.text, other.expected or "")


def _home(finding: Finding, cells: Iterable[str]) -> int | None:
    """Return the form of a finding; that of the cells to which a sentence is held, if it is one."""
    if finding.primary.path.startswith(_SENTENCE):
        forms = {int(found[1]) for found in map(_FORM.match, cells) if found}
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


def _portions(findings: Sequence[Finding], evidence: _Evidence) -> Iterator[list[int]]:
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


def _linked(numbers: Sequence[int], evidence: _Evidence) -> list[list[int]]:
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
            keys.append((place.block, _plain(evidence.gap(number))))
        for key in keys:
            owner = owners.setdefault(key, number)
            parents[max(root(owner), root(number))] = min(root(owner), root(number))
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in numbers:
        groups[root(number)].append(number)
    return list(groups.values())


class _Folding:
    """Who was folded into whom."""

    def __init__(self, findings: Sequence[Finding], evidence: _Evidence) -> None:
        self._findings = findings
        self._homes = evidence.homes
        self._pointers = evidence.pointers
        self.parents: dict[int, int] = {}
        self._by: dict[int, str] = {}
        self._told: dict[int, _Case] = {}

    def fold(self, head: int, others: Collection[int], case: _Case) -> None:
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

    def _tell(self, template: str, number: int, case: _Case, lang: str) -> str:
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
    """Return what a cell is called: its column in its row; of a figure in prose its own name, for its row is a sentence."""
    row, column = pointer.row_label or pointer.address, pointer.column_label
    if pointer.path.startswith(_SENTENCE):
        return f"“{column}” in the text" if lang == "en" else f"文中的“{column}”"
    return f"{column} of {row}" if lang == "en" else f"{row}的{column}"


def _says_where(case: _Case) -> bool:
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
