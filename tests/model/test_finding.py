from __future__ import annotations

import pytest

from validator.model.fact import Pointer
from validator.model.finding import Check, Finding, Outcome, Report, Severity

CELL = Pointer("form[0].funds.total.rate", "自评表!H8", "81.08%")
OTHER = Pointer("form[0].funds.total.budget", "自评表!F8", "320")


def finding(severity: Severity) -> Finding:
    return Finding("id", "FUND-003", "ratio", severity, "t", "m", CELL)


def report(*severities: Severity, outcomes: tuple[Outcome, ...] = ()) -> Report:
    checks = tuple(Check("R", "ratio", outcome, "p") for outcome in outcomes)
    return Report("a.xlsx", "xlsx", "", (), checks, tuple(map(finding, severities)))


class TestSeverity:
    def test_heavier_ones_come_first(self) -> None:
        assert sorted(Severity, key=lambda severity: severity.rank) == [Severity.ERROR, Severity.WARNING, Severity.INFO]


class TestIdentify:
    def test_an_id_stays_the_same(self) -> None:
        assert Finding.identify("FUND-003", CELL, (OTHER,)) == "00ba2da19e60"

    @pytest.mark.parametrize(
        ("rule", "primary", "related"),
        [
            ("FUND-004", CELL, (OTHER,)),
            ("FUND-003", CELL._replace(text="81.8%"), (OTHER,)),
            ("FUND-003", CELL._replace(path="form[1].funds.total.rate"), (OTHER,)),
            ("FUND-003", CELL, ()),
            ("FUND-003", CELL, (OTHER._replace(text="321"),)),
        ],
    )
    def test_rule_paths_and_values_make_it_another(self, rule: str, primary: Pointer, related: tuple[Pointer, ...]) -> None:
        assert Finding.identify(rule, primary, related) != Finding.identify("FUND-003", CELL, (OTHER,))

    def test_where_it_stands_does_not(self) -> None:
        moved = CELL._replace(address="自评表!H9", row_label="x", column_label="y")
        assert Finding.identify("R", moved, ()) == Finding.identify("R", CELL, ())


class TestReport:
    @pytest.mark.parametrize(
        ("severities", "threshold", "fails"),
        [
            ((Severity.ERROR,), Severity.ERROR, True),
            ((Severity.WARNING,), Severity.ERROR, False),
            ((Severity.WARNING,), Severity.WARNING, True),
            ((Severity.INFO,), Severity.INFO, True),
            ((Severity.ERROR,), None, False),
            ((), Severity.INFO, False),
        ],
    )
    def test_it_fails_at_or_above_the_threshold(
        self, severities: tuple[Severity, ...], threshold: Severity | None, fails: bool
    ) -> None:
        assert report(*severities).fails(threshold) is fails

    def test_findings_are_counted_by_weight(self) -> None:
        found = report(Severity.ERROR, Severity.ERROR, Severity.INFO)
        assert [found.count(severity) for severity in Severity] == [2, 0, 1]

    def test_every_outcome_is_counted(self) -> None:
        found = report(outcomes=(Outcome.PASS, Outcome.PASS, Outcome.FAIL)).outcomes
        assert found == {"pass": 2, "fail": 1, "undetermined": 0, "not-applicable": 0, "crashed": 0}
