"""Rows of tab-separated text that lost none of their cells: each stands in the column whose label has the same slot.

Comes in: the tokens below a header, and the lines that have as many slots as the header's line. Goes out: the places of the
tokens whose row makes sense so. Any other row (shifted, or with a cell swallowed) is left to the alignment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from validator.forms.restore.align import UNLIKELY, Aligner, Column, Placed
from validator.forms.restore.shapes import FIGURES, Shape, shape_of
from validator.forms.restore.tokens import Token

_ANYTHING = frozenset({"text", "free", "caption"})
_EXPECTED = frozenset({"name", "label", "target", "actual", "points"})
"""Columns that a row with figures fills where most rows do."""


def parted(line: str) -> int:
    """Return how many marks part the cells of a line (tabs, cell marks or pipes), blank ones included."""
    return line.count("\x07" if "\x07" in line else "\t" if "\t" in line else "|")


def place_by_slot(tokens: Sequence[Token], texts: Sequence[str], header: int, aligner: Aligner) -> dict[int, Placed]:
    """Return the places of tokens, by their index. `header`: index of the line in which all labels stand."""
    columns = _by_slot(aligner.columns)
    rows: dict[int, list[int]] = {}
    for t, token in enumerate(tokens):
        rows.setdefault(token.line, []).append(t)
    width = parted(texts[header])
    fitting = [
        {t: columns[tokens[t].slot] for t in row}
        for line, row in rows.items()
        if parted(texts[line]) == width and all(tokens[t].slot in columns for t in row)
    ]
    roles = aligner.roles(tokens)
    wide = len(fitting)
    fitting = [row for row in fitting if all(_fits(tokens[t], j, roles[t], aligner) for t, j in row.items())]
    if 2 * len(fitting) <= wide:
        return {}
    expected = _expected(fitting, aligner)
    return {
        t: Placed(j, starts=n == 0, joins=False, sure=True)
        for row in fitting
        if expected <= set(row.values()) or any(roles[t] for t in row) or not _has_figures(row, tokens)
        for n, (t, j) in enumerate(row.items())
    }


def _by_slot(columns: Sequence[Column]) -> dict[int, int]:
    """Return the column of each slot: of the header's own, and left of them that of the row labels, then serial numbers."""
    found = {column.slot: j for j, column in enumerate(columns) if column.slot >= 0}
    first = min(found, default=0)
    label = next((j for j, column in enumerate(columns) if column.type == "label" and column.slot < 0), None)
    if label is not None and first:
        found.update(dict.fromkeys(range(first - 1), 0))
        found[first - 1] = label
    return found


def _fits(token: Token, j: int, role: str, aligner: Aligner) -> bool:
    """Tell whether a token can stand in a column; a word that names no group may still be one of the form's own."""
    column = aligner.columns[j]
    if column.type in _ANYTHING:
        return True
    if column.type == "group" and shape_of(token.text) is Shape.WORD:
        return not role and aligner.may_be_group(token.text, column.id)
    if column.type == "name" and not role and aligner.is_label(token.text):
        return False
    return aligner.emissions(token, role).get(j, UNLIKELY) < UNLIKELY


def _expected(rows: Sequence[Mapping[int, int]], aligner: Aligner) -> set[int]:
    """Return the column of names or labels, and those that most rows fill: a row that slipped lacks one of them."""
    types = {j: column.type for j, column in enumerate(aligner.columns) if column.type in _EXPECTED}
    return {
        j for j, type in types.items() if type in ("name", "label") or 2 * sum(j in row.values() for row in rows) > len(rows)
    }


def _has_figures(row: Mapping[int, int], tokens: Sequence[Token]) -> bool:
    return any(shape_of(tokens[t].text) in FIGURES for t in row)
