"""The builder itself: what it writes opens elsewhere, stands where it says, and is as consistent as it claims."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from random import Random

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from tests.building import FORMATS, SHAPES, FilledForm, addresses, lay_out, write
from tests.building.checking import bare
from tests.building.flaws import FLAWS, Expected, Flaw
from tests.building.others import generic_form, insurance_form, transfer_form
from tests.building.plain import text_of
from tests.building.project import TEMPLATES, project_form
from tests.building.strategies import consistent_forms, flawed_forms
from tests.building.truth import Writing, decimals_of, rewrite, value_of
from tests.building.xlsx import stored, write_xlsx
from validator.model.document import Document
from validator.readers import read


def cells_of(document: Document, format: str) -> dict[str, str]:
    return {bare(cell.address, format): cell.text for table in document.tables for cell in table.cells()}


class TestWriters:
    @pytest.mark.parametrize("format", ["xlsx", "docx", "html", "tsv", "csv"])
    @given(form=consistent_forms())
    @settings(max_examples=15)
    def test_every_text_stands_at_its_address(
        self, form: FilledForm, format: str, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """The readers see what was written, where the builder says that it stands."""
        pages = lay_out(form)
        path = tmp_path_factory.getbasetemp() / f"form.{format}"
        path.write_bytes(write(pages, format))
        cells = cells_of(read(path), format)

        where = addresses(pages, format)
        wrong = {
            place: (form.text(place), cells.get(bare(where[place], format)))
            for place in where
            if form.text(place).strip() != cells.get(bare(where[place], format), "")
        }
        assert wrong == {}

    @given(consistent_forms())
    @settings(max_examples=15)
    def test_text_addresses_name_the_text(self, form: FilledForm) -> None:
        for shape in SHAPES:
            text, places = text_of(lay_out(form), shape)
            lines = text.split("\n")

            for place, placed in places.items():
                assert placed.text == form.text(place)
                assert lines[placed.line - 1][placed.start - 1 :].startswith(placed.text), (shape, place)

    @pytest.mark.parametrize("format", sorted(FORMATS))
    def test_the_same_form_gives_the_same_bytes(self, format: str) -> None:
        one, other = (write(lay_out(project_form(Random(1))), format) for _ in range(2))

        assert one == other

    @given(consistent_forms())
    @settings(max_examples=10)
    def test_other_libraries_open_the_files(self, form: FilledForm) -> None:
        pages = lay_out(form)
        book = openpyxl.load_workbook(io.BytesIO(write_xlsx(pages, formulas=True)))
        document = docx.Document(io.BytesIO(write(pages, "docx")))

        assert book.sheetnames == [page.name for page in pages]
        assert len(document.tables) == len(pages)

    def test_a_formula_keeps_the_value_that_it_gave(self) -> None:
        pages = lay_out(transfer_form(Random(4)))
        rate = addresses(pages, "xlsx")["funds.total.rate"].rpartition("!")[2]
        data = write_xlsx(pages, formulas=True)

        formula = openpyxl.load_workbook(io.BytesIO(data)).active
        cached = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active
        assert formula is not None
        assert cached is not None
        assert str(formula[rate].value).startswith("=")
        assert isinstance(cached[rate].value, float)
        assert cached[rate].number_format == "0.00%"

    @pytest.mark.parametrize(
        ("text", "value", "code"),
        [
            ("81.80%", Fraction("0.818"), "0.00%"),
            ("1,234.50", Fraction("1234.5"), "#,##0.00"),
            ("320", Fraction(320), "General"),
            ("-3.2", Fraction("-3.2"), "0.0"),
            ("100%", Fraction(1), "0%"),
        ],
    )
    def test_figures_are_stored_as_numbers(self, text: str, value: Fraction, code: str) -> None:
        assert stored(text) == (value, code)

    @pytest.mark.parametrize("text", ["≥90%", "8次", "-", "", "007", "2023年", "1.11：1", "=SUM(A1)"])
    def test_anything_else_is_stored_as_text(self, text: str) -> None:
        assert stored(text) is None


def half_steps(form: FilledForm, *places: str) -> Fraction:
    """Return how far rounding may carry a sum of the figures at these places, at the finest step among them."""
    decimals = max((decimals_of(form.text(place)) for place in places), default=0)
    return Fraction(len(places), 2 * 10**decimals)


def figure(form: FilledForm, place: str) -> Fraction:
    return value_of(form.text(place)) or Fraction(0)


class TestConsistency:
    """Held against arithmetic of its own, not against the builder's."""

    @given(consistent_forms(("project", "transfer-payment")))
    def test_totals_of_money_are_the_sums_of_their_parts(self, form: FilledForm) -> None:
        block = form.block("funds")
        assert block is not None
        split = block.line("local") is not None
        parts = [line.id for line in block.lines if line.id != "total" and not (split and line.id in ("province", "county"))]
        for column in ("initial_budget", "budget", "executed"):
            if block.has(column):
                places = [f"funds.{id}.{column}" for id in parts]
                off = figure(form, f"funds.total.{column}") - sum(figure(form, place) for place in places)
                assert abs(off) <= half_steps(form, f"funds.total.{column}", *places)

    @given(consistent_forms(("project",)))
    def test_the_total_score_is_the_sum_of_the_scores(self, form: FilledForm) -> None:
        block = form.block("indicators")
        assert block is not None
        for column, total in (("score", "indicators.total.score"), ("weight", "indicators.total.weight")):
            places = [block.place(i, column) for i in range(len(block.lines))]
            assert figure(form, total) == sum(figure(form, p) for p in [*places, f"funds.total.{column}"])

    @given(consistent_forms(("project", "department")))
    def test_a_reduced_score_has_a_reason_and_none_is_above_its_weight(self, form: FilledForm) -> None:
        block = form.block("indicators")
        assert block is not None
        for line in block.lines:
            weight, score = value_of(line.cells["weight"]), value_of(line.cells["score"])
            assert weight is not None
            assert score is not None
            assert 0 < score <= weight
            assert score == weight or line.cells["reason"]

    @given(consistent_forms(("insurance-fund",)))
    def test_a_fund_balances(self, form: FilledForm) -> None:
        for column in ("budget", "executed"):
            income, spending, surplus, opening, closing = (
                f"fund_accounts.{row}.{column}" for row in ("income", "spending", "surplus", "opening", "closing")
            )
            off = figure(form, income) - figure(form, spending) - figure(form, surplus)
            assert abs(off) <= half_steps(form, income, spending, surplus)
            off = figure(form, opening) + figure(form, surplus) - figure(form, closing)
            assert abs(off) <= half_steps(form, opening, surplus, closing)

    @given(consistent_forms(("generic",)))
    def test_every_row_of_a_table_adds_up(self, form: FilledForm) -> None:
        block = form.block("table")
        assert block is not None
        for index, line in enumerate(block.lines):
            if line.id != "numbering":
                own, granted, whole = (block.place(index, column) for column in ("own", "granted", "sum"))
                assert abs(figure(form, own) + figure(form, granted) - figure(form, whole)) <= half_steps(
                    form, own, granted, whole
                )


class TestFlaws:
    def test_flaws_have_names_of_their_own(self) -> None:
        assert len({flaw.name for flaw in FLAWS}) == len(FLAWS) >= 25

    @given(flawed_forms())
    @settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
    def test_a_flaw_changes_what_it_says_and_nothing_else(self, drawn: tuple[FilledForm, FilledForm, Flaw, Expected]) -> None:
        before, after, _, expected = drawn
        changed = {place for place in after.places() if before.text(place) != after.text(place)}

        assert changed
        assert changed <= expected.touched
        assert all(after.has(place) for place in expected.places)

    @pytest.mark.parametrize("flaw", FLAWS, ids=lambda flaw: flaw.name)
    def test_every_flaw_has_forms_that_can_have_it(self, flaw: Flaw) -> None:
        made = {
            "project": [project_form(Random(seed), name) for seed in range(12) for name in TEMPLATES],
            "insurance-fund": [insurance_form(Random(1))],
            "transfer-payment": [transfer_form(Random(seed)) for seed in range(6)],
            "generic": [generic_form(Random(1))],
        }
        forms = [form for kind in flaw.forms for form in made.get(kind, [])]

        assert any(flaw.apply(form) for form in forms) or flaw.forms == ("department",)

    @pytest.mark.parametrize("name", ["rate-off", "rate-above-100", "executed-above-budget"])
    @pytest.mark.parametrize(("budget", "planted"), [("0.0200", True), ("0.02", False)])
    def test_none_is_planted_where_lost_zeros_leave_it_within_rounding(self, name: str, budget: str, *, planted: bool) -> None:
        form = project_form(Random(1), "classic-points", writing=Writing(unit="亿元", decimals=4), sources=1)
        for row in ("total", "appropriation"):
            form = form.put(f"funds.{row}.budget", budget).put(f"funds.{row}.executed", "0.0186")
            form = form.put(f"funds.{row}.rate", "93.00%")
        (flaw,) = (flaw for flaw in FLAWS if flaw.name == name)

        assert (flaw.apply(form) is not None) is planted


class TestWriting:
    @pytest.mark.parametrize(
        ("writing", "fen", "text"),
        [
            (Writing(), 123_456_789, "123.46"),
            (Writing(unit="元"), 123_456_789, "1234567.89"),
            (Writing(thousands=True), 12_345_678_900, "12,345.68"),
            (Writing(strip=True), 120_000_000, "120"),
            (Writing(decimals=1, half_even=True), 250_000, "0.2"),
            (Writing(decimals=1), 250_000, "0.3"),
            (Writing(unit="亿元", decimals=4), 123_456_789_000, "12.3457"),
        ],
    )
    def test_amounts_are_written_as_people_write_them(self, writing: Writing, fen: int, text: str) -> None:
        assert writing.amount(fen) == text

    @pytest.mark.parametrize(("text", "value", "new"), [("1,234.50", 99, "99.00"), ("≥90%", 80, "≥80%"), ("8次", 3, "3次")])
    def test_rewriting_keeps_everything_but_the_number(self, text: str, value: int, new: str) -> None:
        assert rewrite(text, Fraction(value)) == new


def test_samples_have_their_own_folder(tmp_path: Path) -> None:
    from tests.building.samples import write_samples

    write_samples(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {
        "project",
        "transfer-payment",
        "department",
        "insurance-fund",
        "generic",
    }
