"""What a diagnosis file may say: `rulesets/diagnoses/*.yaml`, one cause each, with its own examples.

In go the files, out come compiled diagnoses; every mistake of every file is reported at once, with line and column.
The facts that patterns can name are described in `inference.evidence`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError, field_validator, model_validator

from validator.errors import RulesetError
from validator.forms.spec import Data, Text
from validator.inference.evidence import VOCABULARY
from validator.inference.folding import PLACES, Diagnosis
from validator.inference.production import LONGEST, Condition, Join, Production, Value
from validator.keeping import contents, kept_objects
from validator.rules.problems import Problems
from validator.rules.source import nearest, note_invalid, read

_REFERENCE = re.compile(r"^([a-z_]+)\.([a-z]+)$")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MOST_ALTERNATIVES = 64

Alias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]


def _number(value: Any) -> Any:
    """Figures in rule files are texts; here they are the numbers of findings."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6 else value


Literally = Annotated[bool | int | str, BeforeValidator(_number)]


class Joined(Data):
    """A comparison with another pattern's fact: `{same: head.block}`."""

    same: str = ""
    not_same: str = ""


class Example(Data):
    """Facts, and what follows from them: the numbers of the head and of the findings folded into it."""

    facts: tuple[dict[str, Literally], ...]
    folds: tuple[dict[Alias, Literally], ...] = ()


class DiagnosisFile(Data):
    """One diagnosis. `order`: the smaller is tried first, and a finding is folded once."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]+$")]
    title: Text
    why: Text
    order: Annotated[int, Field(ge=0)]
    patterns: dict[Alias, dict[str, Literally | tuple[Literally, ...] | Joined]] = Field(min_length=2, max_length=LONGEST)
    """By alias, tests by key: a value, a list of values any of which will do, or a join with an earlier pattern."""
    head: str
    fold: tuple[str, ...] = ()
    at: str = ""
    expected: str = ""
    severity: Literal["highest", "keep", "error", "warning", "info"] = "highest"
    message: Text | None = None
    """What the head says from now on: `{head.row}`, `{gap}`, `{count}`; without it, it says what it said."""
    help: Text | None = None
    examples: tuple[Example, ...] = Field(min_length=2)
    """At least one that folds something and one that doesn't."""

    @field_validator("title", "why", "message", "help", mode="before")
    @classmethod
    def _plain_text_is_chinese(cls, value: Any) -> Any:
        return {"zh": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _holds_together(self) -> DiagnosisFile:
        for problem in self._problems():
            raise ValueError(problem)
        return self

    def compiled(self) -> Diagnosis:
        """Return what the engine runs; each choice among listed values is a production of its own."""
        options: list[list[Condition]] = []
        for alias, tests in self.patterns.items():
            names = list(tests)
            choices = itertools.product(*(_choices(test) for test in tests.values()))
            options.append([Condition(alias, tuple(zip(names, choice, strict=True))) for choice in choices])
        productions = tuple(Production(self.id, conditions) for conditions in itertools.product(*options))
        return Diagnosis(
            id=self.id,
            title=_pair(self.title),
            message=_pair(self.message),
            help=_pair(self.help),
            productions=productions,
            head=self.head,
            fold=self.fold,
            at=self.at,
            expected=self.expected,
            severity=self.severity,
        )

    def _problems(self) -> Iterator[str]:
        seen: set[str] = set()
        alternatives = 1
        for alias, tests in self.patterns.items():
            keys = VOCABULARY.get(str(tests.get("kind")))
            if keys is None:
                yield f"{alias}：kind 应为 {'、'.join(VOCABULARY)} 之一"
                return
            for key, test in tests.items():
                if key not in (*keys, "kind"):
                    yield f"{alias}：{tests['kind']} 没有“{key}”，{nearest(key, keys) or '可用：' + '、'.join(keys)}"
                if isinstance(test, Joined):
                    yield from self._bad_join(f"{alias}.{key}", test, seen)
                if isinstance(test, tuple):
                    alternatives *= len(test)
            seen.add(alias)
        if not 1 <= alternatives <= _MOST_ALTERNATIVES:
            yield f"列出的值两两组合共 {alternatives} 种，应在 1 至 {_MOST_ALTERNATIVES} 之间"
        if not self.fold and not self.at:
            yield "fold、at 至少写一个：没有要并入的，就应另指一格"
        for alias in (self.head, *self.fold):
            if self._kind(alias) != "finding":
                yield f"head、fold 应是 kind 为 finding 的别名，“{alias}”不是"
        for alias, key in ((self.at, "cell"), (self.expected, "text")):
            if alias and key not in VOCABULARY.get(self._kind(alias), ()):
                yield f"“{alias}”没有 {key}"
        for text in (self.message and self.message.zh, self.message and self.message.en):
            for name in _PLACEHOLDER.findall(text or ""):
                if not self._can_tell(name):
                    yield f"说明文字中的 {{{name}}} 没有来处"
        if {bool(example.folds) for example in self.examples} != {True, False}:
            yield "examples 应至少有一个得出结论的和一个得不出的"

    def _bad_join(self, place: str, test: Joined, seen: set[str]) -> Iterator[str]:
        if bool(test.same) == bool(test.not_same):
            yield f"{place}：same 与 not-same 取其一"
            return
        found = _REFERENCE.match(test.same or test.not_same)
        if found is None or found.group(1) not in seen:
            yield f"{place}：应写成“前面的别名.键”，如 head.block"
        elif found.group(2) not in VOCABULARY[self._kind(found.group(1))]:
            yield f"{place}：{found.group(1)} 没有“{found.group(2)}”"

    def _kind(self, alias: str) -> str:
        return str(self.patterns.get(alias, {}).get("kind", ""))

    def _can_tell(self, name: str) -> bool:
        if name == "count":
            return True
        alias, _, part = name.partition(".")
        keys = VOCABULARY.get(self._kind(alias), ())
        if part in ("message", "expected"):
            return self._kind(alias) == "finding"
        return "text" in keys if not part else part in PLACES and "cell" in keys


def load_diagnoses(*folders: Path) -> tuple[Diagnosis, ...]:
    """Read and compile every diagnosis of some folders, in the order in which they are tried.

    One replaces that of the same id in a folder before. Raises RulesetError with all mistakes in a folder.
    """
    files = {file.id: file for folder in folders for file in read_diagnoses(folder)}
    return tuple(file.compiled() for file in sorted(files.values(), key=_turn))


def _turn(file: DiagnosisFile) -> tuple[int, str]:
    return file.order, file.id


def read_diagnoses(folder: Path) -> tuple[DiagnosisFile, ...]:
    """Read every diagnosis of a folder, in the order in which they are tried; raises RulesetError with all mistakes."""
    return kept_objects(folder / "all", contents(folder), lambda _: _read(folder))


def _read(folder: Path) -> tuple[DiagnosisFile, ...]:
    problems = Problems()
    found: list[DiagnosisFile] = []
    for path in sorted(folder.glob("*.yaml")):
        source = read(path, path.name, problems)
        if source is None:
            continue
        try:
            spec = DiagnosisFile.model_validate(source.data)
        except ValidationError as error:
            note_invalid(error, source, _keys(), problems)
            continue
        if any(spec.id == other.id for other in found):
            problems.at(path.name, source.place(["id"]), f"“{spec.id}”已经有了", "换一个 id")
        found.append(spec)
    if problems:
        raise RulesetError(list(problems))
    return tuple(sorted(found, key=_turn))


def _keys() -> list[str]:
    return [
        field.alias or name for model in (DiagnosisFile, Example, Joined, Text) for name, field in model.model_fields.items()
    ]


def _choices(test: Value | tuple[Value, ...] | Joined) -> Sequence[Value | Join]:
    if isinstance(test, Joined):
        alias, _, key = (test.same or test.not_same).partition(".")
        return [Join("same" if test.same else "not-same", alias, key)]
    return test if isinstance(test, tuple) else [test]


def _pair(text: Text | None) -> tuple[str, str]:
    return (text.zh, text.en) if text else ("", "")
