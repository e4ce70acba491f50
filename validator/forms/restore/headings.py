"""The rows above the figures of a table that became text, put over the columns they belong to.

Comes in: header rows whose cells have lost their spans, and what the rows of figures show of the columns. Goes out: the rows
with a place for each label, or nothing where labels and columns come out even in no way or in several.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, takewhile
from math import comb
from typing import NamedTuple

from validator.forms.labels import take_apart
from validator.forms.restore.tokens import Token

Named = Callable[[str, str], bool]
Cells = dict[int, list[Token]]

_FEWEST_NUMBERED = 2
_FEWEST_BELOW = 2
"""Labels below one heading."""
_FEWEST_TELLING = 2
"""Rows in which a total has two parts or more."""
_MOST_WAYS = 2000
"""Ways to choose the headings that are tried: with more of them no one way stands out."""
_NO_SUMS = ("rates", "growth_rates", "not_summed", "prices", "serials", "remarks", "unit_columns", "codes")
"""Names of lists with labels of columns whose figures don't add up."""
FORMULA = re.compile(r"[\d()（）①-⑳A-Z]{1,8}[=＝][\d()（）①-⑳A-Z=＝+＋\-－—*×xX/÷%.…]{1,40}")
_MOST_ALIKE = 2
"""At most one in so many labels of a row is like another."""
_GOES_ON = re.compile(r"[(（][^()（）\d]{1,8}[)）]")
"""A unit below the label that it belongs to: 收入 over （千元）."""
_ORDINAL = re.compile(r"[(（]?\d{1,2}[)）]?|[①-⑳]|[A-Z]|[甲乙丙丁戊己]")
_OF_WORDS = re.compile(r"[甲乙丙丁戊己]")
"""What stands for the number of a column of words."""


class Plan(NamedTuple):
    """What the rows with all their cells show of the columns."""

    width: int
    """Columns that hold something."""
    lead: int
    """Columns of words, and of the serial number, before the figures."""
    figures: int
    """Columns of figures right behind them; 0 where words and figures take turns."""
    rates: frozenset[int]
    """Columns with percentages."""
    sums: frozenset[int]
    """Columns with figures that are none."""
    marked: bool
    """Whether the words next to the figures are marks for formulas, which a row may lack: 公式 A=B+C."""
    rows: tuple[tuple[Decimal | None, ...], ...] = ()
    """The figures of each row by column, None where there is none."""


Head = tuple[list[Cells], list[dict[int, int]]]
"""The rows, and for each the columns that a cell covers, where it is more than one."""
_Upper = tuple[Cells, dict[int, int]]


def head_of(rows: Sequence[Cells], plan: Plan, named: Named) -> Head | None:
    """Return the rows above the figures with their spans; None when labels and columns don't come out even."""
    filled = [row for row in rows if row]
    numbered = bool(filled) and len(filled[-1]) == plan.width and is_numbering([*map(text_of, filled[-1].values())], named)
    above = filled[:-1] if numbered else filled
    found = _over_columns(above, plan, named)
    if not numbered:
        return found
    # The row that numbers the columns has all of them; labels of which it can't be told are no help.
    placed, spans = found or ([row for row in above if len(row) == 1], [{} for row in above if len(row) == 1])
    return [*placed, filled[-1]], [*spans, {}]


def _over_columns(rows: Sequence[Cells], plan: Plan, named: Named) -> Head | None:
    placed, spans = list(rows), [dict[int, int]() for _ in rows]
    labels = [n for n, row in enumerate(rows) if len(row) > 1]
    if labels and _stands_above(rows[labels[-1]], plan):
        over = _spread_over(rows, labels, plan, named)
        if over is not None:
            placed[labels[-2]], spans[labels[-2]] = over
        return placed, spans
    if len(labels) < 2 or labels[-1] != labels[-2] + 1:
        return None
    upper, lower = ([*rows[n].values()] for n in labels[-2:])
    if len(upper) == plan.width > len(lower):
        # Each column has its label; which of them the lower row says more of, its cells no longer tell.
        del placed[labels[-1]], spans[labels[-1]]
        return placed, spans
    labelled = [cell for cell in lower if not _GOES_ON.fullmatch(text_of(cell))]
    lower = labelled if len(labelled) >= _FEWEST_BELOW else lower
    found = with_remarks(upper, lower, plan, named) or _agreed(upper, lower, plan, named)
    if found is None:
        return None
    (placed[labels[-2]], spans[labels[-2]]), placed[labels[-1]] = found
    if not placed[labels[-1]]:
        del placed[labels[-1]], spans[labels[-1]]
    return placed, spans


def _spread_over(rows: Sequence[Cells], labels: Sequence[int], plan: Plan, named: Named) -> _Upper | None:
    """Return the headings over a row of labels that kept its places, where it says which of them each heading covers."""
    if len(labels) < 2 or labels[-1] != labels[-2] + 1 or 0 in rows[labels[-1]]:
        return None
    upper, lower = ([*rows[n].values()] for n in labels[-2:])
    found = with_remarks(upper, lower, plan, named)
    return found[0] if found is not None and list(found[1]) == list(rows[labels[-1]]) else None


def with_remarks(
    upper: Sequence[list[Token]], lower: Sequence[list[Token]], plan: Plan, named: Named
) -> tuple[_Upper, Cells] | None:
    """Put labels under their headings; the last heading may be that of remarks, of which there are none."""
    found = two_levels(upper, lower, plan, named)
    if found is None and named("remarks", text_of(upper[-1])) and len(upper) > 1:
        found = two_levels(upper[:-1], lower, plan, named)
        if found is not None:
            found[0][0][plan.width] = upper[-1]
    return found or _below_headings_only(upper, lower, plan, named) or _again_for_each(upper, lower, plan)


def is_mark(text: str) -> bool:
    """Tell whether a text numbers a column, or tells of which others it is made: 3, C, 3=1+2, C=A-B."""
    return (FORMULA.fullmatch(text) or _ORDINAL.fullmatch(text)) is not None


def is_numbering(texts: Sequence[str], named: Named) -> bool:
    """Tell whether cells number the columns: 栏次 1 2 3=1+2, or 甲 1 2 3=1+2, or 甲 丙 1 2 3."""
    return counts_columns(texts, named) or (
        len(texts) >= _FEWEST_NUMBERED
        and any(FORMULA.fullmatch(text) for text in texts)
        and all(map(is_mark, texts[1:]))
        and (is_mark(texts[0]) or named("numbering", texts[0]))
    )


def counts_columns(texts: Sequence[str], named: Named) -> bool:
    """Tell whether cells count the columns of figures from 1 on, behind letters over those of words: 甲 丙 1 2 3, 栏次 1 2."""
    words = list(takewhile(lambda text: _OF_WORDS.fullmatch(text) or named("numbering", text), texts))
    numbers = list(texts[len(words) :])
    return bool(words) and len(numbers) >= _FEWEST_NUMBERED and numbers == [str(n + 1) for n in range(len(numbers))]


def _stands_above(cells: dict[int, list[Token]], plan: Plan) -> bool:
    """Tell whether labels stand above all columns, but perhaps for the corner above the labels of the rows."""
    return set(range(plan.width)) - set(cells) <= {0} and (0 in cells or plan.lead == 1)


def two_levels(
    upper: Sequence[list[Token]], lower: Sequence[list[Token]], plan: Plan, named: Named
) -> tuple[_Upper, Cells] | None:
    """Put the labels of a lower row under the headings they share; None when there are several ways."""
    count = len(upper) + len(lower) - plan.width
    if not 0 < count < len(upper) or comb(len(upper) - 1, count) > _MOST_WAYS:
        return None
    found = _sound_ways(upper, lower, count, plan, named)
    marked = [way for way in found if all(named("groups", text_of(way[0][0][c])) for c in way[0][1])]
    marked = [way for way in marked if all(held >= off for held, off in _counted(way, plan, named))]
    chosen = (
        found
        if len(found) == 1
        else _adding_up(found, plan, named) or _beside_total(found, plan, named) or _named_alike(found) or marked
    )
    return chosen[0] if len(chosen) == 1 else None


def _sound_ways(
    upper: Sequence[list[Token]], lower: Sequence[list[Token]], count: int, plan: Plan, named: Named
) -> list[tuple[_Upper, Cells]]:
    ways = [(owners, sizes) for owners in combinations(range(1, len(upper)), count) for sizes in _sizes(len(lower), count)]
    last = len(upper) - 1
    if count > 1 and named("totals", text_of(upper[last])) and named("totals", text_of(lower[-1])):
        # 小学 | 初中 | 合计 over 走读生 | 寄宿生 | 走读生 | 寄宿生 | 补助资金合计: the total has one label below it.
        owners_of_parts = combinations(range(1, last), count - 1)
        ways += [((*owners, last), (*sizes, 1)) for owners in owners_of_parts for sizes in _sizes(len(lower) - 1, count - 1)]
    laid_out = (_laid_out(upper, lower, owners, sizes) for owners, sizes in ways)
    return [way for way in laid_out if _is_sound(way, plan, named)]


def _below_headings_only(
    upper: Sequence[list[Token]], lower: Sequence[list[Token]], plan: Plan, named: Named
) -> tuple[_Upper, Cells] | None:
    """Put the lower labels over all columns but those that lead the rows, where each upper label behind those is a heading.

    How many of them each heading covers is open, so that the headings stand over none; labels alike would need them, and are
    left out.
    """
    if (
        not 0 < plan.lead < len(upper)
        or plan.width != plan.lead + len(lower)
        or len(lower) < _FEWEST_BELOW * (len(upper) - plan.lead)
    ):
        return None
    told = Counter(map(text_of, lower))
    below = {c: cell for c, cell in enumerate(lower, plan.lead) if told[text_of(cell)] == 1}
    if _MOST_ALIKE * (len(lower) - len(below)) > len(lower):
        return None
    way: tuple[_Upper, Cells] = ((dict(enumerate(upper[: plan.lead])), {}), below)
    return way if _is_sound(way, plan, named) else None


def _agreed(
    upper: Sequence[list[Token]], lower: Sequence[list[Token]], plan: Plan, named: Named
) -> tuple[_Upper, Cells] | None:
    """Return the labels that stand over the same column in every way; the other columns have none.

    A total before all others is over the column that is the sum of those behind it, however many each heading covers.
    Only where each label names what can be added up: then a column can be, whichever its label is.
    """
    count = len(upper) + len(lower) - plan.width
    texts = [text_of(cell) for cell in (*upper[plan.lead :], *lower)]
    if not 0 < count < len(upper) or comb(len(upper) - 1, count) > _MOST_WAYS or plan.rates:
        return None
    if not plan.figures or any(named(name, text) for name in _NO_SUMS for text in texts):
        return None
    ways = [
        {c: cell for c, cell in above.items() if c not in spans}
        for (above, spans), _ in _sound_ways(upper, lower, count, plan, named)
    ]
    shared = {c: cell for c, cell in (ways[0] if ways else {}).items() if all(way.get(c) is cell for way in ways)}
    behind = range(plan.lead + 1, plan.lead + plan.figures)
    if plan.lead < len(upper) and named("totals", texts[0]) and _rows_of_total(plan.lead, behind, plan):
        shared[plan.lead] = upper[plan.lead]
    return ((shared, {}), {}) if set(range(plan.lead)) <= set(shared) else None


def lower_row(labels: Sequence[str], named: Named) -> int:
    """Return where the lower of two rows begins in a run of labels: at the last word for a total, where it isn't the first.

    合计 | 甲 | 乙 | 小计 | 子一 | 子二 are three labels and three below one of them, and behind 备注 the lower row begins too.
    The number of labels for a single row.
    """
    totals = [c for c, label in enumerate(labels) if named("totals", label)]
    ends = len(totals) == 1 and totals[0] > 1 and named("remarks", labels[totals[0] - 1])
    low = totals[-1] if len(totals) > 1 or ends else len(labels)
    return low if len(labels) - low >= _FEWEST_BELOW else len(labels)


def _adding_up(ways: Sequence[tuple[_Upper, Cells]], plan: Plan, named: Named) -> list[tuple[_Upper, Cells]]:
    """Return the way in which the totals below the headings are the sums of the columns beside them, in all rows but few."""
    held = [_rows_held(way, plan, named) for way in ways]
    most = max(held, default=0)
    return [way for way, rows in zip(ways, held, strict=True) if rows == most] if most else []


def _rows_held(way: tuple[_Upper, Cells], plan: Plan, named: Named) -> int:
    """Return in how many rows the totals below the headings are sums; 0 where there are none, or too many rows are off."""
    counted = _counted(way, plan, named)
    if not counted or any(held < _FEWEST_TELLING or 2 * off > held for held, off in counted):
        return 0
    return sum(held for held, _ in counted)


def _counted(way: tuple[_Upper, Cells], plan: Plan, named: Named) -> list[tuple[int, int]]:
    """Return for each heading with one total below it in how many rows it is the sum of the columns beside it, and isn't.

    Nothing where a heading has none.
    """
    (_, spans), below = way
    counted: list[tuple[int, int]] = []
    for start, size in spans.items():
        covered = range(start, start + size)
        totals = [c for c in covered if named("totals", text_of(below[c]))]
        if len(totals) != 1:
            return []
        sums = [(row[totals[0]], [row[c] or 0 for c in covered if c != totals[0]]) for row in plan.rows]
        held = sum(total == sum(parts) and sum(part != 0 for part in parts) > 1 for total, parts in sums)
        counted.append((held, sum(total is not None and total != sum(parts) for total, parts in sums)))
    return counted


def _beside_total(ways: Sequence[tuple[_Upper, Cells]], plan: Plan, named: Named) -> list[tuple[_Upper, Cells]]:
    """Return the way in which a total without labels below it is the sum of what stands below the heading behind it.

    合计 | 重点项目 over 提前下达数 | 本次下达数: 合计 = 提前下达数 + 本次下达数, in all rows but few.
    """
    held = [
        sum(
            _rows_of_total(start - 1, range(start, start + size), plan)
            for start, size in way[0][1].items()
            if _is_total(start - 1, way, named)
        )
        for way in ways
    ]
    most = max(held, default=0)
    return [way for way, rows in zip(ways, held, strict=True) if rows == most] if most else []


def _is_total(column: int, way: tuple[_Upper, Cells], named: Named) -> bool:
    (above, _), below = way
    return column in above and column not in below and named("totals", text_of(above[column]))


def _rows_of_total(total: int, parts: Sequence[int], plan: Plan) -> int:
    """Return in how many rows a column is the sum of others; 0 where too few rows tell, or too many are off."""
    sums = [(row[total], [row[c] or 0 for c in parts]) for row in plan.rows]
    held = sum(whole == sum(figures) and sum(figure != 0 for figure in figures) > 1 for whole, figures in sums)
    off = sum(whole is not None and whole != sum(figures) for whole, figures in sums)
    return held if held >= _FEWEST_TELLING and 2 * off <= held else 0


def _named_alike(ways: Sequence[tuple[_Upper, Cells]]) -> list[tuple[_Upper, Cells]]:
    """Return the ways in which the labels below a heading have the most of its name: 公务用车费 over 公务用车购置费."""
    alike = [
        [longest_in_common(text_of(above[c]), text_of(below[k])) for c, size in spans.items() for k in range(c, c + size)]
        for (above, spans), below in ways
    ]
    most = max(map(sum, alike), default=0)
    shared = [way for way, lengths in zip(ways, alike, strict=True) if sum(lengths) == most]
    enough = most and all(sum(length > 1 for length in lengths) > 1 for lengths in alike if sum(lengths) == most)
    return shared if enough else []


def longest_in_common(one: str, other: str) -> int:
    """Return how many letters the longest piece has that occurs in both texts."""
    for size in range(min(len(one), len(other)), 0, -1):
        if any(one[k : k + size] in other for k in range(len(one) - size + 1)):
            return size
    return 0


def _again_for_each(upper: Sequence[list[Token]], lower: Sequence[list[Token]], plan: Plan) -> tuple[_Upper, Cells] | None:
    """Put labels that come again for each heading under it.

    Behind a column of its own: 债务限额 | 一般债务 | 专项债务. Or where no label leads the headings: 机构数 | 床位数 over
    上年 | 本年 | 上年 | 本年.
    """
    texts = [text_of(cell) for cell in lower]
    for leading, own in ((plan.lead, 1), (0, 0)):
        headings = len(upper) - leading
        size = len(lower) // headings if headings > 1 else 0
        again = size > 1 and len(set(texts[:size])) == size and texts == texts[:size] * headings
        if again and plan.width == plan.lead + headings * (own + size):
            starts = [plan.lead + n * (own + size) for n in range(headings)]
            above = dict(zip((*range(leading), *starts), upper, strict=True))
            below = {start + own + k: lower[n * size + k] for n, start in enumerate(starts) for k in range(size)}
            return (above, dict.fromkeys(starts, own + size)), below
    return None


def _sizes(labels: int, groups: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways to share out labels among groups of two or more."""
    if groups == 1:
        if labels > 1:
            yield (labels,)
        return
    if labels % groups == 0 and labels // groups > 1:
        yield (labels // groups,) * groups


def _laid_out(
    upper: Sequence[list[Token]], lower: Sequence[list[Token]], owners: Sequence[int], sizes: Sequence[int]
) -> tuple[_Upper, Cells]:
    above: Cells = {}
    below: Cells = {}
    spans: dict[int, int] = {}
    column = taken = 0
    for n, cell in enumerate(upper):
        above[column] = cell
        size = sizes[owners.index(n)] if n in owners else 0
        if size:
            spans[column] = size
            below.update(enumerate(lower[taken : taken + size], column))
            taken += size
        column += max(size, 1)
    return (above, spans), below


def text_of(tokens: Sequence[Token]) -> str:
    """Return what stands in a cell, its lines put together."""
    return "".join("".join(token.text.split()) for token in tokens)


def _is_sound(way: tuple[_Upper, Cells], plan: Plan, named: Named) -> bool:
    """Tell whether rates stand above what may be rates, sums above none, and no group has a label twice."""
    (above, spans), below = way

    def is_rate_label(label: str) -> bool:
        return named("rates", label) or named("growth_rates", label) or "%" in label

    for start, size in spans.items():
        covered = range(start, start + size)
        if len({text_of(below[c]) for c in covered}) < size or start < plan.lead or named("remarks", text_of(above[start])):
            return False
        if is_rate_label(text_of(above[start])) and not plan.sums.isdisjoint(covered):
            return False
    if any(c not in spans and (bare := take_apart(text_of(cell))).among and not bare.text for c, cell in above.items()):
        return False  # 其中 alone names no column
    if any(c not in below and named("remarks", text_of(above.get(c, []))) for c in range(plan.lead, plan.lead + plan.figures)):
        return False
    for c in range(plan.lead, plan.width):
        is_rate = is_rate_label(text_of(below[c] if c in below else above.get(c, [])))
        if (is_rate and c in plan.sums) or (not is_rate and c in plan.rates):
            return False
    return True
