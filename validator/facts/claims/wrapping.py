"""Lines that are one text: those that a page broke at its edge, and the items of a list that stand in lines of their own.

Comes in: the blocks of a document. Goes out: which paragraphs are one. A text taken from a PDF goes on in the next line, in the
middle of a word or a figure: the edge is where several lines break off at one width without a mark at their end; a text whose
lines are paragraphs has no edge. A list begins behind a figure and a colon, and goes on for as long as its items end with
semicolons. A line that begins with a mark which ends something, or inside a bracket, is never
one of its own, nor one that begins with the figure of what the line above names at its end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from validator.forms.labels import is_note
from validator.model.document import Paragraph, Table

_LINE = re.compile(r"L(\d+)")
_STOPS = frozenset("。；：！？;:!?”")
_MARKS = frozenset("，,。；、")
_LISTED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])(?!\d)")
_NUMBER = re.compile(r"\s*(?P<open>[（(]?)(?P<count>\d{1,2})(?P<close>[)）、.．])(?!\d)")
_UNIT = re.compile(r"\s*([^\d\s，,。；;、:：()（）]{1,4})(?=[，,。；;、)）]|\s*$)")
_ENDINGS = frozenset("，。；、：）！？")
"""What never begins a line."""
_OPENING = frozenset("（(")
_OPEN = re.compile(r"[（(][^（）()]*$")
_CLOSING = re.compile(r"[）)]")
_NAME_LAST = re.compile(r"\d[^\d，,；;。]*[，,；;、][^\d\W]{2,8}$")
"""A figure, and behind it a clause that is only begun."""
_FIGURE_FIRST = re.compile(r"[^\d\W]{0,2}\d[\d.,]*[^\d，,；;。]*[，,；;、。]")
_NARROWEST, _WIDEST = 30, 130
_SLACK = 6
_FEWEST = 3
_RAGGED = 0.7
"""Of the widest line: figures are narrower on the page than the columns they are counted as."""
_COLONS = (":", "：")
_SEMICOLONS = (";", "；")
_COMMAS = frozenset("，、")
_ASIDE = ("(", "（", "-", "—", "–")
_LONGEST_LIST = 4000
"""Characters of a list that is put together."""


def together(blocks: Sequence[Paragraph | Table], is_unit: Callable[[str], bool]) -> Iterator[tuple[Paragraph | Table, ...]]:
    """Yield the blocks in their order, those paragraphs as one group that are broken lines of one."""
    edge = _edge(blocks)
    items: list[list[Paragraph | Table]] = []
    for block in blocks:
        last = items[-1][-1] if items else None
        if last is not None and (
            (edge and _goes_on(last, block, edge))
            or _has_its_unit(last, block, is_unit)
            or _is_torn(last, block)
            or _fills_its_line(items[-1], block)
        ):
            items[-1].append(block)
            continue
        if items and not _lists_on([line for item in items for line in item], block):
            yield from _closed(items, block)
            items = []
        items.append([block])
    if items:
        yield from _closed(items, None)


def _closed(
    items: Sequence[Sequence[Paragraph | Table]], following: Paragraph | Table | None
) -> Iterator[tuple[Paragraph | Table, ...]]:
    """Yield a group; the items of a list that goes on elsewhere stay apart.

    So does one whose last item ends with a semicolon, or that the line behind it counts on: (8)…，/ (9)….
    """
    last = items[-1][-1]
    ends = isinstance(last, Paragraph) and last.text.rstrip().endswith((*_COLONS, *_SEMICOLONS))
    if len(items) > 1 and (ends or _counts_on(items[-1][0], following)):
        yield from (tuple(item) for item in items)
    else:
        yield tuple(line for item in items for line in item)


def _counts_on(one: Paragraph | Table, other: Paragraph | Table | None) -> bool:
    """Tell whether a line has the number behind that of another, written alike."""
    numbers = [_NUMBER.match(line.text) if isinstance(line, Paragraph) else None for line in (one, other)]
    first, second = numbers
    if first is None or second is None or first["open"] != second["open"] or first["close"] != second["close"]:
        return False
    return int(second["count"]) == int(first["count"]) + 1


def _lists_on(group: Sequence[Paragraph | Table], block: Paragraph | Table) -> bool:
    """Tell whether a paragraph is the first item of a list that the line before it opens, or the next one."""
    texts = [line.text.rstrip() for line in group if isinstance(line, Paragraph)]
    if len(texts) < len(group) or not isinstance(block, Paragraph) or not any(map(str.isdigit, block.text)):
        return False
    if sum(map(len, texts)) + len(block.text) > _LONGEST_LIST:
        return False
    if (block.text.lstrip().startswith(_ASIDE) or is_note(block.text)) and not _LISTED.match(block.text):
        return False
    lines = [_LINE.fullmatch(line.address) for line in (group[-1], block) if isinstance(line, Paragraph)]
    if all(lines) and len({int(line[1]) - n for n, line in enumerate(lines) if line}) > 1:
        return False
    opened = any(text.endswith(_COLONS) and any(map(str.isdigit, text)) for text in texts)
    return opened and texts[-1].endswith((*_COLONS, *_SEMICOLONS))


def _edge(blocks: Sequence[Paragraph | Table]) -> int:
    """Return the width at which lines are broken, in columns; 0 where they aren't."""
    open_ended = sorted(
        (
            _width(text)
            for block in blocks
            if isinstance(block, Paragraph) and (text := block.text.rstrip()) and text[-1] not in _STOPS
        ),
        reverse=True,
    )
    for n, width in enumerate(open_ended):
        if not _NARROWEST <= width <= _WIDEST:
            continue
        near = sum(1 for other in open_ended[n:] if other >= width - _SLACK)
        return width if near >= _FEWEST and not any(other > _WIDEST for other in open_ended[:n]) else 0
    return 0


def _goes_on(one: Paragraph | Table, other: Paragraph | Table, edge: int) -> bool:
    """Tell whether a line ends at the edge, within a sentence, and the next one doesn't begin a paragraph."""
    if not isinstance(one, Paragraph) or not isinstance(other, Paragraph) or not _follow_each_other(one, other):
        return False
    text = one.text.rstrip()
    return (
        bool(text)
        and text[-1] not in _STOPS
        and edge * _RAGGED <= _width(text)
        and any(char in _MARKS for char in text)
        and not _LISTED.match(other.text)
    )


def _follow_each_other(one: Paragraph, other: Paragraph) -> bool:
    lines = [_LINE.fullmatch(block.address) for block in (one, other)]
    return lines[0] is not None and lines[1] is not None and int(lines[1][1]) == int(lines[0][1]) + 1


def _has_its_unit(one: Paragraph | Table, other: Paragraph | Table, is_unit: Callable[[str], bool]) -> bool:
    """Tell whether a sentence breaks off behind a figure, and the next line begins with its unit: 调入7608 / 万元。"""
    if not isinstance(one, Paragraph) or not isinstance(other, Paragraph) or not _follow_each_other(one, other):
        return False
    text, unit = one.text.rstrip(), _UNIT.match(other.text)
    return text[-1:].isdigit() and any(char in _MARKS for char in text) and unit is not None and is_unit(unit.group(1))


def _is_torn(one: Paragraph | Table, other: Paragraph | Table) -> bool:
    """Tell whether a line can not begin where it does: with a mark that ends something, or in a bracket of the line above."""
    if not isinstance(one, Paragraph) or not isinstance(other, Paragraph) or not _follow_each_other(one, other):
        return False
    text, rest = one.text.rstrip(), other.text.lstrip()
    if not text or text[-1] in _STOPS or not any(char in _MARKS for char in text) or _LISTED.match(rest):
        return False
    closed = _CLOSING.search(rest)
    inside = _OPEN.search(text) is not None and closed is not None and _OPENING.isdisjoint(rest[: closed.start()])
    begun = text[-1] in _COMMAS or (_NAME_LAST.search(text) is not None and _FIGURE_FIRST.match(rest) is not None)
    return rest[:1] in _ENDINGS or inside or (begun and _width(text) >= _NARROWEST)


def _fills_its_line(group: Sequence[Paragraph | Table], other: Paragraph | Table) -> bool:
    """Tell whether the last of some lines of one paragraph is as long as the first: it goes on behind a semicolon too."""
    lines = [line for line in (*group, other) if isinstance(line, Paragraph)]
    if len(lines) < 3 or len(lines) <= len(group) or _LISTED.match(lines[-1].text):
        return False
    if not all(_follow_each_other(above, below) for above, below in pairwise(lines)):
        return False
    last = lines[-2].text.rstrip()
    return last.endswith(_SEMICOLONS) and abs(_width(lines[0].text) - _width(last)) <= _SLACK


@lru_cache(maxsize=4096)
def _width(text: str) -> int:
    """Return how many columns a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text.strip())
