"""Findings that are folded, and what the one says that stays."""

from __future__ import annotations

import pytest

from tests.inference.sheets import (
    ENGINES,
    Sheet,
    grid,
    run,
    wrong_budget,
)
from validator.inference.culprits import Blame, Cell
from validator.inference.folding import _name
from validator.inference.production import Engine
from validator.model.fact import Pointer
from validator.model.finding import Severity


def exchanged(*, sure: bool = True) -> Sheet:
    """Two rates of 50 % and 80 %: executed 40 and 10 stand in each other's row."""
    rows = {"part0": ("20", "40", "50%", "200%"), "part1": ("50", "10", "80%", "20%")}
    sheet = Sheet(grid(**{row: {"budget": b, "executed": e, "rate": r} for row, (b, e, r, _) in rows.items()}))
    for row, (*_, due) in rows.items():
        sheet.fails("FUND-003", "ratio", f"{row}.rate", f"{row}.executed", f"{row}.budget", expected=due)
    sheet.blames(("part0.executed", "10"), ("part1.executed", "40"), sure=sure)
    return sheet


@ENGINES
class TestExchangedFigures:
    def test_two_figures_of_a_column_that_should_change_places_are_one_finding(self, engine: Engine) -> None:
        sheet = exchanged()
        (found,) = run(sheet, engine=engine)

        assert (found.primary, found.expected) == (sheet.pointer("part0.executed"), "10")
        assert found.message == "当年财政拨款的全年执行数填 40，上年结转资金的填 10，两数对调就都相符，多半填反"
        assert sheet.pointer("part1.executed") in found.related

    def test_where_the_column_is_not_known_the_rows_are_told(self, engine: Engine) -> None:
        sheet = exchanged(sure=False)
        (found,) = run(sheet, engine=engine)

        assert found.primary in [finding.primary for finding in sheet.findings]
        assert found.message.endswith("当年财政拨款与上年结转资金有一栏的数对调就都相符，多半填反")

    def test_two_figures_of_a_row_are_told_with_their_columns(self, engine: Engine) -> None:
        sheet = Sheet(grid(total={"budget": "9", "executed": "8"}, part0={"budget": "3", "executed": "4"}))
        sheet.fails("FUND-001", "total", "total.budget", "part0.budget")
        sheet.fails("FUND-001", "total", "total.executed", "part0.executed")
        sheet.blames(("part0.budget", "4"), ("part0.executed", "3"))
        (found,) = run(sheet, engine=engine)

        assert found.message == "当年财政拨款的全年预算数填 3，全年执行数填 4，两数对调就都相符，多半填反"


@ENGINES
class TestOneWrongFigure:
    def test_what_one_figure_explains_is_one_finding_there(self, engine: Engine) -> None:
        sheet = wrong_budget()
        (found,) = run(sheet, engine=engine)

        assert found.primary == sheet.pointer("total.budget")
        assert found.expected == "320"
        assert found.message == "年度资金总额的全年预算数填 230，与之有关的 2 项关系都对不上；若为 320，则都相符"
        assert found.consequences == tuple(finding.message for finding in sheet.findings)
        assert {pointer.path for pointer in found.related} == {
            pointer.path for finding in sheet.findings for pointer in (finding.primary, *finding.related)
        } - {found.primary.path}
        assert (found.id, found.severity) == (sheet.findings[0].id, Severity.ERROR)

    def test_the_head_moves_to_the_cell_when_no_finding_is_about_it(self, engine: Engine) -> None:
        sheet = Sheet(grid(total={"budget": "9", "executed": "9", "rate": "1"}, part0={"budget": "3"}))
        sheet.fails("A-001", "total", "total.budget", "part0.budget")
        sheet.fails("B-001", "total", "total.executed", "part0.budget")
        sheet.blames(("part0.budget", "5"))

        (found,) = run(sheet, engine=engine)

        assert found.primary == sheet.pointer("part0.budget")
        assert found.id == sheet.findings[0].id

    def test_a_single_finding_moves_to_the_only_suspect(self, engine: Engine) -> None:
        sheet = Sheet(grid(total={"budget": "9"}, part0={"budget": "3"}))
        told = sheet.fails("A-001", "total", "total.budget", "part0.budget", expected="3")
        sheet.blames(("part0.budget", "9"))

        (found,) = run(sheet, engine=engine)

        assert (found.primary, found.expected, found.id) == (sheet.pointer("part0.budget"), "9", told.id)
        assert found.message.startswith(told.message)
        assert sheet.pointer("total.budget") in found.related

    @pytest.mark.parametrize(
        ("lang", "name"), [("zh", "文中的“人员经费”两位数字写颠倒：填 93.12，应为 93.21"), ("en", "“人员经费” in the text")]
    )
    def test_a_figure_in_a_sentence_goes_by_its_own_name(self, engine: Engine, lang: str, name: str) -> None:
        sheet = Sheet(grid(total={"budget": "9"}, part0={"budget": "3"}))
        sheet.fails("NARR-001", "total", "total.budget", "part0.budget")
        told = Pointer("text[2].claims[1]", "L2:8-12", "93.12", "基本支出9万元，其中：人员经费93.12万元", "人员经费")
        sheet.findings[0] = sheet.findings[0]._replace(related=(told,))
        sheet.blame[sheet.findings[0].check or ""] = Blame((Cell(told.path, "93.21"),), leads=True, slip="digits", alone=True)

        (found,) = run(sheet, engine=engine, lang=lang)
        assert name in found.message
        assert found.primary == told

    def test_a_finding_about_other_cells_stays(self, engine: Engine) -> None:
        sheet = wrong_budget()
        other = sheet.fails("FUND-005", "ratio", "part0.executed", "part0.budget")

        left = run(sheet, engine=engine)
        assert len(left) == 2
        assert other in left


class TestFolding:
    def test_a_chain_ends_in_one_finding(self) -> None:
        """The budget is wrong, the rate fails with it, the score follows the rate."""
        sheet = wrong_budget()
        sheet.texts["total.score"] = "8.18"
        score = sheet.fails("SCORE-009", "score", "total.score", "total.executed", expected="11.38")

        (found,) = run(sheet)

        assert found.primary == sheet.pointer("total.budget")
        assert found.consequences[-1] == score.message
        assert sheet.pointer("total.score") in found.related

    def test_with_nothing_to_fold_the_findings_come_back_as_they_were(self) -> None:
        sheet = wrong_budget()
        sheet.blame.clear()
        sheet.findings.reverse()

        assert run(sheet) == tuple(sheet.findings)

    def test_findings_without_a_form_stay(self) -> None:
        sheet = wrong_budget()
        sheet.findings = [finding._replace(form=None) for finding in sheet.findings]

        assert run(sheet) == tuple(sheet.findings)

    def test_english_is_told_in_english(self) -> None:
        (found,) = run(wrong_budget(), lang="en")

        assert found.message == "全年预算数 of 年度资金总额 is 230 and 2 relations with it fail; with 320 they would all hold"
        assert found.title == "One wrong figure behind several disagreements"


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [("上年结转资金", "全年执行数", "上年结转资金的全年执行数"), ("", "年度应付利息", "年度应付利息"), ("", "", "表!B5的")],
)
def test_a_cell_is_called_by_its_column_in_its_row_and_a_field_by_its_label(row: str, column: str, name: str) -> None:
    assert _name(Pointer("form[0].funds.total.executed", "表!B5", "3", row, column), "zh") == name
