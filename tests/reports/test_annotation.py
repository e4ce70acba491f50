"""An annotated copy: which kind of copy a file gets, and how it is written."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from tests.readers.making import csv_grid, html_grid, xlsx_grid
from tests.reports.annotating import at, report_on
from validator.errors import UnsupportedFormat, UsageError
from validator.reports.annotation import annotate, annotated, suffix_of, write

GRID = [["项目", "执行率"], ["总额", "98.5%"]]


def paper() -> bytes:
    document = docx.Document()
    table = document.add_table(2, 2)
    for row, texts in enumerate(GRID):
        for col, text in enumerate(texts):
            table.cell(row, col).text = text
    document.save(out := io.BytesIO())
    return out.getvalue()


KINDS = [
    (xlsx_grid(GRID), "xlsx", "自评表!B2", ".xlsx"),
    (paper(), "docx", "表1!R2C2", ".docx"),
    (html_grid(GRID), "html", "表1!R2C2", ".html"),
    (csv_grid(GRID), "csv", "表1!B2", ".html"),
]


@pytest.mark.parametrize(("data", "format", "address", "suffix"), KINDS, ids=[kind for _, kind, _, _ in KINDS])
def test_a_file_stays_of_its_kind_and_text_becomes_a_page(data: bytes, format: str, address: str, suffix: str) -> None:
    report = report_on(data, [at(address)], format=format)
    copy = annotated(data, report)

    assert suffix_of(data, report) == suffix
    assert copy.startswith(b"PK" if suffix != ".html" else b"<!DOCTYPE html>")
    assert copy != data


@pytest.mark.parametrize("format", ["xls", "xlsb", "ods"])
def test_kinds_that_cannot_be_annotated_are_named_with_a_remedy(format: str) -> None:
    report = report_on(b"x", [], format=format)

    for refused in (annotated, suffix_of):
        with pytest.raises(UnsupportedFormat, match=format) as caught:
            refused(b"x", report)
        assert "另存为 xlsx" in caught.value.remedy


def test_a_file_that_changed_since_is_refused() -> None:
    with pytest.raises(UsageError, match="改动过"):
        annotated(csv_grid(GRID) + b" ", report_on(csv_grid(GRID), [], format="csv"))


class TestFiles:
    @pytest.fixture
    def source(self, tmp_path: Path) -> Path:
        path = tmp_path / "a.xlsx"
        path.write_bytes(xlsx_grid(GRID))
        return path

    def test_the_copy_is_written_beside_the_source(self, source: Path) -> None:
        data = source.read_bytes()
        out = source.with_name("b.xlsx")
        annotate(source, report_on(data, [at("自评表!B2")]), out)

        assert source.read_bytes() == data
        assert out.read_bytes() == annotated(data, report_on(data, [at("自评表!B2")]))
        assert sorted(path.name for path in source.parent.iterdir()) == ["a.xlsx", "b.xlsx"]

    def test_the_source_is_written_over_only_when_that_is_asked_for(self, source: Path) -> None:
        data = source.read_bytes()
        report = report_on(data, [at("自评表!B2")])
        link = source.with_name("link.xlsx")
        link.symlink_to(source)

        for out in (source, link):
            with pytest.raises(UsageError, match="覆盖原文件"):
                annotate(source, report, out)
        assert source.read_bytes() == data
        annotate(source, report, source, force=True)
        assert source.read_bytes() != data

    def test_a_copy_of_another_suffix_is_refused(self, source: Path) -> None:
        with pytest.raises(UsageError, match=r"\.xlsx 文件"):
            annotate(source, report_on(source.read_bytes(), []), source.with_name("b.html"))

    def test_a_source_that_is_gone_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="打不开"):
            annotate(tmp_path / "gone.xlsx", report_on(b"", []), tmp_path / "b.xlsx")

    def test_a_file_is_written_as_a_whole_or_not_at_all(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        out = tmp_path / "a.txt"
        write(out, b"one")
        out.chmod(0o640)
        write(out, b"two")

        assert (out.read_bytes(), out.stat().st_mode & 0o777) == (b"two", 0o640)
        with pytest.raises(UsageError, match="写不进"):
            write(tmp_path / "no" / "a.txt", b"x")

        def fail(*_: object) -> None:
            raise OSError

        monkeypatch.setattr(Path, "replace", fail)
        with pytest.raises(UsageError):
            write(out, b"three")
        assert out.read_bytes() == b"two"
