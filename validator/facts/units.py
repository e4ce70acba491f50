"""Find the unit of money that a line names for what stands below or around it: 单位：万元.

Comes in: texts and the lexicon. Goes out: units of money.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.facts.lexicon import Lexicon
from validator.forms.labels import Matcher, take_apart
from validator.model.quantity import Unit

_MARKUP = "#*> "
"""What Markdown puts before a title."""


def units_of_lines(texts: Iterable[str], lexicon: Lexicon, captions: Matcher) -> Iterator[Unit]:
    """Yield the unit of money of each text that names one: a line such as 单位：万元, or a caption with it in brackets."""
    marks = lexicon.data.currency.marks
    for text in texts:
        for name in lexicon.unit_line.findall(text):
            plain = next((name.removeprefix(mark) for mark in marks if name.startswith(mark)), name)
            unit = lexicon.unit(plain)
            if unit is not None and unit.dimension == "money":
                yield unit
                break
        else:
            caption = text.strip(_MARKUP)
            unit = unit_in_brackets(caption, lexicon) if captions.find(caption) else None
            if unit is not None and unit.dimension == "money":
                yield unit


def unit_in_brackets(label: str, lexicon: Lexicon) -> Unit | None:
    """Return the first unit that stands in brackets in a label: 项目资金（万元）."""
    found = (lexicon.unit_in_brackets(inside) for inside in take_apart(label).brackets)
    return next((unit for unit in found if unit is not None), None)
