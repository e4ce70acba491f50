"""Plant one wrong digit into each figure that a check has held to its word, and see whether anything is said of it.

Comes in: the sentences and reports beside this module with their right figures, the clean samples, or any files. A check that
passes but could not have failed is worth nothing. So where a check says that one figure equals another, and holds, a digit in
the middle of the figure that it is about is raised, and then lowered, so far that the same relation would fail. Goes out: by
kind of relation and by rule how many were planted, and how many were told of at that figure or at another of the relation;
with `--show RULE` the texts of those that were passed over in silence, as `[[right|wrong]]`.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol
from zlib import crc32

from tests.accuracy.measure import MARK, cases, evaluated
from validator.errors import GoujiError
from validator.inference.agenda import plan
from validator.inference.engine import choose_engine
from validator.model.document import Document
from validator.model.fact import Fact, Pointer
from validator.model.finding import Check, Finding, Outcome, Severity
from validator.model.quantity import Quantity
from validator.pipeline import checker
from validator.readers import read
from validator.readers.locate import locate
from validator.reports.address import place
from validator.reports.correction import corrected
from validator.rules.evaluate import Evaluated
from validator.rules.load import CompiledRule, load_ruleset

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_AROUND = 70
"""Characters of a text that are shown on either side of a planted figure."""


class Planted(NamedTuple):
    """A wrong digit in a figure that a check has held to its word."""

    rule: str
    kind: str
    shown: str
    """What stands around it, with `[[right|wrong]]`."""
    reported: bool


@dataclass
class Count:
    """How many faults were planted, and which of them nothing was said of."""

    planted: int = 0
    silent: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of all faults that were planted, how many nothing was said of."""
        return len(self.silent) / self.planted if self.planted else 0.0


class Verdicts(NamedTuple):
    """What is said of a text or a file."""

    telling: Sequence[Evaluated]
    findings: Sequence[Finding]
    unread: Sequence[str]
    """Addresses that are said to be unreadable."""

    def at(self, pointers: Sequence[Pointer], known: frozenset[tuple[str, str]]) -> bool:
        """Tell whether something is said at one of some places, besides the findings that were known before."""
        told = [f for f in self.findings if f.severity is not Severity.INFO and (f.rule, f.message) not in known]
        shown = [pointer.address for finding in told for pointer in (finding.primary, *finding.related)]
        return any(_shares(address, pointer.address) for address in (*shown, *self.unread) for pointer in pointers)


class Subject(Protocol):
    """Something to be checked, with one figure in it or another."""

    def judged(self, pointer: Pointer | None = None, written: str = "") -> Verdicts | None:
        """Return what is said where a figure is written otherwise; None where it can't be put there."""

    def shown(self, pointer: Pointer, written: str) -> str:
        """Return what stands around a figure."""


class Text:
    """A text each line of which is a paragraph; the rules of prose alone are asked."""

    def __init__(self, text: str) -> None:
        """Take a text of the corpus."""
        self._lines = text.split("\n")

    def judged(self, pointer: Pointer | None = None, written: str = "") -> Verdicts | None:
        """Return what the rules of prose say."""
        lines = list(self._lines)
        if pointer is not None:
            at = place(pointer.address)
            line = lines[at.row - 1]
            if line[at.col - 1 : at.end] != pointer.text:
                return None
            lines[at.row - 1] = line[: at.col - 1] + written + line[at.end :]
        entries = list(evaluated("\n".join(lines)))
        return Verdicts(entries, [entry.finding for entry in entries if entry.finding is not None], ())

    def shown(self, pointer: Pointer, written: str) -> str:
        """Return the sentences around."""
        at = place(pointer.address)
        line = self._lines[at.row - 1]
        before, behind = line[: at.col - 1][-_AROUND:], line[at.end :][:_AROUND]
        return f"{before}[[{pointer.text}|{written}]]{behind}"


class File:
    """A file; all rules are asked, and the causes found."""

    def __init__(self, path: Path) -> None:
        """Read the file."""
        self._data, self._name = path.read_bytes(), path.name
        self._document: Document = read(self._data, name=self._name)
        self._notes = checker().understand(self._data, name=self._name).document.notes

    def judged(self, pointer: Pointer | None = None, written: str = "") -> Verdicts | None:
        """Return what is said of the file."""
        data = self._data
        if pointer is not None:
            try:
                stands = locate(self._document, pointer.address).text
                if stands.count(pointer.text) != 1:
                    return None
                data = corrected(data, self._name, {pointer.address: stands.replace(pointer.text, written)})
            except GoujiError:
                return None
        whole = checker()
        understood = whole.understand(data, name=self._name)
        report = whole.judge(understood)
        telling: Sequence[Evaluated] = ()
        if pointer is None:
            engine = choose_engine(whole.engine).engine
            agenda = plan([f for f in understood.forms if f.id not in ("generic", "narrative")], whole.needs, engine)
            telling = whole._evaluated(understood, whole.ruleset.rules, agenda, "zh").telling
        return Verdicts(telling, report.findings, [note.address for note in report.notes if note not in self._notes])

    def shown(self, pointer: Pointer, written: str) -> str:
        """Return the name of the file with the address."""
        label = " ".join(filter(None, (pointer.row_label, pointer.column_label)))
        return f"{self._name} {pointer.address} {label[:_AROUND]} [[{pointer.text}|{written}]]"


def _shares(one: str, other: str) -> bool:
    """Tell whether two addresses name the same cell, or spans of a line that overlap."""
    a, b = place(one), place(other)
    if not (a.in_text and b.in_text and a.end and b.end):
        return one == other
    return a.row_name == b.row_name and a.col <= b.end and b.col <= a.end


def spoilt(text: str, quantity: Quantity) -> Iterator[tuple[str, Quantity]]:
    """Yield a figure with a digit raised and then with one lowered: the one in the middle first, then those before it."""
    found = next((m for m in _NUMBER.finditer(text) if Decimal(m[0].replace(",", "")) == abs(quantity.value)), None)
    if found is None:
        return
    digits = [n for n in range(found.start(), found.end()) if text[n].isdigit()]
    middle = len(digits) // 2
    for at in (*digits[middle::-1], *digits[middle + 1 :]):
        digit = int(text[at])
        for other in ((digit + 10) // 2, digit // 2):
            if other in (digit, 10) or (other == 0 and at == digits[0]):
                continue
            wrong = f"{text[:at]}{other}{text[at + 1 :]}"
            value = Decimal(wrong[found.start() : found.end()].replace(",", "")).copy_sign(quantity.value)
            yield wrong, quantity._replace(value=value, text=wrong)


def _fails(entry: Evaluated, fact: Fact, quantity: Quantity) -> bool:
    """Tell whether a relation fails with another figure in it, by each of the methods of its rule."""
    if entry.equation is None:
        return False
    told, names, _ = entry.equation
    methods = [way for _, way in _rule(entry.check.rule).checks]
    ways = [told, *[way for way in methods if len(methods) > 1 and way is not told]]
    first = told.suppose(names, {fact: quantity}).outcome is Outcome.FAIL
    return first and all(way.suppose(names, {fact: quantity}).outcome is not Outcome.PASS for way in ways[1:])


@lru_cache(maxsize=1024)
def _rule(id: str) -> CompiledRule:
    return next(rule for rule in load_ruleset().rules if rule.id == id)


def _about(entry: Evaluated) -> Fact | None:
    """Return the figure that a check is about; None where it holds no figure to its word."""
    if entry.equation is None or entry.check.outcome is not Outcome.PASS or entry.check.stated is None:
        return None
    if _rule(entry.check.rule).spec.severity == Severity.INFO.value:
        return None
    _, _, verdict = entry.equation
    used = (verdict.stated, *verdict.operands)
    return next((fact for fact in used if fact is not None and fact.pointer == entry.check.stated), None)


def plant(subject: Subject) -> Iterator[Planted]:
    """Plant a fault into each figure that a check holds to its word, one upwards and one downwards."""
    before = subject.judged()
    known = frozenset((f.rule, f.message) for f in before.findings) if before is not None else frozenset()
    after: dict[tuple[str, str], Verdicts | None] = {}
    for entry in before.telling if before is not None else ():
        fact = _about(entry)
        if fact is None or fact.quantity is None or not fact.pointer.address:
            continue
        for wrong in _both_ways(entry, fact, fact.quantity):
            key = fact.pointer.address, wrong
            if key not in after:
                after[key] = subject.judged(fact.pointer, wrong)
            verdicts = after[key]
            if verdicts is not None:
                reported = verdicts.at(_pointers(entry.check), known)
                yield Planted(entry.check.rule, entry.check.kind, subject.shown(fact.pointer, wrong), reported)


def _both_ways(entry: Evaluated, fact: Fact, quantity: Quantity) -> Iterator[str]:
    """Yield the nearest to the middle of a figure that can be raised, and lowered, with the relation failing."""
    ways: dict[bool, str] = {}
    for wrong, other in spoilt(fact.pointer.text, quantity):
        up = abs(other.value) > abs(quantity.value)
        if up not in ways and _fails(entry, fact, other):
            ways[up] = wrong
    yield from ways.values()


def _pointers(check: Check) -> Sequence[Pointer]:
    return [pointer for pointer in (check.stated, *check.operands) if pointer is not None and pointer.address]


def corpus(every: int = 1) -> Iterator[Subject]:
    """Yield each text of the corpus once, with its right figures; with `every` one in so many, whatever else there is."""
    texts = dict.fromkeys(MARK.sub(lambda m: m["right"], case.text) for case in cases())
    yield from (Text(text) for text in texts if crc32(text.encode("utf-8")) % every == 0)


def samples() -> Iterator[Subject]:
    """Yield the clean samples, as documents and as pasted text; workbooks have formulas, which a wrong digit would break."""
    yield from (File(path) for path in sorted(SAMPLES.glob("*/clean/*")) if path.suffix in (".docx", ".txt"))


def measure(subjects: Iterator[Subject]) -> tuple[dict[str, Count], dict[str, Count]]:
    """Plant into each, and count by kind of relation and by rule."""
    kinds: dict[str, Count] = defaultdict(Count)
    rules: dict[str, Count] = defaultdict(Count)
    for subject in subjects:
        for one in plant(subject):
            for count in (kinds[one.kind], rules[one.rule]):
                count.planted += 1
                if not one.reported:
                    count.silent.append(one.shown)
    return dict(kinds), dict(rules)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables, and what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy.planted", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="plant into these files instead of the corpus and the samples")
    parser.add_argument("--every", type=int, default=1, help="one in so many texts of the corpus, and no samples")
    parser.add_argument("--show", default="", metavar="RULE", help="the texts in which a rule passes a fault over in silence")
    asked = parser.parse_args(arguments)
    of_corpus = [*corpus(asked.every), *(samples() if asked.every == 1 else ())]
    kinds, rules = measure(map(File, asked.files) if asked.files else iter(of_corpus))
    print(f"{'':20} {'planted':>8} {'reported':>9} {'silent':>7} {'share':>7}")
    for name, count in [*sorted(kinds.items()), *sorted(rules.items())]:
        silent = len(count.silent)
        print(f"{name:20} {count.planted:8} {count.planted - silent:9} {silent:7} {count.share:7.3f}")
    for shown in dict.fromkeys(rules[asked.show].silent if asked.show in rules else ()):
        print(f"{asked.show}: {shown}")


if __name__ == "__main__":
    main()
