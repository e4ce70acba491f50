"""The same quantity told twice in the prose of a document.

Comes in: passages of claims. Goes out: places for the rule of figures that are told again. Two figures are the same quantity
only if what, when and unit agree; two that differ are one quantity only where the difference is that of a misprint, or another
figure told beside each of them is the same. The rest is silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.model.quantity import Quantity
from validator.rules.narrative.places import Found, place

_PAIR = 2
_MARKED = re.compile(r"[，,；;：:]")
_FIRM = 3
"""Digits of a figure that two projects don't have in common by chance."""
_LONG = 5
"""Digits of a figure that nothing but the same quantity has nearly all of."""
_SAID = 5
"""Characters of a name that says what is measured."""
_SAID_AT_LENGTH = 6
_MOST = 8


class _Told(NamedTuple):
    """A figure, with the part of the year that its sentence speaks of."""

    claim: Claim
    within: frozenset[str]


def repeats(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each quantity of the prose that is told again, or told with another value."""
    yield from _again(passages, wording)
    yield from _together(passages, wording)


def same(kind: str, claim: Claim, other: Fact, again: Sequence[Fact] = ()) -> Found:
    """Return the place of a figure that is told at another place too."""
    where = other.pointer.address
    return Found(kind, place(kind, claim, {"one": claim.fact, "other": other, "place": where, "again": again}))


# --- one figure -----------------------------------------------------------------------------------------------------------


def _again(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield figures that are told again in the same words.

    A name that is told with more than two figures is that of several things: of one county after the other.
    """
    told: dict[tuple[str, str, str], list[_Told]] = {}
    for passage in passages:
        if not passage.prose or passage.in_table:
            continue
        for claim in passage.claims:
            if len(claim.noun) >= _SAID and _may_be_repeated(claim):
                when = wording.within_year.findall(passage.sentence_text(claim.sentence))
                key = claim.noun[-_MOST:], claim.dimension, claim.kind
                told.setdefault(key, []).append(_Told(claim, frozenset(when)))
    for first, *others in told.values():
        values = Counter(one.claim.quantity.base for one in (first, *others) if one.claim.year == first.claim.year)
        for other in others:
            if first.claim.fact.pointer.path == other.claim.fact.pointer.path:
                continue
            if other.claim.quantity.base == first.claim.quantity.base:
                if len(first.claim.noun) >= _SAID_AT_LENGTH:
                    yield same("narrative.same", other.claim, first.claim.fact)
            elif len(values) == _PAIR and _one_when(first, other) and _slip(other.claim, first.claim):
                once = values[first.claim.quantity.base] == 1 < values[other.claim.quantity.base]
                one, two = (first, other) if once else (other, first)
                yield same("narrative.same", one.claim, two.claim.fact)
                break


def _one_when(one: _Told, other: _Told) -> bool:
    return one.claim.year == other.claim.year and one.within == other.within


def _may_be_repeated(claim: Claim) -> bool:
    return claim.usable and claim.kind in ("level", "rate") and claim.role not in ("budget", "target")


def _slip(claim: Claim, other: Claim) -> bool:
    """Tell whether two figures told with the same words differ like a figure and its misprint."""
    long, short = sorted((claim.noun, other.noun), key=len, reverse=True)
    if long != short and not (len(short) >= _MOST and long.endswith(short)):
        return False
    if claim.quantity.unit != other.quantity.unit or claim.quantity.step != other.quantity.step:
        return False
    one, two = digits(claim.quantity), digits(other.quantity)
    at_length = min(len(claim.noun), len(other.noun)) >= _SAID_AT_LENGTH
    if swapped_digits(one, two):
        return at_length or len(one) > _FIRM
    return at_length and mistyped(one, two)


def slipped(one: Claim, other: Claim) -> bool:
    """Tell whether two figures, in one unit and as fine as each other, differ like a figure and its misprint."""
    alike = one.quantity.unit == other.quantity.unit and one.quantity.step == other.quantity.step
    written = digits(one.quantity), digits(other.quantity)
    return alike and (swapped_digits(*written) or mistyped(*written))


def swapped_digits(one: str, two: str) -> bool:
    """Tell whether two figures of at least three digits are the same but for two neighbouring digits in the other order."""
    if len(one) != len(two) or len(one) < _FIRM:
        return False
    off = [n for n in range(len(one)) if one[n] != two[n]]
    return len(off) == _PAIR and off[1] - off[0] == 1 and one[off[0]] == two[off[1]] and one[off[1]] == two[off[0]]


def mistyped(one: str, two: str) -> bool:
    """Tell whether one digit of many is another one, or is left out: of two long figures that is no chance."""
    if min(len(one), len(two)) < _LONG or one == two:
        return False
    if len(one) == len(two):
        return sum(a != b for a, b in zip(one, two, strict=True)) == 1
    short, long = sorted((one, two), key=len)
    return len(long) - len(short) == 1 and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def digits(quantity: Quantity) -> str:
    """Return the digits that a figure is written with."""
    return "".join(map(str, quantity.value.as_tuple().digits))


# --- several figures side by side -------------------------------------------------------------------------------------------


def _together(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield figures that are told side by side in the same words as once before: where one is the same, so are the others.

    `下达资金64.2万元，完成投资58.5万元` at two places is one project, as long as a figure of three digits agrees. Told again
    in one paragraph it is what was to be done and what was done: the goal of a form, and how far it was reached.
    """
    told: dict[tuple[str, ...], list[tuple[int, Sequence[Claim]]]] = {}
    for number_of_passage, passage in enumerate(p for p in passages if p.claims and p.prose and not p.in_table):
        for number, claims in passage.by_sentence:
            run = _run(claims, wording)
            lead = passage.text[passage.sentences[number][0] : run[0].start] if run else ""
            # What stands before them in the sentence says what they are of.
            if len(run) >= _PAIR and not _MARKED.search(lead.strip()):
                for length in range(_PAIR, len(run) + 1):
                    key = (*(_core(c.noun, wording) for c in run[:length]), *(c.dimension for c in run[:length]))
                    told.setdefault(key, []).append((number_of_passage, run[:length]))
    longest = sorted((runs for runs in told.values() if len(runs) == _PAIR), key=lambda runs: -len(runs[0][1]))
    done: set[str] = set()
    for (before, earlier), (at, later) in longest:
        if at == before:
            continue
        pairs = [pair for pair in zip(earlier, later, strict=True) if pair[1].fact.pointer.path not in done]
        done.update(claim.fact.pointer.path for claim in later)
        agreeing = "".join(digits(b.quantity).rstrip("0") for a, b in pairs if a.quantity.base == b.quantity.base)
        for one, other in pairs:
            if len(agreeing) >= _FIRM and _one_time(one, other) and _comparable(one, other):
                yield same("narrative.same", other, one.fact)


def _run(claims: Sequence[Claim], wording: Wording) -> Sequence[Claim]:
    """Return the figures that a sentence begins with, each in a clause of its own right behind the one before."""
    run: list[Claim] = []
    for claim in claims[:_MOST]:
        if not _is_plain(claim, wording) or (run and claim.clause - run[-1].clause != 1):
            break
        run.append(claim)
    return run


def _core(noun: str, wording: Wording) -> str:
    """Return a name without 该项目 before it."""
    lead = wording.plain.match(noun)
    return noun[lead.end() :] if lead and lead.end() < len(noun) - 1 else noun


def _is_plain(claim: Claim, wording: Wording) -> bool:
    named = claim.kind == "level" and claim.usable and not claim.bracket and len(claim.noun) >= _PAIR
    return named and not wording.past.search(claim.before) and not wording.among.search(claim.before)


def _one_time(one: Claim, other: Claim) -> bool:
    return one.year is None or other.year is None or one.year == other.year


def _comparable(one: Claim, other: Claim) -> bool:
    """Tell whether two figures are near enough to be one and its misprint, in one unit."""
    low, high = sorted((one.quantity.base, other.quantity.base))
    return one.quantity.unit == other.quantity.unit and low > 0 and high <= 2 * low
