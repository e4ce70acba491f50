"""Percentages that a narrow column broke over two lines: `1238.60 1220.94 10 98.5 9.86` and below it `7%`, 98.57 %.

Comes in: tokens. Goes out: the same with the two halves as one, where the figures before them have that very rate; where they
have not, nothing tells the halves from two figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token

_FIRST = re.compile(r"\d{1,3}\.\d?")
_SECOND = re.compile(r"\d{0,2}[%％]")
_BETWEEN = 3
"""Cells from the first half to the second: the rest of its line, and a piece of a caption in the margin."""
_AMOUNTS = 5
"""Cells before the first half in which the two amounts stand."""
_AMOUNT = frozenset({Shape.NUMBER, Shape.MONEY})
_PER_CENT = 100


def whole_rates(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with broken rates in one piece."""
    joined = list(tokens)
    gone: set[int] = set()
    for i, token in enumerate(tokens):
        if not _SECOND.fullmatch(token.text):
            continue
        k = next((k for k in range(i - 1, max(i - 2 - _BETWEEN, -1), -1) if _FIRST.fullmatch(tokens[k].text)), i)
        if tokens[k].line < token.line and _is_rate(tokens[k].text + token.text, tokens[max(k - _AMOUNTS, 0) : k]):
            joined[k] = tokens[k]._replace(text=tokens[k].text + token.text)
            gone.add(i)
    return [token for i, token in enumerate(joined) if i not in gone] if gone else joined


def _is_rate(text: str, before: Sequence[Token]) -> bool:
    """Tell whether a rate is that of two amounts before it."""
    rate = Decimal(text[:-1])
    step = Decimal(1).scaleb(rate.as_tuple().exponent)  # type: ignore[arg-type]
    amounts = [number_of(token.text) for token in before if shape_of(token.text) in _AMOUNT]
    return any(of and (by / of * _PER_CENT).quantize(step, ROUND_HALF_UP) == rate for of, by in combinations(amounts, 2))
