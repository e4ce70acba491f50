"""Forms whose tables became one line without anything between the cells, as sites that share documents show them.

Comes in: the paragraphs of a text. Goes out: the same, with a table for the labels of columns that stand in such a line and the
rows behind them, where the words of the form and the figures leave one way to cut them, and notes where not.

    …年度资金总额64.562.096.12%…数量指标培训人数≥50人52人1010质量指标…总分10098
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from validator.forms.labels import take_apart
from validator.forms.restore.assemble import Sheet
from validator.forms.restore.cuttings import Kinds, Way, fitting, is_doubtful, settled, ways_of
from validator.forms.restore.shapes import SIGNS, number_of
from validator.forms.restore.tokens import Gap, Token
from validator.forms.restore.vocabulary import Part, Vocabulary
from validator.model.document import Note, Paragraph, Table

_SHORTEST = 100
"""Characters of a line that may hold a form."""
_LONGEST = 20_000
_LONGEST_WORDS = 12
"""Characters of a word, on the average, that is more than a cell."""
_LONGEST_STRETCH = 3000
"""Characters between two words of groups."""
_CHUNK = re.compile(r"\s*(\d{1,2})、")
"""What a site begins each piece of a text with: they are cut anywhere, in a figure too."""
_BLANK = re.compile(r"\s")
_FIGURE = re.compile(r"[\d.%％]")
_DIGIT = re.compile(r"\d")
_ODD = re.compile(r"[\d:：,，。()（）]")
_PUNCTUATION = re.compile(r"^[(（]|[:：,，、.;；。]$")
_LONGEST_LABEL = 30
_FEWEST_COLUMNS = 3
_MOST_WAYS = 400
_LONGEST_FIGURES = 60
_FIGURES = re.compile(r"[:： ]*(\d[\d.,，%％ —–-]*[\d%％—–-])")
_DASH = re.compile(r"[—–-]")
_AMOUNT = re.compile(r"(?:0|[1-9]\d{0,8}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d{1,6})?")
_PERCENT = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.\d{1,4})?[%％]")
_POINTS = re.compile(r"(?:0|[1-9]\d?|100)(?:\.\d{1,2})?")
_PATTERNS = {"amount": _AMOUNT, "percent": _PERCENT, "points": _POINTS}
_PER_CENT = 100
_NEAR = Decimal("0.1")
"""How far a score may be rounded."""
_CLOSED = "这里的文字连在一起，有的行分不出各栏，那里未作核对。"


class Unbroken(NamedTuple):
    """A form that ran together."""

    table: Table
    notes: Sequence[Note]
    """What could not be read in it."""


class _Text(NamedTuple):
    """Lines as one text without blanks, except between figures, and where each character stands."""

    text: str
    places: Sequence[tuple[int, int]]
    """Line, and character in it from 1."""

    def token(self, start: int, end: int, gap: Gap = Gap.CELL) -> Token:
        """Return what stands between two places; its span is the part in the first line."""
        line, first = self.places[start]
        last = next(place for place in reversed(self.places[start:end]) if place[0] == line)[1]
        return Token(self.text[start:end].strip(), line, first, last, gap, stop=self.places[end - 1][0])


class _Labels(NamedTuple):
    """Labels of the columns of one section, right behind each other."""

    part: Part
    start: int
    end: int
    columns: Sequence[tuple[str, int, int]]
    """Column id, and where its label stands."""


class _Stretch(NamedTuple):
    """What stands behind the words of groups, up to the next."""

    groups: Mapping[str, tuple[int, int]]
    """Group column to where its word stands."""
    start: int
    end: int


class _Rows:
    """Rows as they are gathered: cells by column, and whether a figure that counts may be missing."""

    def __init__(self) -> None:
        self.cells: list[tuple[dict[int, list[Token]], bool]] = []
        self.unread: list[int] = []
        """Where something begins that could not be cut."""
        self.end = 0


def unbroken(paragraphs: Sequence[Paragraph], vocabulary: Vocabulary, number: int) -> Iterator[Sequence[Paragraph] | Unbroken]:
    """Yield the paragraphs and, in place of forms run together, tables with what there is to say of them.

    `number`: that of the first table.
    """
    start = at = 0
    while at < len(paragraphs):
        if not _may_hold_form(paragraphs[at].text, vocabulary):
            at += 1
            continue
        end = _end_of_chunks(paragraphs, at)
        found = _read(paragraphs[at:end], vocabulary, number)
        if found is None:
            at += 1
            continue
        before, table, notes, behind = found
        if [*paragraphs[start:at], *before]:
            yield [*paragraphs[start:at], *before]
        yield Unbroken(table, notes)
        if behind:
            yield behind
        number += 1
        start = at = end
    if start < len(paragraphs):
        yield paragraphs[start:] if start else paragraphs


def _may_hold_form(line: str, vocabulary: Vocabulary) -> bool:
    if not _SHORTEST <= len(line) <= _LONGEST or "\t" in line or "|" in line:
        return False
    words = line.split()
    text = "".join(words)
    return _LONGEST_WORDS * len(words) < len(text) and vocabulary.may_occur(text) and vocabulary.has_fused_header(text)


def _end_of_chunks(paragraphs: Sequence[Paragraph], at: int) -> int:
    """Return the end of the pieces that a site cut one text into, numbered from that of a line on."""
    chunk = _CHUNK.match(paragraphs[at].text)
    end = at + 1
    awaited = int(chunk[1]) + 1 if chunk else 0
    for n in range(at + 1, len(paragraphs) if chunk else at):
        text = paragraphs[n].text
        if (mark := _CHUNK.match(text)) and int(mark[1]) == awaited:
            awaited, end = awaited + 1, n + 1
        elif text.strip() and not (end == n and mark is None and _CHUNK.fullmatch(paragraphs[n - 1].text)):
            break
        elif text.strip():
            end = n + 1
    return end


def _joined(lines: Sequence[str]) -> _Text:
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for n, line in enumerate(lines):
        mark = _CHUNK.match(line)
        first = mark.end() if mark and n else 0
        for k, letter in enumerate(line[first:], first + 1):
            blank = _BLANK.match(letter) is not None
            parts = blank and letters and _FIGURE.match(letters[-1]) and _FIGURE.match(line[k : k + 1])
            if not blank or parts:
                letters.append(" " if blank else letter)
                places.append((n, k))
    return _Text("".join(letters), places)


def _read(
    paragraphs: Sequence[Paragraph], vocabulary: Vocabulary, number: int
) -> tuple[list[Paragraph], Table, list[Note], list[Paragraph]] | None:
    """Return what stands before a form in lines, its table, what there is to say of it, and what stands behind it."""
    text = _joined([paragraph.text for paragraph in paragraphs])
    headers = list(_headers(text.text, vocabulary))
    sheet = Sheet(paragraphs)
    unread: list[int] = []
    at = first = -1
    signs = any(sign in text.text for sign in SIGNS)
    for n, labels in enumerate(headers):
        limit = headers[n + 1].start if n + 1 < len(headers) else len(text.text)
        funds = bool(labels.part.quotients)
        rows = _funds(text, labels, limit, vocabulary) if funds else _indicators(text, labels, limit, vocabulary, signs=signs)
        if not rows.cells:
            unread += [labels.start] if at >= 0 else []
            continue
        if at >= 0:
            _add_between(sheet, text, at, labels.start)
        first = labels.start if first < 0 else first
        lead = 1 if funds and labels.columns[0][0] != "label" else 0
        sheet.add({lead + k: [text.token(a, b)] for k, (_, a, b) in enumerate(labels.columns)})
        for cells, summed in rows.cells:
            sheet.add(cells, summed=summed)
        unread += rows.unread
        at = rows.end
    if first < 0:
        return None
    table = sheet.table(number)
    notes = [Note(_CLOSED, sheet.address([text.token(place, place + 1)])) for place in unread]
    return _rest(paragraphs, text, 0, first), table, notes, _rest(paragraphs, text, at, len(text.text))


def _add_between(sheet: Sheet, text: _Text, start: int, end: int) -> None:
    if text.text[start:end].strip():
        sheet.add({0: [text.token(start, end)]})


def _rest(paragraphs: Sequence[Paragraph], text: _Text, start: int, end: int) -> list[Paragraph]:
    """Return the lines between two places of the text, of a piece of one that piece."""
    found: list[Paragraph] = []
    spans: dict[int, tuple[int, int]] = {}
    for line, character in text.places[start:end]:
        spans[line] = (spans.get(line, (character, 0))[0], character)
    for line, (first, last) in spans.items():
        whole = paragraphs[line]
        if first == 1 and last == len(whole.text):
            found.append(whole)
        else:
            found.append(Paragraph(whole.text[first - 1 : last], f"{whole.address}:{first}-{last}"))
    return found


def _headers(text: str, vocabulary: Vocabulary) -> Iterator[_Labels]:
    """Yield the labels of columns that stand right behind each other, of sections with figures."""
    end = 0
    parts = [part for part in vocabulary.parts.values() if part.has_figures]
    for start in vocabulary.column_starts(text):
        if start < end:
            continue
        every = [labels for part in parts if _are_enough(labels := _labels(text, start, part, vocabulary))]
        if every:
            found = max(every, key=lambda labels: labels.end)
            end = found.end
            yield found


def _are_enough(labels: _Labels) -> bool:
    ids = {id for id, _, _ in labels.columns}
    return len(ids) >= _FEWEST_COLUMNS and all(ids & group for group in labels.part.requires)


def _labels(text: str, start: int, part: Part, vocabulary: Vocabulary) -> _Labels:
    columns: list[tuple[str, int, int]] = []
    at = start
    while True:
        seen = {id for id, _, _ in columns}
        ends = range(min(at + _LONGEST_LABEL, len(text)), at + 1, -1)
        ids = {end: id for end in ends if (id := vocabulary.meaning(text[at:end]).columns.get(part.id)) and id not in seen}
        whole = [end for end in ids if _is_whole(text[at:end], vocabulary)]
        remarks = [end for end, id in ids.items() if part.types[id] == "text" and not _ODD.search(text[at:end])]
        end = next(iter([*whole, *remarks[-1:]]), 0)
        if not end:
            return _Labels(part, start, at, columns)
        columns.append((ids[end], at, end))
        at = end


def _is_whole(label: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a text is a label as the words have it, not one that a pattern finds in more than a label."""
    return _PUNCTUATION.search(label) is None and vocabulary.spelled(label)


def _funds(text: _Text, labels: _Labels, limit: int, vocabulary: Vocabulary) -> _Rows:
    """Read the rows of funds of which one way to part the figures is right, by their rates or as parts of a total."""
    part = labels.part
    ids = [id for id, _, _ in labels.columns if part.types[id] != "label"]
    rows = _Rows()
    rows.end = at = labels.end
    if not all(part.types[id] in _PATTERNS for id in ids):
        return rows
    found: list[tuple[int, int, int, list[tuple[tuple[int, int], ...]]]] = []
    begun: list[int] = []
    while at < limit:
        sizes = range(min(_LONGEST_LABEL, limit - at), 1, -1)
        size = next((size for size in sizes if _is_row(text.text[at : at + size], part, vocabulary)), 0)
        if not size:
            break
        begun.append(at)
        at += size
        figures = _FIGURES.match(text.text, at, limit)
        if figures is not None:
            ways = _right_ways(text.text, figures.span(1), ids, part)
            found.append((begun[0], at, figures.start(1), ways))
            at = figures.end()
            begun = []
        rows.end = at
    found = _by_sums(found, text.text)
    for start, end, place, ways in found:
        cells = {0: [text.token(start, end)]}
        if len(ways) == 1:
            cells.update({1 + k: [text.token(a, b)] for k, (a, b) in enumerate(ways[0])})
        else:
            rows.unread.append(place)
        rows.cells.append((cells, len(ways) == 1))
    rows.cells += [({0: [text.token(begun[0], at)]}, True)] if begun else []
    if not any(len(ways) == 1 for *_, ways in found):
        rows.cells = []
    return rows


def _is_row(label: str, part: Part, vocabulary: Vocabulary) -> bool:
    """Tell whether a text is the label of a row as the words have it."""
    return part.id in vocabulary.meaning(label).rows and vocabulary.spelled(label) and label[0] not in ":：,，、"


def _right_ways(text: str, span: tuple[int, int], ids: Sequence[str], part: Part) -> list[tuple[tuple[int, int], ...]]:
    """Return the ways to part figures that the rate among them bears out; of amounts alone, every way."""
    start, end = span
    if end - start > _LONGEST_FIGURES:
        return []
    patterns = [_PATTERNS[part.types[id]] for id in ids]
    ways = [*islice(_ways(text, start, end, patterns), _MOST_WAYS + 1)]
    if len(ways) > _MOST_WAYS:
        return []
    right = [way for way in ways if _is_right(text, way, ids, part)]
    if len(right) > 1:
        right = [way for way in right if _is_scored(text, way, ids, part)]
    amounts = sum(1 for id in ids if part.types[id] == "amount")
    if not ways and all(part.types[id] == "amount" for id in ids[:amounts]):
        return [*islice(_ways(text, start, end, patterns[:amounts]), _MOST_WAYS)]
    return right


def _ways(text: str, start: int, end: int, patterns: Sequence[re.Pattern[str]]) -> Iterator[tuple[tuple[int, int], ...]]:
    if not patterns or start >= end:
        if not patterns and start == end:
            yield ()
        return
    start += text[start] == " "
    for stop in range(start + 1, min(end, start + 16) + 1):
        if patterns[0].fullmatch(text, start, stop) or _DASH.fullmatch(text, start, stop):
            for rest in _ways(text, stop, end, patterns[1:]):
                yield ((start, stop), *rest)


def _is_right(text: str, way: Sequence[tuple[int, int]], ids: Sequence[str], part: Part) -> bool:
    at = {id: number_of(text[a:b]) for id, (a, b) in zip(ids, way, strict=True)}
    for quotient in part.quotients:
        base = next((at[id] for id in quotient.by if at.get(id)), Decimal(0))
        if quotient.column not in at or quotient.of not in at or not base:
            return False
        rate = at[quotient.column]
        if abs(at[quotient.of] / base * _PER_CENT - rate) >= Decimal(1).scaleb(int(rate.as_tuple().exponent)):
            return False
    points = [at[id] for id, (a, b) in zip(ids, way, strict=True) if part.types[id] == "points" and not _DASH.match(text, a, b)]
    return bool(part.quotients) and points == sorted(points, reverse=True)


def _is_scored(text: str, way: Sequence[tuple[int, int]], ids: Sequence[str], part: Part) -> bool:
    """Tell whether the score of a row is its points times the rate."""
    points = [_size(text, span) for id, span in zip(ids, way, strict=True) if part.types[id] == "points"]
    rates = [_size(text, span) for id, span in zip(ids, way, strict=True) if part.types[id] == "percent"]
    return len(points) == 2 and len(rates) == 1 and abs(points[0] * rates[0] / _PER_CENT - points[1]) <= _NEAR


def _by_sums(
    found: list[tuple[int, int, int, list[tuple[tuple[int, int], ...]]]], text: str
) -> list[tuple[int, int, int, list[tuple[tuple[int, int], ...]]]]:
    """Return the rows with one way for the one below the total that nothing else tells, if one makes up the total."""
    open_rows = [n for n, row in enumerate(found) if len(row[3]) != 1]
    if len(open_rows) != 1 or not open_rows[0] or not found[open_rows[0]][3]:
        return found
    n = open_rows[0]
    width = min(len(way) for way in found[n][3])
    sums = [
        _size(text, found[0][3][0][k]) - sum(_size(text, row[3][0][k]) for row in found[1:] if row is not found[n])
        for k in range(width)
    ]
    fits = [way for way in found[n][3] if [_size(text, span) for span in way[:width]] == sums]
    return [*found[:n], (*found[n][:3], fits), *found[n + 1 :]]


def _size(text: str, span: tuple[int, int]) -> Decimal:
    return number_of(text[slice(*span)])


def _indicators(text: _Text, labels: _Labels, limit: int, vocabulary: Vocabulary, *, signs: bool) -> _Rows:
    """Read the rows of indicators."""
    part = labels.part
    ids = [id for id, _, _ in labels.columns]
    column = {id: n for n, id in enumerate(ids)}
    kinds = _kinds(ids, part)
    name = next((id for id in ids if part.types[id] == "name"), "")
    rows = _Rows()
    rows.end = labels.end
    if kinds is None or not name:
        return rows
    end, total = _total(text, labels, limit, vocabulary, kinds)
    stretches = list(_stretches(text.text, labels, end, vocabulary))
    every = [
        ways_of(text.text, s.start, s.end, kinds, vocabulary.is_unit) if s.end - s.start <= _LONGEST_STRETCH else []
        for s in stretches
    ]
    fits = _by_points(text.text, stretches, every, kinds)
    shown: dict[str, tuple[int, int]] = {}
    for stretch, ways, fit in zip(stretches, every, fits, strict=True):
        found = settled(ways, fit, kinds, text.text)
        said = text.text[stretch.start : stretch.end]
        covered = {way.start for way in ways}
        closed_off = bool(ways) and _DIGIT.search(text.text, max(way.end for way in ways), stretch.end) is not None
        closed = not ways and _DIGIT.search(said) is not None and not vocabulary.is_number_of_row(said)
        reach = {way.start for way in found}
        open_stretch = closed or closed_off or any(place not in reach for place in covered)
        if open_stretch:
            rows.unread.append(next((way.start for way in ways if way.start not in reach), stretch.start))
        for way in found or ():
            rows.cells.append(_row(text, way, stretch, shown, column, name, kinds, vocabulary, signs=signs))
        if not found and open_stretch:
            cells = {column[id]: [text.token(*span)] for id, span in stretch.groups.items() if id in column}
            rows.cells.append(({**cells, column[name]: [_blank(text, stretch.start)]}, False))
        elif found and open_stretch:
            rows.cells[-1] = (rows.cells[-1][0], False)
    read = any(column[kinds.target] in cells or kinds.before + kinds.behind for cells, _ in rows.cells)
    if not read or not any(len(cells) > 2 for cells, _ in rows.cells):
        rows.cells = []
        return rows
    rows.end = end
    if total:
        first = {min(column.values()): [text.token(end, total[0][0])]}
        points = (*kinds.before, *kinds.behind)
        rows.cells.append(({**first, **{column[id]: [text.token(*s)] for id, s in zip(points, total, strict=True)}}, True))
        rows.end = total[-1][1]
    return rows


def _blank(text: _Text, place: int) -> Token:
    """Return a cell that may hold something."""
    return text.token(place, place + 1)._replace(text="")


def _row(
    text: _Text,
    way: Way,
    stretch: _Stretch,
    shown: dict[str, tuple[int, int]],
    column: Mapping[str, int],
    name: str,
    kinds: Kinds,
    vocabulary: Vocabulary,
    *,
    signs: bool,
) -> tuple[dict[int, list[Token]], bool]:
    """Return the cells of a row; where a word of a group is that of the row above, its cell reaches down."""
    cells: dict[int, list[Token]] = {}
    for id, span in stretch.groups.items():
        if id in column:
            cells[column[id]] = [] if shown.get(id) == span else [text.token(*span)]
    shown.clear()
    shown.update(stretch.groups)
    label = text.text[way.start : way.name_end]
    cells[column[name]] = [text.token(way.start, way.name_end)]
    spans = dict(way.cells)
    if kinds.target in spans:
        target, actual = (text.text[slice(*spans[id])] for id in (kinds.target, kinds.actual))
        if _DIGIT.search(target) and is_doubtful(label, target, actual, signs_occur=signs):
            spans = {id: span for id, span in spans.items() if id not in (kinds.target, kinds.actual)}
    for id, place in column.items():
        if id in spans:
            cells[place] = [text.token(*spans[id])]
        elif place not in cells and place > column[name]:
            cells[place] = [_blank(text, way.name_end)]
    bare = not _DIGIT.search(label) or (vocabulary.begins_with_number_of_row(label) and not _DIGIT.search(label[4:]))
    return cells, bare and all(id in spans for id in (*kinds.before, *kinds.behind))


def _kinds(ids: Sequence[str], part: Part) -> Kinds | None:
    """Return which values rows have; None where a target is not followed by its actual, or something else stands among them."""
    types = [part.types[id] for id in ids]
    values = [(id, type) for id, type in zip(ids, types, strict=True) if type not in ("group", "name")]
    if types[len(ids) - len(values) :] != [type for _, type in values] or not values:
        return None
    if values[-1][1] == "text":
        values.pop()
    at = next((n for n, (_, type) in enumerate(values) if type == "target"), -1)
    if at < 0 or at + 1 >= len(values) or values[at + 1][1] != "actual":
        return None
    rest = [*values[:at], *values[at + 2 :]]
    if any(type != "points" for _, type in rest) or len(rest) > 2:
        return None
    return Kinds(tuple(id for id, _ in values[:at]), values[at][0], values[at + 1][0], tuple(id for id, _ in values[at + 2 :]))


def _total(text: _Text, labels: _Labels, limit: int, vocabulary: Vocabulary, kinds: Kinds) -> tuple[int, list[tuple[int, int]]]:
    """Return where the rows end, and where the points of their total stand: a hundred, where there are several ways."""
    points = (*kinds.before, *kinds.behind)
    found = vocabulary.first_end(labels.part.id, text.text, labels.end, limit)
    if found is None:
        return limit, []
    start, end, is_total = found
    figures = _FIGURES.match(text.text, end, limit)
    if not is_total or figures is None or not points:
        return start, []
    ways = list(islice(_ways(text.text, *figures.span(1), [_POINTS] * len(points)), _MOST_WAYS))
    full = [way for way in ways if len(points) == 1 or _size(text.text, way[0]) == _PER_CENT]
    only = full if len(full) == 1 else ways
    return start, list(only[0]) if len(only) == 1 else []


def _stretches(text: str, labels: _Labels, end: int, vocabulary: Vocabulary) -> Iterator[_Stretch]:
    """Yield what stands between the words of groups."""
    part = labels.part
    ids = [id for id, _, _ in labels.columns if part.types[id] == "group"]
    found = [span for span in vocabulary.groups_in(text[labels.end : end]) if span[1] > span[0]]
    spans = [(labels.end + a, labels.end + b) for a, b in found]
    groups: dict[str, tuple[int, int]] = {}
    if not spans or spans[0][0] > labels.end:
        yield _Stretch({}, labels.end, spans[0][0] if spans else end)
    for n, (first, last) in enumerate(spans):
        behind = spans[n + 1][0] if n + 1 < len(spans) else end
        word = take_apart(text[first:last]).text
        may_be = [id for id in ids if id in vocabulary.meaning(word).groups.get(part.id, ())]
        id = may_be[0] if may_be and (len(may_be) == 1 or behind == last) else may_be[-1] if may_be else ids[-1] if ids else ""
        if id and id == ids[0]:
            groups = {}
        groups = {**groups, id: (first, last)} if id else groups
        if behind > last:
            yield _Stretch(dict(groups), last, behind)


def _by_points(text: str, stretches: Sequence[_Stretch], every: Sequence[list[Way]], kinds: Kinds) -> list[list[Way]]:
    """Return of each stretch the ways that come to the points that the words of its groups state."""
    weight = next((id for id in (*kinds.before, *kinds.behind) if id == "weight"), "")
    fits = [list(ways) for ways in every]
    if not weight:
        return fits
    below: dict[tuple[int, int], list[int]] = {}
    for n, stretch in enumerate(stretches):
        for span in dict.fromkeys(stretch.groups.values()):
            below.setdefault(span, []).append(n)
    for span, among in sorted(below.items(), key=lambda item: len(item[1])):
        points = take_apart(text[slice(*span)]).points_of_group
        if points and all(fits[n] for n in among):
            _fit_together(text, stretches, fits, among, Decimal(points), weight)
    return fits


def _fit_together(
    text: str, stretches: Sequence[_Stretch], fits: list[list[Way]], among: Sequence[int], points: Decimal, weight: str
) -> None:
    """Leave of several stretches, one behind the other, the ways that come to points together."""
    chain: list[Way] = []
    for n, behind in zip(among, [*among[1:], None], strict=True):
        after = stretches[behind].start if behind is not None else stretches[n].end
        last = max(way.end for way in fits[n])
        chain += [way._replace(end=after) if way.end == last else way for way in fits[n]]
    kept = {
        (way.start, way.name_end, tuple(way.cells.values()))
        for way in fitting(chain, stretches[among[0]].start, points, weight, text)
    }
    for n in among:
        fits[n] = [way for way in fits[n] if (way.start, way.name_end, tuple(way.cells.values())) in kept]
