"""Functions that read texts: words in them, reasons, grades."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from validator.forms.labels import take_apart
from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.model.quantity import State
from validator.rules.arithmetic import (
    ONE,
    Frame,
    Undetermined,
    shorten,
)
from validator.rules.functions.choices import chosen
from validator.rules.functions.signature import NO, YES, Function, Truth
from validator.rules.functions.values import lexicon_of, note, quantity_of, same_spelling, text_of, texts_in

# Members of an enumeration are looked up slowly, and lists of cells are asked for them.
_BLANK = State.BLANK
_GARBLED = State.GARBLED
_WORD = re.compile(r"[^\W\d_]+")
_NEAR = 8
"""Characters behind a negation in which stands what it negates."""
_BAND = re.compile(r"\d{1,4}(?:\.\d{1,4})?")


def _same_text(frame: Frame, args: Sequence[Any]) -> Truth:
    for group in args:
        note(frame, texts_in(group))
    one, other = map(_spelling, args)
    if not one or not other:
        return Outcome.UNDETERMINED, "没有可比的文字"
    return YES if one == other else NO


def _spelling(group: Any) -> str:
    """Return a text, or several one after the other, without what doesn't count; nothing of what is blank."""
    return "".join([same_spelling(text_of(value)) for value in texts_in(group) if not _is_blank(value)])


def _explained(frame: Frame, args: Sequence[Any]) -> Truth:
    lexicon = lexicon_of(frame)
    lost = ""
    for value in texts_in(args[0]):
        note(frame, (value,))
        if isinstance(value, Fact) and value.reading.state is _BLANK:
            continue
        if isinstance(value, Fact) and value.reading.state is _GARBLED and not value.text:
            lost = value.reading.why
        text = value.text if isinstance(value, Fact) else str(value)
        if any(char.isalnum() for char in text) and not lexicon.no_reason(text):
            return YES
    return (Outcome.UNDETERMINED, lost) if lost else NO


def _mentions(frame: Frame, args: Sequence[Any]) -> Truth:
    words = _pattern(_words(args[1:]))
    lost = ""
    one = type(args[0]) is Fact
    for value in texts_in(args[0]):
        if isinstance(value, Fact) and value.reading.state is _GARBLED and not value.text:
            lost = value.reading.why
            continue
        found = words.search(same_spelling(value.text if isinstance(value, Fact) else str(value))) is not None
        if one or found:  # of many texts those that don't have it say nothing
            note(frame, (value,))
        if found:
            return YES
    return (Outcome.UNDETERMINED, lost) if lost else NO


def _one_of(frame: Frame, args: Sequence[Any]) -> Truth:
    words = _spelled(_words(args[1:]))
    for value in texts_in(args[0]):
        note(frame, (value,))
        if same_spelling(value.text if isinstance(value, Fact) else str(value)) in words:
            return YES
    return NO


def _ends_with(frame: Frame, args: Sequence[Any]) -> Truth:
    words = _endings(_words(args[1:]))
    for value in texts_in(args[0]):
        note(frame, (value,))
        text = value.text if isinstance(value, Fact) else str(value)
        label = take_apart(text)
        if same_spelling(text).endswith(words) or (label.points and label.text.endswith(words)):
            return YES
    return NO


def _opposed(frame: Frame, args: Sequence[Any]) -> Truth:
    note(frame, args[:2])
    one, other = (same_spelling(text_of(value)) for value in args[:2])
    for line in _words(args[2:]):
        sides = _sides(line)
        mine, theirs = _side_of(one, sides), _side_of(other, sides)
        if mine is None or theirs is None or mine[0] == theirs[0]:
            continue
        # Where only the first names a thing, it may be another: 投诉量下降 answers 提高.
        if mine[1] in theirs[1] or (theirs[1] and theirs[1] in mine[1]):
            return YES
    return NO


def _negates(frame: Frame, args: Sequence[Any]) -> Truth:
    note(frame, args[:2])
    one, other = (same_spelling(text_of(value)) for value in args[:2])
    for line in _words(args[2:]):
        sides = _sides(line)
        negations = [word for word, side in sides if not side]
        begun = next((word for word in negations if one.startswith(word)), None)
        if begun is None or any(word in other for word in negations):
            continue
        said = one[len(begun) : len(begun) + _NEAR]
        if one[len(begun) :] == other or any(side and word in said and word in other for word, side in sides):
            return YES
    return NO


@lru_cache(maxsize=1024)
def _sides(line: str) -> tuple[tuple[str, int], ...]:
    """Take two opposites apart: each word, the longest first, with the number of its side."""
    sides = [same_spelling(side).split("|") for side in line.split(" ")]
    if len(sides) != 2:
        raise Undetermined(f"相反的词“{shorten(line)}”应写成 增加|提高 减少|降低")
    words = ((word, number) for number, side in enumerate(sides) for word in side if word)
    return tuple(sorted(words, key=lambda word: -len(word[0])))


def _side_of(text: str, sides: Iterable[tuple[str, int]]) -> tuple[int, str] | None:
    """Return which of two opposites a text says, and what else it says; None when it says neither or both."""
    said: set[int] = set()
    rest = text
    for word, number in sides:
        if word in rest:
            said.add(number)
            rest = rest.replace(word, "")
    return (said.pop(), rest) if len(said) == 1 else None


def _grade_fits(frame: Frame, args: Sequence[Any]) -> Truth:
    grade, score = chosen(same_spelling(text_of(args[0]))), quantity_of(frame, args[1])
    note(frame, args[:2])
    if grade is None:
        raise Undetermined(f"“{shorten(text_of(args[0]))}”看不出勾选了哪一项")
    bands = sorted(_bands(args[2:]), key=lambda band: -band[1])
    behind = _WORD.findall(grade)[-1:]  # the grade may stand behind its score: 99.46(良), and nothing with it: 96(中央资金)
    named = [band for band in bands if any(map(grade.startswith, band[0]))] or [
        band for band in bands if not set(behind).isdisjoint(band[0])
    ]
    if not named:
        raise Undetermined(f"“{shorten(text_of(args[0]))}”不是已知的等级")
    whole = score.value.quantize(ONE, rounding=ROUND_HALF_UP)
    for value in (score.value, whole):
        fitting = next((band for band in bands if value >= band[1]), None)
        if fitting in named:
            return YES
        if frame.expected is None and fitting is not None:
            frame.expected = fitting[0][0]
    return NO


def _is_blank(value: Any) -> bool:
    return type(value) is Fact and value.reading.state is _BLANK


def _words(groups: Sequence[Any]) -> tuple[str, ...]:
    """Return the words of lists and single texts together."""
    only = groups[0]
    if len(groups) == 1 and type(only) is tuple and only and type(only[0]) is str:
        return only
    return tuple([text_of(word) for group in groups for word in (group if type(group) is tuple else (group,))])


@lru_cache(maxsize=1024)
def _spelled(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(same_spelling(word) for word in words)


@lru_cache(maxsize=1024)
def _endings(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_spelled(words))


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Compile a list of words; `*` in a word stands for up to twelve characters."""
    spelled = [".{0,12}?".join(map(re.escape, same_spelling(word).split("*"))) for word in words if word.strip()]
    return re.compile("|".join(spelled) if spelled else "(?!)")


def _bands(groups: Iterable[Any]) -> Iterable[tuple[tuple[str, ...], Decimal]]:
    """Read lines such as `优|优秀 90`: the words of a grade and the lowest score that earns it."""
    for group in groups:
        for line in group if type(group) is tuple else (group,):
            words, _, lowest = str(line).rpartition(" ")
            if not words or not _BAND.fullmatch(lowest):
                raise Undetermined(f"等级“{shorten(str(line))}”应写成 优|优秀 90")
            yield tuple(same_spelling(word) for word in words.split("|")), Decimal(lowest)


FUNCTIONS = (
    Function(
        "ends_with",
        ("maybe", "words"),
        "truth",
        _ends_with,
        "文字以其中一个词结尾；空格和全半角不计",
        "The text ends with one of the words; blanks and width don't count",
        'ends_with(三级指标, "合格率", "满意度")',
    ),
    Function(
        "opposed",
        ("value", "value", "words"),
        "truth",
        _opposed,
        "两处文字只差一个词，意思却相反；相反的词写成 增加|提高 减少|降低",
        "Two texts differ in one word and say the opposite; opposites come in lines such as 增加|提高 减少|降低",
        "not opposed(实际完成值, 年度指标值, 相反的词)",
    ),
    Function(
        "negates",
        ("value", "value", "words"),
        "truth",
        _negates,
        "前一处文字以否定的词开头，否定的正是后一处写的事；词写成 未|尚未 建立|完善",
        "The first text begins with a negation of what the second says; the words come in lines such as 未|尚未 建立|完善",
        "not negates(实际完成值, 年度指标值, 没有做到的词)",
    ),
    Function(
        "grade_fits",
        ("value", "value", "words"),
        "truth",
        _grade_fits,
        "等级与分数相符，等级可以写在分数后面，也可以是勾选的（☑优 □良）；分数线写成 优|优秀 90",
        "The grade word, which may stand behind its score or be ticked (☑优 □良), fits the score, by lines such as 优|优秀 90",
        "grade_fits(header.grade, header.total_score, 等级分数线)",
    ),
    Function(
        "same_text",
        ("any", "any"),
        "truth",
        _same_text,
        "文字相同；空格和全半角不计",
        "Same text; blanks and width don't count",
        "not same_text(年度指标值, 实际完成值)",
    ),
    Function(
        "explained",
        ("maybe",),
        "truth",
        _explained,
        "写了原因，不是“无”“-”之类",
        "A reason is given, not just 无 or a dash",
        "explained(偏差原因)",
    ),
    Function(
        "mentions",
        ("maybe", "words"),
        "truth",
        _mentions,
        "文字里有其中一个词",
        "The text has one of the words in it",
        'mentions(三级指标, "满意度")',
    ),
    Function(
        "one_of",
        ("maybe", "words"),
        "truth",
        _one_of,
        "文字就是其中一个词；空格和全半角不计",
        "The text is one of the words; blanks and width don't count",
        'one_of(三级指标, "预算执行率", "资金执行率")',
    ),
)
"""The functions of this module, for rules to call."""
