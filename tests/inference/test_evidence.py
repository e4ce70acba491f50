"""What is known of findings: gaps, coincidences, cells without a figure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from tests.inference.sheets import (
    ENGINES,
    Sheet,
    grid,
    run,
)
from validator.inference.production import Engine
from validator.model.finding import Finding, Severity
from validator.model.quantity import Unit


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
class TestPartTooSmall:
    @pytest.mark.parametrize(
        ("gap", "above", "left"),
        [("50", "30", 1), ("30", "30", 1), ("20", "30", 2), ("-50", "30", 2)],
        ids=["more-than-enough", "just-enough", "too-little", "other-way"],
    )
    def test_executed_above_it_follows_where_what_the_total_has_too_much_makes_it_good(
        self, engine: Engine, gap: str, above: str, left: int
    ) -> None:
        sheet = Sheet(grid(total={"budget": "350"}, part0={"budget": "280", "executed": "310"}, part1={"budget": "20"}))
        head = sheet.fails("FUND-001", "total", "total.budget", "part0.budget", "part1.budget", difference=gap)
        sheet.fails("FUND-005", "ratio", "part0.executed", "part0.budget", difference=above, severity=Severity.WARNING)

        found = run(sheet, engine=engine)

        assert (len(found), found[0].primary) == (left, head.primary)

    def test_another_part_has_nothing_to_do_with_it(self, engine: Engine) -> None:
        sheet = Sheet(grid(total={"budget": "350"}, part0={"budget": "280", "executed": "310"}, part1={"budget": "20"}))
        sheet.fails("FUND-001", "total", "total.budget", "part1.budget", difference="50")
        sheet.fails("FUND-005", "ratio", "part0.executed", "part0.budget", difference="30", severity=Severity.WARNING)

        assert len(run(sheet, engine=engine)) == 2


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
