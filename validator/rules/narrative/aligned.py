"""Parts that nothing opens: behind 分别为, done and undone, named by what divides a whole, or figures that just add up.

Comes in: a passage of claims. Goes out: wholes with their parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.divisions import division
from validator.rules.narrative.lists import Relation, mistaken
from validator.rules.narrative.parts import claims_before, is_candidate
from validator.rules.narrative.places import addable, is_base, near, same_kind, ties, total_of
from validator.rules.narrative.sums import how_many
from validator.rules.tables import Tie

_SLIGHT = Decimal("0.1")
_WIDE = Decimal("0.25")
"""How far the parts that a whole is divided into by their names may be from it."""
_LEAD = 16
_MOST_PARTS = 40
_MOST_RUN = 12
_PAIR = 2
_MOST_SILENT = 120
_MOST_BETWEEN = 6


def aligned(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield `补助30万元，甲、乙分别为10万元、20万元`: figures listed behind 分别为 are held to what stands before."""
    for n, claim in enumerate(claims):
        if not addable(claim) or not wording.aligned.search(claim.before):
            continue
        parts = [claim]
        for follower in claims[n + 1 :]:
            between = passage.text[parts[-1].end : follower.start]
            if len(between) > 2 or not addable(follower) or not same_kind(follower, claim):
                break
            parts.append(follower)
        earlier = claims[max(0, n - _MOST_PARTS) : n]
        beside = {c.start for pair in pairwise(earlier) if len(passage.text[pair[0].end : pair[1].start]) == 1 for c in pair}
        whole = next(
            (
                c
                for c in reversed(earlier)
                if is_candidate(c, wording) and same_kind(c, claim) and c.bracket == claim.bracket and c.start not in beside
            ),
            None,
        )
        if whole is None or len(parts) < 2 or ties(whole, parts) is Tie.NONE:
            continue
        whole = _nearest(passage, whole, parts, wording)
        fitting = ties(whole, parts) is not Tie.OFF
        names = passage.text[max(whole.end, claim.start - 60) : claim.start]
        split = any(sum(word in names for word in group) >= 2 for group in wording.data.partitions)
        told = (
            wording.among.search(names)
            or wording.total.search(whole.before)
            or wording.bare_total.search(whole.before)
            or wording.sums.search(whole.before)
        )
        if fitting or split or (told and whole.clause + 2 >= claim.clause):
            yield "narrative.total", whole, parts


def _nearest(passage: Passage, whole: Claim, parts: Sequence[Claim], wording: Wording) -> Claim:
    """Return the whole further ahead that the parts come far nearer to: it was divided in another way before."""
    told = [c for c in claims_before(passage, parts[0].start) if is_candidate(c, wording) and same_kind(c, whole)]
    best = min((whole, *told), key=lambda c: abs(c.quantity.base - total_of(parts)))
    near = abs(best.quantity.base - total_of(parts)) <= _SLIGHT * best.quantity.base
    return best if near and ties(whole, parts) is Tie.OFF else whole


def done_and_undone(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield `发现问题120个，已整改110个，未整改10个`: what was done and what was not are all there is."""
    for n, undone in enumerate(claims):
        said = wording.not_done.fullmatch(undone.before)
        if not said or not addable(undone):
            continue
        around = [c for c in claims[max(0, n - _MOST_BETWEEN) : n + 2] if same_kind(c, undone) and c.bracket == undone.bracket]
        at = around.index(undone)
        if at < _PAIR or at + 1 < len(around):
            continue
        whole, done = around[at - 2 : at]
        name = done.before.rstrip("".join(wording.data.done))
        between = [c for c in claims if done.start < c.start < undone.start]
        apart = undone.clause - done.clause - len({c.clause for c in between if c.kind in ("rate", "percent", "growth")})
        told = name.endswith(said["doing"]) and apart == 1 and done.clause - whole.clause <= _PAIR
        own = wording.links.sub("", wording.leading.sub("", name.removesuffix(said["doing"])))
        named = not own or any(own[k : k + 2] in whole.before + whole.after for k in range(len(own) - 1))
        fair = is_candidate(whole, wording) and addable(done) and done.quantity.base <= whole.quantity.base
        more = wording.exhaustive.search(passage.text, undone.end, undone.end + _LEAD)
        # Of what is not being done yet nothing is told.
        waiting = said["under_way"] is not None and total_of((done, undone)) < whole.quantity.base
        if told and named and fair and not (more or waiting) and ties(whole, (done, undone)) is not Tie.NONE:
            yield "narrative.total", whole, (done, undone)


def divided(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield `指标30项，全部完成27项，部分完成2项，未完成1项`: parts right behind a whole, named as all, or so many."""
    for n, whole in enumerate(claims):
        before = claims[n - 1] if n else None
        if not is_candidate(whole, wording) or (before and same_kind(before, whole) and whole.clause - before.clause <= 1):
            continue
        parts: list[Claim] = []
        for claim in claims[n + 1 : n + 2 + _MOST_BETWEEN]:
            last = parts[-1] if parts else whole
            apart = claim.clause - last.clause - (not parts and _split_behind(passage, whole, claim, wording))
            if not addable(claim) or not same_kind(claim, whole) or apart > 1:
                break
            parts.append(claim)
        if not _PAIR <= len(parts) <= _MOST_BETWEEN or any(part.bracket != whole.bracket for part in parts):
            continue
        names = {wording.bare_division.sub("", part.before) for part in parts}
        # 分两批下达任务1300户，第一批700户，第二批600户; 任务1300户，分两批下达：第一批700户，第二批600户
        paid = whole.role != "executed" and any(part.role == "executed" for part in parts)  # the rest is paid later
        into = wording.split_into.search(whole.before) or (
            None if paid else wording.split_into.search(passage.text, whole.end, parts[0].start)
        )
        if (
            (any(set(group) == names for group in wording.data.partitions) or (into and how_many(into["count"]) == len(parts)))
            and abs(total_of(parts) - whole.quantity.base) <= _WIDE * whole.quantity.base
            and not wording.exhaustive.search(passage.text, parts[-1].end, parts[-1].end + _LEAD)
            and ties(whole, parts) is not Tie.NONE
        ):
            yield "narrative.total", whole, parts


def _split_behind(passage: Passage, whole: Claim, part: Claim, wording: Wording) -> bool:
    return wording.split_into.search(passage.text, whole.end, part.start) is not None


def silent(claims: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield wholes that the figures right behind or before them add up to, though no word says so."""
    bases = {one.start for one, other in pairwise(claims) if is_base(one, other, wording)}
    levels = [c for c in claims if c.kind == "level" and not c.bracket and c.start not in bases][:_MOST_SILENT]
    for n, whole in enumerate(levels if len(levels) > 2 else ()):
        if not addable(whole) or whole.quantity.base < 10:
            continue
        after: list[Claim] = []
        off: Sequence[Claim] = ()
        for part in levels[n + 1 : n + 1 + _MOST_RUN]:
            if not addable(part) or not same_kind(part, whole):
                break
            after.append(part)
            if len(after) < _PAIR or not near(whole, after):
                continue
            if ties(whole, after) is Tie.FIRM:
                off = ()
                yield "narrative.total", whole, tuple(after)
                break
            ended = n + 1 + len(after) == len(levels)
            off = off or (tuple(after) if _misprinted(whole, after, wording, ended=ended) else ())
        if off:
            yield "narrative.total", whole, off
        earlier: list[Claim] = []
        for part in reversed(levels[max(0, n - _MOST_RUN) : n]):
            if not addable(part) or not same_kind(part, whole):
                break
            earlier.insert(0, part)
            if len(earlier) >= 2 and near(whole, earlier) and ties(whole, earlier) is Tie.FIRM:
                yield "narrative.total", whole, tuple(earlier)
                break
            if (_of_the_year(whole, earlier, wording) or _in_the_end(whole, earlier, wording)) and ties(
                whole, earlier
            ) is Tie.OFF:
                yield "narrative.total", whole, tuple(earlier)
                break


def _of_the_year(whole: Claim, parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether amounts are those of all quarters, or both halves, of the year told right behind: 全年支出540万元."""
    flows = whole.dimension == "money" and {c.account for c in (whole, *parts)} <= {"", "income", "spending"}
    told = flows and wording.current.match(whole.before) is not None and len({c.role for c in (whole, *parts)}) == 1
    names = [part.before for part in parts]
    periods = (group for group in wording.data.partitions_in_time if len(group) == len(parts))
    return told and any(all(word in name for word, name in zip(group, names, strict=True)) for group in periods)


def _in_the_end(whole: Claim, parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether one wrong digit keeps 线上120人次，线下86人次 from making 累计206人次."""
    told = wording.sums_to_all.match(whole.before) is not None and whole.clause - parts[-1].clause == 1
    alike = len({c.role for c in (whole, *parts)} - {""}) <= 1
    return told and alike and len(parts) == _PAIR and division(whole, parts, wording) == "all" and mistaken(whole, parts)


def _misprinted(whole: Claim, parts: Sequence[Claim], wording: Wording, *, ended: bool) -> bool:
    """Tell whether only one wrong digit keeps figures from being all of a whole, which their names, or its own, say they are.

    总收入2000万元，完成预算的102%，统筹基金收入1200万元，完成预算的101%，个人账户收入900万元. So it is where 总额 begins
    a sentence, and several figures end it.
    """
    alike = all(len({*told} - {""}) <= 1 for told in zip(*((c.role, c.account) for c in (whole, *parts)), strict=True))
    close = all(other.clause - one.clause <= _PAIR and one.segment == other.segment for one, other in pairwise((whole, *parts)))
    apart = any(wording.past.search(c.before) or wording.split_into.search(c.before) for c in (whole, *parts))  # 分三批下达
    if not (alike and close and not apart and mistaken(whole, parts)):
        return False
    listed = ended and len(parts) > _PAIR and wording.all_in_all.search(whole.before) is not None
    return listed or division(whole, parts, wording) == "all"
