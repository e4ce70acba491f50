"""Rule files and form files become a `Ruleset`: checked, resolved and compiled once.

Comes in: a folder laid out like `rulesets/`. Goes out: forms with their sections, rules with compiled expressions, parameters.
Every mistake of every file is reported at once, with file, line and column. No document is looked at here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from validator.errors import RulesetError
from validator.forms.spec import Column, Form, FormSpec, Parameter, Recognition, Row, Section, Text, Use
from validator.keeping import contents, kept_objects, shipped_directory
from validator.model.quantity import Quantity
from validator.rules.compiling import CompiledRule, Uses, Vocabulary, compile_rule, compiled_later, parameter_value
from validator.rules.folder import FORMS, LEXICON, PARAMETERS, RULES, SECTIONS, check_files
from validator.rules.problems import Problems
from validator.rules.soundness import ROLES, check_own, check_titles, check_used, check_written
from validator.rules.source import Loc, Source, nearest, note_invalid, read
from validator.rules.spec import Examples, Rule
from validator.rules.syntax import literal

if TYPE_CHECKING:
    from validator.facts.claims import Wording
    from validator.facts.lexicon import Lexicon
    from validator.facts.words import Words
    from validator.rules.terms import Terms

__all__ = ["CompiledRule", "Ruleset", "load_ruleset"]

_Model = TypeVar("_Model", bound=BaseModel)
_Labelled = TypeVar("_Labelled", Column, Row)
_PARAMETERS = TypeAdapter(dict[str, Parameter], config=ConfigDict(defer_build=True))
_KEYS = sorted(
    {
        f.alias or n
        for m in (Column, Examples, Form, Parameter, Recognition, Row, Rule, Section, Text, Use)
        for n, f in m.model_fields.items()
    }
)


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Everything that data files say."""

    forms: dict[str, FormSpec]
    rules: tuple[CompiledRule, ...]
    """Sorted by id."""
    parameters: dict[str, Parameter]
    directories: tuple[Path, ...]
    """Where it was read from: the shipped one first, then additions."""
    warnings: tuple[str, ...] = field(default=(), compare=False)
    """What is allowed in its files and seldom meant: `file:line:column: what it means (what to do)`."""
    _terms: Terms | None = field(default=None, repr=False, compare=False)
    """Where additions were put to it; None: that of the folder."""
    _values: dict[tuple[str, int | None], Mapping[str, Quantity | tuple[str, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def directory(self) -> Path:
        """The folder with the files that everything else adds to."""
        return self.directories[0]

    @property
    def diagnoses(self) -> tuple[Path, ...]:
        """Folders of diagnoses, those that are replaced by others first; `inference` reads them."""
        return tuple(directory / "diagnoses" for directory in self.directories)

    @property
    def terms(self) -> Terms:
        """Units, signs and words."""
        from validator.rules.terms import load_terms

        return self._terms or load_terms(self.directory)

    @property
    def lexicon(self) -> Lexicon:
        """Units, signs and marks."""
        return self.terms.lexicon

    @property
    def words(self) -> Words:
        """The words by which unknown tables show what belongs together."""
        return self.terms.words

    @property
    def wording(self) -> Wording:
        """The words of prose."""
        return self.terms.wording

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
                found[name] = found[parameter.en] = parameter_value(
                    _written(parameter, own.get(name, own.get(parameter.en)), year)
                )
            self._values[key] = found
        return self._values[key]


def load_ruleset(directory: Path | None = None, *, extends: bool = False) -> Ruleset:
    """Load a folder of rules and forms; None means the shipped one.

    With `extends` the folder holds additions only: its forms, rules, parameters and diagnoses are added to the shipped ones,
    and replace those of the same id; its units and words are put to the shipped ones. Raises RulesetError with every mistake
    that was found.
    """
    if directory is None:
        return _shipped()
    if extends:
        return _load(directory, _shipped())
    return _load(directory, None)


class _Known(NamedTuple):
    """What is kept of a sound ruleset: everything but the expressions, which are compiled when they are asked for."""

    forms: dict[str, FormSpec]
    parameters: dict[str, Parameter]
    rules: tuple[tuple[Rule, str, frozenset[str], Uses], ...]
    """Each with its file and the ids of the forms that it is for."""


@lru_cache(maxsize=1)
def _shipped() -> Ruleset:
    directory = shipped_directory()
    read_now: list[Ruleset] = []

    def make(_: bytes) -> _Known:
        made = _load(directory, None)
        read_now.append(made)
        rules = [(rule.spec, rule.file, rule.forms, Uses(rule.needs, rule.also, rule.parameters)) for rule in made.rules]
        return _Known(made.forms, made.parameters, tuple(rules))

    known = kept_objects(directory / "ruleset", contents(directory), make)
    if read_now:
        return read_now[0]
    vocabulary = Vocabulary(known.forms, known.parameters)
    rules = [compiled_later(rule, directory / file, file, own, vocabulary, uses) for rule, file, own, uses in known.rules]
    return Ruleset(known.forms, tuple(rules), known.parameters, (directory,))


def _load(directory: Path, base: Ruleset | None) -> Ruleset:
    problems = Problems()
    if not directory.is_dir():
        raise RulesetError([f"{directory}:1:1: 没有这个文件夹（请核对 --ruleset 的路径）"])
    if directory != shipped_directory():
        check_files(directory, problems)
    terms = _terms(directory, base, problems) if base else None
    reading = _Reading(directory, base, problems, terms or (base.terms if base else None))
    sections = reading.sections()
    parameters = reading.parameters()
    forms = reading.forms(sections, parameters)
    rules = reading.rules(forms, parameters)
    if problems:
        raise RulesetError(list(problems))
    directories = (*base.directories, directory) if base else (directory,)
    return Ruleset(
        forms, tuple(sorted(rules, key=lambda rule: rule.id)), parameters, directories, tuple(problems.warnings), terms
    )


def _terms(directory: Path, base: Ruleset, problems: Problems) -> Terms | None:
    from validator.rules.terms import adds_to_it, extended

    return extended(base.terms, directory, problems) if adds_to_it(directory) else None


_Written: TypeAlias = tuple[Rule, Source, frozenset[str]]
"""A rule, its file, and ids of the forms it is for, none for all."""


class _Reading:
    """One pass over one folder."""

    def __init__(self, directory: Path, base: Ruleset | None, problems: Problems, terms: Terms | None = None) -> None:
        self._directory = directory
        self._base = base
        self._problems = problems
        self._terms = terms

    @cached_property
    def _lexicon(self) -> Lexicon:
        """The units that columns may name; only asked for where one does."""
        from validator.facts.lexicon import load_lexicon

        return self._terms.lexicon if self._terms is not None else load_lexicon(self._directory / LEXICON)

    @cached_property
    def _shipped_sections(self) -> Mapping[str, Section]:
        return _shared_sections(self._base.directory) if self._base is not None else {}

    def sections(self) -> dict[str, Section]:
        """Read the sections that forms share."""
        found: dict[str, Section] = {}
        found.update(self._shipped_sections)
        for source in self._sources(SECTIONS):
            section = self._validate(Section, source)
            if section is not None:
                check_written(section.columns, section.rows, source, (), lambda: self._lexicon, self._problems)
                check_own(section, source, (), self._problems)
                check_used(section, section.rows, source, (), self._problems)
                found[section.id] = section
        return found

    def parameters(self) -> dict[str, Parameter]:
        """Read the thresholds."""
        found: dict[str, Parameter] = dict(self._base.parameters) if self._base else {}
        for source in self._sources(PARAMETERS):
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
        for source in self._sources(FORMS):
            form = self._validate(Form, source)
            if form is None:
                continue
            folder = source.file.split("/")[0]
            if form.id != folder:
                what = f"表的 id“{form.id}”与文件夹名“{folder}”不同"
                self._problems.at(source.file, source.place(("id",)), what, f"写成 id: {folder}，或把文件夹改名")
            elif form.id in found:
                what = f"表 {form.id} 替换了自带的同号表样"
                self._problems.warn(source.file, source.place(("id",)), what, "不想替换就换一个 id，文件夹同名")
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
        shipped = dict(found)
        taken: dict[str, str] = {}
        understood = not self._problems
        vocabulary = Vocabulary(forms, parameters if understood else {})
        homeless: set[str] = set()
        written: list[_Written] = []
        for source in self._sources(RULES):
            rule = self._validate(Rule, source)
            if rule is None:
                continue
            self._check_identity(rule, source, taken, shipped)
            folder = source.file.split("/")[0]
            own = rule.forms or (() if folder == "common" else (folder,))
            if not understood or folder in homeless:  # names can't be judged while the forms that they come from are not known
                continue
            if own == (folder,) and folder not in forms:
                homeless.add(folder)
                remedy = nearest(folder, forms) or "写一个 form.yaml，或把规则移到它的表的文件夹里"
                self._problems.at(f"{folder}/rules", (1, 1), f"没有表“{folder}”：这里有规则，却没有 {folder}/form.yaml", remedy)
                continue
            written.append((rule, source, frozenset(own)))
        found.update((rule.id, rule) for rule in self._compiled(written, vocabulary))
        self._check_roles(forms, found.values())
        return list(found.values())

    def _compiled(self, written: Sequence[_Written], vocabulary: Vocabulary) -> Iterator[CompiledRule]:
        for rule, source, own in written:
            compiled = compile_rule(rule, source, own, vocabulary, self._problems)
            if compiled is not None:
                yield compiled

    def _check_identity(self, rule: Rule, source: Source, taken: dict[str, str], shipped: Mapping[str, CompiledRule]) -> None:
        """Note an id or a name that another rule has; only one in the same folder replaces a shipped rule, and that is told."""
        for key, value in (("id", rule.id), ("name", rule.name)):
            if value in taken:
                self._problems.at(source.file, source.place((key,)), f"“{value}”已在 {taken[value]} 用过", "换一个")
            taken[value] = source.file
        folder = source.file.split("/")[0]
        replaced = shipped.get(rule.id)
        if replaced is not None and replaced.file.split("/")[0] == folder:
            remedy = f"“{replaced.spec.title.zh}”不再核对；不想替换就换一个号"
            self._problems.warn(source.file, source.place(("id",)), f"{rule.id} 替换了自带的同号规则", remedy)
        elif replaced is not None:
            home = replaced.file.rpartition("/")[0]
            what = f"{rule.id} 是自带规则“{replaced.spec.title.zh}”的号，写在这里各种表都不再核对它"
            self._problems.at(source.file, source.place(("id",)), what, f"换一个号；真要替换它，放到 {home}/ 里")
        namesake = next((other for other in shipped.values() if other.spec.name == rule.name and other.id != rule.id), None)
        if namesake is not None:
            what = f"“{rule.name}”是自带规则 {namesake.id} 的名称"
            self._problems.at(source.file, source.place(("name",)), what, "换一个")

    def _check_roles(self, forms: Mapping[str, FormSpec], rules: Iterable[CompiledRule]) -> None:
        """Tell of a role of the author's own that no rule asks for."""
        asked = "\n".join(text for rule in rules for text in (rule.spec.when, *(check for _, check in rule.spec.check)))
        known = self._base.forms if self._base is not None else forms
        for form in forms.values():
            if form is known.get(form.id):
                continue
            for section in form.sections:
                for role in dict.fromkeys(row.role for row in section.rows):
                    if role not in ROLES and f'"{role}"' not in asked and f"'{role}'" not in asked:
                        what = f"区块“{section.id}”的行类“{role}”没有规则用到"
                        remedy = f'合计、小计之类写 {"、".join(ROLES)}；自己起的，规则里写 行类 == "{role}"'
                        self._problems.warn(f"{form.id}/form.yaml", (1, 1), what, remedy)

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
            at = ("sections", n)
            check_written(section.columns, section.rows, source, at, lambda: self._lexicon, self._problems)
            if isinstance(section, Section):
                check_own(section, source, at, self._problems)
                resolved.append(section)
                if section.id in self._shipped_sections:
                    self._warn_of_namesake(section, source, (*at, "id"))
            elif section.use in sections:
                resolved.append(_with_changes(sections[section.use], section))
            else:
                place = source.place((*at, "use"))
                self._problems.at(source.file, place, f"没有区块“{section.use}”", nearest(section.use, sections))
                continue
            check_used(resolved[-1], section.rows, source, at, self._problems)
        check_titles(resolved, source, self._problems)
        self._check_recognition(form, resolved, source)
        return tuple(resolved)

    def _warn_of_namesake(self, section: Section, source: Source, loc: Loc) -> None:
        """Tell what it means that an own section has the id of a shipped one."""
        rules = [rule.id for rule in self._base.rules if rule.place.partition(".")[0] == section.id] if self._base else []
        listed = f"（{'、'.join(rules[:3])} 等 {len(rules)} 条）" if rules else ""
        besides = "表里再有像那个区块的栏目时还可能认不出这种表"
        what = f"区块 id“{section.id}”是自带区块的：自带的规则{listed}也会核对这个区块，{besides}"
        remedy = f"不要它们就换一个 id；就是那个区块，写 use: {section.id}"
        self._problems.warn(source.file, source.place(loc), what, remedy)

    def _check_recognition(self, form: Form, sections: Iterable[Section], source: Source) -> None:
        known = {name for s in sections for name in (s.id, *(f"{s.id}.{column}" for column in s.columns))}
        for n, name in enumerate(form.recognise.requires):
            if name not in known:
                place = source.place(("recognise", "requires", n))
                self._problems.at(source.file, place, f"表里没有区块“{name}”", nearest(name, known))


def _shared_sections(directory: Path) -> dict[str, Section]:
    """Read the sections of a ruleset that is known to be sound."""
    return _Reading(directory, None, Problems()).sections()


def _with_changes(section: Section, use: Use) -> Section:
    """Return the section with the columns and rows of the `use` put in; what has the same id keeps its labels and gets more."""
    if not use.columns and not use.rows:
        return section
    columns = dict(section.columns)
    for id, column in use.columns.items():
        shared = columns.get(id)
        columns[id] = _with_labels(column, (shared.name, *shared.labels) if shared else ())
    labels = {row.id: row.labels for row in section.rows}
    changed = {row.id: _with_labels(row, labels.get(row.id, ())) for row in use.rows}
    kept = tuple(changed.pop(row.id, row) for row in section.rows)
    return section.model_copy(update={"columns": columns, "rows": (*kept, *changed.values())})


def _with_labels(changed: _Labelled, more: tuple[str, ...]) -> _Labelled:
    return changed.model_copy(update={"labels": tuple(dict.fromkeys((*changed.labels, *more)))})


def _written(parameter: Parameter, own: Any, year: int | None) -> str | tuple[str, ...]:
    if own is not None:
        return str(own)
    since = [start for start in parameter.by_year if year is not None and start <= year]
    return parameter.by_year[max(since)] if since else parameter.value
