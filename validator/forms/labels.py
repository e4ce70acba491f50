"""Labels as people type them, brought to one spelling, so that data files can name each of them once.

`其中: 当年财政拨款（万元）` becomes the label 当年财政拨款, the prefix 其中 and the unit 万元.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_CUT_BRACKET = re.compile(r"(?<=.)[(\[【〔]([A-Z](?:[/÷][A-Z])?(?:[*×]100%?)?)?$")
"""What is left of the letters of a formula whose bracket lost its end: 全年预算数(A."""
_OPENING = frozenset("([【〔")
_CLOSING = ")]】〕"
_PREFIX = re.compile(r"^(其中|其 中|含|包括)[::,，]?|^[★☆*▲●■□√þ]+|^(?:[一二三四五六七八九十]+|\d+)[、.．](?=\D)")
_POINTS = re.compile(r"^(\d+(?:\.\d+)?)分?[*×x].*|^(?:共|满分|权重)?(\d+(?:\.\d+)?)(?:分|%)$")
_BARE_POINTS = re.compile(r"[1-9]\d|100")
"""A number of one digit is more likely that of a row."""
_BEHIND_A_TITLE = re.compile(r"[\s\-—–_:：]+")
_ADDED = "0123456789一二三四五六七八九十年度续样"
_CONTINUED = re.compile(r"[(\[【〔]\s*(?:接上|续)[^)\]】〕]{0,3}[)\]】〕]|^续表|续表?\d*$")
NOTE = re.compile(r"(?:注|附注|备注|说明|填[表报写]说明|指标说明)[\d一二三四五六七八九十]{0,2}\s*[:：]")
_SIGNS = " \t\r\n　:：;；,，、。·'\"“”‘’"
_NOISE = str.maketrans("", "", _SIGNS)
_LEADING = _SIGNS + "."
_FULL_STOP = re.compile(r"\.(?!\d)|(?<!\d)\.")
"""A stop between digits is a decimal point: 12.5分."""


class Label(NamedTuple):
    """A label taken apart."""

    text: str
    """Without blanks, punctuation, brackets and prefixes, full width folded: 全年预算数."""
    brackets: tuple[str, ...]
    """What stood in brackets, in order, blanks removed: A, 万元, 50分, B/A."""
    among: bool
    """Whether it began with 其中."""

    @property
    def points(self) -> str:
        """Points given in brackets, as digits: `50` for 产出指标(50分); empty when there are none."""
        for inside in self.brackets:
            found = _POINTS.match(inside)
            if found:
                return found.group(1) or found.group(2)
        return ""

    @property
    def points_of_group(self) -> str:
        """Points of the word of a group, where a bare number tells them too: `50` for 产出指标(50)."""
        bare = next((inside for inside in self.brackets if _BARE_POINTS.fullmatch(inside)), "")
        return self.points or (bare if len(self.brackets) == 1 else "")


@lru_cache(maxsize=65536)
def take_apart(text: str) -> Label:
    """Take a label apart. Never fails: any text has a (perhaps empty) label."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if len(folded) > 200:
        return Label(_plain(folded), (), False)
    brackets: list[str] = []
    among = False
    while True:
        found = _BRACKET.search(folded)
        if not found:
            break
        brackets.append(_plain(found.group(1)))
        folded = folded[: found.start()] + folded[found.end() :]
    label = folded.strip(_LEADING)
    if label[-1:] in _CLOSING and not _OPENING.intersection(label):
        label = label.rstrip(_CLOSING)  # the bracket's other half is lost: 年度资金总额)
    while True:
        prefix = _PREFIX.match(label)
        if not prefix:
            plain = unicodedata.normalize("NFKC", _plain(label))
            if (cut := _CUT_BRACKET.search(plain)) is not None:
                brackets.append(cut.group(1) or "")
                plain = plain[: cut.start()]
            if plain == label:
                return Label(label, tuple(brackets), among)
            label = plain
            continue
        among = among or (prefix.group(1) is not None and prefix.group(1).startswith("其"))
        label = label[prefix.end() :].strip(_LEADING)


def _plain(text: str) -> str:
    """Drop blanks and punctuation."""
    bare = text.translate(_NOISE)
    return _FULL_STOP.sub("", bare) if "." in bare else bare


def normalise(text: str) -> str:
    """Return the label in its one spelling: `全 年预算数（A）` is `全年预算数`."""
    return take_apart(text).text


def heads(text: str) -> Iterator[str]:
    """Yield what may be the title in a line: all of it, and what stands before a blank, a dash, a colon, a year or a number."""
    for end in (len(text), *(found.start() for found in _BEHIND_A_TITLE.finditer(text))):
        if head := text[:end].rstrip(_ADDED):
            yield head


def continues(text: str) -> bool:
    """Tell whether a title says that a table goes on from the page before: 续表, …自评表（续）."""
    return _CONTINUED.search(unicodedata.normalize("NFKC", text).strip()) is not None


def is_note(text: str) -> bool:
    """Tell whether a text is a note under a table, as people begin them: 注：…, 填表说明：…"""
    return NOTE.match(text.lstrip()) is not None


_LONGEST_LABEL = 60
_REMEMBERED = 4096
"""The same labels come in every form of a kind: so many texts a matcher keeps the answer for."""


class Matcher:
    """Finds which of many named label lists a text belongs to."""

    def __init__(self, names: Iterable[tuple[str, Iterable[str]]]) -> None:
        """`names`: pairs of a key and the spellings that stand for it; `*` in a spelling stands for anything."""
        self._known: dict[str, str | None] = {}
        self._exact: dict[str, str] = {}
        self._wild: list[tuple[str, str]] = []
        for key, spellings in names:
            for spelling in spellings:
                if "*" in spelling:
                    parts = [re.escape(normalise(part)) for part in spelling.split("*")]
                    self._wild.append((".*".join(parts), key))
                else:
                    self._exact.setdefault(normalise(spelling), key)

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        """The spellings with `*`, compiled when first needed: most tables are never asked for most lists."""
        return [(re.compile(pattern), key) for pattern, key in self._wild]

    def find(self, text: str) -> str | None:
        """Return the key of the list that has this label, None when no list has it."""
        if text in self._known:
            return self._known[text]
        label = normalise(text)
        if not label:
            return None
        key = self._exact.get(label)
        if key is None and len(label) <= _LONGEST_LABEL:
            key = next((key for pattern, key in self._patterns if pattern.fullmatch(label)), None)
        if len(text) <= _LONGEST_LABEL and len(self._known) < _REMEMBERED:
            self._known[text] = key
        return key

    @property
    def spellings(self) -> frozenset[str]:
        """Every spelling without `*`, normalised."""
        return frozenset(self._exact)
