"""From a text to claims: what is measured, how the figure is told, where it stands.

Comes in: a text with its address, the figures in it, the words of prose. Goes out: a `Passage` whose `Claim` records carry
facts for the rules. Which claims belong together is the business of `rules.narrative`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from validator.facts.claims.figures import Mention, Year, find_figures, fold_text
from validator.facts.claims.wording import Wording
from validator.facts.lexicon import Lexicon
from validator.model.fact import Fact, Pointer
from validator.model.quantity import Quantity, Reading, State

_LINE = re.compile(r"(L\d+|段\d+)(?::(\d+)-(\d+))?")
_MARKS = frozenset("，,。;；：:、()!?！？\n\t|")
_CLAUSE_MARK = re.compile(r"[，,。;；:：!?！？\n]")
_BRACKET = re.compile(r"[()]")
CLAUSE = 60
"""Characters of a clause that are shown with a figure."""

_NEAR = 40
_BOUNDARY = re.compile(r"[，,。;；:：、()!?！？\n\t|]")
_SENTENCE = re.compile(
    r"[。!?！？\n]|(?<=[；;])(?=[二三四五六七八九十]{1,2}是)|(?=(?:^|[。；;，,：:])(?:[一二三四五六七八九十]{1,2}是))"
)
_SENTENCE_MARK = re.compile(r"[。;；!?！？\n]")
_COMMA = re.compile(r"[，,、:：]")
_STRIPPED = str.maketrans("", "", " \t\u3000“”\"'‘’《》〈〉【】[]〔〕")
_LEADING = re.compile(
    r"^(?:其中|并且|并|且|和|及|与|以及|同时|另外|另|此外|全部|[一二三四五六七八九十]{1,2}是|目标\d+\.?|截至|截止|截止到|到|至|于|在|从|自|对|向|将|把|了|的|\d+|年|度|底|末|初)+"
)
_REACHED = re.compile(r"(?:共|总|合|已|累计)?(?:为|达|达到|计|有)?")
_COMPARISON = re.compile(r"(?:同比|比|较)(?:上年|去年|上一年)?(?:度|同期)?")
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
    `price`, `score`, `ratio`, `range`."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A paragraph or a long cell, with what its sentences claim."""

    text: str
    """Folded, one character for one of the original."""
    address: str
    index: int
    claims: tuple[Claim, ...]
    brackets: tuple[Bracket, ...]
    """The first stands for no brackets at all."""
    sentences: tuple[tuple[int, int], ...]
    years: tuple[Year, ...]
    prose: bool
    """False where figures stand together without words: a lost table."""
    in_table: bool = False
    form: int | None = None
    """Number of the form whose table the cell is in."""

    def at(self, start: int, end: int) -> str:
        """Return the address of a span."""
        return span_address(self.address, start, end, len(self.text))

    def outermost(self) -> list[tuple[int, int]]:
        """Return where the brackets are that stand in no others."""
        return [(bracket.start, bracket.end) for bracket in self.brackets[1:] if bracket.outer == 0]

    def sentence_text(self, number: int) -> str:
        """Return the text of a sentence."""
        start, end = self.sentences[number]
        return self.text[start:end]


def span_address(address: str, start: int, end: int, length: int) -> str:
    """Return the address of characters `start` to `end` (from 0, end excluded) of a block; cells of a grid keep their own."""
    found = _LINE.fullmatch(address)
    if not found:
        return address
    first = 1
    if found[2]:
        if int(found[3]) - int(found[2]) + 1 != length:
            return address
        first = int(found[2])
    return f"{found[1]}:{first + start}-{first + end - 1}"


def read_passage(
    text: str, address: str, index: int, lexicon: Lexicon, wording: Wording, *, in_table: bool = False, form: int | None = None
) -> Passage | None:
    """Read a text; None when it holds no figure and no sentence."""
    folded = fold_text(text)
    found = find_figures(folded, lexicon, wording)
    sentences = tuple(_sentences(folded))
    brackets, inside = _brackets(folded)
    passage = Passage(folded, address, index, (), brackets, sentences, found.years, not found.fused, in_table, form)
    claims = tuple(_claims(passage, text, found.mentions, inside, wording))
    return Passage(folded, address, index, claims, brackets, sentences, found.years, not found.fused, in_table, form)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _SENTENCE.finditer(text):
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


def _claims(
    passage: Passage, original: str, mentions: Sequence[Mention], inside: list[tuple[int, int]], wording: Wording
) -> Iterator[Claim]:
    text = passage.text
    sentence = clause = segment = depth = 0
    position = 0
    year_at = 0
    year: int | None = None
    year_sentence = -1
    last: Claim | None = None
    for n, mention in enumerate(mentions):
        for mark in _CLAUSE_MARK.finditer(text, position, mention.start):
            clause += 1
            segment += mark.group() in "。;；!?！？\n"
        position = mention.end
        while passage.sentences[sentence][1] <= mention.start:
            sentence += 1
        while depth + 1 < len(inside) and inside[depth + 1][0] < mention.start:
            depth += 1
        while year_at < len(passage.years) and passage.years[year_at].start < mention.start:
            year, year_sentence = passage.years[year_at].year, sentence
            year_at += 1
        low = max(passage.sentences[sentence][0], mentions[n - 1].end if n else 0, mention.start - _NEAR)
        high = min(
            passage.sentences[sentence][1], mentions[n + 1].start if n + 1 < len(mentions) else len(text), mention.end + 24
        )
        before = _last_piece(text[low : mention.start]) or _headed(text, low, mention.start)
        after = _first_piece(text[mention.end : high])
        kind, sign = _kind(mention, before, wording)
        noun = noun_of(before, after, wording)
        if (
            kind == "level"
            and len(noun) < 2
            and last is not None
            and last.kind == "change"
            and last.sentence == sentence
            and _REACHED.fullmatch(before)
        ):
            noun = wording.change_by.sub("", _COMPARISON.sub("", last.before))[-24:]
        written = original[mention.start : mention.end]
        path = f"text[{passage.index}].claims[{n}]"
        pointer = Pointer(path, passage.at(mention.start, mention.end), written, _clause(passage, mention, original), noun)
        fact = Fact(Reading(State.NUMBER, written, mention.quantity), pointer)
        role = _role(before, wording) if kind in ("level", "score") else ""
        account = _account(wording.links.sub("", before), noun, wording) if kind == "level" else ""
        quantity = mention.quantity
        usable = not quantity.approximate and quantity.upper is None and quantity.comparator in ("", "=")
        last = Claim(
            fact, quantity, quantity.unit.dimension, usable, float(quantity.value) * float(quantity.unit.factor),
            mention.start, mention.end, sentence, segment, clause, inside[depth][1], before, after, noun, kind, sign, role,
            account, year if year_sentence == sentence else None, mention.per,
        )  # fmt: skip
        yield last


def _last_piece(text: str) -> str:
    start = len(text)
    while start and text[start - 1] not in _MARKS:
        start -= 1
    return text[start:].translate(_STRIPPED)


def _headed(text: str, low: int, start: int) -> str:
    """Return the words before a colon or a closed bracket that a figure follows directly: 收入:792万元."""
    piece = text[low:start].rstrip()
    if piece.endswith((":", "：")):
        return _last_piece(piece[:-1])
    if piece.endswith(")") and "(" in piece:
        return _last_piece(piece[: piece.rfind("(")])
    return ""


def _first_piece(text: str) -> str:
    found = _BOUNDARY.search(text)
    return (text[: found.start()] if found else text).translate(_STRIPPED)


def _clause(passage: Passage, mention: Mention, original: str) -> str:
    """Return the clause around a figure, at most CLAUSE characters."""
    start, end = mention.start, mention.end
    low = max(0, start - CLAUSE // 2)
    marks = list(_SENTENCE_MARK.finditer(passage.text, low, start))
    if marks:
        low = marks[-1].end()
    elif low:
        comma = _COMMA.search(passage.text, low, start)
        low = comma.end() if comma else low
    stop = _SENTENCE_MARK.search(passage.text, end, end + CLAUSE)
    high = stop.start() if stop else end + CLAUSE
    high = max(end, min(high, low + CLAUSE))
    if not stop and high > end:
        marks = list(_COMMA.finditer(passage.text, end, high))
        high = marks[-1].start() if marks else high
    return original[low:high].strip()


def _kind(mention: Mention, before: str, wording: Wording) -> tuple[str, int]:
    """Return how a figure is told, and -1 for a decrease."""
    quantity = mention.quantity
    unit = quantity.unit
    if quantity.upper is not None:
        return "range", 1
    if unit.name == "：1":
        return "ratio", 1
    change = None if quantity.comparator not in ("", "=") else wording.change_by.search(before)
    if change and unit.dimension != "ratio" and change.start() and not wording.compared.search(before[: change.start()]):
        change = None if wording.doubtful_change.match(change.group()) else change
    sign = -1 if change and change["down"] else 1
    if quantity.text in wording.data.numerals.doubled:
        return "growth", 1
    if change and wording.averaged.search(before):
        return "average", sign
    if unit.dimension == "ratio":
        if unit.name.endswith("百分点") or unit.name.endswith("百分比"):
            return "points-change", sign
        if change:
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
        return ("times" if unit.name == "倍" else "percent"), 1
    if mention.per or wording.per.search(before[-6:]):
        return "price", 1
    if change:
        return "change", sign
    return ("score" if unit.dimension == "points" else "level"), 1


def noun_of(before: str, after: str, wording: Wording) -> str:
    """Return what is measured: the words before a figure without verbs and dates, or else those behind it."""
    plain = _LEADING.sub("", _DATE.sub("", before))
    plain = wording.links.sub("", plain)
    if len(plain) >= 2:
        return plain[-24:]
    behind = re.sub(r"^(?:左右|以上|以下|以内|的)", "", after)
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
    return best


def _account(words: str, noun: str, wording: Wording) -> str:
    """Return which line of an account the words before a figure, or else what it measures, name."""
    for text in (words, noun):
        if not wording.any_account.search(text):
            continue
        for name, pattern in wording.accounts.items():
            if pattern.search(text):
                return name
    return ""
