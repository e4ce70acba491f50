"""The words with which prose says what its figures have to do with each other, from `rulesets/narrative/words.yaml`.

Comes in: the path of the file. Goes out: a `Wording` record with patterns made once. Nothing here looks at a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from validator.errors import RulesetError
from validator.facts.lexicon import Comparator
from validator.forms.spec import Data


class OpenerWords(Data):
    """What leads from a whole to its parts."""

    among: tuple[str, ...]
    open: tuple[str, ...]
    aligned: tuple[str, ...]


class ChangeWords(Data):
    """Verbs of a change."""

    up: tuple[str, ...]
    down: tuple[str, ...]
    doubtful: tuple[str, ...]
    """Those of them that are nouns as well: 能力提升60万元."""


class MoveWords(Data):
    """`由A提高到B`: where it starts, where it ends, which way it goes."""

    from_: tuple[str, ...] = Field(alias="from")
    to: tuple[str, ...]
    up: tuple[str, ...]
    down: tuple[str, ...]
    reached: tuple[str, ...]
    any: tuple[str, ...]


class ComparisonWords(Data):
    """With what a figure is compared."""

    words: tuple[str, ...]
    than: tuple[str, ...]
    bases: dict[str, tuple[str, ...]]
    """Each base with its other names."""
    below: tuple[str, ...]
    above: tuple[str, ...]
    beside: tuple[str, ...]


class RateWords(Data):
    """How rates are named and introduced."""

    suffixes: tuple[str, ...]
    of_budget: tuple[str, ...]
    of_target: tuple[str, ...]
    execution: tuple[str, ...]
    arrival: tuple[str, ...]
    completion: tuple[str, ...]
    share: tuple[str, ...]
    beyond: tuple[str, ...]
    of_money: tuple[str, ...]
    whole_marks: tuple[str, ...]
    part_marks: tuple[str, ...]
    counted_as: tuple[str, ...]
    ratios: tuple[str, ...]


class RoleWords(Data):
    """What makes a figure a budget, an execution, a target, a result."""

    budget: tuple[str, ...]
    executed: tuple[str, ...]
    target: tuple[str, ...]
    actual: tuple[str, ...]


class AccountWords(Data):
    """The lines of an account."""

    income: tuple[str, ...]
    spending: tuple[str, ...]
    surplus: tuple[str, ...]
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    plain: tuple[str, ...]
    when: tuple[str, ...]
    """What the name of a line says of time and place, besides whose it is."""
    lines: tuple[str, ...]
    income_like: tuple[str, ...]
    spending_like: tuple[str, ...]


class PricedWords(Data):
    """What prices are for."""

    units: tuple[str, ...]
    people: tuple[str, ...]
    heads: dict[str, str]
    unit_price: tuple[str, ...]
    averages: tuple[str, ...]


class ScoreWords(Data):
    """How scores are told."""

    item: tuple[str, ...]
    total: tuple[str, ...]
    overall: tuple[str, ...]
    deducted: tuple[str, ...]
    full: tuple[str, ...]
    zero: tuple[str, ...]
    section: tuple[str, ...]
    own: tuple[str, ...]
    deducted_in_all: tuple[str, ...]
    base: tuple[str, ...]
    got: tuple[str, ...]
    bonus: tuple[str, ...]


class NumeralWords(Data):
    """Numbers that are written in Chinese characters."""

    counts: tuple[str, ...]
    """What a single character may count; before others it is mostly a name."""
    abstract: tuple[str, ...]
    not_behind: tuple[str, ...]
    tenths: tuple[str, ...]
    not_tenths: tuple[str, ...]
    doubled: dict[str, int]
    """How many times a phrase says that something doubled."""
    averaged: tuple[str, ...]
    times: tuple[str, ...]


class NotQuantities(Data):
    """Words around numbers that measure nothing."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class StatementWords(Data):
    """What is said of figures in words."""

    no_deviation: tuple[str, ...]
    all_done: tuple[str, ...]
    low_rate: tuple[str, ...]
    goals: tuple[str, ...]
    target: tuple[str, ...]
    actual: tuple[str, ...]
    one_indicator: tuple[str, ...]
    deadline: tuple[str, ...]
    planned: tuple[str, ...]
    reached: tuple[str, ...]
    whole_project: tuple[str, ...]
    hedges: tuple[str, ...]


class WordingFile(Data):
    """`words.yaml`."""

    openers: OpenerWords
    not_exhaustive: tuple[str, ...]
    exhaustive: tuple[str, ...]
    partitions: tuple[tuple[str, ...], ...]
    series: tuple[tuple[str, ...], ...]
    overlapping_heads: tuple[str, ...]
    overlapping_starts: tuple[str, ...]
    overlapping_money: tuple[str, ...]
    total_words: tuple[str, ...]
    summed_up: tuple[str, ...]
    summed_things: tuple[str, ...]
    bare_total_words: tuple[str, ...]
    changes: ChangeWords
    change_links: tuple[str, ...]
    to_links: tuple[str, ...]
    moves: MoveWords
    comparisons: ComparisonWords
    compared: tuple[str, ...]
    previous: tuple[str, ...]
    past: tuple[str, ...]
    carried: tuple[str, ...]
    current: tuple[str, ...]
    links: tuple[str, ...]
    rates: RateWords
    roles: RoleWords
    accounts: AccountWords
    scores: ScoreWords
    per: tuple[str, ...]
    periods: dict[str, int]
    """Times in a year."""
    yearly: tuple[str, ...]
    priced: PricedWords
    amounts: tuple[str, ...]
    numerals: NumeralWords
    not_quantities: NotQuantities
    comparators: dict[Comparator, tuple[str, ...]]
    statements: StatementWords
    months: tuple[str, ...]


class Wording:
    """The lists of a words file as patterns. Compared by identity, so that it can be part of a cache key."""

    def __init__(self, data: WordingFile) -> None:  # noqa: PLR0915 (a list of patterns, one a line)
        """Compile; the data has been checked already."""
        self.data = data
        up, down = any_of(data.changes.up), any_of(data.changes.down)
        links = any_of(data.change_links)
        self.change_by = re.compile(rf"(?:(?P<up>{up})|(?P<down>{down}))(?:幅)?(?:{links}){{0,3}}$")
        self.change_to = re.compile(rf"(?:(?P<up>{up})|(?P<down>{down}))(?:{any_of(data.to_links)})$")
        self.doubtful_change = re.compile(any_of(data.changes.doubtful))
        self.compared = re.compile(rf"{any_of(data.compared)}|(?<![占评对同环相])比(?=(?:19|20)\d\d)")
        self.previous = re.compile(any_of(data.previous))
        self.past = re.compile(rf"{any_of(data.past)}(?!年?度?末?{any_of(data.carried)})")
        self.carried = re.compile(any_of(data.carried))
        self.current = re.compile(any_of(data.current))
        self.opener = re.compile(rf"(?P<among>{any_of(data.openers.among)})|(?P<open>{any_of(data.openers.open)})")
        self.among = re.compile(any_of(data.openers.among))
        self.aligned = re.compile(rf"{any_of(data.openers.aligned)}$")
        self.not_exhaustive = re.compile(any_of(data.not_exhaustive))
        self.exhaustive = re.compile(any_of(data.exhaustive))
        self.total = re.compile(any_of(data.total_words))
        self.bare_total = re.compile(rf"^(?:{any_of(data.bare_total_words)})(?:为|是|达)?$")
        self.all_of_them = re.compile(
            rf"(?:[一两二三四五六七八九十各多][批项次类期年者部分个]{{1,2}}|{any_of(data.summed_up)})?{any_of(data.summed_things)}?"
        )
        self.links = re.compile(rf"(?:{any_of(data.links)})+$")
        self.rate_noun = re.compile(
            rf"(?P<stem>[^，,。；：:、()“”]{{0,30}}?)(?:{any_of(data.rates.suffixes)})(?:为|是|达到|达|高达|约|约为|仅|仅为|均为|均达|均达到|上升为|已达|已达到|超过|完成|的)*$"
        )
        self.of_budget = re.compile(rf"{any_of(data.rates.of_budget)}$")
        self.of_target = re.compile(rf"{any_of(data.rates.of_target)}$")
        self.execution = re.compile(any_of(data.rates.execution))
        self.arrival = re.compile(any_of(data.rates.arrival))
        self.completion = re.compile(any_of(data.rates.completion))
        self.share = re.compile(rf"{any_of(data.rates.share)}(?:为|是|达到|达|约|约为|仅|仅为|高达|均为)*$")
        self.share_of = re.compile(
            r"占(?P<whole>[^，,。；：:、()“”占]{0,24}?)(?:的比例|的比重|比例|比重|的份额|的)?(?:为|是|达到|达|约|约为|仅|仅为|高达)*$"
        )
        self.whole_mark = re.compile(any_of(data.rates.whole_marks))
        self.part_mark = re.compile(any_of(data.rates.part_marks))
        self.counted_as = re.compile(rf"{any_of(data.rates.counted_as)}$")
        self.ratio_name = re.compile(any_of(data.rates.ratios))
        self.of_money = re.compile(any_of(data.rates.of_money))
        self.beyond = re.compile(rf"{any_of(data.rates.beyond)}(?:了|约|达|的|任务|计划|目标|预算){{0,2}}$")
        self.roles = {
            name: re.compile(any_of(words))
            for name, words in (
                ("budget", data.roles.budget),
                ("executed", data.roles.executed),
                ("target", data.roles.target),
                ("actual", data.roles.actual),
            )
        }
        self.any_role = re.compile("|".join(pattern.pattern for pattern in self.roles.values()))
        accounts = data.accounts
        self.accounts = {
            name: re.compile(rf"{any_of(words)}(?:额|数|金额|总额)?$")
            for name, words in (
                ("opening", accounts.opening), ("closing", accounts.closing), ("surplus", accounts.surplus),
                ("income", accounts.income), ("spending", accounts.spending),
                ("plain", accounts.plain),
            )
        }  # fmt: skip
        self.any_account = re.compile("|".join(pattern.pattern for pattern in self.accounts.values()))
        self.account_when = re.compile(any_of(accounts.when))
        self.account_line = re.compile(rf"{any_of(accounts.lines)}.*$")
        self.account_sides = (re.compile(any_of(accounts.income_like)), re.compile(any_of(accounts.spending_like)))
        moves, comparisons = data.moves, data.comparisons
        within = r"[^，,。；;:：]"
        self.from_ = re.compile(rf"{any_of(moves.from_)}{within}{{0,24}}$")
        self.onto = re.compile(rf"{any_of(moves.to)}(?:了|约)?(?:(?:19|20)\d\d年)?的?$")
        self.reached = re.compile(rf"{any_of(moves.reached)}$")
        self.upward, self.downward = re.compile(any_of(moves.up)), re.compile(any_of(moves.down))
        self.moved = re.compile(any_of(moves.any))
        aliases = {name: base for base, names in comparisons.bases.items() for name in (base, *names)}
        self.bases: Mapping[str, str] = aliases
        self.base = re.compile(rf"{any_of(comparisons.than)}(?P<base>{any_of(aliases)})")
        self.comparison = re.compile(
            rf"{any_of(comparisons.words)}(?:(?:19|20)?\d*年?)?(?:{any_of(data.past)})?(?:度|同期|末|底)?(?:相比)?"
        )
        self.below = re.compile(rf"^[^，,。；;]{{0,10}}{any_of(comparisons.below)}(?:了)?$")
        self.above = re.compile(rf"^[^，,。；;]{{0,10}}{any_of(comparisons.above)}(?:了)?$")
        self.beside = re.compile(rf"{any_of(comparisons.beside)}[^，,。；;]{{0,12}}$")
        priced = data.priced
        heads = any_of(priced.heads)
        units = any_of(priced.units)
        self.priced = re.compile(rf"每(?P<unit>{units})")
        self.priced_last = re.compile(rf"(?:{any_of(data.periods)})?(?:每|{heads})?(?P<unit>{units})?[^，,。；;]{{0,4}}$")
        self.head = re.compile(heads)
        self.average = re.compile(any_of(priced.averages))
        self.unit_price = re.compile(any_of(priced.unit_price))
        scores = data.scores
        self.score_own = re.compile(any_of(scores.own))
        self.deducted_in_all = re.compile(rf"{any_of(scores.deducted_in_all)}扣(?:分|减|除)?$")
        self.score_base = re.compile(rf"(?:{any_of(scores.base)}|满分为)$")
        self.score_got = re.compile(rf"{any_of(scores.got)}(?:为)?$")
        self.score_bonus = re.compile(any_of(scores.bonus))
        numerals = data.numerals
        self.not_counted = re.compile(any_of(numerals.abstract))
        self.numeral = re.compile(
            rf"(?P<tenths>(?<![\d.第十一二三四五六七八九百千])(?:[1-9]|[一二两三四五六七八九]){any_of(numerals.tenths)}"
            rf"(?P<more>[半一二三四五六七八九])?(?!{any_of(numerals.not_tenths)}))"
            rf"|(?P<doubled>{any_of(numerals.doubled)})"
            rf"|(?<![第零十一二两三四五六七八九百千万]){'(?<!' + ')(?<!'.join(numerals.not_behind) + ')'}"
            rf"(?P<one>[一二两三四五六七八九十])(?={any_of(numerals.counts)})"
        )
        self.averaged = re.compile(any_of(numerals.averaged))
        self.times = re.compile(
            rf"{any_of(numerals.times)}{any_of((*data.past, *data.comparisons.bases))}"
            r"(?:年)?(?:度)?(?:同期|全年|末)?(?:水平|数)?的$"
        )
        self.score_total = re.compile(rf"{any_of(scores.total)}(?:为|是|达)?$")
        self.score_item = re.compile(rf"{any_of(scores.item)}(?:为|是|了)?$")
        self.score_overall = re.compile(rf"{any_of(scores.overall)}(?:为|是|达|共)?$")
        self.score_deducted = re.compile(rf"{any_of(scores.deducted)}(?:了|为)?$")
        self.score_full = re.compile(rf"(?:{any_of(scores.full)})(?:为|是|共)?$|以$")
        self.score_zero = re.compile(any_of(scores.zero))
        self.score_section = re.compile(any_of(scores.section))
        self.per = re.compile(any_of(data.per))
        self.periods = re.compile(any_of(data.periods))
        self.amounts = re.compile(any_of(data.amounts))
        self.not_before = re.compile(rf"{any_of(data.not_quantities.before)}[：:]?$")
        self.not_after = re.compile(any_of(data.not_quantities.after))
        self.comparators: Mapping[str, str] = {word: sign for sign, words in data.comparators.items() for word in words}
        self.comparator = re.compile(rf"(?:{any_of(self.comparators)})$")
        statements = data.statements
        self.no_deviation = re.compile(any_of(statements.no_deviation))
        self.all_done = re.compile(any_of(statements.all_done))
        self.low_rate = re.compile(any_of(statements.low_rate))
        self.goals = re.compile(rf"{any_of(statements.goals)}[^，,。；;]{{0,12}}目标(?:分别)?(?:为|是|如下)?[:：]")
        self.told_target = re.compile(rf"{any_of(statements.target)}[^，,。；;\d]{{0,8}}$")
        self.told_actual = re.compile(rf"{any_of(statements.actual)}[^，,。；;\d]{{0,10}}$")
        self.one_indicator = re.compile(any_of(statements.one_indicator))
        self.deadline = re.compile(
            rf"{any_of(statements.deadline)}[^。；;，,]{{0,12}}?(20\d\d年[01]?\d月(?:[0-3]?\d日)?)[^。；;，,]{{0,4}}前"
        )
        self.planned = re.compile(rf"{any_of(statements.planned)}[^，,]{{0,8}}$")
        self.fulfilled = re.compile(rf"{any_of(statements.reached)}[^，,]{{0,8}}$")
        self.whole_project = re.compile(any_of(statements.whole_project))
        self.lead_comparison = re.compile(rf"(?:{any_of(self.comparators)}|达到)$")
        self.hedge = re.compile(any_of(statements.hedges))
        self.months = re.compile(any_of(data.months))
        self.partitions = data.partitions
        self.series = data.series
        self.conditional = re.compile(rf"(?:其中)?[:：]?{any_of(data.overlapping_starts)}")
        self.overlapping_money = re.compile(rf"{any_of(data.overlapping_money)}$")
        self.overlapping = re.compile(rf"{any_of(data.overlapping_heads)}$")


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest that fits; `*` stands for nothing here."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


@lru_cache(maxsize=8)
def _load(path: str, stamp: tuple[int, int]) -> Wording:  # noqa: ARG001 (part of the cache key)
    """Read and compile; `stamp` makes a changed file a different one."""
    import yaml

    try:
        raw: Any = yaml.load(Path(path).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
        return Wording(WordingFile.model_validate(raw))
    except yaml.YAMLError as error:
        raise RulesetError([f"{path}:1:1: 不是合法的 YAML（{error}）"]) from error
    except ValidationError as error:
        raise RulesetError([f"{path}:1:1: {'.'.join(map(str, e['loc']))}：{e['msg']}" for e in error.errors()]) from error


def load_wording(path: str | Path) -> Wording:
    """Read a words file; an unchanged file is read once. Raises RulesetError with every mistake in it."""
    try:
        found = Path(path).stat()
    except OSError as error:
        raise RulesetError([f"{path}:1:1: 文件打不开（{error.strerror}）"]) from error
    return _load(str(path), (found.st_mtime_ns, found.st_size))
