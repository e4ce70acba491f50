"""Shares of the parts of a list that adds up: 收入3200万元，其中：拨款2880万元，占90%；事业256万元，占9%；其他64万元，占2%.

Comes in: the rates that are found, the lists that add up. Goes out: the rates, those of which another part of the list would be
the whole held to the whole of the list instead. 256万元 are 9% of 2880万元 as well, by chance: what the other shares are of,
this one is of too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.rules.narrative.places import Found, addable, rate_of, ratio_follows
from validator.rules.narrative.shares import names_whole
from validator.rules.tables import Tie, tie

_PAIR = 2

_Shares = Mapping[str, tuple[Claim, Claim]]
"""Each figure, and the share that stands right behind it, by the path of the figure."""


def of_their_whole(
    rated: Sequence[Found], lists: Sequence[Found], passages: Sequence[Passage], wording: Wording
) -> list[Found]:
    """Return rates, those of a part over another part of its list as what they are of the whole of the list."""
    shares = dict(_shares(passages)) if lists and rated else {}
    meant = {one[1].fact.pointer.path: one for one in _of_lists(lists, shares, passages, wording)}
    return [_held(found, meant) for found in rated] if meant else list(rated)


def _held(found: Found, meant: Mapping[str, tuple[Claim, Claim, Claim, frozenset[str]]]) -> Found:
    rate, below = found.place.names.get("rate"), found.place.names.get("denominators")
    if found.kind != "narrative.rate" or not isinstance(rate, Fact) or rate.pointer.path not in meant:
        return found
    part, share, whole, siblings = meant[rate.pointer.path]
    told = [fact.pointer.path for fact in below if isinstance(fact, Fact)] if isinstance(below, tuple) else []
    return rate_of(share, [part], [whole]) if len(told) == 1 and told[0] in siblings else found


def _shares(passages: Sequence[Passage]) -> Iterator[tuple[str, tuple[Claim, Claim]]]:
    """Yield each figure with the share right behind it."""
    for passage in passages:
        for part, share in pairwise(passage.claims) if passage.prose else ():
            behind = share.kind == "share" and share.usable and share.clause - part.clause <= 1
            if behind and addable(part) and share.bracket == part.bracket:
                yield part.fact.pointer.path, (part, share)


def _of_lists(
    lists: Sequence[Found], shares: _Shares, passages: Sequence[Passage], wording: Wording
) -> Iterator[tuple[Claim, Claim, Claim, frozenset[str]]]:
    """Yield each part with its share, the whole of its list and the paths of the parts, where the shares are of the whole."""
    claims: dict[str, Claim] = {}
    for found in lists if shares else ():
        whole, parts = found.place.names.get("total"), found.place.names.get("parts")
        if found.kind != "narrative.total" or not isinstance(whole, Fact) or not isinstance(parts, tuple):
            continue
        figures = [fact for fact in parts if isinstance(fact, Fact)]
        told = [shares[fact.pointer.path] for fact in figures if fact.pointer.path in shares]
        if len(told) < max(_PAIR, len(figures)) or tie(whole, figures) is not Tie.FIRM:
            continue
        claims = claims or {claim.fact.pointer.path: claim for passage in passages for claim in passage.claims}
        all_of_it = claims[whole.pointer.path]
        given = [share for part, share in told if ratio_follows(share, [part], [all_of_it])]
        named = {names_whole(share, wording) for _, share in told} - {""}
        if len(named) <= 1 and _PAIR * len(given) >= len(told):
            siblings = frozenset(fact.pointer.path for fact in figures)
            yield from (
                (part, share, all_of_it, siblings)
                for part, share in told
                if not any(names_whole(share, wording) in other.before for other, _ in told if names_whole(share, wording))
            )
