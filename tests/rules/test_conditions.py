"""How conditions end, alone and together."""

from __future__ import annotations

import pytest

from tests.rules.placing import PERCENT, WAN, YUAN, cell, check, decide, figure, prose
from validator.model.finding import Grade, Outcome
from validator.rules.binding import Value

PASS, FAIL, OPEN, ABSENT = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE


class TestWhatCannotBeDecided:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "全年预算数未填"),
            ("-", "全年预算数未填"),
            ("≥保人政", "“≥保人政”"),
            ("已完成", "“已完成”"),
            ("0", "除数"),
            ("0.00", "除数"),
        ],
    )
    def test_an_unusable_operand_gives_a_reason(self, text: str, reason: str) -> None:
        values: dict[str, Value] = {
            "r": cell("50%", "percent"),
            "e": cell("10", "amount", "万元"),
            "b": cell(text, "amount", "万元", label="全年预算数"),
        }
        verdict = check("r == e / b", **values)
        assert verdict.outcome is OPEN
        assert reason in (verdict.reason or "")
        assert verdict.stated is values["r"]

    def test_a_missing_column_makes_it_not_applicable(self) -> None:
        verdict = check("r == e / b", r=cell("50%", "percent"), e=cell("10", "amount", "万元"), b=None)
        assert (verdict.outcome, verdict.reason) == (ABSENT, "本表没有“b”栏")

    def test_blanks_do_not_count_in_a_sum(self) -> None:
        parts = (cell("10", "amount", "万元"), cell("-", "amount"), cell("", "amount"))
        verdict = check("t == sum(p)", t=cell("10", "amount", "万元"), p=parts)
        assert (verdict.outcome, verdict.operands) == (PASS, parts[:1])

    def test_a_sum_of_blanks_is_undetermined(self) -> None:
        verdict = check("t == sum(p)", t=cell("10", "amount"), p=(cell("", "amount", label="各项资金"),))
        assert (verdict.outcome, verdict.reason) == (OPEN, "各项资金都未填")

    def test_columns_that_are_not_there_are_left_out_of_a_sum_of_several(self) -> None:
        total, parts = figure("3"), (figure("1"), figure("2"))
        assert check("t == sum(p, q)", t=total, p=parts, q=None).outcome is PASS
        assert check("t == sum(q, r)", t=total, q=None, r=None).outcome is ABSENT

    def test_a_range_is_not_a_number(self) -> None:
        assert check("x == y", x=cell("80%-100%"), y=cell("90%")).outcome is OPEN


def test_the_same_figure_in_another_unit_is_another_question() -> None:
    assert check("x >= 50元 and x >= 50万元", x=figure("60", YUAN)).outcome is FAIL


class TestLogic:
    """Kleene: what is not known matters only where it could change the answer."""

    TRUE, FALSE, UNKNOWN = "a == 1", "a == 2", "u == 1"

    def outcome(self, source: str) -> Outcome:
        return check(source, a=figure("1", step=0), u=cell("", "number"), m=None).outcome

    @pytest.mark.parametrize(
        ("source", "outcome"),
        [
            (f"{TRUE} and {TRUE}", PASS),
            (f"{TRUE} and {FALSE}", FAIL),
            (f"{UNKNOWN} and {FALSE}", FAIL),
            (f"{UNKNOWN} and {TRUE}", OPEN),
            (f"{UNKNOWN} or {TRUE}", PASS),
            (f"{UNKNOWN} or {FALSE}", OPEN),
            (f"{FALSE} or {FALSE}", FAIL),
            (f"not {UNKNOWN}", OPEN),
            (f"not ({TRUE} and {FALSE})", PASS),
            (f"not ({TRUE} or {FALSE})", FAIL),
            (f"m == 1 or {FALSE}", FAIL),
            (f"m == 1 or {TRUE}", PASS),
            ("m == 1", ABSENT),
            (f"m == 1 and {TRUE}", ABSENT),
            ("0 < a <= 1", PASS),
            ("not 0 < a < 1", PASS),
        ],
    )
    def test_table(self, source: str, outcome: Outcome) -> None:
        assert self.outcome(source) is outcome

    def test_the_first_part_that_fails_speaks_for_all(self) -> None:
        x, y, z = figure("1", step=0), figure("2", step=0), figure("3", step=0)
        verdict = check("x == 1 and y == 3 and z == 4", x=x, y=y, z=z)
        assert verdict.stated is y
        assert verdict.operands == (x,)

    def test_a_condition_is_decided_by_what_is_written_and_a_check_is_lenient(self) -> None:
        values = {"r": figure("100.00", PERCENT), "z": figure("0.00", WAN)}
        assert decide("r > 100%", **values).outcome is FAIL
        assert decide("z > 0", **values).outcome is FAIL
        assert check("not r > 100%", **values).outcome is PASS
        assert check("r < 100%", **values).grade is Grade.WITHIN_ROUNDING

    @pytest.mark.parametrize(
        ("sign", "below", "equal", "above"),
        [
            ("<", PASS, FAIL, FAIL),
            ("<=", PASS, PASS, FAIL),
            (">", FAIL, FAIL, PASS),
            (">=", FAIL, PASS, PASS),
            ("==", FAIL, PASS, FAIL),
            ("!=", PASS, FAIL, PASS),
        ],
    )
    def test_an_order_is_what_its_sign_says(self, sign: str, below: Outcome, equal: Outcome, above: Outcome) -> None:
        for text, outcome in (("4.00", below), ("5.00", equal), ("6.00", above)):
            assert decide(f"a {sign} b", a=figure(text, WAN), b=figure("5.00", WAN)).outcome is outcome
            assert decide(f"a {sign} 50000元", a=figure(text, WAN)).outcome is outcome

    def test_texts_compare_without_blanks_and_width(self) -> None:
        assert check('g == "优（良）"', g=prose(" 优 (良)")).outcome is PASS
        assert check('g != "优"', g=prose("良")).outcome is PASS
        assert check('g == "优"', g=prose("")).outcome is OPEN

    def test_another_fair_reading_of_a_cell_may_pass(self) -> None:
        stated = cell("0.1", "percent")
        assert stated.reading.alternatives
        assert check("r == 10%", r=stated).outcome is PASS
        assert check("r == 0.1%", r=stated).outcome is PASS
        assert check("r == 20%", r=stated).outcome is FAIL

    def test_a_column_written_in_percent_can_be_points_throughout(self) -> None:
        weights = tuple(cell("20%", "points") for _ in range(5))
        assert check("100分 == sum(w)", w=weights).outcome is PASS
