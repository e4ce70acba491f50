"""What the rules of a form would find if something else stood in one of its cells.

Comes in: a form, the rules that are due in it, and what came of them. Goes out: the values that failing equations ask for, and
what each of them would settle and break. Which of them explains the findings is the business of `inference.culprits`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from validator.facts.lexicon import Lexicon
from validator.facts.numbers import read_figure
from validator.forms import spec
from validator.model.change import Change, Supposed, plausible
from validator.model.fact import Fact, Form, Record, Section, lies_in
from validator.model.finding import Outcome, Severity
from validator.model.interval import Interval
from validator.model.quantity import Quantity, Reading, State
from validator.rules.binding import Names
from validator.rules.comparison import Verdict
from validator.rules.evaluate import Evaluated, Evaluator, Results
from validator.rules.expression import Expression
from validator.rules.inversion import Needed, needed
from validator.rules.load import CompiledRule
from validator.rules.scopes import OTHER_ROWS

_PASS, _FAIL = Outcome.PASS, Outcome.FAIL
_ENDLESS = Decimal("Infinity")
_new = tuple.__new__
"""Makes the cells: the constructor of a named tuple takes more than twice as long."""
_OPPOSITE = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}
_OF_REASONS = ("target", "completeness", "ratio")
"""Kinds of checks that what is far from its target, or from the budget, comes with a reason."""
_FEW_CELLS = 8
"""Of a relation of more cells those are tried that may well be wrong by as much as it is off."""
_MOST_TRIALS = 60
"""Where more would have to be tried in a form, it has other troubles."""


class FormRules(NamedTuple):
    """A form, and all that its rules need to be evaluated in it once more."""

    form: Form
    specs: Mapping[str, spec.Section]
    parameters: Mapping[str, Quantity | tuple[str, ...]]
    rules: tuple[CompiledRule, ...]
    """Those that are due in it."""


class _Cell(NamedTuple):
    path: str
    owner: FormRules | None
    """None for a figure of a table of no form, or of a sentence."""
    block: Section
    section: int
    """The place of the block among the sections of the form."""
    record: Record
    column: str
    fact: Fact
    written: Quantity


class Supposition:
    """Tries out other values in the cells of one document."""

    def __init__(
        self, forms: Sequence[Form], rules: Sequence[FormRules], telling: Sequence[Evaluated], lexicon: Lexicon
    ) -> None:
        """`forms`: all of the document; `rules`: those of them that have rules of their own; `telling`: what came of them."""
        self._lexicon = lexicon
        owners = {id(own.form): own for own in rules}
        self._rules = {own.form.index: _ids(own.rules) for own in rules}
        self._failing = [entry for entry in telling if _weighs(entry)]
        self._holding = [entry for entry in telling if entry.equation is not None and entry.check.outcome is Outcome.PASS]
        self._own = rules
        # Found when they are first asked for: most documents need neither.
        self._of_many_ways: dict[str, CompiledRule] | None = None
        self._not_by_row: frozenset[str] | None = None
        self.unsolved: dict[str, set[str]] = {}
        """Cells, blank ones too, for which a failing check can't say what it would need there, with the ids of such checks."""
        self._missed: dict[str, list[str]] = {}
        """By blank cell the failing checks whose findings are about it."""
        for entry in self._failing:
            if entry.finding is not None and not entry.finding.primary.text:
                self._missed.setdefault(entry.finding.primary.path, []).append(entry.check.id)
        self._users = Counter(path for entry in self._failing for path in _paths(entry))
        self._cells = self._used_cells(forms, owners)

    def _used_cells(self, forms: Iterable[Form], owners: Mapping[int, FormRules]) -> dict[str, _Cell]:
        """Return the cells with figures that checks which fail use, each as the form with rules of its own has it."""
        users = self._users
        found: dict[str, _Cell] = {}
        for form in sorted(forms, key=lambda form: id(form) not in owners):
            owner = owners.get(id(form))
            for at, section in enumerate(form.sections):
                for record in section.records:
                    for column, fact in record.fields.items():
                        path = fact.pointer.path
                        if path in users and path not in found and (quantity := fact.quantity) is not None:
                            found[path] = _new(_Cell, (path, owner, section, at, record, column, fact, quantity))
        return found

    def _ways_of(self, rule: str) -> CompiledRule | None:
        """Return a rule of a form that has several methods, by its id."""
        if self._of_many_ways is None:
            self._of_many_ways = {rule.id: rule for own in self._own for rule in _of_many_ways(own.rules)}
        return self._of_many_ways.get(rule)

    def _is_open(self, rule: str) -> bool:
        """Tell whether a rule of a form may hold in another way: by another method, with other rows as the parts."""
        if self._not_by_row is None:
            self._not_by_row = frozenset().union(*[_not_by_row(own.rules) for own in self._own])
        return rule in self._not_by_row or self._ways_of(rule) is not None

    def supposed(self) -> Iterator[Supposed]:
        """Yield what comes of the values that failing equations ask for, and of two cells that ask for each other's."""
        of_form: defaultdict[int | None, list[Evaluated]] = defaultdict(list)
        for entry in self._failing:
            of_form[entry.finding.form if entry.finding is not None else None].append(entry)
        for entries in of_form.values():
            wanted = self._wanted(entries)
            told = {entry.finding.primary.path for entry in entries if entry.finding is not None}
            trials: list[tuple[Change, ...]] = [
                (change,) for change in wanted if change.plausible or self._users[change.path] > 1 or change.path in told
            ]
            trials += self._exchanges(wanted)
            for changes in trials if len(trials) <= _MOST_TRIALS else ():
                settled, breaks = self._try(changes)
                likely = len(changes) > 1 or changes[0].plausible or self._are_apart(settled)
                yield Supposed(changes, settled, breaks, likely)

    def _wanted(self, entries: Iterable[Evaluated]) -> list[Change]:
        """Return the values that checks that fail ask for in one cell each."""
        wanted: dict[tuple[str, str], Change] = {}
        for entry in entries:
            for path, text, interval in self._asked_for(entry):
                cell, known = self._cells.get(path), wanted.get((path, text))
                if known is not None:
                    wanted[path, text] = known._replace(asked_by=known.asked_by | {entry.check.id})
                    continue
                if cell is None:
                    continue
                written = cell.written
                value = read_figure(text, self._lexicon, unit=written.unit).quantity
                if value is not None and value.unit == written.unit:
                    step = min(value.step, written.step) if written.step else written.step
                    value = written._replace(value=value.value, step=step, text=text, approximate=False)
                    by = frozenset((entry.check.id,))
                    wanted[path, text] = Change(path, written, value, interval or value.interval, by)
        return list(wanted.values())

    def _exchanges(self, wanted: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
        """Yield two cells of a row or of a column each time that each asks for what stands in the other."""
        seen: set[frozenset[str]] = set()
        for one, other in combinations(wanted, 2):
            mine, its = self._cells[one.path], self._cells[other.path]
            both = frozenset((one.path, other.path))
            if both in seen or one.written.unit != other.written.unit or mine.owner is not its.owner:
                continue
            in_line = mine.block is its.block and (mine.column == its.column) != (mine.record is its.record)
            if in_line and _holds(one.interval, other.written) and _holds(other.interval, one.written):
                seen.add(both)
                yield tuple(
                    Change(
                        change.path, change.written, change.written._replace(value=with_.value, text=with_.text), with_.interval
                    )
                    for change, with_ in ((one, other.written), (other, one.written))
                )

    def _asked_for(self, entry: Evaluated) -> Iterator[tuple[str, str, Interval | None]]:
        """Yield the cells of a check that fails, each with the value that it asks for there."""
        finding = entry.finding
        if entry.equation is None or finding is None:
            return
        if _solvable(entry):
            yield from self._solved(entry, entry.equation)
        elif finding.expected and self._suspected(entry, _paths(entry), None):
            yield finding.primary.path, finding.expected, _beyond(finding.expected, finding.bound, self._lexicon)
            verdict = entry.equation[2]
            if verdict.stated is not None and finding.bound and len(verdict.operands) == 1:
                limit, text = verdict.operands[0], verdict.stated.text
                yield limit.pointer.path, text, _beyond(text, _OPPOSITE[finding.bound], self._lexicon)

    def _solved(self, entry: Evaluated, equation: tuple[Expression, Names, Verdict]) -> Iterator[Needed]:
        """Yield what each equation of a rule asks for: it may hold by any of several methods."""
        told, names, first = equation
        ways = [(told, first)]
        rule = self._ways_of(entry.check.rule)
        if rule is not None:
            ways += [(other, other.suppose(names, {})) for _, other in rule.checks if other is not told and other.equation]
        asked: set[str] = set()
        solved: list[Needed] = []
        for expression, verdict in ways:
            used = {fact.pointer.path for fact in (verdict.stated, *verdict.operands) if fact is not None}
            paths = self._suspected(entry, used, verdict.difference)
            asked |= paths
            solved += needed(expression, names, verdict, paths)
        left_out = self._blank_beside(asked) if entry.difference is not None and entry.difference > 0 else set()
        for path in left_out | (asked - {need.path for need in solved}):
            self.unsolved.setdefault(path, set()).update((entry.check.id, *self._missed.get(path, ())))
        yield from solved

    def _blank_beside(self, paths: Collection[str]) -> set[str]:
        """Return the blank cells of columns with several used cells: what a total is above its parts may belong there."""
        used = Counter((id(cell.block), cell.column) for cell in map(self._cells.__getitem__, paths))
        return {
            fact.pointer.path
            for cell in map(self._cells.__getitem__, paths)
            if used[id(cell.block), cell.column] > 1
            for record in cell.block.records
            if record.role != "group" and (fact := record.fields.get(cell.column)) is not None and fact.blank
        }

    def _suspected(self, entry: Evaluated, used: Collection[str], difference: Decimal | None) -> set[str]:
        """Return those of the cells that a check uses which may be the wrong one; none where that can only be what it says."""
        paths = self._cells.keys() & set(used)
        own = {entry.finding.primary.path} if entry.finding is not None else set()
        if len(paths) > _FEW_CELLS:
            off = self._off_by(paths, difference or Decimal(0))
            paths = {path for path in paths if path in own or self._users[path] > 1 or path in off}
        return set() if all(path in own and self._users[path] == 1 for path in paths) else paths

    def _off_by(self, paths: Iterable[str], difference: Decimal) -> set[str]:
        """Return those parts of a sum that may be wrong by as much as the sum is."""
        known: dict[tuple[Decimal, Decimal], bool] = {}  # points of one size are many
        found: set[str] = set()
        for path in paths:
            written = self._cells[path].written
            factor = written.unit.factor
            off = known.get((written.value, factor))
            if off is None:
                off = known[written.value, factor] = plausible(written.value, written.value + difference / factor)
            if off:
                found.add(path)
        return found

    def _are_apart(self, ids: Collection[str]) -> bool:
        """Tell whether two of some failing checks bear each other out.

        A sum and one of its groups that are off by the same do not: what is wrong with one is wrong with the other.
        """
        entries = [entry for entry in self._failing if entry.check.id in ids]
        return any(
            one.difference is None
            or other.difference is None
            or abs(one.difference) != abs(other.difference)
            or not _share_parts(one, other)
            for one, other in combinations(entries, 2)
        )

    def _try(self, changes: Sequence[Change]) -> tuple[frozenset[str], bool]:
        """Return the checks that would be settled with other values in some cells, and whether something else would break."""
        paths = {change.path for change in changes}
        owner = self._cells[changes[0].path].owner
        # The relations that hold are soon asked; a form is evaluated anew only for what breaks none of them.
        for entry in self._holding:
            if not paths.isdisjoint(_paths(entry)) and not self._is_open(entry.check.rule) and _broken(entry, changes):
                return frozenset(), True
        settled, breaks = self._in_form(changes, owner) if owner is not None else (set(), False)
        for entry in self._failing if not breaks else ():
            if not self._is_of(entry, owner) and not paths.isdisjoint(_paths(entry)) and _outcome(entry, changes) is _PASS:
                settled.add(entry.check.id)
        return frozenset(settled), breaks

    def _is_of(self, entry: Evaluated, owner: FormRules | None) -> bool:
        """Tell whether a check is of the rules of a form: others hold its cells to tables around it and to sentences."""
        if owner is None or not lies_in(entry.check.path, f"form[{owner.form.index}]"):
            return False
        return entry.check.rule in self._rules[owner.form.index]

    def _in_form(self, changes: Sequence[Change], owner: FormRules) -> tuple[set[str], bool]:
        """Evaluate the rules of a form that can look at some cells, as if they held other values."""
        form, cells = owner.form, [self._cells[change.path] for change in changes]
        for change, cell in zip(changes, cells, strict=True):
            pointer = cell.fact.pointer._replace(text=change.value.text)
            reading = Reading(State.NUMBER, change.value.text, change.value)
            form = _with(form, cell, Fact(reading, pointer, cell.fact.column))
        evaluator = Evaluator(form, owner.specs, owner.parameters, "zh", self._lexicon)
        results, asked = Results(), {}
        for rule in owner.rules:
            found = {_near(rule, cell, owner) for cell in cells} - {None}
            if found:
                asked[rule.id] = (found.pop() or "") if len(found) == 1 else ""
                evaluator.evaluate(rule, results, asked[rule.id])

        def evaluated(entry: Evaluated) -> bool:
            near = asked.get(entry.check.rule)
            return near is not None and lies_in(entry.check.path, near) and self._is_of(entry, owner)

        failing = {_key(entry) for entry in results.telling if _weighs(entry)}
        holding = results.checks.holding()
        not_by_row = _not_by_row(owner.rules)
        before = [entry for entry in self._failing if evaluated(entry)]
        settled = {
            entry.check.id
            for entry in before
            # A rule for a whole column that is not due any more may still be right: it looks at other columns too.
            if _key(entry) in holding
            or (
                _key(entry) not in failing
                and (entry.check.rule not in not_by_row or not _solvable(entry) or _outcome(entry, changes) is _PASS)
            )
        }
        breaks = not {_key(entry) for entry in results.telling if _weighs(entry) and not _wants_reason(entry)} <= {
            _key(entry) for entry in before
        }
        return settled, breaks or any(_key(entry) not in holding for entry in self._holding if evaluated(entry))


def _near(rule: CompiledRule, cell: _Cell, owner: FormRules) -> str | None:
    """Return where a rule can look at a cell: in a row, anywhere (empty), or nowhere (None)."""
    section = owner.form.sections[cell.section].id
    owners = tuple((name, id) for id, section in owner.specs.items() for name in (id, section.title.zh))
    looks_at, other_rows = _looks_at(rule, owners)
    if section in looks_at:
        return ""
    if all(place.partition(".")[0] != section for place in rule.places):
        return None
    return cell.record.path if _by_row(rule) and not other_rows else ""


# What is asked of the rules of a form is the same for every form of its shape, and there are many of both.


@lru_cache(maxsize=256)
def _ids(rules: tuple[CompiledRule, ...]) -> frozenset[str]:
    return frozenset(rule.id for rule in rules)


@lru_cache(maxsize=256)
def _of_many_ways(rules: tuple[CompiledRule, ...]) -> tuple[CompiledRule, ...]:
    return tuple(rule for rule in rules if len(rule.spec.check) > 1)


@lru_cache(maxsize=256)
def _not_by_row(rules: tuple[CompiledRule, ...]) -> frozenset[str]:
    return frozenset(rule.id for rule in rules if not _by_row(rule))


@lru_cache(maxsize=4096)
def _by_row(rule: CompiledRule) -> bool:
    return all(place.split(".")[1:2] in (["row"], ["cell"]) for place in rule.places)


@lru_cache(maxsize=4096)
def _looks_at(rule: CompiledRule, owners: tuple[tuple[str, str], ...]) -> tuple[frozenset[str], bool]:
    """Return the sections that a rule names, and whether it looks at other rows than its own."""
    sections = dict(owners)
    names = {name for _, check in rule.checks for name in check.names} | (rule.when.names if rule.when else frozenset())
    first = {name.partition(".")[0] for name in names}
    return frozenset(sections[name] for name in first if name in sections), not first.isdisjoint(OTHER_ROWS)


def _weighs(entry: Evaluated) -> bool:
    return entry.finding is not None and entry.finding.severity is not Severity.INFO


def _wants_reason(entry: Evaluated) -> bool:
    """Tell whether words would settle what a check tells, so that no figure can be held against it."""
    explicable = entry.equation is not None and entry.equation[2].optional
    return explicable and entry.check.kind in _OF_REASONS


def _key(entry: Evaluated) -> tuple[str, str]:
    return entry.check.rule, entry.check.path


def _paths(entry: Evaluated) -> set[str]:
    check = entry.check
    return {pointer.path for pointer in (check.stated, *check.operands) if pointer is not None}


def _share_parts(one: Evaluated, other: Evaluated) -> bool:
    """Tell whether all parts of one sum are among those of another one, or they use several cells both."""
    mine, its = ({pointer.path for pointer in entry.check.operands} for entry in (one, other))
    return mine <= its or its <= mine or len(_paths(one) & _paths(other)) > 1


def _beyond(text: str, bound: str, lexicon: Lexicon) -> Interval | None:
    """Return every value that keeps a limit, None where it is the figure itself that is asked for."""
    figure = read_figure(text, lexicon).quantity
    if figure is None or not bound:
        return None
    return Interval(-_ENDLESS, figure.base) if bound in ("<", "<=") else Interval(figure.base, _ENDLESS)


def _solvable(entry: Evaluated) -> bool:
    return entry.equation is not None and entry.equation[0].equation


def _holds(interval: Interval, figure: Quantity) -> bool:
    return interval.low <= figure.base <= interval.high


def _outcome(entry: Evaluated, changes: Iterable[Change]) -> Outcome | None:
    """Return what comes of a check with other values in some cells; None where that can't be told."""
    if entry.equation is None:
        return entry.check.outcome
    expression, names, verdict = entry.equation
    by_path = {change.path: change for change in changes}
    supposed: dict[Fact, Quantity] = {}
    for fact in (verdict.stated, *verdict.operands):
        change = by_path.get(fact.pointer.path) if fact is not None else None
        if fact is None or change is None or fact.quantity is None:
            continue
        value, unit = change.value, fact.quantity.unit
        if unit != value.unit:
            if value.unit != change.written.unit or fact.quantity.value != change.written.value:
                return None
            value = value._replace(unit=unit)  # the figure of a form, read without its unit as that of any table
        supposed[fact] = value
    return expression.suppose(names, supposed).outcome


def _broken(entry: Evaluated, changes: Iterable[Change]) -> bool:
    """Tell whether a relation that holds by the first reading of its cells would not with other values in some of them."""
    return _outcome(entry, changes) is not _PASS and _outcome(entry, ()) is _PASS


def _with(form: Form, cell: _Cell, fact: Fact) -> Form:
    """Return a form in which one cell holds something else."""
    sections = list(form.sections)
    sections[cell.section] = _replaced(sections[cell.section], cell.record.path, cell.column, fact)
    return replace(form, sections=sections)


def _replaced(section: Section, row: str, column: str, fact: Fact) -> Section:
    """Return a section in which one cell holds something else; its records know each other, so that each is a new one."""
    new = {id(record): replace(record) for record in _every(section.records, section.headings)}

    def same(records: Sequence[Record]) -> list[Record]:
        return [new[id(record)] for record in records]

    for record in new.values():
        record.parent = new[id(record.parent)] if record.parent is not None else None
        record.children = same(record.children)
        record.cuts = [same(cut) for cut in record.cuts]
    for record in new.values():
        if record.path == row:
            record.fields = {**record.fields, column: fact}
    return replace(section, records=same(section.records), headings=same(section.headings))


def _every(*lists: Collection[Record]) -> Iterator[Record]:
    """Yield the records of some lists and those that they know."""
    seen: set[int] = set()
    left = [record for records in lists for record in records]
    while left:
        record = left.pop()
        if id(record) not in seen:
            seen.add(id(record))
            yield record
            left += record.children
            left += [member for cut in record.cuts for member in cut]
            if record.parent is not None:
                left.append(record.parent)
