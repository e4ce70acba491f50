"""Which rules are due where: from the shape of a form, not from its figures.

In go the forms of a document and what each rule can't do without; out come the tasks, and for every rule that is not due
in a form the reason, so that a rule that never ran is seen. Forms of one shape are thought about once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from validator.inference.production import Condition, Engine, Fact, Production, condition
from validator.model.fact import Form

DOCUMENT = "document"
_TOGETHER = 8
"""Columns named in one pattern list; more are brought together in steps."""

_Block: TypeAlias = tuple[str, frozenset[str]]
_Shape: TypeAlias = tuple[int, str, tuple[_Block, ...]]


class RuleNeeds(NamedTuple):
    """What a rule needs in order to have anything to check."""

    rule: str
    place: str
    """Its `for-each`: `funds.row`, `form`, `document`."""
    section: str = ""
    """The section it runs in; empty when it runs once for the form or the document."""
    forms: tuple[str, ...] = ()
    """Forms it is for; empty means every form."""
    columns: frozenset[str] = frozenset()
    """Ids of the columns that it can't do without; `funds.executed` when it runs once for the form."""


class Task(NamedTuple):
    """A rule that is due."""

    rule: str
    form: int
    """Index of the form in the document; -1 for a rule that runs once for the document."""
    section: str = ""
    at: int = -1
    """Index of the section in `Form.sections`; -1 when the rule runs once for the form or the document."""


class NotDue(NamedTuple):
    """A rule that has nothing to check in a form or section, and why."""

    rule: str
    form: int
    why: Literal["form", "section", "columns"]
    """It is for other forms; the form has no such section; the section lacks columns."""
    missing: tuple[str, ...] = ()
    """The forms it is for, the section, or the columns, as ids."""
    section: str = ""
    at: int = -1


class Plan(NamedTuple):
    """The tasks of a document, by form and section in the order of the document, then by rule."""

    due: tuple[Task, ...]
    not_due: tuple[NotDue, ...]
    by_form: Mapping[int, frozenset[str]] = {}
    """Ids of the rules that are due, by index of the form."""


def plan(forms: Sequence[Form], rules: tuple[RuleNeeds, ...], engine: Engine) -> Plan:
    """Return what is due in the forms of one document."""
    wanted = _vocabulary(rules)
    return _plan(rules, engine, tuple([_shape(form, wanted) for form in forms]))


def explain(item: NotDue, names: Mapping[str, str], *, lang: str = "zh") -> str:
    """Say why a rule is not due. `names`: what forms, sections and columns are called, by id (`section.column` too)."""
    missing = [names.get(id, names.get(f"{item.section}.{id}", id)) for id in item.missing]
    section = names.get(item.section, item.section)
    if lang == "en":
        listed = ", ".join(missing)
        return {
            "form": f"only for: {listed}",
            "section": f"the form has no section {listed}",
            "columns": f"{section} has no column {listed}" if section else f"the form has no column {listed}",
        }[item.why]
    listed = "、".join(missing)
    return {
        "form": f"只用于{listed}",
        "section": f"本表没有“{listed}”区块",
        "columns": f"“{section}”中没有{listed}" if section else f"本表没有{listed}",
    }[item.why]


def _shape(form: Form, wanted: frozenset[str]) -> _Shape:
    return form.index, form.id, tuple((section.id, wanted.intersection(section.columns)) for section in form.sections)


@lru_cache(maxsize=16)
def _vocabulary(rules: tuple[RuleNeeds, ...]) -> frozenset[str]:
    """Every column that any rule asks for: a form may have thousands of others."""
    return frozenset(column.rpartition(".")[2] for needs in rules for column in needs.columns)


@lru_cache(maxsize=4096)
def _plan(rules: tuple[RuleNeeds, ...], engine: Engine, shapes: tuple[_Shape, ...]) -> Plan:
    due: list[Task] = []
    not_due: list[NotDue] = []
    by_form: dict[int, frozenset[str]] = {}
    for part in (
        _plan_document(rules, engine, tuple(sorted({form for _, form, _ in shapes}))),
        *(_plan_form(rules, engine, shape) for shape in shapes),
    ):
        due += part.due
        not_due += part.not_due
    for index, *_ in shapes:
        by_form[index] = frozenset(task.rule for task in due if task.form == index)
    return Plan(tuple(due), tuple(not_due), by_form)


@lru_cache(maxsize=1024)
def _plan_document(rules: tuple[RuleNeeds, ...], engine: Engine, forms: tuple[str, ...]) -> Plan:
    asked = [needs for needs in rules if needs.place == DOCUMENT]
    facts: list[Fact] = [{"kind": "form", "form": form} for form in (DOCUMENT, *forms)]
    fired = {found.production.id for found in engine.run(_document_productions(rules), facts)}
    return Plan(
        tuple(Task(needs.rule, -1) for needs in asked if needs.rule in fired),
        tuple(NotDue(needs.rule, -1, "form", needs.forms) for needs in asked if needs.rule not in fired),
    )


@lru_cache(maxsize=4096)
def _plan_form(rules: tuple[RuleNeeds, ...], engine: Engine, shape: _Shape) -> Plan:
    index, form, blocks = shape
    due: list[Task] = []
    not_due: list[NotDue] = []
    there = {f"{section}.{column}" for section, columns in blocks for column in columns}
    fired = _fire(engine, _form_productions(rules), form, tuple(sorted(set(blocks), key=lambda b: (b[0], sorted(b[1])))))
    for needs in rules:
        if needs.section or needs.place == DOCUMENT:
            continue
        if needs.rule in fired:
            due.append(Task(needs.rule, index))
        elif needs.forms and form not in needs.forms:
            not_due.append(NotDue(needs.rule, index, "form", needs.forms))
        else:
            not_due.append(NotDue(needs.rule, index, "columns", tuple(sorted(needs.columns - there))))
    for at, block in enumerate(blocks):
        section, columns = block
        fired = _fire(engine, _section_productions(rules), form, (block,))
        for needs in rules:
            if needs.section != section or (needs.forms and form not in needs.forms):
                continue
            if needs.rule in fired:
                due.append(Task(needs.rule, index, section, at))
            else:
                not_due.append(NotDue(needs.rule, index, "columns", tuple(sorted(needs.columns - columns)), section, at))
    sections = {section for section, _ in blocks}
    for needs in rules:
        if not needs.section:
            continue
        if needs.forms and form not in needs.forms:
            not_due.append(NotDue(needs.rule, index, "form", needs.forms, needs.section))
        elif needs.section not in sections:
            not_due.append(NotDue(needs.rule, index, "section", (needs.section,), needs.section))
    return Plan(tuple(due), tuple(not_due))


@lru_cache(maxsize=4096)
def _fire(engine: Engine, productions: tuple[Production, ...], form: str, blocks: tuple[_Block, ...]) -> frozenset[str]:
    """Return the ids of the rules that fire in a form with these blocks."""
    facts: list[Fact] = [{"kind": "form", "form": form}]
    facts += [{"kind": "section", "section": section} for section, _ in blocks]
    facts += [
        {"kind": "column", "section": section, "column": column} for section, columns in blocks for column in sorted(columns)
    ]
    return frozenset(found.production.id for found in engine.run(productions, facts))


@lru_cache(maxsize=16)
def _document_productions(rules: tuple[RuleNeeds, ...]) -> tuple[Production, ...]:
    return tuple(production for needs in rules if needs.place == DOCUMENT for production in _for_its_forms(needs, ()))


@lru_cache(maxsize=16)
def _section_productions(rules: tuple[RuleNeeds, ...]) -> tuple[Production, ...]:
    return tuple(production for needs in rules if needs.section for production in _due_with_columns(needs))


@lru_cache(maxsize=16)
def _form_productions(rules: tuple[RuleNeeds, ...]) -> tuple[Production, ...]:
    asked = (needs for needs in rules if not needs.section and needs.place != DOCUMENT)
    return tuple(production for needs in asked for production in _due_with_columns(needs))


def _due_with_columns(needs: RuleNeeds) -> Iterable[Production]:
    """Yield the productions for a rule: its form, its section and each of its columns are there."""
    start = (condition("section", kind="section", section=needs.section),) if needs.section else ()
    columns = [_column(number, name, needs.section) for number, name in enumerate(sorted(needs.columns))]
    steps: list[Condition] = []
    while len(columns) > _TOGETHER:
        number = len(steps)
        fact = (("kind", "columns"), ("rule", needs.rule), ("step", number))
        yield Production(f"{needs.rule} columns", tuple(columns[:_TOGETHER]), (fact,))
        steps.append(condition(f"step{number}", kind="columns", rule=needs.rule, step=number))
        columns = columns[_TOGETHER:]
    yield from _for_its_forms(needs, (*start, *steps, *columns))


def _for_its_forms(needs: RuleNeeds, conditions: tuple[Condition, ...]) -> Iterable[Production]:
    """Yield one production for each form that the rule names, or one for any form."""
    for form in needs.forms:
        yield Production(needs.rule, (condition("form", kind="form", form=form), *conditions))
    if not needs.forms:
        yield Production(needs.rule, (condition("form", kind="form"), *conditions))


def _column(number: int, name: str, section: str) -> Condition:
    named_section, _, column = name.rpartition(".")
    return condition(f"column{number}", kind="column", section=section or named_section, column=column)
