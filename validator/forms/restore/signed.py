"""Rows whose target stands in cells of its own, below labels of two rows: 预期指标值 over 符号, 值, 单位; 自评得分 over others.

Comes in: the tokens of a stretch. Goes out: blocks of such rows. The labels of the lower row come behind all of the upper one
where the text lost the places of its cells. A row is told by its sign: words before it, behind it the number, its unit and what
was done, and at the end as many figures as the lower row has labels for them. What doesn't come out even is said to be unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from validator.forms.restore.blocks import Block
from validator.forms.restore.header import Header, columns_of
from validator.forms.restore.rows import Problem, Row
from validator.forms.restore.shapes import FIGURES, Shape, shape_of
from validator.forms.restore.tokens import Token
from validator.forms.restore.vocabulary import Part, Vocabulary

_FEWEST_ROWS = 2
_FEWEST_POINTS = 2
_MOST_LABELS = 16
"""Labels of one row of a header."""
_MOST_WORDS = 8
"""Words before the sign of a row."""
_POINTS = frozenset({"points", "percent"})
_NUMBERS = frozenset({Shape.NUMBER, Shape.PERCENT})
_BARE = _NUMBERS | {Shape.MONEY, Shape.SIGN}


class _Labels(NamedTuple):
    """A header of two rows."""

    part: Part
    first: int
    body: int
    names: tuple[tuple[str, Token], ...]
    """Groups and names, in the upper row."""
    values: tuple[tuple[str, Token], ...]
    """The sign, the target and the unit."""
    answers: tuple[tuple[str, Token], ...]
    """What the upper row has between the target and the score."""
    points: tuple[tuple[str, Token], ...]
    """Figures at the end of the lower row."""

    @property
    def ordered(self) -> tuple[tuple[str, Token], ...]:
        """All labels in the order of the columns."""
        return (*self.names, *self.values, *self.answers, *self.points)

    @property
    def width(self) -> int:
        """How many cells a row has from its sign on."""
        return len(self.values) + len(self.answers) + len(self.points)


def by_signs(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[Block]:
    """Yield the blocks among tokens."""
    end = 0
    for i, token in enumerate(tokens):
        if i < end:
            continue
        for id, key in vocabulary.meaning(token.text).columns.items():
            part = vocabulary.parts[id]
            labels = _labels(tokens, i, part, vocabulary) if part.types[key] == "comparator" else None
            block = _block(tokens, labels, vocabulary) if labels is not None else None
            if block is not None:
                yield block
                end = block.end
                break


def _labels(tokens: Sequence[Token], i: int, part: Part, vocabulary: Vocabulary) -> _Labels | None:
    """Return the header whose lower row begins with the label of the signs at token `i`."""
    upper = _run_before(tokens, i, part, vocabulary)
    lower = _run_from(tokens, i, part, vocabulary)
    types = [part.types.get(id, "") for id, _ in upper]
    points = tuple(takewhile(lambda label: part.types.get(label[0], "") in _POINTS, reversed(lower)))[::-1]
    if "target" not in types or "name" not in types or len(points) < _FEWEST_POINTS or types[-1] not in _POINTS:
        return None
    at = types.index("target")
    names = tuple(label for label, type in zip(upper[:at], types, strict=False) if type not in _POINTS)
    answers = _each_once(upper[at + 1 : -1])
    if not any(part.types.get(id, "") == "actual" for id, _ in answers):
        return None
    sign, *rest = lower[: len(lower) - len(points)]
    unit = next(((id, token) for id, token in rest if part.types.get(id, "") == "unit"), None)
    values = (sign, upper[at], *([unit] if unit else []))
    every = [id for id, _ in (*names, *values, *answers, *points) if id]
    if len(rest) > 1 + bool(unit) or len(set(every)) < len(every):
        return None
    return _Labels(part, i - len(upper), i + len(lower), names, values, answers, points)


def _each_once(labels: Sequence[tuple[str, Token]]) -> tuple[tuple[str, Token], ...]:
    """Return the labels, those that name a column once more as unknown ones: 完成情况 beside 实际完成值."""
    seen = [id for id, _ in labels]
    return tuple(("" if id in seen[:n] else id, token) for n, (id, token) in enumerate(labels))


def _run_before(tokens: Sequence[Token], i: int, part: Part, vocabulary: Vocabulary) -> tuple[tuple[str, Token], ...]:
    """Return the labels right before token `i`, from the first that names a group or a row on."""
    found: list[tuple[str, Token]] = []
    for token in reversed(tokens[max(i - _MOST_LABELS, 0) : i]):
        if shape_of(token.text) is not Shape.WORD:
            break
        found.insert(0, (vocabulary.column(part.id, token.text, "") or "", token))
    named = [n for n, (id, _) in enumerate(found) if part.types.get(id, "") in ("group", "name")]
    if len(named) > 1 and _heads(found[named[0]][1], part, vocabulary):
        named = named[1:]
    return tuple(found[named[0] :]) if named else ()


def _run_from(tokens: Sequence[Token], i: int, part: Part, vocabulary: Vocabulary) -> tuple[tuple[str, Token], ...]:
    """Return the labels from token `i` on, to the last of those for figures."""
    found: list[tuple[str, Token]] = []
    for token in tokens[i : i + _MOST_LABELS]:
        if shape_of(token.text) is not Shape.WORD:
            break
        found.append((vocabulary.column(part.id, token.text, "") or "", token))
    end = max((n for n, (id, _) in enumerate(found, 1) if part.types.get(id, "") in _POINTS), default=0)
    return tuple(found[:end])


def _block(tokens: Sequence[Token], labels: _Labels, vocabulary: Vocabulary) -> Block | None:
    """Return the rows below a header; None where they are not such rows."""
    above = [token for token in tokens[max(labels.first - 1, 0) : labels.first] if _heads(token, labels.part, vocabulary)]
    header = Header(labels.part, labels.first - len(above), labels.body, tuple(above), None, labels.ordered)
    columns = columns_of(header)
    place = {token: n for n, (_, token) in enumerate(labels.ordered, len(columns) - len(labels.ordered))}
    rows: list[Row] = []
    problems: list[Problem] = []
    end = labels.body
    while True:
        near = _filled(tokens, end, _MOST_WORDS + labels.width + 1)
        sign = next((n for n, i in enumerate(near[: _MOST_WORDS + 1]) if shape_of(tokens[i].text) is Shape.SIGN), 0)
        words = [tokens[i] for i in near[:sign]]
        behind = [tokens[i] for i in near[sign : sign + labels.width + 1]]
        cells = _behind(behind, labels, vocabulary) if words else []
        if not cells or any(shape_of(word.text) in _BARE for word in words):
            break
        row = Row({place[label]: [token] for label, token in [*_named(words, labels, vocabulary), *cells]})
        if len(cells) < labels.width - 1:
            row.whole = False
            problems.append(Problem(behind[1:-1], (), words[-1].text))
        rows.append(row)
        end = near[sign + (len(cells) if row.whole else labels.width - 1) - 1] + 1
    if len(rows) < _FEWEST_ROWS:
        return None
    rest = _filled(tokens, end, len(labels.points) + 2)
    if total := _total([tokens[i] for i in rest], labels, vocabulary):
        rows.append(Row({place[label]: [token] for label, token in total}))
        end = rest[len(total) - 1] + 1
    elif rest and not _ends(tokens[rest[0]], labels.part, vocabulary):
        rows[0].summed = False
    return Block(header, columns, rows, end, problems)


def _filled(tokens: Sequence[Token], at: int, count: int) -> list[int]:
    """Return the indexes of the next cells that are not blank, from one on: so many at most."""
    return list(islice((n for n in range(at, len(tokens)) if not tokens[n].blank), count))


def _heads(token: Token, part: Part, vocabulary: Vocabulary) -> bool:
    """Tell whether a text right before the labels is the caption of the section: 四、年度绩效指标完成情况."""
    return part.id in vocabulary.meaning(token.text).captions


def _behind(row: Sequence[Token], labels: _Labels, vocabulary: Vocabulary) -> list[tuple[Token, Token]]:
    """Return labels and cells of a row from its sign on; without the unit where there is none; nothing where it isn't one.

    `row` may go on behind its end. Of a row that lacks another cell only the points are returned.
    """
    names = [token for _, token in (*labels.values, *labels.answers, *labels.points)]
    if _is_row(row, len(names), labels):
        return list(zip(names, row, strict=False))
    short = len(names) - 1
    if not _is_row(row, short, labels):
        return []
    unit = next((n for n, (id, _) in enumerate(labels.values) if labels.part.types.get(id) == "unit"), 0)
    if unit and shape_of(row[unit].text) in FIGURES and not vocabulary.is_unit(row[unit].text):
        return list(zip(names[:unit] + names[unit + 1 :], row, strict=False))
    points = [token for _, token in labels.points]
    return list(zip(points, row[short - len(points) : short], strict=True))


def _is_row(row: Sequence[Token], size: int, labels: _Labels) -> bool:
    """Tell whether the cells from a sign on are this many: figures at the end, and words or nothing behind them."""
    if len(row) < size or (len(row) > size and shape_of(row[size].text) in _BARE):
        return False
    return all(shape_of(token.text) in _NUMBERS for token in row[size - len(labels.points) : size])


def _named(words: Sequence[Token], labels: _Labels, vocabulary: Vocabulary) -> list[tuple[Token, Token]]:
    """Return labels and words before the sign of a row: groups, its name, and what says more of it."""
    id, types = labels.part.id, labels.part.types
    groups = [(key, token) for key, token in labels.names if types.get(key) == "group"]
    rest = [token for key, token in labels.names if types.get(key) != "group"]
    known = [vocabulary.meaning(word.text).groups.get(id, frozenset()) for word in words[: min(len(groups), len(words) - 1)]]
    count = sum(1 for _ in takewhile(bool, known))
    if count == len(groups):
        at = [token for _, token in groups]
    else:
        at = [token for key, token in reversed(groups) if count and key in known[0]][:1]
    return [*zip(at, words[: len(at)], strict=True), *zip(rest, words[len(at) :], strict=False)]


def _total(rest: Sequence[Token], labels: _Labels, vocabulary: Vocabulary) -> list[tuple[Token, Token]]:
    """Return labels and cells of the total, where one comes next: of all figures at the end, or of the points alone."""
    if not rest or vocabulary.meaning(rest[0].text).rows.get(labels.part.id) != "total":
        return []
    figures = list(takewhile(lambda token: shape_of(token.text) in _NUMBERS, rest[1:]))
    every = [token for _, token in labels.points]
    scores = [token for key, token in labels.points if labels.part.types.get(key) == "points"]
    under = next((names for names in (every, scores) if len(names) == len(figures)), [])
    return [(labels.names[0][1], rest[0]), *zip(under, figures, strict=True)] if under else []


def _ends(token: Token, part: Part, vocabulary: Vocabulary) -> bool:
    """Tell whether a text ends the rows of a section, or begins something else of a form."""
    meaning = vocabulary.meaning(token.text)
    return part.id in meaning.ends or meaning.field
