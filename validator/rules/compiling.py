"""One rule on its way from a file to closures: names, places, examples and messages are checked against the forms.

Comes in: a rule that has the right shape, and the forms it may be used on. Goes out: a `CompiledRule`, or a note of every
mistake with file, line and column. Which files there are is the business of `load`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeVar, get_args

from validator.errors import RulesetError
from validator.forms.spec import ColumnType, FormSpec, Parameter, Section
from validator.model.quantity import Quantity
from validator.rules.arithmetic import Dimension
from validator.rules.expression import Expression, Formula, When, compile_expression, compile_formula, compile_when
from validator.rules.problems import Problems
from validator.rules.scopes import CELL_WORDS, DOCUMENT_PLACES, ROW_WORDS, known_names, places_of
from validator.rules.soundness import ROLES
from validator.rules.source import Source, nearest, read
from validator.rules.spec import Kind, Rule
from validator.rules.syntax import ExpressionError, literal, normal_name

_Ready = TypeVar("_Ready", Expression, Formula, When)

MESSAGE_NAMES = frozenset(
    {
        "row",
        "column",
        "form",
        "section",
        "expected",
        "stated",
        "difference",
        "direction",
        "bound",
        "reason",
        "method",
        "operands",
        "at",
        "count",
        "sum",
        "computed",
    }
)
"""What a message may name besides the names of its place."""

EXAMPLE_NAMES = frozenset({"expected", "form", "year", "note", "method", "outcome", "parameters", "row", "grade"})
"""What an example may say besides the names of its place."""

_KINDS = {
    "amount": "money", "percent": "ratio", "points": "points", "number": "number", "target": "any", "actual": "any",
    "label": "text", "group": "text", "name": "text", "text": "text", "comparator": "text", "unit": "text", "any": "any",
}  # fmt: skip


_OF_COLUMNS = frozenset({"type", CELL_WORDS["type"]})
_KINDS_NAMED = "|".join((*_OF_COLUMNS, "role", ROW_WORDS["role"]))
_COMPARED = re.compile(
    rf"""(?<![\w.])(?P<name>{_KINDS_NAMED})\s*[=!]=\s*["'](?P<word>[^"']*)["']"""
    rf"""|["'](?P<first>[^"']*)["']\s*[=!]=\s*(?P<other>{_KINDS_NAMED})(?![\w.])"""
)
_BRACE, _FULL_WIDTH_BRACE = re.compile("[{}｛｝]"), re.compile("[｛｝]")


class Compiled(NamedTuple):
    """The expressions of a rule, ready to be evaluated."""

    when: When | None
    """Where it doesn't hold the rule is not applicable."""
    checks: tuple[tuple[str, Expression], ...]
    """Readings of the rule, each with the name of its method (or empty): one of them must hold."""
    expected: Formula | None = None
    """What should stand there, where the check itself doesn't say it."""


class Uses(NamedTuple):
    """What a rule uses of a form and of the parameters."""

    needs: frozenset[str] = frozenset()
    """Ids of the columns that it can't do without; `funds.executed` when it runs once for the form."""
    also: tuple[tuple[str, frozenset[str]], ...] = ()
    """More places in which it is evaluated, each with the columns that it can't do without there."""
    parameters: frozenset[str] = frozenset()
    """The parameters that it uses, by the names it uses."""


class CompiledRule:
    """A rule that can be evaluated.

    Of the rules of a ruleset that is known to be sound, each is compiled when it is evaluated for the first time: few are.
    """

    __slots__ = (
        "_compiled", "also", "file", "forms", "id", "kind", "needs", "parameters", "place", "places", "related", "spec",
        "stated", "titles",
    )  # fmt: skip

    def __init__(
        self, spec: Rule, file: str, forms: frozenset[str], uses: Uses, compiled: Compiled | Callable[[], Compiled]
    ) -> None:
        """`forms`: ids of the forms it is for, none for every form; `compiled`: its expressions, or what compiles them."""
        self.spec = spec
        self.file = file
        self.forms = forms
        self.needs, self.also, self.parameters = uses
        # What every check asks for: the attributes of a model are found slowly.
        self.id = spec.id
        """As in the file: FUND-002."""
        self.kind: Kind = spec.kind
        self.place = spec.for_each
        """Its `for-each`."""
        self.places = (spec.for_each, *spec.also)
        """Every place in which it is evaluated."""
        self.stated = spec.stated
        self.related = spec.related
        self.titles: Mapping[str, str] = {"zh": spec.title.zh, "en": spec.title.en or spec.title.zh}
        """By language."""
        self._compiled = compiled

    @property
    def compiled(self) -> Compiled:
        """Its expressions. Raises RulesetError where they can't be compiled."""
        compiled = self._compiled
        if not isinstance(compiled, Compiled):
            compiled = self._compiled = compiled()
        return compiled

    @property
    def when(self) -> When | None:
        """Its condition."""
        return self.compiled.when

    @property
    def checks(self) -> tuple[tuple[str, Expression], ...]:
        """What must hold, by method: the methods of most rules are one, without a name."""
        return self.compiled.checks

    @property
    def only(self) -> tuple[str, Expression] | None:
        """The one method of most rules; None where there are several."""
        checks = self.compiled.checks
        return checks[0] if len(checks) == 1 else None

    @property
    def expected(self) -> Formula | None:
        """What should stand there, where the check itself doesn't say it."""
        return self.compiled.expected

    def applies_to(self, form: str) -> bool:
        """Tell whether the rule is for forms with this id."""
        return not self.forms or form in self.forms


class Vocabulary:
    """What can be named where. Rules of one place and the same forms share their names."""

    def __init__(self, forms: Mapping[str, FormSpec], parameters: Mapping[str, Parameter]) -> None:
        self.forms = forms
        self.parameters: dict[str, Dimension] = {}
        self.lists: dict[str, frozenset[str]] = {}
        """The words of each parameter that is a list, in any year."""
        for name, parameter in parameters.items():
            self.parameters[name] = self.parameters[parameter.en] = _parameter_kind(parameter)
            if isinstance(parameter.value, tuple):
                words = frozenset(word for value in (parameter.value, *parameter.by_year.values()) for word in value)
                self.lists[name] = self.lists[parameter.en] = words
        self._names: dict[tuple[str, frozenset[str]], dict[str, Dimension]] = {}
        self._names_of_form: dict[tuple[str, str], dict[str, Dimension]] = {}
        self._known: dict[tuple[str, frozenset[str]], dict[str, Dimension]] = {}
        self._columns: dict[tuple[str, frozenset[str]], dict[str, str]] = {}

    def names(self, place: str, own: frozenset[str]) -> dict[str, Dimension]:
        """Return what a place binds in any of the forms; nothing for an unknown place."""
        if (place, own) not in self._names:
            self._names[place, own] = self._find_names(place, own)
        return self._names[place, own]

    def known(self, place: str, own: frozenset[str]) -> Mapping[str, Dimension]:
        """Return what an expression can name in a place: what it binds, and the parameters."""
        if (place, own) not in self._known:
            self._known[place, own] = {**self.names(place, own), **self.parameters}
        return self._known[place, own]

    def _find_names(self, place: str, own: frozenset[str]) -> dict[str, Dimension]:
        if place.startswith("table."):
            from validator.rules import relations

            return _dimensions(relations.known_names(place) or {})
        if place.startswith("narrative."):
            from validator.rules.narrative import names

            return _dimensions(names.known_names(place) or {})
        found: dict[str, Dimension] = {}
        for form in self._applicable(own):
            bound = self._bound_in(form, place)
            if not found:
                found.update(bound)
                continue
            for name, dimension in bound.items():
                found[name] = _either(found.get(name), dimension)
        # What the form itself binds is the same at every place of it, and long: it is put together once.
        return {**self.names("form", own), **found} if found and place != "form" else found

    def _bound_in(self, form: FormSpec, place: str) -> dict[str, Dimension]:
        """Return what a place binds in one form."""
        if (form.id, place) not in self._names_of_form:
            wanted = place.partition(".")[0]
            specs = {section.id: section for section in form.sections if place == "form" or section.id == wanted}
            self._names_of_form[form.id, place] = _dimensions(known_names(place, specs) or {})
        return self._names_of_form[form.id, place]

    def words(self, name: str, places: Sequence[str], own: frozenset[str]) -> list[str]:
        """Return what the kind of a row, or of a column, can be at any of some places."""
        if name in _OF_COLUMNS:
            return list(get_args(ColumnType))
        wanted = {place.partition(".")[0] for place in places}
        sections = [section for form in self._applicable(own) for section in form.sections if section.id in wanted]
        return list(dict.fromkeys((*ROLES, *(row.role for section in sections for row in section.rows))))

    def places(self, own: frozenset[str]) -> set[str]:
        """Return every place that `for-each` can name."""
        from validator.rules import relations
        from validator.rules.narrative import names

        sections = [section for form in self._applicable(own) for section in form.sections]
        return {"form", *chain.from_iterable(map(places_of, sections)), *relations.NAMES, *names.NAMES, *DOCUMENT_PLACES}

    def columns(self, place: str, own: frozenset[str]) -> dict[str, str]:
        """Return the columns behind names, as ids: of the section that a rule runs in, or with their section."""
        if (place, own) not in self._columns:
            self._columns[place, own] = self._find_columns(place, own)
        return self._columns[place, own]

    def _find_columns(self, place: str, own: frozenset[str]) -> dict[str, str]:
        section_id, _, kind = place.partition(".")
        found: dict[str, str] = {}
        if section_id != "form" and kind not in ("", "row", "group"):
            return found
        for form in self._applicable(own):
            for section in form.sections:
                if section_id == "form":
                    for owner in (section.id, section.title.zh):
                        found.update((f"{owner}.{name}", f"{section.id}.{id}") for name, id in _column_names(section))
                elif section_id == section.id:
                    found.update(_column_names(section))
        return found

    def _applicable(self, own: frozenset[str]) -> list[FormSpec]:
        return [form for form in self.forms.values() if not own or form.id in own]


def compile_rule(
    rule: Rule, source: Source, own: frozenset[str], vocabulary: Vocabulary, problems: Problems
) -> CompiledRule | None:
    """Compile; None, with every mistake noted, when anything is wrong. `own`: ids of the forms it is for, none for all."""
    found = _Compiling(rule, source, own, vocabulary, problems).compiled()
    return CompiledRule(rule, source.file, own, *found) if found is not None else None


def compiled_later(rule: Rule, path: Path, file: str, own: frozenset[str], vocabulary: Vocabulary, uses: Uses) -> CompiledRule:
    """Return a rule that was compiled before, and nothing that it depends on has changed since: it will be again when asked.

    `path`: where its `file` is.
    """

    def compile_now() -> Compiled:
        problems = Problems()
        source = read(path, file, problems)
        found = _Compiling(rule, source, own, vocabulary, problems).compiled() if source is not None else None
        if found is None:
            raise RulesetError(list(problems))
        return found[1]

    return CompiledRule(rule, file, own, uses, compile_now)


def _dimensions(types: Mapping[str, tuple[str, bool]]) -> dict[str, Dimension]:
    return {name: _dimension(*type) for name, type in types.items()}


@lru_cache(maxsize=64)
def _dimension(kind: str, many: bool) -> Dimension:  # noqa: FBT001 (a type is these two)
    """Return what a name of a type stands for; a ruleset has thousands of names, of a few types."""
    return Dimension(_KINDS.get(kind, "any"), many=many)


def _column_names(section: Section) -> Iterator[tuple[str, str]]:
    for id, column in section.columns.items():
        for name in (id, column.name):
            for row in ("", "total.", "合计."):
                yield row + name, id


class _Compiling:
    """One rule on its way from text to closures; every mistake in it is noted."""

    def __init__(self, rule: Rule, source: Source, own: frozenset[str], vocabulary: Vocabulary, problems: Problems) -> None:
        self._rule = rule
        self._source = source
        self._own = own
        self._vocabulary = vocabulary
        self._problems = problems

    def compiled(self) -> tuple[Uses, Compiled] | None:
        """Compile; None when anything is wrong."""
        before = len(self._problems)
        rule = self._rule
        for n, form in enumerate(sorted(self._own)):
            if form not in self._vocabulary.forms:
                place = self._source.place(("forms", n) if rule.forms else ("id",))
                self._problems.at(self._source.file, place, f"没有表“{form}”", nearest(form, self._vocabulary.forms))
        names = self._vocabulary.names(rule.for_each, self._own)
        if not names:
            near = nearest(rule.for_each, self._vocabulary.places(self._own))
            self._problems.at(self._source.file, self._source.place(("for-each",)), f"没有“{rule.for_each}”这个位置", near)
            return None
        for n, also in enumerate(rule.also):
            if not self._vocabulary.names(also, self._own):
                near = nearest(also, self._vocabulary.places(self._own))
                self._problems.at(self._source.file, self._source.place(("also", n)), f"没有“{also}”这个位置", near)
        known = self._vocabulary.known(rule.for_each, self._own)
        when = self._compile(compile_when, rule.when, ("when",), known) if rule.when else None
        checks = [
            (method, self._compile(compile_expression, text, self._check_loc(n, method), known))
            for n, (method, text) in enumerate(rule.check)
        ]
        expected = self._compile(compile_formula, rule.expected, ("expected",), known) if rule.expected else None
        for n, related in enumerate((rule.stated, *rule.related)):
            if related and normal_name(related) not in names:
                place = self._source.place(("related", n - 1) if n else ("stated",))
                self._problems.at(self._source.file, place, f"没有“{related}”这个名称", nearest(related, names))
        self._check_texts(known)
        self._check_words()
        self._check_methods()
        if len(self._problems) > before:
            return None
        self._check_examples(names)
        ready = tuple((method, expression) for method, expression in checks if expression is not None)
        required = frozenset.intersection(*(check.required for _, check in ready)) | (when.required if when else frozenset())
        needs = [(place, self._needs(place, required)) for place in (rule.for_each, *rule.also)]
        uses = Uses(needs[0][1], tuple(needs[1:]), self._parameters(ready, when))
        return uses, Compiled(when, ready, expected)

    def _needs(self, place: str, required: Iterable[str]) -> frozenset[str]:
        """Return the columns behind names that a place must have."""
        columns = self._vocabulary.columns(place, self._own)
        return frozenset(columns[name] for name in required if name in columns)

    def _parameters(self, checks: Iterable[tuple[str, Expression]], when: When | None) -> frozenset[str]:
        """Return the parameters that the rule names anywhere."""
        named = {name for _, check in checks for name in check.names} | (set(when.names) if when else set())
        texts = f"{self._rule.message.zh} {self._rule.message.en} {self._rule.expected}"
        return frozenset(p for p in self._vocabulary.parameters if p in named or p in texts or p == self._rule.methods)

    def _check_loc(self, n: int, method: str) -> tuple[str | int, ...]:
        written = self._source.data.get("check")
        return ("check", method) if isinstance(written, dict) else ("check", n) if isinstance(written, list) else ("check",)

    def _compile(
        self,
        compiler: Callable[[str, Mapping[str, Dimension]], _Ready],
        text: str,
        loc: tuple[str | int, ...],
        known: Mapping[str, Dimension],
    ) -> _Ready | None:
        try:
            return compiler(text, known)
        except ExpressionError as error:
            self._note(error, loc)
            return None

    def _note(self, error: ExpressionError, loc: tuple[str | int, ...]) -> None:
        for offset, what, remedy in error.mistakes:
            self._problems.at(self._source.file, self._source.inside(loc, offset), what, remedy)

    def _check_words(self) -> None:
        """Check the words that kinds of rows and columns are compared with."""
        texts = [(("when",), self._rule.when), *((self._check_loc(n, m), text) for n, (m, text) in enumerate(self._rule.check))]
        for loc, text in texts:
            for found in _COMPARED.finditer(text):
                name, word = found["name"] or found["other"], found["word"] or found["first"]
                known = self._vocabulary.words(name, (self._rule.for_each, *self._rule.also), self._own)
                if known and word not in known:
                    place = self._source.inside(loc, found.start("word" if found["name"] else "first"))
                    remedy = nearest(word, known) or f"可用 {'、'.join(known)}"
                    self._problems.at(self._source.file, place, f"{name}没有“{word}”这一种", remedy)

    def _check_methods(self) -> None:
        wanted, methods = self._rule.methods, [method for method, _ in self._rule.check]
        if not wanted:
            return
        place = self._source.place(("methods",))
        listed = self._vocabulary.lists.get(wanted)
        if not listed:
            self._problems.at(self._source.file, place, f"没有一列词的参数“{wanted}”", nearest(wanted, self._vocabulary.lists))
            return
        for method in listed:
            if method not in methods:
                self._problems.at(
                    self._source.file, place, f"参数“{wanted}”里的“{method}”不是 check 里的读法", nearest(method, methods)
                )

    def _check_texts(self, known: Mapping[str, Dimension]) -> None:
        for key, text in (("message", self._rule.message), ("help", self._rule.help), ("title", self._rule.title)):
            for language, written in (("zh", text.zh), ("en", text.en)):
                self._check_placeholders(written, (key, language), known)

    def _check_placeholders(self, text: str, loc: tuple[str | int, ...], known: Mapping[str, Dimension]) -> None:
        if not _BRACE.search(text):
            return
        try:
            fields = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        except ValueError:
            self._problems.at(self._source.file, self._source.place(loc), "花括号不配对", "写成 {名称}；要写花括号本身就写两个")
            return
        full_width = _FULL_WIDTH_BRACE.search(text)
        if full_width:
            place = self._source.inside(loc, full_width.start())
            self._problems.at(self._source.file, place, "花括号是全角的，会照样印出来", "用半角的 { }")
        for name in fields:
            if normal_name(name) not in known and name not in MESSAGE_NAMES:
                place = self._source.inside(loc, max(text.find("{" + name), 0))
                remedy = nearest(name, (*known, *MESSAGE_NAMES))
                self._problems.at(self._source.file, place, f"花括号里的“{name}”不是已知名称", remedy)

    def _check_examples(self, names: Mapping[str, Dimension]) -> None:
        parameters = self._vocabulary.parameters
        for key, examples in (("pass", self._rule.examples.passing), ("fail", self._rule.examples.failing)):
            for n, example in enumerate(examples):
                for name in example:
                    if normal_name(name) not in names and name not in EXAMPLE_NAMES and name not in parameters:
                        place = self._source.place(("examples", key, n, name), key=True)
                        self._problems.at(self._source.file, place, f"没有“{name}”这个名称", nearest(name, names))
                if example.keys() <= EXAMPLE_NAMES:
                    place = self._source.place(("examples", key, n))
                    self._problems.at(self._source.file, place, "例子里没有值", "写上 check 用到的名称和它的值")


def _either(one: Dimension | None, other: Dimension) -> Dimension:
    """Return what is known of a name that stands for different columns in different forms."""
    if one is None or one == other:
        return other
    return Dimension("any", many=one.many and other.many)


def parameter_value(written: str | tuple[str, ...]) -> Quantity | tuple[str, ...]:
    """Return a threshold as a figure, a list of words as it is."""
    if isinstance(written, tuple):
        return written
    found = literal(written)
    if found is None:
        raise RulesetError([f"参数“{written}”不是数（写成 90%、10分、30 之类）"])
    return found


def _parameter_kind(parameter: Parameter) -> Dimension:
    value = parameter_value(parameter.value)
    if not isinstance(value, Quantity):
        return Dimension("text", many=True)
    dimension = value.unit.dimension
    return Dimension(dimension if dimension in ("money", "ratio", "points") else "number")
