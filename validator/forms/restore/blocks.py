"""Find where a block ends, and read its rows.

Comes in: the tokens of a stretch and its headers. Goes out: `Block`s: a header and rows with each token in its column, and
notes on what could not be placed. How a block becomes a table is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise, takewhile
from typing import NamedTuple

from validator.forms.evidence import OWN_COLUMNS, has_rows_of_a_form
from validator.forms.labels import take_apart
from validator.forms.restore import torn
from validator.forms.restore.align import Aligner, Column, Layout, Placed
from validator.forms.restore.alone import settle_alone
from validator.forms.restore.anchored import place_by_group
from validator.forms.restore.centred import set_upright
from validator.forms.restore.header import Header, columns_of
from validator.forms.restore.muddled import (
    have_no_place_for_rates,
    have_values_for_names,
    hold_pairs_of_figures,
    is_muddled,
    without_cut_rates,
    without_stragglers,
)
from validator.forms.restore.points import are_too_few, doubt, settle_lone, without_nameless_total, without_points_of_group
from validator.forms.restore.quotients import are_misplaced, are_scrambled, settle
from validator.forms.restore.rows import Problem, Row
from validator.forms.restore.shapes import FIGURES, Shape, is_period, is_run_together, is_year, shape_of
from validator.forms.restore.slots import place_by_slot
from validator.forms.restore.sunken import has_labels_below
from validator.forms.restore.tokens import PAGE_MARK, Gap, Token, is_closed_below
from validator.forms.restore.vocabulary import FIGURE_TYPES, Part, Vocabulary
from validator.forms.spec import SUMMED

_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|附件|注[:：]")
_CONTINUED = re.compile(rf"[(（]?续(?:上?表|前)?[一二三四五六七八九十\d]*[)）]?|.{{0,30}}[(（]续表?[)）]|{PAGE_MARK.pattern}")
_FOREIGN = re.compile(rf"注[:：]|附件\d*$|{_CONTINUED.pattern}")
_PROSE = 60
_TALK = frozenset({Shape.WORD, Shape.LONG})
_PER_CENT = ("%", "％", "‰")
"""No name begins so: it is the unit of a column that was not understood."""
_SCORES = frozenset({Shape.NUMBER, Shape.DASH})
_BARE = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.SIGNED})
_MANY_FIGURES = 3
_FEWEST_FIGURES = 2
"""Figures in a row that is looked at for whether it is one."""
_FEWEST_ODD = 2
_FEWEST_OPEN = 4
"""Rows with something that could not be placed that make a block unreadable where most rows are such."""
_ODD_OF = 3
_MOST_WORDS = 4
"""Words at the beginning of a row: groups, a name, a remark of the row before."""
_FEWEST_PIPES = 3
_FRAME = "─┼"
"""What lines between rows are drawn with: where it stands in a cell, a row is more than a line, and its cells are cut."""
_FEWEST_FRAMES = 3
_DEEP = 8
"""Blanks before a label that no paragraph begins with."""
_LONGEST_PIECE = 30
"""Characters of a line that may be the first half of a cell."""
_NEAR = 24
"""Tokens behind a block among which so many figures show that rows of it go on there."""
_NOT_ALL = "这张表可能有没读到的行或数，有关合计未作判断。"
_LEFT_OUT = "这张表有的行在原文里断开或错开，那里认不准的数未作核对。"
_FAR = 2000
"""Tokens among which another total is looked for behind the first."""
_VALUE_TYPES = FIGURE_TYPES | {"comparator", "unit", "free"}


@dataclass(slots=True)
class Block:
    """A header with its rows."""

    header: Header
    columns: tuple[Column, ...]
    rows: list[Row]
    end: int
    """Index of the first token that no longer belongs to it."""
    problems: list[Problem]
    parted: bool = False
    """Whether more rows of labels stand below its header, of which nobody knows what they part."""
    lost: bool = False
    """Whether its figures don't go with its columns: many rows of them have no name, or begin in the middle of a line."""


class Lines(NamedTuple):
    """The stretch that tokens were cut from, and what is known of it."""

    texts: Sequence[str]
    is_title: Callable[[int], bool]
    vocabulary: Vocabulary


def repeated(tokens: Sequence[Token], headers: Sequence[Header], lines: Lines) -> Iterator[tuple[int, bool]]:
    """Yield the index of each header that is that of the list before it once more, and whether it goes on from a page before.

    Titles, fields of a heading or a total between the two mean that another list begins.
    """
    for n, (before, header) in enumerate(pairwise(headers), 1):
        part = header.part
        same = before.part.id == part.id and [t.text for _, t in before.labels] == [t.text for _, t in header.labels]
        if not same or part.default_role != "item" or not part.has_figures:
            continue
        between = tokens[before.body : header.first]
        meanings = [(token, lines.vocabulary.meaning(token.text)) for token in between]
        other = any(
            (meaning.field and part.id not in meaning.groups)
            or meaning.rows.get(part.id) == "total"
            or (token.gap >= Gap.LINE and lines.is_title(token.line))
            for token, meaning in meanings
        )
        if not other:
            first = tokens[header.first].line
            yield n, any(is_mark_of_continuation(text) for text in lines.texts[max(first - 2, 0) : first])


def is_mark_of_continuation(text: str) -> bool:
    """Tell whether a text says that a table goes on from the page before: 续表."""
    return _CONTINUED.fullmatch(text.strip()) is not None


def read_block(tokens: Sequence[Token], header: Header, next_header: int, lines: Lines) -> Block:
    """Read the rows below a header, up to the next header at the latest."""
    columns = columns_of(header)
    vocabulary = lines.vocabulary
    layout = _layout(tokens, header, lines.texts)
    end = _end(tokens, header, next_header, lines, layout)
    columns = _without_score(columns, tokens[header.body : end])
    body, sizes = _with_remarks_whole(tokens[header.body : end], columns, layout)
    placed = _place(body, header, Aligner(header.part.id, columns, layout, vocabulary), lines)
    placed = settle(body, placed, columns, header.part.quotients)
    placed = _doubted(body, placed, columns, layout)
    kept = _without_prose(body, placed, columns, vocabulary)
    rows, problems = _rows(body[:kept], placed[:kept], columns, header, vocabulary)
    header = _with_caption_from(rows, header)
    _give_back_total(rows, columns, header, vocabulary)
    rows = _without_bare_totals(rows, columns, header.part, vocabulary)
    _move_outer_groups(rows, columns, header.part.id, vocabulary)
    rows = _merged_groups(rows, columns)
    torn.mend(rows, columns)
    read = _figures(rows)
    rows = _without_other_side(rows, columns)
    torn.with_signs(rows, columns)
    torn.without_pieces(rows, columns, partial(vocabulary.is_piece_of_value, header.part.id))
    is_total = partial(_is_total, part=header.part, vocabulary=vocabulary)
    torn.without_doubtful(rows, columns, is_total)
    if doubtful := settle_lone(rows, columns, is_total):
        names = tuple(token.text for id, token in header.labels if id in ("weight", "score"))
        problems.append(Problem(doubtful, names, ""))
    without_points_of_group(rows, columns)
    rows = without_nameless_total(rows, columns)
    set_upright(rows, columns, is_total)
    last = header.body + sum(sizes[:kept])
    if last < next_header and tokens[last].gap is Gap.LINE and not vocabulary.known(tokens[last].text):
        torn.open_last_remark(rows, columns, tokens[last])
    _open_if_cut_short(rows, columns, problems, header, tokens[last:next_header], lines)
    cells = [row.cells for row in rows]
    parted = has_labels_below(tokens, header.body, header.labels, header.part, vocabulary)
    lost = (
        parted
        or ((at := _labels_behind_amounts(columns)) > 0 and columns[at].slot < 0 and not layout.lines_are_rows)
        or _is_lost(body[:kept], placed[:kept], columns, layout)
        or _is_mostly_open(rows, problems)
        or are_misplaced(cells, columns, header.part.quotients)
        or are_scrambled(cells, columns, header.part.quotients)
        or is_muddled(rows, columns, header.part, vocabulary)
        or have_no_place_for_rates(rows, columns, [token for problem in problems for token in problem.tokens])
        or hold_pairs_of_figures(rows, columns)
        or _are_in_layout(header, lines.texts)
        or sum(_FRAME in token.text for token in body[:kept]) >= _FEWEST_FRAMES
        or have_values_for_names(rows, columns)
        or (any(column.type == "label" for column in columns) and any(is_run_together(token.text) for token in body[:kept]))
    )
    torn.open_remarks([row for row in rows if not is_total(row) and not _is_of_known_words(row, vocabulary)], columns)
    without_cut_rates(rows, columns, [token.text for problem in problems for token in problem.tokens])
    if layout.lines_are_rows:
        without_stragglers(rows, columns)
    told = {token for problem in problems for token in problem.tokens}
    kept_figures = set(_figures(rows))
    if left_out := [token for token in read if token not in told and token not in kept_figures]:
        problems.append(Problem(left_out[:1], (), "", _LEFT_OUT))
        if rows and any(shape_of(token.text) is Shape.NUMBER for token in left_out):
            rows[0].summed = False
    return Block(header, columns, rows, last, problems, parted, lost)


def _is_of_known_words(row: Row, vocabulary: Vocabulary) -> bool:
    """Tell whether a row is nothing but words of the form, in whatever column: a group without indicators says nothing."""
    tokens = [token for cell in row.cells.values() for token in cell]
    return all(vocabulary.known(token.text) or shape_of(token.text) is Shape.DASH for token in tokens)


def _figures(rows: Sequence[Row]) -> list[Token]:
    """Return the figures that stand in the cells of some rows."""
    return [token for row in rows for cell in row.cells.values() for token in cell if shape_of(token.text) in FIGURES]


def end_of_figures(tokens: Sequence[Token], header: Header, limit: int) -> int:
    """Return where the figures right below a header end, of which no row was made; where its labels end when there are none."""
    end = header.body
    for n, token in enumerate(tokens[header.body : limit]):
        if shape_of(token.text) in _BARE:
            end = header.body + n + 1
        elif header.body + n + 1 - end > _NEAR:
            break
    return end


def is_borne_out(block: Block, tokens: Sequence[Token], headers: Sequence[Header], lines: Lines) -> bool:
    """Tell whether more than its columns speaks for a block of funds: any table of a budget may have those.

    A title above, the name of a project, another block of a form, points, sources of funds, a caption or rows of a form.
    """
    header, vocabulary = block.header, lines.vocabulary
    captions = (vocabulary.meaning(token.text).captions for token in header.captions)
    if not header.part.names_its_parts or any(header.part.id in known for known in captions):
        return True
    if any(header.part.types[id] in OWN_COLUMNS for id, _ in header.labels if id):
        return True
    if any(other.part.id != header.part.id for other in headers):
        return True
    before = tokens[: header.first]
    if any(token.gap >= Gap.LINE and lines.is_title(token.line) for token in before):
        return True
    if any(_names_project(token.text, vocabulary) for token in before[:-1]):  # 项目 right before is a column's label
        return True
    at = {j for j, column in enumerate(block.columns) if column.type in ("label", "name", "group")}
    leads = [row.cells[min(row.cells)][0] for row in block.rows if at & row.cells.keys()]
    meanings = [vocabulary.meaning(token.text).rows for token in leads]
    return has_rows_of_a_form((meaning.get(header.part.id, ""), len(meaning) > 1) for meaning in meanings)


def _names_project(text: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.meaning(_before_colon(text)).project


def _before_colon(text: str) -> str:
    return text.replace(":", "：").partition("：")[0]


def _place(body: Sequence[Token], header: Header, aligner: Aligner, lines: Lines) -> list[Placed]:
    """Place the tokens: by their slots in rows that have as many as the header, as the alignment finds it in the others."""
    at = {line for _, token in header.labels for line in (token.line, token.last_line)}
    known = place_by_slot(body, lines.texts, at.pop(), aligner) if len(at) == 1 else {}
    if len(known) == len(body):
        return list(known.values())
    placed = place_by_group(body, doubt(body, aligner.place(body), aligner.columns), aligner)
    placed = [known.get(t, place) for t, place in enumerate(placed)]
    if header.part.default_role != "item":
        return placed

    def is_total(text: str) -> bool:
        return lines.vocabulary.meaning(text).rows.get(header.part.id) == "total"

    return settle_alone(body, placed, known, aligner.columns, is_total)


def _doubted(body: Sequence[Token], placed: Sequence[Placed], columns: Sequence[Column], layout: Layout) -> list[Placed]:
    """Return the places, unsure where a line that is a row took more than one row: it has more cells than the header."""
    over = {token.line for token, place in zip(body, placed, strict=True) if place.starts and _begins_inside(token, layout)}
    numbers = tuple(j for j, column in enumerate(columns) if column.type in FIGURE_TYPES)
    return [
        place._replace(sure=False, rivals=numbers) if token.line in over else place
        for token, place in zip(body, placed, strict=True)
    ]


def _begins_inside(token: Token, layout: Layout) -> bool:
    """Tell whether a row that begins with this token begins in the middle of a line that is one row."""
    slotted = token.gap is Gap.CELL and token.slot >= 0
    return slotted or (token.gap is Gap.SPACE and layout.lines_are_rows and not layout.one_line)


def _is_lost(body: Sequence[Token], placed: Sequence[Placed], columns: Sequence[Column], layout: Layout) -> bool:
    """Tell whether the rows of figures that begin in the middle of a line, or have no name, are more than one in three."""
    rows: list[list[int]] = []
    for t, place in enumerate(placed):
        if place.starts or not rows:
            rows.append([])
        rows[-1].append(t)
    names = {j for j, column in enumerate(columns) if column.type in ("label", "name", "group", "caption")}
    figured = odd = 0
    for row in rows:
        if (
            sum(shape_of(body[t].text) in FIGURES and columns[placed[t].column].type in FIGURE_TYPES for t in row)
            < _FEWEST_FIGURES
        ):
            continue
        inside = _begins_inside(body[row[0]], layout)
        figured += 1
        odd += inside or not any(placed[t].column in names and _may_name(body[t]) for t in row)
    return odd >= _FEWEST_ODD and odd * _ODD_OF > figured


def _may_name(token: Token) -> bool:
    """Tell whether a text can be the name of a row: no unit, and no figure but a month or a year."""
    text = token.text
    period = is_period(text) or (token.gap is Gap.ROW and is_year(text))
    return text[:1] not in _PER_CENT and (period or shape_of(text) not in FIGURES)


def _is_mostly_open(rows: Sequence[Row], problems: Sequence[Problem]) -> bool:
    """Tell whether most rows have something in them that could not be placed: one note for all says more than one for each.

    Rows of words alone, pieces of names that a narrow column broke, say nothing of the figures.
    """
    told = {token for problem in problems for token in problem.tokens}
    figured = [row for row in rows if any(shape_of(t.text) in FIGURES for cell in row.cells.values() for t in cell)]
    unplaced = sum(shape_of(token.text) in FIGURES for token in told)
    open_rows = sum(not row.whole for row in rows)
    open_figured = sum(not row.whole for row in figured)
    return len(problems) >= _FEWEST_OPEN and (
        2 * open_rows > len(rows) or (unplaced >= _FEWEST_OPEN and 2 * open_figured > len(figured))
    )


def _open_if_cut_short(
    rows: Sequence[Row],
    columns: Sequence[Column],
    problems: list[Problem],
    header: Header,
    rest: Sequence[Token],
    lines: Lines,
) -> None:
    """Leave a block open, and tell of it, where rows or points of it may stand in the rest, which was not read as such."""
    part, vocabulary = header.part, lines.vocabulary
    if rows and (_lacks_points(rows, columns, part) or _goes_on(rest, part, lines)):
        if all(row.summed for row in rows) and any(column.type in SUMMED for column in columns):
            problems.append(Problem([header.labels[0][1]], (), "", _NOT_ALL))
        rows[0].summed = False
    ended = any(part.id in vocabulary.meaning(_before_colon(token.text)).ends for token in rest[:_MOST_WORDS])
    if not ended and are_too_few(rows, columns, partial(_is_total, part=part, vocabulary=vocabulary)):
        rows[0].summed = False


def _are_in_layout(header: Header, texts: Sequence[str]) -> bool:
    """Tell whether labels stand on lines below each other as on the page, so that their order in the text is another one.

    A label far inside a line, with blanks alone before it, that ends left of one in the line above.
    """
    labels = [token for _, token in header.labels if token.slot < 0 and not header.upper]
    for above, token in pairwise(labels):
        if token.line <= above.line or len(texts[above.line].split()) == 1:
            continue
        indent = len(texts[token.line]) - len(texts[token.line].lstrip())
        if (
            indent >= _DEEP
            and token.start == indent + 1
            and any(other.line == above.line and other.start > token.end for other in labels)
        ):
            return True
    return False


def _lacks_points(rows: Sequence[Row], columns: Sequence[Column], part: Part) -> bool:
    """Tell whether a row of a list with figures has no points where most have: the cell may have been lost on the way."""
    if part.default_role != "item":
        return False
    figured = [row for row in rows if _has_values(row, columns) and _is_item(row, columns)]
    for j, column in enumerate(columns):
        filled = sum(j in row.cells for row in figured)
        if column.type == "points" and len(figured) > filled > len(figured) // 2:
            return True
    return False


def _has_values(row: Row, columns: Sequence[Column]) -> bool:
    """Tell whether something stands in a column of figures of a row, and not only a mark for nothing."""
    return any(
        columns[j].type in FIGURE_TYPES and shape_of(token.text) is not Shape.DASH
        for j, tokens in row.cells.items()
        for token in tokens
    )


def _is_item(row: Row, columns: Sequence[Column]) -> bool:
    """Tell whether a row is an item with points of its own: no part of another one (其中), no remark without any figure."""
    named = [tokens[0].text for j, tokens in row.cells.items() if columns[j].type in ("label", "name", "group", "target")]
    if not named:
        return any(char.isdigit() for tokens in row.cells.values() for token in tokens for char in token.text)
    return not any(take_apart(text).among for text in named)


def _goes_on(rest: Sequence[Token], part: Part, lines: Lines) -> bool:
    """Tell whether rows of the section stand behind what was read of it: something between them ended the block too early."""
    figures = 0
    for n, token in enumerate(rest):
        meaning = lines.vocabulary.meaning(token.text)
        mine = part.id in meaning.rows or part.id in meaning.groups
        if (part.id in meaning.ends or meaning.field) and not mine:
            return False
        if token.gap >= Gap.LINE and lines.is_title(token.line):
            return False
        figures += shape_of(token.text) in _BARE
        if mine or (figures >= _MANY_FIGURES and n < _NEAR):
            return True
    return False


def without_foreign_lines(tokens: Sequence[Token], lines: Lines) -> list[Token]:
    """Leave out notes and marks of a page that stand in the middle of a table: figures come before and after them."""
    marked = {token.line for token in tokens if token.gap >= Gap.LINE and _FOREIGN.match(token.text)}
    if not marked:
        return list(tokens)
    rows: dict[int, bool] = {}
    for token in tokens:
        meaning = lines.vocabulary.meaning(token.text)
        rows[token.line] = (
            rows.get(token.line, False)
            or shape_of(token.text) in _BARE
            or bool(meaning.columns)
            or (token.gap >= Gap.LINE and bool(meaning.rows or meaning.groups))
        )
    order = sorted(rows)
    gone = {
        line
        for before, line, after in zip(order, order[1:], order[2:], strict=False)
        if line in marked and (rows[before] or before in marked) and (rows[after] or after in marked)
    }
    return [token for token in tokens if token.line not in gone]


def _without_score(columns: tuple[Column, ...], body: Sequence[Token]) -> tuple[Column, ...]:
    """Return the columns without one for scores that has no label, where no figure stands right behind another bare one."""
    last = columns[-1]
    if not (last.unlabelled and last.type == "points"):
        return columns
    shapes = [shape_of(token.text) for token in body if not token.blank]
    scored = any(pair == (Shape.NUMBER, Shape.NUMBER) for pair in pairwise(shapes))
    return columns if scored else columns[:-1]


def _with_remarks_whole(body: Sequence[Token], columns: Sequence[Column], layout: Layout) -> tuple[list[Token], list[int]]:
    """Keep a remark behind the scores in one piece where figures stand in it: `10 9.5 部分群众 2 户不满意`.

    Returns the tokens, and of how many each was made.
    """
    types = [column.type for column in columns]
    if not layout.lines_are_rows or types[-3:] != ["points", "points", "text"]:
        return list(body), [1] * len(body)
    whole: list[Token] = []
    sizes: list[int] = []
    open_line = -1
    for t, token in enumerate(body):
        if token.line == open_line and token.gap is Gap.SPACE:
            last = whole[-1]
            whole[-1] = last._replace(text=f"{last.text} {token.text}".rstrip(), end=token.end)
            sizes[-1] += 1
            continue
        open_line = token.line if _begins_remark(body, t) else -1
        whole.append(token)
        sizes.append(1)
    return whole, sizes


def _begins_remark(body: Sequence[Token], t: int) -> bool:
    """Tell whether words come right behind two figures, with more words and figures after them in the line."""
    if t < 2 or shape_of(body[t].text) not in _TALK or body[t].gap is not Gap.SPACE:
        return False
    if any(shape_of(before.text) not in _SCORES or before.line != body[t].line for before in body[t - 2 : t]):
        return False
    rest = list(takewhile(lambda token: token.line == body[t].line and token.gap is Gap.SPACE, body[t + 1 :]))
    figure = next((n for n, token in enumerate(rest) if shape_of(token.text) in FIGURES), len(rest))
    return any(shape_of(token.text) in _TALK for token in rest[figure:])


def _with_caption_from(rows: list[Row], header: Header) -> Header:
    """Move a caption that stands alone below the header up into it, where it has none."""
    alone = next((row for row in rows if set(row.cells) == {0}), None)
    if alone is None or header.captions:
        return header
    rows.remove(alone)
    return replace(header, captions=(alone.cells[0][0],))


def _give_back_total(rows: list[Row], columns: Sequence[Column], header: Header, vocabulary: Vocabulary) -> None:
    """Give the total's label back to its figures: one row of figures lacks a label, and the total's label lacks figures."""
    at = next((j for j, column in enumerate(columns) if column.type == "label"), None)
    if at is None:
        return
    nameless = [row for row in rows if at not in row.cells and any(columns[j].type in FIGURE_TYPES for j in row.cells)]
    bare = [row for row in rows if at in row.cells and not any(columns[j].type in FIGURE_TYPES for j in row.cells)]
    totals = [row for row in bare if vocabulary.meaning(row.cells[at][0].text).rows.get(header.part.id) == "total"]
    if len(nameless) == 1 and len(totals) == 1 and nameless[0] is rows[0]:
        nameless[0].cells[at] = totals[0].cells[at]
        rows.remove(totals[0])


def _without_bare_totals(rows: list[Row], columns: Sequence[Column], part: Part, vocabulary: Vocabulary) -> list[Row]:
    """Leave out a total without any figure where other rows have some: its label was broken, or its figures went elsewhere."""
    at = next((j for j, column in enumerate(columns) if column.type == "label"), -1)
    bare = [row for row in rows if row.cells.keys() <= {0, at} and at in row.cells and row.cells[at][0].slot < 0]
    totals = [row for row in bare if vocabulary.meaning(row.cells[at][-1].text).rows.get(part.id) == "total"]
    if not totals or len(bare) == len(rows):
        return rows
    kept = [row for row in rows if row not in totals]
    kept[0].summed = False
    return kept


def _labels_behind_amounts(columns: Sequence[Column]) -> int:
    """Return the column of the labels where amounts of another list stand left of it (收入 beside 支出), else 0."""
    at = next((j for j, column in enumerate(columns) if column.type == "label"), 0)
    return at if any(column.type == "amount" for column in columns[:at]) else 0


def _without_other_side(rows: list[Row], columns: Sequence[Column]) -> list[Row]:
    """Leave out a row that begins with its label where another list stands left of the labels: it may be a row of that one.

    Its blank cells are gone, those on the right as well as those on the left.
    """
    at = _labels_behind_amounts(columns)
    begins = [row for row in rows if at and min(row.cells) == at and not 0 <= row.cells[at][0].slot == columns[at].slot]
    kept = [row for row in rows if row not in begins]
    if begins and kept:
        kept[0].summed = False
    return kept if begins else rows


def _layout(tokens: Sequence[Token], header: Header, lines: Sequence[str]) -> Layout:
    labels = [token for _, token in header.labels]
    at = {token.line for token in labels}
    rows = 2 * len(at) <= len(labels) and not any("|" in lines[line] for line in at)
    shared = (
        header.body < len(tokens)
        and tokens[header.body].line == tokens[header.body - 1].last_line
        and tokens[header.body].gap is Gap.SPACE
    )
    return Layout(rows and not shared, shared)


def _end(tokens: Sequence[Token], header: Header, limit: int, lines: Lines, layout: Layout) -> int:
    id = header.part.id
    line_of_header = tokens[header.body - 1].line
    texts, vocabulary = lines.texts, lines.vocabulary
    piped, tabbed = "|" in texts[line_of_header], "\t" in texts[line_of_header]
    total = False
    for j in range(header.body, limit):
        token = tokens[j]
        leads = token.gap >= Gap.LINE
        if not leads and not (layout.one_line and token.gap is Gap.SPACE):
            continue
        if not token.text:
            continue
        meaning = vocabulary.meaning(token.text)
        mine = id in meaning.rows or id in meaning.groups
        behind = tokens[j + 1 : min(limit, j + _NEAR)]
        if id in meaning.ends and (
            _heads_pairs(token, behind, id, vocabulary) or (not mine and not _rows_behind(behind, id, vocabulary))
        ):
            return j
        if meaning.field and not mine and id not in meaning.captions:
            return j
        if not leads:
            continue
        shape = shape_of(token.text)
        if total and shape in _TALK and not mine and not _total_ahead(tokens[j : min(limit, j + _FAR)], id, vocabulary):
            return j
        line = texts[token.line]
        if lines.is_title(token.line) or (_HEADING.match(token.text) and not _heads_figures(tokens[j:limit])):
            return j
        if piped and "|" not in line and shape not in FIGURES and not _is_piece_of_row(token, texts):
            return j
        if tabbed and "\t" not in line and not any("\t" in near for near in texts[token.line + 1 : token.line + 3]):
            return j
        if layout.lines_are_rows and not tabbed and len(token.text) > _PROSE and "。" in token.text:
            return j
        total = total or (header.part.default_role == "item" and meaning.rows.get(id) == "total")
    return limit


def _heads_pairs(token: Token, behind: Sequence[Token], id: str, vocabulary: Vocabulary) -> bool:
    """Tell whether two headings stand side by side (按收入性质分 | 按支出性质分): labels come in pairs with figures below."""
    beside = next((other for other in behind if other.text), None)
    return beside is not None and beside.line == token.line and id in vocabulary.meaning(beside.text).ends


def _is_piece_of_row(token: Token, texts: Sequence[str]) -> bool:
    """Tell whether a line without pipes is a cell, or half of one, of the row that goes on in the line below."""
    if "|" in texts[token.last_line] or is_closed_below(texts, token.line):
        return True
    near = [texts[n].count("|") if 0 <= n < len(texts) else 0 for n in (token.line - 1, token.last_line + 1)]
    return min(near) >= _FEWEST_PIPES and len(token.text) <= _LONGEST_PIECE and "。" not in token.text


def _rows_behind(rest: Sequence[Token], id: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a row of the section stands right behind: a heading inside the block (按资金性质分) doesn't end it."""
    at = next((n for n, token in enumerate(rest[:_MOST_WORDS]) if id in vocabulary.meaning(token.text).rows), None)
    return at is not None and [shape_of(token.text) in _BARE for token in rest[at + 1 : at + 3]] == [True, True]


def _total_ahead(rest: Sequence[Token], id: str, vocabulary: Vocabulary) -> bool:
    """Tell whether rows with figures go on to another total: the one before them was that of a part of the list."""
    words = 0
    for token, behind in pairwise(rest):
        meaning = vocabulary.meaning(token.text)
        shape = shape_of(token.text)
        if meaning.rows.get(id) == "total" and shape_of(behind.text) in _SCORES | _BARE:
            return True
        words = words + 1 if shape in _TALK else 0
        if words > _MOST_WORDS or shape is Shape.LONG or meaning.field or id in meaning.ends or meaning.columns:
            return False
    return False


def _heads_figures(near: Sequence[Token]) -> bool:
    """Tell whether a text has figures behind it, before any other: the label of a row, though it begins like a heading."""
    behind = next((token for token in near[1:] if not token.blank), None)
    return behind is not None and shape_of(behind.text) in _SCORES | _BARE


def _without_prose(body: Sequence[Token], placed: Sequence[Placed], columns: Sequence[Column], vocabulary: Vocabulary) -> int:
    """Return how many tokens belong to the block: what follows the last row with a value, or a known word, does not."""
    kept = 0
    empty = 0
    valued = False
    long = False
    for t, (token, place) in enumerate(zip(body, placed, strict=True)):
        if place.starts:
            empty = 0 if valued or t == 0 else empty + 1
            if empty >= 3 and long:
                return kept
            valued = False
            long = long and empty > 0
        long = long or shape_of(token.text) is Shape.LONG
        meaning = vocabulary.meaning(token.text)
        known = bool(meaning.rows or meaning.groups or meaning.captions) and len(token.text) > 1
        if token.text and (columns[place.column].type in _VALUE_TYPES or known):
            valued = valued or columns[place.column].type in _VALUE_TYPES
            kept = t + 1
        elif valued and columns[place.column].type == "text":
            kept = t + 1
    return kept


def _rows(
    body: Sequence[Token], placed: Sequence[Placed], columns: Sequence[Column], header: Header, vocabulary: Vocabulary
) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    lost: dict[int, list[tuple[Token, Placed]]] = {}
    for token, place in zip(body, placed, strict=True):
        if place.starts or not rows:
            rows.append(Row())
        if token.blank:
            continue
        if shape_of(token.text) is Shape.DASH and place.rivals and columns[place.column].type != "points":
            continue
        if (not place.sure and shape_of(token.text) is not Shape.DASH) or is_run_together(token.text):
            lost.setdefault(len(rows) - 1, []).append((token, place))
            rows[-1].whole = False
            _keep_remark(rows[-1], token, place, columns)
            if place.starts:
                _keep_group(rows[-1], token, columns, vocabulary.meaning(token.text).groups.get(header.part.id, ()))
        elif place.joins and place.column in rows[-1].cells:
            rows[-1].cells[place.column].append(token)
        else:
            rows[-1].cells[place.column] = [token]
    names = dict(header.labels)
    for n, found in lost.items():
        at = sorted({j for _, place in found if place.rivals for j in (place.column, *place.rivals)})
        anywhere = {j for _, place in found for j in (place.column, *place.rivals)}
        rows[n].summed = not any(columns[j].type in SUMMED for j in anywhere)
        labels = tuple(names[columns[j].id].text for j in at if columns[j].id in names)
        label = next(
            (rows[n].cells[j][0].text for j, c in enumerate(columns) if c.type in ("label", "name") and j in rows[n].cells), ""
        )
        problems.append(Problem([token for token, _ in found], labels, label))
    filled = [row for row in rows if row.cells]
    if filled and not all(row.summed for row in rows):
        filled[0].summed = False
    for above, row in pairwise(rows):
        above.summed = above.summed and (row.summed or bool(row.cells))  # its figures may be those of the row above
    return filled, problems


def _keep_remark(row: Row, token: Token, place: Placed, columns: Sequence[Column]) -> None:
    """Keep sentences that could not be placed but may be a remark: a reason given must not be missed."""
    remark = next((j for j in (place.column, *place.rivals) if columns[j].type == "text"), None)
    if remark is not None and shape_of(token.text) is Shape.LONG:
        row.cells.setdefault(remark, []).append(token)


def _keep_group(row: Row, token: Token, columns: Sequence[Column], words: Collection[str]) -> None:
    """Keep a word that may be a group of its own though it may be a name too: the row is none of the group above."""
    outer = next((j for j, column in enumerate(columns) if column.type == "group"), None)
    if outer is not None and columns[outer].id in words:
        row.cells[outer] = [token]


def _is_total(row: Row, part: Part, vocabulary: Vocabulary) -> bool:
    return any(vocabulary.meaning(token.text).rows.get(part.id) == "total" for cell in row.cells.values() for token in cell)


def _move_outer_groups(rows: Sequence[Row], columns: Sequence[Column], id: str, vocabulary: Vocabulary) -> None:
    """Put a group word that stands alone above a word in the same column into the column left of it, when it is one of those.

    满意度指标 is a group and the only one in it: two such words in a row are one in the other.
    """
    for above, row in pairwise(rows):
        j = next(iter(above.cells), 0)
        if len(above.cells) == 1 and j and j in row.cells and columns[j].type == columns[j - 1].type == "group":
            words = vocabulary.meaning("".join(token.text for token in above.cells[j])).groups.get(id, frozenset())
            if columns[j - 1].id in words:
                above.cells = {j - 1: above.cells[j]}


def _merged_groups(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """Put a group word that stands alone in a row into the row below, where that one has no group word of its own there."""
    merged: list[Row] = []
    for row in rows:
        above = merged[-1] if merged else None
        if (
            above is not None
            and above.whole
            and all(columns[j].type in ("group", "caption") for j in above.cells)
            and not set(above.cells) & set(row.cells)
            and max(above.cells) < min(row.cells)
        ):
            row.cells.update(above.cells)
            row.summed = row.summed and above.summed
            merged.pop()
        merged.append(row)
    return merged
