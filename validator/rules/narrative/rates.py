"""Rates, shares and ratios in prose, with what they are rates of.

Comes in: passages of claims. Goes out: places for the rules of rates. Where the sentence itself says what over what, or leaves
one pair only, the place stands whatever the figures are; otherwise it stands where some pair near by gives the rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.model.quantity import BARE
from validator.rules.narrative.defined import by_definition, partly_told
from validator.rules.narrative.executions import Execution, moved, of_funds, plain_name, told_behind
from validator.rules.narrative.places import (
    Found,
    facts,
    follows,
    is_base,
    may_be,
    of_the_whole,
    place,
    ratio_follows,
    ratio_rounds,
    same_kind,
    spells,
    total_of,
)
from validator.rules.narrative.shares import (
    named_part,
    names_whole,
    of_one_whole,
    of_sentence_before,
    of_whole_before,
    share_of,
    shares,
)

_MOST = 10
_FAR = 40
"""How many figures back the sentence is looked at."""
_SMALL = 10
_REACH = 3
"""Clauses between what was done and its rate, where a comparison may stand between them."""
_FAR_LARGER = Decimal("1.5")
_LEAD = 16
"""Characters before a standard in which the words of a comparison are looked for."""

_MARK = re.compile(r"[，,。；;：:()]")


class _Told(NamedTuple):
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


def rates(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield every rate whose numerator and denominator are found."""
    budgets = [c for p in passages if p.prose for c in p.claims if c.kind == "level" and c.role == "budget" and c.usable]
    earlier: list[Claim] = []
    previous: Sequence[Claim] = ()
    last = (0, -1)
    for passage in passages:
        if not passage.prose:
            continue
        sentences: list[tuple[int, Sequence[Claim]]] = []
        for sentence, claims in passage.by_sentence:
            recent = [c for number, own in sentences[-2:] if sentence - number <= 2 for c in own[-_FAR:]]
            sentences.append((sentence, claims))
            opened = wording.among.match(passage.sentence_text(sentence).lstrip()) is not None
            clause = previous[-1].clause + 1 if previous and sentence else 0
            previous = previous if last == (passage.index, sentence - 1) and claims[0].clause == clause else ()
            for n, claim in enumerate(claims):
                if (
                    claim.usable
                    and claim.kind in ("rate", "share", "ratio", "percent", "times")
                    and claim.before
                    and claim.before not in wording.data.rates.about
                ):
                    before, after = claims[max(0, n - _FAR) : n], claims[n + 1 : n + 9]
                    told = _Told(before, after, previous, recent, earlier, opened, budgets[-_FAR:])
                    found = _rate(claim, told, wording)
                    if found is not None:
                        yield found
            earlier = [*earlier, *(c for c in claims[-_FAR:] if c.kind == "level" and c.usable)][-24:]
            ends = sentence == len(passage.sentences) - 1
            previous, last = claims[-_FAR:], (passage.index + 1, -1) if ends else (passage.index, sentence)
            yield from shares(claims, wording)
            yield from _lists(passage, claims, wording)
            yield from _distances(passage, claims, wording)
            yield from _portions(passage, claims, wording)


def _rate(rate: Claim, told: _Told, wording: Wording) -> Found | None:
    before = told.before
    levels = [c for c in before if c.kind == "level" and c.usable and c.dimension not in ("ratio", "time")]
    outside = [c for c in levels if c.bracket in (0, rate.bracket)]
    if rate.kind == "times":
        return _times(rate, outside, wording)
    if wording.relative.search(rate.before):
        return _relative(rate, outside, wording)
    if wording.beyond.search(rate.before):
        return _beyond(rate, outside or told.earlier, wording)
    near = before or (told.previous if rate.sentence else ())
    explicit = by_definition(rate, near, told.after, wording) if rate.kind in ("rate", "percent") else None
    if explicit is None and rate.kind in ("rate", "percent"):
        # 共受理案件5000件。结案2800件，结案率56%: the only figure of the sentence before.
        one = [c for c in told.previous if c.kind == "level" and not c.bracket]
        explicit = by_definition(rate, [*one, *before], told.after, wording) if len(one) == 1 and before else None
    if explicit is None and not before:
        explicit = _executed_before(rate, told.previous, told.earlier, wording)
    behind = told_behind(rate, told.after, wording) if explicit is None and _of_execution(rate, wording) else None
    if behind is not None and not levels:
        explicit = behind
    if explicit is None and outside:
        explicit = _explicit(rate, outside, told, wording)
    spent: Execution | None = None
    if explicit is None and _of_execution(rate, wording):
        spent = of_funds(rate, before, told.recent, wording, opened=told.opened)
    if spent is not None and (spent.sure or ratio_follows(rate, *spent.pair)):
        explicit = spent.pair
    if behind is not None and explicit is not None and not ratio_follows(rate, *explicit) and ratio_follows(rate, *behind):
        explicit = behind
    meant = explicit or (spent.pair if spent is not None else None)
    if meant is not None and _of_execution(rate, wording) and _of_something_else(rate, meant, wording):
        explicit = spent = None
    if explicit is not None:
        numerators, denominators = explicit
        if not sum(c.size for c in denominators) or _is_another(rate, numerators, denominators):
            return None
        if not ratio_follows(rate, numerators, denominators) and _lessened(rate, numerators, denominators, before):
            return None
        return _place(rate, numerators, denominators)
    candidates = list(_candidates(rate, levels, told, wording))
    for test in (ratio_rounds, ratio_follows):
        for numerators, denominators in candidates:
            if sum(c.size for c in denominators) and test(rate, numerators, denominators):
                return _place(rate, numerators, denominators)
    return _place(rate, *spent.pair) if spent is not None and not _is_another(rate, *spent.pair) else None


def _of_something_else(rate: Claim, pair: tuple[Sequence[Claim], Sequence[Claim]], wording: Wording) -> bool:
    """Tell whether a rate is not that of figures, and its name tells of something they don't name: 上级资金支出率."""
    if ratio_follows(rate, *pair):
        return False
    operands = [*pair[0], *pair[1]]
    name = rate.before
    for known in (wording.execution, wording.arrival, wording.completion):
        name = known.sub("", name)
    name = plain_name(name, wording)
    return len(name) > 1 and not any(name[n : n + 2] in c.before for c in operands for n in range(len(name) - 1))


def _is_another(rate: Claim, numerators: Sequence[Claim], denominators: Sequence[Claim]) -> bool:
    """Tell whether a pair can't be meant: the rate is that of what is left (未归还50万元，归还率90%), or too large."""
    if rate.kind != "rate" or len(numerators) != 1 or len(denominators) != 1:
        return False
    if ratio_follows(rate, numerators, denominators):
        return False
    if numerators[0].quantity.base > denominators[0].quantity.base * _FAR_LARGER and rate.quantity.base <= 1:
        return True
    return follows(rate, [*numerators, *denominators], lambda b: (b[1] - b[0]) / b[1])


def _lessened(rate: Claim, numerators: Sequence[Claim], denominators: Sequence[Claim], before: Sequence[Claim]) -> bool:
    """Tell whether a rate is of what a plan became in its sentence: 计划600户，减少20户，实施580户，完成率100%."""
    plan = denominators[0]
    moves = [c for c in before if c.kind == "change" and c.usable and same_kind(c, plan)]
    return any(
        follows(rate, [*numerators, plan, move], lambda b: b[0] / (b[1] + b[2]))
        if move.sign > 0
        else follows(rate, [*numerators, plan, move], lambda b: b[0] / (b[1] - b[2]))
        for move in moves
    )


def _of_execution(rate: Claim, wording: Wording) -> bool:
    words = rate.before
    return rate.kind == "rate" and any(said.search(words) for said in (wording.execution, wording.arrival, wording.completion))


def _place(rate: Claim, numerators: Sequence[Claim], denominators: Sequence[Claim]) -> Found:
    values = {"rate": rate.fact, "numerators": facts(numerators), "denominators": facts(denominators)}
    return Found("narrative.rate", place("narrative.rate", rate, values))


# --- what the sentence says ---------------------------------------------------------------------------------------------


def _explicit(
    rate: Claim, levels: Sequence[Claim], told: _Told, wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """Return what over what, where the sentence leaves no doubt about it."""
    words, after = rate.before, told.after
    since = _since_last_rate(levels, told.before, rate)
    listed = bool(after) and after[0].dimension == "ratio" and len(after[0].before) <= 1 and after[0].clause == rate.clause
    if wording.of_figure.fullmatch(words):
        return None if listed else _of_figure(rate, levels, told.before, wording)
    if rate.kind == "ratio":
        named = len(since) == 2 and same_kind(*since) and wording.ratio_name.search(words)
        return (since[:1], since[1:]) if named and (since[0].bracket == rate.bracket) else None
    if wording.of_budget.search(words) or wording.of_target.search(words):
        role = "budget" if wording.of_budget.search(words) else "target"
        return _of_plan(rate, since, told.before, role, wording) or _of_plan_before(rate, since or levels, told, role, wording)
    if rate.kind == "share":
        return None if listed or wording.each.search(words) else _of_share(rate, levels, since, told, wording)
    if rate.kind != "rate":
        return None
    if wording.execution.search(words) or wording.arrival.search(words):
        if moved(told.before, rate, wording):
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
    if pair is not None and rate.quantity.base <= 1 < total_of(pair[0]) / max(total_of(pair[1]), Decimal(1)):
        return (pair[1], pair[0]) if ratio_follows(rate, pair[1], pair[0]) else pair
    return pair


def _of_share(
    rate: Claim, levels: Sequence[Claim], since: Sequence[Claim], told: _Told, wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """Return the part and the whole of a share, by its own sentence or those before it."""
    name, part = named_part(rate, levels, wording)
    if name and part is None:
        return of_whole_before(rate, levels, told.earlier, wording)
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
    shared = {
        c.start: following
        for c, following in pairwise(told.before)
        if (following.kind == "share" and not (among and names_whole(following, wording)))
        or (following.kind == "rate" and following.clause - c.clause <= 1 and wording.of_budget.search(following.before))
    }
    named = [(names_whole(c, wording), part.start) for part, c in pairwise((*told.before, rate)) if c.kind == "share"]
    for level in levels:
        if any(name and name in level.before and level.start < start for name, start in named):
            shared.pop(level.start, None)
    return (
        share_of(rate, levels, shared, since, told.recent, wording, opened=told.opened)
        or of_one_whole(rate, told.before, told.after, wording)
        or (of_sentence_before(rate, levels, told.recent, wording) if told.opened else None)
        or (None if _whole_follows(rate, told.after, wording) else of_whole_before(rate, levels, told.earlier, wording))
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
    if any(wording.among.search(c.before) for c in told):
        part = next((c for c in reversed(alike) if ratio_follows(rate, [c], [whole])), None)
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
    done = [c for c in levels if c not in plans and (not plans or same_kind(c, plans[0]))]
    if len(done) > 1 and any(wording.among.search(c.before) for c in done[:-1]) and done[-1].role in ("actual", "executed"):
        done = done[-1:]  # 计划800亩，其中甲300亩、乙500亩，实际完成840亩
    if len(plans) != 1 or len(done) != 1 or done[0].role in ("budget", "target"):
        return None
    # 完成年初预算A的150%，完成调整预算的96%: the plan of the first rate isn't that of the second.
    if any(is_base(one, other, wording) for one, other in pairwise(told) if one is plans[0]):
        return None
    return (done, plans) if _one_plan(rate.before, plans[0].before, wording) else None


def _of_plan_before(
    rate: Claim, levels: Sequence[Claim], told: _Told, role: str, wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`年度计划投资80万元。累计完成投资60万元，占年度投资计划的75%`: the one plan of that kind told in the sentences before."""
    done = levels[-1:]
    others = [c for c in (*told.before, *told.after) if wording.of_target.search(c.before) or wording.among.search(c.before)]
    if role != "target" or len(levels) != 1 or others or told.opened or wording.past.search(done[0].before):
        return None
    if done[0].role in ("budget", "target") or rate.clause - done[0].clause > _REACH:
        return None
    around = [c for c in (*told.recent, *told.before) if c.kind in ("level", "change") and same_kind(c, done[0])]
    plans = [c for c in around if c is not done[0]]
    # What else is told of the kind may be a part of the plan, or have changed it.
    if len(plans) != 1 or not plans[0].usable or plans[0].bracket or plans[0].kind != "level" or plans[0].quantity.base <= 0:
        return None
    plan = plans[0]
    planned = plan.role == role or wording.planning.search(plan.before) is not None
    years = plan.year is None or done[0].year is None or plan.year == done[0].year
    return (done, plans) if planned and years and _same_plan(rate.before, done[0].noun, plan.before, wording) else None


def _same_plan(rate: str, done: str, plan: str, wording: Wording) -> bool:
    """Tell whether rate and result name nothing that the plan doesn't: 货物计划 is no 采购计划, 当年计划 is none of 总投资."""
    if not _one_plan(rate, plan, wording) or wording.grand.search(plan) or wording.several_years.search(plan):
        return False
    return all(char in plan for name in (rate, done) for char in _without_plan_words(name, wording))


def _without_plan_words(name: str, wording: Wording) -> str:
    of_time = wording.months_told
    for known in (of_time, wording.portion, wording.plan_words, wording.account_when, wording.roles["actual"], wording.sums):
        name = known.sub("", name)
    return wording.links.sub("", wording.leading.sub("", name)).strip("".join(wording.data.of))


def _one_plan(rate: str, plan: str, wording: Wording) -> bool:
    """Tell whether a rate and a plan name one stage of the budget, or one of them names none: 年初, 调整, 全年."""
    stages = [{word for word in wording.data.rates.stages if word in text} for text in (rate, plan)]
    return not all(stages) or bool(stages[0] & stages[1])


def _executed(rate: Claim, levels: Sequence[Claim], wording: Wording) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`预算数A，执行数B，执行率R`: the one budget and the one execution told since the last rate."""
    money = [c for c in levels if c.dimension in ("money", "") or not c.dimension]
    arrival = wording.arrival.search(rate.before) is not None
    plans = [c for c in money if c.role in (("target", "budget") if arrival else ("budget",))]
    done = [c for c in money if c.role in (("executed", "actual", "budget") if arrival else ("executed", "actual"))]
    if arrival:
        done = [c for c in money if wording.arrived.search(c.before)]
        plans = [c for c in money if c not in done]
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


def _executed_before(
    rate: Claim, previous: Sequence[Claim], earlier: Sequence[Claim], wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`项目预算A，实际支出B。执行率R。`: the only budget and execution told so far, both of the whole, a sentence ago."""
    execution = wording.execution.search(rate.before)
    if rate.kind != "rate" or not execution:
        return None
    pair = [c for c in previous if c.kind == "level" and c.dimension == "money"]
    known = {c.quantity.base for c in earlier if c.dimension == "money"}
    names = [rate.before.replace(execution.group(), ""), *(c.before for c in pair)]
    one_time = rate.year in (None, *(c.year for c in pair)) and not any(wording.past.search(name) for name in names)
    if len(pair) != 2 or not all(c.usable and not c.bracket for c in pair) or known - {c.quantity.base for c in pair}:
        return None
    return _executed(rate, pair, wording) if one_time and all(of_the_whole(name, wording) for name in names) else None


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
        if (named and undone is not opposite) or (named and not _told(stem[:-length], levels, wording)):
            return None
        if len(named) == 2 and same_kind(*named):
            return _marked(named, wording)
        if len(named) != 1:
            continue
        others = [c for c in levels if c is not named[0] and same_kind(c, named[0])]
        in_order = len(others) == 1 and (others[0].quantity.base >= named[0].quantity.base or others[0].start < named[0].start)
        if in_order and len(levels) == 2 and not _is_plan_word(word, wording):
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


def _is_plan_word(word: str, wording: Wording) -> bool:
    return any(word in w for w in (*wording.data.roles.budget, *wording.data.roles.target))


def _times(rate: Claim, levels: Sequence[Claim], wording: Wording) -> Found | None:
    """`上年A人，今年B人，是上年的R倍`: the two figures of the sentence, told apart by their years."""
    pair = [c for c in levels if rate.clause - c.clause <= 3]
    said = wording.times.search(rate.before)
    if (
        said is None
        or not _own_name(rate.before[: said.start()], pair, wording)
        or len(pair) != 2
        or not same_kind(*pair)
        or len(levels) > 2
    ):
        return None
    past = [c for c in pair if wording.past.search(c.before)]
    if len(past) != 1:
        years = [c.year for c in pair]
        if past or years[0] is None or years[1] is None or abs(years[0] - years[1]) != 1:
            return None
        past = [pair[0] if years[0] < years[1] else pair[1]]
    now = [c for c in pair if c is not past[0]]
    if past[0].quantity.base <= 0 or not _same_thing(now[0], past[0], wording):
        return None
    return _place(rate, now, past)


def _own_name(words: str, levels: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether the words before a rate name nothing else than the figures before it."""
    name = wording.account_when.sub("", words)
    return len(name) <= 1 or any(name[-2:] in c.before for c in levels)


def _same_thing(one: Claim, other: Claim, wording: Wording) -> bool:
    """Tell whether two figures measure one thing at two times, by the ends of their names; a name left out is the same."""
    names = [wording.timeless(c.noun) for c in (one, other)]
    return not all(names) or names[0][-2:] == names[1][-2:]


# --- lists aligned by order -----------------------------------------------------------------------------------------------


def _lists(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield the rates of a list over two lists told before it: 预算分别为…，支出分别为…，执行率分别为…."""
    runs: list[list[Claim]] = []
    for n, claim in enumerate(claims):
        shared = claim.dimension == "ratio" and n > 0 and is_base(claims[n - 1], claim, wording)
        if not (shared or wording.aligned.search(claim.before)) or not claim.usable:
            continue
        run = [claim]
        for follower in claims[n + 1 :]:
            if len(passage.text[run[-1].end : follower.start]) > 1 or not same_kind(follower, claim) or not follower.usable:
                break
            run.append(follower)
        levels = [r for r in runs if r[0].kind == "level" and len(r) == len(run)]
        if shared:
            if levels and len(run) > 1 and same_kind(levels[-1][0], claims[n - 1]):
                yield from _aligned(run, [levels[-1], [claims[n - 1]] * len(run)])
            continue
        rated = claim.dimension == "ratio" and claim.kind in ("rate", "percent")
        if rated and len(run) >= 2 and len(levels) == 2 == len(runs) and same_kind(levels[0][0], levels[1][0]):
            swapped = levels[1][0].role == "budget" or levels[0][0].role == "executed"
            yield from _aligned(run, levels if swapped else levels[::-1])
        runs.append(run)


def _aligned(run: Sequence[Claim], levels: Sequence[Sequence[Claim]]) -> Iterator[Found]:
    """Relate each rate of a list to the figures in its place, numerators and denominators, when they all but one agree."""
    tops, bottoms = levels
    rows = [(rate, top, bottom) for rate, top, bottom in zip(run, tops, bottoms, strict=True) if bottom.quantity.base > 0]
    agreeing = sum(ratio_follows(rate, [top], [bottom]) for rate, top, bottom in rows)
    if rows and agreeing >= max(1, len(rows) - 1):
        yield from (_place(rate, [top], [bottom]) for rate, top, bottom in rows)


def _beyond(rate: Claim, levels: Sequence[Claim], wording: Wording) -> Found | None:
    """`任务A户，实际完成B户 … 超任务R`: the one target and the one result told so far."""
    planned = [c for c in levels if c.role in ("target", "budget") or wording.planning.search(c.before)]
    plans = {c.quantity.base: c for c in planned}
    done = {c.quantity.base: c for c in levels if c.role in ("actual", "executed") and c not in planned}
    if any(wording.among.search(c.before) for c in levels):
        return None
    pairs = [(top, bottom) for top in done.values() for bottom in plans.values() if same_kind(top, bottom)]
    if len(pairs) != 1 or pairs[0][1].quantity.base <= 0 or pairs[0][0].quantity.base <= pairs[0][1].quantity.base:
        return None
    top, bottom = pairs[0]
    formula = "实际 / 目标 - 1"
    values = {"stated": rate.fact, "computed": None, "formula": formula, "实际": top.fact, "目标": bottom.fact}
    return Found("narrative.growth", place("narrative.growth", rate, values, formula))


def _relative(rate: Claim, levels: Sequence[Claim], wording: Wording) -> Found | None:
    """`年初预算A，调整后预算B，预算调整率R`: by how much the second of two figures differs from the first."""
    since = [c for c in levels if rate.clause - c.clause <= _MOST and c.sentence == rate.sentence]
    staged = [c for c in since if any(word in c.before for word in wording.data.rates.stages)]
    since = staged if staged and len(since) - len(staged) <= 1 else since
    if len(since) != 2 or not same_kind(*since) or since[0].quantity.base <= 0:
        return None
    before, now = since
    stages = not _one_plan(before.before, now.before, wording) and before.role == now.role == "budget"
    years = wording.past.search(before.before) is not None and wording.past.search(now.before) is None
    if stages or years:
        up = now.quantity.base >= before.quantity.base or rate.quantity.value < 0
        formula = "本期 / 上期 - 1" if up else "1 - 本期 / 上期"
        values = {"stated": rate.fact, "computed": None, "formula": formula, "本期": now.fact, "上期": before.fact}
        return Found("narrative.growth", place("narrative.growth", rate, values, formula))
    return None


# --- what stands near by ------------------------------------------------------------------------------------------------


def _candidates(
    rate: Claim, levels: Sequence[Claim], told: _Told, wording: Wording
) -> Iterator[tuple[Sequence[Claim], Sequence[Claim]]]:
    """Yield the pairs that may be meant, the nearest first."""
    near = [c for c in levels if c.dimension not in ("ratio", "time") and _in_digits(c)][-_MOST:]
    if rate.kind == "ratio":
        for n in range(len(near) - 1, 0, -1):
            if same_kind(near[n - 1], near[n]):
                yield [near[n - 1]], [near[n]]
        return
    pool = [*near, *reversed(told.earlier)][: 2 * _MOST]
    following = [
        c for c in told.after if c.kind == "level" and c.usable and c.sentence == rate.sentence and c.clause - rate.clause <= 2
    ]
    pool = [*pool, *following]
    low, high = rate.size * 0.9 - 0.006, rate.size * 1.1 + 0.006
    # A share right behind a figure is not that of one that follows.
    own = rate.kind == "share" and bool(near) and rate.clause - near[-1].clause <= 1
    for top in pool[: len(pool) - len(following)] if own else pool:
        for bottom in pool:
            if bottom.size and low <= top.size / bottom.size <= high and top is not bottom and _comparable(top, bottom):
                yield [top], [bottom]
    if wording.of_budget.search(rate.before) and near:
        for bottom in told.budgets:
            if (
                bottom is not near[-1]
                and may_be(rate, near[-1].size, bottom.size)
                and same_kind(near[-1], bottom)
                and _speaks_of_same(near[-1], bottom, wording)
            ):
                yield [near[-1]], [bottom]
    if wording.execution.search(rate.before):
        money = [c for c in pool if c.dimension == "money"]
        for top in money:
            for k, one in enumerate(money):
                for other in money[k + 1 :]:
                    both = one.size + other.size
                    if both and low <= top.size / both <= high and top is not one and top is not other:
                        yield [top], [one, other]


def _in_digits(claim: Claim) -> bool:
    """Tell whether a figure is more than 两个 or 三家: two of those give too many rates."""
    return claim.quantity.base >= _SMALL or any(char.isdigit() for char in claim.fact.text)


def _comparable(one: Claim, other: Claim) -> bool:
    return same_kind(one, other) and not (one.quantity.unit == BARE and other.quantity.unit == BARE)


def _speaks_of_same(done: Claim, budget: Claim, wording: Wording) -> bool:
    """Tell whether a budget may be that of a figure: both income, or both spending, or with two characters in common."""
    for side in (wording.income_like, wording.spending_like):
        told = [side.search(claim.noun) is not None for claim in (done, budget)]
        if any(told):
            return all(told)
    return any(done.noun[k : k + 2] in budget.noun for k in range(len(done.noun) - 1))


# --- a rate and the figure that it gives ---------------------------------------------------------------------------------


def _portions(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield `总额A，预付30%即B` and `成本A，补贴比例70%，应补B`: a figure that a rate of an earlier one gives."""
    for n in range(2, len(claims)):
        rate, part = claims[n - 1], claims[n]
        if rate.kind not in ("rate", "percent") or not rate.usable or part.kind != "level" or not part.usable:
            continue
        said = wording.that_is.fullmatch(passage.text, rate.end, part.start) is not None
        owed = wording.owed.match(part.before) is not None and part.clause - rate.clause <= 1
        if not (said or owed) or rate.bracket != part.bracket:
            continue
        wholes = [
            c
            for c in claims[max(0, n - _FAR) : n - 1]
            if c.kind == "level" and c.usable and same_kind(c, part) and c.bracket == part.bracket
        ]
        wholes = [c for c in wholes if not wording.that_is.search(passage.text, max(0, c.start - 3), c.start)]
        if wholes and wholes[-1].quantity.base >= part.quantity.base > 0 and len(wholes) == 1:
            yield _place(rate, [part], wholes)


# --- distance to a standard -----------------------------------------------------------------------------------------------


def _distances(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield `参保率88.56%，低于95%的目标6.44个百分点` and the like: a rate, a standard, and how far they are apart."""
    for n in range(2, len(claims)):
        stated, last, first = claims[n], claims[n - 1], claims[n - 2]
        if "points-change" in (last.kind, first.kind) or last.quantity.unit == stated.quantity.unit:
            continue
        if stated.kind != "points-change" or not stated.usable or last.dimension != "ratio" or first.dimension != "ratio":
            continue
        if stated.clause == last.clause:
            rate, standard = first, last
            lead = _MARK.split(passage.text[max(0, standard.start - _LEAD) : standard.start])[-1]
            words = lead + passage.text[standard.end : stated.start]
            named = wording.beside.search(lead) or wording.under.search(lead) or wording.over.search(lead)
            near = standard.clause - rate.clause <= 1 and rate.kind in ("rate", "percent", "share")
        else:
            standard, rate = first, last
            words = stated.before
            named = wording.to_target.search(words)
            aimed = wording.told_target.search(wording.lead_comparison.sub("", standard.before))
            near = bool(aimed) and stated.clause - rate.clause == 1 and rate.clause - standard.clause <= 1
        below, above = wording.under.search(words), wording.over.search(words)
        if not named or not near or not rate.usable or bool(below) == bool(above):
            continue
        formula = "标准 - 实际" if below else "实际 - 标准"
        values = {"stated": stated.fact, "computed": None, "formula": formula, "标准": standard.fact, "实际": rate.fact}
        yield Found("narrative.change", place("narrative.change", stated, values, formula))
