"""Scores in prose: items against their sum, deductions against the full mark, the total against its items.

Comes in: passages of claims. Goes out: places for the rules of scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, facts, place

_MOST_ITEMS = 60
_FEW = 2
_SEVERAL = 3
_ROUGHLY = 5


class _Scored(NamedTuple):
    """The score that one item of a report earned."""

    claim: Claim | None
    bonus: bool = False


def scores(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield the scores of sentences, and the total of the report."""
    earned: list[_Scored] = []
    overall: list[Claim] = []
    for passage in passages:
        if not passage.prose or passage.in_table:
            continue
        for number, claims in passage.by_sentence:
            marks = [c for c in claims if c.kind == "score" and c.usable]
            if not marks:
                continue
            yield from _within(passage, marks, wording)
            text = passage.sentence_text(number)
            item = wording.score_section.search(text)
            told = next(
                (
                    c
                    for c in marks
                    if wording.score_overall.search(c.before) and not item and not wording.score_section.search(c.before)
                ),
                None,
            )
            if item:
                score = _item(marks, wording)
                if score is not None:
                    earned.append(_Scored(score, wording.score_bonus.search(text) is not None))
            elif told is not None:
                overall.append(told)
        yield from _deductions(passage, wording)
    yield from _total(earned, overall)


def _is_item(claim: Claim, wording: Wording) -> bool:
    return (
        bool(wording.score_item.search(claim.before))
        and not wording.score_total.search(claim.before)
        and not wording.score_deducted.search(claim.before)
    )


def _within(passage: Passage, marks: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """`A得4分，B得2分，共得6分`, and `满分5分，扣1分，得4分`."""
    items: list[Claim] = []
    for n, mark in enumerate(marks):
        if wording.score_total.search(mark.before) and len(items) >= _FEW:
            yield _sum(mark, items)
            items = []
        elif wording.deducted_in_all.search(mark.before):
            run = _deducted_before(marks[:n], wording)
            if len(run) >= _FEW:
                yield _sum(mark, run)
        elif _is_item(mark, wording):
            yield from _less_deductions(mark, marks[:n], wording)
            items.append(mark)
    yield from _overall(passage, marks, wording)


def _deducted_before(marks: Sequence[Claim], wording: Wording) -> Sequence[Claim]:
    """Return the deductions that stand right before a place, one after the other."""
    run = takewhile(
        lambda c: wording.score_deducted.search(c.before) and not wording.deducted_in_all.search(c.before), reversed(marks)
    )
    return [*run][::-1]


def _less_deductions(mark: Claim, before: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Relate a score to its full mark and all the deductions between them."""
    run = _deducted_before(before, wording)
    full = before[-len(run) - 1] if 0 < len(run) < len(before) else None
    if full is not None and wording.score_full.search(full.before) and mark.clause - full.clause <= len(run) + _FEW:
        names: dict[str, object] = {f"扣分{n}" if len(run) > 1 else "扣分": c.fact for n, c in enumerate(run, 1)}
        yield _place(mark, " - ".join(["满分", *names]), {"满分": full.fact, **names})


def _overall(passage: Passage, marks: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Relate an overall score to all the scores, or deductions, that its sentence lists behind or before it."""
    told = [n for n, c in enumerate(marks) if wording.score_overall.search(c.before) and not c.bracket]
    if len(told) != 1 or any(wording.score_full.search(c.before) for c in marks):
        return
    n = told[0]
    total, behind, before = marks[n], marks[n + 1 :], marks[:n]
    opened = bool(behind) and wording.among.search(passage.text, total.end, behind[0].start) is not None
    if opened and len(behind) >= _FEW and all(wording.score_deducted.search(c.before) for c in behind):
        names = {"score": total.fact, "deductions": facts(behind)}
        yield Found("narrative.deductions", place("narrative.deductions", total, names))
    elif opened and len(behind) >= _FEW and not any(wording.score_deducted.search(c.before) for c in behind):
        yield _sum(total, behind, "narrative.scores")
    elif not behind and len(before) >= _SEVERAL and _bare(before, wording):
        added = sum((c.quantity.value for c in before), Decimal(0))
        # Points that add up to the full marks are the weights of the items.
        if added != wording.data.scores.full_marks and abs(added - total.quantity.value) <= added / _ROUGHLY:
            yield _sum(total, before, "narrative.scores")


def _bare(marks: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether scores are told with nothing but the names of what earned them."""
    said = (wording.score_deducted, wording.score_total, wording.score_item)
    return all(c.noun and not any(word.search(c.before) for word in said) for c in marks)


def _sum(total: Claim, items: Sequence[Claim], kind: str = "narrative.score") -> Found:
    values = {"stated": total.fact, "computed": None, "formula": "sum(各项)", "各项": facts(items)}
    return Found(kind, place(kind, total, values, "sum(各项)"))


def _place(claim: Claim, formula: str, values: dict[str, object]) -> Found:
    return Found(
        "narrative.score",
        place("narrative.score", claim, {"stated": claim.fact, "computed": None, "formula": formula, **values}, formula),
    )


def _item(marks: Sequence[Claim], wording: Wording) -> Claim | None:
    """Return what an item earned: the sum where one is told, the one score otherwise."""
    sums = [c for c in marks if wording.score_total.search(c.before)]
    if len(sums) == 1:
        return sums[0]
    items = [c for c in marks if _is_item(c, wording) or wording.score_added.search(c.before)]
    return items[0] if len(items) == 1 and not sums else None


def _deductions(passage: Passage, wording: Wording) -> Iterator[Found]:
    """`以100分为基数 … 累计扣分25分 … 得分75分` within one paragraph."""
    marks = [c for c in passage.claims if c.kind == "score" and c.usable and c.bracket == 0]
    for n, mark in enumerate(marks):
        if not wording.deducted_in_all.search(mark.before):
            continue
        base = next((c for c in reversed(marks[:n]) if wording.score_base.search(c.before)), None)
        got = next(
            (c for c in marks[max(0, n - 4) : n] if wording.score_got.search(c.before)),
            None,
        )
        got = got or next((c for c in marks[n + 1 : n + 3] if wording.score_got.search(c.before)), None)
        if base is not None and got is not None and base is not got and not wording.score_own.search(got.before[-4:]):
            yield _place(got, "满分 - 扣分", {"满分": base.fact, "扣分": mark.fact})
            return


def _order(claim: Claim) -> tuple[int, int]:
    found = re.findall(r"\d+", claim.fact.pointer.path)
    return int(found[0]), int(found[1])


def _total(earned: Sequence[_Scored], overall: Sequence[Claim]) -> Iterator[Found]:
    """Hold the total of the report against what its items earned."""
    if len(earned) < 3 or len(earned) > _MOST_ITEMS:
        return
    everything = [entry.claim for entry in earned if entry.claim is not None]
    for total in overall:
        told = [c for c in everything if c.fact.pointer.path != total.fact.pointer.path]
        split = next((n for n, c in enumerate(told) if _order(c) > _order(total)), len(told))
        items = told[:split] if split >= 3 else told[split:]
        added = sum((c.quantity.value for c in items), Decimal(0))
        if len(items) < 3:
            continue
        if total.quantity.value < max(c.quantity.value for c in items):
            continue
        near = abs(total.quantity.value - added) <= added / 20
        if total.quantity.value == added or near:
            yield _sum(total, items, "narrative.scores")
            return
