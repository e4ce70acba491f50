"""Parts of which the second has a sentence of its own: 按级次分：上级收入2628万元，增长9%。本级收入1720万元，下降2%。

Comes in: passages of claims, the lists told already. Goes out: places for the rule of totals. The word that opens the list says
that a whole is divided; which one it is, the figures must bear out, but for two digits of the nearest that changed places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.mistyping import turned
from validator.rules.narrative.attended import figures_of
from validator.rules.narrative.places import Found, addable, facts, is_base, near, place, same_kind, ties
from validator.rules.narrative.splits import parts_listed
from validator.rules.tables import Tie

_MOST_WHOLES = 8
_WINDOW = 40


def split_sentences(passages: Sequence[Passage], told: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield each whole with the part that a word sets out from, and the one that the next sentence begins with."""
    known: set[frozenset[str]] = set()
    for passage in passages:
        if not passage.prose or not wording.split_by.search(passage.text):
            continue
        known = known or {figures_of(found) for found in told}
        for (number, claims), (following, others) in pairwise(passage.by_sentence):
            openers = [found.end() for found in wording.split_by.finditer(passage.text, *passage.sentences[number])]
            second = others[0]
            if not openers or following - number != 1 or not addable(second) or second.bracket:
                continue
            listed = [c for c in claims if c.start >= openers[-1] and not c.bracket]
            parts = parts_listed(listed, wording)
            if len(parts) != 1 or not same_kind(parts[0], second) or wording.past.search(second.before):
                continue
            lead = passage.text[passage.sentences[following][0] : second.start]
            if any(pattern.search(lead) for pattern in (wording.among, wording.split_by, wording.total)):
                continue
            found = _divided(passage, openers[-1], [*parts, second], wording)
            if found is not None and figures_of(found) not in known:
                yield found


def _divided(passage: Passage, start: int, parts: Sequence[Claim], wording: Wording) -> Found | None:
    """Return the nearest whole before a list that its parts add up to, or would but for a digit."""
    before = [c for c in passage.claims if c.end <= start][-_WINDOW:]
    wholes = [
        c
        for c, following in zip(before, [*before[1:], parts[0]], strict=True)
        if addable(c) and same_kind(c, parts[0]) and not is_base(c, following, wording) and not wording.past.search(c.before)
    ]
    close = [c for c in reversed(wholes) if near(c, parts)][:_MOST_WHOLES]
    whole = next((c for c in close if ties(c, parts) is Tie.FIRM), None)
    if whole is None and close and turned(close[0].quantity, [part.quantity for part in parts]):
        whole = close[0]
    if whole is None:
        return None
    values = {"total": whole.fact, "parts": facts(parts)}
    return Found("narrative.total", place("narrative.total", whole, values, suffix=f"sentences{parts[0].start}"))
