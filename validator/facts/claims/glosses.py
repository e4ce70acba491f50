"""Spellings in brackets behind characters, as a page has them that was made to be read aloud: 預(yù)算20萬(wàn)元.

Comes in: a text. Goes out: the text without them, and where they stood, so that an address is still that of the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_GLOSS = re.compile(rf"(?<=[\u4e00-\u9fff])[(（][a-zü]{{0,4}}[{_TONES}][a-zü]{{0,4}}[)）]")
"""A syllable with its tone: nothing else in brackets is spelled so."""
_TONE = re.compile(f"[{_TONES}]")


class Cuts(NamedTuple):
    """Where something was left out of a text."""

    places: tuple[int, ...] = ()
    """The characters of what is left before which it stood, by their numbers, in order."""
    removed: tuple[int, ...] = (0,)
    """How many characters were left out before the first of these places, up to and with it, up to the next."""

    @property
    def length(self) -> int:
        """How many characters were left out in all."""
        return self.removed[-1]

    def before(self, place: int) -> int:
        """Return the place in the whole text of a character of what is left."""
        return place + self.removed[bisect_right(self.places, place)] if self.places else place


NOTHING_CUT = Cuts()


def without_glosses(text: str) -> tuple[str, Cuts]:
    """Return a text without the spellings in it."""
    if text.isascii() or not _TONE.search(text):
        return text, NOTHING_CUT
    spans = [found.span() for found in _GLOSS.finditer(text)]
    removed = tuple(accumulate((end - start for start, end in spans), initial=0))
    places = tuple(start - before for (start, _), before in zip(spans, removed, strict=False))
    return _GLOSS.sub("", text), Cuts(places, removed)
