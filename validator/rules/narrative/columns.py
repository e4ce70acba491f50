"""Lists that tell several figures of each item: 总投资29亿元、年度计划5.6亿元，其中：在建项目总投资13亿元、年度计划3.3亿元；….

Comes in: the claims of a passage by sentences. Goes out: for each figure of the whole that every item tells too, the whole and
the parts. That the items are all there is, is borne out by a figure that adds up: the others have to, then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.lists import Relation
from validator.rules.narrative.places import addable, same_kind, ties, total_of
from validator.rules.tables import Tie

_PAIR, _THREE = 2, 3
_MOST = 60
_SAID = 2
_FAR = Decimal("0.5")
_MARKS = "，,：:；;"
_Names = tuple[str, str]


class _Called(NamedTuple):
    """A figure of the whole, with those of the items that are called so."""

    alike: tuple[int, int]
    """How much so, the smaller the more."""
    whole: Claim
    parts: list[Claim]


def columns(several: Sequence[Sequence[Claim]], wording: Wording) -> Iterator[Relation]:
    """Yield the figures of a whole with those of its items, where one of them adds up over all items."""
    for number, claims in enumerate(several):
        opener = next((n for n, c in enumerate(claims) if n and wording.among.search(c.before)), None)
        own = wording.among.match(claims[0].before) is not None
        if opener is None and not own:
            continue
        above = claims[:opener] if not own else several[number - 1] if number else ()
        above = above if not own or (above and claims[0].sentence - above[0].sentence == 1) else ()
        listed = claims[0 if own else opener : _MOST]
        found = list(_over_items(above, listed, wording))
        following = several[number + 1] if number + 1 < len(several) else ()
        if not found and following and following[0].sentence - claims[0].sentence == 1:
            # The last item may have a sentence of its own: …；工程类94个、3万元。服务类148个、2万元。
            found = list(_over_items(above, [*listed, *following][:_MOST], wording))
        yield from found
        yield from _second_figures(above, listed, wording)


def _over_items(above: Sequence[Claim], listed: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    items = [(_names(c, wording), c) for c in listed if addable(c) and not c.bracket]
    wholes = [(_names(c, wording), c) for c in above[-_MOST:] if addable(c) and not c.bracket]
    called = [one for names, whole in wholes if (one := _called_alike(names, whole, items)) is not None]
    found: list[Relation] = []
    for one in called:
        rivals = [
            other for other in called if other is not one and not {id(c) for c in one.parts}.isdisjoint(map(id, other.parts))
        ]
        if all(one.alike < other.alike for other in rivals):
            found.append(("narrative.total", one.whole, one.parts))
    firm = [relation for relation in found if ties(relation[1], relation[2]) is Tie.FIRM]
    for kind, whole, added in found:
        stretch = {part.segment for part in added}
        borne_out = any({part.segment for part in other} == stretch and len(other) == len(added) for _, _, other in firm)
        near = abs(total_of(added) - whole.quantity.base) <= _FAR * whole.quantity.base
        if borne_out and near and ties(whole, added) in (Tie.FIRM, Tie.OFF):
            yield kind, whole, added


def _second_figures(above: Sequence[Claim], listed: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield `资助406个项目，资金6210万元，其中：甲50个，金额1006万元；…`: what every item tells next, in one word."""
    if len(above) < _PAIR or same_kind(*above[-_PAIR:]) or not all(map(addable, (*above[-_PAIR:], *listed))):
        return
    first, second = above[-_PAIR:]
    firsts, seconds = listed[::2], listed[1::2]
    pairs = list(zip(firsts, seconds, strict=False))
    one_word = len({_names(c, wording)[0] for c in seconds}) == 1
    regular = len(firsts) == len(seconds) >= _THREE and all(
        same_kind(one, first) and same_kind(other, second) and one.segment == other.segment for one, other in pairs
    )
    near = regular and abs(total_of(seconds) - second.quantity.base) <= _FAR * second.quantity.base
    if near and one_word and ties(first, firsts) is Tie.FIRM:
        yield "narrative.total", second, seconds


def _called_alike(names: _Names, whole: Claim, items: Sequence[tuple[_Names, Claim]]) -> _Called | None:
    """Return the figures, one of each item, that are called what the whole is, in its words if there are any.

    Either may have a longer name: 在建项目总投资 of 总投资, 投资 of 全县项目投资.
    """
    for n, name in enumerate(names):
        told = [(own[n], c) for own, c in items if min(len(own[n]), len(name)) >= _SAID and same_kind(c, whole)]
        for m, parts in enumerate(
            (
                [c for own, c in told if own == name],
                [c for own, c in told if own.endswith(name)],
                [c for own, c in told if name.endswith(own)],
            )
        ):
            if len(parts) >= _PAIR and len({part.segment for part in parts}) in (1, len(parts)):
                return _Called((n, m), whole, parts)
    return None


def _names(claim: Claim, wording: Wording) -> _Names:
    """Return what a figure is called, as written and without time and links: 累计完成投资, 投资."""
    written = wording.among.sub("", claim.before).lstrip(_MARKS)
    plain = wording.links.sub("", written)
    for known in (wording.months_told, wording.account_when):
        plain = known.sub("", plain)
    plain = wording.timeless(plain).lstrip(_MARKS)
    in_all = wording.in_all.match(plain)
    return written, plain[in_all.end() :] if in_all else plain
