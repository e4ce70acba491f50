"""Which option of several is ticked: ☑优 □良 □中 □差, 优□ 良√ 中□, 优（√） 良（ ）.

Comes in: the text of a cell without blanks, in half width. Goes out: the option that was chosen.
"""

from __future__ import annotations

import re

_IN_BRACKETS = re.compile(r"\(([√✓✔☑☒■●]?)\)|\[([√✓✔☑☒■●]?)\]")
_MARKS = re.compile(r"[□○◯☐▢√✓✔☑☒■●✅]+")
_TICKS = frozenset("√✓✔☑☒■●✅")


def chosen(text: str) -> str | None:
    """Return the option that is ticked: the text itself where nothing is, None where it can't be told which one is.

    Each option has a mark of its own, all before them or all behind them; two marks together (□√) are one.
    """
    listed = _IN_BRACKETS.sub(lambda found: "".join(filter(None, found.groups())) or "□", text).rpartition(":")[2]
    marks, options = _MARKS.findall(listed), _MARKS.split(listed)
    if not marks:
        return text
    words = options[1:] if not options[0] else options[:-1]
    if len(words) != len(marks) or not all(words) or (options[0] and options[-1]):
        return None
    ticked = [word for word, mark in zip(words, marks, strict=True) if not _TICKS.isdisjoint(mark)]
    return ticked[0] if len(ticked) == 1 else None
