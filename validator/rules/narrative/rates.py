"""Rates, shares and ratios in prose, with what they are rates of.

Comes in: passages of claims. Goes out: places for the rules of rates. Where the sentence itself says what over what, or leaves
one pair only, the place stands whatever the figures are; otherwise it stands where some pair near by gives the rate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from validator.facts.claims import Claim, Passage, Wording
from validator.model.quantity import BARE
from validator.rules.narrative.bases import Told, executed_before, explicit_base
from validator.rules.narrative.bracketed_rates import bracketed_rates
from validator.rules.narrative.chains import in_chain
from validator.rules.narrative.defined import by_definition
from validator.rules.narrative.differences import of_difference
from validator.rules.narrative.distances import distances
from validator.rules.narrative.executions import Execution, beside, of_funds, plain_name, told_behind
from validator.rules.narrative.funds_above import of_funds_above, told_above
from validator.rules.narrative.listed_rates import listed_rates, portions
from validator.rules.narrative.multiples import beyond, relative, times
from validator.rules.narrative.namesakes import of_namesake
from validator.rules.narrative.places import Found, follows, may_be, rate_of, ratio_follows, ratio_rounds, same_kind, total_of
from validator.rules.narrative.plans import of_one_plan
from validator.rules.narrative.shares import names_whole, shares

_MOST = 10
_FAR = 40
"""How many figures back the sentence is looked at."""
_SMALL = 10
_PAIR = 2
_REASONS = 4
"""Sentences between a figure and 其中, most of which have no figures."""
_DONE = ("executed", "actual")
_FAR_LARGER = Decimal("1.5")
_COARSE = 10
"""Of a figure of fewer steps than these the first digit says little."""


def rates(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield every rate whose numerator and denominator are found."""
    budgets = [c for p in passages if p.prose for c in p.claims if c.kind == "level" and c.role == "budget" and c.usable]
    earlier: list[Claim] = []
    above: list[Claim] = []
    previous: Sequence[Claim] = ()
    shared: dict[str, str] = {}
    last = (0, -1)
    for passage in passages:
        if not passage.prose:
            continue
        sentences: list[tuple[int, Sequence[Claim]]] = []
        for sentence, claims in passage.by_sentence:
            opened = wording.among.match(passage.sentence_text(sentence).lstrip()) is not None
            reach = _REASONS if opened else _PAIR
            recent = [c for number, own in sentences[-_PAIR:] if sentence - number <= reach for c in own[-_FAR:]]
            sentences.append((sentence, claims))
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
                    whole = names_whole(claim, wording)
                    wholes = [c for c in earlier if shared.get(c.fact.pointer.path) != whole] if whole else earlier
                    told = Told(before, after, previous, recent, wholes, opened, budgets[-_FAR:])
                    found = _rate(claim, told, wording)
                    pair = of_funds_above(claim, before, above, passage, wording) if found is None else None
                    if found is not None:
                        yield found
                    elif pair is not None:
                        yield rate_of(claim, *pair)
            shared.update(_named_shares(claims, wording))
            above = told_above(above, claims, wording)
            earlier = [*earlier, *(c for c in claims[-_FAR:] if c.kind == "level" and c.usable)][-24:]
            ends = sentence == len(passage.sentences) - 1
            previous, last = claims[-_FAR:], (passage.index + 1, -1) if ends else (passage.index, sentence)
            yield from shares(claims, wording)
            yield from listed_rates(passage, claims, wording)
            yield from distances(passage, claims, wording)
            yield from portions(passage, _before_in_paragraph(sentences), claims, wording)
            yield from bracketed_rates(passage, claims, wording)


def _named_shares(claims: Sequence[Claim], wording: Wording) -> Iterator[tuple[str, str]]:
    """Yield what each figure is said to be a share of: 拨款收入300万元，占总收入的30% is not the 总收入 of the next share."""
    for part, share in pairwise(claims):
        if part.kind == "level" and share.kind == "share" and share.clause - part.clause <= 1:
            yield part.fact.pointer.path, names_whole(share, wording)


def _before_in_paragraph(sentences: Sequence[tuple[int, Sequence[Claim]]]) -> Sequence[Claim]:
    """Return the figures of the sentence before the last one, where no words without figures stand between."""
    if len(sentences) < _PAIR or sentences[-1][0] - sentences[-2][0] != 1:
        return ()
    return sentences[-2][1][-_FAR:]


def _rate(rate: Claim, told: Told, wording: Wording) -> Found | None:
    before = told.before
    levels = [c for c in before if c.kind == "level" and c.usable and c.dimension not in ("ratio", "time")]
    outside = [c for c in levels if c.bracket in (0, rate.bracket)]
    if rate.kind == "times":
        return times(rate, outside, wording)
    if wording.relative.search(rate.before):
        return relative(rate, outside, wording)
    if wording.beyond.search(rate.before):
        return beyond(rate, outside or told.earlier, wording)
    near = before or (told.previous if rate.sentence else ())
    explicit = by_definition(rate, near, told.after, wording) if rate.kind in ("rate", "percent") else None
    if explicit is None and rate.kind in ("rate", "percent"):
        # 共受理案件5000件，其中…。结案2800件，结案率56%: the only figure of the sentence before but for its parts.
        one = [c for c in takewhile(lambda c: not wording.among.search(c.before), told.previous) if not c.bracket]
        one = [c for c in one if c.kind == "level"]
        explicit = by_definition(rate, [*one, *before], told.after, wording) if len(one) == 1 and before else None
        listed = [c for c in told.previous if c.kind == "level" and c not in one]
        if explicit is not None and any(ratio_follows(rate, explicit[0], [c]) for c in listed):
            explicit = None  # of one of these parts
    behind = told_behind(rate, told.after, wording) if explicit is None and _of_execution(rate, wording) else None
    if behind is not None and not levels:
        explicit = behind
    if explicit is None and outside:
        explicit = explicit_base(rate, outside, told, wording)
    spent: Execution | None = None
    alone = not before and wording.of_budget.search(rate.before) is not None
    if explicit is None and (alone or _of_execution(rate, wording)):
        spent = (
            of_funds(rate, before, told.recent, wording, opened=told.opened) if before else executed_before(rate, told, wording)
        )
    if spent is not None and (spent.sure or ratio_follows(rate, *spent.pair)):
        explicit = spent.pair
    if behind is not None and explicit is not None and behind[0][0].segment == rate.segment:
        # Behind a semicolon the next item begins: 中央到位300万元，支出294万元，执行率94%；省级到位150万元，支出141万元.
        explicit = explicit if ratio_follows(rate, *explicit) or not ratio_follows(rate, *behind) else behind
    meant = explicit or (spent.pair if spent is not None else None)
    if meant is not None and _of_execution(rate, wording) and _of_something_else(rate, meant, before, wording):
        explicit = spent = None
    if explicit is not None and _of_execution(rate, wording) and not ratio_follows(rate, *explicit):
        explicit = _of_all_told(rate, before) or explicit
    if explicit is not None:
        numerators, denominators = explicit
        if _of_a_limit(rate, denominators, wording):
            return None
        side_by_side = _side_by_side(rate, numerators, denominators, wording)
        if not sum(c.size for c in denominators) or (not side_by_side and _is_another(rate, numerators, denominators)):
            return None
        if _is_capped(rate, numerators, denominators, wording):
            return None
        # 改造218公里，超额完成18公里，完成率109%: that is how much more was done, and not what was done.
        other = any(wording.beyond.search(c.before) for c in (*numerators, *denominators))
        other = other or _lessened(rate, numerators, denominators, before)
        if other and not ratio_follows(rate, numerators, denominators):
            return None
        return rate_of(rate, numerators, denominators)
    own = beside(rate, before, told.recent, wording) if rate.kind == "rate" else None
    candidates = list(_candidates(rate, levels, told, wording))
    if own is not None:
        candidates = [pair for pair in candidates if pair[0] == own[0] and pair[1][0].start < rate.start]
    if (pair := _borne_out(rate, candidates, wording)) is not None:
        return rate_of(rate, *pair)
    told_last = spent.pair if spent is not None else own or in_chain(rate, before, wording)
    told_last = told_last or of_difference(rate, before, wording) or of_one_plan(rate, before, wording)
    told_last = told_last or of_namesake(rate, before, told.earlier, wording)
    return rate_of(rate, *told_last) if told_last is not None and not _is_another(rate, *told_last) else None


def _borne_out(
    rate: Claim, candidates: Sequence[tuple[Sequence[Claim], Sequence[Claim]]], wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """Return the first pair whose quotient as it is written rounds to a rate; else the first that may have, rounded itself."""
    fair = [pair for pair in candidates if sum(c.size for c in pair[1])]
    rounds = next((pair for pair in fair if ratio_rounds(rate, *pair)), None)
    follows = (pair for pair in fair if ratio_follows(rate, *pair) and not _by_chance(rate, pair[0], wording))
    return rounds or next(follows, None)


def _by_chance(rate: Claim, numerators: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether a part is written so coarsely that its share of nearly anything may be meant: 1万元，占总支出的0.02%."""
    return bool(names_whole(rate, wording)) and any(
        c.quantity.step * _COARSE > abs(c.quantity.value) for c in numerators if c.quantity.step
    )


def _of_a_limit(rate: Claim, denominators: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether a figure is what must not be exceeded, of which only what was done of a plan is a rate: 控制指标600公顷."""
    of_plan = (wording.of_target, wording.of_budget, wording.completion, wording.execution, wording.arrival)
    limits = any(wording.limit.search(c.before) for c in denominators)
    return limits and not any(word.search(rate.before) for word in of_plan)


def _is_capped(rate: Claim, numerators: Sequence[Claim], denominators: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether more than the plan is told as all of it: 计划300人，实际330人，完成率100%. Not for money spent."""
    of_plan = wording.of_target.search(rate.before) or wording.completion.search(rate.before)
    money_spent = wording.execution.search(rate.before) or wording.of_budget.search(rate.before)
    more = total_of(numerators) > total_of(denominators)
    return rate.quantity.base == 1 and more and of_plan is not None and money_spent is None


def _of_something_else(
    rate: Claim, pair: tuple[Sequence[Claim], Sequence[Claim]], before: Sequence[Claim], wording: Wording
) -> bool:
    """Tell whether a rate is not that of figures, and its name tells of something they don't name: 上级资金支出率.

    Or of the year alone, where they hold what was carried over: 到账560万元（含上年结转60万元），…，当年资金执行率94.4%.
    """
    if ratio_follows(rate, *pair):
        return False
    if wording.current.search(rate.before) and any(c.account == "opening" and c.bracket for c in before):
        return True
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


def _side_by_side(rate: Claim, numerators: Sequence[Claim], denominators: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether a budget, what was spent of it and the rate of just that budget stand one right behind the other."""
    (budget, *_), (spent, *_) = denominators, numerators
    in_order = (
        budget.sentence == spent.sentence == rate.sentence and spent.clause - budget.clause == rate.clause - spent.clause == 1
    )
    named = budget.role == "budget" and spent.role == "executed" and not wording.among.search(spent.before)
    one_stage = all((word in rate.before) == (word in budget.before) for word in wording.data.rates.stages)
    return in_order and named and one_stage and wording.of_budget.search(rate.before) is not None


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


def _of_all_told(rate: Claim, before: Sequence[Claim]) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """Return `甲下达300万元，支出285万元；乙下达200万元，支出171万元，执行率91.2%`: all that was spent of all there was."""
    money = [c for c in before if c.kind == "level" and c.usable and c.dimension == "money" and not c.bracket]
    funds, spent = money[::2], money[1::2]
    paired = len(funds) == len(spent) > 1 and all(c.role == "executed" for c in spent)
    fair = paired and not any(c.role == "executed" for c in funds)
    return (spent, funds) if fair and ratio_follows(rate, spent, funds) else None


def _of_execution(rate: Claim, wording: Wording) -> bool:
    words = rate.before
    return rate.kind == "rate" and any(said.search(words) for said in (wording.execution, wording.arrival, wording.completion))


def _candidates(
    rate: Claim, levels: Sequence[Claim], told: Told, wording: Wording
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
    tops = near if own else pool
    # A、B、C分别为9、16、10亿元，占总额的25.8%、44.8%和29.4%: each is the share of the figure in its place.
    count = 1 + sum(1 for _ in takewhile(lambda c: _is_next_share(c, rate), told.after))
    if own and 1 < count <= len(near):
        tops = near[-count : len(near) - count + 1]
    if wording.execution.search(rate.before) and any(c.role == "executed" for c in near):
        tops = [c for c in tops if c.role in _DONE]  # of what there was is executed what was spent
    # What was told long before is part of no rate but one that names it.
    here = {id(c) for c in (*near, *following, *told.recent, *told.previous)}
    for top in tops:
        if id(top) not in here and not _shares_a_word(rate, top):
            continue
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
                    spent = top.role != "executed" and "executed" in (one.role, other.role)
                    if both and low <= top.size / both <= high and top is not one and top is not other and not spent:
                        yield [top], [one, other]


def _shares_a_word(rate: Claim, told: Claim) -> bool:
    """Tell whether two characters in a row of the name of a rate stand with a figure."""
    return any(rate.before[n : n + 2] in told.before + told.after for n in range(len(rate.before) - 1))


def _is_next_share(claim: Claim, share: Claim) -> bool:
    return claim.dimension == "ratio" and len(claim.before) <= 1 and claim.clause == share.clause


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
