"""Texts typed into cells, and what becomes of the findings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.building.samples import files, samples
from validator import pipeline
from validator.errors import UsageError
from validator.model.document import Cell, Document, Table
from validator.model.fact import Pointer
from validator.model.finding import Finding, Severity
from validator.serve.edits import Edit, difference, edited, texts_of


def document(*tables: Table) -> Document:
    return Document("a.xlsx", "xlsx", "", tables)


def small() -> Document:
    wide = Cell("合计", 0, 0, "表!A1", col_span=2)
    return document(
        Table("表", [[wide, wide, None], [Cell("1", 1, 0, "表!A2", value=Decimal(1), formula="B2"), None, None]], style="a1")
    )


def finding(id: str, *, path: str = "p", text: str = "1", message: str = "m", then: tuple[str, ...] = ()) -> Finding:
    return Finding(id, "R-1", "total", Severity.ERROR, "t", message, Pointer(path, "表!A1", text), consequences=then)


class TestEdited:
    def test_a_typed_text_replaces_value_and_formula_too(self) -> None:
        cell = edited(small(), [Edit("表!A2", " 2 ")]).tables[0].at(1, 0)

        assert cell is not None
        assert (cell.text, cell.value, cell.formula, cell.address) == ("2", None, "", "表!A2")

    def test_a_merged_cell_stays_one_cell(self) -> None:
        table = edited(small(), [Edit("表!A1", "总计")]).tables[0]

        assert table.at(0, 0) is table.at(0, 1)
        assert [cell.text for cell in table.cells()] == ["总计", "1"]

    def test_a_blank_slot_becomes_a_cell(self) -> None:
        cell = edited(small(), [Edit("表!C2", "5")]).tables[0].at(1, 2)

        assert cell == Cell("5", 1, 2, "表!C2")

    def test_the_received_document_is_not_touched(self) -> None:
        given = small()
        edited(given, [Edit("表!A2", "2")])

        assert texts_of(given, ["表!A2", "表!B2"]) == {"表!A2": "1", "表!B2": ""}

    @pytest.mark.parametrize("address", ["表!Z99", "别的!A1", "", "表!B1"])
    def test_a_place_that_is_no_cell_is_refused(self, address: str) -> None:
        with pytest.raises(UsageError):
            edited(small(), [Edit(address, "1")])


class TestDifference:
    def test_what_is_gone_is_settled_and_what_came_is_broken(self) -> None:
        found = difference([finding("a"), finding("b", path="q")], [finding("b", path="q"), finding("c", path="r")])

        assert [[one.id for one in part] for part in found] == [["a"], ["c"], []]

    def test_the_same_fault_with_other_figures_is_neither(self) -> None:
        found = difference([finding("a", text="1")], [finding("b", text="2")])

        assert [[one.id for one in part] for part in found] == [[], [], ["b"]]

    def test_of_two_faults_in_one_place_one_can_be_settled(self) -> None:
        found = difference([finding("a"), finding("b")], [finding("c")])

        assert [len(part) for part in found] == [1, 0, 1]

    def test_a_consequence_that_outlives_its_cause_is_not_new(self) -> None:
        found = difference([finding("a", then=("后果",))], [finding("b", path="q", message="后果")])

        assert [[one.id for one in part] for part in found] == [["a"], [], ["b"]]


@pytest.mark.parametrize("format", ["xlsx", "docx", "html", "tsv", "txt"])
def test_writing_in_what_is_expected_settles_the_finding_in_every_format(format: str) -> None:
    sample = next(sample for sample in samples() if sample.name == "rural-clinics")
    name = f"rural-clinics.{format}"
    checker = pipeline.checker()
    seen = checker.understand(files(sample)[name], name=name)
    before = checker.judge(seen).findings
    wrong = next(one for one in before if one.rule == "FUND-003")
    changed = edited(seen.document, [Edit(wrong.primary.address, wrong.expected or "")])
    after = checker.judge(checker.understand_document(changed)).findings

    assert difference(before, after).settled == (wrong,)
    assert difference(before, after).broken == ()


@pytest.mark.parametrize("format", ["xlsx", "docx", "txt"])
def test_changing_nothing_changes_nothing(format: str) -> None:
    sample = next(sample for sample in samples() if sample.name == "rural-clinics")
    name = f"rural-clinics.{format}"
    checker = pipeline.checker()
    seen = checker.understand(files(sample)[name], name=name)
    same = [Edit(cell.address, cell.text) for table in seen.document.tables for cell in table.cells()]

    assert checker.judge(checker.understand_document(edited(seen.document, same))).findings == checker.judge(seen).findings
