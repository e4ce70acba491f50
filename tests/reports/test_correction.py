"""The corrected copy of a file: what was typed is there, all else is as it was, and what is not sure is refused."""

from __future__ import annotations

import pytest

from tests.building.samples import files, samples
from tests.readers.making import ods_grid, xls_grid
from validator.errors import UsageError
from validator.pipeline import check, understand
from validator.reports.correction import corrected, number

SAMPLES = {sample.name: sample for sample in samples()}
OTHERS = ("docx", "html", "tsv", "txt")


@pytest.mark.parametrize(
    ("name", "format"),
    [("rural-clinics", "xlsx"), *((name, format) for name in ("rural-clinics", "school-budget") for format in OTHERS)],
)
def test_the_copy_with_what_is_expected_is_free_of_the_finding_and_otherwise_the_same(name: str, format: str) -> None:
    file = f"{name}.{format}"
    data = files(SAMPLES[name])[file]
    before = check(data, name=file)
    stood = {cell.address: cell.text for table in understand(data, name=file).document.tables for cell in table.cells()}
    settled = 0
    for finding in before.findings:
        address = finding.primary.address
        if not finding.expected or address not in stood:
            continue
        text = finding.expected.removesuffix("万元").removesuffix("分")
        copy = corrected(data, file, {address: text})
        after = check(copy, name=file)
        settled += finding.id not in {one.id for one in after.findings}
        now = [cell.text for table in understand(copy, name=file).document.tables for cell in table.cells()]
        assert sum(old != new for old, new in zip(stood.values(), now, strict=True)) == 1
    assert settled > 0


@pytest.mark.parametrize("format", ["xlsx", *OTHERS])
def test_writing_what_stands_there_gives_the_same_texts(format: str) -> None:
    file = f"rural-clinics.{format}"
    data = files(SAMPLES["rural-clinics"])[file]
    cells = [cell for table in understand(data, name=file).document.tables for cell in table.cells()]
    chosen = next(cell for cell in cells if cell.text and "\n" not in cell.text)
    copy = corrected(data, file, {chosen.address: chosen.text})

    assert [cell for table in understand(copy, name=file).document.tables for cell in table.cells()] == cells


@pytest.mark.parametrize("name", ["a.xls", "a.ods"])
def test_kinds_of_files_that_cannot_be_corrected_are_refused(name: str) -> None:
    write = {"a.xls": xls_grid, "a.ods": ods_grid}[name]

    with pytest.raises(UsageError):
        corrected(write([["甲", "1"]]), name, {"自评表!B1": "2"})


@pytest.mark.parametrize(
    ("text", "expected"), [("1,234.5", "1234.5"), ("-3", "-3"), ("96.85%", "0.9685"), ("约3", None), ("", None)]
)
def test_a_number_is_read_as_a_workbook_holds_it(text: str, expected: str | None) -> None:
    found = number(text)

    assert (None if found is None else f"{found.normalize():f}") == expected
