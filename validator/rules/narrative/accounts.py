"""Balances, products and paid months in prose.

Comes in: passages of claims. Goes out: places whose formula gives the stated figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, pairwise

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.model.interval import Interval
from validator.model.quantity import BARE, Unit
from validator.rules.narrative.places import Found, addable, follows, place, same_kind

_MOST = 12
_BACK = 60
"""So many figures back an account is looked for."""
_TOLD = 16
_YEAR = 12
_MONTH = "月"
_SCALES = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000), "亿": Decimal(10) ** 8}


def balances(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each surplus with the income and spending it follows from, and each closing balance with its opening one."""
    earlier: list[Claim] = []
    for passage in passages:
        if not passage.prose:
            continue
        block: list[Claim] = []
        told = any(claim.account for claim in passage.claims)
        parts = set(_parts(passage, wording)) if told else frozenset[int]()
        for claim in passage.claims:
            if not addable(claim) or claim.dimension != "money" or claim.bracket:
                continue
            if not claim.account:
                block += [claim] if claim.start not in parts else []
                del block[:-_BACK]
                continue
            if claim.account in ("income", "spending", "opening"):
                if claim.start not in parts:
                    block.append(claim)
                earlier.append(claim)
                del block[:-_BACK], earlier[:-_BACK]
                continue
            found = _surplus(claim, block, earlier, wording) if claim.account in ("surplus", "plain") else None
            # What is listed behind 其中 of another total is the end of no account told before.
            listed = claim.start in parts and not any(c.sentence == claim.sentence and c.account == "opening" for c in block)
            if found is None and claim.account in ("closing", "plain", "surplus") and not listed:
                found = _closing(claim, block, wording)
            if found is not None:
                yield found
            block.append(claim)
            earlier.append(claim)
            del block[:-_BACK], earlier[:-_BACK]


def _parts(passage: Passage, wording: Wording) -> Iterator[int]:
    """Yield where figures stand that are parts of another: behind 其中, up to a semicolon and another account."""
    for number, claims in passage.by_sentence:
        openers = [found.start() for found in wording.among.finditer(passage.text, *passage.sentences[number])]
        for start, end in pairwise([*openers, len(passage.text)]):
            inside = [c for c in claims if start < c.start < end and not wording.grand.search(c.before)]
            whole = next((c for c in reversed(claims) if c.start < start and c.account), None)
            for claim in inside:
                other = claim.account and whole is not None and claim.account != whole.account
                bare = claim.account in ("income", "spending") and not _account_name(claim.noun, wording)
                if other and (bare or claim.segment != inside[0].segment):
                    break
                yield claim.start


def _surplus(claim: Claim, block: Sequence[Claim], earlier: Sequence[Claim], wording: Wording) -> Found | None:
    since = _since(block, ("surplus", "closing", "plain"))
    income = [c for c in since if c.account == "income"]
    spending = [c for c in since if c.account == "spending"]
    opening = [c for c in since if c.account == "opening"]
    # What no word counts among them may have come or gone as well: 上缴国库, 提取基金.
    strange = (
        any(not c.account and c.sentence == claim.sentence and c.start > income[0].start for c in since) if income else False
    )
    plain = len(income) == 1 and len(spending) == 1 and not opening and not strange
    if plain and _one_account(claim, income[0], spending[0], wording):
        return _place(claim, "收入 - 支出", {"收入": income[0].fact, "支出": spending[0].fact})
    pool = [*reversed(since), *(c for c in reversed(earlier) if c not in since)]
    for one in islice((c for c in pool if c.account == "income" or wording.income_like.search(c.noun)), _MOST):
        for other in islice((c for c in pool if c.account == "spending" or wording.spending_like.search(c.noun)), _MOST):
            if (
                one is not other
                and _account_name(one.noun, wording) == _account_name(other.noun, wording)
                and follows(claim, [one, other], lambda b: b[0] - b[1])
            ):
                return _place(claim, "收入 - 支出", {"收入": one.fact, "支出": other.fact})
    return None


def _since(block: Sequence[Claim], accounts: tuple[str, ...]) -> Sequence[Claim]:
    last = max((n for n, c in enumerate(block) if c.account in accounts), default=-1)
    return block[last + 1 :]


def _account_name(noun: str, wording: Wording) -> str:
    """Return whose income or spending a noun names: 统筹基金 for 统筹基金收入."""
    return wording.account_line.sub("", wording.account_when.sub("", noun))


def _one_account(claim: Claim, income: Claim, spending: Claim, wording: Wording) -> bool:
    """Tell whether surplus, income and spending are told of one account: later names are left out or the same."""
    if not same_kind(income, spending) or not same_kind(income, claim) or claim.clause - income.clause > 40:
        return False
    first = income if income.start < spending.start else spending
    second = spending if first is income else income
    names = [_account_name(c.noun, wording) for c in (first, second, claim)]
    for name in names[1:]:
        if name and name not in names[0] and not names[0].endswith(name[-2:]):
            return False
    budgeted = [c.role == "budget" or wording.budgeted.search(c.before) is not None for c in (first, second, claim)]
    # What was planned has a planned balance: beside 收入预算 and 支出预算 a bare 当年结余 may be that of the year itself.
    return budgeted[0] == budgeted[1] and first.role != "target" and (budgeted[2] or not budgeted[0])


def _closing(claim: Claim, block: Sequence[Claim], wording: Wording) -> Found | None:
    opening = [c for c in block if c.account == "opening"]
    if not opening:
        return None
    since = block[block.index(opening[-1]) :]
    before = list(block[: block.index(opening[-1])])
    income = [c for c in since if c.account == "income"] or [c for c in before if c.account == "income"][-1:]
    spending = [c for c in since if c.account == "spending"] or [c for c in before if c.account == "spending"][-1:]
    surplus = [c for c in since if c.account == "surplus"]
    # What the words don't name may have come or gone as well.
    if any(not c.account and c.sentence == claim.sentence for c in since):
        return None
    if len(income) == 1 and len(spending) == 1 and _one_account(claim, income[0], spending[0], wording):
        # 总收入 may hold what was carried over already.
        if wording.grand.search(income[0].before) and follows(claim, [income[0], spending[0]], lambda b: b[0] - b[1]):
            return _place(claim, "收入 - 支出", {"收入": income[0].fact, "支出": spending[0].fact})
        return _place(
            claim, "上期结余 + 收入 - 支出", {"上期结余": opening[-1].fact, "收入": income[0].fact, "支出": spending[0].fact}
        )
    if len(surplus) == 1 and claim.account == "closing":
        return _place(claim, "上期结余 + 结余", {"上期结余": opening[-1].fact, "结余": surplus[0].fact})
    return None


def _place(claim: Claim, formula: str, values: dict[str, object]) -> Found:
    return Found(
        "narrative.balance",
        place("narrative.balance", claim, {"stated": claim.fact, "computed": None, "formula": formula, **values}, formula),
    )


# --- products ---------------------------------------------------------------------------------------------------------


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
    unit = _priced(price, wording)
    told_here = [c for c in before if c.kind == "level" and c.segment == price.segment and not c.bracket]
    near = [c for c in told_here if price.clause - c.clause <= 2]
    numbers = [c for c in told_here if unit and _counts(c, unit, wording)]
    amounts = [c for c in near if c not in numbers and same_kind(c, price)]
    if any(wording.among.search(c.before) for c in (*numbers, *before) if amounts and c.start > amounts[0].start):
        return None
    if len(numbers) != 1 or len(amounts) != 1 or not numbers[0].usable or not amounts[0].usable:
        return None
    amount, number = amounts[0], _number(numbers[0], unit)
    if told["noun"] not in amount.before:
        return None
    alone = not any(c.kind == "level" and same_kind(c, amount) for c in after)
    linked = told["noun"] or _paid_for(amount, numbers[0]) or (alone and _reached(amount, numbers[0], wording))
    if not linked and not follows(price, [amount, numbers[0]], lambda b: b[0] / b[1]):
        return None
    count = number.quantity
    if count is None or not count.base or price.quantity.base * count.base <= 0:
        return None
    pure = count._replace(value=count.base, step=count.step * count.unit.factor, unit=BARE)
    average = price.quantity._replace(step=Decimal(1).scaleb(min(int(price.quantity.value.as_tuple().exponent), 0)))
    values = {
        "stated": price.fact._replace(reading=price.fact.reading._replace(quantity=average)),
        "computed": None,
        "formula": "总量 / 数量",
        "总量": amount.fact,
        "数量": number._replace(reading=number.reading._replace(quantity=pure)),
    }
    return Found("narrative.product", place("narrative.product", price, values, "总量 / 数量"))


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
    unit = _priced(price, wording)
    if unit:
        near = {c.start for c in around}
        counts = [
            c for c in claims if c.kind == "level" and c.usable and _counts(c, unit, wording) and c.segment == price.segment
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
    ]
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
                if explicit or _fits(amount, count, price, unit, factor, wording):
                    formula = "数量 * 单价" if factor == 1 else f"数量 * 单价 * {factor}"
                    if explicit and not _plausible(amount, count, price, unit, wording, factor):
                        return None
                    values = {
                        "stated": amount.fact,
                        "computed": None,
                        "formula": formula,
                        "数量": _number(count, unit),
                        "单价": _money(price, wording),
                    }
                    return Found("narrative.product", place("narrative.product", amount, values, formula))
    return None


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
    number = _number(count, unit).quantity
    product = number.base * price.quantity.base * factor if number is not None else Decimal(0)
    told = amount.role not in ("budget", "target") or wording.owed.match(amount.before) or wording.in_all.match(amount.before)
    return bool(told) and product > 0 and Decimal("0.2") <= amount.quantity.base / product <= 5


def _priced(price: Claim, wording: Wording) -> str:
    """Return what a price is for: 人 in 50元/人 or 每人50元."""
    if price.per:
        return price.per
    head = wording.head.search(price.before[-8:])
    if head:
        return wording.data.priced.heads[head.group()]
    found = wording.priced.search(price.before) or wording.priced_last.search(price.before[-12:])
    return (found["unit"] or "") if found else ""


def _counts(claim: Claim, unit: str, wording: Wording) -> bool:
    name = claim.quantity.unit.name
    people = wording.data.priced.people
    return name.endswith(unit) or (unit in people and name.endswith(people))


def _fits(amount: Claim, count: Claim, price: Claim, unit: str, factor: int, wording: Wording) -> bool:
    """Tell whether an amount may be a number times a price."""
    number, money = _number(count, unit).quantity, _money(price, wording).quantity
    if number is None or money is None:
        return False
    own = money.interval
    return amount.quantity.interval.meets(
        Interval(number.interval.low * own.low * factor, number.interval.high * own.high * factor)
    )


def _number(count: Claim, unit: str) -> Fact:
    """Return a number of things in the unit that is paid for, so that kilometres are not turned into metres."""
    quantity = count.quantity
    factor = _SCALES.get(quantity.unit.name[:1], Decimal(1))
    counted = quantity._replace(
        unit=Unit(quantity.unit.name, "count:" + (unit or quantity.unit.name), factor, exact=quantity.unit.exact)
    )
    return count.fact._replace(reading=count.fact.reading._replace(quantity=counted))


def _money(price: Claim, wording: Wording) -> Fact:
    """Return the price as plain money, so that a number of things times it is money; an average has been rounded."""
    quantity = price.quantity
    if wording.average.search(price.before):
        quantity = quantity._replace(step=Decimal(1).scaleb(min(int(quantity.value.as_tuple().exponent), 0)))
    if quantity.unit.dimension == "money":
        return price.fact._replace(reading=price.fact.reading._replace(quantity=quantity))
    name = quantity.unit.name.split("/")[0]
    unit = quantity.unit._replace(name=name, dimension="money")
    return price.fact._replace(reading=price.fact.reading._replace(quantity=quantity._replace(unit=unit)))


# --- months -----------------------------------------------------------------------------------------------------------


def months(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield the months that a balance pays for, with all that a month's spending may have been taken from."""
    spent = [
        c
        for p in passages
        if p.prose
        for c in p.claims
        if c.usable and c.dimension == "money" and wording.spending_like.search(c.before) and c.account in ("spending", "")
    ]
    for passage in passages if spent else ():
        for claim in passage.claims:
            if (
                claim.kind != "level"
                or not claim.usable
                or not claim.quantity.unit.name.endswith(wording.data.months.units)
                or not wording.months.search(claim.before)
            ):
                continue
            balance = next(
                (
                    c
                    for c in reversed(passage.claims)
                    if c.start < claim.start and claim.start - c.start < 60 and c.account in ("closing", "plain") and c.usable
                ),
                None,
            )
            divisors = _monthly(balance, spent, wording) if balance is not None else {}
            if balance is not None and divisors:
                month = claim.quantity._replace(value=Decimal(1), step=Decimal(0), text=f"1{claim.quantity.unit.name}")
                values = {"stated": claim.fact, "balance": balance.fact, "one_month": month, **divisors}
                yield Found("narrative.months", place("narrative.months", claim, values))


def _monthly(balance: Claim, spent: Sequence[Claim], wording: Wording) -> dict[str, Fact]:
    """Return the spending of the account whose balance it is, by what it is the spending of; what is told twice is left out."""
    name = _account_name(balance.noun, wording)[-4:]
    names = [_account_name(wording.monthly.sub("", c.noun), wording)[-4:] for c in spent]
    own = _by_period([c for c, other in zip(spent, names, strict=True) if other and other == name], wording)
    if own or len(set(names) - {""}) <= 1:
        nameless = _by_period([c for c, other in zip(spent, names, strict=True) if not other or not name], wording)
        own = nameless | own
    return {key: told[0].fact for key, told in own.items() if len({c.quantity.base for c in told}) == 1}


def _by_period(claims: Sequence[Claim], wording: Wording) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        key = _period(claim, wording)
        if key:
            found.setdefault(key, []).append(claim)
    return found


def _period(claim: Claim, wording: Wording) -> str:
    """Return the name of a figure of spending by its time: a month, the year, the next year's budget; empty for others."""
    clause = claim.fact.pointer.row_label
    told = clause[: clause.find(claim.fact.text)][-_TOLD:] + claim.before
    if claim.kind == "price" or wording.monthly.search(claim.before):
        return "monthly" if wording.monthly.search(told) else ""
    if wording.last_month.search(told):
        return "last_month"
    if claim.role == "budget":
        return "planned" if wording.next_year.search(told) else ""
    return "spending" if claim.account == "spending" and not wording.past.search(claim.before) else ""
