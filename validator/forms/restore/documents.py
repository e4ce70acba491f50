"""Tables that became text become tables again, guided by the words of the forms.

Comes in: a document whose lines may be the cells of a lost table. Goes out: the same document with a `Table` where the
reading is the only one, notes where it is not, and every other line as it was. What cannot be placed for sure is in no
table, so that nothing is checked there. Lines go through `unbroken` (forms that became one line), then `forms`, then `others`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from validator.facts.lexicon import Lexicon
from validator.facts.words import Words
from validator.forms.labels import take_apart
from validator.forms.restore import grids, headless
from validator.forms.restore.continued import joined
from validator.forms.restore.drawn import parted
from validator.forms.restore.ending import edge_of
from validator.forms.restore.forms import HEADLESS, restore_forms
from validator.forms.restore.frames import without_frames
from validator.forms.restore.fused import fused_rows
from validator.forms.restore.generic import Named
from validator.forms.restore.lost_blanks import without_marks_for_blanks
from validator.forms.restore.others import restore_others
from validator.forms.restore.pages import without_page_numbers, without_running_heads
from validator.forms.restore.ready import made_ready
from validator.forms.restore.restored import UNSURE, Restored
from validator.forms.restore.simplified import simplified
from validator.forms.restore.unbroken import Unbroken, unbroken
from validator.forms.restore.vocabulary import Vocabulary, of_ruleset
from validator.model.document import GRIDS, LINES, Document, Note, Paragraph, Table

_FUSED = "这里的文字连在一起，分不出表里的各栏，未作核对。"
_SHORTEST_FUSED = 60
"""Characters of a line with blanks that may be a whole table run together."""
_SHORTEST_FUSED_HEADER = 10
"""Characters of a line without blanks that may be the labels of its columns."""
_kept: dict[int, tuple[Any, Vocabulary, Named]] = {}


def restore(document: Document, ruleset: Any) -> Document:
    """Return the document with tables in place of the lines that were tables."""
    if document.format not in LINES and document.format not in GRIDS:
        return document
    vocabulary, named = words_of(ruleset)
    document = replace(document, blocks=simplified(without_marks_for_blanks(document.blocks), ruleset.wording.simplified))
    document = _with_first_labels(document, vocabulary) if document.format in GRIDS else document
    restored = Restored()
    lines: list[Paragraph] = []
    titled = False
    given = joined(document.blocks, vocabulary) if document.format == "md" else document.blocks
    for block in (*given, None):
        titled = titled or (isinstance(block, Paragraph) and vocabulary.is_title(block.text.strip()))
        if isinstance(block, Paragraph) and document.format in LINES:
            lines.append(block)
            continue
        _restore_lines(lines, vocabulary, named, restored, titled=titled)
        lines = []
        if block is not None:
            restored.add(_realigned(block, document.format, vocabulary, named, restored, titled=titled))
    blocks = [grids.with_repeats_whole(block, named) if isinstance(block, Table) else block for block in restored.blocks]
    headless_at = {note.address for note in restored.notes if note.message == HEADLESS}
    notes = [note for note in restored.notes if note.message != UNSURE or note.address not in headless_at]
    return replace(document, blocks=tuple(blocks), notes=document.notes + tuple(notes), edge=edge_of(document))


def _restore_lines(
    paragraphs: Sequence[Paragraph], vocabulary: Vocabulary, named: Named, restored: Restored, *, titled: bool
) -> None:
    """Append lines between two tables of the document; `titled`: the title of a form stands above."""
    for piece in parted(paragraphs, restored.next_number):
        if isinstance(piece, Table):
            table, told = grids.realign(piece, vocabulary, titled=titled)
            restored.add(table)
            restored.notes += told
            continue
        for rest in unbroken(piece, vocabulary, restored.next_number):
            if isinstance(rest, Unbroken):
                restored.add(rest.table)
                restored.notes += rest.notes
            else:
                _restore_ready(without_frames(rest), vocabulary, named, restored)


def _with_first_labels(document: Document, vocabulary: Vocabulary) -> Document:
    """Return the document with labels above its first table, where that begins with rows of a list that lost them."""
    at = next((n for n, block in enumerate(document.blocks) if isinstance(block, Table)), None)
    table = document.blocks[at] if at is not None else None
    if at is None or not isinstance(table, Table):
        return document
    labelled, unread = headless.with_labels(table, vocabulary)
    notes = (Note(HEADLESS, unread),) if unread else ()
    if labelled is table and not notes:
        return document
    blocks = (*document.blocks[:at], labelled, *document.blocks[at + 1 :])
    return replace(document, blocks=blocks, notes=document.notes + notes)


def _realigned(
    block: Table | Paragraph, format: str, vocabulary: Vocabulary, named: Named, restored: Restored, *, titled: bool
) -> Table | Paragraph:
    if format not in GRIDS or not isinstance(block, Table):
        return block
    text = "".join(cell.text for row in block.rows for cell in row if cell is not None)
    if vocabulary.may_occur("".join(text.split())):
        placed, told = grids.realign(block, vocabulary, titled=titled)
        restored.notes += told
        if placed is not block or grids.holds_header(block, vocabulary):
            return grids.with_rows_across(placed)
    whole = grids.with_short_rows_in_place(block, named)
    for row in sorted(whole.open_rows - block.open_rows):
        restored.note_open_row(whole, row)
    return grids.with_totals_in_place(whole, named)


def words_of(ruleset: Any) -> tuple[Vocabulary, Named]:
    """Return the words of the forms, and what tells whether a text is in a list of words; made once for a ruleset."""
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
    if name in ("income_rows", "spending_rows"):
        return words.side(text) == name
    if name == "groups" and take_apart(text).among:
        return True
    return words.is_remark(text) if name == "remarks" else words.has(name, text)


def _restore_ready(paragraphs: Sequence[Paragraph], vocabulary: Vocabulary, named: Named, restored: Restored) -> None:
    """Append lines that no frame and no single line holds together."""
    ready = made_ready(
        without_running_heads(without_page_numbers(paragraphs), vocabulary), vocabulary.is_title, vocabulary.known
    )
    part = Restored(before=restored.next_number - 1)
    text = "".join("".join(paragraph.text for paragraph in ready.paragraphs).split())
    headed = vocabulary.may_occur(text)
    at, lost = 0, list[range]()
    if headed or headless.may_occur([paragraph.text for paragraph in ready.paragraphs], vocabulary):
        at, lost = restore_forms(ready.paragraphs, vocabulary, named, part, headed=headed)
    restore_others(ready.paragraphs[at:], named, part)
    left = [block for block in part.blocks if isinstance(block, Paragraph)]
    kept = {block.address for block in left}
    for rows in lost:
        if ready.paragraphs[rows.start].address in kept:
            part.note_once(ready.paragraphs[rows.start : rows.stop])
    _tell_fused(left, vocabulary if headed else None, part)
    restored.take(part, ready)


def _tell_fused(left: Sequence[Paragraph], vocabulary: Vocabulary | None, restored: Restored) -> None:
    """Say which lines that became no table are a header or rows run together. `vocabulary`: None where no header can be."""
    told = {note.address for note in restored.notes}
    rows = {left[n].address for n in fused_rows([block.text for block in left])}
    for block in left:
        fused = block.address in rows or (vocabulary is not None and _is_fused_header(block.text, vocabulary))
        if fused and block.address not in told:
            restored.note(_FUSED, block.address)


def _is_fused_header(line: str, vocabulary: Vocabulary) -> bool:
    text = "".join(line.split())
    if len(line) < (_SHORTEST_FUSED_HEADER if text == line.strip() else _SHORTEST_FUSED):
        return False
    return vocabulary.may_occur(text) and vocabulary.has_fused_header(text)
