"""Lines in which the blocks of forms stand: funds, lists of indicators, scores, with the fields of a heading above them.

Comes in: paragraphs in which the labels of columns occur, or rows that only a form has. Goes out: a table for each form whose
blocks can be read; the lines before, between and behind them are those of no form. The figures of a block that do not go with
its columns are in no table, and that is noted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from validator.forms.restore import headless
from validator.forms.restore.assemble import build, spans
from validator.forms.restore.blocks import (
    Block,
    Lines,
    end_of_figures,
    is_borne_out,
    is_mark_of_continuation,
    read_block,
    repeated,
    without_foreign_lines,
)
from validator.forms.restore.combined import part_combined
from validator.forms.restore.fused import taken_apart
from validator.forms.restore.generic import Named
from validator.forms.restore.halves import whole_rates
from validator.forms.restore.header import Header, find_headers
from validator.forms.restore.leveled import by_levels
from validator.forms.restore.others import restore_others
from validator.forms.restore.paired import by_pairs
from validator.forms.restore.restored import UNSURE, Restored
from validator.forms.restore.scattered import by_scattered, has_both_values
from validator.forms.restore.serials import without_serials
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.signed import by_signs
from validator.forms.restore.tokens import (
    Gap,
    Token,
    begin_groups,
    cut,
    join_labels,
    join_points,
    join_rows_of_labels,
    part_groups,
    part_labels,
    without_placeholders,
)
from validator.forms.restore.unnamed import by_figures_alone
from validator.forms.restore.vocabulary import Vocabulary
from validator.forms.restore.wrapped import join_wrapped
from validator.model.document import Paragraph

HEADLESS = "这里像自评表的后半部分，表头不在文中，分不出各数属于哪一栏，未作核对。"
_TOO_LONG = "这里的表太长，没有还原，未作核对。"
_FEWEST_LABELS = 3
"""Labels of columns in a line that has several, and not one that holds blanks."""
_FEWEST_FIGURES = 4
"""Figures in a line that has several cells."""
_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT})
_MOST_TOKENS = 25_000


class _Blocks(NamedTuple):
    """The blocks in some lines."""

    tokens: Sequence[Token]
    found: list[Block]
    lost: list[range]
    """The tokens of blocks that can't be read."""


def restore_forms(
    paragraphs: Sequence[Paragraph], vocabulary: Vocabulary, named: Named, restored: Restored, *, headed: bool
) -> tuple[int, list[range]]:
    """Append what is before and in the forms; return the number of lines used up, and the lines of unreadable blocks.

    `headed`: the labels of columns may be among the lines.
    """
    lines = [paragraph.text for paragraph in paragraphs]
    titles: dict[int, bool] = {}

    def is_title(line: int) -> bool:
        if line not in titles:
            titles[line] = vocabulary.is_title(lines[line].strip(" \t|\xa0"))
        return titles[line]

    text = Lines(lines, is_title, vocabulary)
    modes = _modes(lines, vocabulary, is_title)
    if not headed and headless.have_cells_on_lines(lines, vocabulary):
        modes = [True] * len(lines)
    tokens, found, lost = _blocks_in(_pieces(text, modes), text, paragraphs, named, restored)
    starts = [part.start for part in lost]
    at = done = 0
    for span in spans(tokens, found, vocabulary, is_title):
        first, last = tokens[span.start], tokens[span.end - 1]
        if first.line >= at:
            if done:
                restored.add_piece(paragraphs[at - 1], done)
            done = 0
        restore_others(paragraphs[at : first.line], named, restored)
        if span.start and tokens[span.start - 1].line == first.line:
            restored.add_piece(paragraphs[first.line], done, first.start - 1)
        inside = lost[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        table, open_ends = build(span, tokens, inside, paragraphs, vocabulary, restored.next_number)
        restored.add(table)
        restored.notes += open_ends
        for address in dict.fromkeys(paragraphs[tokens[part.start].line].address for part in inside):
            restored.note(UNSURE, address)
        at, done = last.last_line + 1, 0 if last.stop >= 0 else last.end
    if done:
        restored.add_piece(paragraphs[at - 1], done)
    return at, [range(tokens[part.start].line, tokens[part.stop - 1].line + 1) for part in lost]


def _pieces(text: Lines, modes: Sequence[bool]) -> list[Token]:
    """Cut lines into tokens, with those taken apart that run together and those joined that were torn; labels excepted.

    `modes` tell for each line whether it is one cell.
    """
    vocabulary = text.vocabulary

    def are_groups(label: str) -> bool:
        return bool(vocabulary.meaning(label).groups)

    def are_columns(label: str) -> bool:
        return bool(vocabulary.meaning(label).columns)

    tokens = without_placeholders(cut(text.texts, modes.__getitem__), vocabulary.is_number_of_row, vocabulary.known)
    tokens = join_wrapped(tokens, text.texts, vocabulary.known, are_groups)
    tokens = taken_apart(whole_rates(part_combined(tokens, vocabulary, text.is_title)), vocabulary)
    tokens = part_labels(tokens, are_columns, vocabulary.columns_in)
    tokens = part_groups(tokens, vocabulary.known, vocabulary.groups_before)
    tokens = begin_groups(join_points(tokens, are_groups), are_groups)
    return join_rows_of_labels(tokens, are_columns)


def _blocks_in(
    pieces: Sequence[Token], text: Lines, paragraphs: Sequence[Paragraph], named: Named, restored: Restored
) -> _Blocks:
    """Find the blocks: below their headers first, then those that no header row tells, where nothing else was read."""
    vocabulary = text.vocabulary
    tokens = without_foreign_lines(join_labels(pieces, vocabulary.spelled, vocabulary.are_columns), text)
    headers = _without_score_tables(find_headers(tokens, vocabulary), tokens, named)
    if len(bare := without_serials(tokens, headers, named)) < len(tokens):
        tokens, headers = bare, _without_score_tables(find_headers(bare, vocabulary), bare, named)
    again = dict(repeated(tokens, headers, text))
    if any(again.values()):
        tokens = _without_headers(tokens, [headers[n] for n, goes_on in again.items() if goes_on])
        headers = find_headers(tokens, vocabulary)
        again = dict(repeated(tokens, headers, text))
    signed = {block.header.first: block for block in by_signs(tokens, vocabulary)}
    headers, again = _with_signed(headers, again, signed)
    found, lost = _read_blocks(tokens, headers, again, signed, text, paragraphs, restored)
    found = _with_scattered(_with_pairs(found, lost, tokens, vocabulary), lost, tokens, pieces, vocabulary)
    return _Blocks(tokens, _with_tail(found, tokens, headers, text, paragraphs, restored), lost)


def _read_blocks(
    tokens: Sequence[Token],
    headers: Sequence[Header],
    again: Collection[int],
    signed: Mapping[int, Block],
    text: Lines,
    paragraphs: Sequence[Paragraph],
    restored: Restored,
) -> tuple[list[Block], list[range]]:
    """Return the blocks below the headers, and the tokens of those that can't be read.

    `again`: headers that come once more. `signed`: blocks that were read already, by where they begin.
    """
    found: list[Block] = []
    lost: list[range] = []
    for n, header in enumerate(headers):
        limit = headers[n + 1].first if n + 1 < len(headers) else len(tokens)
        if header.first in signed:
            found.append(signed[header.first])
        elif limit - header.body > _MOST_TOKENS:
            restored.note(_TOO_LONG, paragraphs[tokens[header.first].line].address)
        elif header.part.has_figures:
            block = read_block(tokens, header, limit, text)
            if not is_borne_out(block, tokens, headers, text):
                continue
            if block.lost or not block.rows:
                end = block.end if block.rows else end_of_figures(tokens, header, limit)
                shares_line = limit < len(tokens) and tokens[limit].line == tokens[header.body - 1].last_line
                if end > header.body or (not block.rows and shares_line):  # pieces of the labels of the header behind it
                    lost.append(range(header.first, end))
                    continue
            found.append(block)
            if n in again and block.rows:
                block.rows[0].summed = False
    return found, lost


def _with_signed(
    headers: list[Header], again: Mapping[int, bool], signed: Mapping[int, Block]
) -> tuple[list[Header], dict[int, bool]]:
    """Return the headers with those of blocks read already, in place of any inside them, and those of `again` renumbered."""
    if not signed:
        return headers, dict(again)
    taken = {i for block in signed.values() for i in range(block.header.first, block.end)}
    kept = sorted(
        (
            *(header for header in headers if taken.isdisjoint(range(header.first, header.body))),
            *(block.header for block in signed.values()),
        ),
        key=lambda header: header.first,
    )
    firsts = [header.first for header in kept]
    goes_on = {headers[n].first: value for n, value in again.items()}
    return kept, {n: goes_on[first] for n, first in enumerate(firsts) if first in goes_on}


def _with_pairs(found: Sequence[Block], lost: Sequence[range], tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Block]:
    """Return the blocks with those that have no header row, where no other was read or given up, in the order of the text."""
    taken = {i for part in (*(range(block.header.first, block.end) for block in found), *lost) for i in part}
    paired = [block for block in by_pairs(tokens, vocabulary) if taken.isdisjoint(range(block.header.first, block.end))]
    return sorted((*found, *paired), key=lambda block: block.header.first)


def _with_scattered(
    found: Sequence[Block], lost: list[range], tokens: Sequence[Token], pieces: Sequence[Token], vocabulary: Vocabulary
) -> list[Block]:
    """Return the blocks with those whose labels stand scattered before them: what they stand among is given up.

    Rows of a block that was given up may be such, or those of one whose header has not even the labels of both values.
    """
    sure = [block for block in found if has_both_values(block.header)]
    taken = {i for block in sure for i in range(block.header.first, block.end)}
    scattered = list(by_scattered(tokens, taken, pieces, vocabulary)) or list(
        by_figures_alone(tokens, taken, pieces, vocabulary)
    )
    rows = {i for block in scattered for i in range(block.header.first, block.end)}
    kept = [block for block in found if has_both_values(block.header) or rows.isdisjoint(range(block.header.first, block.end))]
    taken = {i for block in kept for i in range(block.header.first, block.end)}
    for block in scattered:
        labels = {id(label) for _, label in block.header.labels}
        start = next((i for i in range(block.header.first) if id(tokens[i]) in labels and i not in taken), block.header.first)
        given_up = {*range(start, block.header.first), *(i for part in lost for i in part)}
        lost[:] = _runs_of(given_up - rows)
    return sorted((*kept, *scattered), key=lambda block: block.header.first)


def _with_tail(
    found: list[Block],
    tokens: Sequence[Token],
    headers: Sequence[Header],
    text: Lines,
    paragraphs: Sequence[Paragraph],
    restored: Restored,
) -> list[Block]:
    """Return the blocks with the rows before the first of them that have no header; what nobody can tell of such is noted."""
    ends = [*(header.first for header in headers[:1]), *(block.header.first for block in found[:1])]
    end = min(ends, default=len(tokens))
    titles = (i for i, token in enumerate(tokens[:end]) if token.gap >= Gap.LINE and text.is_title(token.line))
    tail = headless.tail_of(tokens, next(titles, end), text.vocabulary)
    if tail is None:
        return found
    if tail.block is None:
        restored.note(HEADLESS, paragraphs[tail.first.line].address)
        return found
    return [tail.block, *found]


def _runs_of(numbers: Collection[int]) -> list[range]:
    """Return the runs of numbers that follow each other."""
    firsts = sorted(n for n in numbers if n - 1 not in numbers)
    ends = sorted(n + 1 for n in numbers if n + 1 not in numbers)
    return [range(first, end) for first, end in zip(firsts, ends, strict=True)]


def _without_score_tables(headers: list[Header], tokens: Sequence[Token], named: Named) -> list[Header]:
    """Leave out the headers of tables that their levels tell better: no target and no result stands in their rows."""
    if not headers:
        return headers
    filled = [(i, token) for i, token in enumerate(tokens) if not token.blank]
    cells = [token for _, token in filled]
    grids = by_levels(cells, 0, len(cells), named)
    taken = {i for grid in grids for i, _ in filled[grid.start : grid.end]}
    return [header for header in headers if header.first not in taken]


def _without_headers(tokens: Sequence[Token], headers: Sequence[Header]) -> list[Token]:
    """Return the tokens without headers that come again on another page, and without the mark of that before them."""
    gone: set[int] = set()
    for header in headers:
        gone.update(range(header.first, header.body))
        before = header.first - 1
        if before >= 0 and is_mark_of_continuation(tokens[before].text):
            gone.add(before)
    return [token for i, token in enumerate(tokens) if i not in gone]


def _modes(lines: Sequence[str], vocabulary: Vocabulary, is_title: Callable[[int], bool]) -> list[bool]:
    """Tell for each line whether a line is one cell: where labels of columns have lines of their own, form by form."""
    modes: list[bool] = []
    start = 0
    whole = parts = 0
    for n, line in enumerate(lines):
        if is_title(n):
            modes += [whole >= 3 and whole > parts] * (n - start)
            start, whole, parts = n, 0, 0
        if "\t" in line or "|" in line:
            continue
        text = line.strip()
        if not text or len(text) > 400:
            continue
        words = text.split() if " " in text else []
        labels = sum(bool(vocabulary.meaning(word).columns) for word in words)
        figures = sum(shape_of(word) in _FIGURES for word in words)
        if figures >= _FEWEST_FIGURES:
            parts += figures
        elif labels < _FEWEST_LABELS and vocabulary.meaning(text).columns:
            whole += 1
        else:
            parts += labels
    return modes + [whole >= 3 and whole > parts] * (len(lines) - start)
