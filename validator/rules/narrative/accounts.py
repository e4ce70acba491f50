"""Balances in prose: what came and what went against what is left.

Comes in: passages of claims. Goes out: places whose formula gives the stated figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from validator.facts.claims import Claim, Passage, Wording
from validator.model.interval import Interval
from validator.rules.narrative.places import Found, addable, computed, follows, same_kind

_MOST = 12
_BACK = 60
"""So many figures back an account is looked for."""
_DIGITS = 4
_FAR_MORE = 5
"""A balance so many times what was there and came is that of another account: of a fund, and not of the project."""


def balances(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each surplus with the income and spending it follows from, and each closing balance with its opening one."""
    earlier: list[Claim] = []
    amounts: list[Claim] = []
    for passage in passages:
        if not passage.prose:
            continue
        block: list[Claim] = []
        told = any(claim.account for claim in passage.claims)
        parts = set(_parts(passage, wording)) if told else frozenset[int]()
        for claim in passage.claims:
            if not addable(claim) or claim.dimension != "money" or claim.bracket:
                continue
            amounts = [*amounts[-_MOST:], claim]
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
            found = found or _borne_out(claim, amounts[:-1], wording)
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
                bare = claim.account in ("income", "spending") and not account_name(claim.noun, wording)
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
        funds = [c for c in block if c.role == "budget" and c.usable and same_kind(c, claim)]
        if any(follows(claim, [c, spending[0]], lambda b: b[0] - b[1]) for c in funds):
            return None  # what is left of the project, and not of the office
        return computed("narrative.balance", claim, "收入 - 支出", {"收入": income[0].fact, "支出": spending[0].fact})
    pool = [*reversed(since), *(c for c in reversed(earlier) if c not in since)]
    for one in islice((c for c in pool if c.account == "income" or wording.income_like.search(c.noun)), _MOST):
        for other in islice((c for c in pool if c.account == "spending" or wording.spending_like.search(c.noun)), _MOST):
            if (
                one is not other
                and account_name(one.noun, wording) == account_name(other.noun, wording)
                and follows(claim, [one, other], lambda b: b[0] - b[1])
            ):
                return computed("narrative.balance", claim, "收入 - 支出", {"收入": one.fact, "支出": other.fact})
    return None


def _borne_out(claim: Claim, amounts: Sequence[Claim], wording: Wording) -> Found | None:
    """Return `实际收到公益金135968元。/ 支出57296.97元，结余78671.03元`: any amount before that bears out what is left.

    Four digits of both do so by no chance.
    """
    spent = (
        amounts[-1] if amounts and amounts[-1].sentence == claim.sentence and amounts[-1].clause + 1 == claim.clause else None
    )
    if spent is None or spent.account != "spending" or not _in_long(claim) or wording.past.search(claim.before):
        return None
    funds = (c for c in reversed(amounts[:-1]) if _in_long(c) and same_kind(c, claim) and c.account != "spending")
    whole = next((c for c in funds if follows(claim, [c, spent], lambda b: b[0] - b[1])), None)
    values = {"资金": whole.fact, "支出": spent.fact} if whole is not None else {}
    return computed("narrative.balance", claim, "资金 - 支出", values) if values else None


def _in_long(claim: Claim) -> bool:
    return len(claim.quantity.value.normalize().as_tuple().digits) >= _DIGITS


def _one_stock(opening: Claim, closing: Claim, wording: Wording) -> bool:
    """Tell whether two balances are of one account: 上年结转 of a budget is no 累计结余 of a fund, nor of another's name."""
    words = [{word for word in wording.data.accounts.plain if word in c.before} for c in (opening, closing)]
    names = [account_name(c.noun, wording) for c in (opening, closing)]
    return (bool(words[0] & words[1]) or opening.sentence == closing.sentence) and (
        not all(names) or names[0] in names[1] or names[1] in names[0]
    )


def _carried_on(bounds: Sequence[Interval]) -> Interval:
    return bounds[0] + bounds[1] - bounds[2]


def _given_by_another(claim: Claim, opening: Claim, flows: Sequence[Claim], block: Sequence[Claim]) -> bool:
    """Tell whether a balance follows from another one that was there before: that of the fund, and not of the office."""
    others = [c for c in block if c.kind == "level" and c.usable and same_kind(c, claim) and c not in (claim, opening, *flows)]
    return any(follows(claim, [c, *flows], _carried_on) for c in others)


def _since(block: Sequence[Claim], accounts: tuple[str, ...]) -> Sequence[Claim]:
    last = max((n for n, c in enumerate(block) if c.account in accounts), default=-1)
    return block[last + 1 :]


def account_name(noun: str, wording: Wording) -> str:
    """Return whose income or spending a noun names: 统筹基金 for 统筹基金收入."""
    return wording.account_line.sub("", wording.account_when.sub("", noun))


def _one_account(claim: Claim, income: Claim, spending: Claim, wording: Wording) -> bool:
    """Tell whether surplus, income and spending are told of one account: later names are left out or the same."""
    if not same_kind(income, spending) or not same_kind(income, claim) or claim.clause - income.clause > 40:
        return False
    first = income if income.start < spending.start else spending
    second = spending if first is income else income
    names = [account_name(c.noun, wording) for c in (first, second, claim)]
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
    # What the words don't name may have come or gone as well, and so has what was used of a balance, or taken back.
    if any((not c.account and c.sentence == claim.sentence) or wording.used_up.search(c.before) for c in since):
        return None
    closed = any(c.account == "closing" and c is not claim for c in since)
    if closed or not _one_stock(opening[-1], claim, wording):
        return None
    if len(income) == 1 and len(spending) == 1 and _one_account(claim, income[0], spending[0], wording):
        flows = [income[0], spending[0]]
        if not follows(claim, [opening[-1], *flows], _carried_on) and _given_by_another(claim, opening[-1], flows, block):
            return None
        if wording.total.search(spending[0].before) and wording.grand.search(spending[0].before):
            return None  # 支出总计 holds what is carried on to the next year
        # 总收入 may hold what was carried over already.
        if wording.grand.search(income[0].before) and follows(claim, [income[0], spending[0]], lambda b: b[0] - b[1]):
            return computed("narrative.balance", claim, "收入 - 支出", {"收入": income[0].fact, "支出": spending[0].fact})
        return computed(
            "narrative.balance",
            claim,
            "上期结余 + 收入 - 支出",
            {"上期结余": opening[-1].fact, "收入": income[0].fact, "支出": spending[0].fact},
        )
    other = len(surplus) == 1 and claim.size > _FAR_MORE * (opening[-1].size + surplus[0].size)
    if len(surplus) == 1 and claim.account == "closing" and not other:
        return computed("narrative.balance", claim, "上期结余 + 结余", {"上期结余": opening[-1].fact, "结余": surplus[0].fact})
    return None
