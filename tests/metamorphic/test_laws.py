"""What is right stays right however it is written, and a slip that is found is found again at its new place.

`python -m tests.metamorphic` looks for what breaks these laws among as many documents as it is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.building.checking import tell
from tests.metamorphic.cases import Case, accused, draw, found, shrunk, write
from tests.property.test_whole_forms import LAW

SEEDS = st.integers(0, 2**32 - 1)
WHOLE = ("xlsx", "docx", "html")
"""Formats that keep every cell at its place."""
HARMLESS = frozenset({"full_width", "separated", "joined", "half_width", "padded", "blank_row", "footnote", "foreign"})
"""Rewritings that leave every relation as plain to see as it was."""
SHOWN_AGAIN = frozenset({"table.bonus"})
"""Documents whose relation is told in a paragraph that only a workbook holds among the rows of the table."""


OPEN = frozenset({"header_again", "running_heads", "head_cut"})
"""Rewritings that the law doesn't hold for yet: what stands between rows parts a table in two, with its total in one of them,
and a text may begin within a sentence. `python -m tests.metamorphic` draws these too.
"""


class TestSound:
    """四舍五入、换行、分页、更换文件格式，都不会使正确的数据变成错误."""

    @given(SEEDS)
    @settings(LAW, max_examples=300)
    def test_a_right_document_is_not_accused_however_it_is_written(self, seed: int) -> None:
        drawn = draw(seed)
        pages, lines = (tuple(step for step in steps if step[0] not in OPEN) for steps in (drawn.pages, drawn.lines))
        cut = None if drawn.cut is not None and drawn.cut[0] in OPEN else drawn.cut
        case = replace(drawn, pages=pages, lines=lines, cut=cut)
        rules = {finding.rule for finding in accused(case)}
        assert not rules, told(case, lambda other: bool(rules & {finding.rule for finding in accused(other)}))


class TestSensitive:
    """同一处差错，换一种写法、换一种文件格式，仍应在同一处查出."""

    @given(SEEDS)
    @settings(LAW, max_examples=60)
    def test_a_slip_that_is_found_is_found_where_it_stands_in_another_format(self, seed: int) -> None:
        drawn = draw(seed, slip=True)
        parts = tuple(step for step in drawn.parts if not step[0].startswith("prose.") and step[0] not in SHOWN_AGAIN)
        pages = tuple(step for step in drawn.pages if step[0] in HARMLESS)
        case = replace(drawn, parts=parts, pages=pages, lines=(), layout=Random(seed).choice(WHOLE))
        assume(parts and found(case.plain))

        assert found(case), told(case, lambda other: bool(found(other.plain)) and found(other) is False)


def told(case: Case, fails: Callable[[Case], bool]) -> str:
    """Return the smallest case that fails, with what it is accused of and its text."""
    small = shrunk(case, fails)
    written = write(small)
    text = written.data.decode(errors="replace") if written and written.name.endswith("txt") else ""
    return "\n".join([repr(small), *map(tell, accused(small)), *sorted(written.marked if written else ()), text])
