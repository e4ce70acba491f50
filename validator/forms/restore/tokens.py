"""Lines of text cut into tokens: what may be a cell, where it stands, and what parts it from the token before.

Comes in: the text of lines. Goes out: tokens in reading order. What a token means is not asked here, except that a
label broken over lines or blanks (`一级` `指标`) is put together again when the vocabulary knows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import IntEnum
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from validator.forms.labels import normalise, take_apart
from validator.forms.restore.shapes import FIGURES, Shape, shape_of

_BLANKS = " \u3000\u2002\u2003\t\r\ufeff"
_WORD = re.compile(rf"[^{_BLANKS}]+")
_HARD_WORD = re.compile(rf"[^{_BLANKS}\xa0]+")
_OUTER = _BLANKS + "\xa0\u200b"
_MOST_PARTS = 4
_FEWEST_PIPES = 4
_FEWEST_CLOSING = 6
_FEWEST_GRID_LINES = 3
_CLOSED_TO_OPEN = 4
"""Cells closed by a pipe on a line of its own for each line that isn't, where such pipes close cells."""
_LINE_MARKS = "\\¶↵\r"
"""What stands at the end of a line in text taken from a word processor or from Markdown."""
_CELL_MARK = "\x07"
PAGE_MARK = re.compile(r"\s*(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*")
_ELLIPSIS = re.compile(r"[…⋯]{1,4}|[.。·]{3,6}")
_TALK = frozenset({Shape.WORD, Shape.LONG})
_CUT_OFF = re.compile(r"[-−]?\d[\d,，]*([.,，])")
_DECIMALS = re.compile(r"\d{1,6}[%％]?")
_THOUSANDS = re.compile(r"\d{3}(?:[,，]\d{3})*(?:\.\d+)?")
_MOST_HALVES = 6
_SHORTEST_FUSED = 5
"""Characters of a group word with the beginning of a name behind it."""
_NEAR = 6
"""Lines around a label among which its pieces are looked for, where each has a line of its own."""
_FEWEST_LABELS = 3
"""Labels in one piece in a line that is a header."""
_LONGEST_PAGE_MARK = 40
_LONGEST_LABEL = 24
_LONGEST_BRACKET = 40
_OPENING = "(（〔"
_NEVER_IN_LABEL = FIGURES | {Shape.DASH, Shape.SIGN, Shape.LONG}


class Gap(IntEnum):
    """What parts a token from the one before."""

    SPACE = 0
    """A blank in the same line: perhaps a cell, perhaps not."""
    CELL = 1
    """A tab or a pipe: a new cell of the same line."""
    LINE = 2
    """A new line: perhaps a new row, perhaps a new cell."""
    ROW = 3
    """The row before has surely ended."""


class Token(NamedTuple):
    """A piece of text that may be a cell."""

    text: str
    line: int
    """Index of the line in the stretch."""
    start: int
    """First character in the raw line, counted from 1."""
    end: int
    """Last character in the raw line."""
    gap: Gap
    slot: int = -1
    """Which cell of its line it is, where tabs tell."""
    stop: int = -1
    """Index of the last line it reaches into, when it was put together from several."""

    @property
    def blank(self) -> bool:
        """Whether it is a cell known to be empty."""
        return not self.text

    @property
    def last_line(self) -> int:
        """Index of the last line it reaches into."""
        return max(self.line, self.stop)


def cut(lines: Sequence[str], whole_lines: Callable[[int], bool]) -> list[Token]:
    """Cut lines into tokens; `whole_lines` tells for a line without tabs and pipes whether it is one cell."""
    tokens: list[Token] = []
    ended = False
    closing = _closing_lines(lines)
    grids = _grid_lines(lines)
    for number, whole in enumerate(lines):
        if number in closing:
            continue
        line = whole.rstrip(_LINE_MARKS)
        if len(line) < _LONGEST_PAGE_MARK and PAGE_MARK.fullmatch(line):
            continue
        if _CELL_MARK in line:
            tokens += _by_tab(line, number, _CELL_MARK)
            ended = True
        elif "\t" in line:
            tokens += _by_tab(line, number, "\t")
            ended = True
        elif number in grids or _is_framed(lines, number):
            tokens += _by_tab(line, number, "|")
            ended = True
        elif is_closed_below(lines, number):
            tokens += [token._replace(gap=Gap.ROW) for token in _whole(line, number)]
            ended = False
        elif "|" in line:
            found, closes = _by_pipe(line, number, ended=ended)
            if found and number and is_closed_below(lines, number - 1):
                found[0] = found[0]._replace(gap=Gap.CELL)
            tokens += found
            ended = closes or (ended and not found)
        else:
            found = _whole(line, number) if whole_lines(number) else _by_blank(line, number)
            if found and ended:
                found[0] = found[0]._replace(gap=Gap.ROW)
            tokens += found
            ended = ended and not found
    return tokens


def _closing_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the lines with nothing but the pipe that closes the cell above, where each cell is closed so."""
    bare = [n for n, line in enumerate(lines) if line.strip(_OUTER) == "|"]
    if len(bare) < _FEWEST_CLOSING:
        return frozenset()
    closing: set[int] = set()
    unclosed = above = 0
    for n in range(max(bare[0] - 1, 0), bare[-1] + 1):
        text = lines[n].strip(_OUTER)
        if text == "|" and above:
            closing.add(n)
        else:
            unclosed += bool(above and text)
        if text:
            above = int("|" not in text)
    return frozenset(closing) if len(closing) >= _FEWEST_CLOSING and len(closing) >= _CLOSED_TO_OPEN * unclosed else frozenset()


def is_closed_below(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line between rows is the first cell of the row below, which begins with the pipe that closes it."""
    if not 0 < number < len(lines) - 1 or "|" in lines[number] or not lines[number].strip(_OUTER):
        return False
    above, below = lines[number - 1].strip(_OUTER), lines[number + 1].strip(_OUTER)
    return above[-1:] == "|" != above[:1] and below[:1] == "|" and below.strip("|" + _OUTER).count("|") > 0


def _is_framed(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line has a pipe at both ends and between its cells, as many as a neighbour: no cell was lost."""
    line = lines[number].strip(_OUTER)
    count = line.count("|")
    if count < _FEWEST_PIPES or line[0] != "|" or line[-1] != "|":
        return False
    near = (lines[n].strip(_OUTER) for n in (number - 1, number + 1) if 0 <= n < len(lines))
    return any(other.count("|") == count and other[0] == other[-1] == "|" for other in near)


def _grid_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the lines of grids: one has all its cells, blank ones too, closed by a pipe, as many as the lines around it.

    Two pipes with nothing between them fill up a line that lost cells; a line that has such is none of a grid. Pipes may also
    stand between the cells only, as many in each line as between the labels above.
    """
    found = _open_grid_lines(lines)
    run: list[int] = []
    for n, line in enumerate((*lines, "")):
        text = line.strip(_OUTER)
        count = text.count("|")
        whole = count >= _FEWEST_PIPES and text[-1] == "|" and "||" not in text
        if run and (not whole or count != lines[run[-1]].count("|")):
            shifted = {lines[i].strip(_OUTER)[0] == "|" for i in run}
            if len(run) >= _FEWEST_GRID_LINES and len(shifted) > 1:
                found.update(run)
            run = []
        if whole:
            run.append(n)
    return frozenset(found)


def _open_grid_lines(lines: Sequence[str]) -> set[int]:
    found: set[int] = set()
    for _, near in groupby(range(len(lines)), key=lambda n: lines[n].count("|")):
        run = [*near]
        labels = [cell.strip(_OUTER) for cell in lines[run[0]].split("|")]
        named = len(labels) > _FEWEST_PIPES and all(shape_of(label) is Shape.WORD for label in labels)
        if named and len(run) > _FEWEST_GRID_LINES and not any("||" in lines[n] for n in run):
            found.update(run)
    return found


def _by_tab(line: str, number: int, separator: str) -> list[Token]:
    tokens: list[Token] = []
    start = 0
    for slot, part in enumerate(line.split(separator)):
        text = part.strip(_OUTER)
        if text:
            lead = start + len(part) - len(part.lstrip(_OUTER))
            gap = Gap.CELL if tokens else Gap.ROW
            tokens.append(Token(text, number, lead + 1, lead + len(text), gap, slot))
        start += len(part) + 1
    return tokens


def _by_pipe(line: str, number: int, *, ended: bool) -> tuple[list[Token], bool]:
    """Return the cells and whether the row ends here: two or more pipes with nothing between them close it."""
    parts = line.split("|")
    closed = not parts[-1].strip(_OUTER)
    if closed:
        parts.pop()
    filled = [i for i, part in enumerate(parts) if part.strip(_OUTER)]
    if not filled:
        if len(parts) > 1:
            return [], True
        return [Token("", number, 1, max(len(line), 1), Gap.ROW if ended else Gap.LINE)], False
    tokens: list[Token] = []
    start = 0
    for part in parts[: filled[-1] + 1]:
        text = part.strip(_OUTER)
        lead = start + len(part) - len(part.lstrip(_OUTER)) if text else start
        if text or tokens:
            gap = Gap.CELL if tokens else Gap.ROW if ended else Gap.LINE
            tokens.append(Token(text, number, lead + 1, max(lead + len(text), lead + 1), gap))
        start += len(part) + 1
    return tokens, len(parts) > filled[-1] + 1


def _whole(line: str, number: int) -> list[Token]:
    text = line.strip(_OUTER)
    if text:
        lead = len(line) - len(line.lstrip(_OUTER))
        return [Token(text, number, lead + 1, lead + len(text), Gap.LINE)]
    return [Token("", number, 1, len(line), Gap.LINE)] if line.strip("\r") else []


def _by_blank(line: str, number: int) -> list[Token]:
    """A no-break blank that stands alone between words is an empty cell; at the beginning it is an indent."""
    tokens: list[Token] = []
    pattern = _HARD_WORD if " " not in line and "\xa0" in line.strip(_OUTER) else _WORD
    for found in pattern.finditer(line):
        text = found.group().strip(_OUTER)
        if text:
            lead = found.start() + found.group().index(text)
            tokens.append(Token(text, number, lead + 1, lead + len(text), Gap.SPACE if tokens else Gap.LINE))
        elif tokens:
            tokens.append(Token("", number, found.start() + 1, found.end(), Gap.SPACE))
    return tokens


def is_ellipsis(text: str) -> bool:
    """Tell whether a text is what a template has where more rows may follow: `……`."""
    return _ELLIPSIS.fullmatch(text) is not None


def without_placeholders(tokens: Sequence[Token], unfilled: Callable[[str], bool], known: Callable[[str], bool]) -> list[Token]:
    """Leave out what a template has where more rows may follow, with its blank cells: `……`, or a number without a name.

    No figure stands behind it, but the next row. `unfilled` tells whether a text is such a number (指标2：), `known` whether
    one is a label.
    """
    kept: list[Token] = []
    i = 0
    while i < len(tokens):
        dots = is_ellipsis(tokens[i].text)
        if tokens[i].gap >= Gap.LINE and (dots or unfilled(tokens[i].text)):
            end = next((n for n in range(i + 1, len(tokens)) if not tokens[n].blank), len(tokens))
            following = tokens[end].text if end < len(tokens) else ""
            ends = not following or is_ellipsis(following) or unfilled(following) or known(following)
            if ends or (dots and shape_of(following) in _TALK):
                i = end
                continue
        kept.append(tokens[i])
        i += 1
    return kept


def join_labels(
    tokens: Sequence[Token], known: Callable[[str], bool], apart: Callable[[Sequence[Token]], bool] = lambda _: False
) -> list[Token]:
    """Put together labels that were broken over blanks or lines, and brackets with the label before them.

    `known` tells whether a text is a label, `apart` whether its pieces are labels of their own.
    """
    joined: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        size = 1
        if _is_broken_number(tokens, i):
            size = 2
        elif token.text and len(token.text) < _LONGEST_LABEL and _may_begin_label(token.text):
            size = _parts_of_label(tokens, i, known, apart)
        if size == 1 and joined and _is_bracket_of(joined[-1], token) and (token.gap is Gap.SPACE or known(joined[-1].text)):
            size = _parts_of_bracket(tokens, i)
            joined[-1] = glued([joined[-1], *tokens[i : i + size]])
        else:
            joined.append(glued(tokens[i : i + size]))
        i += size
    return joined


def part_labels(
    tokens: Sequence[Token], is_column: Callable[[str], bool], columns_in: Callable[[str], Sequence[str]]
) -> list[Token]:
    """Take labels of columns apart that lost the blank between them, in a line of such labels: `分值 执行率得分`.

    All labels of a line may have lost them when the line below did not. A label that stands beside its first piece is one:
    执行率 执行率权重. `is_column` tells whether a text is the label of a column, `columns_in` returns those that a text is
    made of.
    """
    parted: list[Token] = []
    lines = [list(group) for _, group in groupby(tokens, lambda token: token.line)]
    for n, (line, below) in enumerate(pairwise([*lines, []])):
        labels = sum(is_column(token.text) for token in line)
        for token in line:
            is_word = token.slot < 0 and not token.blank and shape_of(token.text) is Shape.WORD
            pieces = columns_in(token.text) if is_word and (labels or len(below) >= _FEWEST_LABELS) else ()
            if not pieces or len(pieces) + labels < _FEWEST_LABELS:
                parted.append(token)
                continue
            around = [line] if len(line) > 1 else lines[max(n - _NEAR, 0) : n + _NEAR + 1]
            first = normalise(pieces[0])
            if is_column(token.text) and any(normalise(other.text) == first for near in around for other in near):
                parted.append(token)
                continue
            parted += cut_up(token, pieces)
    return parted


def part_groups(
    tokens: Sequence[Token], known: Callable[[str], bool], groups_before: Callable[[str], Sequence[str]]
) -> list[Token]:
    """Take the words of groups off the names behind them that lost the blank between: `质量指标合格率 100% 98% 10 9`.

    Only at the beginning of a line of several cells, or behind words that are known. `known` tells whether a text is a label,
    `groups_before` returns the words that a text begins with, and the rest.
    """
    parted: list[Token] = []
    leads = False
    for i, token in enumerate(tokens):
        leads = not i or tokens[i - 1].line != token.line or (leads and known(tokens[i - 1].text))
        alone = i + 1 == len(tokens) or tokens[i + 1].line != token.line
        fused = leads and not alone and token.slot < 0 and len(token.text) > _SHORTEST_FUSED and not known(token.text)
        pieces = groups_before(token.text) if fused else ()
        if pieces:
            parted += cut_up(token, pieces)
        else:
            parted.append(token)
    return parted


def join_points(tokens: Sequence[Token], is_group: Callable[[str], bool]) -> list[Token]:
    """Put points that begin a line, in brackets, to the word of a group that begins the line above.

    `产出指标 数量指标 …` and below it `(50) 质量指标 …`. `is_group` tells whether a text is the word of a group. Two of them
    have to begin the line above: the points are those of the outer.
    """
    joined: list[Token] = []
    above: list[Token] = []
    for _, group in groupby(tokens, lambda token: token.line):
        line = list(group)
        if _are_points(line[0]) and _begins_groups(above, line[0].line, is_group):
            at = joined.index(above[0])
            joined[at] = above[0]._replace(text=above[0].text + line[0].text)
            line[:2] = [token._replace(gap=line[0].gap) for token in line[1:2]]
        joined += line
        above = line
    return joined


def _are_points(token: Token) -> bool:
    label = take_apart(token.text) if token.text[:1] in _OPENING and token.slot < 0 else None
    return label is not None and bool(label.points_of_group) and not label.text


def _begins_groups(line: Sequence[Token], below: int, is_group: Callable[[str], bool]) -> bool:
    """Tell whether a line right above another one begins with the words of an outer group, without points, and an inner one."""
    words = [token.text for token in line[:2]]
    near = len(words) == 2 and line[0].line == below - 1
    return near and not take_apart(words[0]).brackets and all(map(is_group, words))


def begin_groups(tokens: Sequence[Token], is_group: Callable[[str], bool]) -> list[Token]:
    """Let a row begin with points in brackets that are what is left of the word of a group, lost where it was set upright.

    They have a line of their own above the word of another group, and none before them. `is_group` tells whether a text is,
    or stands for, such a word.
    """
    begun = list(tokens)
    for i, token in enumerate(tokens[:-1]):
        if token.text[:1] not in _OPENING or not token.text or token.gap < Gap.LINE or tokens[i + 1].gap < Gap.LINE:
            continue
        before = ["".join(part.text for part in tokens[max(i - size, 0) : i]) for size in range(1, _MOST_PARTS + 1)]
        if is_group(token.text) and is_group(tokens[i + 1].text) and not any(map(is_group, before)):
            begun[i] = token._replace(gap=Gap.ROW)
    return begun


def cut_up(token: Token, pieces: Sequence[str]) -> list[Token]:
    """Return a token as several, in one line with nothing between them."""
    ends = list(accumulate(map(len, pieces), initial=token.start))
    return [
        token._replace(text=piece, start=start, end=start + len(piece) - 1, gap=Gap.SPACE if n else token.gap)
        for n, (piece, start) in enumerate(zip(pieces, ends, strict=False))
    ]


def join_rows_of_labels(tokens: Sequence[Token], is_column: Callable[[str], bool]) -> list[Token]:
    """Put together labels of which each half stands in the line of its row: `年度 实际 分值` and below it `指标值 完成值`.

    `is_column` tells whether a text is the label of a column.
    """
    joined: list[Token] = []
    above: list[Token] = []
    for _, group in groupby(tokens, lambda token: token.line):
        line = list(group)
        pairs = _halves(above, line, is_column)
        if pairs:
            wholes = {half: glued([half, rest]) for half, rest in pairs}
            joined[-len(above) :] = [wholes.get(token, token) for token in above]
            above = []
            continue
        joined += line
        above = line
    return joined


def _halves(above: Sequence[Token], line: Sequence[Token], is_column: Callable[[str], bool]) -> list[tuple[Token, Token]]:
    """Return each token of a line with the one above that it completes to a label of a column; none where one does not."""
    if not 1 < len(line) <= _MOST_HALVES or sum(is_column(token.text) for token in above) < _FEWEST_LABELS:
        return []
    rest = iter(above)
    pairs = []
    for token in line:
        whole = is_column(token.text)
        half = next((t for t in rest if is_column(t.text + token.text) and not (whole and is_column(t.text))), None)
        if half is None or shape_of(token.text) is not Shape.WORD:
            return []
        pairs.append((half, token))
    return pairs


def _is_broken_number(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a number goes on in the next line: `1,234.` and `56`."""
    if i + 1 == len(tokens) or tokens[i + 1].gap is not Gap.LINE:
        return False
    cut_off, rest = _CUT_OFF.fullmatch(tokens[i].text), tokens[i + 1].text
    return cut_off is not None and (_DECIMALS if cut_off[1] == "." else _THOUSANDS).fullmatch(rest) is not None


def _may_begin_label(text: str) -> bool:
    return text[0] not in _OPENING and shape_of(text) is not Shape.DASH


def _parts_of_label(
    tokens: Sequence[Token], i: int, known: Callable[[str], bool], apart: Callable[[Sequence[Token]], bool]
) -> int:
    text, best = tokens[i].text, 1
    for size in range(2, _MOST_PARTS + 1):
        if i + size > len(tokens):
            break
        part = tokens[i + size - 1]
        bracketed = text.rfind("(") > text.rfind(")") or text.rfind("（") > text.rfind("）")
        if part.gap in (Gap.CELL, Gap.ROW) or part.blank or (shape_of(part.text) in _NEVER_IN_LABEL and not bracketed):
            break
        if _begins_row_below(tokens, i + 1, i + size, known):
            break
        text += part.text
        if len(text) > _LONGEST_LABEL:
            break
        if known(text) and not apart(tokens[i : i + size]):
            best = size
    return best


def _begins_row_below(tokens: Sequence[Token], i: int, end: int, known: Callable[[str], bool]) -> bool:
    """Tell whether a label has a figure behind it and the end of a header before it: 权重 得分 | 合 计 858.77, not 得分合计."""
    if end == len(tokens) or shape_of(tokens[end].text) not in FIGURES:
        return False
    before = 1 if tokens[i].gap is Gap.LINE else _FEWEST_LABELS
    label = "".join(token.text for token in tokens[i:end])
    return i >= before and known(label) and all(known(token.text) for token in tokens[i - before : i])


def _is_bracket_of(before: Token, token: Token) -> bool:
    opens = bool(token.text) and token.text[0] in _OPENING and token.gap in (Gap.SPACE, Gap.LINE)
    return opens and shape_of(before.text) not in (Shape.BLANK, Shape.DASH)


def _parts_of_bracket(tokens: Sequence[Token], i: int) -> int:
    """Return how many tokens from `i` on make one bracket; 1 when it never closes nearby."""
    length = 0
    for size in range(1, _MOST_PARTS + 1):
        if i + size > len(tokens) or (size > 1 and tokens[i + size - 1].gap in (Gap.CELL, Gap.ROW)):
            break
        text = tokens[i + size - 1].text
        length += len(text)
        if length > _LONGEST_BRACKET:
            break
        if text.endswith((")", "）", "〕")):
            return size
    return 1


def glued(parts: Sequence[Token]) -> Token:
    """One token from several; its span is that of the part in the first line."""
    first = parts[0]
    if len(parts) == 1:
        return first
    end = max(part.end for part in parts if part.line == first.line)
    return first._replace(text="".join(part.text for part in parts), end=end, stop=parts[-1].last_line)
