"""Laws that hold for every filled form, from bytes to report.

The classes quote what the filling instructions ask; the tests below are its consequences.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from tests.building import SHAPES, FilledForm, Page, Slot, addresses, lay_out, write
from tests.building.checking import check, check_pages, found_at, heavy, tell
from tests.building.flaws import FLAWS, Expected, Flaw
from tests.building.others import department_form, generic_form, insurance_form, transfer_form
from tests.building.plain import Shape, write_tsv, write_txt
from tests.building.project import TEMPLATES, project_form
from tests.building.strategies import KINDS, consistent_forms, flawed_forms, grids
from tests.building.truth import Writing
from tests.building.xlsx import letters, write_xlsx
from validator.errors import UnreadableDocument
from validator.model.finding import Outcome, Report
from validator.reports.json import load, render

LAW = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
"""A form drawn from a seed doesn't shrink to anything simpler: trying takes minutes and tells nothing."""
GRID_FORMATS = ("xlsx", "docx", "html", "tsv", "csv")


def told(report: Report) -> Counter[tuple[str, str, str]]:
    """Return what a report says, addresses left out: rule, severity, text as written."""
    return Counter((finding.rule, finding.severity.value, finding.primary.text) for finding in report.findings)


def outcomes(report: Report) -> Counter[tuple[str, str]]:
    """Return how often each rule ended how."""
    return Counter((check.rule, check.outcome.value) for check in report.checks)


def assert_found(flawed: FilledForm, expected: Expected, format: str, flaw: str) -> None:
    """Fail unless a finding of the expected kind points at one of the places where the flaw may be told."""
    pages = lay_out(flawed)
    report = check_pages(pages, format)
    where = addresses(pages, format)
    wanted = [where[place] for place in expected.places]
    found = [f for f in report.findings if f.kind in expected.kinds and found_at(f, wanted, format)]
    assert found, f"{flaw} at {wanted[0]} not found; reported: {[tell(f) for f in report.findings]}"


class TestSound:
    """填报数据应当真实、准确，表内各项数据之间的勾稽关系一致."""

    @given(consistent_forms(), st.sampled_from(GRID_FORMATS))
    @LAW
    def test_a_form_that_follows_from_true_values_gives_no_error_and_no_warning(self, form: FilledForm, format: str) -> None:
        report = check_pages(lay_out(form), format)

        assert report.forms, "no form was recognised"
        assert heavy(report) == []

    @given(consistent_forms())
    @LAW
    def test_formulas_with_cached_values_give_none_either(self, form: FilledForm) -> None:
        """The stored value has more digits than the one displayed; the report goes by what a reader of the form sees."""
        assert heavy(check(write_xlsx(lay_out(form), formulas=True), "form.xlsx")) == []

    @given(consistent_forms(), st.sampled_from(SHAPES))
    @LAW
    def test_nor_does_a_form_that_was_pasted_as_text(self, form: FilledForm, shape: Shape) -> None:
        """Where the rows can't be restored surely, nothing is checked; nothing is accused on a guess."""
        report = check(write_txt(lay_out(form), shape), "form.txt")

        assert heavy(report) == []

    @given(consistent_forms(), st.sampled_from(GRID_FORMATS))
    @LAW
    def test_no_check_crashes(self, form: FilledForm, format: str) -> None:
        report = check_pages(lay_out(form), format)

        assert [c for c in report.checks if c.outcome is Outcome.CRASHED] == []


class TestSensitive:
    """总额应等于各项之和；执行率＝执行数÷预算数；未完成或偏离较多的指标应说明原因."""

    @given(flawed_forms(), st.sampled_from(GRID_FORMATS))
    @LAW
    def test_one_flaw_always_gives_a_finding_at_its_place(
        self, drawn: tuple[FilledForm, FilledForm, Flaw, Expected], format: str
    ) -> None:
        _, flawed, flaw, expected = drawn

        assert_found(flawed, expected, format, flaw.name)

    @given(flawed_forms(), st.sampled_from(GRID_FORMATS))
    @LAW
    def test_one_flaw_gives_no_finding_that_has_nothing_to_do_with_it(
        self, drawn: tuple[FilledForm, FilledForm, Flaw, Expected], format: str
    ) -> None:
        _, flawed, flaw, expected = drawn
        pages = lay_out(flawed)
        report = check_pages(pages, format)
        where = addresses(pages, format)

        touched = [where[place] for place in expected.touched]
        beside = [f for f in report.findings if f.severity.value != "info" and not found_at(f, touched, format, related=True)]
        assert [tell(finding) for finding in beside] == [], flaw.name

    @pytest.mark.parametrize("flaw", FLAWS, ids=lambda flaw: flaw.name)
    @given(seed=st.integers(0, 2**32 - 1))
    @settings(LAW, max_examples=5)
    def test_every_flaw_is_found_in_a_workbook(self, flaw: Flaw, seed: int) -> None:
        """Each flaw gets its share of examples; the test above draws them by chance."""
        form, expected = _planted(flaw, Random(seed))

        assert_found(form, expected, "xlsx", flaw.name)


def _planted(flaw: Flaw, rng: Random) -> tuple[FilledForm, Expected]:
    """Return a form with this flaw, whichever of its forms has a place for it."""
    kind = rng.choice(flaw.forms)
    for _ in range(60):
        match kind:
            case "project":
                form = project_form(rng, rng.choice(sorted(TEMPLATES)))
            case "transfer-payment":
                form = transfer_form(rng, split_local=rng.random() < 0.5)
            case "department":
                form = department_form(rng)
            case "insurance-fund":
                form = insurance_form(rng, previous=rng.random() < 0.5)
            case _:
                form = generic_form(rng)
        planted = flaw.apply(form)
        if planted is not None:
            return planted
        kind = rng.choice(flaw.forms)
    raise AssertionError(f"no form has a place for {flaw.name}")


class TestScaleFree:
    """金额单位为万元或元，不影响各项之间的关系."""

    @given(consistent_forms(("project", "transfer-payment", "department"), Writing(decimals=2)))
    @LAW
    def test_the_same_digits_in_another_unit_give_the_same_report(self, form: FilledForm) -> None:
        """Both have decimals, so that neither is a family of exact whole amounts."""
        pages = lay_out(form)
        other = tuple(_renamed(page, "万元", "亿元") for page in pages)

        assert told(check_pages(other, "xlsx")) == told(check_pages(pages, "xlsx"))

    @given(st.integers(0, 2**32 - 1), st.sampled_from(("project", "transfer-payment")))
    @LAW
    def test_a_form_in_yuan_and_the_same_form_in_wan_yuan_are_both_sound(self, seed: int, kind: str) -> None:
        for writing in (Writing(unit="元", decimals=2), Writing(unit="万元", decimals=6), Writing(unit="万元", decimals=2)):
            rng = Random(seed)
            form = project_form(rng, writing=writing) if kind == "project" else transfer_form(rng, writing=writing)
            assert heavy(check_pages(lay_out(form), "xlsx")) == []


def _renamed(page: Page, old: str, new: str) -> Page:
    slots = tuple(
        slot if slot.place and ".header." not in slot.place else slot._replace(text=slot.text.replace(old, new))
        for slot in page.slots
    )
    return replace(page, slots=slots, unit_note=page.unit_note.replace(old, new))


class TestOrderFree:
    """各资金来源、各三级指标的排列次序没有规定."""

    @given(flawed_forms(), st.randoms(use_true_random=False))
    @LAW
    def test_the_order_of_indicators_within_a_group_changes_addresses_only(
        self, drawn: tuple[FilledForm, FilledForm, Flaw, Expected], rng: Random
    ) -> None:
        """The order within a second-level group carries no meaning."""
        form = drawn[1]
        block = form.block("indicators")
        assume(block is not None)
        assert block is not None
        groups: dict[tuple[str, str], list[int]] = {}
        for index, line in enumerate(block.lines):
            groups.setdefault((line.cells["category"], line.cells["subcategory"]), []).append(index)
        order: list[int] = []
        for members in groups.values():
            rng.shuffle(members)
            order += members
        shuffled = form.with_block(replace(block, lines=tuple(block.lines[i] for i in order)))

        assert outcomes(check_pages(lay_out(shuffled), "xlsx")) == outcomes(check_pages(lay_out(form), "xlsx"))


class TestLayoutFree:
    """表格中的空行、空列不影响填报内容."""

    @pytest.mark.parametrize("blank", ["row", "column"])
    @given(drawn=flawed_forms(), data=st.data())
    @LAW
    def test_a_blank_row_or_column_changes_addresses_only(
        self, blank: str, drawn: tuple[FilledForm, FilledForm, Flaw, Expected], data: st.DataObject
    ) -> None:
        pages = lay_out(drawn[1])
        moved = tuple(
            page.with_blank_row(data.draw(st.integers(0, page.height)))
            if blank == "row"
            else page.with_blank_column(data.draw(st.integers(0, page.columns)))
            for page in pages
        )

        assert told(check_pages(moved, "xlsx")) == told(check_pages(pages, "xlsx"))


class TestFormatFree:
    """同一张表以不同格式报送，审核结果应当相同."""

    @given(flawed_forms(), st.sampled_from(("docx", "html", "tsv", "csv")))
    @LAW
    def test_the_format_changes_addresses_only(self, drawn: tuple[FilledForm, FilledForm, Flaw, Expected], format: str) -> None:
        pages = lay_out(drawn[1])

        assert told(check_pages(pages, format)) == told(check_pages(pages, "xlsx"))

    @given(flawed_forms(), st.sampled_from(("gb18030", "utf-16", "utf-8-sig")))
    @LAW
    def test_nor_does_the_encoding_change_anything(
        self, drawn: tuple[FilledForm, FilledForm, Flaw, Expected], encoding: str
    ) -> None:
        pages = lay_out(drawn[1])
        plain, other = (check(write_tsv(pages, encoding=name), "form.tsv") for name in ("utf-8", encoding))

        assert told(other) == told(plain)
        assert [f.primary.address for f in other.findings] == [f.primary.address for f in plain.findings]


def received(data: bytes, name: str) -> Report | None:
    """Check what was received; None for a clear refusal. Anything else that is raised is a bug."""
    refused = ""
    report = None
    try:
        report = check(data, name)
    except UnreadableDocument as refusal:
        refused = refusal.message
    assert refused or report is not None
    assert report is None or not any(c.outcome is Outcome.CRASHED for c in report.checks)
    return report


class TestTotal:
    """Whatever is received gets a report or a clear refusal, never a traceback."""

    @given(grids(), st.sampled_from(GRID_FORMATS))
    @LAW
    def test_any_grid_gives_a_report(self, grid: list[list[str]], format: str) -> None:
        columns = max((len(row) for row in grid), default=1) or 1
        keep = _storable if format in ("xlsx", "docx") else str
        slots = tuple(Slot(r, c, keep(text)) for r, row in enumerate(grid) for c, text in enumerate(row))
        report = received(write([Page("表", "", slots, (8,) * columns)], format), f"form.{format}")

        assert report is not None or format in ("tsv", "csv", "html") or not any(slot.text.strip() for slot in slots)

    @given(st.text(max_size=400))
    @LAW
    @example("项目支出绩效自评表\n" * 3)
    def test_any_text_gives_a_report(self, text: str) -> None:
        """Only nothing at all and control characters are refused."""
        report = received(text.encode("utf-8", "replace"), "form.txt")

        assert report is not None or not text.strip() or any(ch < " " or ch == "\x7f" for ch in text)

    @given(st.binary(max_size=200), st.sampled_from(("xlsx", "xls", "ods", "docx", "html", "csv", "txt")))
    @LAW
    def test_any_bytes_give_a_report_or_a_clear_refusal(self, data: bytes, suffix: str) -> None:
        report = received(data, f"form.{suffix}")

        assert report is None or report.format

    @given(consistent_forms(), st.sampled_from((*GRID_FORMATS, "txt")), st.floats(0, 1, exclude_max=True))
    @LAW
    def test_a_file_cut_off_anywhere_is_read_or_refused(self, form: FilledForm, format: str, share: float) -> None:
        """A workbook or a document that was cut off is always refused: its directory stands at the end."""
        whole = write(lay_out(form), format)
        report = received(whole[: int(len(whole) * share)], f"form.{format}")

        assert report is None or format not in ("xlsx", "docx")


def _storable(text: str) -> str:
    """Return a text without the characters that XML can't hold."""
    return "".join(ch for ch in text if ch >= " " and ch not in "\x7f\ufffe\uffff")


class TestReport:
    """The JSON report is a contract."""

    @given(flawed_forms())
    @LAW
    def test_json_holds_the_whole_report(self, drawn: tuple[FilledForm, FilledForm, Flaw, Expected]) -> None:
        report = check_pages(lay_out(drawn[1]), "xlsx")

        assert load(render(report)) == report

    @given(flawed_forms())
    @LAW
    def test_the_same_bytes_give_the_same_report(self, drawn: tuple[FilledForm, FilledForm, Flaw, Expected]) -> None:
        data = write(lay_out(drawn[1]), "xlsx")

        assert check(data, "form.xlsx") == check(data, "form.xlsx")

    @given(flawed_forms())
    @LAW
    def test_every_pointer_of_a_finding_can_be_shown(self, drawn: tuple[FilledForm, FilledForm, Flaw, Expected]) -> None:
        """The text that a finding quotes is the text that stands at its address."""
        pages = lay_out(drawn[1])
        report = check_pages(pages, "xlsx")
        texts = {f"{page.name}!{_a1(slot.row, slot.col)}": slot.text for page in pages for slot in page.flat().slots}

        for finding in report.findings:
            for pointer in (finding.primary, *finding.related):
                if pointer.address in texts:
                    assert pointer.text in ("", texts[pointer.address].strip()), tell(finding)


def _a1(row: int, col: int) -> str:
    return f"{letters(col)}{row + 1}"


def test_every_kind_of_form_is_drawn() -> None:
    assert {kind for flaw in FLAWS for kind in flaw.forms} == set(KINDS)
