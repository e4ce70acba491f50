"""The words of the forms, looked up by token: column labels, row labels, group words, captions, ends, titles.

Comes in: the sections and titles of a ruleset. Goes out: the `Meaning` of a text. Nothing here looks at positions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from validator.forms.evidence import names_its_parts
from validator.forms.labels import NOTE, Matcher, normalise, take_apart
from validator.forms.restore.tokens import Gap, Token
from validator.forms.spec import ColumnType, Quotient, Section

_CUT_VALUE = re.compile(r".*(?:年\d{1,2}|[/／(（])")
_LONGEST_LABEL = 40
_SHORTEST_LABEL = 2
_SHORTEST_IN_RUN = 3
_SHORTEST_END = 4
"""Letters of what ends a section that no name of a row is likely to hold."""
_BARE_POINTS = re.compile(r"[(（]\d{1,3}(?:\.\d)?分[)）]")
"""All that is left of the word of a group that was set upright: 产出指标(50分)."""
FEWEST_COLUMNS = 3
"""Columns that make a header where the section requires only one group of them."""
FIGURE_TYPES = frozenset({"amount", "percent", "points", "target", "actual", "number"})


class Meaning(NamedTuple):
    """What a text may stand for."""

    columns: Mapping[str, str] = {}
    """Section id to column id."""
    rows: Mapping[str, str] = {}
    """Section id to the role of the row."""
    groups: Mapping[str, frozenset[str]] = {}
    """Section id to the ids of the group columns that have this word."""
    captions: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    """Sections that end at this label."""
    field: bool = False
    """Whether it is the label of a field in the heading of a form."""
    project: bool = False
    """Whether it is the label of the project's name."""

    @property
    def known(self) -> bool:
        """Whether the text is in the vocabulary at all."""
        return self is not _NOTHING


_NOTHING = Meaning()


class _Needles(NamedTuple):
    """Pieces of text of which one occurs where a column is named."""

    stems: Sequence[str]
    """Fewer and shorter: one of them occurs wherever one of the words does."""
    words: Sequence[str]


class Part(NamedTuple):
    """A section as this stage needs it."""

    id: str
    types: Mapping[str, ColumnType]
    names: Mapping[str, str]
    """What each column is called in the form as it is laid down."""
    first: str
    """Id of the column that may stand first without a label, or empty."""
    last: str
    """Id of the column that may stand last without a label, or empty."""
    requires: tuple[frozenset[str], ...]
    default_role: str
    quotients: tuple[Quotient, ...]
    names_its_parts: bool
    """Whether it splits a total up into parts that it names; columns like its own don't make a form yet."""

    @property
    def outermost(self) -> str:
        """Id of the first group column, or empty."""
        return next((id for id, type in self.types.items() if type == "group"), "")

    @property
    def has_figures(self) -> bool:
        """Whether any column of it holds figures; a block of words needs no alignment."""
        return any(type in FIGURE_TYPES for type in self.types.values())


class Vocabulary:
    """Every word that the sections of a ruleset know."""

    def __init__(
        self,
        sections: Iterable[Section],
        titles: Iterable[str] = (),
        is_unit: Callable[[str], bool] = lambda _: True,
        numbered: Iterable[str] = (),
    ) -> None:
        """Sections with one id (the same section used by several forms) count as one.

        `is_unit` knows the units, `numbered` are the words before the number of a row (指标1).
        """
        self.is_unit = is_unit
        words = f"(?:{'|'.join(map(re.escape, numbered)) or '(?!)'})"
        self._numbers = re.compile(rf"{words}\s*\d{{1,2}}\s*[:：.、]?")
        self._number = re.compile(rf"{words}\s*(\d{{1,2}})(?!\d)|(\d{{1,2}})[.、．](?!\d)")
        sections = tuple(sections)
        self.parts: dict[str, Part] = {}
        self._meanings: dict[str, Meaning] = {}
        for section in sections:
            if section.layout == "table":
                self._add_part(section)
        tables = [section for section in sections if section.layout == "table"]
        self._columns = {id: Matcher(_columns(tables, id)) for id in self.parts}
        self._rows = {id: Matcher(_rows(tables, id)) for id in self.parts}
        self._groups = {id: _groups(tables, id) for id in self.parts}
        self._captions = Matcher((s.id, s.captions) for s in tables)
        self._ends = {id: Matcher((s.id, s.ends_at) for s in tables if s.id == id) for id in self.parts}
        self._fields = Matcher(
            (key, (column.name, *column.labels))
            for s in sections
            if s.layout == "fields"
            for key, column in s.columns.items()
            if column.type != "amount"  # 基本支出：100万元 stands among the funds; rows of a table are called so too
        )
        self._leads = _leads({word for part in self._groups.values() for word in part})
        self._needles = [_needles(tables, part) for part in self.parts.values() if part.has_figures]
        matchers = (*self._columns.values(), *self._rows.values(), *self._ends.values(), self._captions, self._fields)
        self._spellings = frozenset().union(*(m.spellings for m in matchers), *self._groups.values())
        self._ascii = any(spelling.isascii() for spelling in self._spellings)
        self._runs: list[re.Pattern[str]] | None = None
        self._anywhere: re.Pattern[str] | None = None
        self._firsts: re.Pattern[str] | None = None
        self._stops: dict[str, re.Pattern[str]] = {}
        patterns = [".*".join(re.escape(normalise(part)) for part in title.split("*")) for title in titles]
        self._titles = re.compile("|".join(f"(?:{pattern})" for pattern in patterns if pattern.strip(".*")) or r"(?!)")

    def _add_part(self, section: Section) -> None:
        types = {key: column.type for key, column in section.columns.items()}
        standing = {column.unlabelled: key for key, column in section.columns.items() if column.unlabelled}
        seen = self.parts.get(section.id)
        self.parts[section.id] = Part(
            section.id,
            {**(seen.types if seen else {}), **types},
            {**(seen.names if seen else {}), **{key: column.name for key, column in section.columns.items()}},
            standing.get("first", seen.first if seen else ""),
            standing.get("last", seen.last if seen else ""),
            tuple(frozenset(group) for group in section.requires),
            section.default_role,
            section.quotients,
            names_its_parts(section),
        )

    def meaning(self, text: str) -> Meaning:
        """Return what a text may stand for."""
        if not text or len(text) > _LONGEST_LABEL or (text.isascii() and not self._ascii):
            return _NOTHING
        meaning = self._meanings.get(text)
        if meaning is None:
            if len(self._meanings) > 50_000:
                self._meanings.clear()
            meaning = self._meanings[text] = self._find(text)
        return meaning

    def may_occur(self, text: str) -> bool:
        """Tell, fast and without missing any, whether a text without blanks may hold the header of a section with figures."""
        return any(_enough(text, need, groups) for need, groups in self._needles)

    def column(self, section: str, text: str, before: str) -> str | None:
        """Return the column of a section that a label names; `before` is the label to its left, for `其中: 财政拨款`."""
        if len(text) > _LONGEST_LABEL or not text:
            return None
        if before and (label := take_apart(text)).among:
            key = self._columns[section].find(f"{before}中{label.text}")
            if key:
                return key
        return self.meaning(text).columns.get(section)

    def has_fused_header(self, text: str) -> bool:
        """Tell whether labels of columns stand in a text without blanks right behind each other, enough for a header."""
        if self._runs is None:
            self._runs = [_run_of(self._columns[id].spellings) for id, part in self.parts.items() if part.has_figures]
        return any(run.search(text) for run in self._runs)

    def column_starts(self, text: str) -> list[int]:
        """Return where labels of columns of figures may begin in a text without blanks; short ones are not looked for."""
        if self._firsts is None:
            words = {word for id, part in self.parts.items() if part.has_figures for word in self._columns[id].spellings}
            longest = sorted((word for word in words if len(word) >= _SHORTEST_IN_RUN), key=len, reverse=True)
            self._firsts = re.compile("|".join(map(re.escape, longest)) or "(?!)")
        return [found.start() for found in self._firsts.finditer(text)]

    def first_end(self, section: str, text: str, start: int, limit: int) -> tuple[int, int, bool] | None:
        """Return where a total with a figure behind it, or what ends a section, stands first, and whether it is a total."""
        if section not in self._stops:
            totals = [word for word in self._rows[section].spellings if self._rows[section].find(word) == "total"]
            ends = [word for word in self._ends[section].spellings if len(word) >= _SHORTEST_END]
            self._stops[section] = re.compile(rf"(?P<total>{_any_of(totals)})(?=[:：]?\d)|{_any_of(ends)}|{NOTE.pattern}")
        found = self._stops[section].search(text, start, limit)
        return (*found.span(), found["total"] is not None) if found else None

    def columns_in(self, text: str) -> tuple[str, ...]:
        """Return the labels of different columns of one section that a text is made of, two or more; nothing for any other."""
        if not 2 * _SHORTEST_LABEL <= len(text) <= _LONGEST_LABEL or self.spelled(text):
            return ()
        return next(
            (found for id, part in self.parts.items() if part.has_figures and (found := self._split(part, text, ()))), ()
        )

    def _split(self, part: Part, text: str, before: tuple[str, ...]) -> tuple[str, ...]:
        if not text:
            ids = [self.meaning(label).columns[part.id] for label in before]
            remarks = part.types[ids[0]] == "points" and part.types[ids[-1]] == "text"  # 得分说明 is one label
            return before if len(before) > 1 and len(set(ids)) == len(ids) and not remarks else ()
        for end in range(len(text), _SHORTEST_LABEL - 1, -1):
            label = text[:end]
            whole = self.spelled(label) or (bool(before) and end == len(text))
            if whole and part.id in self.meaning(label).columns and (found := self._split(part, text[end:], (*before, label))):
                return found
        return ()

    def groups_before(self, text: str) -> tuple[str, ...]:
        """Return the group words that a text begins with, with their points, and the rest: 质量指标（20分）合格率.

        Only their long form is looked for (数量指标, not 数量): 社会效益显著 is words of its own.
        """
        found: list[str] = []
        while (start := self._leads.match(text)) is not None and start.end() < len(text):
            found.append(start.group())
            text = text[start.end() :]
        return (*found, text) if found else ()

    def groups_in(self, text: str) -> list[tuple[int, int]]:
        """Return where group words stand in a text, with their points: in their long form, or with points in brackets."""
        if self._anywhere is None:
            words = sorted({word for part in self._groups.values() for word in part}, key=len, reverse=True)
            pointed = rf"(?:{'|'.join(map(re.escape, words)) or '(?!)'}){_BARE_POINTS.pattern}"
            self._anywhere = re.compile(rf"{pointed}|{self._leads.pattern}")
        return [found.span() for found in self._anywhere.finditer(text)]

    def begins_group(self, section: str, column: str, text: str) -> bool:
        """Tell whether a word of a group column begins with this text."""
        return any(word.startswith(text) and column in columns for word, columns in self._groups[section].items())

    def is_piece_of_value(self, section: str, text: str) -> bool:
        """Tell whether a text is a piece of a value, or of a group word beside it: 公里, 2021年11, 1485元/, 满意度指."""
        if _CUT_VALUE.fullmatch(text):
            return True
        words = (word for word in self._groups[section] if self._leads.fullmatch(word))
        return self.is_unit(text) or any(word.endswith(text) or word[:-1] == text for word in words)

    def known(self, text: str) -> bool:
        """Tell whether a text is in the vocabulary."""
        return self.meaning(text).known

    def is_number_of_row(self, text: str) -> bool:
        """Tell whether a text is the number of a row and no more: 指标2."""
        return self._numbers.fullmatch(text) is not None

    def begins_with_number_of_row(self, text: str) -> bool:
        """Tell whether a text begins with the number of a row: 指标2：受益人数."""
        return self._numbers.match(text) is not None

    def number_of_row(self, text: str) -> int:
        """Return the number that a text begins with, of a row or of a piece of a list: 目标2：…, 2、…; 0 where it has none."""
        found = self._number.match(text)
        return int(found[1] or found[2]) if found else 0

    def spelled(self, text: str) -> bool:
        """Tell whether a text is a spelling of the vocabulary, letter by letter, patterns not counted."""
        return normalise(text) in self._spellings

    def are_columns(self, pieces: Sequence[Token]) -> bool:
        """Tell whether the pieces of a label name columns of their own: 得分 and 说明 beside it, not 得分说明.

        Beside each other on one line the label of the rows and the first column of figures do so too: 项目 预算数.
        """
        first, *rest = (self.meaning(piece.text).columns for piece in pieces)
        joined = self.meaning("".join(piece.text for piece in pieces)).columns
        if len(rest) == 1 and pieces[1].gap is Gap.SPACE:
            labels = (id for id in first.keys() & rest[0].keys() if self.parts[id].types[first[id]] == "label")
            if next(labels, None) is not None:
                return True
        points = (id for id in first.keys() & joined.keys() if self.parts[id].types[first[id]] == "points")
        return all(rest) and any(self.parts[id].types[joined[id]] == "text" for id in points)

    def is_title(self, text: str) -> bool:
        """Tell whether a line is the title of a form."""
        return 2 < len(text) <= 80 and self._titles.fullmatch(normalise(text)) is not None

    def _find(self, text: str) -> Meaning:
        label = normalise(text)
        columns = {id: key for id, matcher in self._columns.items() if (key := matcher.find(text))}
        rows = {id: key for id, matcher in self._rows.items() if (key := matcher.find(text))}
        groups = {id: words[label] for id, words in self._groups.items() if label in words}
        if _BARE_POINTS.fullmatch(text):
            groups = {id: frozenset({part.outermost}) for id, part in self.parts.items() if part.outermost}
        caption = self._captions.find(text)
        captions = frozenset({caption} if caption else ())
        ends = frozenset(id for id, matcher in self._ends.items() if matcher.find(text))
        field = self._fields.find(text)
        if not (columns or rows or groups or captions or ends or field):
            return _NOTHING
        return Meaning(columns, rows, groups, captions, ends, field is not None, field == "project")


def _leads(words: Collection[str]) -> re.Pattern[str]:
    """Return the pattern of the group words in their long form: those with the ending that is the commonest."""
    endings = Counter(word[len(other) :] for word in words for other in words if word != other and word.startswith(other))
    ending = max(endings, key=endings.__getitem__, default="")
    longest = sorted((word for word in words if ending and word.endswith(ending) and word != ending), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest)) or '(?!)'})(?:[(（]\d{{1,3}}(?:\.\d)?分[)）])?")


def _any_of(words: Iterable[str]) -> str:
    return rf"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True))) or '(?!)'})"


def _run_of(spellings: Iterable[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(spellings, key=len, reverse=True) if len(word) >= _SHORTEST_IN_RUN)
    return re.compile(rf"(?:(?:{words})(?:[(（][^()（）]{{0,12}}[)）])?){{{FEWEST_COLUMNS},}}")


def of_ruleset(ruleset: Any) -> Vocabulary:
    """Build the vocabulary of a ruleset: every section of every form."""
    forms = tuple(ruleset.forms.values() if isinstance(ruleset.forms, Mapping) else ruleset.forms)
    sections = [section for form in forms for section in form.sections if isinstance(section, Section)]
    titles = [title for form in forms for title in form.recognise.titles]
    lexicon = ruleset.lexicon
    return Vocabulary(sections, titles, lambda text: lexicon.unit(text) is not None, lexicon.data.numbered)


def _columns(sections: Iterable[Section], id: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(key, (c.name, *c.labels)) for s in sections if s.id == id for key, c in s.columns.items()]


def _rows(sections: Iterable[Section], id: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(row.role, row.labels) for s in sections if s.id == id for row in s.rows]


def _groups(sections: Iterable[Section], id: str) -> dict[str, frozenset[str]]:
    words: dict[str, frozenset[str]] = {}
    for section in sections:
        if section.id == id:
            for column, spellings in section.groups.items():
                for word in spellings:
                    words[normalise(word)] = words.get(normalise(word), frozenset()) | {column}
    return words


def _enough(text: str, need: int, groups: Sequence[_Needles]) -> bool:
    """Tell whether pieces of this many groups occur in a text; it stops as soon as too many are missing."""
    missing = 0
    for stems, words in groups:
        if not (any(stem in text for stem in stems) and any(word in text for word in words)):
            missing += 1
            if len(groups) - missing < need:
                return False
    return len(groups) - missing >= need


def _needles(sections: Iterable[Section], part: Part) -> tuple[int, list[_Needles]]:
    """Return groups of the shortest pieces of text, and of how many groups a piece must occur where there is a header."""
    sections = [section for section in sections if section.id == part.id]
    wanted = part.requires if len(part.requires) > 1 else [frozenset([id]) for id in part.types]
    groups: list[_Needles] = []
    for ids in wanted:
        columns = [section.columns[id] for section in sections for id in ids if id in section.columns]
        words = {normalise(max(label.split("*"), key=len)) for c in columns for label in (c.name, *c.labels)} - {""}
        shortest = [word for word in words if not any(other != word and other in word for other in words)]
        groups.append(_Needles(_stems(shortest), shortest))
    groups.sort(key=lambda group: len(group.stems))
    return len(groups) if len(part.requires) > 1 else FEWEST_COLUMNS, groups


def _stems(words: Sequence[str]) -> list[str]:
    """Return two-letter pieces of which each word holds one, the commonest first."""
    stems: list[str] = []
    left = sorted(words)
    while left:
        pieces = sorted({word[k : k + 2] for word in left for k in range(max(1, len(word) - 1))})
        best = max(pieces, key=lambda piece: sum(piece in word for word in left))
        stems.append(best)
        left = [word for word in left if best not in word]
    return stems
