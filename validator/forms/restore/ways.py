"""The ways to read tables of no form from lines, in the order in which they go.

Comes in: lines that no form took. Goes out: the tables in them. Each way reads what those before it left: where one of them has
read a table, its lines are no longer there for the next. So ways that ask for much come before ways that ask for little, those
that know what an empty cell leaves behind before those that count figures, and cells that stand apart in their lines before
cells with a line each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from validator.forms.restore import generic
from validator.forms.restore.abutting import by_abutting
from validator.forms.restore.accounts import by_number
from validator.forms.restore.balanced import by_balance, without_page_marks
from validator.forms.restore.bracketed import by_brackets
from validator.forms.restore.broken import by_breaks
from validator.forms.restore.coded import by_code
from validator.forms.restore.columned import by_columns
from validator.forms.restore.evident import by_evidence
from validator.forms.restore.generic import Grid, Named
from validator.forms.restore.laiddown import by_laid_down
from validator.forms.restore.leveled import by_levels
from validator.forms.restore.lined import by_labels
from validator.forms.restore.listed import Listed, by_list
from validator.forms.restore.numbered import by_numbering
from validator.forms.restore.outlined import by_outline
from validator.forms.restore.proven import by_proof
from validator.forms.restore.ragged import by_merged
from validator.forms.restore.serials import without_counts, without_numbers
from validator.forms.restore.sided import by_sides, by_turns
from validator.forms.restore.single import by_one_row, by_parts
from validator.forms.restore.spaced import by_blank
from validator.forms.restore.tokens import Token, cut
from validator.forms.restore.unfused import with_figures_apart

_FEWEST_IN_RUN = 9
"""Words and figures of a table on one line: two labels, a title, and three rows of a label and a figure."""


class Lines:
    """Lines, and the ways to cut them into tokens."""

    def __init__(self, texts: Sequence[str], named: Named) -> None:
        """`named` tells whether a text is in a list of words."""
        self.texts = texts
        self.named = named

    @cached_property
    def words(self) -> list[Token]:
        """What stands apart by blanks, tabs or pipes."""
        return with_figures_apart(cut(self.texts, lambda _: False))

    @cached_property
    def unnumbered(self) -> list[Token]:
        """Words without the numbers of rows."""
        return without_numbers(self.words, self.named)

    @cached_property
    def filled(self) -> list[Token]:
        """Words without blank cells."""
        return filled(self.words)

    @cached_property
    def spelt(self) -> list[Token]:
        """Words whose letters stood apart put together."""
        return generic.with_spaced_words(self.words, self.named)

    @cached_property
    def unpaged(self) -> list[Token]:
        """Spelt words without marks of pages."""
        return without_page_marks(self.words, self.named)

    @cached_property
    def cells(self) -> list[Token]:
        """Whole lines, but where tabs and pipes part them."""
        return cut(self.texts, lambda _: True)

    @cached_property
    def filled_cells(self) -> list[Token]:
        """Cells without blank ones."""
        return filled(self.cells)

    @cached_property
    def uncounted(self) -> list[Token]:
        """Filled cells without the numbers that count rows."""
        return without_counts(self.filled_cells, self.named)


class Stretch(NamedTuple):
    """Tokens in a row that no way has taken."""

    tokens: Sequence[Token]
    start: int
    end: int
    lines: Lines


_Reader = Callable[[Stretch], Iterable[Grid | Listed]]


class Way(NamedTuple):
    """A way to read tables."""

    name: str
    tokens: Callable[[Lines], Sequence[Token]]
    read: _Reader
    """Yields the tables of a stretch, in order; one without rows looks like a table and can't be read."""
    doubts_last: bool = False
    """Whether lines that it can't read are left to the ways behind it, and are doubtful only if none of them takes them."""


class Read(NamedTuple):
    """A table, or what looks like one but can't be read: that has no rows."""

    tokens: Sequence[Token]
    """What the indexes of the grid point into."""
    grid: Grid
    open_rows: frozenset[int] = frozenset()
    """Rows that lack a figure which the text does not have, each of them to be told."""
    remark: str = ""
    """What is to be said of the whole table."""

    @property
    def lines(self) -> range:
        """Indexes of the lines that it takes."""
        return range(self.tokens[self.grid.start].line, self.tokens[self.grid.end - 1].line + 1)


def filled(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens that are no blank cells."""
    return [token for token in tokens if not token.blank]


def _plain(read: Callable[[Sequence[Token], int, int, Named], Iterable[Grid | Listed]]) -> _Reader:
    return lambda stretch: read(stretch.tokens, stretch.start, stretch.end, stretch.lines.named)


def _without_names(read: Callable[[Sequence[Token], int, int], Iterable[Grid]]) -> _Reader:
    return lambda stretch: read(stretch.tokens, stretch.start, stretch.end)


def _by_tab(stretch: Stretch) -> Iterable[Grid]:
    tokens, start, end, lines = stretch
    return generic.by_tab(tokens, start, end, lines.texts, lines.named)


def _by_list_on_a_line(stretch: Stretch) -> Iterator[Listed]:
    for first, last in generic.lines_of(stretch.tokens, stretch.start, stretch.end):
        if last - first >= _FEWEST_IN_RUN:
            yield from by_list(stretch.tokens, first, last, stretch.lines.named)


def _by_uncounted_cell(stretch: Stretch) -> Iterable[Grid]:
    """Return tables only where numbers of rows were left out, and only those that can be read."""
    tokens, start, end, lines = stretch
    if len(tokens) == len(lines.filled_cells):
        return ()
    return (grid for grid in generic.by_cell(tokens, start, end, lines.named) if grid.rows)


IN_WORDS = (
    Way("broken rows", lambda lines: lines.unnumbered, _plain(by_breaks)),
    Way("two sides", lambda lines: lines.words, _without_names(by_sides)),
    Way("two sides in turn", lambda lines: lines.filled, _plain(by_turns)),
    Way("columns side by side", lambda lines: lines.words, _without_names(by_columns)),
    Way("coded accounts", lambda lines: lines.words, _plain(by_code)),
    Way("numbered accounts", lambda lines: lines.words, _plain(by_number)),
    Way("labels with a line each", lambda lines: lines.words, _plain(by_labels)),
    Way("parts below a total", lambda lines: lines.filled, _plain(by_parts)),
    Way("one row", lambda lines: lines.words, _plain(by_one_row)),
    Way("merged labels", lambda lines: lines.words, _plain(by_merged)),
    Way("a row a line", lambda lines: lines.unnumbered, _plain(generic.by_line)),
    Way("tabs", lambda lines: lines.words, _by_tab),
    Way("a table on one line", lambda lines: lines.spelt, _plain(generic.by_run)),
    Way("levels of scores", lambda lines: lines.filled, _plain(by_levels)),
    Way("points in brackets", lambda lines: lines.filled, _plain(by_brackets)),
    Way("a list on one line", lambda lines: lines.words, _by_list_on_a_line),
    Way("two sides that close", lambda lines: lines.unpaged, _plain(by_balance)),
    Way("rates on one line", lambda lines: lines.spelt, _plain(generic.by_rates)),
)
"""Ways that read cells standing apart in their lines by blanks or tabs."""

IN_CELLS = (
    Way("columns side by side, in cells", lambda lines: lines.cells, _without_names(by_columns)),
    Way("laid down", lambda lines: lines.cells, _plain(by_laid_down)),
    Way("numbered columns", lambda lines: lines.cells, _plain(by_numbering)),
    Way("levels of scores, in cells", lambda lines: lines.filled_cells, _plain(by_levels)),
    Way("points in brackets, in cells", lambda lines: lines.filled_cells, _plain(by_brackets)),
    Way("numbered accounts, in cells", lambda lines: lines.cells, _plain(by_number)),
    Way("coded accounts, in cells", lambda lines: lines.cells, _plain(by_code)),
    Way("parts below a total, in cells", lambda lines: lines.filled_cells, _plain(by_parts)),
    Way("one row, in cells", lambda lines: lines.cells, _plain(by_one_row)),
    Way("outline", lambda lines: lines.cells, _plain(by_outline)),
    Way("rows that figures prove", lambda lines: lines.filled_cells, _plain(by_proof)),
    Way("uncounted cells", lambda lines: lines.uncounted, _by_uncounted_cell),
    Way("a cell a line", lambda lines: lines.cells, _plain(generic.by_cell), doubts_last=True),
    Way("a list", lambda lines: lines.cells, _plain(by_list)),
    Way("sums that close", lambda lines: lines.filled_cells, _plain(by_evidence)),
)
"""Ways that read cells with a line each."""


def tables_in(texts: Sequence[str], named: Named) -> tuple[list[Read], list[int]]:
    """Return the tables in lines, by where they begin, and the first line of each stretch that looks like one that was lost.

    `named` tells whether a text is in a list of words.
    """
    lines = Lines(texts, named)
    found = _Found([], set())
    for by_texts in (by_blank, by_abutting):
        found.keep(Read(tokens, grid) for tokens, grid in by_texts(texts, named))
    found.keep([read for way in (*IN_WORDS, *IN_CELLS) for read in found.go(way, lines)])
    lost = list(generic.unread(lines.words, found.taken))
    return sorted(found.tables, key=lambda read: read.tokens[read.grid.start][1:3]), lost


class _Found(NamedTuple):
    """The tables found so far, and the lines that they take."""

    tables: list[Read]
    taken: set[int]

    def go(self, way: Way, lines: Lines) -> list[Read]:
        """Read lines in one way and keep what it finds; return what is doubtful only if no other way takes its lines."""
        tokens = way.tokens(lines)
        stretches = (Stretch(tokens, start, end, lines) for start, end in _free(tokens, self.taken))
        read = [_read(tokens, table) for stretch in stretches for table in way.read(stretch)]
        doubtful = [table for table in read if not table.grid.rows] if way.doubts_last else []
        sure = [table for table in read if table.grid.rows] if way.doubts_last else read
        self.tables.extend(sure)
        self.taken.update(line for table in sure for line in table.lines)
        return doubtful

    def keep(self, tables: Iterable[Read]) -> None:
        """Keep tables whose lines were not taken before."""
        others = [table for table in tables if self.taken.isdisjoint(table.lines)]
        self.tables.extend(others)
        self.taken.update(line for table in others for line in table.lines)


def _read(tokens: Sequence[Token], table: Grid | Listed) -> Read:
    return Read(tokens, table) if isinstance(table, Grid) else Read(tokens, table.grid, table.open_rows, table.remark)


def _free(tokens: Sequence[Token], taken: Collection[int]) -> list[tuple[int, int]]:
    """Return the runs of tokens whose lines are not taken."""
    runs: list[tuple[int, int]] = []
    start = 0
    for i, token in enumerate(tokens):
        if token.line in taken:
            if i > start:
                runs.append((start, i))
            start = i + 1
    if start < len(tokens):
        runs.append((start, len(tokens)))
    return runs
