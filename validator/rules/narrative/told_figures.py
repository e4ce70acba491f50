"""Figures of prose that stand in a table as well, told by the figures alone: labels are lost more often than figures.

Comes in: passages of claims, the forms of the document, the figures that other relations tell already. Goes out: places for the
rule of text and table. A long figure that is also that of a row of all (the first, the last or a total), or what a column comes
to, is no chance; short ones are told where a paragraph has several of one row. One that is off is held to such a row only where
the paragraph has another figure of it, and nothing but a slip of the pen in a long figure is between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact, Form, Section
from validator.model.quantity import BARE, Quantity
from validator.rules.narrative.places import Found
from validator.rules.narrative.repeats import digits, mistyped, same, swapped_digits

_FIRM = 4
"""Digits of a figure that is that of a row of all by no chance."""
_FIRM_ANYWHERE = 5
_LONG = 5
"""Digits of a figure that differs from another by a slip of the pen."""
_FIRST = 3
"""Digits by which figures are looked up."""
_ROUNDED = 5
"""How far these may be from those of the rounded figure: 9.5 of 9.46."""
_SHORT = 2
_SLIP = 9
"""Last digits by which a slip of the pen changes a figure at least: two that change places, or one before the last."""
_TOGETHER = 6
"""Digits that figures of one paragraph and one row have in common by no chance."""
_TOLD = ("level", "rate", "percent", "share", "growth", "change", "score", "price")
_NEVER = ("time", "seconds", "temperature")


class _Cell(NamedTuple):
    fact: Fact
    quantity: Quantity
    row: str
    overall: bool
    """Whether its row is that of all others."""


class _Told(NamedTuple):
    claim: Claim
    cell: _Cell
    fact: Fact
    """The figure of the cell, in the unit of the text."""
    signed: bool
    """Whether they are one figure as they are written, and not 下降13.98% beside -13.98%."""
    alone: bool
    """Whether no other row has that figure."""


def figures_told(
    passages: Sequence[Passage], forms: Sequence[Form], known: Collection[str], wording: Wording
) -> Iterator[Found]:
    """Yield each figure of the prose that a table has too, or that is a slip of it. `known`: paths of those told already."""
    cells = [cell for form in forms if form.id == "generic" for section in form.sections for cell in _cells(section)]
    begun: dict[int, list[_Cell]] = defaultdict(list)
    rows: dict[str, list[_Cell]] = defaultdict(list)
    for cell in cells:
        begun[_beginning(cell.quantity.value)].append(cell)
        if cell.overall:
            rows[cell.row].append(cell)
    for passage in passages if cells else ():
        if passage.in_table or not passage.prose:
            continue
        claims = [claim for claim in passage.claims if _may_be_told(claim)]
        told = [one for claim in claims if (one := _equal(claim, begun)) is not None]
        together: dict[str, set[str]] = defaultdict(set)
        for one in told:
            together[one.cell.row].add(_digits(one.claim.quantity))
        for one in told:
            count = len(_digits(one.claim.quantity))
            enough = count >= (_FIRM if one.cell.overall else _FIRM_ANYWHERE)
            beside = one.cell.overall and sum(map(len, together[one.cell.row])) >= _TOGETHER and len(together[one.cell.row]) > 1
            if (enough or beside) and one.signed and one.claim.fact.pointer.path not in known:
                yield same("narrative.figure", one.claim, one.fact)
        yield from _slips(claims, told, rows, known, wording)


def _cells(section: Section) -> Iterator[_Cell]:
    """Yield the figures of a table; of its rows the totals, and the first and the last, may be those of all others."""
    rows = [record for record in section.records if record.role not in ("group", "numbering")]
    for record in rows:
        overall = record.role in ("total", "subtotal") or record is rows[0] or record is rows[-1]
        for fact in record.fields.values():
            if fact.quantity is not None and fact.quantity.value and len(_digits(fact.quantity)) >= _SHORT:
                yield _Cell(fact, fact.quantity, record.path, overall)


def _may_be_told(claim: Claim) -> bool:
    return (
        claim.kind in _TOLD
        and claim.usable
        and claim.dimension not in _NEVER
        and bool(claim.quantity.value)
        and len(_digits(claim.quantity)) >= _SHORT
    )


def _digits(quantity: Quantity) -> str:
    return digits(quantity).strip("0")


def _beginning(value: Decimal) -> int:
    """Return the first digits of a figure, whatever its unit."""
    written = "".join(map(str, value.as_tuple().digits)).lstrip("0")
    return int(written.ljust(_FIRST, "0")[:_FIRST])


def _equal(claim: Claim, begun: Mapping[int, Sequence[_Cell]]) -> _Told | None:
    """Return a figure with the cell that has it: of several the one in a row of all."""
    first = _beginning(claim.quantity.value)
    near = range(first - _ROUNDED, first + _ROUNDED + 1)
    turned = {_beginning(Decimal(n)) for n in near if n >= 10**_FIRST} | {
        10**_FIRST - 1 for n in near if n < 10 ** (_FIRST - 1)
    }
    found: list[_Told] = []
    for cell in (cell for beginning in {*near, *turned} for cell in begun.get(beginning, ())):
        fact = _in_one_unit(claim, cell)
        figure = fact.quantity if fact is not None else None
        if fact is None or figure is None:
            continue
        signed = figure.interval.meets(claim.quantity.interval)
        if signed or figure._replace(value=-figure.value).interval.meets(claim.quantity.interval):
            found.append(_Told(claim, cell, fact, signed, alone=True))
    best = min(found, key=lambda one: (not one.signed, not one.cell.overall), default=None)
    return best if best is None or all(one.cell.row == best.cell.row for one in found) else best._replace(alone=False)


def _in_one_unit(claim: Claim, cell: _Cell) -> Fact | None:
    """Return a figure of a table in the unit of the text, or in 元 where the table tells none; else None."""
    quantity, unit = cell.quantity, claim.quantity.unit
    if quantity.unit.dimension:
        return cell.fact if quantity.unit.dimension.split(":")[0] == unit.dimension.split(":")[0] else None
    if quantity.unit != BARE or unit.dimension == "ratio":
        return None
    scale = unit.dimension == "money" and abs(quantity.value) > abs(claim.quantity.value) * _SHORT and unit.factor > 1
    named = unit._replace(name="", factor=Decimal(1)) if scale else unit
    step = claim.quantity.step if unit.exact and quantity.step >= 1 and not scale else quantity.step
    return cell.fact._replace(reading=cell.fact.reading._replace(quantity=quantity._replace(unit=named, step=step)))


def _slips(
    claims: Sequence[Claim],
    told: Sequence[_Told],
    rows: Mapping[str, Sequence[_Cell]],
    known: Collection[str],
    wording: Wording,
) -> Iterator[Found]:
    """Yield the figures that are off by a slip from one of the rows of all that other figures of the paragraph are of."""
    sure = [one for one in told if one.cell.overall and one.alone and _is_written(one.claim.quantity, one.fact.quantity)]
    meant = dict.fromkeys(one.cell.row for one in sure if len(_digits(one.claim.quantity)) >= _FIRM)
    agreed = {one.claim.fact.pointer.path for one in told}
    taken = {one.cell.fact.pointer.path for one in told}
    left = [cell for row in meant for cell in rows[row] if cell.fact.pointer.path not in taken]
    for claim in claims if left else ():
        path = claim.fact.pointer.path
        other = claim.kind not in ("level", "rate") or claim.bracket or wording.past.search(claim.before)
        if path in agreed or path in known or other:
            continue
        facts = [fact for cell in left if (fact := _in_one_unit(claim, cell)) is not None]
        slipped = [fact for fact in facts if _is_slip(claim.quantity, fact.quantity)]
        if len(slipped) == 1 and not any(_is_near(claim.quantity, fact.quantity) for fact in facts):
            yield same("narrative.figure", claim, slipped[0])


def _is_slip(text: Quantity, table: Quantity | None) -> bool:
    """Tell whether a figure is another but for a digit, or for two that changed places: not its last one, nor cut off."""
    if table is None or not table.base or not text.step or _is_near(text, table):
        return False
    low, high = sorted((abs(text.base), abs(table.base)))
    one, two = digits(text), digits(_rounded(text, table))
    return min(len(one), len(two)) >= _LONG and high <= 2 * low and (swapped_digits(one, two) or mistyped(one, two))


def _is_written(text: Quantity, table: Quantity | None) -> bool:
    """Tell whether a figure is the rounded other one to its last digit."""
    return table is not None and bool(text.step) and _rounded(text, table).value == text.value


def _is_near(text: Quantity, table: Quantity | None) -> bool:
    """Tell whether two figures differ by their last digits at most."""
    if table is None:
        return False
    step = max(text.step * text.unit.factor, table.step * table.unit.factor)
    return abs(abs(text.base) - abs(table.base)) < _SLIP * step


def _rounded(text: Quantity, table: Quantity) -> Quantity:
    """Return a figure of a table as the text would write it."""
    return table._replace(value=round(table.base / (text.step * text.unit.factor)) * text.step)
