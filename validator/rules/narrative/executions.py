"""Rates of execution and of arrival: what was spent, or came in, over the money that there was.

Comes in: a rate with the claims of its sentence and of the two before. Goes out: what over what, where the words leave one
reading: one amount was spent, and all that there was to spend is one amount. What is listed behind 其中, what is left, and a
budget that was adjusted since are no second reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.misprints import misprinted
from validator.rules.narrative.places import of_the_whole, one_plan, ratio_follows, same_kind, ties
from validator.rules.tables import Tie

Pair = tuple[Sequence[Claim], Sequence[Claim]]

_NEAR = 2
_WORD = 2
_MOST_RATES = 4
_FAR_MORE = 2
"""Nobody spends so many times what there was."""


class Execution(NamedTuple):
    """What was spent, and what there was to spend."""

    pair: Pair
    sure: bool
    """Whether both are told between the rate and the one before it, so that no other pair can be meant."""


def of_funds(
    rate: Claim, before: Sequence[Claim], previous: Sequence[Claim], wording: Wording, *, opened: bool
) -> Execution | None:
    """Return what was spent and the money that there was; None where the words leave a doubt.

    What a sentence `opened` by 其中 tells was spent is no part of what the sentence before tells, but of one part of it.
    """
    money = [c for c in before if _is_amount(c, rate, wording)]
    last = next((c for c in reversed(before) if c.kind == "rate" and c.bracket == rate.bracket), None)
    since = [c for c in money if last is None or c.start > last.start]
    arrival = wording.arrival.search(rate.before) is not None
    since = since or (money if of_all(rate, wording) and _told_together(before, rate, wording) else [])
    kept = [c for c in since if not wording.unspent.fullmatch(c.before) and not (arrival and c.role == "executed")]
    kept = _without_parts(kept, wording)
    if not kept or not _was_spent(kept[-1], rate, wording) or wording.past.search(rate.before):
        return None
    spent = kept[-1]
    if sum(c.role == "executed" for c in kept) > 1 and not any(wording.among.search(c.before) for c in kept):
        return None
    apart = rate.clause - spent.clause > _NEAR + len(since) - len(kept)
    recent = [] if opened else [c for c in previous if _is_amount(c, rate, wording)]
    added_up = wording.total.search(spent.before) and any(c.role == "executed" for c in (*money, *recent) if c is not spent)
    if apart or wording.among.search(spent.before) or added_up:
        return None
    both = _with_carried(before, spent, rate, wording)
    if both:
        return Execution(([spent], both), sure=False)
    if moved(before, rate, wording) or _moved_before(previous, wording):
        return None
    for told in (kept[:-1], [c for c in money if c.start < spent.start], _without_parts(recent, wording)):
        # What 其中 names is there to spend for what its own stretch of the sentence tells.
        near = [c for c in told if c.segment == spent.segment or not wording.among.search(c.before)]
        funds = _funds(near, rate, wording)
        if funds:
            funds = _of_one_name(wording.arrived.sub("", plain_name(spent.before, wording)), funds)
            funds = [c for c in funds if of_one_kind(spent, c, wording)]
            if not funds:
                return None
            funds = [c for c in funds if c.year is None or c.year == (spent.year or c.year)]
            if spent.year is not None and any(_of_several_years(c, wording) for c in funds):
                return None
            if _of_the_year(spent, rate, wording):
                # 总投资 may be that of several years.
                funds = [c for c in funds if wording.current.search(c.before) or not wording.grand.search(c.before)] or [spent]
            funds = _of_stage(funds, spent, rate, wording)
            one = len({c.quantity.base for c in funds}) == 1 and same_kind(spent, funds[0])
            if not one or funds[0] is spent or not _may_be_of(rate, spent, funds[0], wording):
                return None
            return Execution(([spent], funds[:1]), last is not None and funds[0] in since)
    return None


def _of_several_years(funds: Claim, wording: Wording) -> bool:
    """Tell whether an amount may be that of several years: 项目总投资3000万元，2023年支出900万元."""
    return funds.year is None and funds.role != "budget" and wording.grand.search(funds.before) is not None


def _may_be_of(rate: Claim, spent: Claim, funds: Claim, wording: Wording) -> bool:
    """Tell whether so much may have been spent of so much: not more, unless one digit is wrong, nor twice a plan."""
    most = _FAR_MORE if wording.completion.search(rate.before) else 1
    return most * funds.quantity.base >= spent.quantity.base > 0 or misprinted(rate, spent, funds)


def _with_carried(before: Sequence[Claim], spent: Claim, rate: Claim, wording: Wording) -> Sequence[Claim]:
    """Return `上年结转100万元，当年预算500万元，支出540万元`: what was carried over with the budget of the year."""
    money = [c for c in before if c.kind == "level" and c.dimension == "money" and not c.bracket and c.start < spent.start]
    carried = [c for c in money if c.account == "opening"]
    own = [c for c in money if c not in carried]
    plain = len(money) == _NEAR and len(carried) == len(own) == 1 and own[0].role == "budget" and all(c.usable for c in money)
    told = plain and wording.current.search(own[0].before) is not None and rate.before.strip() != ""
    return money if told and not wording.current.search(rate.before) and money[-1].clause + 1 >= spent.clause else ()


def _told_together(before: Sequence[Claim], rate: Claim, wording: Wording) -> bool:
    """Tell whether rates are told one behind the other: 到位480万元，支出432万元，到位率96%，支出率90%."""
    behind = list(takewhile(lambda c: c.kind == "rate", reversed(before)))
    known = (wording.execution, wording.arrival, wording.completion)
    return 0 < len(behind) < _MOST_RATES and all(any(word.search(c.before) for word in known) for c in (*behind, rate))


def _without_parts(told: Sequence[Claim], wording: Wording) -> list[Claim]:
    """Return amounts without what 其中 lists of the ones before it."""
    kept: list[Claim] = []
    listed = -1
    for claim in told:
        if kept and wording.among.search(claim.before):
            listed = claim.sentence
        if claim.sentence != listed or claim.role:
            kept.append(claim)
    return kept


def of_all(rate: Claim, wording: Wording) -> bool:
    """Tell whether the name of a rate says no more than that it is one of execution or of arrival."""
    found = wording.execution.search(rate.before) or wording.arrival.search(rate.before)
    return found is not None and of_the_whole(rate.before.replace(found.group(), ""), wording)


def _of_stage(funds: list[Claim], spent: Claim, rate: Claim, wording: Wording) -> list[Claim]:
    """Return the one of a budget and what came in of it that gives the rate; else the budget, where the rate names it."""
    came = [c for c in funds if wording.arrived.search(c.before)]
    planned = [c for c in funds if c not in came]
    if len(came) != 1 or len(planned) != 1 or not all(c.quantity.base >= spent.quantity.base > 0 for c in funds):
        return funds
    if ratio_follows(rate, [spent], came):
        return came
    return planned if wording.budgeted.search(rate.before) or ratio_follows(rate, [spent], planned) else came


def _of_the_year(spent: Claim, rate: Claim, wording: Wording) -> bool:
    said = wording.current.search(spent.before) or wording.current.search(rate.before)
    return said is not None and wording.completion.search(rate.before) is not None


def told_behind(rate: Claim, after: Sequence[Claim], wording: Wording) -> Pair | None:
    """Return `执行率95%，预算300万元，支出285万元`: what was spent and what there was, right behind the rate."""
    end = next((n for n, c in enumerate(after) if c.dimension == "ratio"), len(after))
    money = [c for c in after[:end] if _is_amount(c, rate, wording) and not wording.unspent.fullmatch(c.before)]
    if len(money) != _NEAR or money[0].clause != rate.clause + 1 or money[1].clause != rate.clause + _NEAR:
        return None
    spent = [c for c in money if _was_spent(c, rate, wording)]
    funds = _funds([c for c in money if c not in spent], rate, wording)
    names = [wording.arrived.sub("", plain_name(c.before, wording)) for c in spent]
    plain = not any(wording.among.search(c.before) for c in money) and all(len(name) < _WORD for name in names)
    alike = len(spent) == len(funds) == 1 and same_kind(spent[0], funds[0])
    return (spent, funds) if plain and alike and _FAR_MORE * funds[0].quantity.base >= spent[0].quantity.base > 0 else None


def beside(rate: Claim, before: Sequence[Claim], previous: Sequence[Claim], wording: Wording) -> Pair | None:
    """Return `甲项目400万元，占40%，支出380万元，执行率95%`: what a stretch begins with, and what was spent of it.

    Nothing else may be told since the last rate, nor may money have come or gone in the sentences before.
    """
    if not of_all(rate, wording) or wording.arrival.search(rate.before) or wording.past.search(rate.before):
        return None
    last = next((n for n, c in reversed(list(enumerate(before))) if c.kind == "rate" and c.bracket == rate.bracket), -1)
    told = [c for c in before[last + 1 :] if c.segment == rate.segment]
    stretch = [c for c in told if c.kind != "share"]
    if len(stretch) != _NEAR or told[0] is not stretch[0] or not all(_is_amount(c, rate, wording) for c in stretch[1:]):
        return None
    funds, spent = stretch
    carried = funds.account == "opening"
    plain = (
        spent.role == "executed"
        and not plain_name(spent.before, wording)
        and not any(word.search(spent.before) for word in (wording.among, wording.total, wording.unspent, wording.sums))
    )
    fair = (
        (carried or _is_amount(funds, rate, wording))
        and funds.usable
        and same_kind(spent, funds)
        and funds.role not in ("executed", "actual")
        and not any(word.search(funds.before) for word in (wording.moved, wording.signed_line, wording.grand))
        and (not wording.among.search(funds.before) or _by_itself(funds, before, wording))
        and (funds.year == spent.year or None in (funds.year, spent.year))
    )
    near = rate.clause - spent.clause == 1 and spent.clause - funds.clause <= 1 + len(told) - len(stretch)
    if not (plain and fair and near) or not funds.quantity.base >= spent.quantity.base > 0:
        return None
    others = [c for c in before if c is not funds]
    return None if moved(others, rate, wording) or _moved_before(previous, wording) else ([spent], [funds])


def _by_itself(part: Claim, before: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether what 其中 opens tells its own spending: it begins the stretch, or stands behind the rate of the whole."""
    above = [c for c in before if c.start < part.start and c.segment == part.segment]
    return not above or (above[-1].kind == "rate" and wording.execution.search(above[-1].before) is not None)


def of_one_kind(spent: Claim, funds: Claim, wording: Wording) -> bool:
    """Tell whether 项目支出 or 人员经费 was spent of the same, and not of all that there was."""
    words = [word for group in wording.data.partitions for word in group if len(word) > _WORD and word in spent.before]
    return not words or any(word[:_WORD] in funds.before for word in words)


def _is_amount(claim: Claim, rate: Claim, wording: Wording) -> bool:
    return (
        claim.kind == "level"
        and claim.usable
        and claim.dimension == "money"
        and claim.bracket in (0, rate.bracket)
        and not wording.past.search(claim.before)
    )


def moved(before: Sequence[Claim], rate: Claim, wording: Wording) -> bool:
    """Tell whether money came or went since the last rate that no word counts among the funds: interest, for one."""
    last = next((c.start for c in reversed(before) if c.kind == "rate" and c.bracket == rate.bracket), -1)
    told = [c for c in before if c.start > last]
    # An adjusted budget has in it what came and went before.
    told = told[max((n for n, c in enumerate(told) if wording.adjusted.search(c.before)), default=0) :]
    told = told[_total_of_funds(told, wording) :]
    opener = next((n for n, c in enumerate(told) if n and wording.among.search(c.before)), len(told))
    for claim in told[:opener]:
        if claim.kind == "growth" and claim.sign < 0 and not wording.compared.search(claim.before):
            return True
        if claim.kind not in ("level", "change") or claim.dimension != "money":
            continue
        if claim.bracket not in (0, rate.bracket):
            if wording.moved.search(claim.before) and not wording.among.match(claim.before):
                return True
            continue
        if wording.past.search(claim.before) and wording.carried.search(claim.before):
            return True
        if _is_strange(claim, wording):
            return True
    return False


def taken_back(previous: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether sentences before tell of money that was taken back or off: 收回资金100万元。"""
    return any(c.dimension == "money" and wording.signed_line.match(c.before) for c in previous)


def _moved_before(previous: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether money came or went in the sentences before: what 其中 lists there is only how it was made up."""
    listed = -1
    for claim in previous:
        if wording.among.search(claim.before):
            listed = claim.sentence
        cut = claim.kind == "growth" and claim.sign < 0 and not wording.compared.search(claim.before)
        if cut or (claim.dimension == "money" and claim.sentence != listed and _is_strange(claim, wording)):
            return True
    return False


def _total_of_funds(told: Sequence[Claim], wording: Wording) -> int:
    """Return where the total of all that there was to spend stands, what was carried over included, if it adds up."""
    for n in range(2, len(told)):
        total, parts = told[n], told[:n]
        plain = all(
            c.kind == "level" and c.dimension == "money" and not c.bracket and c.role != "executed" for c in (*parts, total)
        )
        if plain and wording.total.search(total.before) and ties(total, parts) is Tie.FIRM:
            return n
    return 0


def _is_strange(claim: Claim, wording: Wording) -> bool:
    """Tell whether no word counts an amount among what there was to spend, what was spent and what is left."""
    counted = (
        claim.role in ("executed", "actual") or wording.unspent.fullmatch(claim.before) or wording.total.search(claim.before)
    )
    known = wording.funds.search(claim.before + claim.after[:_WORD]) and not wording.signed_line.match(claim.before)
    return claim.kind in ("level", "change") and not counted and not known


def _was_spent(claim: Claim, rate: Claim, wording: Wording) -> bool:
    """Tell whether an amount is told to have been spent, or for a rate of arrival to have come in."""
    if wording.arrival.search(rate.before):
        return wording.arrived.search(claim.before) is not None and not wording.due.search(claim.before)
    done = ("executed", "actual") if wording.completion.search(rate.before) else ("executed",)
    return claim.role in done and not wording.unspent.search(claim.before)


def _funds(told: Sequence[Claim], rate: Claim, wording: Wording) -> list[Claim]:
    """Return what there was to spend: their total, or all but parts and a budget that was adjusted."""
    arrival = wording.arrival.search(rate.before) is not None
    opener = next((n for n, c in enumerate(told) if n and wording.among.search(c.before)), len(told))
    planned = wording.completion.search(rate.before) is not None
    plans = [c for c in told[:opener] if wording.planning.search(c.before)] if planned else []
    if plans:
        return plans  # 总投资 is no plan of the year
    funds = [
        c
        for c in told[:opener]
        if (wording.funds.search(c.before + c.after[:_WORD]) or (planned and wording.planning.search(c.before)))
        and (wording.due.search(c.before) is not None if arrival else c.role != "executed")
    ]
    named = [c for c in funds if one_plan(rate.before, c.before, wording)]
    if len(named) < len(funds) and any(word in rate.before for word in wording.data.rates.stages):
        return [c for c in named if any(word in c.before for word in wording.data.rates.stages)] or named
    adjusted = [c for c in funds if wording.adjusted.search(c.before)]
    if any(wording.total.search(c.before) for c in told) and not adjusted:
        return [c for c in told if wording.total.search(c.before)][-1:]
    return adjusted or funds


def plain_name(name: str, wording: Wording) -> str:
    """Return what a name says besides time and spending."""
    for known in (
        wording.until,
        wording.account_when,
        wording.roles["executed"],
        wording.roles["actual"],
        wording.links,
        wording.leading,
    ):
        name = known.sub("", name)
    for word in wording.data.rates.plain:
        name = name.replace(word, "") if len(word) > 1 else name.removeprefix(word)
    return name


def _of_one_name(name: str, funds: list[Claim]) -> list[Claim]:
    """Return the funds that what was spent is of: those whose names have two characters in a row of its own, if it has one."""
    pieces = [name[n : n + _WORD] for n in range(max(1, len(name) - 1))] if name else [""]
    return [c for c in funds if any(piece in c.before for piece in pieces)]
