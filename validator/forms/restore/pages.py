"""What a page adds in the middle of a table: the title of the document once more, and the bare number of the page.

Comes in: the paragraphs of a text. Goes out: the same without them, so that the table goes on as it would without the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from validator.forms.restore.shapes import FIGURES, shape_of
from validator.forms.restore.tokens import PAGE_MARK
from validator.forms.restore.vocabulary import Vocabulary
from validator.model.document import Paragraph

_SHORTEST = 4
_LONGEST = 60
_YEAR = re.compile(r"[(（〔\[]?\s*(?:[12]\d{3}|[Xx×_\s]{0,6})\s*年度?\s*[)）〕\]]?")
_NUMBER = re.compile(r"\s*\d{1,3}\s*")
_NEAR = 4
"""Lines around the number of a page that are looked at."""
_PARTS = re.compile(r"[|\t ]+")


def without_page_numbers(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs without the numbers of pages, where the lines around them hold several cells each.

    A bare number must stand between blank lines; 第2页 or — 2 — need not. Where a cell has a line to itself a number may
    be one. The blank lines around a number go with it.
    """
    gone: set[int] = set()
    for number in (n for n, paragraph in enumerate(paragraphs) if _is_page_number(paragraphs, n, paragraph.text)):
        gone.add(number)
        for step in (-1, 1):  # the blank lines around it belong to the page as well
            n = number + step
            while 0 <= n < len(paragraphs) and not paragraphs[n].text.strip():
                gone.add(n)
                n += step
    return [paragraph for n, paragraph in enumerate(paragraphs) if n not in gone] if gone else list(paragraphs)


def _is_page_number(paragraphs: Sequence[Paragraph], n: int, text: str) -> bool:
    if len(text) > _LONGEST or not ((_NUMBER.fullmatch(text) and _stands_alone(paragraphs, n)) or PAGE_MARK.fullmatch(text)):
        return False
    around = paragraphs[max(n - _NEAR, 0) : n], paragraphs[n + 1 : n + 1 + _NEAR]
    above, below = ([paragraph.text for paragraph in part if paragraph.text.strip()] for part in around)
    return bool(above and below) and all(len(_PARTS.split(text.strip())) > 2 for text in (above[-1], below[0]))


def _stands_alone(paragraphs: Sequence[Paragraph], n: int) -> bool:
    return 0 < n < len(paragraphs) - 1 and not (paragraphs[n - 1].text + paragraphs[n + 1].text).strip()


def without_running_heads(paragraphs: Sequence[Paragraph], vocabulary: Vocabulary) -> list[Paragraph]:
    """Return the paragraphs without those that repeat the first line, or a title, and have no form of their own below them."""
    filled = [n for n, paragraph in enumerate(paragraphs) if paragraph.text.strip()]
    gone: set[int] = set()
    seen: set[str] = set()
    for k, n in enumerate(filled):
        text = paragraphs[n].text.strip()
        if not _SHORTEST <= len(text) <= _LONGEST or not (k == 0 or text in seen or vocabulary.is_title(text)):
            continue
        if text in seen and k + 1 < len(filled):
            above, below = paragraphs[filled[k - 1]].text, paragraphs[filled[k + 1]].text
            paged = PAGE_MARK.fullmatch(above) is not None
            if (paged or vocabulary.is_title(text)) and _goes_on(below, vocabulary, paged=paged):
                gone.add(n)
        seen.add(text)
    return [paragraph for n, paragraph in enumerate(paragraphs) if n not in gone] if gone else list(paragraphs)


def _goes_on(below: str, vocabulary: Vocabulary, *, paged: bool) -> bool:
    """Tell whether a line may be of the table above: behind the mark of a page any that begins no form, else a row of one."""
    parts = [part for part in _PARTS.split(below.strip()) if part]
    meanings = [vocabulary.meaning(part) for part in parts]
    if _YEAR.fullmatch(below.strip()) or any(meaning.field and not meaning.columns for meaning in meanings):
        return False
    return paged or any(shape_of(part) in FIGURES or meaning.groups for part, meaning in zip(parts, meanings, strict=True))
