"""Which single figure explains what was found in a form: the one with which all would be well, and no other one.

Comes in: what came of supposing other values in cells (`rules.supposition`). Goes out: for each check that failed the cell to
blame and the value it should have. Where two cells explain the same checks none is named, unless one of them was changed in
a way in which figures are mistyped: a moved point, 元 under 万元, two digits in each other's place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import NamedTuple

from validator.model.change import Change, Slip, Supposed
from validator.model.interval import Interval


class Cell(NamedTuple):
    """A cell, and what should stand there."""

    path: str
    text: str


class Blame(NamedTuple):
    """What explains a check that failed."""

    cells: tuple[Cell, ...]
    """One cell, or two that should change places."""
    leads: bool
    """Whether it is the check whose finding is kept."""
    slip: Slip = ""
    alone: bool = False
    """Whether nothing else that failed is explained by it."""
    sure: bool = True
    """False where two figures have changed places, but other two of the same rows may be meant."""


class _Suspect(NamedTuple):
    """One cell or two that explain something."""

    cells: tuple[Cell, ...]
    """The text is empty where several values would do that have nothing in common."""
    settled: frozenset[str]
    slip: Slip = ""


def culprits(
    tried: Sequence[Supposed],
    about: Mapping[str, tuple[str, tuple[int, ...]]],
    unsolved: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> dict[str, Blame]:
    """Return, by id of the check, what explains it.

    `about`: by check, the cell that its finding is about, and what decides which of several findings leads: the least.
    `unsolved`: cells that may explain the checks as well, with a value that nobody can tell.
    """
    explaining = [one for one in tried if one.settled and not one.breaks]
    wanted = [one.changes[0] for one in tried if len(one.changes) == 1]
    suspects = [*_single(explaining, wanted, {check: cell for check, (cell, _) in about.items()}), *_pairs(explaining)]
    suspects += [_Suspect((Cell(cell, ""),), frozenset(checks)) for cell, checks in unsolved.items()]
    found: dict[str, Blame] = {}
    for suspect in suspects:
        rivals = [other for other in suspects if other is not suspect and suspect.settled & other.settled]
        better = [other for other in rivals if _as_good(other, suspect)]
        sure = not better
        if not all(cell.text for cell in suspect.cells) or not (sure or _same_rows(suspect, better)):
            continue
        checks = sorted(suspect.settled, key=lambda check: about[check][1])
        cells = {cell.path for cell in suspect.cells}
        own = [check for check in checks if about[check][0] in cells]
        if len(checks) == 1 and own:
            continue  # the finding says so already
        leader = (own or checks)[0]
        cells_of_leader = sorted(suspect.cells, key=lambda cell: _row(cell.path) != _row(about[leader][0]))
        for check in checks:
            found.setdefault(check, Blame(tuple(cells_of_leader), check == leader, suspect.slip, len(checks) == 1, sure))
    return found


def _as_good(other: _Suspect, suspect: _Suspect) -> bool:
    """Tell whether others explain as much, so that these can't be named: one wrong figure is likelier than two."""
    if other.settled < suspect.settled:
        return False
    if other.settled != suspect.settled:
        return True
    return len(other.cells) <= len(suspect.cells) and not (suspect.slip and not other.slip)


def _same_rows(suspect: _Suspect, others: Iterable[_Suspect]) -> bool:
    """Tell whether all that may be meant is that figures of two rows have changed places, in one column or another."""
    rows = _rows(suspect)
    return len(rows) == 2 and all(other.settled == suspect.settled and _rows(other) == rows for other in others)


def _rows(suspect: _Suspect) -> frozenset[str]:
    return frozenset(_row(cell.path) for cell in suspect.cells)


def _row(path: str) -> str:
    return path.rpartition(".")[0]


def _pairs(explaining: Iterable[Supposed]) -> Iterator[_Suspect]:
    """Yield one suspect for each two cells that should change places."""
    for one in explaining:
        if len(one.changes) > 1:
            yield _Suspect(tuple(Cell(change.path, change.value.text) for change in one.changes), one.settled)


def _single(explaining: Iterable[Supposed], wanted: Sequence[Change], about: Mapping[str, str]) -> Iterator[_Suspect]:
    """Yield one suspect for each cell that with another value explains something.

    `wanted`: all that was asked for; `about`: by check, the cell that its finding is about: it knows best what belongs there,
    and may be wrong by any amount.
    """

    def exactly(one: tuple[Change, frozenset[str]]) -> tuple[Decimal, bool, str]:
        change = one[0]
        own = any(about.get(check) == change.path for check in change.asked_by)
        return change.interval.high - change.interval.low, not own, change.value.text

    by_cell: dict[str, list[tuple[Change, frozenset[str]]]] = {}
    for one in explaining:
        change = one.changes[0]
        if len(one.changes) == 1 and one.likely:
            by_cell.setdefault(change.path, []).append((change, one.settled))
        elif len(one.changes) == 1 and any(about.get(check) == change.path for check in one.settled):
            yield _Suspect((Cell(change.path, ""),), one.settled)
    for cell, values in by_cell.items():
        most = max(len(settled) for _, settled in values)
        best = [(change, settled) for change, settled in values if len(settled) == most]
        asked = [change for change in wanted if change.path == cell]
        settled = best[0][1]
        same = all(other == settled for _, other in best)
        ranked = [change for change, _ in sorted(best, key=exactly)]
        first = next((one for one in ranked if same and all(_would_do(one, check, asked) for check in settled)), None)
        yield _Suspect((Cell(cell, first.value.text if first else ""),), settled, (first or ranked[0]).slip)


def _would_do(change: Change, check: str, asked: Iterable[Change]) -> bool:
    """Tell whether a value is, as far as it is written, one of those that a check asks for, if it asks for any.

    Points are often rounded: 8 will do for 8.02.
    """
    own = [other for other in asked if check in other.asked_by]
    return not own or any(_written(other).meets(_written(change)) or _rounds(other, change) for other in own)


def _rounds(change: Change, other: Change) -> bool:
    """Tell whether the points of one change are those of another one rounded to fewer decimals."""
    one, two = change.value.value, other.value.value.normalize()
    exponent = two.as_tuple().exponent
    points = other.value.unit.dimension == "points" and isinstance(exponent, int)
    return points and one.quantize(Decimal(1).scaleb(min(int(exponent), 0)), ROUND_HALF_UP) == two


def _written(change: Change) -> Interval:
    """Return the values that would do, and those that are written like the one that was asked for."""
    own = change.value.interval
    return Interval(min(own.low, change.interval.low), max(own.high, change.interval.high))
