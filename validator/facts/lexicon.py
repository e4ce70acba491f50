"""How figures are spelled: units, scale words, comparison words, blank marks, read from `rulesets/common/lexicon.yaml`.

In comes the path of the file, out goes a `Lexicon`: look-up tables and compiled patterns, made once. It knows spellings
only; what a whole text says is the business of `facts.numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError, model_validator

from validator.errors import RulesetError
from validator.forms.spec import Data
from validator.keeping import kept_objects
from validator.model.quantity import Unit

if TYPE_CHECKING:
    import yaml

Comparator = Literal[">=", "<=", ">", "<", "="]

_Model = TypeVar("_Model", bound=BaseModel)
_FOLDS: dict[int, str | None] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLDS.update({ord(dash): "-" for dash in "−–‐‑‒﹣"})
_FOLDS.update({ord("﹪"): "%", ord("％"): "%", ord("―"): "—", ord("─"): "—", ord("﹥"): ">", ord("﹤"): "<"})
_FOLDS.update(dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u2060"), None))
_LONGEST_UNIT = 24
_MOST_UNITS = 10000
_BLANK = re.compile(r"\s")
_BLANKS = re.compile(r"(?<![\d.,])\s+|\s+(?![\d.,])")


class UnitGroup(Data):
    """Units of one dimension and what each is worth in the base unit."""

    dimension: str
    base: str
    factors: dict[str, Decimal] = Field(min_length=1)
    exact: tuple[str, ...] = ()
    """Units in which a figure without decimals is the amount itself."""
    scalable: bool = True
    """Whether a scale word may stand before them: 万元, but not 万%."""


class Currency(Data):
    """Marks before an amount, and the unit they stand for."""

    marks: tuple[str, ...]
    unit: str


class Blank(Data):
    """What stands for nothing: `marks` everywhere, `words` except in columns of prose."""

    marks: tuple[str, ...]
    words: tuple[str, ...]


class Comparators(Data):
    """Spellings of the comparison signs, by the sign they mean."""

    signs: dict[Comparator, tuple[str, ...]]
    before: dict[Comparator, tuple[str, ...]]
    after: dict[Comparator, tuple[str, ...]]
    exclusive: tuple[str, ...]
    references: tuple[str, ...]
    """What a target may be compared with instead of a figure: 上年, 预算."""


class Approximation(Data):
    """Words that make a figure an estimate, by where they stand."""

    before: tuple[str, ...]
    middle: tuple[str, ...]
    after: tuple[str, ...]
    digits: tuple[str, ...]


class Numerals(Data):
    """Chinese numerals."""

    digits: dict[str, int]
    tens: dict[str, int]
    dashlike: tuple[str, ...]
    """Numerals that, alone in a cell, are more likely a dash."""


class Dates(Data):
    """Words around a date, and words that are a date by themselves."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    words: tuple[str, ...]


class Captions(Data):
    """How a table says in which unit its figures are."""

    unit: tuple[str, ...]
    joined: tuple[str, ...]
    """What stands between several units, none of which is that of the whole table."""


class LexiconFile(Data):
    """`lexicon.yaml`."""

    units: tuple[UnitGroup, ...]
    counts: dict[str, tuple[str, ...]]
    scales: dict[str, Decimal]
    currency: Currency
    per: dict[str, str]
    whole_words: dict[str, str]
    blank: Blank
    comparators: Comparators
    approximation: Approximation
    ranges: tuple[str, ...]
    ratio_signs: tuple[str, ...]
    rate_signs: tuple[str, ...]
    captions: Captions
    numbered: tuple[str, ...]
    numerals: Numerals
    dates: Dates
    changing_notes: tuple[str, ...]
    including_notes: tuple[str, ...]
    """What a note in brackets says when it changes the figure before it: 每亩, 下降."""
    no_reason: tuple[str, ...]
    reason: tuple[str, ...]
    look_alikes: dict[str, int]
    """Letters that are typed or scanned for a digit."""
    error_values: tuple[str, ...] = ()
    """What a spreadsheet shows where it can't compute: #REF!"""
    fillers: tuple[str, ...] = ()
    """Words before a figure that say nothing of it: 实际完成"""

    @model_validator(mode="after")
    def _names_units_that_exist(self) -> LexiconFile:
        known = {name for group in self.units for name in group.factors}
        missing = {"%", self.currency.unit, *self.per.values()} - known
        if missing:
            raise ValueError(f"units 中缺少：{'、'.join(sorted(missing))}")
        return self


class Lexicon:
    """The tables and patterns made from a lexicon file. Compared by identity, so that it can be part of a cache key."""

    def __init__(self, data: LexiconFile) -> None:
        """Build every table; the data has been checked already."""
        self.data = data
        self._nouns: dict[str, Unit] = {}
        self._scalable: set[str] = set()
        self._bases: dict[str, str] = {}
        self._add_units(data)
        self._scales = dict(data.scales)
        self._units: dict[str, Unit | None] = {}
        self.large: Mapping[str, int] = {
            word: int(factor) for word, factor in data.scales.items() if len(word) == 1 and factor >= 10000
        }
        self.signs = _inverted(data.comparators.signs)
        self.comparators = _inverted(data.comparators.before) | self.signs
        self.limits = _inverted(data.comparators.after)
        self.exclusive = frozenset(data.comparators.exclusive)
        self.blank_marks = frozenset(fold(mark) for mark in data.blank.marks)
        self.blank_words = frozenset(data.blank.words)
        self.whole_words: Mapping[str, str] = data.whole_words
        self.error_values = frozenset(fold(value).upper() for value in data.error_values)
        self.filler = _any(data.fillers) if data.fillers else "(?!)"
        self.percent = self._nouns["%"]
        self.money = self._nouns[data.currency.unit]
        self.figure = re.compile(self._figure())
        each = [word for word in data.rate_signs if word.isalpha()]
        self._each = re.compile(_any(each) if each else "(?!)")
        self.share = re.compile(
            rf"(?P<sign>{_any(self.comparators)})?(?P<things>(?:{self._each.pattern}{_any(self._nouns)})+)(?P<figure>.*\d.*)"
        )
        self.range_sign = re.compile(_any(fold(sign) for sign in data.ranges))
        self.ratio = re.compile(rf"(\d++(?:\.\d++)?)(?:{_any(fold(sign) for sign in data.ratio_signs)})1")
        self.sign = re.compile(_any(self.signs))
        self.look_alikes = str.maketrans({letter: str(digit) for letter, digit in data.look_alikes.items()})
        letters = _any(data.look_alikes) if data.look_alikes else "(?!)"
        self.letter_in_figure = re.compile(rf"(?<=[\d.,]){letters}+(?=[\d.,%])|(?<=[.,]){letters}+$")
        self.letter_beside_figure = re.compile(rf"^{letters}+(?=[\d.,])|(?<=[\d.,]){letters}+(?=[\d.,%]|$)")
        self.reference = re.compile(_any(data.comparators.references))
        self.changing = re.compile(_any(data.changing_notes))
        self.including = re.compile(_any(data.including_notes))
        self.date = re.compile(_date(data.dates))
        self.numbered = re.compile(rf"{_any(data.numbered)}?\(?(\d{{1,2}})[.、:)](?!\d)")
        # Told of a text as it is written, before its characters are put in one spelling: those of most names aren't.
        self.may_be_numbered = re.compile(rf"{_any(data.numbered)}|[^\u4e00-\u9fff]")
        named = _any(data.captions.unit)
        self.caption = re.compile(rf"{named}\s*[:：]\s*([^\s,，。；;*<]{{1,20}})")
        self.unit_line = re.compile(rf"{named}[\s:：(（]\s*([^\s()（）\[\]【】,，;；。、|*<]+)")
        self.several_units = re.compile(rf"{_any(data.captions.joined)}|/(?!\w{{1,3}}$)")
        self._unit_named = re.compile(rf"{named}[:：]?")
        self.month = re.compile(r"\d\d?月")
        self._no_reason = frozenset(data.no_reason)
        self._reason = re.compile("|".join(".{0,40}".join(map(re.escape, word.split("*"))) for word in data.reason))

    @property
    def unit_names(self) -> frozenset[str]:
        """The units that have a name of their own, and those of money in 万 and 亿."""
        return frozenset((*self._nouns, *(scale + self.money.name for scale in self._scales)))

    def unit(self, name: str) -> Unit | None:
        """Return the unit of this name (`万元`, `％`, `元/亩`), None when it isn't known."""
        return self.folded_unit(fold(name)) if len(name) <= _LONGEST_UNIT else None

    def unit_in_brackets(self, text: str) -> Unit | None:
        """Return the unit that a bracket names, with or without a word for unit before it: `万元`, `单位：万元`."""
        named = self._unit_named.match(text)
        return self.unit(text[named.end() :] if named else text)

    def folded_unit(self, name: str) -> Unit | None:
        """Return the unit of a name that went through `fold`."""
        if name in self._units:
            return self._units[name]
        unit = self._find_unit(name)
        if len(self._units) < _MOST_UNITS:
            self._units[name] = unit
        return unit

    def with_share_behind(self, folded: str) -> str:
        """Return 500元/人 for 每人500元, an amount of money for each of something; any other text as it is."""
        found = self.share.fullmatch(folded)
        figure = self.figure.fullmatch(found["figure"]) if found else None
        if found is None or figure is None or figure["rate"]:
            return folded
        noun = figure["noun"] or figure["scaled_noun"]
        unit = self.folded_unit((figure["scale"] or "") + noun) if noun else None
        if unit is None or unit.dimension != self.money.dimension:
            return folded
        end = max(figure.end("noun"), figure.end("scaled_noun"))
        things = "/".join(filter(None, self._each.split(found["things"])))
        return f"{found['sign'] or ''}{figure.string[:end]}/{things}{figure.string[end:]}"

    def scaled(self, scale: str, noun: str) -> Unit | None:
        """Return the unit of a noun in units of a scale word: 万 and 人次 make 万人次. None where that makes no sense."""
        return self.folded_unit(scale + noun) if noun else Unit(scale, "", self._scales[scale])

    def scaled_like(self, scale: str, unit: Unit) -> Unit | None:
        """Return a scale word in the kind of unit of a caption: 万 under 千元 is 万元. None where that makes no sense."""
        noun = self._noun(unit.name)
        return self.scaled(scale, noun) if noun else None

    def no_reason(self, text: str) -> bool:
        """Tell whether a cell of reasons says that there is none, or nothing at all."""
        plain = fold(text).strip(" 。.;；")
        return not plain or plain in self._no_reason or plain in self.blank_marks or not plain.strip("-—/\\_")

    def gives_reason(self, text: str) -> bool:
        """Tell whether a text uses a word with which reasons are given."""
        return self._reason.search(text) is not None

    def _add_units(self, data: LexiconFile) -> None:
        for group in data.units:
            for name, factor in group.factors.items():
                self._nouns[fold(name)] = Unit(fold(name), group.dimension, factor, name in group.exact)
                self._bases[fold(name)] = group.base
                if group.scalable:
                    self._scalable.add(fold(name))
        for thing, spellings in data.counts.items():
            for name in (thing, *spellings):
                self._nouns.setdefault(fold(name), Unit(fold(name), f"count:{thing}", Decimal(1), exact=True))
                self._bases.setdefault(fold(name), thing)
                self._scalable.add(fold(name))

    def _find_unit(self, name: str) -> Unit | None:
        if name in self._nouns:
            return self._nouns[name]
        top, *below = re.split(r"[/每、·*×]" if "/" in name else r"[/每、·]", name)
        if below:
            return self._rate(name, top, below)
        for scale in sorted(self._scales, key=len, reverse=True):
            noun = name[len(scale) :]
            if name.startswith(scale) and (noun in self._scalable or not noun):
                whole = self._nouns.get(noun, Unit("", "", Decimal(1)))
                return Unit(name, whole.dimension, whole.factor * self._scales[scale])
        return None

    def _noun(self, name: str) -> str:
        """Return what a unit is a multiple of: 元 for 万元; empty when there is none."""
        if name in self._nouns:
            return name
        return next(
            (name[len(word) :] for word in self._scales if name.startswith(word) and name[len(word) :] in self._nouns), ""
        )

    def _rate(self, name: str, top: str, below: list[str]) -> Unit | None:
        unit = self.unit(top)
        if unit is None or not unit.dimension or not all(part in self._nouns for part in below):
            return None
        base = self._bases.get(self._noun(top), top)
        return Unit(name, f"rate:{base}/{'/'.join(below)}", unit.factor, unit.exact)

    def _figure(self) -> str:
        """Return the pattern of one figure with everything that belongs to it; it matches where it is anchored."""
        data = self.data
        words = data.approximation
        ten = "".join(word for word, factor in data.numerals.tens.items() if factor == 10)
        tens = "".join(data.numerals.tens) + "".join(self.large)
        digits = "".join(data.numerals.digits)
        nouns = _any(self._nouns)
        compared = _any(self.comparators)
        return (
            rf"(?P<sign>{compared})?(?P<about>{_any(words.before)})?(?P<word>{compared})?"
            rf"(?P<currency>{_any(map(fold, data.currency.marks))})?(?P<per>{_any(data.per)})?"
            r"(?:(?P<number>[+-]?(?:(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?P<places>\.\d++)?|(?P<bare_places>\.\d++))(?P<exponent>[Ee][+-]\d{1,2})?)"
            rf"|(?P<several>{_any(words.digits)})(?P<round>[{tens}]++)"
            rf"|(?P<numeral>[{digits}{ten}][{digits}{tens}]*+))"
            rf"(?P<middle>{_any(words.middle)})?"
            rf"(?:(?P<noun>{nouns})|(?P<scale>{_any(self._scales)})(?P<middle2>{_any(words.middle)})?(?P<scaled_noun>{nouns})?)?"
            rf"(?P<rate>(?:(?<=[^\d%])[/每]{nouns}(?:[/每、·*×]{nouns})*+))?"
            rf"(?P<around>{_any(words.after)})?(?P<limit>{_any(self.limits)})?"
        )


def read_terms(path: str | Path, model: type[_Model]) -> _Model:
    """Return what a file of units or words says. Raises RulesetError where it is no YAML, ValidationError for another shape."""
    return kept_objects(Path(path), Path(path).read_bytes(), lambda raw: model.model_validate(_parsed(raw, path)))


def _parsed(raw: bytes, path: str | Path) -> Any:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(raw.decode("utf-8"), Loader=loader)  # noqa: S506 (either loader is the safe one)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        raise RulesetError([f"{path}:{place}: 不是合法的 YAML（{getattr(error, 'problem', None) or error}）"]) from error


@lru_cache(maxsize=8)
def _load(path: str, stamp: tuple[int, int]) -> Lexicon:  # noqa: ARG001 (the stamp makes a changed file a different one)
    """Read, check and compile a lexicon file."""
    try:
        data = read_terms(path, LexiconFile)
    except ValidationError as error:
        import yaml

        root = yaml.compose(Path(path).read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        raise RulesetError(
            [f"{path}:{_place(root, e['loc'])}: {_dotted(e['loc'])}：{e['msg']}" for e in error.errors()]
        ) from error
    return Lexicon(data)


def load_lexicon(path: str | Path) -> Lexicon:
    """Read a lexicon file; an unchanged file is read once. Raises RulesetError with every mistake in it."""
    try:
        found = Path(path).stat()
    except OSError as error:
        raise RulesetError([f"{path}:1:1: 文件打不开（{error.strerror}）"]) from error
    return _load(str(path), (found.st_mtime_ns, found.st_size))


def fold(text: str) -> str:
    """Bring full-width characters and kinds of dashes to one spelling and drop blanks, except between digits."""
    if not text.isascii():
        text = text.translate(_FOLDS)
    return _BLANKS.sub("", text.strip()) if _BLANK.search(text) else text


def _any(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest that fits."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


def _inverted(spellings: Mapping[Comparator, tuple[str, ...]]) -> dict[str, str]:
    return {fold(spelling): meaning for meaning, words in spellings.items() for spelling in words}


def _date(words: Dates) -> str:
    year, month, day = r"(?:19|20)\d\d", r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
    one = (
        rf"(?:{year}(?:年度?(?:{month}月(?:份|{day}[日号]?)?)?|-{month}(?:-{day})?|/{month}(?:/{day})?|\.{month}\.{day})"
        rf"|{month}月(?:份|{day}[日号]?)?|{day}日(?=之?前)|(?:{year}年)?第?[1-4一二三四]季度)"
    )
    clock = r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
    after = _any(words.after)
    return (
        rf"(?:{_any(words.before)})?(?:{year}-{year}年?度?|(?:{year}年)?{month}[-~至到]{month}月|{one}(?:{after})?"
        rf"(?:(?:[-~—至到]|—{{2}}){one}(?:{after})?)?|{_any(words.words)}){clock}(?:{after})?(?:{after})?"
    )


def _place(node: yaml.Node | None, loc: tuple[int | str, ...]) -> str:
    """Return line and column of the value that a complaint is about, or of the nearest one above it."""
    for step in loc:
        entries = getattr(node, "value", None)
        children: list[Any] = entries if isinstance(entries, list) else []
        if isinstance(step, int):
            below = children[step : step + 1]
        else:
            below = [child[1] for child in children if isinstance(child, tuple) and child[0].value == step]
        if not below or isinstance(below[0], tuple):
            break
        node = below[0]
    return f"{node.start_mark.line + 1}:{node.start_mark.column + 1}" if node is not None else "1:1"


def _dotted(loc: tuple[int | str, ...]) -> str:
    return ".".join(map(str, loc))
