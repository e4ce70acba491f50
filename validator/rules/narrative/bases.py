"""What a rate is a rate of, where the words around it say so: 占…的, what was planned and done, two figures and no other.

Comes in: a rate and what is told around it. Goes out: numerators and denominators, or nothing where the words leave it open.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.defined import partly_told
from validator.rules.narrative.executions import Execution, moved, of_funds, plain_name, taken_back
from validator.rules.narrative.places import is_base, of_the_whole, one_plan, ratio_follows, same_kind, spells, ties, total_of
from validator.rules.narrative.shares import (
    named_part,
    names_whole,
    of_one_whole,
    of_sentence_before,
    of_whole_before,
    share_of,
)
from validator.rules.narrative.subjects import subject_words
from validator.rules.tables import Tie

_TWO = 2
_LOOSE = 0.02
_MOST_THINGS = 20
_REACH = 3
"""Clauses between what was done and its rate, where a comparison may stand between them."""


class Told(NamedTuple):
    """What is told around a rate."""

    before: Sequence[Claim]
    """In its sentence."""
    after: Sequence[Claim]
    previous: Sequence[Claim]
    """In the sentence right before it, if no words without figures stand between."""
    recent: Sequence[Claim]
    """In the two sentences before."""
    earlier: Sequence[Claim]
    """The last levels of the text before its sentence."""
    opened: bool
    """Whether its sentence begins with 其中."""
    budgets: Sequence[Claim]


def explicit_base(
    rate: Claim, levels: Sequence[Claim], told: Told, wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """Return what over what, where the sentence leaves no doubt about it."""
    words, after = rate.before, told.after
    since = _since_last_rate(levels, told.before, rate)
    listed = bool(after) and after[0].dimension == "ratio" and len(after[0].before) <= 1 and after[0].clause == rate.clause
    if wording.of_figure.fullmatch(words):
        return None if listed else _of_figure(rate, levels, told.before, wording)
    if rate.kind == "ratio":
        # 42.79万人（其中在职22.52万人，退休20.27万人，供养比1.11：1）
        inside = [c for c in since if c.bracket == rate.bracket]
        since = inside if rate.bracket and len(inside) == _TWO else since
        named = len(since) == 2 and same_kind(*since) and wording.ratio_name.search(words)
        return (since[:1], since[1:]) if named and (since[0].bracket == rate.bracket) else None
    if wording.of_budget.search(words) or wording.of_target.search(words):
        role = "budget" if wording.of_budget.search(words) else "target"
        return (
            _of_staged_plan(rate, levels, wording)
            or _of_plan(rate, since, told.before, role, wording)
            or _of_plan_before(rate, since or levels, told, role, wording)
        )
    if rate.kind == "percent" and wording.just_done.fullmatch(words):
        return _just_done(rate, levels)
    if rate.kind == "share":
        return None if listed or wording.each.search(words) else _of_share(rate, levels, since, told, wording)
    if rate.kind != "rate":
        return None
    if wording.execution.search(words) or wording.arrival.search(words):
        if moved(told.before, rate, wording) or taken_back(told.recent, wording):
            return None
        pair = _executed(rate, since, wording) or _executed_of_all(since, levels)
        if pair is None or not _of_one_time((rate, *pair[0], *pair[1]), wording):
            return None
        return None if _is_listed(rate, pair, told.after, wording) else pair
    if wording.of_money.search(words):
        return _of_money(rate, since)
    pair = _by_stem(rate, since, wording)
    # 63个项目共有47个开工: the words may mark the part as the whole, but the figures know better.
    if pair is not None and wording.compared_with.search(pair[0][0].before):
        # 采购规模38万元，较计划节约2万元，节约率5%: what was saved is a part of the plan, which is both together.
        return pair[0], [*pair[0], *pair[1]]
    if pair is not None and wording.saved.search(words) and not ratio_follows(rate, *pair):
        # 实际采购3600万元，节约400万元，节约率10%: of what it would have cost, which is both together.
        both = [*pair[0], *pair[1]]
        return (pair[0], both) if ratio_follows(rate, pair[0], both) else None
    if pair is not None and rate.quantity.base <= 1 < total_of(pair[0]) / max(total_of(pair[1]), Decimal(1)):
        return (pair[1], pair[0]) if ratio_follows(rate, pair[1], pair[0]) else pair
    return pair


def _just_done(rate: Claim, levels: Sequence[Claim]) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`会议费预算5万元，支出3万元，完成60%`: the plan and what was done of it, right before."""
    if len(levels) < _TWO:
        return None
    plan, done = levels[-_TWO:]
    near = plan.segment == rate.segment and rate.clause - done.clause <= 1 and done.clause - plan.clause <= 1
    told = plan.role in ("budget", "target") and done.role in ("executed", "actual") and same_kind(plan, done)
    return ([done], [plan]) if near and told else None


def _of_share(
    rate: Claim, levels: Sequence[Claim], since: Sequence[Claim], told: Told, wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """Return the part and the whole of a share, by its own sentence or those before it."""
    if levels and _only_moved(levels[-1], rate, told.before, wording):
        rate = rate._replace(clause=levels[-1].clause + 1)
    name, part = named_part(rate, levels, wording)
    if name and part is None:
        return of_whole_before(rate, [c for c in levels if name[:_REACH] in c.before], told.earlier, wording)
    if part is not None and part is not levels[-1]:
        between = [*(c for c in told.before if c.start >= levels[-1].start), rate]
        # Words without a figure (产出效益中，甲镇占45%) or a rate (批复54个，批复率90%) have brought up another whole.
        if any(other.clause - one.clause > 1 for one, other in pairwise(between)) or any(
            c.kind == "rate" for c in between[:-1]
        ):
            return None
        # 税收300万元，非税200万元，税收占60%: as if it were told right behind the figure that it names.
        levels = [c for c in levels if c.start <= part.start]
        since = [c for c in since if c.start <= part.start] or [part]
        told = told._replace(before=[c for c in told.before if c.start <= part.start])
        rate = rate._replace(clause=part.clause)
    among = any(wording.among.search(c.before) for c in levels[-1:])
    # 工业968万吨（其中冷却482万吨），占16%: what stands in brackets comes between no figure and its share,
    # unless it is that share: 工业968万吨（占84%），农业184万吨（占16%）.
    own = {c.start for one, c in pairwise(told.before) if c.kind == "share" and one.bracket == 0}
    outside = [c for c in told.before if c.bracket in (0, rate.bracket) or c.start in own]
    shared = {
        c.start: following
        for c, following in pairwise(outside)
        if (following.kind == "share" and not (among and names_whole(following, wording)))
        or (following.kind == "rate" and following.clause - c.clause <= 1 and wording.of_budget.search(following.before))
    }
    named = [(names_whole(c, wording), part.start) for part, c in pairwise((*told.before, rate)) if c.kind == "share"]
    for level in levels:
        its_whole = names_whole(shared[level.start], wording) if level.start in shared else ""
        if any(name and name != its_whole and name in level.before and level.start < start for name, start in named):
            shared.pop(level.start, None)
    found = (
        share_of(rate, levels, shared, since, told.recent, wording, opened=told.opened)
        or of_one_whole(rate, told.before, told.after, wording)
        or (of_sentence_before(rate, levels, told.recent, wording) if told.opened else None)
        or (None if _whole_follows(rate, told.after, wording) else of_whole_before(rate, levels, told.earlier, wording))
    )
    if found is None or ratio_follows(rate, *found):
        return found
    return None if _of_several(found[0][0], told) or _of_another_whole(rate, found, told) else found


def _only_moved(level: Claim, share: Claim, before: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether nothing stands between a figure and its share but how it grew and what it is of the plan.

    非税收入500万元，比上年增加20万元，增长4.2%，占一般公共预算收入的40%.
    """
    between = [c for c in before if c.start > level.start]
    steps = pairwise((level, *between, share))
    return (
        share.clause - level.clause > 1
        and all(other.clause - one.clause <= 1 for one, other in steps)
        and all(_says_how_much(c, wording) for c in between)
    )


def _says_how_much(claim: Claim, wording: Wording) -> bool:
    """Tell whether a claim says how the figure before it changed, without a name of its own, or what it is of something."""
    if claim.kind in ("change", "growth"):
        return not claim.bracket and not subject_words(claim.before, wording)
    of_plan = wording.of_budget.search(claim.before) or wording.of_target.search(claim.before)
    of_whole = claim.kind == "share" and claim.before.startswith(wording.data.rates.takes)
    return not claim.bracket and claim.dimension == "ratio" and (of_plan is not None or of_whole)


def _of_several(part: Claim, told: Told) -> bool:
    """Tell whether an amount is that of several things told before: 三个项目累计完成8900万元，占总投资的89%."""
    count = next((c for c in reversed(told.before) if c.start < part.start), None)
    counted = (
        count is not None and count.kind == "level" and count.dimension.startswith("count") and count.clause == part.clause
    )
    return counted and count is not None and 1 < count.quantity.base <= _MOST_THINGS


def _of_another_whole(rate: Claim, pair: tuple[Sequence[Claim], Sequence[Claim]], told: Told) -> bool:
    """Tell whether a share and one told beside it are of one whole, and not of the one from another sentence."""
    (part,), wholes = pair
    if any(wholes[0] is c for c in told.before) or ratio_follows(rate, [part], wholes):
        return False
    around = [*told.before, rate, *told.after]
    listed = [(one, other) for one, other in pairwise(around) if one.kind == "level" and other.kind == "share" and other.size]
    return any(
        same_kind(one, part)
        and rate.size
        and abs(one.size / other.size - part.size / rate.size) <= _LOOSE * part.size / rate.size
        for one, other in listed
        if other is not rate and one.sentence == rate.sentence
    )


def _whole_follows(rate: Claim, after: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether the whole that a share names is told right behind it: 占公用经费的60%，公用经费200万元."""
    named = names_whole(rate, wording)
    return any(c.kind == "level" and c.clause - rate.clause == 1 and named and named in c.before for c in after)


def _of_figure(
    rate: Claim, levels: Sequence[Claim], before: Sequence[Claim], wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`检查1320家，占总数1500家的88%`: the figure before the rate is the whole, the one before that the part."""
    if len(levels) < 2 or rate.start - levels[-1].end > len(rate.before) + 2 or not wording.portion.search(levels[-1].before):
        return None
    whole = levels[-1]
    bases = {one.start for one, other in pairwise(before) if is_base(one, other, wording)}
    told = [c for c in levels[:-1] if not wording.past.search(c.before) and c.start not in bases]
    alike = [c for c in told if same_kind(c, whole)]
    if not alike or alike[-1] is not told[-1] or whole.clause - alike[-1].clause > 2:
        return None
    # 其中：…；接待费22万元，完成预算43万元的51%: an item of a list by itself, unless the list begins with it.
    if any(wording.among.search(c.before) for c in told if c.segment == rate.segment or alike[-1].segment != rate.segment):
        part = next((c for c in reversed(alike) if ratio_follows(rate, [c], [whole])), None)
        # 收入A，为预算的80%，其中：税收B，为预算C的68%: the only figure since the last rate, where the whole has its own.
        since = [c for c in told if c.start > max(bases, default=-1)]
        if part is None and since == alike[-1:] and whole.clause - since[0].clause <= 1 and (bases or len(told) == 1):
            part = since[0]
        return ([part], [whole]) if part is not None else None
    giving = next((c for c in reversed(alike) if ratio_follows(rate, [c], [whole])), alike[-1])
    return [giving], [whole]


def _since_last_rate(levels: Sequence[Claim], before: Sequence[Claim], rate: Claim) -> Sequence[Claim]:
    """Return the levels told since the last rate of the sentence, but at least the last two."""
    last = next((c for c in reversed(before) if c.kind in ("rate", "share") and c.bracket == rate.bracket), None)
    since = [c for c in levels if last is None or c.start > last.start]
    here = [c for c in since if c.segment == rate.segment]
    return here if len(here) >= 2 else since


def _of_plan(
    rate: Claim, levels: Sequence[Claim], told: Sequence[Claim], role: str, wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`完成预算的 99 %`: the one plan of the sentence, and what was told beside it."""
    plans = [
        c
        for c in levels
        if c.role == role
        or (role == "target" and c.role == "budget")
        or (role == "budget" and c.role == "target" and wording.budgeted.search(c.before))
    ]
    if len(plans) == 1 and wording.planning.search(plans[0].before):
        levels = [c for c in levels if c is plans[0] or not wording.grand.search(c.before)]  # 总投资 is no plan of the year
    done = [c for c in levels if c not in plans and (not plans or same_kind(c, plans[0]))]
    if len(done) > 1 and any(wording.among.search(c.before) for c in done[:-1]) and done[-1].role in ("actual", "executed"):
        done = done[-1:]  # 计划800亩，其中甲300亩、乙500亩，实际完成840亩
    if len(plans) != 1 or len(done) != 1 or done[0].role in ("budget", "target"):
        return None
    # 完成年初预算A的150%，完成调整预算的96%: the plan of the first rate isn't that of the second.
    if any(is_base(one, other, wording) for one, other in pairwise(told) if one is plans[0]):
        return None
    return (done, plans) if one_plan(rate.before, plans[0].before, wording) else None


def _of_staged_plan(rate: Claim, levels: Sequence[Claim], wording: Wording) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`年初预算A，调整后预算B，支出C，占调整后预算的p%，占年初预算的q%`: the budget of the stage that the rate names."""
    stages = [word for word in wording.data.rates.stages if word in rate.before]
    plans = [c for c in levels if c.role == "budget" and any(word in c.before for word in stages)]
    done = [c for c in levels if c.role == "executed" and not wording.moved.search(c.before)]  # 执行中调减20万元
    other = any(wording.among.search(c.before) or c.account == "opening" for c in levels)
    plain = len(plans) == len(done) == 1 and same_kind(plans[0], done[0]) and not other
    near = plain and done[0].clause > plans[0].clause and rate.clause - done[0].clause <= _REACH
    return (done, plans) if near and _of_one_time((rate, *done, *plans), wording) else None


def _of_plan_before(
    rate: Claim, levels: Sequence[Claim], told: Told, role: str, wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`年度计划投资80万元。累计完成投资60万元，占年度投资计划的75%`: the one plan of that kind told in the sentences before."""
    done = levels[-1:]
    others = [c for c in (*told.before, *told.after) if wording.of_target.search(c.before)]
    others += [c for c in told.before if wording.among.search(c.before)]
    if role != "target" or len(levels) != 1 or others or told.opened or wording.past.search(done[0].before):
        return None
    if done[0].role in ("budget", "target") or rate.clause - done[0].clause > _REACH:
        return None
    around = [c for c in (*told.recent, *told.before) if c.kind in ("level", "change") and same_kind(c, done[0])]
    plans = [c for c in around if c is not done[0] and c.role not in ("actual", "executed")]
    plans = [c for c in plans if not wording.grand.search(c.before)] or plans  # 总投资 is no plan of the year
    # What else is told of the kind may be a part of the plan, or have changed it.
    if len(plans) != 1 or not plans[0].usable or plans[0].bracket or plans[0].kind != "level" or plans[0].quantity.base <= 0:
        return None
    plan = plans[0]
    planned = plan.role == role or wording.planning.search(plan.before) is not None
    years = plan.year is None or done[0].year is None or plan.year == done[0].year
    return (done, plans) if planned and years and _same_plan(rate.before, done[0].noun, plan.before, wording) else None


def _same_plan(rate: str, done: str, plan: str, wording: Wording) -> bool:
    """Tell whether rate and result name nothing that the plan doesn't: 货物计划 is no 采购计划, 当年计划 is none of 总投资."""
    if not one_plan(rate, plan, wording) or wording.grand.search(plan) or wording.several_years.search(plan):
        return False
    return all(char in plan for name in (rate, done) for char in _without_plan_words(name, wording))


def _without_plan_words(name: str, wording: Wording) -> str:
    for known in (
        wording.months_told,
        wording.current,
        wording.portion,
        wording.plan_words,
        wording.account_when,
        wording.roles["actual"],
        wording.sums,
    ):
        name = known.sub("", name)
    return wording.links.sub("", wording.leading.sub("", name)).strip("".join(wording.data.of))


def _executed(rate: Claim, levels: Sequence[Claim], wording: Wording) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`预算数A，执行数B，执行率R`: the one budget and the one execution told since the last rate."""
    money = [c for c in levels if c.dimension in ("money", "") or not c.dimension]
    arrival = wording.arrival.search(rate.before) is not None
    plans = [c for c in money if c.role in (("target", "budget") if arrival else ("budget",))]
    done = [c for c in money if c.role in (("executed", "actual", "budget") if arrival else ("executed", "actual"))]
    if arrival:
        done = [c for c in money if wording.arrived.search(c.before)]
        plans = [c for c in money if c not in done]
        if not done and len(money) == _TWO and wording.budgeted.search(money[0].before):
            # 预算8000万元，实际下达2500万元，资金到位率31%
            plans, done = money[:1], [c for c in money[1:] if wording.granted.search(c.before)]
    if len(plans) == 1 and len(done) == 1 and len(money) == 2 and plans[0] is not done[0] and same_kind(plans[0], done[0]):
        return done, plans
    return None


def _is_listed(rate: Claim, pair: tuple[Sequence[Claim], Sequence[Claim]], after: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether what was spent is the first of several, each with its name and its rate: 甲镇支出390万元；乙镇…."""
    done, plans = pair
    name = plain_name(done[0].before, wording)
    others = any(c.role == done[0].role == "executed" and plain_name(c.before, wording) for c in after)
    return len(name) > 1 and name not in plans[0].before and others and not ratio_follows(rate, done, plans)


def _executed_of_all(since: Sequence[Claim], levels: Sequence[Claim]) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`计划投资A，到位A，到位率100%，完成投资B，执行率R`: all the plans that the sentence tells are one amount."""
    done = [c for c in since if c.dimension == "money"]
    plans = [c for c in levels if c.dimension == "money" and c not in done]
    told = len(done) == 1 and done[0].role in ("executed", "actual") and {c.role for c in plans} <= {"budget", "target"}
    return (done, plans[:1]) if told and len({c.quantity.base for c in plans}) == 1 else None


def executed_before(rate: Claim, told: Told, wording: Wording) -> Execution | None:
    """`项目预算A。实际支出B。执行率R。`: a rate in a sentence of its own, of what those right before it tell of the whole."""
    execution = wording.execution.search(rate.before) or wording.of_budget.search(rate.before)
    if rate.kind != "rate" or not execution or not told.previous:
        return None
    if any(c.kind == "rate" and wording.execution.search(c.before) for c in told.recent or told.previous):
        return None  # these figures have told their rate
    recent = told.recent or told.previous  # a paragraph may begin with the rate
    money = [c for c in recent if c.kind == "level" and c.usable and c.dimension == "money" and not c.bracket]
    name = rate.before.replace(execution.group(), "")
    if not of_the_whole(name, wording):
        return _named_execution(plain_name(name, wording), money)
    either = _executed(rate, money, wording)
    spent = Execution(either, sure=False) if either else of_funds(rate, recent, (), wording, opened=told.opened)
    if spent is None:
        return None
    (done,), (funds,) = spent.pair
    if any(wording.among.search(c.before) for c in recent if c.sentence == done.sentence and c.start <= done.start):
        return None
    pair = [done, funds]
    names = [name, *(c.before for c in pair)]
    one_time = rate.year in (None, *(c.year for c in pair)) and _of_one_time((rate, *pair), wording)
    return spent if one_time and all(of_the_whole(name, wording) for name in names) else None


def _named_execution(name: str, money: Sequence[Claim]) -> Execution | None:
    """Return `项目支出预算400万元，支出372万元。项目支出执行率93%`: the one budget of that name, and what was spent of it."""
    pairs = [
        (fund, done)
        for fund, done in pairwise(money)
        if fund.role == "budget" and done.role == "executed" and name in fund.before and done.clause - fund.clause == 1
    ]
    return Execution(([pairs[0][1]], [pairs[0][0]]), sure=True) if len(name) >= _TWO and len(pairs) == 1 else None


def _of_money(rate: Claim, levels: Sequence[Claim]) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`欠款A元，已归还B元，归还率R`: the two amounts told before, the later one over the earlier one."""
    if (
        len(levels) == 2
        and same_kind(*levels)
        and levels[1].quantity.base <= levels[0].quantity.base
        and rate.clause - levels[1].clause <= 1
    ):
        return levels[1:], levels[:1]
    return None


def _by_stem(rate: Claim, levels: Sequence[Claim], wording: Wording) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`机构X家，已开通Y家，开通率R`: the figure that is told with the word of the rate, over the only other one of its kind."""
    found = wording.rate_noun.search(rate.before)
    stem = found["stem"] if found else ""
    if len(stem) < 2 or wording.undone.search(stem) or not _of_these(rate, levels, wording):
        return None
    for length in (4, 3, 2):
        word = stem[-length:]
        if len(word) < 2 or len(word) < length:
            continue
        named = [c for c in levels if word in c.before or word in c.after[:6]]
        opposite = any(wording.negated.search(c.before.partition(word)[0]) for c in named if word in c.before)
        undone = wording.negated.search(stem[:-length]) is not None
        # 共18项，完成16项，未完成2项，完成率88.89%
        others = [c for c in levels if c not in named]
        both = not others or (len(others) == 1 and ties(others[0], named) is Tie.FIRM)
        pair = _done_and_not(named, word, wording) if not undone and both else None
        if pair is not None:
            return pair
        if (named and undone is not opposite) or (named and not _told(stem[:-length], levels, wording)):
            return None
        if len(named) == 2 and same_kind(*named):
            return _marked(named, wording) or _of_those(named, wording)
        if len(named) != 1:
            continue
        others = [c for c in levels if c is not named[0] and same_kind(c, named[0])]
        in_order = len(others) == 1 and (others[0].quantity.base >= named[0].quantity.base or others[0].start < named[0].start)
        # 实施12项，总投资4300万元，已开工9项: money tells nothing of what is counted.
        between = [c for c in levels if c not in others and c is not named[0] and c.dimension != "money"]
        if in_order and not between and not _is_plan_word(word, wording):
            return named, others
        break
    if (
        len(levels) == 2
        and same_kind(*levels)
        and rate.clause - levels[1].clause <= 1
        and not wording.negated.search(stem[:-2])
    ):
        whole, part = levels
        if spells(stem[-2:], part.before) and not any(char in whole.before for char in stem[-2:]):
            return [part], [whole]
        told = _marked(levels, wording)
        if told is not None and (
            wording.completion.search(rate.before) or any(char in told[0][0].before for char in stem[-2:])
        ):
            return told
    return None


def _done_and_not(named: Sequence[Claim], word: str, wording: Wording) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """Return `已开工33个，未开工17个，开工率66%`: what was done, over both together."""
    if len(named) != _TWO or not same_kind(*named) or not all(word in c.before for c in named):
        return None
    undone = [c for c in named if wording.negated.search(c.before.partition(word)[0])]
    done = [c for c in named if c not in undone]
    return (done, [*done, *undone]) if len(done) == len(undone) == 1 else None


def _of_these(rate: Claim, levels: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether a rate is of the same time as the figures before it, what they give, and of all that they count."""
    together = _of_one_time((rate, *levels), wording)
    return together and not wording.apart.search(rate.before) and not partly_told(rate, levels, wording)


def _of_one_time(told: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether figures are all of the year that is told, or all of the one before."""
    return len({wording.past.search(c.before) is not None for c in told}) == 1


def _told(words: str, levels: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether what narrows the name of a rate stands with the figures: 药品 in 药品合格率."""
    for known in (wording.account_when, wording.links, wording.leading):
        words = known.sub("", words)
    told = "".join(c.before + c.after for c in levels)
    return all(words[n : n + 2] in told for n in range(len(words) - 1))


def _marked(pair: Sequence[Claim], wording: Wording) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`应接种A人，实际接种B人`: the figures are told apart by what stands before them."""
    wholes = [
        c
        for c in pair
        if wording.whole_mark.search(c.before)
        and not wording.part_mark.search(wording.doing.sub("", c.before) if wording.planning.search(c.before) else c.before)
    ]
    parts = [c for c in pair if c not in wholes]
    return (parts, wholes) if len(wholes) == 1 and not wording.whole_mark.search(parts[0].before) else None


def _of_those(pair: Sequence[Claim], wording: Wording) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`6个新开工项目中，3个已开工`, `6个新开工项目已有3个开工`: those named first, and how many of them."""
    whole, part = pair
    among = whole.after.endswith(tuple(wording.data.openers.within)) and part.clause - whole.clause <= 1
    done = part.clause == whole.clause and wording.part_mark.search(part.before) is not None
    return ([part], [whole]) if (among or done) and part.quantity.base <= whole.quantity.base else None


def _is_plan_word(word: str, wording: Wording) -> bool:
    return any(word in w for w in (*wording.data.roles.budget, *wording.data.roles.target))
