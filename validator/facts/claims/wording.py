"""The words with which prose says what its figures have to do with each other, as patterns.

Comes in: the path of `rulesets/narrative/words.yaml`. Goes out: a `Wording`, whose patterns are compiled when they are first
asked for, so that a document without prose pays for none. Nothing here looks at a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, overload

from validator.errors import RulesetError
from validator.facts.claims.vocabulary import WordingFile, read_vocabulary

_NUMERALS = "一二三四五六七八九"
_YEAR = r"(?:19|20)\d\d"
_CLAUSE = r"[^，,。；;:：]"
"""Any character but a mark."""


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest that fits; `*` stands for nothing here."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


class Flow(NamedTuple):
    """The words of a stock and its movements."""

    opening: re.Pattern[str]
    inward: re.Pattern[str]
    outward: re.Pattern[str]
    closing: re.Pattern[str]


class DefinedRate(NamedTuple):
    """The words of a rate whose name says what over what."""

    part: re.Pattern[str]
    whole: re.Pattern[str]
    undone: re.Pattern[str]
    """What is not the part: 不合格."""
    partial: re.Pattern[str]
    """What is not all of the whole: 新受理."""
    alone: bool
    """Whether other figures beside part and whole may be weighed in."""


class _Pattern:
    """A pattern made of the words of a file: compiled when it is first asked for, then an attribute like any other."""

    def __init__(self, source: Callable[[WordingFile], str]) -> None:
        self._source = source
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, wording: None, owner: type) -> _Pattern: ...
    @overload
    def __get__(self, wording: Wording, owner: type) -> re.Pattern[str]: ...
    def __get__(self, wording: Wording | None, owner: type) -> _Pattern | re.Pattern[str]:
        if wording is None:
            return self
        compiled = re.compile(self._source(wording.data))
        wording.__dict__[self._name] = compiled
        return compiled


def _not_ending(words: Iterable[str]) -> str:
    """Return a pattern that matches nothing, anywhere but at the end of one of the words."""
    return "".join(f"(?<!{re.escape(word)})" for word in words)


def _not_behind(data: WordingFile) -> str:
    """Return a pattern that matches nothing, anywhere but within the name of an account: 预算 in 公共预算."""
    return "".join(f"(?<!{re.escape(word)})" for word in data.accounts.named_like_budgets)


def _all_of_them(data: WordingFile) -> str:
    """Return the pattern of 两批, 以上各项, 上述资金; it matches nothing too."""
    groups = rf"(?:[两十{_NUMERALS}]|{any_of(data.summed_many)}){any_of(data.summed_groups)}{{1,2}}"
    return rf"(?:{groups}|{any_of(data.summed_up)})?{any_of(data.summed_things)}?"


class Wording:
    """The lists of a words file as patterns. Compared by identity, so that it can be part of a cache key."""

    def __init__(self, data: WordingFile) -> None:
        """Keep the lists; they have been checked already."""
        self.data = data

    @cached_property
    def simplified(self) -> Mapping[int, str]:
        """The simplified character of each traditional one."""
        return {ord(pair[0]): pair[1] for pair in self.data.traditional}

    # --- figures ------------------------------------------------------------------------------------------------------

    not_figures = _Pattern(
        lambda d: (
            r"(?=[\d〔\[(【hw])(?:"
            r"[〔\[(【]\s?(?:19|20)\d\d\s?年?[〕\])】]\s?第?\d{1,6}号"
            r"|(?<![\d.])\d{1,2}\.(?P<listed>(?:19|20)\d\d)年(?:度)?"
            r"|(?<![\d.])(?:19|20)\d\d年?\s?(?:[-~—至到]{1,2})\s?(?:19|20)\d\d年?"
            r"|(?<![\d.])(?P<year>(?:19|20)\d\d)\s?(?:年度?\s?(?:[01]?\d\s?(?:月?[-~—至到]{1,2}[01]?\d\s?)?月(?:份|[0-3]?\d[日号])?)?"
            r"|[-./][01]?\d[-./][0-3]?\d(?!\d))"
            rf"|(?<![\d.])(?P<short>[12]\d)年(?={any_of(d.dates.behind_short_year)}|[01]?\d月)"
            r"|(?<![\d.])[01]?\d\s?月?(?:[-~—至到]{1,2})[01]?\d月份?"
            r"|(?<![\d.])[01]?\d月(?:份|[0-3]?\d[日号])?"
            rf"|(?<![\d.])[0-3]?\d日(?!{any_of(d.dates.not_a_day)})"
            r"|(?<![\d.])[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d)"
            r"|(?<![\d.])[0-2]?\d[点时][0-5]?\d分"
            r"|(?<![\d.])\d{1,2}(?:\.\d{1,2}){2,}(?!\d)"
            r"|(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8}|\d{3,4}-\d{7,8}|\d{17}[\dXx])(?!\d)"
            r"|(?:https?://|www\.)[!-~]{1,300}"
            r")"
        )
    )
    comparator = _Pattern(lambda d: rf"{any_of(w for words in d.comparators.values() for w in words)}$")
    not_counted = _Pattern(lambda d: any_of(d.numerals.abstract))
    tenths = _Pattern(
        lambda d: (
            rf"[1-9一二两三四五六七八九](?<![\d.第十百千{_NUMERALS}].){any_of(d.numerals.tenths)}"
            rf"(?P<more>[{''.join(d.numerals.half)}{_NUMERALS}])?(?!{any_of(d.numerals.not_tenths)})"
        )
    )
    doubled = _Pattern(lambda d: any_of(d.numerals.doubled))
    single = _Pattern(
        lambda d: (
            rf"[一二两三四五六七八九十](?={any_of(d.numerals.counts)})(?<![第零十两百千万{_NUMERALS}].)"
            + "".join(f"(?<!{re.escape(word)}.)" for word in d.numerals.not_behind)
        )
    )
    more = _Pattern(lambda d: any_of(d.numerals.more))

    @cached_property
    def comparators(self) -> Mapping[str, str]:
        """The sign that each comparing word stands for."""
        return {word: sign for sign, words in self.data.comparators.items() for word in words}

    # --- nouns --------------------------------------------------------------------------------------------------------

    sentence_end = _Pattern(
        lambda d: (
            rf"[。!?！？\n]|(?<=[；;])(?=[二三四五六七八九十]{{1,2}}{any_of(d.counted_off)})"
            rf"|(?=(?:^|[。；;，,：:])(?:[{_NUMERALS}十]{{1,2}}{any_of(d.counted_off)}))"
        )
    )
    leading = _Pattern(
        lambda d: (
            rf"^(?:(?!{any_of(d.beginning)})"
            rf"(?:{any_of(d.leading)}|[{_NUMERALS}十]{{1,2}}{any_of(d.counted_off)}|{any_of(d.numbered)}\d+\.?|\d+))+"
        )
    )
    links = _Pattern(lambda d: rf"(?:{any_of(d.links)}{_not_ending(d.whole_words)})+$")
    behind = _Pattern(lambda d: rf"^{any_of(d.behind)}")
    sums_to_all = _Pattern(lambda d: any_of((*d.summing, *d.current)))
    sums_to = _Pattern(lambda d: rf"{any_of(d.summing)}?{any_of(d.being)}*$")
    any_role = _Pattern(
        lambda d: _not_behind(d) + any_of((*d.roles.budget, *d.roles.executed, *d.roles.target, *d.roles.actual))
    )
    any_account = _Pattern(lambda d: rf"(?:{any_of(_account_words(d))})(?:{any_of(d.accounts.endings)})?$")

    @cached_property
    def roles(self) -> Mapping[str, re.Pattern[str]]:
        """The words of each role."""
        roles = self.data.roles
        named = (("budget", roles.budget), ("executed", roles.executed), ("target", roles.target), ("actual", roles.actual))
        return {name: re.compile(_not_behind(self.data) + any_of(words)) for name, words in named}

    @cached_property
    def accounts(self) -> Mapping[str, re.Pattern[str]]:
        """The words of each line of an account."""
        lines = self.data.accounts
        named = (
            ("opening", lines.opening), ("closing", lines.closing), ("surplus", lines.surplus), ("income", lines.income),
            ("spending", lines.spending), ("plain", lines.plain),
        )  # fmt: skip
        return {name: re.compile(rf"{any_of(words)}(?:{any_of(lines.endings)})?$") for name, words in named}

    # --- time ---------------------------------------------------------------------------------------------------------

    compared = _Pattern(lambda d: rf"{any_of(d.compared)}|{_than(d)}")
    compared_with = _Pattern(
        lambda d: (
            rf"{any_of(d.compared)}|{_than(d)}"
            rf"|{any_of(d.comparisons.than_year)}(?<![{''.join(d.comparisons.not_than)}].)(?!{any_of(d.comparisons.than_what)})"
        )
    )
    compared_behind = _Pattern(lambda d: any_of(d.comparisons.closing))
    pace = _Pattern(
        lambda d: rf"{any_of(d.comparisons.pace_than)}|{any_of(d.comparisons.than)}{_CLAUSE}*{any_of(d.comparisons.pace)}$"
    )
    passed = _Pattern(lambda d: rf"{any_of(d.passed)}$")
    set_beside = _Pattern(lambda d: any_of(d.comparisons.beside))
    compared_year = _Pattern(lambda d: rf"{any_of(d.comparisons.than)}{_YEAR}年")
    previous = _Pattern(lambda d: any_of(d.previous))
    past = _Pattern(lambda d: rf"(?<![{''.join(d.not_past)}]){any_of(d.past)}(?!年?度?末?{any_of(d.carried)})")
    carried = _Pattern(lambda d: any_of(d.carried))
    current = _Pattern(lambda d: any_of(d.current))
    year_begins = _Pattern(lambda d: any_of(d.year_begins))
    year_ends = _Pattern(lambda d: any_of(d.year_ends))

    def timeless(self, noun: str) -> str:
        """Return a noun without the words that say which year it is of."""
        return self.current.sub("", self.past.sub("", noun)).strip(self._of_time)

    @cached_property
    def share_nouns(self) -> str:
        """The characters of 比例 and 比重."""
        return "".join(self.data.rates.share_nouns)

    @cached_property
    def _of_time(self) -> str:
        return "".join(self.data.of_time)

    # --- parts and wholes ---------------------------------------------------------------------------------------------

    opener = _Pattern(
        lambda d: rf"(?P<among>{any_of(d.openers.among)})|(?!{any_of(d.openers.not_open)})(?P<open>{any_of(d.openers.open)})"
    )
    closed = _Pattern(lambda d: rf"[，,]\s?{any_of(d.openers.closed)}[:：]?|[:：]")
    opens_behind = _Pattern(lambda d: rf"[，,]?\s?{any_of((*d.openers.closed, *d.openers.among, *d.openers.open))}|[:：]")
    opens_lines = _Pattern(lambda d: rf"{any_of(d.openers.among)}[:：]")
    side_of_account = _Pattern(lambda d: rf"(?:^|[。;；\n])(?:{any_of((*d.accounts.income, *d.accounts.spending))})")
    among = _Pattern(lambda d: any_of(d.openers.among))
    among_listed = _Pattern(lambda d: rf"(?P<word>{any_of(d.openers.among)})\s?[:：,，]\s?$")
    within_named = _Pattern(
        lambda d: rf"(?:^|[，,。；;])\s*{any_of(d.openers.in_)}?(?P<name>{_CLAUSE}{{4,16}}?){any_of(d.openers.within)}[，,：:]"
    )
    sum_of_lines = _Pattern(
        lambda d: (
            rf"^{any_of(d.summed_up)}(?:{_CLAUSE}??(?P<count>[两{_NUMERALS}十]|\d{{1,2}}))?{any_of(d.summed_groups)}?"
            rf"{any_of(d.summed_things)}?{any_of((*d.total_words, *d.bare_total_words))}"
            rf"{any_of(d.summed_things)}?{any_of(d.being)}?"
        )
    )
    split_by = _Pattern(
        lambda d: (
            rf"(?:{any_of(d.split_by.from_)}{_CLAUSE}{{0,12}}?(?:{any_of(d.split_by.seen)})(?=[，,：:、]|{any_of(d.openers.among)})"
            rf"|{any_of(d.split_by.words)})[，,：:]?"
        )
    )
    signed_line = _Pattern(lambda d: any_of(d.signed_lines))
    limited = _Pattern(lambda d: any_of(d.accounts.limited))
    part_of_limit = _Pattern(lambda d: any_of(d.accounts.part_of_limit))
    owed_still = _Pattern(lambda d: any_of(d.accounts.owed_still))
    no_item = _Pattern(lambda d: any_of(d.no_item))
    names_behind = _Pattern(lambda d: rf"{_CLAUSE}{{0,12}}?[，,:：]?\s?{any_of(d.names.behind)}[:：]?(?=[^，,。；;\d])")
    names_ahead = _Pattern(lambda d: any_of(d.names.ahead))
    joins_names = _Pattern(lambda d: any_of(d.names.joins))
    goes_on = _Pattern(lambda d: any_of((*d.et_cetera, *d.names.goes_on)))
    taken_off = _Pattern(lambda d: any_of(d.taken_off))
    paid_back = _Pattern(lambda d: any_of(d.paid_back))
    lists_parts = _Pattern(lambda d: any_of((*d.openers.among, *d.listing)))
    counted_item = _Pattern(
        lambda d: (
            rf"(?<=[:：;；。,，\n])\s?(?:(?P<said>[{_NUMERALS}十]{{1,2}}){any_of(d.counted_off)}|(?P<han>[{_NUMERALS}十]{{1,2}})、"
            rf"|\((?P<bracketed>[{_NUMERALS}十]{{1,2}}|\d{{1,2}})\)|(?P<digits>\d{{1,2}})(?:、|[.．](?!\d)))"
        )
    )
    line_number = _Pattern(
        lambda d: (
            rf"\s*(?:\((?P<bracketed>[{_NUMERALS}十]{{1,2}})\)|\((?P<digits>\d{{1,2}})\)|(?P<half>\d{{1,2}})\)"
            rf"|(?P<dotted>\d{{1,2}})(?:、|[.．](?!\d)|[.．](?={_YEAR}年))|(?P<han>[{_NUMERALS}十]{{1,2}})、"
            rf"|(?P<said>[{_NUMERALS}十]{{1,2}}){any_of(d.counted_off)}|第(?P<nth>[{_NUMERALS}十]){any_of(d.summed_groups)})"
        )
    )
    aligned = _Pattern(lambda d: rf"{any_of(d.openers.aligned)}$")
    exhaustive = _Pattern(lambda d: any_of(d.exhaustive))
    # 共计划投资 is no 共计.
    total = _Pattern(lambda d: rf"(?!{any_of(d.sums)}{any_of(d.rates.planning)}){any_of(d.total_words)}")
    bare_total = _Pattern(lambda d: rf"^{_all_of_them(d)}{any_of(d.bare_total_words)}{any_of(d.being)}?$")
    all_in_all = _Pattern(lambda d: rf"{any_of((*d.total_words, *d.bare_total_words))}{any_of(d.being)}?$")
    in_all = _Pattern(lambda d: any_of((*d.total_words, *(word for word in d.sums if word not in d.grand))))
    all_of_them = _Pattern(_all_of_them)
    grand = _Pattern(lambda d: rf"{any_of(d.grand)}(?!{any_of(d.not_grand)})")
    counted_sum = _Pattern(
        lambda d: (
            rf"(?P<count>[两{_NUMERALS}十]|\d{{1,2}}){any_of((*d.summed_groups, *d.counted_groups))}{{1,2}}"
            rf"{any_of((*d.total_words, *(word for word in d.sums if word not in d.grand)))}[^\d]{{0,8}}$"
        )
    )
    sums = _Pattern(lambda d: rf"(?<![{''.join(d.not_sums_behind)}]){any_of(d.sums)}")
    split_into = _Pattern(lambda d: rf"{any_of(d.split_by.from_)}(?P<count>[两{_NUMERALS}十]){any_of(d.summed_groups)}")
    conditional = _Pattern(lambda d: rf"{any_of(d.openers.among)}?[:：]?{any_of(d.overlapping_starts)}")
    with_carried_over = _Pattern(lambda d: any_of(d.with_carried_over))
    overlapping_money = _Pattern(lambda d: rf"{any_of(d.overlapping_money)}$")
    cut_back = _Pattern(lambda d: rf"^{any_of(d.moves.lowered)}")
    no_part = _Pattern(lambda d: any_of(d.not_parts))
    inclusive = _Pattern(lambda d: any_of(d.inclusive))
    bare_division = _Pattern(
        lambda d: rf"^(?:{any_of((*d.openers.among, *d.rates.part_marks, *d.still))}(?=..))+|{any_of((*d.done, *d.being))}+$"
    )
    undone_name = _Pattern(lambda d: any_of(d.rates.negated))
    not_done = _Pattern(
        lambda d: (
            rf"{any_of(d.still)}?(?:{any_of(d.rates.negated)}|(?P<under_way>{any_of(d.under_way)}))"
            rf"(?P<doing>{_CLAUSE}{{2,4}}?)(?:{any_of((*d.done, *d.of))})*"
        )
    )
    overlapping = _Pattern(lambda d: rf"{any_of(d.overlapping_heads)}$")

    # --- changes ------------------------------------------------------------------------------------------------------

    change_by = _Pattern(
        lambda d: rf"(?:(?P<up>{any_of(d.changes.up)})|(?P<down>{any_of(d.changes.down)})){any_of(d.change_links)}{{0,4}}$"
    )
    doubtful_change = _Pattern(lambda d: any_of(d.changes.doubtful))
    from_ = _Pattern(lambda d: rf"{any_of(d.moves.from_)}{_CLAUSE}{{0,24}}$")
    onto = _Pattern(
        lambda d: (
            rf"{any_of(d.moves.to)}{any_of(d.moves.behind_to)}?"
            rf"(?:(?:{_YEAR}年|{any_of(d.current)}){any_of((*d.comparisons.behind, *d.of))}*)?{any_of(d.of)}?$"
        )
    )
    reached = _Pattern(lambda d: rf"{any_of(d.moves.reached)}$")
    upward = _Pattern(lambda d: any_of(d.moves.up))
    downward = _Pattern(lambda d: any_of(d.moves.down))
    either_way = _Pattern(lambda d: any_of(d.moves.either))
    newly = _Pattern(lambda d: rf"{any_of(d.moves.newly)}{any_of((*d.being, *d.done))}?")
    moved = _Pattern(lambda d: any_of(d.moves.any))
    around_change = _Pattern(lambda d: rf"^{any_of((*d.changes.leading, '，'))}+|{any_of(d.changes.leading)}+$")
    each = _Pattern(lambda d: rf"{any_of(d.changes.each)}")
    than_plan = _Pattern(lambda d: rf"{any_of(d.comparisons.than)}(?P<plan>{any_of(d.comparisons.plans)})")
    overrun = _Pattern(
        lambda d: rf"{any_of(d.comparisons.overruns)}{any_of(d.comparisons.overrun_behind)}?(?:{any_of(d.links)})*"
    )
    asked_for = _Pattern(lambda d: any_of(d.comparisons.asked_for))
    base = _Pattern(lambda d: rf"{any_of(d.comparisons.than)}(?P<base>{any_of(_bases(d))})")
    comparison = _Pattern(
        lambda d: (
            rf"{any_of(d.comparisons.words)}(?:{any_of(_bases(d))}|(?:(?:19|20)?\d*年?)?{any_of((*d.past, *_bases(d)))}?)"
            rf"(?:{any_of(d.comparisons.behind)}){{0,3}}{any_of(d.comparisons.closing)}?"
        )
    )
    under = _Pattern(lambda d: any_of((*d.comparators["<"], *d.comparisons.below)))
    over = _Pattern(lambda d: any_of((*d.comparators[">"], *d.comparisons.above)))
    better = _Pattern(lambda d: any_of(d.comparisons.better))
    beside = _Pattern(lambda d: any_of(d.comparisons.beside))
    standard = _Pattern(lambda d: any_of(d.comparisons.standards))
    to_target = _Pattern(lambda d: any_of((*d.statements.target, *d.comparisons.standards)))
    averaged = _Pattern(lambda d: any_of(d.numerals.averaged))
    times = _Pattern(
        lambda d: (
            rf"{any_of(d.numerals.times)}{any_of((*d.past, *d.comparisons.bases))}"
            rf"{any_of(d.numerals.of_what_times)}{{0,4}}{any_of(d.of)}$"
        )
    )

    @cached_property
    def bases(self) -> Mapping[str, str]:
        """The base of a comparison by each of its names."""
        return _bases(self.data)

    # --- rates --------------------------------------------------------------------------------------------------------

    rate_noun = _Pattern(
        lambda d: (
            rf"(?P<stem>[^，,。；：:、()“”]{{0,30}}?)(?:{any_of(d.rates.suffixes)})"
            rf"(?:{any_of((*d.rates.being, *d.rates.reaching))})*$"
        )
    )
    of_budget = _Pattern(lambda d: rf"{any_of(d.rates.of_budget)}$")
    of_target = _Pattern(
        lambda d: (
            rf"(?:{any_of(d.rates.of_target)}"
            rf"|{any_of(d.rates.portion)}{any_of(d.done)}?{_CLAUSE}{{0,8}}{any_of(d.rates.planned)}{_CLAUSE}{{0,5}}{any_of(d.of)})$"
            rf"|^{any_of(d.rates.takes)}{_CLAUSE}{{0,8}}{any_of(d.rates.planned)}$"
        )
    )
    execution = _Pattern(lambda d: rf"{any_of(d.rates.execution)}|^{any_of(d.rates.progress)}{any_of(d.rates.being)}?$")
    arrival = _Pattern(lambda d: any_of(d.rates.arrival))
    due = _Pattern(lambda d: any_of(d.rates.due))
    funds = _Pattern(lambda d: any_of(d.rates.funds))
    heading_of_money = _Pattern(
        lambda d: (
            rf"(?:\(?[{_NUMERALS}十\d]{{1,2}}[)、.．]\s?)?"
            rf"(?:{any_of((*d.rates.headings, *d.rates.plain, *d.rates.of_whole, *d.until, *d.of))}"
            rf"|(?:{_YEAR})年度?|\d{{1,2}}月(?:\d{{1,2}}日|底|末)?|[。:：,，])*"
        )
    )
    adjusted = _Pattern(lambda d: any_of(d.rates.adjusted))
    granted = _Pattern(lambda d: rf"{any_of(d.rates.granted)}[^，,。]*$")
    arrived = _Pattern(lambda d: any_of(d.rates.arrived))
    done_at_end = _Pattern(lambda d: rf"(?:{any_of((*d.roles.executed, *d.roles.actual))})+$")
    in_all_of = _Pattern(lambda d: rf"{_CLAUSE}{{0,10}}{any_of(d.rates.within)}[，,：:]")
    until = _Pattern(lambda d: rf"{any_of(d.until)}{_CLAUSE}{{0,10}}?(?:{any_of(d.until_ends)}|月|日)")
    growth_column = _Pattern(lambda d: any_of(d.growth_columns))
    change_column = _Pattern(lambda d: any_of(d.change_columns))
    otherwise_compared = _Pattern(lambda d: any_of(d.otherwise_compared))
    other_basis = _Pattern(lambda d: any_of(d.other_basis))
    taken_in = _Pattern(lambda d: any_of(d.handing.received))
    handed_on = _Pattern(lambda d: any_of(d.handing.given))
    in_stock = _Pattern(lambda d: any_of(d.handing.in_stock))
    behind_thing = _Pattern(lambda d: any_of((*d.handing.leads, *d.handing.given)))
    added_on = _Pattern(lambda d: any_of(d.added_on))
    made_of = _Pattern(lambda d: rf"^{any_of(d.made_of)}")
    made_up_of = _Pattern(lambda d: rf"^(?!{any_of(d.et_cetera)}){_CLAUSE}{{0,6}}{any_of(d.makes_up)}")
    makes_up = _Pattern(lambda d: rf"^{any_of(d.makes_up)}")
    available = _Pattern(lambda d: any_of(d.available))
    used_up = _Pattern(lambda d: rf"{any_of(d.accounts.used_up)}{_CLAUSE}*{any_of(d.accounts.plain)}")
    narrower = _Pattern(lambda d: any_of(d.accounts.narrower))
    handed_out = _Pattern(lambda d: any_of(d.accounts.handed_out))
    just_done = _Pattern(lambda d: rf"{any_of(d.rates.just_done)}(?:{any_of(d.rates.being)}|{any_of(d.of)})*")
    limit = _Pattern(lambda d: any_of(d.rates.limits))
    saved = _Pattern(lambda d: any_of(d.rates.saved))
    completion = _Pattern(lambda d: any_of(d.rates.completion))
    share = _Pattern(lambda d: rf"{any_of(d.rates.share)}{any_of(d.rates.being)}*$")
    within = _Pattern(
        lambda d: (
            rf"(?!{any_of(d.openers.among)}){_CLAUSE}{{2,10}}?(?<![{''.join(d.rates.not_within)}]){any_of(d.rates.within)}"
            rf"(?![{''.join(d.rates.not_behind_within)}])(?={_CLAUSE}{{2}})"
        )
    )
    attribute = _Pattern(lambda d: rf"{any_of(d.of)}{any_of(d.rates.takes)}$")
    share_lead = _Pattern(lambda d: rf"^{any_of(d.openers.among)}[,，：:]?|{any_of((*d.rates.about, *d.being))}*$")
    own_wholes = _Pattern(lambda d: any_of(d.rates.own_wholes))
    any_part = _Pattern(lambda d: any_of(d.rates.any_part))
    share_of = _Pattern(
        lambda d: (
            rf"{any_of(d.rates.takes)}(?:(?!{any_of(d.rates.not_takes_links)}){any_of(d.rates.takes_links)})?"
            rf"(?P<whole>[^，,。；：:、()“”{''.join(d.rates.takes)}]{{0,24}}?)"
            rf"{any_of(d.rates.behind_whole)}?{any_of(d.rates.being)}*$"
        )
    )
    of_figure = _Pattern(
        lambda d: rf"{any_of(d.rates.planned)}*{any_of(d.of)}{any_of(d.rates.share_nouns)}?{any_of(d.rates.being)}?"
    )
    taken_of = _Pattern(
        lambda d: (
            rf"(?:{any_of(d.rates.takes)}{_CLAUSE}{{2,12}}"
            rf"|{any_of(d.rates.doing)}{_CLAUSE}{{0,8}}{any_of((*d.rates.planned, *d.rates.budgeted))}{any_of(d.measures)}?)$"
        )
    )
    that_is = _Pattern(lambda d: rf"[，,(]?{any_of(d.rates.that_is)}(?:{any_of((*d.rates.about, *d.being))})*")
    shared_by = _Pattern(lambda d: rf"{any_of(d.rates.shared_by)}(?:{any_of(d.rates.share_nouns)}|{any_of(d.rates.being)})*$")
    payer = _Pattern(lambda d: any_of((*d.rates.sources, *d.rates.shared_by)))
    nothing_but_being = _Pattern(lambda d: rf"{any_of(d.rates.being)}+")
    owed = _Pattern(lambda d: rf"^{any_of(d.rates.owed)}")
    portion = _Pattern(lambda d: rf"^{any_of(d.rates.about)}?{any_of(d.rates.portion)}")
    whole_mark = _Pattern(lambda d: any_of(d.rates.whole_marks))
    part_mark = _Pattern(lambda d: any_of(d.rates.part_marks))
    several_years = _Pattern(lambda d: rf"[两{_NUMERALS}十\d]年(?!{any_of(d.of_time)})")
    released = _Pattern(lambda d: any_of(d.released))
    concluded = _Pattern(lambda d: any_of(d.concluding))
    within_year = _Pattern(lambda d: rf"(?<!\d)(?:[1-9]|1[01])月|{any_of(d.within_year)}")
    """A part of the year: what is told for its end, December, is told for the year."""
    months_told = _Pattern(lambda _: r"^[-—~至\d月]+")
    plan_words = _Pattern(lambda d: any_of(d.rates.planned))
    planning = _Pattern(lambda d: any_of(d.rates.planning))
    doing = _Pattern(lambda d: any_of(d.rates.doing))
    counted_as = _Pattern(lambda d: rf"{any_of(d.rates.counted_as)}$")
    ratio_name = _Pattern(lambda d: any_of(d.rates.ratios))
    plain = _Pattern(lambda d: rf"{any_of(d.rates.plain)}*")
    whole_name = _Pattern(lambda d: rf"(?:{_YEAR}年度?|{any_of((*d.rates.plain, *d.rates.of_whole))})*")
    of_money = _Pattern(lambda d: any_of(d.rates.of_money))

    negated = _Pattern(lambda d: rf"{any_of(d.rates.negated)}$")
    undone = _Pattern(lambda d: any_of(d.rates.undone))
    apart = _Pattern(lambda d: any_of(d.rates.apart))

    defined_name = _Pattern(
        lambda d: (
            rf"(?P<name>{any_of(name for r in d.rates.defined for name in r.names)})"
            rf"(?:{any_of((*d.rates.being, *d.rates.reaching))})*$"
        )
    )

    @cached_property
    def defined(self) -> Mapping[str, DefinedRate]:
        """The rates whose names say what over what."""
        rates = self.data.rates
        words = (*rates.negated, *rates.partial)
        undone = any_of(words)
        clear = "".join(f"(?<!{re.escape(word)})" for word in words)
        return {
            name: DefinedRate(
                re.compile(clear + any_of(rate.part)),
                re.compile(clear + any_of(rate.whole)),
                re.compile(undone + any_of(rate.part) + (f"|{any_of(rate.rest)}" if rate.rest else "")),
                re.compile(undone + any_of(rate.whole)),
                rate.alone,
            )
            for rate in rates.defined
            for name in rate.names
        }

    aimed_at = _Pattern(lambda d: any_of(d.rates.planned) + any_of(d.rates.being))
    adjusted_to = _Pattern(lambda d: any_of(d.rates.adjusted_to))
    changed_by = _Pattern(lambda d: rf"{any_of(d.rates.changed_by)}(?!.*{any_of(d.rates.adjusted_to)})")
    relative = _Pattern(lambda d: rf"{any_of(d.rates.relative)}(?:{any_of((*d.rates.being, *d.rates.reaching))})*$")
    beyond = _Pattern(lambda d: rf"{any_of(d.rates.beyond)}{any_of(d.rates.behind_beyond)}{{0,2}}$")
    budgeted = _Pattern(lambda d: _not_behind(d) + any_of(d.rates.budgeted))

    # --- accounts and prices ------------------------------------------------------------------------------------------

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """The words of each kind of stock."""
        links = any_of(self.data.links)
        return tuple(
            Flow(
                *(re.compile(rf"{_any_with_gaps(words)}(?:{links})*$") for words in (f.opening, f.inward, f.outward, f.closing))
            )
            for f in self.data.flows
        )

    gap = _Pattern(lambda d: rf"{any_of(d.gaps)}(?:{any_of(d.links)})*$")
    left_over = _Pattern(lambda d: rf"{any_of(d.left_over)}(?:{any_of(d.links)})*$")
    set_off = _Pattern(lambda d: any_of(d.accounts.set_off))
    deficit = _Pattern(lambda d: rf"{any_of(d.accounts.deficit)}(?:{any_of(d.links)})*$")
    all_income = _Pattern(lambda d: rf"{any_of(d.accounts.income_like)}{any_of(d.accounts.in_all)}(?:{any_of(d.links)})*$")
    all_spending = _Pattern(lambda d: rf"{any_of(d.accounts.spending_like)}{any_of(d.accounts.in_all)}(?:{any_of(d.links)})*$")
    unspent = _Pattern(lambda d: rf"{any_of(d.current)}?{any_of(d.unspent)}(?:{any_of(d.links)})*")
    there_are = _Pattern(lambda d: rf"^{any_of(d.being)}+")
    account_when = _Pattern(lambda d: any_of(d.accounts.when))
    account_ending = _Pattern(lambda d: rf"(?:{any_of((*d.accounts.endings, *d.total_words))})+$")
    around_amount = _Pattern(
        lambda d: rf"(?:{any_of((*d.accounts.endings, *d.total_words, *d.sums, *d.roles.budget, *d.roles.executed))})+$"
    )
    account_line = _Pattern(lambda d: rf"{any_of(d.accounts.lines)}.*$")
    both_sides = _Pattern(
        lambda d: (
            rf"(?P<of>[^，,。；;\d]{{0,12}}?)(?:{any_of(d.accounts.both_sides)}"
            rf"|{any_of(d.accounts.both_compared)}(?={any_of(d.comparisons.words)}|$))"
        )
    )
    income_like = _Pattern(lambda d: any_of(d.accounts.income_like))
    spending_like = _Pattern(lambda d: any_of(d.accounts.spending_like))
    area = _Pattern(lambda d: any_of(word for group in d.accounts.areas for word in group))
    per = _Pattern(lambda d: any_of(d.per))
    periods = _Pattern(lambda d: any_of(d.periods))
    priced = _Pattern(lambda d: rf"{any_of(d.priced.each)}(?P<unit>{any_of(d.priced.units)})")
    priced_last = _Pattern(
        lambda d: (
            rf"(?:{any_of(d.periods)})?(?:{any_of((*d.priced.each, *d.priced.heads))})?"
            rf"(?P<unit>{any_of(d.priced.units)})?[^，,。；;]{{0,4}}$"
        )
    )
    head = _Pattern(lambda d: any_of(d.priced.heads))
    benefiting = _Pattern(lambda d: rf"{any_of(d.links)}?{any_of(d.priced.benefiting)}")
    timed_price = _Pattern(lambda d: any_of(d.priced.times))
    amount_of_period = _Pattern(lambda d: rf"^{any_of(d.priced.each)}?(?P<period>{any_of(d.priced.times)})")
    nothing_but_average = _Pattern(
        lambda d: (
            rf"^(?P<period>{any_of(d.priced.times)})?(?:{any_of(d.priced.heads)}|{any_of(d.priced.averages)}?{any_of(d.priced.each)}{any_of(d.priced.units)}"
            rf"(?:{any_of(d.priced.averages)})?)(?P<noun>.*?)(?:{any_of(d.being)})*$"
        )
    )
    average = _Pattern(lambda d: any_of(d.priced.averages))
    unit_price = _Pattern(lambda d: any_of(d.priced.unit_price))
    money_before = _Pattern(lambda d: rf"{any_of(d.money)}(?:{any_of((*d.accounts.endings, *d.links))})*$")
    measure = _Pattern(lambda d: rf"(?:{any_of(d.measures)})*")
    money_behind = _Pattern(lambda d: rf"{_CLAUSE}{{0,6}}?{any_of(d.money)}(?!{any_of(d.not_money)})")
    amounts = _Pattern(lambda d: any_of(d.amounts))
    months = _Pattern(lambda d: any_of(d.months.words))
    monthly = _Pattern(lambda d: any_of(d.months.monthly))
    last_month = _Pattern(lambda d: any_of(d.months.last))
    next_year = _Pattern(lambda d: any_of(d.months.next))

    # --- scores -------------------------------------------------------------------------------------------------------

    score_own = _Pattern(lambda d: any_of(d.scores.own))
    deducted_in_all = _Pattern(lambda d: rf"{any_of(d.scores.deducted_in_all)}{any_of(d.scores.deducting)}$")
    score_base = _Pattern(lambda d: rf"{any_of(d.scores.base)}$")
    score_got = _Pattern(lambda d: rf"{any_of(d.scores.got)}{any_of(d.being)}?$")
    score_bonus = _Pattern(lambda d: any_of(d.scores.bonus))
    score_added = _Pattern(lambda d: rf"{any_of(d.scores.added)}$")
    score_total = _Pattern(lambda d: rf"{any_of(d.scores.total)}{any_of(d.being)}?$")
    score_item = _Pattern(lambda d: rf"{any_of(d.scores.item)}(?:{any_of(d.being)}|{any_of(d.done)})?$")
    score_overall = _Pattern(lambda d: rf"{any_of(d.scores.overall)}{any_of(d.being)}?$")
    score_deducted = _Pattern(lambda d: rf"{any_of(d.scores.deducted)}(?:{any_of(d.being)}|{any_of(d.done)})?$")
    score_full = _Pattern(lambda d: rf"(?:{any_of(d.scores.full)}){any_of(d.being)}?$|{any_of(d.scores.out_of)}$")
    score_by_rule = _Pattern(lambda d: rf"{any_of(d.scores.by_rule)}|{any_of(d.scores.apiece)}$")
    score_steps = _Pattern(lambda d: any_of(d.scores.steps))
    score_rate = _Pattern(lambda d: rf"{any_of(d.scores.rate)}(?:{any_of(d.links)})*$")
    grade = _Pattern(
        lambda d: (
            rf"{any_of(d.scores.graded)}(?:(?!{any_of(d.moves.from_)})[^，,。；;\d]){{0,8}}?[“\"「『]?(?P<grade>{any_of(d.scores.grades)})"
            rf"(?![\u4e00-\u9fff]|[”\"」』][\u4e00-\u9fff]?{any_of(d.inclusive)})"
        )
    )
    score_section = _Pattern(lambda d: rf"{any_of(d.scores.section)}(?!{any_of(d.scores.not_section)})")

    # --- statements ---------------------------------------------------------------------------------------------------

    no_deviation = _Pattern(lambda d: any_of(d.statements.no_deviation))
    all_done = _Pattern(lambda d: any_of(d.statements.all_done))
    ceilings = _Pattern(lambda d: any_of(d.statements.ceilings))
    results = _Pattern(lambda d: rf"{any_of(d.statements.results)}(?:{any_of(d.links)})*$")
    goals = _Pattern(
        lambda d: (
            rf"{any_of(d.statements.goals)}[^，,。；;]{{0,12}}{any_of(d.numbered)}{any_of(d.statements.goal_is)}{{0,2}}[:：]"
        )
    )
    told_target = _Pattern(lambda d: rf"{any_of(d.statements.target)}[^，,。；;\d]{{0,8}}$")
    told_actual = _Pattern(lambda d: rf"{any_of(d.statements.actual)}[^，,。；;\d]{{0,10}}$")
    one_indicator = _Pattern(lambda d: any_of(d.statements.one_indicator))
    deadline = _Pattern(
        lambda d: (
            rf"{any_of(d.statements.deadline)}[^。；;，,]{{0,12}}?(20\d\d年[01]?\d月(?:[0-3]?\d日)?)"
            rf"[^。；;，,]{{0,4}}{any_of(d.statements.by)}"
        )
    )
    planned = _Pattern(lambda d: rf"{any_of(d.statements.planned)}[^，,]{{0,8}}$")
    fulfilled = _Pattern(lambda d: rf"{any_of(d.statements.reached)}[^，,]{{0,8}}$")
    whole_project = _Pattern(lambda d: any_of(d.statements.whole_project))
    lead_comparison = _Pattern(
        lambda d: rf"{any_of((*(w for words in d.comparators.values() for w in words), *d.statements.up_to))}$"
    )
    hedge = _Pattern(lambda d: any_of(d.statements.hedges))


def _any_with_gaps(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, in which `*` stands for up to eight characters; none for no words."""
    spelled = [".{0,8}?".join(map(re.escape, word.split("*"))) for word in sorted(words, key=len, reverse=True)]
    return "(?:" + "|".join(spelled) + ")" if spelled else "(?!)"


def _account_words(data: WordingFile) -> tuple[str, ...]:
    lines = data.accounts
    return (*lines.opening, *lines.closing, *lines.surplus, *lines.income, *lines.spending, *lines.plain)


def _bases(data: WordingFile) -> dict[str, str]:
    return {name: base for base, names in data.comparisons.bases.items() for name in (base, *names)}


def _than(data: WordingFile) -> str:
    """Return the pattern of `比2022年`, which isn't the end of a word like 占比."""
    word = any_of(data.comparisons.than_year)
    return rf"{word}(?<![{''.join(data.comparisons.not_than)}].)(?={_YEAR})"


@lru_cache(maxsize=8)
def _load(path: str, stamp: tuple[int, int]) -> Wording:  # noqa: ARG001 (part of the cache key)
    """Read; `stamp` makes a changed file a different one."""
    return Wording(read_vocabulary(path))


def load_wording(path: str | Path) -> Wording:
    """Read a words file; an unchanged file is read once. Raises RulesetError with every mistake in it."""
    try:
        found = Path(path).stat()
    except OSError as error:
        raise RulesetError([f"{path}:1:1: 文件打不开（{error.strerror}）"]) from error
    return _load(str(path), (found.st_mtime_ns, found.st_size))
