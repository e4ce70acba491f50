"""A rule, a place and its facts become a check; a check that fails becomes a finding.

Comes in: forms that were read, compiled rules. Goes out: `Evaluated` records, passes included. Which rules are due is the
business of `inference.agenda`, what causes what that of `inference.diagnosis`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from validator.facts.numbers import format_quantity
from validator.forms import spec
from validator.model.checks import Checks, Round
from validator.model.fact import Fact, Form, Pointer, lies_in
from validator.model.finding import BOUNDS, NOT_DUE, Check, Finding, Grade, Outcome, Severity
from validator.model.quantity import BARE, Quantity, State
from validator.rules.arithmetic import Dimension, Figure, Frame
from validator.rules.asking import Asked, members
from validator.rules.binding import Names, Value, Within, within
from validator.rules.comparison import Verdict
from validator.rules.conditions import HOLDS
from validator.rules.expression import Expression, Formula, compile_expression
from validator.rules.load import CompiledRule
from validator.rules.scopes import FormNames, Place, facts_in, is_list, places, threshold

if TYPE_CHECKING:
    from validator.facts.lexicon import Lexicon

_COMPUTED = re.compile(r"\b(?:computed|计算数)\b")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_SHOWN = 6
_LONGEST = 80
_LONGEST_TOLD = 240
"""Characters of what is all that a message says: why a table was not taken for a form."""
_ENDLESS = Decimal("Infinity")
_AT_ONCE = 1000
"""Places that conditions are asked in together: their sets are numbers, and numbers of very many bits are slow."""
_TOGETHER = 8
"""Places from which on it pays to ask where a rule surely holds: few are done sooner one by one."""
_NOWHERE: Mapping[int, Verdict] = {}
_new = tuple.__new__
"""Makes the checks, of which there are thousands: the constructor of a named tuple takes more than twice as long."""
# Members of an enumeration are looked up slowly.
_PASS, _FAIL, _UNDETERMINED, _NOT_APPLICABLE = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
_BLANK, _WITHIN_ROUNDING = State.BLANK, Grade.WITHIN_ROUNDING
_POINTER = attrgetter("pointer")
_OUTRANKED = (Outcome.UNDETERMINED, Outcome.FAIL, Outcome.NOT_APPLICABLE)


class Evaluated(NamedTuple):
    """A check, with the finding that it gives (None when there is nothing to tell)."""

    check: Check
    finding: Finding | None = None
    difference: Decimal | None = None
    """Stated minus computed in base units, of a comparison that failed."""
    equation: tuple[Expression, Names, Verdict] | None = None
    """What was evaluated, of what failed and of what says that one figure equals another: `supposition` tries it once more
    with another figure in a cell, and `inversion` can solve an equation for one."""


@dataclass(slots=True)
class Results:
    """What came of the rules of one document so far."""

    parts: list[Check | Round] = field(default_factory=list)
    """Every check, in the order of the evaluations."""
    telling: list[Evaluated] = field(default_factory=list)
    """Those of the checks that come with a finding or an equation."""
    count: int = 0
    """How many checks there are."""

    @property
    def checks(self) -> Checks:
        """Return every check so far."""
        return Checks(tuple(self.parts))

    def add(self, entry: Evaluated) -> None:
        """Take one more."""
        self.parts.append(entry.check)
        self.count += 1
        if entry.finding is not None or entry.equation is not None:
            self.telling.append(entry)

    @property
    def next_id(self) -> str:
        """What the next check is called: `c1`, `c2` …"""
        return _ids(self.count, 1)[0]


class _Portion(NamedTuple):
    """Some of the places of one kind in a form, with what is known of the conditions that rules asked there."""

    places: Sequence[Place]
    asked: Asked
    plain: int
    """The set of those that can be read in one way only, and bring no formula of their own."""


_USUAL_IDS = 4000


@lru_cache(maxsize=1)
def _usual_ids() -> tuple[str, ...]:
    return tuple([f"c{number}" for number in range(1, _USUAL_IDS + 1)])


def _ids(start: int, count: int) -> Sequence[str]:
    """Return what checks are called behind so many others. Those of ordinary documents are made once."""
    end = start + count
    if end > _USUAL_IDS:
        return [f"c{number}" for number in range(start + 1, end + 1)]
    return _usual_ids()[start:end]


class Evaluator:
    """Evaluates rules in the places of one form. The names of the form are bound once."""

    def __init__(
        self,
        form: Form,
        specs: Mapping[str, spec.Section],
        parameters: Mapping[str, Quantity | tuple[str, ...]],
        lang: str,
        lexicon: Lexicon | None = None,
    ) -> None:
        """`parameters`: thresholds and word lists for this form and year, by name. `lexicon`: None for the shipped one."""
        self._form = form
        self._specs = specs
        self._lang = lang
        self._outer = FormNames(form, specs, parameters, lexicon)
        self._places: dict[str, tuple[Place, ...]] = {}
        self._portions: dict[tuple[str, str], list[_Portion]] = {}
        self._figures: dict[int, Figure] = {}

    def at(self, place: str) -> tuple[Place, ...]:
        """Return the places of the form that `place` names."""
        found = self._places.get(place)
        if found is None:
            found = self._places[place] = tuple(places(self._form, place, self._specs, self._outer))
        return found

    def evaluate(self, rule: CompiledRule, results: Results, near: str = "") -> None:
        """Evaluate a rule in every place of the form that it is for; with `near`, only in those at or below that path."""
        for place in rule.places:
            try:
                portions = self._portions_at(place, near)
            except Exception as error:  # noqa: BLE001 (a table that we can't take apart must not take the others along)
                results.add(Evaluated(crashed(rule, place, error, results.next_id)))
                continue
            for portion in portions:
                self._evaluate(rule, portion, results)

    def _evaluate(self, rule: CompiledRule, portion: _Portion, results: Results) -> None:
        lang, form = self._lang, self._form.index
        places, asked, _ = portion
        when = rule.when
        try:
            holds, undecided = (asked.every, _NOWHERE) if when is None else when.where_it_holds(asked)
        except Exception:  # noqa: BLE001 (a bug of ours: `judge` finds the place where it is)
            for place in places:
                results.add(judge(rule, place, lang, form, results.next_id))
            return
        made: dict[int, Check] = {}
        passed: Sequence[int] = ()
        write: Callable[[int], Check] | None = None
        if holds or undecided:
            ids = _ids(results.count, len(places))
            if sure := _surely(rule, portion, holds):
                holds &= ~sure
                passed, write = members(sure), partial(_written, rule, places, asked, ids)
            left = _passed(rule, places, asked, members(holds), ids, made, results.telling)
            for at, verdict in left.items():
                try:
                    made[at], told = _decided(rule, places[at], asked.frame(at), lang, form, ids[at], verdict)
                except Exception as error:  # noqa: BLE001 (one crashed check must not take the others along)
                    made[at], told = crashed(rule, places[at].path, error, ids[at]), None
                if told is not None:
                    results.telling.append(told)
            for at, verdict in undecided.items():
                made[at] = _skipped(rule, places[at], asked.frame(at).binding, verdict, ids[at])
        results.parts.append(_new(Round, (rule.id, rule.kind, NOT_DUE, asked.paths, made, results.count, passed, write)))
        results.count += len(places)

    def _portions_at(self, place: str, near: str) -> list[_Portion]:
        """Return the places that `place` names, some at a time, with what is known of the conditions that rules asked there."""
        found = self._portions.get((place, near))
        if found is None:
            every = self.at(place)
            if near:
                every = tuple([each for each in every if lies_in(each.path, near)])
            portions = [every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE)]
            found = [
                _Portion(
                    portion,
                    Asked([within(each.readings[0]) for each in portion], self._figures, [each.path for each in portion]),
                    sum([1 << at for at, each in enumerate(portion) if len(each.readings) == 1 and not each.expression]),
                )
                for portion in portions
            ]
            self._portions[place, near] = found
        return found


def with_parameters(rule: CompiledRule, place: Place, parameters: Mapping[str, Quantity | tuple[str, ...]]) -> Place:
    """Bind the parameters that a rule uses in a place that belongs to no official form."""
    if not rule.parameters:
        return place
    bound = {name: threshold(name, parameters[name]) for name in rule.parameters}
    return place._replace(readings=tuple([{**bound, **names} for names in place.readings]))


def judge(rule: CompiledRule, place: Place, lang: str, form: int | None = None, id: str = "") -> Evaluated:
    """Evaluate a rule in one place; `id` is the check's. A bug of ours becomes the outcome `crashed`, never an exception."""
    try:
        frame = Frame(within(place.names))
        condition = rule.when.holds(frame.binding) if rule.when is not None else HOLDS
        if condition.outcome is not _PASS:
            return Evaluated(_skipped(rule, place, frame.binding, condition, id))
        check, told = _decided(rule, place, frame, lang, form, id)
    except Exception as error:  # noqa: BLE001 (one crashed check must not take the others along; the report shows it)
        return Evaluated(crashed(rule, place.path, error, id))
    return told or Evaluated(check)


def crashed(rule: CompiledRule, path: str, error: Exception, id: str) -> Check:
    """Return the check of a place where a bug of ours broke it off."""
    return Check(rule.id, rule.kind, Outcome.CRASHED, path, reason=f"{type(error).__name__}: {error}", id=id)


def _surely(rule: CompiledRule, portion: _Portion, due: int) -> int:
    """Return in which of the places `due` a rule holds without a doubt, and nothing else is to be told of it.

    Not of an equation, which says what its cells would have to hold, nor of a total, of which a last digit is told.
    """
    due &= portion.plain
    if due.bit_count() < _TOGETHER or rule.kind == "total":
        return 0
    checks = rule.checks
    expression = checks[0][1]
    if expression.equation or (len(checks) > 1 and rule.spec.methods):
        return 0
    try:
        return portion.asked.held(expression.sure, due)
    except Exception:  # noqa: BLE001 (a bug of ours: `_decided` meets it again, and says so)
        return 0


def _written(rule: CompiledRule, places: Sequence[Place], asked: Asked, ids: Sequence[str], at: int) -> Check:
    """Write out the check of a place where a rule surely holds."""
    check, _ = _decided(rule, places[at], asked.own_frame(at), "zh", None, ids[at])
    return check


def _passed(
    rule: CompiledRule,
    places: Sequence[Place],
    asked: Asked,
    due: Sequence[int],
    ids: Sequence[str],
    made: dict[int, Check],
    telling: list[Evaluated],
) -> dict[int, Verdict | None]:
    """Make the checks that pass at once, by the first method and reading: most go this short way.

    Returns the numbers of the places that are left to `_decided`, each with the first verdict there.
    """
    left: dict[int, Verdict | None] = {}
    checks = rule.checks
    method, expression = checks[0]
    one_way = len(checks) == 1
    any_method = one_way or not rule.spec.methods
    name, kind, why = rule.id, rule.kind, method or None
    equation, run, frame_of = expression.equation, expression.run, asked.frame
    for at in due:
        place, frame = places[at], frame_of(at)
        if not any_method or place.expression or len(place.readings) > 1:
            left[at] = None
            continue
        try:
            found = run(frame)
            grade = found.grade
            if found.outcome is not _PASS or found.whole or (grade is _WITHIN_ROUNDING and not one_way):
                left[at] = found
                continue
            pointer, operands = _pointers(rule, place, frame.binding, found)
        except Exception:  # noqa: BLE001 (`_decided` meets it again, and says so)
            left[at] = None
            continue
        said = found.reason or why
        made[at] = check = _new(Check, (name, kind, _PASS, place.path, grade, pointer, operands, found.expected, said, ids[at]))
        if equation:
            telling.append(Evaluated(check, equation=(expression, frame.binding, found)))
    return left


def _decided(
    rule: CompiledRule, place: Place, frame: Frame, lang: str, form: int | None, id: str, first: Verdict | None = None
) -> tuple[Check, Evaluated | None]:
    """Evaluate a rule in a place where its condition holds; `frame`: that of its first reading.

    `first`: what came of the first method in that reading, where that is known. Returns the check, and what is told of it
    besides: nothing of most.
    """
    names = frame.binding
    if rule.only is not None and len(place.readings) == 1 and not place.expression:
        method, expression = rule.only
        verdict = expression.verdict(frame, first)
    else:
        method, names, verdict, expression = _best(rule, place, frame, first)
    stated, operands = _pointers(rule, place, names, verdict)
    outcome, reason, expected = verdict.outcome, verdict.reason, verdict.expected
    if outcome is _FAIL:
        outcome, reason = _allowing_for_losses(rule, place, names, verdict)
        rival = _rival(place, verdict, expression) if outcome is _FAIL else ""
        if rival:
            outcome, reason = Outcome.UNDETERMINED, f"不认识“{_short(rival)}”一栏，它可能才是要用的数"
        if outcome is _FAIL and rule.expected is not None:
            expected = _expected(rule, rule.expected, names, verdict)
        elif verdict.stated is not None and not verdict.stated.pointer.address:
            expected = None  # the bound of a threshold of the rule: no cell could have it
    check: Check = _new(
        Check,
        (rule.id, rule.kind, outcome, place.path, verdict.grade, stated, operands, expected, reason or method or None, id),
    )
    equation = (expression, names, verdict) if expression.equation or outcome is _FAIL else None
    if verdict.whole and outcome is _PASS and rule.kind == "total":
        finding = _finding(rule, place, names, verdict, check, lang=lang, form=form, severity=Severity.INFO)
        return check, Evaluated(check, finding)
    if outcome is not _FAIL:
        return check, Evaluated(check, equation=equation) if equation is not None else None
    severity = Severity(rule.spec.severity)
    if verdict.grade is Grade.TRUNCATED and severity is Severity.ERROR:
        severity = Severity.WARNING
    finding = _finding(rule, place, names, verdict, check, lang=lang, form=form, severity=severity)
    return check, Evaluated(check, finding, verdict.difference, equation)


def _allowing_for_losses(rule: CompiledRule, place: Place, names: Names, verdict: Verdict) -> tuple[Outcome, str | None]:
    """Return the outcome of what fails and its reason: what may be lost can't be held against a form."""
    if not place.complete and rule.kind in ("total", "score", "structure") and any(map(is_list, _used(rule, names))):
        cut = place.section is None or place.section.cut
        return Outcome.UNDETERMINED, "文字在这里中断，可能还有没有列出的行" if cut else "这张表有的行或数没有读出来"
    table = place.section.table if place.section is not None else None
    if rule.kind == "completeness" and table is not None and table.inferred:
        return Outcome.UNDETERMINED, "表格由文字还原，空格可能是还原时丢失的"
    return verdict.outcome, verdict.reason


def _rival(place: Place, verdict: Verdict, expression: Expression) -> str:
    """Return the unknown column that may be meant where the check took the first of several that it could use, and no other."""
    rivals = place.section.rivals if place.section is not None else {}
    if not rivals or len(place.readings) > 1 or "first(" not in expression.source:
        return ""
    return next((rivals[fact.column] for fact in (verdict.stated, *verdict.operands) if fact and fact.column in rivals), "")


def _skipped(rule: CompiledRule, place: Place, names: Within, condition: Verdict, id: str) -> Check:
    """Return the check of a rule whose condition doesn't hold, or can't be decided because a figure can't be read."""
    outcome = _NOT_APPLICABLE
    if rule.when is not None and condition.outcome is _UNDETERMINED:
        values = [names[name] for name in rule.when.names]
        if any(type(value) is Fact and value.reading.state in (State.GARBLED, State.FUSED) for value in values):
            outcome = _UNDETERMINED
    return Check(rule.id, rule.kind, outcome, place.path, None, None, (), None, condition.reason or NOT_DUE, id)


def _best(rule: CompiledRule, place: Place, first: Frame, known: Verdict | None) -> tuple[str, Within, Verdict, Expression]:
    """Return the reading that passes best; else the one that fails by least, unless another can't be decided.

    A method that asks for something of another cell besides (只合计指标: the scores too) accuses that cell only where no
    method fails about the cell that the others are about.
    """
    loose: tuple[str, Within, Verdict, Expression] | None = None
    tried: list[tuple[str, Within, Verdict, Expression]] = []
    for at, reading in enumerate(place.readings):
        frame = Frame(within(reading)) if at else first
        names = frame.binding
        for method, written in _methods(rule, names):
            expression = _at(written, names, place) if place.expression else written
            verdict, known = expression.verdict(frame, known), None
            if verdict.outcome is _PASS and verdict.grade is not _WITHIN_ROUNDING:
                return method, names, verdict, expression
            if verdict.outcome is _PASS:
                loose = loose or (method, names, verdict, expression)
                continue
            if verdict.outcome is _UNDETERMINED and method and _lacks_a_value(expression, names):
                verdict = replace(verdict, outcome=Outcome.NOT_APPLICABLE)
            tried.append((method, names, verdict, expression))
    if loose is not None:
        return loose
    for outcome in _OUTRANKED:
        found = [entry for entry in tried if entry[2].outcome is outcome]
        if found:
            about = next((entry[2].stated for entry in tried if entry[2].difference is not None), None)
            same = [entry for entry in found if entry[2].stated is about] if len(place.readings) == 1 else []
            return min(same or found, key=_missed_by)
    return tried[0]


def _methods(rule: CompiledRule, names: Within) -> Iterable[tuple[str, Expression]]:
    """Return the methods that count: all, or those that a parameter lists."""
    listed = names[rule.spec.methods] if rule.spec.methods else None
    return [entry for entry in rule.checks if entry[0] in listed] if is_list(listed) else rule.checks


def _missed_by(entry: tuple[str, Within, Verdict, Expression]) -> Decimal:
    """Return by how much a reading fails; one of which that can't be said comes after all others."""
    difference = entry[2].difference
    return abs(difference) if difference is not None else _ENDLESS


def _lacks_a_value(expression: Expression, names: Names) -> bool:
    """Tell whether a method can't be used because a cell is blank; one that can't be read is another matter."""
    facts = [value for name in expression.names if isinstance(value := names.get(name), Fact)]
    return any(fact.blank for fact in facts) and all(fact.reading.state in (State.BLANK, State.NUMBER) for fact in facts)


def _at(expression: Expression, names: Names, place: Place) -> Expression:
    """Return the expression as it reads in a place that brings a formula of its own."""
    return _with_formula(expression.source, place.expression, frozenset((n, is_list(v)) for n, v in names.items()))


@lru_cache(maxsize=4096)
def _with_formula(source: str, formula: str, names: frozenset[tuple[str, bool]]) -> Expression:
    """Compile a check in which `computed` is a formula that the table itself gives."""
    return compile_expression(
        _COMPUTED.sub(f"({formula})", source), {name: Dimension("any", many=many) for name, many in names}
    )


def _used(rule: CompiledRule, names: Names) -> Iterator[Value]:
    for _, expression in rule.checks:
        for name in expression.names:
            yield names.get(name)


def _pointers(rule: CompiledRule, place: Place, names: Within, verdict: Verdict) -> tuple[Pointer | None, tuple[Pointer, ...]]:
    """Return the cell that the check is about and the other cells that it used."""
    stated, used = verdict.stated, verdict.operands
    about = stated
    if rule.stated:
        named = names[rule.stated]
        if type(named) is Fact:
            about = named
        elif is_list(named):
            own = set(map(id, named))
            failing = [fact for fact in used if id(fact) in own]
            about = failing[-1] if failing else next((fact for fact in facts_in(named) if not fact.blank), about)
    if about is None:
        about = next((fact for fact in used if fact.pointer.address), None)
    if about is not stated:
        used = (*((stated,) if stated is not None else ()), *[fact for fact in used if fact is not about])
    pointer = about.pointer if about is not None else place.pointer
    if about is not None and not about.pointer.address:  # a threshold of the rule: it stands in no cell
        cell = next((fact for fact in used if fact.pointer.address), None)
        pointer = cell.pointer if cell is not None else place.pointer
        if cell is not None:
            about, used = cell, (about, *[fact for fact in used if fact is not cell])
    for name in rule.related:
        value = names[name]
        if type(value) is Fact:
            if value.reading.state is not _BLANK and value is not about and value not in used:
                used = (*used, value)
        elif value is not None:
            used += tuple([fact for fact in facts_in(value) if not fact.blank and fact is not about and fact not in used])
    return pointer, tuple(map(_POINTER, used)) if used else ()


def _expected(rule: CompiledRule, formula: Formula, names: Within, verdict: Verdict) -> str | None:
    told = facts_in(names[rule.stated]) if rule.stated else ()
    named = (fact for name in formula.names for fact in facts_in(names[name]))
    used = (*told, verdict.stated, *verdict.operands, *named)
    like = next((fact.quantity for fact in used if fact is not None and fact.quantity is not None), None)
    value = formula.value(names)
    return format_quantity(value, like=like) if value is not None and like is not None else verdict.expected


def _finding(
    rule: CompiledRule,
    place: Place,
    names: Names,
    verdict: Verdict,
    check: Check,
    *,
    lang: str,
    form: int | None,
    severity: Severity,
) -> Finding | None:
    primary = check.stated or place.pointer
    if primary is None:
        return None
    text = rule.spec
    expected, bound = _told(rule, verdict, check)
    message = _fill(_in(text.message, lang), names, verdict, check, lang)
    if verdict.whole and check.outcome is Outcome.PASS:
        message += (
            "；只差一个末位，可能是四舍五入，也可能是笔误" if lang == "zh" else "; off by one last digit: rounding, or a slip"
        )
    return Finding(
        id=Finding.identify(rule.id, primary, check.operands),
        rule=rule.id,
        kind=text.kind,
        severity=severity,
        title=_in(text.title, lang),
        message=message,
        primary=primary,
        related=tuple(dict.fromkeys(pointer for pointer in check.operands if pointer.address)),
        check=check.id or None,
        expected=expected,
        help=_in(text.help, lang),
        basis=_in(text.basis, lang),
        form=form,
        bound=bound,
    )


def _told(rule: CompiledRule, verdict: Verdict, check: Check) -> tuple[str | None, str]:
    """Return what may be told of what should stand in the cell that a finding points at, and how it is meant.

    Nothing where an explanation would do as well, or where the figure belongs to another cell than the one pointed at: who
    reads “should be 85 %” writes 85 %.
    """
    if rule.spec.expected == "":
        return None, ""
    if rule.expected is not None and (check.expected != verdict.expected or not verdict.bound):
        return check.expected, ""
    elsewhere = verdict.stated is not None and check.stated is not verdict.stated.pointer
    return (None, "") if elsewhere or verdict.optional or verdict.bound == "!=" else (check.expected, verdict.bound)


def _in(text: spec.Text, lang: str) -> str:
    return text.en if lang == "en" and text.en else text.zh


def _fill(template: str, names: Names, verdict: Verdict, check: Check, lang: str) -> str:
    """Put values as written into a message."""

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        special = _special(name, names, verdict, check, lang)
        longest = _LONGEST_TOLD if found.group(0) == template else _LONGEST
        return special if special is not None else shown(names.get(name), lang, longest)

    return _PLACEHOLDER.sub(value, template)


def _special(name: str, names: Names, verdict: Verdict, check: Check, lang: str) -> str | None:
    none = "?"
    match name:
        case "expected":
            return check.expected or none
        case "computed":
            return verdict.expected or none
        case "stated" if verdict.stated is not None and check.stated is verdict.stated.pointer:
            return shown(verdict.stated, lang)
        case "stated":
            return _short(check.stated.text) if check.stated else none
        case "row":
            label = names.get("label")
            return _short(label) if isinstance(label, str) else none
        case "direction":
            more = verdict.difference is not None and verdict.difference > 0
            return ("多" if more else "少") if lang == "zh" else ("too much" if more else "too little")
        case "bound":
            said = BOUNDS[lang].get(verdict.bound, "")
            return f"{said} " if said and lang == "en" else said
        case "difference":
            quantity = verdict.stated.quantity if verdict.stated is not None else None
            if verdict.difference is None or quantity is None:
                return none
            return format_quantity(abs(verdict.difference), like=quantity)
        case "operands":
            return "、".join(_short(pointer.text) for pointer in check.operands[:_SHOWN])
        case "count":
            return str(sum(not fact.blank for fact in verdict.operands) or len(check.operands) + 1)
        case "reason":
            return check.reason or none
        case "method":
            return check.reason or ""
    return None


def shown(value: Value, lang: str = "zh", longest: int = _LONGEST) -> str:
    """Return a value as it goes into a message: as written, with the unit of its column when it has none of its own.

    `longest`: characters of a text that stands in no cell.
    """
    blank = "（空）" if lang == "zh" else "(blank)"
    if isinstance(value, Fact):
        if value.blank:
            return blank
        quantity = value.quantity
        text = _short(value.text)
        if quantity is not None and quantity.unit != BARE and quantity.unit.dimension == "money" and text[-1:].isdecimal():
            text += quantity.unit.name
        return text
    if isinstance(value, Quantity):
        return value.text
    if is_list(value):
        texts = [shown(item, lang) for item in value if not (isinstance(item, Fact) and item.blank)]
        more = "等" if lang == "zh" else " …"
        return "、".join(texts[:_SHOWN]) + (more if len(texts) > _SHOWN else "")
    return blank if value is None else _short(str(value), longest)


def _short(text: str, longest: int = _LONGEST) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest // 2] + "…" + flat[-longest // 2 + 1 :]
