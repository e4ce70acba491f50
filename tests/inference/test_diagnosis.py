"""Folding findings into their causes: what is folded, and what must never happen."""

from __future__ import annotations

import resource
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inference.sheets import (
    COLUMNS,
    DURABLE,
    ENGINES,
    ROWS,
    Sheet,
    grid,
    run,
    wrong_budget,
)
from validator.inference.engine import DurableEngine
from validator.inference.loop import LoopEngine
from validator.inference.production import Activation, Engine, Production
from validator.inference.production import Fact as Fact_
from validator.model.fact import Pointer
from validator.model.finding import Finding, Severity


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


class TestWork:
    def test_fewer_than_two_findings_never_start_the_engine(self) -> None:
        sheet = wrong_budget()
        sheet.findings.pop()
        sheet.blame.clear()

        assert run(sheet, engine=Silent()) == tuple(sheet.findings)

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
