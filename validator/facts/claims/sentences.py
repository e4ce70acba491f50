"""From a text to claims: what is measured, how the figure is told, where it stands.

Comes in: a text with its address, the figures in it, the words of prose. Goes out: a `Passage` whose `Claim` records carry
facts for the rules. Which claims belong together is the business of `rules.narrative`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from validator.facts.claims.figures import Mention, Year, find_figures, fold_text, is_taken_of
from validator.facts.claims.glosses import NOTHING_CUT, Cuts, without_glosses
from validator.facts.claims.wording import Wording
from validator.facts.lexicon import Lexicon
from validator.facts.numbers import peers_step
from validator.model.fact import Fact, Pointer
from validator.model.quantity import Quantity, Reading, State

_LINE = re.compile(r"(L\d+|段\d+)(?::(\d+)-(\d+))?")
_MARKS = frozenset("，,。;；：:、()!?！？\n\t|")
_CLAUSE_MARKS = frozenset("，,。;；:：!?！？\n")
_SENTENCE_MARKS = frozenset("。;；!?！？\n")
_COMMAS = frozenset("，,、:：")
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_BRACKET = re.compile(r"[()]")
CLAUSE = 60
"""Characters of a clause that are shown with a figure."""

_NEAR = 40
_TOO_MUCH_FOR_ONE = 100_000
"""In base units; no price of one has a name like 人均经费 and is as large."""
_BOUNDARY = re.compile(r"[，,。;；:：、()!?！？\n\t|]")
_WORD_IN_BRACKETS = re.compile(r"(?<=[\u4e00-\u9fff])\([\u4e00-\u9fff]{1,2}\)(?=[\u4e00-\u9fff])")
"""Brackets that are a part of a name: 因公出国(境)费."""
_STRIPPED = str.maketrans("", "", " \t\u3000“”\"'‘’《》〈〉【】[]〔〕")
_ANY_STRIPPED = re.compile(r"[ \t\u3000“”\"'‘’《》〈〉【】\[\]〔〕]")
_NUMBERING = ".．、 "
"""What is left of 2. before the first words of an item."""
_DATE = re.compile(
    r"(?:19|20)?\d\d年(?:度|末|底|初)?(?:[01]?\d月(?:份|[0-3]?\d日|末|底)?)?|[01]?\d月(?:份|[0-3]?\d[日号]|末|底)?"
)


class Claim(NamedTuple):
    """A figure that a sentence states."""

    fact: Fact
    quantity: Quantity
    dimension: str
    """What it is measured in."""
    usable: bool
    """Whether arithmetic can hold it to its word: no estimate, no range, no limit."""
    size: float
    """About how much it is, in base units: to pass over at once what can't agree. No verdict rests on it."""
    start: int
    end: int
    sentence: int
    """Number of the sentence in its passage."""
    segment: int
    """Number of the part of the passage between semicolons and full stops."""
    clause: int
    """Number of the part between commas."""
    bracket: int
    """Number of the pair of brackets it stands in; 0 for none."""
    before: str
    """The words before it, back to the last mark or figure."""
    after: str
    """The words behind it, up to the next mark or figure."""
    noun: str
    """What is measured, as far as the words around it say so."""
    kind: str
    """`level`, `change`, `growth`, `average` (growth over several years), `points-change`, `rate`, `share`, `percent`, `times`,
    `price`, `score`, `ratio`, `range`, `gap` (how far two figures are apart, without a direction)."""
    sign: int = 1
    """-1 for a decrease."""
    role: str = ""
    """`budget`, `executed`, `target`, `actual`, or empty."""
    account: str = ""
    """`income`, `spending`, `surplus`, `opening`, `closing`, `plain`, or empty."""
    year: int | None = None
    per: str = ""


class Bracket(NamedTuple):
    """A pair of brackets in a passage."""

    start: int
    end: int
    outer: int


class Line(NamedTuple):
    """One of several broken lines that are one passage."""

    start: int
    """Where it begins in the passage."""
    text: str
    address: str
    indent: int = 0
    """Blanks that it begins with on the page, and not in the passage."""


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A paragraph or a long cell, with what its sentences claim."""

    text: str
    """Folded, one character for one of the original."""
    address: str
    index: int
    claims: tuple[Claim, ...]
    by_sentence: tuple[tuple[int, tuple[Claim, ...]], ...]
    """The claims of each sentence that has any, with its number."""
    brackets: tuple[Bracket, ...]
    """The first stands for no brackets at all."""
    sentences: tuple[tuple[int, int], ...]
    years: tuple[Year, ...]
    prose: bool
    """False where figures stand together without words: a lost table."""
    in_table: bool = False
    form: int | None = None
    """Number of the form whose table the cell is in."""
    lines: tuple[Line, ...] = ()
    """The lines that it was broken into; none where it is one."""
    lead: str = ""
    """The line with a colon at its end that opens the list of which it is an item."""
    cuts: Cuts = NOTHING_CUT
    """What was left out of the text: spellings in brackets behind characters."""

    def at(self, start: int, end: int) -> str:
        """Return the address of a span; of one that goes over the end of a line, the part before it."""
        start, end = self.cuts.before(start), self.cuts.before(end - 1) + 1
        if self.lines:
            line = next(line for line in reversed(self.lines) if line.start <= start)
            before, length = line.indent - line.start, line.indent + len(line.text)
            return span_address(line.address, start + before, min(end + before, length), length)
        return span_address(self.address, start, end, len(self.text) + self.cuts.length)

    def outermost(self) -> list[tuple[int, int]]:
        """Return where the brackets are that stand in no others."""
        return [(bracket.start, bracket.end) for bracket in self.brackets[1:] if bracket.outer == 0]

    def sentence_text(self, number: int) -> str:
        """Return the text of a sentence."""
        start, end = self.sentences[number]
        return self.text[start:end]


def span_address(address: str, start: int, end: int, length: int) -> str:
    """Return the address of characters `start` to `end` (from 0, end excluded) of a block; cells of a grid keep their own."""
    line, first = _line(address, length)
    return f"{line}:{first + start}-{first + end - 1}" if line else address


@lru_cache(maxsize=64)
def _line(address: str, length: int) -> tuple[str, int]:
    """Return the line of an address and the place of its first character; empty where characters have no address."""
    found = _LINE.fullmatch(address)
    if not found or (found[2] and int(found[3]) - int(found[2]) + 1 != length):
        return "", 0
    return found[1], int(found[2] or 1)


def read_passage(
    text: str,
    address: str,
    index: int,
    lexicon: Lexicon,
    wording: Wording,
    *,
    in_table: bool = False,
    form: int | None = None,
    lines: tuple[Line, ...] = (),
    lead: str = "",
    cut: bool = False,
) -> Passage | None:
    """Read a text; None when it holds no figure and no sentence.

    `lead`: the line that opens the list that it is an item of. One that is `cut` off may begin in the middle of a figure.
    """
    text, cuts = without_glosses(text)
    folded = fold_text(text, wording)
    found = find_figures(folded, lexicon, wording)
    sentences = tuple(_sentences(folded, wording))
    brackets, inside = _brackets(folded)
    prose = not found.lost
    passage = Passage(
        folded, address, index, (), (), brackets, sentences, found.years, prose, in_table, form, lines, lead, cuts
    )
    if not found.mentions:
        return passage
    claims = tuple(_with_peers_steps(list(_claims(passage, text, found.mentions, inside, wording)), wording))
    if found.lost and not in_table:  # a page on one line: what is said behind its table is prose
        lost = {bisect_right(sentences, place, key=itemgetter(0)) - 1 for place in found.lost}
        said = tuple(claim for claim in claims if claim.sentence not in lost)
        claims, prose = (said, True) if said else (claims, False)
    if cut and claims[0].start == 0 and not claims[0].after:  # 8万元（其中：…）, unlike 8个项目完成…, begins no sentence
        claims = (claims[0]._replace(usable=False), *claims[1:])
    grouped = tuple((number, tuple(own)) for number, own in groupby(claims, key=attrgetter("sentence")))
    return Passage(
        folded, address, index, claims, grouped, brackets, sentences, found.years, prose, in_table, form, lines, lead, cuts
    )


def _sentences(text: str, wording: Wording) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in wording.sentence_end.finditer(text):
        end = mark.end()
        if end > start:
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)


def _brackets(text: str) -> tuple[tuple[Bracket, ...], list[tuple[int, int]]]:
    """Return the pairs of brackets, and from which place on which of them is the innermost."""
    found: list[list[int]] = [[0, len(text), 0]]
    inside: list[tuple[int, int]] = [(0, 0)]
    open_now = [0]
    for mark in _BRACKET.finditer(text):
        if mark.group() == "(" and len(open_now) < 8:
            found.append([mark.start(), len(text), open_now[-1]])
            open_now.append(len(found) - 1)
        elif mark.group() == ")" and len(open_now) > 1:
            found[open_now.pop()][1] = mark.end()
        inside.append((mark.start(), open_now[-1]))
    return tuple(Bracket(*entry) for entry in found), inside


class _Marks(NamedTuple):
    """The marks of a text by their places, each list in order."""

    boundaries: list[int]
    """Every mark; names end there."""
    clauses: list[int]
    """How many marks between clauses stand before a boundary, and before the end."""
    segments: list[int]
    sentences: list[int]
    commas: list[int]
    strange: bool
    """Whether there are blanks and quotation marks that names don't keep."""


def _marks(text: str) -> _Marks:
    boundaries, clauses, segments = [], [], []
    sentences, commas = [], []
    clause = segment = 0
    inside = {place for found in _WORD_IN_BRACKETS.finditer(text) for place in (found.start(), found.end() - 1)}
    for found in _BOUNDARY.finditer(text):
        place, mark = found.start(), found.group()
        if place in inside:
            continue
        boundaries.append(place)
        clauses.append(clause)
        segments.append(segment)
        clause += mark in _CLAUSE_MARKS
        if mark in _SENTENCE_MARKS:
            segment += 1
            sentences.append(place)
        elif mark in _COMMAS and not (mark == "," and _THOUSANDS.match(text, place - 1)):
            commas.append(place)
    return _Marks(
        boundaries, [*clauses, clause], [*segments, segment], sentences, commas, _ANY_STRIPPED.search(text) is not None
    )


def _claims(
    passage: Passage, original: str, mentions: Sequence[Mention], inside: list[tuple[int, int]], wording: Wording
) -> Iterator[Claim]:
    text = passage.text
    marks = _marks(text)
    sentence = depth = 0
    within = 0  # marks inside figures end no clause: 1,286.4
    year_at = 0
    year: int | None = None
    year_sentence = -1
    last: Claim | None = None
    for n, mention in enumerate(mentions):
        start, end, quantity = mention.start, mention.end, mention.quantity
        mark = bisect_left(marks.boundaries, start)
        while passage.sentences[sentence][1] <= start:
            sentence += 1
        while depth + 1 < len(inside) and inside[depth + 1][0] < start:
            depth += 1
        while year_at < len(passage.years) and passage.years[year_at].start < start:
            year, year_sentence = passage.years[year_at].year, sentence
            year_at += 1
        low = max(passage.sentences[sentence][0], mentions[n - 1].end if n else 0, start - _NEAR)
        high = min(passage.sentences[sentence][1], mentions[n + 1].start if n + 1 < len(mentions) else len(text), end + 24)
        before = text[max(low, marks.boundaries[mark - 1] + 1) if mark else low : start]
        following = bisect_left(marks.boundaries, end, mark)
        after = text[end : min(high, marks.boundaries[following]) if following < len(marks.boundaries) else high]
        if marks.strange:
            before, after = before.translate(_STRIPPED), after.translate(_STRIPPED)
        before = (
            _listed(text, marks, mark, before, mentions[n - 1].end if n else 0, wording)
            or _headed(text, low, start)
            or _taken_of(mention, last, wording)
        )
        if not quantity.unit.dimension and quantity.unit.factor > 1 and _is_money(before, after, wording):
            quantity = quantity._replace(unit=quantity.unit._replace(dimension="money"))
        if _is_average(quantity, passage, sentence, wording):
            quantity = quantity._replace(step=Decimal(1))
        kind, sign = _kind(quantity, mention.per, before, wording)
        clause = marks.clauses[mark] - within
        if kind == "level" and last is not None and last.clause == clause and _goes_on(last, quantity, before, wording):
            kind, sign = last.kind, last.sign
        if last is not None and last.kind == "change" and quantity.unit.dimension == "ratio" and text[last.end : start] == "(":
            kind, sign = "growth", last.sign  # 较上年减少18.50万元(65.37%)
        plain = wording.links.sub("", before) if before.endswith(wording.data.links) else before
        noun = _noun(before, after, wording)
        if (
            kind == "level"
            and len(noun) < 2
            and last is not None
            and last.kind == "change"
            and last.sentence == sentence
            and wording.sums_to.fullmatch(before)
        ):
            noun = wording.change_by.sub("", wording.comparison.sub("", last.before))[-24:]
        written = original[start:end]
        path = f"text[{passage.index}].claims[{n}]"
        pointer = Pointer(path, passage.at(start, end), written, _clause(marks, mention, original), noun)
        fact = Fact(Reading(State.NUMBER, written, quantity), pointer)
        role = _role(before, wording) if kind in ("level", "score") else ""
        account = _account(plain, noun, wording) if kind == "level" else ""
        usable = not quantity.approximate and quantity.upper is None and quantity.comparator in ("", "=")
        usable = usable and not (after.startswith(wording.data.of) and wording.passed.search(before))
        last = Claim(
            fact, quantity, quantity.unit.dimension, usable, float(quantity.value) * float(quantity.unit.factor),
            start, end, sentence, marks.segments[mark], clause, inside[depth][1], before, after, noun,
            kind, sign, role, account, year if year_sentence == sentence else None, mention.per,
        )  # fmt: skip
        within += marks.clauses[following] - marks.clauses[mark]
        yield last


def _with_peers_steps(claims: list[Claim], wording: Wording) -> list[Claim]:
    """Give each amount of a sentence the finest step among those of its unit there: 80万元 beside 380.17万元 is 80.00万元.

    The largest, and what is called a total, may be rounded: 共计239万元，其中上级179.25万元，本级59.45万元.
    """
    for _, own in groupby(range(len(claims)), key=lambda n: claims[n].sentence):
        amounts = [n for n in own if claims[n].dimension == "money" and claims[n].quantity.step]
        if len({claims[n].quantity.step for n in amounts}) <= 1:
            continue
        largest = max(claims[n].quantity.base for n in amounts)
        for n, reading in zip(amounts, peers_step([claims[n].fact.reading for n in amounts]), strict=True):
            claim = claims[n]
            total = (
                claim.quantity.base == largest or wording.total.search(claim.before) or wording.sums_to_all.match(claim.before)
            )
            if not total and reading.quantity is not None and reading.quantity != claim.quantity:
                claims[n] = claim._replace(fact=claim.fact._replace(reading=reading), quantity=reading.quantity)
    return claims


def _taken_of(rate: Mention, last: Claim | None, wording: Wording) -> str:
    """Return the word that is left out between an amount and the rate that is taken of it: 占全年任务数500万元87.1%."""
    if last is None or last.end != rate.start or last.dimension != "money" or rate.quantity.unit.dimension != "ratio":
        return ""
    return wording.data.of[0] if is_taken_of(last.before, wording) else ""


def _is_average(quantity: Quantity, passage: Passage, sentence: int, wording: Wording) -> bool:
    """Tell whether an amount of whole 元 was computed: 生均6497元, 比上年的5612元; one in tens may be a price (人均300元)."""
    whole = not quantity.step and quantity.unit.dimension == "money" and quantity.value % 10 != 0
    return whole and wording.average.search(passage.lead + passage.sentence_text(sentence)) is not None


def _last_piece(text: str) -> str:
    start = len(text)
    while start and text[start - 1] not in _MARKS:
        start -= 1
    return text[start:].translate(_STRIPPED)


def _listed(text: str, marks: _Marks, mark: int, before: str, since: int, wording: Wording) -> str:
    """Return the words before a figure with the 其中 that a mark sets off from them; it is that of the first figure behind."""
    place = marks.boundaries[mark - 1] if mark else -1
    if place < since or text[place] not in _COMMAS:
        return before
    opener = wording.among_listed.search(text, max(0, place - CLAUSE // 2), place + 1)
    return opener["word"] + before if opener else before


def _headed(text: str, low: int, start: int) -> str:
    """Return the words before a colon or a closed bracket that a figure follows directly: 收入:792万元."""
    piece = text[low:start].rstrip()
    if piece.endswith((":", "：")):
        return _last_piece(piece[:-1])
    if piece.endswith(")") and "(" in piece:
        return _last_piece(piece[: piece.rfind("(")])
    return ""


def _clause(marks: _Marks, mention: Mention, original: str) -> str:
    """Return the clause around a figure, at most CLAUSE characters."""
    start, end = mention.start, mention.end
    low = max(0, start - CLAUSE // 2)
    before = bisect_left(marks.sentences, start)
    if before and marks.sentences[before - 1] >= low:
        low = marks.sentences[before - 1] + 1
    elif low:
        comma = bisect_left(marks.commas, low)
        low = marks.commas[comma] + 1 if comma < len(marks.commas) and marks.commas[comma] < start else low
    behind = bisect_left(marks.sentences, end)
    stop = marks.sentences[behind] if behind < len(marks.sentences) and marks.sentences[behind] < end + CLAUSE else None
    high = max(end, min(end + CLAUSE if stop is None else stop, low + CLAUSE))
    if stop is None and high > end:
        comma = bisect_left(marks.commas, high)
        high = marks.commas[comma - 1] if comma and marks.commas[comma - 1] >= end else high
    return original[low:high].strip()


def _is_money(before: str, after: str, wording: Wording) -> bool:
    """Tell whether a bare 万 or 亿 is of money: 直达资金29.6万, 100亿补贴资金."""
    return wording.money_before.search(before) is not None or wording.money_behind.match(after) is not None


def _kind(quantity: Quantity, per: str, before: str, wording: Wording) -> tuple[str, int]:
    """Return how a figure is told, and -1 for a decrease."""
    unit = quantity.unit
    if quantity.upper is not None:
        return "range", 1
    if unit.name == "：1":
        return "ratio", 1
    change = None if quantity.comparator not in ("", "=") or not before else wording.change_by.search(before)
    if change and unit.dimension != "ratio" and change.start() and not wording.compared.search(before[: change.start()]):
        change = None if wording.doubtful_change.match(change.group()) else change
    sign = -1 if change and change["down"] else 1
    if quantity.text in wording.data.numerals.doubled:
        return "growth", 1
    if change and wording.averaged.search(before):
        return "average", sign
    if unit.dimension == "ratio":
        if unit.name.endswith(wording.data.rates.points) or wording.pace.search(before):
            return "points-change", sign
        if change and not wording.defined_name.search(before):
            return "growth", sign
        if wording.share.search(before) or (
            wording.share_of.search(before) and not wording.of_budget.search(before) and not wording.of_target.search(before)
        ):
            return "share", 1
        if (
            wording.rate_noun.search(before)
            or wording.of_budget.search(before)
            or wording.of_target.search(before)
            or wording.beyond.search(before)
        ):
            return "rate", 1
        return ("times" if unit.name in wording.data.rates.multiples else "percent"), 1
    named = before.endswith(wording.data.summed_things) and quantity.base >= _TOO_MUCH_FOR_ONE  # 生均经费支出180万元
    if per or (wording.per.search(before[-6:]) and not named):
        return "price", 1
    if change:
        return "change", sign
    if wording.gap.search(before):
        return "gap", 1
    return ("score" if unit.dimension == "points" else "level"), 1


def _goes_on(last: Claim, quantity: Quantity, before: str, wording: Wording) -> bool:
    """Tell whether a figure is told by the verb before the last one: 分别增加20万人和7万人."""
    joined = not before or before in wording.data.not_quantities.joined
    return last.kind == "change" and joined and last.dimension == quantity.unit.dimension


def _noun(before: str, after: str, wording: Wording) -> str:
    """Return what is measured: the words before a figure without verbs and dates, or else those behind it."""
    plain = _DATE.sub("", before) if "年" in before or "月" in before else before
    leading = wording.leading.match(plain)
    plain = (plain[leading.end() :] if leading else plain).lstrip(_NUMBERING)
    if plain.endswith(wording.data.links):
        plain = wording.links.sub("", plain)
    if len(plain) >= 2:
        return plain[-24:]
    behind = wording.behind.sub("", after)
    return behind[:16] if len(behind) >= 2 else plain


def _role(before: str, wording: Wording) -> str:
    """Return which side of a comparison the words put a figure on: the word that stands last decides."""
    best, where = "", (-1, 0)
    if not wording.any_role.search(before):
        return best
    for name, pattern in wording.roles.items():
        for found in pattern.finditer(before):
            place = (found.end(), found.end() - found.start())
            if place > where:
                best, where = name, place
    return "" if best and before.endswith(wording.data.accounts.funds) else best


def _account(words: str, noun: str, wording: Wording) -> str:
    """Return which line of an account the words before a figure, or else what it measures, name."""
    for text in (words, noun):
        if not wording.any_account.search(text):
            continue
        for name, pattern in wording.accounts.items():
            if pattern.search(text):
                return name
    return ""
