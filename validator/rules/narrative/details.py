"""Parts of a list that the lines below take up again: 其中：接待费25万元…, and below 2.接待费支出25万元，用于….

Comes in: passages of claims, and the lists told so far. Goes out: places for the rule of figures that are told twice. The lines
have to take up all parts in their order, all but one of them with its figure: then they are the same quantities.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.rules.narrative.places import Found, same_kind
from validator.rules.narrative.repeats import same

_MOST_LINES = 16
_MOST_LISTS = 40
_PAIR = 2
_NAME = 24
"""Characters at the beginning of a line that name its figure."""
_APART = ({"budget", "executed"}, {"target", "actual"}, {"budget", "actual"}, {"target", "executed"})
_SAID = 3
"""Characters of a name that two lines must have in common."""


def details(passages: Sequence[Passage], told: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield each part of a list with the figure of the line below that is about it."""
    where = {c.fact.pointer.path: (n, c) for n, passage in enumerate(passages) for c in passage.claims}
    for found in [f for f in told if f.kind == "narrative.total"][:_MOST_LISTS]:
        facts = found.place.names.get("parts")
        parts = [where[f.pointer.path] for f in facts if isinstance(f, Fact)] if isinstance(facts, tuple) else []
        if len(parts) < _PAIR or len({n for n, _ in parts}) != 1:
            continue
        lines = passages[parts[0][0] + 1 : parts[0][0] + 1 + _MOST_LINES]
        heads = _taken_up([part for _, part in parts], lines, wording)
        off = sum(part.quantity.base != head.quantity.base for part, head in heads)
        if heads and off <= 1:
            yield from (same("narrative.figure", head, part.fact) for part, head in heads)


def _taken_up(parts: Sequence[Claim], lines: Sequence[Passage], wording: Wording) -> list[tuple[Claim, Claim]]:
    """Return each part with the figure that a line below begins with, if all are there in their order."""
    pairs: list[tuple[Claim, Claim]] = []
    for line in lines:
        head = line.claims[0] if line.prose and line.claims else None
        part = parts[len(pairs)]
        if head is None or head.clause or head.start > _NAME or head.kind != "level" or not head.usable:
            continue
        if same_kind(head, part) and _one_name(part, head, wording):
            pairs.append((part, head))
            if len(pairs) == len(parts):
                return pairs
    return []


def _one_name(part: Claim, head: Claim, wording: Wording) -> bool:
    one, other = (_plain(c.noun, wording) for c in (part, head))
    alike = one in other or other in one or one[: _SAID + 1] == other[: _SAID + 1]
    return min(len(one), len(other)) >= _SAID and alike and {part.role, head.role} not in _APART


def _plain(name: str, wording: Wording) -> str:
    """Return a name without what says only that it was spent."""
    for known in (wording.links, wording.account_ending, wording.roles["executed"], wording.roles["budget"]):
        name = known.sub("", name)
    return "".join(char for char in name if char.isalnum())
