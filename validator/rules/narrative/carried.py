"""The totals of an account with what was carried over, in paragraphs of their own: 收入合计536万元，年初结转82万元.

Comes in: passages of claims, the lists told already. Goes out: places for the rules of totals and of changes. What a total has
besides the income or spending of the year is what was carried over, and what was used or handed out of it. Where a paragraph
leaves some of it out nothing is said, unless a single wrong digit accounts for the gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.mistyping import turned
from validator.rules.narrative.accounts import account_name
from validator.rules.narrative.attended import figures_of
from validator.rules.narrative.lists import mistaken
from validator.rules.narrative.places import Found, addable, computed, facts, follows, place, same_kind, ties
from validator.rules.narrative.repeats import mistyped, swapped_digits
from validator.rules.narrative.subjects import base_words, subject_words
from validator.rules.tables import Tie

_BACK = 6
"""So many paragraphs back the total is looked for."""
_AHEAD = 2
"""So many paragraphs on, what is carried to the next year."""
_SIDES = {"income": "opening", "spending": "closing"}


def carried(passages: Sequence[Passage], told: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield each total with the figure of the year and what was carried over."""
    if not any(wording.with_carried_over.search(passage.text) for passage in passages):
        return
    known = {figures_of(found) for found in told}
    prose = [passage for passage in passages if passage.prose and passage.claims]
    totals: list[tuple[int, Claim]] = []
    opening: Claim | None = None
    for n, passage in enumerate(prose):
        here = [c for c in passage.claims if addable(c) and c.dimension == "money" and not c.bracket]
        for claim in here:
            if wording.with_carried_over.search(claim.before) and claim.account in _SIDES and not _past(claim, wording):
                totals = [*totals[-_BACK:], (passage.index, claim)]
        year = next((c for c in here if _is_of_year(c, wording)), None)
        if year is None:
            continue
        whole = next(
            (t for at, t in reversed(totals) if 0 <= passage.index - at <= _BACK and _one_account(t, year, wording)), None
        )
        behind = [c for c in here if c.start > year.start]
        if year.account == "spending":
            behind += [c for later in prose[n + 1 : n + 1 + _AHEAD] for c in later.claims[:1] if addable(c)]
        kept = [c for c in behind if c.account == _SIDES[year.account] and not c.bracket]
        used = [c for c in behind if wording.used_up.search(c.before) or wording.handed_out.search(c.before)]
        if whole is None or len(kept) != 1 or not all(same_kind(c, whole) for c in (year, *kept, *used)):
            continue
        if year.account == "income":
            opening = kept[0]
        elif opening is not None:
            yield from _since(opening, kept[0], passages, wording)
        parts = [year, *used, *kept]
        bond = ties(whole, parts)
        if bond is Tie.FIRM or (bond is Tie.OFF and _slip_of(whole, parts, complete=bool(used))):
            found = Found(
                "narrative.total",
                place("narrative.total", whole, {"total": whole.fact, "parts": facts(parts)}, suffix="carried"),
            )
            if figures_of(found) not in known:
                yield found


def _slip_of(whole: Claim, parts: Sequence[Claim], *, complete: bool) -> bool:
    """Tell whether a slip of the pen keeps figures from their total; what was used, 20万元, may be left out."""
    return mistaken(whole, parts) if complete else turned(whole.quantity, [part.quantity for part in parts])


def _past(claim: Claim, wording: Wording) -> bool:
    return wording.past.search(claim.before) is not None


def _is_of_year(claim: Claim, wording: Wording) -> bool:
    """Tell whether a figure is the income or the spending of the year in all: 收入合计, which nothing is carried over in."""
    said = wording.total.search(claim.before) is not None and not wording.with_carried_over.search(claim.before)
    return said and claim.account in _SIDES and claim.sentence <= 1 and not _past(claim, wording)


def _one_account(total: Claim, year: Claim, wording: Wording) -> bool:
    names = [account_name(wording.timeless(c.noun), wording) for c in (total, year)]
    years = None in (total.year, year.year) or total.year == year.year
    return total.account == year.account and names[0] == names[1] and years and total is not year


def _since(opening: Claim, closing: Claim, passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield `年末结转和结余70万元，较上年减少12万元`: what was there at the beginning of the year less what is left."""
    index = int(closing.fact.pointer.path.partition("[")[2].partition("]")[0])
    passage = next(one for one in passages if one.index == index)
    following = next((c for c in passage.claims if c.start > closing.start), None)
    last_year = next(iter(wording.data.comparisons.bases))
    if following is None or following.kind != "change" or following.sentence != closing.sentence or not following.usable:
        return
    since = base_words(following.before, wording) == last_year and not subject_words(following.before, wording)
    pair = [closing, opening] if following.sign > 0 else [opening, closing]
    if (
        since
        and same_kind(following, closing)
        and (follows(following, pair, lambda b: b[0] - b[1]) or _slipped(following, *pair))
    ):
        formula = "期末 - 期初" if following.sign > 0 else "期初 - 期末"
        values = {"期末": closing.fact, "期初": opening.fact}
        yield computed("narrative.change", following, formula, values, suffix="carried")


def _slipped(change: Claim, more: Claim, less: Claim) -> bool:
    """Tell whether a change is the difference of two figures but for one digit, or for two that changed places."""
    right = (more.quantity.base - less.quantity.base) / change.quantity.unit.factor
    told, follows_ = (str(value.normalize()).replace(".", "") for value in (change.quantity.value, right))
    return right > 0 and (swapped_digits(told, follows_) or mistyped(told, follows_))
