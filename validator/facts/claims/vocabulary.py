"""What stands in `rulesets/narrative/words.yaml`, checked as it is read.

Comes in: the path of the file. Goes out: a `WordingFile`. What its words match is the business of `facts.claims.wording`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from validator.errors import RulesetError
from validator.facts.lexicon import Comparator, read_terms
from validator.forms.spec import Data


class OpenerWords(Data):
    """What leads from a whole to its parts."""

    among: tuple[str, ...]
    open: tuple[str, ...]
    not_open: tuple[str, ...]
    """Words that begin like one that opens a list."""
    in_: tuple[str, ...] = Field(alias="in")
    within: tuple[str, ...]
    """Around the name of a whole that parts are listed of: 在基本支出中."""
    closed: tuple[str, ...]
    """Right behind a figure: all its parts follow."""
    aligned: tuple[str, ...]
    behind: tuple[str, ...]
    """Ends of units: an opening word may follow them without a mark."""


class ChangeWords(Data):
    """Verbs of a change."""

    up: tuple[str, ...]
    down: tuple[str, ...]
    doubtful: tuple[str, ...]
    """Those of them that are nouns as well: 能力提升60万元."""
    leading: tuple[str, ...]
    each: tuple[str, ...]


class MoveWords(Data):
    """`由A提高到B`: where it starts, where it ends, which way it goes."""

    from_: tuple[str, ...] = Field(alias="from")
    to: tuple[str, ...]
    up: tuple[str, ...]
    down: tuple[str, ...]
    either: tuple[str, ...]
    """Up or down."""
    raised: tuple[str, ...]
    """By how much, told as a figure of its own behind the two: 调增."""
    lowered: tuple[str, ...]
    reached: tuple[str, ...]
    any: tuple[str, ...]
    newly: tuple[str, ...]
    """Before what came anew: at least as much as the whole grew by."""
    behind_to: tuple[str, ...]


class ComparisonWords(Data):
    """With what a figure is compared."""

    words: tuple[str, ...]
    than: tuple[str, ...]
    bases: dict[str, tuple[str, ...]]
    """Each base with its other names."""
    base_roles: dict[str, str]
    """Which role a figure has that is compared with: 比预算."""
    plans: tuple[str, ...]
    """Plans that a change may be told against: 比年初预算."""
    overruns: tuple[str, ...]
    """What is above a plan: 超出预算."""
    overrun_behind: tuple[str, ...]
    asked_for: tuple[str, ...]
    """Words for what was planned: 申请, 安排."""
    behind: tuple[str, ...]
    closing: tuple[str, ...]
    than_year: tuple[str, ...]
    not_than: tuple[str, ...]
    """Characters before `than_year` that make another word of it: 占比."""
    than_what: tuple[str, ...]
    """Characters behind it that do: 比例."""
    below: tuple[str, ...]
    above: tuple[str, ...]
    better: tuple[str, ...]
    """Above a standard, or below it where less is better."""
    beside: tuple[str, ...]
    pace: tuple[str, ...]
    """Behind what is compared with: 较均衡进度慢."""
    pace_than: tuple[str, ...]
    """Before it: 慢于均衡进度."""
    standards: tuple[str, ...]


class SplitWords(Data):
    """What opens one of several ways to split up a whole."""

    from_: tuple[str, ...] = Field(alias="from")
    seen: tuple[str, ...]
    words: tuple[str, ...]


class RateDefinition(Data):
    """What over what a rate is by its name."""

    names: tuple[str, ...]
    part: tuple[str, ...]
    whole: tuple[str, ...]
    rest: tuple[str, ...] = ()
    """What is told for the rest of the whole, in words of its own."""
    alone: bool = False


class RateWords(Data):
    """How rates are named and introduced."""

    suffixes: tuple[str, ...]
    of_budget: tuple[str, ...]
    of_target: tuple[str, ...]
    execution: tuple[str, ...]
    steps: tuple[str, ...]
    """What is done to what a step before it counts, and to nothing else."""
    just_done: tuple[str, ...]
    """All that stands before what was done of a plan: 预算5万元，支出3万元，完成60%."""
    limits: tuple[str, ...]
    """What must not be exceeded, and is no whole of what happened."""
    saved: tuple[str, ...]
    """In the name of a rate of what was saved."""
    progress: tuple[str, ...]
    """What a rate of execution may be called right behind what was spent, with no word before it."""
    arrival: tuple[str, ...]
    completion: tuple[str, ...]
    share: tuple[str, ...]
    beyond: tuple[str, ...]
    sources: tuple[str, ...]
    """Who gave the money, if not all of it."""
    headings: tuple[str, ...]
    """What a heading may say besides, if the lines below it are about all of the money."""
    plain: tuple[str, ...]
    """What may be left of the name of a budget, or of its rate, that is told of the whole and not of a part."""
    of_whole: tuple[str, ...]
    """What may be left of it besides, where nothing but its name is asked for."""
    of_money: tuple[str, ...]
    whole_marks: tuple[str, ...]
    part_marks: tuple[str, ...]
    counted_as: tuple[str, ...]
    ratios: tuple[str, ...]
    being: tuple[str, ...]
    """Between the name of a rate and its figure."""
    reaching: tuple[str, ...]
    takes: tuple[str, ...]
    takes_links: tuple[str, ...]
    not_takes_links: tuple[str, ...]
    """Behind 占, where the same characters begin the name of a whole."""
    own_wholes: tuple[str, ...]
    """In shares of which each has a whole of its own."""
    any_part: tuple[str, ...]
    """Before 占, what names no part of its own."""
    behind_whole: tuple[str, ...]
    """What closes the name of the whole in 占总数的比例."""
    share_nouns: tuple[str, ...]
    within: tuple[str, ...]
    """Behind what the shares that follow are of: 收入中财政拨款占80%."""
    not_within: tuple[str, ...]
    """Characters with which it is another word: 集中, 初中."""
    not_behind_within: tuple[str, ...]
    about: tuple[str, ...]
    portion: tuple[str, ...]
    behind_beyond: tuple[str, ...]
    budgeted: tuple[str, ...]
    granted: tuple[str, ...]
    arrived: tuple[str, ...]
    due: tuple[str, ...]
    """Before what was to come in."""
    funds: tuple[str, ...]
    """What names money that there was to spend."""
    adjusted: tuple[str, ...]
    planning: tuple[str, ...]
    planned: tuple[str, ...]
    """In the name of what something is told to be so many per cent of: 占年度投资计划的."""
    doing: tuple[str, ...]
    that_is: tuple[str, ...]
    shared_by: tuple[str, ...]
    """Who pays the share of an amount that a rate gives."""
    owed: tuple[str, ...]
    """Verbs before a figure that a rate told before it gives: 应补."""
    points: tuple[str, ...]
    multiples: tuple[str, ...]
    undone: tuple[str, ...]
    """What is not the part that a rate seems to name: 辍学."""
    stages: tuple[str, ...]
    """At what time a budget was that much: a rate of one stage is none of another."""
    adjusted_to: tuple[str, ...]
    """What a budget was changed to."""
    changed_by: tuple[str, ...]
    """By how much it was changed."""
    relative: tuple[str, ...]
    """Rates of by how much one figure differs from another."""
    defined: tuple[RateDefinition, ...]
    negated: tuple[str, ...]
    """Right before a word of a rate: the figure is of its opposite."""
    partial: tuple[str, ...]
    """Right before a word of a definition: the figure is of less, or of what is still to do."""
    apart: tuple[str, ...]
    """In the name of a rate that isn't what the figures beside it give: it was aimed at, or it is a mean of rates."""


class RoleWords(Data):
    """What makes a figure a budget, an execution, a target, a result."""

    budget: tuple[str, ...]
    executed: tuple[str, ...]
    target: tuple[str, ...]
    actual: tuple[str, ...]


class AccountWords(Data):
    """The lines of an account."""

    named_like_budgets: tuple[str, ...]
    """What stands before 预算 in the name of an account, which is no plan: 一般公共预算."""
    funds: tuple[str, ...]
    """What has 预算 or 安排 before it in its name and is no plan either: 安排预算稳定调节基金."""
    income: tuple[str, ...]
    spending: tuple[str, ...]
    surplus: tuple[str, ...]
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    plain: tuple[str, ...]
    used_up: tuple[str, ...]
    """Before the word of a balance: it came in, or went, and was not there."""
    narrower: tuple[str, ...]
    """What makes the name of income or spending that of a part of it."""
    handed_out: tuple[str, ...]
    """What was taken of a balance before the end of the year."""
    when: tuple[str, ...]
    """What the name of a line says of time and place, besides whose it is."""
    endings: tuple[str, ...]
    lines: tuple[str, ...]
    income_like: tuple[str, ...]
    spending_like: tuple[str, ...]
    areas: tuple[tuple[str, ...], ...]
    """Whose a figure is: the words of one group mean one area, those of two groups mean two."""
    divided_by_level: tuple[tuple[str, str], ...] = Field(alias="divided-by-level")
    """The words for the two levels whose accounts make that of an area."""
    synonyms: tuple[tuple[str, ...], ...]
    """The names of one account, the one of today first."""
    limited: tuple[str, ...]
    """The most that may be owed."""
    part_of_limit: tuple[str, ...]
    """In the name of a limit that is added to the one there was, or left of it."""
    owed_still: tuple[str, ...]
    """What is owed."""
    set_off: tuple[str, ...]
    """Before what is left of the income told so far once the spending told so far is taken off."""
    deficit: tuple[str, ...]
    """What spending in all is more than income in all."""
    in_all: tuple[str, ...]
    """Behind 收入 or 支出: all that came or went, what was carried over and moved included."""
    both_sides: tuple[str, ...]
    """Income and spending in one word, which are the same amount."""
    both_compared: tuple[str, ...]
    """So are they in these words, where a comparison follows at once."""


class FlowWords(Data):
    """How a stock and its movements are told; `*` stands for any words."""

    opening: tuple[str, ...]
    inward: tuple[str, ...]
    outward: tuple[str, ...]
    closing: tuple[str, ...]


class PricedWords(Data):
    """What prices are for."""

    each: tuple[str, ...]
    units: tuple[str, ...]
    people: tuple[str, ...]
    heads: dict[str, str]
    unit_price: tuple[str, ...]
    benefiting: tuple[str, ...]
    """Before how many an amount went to."""
    times: tuple[str, ...]
    """What a price is for besides a thing: a month, a term."""
    averages: tuple[str, ...]


class ScoreWords(Data):
    """How scores are told."""

    item: tuple[str, ...]
    total: tuple[str, ...]
    overall: tuple[str, ...]
    deducted: tuple[str, ...]
    full: tuple[str, ...]
    out_of: tuple[str, ...]
    rate: tuple[str, ...]
    graded: tuple[str, ...]
    """What leads up to a grade."""
    grades: tuple[str, ...]
    by_rule: tuple[str, ...]
    """Before points of a scoring rule, which nobody got or lost."""
    apiece: tuple[str, ...]
    execution_marks: int
    """What the official form gives for the execution of the budget."""
    full_marks: int
    """What the points of all items add up to."""
    steps: tuple[str, ...]
    """Words of a method by steps or deductions, that gives no score in proportion."""
    section: tuple[str, ...]
    not_section: tuple[str, ...]
    """Behind a word of `section`: it is another word then."""
    own: tuple[str, ...]
    deducted_in_all: tuple[str, ...]
    deducting: tuple[str, ...]
    base: tuple[str, ...]
    got: tuple[str, ...]
    bonus: tuple[str, ...]
    added: tuple[str, ...]


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
    of_what_times: tuple[str, ...]
    more: tuple[str, ...]
    """What makes an estimate of a numeral it follows."""
    half: tuple[str, ...]
    inside: tuple[str, ...]
    """Before a numeral: it is no number by itself."""


class DateWords(Data):
    """Words around dates."""

    behind_short_year: tuple[str, ...]
    """What tells the year `23年` from a time of 23 years."""
    not_a_day: tuple[str, ...]


class MonthWords(Data):
    """How long a balance lasts."""

    words: tuple[str, ...]
    units: tuple[str, ...]
    monthly: tuple[str, ...]
    last: tuple[str, ...]
    next: tuple[str, ...]


class NotQuantities(Data):
    """Words around numbers that measure nothing."""

    before: tuple[str, ...]
    before_small: tuple[str, ...]
    """Before a number of one or two digits without a unit of measure."""
    after: tuple[str, ...]
    joined: tuple[str, ...]
    """What may follow a figure without a unit, besides marks."""


class StatementWords(Data):
    """What is said of figures in words."""

    no_deviation: tuple[str, ...]
    all_done: tuple[str, ...]
    goals: tuple[str, ...]
    goal_is: tuple[str, ...]
    target: tuple[str, ...]
    actual: tuple[str, ...]
    one_indicator: tuple[str, ...]
    ceilings: tuple[str, ...]
    """In the name of what is to stay below its target."""
    results: tuple[str, ...]
    """Rates that money buys."""
    deadline: tuple[str, ...]
    by: tuple[str, ...]
    up_to: tuple[str, ...]
    planned: tuple[str, ...]
    reached: tuple[str, ...]
    whole_project: tuple[str, ...]
    hedges: tuple[str, ...]


class PartitionOf(Data):
    """What divides a whole of that name, and no other."""

    whole: tuple[str, ...]
    parts: tuple[str, ...]


class NameListWords(Data):
    """What stands around names that are listed beside their number."""

    behind: tuple[str, ...]
    """Between the number and its names, all of which follow."""
    ahead: tuple[str, ...]
    """Before names that their number follows."""
    joins: tuple[str, ...]
    """Between the last two names, and within names."""
    goes_on: tuple[str, ...]
    """In lists that are not complete, or no lists of single names."""


class HandingWords(Data):
    """What is said of things that came in and were handed out."""

    received: tuple[str, ...]
    given: tuple[str, ...]
    """Before a receiver."""
    leads: tuple[str, ...]
    """Behind the name of a thing, before how it was handed out."""
    in_stock: tuple[str, ...]
    """Of things that were there before others came in."""


class HeadsOfGroups(Data):
    """Groups of which each has people in it, and how the people are told."""

    groups: tuple[str, ...]
    """Units."""
    groups_named: tuple[str, ...] = ()
    """Ends of names of a number of groups that is told in another unit."""
    people: tuple[str, ...]
    named: tuple[str, ...]
    """Between the two numbers."""


class WordingFile(Data):
    """`words.yaml`."""

    traditional: tuple[Annotated[str, Field(min_length=2, max_length=2)], ...]
    """Pairs of characters: the traditional one, and the simplified one that the words are told in."""
    openers: OpenerWords
    et_cetera: tuple[str, ...]
    no_item: tuple[str, ...]
    """What says of an item that there was nothing of it."""
    names: NameListWords
    exhaustive: tuple[str, ...]
    partitions: tuple[tuple[str, ...], ...]
    partitions_in_time: tuple[tuple[str, ...], ...]
    """What divides a year's budget, or a year's spending, but no budget into what was spent when."""
    partitions_of: tuple[PartitionOf, ...]
    main_items: tuple[tuple[str, ...], ...]
    """Groups of which a list tells some and leaves small ones out."""
    signed_lines: tuple[str, ...]
    """In lines that are taken away from the others."""
    taken_off: tuple[str, ...]
    """Before an item of a list that is taken off the others."""
    paid_back: tuple[str, ...]
    """In the name of an item that lowers an income: taxes paid back."""
    listing: tuple[str, ...]
    """Between a whole and the colon behind which its parts are counted off."""
    split_by: SplitWords
    concluding: tuple[str, ...]
    """Before what follows from the figures told, and is none of them."""
    within_year: tuple[str, ...]
    """Parts of a year that are no months told by number."""
    under_way: tuple[str, ...]
    """Before what is being done, and is not done."""
    still: tuple[str, ...]
    """Before what has not been done."""
    with_carried_over: tuple[str, ...]
    """Totals that hold what was carried over besides the parts of the year."""
    series: tuple[tuple[str, ...], ...]
    inclusive: tuple[str, ...]
    """What makes a grade comprise the others of its series."""
    not_parts: tuple[str, ...]
    """In the name of what is no part of the whole before it."""
    overlapping_heads: tuple[str, ...]
    traits: tuple[tuple[str, ...], ...]
    """What people are counted by, and counted again by what is in another group."""
    overlapping_starts: tuple[str, ...]
    overlapping_money: tuple[str, ...]
    total_words: tuple[str, ...]
    summed_up: tuple[str, ...]
    summed_many: tuple[str, ...]
    summed_groups: tuple[str, ...]
    summed_things: tuple[str, ...]
    counted_groups: tuple[str, ...]
    bare_total_words: tuple[str, ...]
    sums: tuple[str, ...]
    not_sums_behind: tuple[str, ...]
    """Characters behind which these are part of another word."""
    grand: tuple[str, ...]
    not_grand: tuple[str, ...]
    """What makes it the name of a body, and no total."""
    summing: tuple[str, ...]
    being: tuple[str, ...]
    done: tuple[str, ...]
    of: tuple[str, ...]
    beginning: tuple[str, ...]
    """Words whose first character is no `leading` one."""
    leading: tuple[str, ...]
    """What stands before the name of a figure without belonging to it."""
    behind: tuple[str, ...]
    counted_off: tuple[str, ...]
    """What follows the numeral of an enumeration: 一是."""
    numbered: tuple[str, ...]
    changes: ChangeWords
    change_links: tuple[str, ...]
    moves: MoveWords
    comparisons: ComparisonWords
    compared: tuple[str, ...]
    previous: tuple[str, ...]
    past: tuple[str, ...]
    not_past: tuple[str, ...]
    """Characters before 上年 with which it is another word: 加上年初结转."""
    carried: tuple[str, ...]
    current: tuple[str, ...]
    of_time: tuple[str, ...]
    year_begins: tuple[str, ...]
    year_ends: tuple[str, ...]
    dates: DateWords
    whole_words: tuple[str, ...]
    """Words whose last character is no link and no sign of an estimate."""
    links: tuple[str, ...]
    rates: RateWords
    roles: RoleWords
    accounts: AccountWords
    flows: tuple[FlowWords, ...]
    released: tuple[str, ...]
    """In the name of what was owed and need not be paid."""
    gaps: tuple[str, ...]
    """How far two figures are apart, whichever is larger: what differs in parts doesn't add up."""
    left_over: tuple[str, ...]
    """Before a figure that is the difference of the two before it."""
    spent_on: tuple[str, ...]
    """Behind an amount: what it was for, and nothing else was."""
    unspent: tuple[str, ...]
    """What is left of a budget after all spending."""
    scores: ScoreWords
    per: tuple[str, ...]
    periods: dict[str, int]
    """Times in a year."""
    yearly: tuple[str, ...]
    priced: PricedWords
    growth_columns: tuple[str, ...] = Field(alias="growth-columns")
    """In the labels of columns of growth."""
    change_columns: tuple[str, ...] = Field(alias="change-columns")
    otherwise_compared: tuple[str, ...] = Field(alias="otherwise-compared")
    """In the label of growth, or before it: it is not that from the year before."""
    amounts: tuple[str, ...]
    other_basis: tuple[str, ...] = Field(alias="other-basis")
    """Before growth that is reckoned from other figures than those listed."""
    handing: HandingWords
    heads: tuple[HeadsOfGroups, ...]
    added_on: tuple[str, ...]
    makes_up: tuple[str, ...] = Field(alias="makes-up")
    made_of: tuple[str, ...] = Field(alias="made-of")
    """Before what the figures listed so far add up to."""
    available: tuple[str, ...]
    """Before what there is, with what was carried over."""
    """They begin a sentence that adds to the figure of the one before."""
    until: tuple[str, ...]
    until_ends: tuple[str, ...]
    """The end of the time that they begin: 截至9月底."""
    passed: tuple[str, ...]
    """Before a bound that each of several passes: 总收入超200亿元的."""
    money: tuple[str, ...]
    """What is always counted in money, so that a bare 万 or 亿 beside it is 万元 or 亿元."""
    not_money: tuple[str, ...]
    """Behind these words, what makes something else of them: 资金项目 are counted."""
    measures: tuple[str, ...]
    """Behind a name: what says no more than that it is a number."""
    numerals: NumeralWords
    not_quantities: NotQuantities
    comparators: dict[Comparator, tuple[str, ...]]
    statements: StatementWords
    months: MonthWords


def read_vocabulary(path: str | Path) -> WordingFile:
    """Read a words file. Raises RulesetError with every mistake in it."""
    try:
        return read_terms(path, WordingFile)
    except ValidationError as error:
        raise RulesetError([f"{path}:1:1: {'.'.join(map(str, e['loc']))}：{e['msg']}" for e in error.errors()]) from error
