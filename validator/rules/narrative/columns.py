"""Lists that tell several figures of each item: 总投资29亿元、年度计划5.6亿元，其中：在建项目总投资13亿元、年度计划3.3亿元；….

Comes in: the claims of a passage by sentences. Goes out: for each figure of the whole that every item tells too, the whole and
the parts. That the items are all there is, is borne out by a figure that adds up: the others have to, then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.lists import Relation
from validator.rules.narrative.places import addable, same_kind, ties, total_of
from validator.rules.tables import Tie

_PAIR = 2
_MOST = 60
_SAID = 2
_FAR = Decimal("0.5")


def columns(several: Sequence[Sequence[Claim]], wording: Wording) -> Iterator[Relation]:
    """Yield the figures of a whole with those of its items, where one of them adds up over all items."""
    for number, claims in enumerate(several):
        opener = next((n for n, c in enumerate(claims) if n and wording.among.search(c.before)), None)
        own = wording.among.match(claims[0].before) is not None
        if opener is None and not own:
            continue
        above = claims[:opener] if not own else several[number - 1] if number else ()
        above = above if not own or (above and claims[0].sentence - above[0].sentence == 1) else ()
        yield from _over_items(above, claims[0 if own else opener : _MOST], wording)


def _over_items(above: Sequence[Claim], listed: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    by_name: dict[str, list[Claim]] = {}
    for claim in listed:
        if addable(claim) and not claim.bracket:
            by_name.setdefault(_name(claim, wording), []).append(claim)
    wholes = [c for c in above if addable(c) and not c.bracket]
    found: list[Relation] = []
    for name, parts in by_name.items():
        whole = _whole(name, parts[0], wholes, wording) if len(name) >= _SAID and len(parts) >= _PAIR else None
        if whole is not None and len({part.segment for part in parts}) in (1, len(parts)):
            found.append(("narrative.total", whole, parts))
    firm = [relation for relation in found if ties(relation[1], relation[2]) is Tie.FIRM]
    for kind, whole, added in found:
        items = {part.segment for part in added}
        borne_out = any({part.segment for part in other} == items and len(other) == len(added) for _, _, other in firm)
        near = abs(total_of(added) - whole.quantity.base) <= _FAR * whole.quantity.base
        if borne_out and near and ties(whole, added) in (Tie.FIRM, Tie.OFF):
            yield kind, whole, added


def _whole(name: str, part: Claim, wholes: Sequence[Claim], wording: Wording) -> Claim | None:
    """Return the one whole of the name, or else the one whose name ends in it: 全县项目投资 of 投资."""
    alike = [c for c in wholes if same_kind(c, part)]
    for named in ([c for c in alike if _name(c, wording) == name], [c for c in alike if _name(c, wording).endswith(name)]):
        if named:
            return named[0] if len(named) == 1 else None
    return None


def _name(claim: Claim, wording: Wording) -> str:
    """Return what a figure is called, without time and item: 累计完成投资 is 完成投资."""
    name = wording.links.sub("", wording.among.sub("", claim.before))
    for known in (wording.months_told, wording.account_when):
        name = known.sub("", name)
    return name.lstrip("，,：:；;")
