"""What was there, what came, what went, what is left: budgets that were adjusted, debts, stocks, cases, savings.

Comes in: a passage of claims. Goes out: places whose formula gives the closing figure. A sentence counts only if it names every
figure of the unit that it tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.facts.claims import Claim, Flow, Passage, Wording
from validator.rules.mistyping import swapped
from validator.rules.narrative.lists import mistaken
from validator.rules.narrative.places import Found, computed, same_kind, ties
from validator.rules.tables import Tie

_MOST = 8
_THREE = 3
_FAR = 3


def flows(passage: Passage, wording: Wording) -> Iterator[Found]:
    """Yield each closing figure with the opening one and the movements that a sentence tells beside it."""
    for _, claims in passage.by_sentence:
        told = [c for c in claims if c.usable and c.kind in ("level", "change") and not c.bracket]
        for n, claim in enumerate(told):
            yield from _turned(told[max(0, n - 2) : n + 1], wording)
            if n < 2 or claim.kind != "level" or _goes_on(claim, told[n + 1 : n + 2], wording) or _holds_more(claim, claims):
                continue
            for flow in wording.flows:
                if flow.closing.search(claim.before):
                    yield from _flow(claim, [c for c in told[max(0, n - _MOST) : n] if same_kind(c, claim)], flow)
        yield from _left_over(told, claims, wording)


def _turned(told: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield `送审500万元，审定460万元，核减40万元`: what went, told behind what it left."""
    if len(told) < _THREE or told[2].clause - told[1].clause != 1 or told[1].clause - told[0].clause != 1:
        return
    first, closing, move = told
    if closing.kind != "level" or not same_kind(first, closing) or not same_kind(move, closing):
        return
    for flow in wording.flows:
        named = flow.opening.search(first.before) and flow.closing.search(closing.before) and flow.outward.search(move.before)
        if named and not flow.outward.search(closing.before):
            yield from _flow(closing, [first, move], flow)


def _goes_on(closing: Claim, following: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether what follows may have gone as well: 未缴50万元，减免50万元."""
    return any(
        c.kind == "level" and same_kind(c, closing) and c.clause - closing.clause == 1 and wording.released.search(c.before)
        for c in following
    )


def _holds_more(closing: Claim, claims: Sequence[Claim]) -> bool:
    """Tell whether a bracket right behind says what else is in it: 全年预算1800万元（含上年结转100万元）."""
    behind = next((c for c in claims if c.start > closing.start), None)
    return behind is not None and bool(behind.bracket) and not closing.bracket and same_kind(behind, closing)


def _left_over(told: Sequence[Claim], claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield what is left of one figure after the other before it: where the sentence says so, or two swapped digits do."""
    for n in range(2, len(told)):
        rest, more, less = told[n], told[n - 2], told[n - 1]
        if not wording.left_over.search(rest.before) or rest.clause - more.clause > 4:
            continue
        if more.kind != "level" or less.kind != "level" or not (same_kind(rest, more) and same_kind(rest, less)):
            continue
        figures = [claim.quantity.base for claim in (more, less, rest)]
        if figures[0] <= figures[1]:
            continue
        alone = len(_besides_parts(more, claims, wording)) == _THREE
        said = alone and _is_rest(told, n, wording)
        slipped = alone and not said and _is_rest(told, n, wording, _FAR) and mistaken(more, [less, rest])
        if not said and len(rest.quantity.value.as_tuple().digits) < 3:
            continue
        turned = (
            value == figures[1] + figures[2] for value in swapped(more.quantity)
        ), (value == figures[0] - figures[2] for value in swapped(less.quantity)), (
            value == figures[0] - figures[1] for value in swapped(rest.quantity)
        )  # fmt: skip
        if said or slipped or figures[0] - figures[1] == figures[2] or any(map(any, turned)):
            yield computed("narrative.balance", rest, "前数 - 后数", {"前数": more.fact, "后数": less.fact}, suffix="rest")


def _besides_parts(more: Claim, claims: Sequence[Claim], wording: Wording) -> Sequence[Claim]:
    """Return the figures of a kind in a sentence, without those that one is the total of: 结转4万元，下达6万元，共10万元."""
    alike = [c for c in claims if same_kind(c, more)]
    parts = [c for c in alike if c.start < more.start]
    added = wording.total.search(more.before) and len(parts) > 1 and ties(more, parts) in (Tie.FIRM, Tie.LOOSE)
    return [c for c in alike if c not in parts] if added else alike


def _is_rest(told: Sequence[Claim], n: int, wording: Wording, near: int = 1) -> bool:
    """Tell whether a sentence says nothing of money but a budget, what was spent of it, and right behind it what is left.

    What it was spent on, 主要用于…, may stand between them where so many clauses are still `near`.
    """
    rest, more, less = told[n], told[n - 2], told[n - 1]
    return bool(
        (more.role == "budget" or wording.funds.search(more.before) or wording.total.search(more.before))
        and more.role != "executed"
        and less.role == "executed"
        and 1 <= rest.clause - less.clause <= near
        and wording.unspent.fullmatch(rest.before) is not None
    )


def _flow(closing: Claim, earlier: Sequence[Claim], flow: Flow) -> Iterator[Found]:
    """Yield the balance of an account, unless something stands in it that the words don't name."""
    opening: list[Claim] = []
    moves: list[tuple[str, Claim]] = []
    for claim in reversed(earlier):
        if flow.inward.search(claim.before):
            moves.append(("+", claim))
        elif flow.outward.search(claim.before):
            moves.append(("-", claim))
        elif flow.opening.search(claim.before):
            opening.append(claim)
        elif opening and moves:
            break
        else:
            return
    if len(opening) != 1 or not moves or len({_what(claim, flow) for _, claim in moves}) != len(moves):
        return
    values: dict[str, object] = {"期初": opening[0].fact}
    formula = "期初"
    for number, (sign, claim) in enumerate(reversed(moves), 1):
        values[f"变动{number}"] = claim.fact
        formula += f" {sign} 变动{number}"
    yield computed("narrative.balance", closing, formula, values, suffix="flow")


def _what(claim: Claim, flow: Flow) -> str:
    """Return the word that makes a figure a movement: told twice, one may be a part of the other."""
    found = flow.inward.search(claim.before) or flow.outward.search(claim.before)
    return found.group() if found else ""
