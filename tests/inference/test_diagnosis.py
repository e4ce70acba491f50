"""Folding findings into their causes: what is folded, what is told, and what must never happen."""

from __future__ import annotations

import resource
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.inference.culprits import Blame, Cell
from validator.inference.diagnosis import diagnose
from validator.inference.engine import DurableEngine
from validator.inference.loop import LoopEngine
from validator.inference.production import Activation, Engine, Production
from validator.inference.production import Fact as Fact_
from validator.inference.spec import load_diagnoses
from validator.model.change import Slip
from validator.model.fact import Fact, Form, Pointer, Record, Section
from validator.model.finding import Check, Finding, Grade, Outcome, Severity
from validator.model.quantity import BARE, Quantity, Reading, State, Unit

DIAGNOSES = load_diagnoses(Path(__file__).parents[2] / "rulesets" / "diagnoses")
DURABLE = DurableEngine()
LOOP = LoopEngine()
ENGINES = pytest.mark.parametrize("engine", [DURABLE, LOOP], ids=lambda engine: engine.name)

ROWS = {"total": "年度资金总额", "part0": "当年财政拨款", "part1": "上年结转资金"}
COLUMNS = {"budget": "全年预算数", "executed": "全年执行数", "weight": "分值", "rate": "执行率", "score": "得分"}


def grid(**rows: Mapping[str, str]) -> dict[str, str]:
    return {f"{row}.{column}": text for row, cells in rows.items() for column, text in cells.items()}


class Sheet:
    """A form of one section, and the findings about it."""

    def __init__(self, cells: Mapping[str, str], *, index: int = 0, section: str = "funds") -> None:
        self.block = f"form[{index}].{section}"
        self.index = index
        self.texts = dict(cells)
        self.findings: list[Finding] = []
        self.checks: list[Check] = []
        self.blame: dict[str, Blame] = {}
        self.differences: dict[str, Decimal] = {}
        records: dict[str, Record] = {}
        for name, text in cells.items():
            row, column = name.split(".")
            record = records.setdefault(row, Record(f"{self.block}.{row}", row, "total" if row == "total" else "part", {}))
            record.fields[column] = Fact(reading(text), self.pointer(name), column)
        self.form = Form("project", "t", "A1", 1.0, (), [Section(section, self.block, list(records.values()), {})], index=index)

    def pointer(self, name: str) -> Pointer:
        row, _, column = name.partition(".")
        place = list(self.texts).index(name) + 1
        return Pointer(
            f"{self.block}.{name}", f"表!A{place}", self.texts[name], ROWS.get(row, row), COLUMNS.get(column, column)
        )

    def fails(
        self,
        rule: str,
        kind: str,
        stated: str,
        *operands: str,
        expected: str | None = None,
        difference: str | None = None,
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        check = self.passes(kind, stated, *operands, rule=rule, outcome=Outcome.FAIL, grade=Grade.OFF)
        assert check.stated is not None
        id = Finding.identify(rule, check.stated, check.operands)
        message = f"{rule} 在 {check.stated.address} 不符"
        finding = Finding(
            id, rule, kind, severity, rule, message, check.stated, check.operands, expected, check=check.id, form=self.index
        )
        self.findings.append(finding)
        if difference is not None:
            self.differences[check.id] = Decimal(difference)
        return finding

    def passes(
        self,
        kind: str,
        stated: str,
        *operands: str,
        rule: str = "R-000",
        outcome: Outcome = Outcome.PASS,
        grade: Grade = Grade.EXACT,
    ) -> Check:
        id = f"c{self.index}.{len(self.checks)}"
        pointers = tuple(self.pointer(name) for name in operands)
        check = Check(rule, kind, outcome, self.block, grade, self.pointer(stated), pointers, id=id)
        self.checks.append(check)
        return check

    def blames(self, *cells: tuple[str, str], of: Sequence[int] = (), slip: Slip = "", sure: bool = True) -> None:
        """Say that these cells, with these texts, explain some findings (by number, none for all), the first of which leads."""
        told = tuple(Cell(f"{self.block}.{name}", text) for name, text in cells)
        numbers = list(of or range(len(self.findings)))
        for number in numbers:
            check = self.findings[number].check or ""
            self.blame[check] = Blame(told, number == numbers[0], slip, len(numbers) == 1, sure)


def reading(text: str) -> Reading:
    if not text:
        return Reading(State.BLANK, text)
    digits = text.rstrip("%")
    return Reading(State.NUMBER, text, Quantity(Decimal(digits), Decimal("0.01"), BARE, text))


def run(*sheets: Sheet, engine: Engine = LOOP, lang: str = "zh", order: Sequence[int] | None = None) -> tuple[Finding, ...]:
    findings = [finding for sheet in sheets for finding in sheet.findings]
    if order is not None:
        findings = [findings[number] for number in order]
    return diagnose(
        findings,
        [check for sheet in sheets for check in sheet.checks],
        [sheet.form for sheet in sheets],
        DIAGNOSES,
        engine,
        lang=lang,
        differences={id: value for sheet in sheets for id, value in sheet.differences.items()},
        blame={check: blame for sheet in sheets for check, blame in sheet.blame.items()},
    )


def wrong_budget() -> Sheet:
    """The total budget, 320, was typed as 230: the sum and the rate fail, both ask for 320."""
    sheet = Sheet(
        grid(
            total={"budget": "230", "executed": "261.75", "rate": "81.80%"},
            part0={"budget": "300", "executed": "261.75"},
            part1={"budget": "20", "executed": "0"},
        )
    )
    sheet.fails("FUND-001", "total", "total.budget", "part0.budget", "part1.budget", expected="320")
    sheet.fails(
        "FUND-003", "ratio", "total.rate", "total.executed", "total.budget", expected="113.80%", severity=Severity.WARNING
    )
    sheet.blames(("total.budget", "320"))
    return sheet


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


@ENGINES
class TestToldTwice:
    """What two rules say of a total is one thing, and gives way to the figure that is to blame."""

    def test_the_part_to_blame_is_told_with_its_own_relations(self, engine: Engine) -> None:
        rate = {"budget": "256.40", "executed": "245.60", "rate": "100%"}
        sheet = Sheet(grid(total={"budget": "745.60"}, part0=rate, part1={"budget": "500"}), section="duties")
        sheet.fails("FUND-014", "total", "total.budget", "part0.budget", "part1.budget", expected="756.40")
        sheet.fails("GEN-001", "total", "total.budget", "part0.budget", "part1.budget", expected="756.40")
        sheet.fails("FUND-013", "ratio", "part0.rate", "part0.executed", "part0.budget", expected="95.79%")
        sheet.blames(("part0.budget", "245.60"))
        sheet.fails("FUND-011", "ratio", "part0.executed", "part0.budget", severity=Severity.WARNING)

        (found,) = run(sheet, engine=engine)

        assert (found.primary, found.expected) == (sheet.pointer("part0.budget"), "245.60")
        assert "2 项关系" in found.message
        assert len(found.consequences) == len(sheet.findings)


@ENGINES
class TestSentences:
    """A sentence that is held to a cell is of the form of the cell."""

    def test_an_actual_at_odds_with_a_sentence_and_its_score_is_told_at_its_cell(self, engine: Engine) -> None:
        sheet = Sheet(grid(part0={"target": "360", "actual": "327", "score": "8"}), section="indicators")
        score = sheet.fails("SCORE-010", "score", "part0.score", "part0.target", "part0.actual", expected="7.27分")
        told = Pointer("text[6].claims[0]", "表!G11:4-9", "372", "开展执法检查372", "")
        sentence = score._replace(
            id="s",
            rule="NARR-014",
            kind="agreement",
            primary=told,
            related=(sheet.pointer("part0.actual"),),
            check=None,
            form=1,
        )
        sheet.findings.append(sentence)

        (found,) = run(sheet, engine=engine)

        assert (found.primary, found.expected, found.form) == (sheet.pointer("part0.actual"), "372", 0)
        assert told in found.related

    def test_a_sentence_of_two_forms_stays(self, engine: Engine) -> None:
        sheets = [Sheet(grid(part0={"actual": "327", "score": "8"}), index=index, section="indicators") for index in (0, 1)]
        scores = [sheet.fails("SCORE-010", "score", "part0.score", "part0.actual", expected="7分") for sheet in sheets]
        told = Pointer("text[6].claims[0]", "表!G11:4-9", "372", "", "")
        cells = tuple(sheet.pointer("part0.actual") for sheet in sheets)
        sheets[0].findings.append(
            scores[0]._replace(id="s", rule="NARR-014", kind="agreement", primary=told, related=cells, check=None, form=2)
        )

        assert len(run(*sheets, engine=engine)) == 3


@ENGINES
class TestBeyondALimit:
    def test_a_wrong_rate_and_a_budget_exceeded_in_one_row_are_told_once(self, engine: Engine) -> None:
        sheet = Sheet(grid(part0={"budget": "100", "executed": "104", "rate": "97%"}))
        sheet.fails("FUND-003", "ratio", "part0.rate", "part0.executed", "part0.budget", expected="104%")
        sheet.fails("FUND-005", "ratio", "part0.executed", "part0.budget", expected="100")

        (found,) = run(sheet, engine=engine)
        assert found.rule == "FUND-003"


@ENGINES
class TestRowTwice:
    def twice(self, gap: str) -> Sheet:
        """The second part was written twice: the total lacks it."""
        rows = {"total": {"budget": "320"}, "part0": {"budget": "300"}, "part1": {"budget": "20"}, "part2": {"budget": "20"}}
        sheet = Sheet(grid(**rows))
        sheet.fails("DUP-003", "duplicate", "part2.budget", severity=Severity.WARNING)
        sheet.fails(
            "FUND-001", "total", "total.budget", "part0.budget", "part1.budget", "part2.budget", expected="340", difference=gap
        )
        return sheet

    @pytest.mark.parametrize(("gap", "left"), [("-20", 1), ("20", 2), ("-30", 2)])
    def test_the_total_follows_where_it_lacks_a_figure_of_that_row(self, engine: Engine, gap: str, left: int) -> None:
        found = run(self.twice(gap), engine=engine)

        assert len(found) == left
        assert any(one.rule == "DUP-003" and one.severity is Severity.ERROR for one in found) is (left == 1)


@ENGINES
class TestEmptyTotal:
    @pytest.mark.parametrize("nothing", ["0", "0.00", ""])
    def test_what_uses_the_total_is_folded(self, engine: Engine, nothing: str) -> None:
        sheet = Sheet(grid(total={"budget": "9", "executed": nothing, "rate": "50%", "score": "5"}, part0={"executed": "4"}))
        head = sheet.fails("FUND-008", "total", "total.executed", "part0.executed")
        rate = sheet.fails("FUND-003", "ratio", "total.rate", "total.executed", "total.budget")
        score = sheet.fails("SCORE-009", "score", "total.score", "total.rate", severity=Severity.WARNING)

        found = {finding.id: finding for finding in run(sheet, engine=engine)}

        assert set(found) == {head.id, score.id}
        assert found[head.id].consequences == (rate.message,)
        assert (found[head.id].message, found[head.id].primary) == (head.message, head.primary)

    def test_a_total_that_is_filled_in_is_no_cause(self, engine: Engine) -> None:
        sheet = Sheet(grid(total={"budget": "9", "executed": "5", "rate": "50%"}, part0={"executed": "4"}))
        sheet.fails("FUND-001", "total", "total.executed", "part0.executed")
        sheet.fails("FUND-003", "ratio", "total.rate", "total.executed", "total.budget")

        assert set(run(sheet, engine=engine)) == set(sheet.findings)


@ENGINES
class TestMissingRow:
    def test_amounts_are_compared_in_the_unit_of_the_form(self, engine: Engine) -> None:
        """A gap of 11.25 元 is not a row of 11.25 万元."""
        sheet, myriads = self.sheet(), Unit("万元", "money", Decimal(10_000))
        for column, fact in sheet.form.sections[0].records[0].fields.items():
            assert fact.quantity is not None
            in_myriads = fact.reading._replace(quantity=fact.quantity._replace(unit=myriads))
            sheet.form.sections[0].records[0].fields[column] = fact._replace(reading=in_myriads)

        assert not self.missing(run(sheet, engine=engine))
        sheet.differences = {id: value * 10_000 for id, value in sheet.differences.items()}
        assert self.missing(run(sheet, engine=engine))

    def missing(self, findings: Sequence[Finding]) -> bool:
        return any("疑漏填一行" in finding.message for finding in findings)

    def sheet(self, weights: Sequence[str] = ("11.25", "11.25", "10"), *, gaps: tuple[str, str] = ("11.25", "11.250")) -> Sheet:
        rows = {f"part{number}": {"weight": weight, "score": weight} for number, weight in enumerate(weights)}
        sheet = Sheet(grid(total={"weight": "43.75", "score": "43.75"}, **rows), section="indicators")
        for (column, rule), gap in zip((("weight", "SCORE-003"), ("score", "SCORE-001")), gaps, strict=True):
            sheet.fails(rule, "score", f"total.{column}", *(f"{row}.{column}" for row in rows), expected="32.5", difference=gap)
        return sheet

    def test_two_totals_that_exceed_their_rows_by_the_weight_of_a_row_are_one_finding(self, engine: Engine) -> None:
        sheet = self.sheet()
        (found,) = run(sheet, engine=engine)

        assert found.message == (
            "年度资金总额的得分填 43.75、分值填 43.75，都比各行之和多 11.25，恰为其他几行共有的数，疑漏填一行"
        )
        assert sheet.pointer("total.weight") in found.related
        assert set(found.consequences) == {finding.message for finding in sheet.findings}

    @pytest.mark.parametrize(
        ("weights", "gaps"),
        [
            (("11.25", "11.25", "10"), ("11.25", "11.24")),
            (("11.25", "11.25", "10"), ("-11.25", "-11.25")),
            (("11.25", "11.25", "10"), ("11.25", "-11.25")),
            (("11.25", "12.25", "10"), ("11.25", "11.25")),
            (("0", "0", "10"), ("0", "0")),
        ],
        ids=["different", "too-small", "opposite", "no-common-weight", "nothing"],
    )
    def test_anything_else_is_no_missing_row(self, engine: Engine, weights: Sequence[str], gaps: tuple[str, str]) -> None:
        assert not self.missing(run(self.sheet(weights, gaps=gaps), engine=engine))

    @pytest.mark.parametrize(
        "gaps", [("11.25", "11.24"), ("11.25", "-11.25"), ("0", "0")], ids=["different", "opposite", "nothing"]
    )
    def test_totals_that_are_not_off_alike_stay_two_findings(self, engine: Engine, gaps: tuple[str, str]) -> None:
        assert len(run(self.sheet(gaps=gaps), engine=engine)) == 2

    def test_totals_that_are_off_alike_for_another_reason_are_one_finding(self, engine: Engine) -> None:
        (found,) = run(self.sheet(gaps=("-11.25", "-11.25")), engine=engine)

        assert "总分也差同一个数" in found.message


@ENGINES
class TestScoreFollowsRate:
    @pytest.mark.parametrize(
        ("figures", "follows"),
        [
            (("98.50%", "96.35%", "9.85", "9.64"), True),
            (("98.50", "96.35%", "9.85分", "9.64"), True),
            (("98.50%", "96.35%", "19.7", "19.27"), True),
            (("98.50%", "96.35%", "9.80", "9.64"), False),
            (("0.985", "96.35%", "9.85", "9.64"), False),
            (("98.50%", "", "9.85", "9.64"), False),
            (("0%", "96.35%", "0", "9.64"), False),
            (("50%", "0.00%", "5", "0"), False),
            (("不详", "96.35%", "9.85", "9.64"), False),
        ],
    )
    def test_a_score_computed_from_the_stated_rate_is_folded(
        self, engine: Engine, figures: tuple[str, str, str, str], follows: bool
    ) -> None:
        rate, right, score, due = figures
        sheet = Sheet(grid(total={"budget": "1281.30", "executed": "1234.56", "weight": "10"}))
        sheet.texts |= {"total.rate": rate, "total.score": score}
        head = sheet.fails("FUND-003", "ratio", "total.rate", "total.executed", "total.budget", expected=right)
        other = sheet.fails("SCORE-009", "score", "total.score", "total.weight", "total.executed", "total.budget", expected=due)

        left = run(sheet, engine=engine)

        assert len(left) == (1 if follows else 2)
        if follows:
            assert left[0].primary == head.primary
            assert left[0].expected == right
            assert left[0].consequences == (head.message, other.message)


@ENGINES
class TestRowsShifted:
    def test_totals_of_the_section_are_folded_rates_are_not(self, engine: Engine) -> None:
        sheet = Sheet(grid(total={"budget": "9", "executed": "5", "rate": "50%"}, part0={"budget": "4"}))
        head = sheet.fails("FUND-010", "structure", "total.budget", severity=Severity.WARNING)
        total = sheet.fails("FUND-001", "total", "total.budget", "part0.budget")
        rate = sheet.fails("FUND-003", "ratio", "total.rate", "total.executed")
        elsewhere = Sheet(grid(total={"budget": "9"}, part0={"budget": "4"}), index=1)
        far = elsewhere.fails("FUND-001", "total", "total.budget", "part0.budget")

        left = {finding.id: finding for finding in run(sheet, elsewhere, engine=engine)}

        assert set(left) == {head.id, rate.id, far.id}
        assert left[head.id].consequences == (total.message,)
        assert left[head.id].severity is Severity.WARNING


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

    def test_fewer_than_two_findings_never_start_the_engine(self) -> None:
        sheet = wrong_budget()
        sheet.findings.pop()
        sheet.blame.clear()

        assert run(sheet, engine=Silent()) == tuple(sheet.findings)

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

    def test_a_form_of_thousands_of_findings_is_taken_in_portions(self) -> None:
        cells = {f"r{number}": {"budget": "0", "rate": "50%", "score": "5"} for number in range(1500)}
        sheet = Sheet(grid(total={"budget": "1"}, **cells))
        place = {name: number for number, name in enumerate(sheet.texts)}
        sheet.pointer = lambda name: Pointer(f"{sheet.block}.{name}", f"表!A{place[name]}", sheet.texts[name])  # type: ignore[method-assign]
        sheet.fails("FUND-010", "structure", "total.budget")
        for row in cells:
            sheet.fails("FUND-008", "total", f"{row}.budget", f"{row}.score")
            sheet.fails("FUND-003", "ratio", f"{row}.rate", f"{row}.budget")

        measuring = Measuring(DURABLE)
        left = run(sheet, engine=measuring)

        assert len(left) == 1 + 1500
        assert max(measuring.findings) <= 120
        assert len(measuring.findings) <= 2 * 3000 / 40


class Measuring:
    """Keeps how many findings an engine was told of, run by run."""

    name = "measuring"

    def __init__(self, engine: Engine) -> None:
        self.engine, self.findings = engine, list[int]()

    def run(self, productions: Any, facts: Any) -> tuple[Activation, ...]:
        self.findings.append(sum(fact["kind"] == "finding" for fact in facts))
        return self.engine.run(productions, facts)


class Silent:
    name = "silent"

    def run(self, productions: Any, facts: Any) -> tuple[Activation, ...]:
        raise AssertionError(f"the engine was started: {productions}, {facts}")


NAMES = [f"{row}.{column}" for row in ROWS for column in COLUMNS]
KINDS = st.sampled_from(["total", "ratio", "score", "product", "agreement", "structure", "completeness", "target"])


@st.composite
def sheets(draw: st.DrawFn, index: int) -> Sheet:
    texts = st.sampled_from(["0", "", "5", "10", "11.25", "50%"])
    sheet = Sheet({name: draw(texts) for name in NAMES}, index=index)
    for _ in range(draw(st.integers(0, 6))):
        cells = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
        sheet.fails(
            draw(st.sampled_from(["FUND-010", "FUND-001", "A-001"])), draw(KINDS), *cells,
            expected=draw(st.none() | texts),
            difference=draw(st.sampled_from([None, "11.25", "5", "-5"])), severity=draw(st.sampled_from(Severity)),
        )  # fmt: skip
    if sheet.findings and draw(st.sampled_from([True, False])):
        known = sorted({p.path.removeprefix(f"{sheet.block}.") for f in sheet.findings for p in (f.primary, *f.related)})
        blamed = draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True))
        about = draw(st.lists(st.sampled_from(range(len(sheet.findings))), min_size=1, unique=True))
        sheet.blames(*((cell, draw(st.sampled_from(["1", "2"]))) for cell in blamed), of=about)
    for _ in range(draw(st.integers(0, 2))):
        sheet.passes(draw(KINDS), *draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)))
    return sheet


@st.composite
def documents(draw: st.DrawFn) -> list[Sheet]:
    return [draw(sheets(index)) for index in range(draw(st.integers(1, 2)))]


def by_check(finding: Finding) -> str:
    return finding.check or ""


class TestLaws:
    @settings(max_examples=150, deadline=None)
    @given(documents(), st.randoms(use_true_random=False))
    def test_the_engines_agree_and_the_order_of_the_findings_does_not_matter(self, given: list[Sheet], rng: Any) -> None:
        count = sum(len(sheet.findings) for sheet in given)
        order = list(range(count))
        rng.shuffle(order)
        expected = run(*given)

        assert run(*given, engine=DURABLE) == expected
        shuffled = run(*given, order=order)
        assert sorted(shuffled, key=by_check) == sorted(expected, key=by_check)

    @settings(max_examples=150, deadline=None)
    @given(documents())
    def test_nothing_that_was_said_gets_lost_and_nothing_leaves_its_form(self, given: list[Sheet]) -> None:
        left = run(*given)
        known = {finding.id for sheet in given for finding in sheet.findings}

        assert {finding.id for finding in left} <= known
        for sheet in given:
            mine = [finding for finding in left if finding.form == sheet.index]
            said = {text for finding in mine for text in (finding.message, *finding.consequences)}
            cells = {pointer.path for finding in mine for pointer in (finding.primary, *finding.related)}
            assert {finding.message for finding in sheet.findings} <= said
            assert {p.path for finding in sheet.findings for p in (finding.primary, *finding.related)} <= cells
            assert all(path.startswith(f"form[{sheet.index}]") for path in cells)


@pytest.mark.slow
def test_memory_stays_flat_over_ten_thousand_documents() -> None:
    sheet = wrong_budget()
    for _ in range(1000):
        run(sheet, engine=DURABLE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(9000):
        run(sheet, engine=DURABLE)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8_000  # KiB on Linux


def test_no_set_of_diagnoses_is_too_large_for_durable_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = DurableEngine()

    def fall_back(*_: object) -> tuple[Activation, ...]:
        raise AssertionError("left to the plain loop")

    monkeypatch.setattr(LoopEngine, "run", fall_back)

    (finding,) = run(wrong_budget(), engine=engine)

    assert finding.expected == "320"


def test_diagnoses_that_ask_for_kinds_of_facts_that_nobody_tells_are_not_run() -> None:
    asked: set[object] = set()

    class Noting(LoopEngine):
        def run(self, productions: Sequence[Production], facts: Iterable[Fact_]) -> tuple[Activation, ...]:
            asked.update(
                value for one in productions for pattern in one.conditions for key, value in pattern.tests if key == "kind"
            )
            return super().run(productions, facts)

    (finding,) = run(wrong_budget(), engine=Noting())

    assert finding.expected == "320"
    assert "blame" in asked
    assert "shares" not in asked  # of sentences: there are none
