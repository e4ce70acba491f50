"""The words by which an unknown table shows what its figures have to do with each other, from `rulesets/generic/words.yaml`.

Comes in: the path of the file. Goes out: a `Words` record with matchers made once. Nothing here looks at a table.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from validator.errors import RulesetError
from validator.facts.lexicon import read_terms
from validator.forms.labels import Matcher, normalise
from validator.forms.spec import Data


class TotalWords(Data):
    """One level of totals."""

    exact: tuple[str, ...]
    """Words that mean a total by themselves."""
    loose: tuple[str, ...] = ()
    """Spellings that may mean one: other columns have to bear it out."""


class ProductWords(Data):
    """Headers of three columns of which one is the product of the others, or of four."""

    count: tuple[str, ...]
    price: tuple[str, ...]
    amount: tuple[str, ...]
    times: tuple[str, ...] = ()


class WholeWords(Data):
    """Labels of a row whose parts are laid down, and of each of those."""

    whole: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]


class RatioWords(Data):
    """Headers of a rate and of the two columns that it is laid down to follow from."""

    rate: tuple[str, ...]
    part: tuple[str, ...]
    whole: tuple[str, ...]


class BalanceWords(Data):
    """Labels of the lines of an account: income less spending is the surplus, with the opening balance the closing one."""

    term: str
    income: tuple[str, ...]
    spending: tuple[str, ...]
    surplus: tuple[str, ...]
    sure: tuple[str, ...]
    """Those of `surplus` that can't mean anything else, even where only one figure tells."""
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    only: bool = True
    """Whether nothing but income and spending moves the balance; debts are also written off and revalued."""


class LimitWords(Data):
    """Pieces of the labels of a limit and of the balance that must stay within it; what is left is the same for both."""

    of: tuple[str, ...]
    """One of these must be in it."""
    limit: tuple[str, ...]
    balance: tuple[str, ...]


class SideWords(Data):
    """Labels of the two totals of a two-sided table that must be equal, and of the rows that tell their side by themselves."""

    income: tuple[str, ...]
    spending: tuple[str, ...]
    income_rows: tuple[str, ...]
    spending_rows: tuple[str, ...]


class StatementWords(Data):
    """Labels of the first and the last line of an account in which each line between them takes something away."""

    income: tuple[str, ...]
    surplus: tuple[str, ...]


class WordsFile(Data):
    """`words.yaml`."""

    totals: tuple[TotalWords, ...]
    not_a_sum: tuple[str, ...]
    among: tuple[str, ...]
    deductions: tuple[str, ...]
    groups: tuple[str, ...]
    numbering: tuple[str, ...]
    unnamed: str
    """What a column of figures is called whose label is lost, with its number in it."""
    serials: tuple[str, ...]
    line_numbers: tuple[str, ...]
    """Headers of columns that number the rows of an account, on both of its sides."""
    codes: tuple[str, ...]
    identifiers: tuple[str, ...]
    unit_columns: tuple[str, ...]
    rates: tuple[str, ...]
    not_summed: tuple[str, ...]
    added_up: tuple[str, ...]
    """Headers that can be added up although `rates` or `not_summed` has them."""
    money: tuple[str, ...]
    counts: tuple[str, ...]
    counted: dict[str, tuple[str, ...]]
    """Headers of columns of whole numbers, by the unit of what they count."""
    shares: tuple[str, ...]
    growth_rates: tuple[str, ...]
    completions: tuple[str, ...]
    differences: tuple[str, ...]
    remainders: tuple[str, ...]
    """What is left of one amount when another is taken off."""
    other_basis: tuple[str, ...]
    """Remarks that rates are reckoned on figures other than those in the table."""
    points: tuple[str, ...]
    scores: tuple[str, ...]
    reasons: tuple[str, ...]
    weight_marks: tuple[str, ...]
    """What stands before a weight in the label of a column: (占40%)."""
    weight_rows: tuple[str, ...]
    """Labels of a row that holds the weights of the columns."""
    weighed_totals: tuple[str, ...]
    """Labels of the score that is weighed of others."""
    weighed_scores: tuple[str, ...]
    """Labels of a score times its weight."""
    bonuses: tuple[str, ...]
    penalties: tuple[str, ...]
    criteria: tuple[str, ...]
    """Texts that say how points are given."""
    levels: tuple[str, ...]
    explanations: tuple[str, ...]
    """Labels of the columns that have such texts."""
    products: tuple[ProductWords, ...]
    wholes: tuple[WholeWords, ...]
    ratios: tuple[RatioWords, ...]
    balances: tuple[BalanceWords, ...]
    limits: LimitWords
    two_sided: SideWords
    statement: StatementWords


class Level(NamedTuple):
    """How high a total stands, from 1; 0 is no total."""

    height: int
    exact: bool


ITEM = Level(0, exact=False)


class Role(NamedTuple):
    """What a row is to a whole whose parts are laid down."""

    part: int
    """Which of its parts, from 1; 0 is the whole itself."""
    parts: int
    """How many it has."""


class Words:
    """The lists of a words file, ready for matching."""

    def __init__(self, data: WordsFile) -> None:
        """Build every matcher; the data has been checked already."""
        self.data = data
        self._exact = Matcher((str(n), level.exact) for n, level in enumerate(data.totals, 1))
        self._loose = Matcher((str(n), level.loose) for n, level in enumerate(data.totals, 1))
        names = (
            "not_a_sum", "groups", "numbering", "serials", "line_numbers", "codes", "identifiers", "unit_columns", "rates",
            "not_summed", "added_up", "money", "counts", "shares", "growth_rates", "completions", "differences", "remainders",
            "other_basis", "points", "scores", "reasons", "criteria",
            "weight_rows", "weighed_totals", "weighed_scores", "bonuses", "penalties", "levels", "explanations",
        )  # fmt: skip
        self._lists = {name: Matcher([(name, getattr(data, name))]) for name in names}
        self.products = tuple(
            Matcher([("price", p.price), ("count", p.count), ("amount", p.amount), ("times", p.times)]) for p in data.products
        )
        self._wholes = tuple(Matcher((str(n), names) for n, names in enumerate((w.whole, *w.parts))) for w in data.wholes)
        self.ratios = tuple(Matcher([("rate", r.rate), ("part", r.part), ("whole", r.whole)]) for r in data.ratios)
        roles = ("income", "spending", "surplus", "opening", "closing")
        self.balances = tuple(Matcher((role, getattr(b, role)) for role in roles) for b in data.balances)
        self._counted = Matcher(data.counted.items())
        self._sure = Matcher(("sure", b.sure) for b in data.balances)
        self.sides = Matcher([("income", data.two_sided.income), ("spending", data.two_sided.spending)])
        self._rows_of_sides = Matcher(
            [("income_rows", data.two_sided.income_rows), ("spending_rows", data.two_sided.spending_rows)]
        )
        self.statement = Matcher([("income", data.statement.income), ("surplus", data.statement.surplus)])
        self.among = tuple(normalise(f"{word}甲").removesuffix("甲") or word for word in data.among)

    def is_balance(self, label: str) -> bool:
        """Tell whether a row is what an account leaves, or begins with: 结余."""
        return any(matcher.find(label) in ("surplus", "opening", "closing") for matcher in self.balances)

    def among_alone(self, text: str) -> bool:
        """Tell whether a text is nothing but a word for `among them`."""
        return text.strip(" \u3000:：,，") in self.data.among

    def is_deduction(self, text: str) -> bool:
        """Tell whether a label says that its figure is taken off: 减：累计折旧."""
        return "".join(text.split()).startswith(self.data.deductions)

    def level(self, text: str) -> Level:
        """Return which total a label names, ITEM when it names none."""
        if self.has("not_a_sum", text) or _mentions(text, self._lists["not_a_sum"]):
            return ITEM
        found = self._exact.find(text)
        if found:
            return Level(int(found), exact=True)
        found = self._loose.find(text)
        return Level(int(found), exact=False) if found else ITEM

    def roles(self, text: str) -> tuple[Role | None, ...]:
        """Return what a label names of each whole whose parts are laid down."""
        found = (matcher.find(text) for matcher in self._wholes)
        return tuple(Role(int(n), len(w.parts)) if n else None for n, w in zip(found, self.data.wholes, strict=True))

    def is_price(self, text: str) -> bool:
        """Tell whether a header names what one of the things costs that are counted beside it."""
        return any(matcher.find(text) == "price" for matcher in self.products)

    def counted(self, text: str) -> str:
        """Return the unit of what a header counts, empty where it names none."""
        return self._counted.find(text) or ""

    def side(self, text: str) -> str | None:
        """Return the side of a two-sided table that a label tells by itself, `income_rows` or `spending_rows`."""
        return self._rows_of_sides.find(text)

    def sure_surplus(self, text: str) -> bool:
        """Tell whether a label can only mean income less spending."""
        return self._sure.find(text) is not None

    def has(self, name: str, text: str) -> bool:
        """Tell whether a text is in the list of this name."""
        return self._lists[name].find(text) is not None

    def is_remark(self, text: str) -> bool:
        """Tell whether a label is of a remark, a reason or an identifier: what digits stand there are no figures."""
        return self.has("identifiers", text) or self.has("reasons", text)


def _mentions(text: str, matcher: Matcher) -> bool:
    """Look into the brackets of a label too: 合计(不含省本级)."""
    return any(matcher.find(inside) for inside in text.replace("（", "(").replace("）", ")").replace(")", "(").split("(")[1::2])


@lru_cache(maxsize=8)
def _load(path: str, stamp: tuple[int, int]) -> Words:  # noqa: ARG001 (part of the cache key)
    """Read and compile; `stamp` makes a changed file a different one."""
    try:
        return Words(read_terms(path, WordsFile))
    except ValidationError as error:
        raise RulesetError([f"{path}:1:1: {'.'.join(map(str, e['loc']))}：{e['msg']}" for e in error.errors()]) from error


def load_words(path: str | Path) -> Words:
    """Read a words file; an unchanged file is read once. Raises RulesetError with every mistake in it."""
    try:
        found = Path(path).stat()
    except OSError as error:
        raise RulesetError([f"{path}:1:1: 文件打不开（{error.strerror}）"]) from error
    return _load(str(path), (found.st_mtime_ns, found.st_size))
