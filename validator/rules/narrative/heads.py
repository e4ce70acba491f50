"""Households and groups with the people in them: 低保1200户2100人, 接待12批次、150人次. There are no more of them than people.

Comes in: passages of claims. Goes out: places that hold each number of groups against the number of people told right behind
it, of nothing else: 脱贫1200户，100人外出务工 is another matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from validator.facts.claims import Claim, Passage, Wording
from validator.facts.claims.vocabulary import HeadsOfGroups
from validator.rules.narrative.places import Found, place

_BRACKETED = re.compile(r"\([^()]{0,40}\)")
_MARKS = ("，", ",", "、")


def heads(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each number of groups with that of their people."""
    for passage in passages:
        for _, claims in passage.by_sentence if passage.prose else ():
            plain = [c for c in claims if not c.bracket]
            for groups, people in pairwise(plain):
                if _are_of_one(groups, people, passage, wording):
                    values = {"groups": groups.fact, "people": people.fact}
                    yield Found("narrative.heads", place("narrative.heads", people, values))


def _are_of_one(groups: Claim, people: Claim, passage: Passage, wording: Wording) -> bool:
    """Tell whether two numbers stand side by side, with a mark or the name of the second in between, and no other words."""
    units = [c.dimension.rpartition(":")[2] for c in (groups, people)]
    kind = next((kind for kind in wording.data.heads if units[1] in kind.people and _counts(groups, units[0], kind)), None)
    if kind is None or not all(c.usable and c.kind == "level" for c in (groups, people)):
        return False
    between = _BRACKETED.sub("", passage.text[groups.end : people.start]).strip()
    words = between[1:].strip() if between[:1] in _MARKS else between
    # 脱贫1200户，100人外出务工: what follows the number says what these people are.
    return not between or (between[0] in _MARKS and (not words or words in kind.named) and not people.after)


def _counts(groups: Claim, unit: str, kind: HeadsOfGroups) -> bool:
    """Tell whether a number counts groups by its unit, or by its name: 接待批次12个."""
    return unit in kind.groups or groups.before.endswith(kind.groups_named)
