"""Tables that became text become tables again, guided by the words of the forms.

Comes in: a document whose lines may be the cells of a lost table. Goes out: the same document with a `Table` where the
reading is the only one, notes where it is not, and every other line as it was. What cannot be placed for sure is in no
table, so that nothing is checked there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from validator.facts.lexicon import Lexicon
from validator.facts.words import Words
from validator.forms.labels import take_apart
from validator.forms.restore import bracketed, generic, grids, headless, piped, spaced
from validator.forms.restore.abutting import by_abutting
from validator.forms.restore.accounts import by_number
from validator.forms.restore.assemble import Sheet, build, spans
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
from validator.forms.restore.broken import by_breaks
from validator.forms.restore.coded import by_code, first_cells
from validator.forms.restore.columned import by_columns
from validator.forms.restore.combined import part_combined
from validator.forms.restore.continued import joined
from validator.forms.restore.drawn import parted
from validator.forms.restore.ending import edge_of
from validator.forms.restore.frames import without_frames
from validator.forms.restore.fused import fused_rows, taken_apart
from validator.forms.restore.halves import whole_rates
from validator.forms.restore.header import Header, find_headers
from validator.forms.restore.laiddown import by_laid_down
from validator.forms.restore.leveled import by_levels
from validator.forms.restore.lined import by_labels
from validator.forms.restore.listed import Listed, by_list
from validator.forms.restore.numbered import by_numbering
from validator.forms.restore.outlined import by_outline
from validator.forms.restore.pages import without_page_numbers, without_running_heads
from validator.forms.restore.paired import by_pairs
from validator.forms.restore.ragged import by_merged
from validator.forms.restore.ready import made_ready
from validator.forms.restore.scattered import by_scattered, has_both_values
from validator.forms.restore.serials import without_counts, without_numbers, without_serials
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.sided import by_sides, by_turns
from validator.forms.restore.signed import by_signs
from validator.forms.restore.simplified import simplified
from validator.forms.restore.single import by_one_row, by_parts
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
from validator.forms.restore.unbroken import Unbroken, unbroken
from validator.forms.restore.unfused import with_figures_apart
from validator.forms.restore.vocabulary import Vocabulary, of_ruleset
from validator.forms.restore.wrapped import join_wrapped
from validator.model.document import GRIDS, LINES, Document, Note, Paragraph, Table

_UNSURE = "这里像一张表，但各行的数对不上栏目，认不准，未作核对。"
_TOO_LONG = "这里的表太长，没有还原，未作核对。"
_HEADLESS = "这里像自评表的后半部分，表头不在文中，分不出各数属于哪一栏，未作核对。"
_FUSED = "这里的文字连在一起，分不出表里的各栏，未作核对。"
_SHORTEST_FUSED = 60
"""Characters of a line with blanks that may be a whole table run together."""
_SHORTEST_FUSED_HEADER = 10
"""Characters of a line without blanks that may be the labels of its columns."""
_FEWEST_LABELS = 3
"""Labels of columns in a line that has several, and not one that holds blanks."""
_FEWEST_FIGURES = 4
"""Figures in a line that has several cells."""
_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT})
_FEWEST_IN_RUN = 9
"""Words and figures of a table on one line: two labels, a title, and three rows of a label and a figure."""
_MOST_TOKENS = 25_000
_EMPTY = " |\t\r\xa0\u3000\ufeff"
_Found = list[tuple[Sequence[Token], generic.Grid]]
"""Tables, each with the tokens that its indexes point into."""
_kept: dict[int, tuple[Any, Vocabulary, generic.Named]] = {}


def restore(document: Document, ruleset: Any) -> Document:
    """Return the document with tables in place of the lines that were tables."""
    if document.format not in LINES and document.format not in GRIDS:
        return document
    vocabulary, named = _words_of(ruleset)
    document = replace(document, blocks=simplified(document.blocks, ruleset.wording.simplified))
    document = _with_first_labels(document, vocabulary) if document.format in GRIDS else document
    blocks: list[Table | Paragraph] = []
    notes: list[Note] = []
    lines: list[Paragraph] = []
    titled = False
    given = joined(document.blocks, vocabulary) if document.format == "md" else document.blocks
    for block in (*given, None):
        titled = titled or (isinstance(block, Paragraph) and vocabulary.is_title(block.text.strip()))
        if isinstance(block, Paragraph) and document.format in LINES:
            lines.append(block)
            continue
        for piece in parted(lines, _next_number(blocks)):
            if isinstance(piece, Table):
                table, told = grids.realign(piece, vocabulary, titled=titled)
                blocks.append(table)
                notes += told
                continue
            for rest in unbroken(piece, vocabulary, _next_number(blocks)):
                if isinstance(rest, Unbroken):
                    blocks.append(rest.table)
                    notes += rest.notes
                else:
                    _restore_ready(without_frames(rest), vocabulary, named, blocks, notes)
        lines = []
        if block is not None:
            blocks.append(_realigned(block, document.format, vocabulary, named, notes, titled=titled))
    blocks = [grids.with_repeats_whole(block, named) if isinstance(block, Table) else block for block in blocks]
    headless_at = {note.address for note in notes if note.message == _HEADLESS}
    notes = [note for note in notes if note.message != _UNSURE or note.address not in headless_at]
    return replace(document, blocks=tuple(blocks), notes=document.notes + tuple(notes), edge=edge_of(document))


def _with_first_labels(document: Document, vocabulary: Vocabulary) -> Document:
    """Return the document with labels above its first table, where that begins with rows of a list that lost them."""
    at = next((n for n, block in enumerate(document.blocks) if isinstance(block, Table)), None)
    table = document.blocks[at] if at is not None else None
    if at is None or not isinstance(table, Table):
        return document
    labelled, unread = headless.with_labels(table, vocabulary)
    notes = (Note(_HEADLESS, unread),) if unread else ()
    if labelled is table and not notes:
        return document
    blocks = (*document.blocks[:at], labelled, *document.blocks[at + 1 :])
    return replace(document, blocks=blocks, notes=document.notes + notes)


def _realigned(
    block: Table | Paragraph, format: str, vocabulary: Vocabulary, named: generic.Named, notes: list[Note], *, titled: bool
) -> Table | Paragraph:
    if format not in GRIDS or not isinstance(block, Table):
        return block
    text = "".join(cell.text for row in block.rows for cell in row if cell is not None)
    if vocabulary.may_occur("".join(text.split())):
        placed, told = grids.realign(block, vocabulary, titled=titled)
        notes += told
        if placed is not block or grids.holds_header(block, vocabulary):
            return grids.with_rows_across(placed)
    whole = grids.with_short_rows_in_place(block, named)
    notes += (_open_row(whole, r) for r in sorted(whole.open_rows - block.open_rows))
    return grids.with_totals_in_place(whole, named)


def _words_of(ruleset: Any) -> tuple[Vocabulary, generic.Named]:
    kept = _kept.get(id(ruleset))
    if kept is None or kept[0] is not ruleset:
        if len(_kept) > 8:
            _kept.clear()
        kept = _kept[id(ruleset)] = (ruleset, of_ruleset(ruleset), partial(_is_named, ruleset.words, ruleset.lexicon))
    return kept[1:]


def _is_named(words: Words, lexicon: Lexicon, name: str, text: str) -> bool:
    if name == "totals":
        return words.level(text).height > 0
    if name == "captions":
        return lexicon.caption.search(text) is not None
    if name == "prices":
        return words.is_price(text)
    if name == "laid_down":
        return words.level(text).height > 0 or any(words.roles(text))
    if name == "ratios":
        return any(matcher.find(text) for matcher in words.ratios)
    if name == "groups" and take_apart(text).among:
        return True
    return words.is_remark(text) if name == "remarks" else words.has(name, text)


def _restore_ready(
    paragraphs: Sequence[Paragraph],
    vocabulary: Vocabulary,
    named: generic.Named,
    blocks: list[Table | Paragraph],
    notes: list[Note],
) -> None:
    ready = made_ready(
        without_running_heads(without_page_numbers(paragraphs), vocabulary), vocabulary.is_title, vocabulary.known
    )
    before, noted = len(blocks), len(notes)
    _restore_lines(ready.paragraphs, vocabulary, named, blocks, notes)
    if ready.pieces:
        blocks[before:] = ready.given_back(blocks[before:])
        notes[noted:] = ready.noted(notes[noted:])


def _restore_lines(
    paragraphs: Sequence[Paragraph],
    vocabulary: Vocabulary,
    named: generic.Named,
    blocks: list[Table | Paragraph],
    notes: list[Note],
) -> None:
    lines = [paragraph.text for paragraph in paragraphs]
    at, before = 0, len(blocks)
    lost: list[range] = []
    named_columns = vocabulary.may_occur("".join("".join(lines).split()))
    if named_columns or headless.may_occur(lines, vocabulary):
        at, lost = _restore_forms(paragraphs, lines, vocabulary, named, blocks, notes, headed=named_columns)
    _restore_others(paragraphs[at:], named, blocks, notes)
    kept = {block.address for block in blocks if isinstance(block, Paragraph)}
    for rows in lost:
        if paragraphs[rows.start].address in kept:
            _note_once(paragraphs[rows.start : rows.stop], notes)
    _tell_fused(
        [block for block in blocks[before:] if isinstance(block, Paragraph)], vocabulary if named_columns else None, notes
    )


def _tell_fused(left: Sequence[Paragraph], vocabulary: Vocabulary | None, notes: list[Note]) -> None:
    """Say which lines that became no table are a header or rows run together. `vocabulary`: None where no header can be."""
    told = {note.address for note in notes}
    rows = {left[n].address for n in fused_rows([block.text for block in left])}
    for block in left:
        fused = block.address in rows or (vocabulary is not None and _is_fused_header(block.text, vocabulary))
        if fused and block.address not in told:
            notes.append(Note(_FUSED, block.address))


def _is_fused_header(line: str, vocabulary: Vocabulary) -> bool:
    text = "".join(line.split())
    if len(line) < (_SHORTEST_FUSED_HEADER if text == line.strip() else _SHORTEST_FUSED):
        return False
    return vocabulary.may_occur(text) and vocabulary.has_fused_header(text)


def _note_once(paragraphs: Sequence[Paragraph], notes: list[Note]) -> None:
    """Say once of a block that its figures don't go with its columns, whatever was said of lines in it."""
    inside = {paragraph.address for paragraph in paragraphs}
    notes[:] = [note for note in notes if note.message != _UNSURE or note.address not in inside]
    notes.append(Note(_UNSURE, paragraphs[0].address))


def _restore_forms(
    paragraphs: Sequence[Paragraph],
    lines: Sequence[str],
    vocabulary: Vocabulary,
    named: generic.Named,
    blocks: list[Table | Paragraph],
    notes: list[Note],
    *,
    headed: bool,
) -> tuple[int, list[range]]:
    """Append what is before and in the forms; return the number of lines used up, and the lines of unreadable blocks.

    `headed`: the labels of columns may be among the lines.
    """
    titles: dict[int, bool] = {}

    def is_title(line: int) -> bool:
        if line not in titles:
            titles[line] = vocabulary.is_title(lines[line].strip(" \t|\xa0"))
        return titles[line]

    modes = _modes(lines, vocabulary, is_title)
    if not headed and headless.have_cells_on_lines(lines, vocabulary):
        modes = [True] * len(lines)
    tokens = without_placeholders(cut(lines, modes.__getitem__), vocabulary.is_number_of_row, vocabulary.known)
    tokens = join_wrapped(tokens, lines, vocabulary.known, lambda text: bool(vocabulary.meaning(text).groups))
    tokens = taken_apart(whole_rates(part_combined(tokens, vocabulary, is_title)), vocabulary)
    tokens = part_labels(tokens, lambda text: bool(vocabulary.meaning(text).columns), vocabulary.columns_in)
    tokens = part_groups(tokens, vocabulary.known, vocabulary.groups_before)
    tokens = join_points(tokens, lambda text: bool(vocabulary.meaning(text).groups))
    tokens = begin_groups(tokens, lambda text: bool(vocabulary.meaning(text).groups))
    tokens = join_rows_of_labels(tokens, lambda text: bool(vocabulary.meaning(text).columns))
    pieces, tokens = tokens, join_labels(tokens, vocabulary.spelled, vocabulary.are_columns)
    text = Lines(lines, is_title, vocabulary)
    tokens = without_foreign_lines(tokens, text)
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
    found, lost = _read_blocks(tokens, headers, again, signed, text, paragraphs, notes)
    found = _with_scattered(_with_pairs(found, lost, tokens, vocabulary), lost, tokens, pieces, vocabulary)
    found = _with_tail(found, tokens, headers, text, paragraphs, notes)
    starts = [part.start for part in lost]
    at = done = 0
    for span in spans(tokens, found, vocabulary, is_title):
        first, last = tokens[span.start], tokens[span.end - 1]
        if first.line >= at:
            blocks += _piece(paragraphs[at - 1], done) if done else ()
            done = 0
        _restore_others(paragraphs[at : first.line], named, blocks, notes)
        if span.start and tokens[span.start - 1].line == first.line:
            blocks += _piece(paragraphs[first.line], done, first.start - 1)
        inside = lost[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        table, open_ends = build(span, tokens, inside, paragraphs, vocabulary, _next_number(blocks))
        blocks.append(table)
        notes += open_ends
        notes += (Note(_UNSURE, address) for address in dict.fromkeys(paragraphs[tokens[p.start].line].address for p in inside))
        at, done = last.last_line + 1, 0 if last.stop >= 0 else last.end
    blocks += _piece(paragraphs[at - 1], done) if done else ()
    return at, [range(tokens[part.start].line, tokens[part.stop - 1].line + 1) for part in lost]


def _read_blocks(
    tokens: Sequence[Token],
    headers: Sequence[Header],
    again: Collection[int],
    signed: Mapping[int, Block],
    text: Lines,
    paragraphs: Sequence[Paragraph],
    notes: list[Note],
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
            notes.append(Note(_TOO_LONG, paragraphs[tokens[header.first].line].address))
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
    scattered = list(by_scattered(tokens, taken, pieces, vocabulary))
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
    notes: list[Note],
) -> list[Block]:
    """Return the blocks with the rows before the first of them that have no header; what nobody can tell of such is noted."""
    ends = [*(header.first for header in headers[:1]), *(block.header.first for block in found[:1])]
    end = min(ends, default=len(tokens))
    titles = (i for i, token in enumerate(tokens[:end]) if token.gap >= Gap.LINE and text.is_title(token.line))
    tail = headless.tail_of(tokens, next(titles, end), text.vocabulary)
    if tail is None:
        return found
    if tail.block is None:
        notes.append(Note(_HEADLESS, paragraphs[tail.first.line].address))
        return found
    return [tail.block, *found]


def _runs_of(numbers: Collection[int]) -> list[range]:
    """Return the runs of numbers that follow each other."""
    firsts = sorted(n for n in numbers if n - 1 not in numbers)
    ends = sorted(n + 1 for n in numbers if n + 1 not in numbers)
    return [range(first, end) for first, end in zip(firsts, ends, strict=True)]


def _without_score_tables(headers: list[Header], tokens: Sequence[Token], named: generic.Named) -> list[Header]:
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


def _next_number(blocks: Sequence[Table | Paragraph]) -> int:
    return sum(isinstance(block, Table) for block in blocks) + 1


def _restore_others(
    paragraphs: Sequence[Paragraph], named: generic.Named, blocks: list[Table | Paragraph], notes: list[Note]
) -> None:
    """Append lines of no form; those that are a table by their pipes, or by the count of their figures, become one."""
    lines = [paragraph.text for paragraph in paragraphs]
    at = 0
    grids = _by_pipe(lines, named) if any("|" in line for line in lines) else []
    unread = {grid.first for grid in grids if not grid.rows}
    for grid in grids:
        _restore_counted(paragraphs[at : grid.first], named, blocks, notes)
        at = grid.last + 1
        if not grid.rows:
            notes.append(Note(_UNSURE, paragraphs[grid.first].address))
            blocks += paragraphs[grid.first : at]
            continue
        sheet = Sheet(paragraphs)
        open_rows = {*grid.open_rows, len(grid.rows) - 1} if grid.last + 1 in unread else grid.open_rows
        for n, (row, spanned) in enumerate(zip(grid.rows, grid.spans, strict=True)):
            sheet.add(row, spanned, summed=n not in open_rows)
        table = sheet.table(_next_number(blocks))
        blocks.append(table)
        notes += (_open_row(table, n) for n in grid.unplaced)
    _restore_counted(paragraphs[at:], named, blocks, notes)


def _by_pipe(lines: Sequence[str], named: generic.Named) -> list[piped.Grid]:
    """Return the tables that pipes tell, but those in which the code of an account is not what its row begins with.

    The levels of a score table tell its rows whatever cells were merged away.
    """
    cells = _filled(cut(lines, lambda _: True))
    leveled = [
        piped.Grid(cells[grid.start].line, cells[grid.end - 1].line, grid.rows, grid.spans)
        for way in (by_levels, bracketed.by_brackets)
        for grid in way(cells, 0, len(cells), named)
    ]
    taken = {line for grid in leveled for line in range(grid.first, grid.last + 1)}
    others = (grid for grid in _by_places(lines, named) if taken.isdisjoint(range(grid.first, grid.last + 1)))
    return sorted([*leveled, *others], key=lambda grid: grid.first)


def _by_places(lines: Sequence[str], named: generic.Named) -> list[piped.Grid]:
    grids = piped.by_pipe(lines, named)
    codes = first_cells(lines, named) if grids else frozenset[tuple[int, int]]()
    if not codes:
        return grids
    begun = {(row[0][0].line, row[0][0].start) for grid in grids for row in grid.rows if row.get(0)}
    return [grid for grid in grids if not any(grid.first <= line <= grid.last for line, _ in codes - begun)]


def _open_row(table: Table, row: int) -> Note:
    label = next(cell for cell in table.rows[row] if cell is not None and cell.text)
    return Note(f"“{label.text}”一行少了几格，分不出各数属于哪一栏，未作核对。", label.address)


def _restore_counted(
    paragraphs: Sequence[Paragraph], named: generic.Named, blocks: list[Table | Paragraph], notes: list[Note]
) -> None:
    """Append lines without pipes of a table; those that are a table by the count of their figures become one."""
    lines = [paragraph.text for paragraph in paragraphs]
    if not generic.may_occur(lines) and not bracketed.may_occur(lines):
        blocks += paragraphs
        return
    words = with_figures_apart(cut(lines, lambda _: False))
    found, listeds = _in_words(words, lines, named)
    cells = cut(lines, lambda _: True)
    _in_cells(cells, named, found, listeds)
    taken = _lines_taken(found)
    notes += (Note(_UNSURE, paragraphs[line].address) for line in generic.unread(words, taken))
    at = done = 0
    for tokens, grid in sorted(found, key=lambda pair: pair[0][pair[1].start][1:3]):
        first, last = tokens[grid.start].line, tokens[grid.end - 1].line
        if not grid.rows:
            notes.append(Note(_UNSURE, paragraphs[first].address))
            continue
        if first >= at:
            blocks += _piece(paragraphs[at - 1], done) if done else ()
            blocks += paragraphs[at:first]
            done = 0
        blocks += _piece(paragraphs[first], done, tokens[grid.start].start - 1)
        sheet = Sheet(paragraphs)
        listed = listeds.get(id(grid), Listed(grid, frozenset()))
        lost = listed.open_rows
        for n, (row, spanned) in enumerate(zip(grid.rows, grid.spans, strict=True)):
            sheet.add(row, spanned, summed=n not in lost and n not in grid.open_rows)
        table = sheet.table(_next_number(blocks))
        blocks.append(table)
        notes += (_open_row(table, n) for n in sorted(lost))
        notes += [Note(listed.remark, table.address)] if listed.remark else []
        at, done = last + 1, tokens[grid.end - 1].end
    blocks += _piece(paragraphs[at - 1], done) if done else ()
    blocks += paragraphs[at:]


def _in_words(words: Sequence[Token], lines: Sequence[str], named: generic.Named) -> tuple[_Found, dict[int, Listed]]:
    """Return the tables whose cells stand apart by blanks or tabs, and what is known of some of them by the id of the grid."""
    found: _Found = list(spaced.by_blank(lines, named))
    found += [
        (tokens, grid)
        for tokens, grid in by_abutting(lines, named)
        if _lines_taken(found).isdisjoint(_lines_taken([(tokens, grid)]))
    ]
    listeds: dict[int, Listed] = {}
    bare = without_numbers(words, named)
    found += [(bare, grid) for a, b in _free(bare, _lines_taken(found)) for grid in by_breaks(bare, a, b, named)]
    found += [(words, grid) for a, b in _free(words, _lines_taken(found)) for grid in by_sides(words, a, b)]
    filled = _filled(words)
    found += [(filled, grid) for a, b in _free(filled, _lines_taken(found)) for grid in by_turns(filled, a, b, named)]
    found += [(words, grid) for a, b in _free(words, _lines_taken(found)) for grid in by_columns(words, a, b)]
    for start, end in _free(words, _lines_taken(found)):
        for listed in chain.from_iterable(way(words, start, end, named) for way in (by_code, by_number, by_labels)):
            found.append((words, listed.grid))
            listeds[id(listed.grid)] = listed
    found += [(filled, grid) for a, b in _free(filled, _lines_taken(found)) for grid in by_parts(filled, a, b, named)]
    for way in (by_one_row, by_merged):
        for start, end in _free(words, _lines_taken(found)):
            found += [(words, grid) for grid in way(words, start, end, named)]
    found += [(bare, grid) for a, b in _free(bare, _lines_taken(found)) for grid in generic.by_line(bare, a, b, named)]
    for start, end in _free(words, _lines_taken(found)):
        found += [(words, grid) for grid in generic.by_tab(words, start, end, lines, named)]
    spelt = generic.with_spaced_words(words, named)
    for start, end in _free(spelt, _lines_taken(found)):
        found += [(spelt, grid) for grid in generic.by_run(spelt, start, end, named)]
    for way in (by_levels, bracketed.by_brackets):
        found += [(filled, grid) for a, b in _free(filled, _lines_taken(found)) for grid in way(filled, a, b, named)]
    for start, end in _free(words, _lines_taken(found)):
        for first, last in generic.lines_of(words, start, end):
            for listed in by_list(words, first, last, named) if last - first >= _FEWEST_IN_RUN else ():
                found.append((words, listed.grid))
                listeds[id(listed.grid)] = listed
    found += [(spelt, grid) for a, b in _free(spelt, _lines_taken(found)) for grid in generic.by_rates(spelt, a, b, named)]
    return found, listeds


def _in_cells(cells: Sequence[Token], named: generic.Named, found: _Found, listeds: dict[int, Listed]) -> None:
    """Add the tables with a cell on each line."""
    unsure: list[generic.Grid] = []
    filled = _filled(cells)
    found += [(cells, grid) for a, b in _free(cells, _lines_taken(found)) for grid in by_columns(cells, a, b)]
    found += [(cells, grid) for a, b in _free(cells, _lines_taken(found)) for grid in by_laid_down(cells, a, b, named)]
    found += [(cells, grid) for a, b in _free(cells, _lines_taken(found)) for grid in by_numbering(cells, a, b, named)]
    for way in (by_levels, bracketed.by_brackets):
        found += [(filled, grid) for a, b in _free(filled, _lines_taken(found)) for grid in way(filled, a, b, named)]
    for start, end in _free(cells, _lines_taken(found)):
        for listed in (*by_number(cells, start, end, named), *by_code(cells, start, end, named)):
            found.append((cells, listed.grid))
            listeds[id(listed.grid)] = listed
    found += [(filled, grid) for a, b in _free(filled, _lines_taken(found)) for grid in by_parts(filled, a, b, named)]
    for way in (by_one_row, by_outline):
        for start, end in _free(cells, _lines_taken(found)):
            found += [(cells, grid) for grid in way(cells, start, end, named)]
    bare = without_counts(filled, named)
    if len(bare) < len(filled):
        for start, end in _free(bare, _lines_taken(found)):
            found += [(bare, grid) for grid in generic.by_cell(bare, start, end, named) if grid.rows]
    for start, end in _free(cells, _lines_taken(found)):
        grids = generic.by_cell(cells, start, end, named)
        found += [(cells, grid) for grid in grids if grid.rows]
        unsure += [grid for grid in grids if not grid.rows]
    for start, end in _free(cells, _lines_taken(found)):
        for listed in by_list(cells, start, end, named):
            found.append((cells, listed.grid))
            listeds[id(listed.grid)] = listed
    taken = _lines_taken(found)
    found += [(cells, grid) for grid in unsure if taken.isdisjoint(_lines_taken([(cells, grid)]))]


def _filled(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens that are no blank cells."""
    return [token for token in tokens if not token.blank]


def _lines_taken(found: Sequence[tuple[Sequence[Token], generic.Grid]]) -> set[int]:
    return {line for tokens, grid in found for line in range(tokens[grid.start].line, tokens[grid.end - 1].line + 1)}


def _piece(paragraph: Paragraph, start: int, end: int | None = None) -> tuple[Paragraph, ...]:
    """Return what a line says between two characters (from 0), as a paragraph of its own, when it says anything."""
    text = paragraph.text[start:end]
    said = text.strip(_EMPTY)
    first = start + len(text) - len(text.lstrip(_EMPTY)) + 1
    return (Paragraph(said, f"{paragraph.address}:{first}-{first + len(said) - 1}"),) if said else ()


def _free(tokens: Sequence[Token], taken: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of tokens whose lines are not taken."""
    start = 0
    for i, token in enumerate(tokens):
        if token.line in taken:
            if i > start:
                yield start, i
            start = i + 1
    if start < len(tokens):
        yield start, len(tokens)


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
