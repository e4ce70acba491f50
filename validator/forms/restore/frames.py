"""Drawn tables whose strokes alone don't tell the cells: `│`, `｜` and the like are pipes, lines of the frame say nothing.

Comes in: the paragraphs of a text. Goes out: the same without the lines of a frame, with pipes for its upright strokes; every
character keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from validator.forms.restore.drawn import CORNERS, LEVEL, UPRIGHT
from validator.model.document import Paragraph

_UPRIGHT = f"{UPRIGHT}｜"
_LEVEL = f"{LEVEL}:"
_FRAME = re.compile(rf"[{_LEVEL}+|{_UPRIGHT}{CORNERS}\s]+")
_STROKE = re.compile(rf"[{_LEVEL}]{{3}}")
_JOINT = re.compile(rf"[+|{_UPRIGHT}{CORNERS}]")
_PIPES = str.maketrans(dict.fromkeys(_UPRIGHT, "|"))
_FEWEST = 2
"""Upright strokes in a line that belongs to a drawn table."""


def without_frames(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with drawn tables as rows of cells between pipes."""
    kept: list[Paragraph] = []
    for paragraph in paragraphs:
        if _FRAME.fullmatch(paragraph.text) and _STROKE.search(paragraph.text) and _JOINT.search(paragraph.text):
            continue
        drawn = sum(paragraph.text.count(stroke) for stroke in _UPRIGHT) >= _FEWEST
        kept.append(Paragraph(paragraph.text.translate(_PIPES), paragraph.address) if drawn else paragraph)
    return kept
