"""The generators are right by their own figures, a rewriting loses none of them, a marked figure stands where its mark says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from random import Random
from unicodedata import normalize

import pytest

from tests.building.checking import tell
from tests.building.page import Page
from tests.metamorphic.cases import ALIKE, DOCUMENTS, Case, accused, alike, build, draw, shrunk, smaller, write
from tests.metamorphic.layouts import GRIDS, LINES
from tests.metamorphic.marks import planted
from tests.metamorphic.rewritings import CUTS, PAGES
from tests.metamorphic.rewritings import LINES as ON_LINES
from validator.readers import read
from validator.readers.locate import locate

REPORT = Case((("prose.income", 3), ("table.allotment", 5), ("form.project", 7)), "spaces")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def figures(texts: list[str]) -> Counter[str]:
    """Count the figures of texts, however they are written."""
    return Counter(found for text in texts for found in _FIGURE.findall(normalize("NFKC", text).replace(",", "")))


def texts(pages: tuple[Page, ...]) -> list[str]:
    """Return everything that is written on pages."""
    return [text for page in pages for text in (page.title, page.unit_note, *(s.text for s in page.slots), *page.notes)]


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_document_that_is_written_plainly_is_right(name: str) -> None:
    for seed in range(3):
        assert [tell(each) for each in accused(Case(((name, seed),), "").plain)] == []


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_document_has_figures_that_can_be_wrong(name: str) -> None:
    assert planted(build(Case(((name, 1),), "")) or (), 2) is not None or name == "prose.standards"


def test_only_documents_that_there_are_can_be_alike() -> None:
    assert set(ALIKE.replace(";", " ").split()) <= set(DOCUMENTS)
    assert alike("prose.debts", "table.debts")
    assert not alike("prose.debts", "table.goods")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_what_is_written_otherwise_has_all_figures(name: str) -> None:
    before = build(REPORT) or ()
    after = build(replace(REPORT, pages=((name, 4),))) or ()
    assert texts(after) != texts(before) or name in ("blank_row", "blank_column", "joined")
    assert figures(texts(before)) <= figures(texts(after))


@pytest.mark.parametrize("layout", sorted(LINES))
@pytest.mark.parametrize("name", ["", *sorted(ON_LINES)])
def test_lines_have_all_figures(name: str, layout: str) -> None:
    case = replace(REPORT, layout=layout, lines=((name, 4),) if name else ())
    written = write(case)
    assert written is not None
    assert figures(texts(build(case) or ())) <= figures(written.data.decode().split("\n"))


@pytest.mark.parametrize("name", sorted(CUTS))
def test_a_cut_leaves_whole_figures(name: str) -> None:
    line = "".join(f"第{n}项支出1{n}.50万元，占{n}5.25%；" for n in range(1, 9))
    for seed in range(40):
        (left,) = CUTS[name]([line], Random(seed))
        assert left in line
        assert set(re.findall(r"\d+\.?\d*[万元%]*", left)) <= set(re.findall(r"\d+\.?\d*[万元%]*", line))


@pytest.mark.parametrize("layout", [*GRIDS, *sorted(LINES)])
def test_the_wrong_figure_stands_at_its_address(layout: str) -> None:
    for slip in range(12):
        case = replace(REPORT, layout=layout, slip=slip)
        written, right = write(case), write(replace(case, slip=None))
        assert written is not None
        assert right is not None
        address = min(written.marked)
        documents = [read(each.data, name=each.name) for each in (written, right)]
        full = f"{documents[0].tables[0].name}!{address}" if layout in ("csv", "tsv") else address
        one, other = (locate(document, full).text for document in documents)
        assert one != other
        assert len(one) == len(other)


def test_a_case_is_drawn_from_its_seed_alone() -> None:
    assert draw(5) == draw(5)
    assert len({draw(seed) for seed in range(50)}) == 50


def test_a_case_is_made_small_by_leaving_out_what_does_not_matter() -> None:
    case = Case((("prose.law", 1), ("prose.debts", 2)), "piped", (("padded", 3),), (("margin", 4),), ("tail_cut", 5))
    assert all(len(str(other)) < len(str(case)) for other in smaller(case))
    small = shrunk(case, lambda other: "prose.debts" in str(other) and "margin" in str(other))
    assert small == Case((("prose.debts", 2),), "piped", lines=(("margin", 4),))
