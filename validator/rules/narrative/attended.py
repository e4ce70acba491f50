"""What is told beside every item of a list, and beside its whole: 收入90万元，增加9万元。税收60万元，增加5万元；….

Comes in: passages of claims, the lists that add up, the changes that are explained. Goes out: places for the rules of
totals and of changes. The items are all of the whole, so what is told of each in the same way adds up as well: changes, the
budgets that shares are taken of, people beside households. What doesn't is accused only where one wrong digit accounts for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.rules.mistyping import accounts_for
from validator.rules.narrative.changes import added_up, since_one_time
from validator.rules.narrative.lists import mistaken
from validator.rules.narrative.places import Found, addable, facts, is_base, place, same_kind, ties
from validator.rules.narrative.subjects import subject_words
from validator.rules.tables import Tie, tie

_MOST_PARTS = 12
_MOST_BESIDE = 6
_PAIR = 2
_LONG = 3

_Beside = Mapping[tuple[str, str], Claim]
"""What is told of a figure: how and in which words, or in which unit, and the figure."""


class _Row(NamedTuple):
    claim: Claim
    beside: _Beside


def attended(passages: Sequence[Passage], lists: Sequence[Found], moved: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield what stands beside the whole of each list with what stands beside its items, unless it is told already."""
    if not lists:
        return
    at = {claim.fact.pointer.path: (passage, n) for passage in passages for n, claim in enumerate(passage.claims)}
    known: set[frozenset[str]] = set()
    for found in lists:
        whole, parts = found.place.names.get("total"), found.place.names.get("parts")
        if found.kind != "narrative.total" or not isinstance(whole, Fact) or not isinstance(parts, tuple):
            continue
        figures = [fact for fact in parts if isinstance(fact, Fact)]
        if not _PAIR <= len(figures) <= _MOST_PARTS or tie(whole, figures) is not Tie.FIRM:
            continue
        top, *rows = (_row(*at[fact.pointer.path], wording) for fact in (whole, *figures))
        for relation in _sums(top, rows, wording):
            known = known or {figures_of(one) for one in (*lists, *moved)}
            if figures_of(relation) not in known:
                known.add(figures_of(relation))
                yield relation


def figures_of(found: Found) -> frozenset[str]:
    """Return which figures a relation is of, by their paths."""
    told: set[str] = set()
    for value in found.place.names.values():
        several = value if isinstance(value, tuple) and not isinstance(value, Fact) else (value,)
        told |= {one.pointer.path for one in several if isinstance(one, Fact)}
    return frozenset(told)


def _row(passage: Passage, n: int, wording: Wording) -> _Row:
    """Return a figure with what is told of it: all that stands behind it, up to the next of its kind that has a name."""
    claim = passage.claims[n]
    beside: dict[tuple[str, str], Claim] = {}
    twice: set[tuple[str, str]] = set()
    following = passage.claims[n + 1 : n + 2 + _MOST_BESIDE]
    for one, other in zip(following, [*following[1:], None], strict=False):
        if one.sentence != claim.sentence or one.bracket != claim.bracket or wording.opener.match(one.before):
            break
        kind = _told_as(one, other, claim, wording)
        if kind is None:
            if one.kind == "level" and same_kind(one, claim):
                break
            continue
        twice |= {kind} & beside.keys()
        beside.setdefault(kind, one)
    return _Row(claim, {kind: one for kind, one in beside.items() if kind not in twice})


def _told_as(one: Claim, following: Claim | None, claim: Claim, wording: Wording) -> tuple[str, str] | None:
    """Return how a figure is told beside another; none for one that adds up to nothing."""
    if not one.usable or (wording.past.search(one.before) and one.kind != "change"):
        return None
    if one.kind == "change":
        basis = wording.other_basis.search(one.before)
        return None if subject_words(one.before, wording) else ("change", basis.group() if basis else "")
    if not addable(one):
        return None
    if following is not None and is_base(one, following, wording):
        return "base", one.before
    return ("level", one.dimension) if one.dimension != claim.dimension else None


def _sums(top: _Row, rows: Sequence[_Row], wording: Wording) -> Iterator[Found]:
    """Yield each figure beside the whole with those beside all of its items."""
    columns = [
        (kind, whole, [row.beside[kind] for row in rows])
        for kind, whole in top.beside.items()
        if all(kind in row.beside and same_kind(row.beside[kind], whole) for row in rows)
    ]
    firm = [whole for kind, whole, parts in columns if kind[0] != "change" and ties(whole, parts) is Tie.FIRM]
    for (kind, _), whole, parts in columns:
        if kind == "change":
            yield from _changes(whole, parts, wording)
        elif whole in firm or _slipped(kind, whole, parts, others=bool(firm)):
            values = {"total": whole.fact, "parts": facts(parts)}
            yield Found("narrative.total", place("narrative.total", whole, values, suffix=f"beside{parts[0].start}"))


def _slipped(kind: str, whole: Claim, parts: Sequence[Claim], *, others: bool) -> bool:
    """Tell whether a column is meant to add up, and one wrong digit keeps it from it.

    People may be counted twice, and some money be spent on nothing that is listed: unless another column adds up too.
    """
    alike = all(part.before == whole.before for part in parts)
    return (kind == "base" or others) and alike and ties(whole, parts) is Tie.OFF and mistaken(whole, parts)


def _changes(whole: Claim, parts: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield a change with those of the items, each in its direction."""
    gap = sum((part.sign * part.quantity.base for part in parts), Decimal(0)) - whole.sign * whole.quantity.base
    figures = [claim.quantity for claim in (whole, *parts)]
    long = max(len(figure.value.normalize().as_tuple().digits) for figure in figures) >= _LONG
    if since_one_time(whole, parts, wording) and (not gap or (long and accounts_for(gap, figures))):
        yield from added_up("narrative.changes", whole, parts)
