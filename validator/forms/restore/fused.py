"""Figures of several columns run together behind the label of their row: `某区152.5089.0063.50`.

Comes in: the tokens of a stretch, or lines that became no table. Goes out: the tokens, with rows of funds taken apart that
can be read in one way only, as their decimals part the amounts and their rates bear the reading out:

    年初预算数全年预算数全年执行数分值执行率得分
    年度资金总额62.0060.0057.001095.00%9.5       57.00 of 60.00 are 95.00 %

Of others, where they begin: they can't be taken apart for sure, only told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, takewhile

from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token, cut_up
from validator.forms.restore.vocabulary import Part, Vocabulary

_BEHIND_A_LABEL = re.compile(
    r"(?<=[^\s\d.,，%％/-])[-−]?\d[\d,，]{0,14}\.\d[\d,，]{0,14}[%％]?[-−]?[\d,，]{0,14}\.\d[\d.,，%％−-]{0,120}\s*"
)
_INSIDE = re.compile(r"\d\.\d\d\d[\d,，]{0,12}\.\d\d")
"""Two figures with decimals and nothing between them."""
_FEWEST_INSIDE = 3
_DATE = re.compile(r"(?:19|20)\d\d\.\d{1,2}\.\d{1,2}\D*")
_ROW = re.compile(r"([^\d—–%％.-]{2,30})((?:[\d—–%％.,，-])+)")
_IN_BRACKETS = re.compile(r"[(（][^()（）]{0,20}[)）]$")
_DASH = re.compile(r"[—–-]")
_POINTS = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.\d{1,3})?")
_PERCENT = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.\d{1,4})?[%％]")
_PER_CENT = ("%", "％")
_MOST_DECIMALS = 6
_MOST_WAYS = 64
"""Ways to read a row beyond which it is not tried: nothing parts its figures."""
_MOST_ROWS = 40
_LONGEST_HEADER = 90
_LONGEST_LABEL = 24
_LONGEST_FIGURE = 20
_FULL_MARKS = 100
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2
_FARTHEST = 3
"""Lines from one such row to the next."""


def fused_rows(lines: Sequence[str]) -> Iterator[int]:
    """Yield the first line of each run of rows whose figures stand right behind each other, at the end of the line.

    And each line with several such rows in it.
    """
    run: list[int] = []
    for n, line in enumerate(lines):
        if line.count(".") > _FEWEST_INSIDE and sum(1 for _ in _INSIDE.finditer(line)) >= _FEWEST_INSIDE:
            yield n
    for n in (*(n for n, line in enumerate(lines) if _is_fused(line)), len(lines) + _FARTHEST):
        if run and n - run[-1] > _FARTHEST:
            if len(run) >= _FEWEST_ROWS:
                yield run[0]
            run = []
        run.append(n)


def taken_apart(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    """Return the tokens with rows below labels that ran together too taken apart, where there is one way to."""
    apart: list[Token] = []
    n = 0
    while n < len(tokens):
        found = next(_blocks(tokens, n, vocabulary), [])
        apart += found or [tokens[n]]
        n += len({token.line for token in found}) or 1
    return apart


def _blocks(tokens: Sequence[Token], n: int, vocabulary: Vocabulary) -> Iterator[list[Token]]:
    """Yield the pieces of the header that is token `n`, and of the rows below it, each of which is one token."""
    token = tokens[n]
    if not _FEWEST_COLUMNS < len(token.text) <= _LONGEST_HEADER or token.slot >= 0 or not _is_alone(tokens, n):
        return
    if not (n + 1 < len(tokens) and _ROW.fullmatch(tokens[n + 1].text)):
        return
    for part in vocabulary.parts.values():
        pieces = _labels(token.text, part, vocabulary) if part.quotients else ()
        ids = [id for piece in pieces if (id := vocabulary.column(part.id, piece, ""))]
        below = [
            tokens[k] for k in takewhile(lambda k: _is_alone(tokens, k), range(n + 1, min(n + 1 + _MOST_ROWS, len(tokens))))
        ]
        rows = _rows(below, part, ids) if len(ids) >= _FEWEST_COLUMNS else []
        if rows:
            cells = [piece for row, texts in zip(below, rows, strict=False) for piece in cut_up(row, texts)]
            yield [*cut_up(token, pieces), *cells]


def _is_alone(tokens: Sequence[Token], n: int) -> bool:
    return all(not 0 <= k < len(tokens) or tokens[k].line != tokens[n].line for k in (n - 1, n + 1))


def _labels(text: str, part: Part, vocabulary: Vocabulary, before: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the labels of different columns that a text is made of, a caption first if there is one; none if it isn't."""
    if not text:
        return before
    for end in range(min(len(text), _LONGEST_LABEL), 1, -1):
        label = text[:end]
        meaning = vocabulary.meaning(label)
        id = meaning.columns.get(part.id) if vocabulary.spelled(_IN_BRACKETS.sub("", label)) else None
        again = any(vocabulary.meaning(other).columns.get(part.id) == id for other in before)
        if (id and not again) or (not before and part.id in meaning.captions):
            found = _labels(text[end:], part, vocabulary, (*before, label))
            if found:
                return found
    return ()


def _rows(tokens: Sequence[Token], part: Part, ids: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the label and the figures of each row below a header: of all, or of none."""
    columns = [id for id in ids if part.types[id] != "label"]
    if not all(part.types[id] in ("amount", "percent", "points") for id in columns):
        return []
    lines: list[re.Match[str]] = []
    for token in tokens:
        found = _ROW.fullmatch(token.text)
        if found is None:
            break
        lines.append(found)
    for decimals in range(1, _MOST_DECIMALS + 1):
        amount = re.compile(rf"(?:0|[1-9]\d*(?:[,，]\d{{3}})*)\.\d{{{decimals}}}")
        patterns = {"amount": amount, "percent": _PERCENT, "points": _POINTS}
        wanted = [patterns[part.types[id]] for id in columns]
        read = [[*islice(_ways(line[2], wanted), _MOST_WAYS + 1)] for line in lines]
        if not lines or any(len(ways) > _MOST_WAYS for ways in read):
            continue
        right = [[way for way in ways if _is_right(way, columns, part)] for ways in read]
        chosen = [ways if len(ways) == 1 else every if len(every) == 1 else [] for ways, every in zip(right, read, strict=True)]
        rated = all(ways or not _is_rated(line[2]) for ways, line in zip(right, lines, strict=True))
        if (
            all(chosen)
            and sum(map(bool, right)) >= _FEWEST_ROWS
            and (rated or _add_up([way[0] for way in chosen], columns, part))
        ):
            return [(line[1], *way[0]) for line, way in zip(lines, chosen, strict=True)]
    return []


def _is_rated(figures: str) -> bool:
    """Tell whether a rate is among the figures of a row."""
    return any(sign in figures for sign in _PER_CENT)


def _add_up(rows: Sequence[Sequence[str]], columns: Sequence[str], part: Part) -> bool:
    """Tell whether the amounts of the first row are the sums of those below it: then a rate may be wrong."""
    amounts = [k for k, id in enumerate(columns) if part.types[id] == "amount"]
    sizes = [[Decimal(0) if _DASH.fullmatch(row[k]) else number_of(row[k]) for k in amounts] for row in rows]
    return len(rows) > _FEWEST_ROWS and all(total == sum(parts) for total, *parts in zip(*sizes, strict=True))


def _ways(text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the ways to part a text into a figure, or a dash, for each pattern."""
    if not patterns or not text:
        if not patterns and not text:
            yield ()
        return
    for end in range(1, min(len(text) - len(patterns) + 1, _LONGEST_FIGURE) + 1):
        if patterns[0].fullmatch(text[:end]) or _DASH.fullmatch(text[:end]):
            for rest in _ways(text[end:], patterns[1:]):
                yield (text[:end], *rest)


def _is_right(figures: Sequence[str], columns: Sequence[str], part: Part) -> bool:
    """Tell whether the rate of a row is that of its amounts, and no score is above its points, or above a hundred."""
    at: Mapping[str, str] = dict(zip(columns, figures, strict=True))
    points = [number_of(at[id]) for id in columns if part.types[id] == "points" and shape_of(at[id]) is Shape.NUMBER]
    if any(size > _FULL_MARKS for size in points) or points != sorted(points, reverse=True):
        return False
    for quotient in part.quotients:
        base = next((at[id] for id in quotient.by if id in at), "")
        texts = (at.get(quotient.column, ""), at.get(quotient.of, ""), base)
        if any(shape_of(text) in (Shape.BLANK, Shape.DASH) for text in texts) or not number_of(base):
            return False
        rate, of, by = map(number_of, texts)
        if abs(of / by * _FULL_MARKS - rate) >= Decimal(1).scaleb(int(rate.as_tuple().exponent)):
            return False
    return True


def _is_fused(line: str) -> bool:
    found = _BEHIND_A_LABEL.search(line) if line.count(".") > 1 else None
    return found is not None and found.end() == len(line) and _DATE.fullmatch(found.group()) is None
