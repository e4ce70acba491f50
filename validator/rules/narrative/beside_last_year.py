"""Two years side by side, and what changed behind them: 本年收入1233万元，上年收入1307万元。与上年相比减少74万元，下降5.66%.

Comes in: passages of claims, the changes that are told already. Goes out: places for the rules of change and growth. The
sentence tells nothing else, the figure of the year before has the name of the other one, or the end of it, and what changed is
told next, by that name or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, addable, computed, same_kind
from validator.rules.narrative.subjects import base_words, subject_words

_PAIR = 2
_NEAR = 2
"""Clauses from the later of two figures to what they changed by."""


def beside_last_year(passages: Sequence[Passage], known: AbstractSet[str], wording: Wording) -> Iterator[Found]:
    """Yield each change told behind the figures of two years, but those whose path is `known`."""
    for passage in passages:
        for n, (number, claims) in enumerate(passage.by_sentence if passage.prose else ()):
            levels = [c for c in claims if c.kind not in ("change", "growth")]
            if len(levels) != _PAIR or claims[:_PAIR] != tuple(levels) or not _of_two_years(levels[0], levels[1], wording):
                continue
            following = (own for at, own in passage.by_sentence[n + 1 : n + 2] if at == number + 1)
            behind = [*claims[_PAIR:], *chain.from_iterable(following)]
            for found in _moved(levels[0], levels[1], behind, wording):
                if found.place.pointer is not None and found.place.pointer.path not in known:
                    yield found


def _of_two_years(now: Claim, earlier: Claim, wording: Wording) -> bool:
    """Tell whether two figures side by side are those of the year and of the one before it, by one name."""
    plain = all(addable(c) and not c.bracket for c in (now, earlier)) and same_kind(now, earlier)
    near = earlier.clause - now.clause == 1
    past = wording.past.search(earlier.before) is not None and not wording.past.search(now.before)
    compared = wording.compared_with.search(earlier.before) or wording.compared_with.search(now.before)
    names = [wording.total.sub("", wording.timeless(c.noun)) for c in (now, earlier)]
    named = len(names[1]) >= _PAIR and names[0].endswith(names[1])
    return plain and near and past and named and not compared and {now.role, earlier.role} != {"budget", "executed"}


def _since_last_year(change: Claim, wording: Wording) -> bool:
    """Tell whether a change is said to be one since the year before, or since nothing in particular."""
    compared = wording.compared.search(change.before)
    yearly = base_words(change.before, wording) in ("", next(iter(wording.data.comparisons.bases)))
    named = compared is None or wording.past.search(change.before) or compared[0] == wording.data.comparisons.words[0]
    return yearly and bool(named)


def _moved(now: Claim, earlier: Claim, behind: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield the change and the rate right behind two figures."""
    values = {"本期": now.fact, "上期": earlier.fact}
    last = earlier
    for claim in behind[:_PAIR]:
        words = subject_words(claim.before, wording)
        told = claim.kind in ("change", "growth") and claim.usable and not claim.bracket and claim.clause - last.clause <= _NEAR
        if not told or (words and words not in earlier.before) or not _since_last_year(claim, wording):
            return
        if claim.kind == "growth" and earlier.quantity.base > 0:
            yield computed("narrative.growth", claim, "本期 / 上期 - 1" if claim.sign > 0 else "1 - 本期 / 上期", values)
        elif claim.kind == "change" and same_kind(claim, now):
            yield computed("narrative.change", claim, "本期 - 上期" if claim.sign > 0 else "上期 - 本期", values)
        last = claim
