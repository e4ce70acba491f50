"""Forms of one section with findings about them, and the two engines that explain these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from validator.inference.culprits import Blame, Cell
from validator.inference.diagnosis import diagnose
from validator.inference.engine import DurableEngine
from validator.inference.loop import LoopEngine
from validator.inference.production import Engine
from validator.inference.spec import load_diagnoses
from validator.model.change import Slip
from validator.model.fact import Fact, Form, Pointer, Record, Section
from validator.model.finding import Check, Finding, Grade, Outcome, Severity
from validator.model.quantity import BARE, Quantity, Reading, State

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
