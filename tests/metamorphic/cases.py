"""A case: which right documents, which figure is wrong, how it is all written. Building it, judging it, making it small."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.building.page import Page
from tests.metamorphic import rewritings
from tests.metamorphic.forms import FORMS
from tests.metamorphic.layouts import GRIDS, LINES, in_grid, in_lines
from tests.metamorphic.marks import planted
from tests.metamorphic.pen import Pen
from tests.metamorphic.prose import PARAGRAPHS, report
from tests.metamorphic.tables import TABLES
from validator.errors import UnreadableDocument
from validator.model.finding import Finding, Severity
from validator.pipeline import checker

Step = tuple[str, int]
"""A name and the seed of what it draws."""
DOCUMENTS: Mapping[str, Callable[[Pen], tuple[Page, ...]]] = {
    **{f"form.{name}": make for name, make in FORMS.items()},
    **{f"table.{name}": make for name, make in TABLES.items()},
    **{f"prose.{name}": report(write) for name, write in PARAGRAPHS.items()},
}
ALIKE = """
prose.account prose.taxes prose.year_on_year table.two_sides table.monthly table.growths table.adjustment table.progress;
prose.income prose.spending prose.functions prose.two_budgets prose.office_costs prose.one_function table.final_accounts
    table.income_accounts table.shares table.self_evaluations;
prose.three_public table.three_public table.public_compared;
prose.project_funds prose.sources prose.execution prose.numbered_projects prose.contract prose.investment prose.nested_uses
    table.two_years_of_funds table.projects table.self_evaluations form.project form.transfer_payment form.department
    form.of_another_province;
prose.insurance table.fund form.insurance_fund;
prose.debts table.debts;
prose.scores prose.deductions prose.execution prose.sources prose.project_funds prose.numbered_projects table.scored table.bonus
    form.project form.department form.insurance_fund form.of_another_province;
prose.training prose.above_plan;
prose.points_higher prose.roads prose.targets prose.survey prose.about form.project form.transfer_payment form.department
    form.of_another_province;
prose.households table.care table.allowances;
prose.staff table.people;
prose.homes_for_old table.homes;
prose.per_head prose.pupils
"""
"""Documents that tell of the same things: side by side in one report their figures would contradict each other."""
_SPAN = re.compile(r"(.*):(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Case:
    """One document: everything that is drawn has its own seed, so that a part can be left out without changing the others."""

    parts: tuple[Step, ...]
    layout: str
    pages: tuple[Step, ...] = ()
    lines: tuple[Step, ...] = ()
    cut: Step | None = None
    slip: int | None = None
    """The seed of the figure that is wrong; None for a right document."""

    def __str__(self) -> str:
        """Name what was drawn."""
        steps = [*(name for name, _ in (*self.pages, *self.lines)), *((self.cut[0],) if self.cut else ())]
        return f"{' + '.join(name for name, _ in self.parts)} as {self.layout}{''.join(f', {name}' for name in steps)}"

    @property
    def plain(self) -> Case:
        """The same document written plainly: a workbook, or lines where there is no table in it."""
        tables = any(not name.startswith("prose.") for name, _ in self.parts)
        return replace(self, layout="xlsx" if tables else "spaces", pages=(), lines=(), cut=None)


@dataclass(frozen=True, slots=True)
class Written:
    """A file, and where the wrong figure stands in it."""

    data: bytes
    name: str
    marked: frozenset[str]


def draw(seed: int, *, slip: bool = False) -> Case:
    """Draw a case: one to three parts that don't contradict each other, up to two rewritings of each kind, perhaps a cut."""
    rng = Random(seed)
    parts: list[Step] = []
    for name in rng.sample(sorted(DOCUMENTS), len(DOCUMENTS)):
        if len(parts) == _how_many(parts, rng):
            break
        if not any(alike(name, other) for other, _ in parts):
            parts.append((name, rng.randrange(2**32)))
    layout = rng.choice((*GRIDS, *LINES))
    pages = _steps(rewritings.PAGES, rng)
    lines = _steps(rewritings.LINES, rng) if layout in LINES else ()
    cut = None
    if layout in LINES and not slip and rng.random() < 0.4:
        cut = (rng.choice(sorted(rewritings.CUTS)), rng.randrange(2**32))
    return Case(tuple(parts), layout, pages, lines, cut, rng.randrange(2**32) if slip else None)


def _how_many(parts: list[Step], rng: Random) -> int:
    """Return how many parts there will be: reports have several paragraphs, tables mostly stand alone."""
    if not parts:
        return 1
    return len(parts) + (rng.random() < (0.7 if parts[0][0].startswith("prose.") and len(parts) < 6 else 0.25))


def _steps(known: Mapping[str, object], rng: Random) -> tuple[Step, ...]:
    return tuple((name, rng.randrange(2**32)) for name in rng.sample(sorted(known), rng.choice((0, 0, 1, 1, 2))))


def alike(one: str, other: str) -> bool:
    """Tell whether two documents tell of the same things."""
    return one == other or any(one in group.split() and other in group.split() for group in ALIKE.split(";"))


def build(case: Case) -> tuple[Page, ...] | None:
    """Return the pages of a case before they are written; None where there is no figure to change."""
    pages = tuple(page for name, seed in case.parts for page in DOCUMENTS[name](Pen(seed)))
    if case.slip is not None:
        found = planted(pages, case.slip)
        if found is None:
            return None
        pages = found
    for name, seed in case.pages:
        pages = rewritings.PAGES[name](pages, Random(seed))
    return pages


def write(case: Case) -> Written | None:
    """Return a case as a file."""
    pages = build(case)
    if pages is None:
        return None
    if case.layout in GRIDS:
        data, marked = in_grid(pages, case.layout)
        return Written(data, f"form.{case.layout}", frozenset(marked))
    lines = LINES[case.layout](pages)
    for name, seed in case.lines:
        lines = rewritings.LINES[name](lines, Random(seed))
    if case.cut is not None:
        lines = rewritings.CUTS[case.cut[0]](lines, Random(case.cut[1]))
    data, marked = in_lines(lines)
    return Written(data, "form.txt", frozenset(marked))


def findings(written: Written) -> list[Finding]:
    """Return the findings that accuse; none where nothing is left that could be read."""
    try:
        report = checker().check(written.data, name=written.name)
    except UnreadableDocument:
        return []
    return [finding for finding in report.findings if finding.severity is not Severity.INFO]


def accused(case: Case) -> list[Finding]:
    """Return what a right document is accused of."""
    written = write(case)
    return findings(written) if written else []


def found(case: Case) -> bool | None:
    """Tell whether the wrong figure is found at its place; None where nothing could be changed."""
    written = write(case)
    if written is None or not written.marked:
        return None
    pointers = (p for finding in findings(written) for p in (finding.primary, *finding.related))
    return any(covers(pointer.address, mark) for pointer in pointers for mark in written.marked)


def covers(address: str, mark: str) -> bool:
    """Tell whether an address shows a marked place; separated values have a sheet of any name."""
    if "!" not in mark and ":" not in mark:
        return address.rpartition("!")[2] == mark
    if address == mark:
        return True
    one, other = _SPAN.fullmatch(address), _SPAN.fullmatch(mark)
    if one is None or other is None or one[1] != other[1]:
        return False
    return int(one[2]) <= int(other[2]) and int(other[3]) <= int(one[3])


def smaller(case: Case) -> Iterator[Case]:
    """Yield the case with one thing less."""
    if case.cut is not None:
        yield replace(case, cut=None)
    yield from (replace(case, lines=steps) for steps in _one_less(case.lines))
    yield from (replace(case, pages=steps) for steps in _one_less(case.pages))
    if len(case.parts) > 1:
        yield from (replace(case, parts=steps) for steps in _one_less(case.parts))


def _one_less(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    return ((*steps[:n], *steps[n + 1 :]) for n in range(len(steps)))


def shrunk(case: Case, fails: Callable[[Case], bool]) -> Case:
    """Return the smallest case that still fails."""
    for other in smaller(case):
        if fails(other):
            return shrunk(other, fails)
    return case
