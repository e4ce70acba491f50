"""Tables that became text: what is restored stands where it stood, what isn't sure is in no table."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.flattened import SHAPES, flatten, funds, indicators, lost, misplaced, restored


@pytest.mark.parametrize("shape", SHAPES)
@given(rows=funds(), keep_blanks=st.booleans())
@settings(max_examples=60, deadline=None)
def test_funds_stand_in_their_own_columns_whatever_the_shape(shape: str, rows: list[list[str]], keep_blanks: bool) -> None:
    flat = flatten(rows, shape, keep_blanks=keep_blanks)
    document = restored(flat.text)
    assert not list(misplaced(rows, flat, document, label=0))
    assert not lost(rows, flat, document)


@pytest.mark.parametrize("shape", SHAPES)
@given(rows=indicators(), keep_blanks=st.booleans())
@settings(max_examples=60, deadline=None)
def test_indicators_stand_in_their_own_columns_whatever_the_shape(shape: str, rows: list[list[str]], keep_blanks: bool) -> None:
    flat = flatten(rows, shape, keep_blanks=keep_blanks)
    document = restored(flat.text)
    assert not list(misplaced(rows, flat, document, label=2))
    assert document.notes or not lost(rows, flat, document)


@pytest.mark.parametrize("shape", SHAPES)
@given(rows=indicators(), holes=st.lists(st.tuples(st.integers(1, 9), st.integers(3, 6)), max_size=3))
@settings(max_examples=100, deadline=None)
def test_a_figure_left_out_moves_no_other(shape: str, rows: list[list[str]], holes: list[tuple[int, int]]) -> None:
    for r, c in holes:
        if r < len(rows):
            rows[r][c] = ""
    flat = flatten(rows, shape, keep_blanks=True)
    document = restored(flat.text)
    assert not list(misplaced(rows, flat, document, label=2))
    assert document.notes or not lost(rows, flat, document)


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "tab"])
@given(rows=indicators(), hole=st.tuples(st.integers(1, 9), st.integers(3, 4)))
@settings(max_examples=100, deadline=None)
def test_a_swallowed_cell_moves_no_figure(shape: str, rows: list[list[str]], hole: tuple[int, int]) -> None:
    r, c = hole
    if r < len(rows):
        rows[r][c] = ""
    flat = flatten(rows, shape, keep_blanks=False)
    document = restored(flat.text)
    assert not list(misplaced(rows, flat, document, label=2))
    assert document.notes or not lost(rows, flat, document)


@given(st.text(alphabet=st.sampled_from("年度资金总额全年预算数执行率三级指标值实际完成分值得分 |\t\n\xa0一二产出1250.%≥（）:，。-"), max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_document(text: str) -> None:
    document = restored(text)
    for table in document.tables:
        assert table.columns and all(len(row) == table.columns for row in table.rows)
