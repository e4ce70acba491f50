"""Changes in prose: by how much, to what, by what rate, and the changes of the parts against that of the whole.

Comes in: a passage of claims. Goes out: places for the rules of growth and change, each with its formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.mistyping import turned
from validator.rules.narrative.against_plans import against_plans
from validator.rules.narrative.divisions import division
from validator.rules.narrative.growths import gives, growths_of
from validator.rules.narrative.movements import changes_between, from_to, in_order
from validator.rules.narrative.overruns import overruns
from validator.rules.narrative.places import Found, computed, same_kind, ties
from validator.rules.narrative.subjects import Subject, base_words, named_above, one_name, subject_words, subjects_of
from validator.rules.tables import Tie

_ABOVE = 4
"""Figures of the line before that a change may be reckoned to without their names."""
_MOST = 8
_WINDOW = 24
"""Figures of the sentences before in which a change may find the one of its name."""
_TWO = 2
_REACH = 3
_LEVELS = ("level", "price")


class _Before(NamedTuple):
    """What the sentence before tells: a list that 其中 opens is of its figures."""

    claims: Sequence[Claim] = ()
    subjects: Sequence[Subject] = ()


def changes(passage: Passage, wording: Wording, above: Sequence[Claim] = ()) -> Iterator[Found]:
    """Yield every change whose figures are there; `above` is what the line before tells."""
    told = list(_told(passage, wording, above[-_ABOVE:]))
    yield from told
    paths = {found.place.pointer.path for found in told if found.place.pointer}
    yield from _of_names_above(passage, above, paths, wording)
    yield from _of_listed_whole(passage, paths, wording)
    yield from _over_sentences(passage, paths, wording)


def _of_listed_whole(passage: Passage, known: AbstractSet[str], wording: Wording) -> Iterator[Found]:
    """Yield `经费3328万元。其中，甲50万元，乙3278万元。减少830万元，下降20%。`: a change by its rate that of the whole."""
    for before, listed, behind in zip(*(passage.by_sentence[n:] for n in range(_REACH)), strict=False):
        whole, (number, claims) = before[1][-1], behind
        if number - before[0] != _TWO or not wording.among.match(passage.sentence_text(listed[0]).lstrip()):
            continue
        change, growth = (*claims, *claims)[:_TWO]
        moved = (
            change.kind == "change"
            and growth.kind == "growth"
            and change.sign == growth.sign
            and change.clause == claims[0].clause
        )
        named = subject_words(change.before, wording) or subject_words(growth.before, wording)
        fair = moved and not named and whole.kind == "level" and whole.usable and growth.usable and same_kind(whole, change)
        if fair and growth.fact.pointer.path not in known and gives(whole, change, growth):
            formula = "变动 / (本期 - 变动)" if change.sign > 0 else "变动 / (本期 + 变动)"
            yield computed("narrative.growth", growth, formula, {"本期": whole.fact, "变动": change.fact})


def _over_sentences(passage: Passage, known: AbstractSet[str], wording: Wording) -> Iterator[Found]:
    """Yield `比上年减少830万元。其中：甲减少9万元。乙减少821万元。`: changes of parts that have sentences of their own."""
    sentences = passage.by_sentence
    for n, (number, claims) in enumerate(sentences[1:], 1):
        tops = [c for c in sentences[n - 1][1] if c.kind == "change"]
        opened = number - sentences[n - 1][0] == 1 and wording.among.match(passage.sentence_text(number).lstrip())
        if not opened or len(tops) != 1 or claims[0].kind != "change" or tops[0].fact.pointer.path in known:
            continue
        parts: list[Claim] = []
        for at, own in sentences[n : n + _MOST]:
            moves = [c for c in own if c.kind == "change"]
            named = all(subject_words(c.before, wording) and same_kind(c, tops[0]) and c.usable for c in moves)
            if at - number != len({c.sentence for c in parts}) or not moves or not named or any(c.kind == "level" for c in own):
                break
            parts += moves
            gap = sum((c.sign * c.quantity.base for c in parts), Decimal(0)) - tops[0].sign * tops[0].quantity.base
            several = at > number and len(parts) > _TWO and since_one_time(tops[0], parts, wording)
            one_way = {c.sign for c in parts} == {tops[0].sign}
            if several and (not gap or (one_way and turned(tops[0].quantity, [c.quantity for c in parts]))):
                yield from added_up("narrative.changes", tops[0], parts)
                break


def _of_names_above(passage: Passage, above: Sequence[Claim], known: AbstractSet[str], wording: Wording) -> Iterator[Found]:
    """Yield `甲项支出决算减少29万元，降低3.31%` with the figure that the paragraph before, or a sentence, has by this name.

    One that doesn't follow is held to it where others of the sentence follow.
    """
    own: list[Claim] = []
    for _, claims in passage.by_sentence:
        told = [*above, *own]
        own = [*own, *claims][-_WINDOW:]
        off: list[Found] = []
        following = 0
        for change, growth in pairwise(claims):
            moved = change.kind == "change" and growth.kind == "growth" and change.sign == growth.sign
            near = growth.clause - change.clause <= 1 and change.usable and growth.usable
            if not moved or not near or growth.fact.pointer.path in known or subject_words(growth.before, wording):
                continue
            now = named_above(change, told, wording)
            if now is None or now.quantity.base - change.sign * change.quantity.base <= 0 or not change.quantity.base:
                continue
            formula = "变动 / (本期 - 变动)" if change.sign > 0 else "变动 / (本期 + 变动)"
            found = computed("narrative.growth", growth, formula, {"本期": now.fact, "变动": change.fact})
            if gives(now, change, growth):
                following += 1
                yield found
            else:
                off.append(found)
        yield from off if following >= _TWO else ()


def _told(passage: Passage, wording: Wording, above: Sequence[Claim]) -> Iterator[Found]:
    previous: list[Claim] = []
    before, before_number = _Before(), -1
    for number, claims in passage.by_sentence:
        pairs = list(from_to(passage, claims, wording))
        taken = {c.start for pair in pairs for c in pair}
        places = {claim.start: n for n, claim in enumerate(claims)}
        for start, end in pairs:
            yield from changes_between(start, end, claims[places[end.start] + 1 : places[end.start] + 6], wording)
        aligned = list(in_order(claims, wording))
        for run in aligned:
            earlier = [pair for pair in pairs if pair[1].start < run[0].start][-len(run) :]
            near = len(earlier) == len(run) and run[0].clause - earlier[0][1].clause <= len(run)
            for (start, end), change in zip(earlier, run, strict=True) if near else ():
                yield from changes_between(start, end, [change], wording, named=True)
            if not near:
                yield from _each_in_order(run, claims, previous, wording)
        taken |= {c.start for run in aligned for c in run}
        subjects = subjects_of([c for c in claims if c.start not in taken], passage, wording, previous)
        for subject in subjects:
            yield from growths_of(subject, claims, passage, wording, above)
        opened = wording.among.match(passage.sentence_text(number).lstrip()) is not None
        above_it = before if before_number == number - 1 else _Before()
        told = above_it if opened else _Before()
        own = [*above_it.subjects, *subjects] if len(above_it.subjects) == 1 else subjects
        yield from _of_parts(own, passage, wording)
        yield from against_plans(claims, wording)
        yield from overruns(claims, wording)
        yield from _of_changes(passage, [*told.claims, *claims], wording)
        before, before_number = _Before(claims, [s for s in subjects if s.told]), number
        levels = [c for c in claims if c.kind in _LEVELS and c.usable and not c.bracket]
        # What is compared may be told of once more: the figures of the sentence before stay as long as no others come.
        previous = levels[:_MOST] or previous


def _each_in_order(
    run: Sequence[Claim], claims: Sequence[Claim], previous: Sequence[Claim], wording: Wording
) -> Iterator[Found]:
    """Yield `收入500万元，支出480万元。收入减少80万元、支出减少90万元，分别下降14%、16%`: each rate with its change."""
    moves = [c for c in claims if c.kind == "change" and c.start < run[0].start]
    levels = [c for c in (*previous, *claims) if c.kind == "level" and moves and c.start < moves[0].start]
    if not len(moves) == len(levels) == len(run) >= _TWO or run[0].kind != "growth" or run[0].clause - moves[-1].clause != 1:
        return
    told = list(zip(levels, moves, run, strict=True))
    named = all(one_name(words, now, wording) for now, change, _ in told if (words := subject_words(change.before, wording)))
    if not named or not all(now.usable and change.usable and same_kind(now, change) for now, change, _ in told):
        return
    for now, change, growth in told:
        if change.sign == growth.sign and now.quantity.base - change.sign * change.quantity.base > 0:
            formula = "变动 / (本期 - 变动)" if change.sign > 0 else "变动 / (本期 + 变动)"
            yield computed("narrative.growth", growth, formula, {"本期": now.fact, "变动": change.fact})


def _of_parts(subjects: Sequence[Subject], passage: Passage, wording: Wording) -> Iterator[Found]:
    """Relate the change of a whole to the changes of its parts, where every part tells its own."""
    if len(subjects) < 3:
        return
    whole = subjects[0]
    parts = [s for s in subjects[1:] if same_kind(s.now, whole.now)]  # 比上年度少3辆 is told of no amount
    if len(parts) < _TWO:
        return
    opened = wording.among.search(passage.text, whole.now.end, parts[0].now.start) is not None
    tops = [c for c in whole.changes if c.kind == "change"]
    below = [next((c for c in part.changes if c.kind == "change"), None) for part in parts]
    known = [c for c in below if c is not None]
    if len(tops) != 1 or len(known) != len(parts) or not all(same_kind(c, tops[0]) for c in known):
        return
    # Without a word that opens a list only several figures that add up to the one before are one: “三公”经费中，….
    if not opened and (len(parts) <= _TWO or whole.now.sentence == parts[0].now.sentence):
        return
    if ties(whole.now, [part.now for part in parts]) not in ((Tie.FIRM, Tie.LOOSE) if opened else (Tie.FIRM,)):
        return
    if not since_one_time(tops[0], known, wording):
        return
    yield from added_up("narrative.change", tops[0], known)


def since_one_time(top: Claim, below: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether changes are all reckoned from one figure: not 比预算减少, and of a part 比上年减少."""
    bases = [base for c in (top, *below) if (base := base_words(c.before, wording))]
    return len(set(bases)) <= 1 and (not bases or base_words(top.before, wording) != "" or len(bases) == len(below))


def _of_changes(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """`收入增加70万元，其中甲项增加30万元，乙项增加40万元`: the changes of parts that are told without their levels."""
    opener = next((m for m in wording.among.finditer(passage.text, claims[0].start, claims[-1].end)), None)
    if opener is None:
        return
    before = [c for c in claims if c.start < opener.start() and c.kind not in ("growth", "points-change")]
    below = [c for c in claims if c.start > opener.end() and c.kind != "growth"]
    if (
        not before
        or len(below) < _TWO
        or not all(c.kind == "change" and c.usable and not c.bracket for c in (before[-1], *below))
    ):
        return
    top = before[-1]
    told = all(subject_words(c.before, wording) for c in below) and all(same_kind(c, top) for c in below)
    if not told or below[0].clause - top.clause > _REACH:
        return
    added = sum((c.sign * c.quantity.base for c in below), Decimal(0)) * top.sign
    above = added > top.quantity.base and {c.sign for c in below} == {top.sign}
    if added == top.quantity.base or above or division(top, below, wording) == "all":
        yield from added_up("narrative.changes", top, below)


def added_up(kind: str, top: Claim, parts: Sequence[Claim]) -> Iterator[Found]:
    """Relate a change to those that add up to it, unless all go the other way."""
    names: dict[str, object] = {f"变动{n}": c.fact for n, c in enumerate(parts, 1)}
    terms = [(f"变动{n}", c.sign * top.sign) for n, c in enumerate(parts, 1)]
    ordered = sorted(terms, key=lambda term: -term[1])
    formula = "".join((" + " if sign > 0 else " - ") + name for name, sign in ordered).removeprefix(" + ")
    if ordered[0][1] > 0:
        yield computed(kind, top, formula, names, suffix="parts")
