"""Rule files and form files become a `Ruleset`: checked, resolved and compiled once.

Comes in: a folder laid out like `rulesets/`. Goes out: forms with their sections, rules with compiled expressions, parameters.
Every mistake of every file is reported at once, with file, line and column. No document is looked at here.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from validator.errors import RulesetError
from validator.forms.spec import Column, Form, FormSpec, Parameter, Recognition, Row, Section, Text, Use
from validator.model.quantity import Quantity
from validator.rules.expression import (
    Dimension,
    Expression,
    ExpressionError,
    Formula,
    compile_expression,
    compile_formula,
    literal,
)
from validator.rules.scopes import known_names
from validator.rules.source import Problems, Source, nearest, note_invalid, read, shipped_directory
from validator.rules.spec import Examples, Rule

if TYPE_CHECKING:
    from validator.facts.lexicon import Lexicon

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

_TABLE_PLACES: Mapping[str, Mapping[str, Dimension]] = {
    place: {
        **{name: Dimension("any") for name in ("stated", "computed", "opening", "income", "spending", "now", "before")},
        **{name: Dimension("text") for name in ("label", "column", "formula", "relation")},
        **{name: Dimension("any", many=True) for name in ("parts", "operands", "shares")},
    }
    for place in ("table.total", "table.formula", "table.share", "table.balance", "table.growth")
}

_KINDS = {
    "amount": "money", "percent": "ratio", "points": "points", "number": "number", "target": "any", "actual": "any",
    "label": "text", "group": "text", "name": "text", "text": "text", "comparator": "text", "unit": "text", "any": "any",
}  # fmt: skip

_Model = TypeVar("_Model", bound=BaseModel)
_PARAMETERS = TypeAdapter(dict[str, Parameter])
_KEYS = sorted(
    {
        f.alias or n
        for m in (Column, Examples, Form, Parameter, Recognition, Row, Rule, Section, Text, Use)
        for n, f in m.model_fields.items()
    }
)


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its expressions ready to be evaluated."""

    spec: Rule
    when: Expression | None
    """Where it doesn't hold the rule is not applicable."""
    checks: tuple[tuple[str, Expression], ...]
    """Readings of the rule, each with the name of its method (or empty): one of them must hold."""
    expected: Formula | None
    """What should stand there, where the check itself doesn't say it."""
    forms: frozenset[str]
    """Ids of the forms it is for; empty means every form."""
    file: str

    @property
    def id(self) -> str:
        """As in the file: FUND-002."""
        return self.spec.id

    def applies_to(self, form: str) -> bool:
        """Tell whether the rule is for forms with this id."""
        return not self.forms or form in self.forms


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Everything that data files say."""

    forms: dict[str, FormSpec]
    rules: tuple[CompiledRule, ...]
    """Sorted by id."""
    parameters: dict[str, Parameter]
    directories: tuple[Path, ...]
    """Where it was read from: the shipped one first, then additions."""
    _values: dict[tuple[str, int | None], Mapping[str, Quantity | tuple[str, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def directory(self) -> Path:
        """The folder with the files that everything else adds to."""
        return self.directories[0]

    @property
    def diagnoses_dir(self) -> Path:
        """Where the diagnoses are; `inference` reads them."""
        return self.directory / "diagnoses"

    @property
    def lexicon(self) -> Lexicon:
        """Units, signs and marks."""
        from validator.facts.lexicon import load_lexicon  # noqa: PLC0415 (loading rules must not cost the lexicon's time)

        return load_lexicon(self.directory / "common" / "lexicon.yaml")

    def rule(self, id: str) -> CompiledRule | None:
        """Return the rule with this id or name."""
        return next((rule for rule in self.rules if id in (rule.id, rule.spec.name)), None)

    def values(self, form: str = "", year: int | None = None) -> Mapping[str, Quantity | tuple[str, ...]]:
        """Return the value of every parameter for a form and a year, under its Chinese name and its English id."""
        key = (form, year)
        if key not in self._values:
            own = self.forms[form].parameters if form in self.forms else {}
            found: dict[str, Quantity | tuple[str, ...]] = {}
            for name, parameter in self.parameters.items():
                found[name] = found[parameter.en] = _parameter_value(
                    _written(parameter, own.get(name, own.get(parameter.en)), year)
                )
            self._values[key] = found
        return self._values[key]


def load_ruleset(directory: Path | None = None, *, extends: bool = False) -> Ruleset:
    """Load a folder of rules and forms; None means the shipped one.

    With `extends` the folder holds additions only: its forms, rules and parameters are added to the shipped ones, and replace
    those of the same id. Raises RulesetError with every mistake that was found.
    """
    if directory is None:
        return _shipped()
    if extends:
        return _load(directory, _shipped())
    return _load(directory, None)


@lru_cache(maxsize=1)
def _shipped() -> Ruleset:
    return _load(shipped_directory(), None)


def _load(directory: Path, base: Ruleset | None) -> Ruleset:
    problems = Problems()
    if not directory.is_dir():
        raise RulesetError([f"{directory}:1:1: 没有这个文件夹（请核对 --ruleset 的路径）"])
    reading = _Reading(directory, base, problems)
    sections = reading.sections()
    parameters = reading.parameters()
    forms = reading.forms(sections, parameters)
    rules = reading.rules(forms, parameters)
    if problems:
        raise RulesetError(list(problems))
    directories = (*base.directories, directory) if base else (directory,)
    return Ruleset(forms, tuple(sorted(rules, key=lambda rule: rule.id)), parameters, directories)


class _Reading:
    """One pass over one folder."""

    def __init__(self, directory: Path, base: Ruleset | None, problems: Problems) -> None:
        self._directory = directory
        self._base = base
        self._problems = problems

    def sections(self) -> dict[str, Section]:
        """Read the sections that forms share."""
        found: dict[str, Section] = {}
        if self._base is not None:
            found.update(_shared_sections(self._base.directory))
        for source in self._sources("common/sections/*.yaml"):
            section = self._validate(Section, source)
            if section is not None:
                found[section.id] = section
        return found

    def parameters(self) -> dict[str, Parameter]:
        """Read the thresholds."""
        found: dict[str, Parameter] = dict(self._base.parameters) if self._base else {}
        for source in self._sources("common/parameters.yaml"):
            try:
                read_here = _PARAMETERS.validate_python(source.data)
            except ValidationError as error:
                note_invalid(error, source, _KEYS, self._problems)
                continue
            before = len(self._problems)
            for name, parameter in read_here.items():
                for year, value in ((None, parameter.value), *parameter.by_year.items()):
                    loc: tuple[str | int, ...] = (name, "value") if year is None else (name, "by-year", year)
                    self._check_value(value, source, loc)
            if len(self._problems) == before:
                found.update(read_here)
        return found

    def forms(self, sections: Mapping[str, Section], parameters: Mapping[str, Parameter]) -> dict[str, FormSpec]:
        """Read the forms and put the shared sections in."""
        found: dict[str, FormSpec] = dict(self._base.forms) if self._base else {}
        here: dict[str, str] = {}
        for source in self._sources("*/form.yaml"):
            form = self._validate(Form, source)
            if form is None:
                continue
            if form.id in here:
                self._problems.at(source.file, source.place(("id",)), f"表 {form.id} 已在 {here[form.id]} 定义", "换一个 id")
            here[form.id] = source.file
            names = {*parameters, *(parameter.en for parameter in parameters.values())}
            for name, value in form.parameters.items():
                if name not in names:
                    place = source.place(("parameters", name), key=True)
                    self._problems.at(source.file, place, f"没有参数“{name}”", nearest(name, names))
                self._check_value(str(value), source, ("parameters", name))
            resolved = self._resolve(form, sections, source)
            own = {name: getattr(form, name) for name in Form.model_fields}
            found[form.id] = FormSpec.model_construct(**{**own, "sections": resolved})
        return found

    def rules(self, forms: Mapping[str, FormSpec], parameters: Mapping[str, Parameter]) -> list[CompiledRule]:
        """Read and compile the rules."""
        found = {rule.id: rule for rule in self._base.rules} if self._base else {}
        names: dict[str, str] = {}
        here: dict[str, str] = {}
        for source in self._sources("*/rules/*.yaml"):
            rule = self._validate(Rule, source)
            if rule is None:
                continue
            for key, value, taken in (("id", rule.id, here), ("name", rule.name, names)):
                if value in taken:
                    self._problems.at(source.file, source.place((key,)), f"“{value}”已在 {taken[value]} 用过", "换一个")
                taken[value] = source.file
            folder = source.file.split("/")[0]
            own = rule.forms or (() if folder == "common" else (folder,))
            compiled = _Compiling(rule, source, frozenset(own), forms, parameters, self._problems).compiled()
            if compiled is not None:
                found[rule.id] = compiled
        return list(found.values())

    def _sources(self, pattern: str) -> Iterable[Source]:
        for path in sorted(self._directory.glob(pattern)):
            if path.name.startswith("."):
                continue
            source = read(path, path.relative_to(self._directory).as_posix(), self._problems)
            if source is not None:
                yield source

    def _validate(self, model: type[_Model], source: Source) -> _Model | None:
        try:
            return model.model_validate(source.data)
        except ValidationError as error:
            note_invalid(error, source, _KEYS, self._problems)
            return None

    def _check_value(self, value: str | tuple[str, ...], source: Source, loc: tuple[str | int, ...]) -> None:
        if isinstance(value, str) and literal(value) is None:
            self._problems.at(source.file, source.place(loc), f"“{value}”不是数", "写成 90%、10分、30 之类")

    def _resolve(self, form: Form, sections: Mapping[str, Section], source: Source) -> tuple[Section, ...]:
        resolved: list[Section] = []
        for n, section in enumerate(form.sections):
            if isinstance(section, Section):
                resolved.append(section)
            elif section.use in sections:
                resolved.append(_with_changes(sections[section.use], section))
            else:
                place = source.place(("sections", n, "use"))
                self._problems.at(source.file, place, f"没有区块“{section.use}”", nearest(section.use, sections))
        ids = [section.id for section in resolved]
        for n, id in enumerate(ids):
            if id in ids[:n]:
                self._problems.at(source.file, source.place(("sections", n)), f"区块“{id}”重复", "删去一个，或换一个 id")
        self._check_recognition(form, resolved, source)
        for n, section in enumerate(form.sections):
            if isinstance(section, Section):
                self._check_columns(section, source, ("sections", n))
        return tuple(resolved)

    def _check_recognition(self, form: Form, sections: Iterable[Section], source: Source) -> None:
        known = {name for s in sections for name in (s.id, *(f"{s.id}.{column}" for column in s.columns))}
        for n, name in enumerate(form.recognise.requires):
            if name not in known:
                place = source.place(("recognise", "requires", n))
                self._problems.at(source.file, place, f"表里没有区块“{name}”", nearest(name, known))

    def _check_columns(self, section: Section, source: Source, loc: tuple[str | int, ...]) -> None:
        for g, group in enumerate(section.requires):
            for n, name in enumerate(group):
                if name not in section.columns:
                    place = source.place((*loc, "requires", g, n))
                    self._problems.at(source.file, place, f"区块里没有栏“{name}”", nearest(name, section.columns))


class _Compiling:
    """One rule on its way from text to closures; every mistake in it is noted."""

    def __init__(
        self,
        rule: Rule,
        source: Source,
        own: frozenset[str],
        forms: Mapping[str, FormSpec],
        parameters: Mapping[str, Parameter],
        problems: Problems,
    ) -> None:
        self._rule = rule
        self._source = source
        self._own = own
        self._forms = forms
        self._parameters = parameters
        self._problems = problems

    def compiled(self) -> CompiledRule | None:
        """Compile; None when anything is wrong."""
        before = len(self._problems)
        rule = self._rule
        for n, form in enumerate(sorted(self._own)):
            if form not in self._forms:
                place = self._source.place(("forms", n) if rule.forms else ("id",))
                self._problems.at(self._source.file, place, f"没有表“{form}”", nearest(form, self._forms))
        names = self._names()
        if names is None:
            return None
        known = {**names, **self._parameter_kinds()}
        when = self._compile(rule.when, ("when",), known) if rule.when else None
        checks = [
            (method, self._compile(text, self._check_loc(n, method), known)) for n, (method, text) in enumerate(rule.check)
        ]
        expected = self._formula(rule.expected, known) if rule.expected else None
        for n, related in enumerate((rule.stated, *rule.related)):
            if related and _plain(related) not in names:
                place = self._source.place(("related", n - 1) if n else ("stated",))
                self._problems.at(self._source.file, place, f"没有“{related}”这个名称", nearest(related, names))
        self._check_texts(names)
        if len(self._problems) > before:
            return None
        self._check_examples(names)
        ready = tuple((method, expression) for method, expression in checks if expression is not None)
        return CompiledRule(rule, when, ready, expected, self._own, self._source.file)

    def _check_loc(self, n: int, method: str) -> tuple[str | int, ...]:
        written = self._source.data.get("check")
        return ("check", method) if isinstance(written, dict) else ("check", n) if isinstance(written, list) else ("check",)

    def _names(self) -> dict[str, Dimension] | None:
        place = self._rule.for_each
        if place in _TABLE_PLACES:
            return dict(_TABLE_PLACES[place])
        found: dict[str, Dimension] = {}
        sections: set[str] = set()
        for form in self._forms.values():
            if self._own and form.id not in self._own:
                continue
            specs = {section.id: section for section in form.sections}
            sections.update(specs)
            for name, (kind, many) in (known_names(place, specs) or {}).items():
                found[_plain(name)] = _either(found.get(_plain(name)), Dimension(_KINDS.get(kind, "any"), many=many))
        if found:
            return found
        places = {"form", *_TABLE_PLACES, *sections}
        places |= {f"{section}.{kind}" for section in sections for kind in ("row", "column", "group", "pair", "list")}
        self._problems.at(
            self._source.file, self._source.place(("for-each",)), f"没有“{place}”这个位置", nearest(place, places)
        )
        return None

    def _parameter_kinds(self) -> dict[str, Dimension]:
        found: dict[str, Dimension] = {}
        for name, parameter in self._parameters.items():
            found[name] = found[parameter.en] = _parameter_kind(parameter)
        return found

    def _compile(self, text: str, loc: tuple[str | int, ...], known: Mapping[str, Dimension]) -> Expression | None:
        try:
            return compile_expression(text, known)
        except ExpressionError as error:
            self._note(error, loc)
            return None

    def _formula(self, text: str, known: Mapping[str, Dimension]) -> Formula | None:
        try:
            return compile_formula(text, known)
        except ExpressionError as error:
            self._note(error, ("expected",))
            return None

    def _note(self, error: ExpressionError, loc: tuple[str | int, ...]) -> None:
        for offset, what, remedy in error.mistakes:
            self._problems.at(self._source.file, self._source.inside(loc, offset), what, remedy)

    def _check_texts(self, names: Mapping[str, Dimension]) -> None:
        known = {*names, *self._parameter_kinds(), *MESSAGE_NAMES}
        for key, text in (("message", self._rule.message), ("help", self._rule.help), ("title", self._rule.title)):
            for language, written in (("zh", text.zh), ("en", text.en)):
                self._check_placeholders(written, (key, language), known)

    def _check_placeholders(self, text: str, loc: tuple[str | int, ...], known: Iterable[str]) -> None:
        try:
            fields = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        except ValueError:
            self._problems.at(self._source.file, self._source.place(loc), "花括号不配对", "写成 {名称}；要写花括号本身就写两个")
            return
        for name in fields:
            if _plain(name) not in known:
                place = self._source.inside(loc, max(text.find("{" + name), 0))
                self._problems.at(self._source.file, place, f"花括号里的“{name}”不是已知名称", nearest(name, known))

    def _check_examples(self, names: Mapping[str, Dimension]) -> None:
        parameters = self._parameter_kinds()
        for key, examples in (("pass", self._rule.examples.passing), ("fail", self._rule.examples.failing)):
            for n, example in enumerate(examples):
                for name in example:
                    if _plain(name) not in names and name not in EXAMPLE_NAMES and name not in parameters:
                        place = self._source.place(("examples", key, n, name), key=True)
                        self._problems.at(self._source.file, place, f"没有“{name}”这个名称", nearest(name, names))
                if example.keys() <= EXAMPLE_NAMES:
                    place = self._source.place(("examples", key, n))
                    self._problems.at(self._source.file, place, "例子里没有值", "写上 check 用到的名称和它的值")


def _shared_sections(directory: Path) -> dict[str, Section]:
    """Read the sections of a ruleset that is known to be sound."""
    return _Reading(directory, None, Problems()).sections()


def _with_changes(section: Section, use: Use) -> Section:
    """Return the section with the columns and rows of the `use` put in; what has the same id is replaced."""
    if not use.columns and not use.rows:
        return section
    changed = {row.id: row for row in use.rows}
    kept = tuple(changed.pop(row.id, row) for row in section.rows)
    return section.model_copy(update={"columns": {**section.columns, **use.columns}, "rows": (*kept, *changed.values())})


def _plain(name: str) -> str:
    """Return a name as Python's parser has it."""
    return unicodedata.normalize("NFKC", name)


def _either(one: Dimension | None, other: Dimension) -> Dimension:
    """Return what is known of a name that stands for different columns in different forms."""
    if one is None or one == other:
        return other
    return Dimension("any", many=one.many and other.many)


def _written(parameter: Parameter, own: Any, year: int | None) -> str | tuple[str, ...]:
    if own is not None:
        return str(own)
    since = [start for start in parameter.by_year if year is not None and start <= year]
    return parameter.by_year[max(since)] if since else parameter.value


def _parameter_value(written: str | tuple[str, ...]) -> Quantity | tuple[str, ...]:
    if isinstance(written, tuple):
        return written
    found = literal(written)
    if found is None:
        raise RulesetError([f"参数“{written}”不是数（写成 90%、10分、30 之类）"])
    return found


def _parameter_kind(parameter: Parameter) -> Dimension:
    value = _parameter_value(parameter.value)
    if not isinstance(value, Quantity):
        return Dimension("text", many=True)
    dimension = value.unit.dimension
    return Dimension(dimension if dimension in ("money", "ratio", "points") else "number")
