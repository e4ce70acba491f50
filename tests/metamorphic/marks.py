"""One figure of a document, moved beyond rounding, with two marks around it that no writer ever prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from tests.building.page import Page

FIRST, LAST = "\ue000", "\ue001"
_FIGURE = re.compile(r"(?<![\d.A-Za-z〔（(-])\d[\d,]*(?:\.\d+)?(?![\d.]|年|月|号|[)）])")
_MARKED = re.compile(f"{FIRST}(.*?){LAST}")


def changed(pages: tuple[Page, ...], change: Callable[[str], str]) -> tuple[Page, ...]:
    """Return the pages with every text of them changed."""
    return tuple(
        replace(
            page,
            title=change(page.title),
            slots=tuple(slot._replace(text=change(slot.text)) for slot in page.slots),
            notes=tuple(map(change, page.notes)),
        )
        for page in pages
    )


def planted(pages: tuple[Page, ...], seed: int) -> tuple[Page, ...] | None:
    """Return the pages with one figure changed and marked, None where there is none."""
    rng = Random(seed)
    places = list(_places(pages))
    if not places:
        return None
    number, kind, index, found = rng.choice(places)
    page = pages[number]
    text = found.string
    marked = f"{text[: found.start()]}{FIRST}{_moved(found.group(), rng)}{LAST}{text[found.end() :]}"
    if kind == "slots":
        slot = page.slots[index]._replace(text=marked)
        page = replace(page, slots=(*page.slots[:index], slot, *page.slots[index + 1 :]))
    else:
        page = replace(page, notes=(*page.notes[:index], marked, *page.notes[index + 1 :]))
    return (*pages[:number], page, *pages[number + 1 :])


def _places(pages: tuple[Page, ...]) -> Iterator[tuple[int, str, int, re.Match[str]]]:
    for number, page in enumerate(pages):
        for index, slot in enumerate(page.slots):
            yield from ((number, "slots", index, found) for found in _FIGURE.finditer(slot.text))
        for index, note in enumerate(page.notes):
            yield from ((number, "notes", index, found) for found in _FIGURE.finditer(note))


def _moved(figure: str, rng: Random) -> str:
    """Return a figure with one of its first two digits changed, as a slip of the pen does."""
    at = [n for n, char in enumerate(figure) if char.isdigit()]
    n = rng.choice([k for k in at[:2] if figure[k:] != "0" or k == 0])
    digit = (int(figure[n]) + rng.randint(2, 8)) % 10
    if n == 0 and digit == 0 and len(at) > 1:
        digit = (int(figure[n]) + 1) % 10 or 5
    return f"{figure[:n]}{digit}{figure[n + 1 :]}"


def bare(text: str) -> str:
    """Return a text without the marks."""
    return text.replace(FIRST, "").replace(LAST, "")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield first and last character of each marked figure in a text without its marks, counted from 1."""
    gone = 0
    for found in _MARKED.finditer(text):
        start = found.start() - gone
        yield start + 1, start + len(found.group(1))
        gone += 2


def holds(text: str) -> bool:
    """Tell whether a text has the mark."""
    return FIRST in text
