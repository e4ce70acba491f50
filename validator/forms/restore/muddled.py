"""Signs that the figures of a block don't go with its labels, though each of them found a place.

Comes in: the rows of a block whose rows have labels (资金来源), and its columns. Goes out: whether it is better not read. Lines
that a print mixed up leave such signs, a clerk doesn't:

    其他资金 326.91 268.13 330.21
             241.05 268.13 268.13          figures without a label beside those of the rows that have one
    年度资金总额 ... 其中：财政拨款        the label of a row among the figures of another
    财政资金 715.79 641.91 ? ?            an amount for the rate of a row that has more that found no place
    1 机关运维 / 办公室 374.62 344.65 88    the number of a row, and its name, for the score of the row above
    执行率 10, and 93.81% without a place    rates that found none, in a table that has a column of them
    检测完成率 =100% 行业要求 =100%         what stands in a column that isn't known, again and again, for names
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from validator.forms.restore.align import Column
from validator.forms.restore.rows import Row
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token
from validator.forms.restore.vocabulary import FIGURE_TYPES, Part, Vocabulary

_LEADING = frozenset({"label", "name", "group", "caption", "text"})
_FEWEST_FIGURES = 2
_FEWEST_SCORED = 3
_FEWEST_ALIKE = 3
_BEGINNING = re.compile(r"\d{1,3}\.\d?")
_END = re.compile(r"\d{1,2}[%％]")
_PAIR = re.compile(r"\d+(?:\.\d+)?\s+\d+(?:\.\d+)?")
_LIKE_A_RATE = 200
"""A larger figure without a sign is no percentage."""


def is_muddled(rows: Sequence[Row], columns: Sequence[Column], part: Part, vocabulary: Vocabulary) -> bool:
    """Tell whether figures of a row stand without its label, its label among figures, or its amounts for something else."""
    if not any(column.type == "label" for column in columns) or any(column.slot >= 0 for column in columns):
        return False
    for row in rows:
        astray = [token for j, cell in row.cells.items() if columns[j].type not in _LEADING for token in cell]
        if any(part.id in vocabulary.meaning(token.text).rows for token in astray):
            return True
        rates = [token.text for j, cell in row.cells.items() if columns[j].type == "percent" for token in cell]
        if not row.whole and any(shape_of(rate) is Shape.NUMBER and number_of(rate) > _LIKE_A_RATE for rate in rates):
            return True
    filled = [[columns[j].type for j, cell in row.cells.items() if shape_of(cell[0].text) is not Shape.DASH] for row in rows]
    figured = [types for types in filled if sum(type in FIGURE_TYPES for type in types) >= _FEWEST_FIGURES]
    if sum("points" in types and "amount" not in types for types in filled) >= _FEWEST_SCORED:
        return True
    nameless = [row.whole for row, types in zip(rows, filled, strict=True) if types in figured and _LEADING.isdisjoint(types)]
    return not all(nameless) or (bool(nameless) and len(figured) > 1)


def have_no_place_for_rates(rows: Sequence[Row], columns: Sequence[Column], unplaced: Iterable[Token]) -> bool:
    """Tell whether rates found no place in several rows, and none stands in the column of rates: that is another one's."""
    at = {j for j, column in enumerate(columns) if column.type == "percent"}
    rates = sum(shape_of(token.text) is Shape.PERCENT for token in unplaced)
    placed = (token for row in rows for j in at & row.cells.keys() for token in row.cells[j])
    return bool(at) and rates >= _FEWEST_FIGURES and not any(shape_of(token.text) is Shape.PERCENT for token in placed)


def have_values_for_names(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Tell whether the same name stands in three rows with the same target: there are columns between that nobody knows.

    Where there are results or points as well, those tell by themselves that a row is one.
    """
    at = {column.type: j for j, column in enumerate(columns) if column.slot < 0}
    if not at.keys() >= {"name", "target"} or at.keys() & {"actual", "points"}:
        return False
    named = [row.cells for row in rows if row.cells.keys() >= {at["name"], at["target"]}]
    pairs = Counter(tuple(cells[at[type]][0].text for type in ("name", "target")) for cells in named)
    return max(pairs.values(), default=0) >= _FEWEST_ALIKE


def hold_pairs_of_figures(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Tell whether two bare figures stand in one cell in several rows: points and score, in a column of something else."""
    cells = (cell for row in rows for j, cell in row.cells.items() if columns[j].type in FIGURE_TYPES)
    return sum(_PAIR.fullmatch(" ".join(token.text for token in cell)) is not None for cell in cells) >= _FEWEST_FIGURES


def without_cut_rates(rows: Sequence[Row], columns: Sequence[Column], unplaced: Iterable[str]) -> None:
    """Leave out a rate without a sign where others have one: the end of it went to the next line (85.9, of 85.95%).

    So too what may be such an end, where a beginning is among the texts that found no place: 5%, beside 85.9.
    """
    begun = any(_BEGINNING.fullmatch(text) for text in unplaced)
    at = [j for j, column in enumerate(columns) if column.type == "percent" and column.slot < 0]
    for j in at:
        rates = [(row, shape_of(row.cells[j][0].text)) for row in rows if j in row.cells]
        if any(shape is Shape.PERCENT for _, shape in rates):
            for row, shape in rates:
                cut = shape is Shape.NUMBER and number_of(row.cells[j][0].text)
                if cut or (begun and _END.fullmatch(row.cells[j][0].text)):
                    del row.cells[j]
                    row.whole = False


def without_stragglers(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """Leave out figures that stand on another line than the most of a row that is one line: ends of figures that were cut.

    453.5 389.4 85.00%, and 5 1 below, are 453.55 and 389.41: neither points nor amounts.
    """
    if not any(column.type == "label" for column in columns):
        return
    for row in rows:
        at = {j: cell[0].last_line for j, cell in row.cells.items() if columns[j].type in FIGURE_TYPES and cell[0].slot < 0}
        if len(set(at.values())) > 1:
            lines = Counter(at.values())
            line = max(lines, key=lambda number: (lines[number], -number))
            for j in [j for j, other in at.items() if other != line]:
                del row.cells[j]
            row.whole = row.summed = False
