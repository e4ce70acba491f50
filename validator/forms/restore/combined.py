"""Columns that were put into one: 目标值/完成值 above ≥6个/6个, 分值/得分 above 10/9.5.

Comes in: tokens. Goes out: the same, with the label and each cell below it that has both figures in two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from validator.forms.restore.shapes import FIGURES, Shape, shape_of
from validator.forms.restore.tokens import Gap, Token
from validator.forms.restore.vocabulary import Vocabulary

_SLASHES = ("/", "／")
_TOGETHER = (frozenset({"target", "actual"}), frozenset({"points"}))
"""Types of columns that are put into one."""
_LONGEST_STATE = 8


class _Combined(NamedTuple):
    """A label that stands for two columns."""

    columns: frozenset[tuple[str, str]]
    """Section and id of each."""
    points: bool
    """Whether both are points."""
    slot: int
    """Where the cells below it stand, -1 where no tabs tell."""


def part_combined(tokens: Sequence[Token], vocabulary: Vocabulary, is_title: Callable[[int], bool]) -> Sequence[Token]:
    """Take labels of two columns and the cells below them apart, until a title or the label of such a column alone.

    A cell that is not two figures of the columns, or two words that say the same, stays whole.
    """
    slashed = {id(token) for token in tokens if token.text[-1:] not in _SLASHES and any(s in token.text for s in _SLASHES)}
    if not any(id(token) in slashed and _combined(token, vocabulary) for token in tokens):
        return tokens
    parted: list[Token] = []
    known: list[_Combined] = []
    for line, group in groupby(tokens, lambda token: token.line):
        row = list(group)
        if is_title(line):
            known = []
        if labels := [found for token in row if id(token) in slashed and (found := _combined(token, vocabulary))]:
            known = [*(one for one in known if all(one.columns.isdisjoint(new.columns) for new in labels)), *labels]
        alone = {column for token in row for column in vocabulary.meaning(token.text).columns.items()}
        known = [one for one in known if one.columns.isdisjoint(alone)]
        for token in row:
            halves = _halves(token, known, vocabulary) if id(token) in slashed else ()
            shift = sum(0 <= one.slot < token.slot for one in known)
            moved = token._replace(slot=token.slot + shift) if shift else token
            parted += _in_two(moved, halves[0], alone=len(row) == 1) if halves else [moved]
    return parted


def _combined(token: Token, vocabulary: Vocabulary) -> _Combined | None:
    """Return what a label of two columns stands for, None for any other text."""
    if vocabulary.meaning(token.text).columns:
        return None
    for at in _places(token.text):
        first, second = (vocabulary.meaning(text).columns for text in (token.text[:at], token.text[at + 1 :]))
        for section in first.keys() & second.keys():
            types = vocabulary.parts[section].types
            both = frozenset({types[first[section]], types[second[section]]})
            if first[section] != second[section] and both in _TOGETHER:
                columns = frozenset({(section, first[section]), (section, second[section])})
                return _Combined(columns, "points" in both, token.slot)
    return None


def _halves(token: Token, known: Sequence[_Combined], vocabulary: Vocabulary) -> tuple[int, ...]:
    """Return where a label or a cell is taken apart, nothing where it is not."""
    if _combined(token, vocabulary):
        return tuple(at for at in _places(token.text) if vocabulary.meaning(token.text[:at]).columns)[:1]
    places = _places(token.text)
    if not places or len(places) % 2 == 0 or not any(one.slot in (-1, token.slot) for one in known):
        return ()
    at = places[len(places) // 2]
    first, second = token.text[:at].strip(), token.text[at + 1 :].strip()
    shapes = {shape_of(first), shape_of(second)}
    figures = {Shape.NUMBER} if all(one.points for one in known) else FIGURES
    same = first == second and len(first) <= _LONGEST_STATE
    return (at,) if shapes <= figures or same else ()


def _places(text: str) -> list[int]:
    return [n for n, sign in enumerate(text) if sign in _SLASHES]


def _in_two(token: Token, at: int, *, alone: bool) -> list[Token]:
    first, second = token.text[:at].rstrip(), token.text[at + 1 :].lstrip()
    gap = Gap.LINE if alone and token.slot < 0 else Gap.SPACE if token.gap is Gap.SPACE else Gap.CELL
    slot = token.slot + 1 if token.slot >= 0 else token.slot
    behind = token._replace(text=second, start=token.end - len(second) + 1, gap=gap, slot=slot)
    return [token._replace(text=first, end=token.start + len(first) - 1), behind]
