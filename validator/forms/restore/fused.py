"""Figures of several columns run together behind the label of their row: `某区152.5089.0063.50`.

Comes in: lines that became no table. Goes out: where such rows begin. They can't be taken apart for sure, only told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_BEHIND_A_LABEL = re.compile(
    r"(?<=[^\s\d.,，%％/-])[-−]?\d[\d,，]{0,14}\.\d[\d,，]{0,14}[%％]?[-−]?[\d,，]{0,14}\.\d[\d.,，%％−-]{0,120}\s*"
)
_DATE = re.compile(r"(?:19|20)\d\d\.\d{1,2}\.\d{1,2}\D*")
_FEWEST_ROWS = 2
_FARTHEST = 3
"""Lines from one such row to the next."""


def fused_rows(lines: Sequence[str]) -> Iterator[int]:
    """Yield the first line of each run of rows whose figures stand right behind each other, at the end of the line."""
    run: list[int] = []
    for n in (*(n for n, line in enumerate(lines) if _is_fused(line)), len(lines) + _FARTHEST):
        if run and n - run[-1] > _FARTHEST:
            if len(run) >= _FEWEST_ROWS:
                yield run[0]
            run = []
        run.append(n)


def _is_fused(line: str) -> bool:
    found = _BEHIND_A_LABEL.search(line) if line.count(".") > 1 else None
    return found is not None and found.end() == len(line) and _DATE.fullmatch(found.group()) is None
