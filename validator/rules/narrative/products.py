"""Products in prose: a number times a standard, and what an amount is for each of a number.

Comes in: a passage of claims. Goes out: places whose formula gives the stated figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.model.interval import Interval
from validator.model.quantity import BARE, Unit
from validator.rules.narrative.places import Found, computed, follows, same_kind
from validator.rules.narrative.repeats import swapped_digits

_YEAR = 12
_MONTH = "月"
_SCALES = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000), "亿": Decimal(10) ** 8}


def products(passage: Passage, wording: Wording) -> Iterator[Found]:
    """Yield each amount that a number of things and a price give."""
    for _, claims in passage.by_sentence:
        for n, price in enumerate(claims):
            if price.kind != "price" or not price.usable:
                continue
            found = _average(price, claims[max(0, n - 8) : n], claims[n + 1 : n + 9], wording)
            if found is None and price.dimension.startswith(("money", "rate:元")):
                found = _product(price, claims[max(0, n - 8) : n + 9], passage, wording)
            if found is not None:
                yield found


def _average(price: Claim, before: Sequence[Claim], after: Sequence[Claim], wording: Wording) -> Found | None:
    """Return `补助1463户、526.68万元，户均3600元`: the one number and the one amount told right before their quotient."""
    told = wording.nothing_but_average.search(price.before)
    if price.per or price.bracket or not told:
        return None
    unit = unit_of(price, wording)
    told_here = [c for c in before if c.kind == "level" and c.segment == price.segment and not c.bracket]
    near = [c for c in told_here if price.clause - c.clause <= 2]
    numbers = [c for c in told_here if unit and counts_in(c, unit, wording)]
    amounts = [c for c in near if c not in numbers and same_kind(c, price)]
    if any(wording.among.search(c.before) for c in (*numbers, *before) if amounts and c.start > amounts[0].start):
        return None
    if len(numbers) != 1 or len(amounts) != 1 or not numbers[0].usable or not amounts[0].usable:
        return None
    amount, number = amounts[0], number_of(numbers[0], unit)
    alone = not any(c.kind == "level" and same_kind(c, amount) for c in after)
    # 全年共接待32批次、256人次: both are what the first is said to be.
    first = next((c for c in told_here if c.clause == numbers[0].clause and c.dimension.startswith("count")), numbers[0])
    if told["noun"] not in amount.before and not (told["period"] and told["noun"] in first.before):
        return None
    linked = (
        told["noun"]
        or _paid_for(amount, numbers[0] if numbers[0].before else first)
        or (alone and _reached(amount, numbers[0], wording))
    )
    if not linked and not follows(price, [amount, numbers[0]], lambda b: b[0] / b[1]):
        return None
    count = number.quantity
    if count is None or not count.base or price.quantity.base * count.base <= 0:
        return None
    pure = count._replace(value=count.base, step=count.step * count.unit.factor, unit=BARE)
    average = price.quantity._replace(step=Decimal(1).scaleb(min(int(price.quantity.value.as_tuple().exponent), 0)))
    values = {
        "stated": price.fact._replace(reading=price.fact.reading._replace(quantity=average)),
        "总量": amount.fact,
        "数量": number._replace(reading=number.reading._replace(quantity=pure)),
    }
    if told["period"] and not _of_one_period(price, amount, numbers[0]):
        return None
    return computed("narrative.product", price, "总量 / 数量", values)


def _of_one_period(price: Claim, amount: Claim, number: Claim) -> bool:
    """Tell whether 月人均519元 is of an amount for one month: it follows, or would but for two digits that changed places."""
    if follows(price, [amount, number], lambda b: b[0] / b[1]):
        return True
    right = amount.quantity.base / number.quantity.base / price.quantity.unit.factor
    step = Decimal(1).scaleb(min(int(price.quantity.value.as_tuple().exponent), 0))
    told, made = (str(value).replace(".", "") for value in (price.quantity.value, right.quantize(step, ROUND_HALF_UP)))
    return swapped_digits(told, made)


def _reached(amount: Claim, number: Claim, wording: Wording) -> bool:
    """Tell whether an amount is said to have gone to all that are counted right behind it: 发放补贴360万元，惠及1200户."""
    return (
        number.clause - amount.clause == 1 and amount.role == "executed" and wording.benefiting.match(number.before) is not None
    )


def _paid_for(amount: Claim, number: Claim) -> bool:
    """Tell whether an amount is that of the things counted: told behind them, with them, or in words that name both.

    What is told before, in words of its own, may have been for other things as well.
    """
    one, other = amount.noun, number.noun
    return (
        amount.start > number.start
        or amount.clause == number.clause
        or any(one[n : n + 2] in other for n in range(len(one) - 1))
    )


def _product(price: Claim, claims: Sequence[Claim], passage: Passage, wording: Wording) -> Found | None:
    around = [
        c for c in claims if c.segment == price.segment and abs(c.clause - price.clause) <= 4 and c.kind in ("level", "price")
    ]
    if sum(c.kind == "price" for c in around) > 1:
        return None
    unit = unit_of(price, wording)
    if unit:
        near = {c.start for c in around}
        counts = [
            c for c in claims if c.kind == "level" and c.usable and counts_in(c, unit, wording) and c.segment == price.segment
        ]
        counts = sorted(counts, key=lambda c: c.start not in near) if any(c.start in near for c in counts) else []
    else:
        counts = [
            c
            for c in around
            if c.kind == "level" and c.usable and c.dimension.startswith("count") and wording.unit_price.search(price.before)
        ]
    amounts = [
        c
        for c in around
        if c.kind == "level" and c.usable and c.dimension == "money" and c.quantity.base >= price.quantity.base
        and passage.text[c.start] != "="  # what a calculation gives that is written out, 60人×150元/人×3天=27000元
    ]  # fmt: skip
    if price.bracket and all(c.bracket == price.bracket for c in counts):
        outside = [c for c in amounts if c.bracket != price.bracket and c.start < counts[0].start] if counts else []
        amounts = outside[-1:]
    owed = [c for c in amounts if wording.owed.match(c.before)]
    amounts = owed if len(owed) == 1 else amounts
    if not counts or not amounts:
        return None
    period = next((word for word in wording.periods.findall(passage.text[max(0, price.start - 20) : price.end + 4])), "")
    times = wording.data.periods.get(period, 1)
    timed = wording.timed_price.search(price.before) is not None and period == ""
    explicit = len(counts) == 1 and len(amounts) == 1 and period in ("", *wording.data.yearly) and not timed
    explicit = explicit and _paid_for(amounts[0], counts[0]) and not wording.opener.match(counts[0].before)
    if len(counts) == len(amounts) == 1 and _paid_each(amounts[0], price, period, wording):
        explicit, times = True, 1
    months = _months(price, claims) if times == _YEAR else 0
    if (
        months
        and len(counts) == len(amounts) == 1
        and (amounts[0].start > price.start or amounts[0].clause == counts[0].clause)
    ):
        explicit, times = True, months
    for amount in amounts:
        for count in counts:
            for factor in (months,) if months else dict.fromkeys((1, times, *(range(2, 13) if times > 1 else ()))):
                if explicit or fits(amount, count, price, unit, factor, wording):
                    formula = "数量 * 单价" if factor == 1 else f"数量 * 单价 * {factor}"
                    if explicit and not _plausible(amount, count, price, unit, wording, factor):
                        return None
                    values = {"数量": number_of(count, unit), "单价": money_of(price, wording)}
                    return computed("narrative.product", amount, formula, values)
    return None


def _paid_each(amount: Claim, price: Claim, period: str, wording: Wording) -> bool:
    """Tell whether an amount is said to be that of the time that a price is for: 每人每月380元，月发414万元."""
    told = wording.amount_of_period.match(amount.before)
    of_period = told is not None and period.endswith(told["period"]) and not amount.account
    return of_period and amount.start > price.start and amount.clause - price.clause == 1


def _months(price: Claim, claims: Sequence[Claim]) -> int:
    """Return for how many months a monthly price is said to be paid, where the sentence tells just one number of them."""
    told = [
        c
        for c in claims
        if c.kind == "level" and c.usable and c.dimension == "time" and c.quantity.unit.name.endswith(_MONTH)
        and c.segment == price.segment
    ]  # fmt: skip
    one = len(told) == 1 and told[0].quantity.value == int(told[0].quantity.value) and 0 < told[0].quantity.value <= _YEAR
    return int(told[0].quantity.value) if one else 0


def _plausible(amount: Claim, count: Claim, price: Claim, unit: str, wording: Wording, factor: int = 1) -> bool:
    """Tell whether an amount is told as the outcome of count and price: behind both, with a word for what was paid."""
    if amount.start < max(count.start, price.start) and not wording.amounts.search(amount.before):
        return False
    number = number_of(count, unit).quantity
    product = number.base * price.quantity.base * factor if number is not None else Decimal(0)
    # 对68个村安排经费340万元: what is granted to so many, in one breath.
    granted = amount.role == "budget" and amount.clause == count.clause and count.start < amount.start
    told = (
        granted
        or amount.role not in ("budget", "target")
        or wording.owed.match(amount.before)
        or wording.in_all.match(amount.before)
    )
    return bool(told) and product > 0 and Decimal("0.2") <= amount.quantity.base / product <= 5


def unit_of(price: Claim, wording: Wording) -> str:
    """Return what a price is for: 人 in 50元/人 or 每人50元."""
    if price.per:
        return price.per
    head = wording.head.search(price.before[-8:])
    if head:
        return wording.data.priced.heads[head.group()]
    found = wording.priced.search(price.before) or wording.priced_last.search(price.before[-12:])
    return (found["unit"] or "") if found else ""


def counts_in(claim: Claim, unit: str, wording: Wording) -> bool:
    """Tell whether a figure counts what a price is for."""
    name = claim.quantity.unit.name
    people = wording.data.priced.people
    return name.endswith(unit) or (unit in people and name.endswith(people))


def fits(amount: Claim, count: Claim, price: Claim, unit: str, factor: int, wording: Wording) -> bool:
    """Tell whether an amount may be a number times a price."""
    number, money = number_of(count, unit).quantity, money_of(price, wording).quantity
    if number is None or money is None:
        return False
    own = money.interval
    return amount.quantity.interval.meets(
        Interval(number.interval.low * own.low * factor, number.interval.high * own.high * factor)
    )


def number_of(count: Claim, unit: str) -> Fact:
    """Return a number of things in the unit that is paid for, so that kilometres are not turned into metres."""
    quantity = count.quantity
    factor = _SCALES.get(quantity.unit.name[:1], Decimal(1))
    counted = quantity._replace(
        unit=Unit(quantity.unit.name, "count:" + (unit or quantity.unit.name), factor, exact=quantity.unit.exact)
    )
    return count.fact._replace(reading=count.fact.reading._replace(quantity=counted))


def money_of(price: Claim, wording: Wording) -> Fact:
    """Return the price as plain money, so that a number of things times it is money; an average has been rounded."""
    quantity = price.quantity
    if wording.average.search(price.before):
        quantity = quantity._replace(step=Decimal(1).scaleb(min(int(quantity.value.as_tuple().exponent), 0)))
    if quantity.unit.dimension == "money":
        return price.fact._replace(reading=price.fact.reading._replace(quantity=quantity))
    name = quantity.unit.name.split("/")[0]
    unit = quantity.unit._replace(name=name, dimension="money")
    return price.fact._replace(reading=price.fact.reading._replace(quantity=quantity._replace(unit=unit)))
