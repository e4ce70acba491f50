from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import pytest

from tests.building.grids import drawn
from tests.forms.recognising import FUNDS, extract, ruleset
from tests.rules.judging import place, rule, shipped
from tests.rules.placing import PERCENT, WAN, YUAN, cell, figure, prose
from validator.model.fact import Fact, Section
from validator.model.finding import Grade, Outcome, Severity
from validator.model.quantity import Quantity
from validator.rules.binding import Value
from validator.rules.evaluate import Evaluator, Results, judge, shown
from validator.rules.scopes import threshold


def at(fact: Fact, address: str) -> Fact:
    return fact._replace(pointer=fact.pointer._replace(address=address, path=f"path.{address}"))


def rate(stated: str) -> dict[str, Value]:
    """Return the names of a row of funds: 261.75 of 320, at this rate."""
    return {
        "a": at(figure(stated, PERCENT), "H2"),
        "b": at(figure("261.75", WAN), "G2"),
        "c": at(figure("320.00", WAN), "F2"),
        "label": "年度资金总额",
    }


RATE = "a == b / c"


class TestJudge:
    def test_what_holds_is_a_check_without_a_finding(self) -> None:
        names = rate("81.80")
        entry = judge(rule(names, check=RATE), place(names), "zh", 0, "c7")
        assert (entry.check.outcome, entry.check.grade, entry.check.id, entry.finding) == (
            Outcome.PASS,
            Grade.EXACT,
            "c7",
            None,
        )

    def test_what_does_not_hold_is_a_finding_at_its_cell(self) -> None:
        names = rate("81.08")
        entry = judge(rule(names, check=RATE), place(names), "zh", 0, "c7")
        finding = entry.finding
        assert finding is not None
        assert (finding.primary.address, finding.check, finding.form, finding.severity) == ("H2", "c7", 0, Severity.ERROR)
        assert [pointer.address for pointer in finding.related] == ["G2", "F2"]
        assert (finding.message, finding.expected) == ("年度资金总额填 81.08%，应为 81.80%", "81.80%")
        assert entry.difference is not None
        assert entry.difference < 0

    def test_the_language_is_that_asked_for(self) -> None:
        names = rate("81.08")
        finding = judge(rule(names, check=RATE), place(names), "en").finding
        assert finding is not None
        assert (finding.title, finding.message) == ("Rate differs", "年度资金总额 says 81.08%, should be 81.80%")

    def test_a_figure_cut_off_weighs_less(self) -> None:
        names = rate("66.66") | {"b": figure("200", YUAN, step=0), "c": figure("300", YUAN, step=0)}
        entry = judge(rule(names, check=RATE), place(names), "zh")
        assert entry.finding is not None
        assert (entry.check.grade, entry.finding.severity) == (Grade.TRUNCATED, Severity.WARNING)

    @pytest.mark.parametrize(
        ("b", "outcome"),
        [("", Outcome.NOT_APPLICABLE), ("0", Outcome.NOT_APPLICABLE), ("202010100.00%10", Outcome.UNDETERMINED)],
    )
    def test_a_condition_decides_whether_it_is_due(self, b: str, outcome: Outcome) -> None:
        names: dict[str, Value] = {"a": cell("5"), "b": cell(b, "amount")}
        check = judge(rule(names, when="b > 0"), place(names), "zh").check
        assert (check.outcome, bool(check.reason)) == (outcome, True)

    def test_a_value_that_is_missing_leaves_it_undetermined(self) -> None:
        names: dict[str, Value] = {"a": cell("5"), "b": cell("")}
        entry = judge(rule(names), place(names), "zh")
        assert (entry.check.outcome, entry.finding) == (Outcome.UNDETERMINED, None)

    def test_a_mistake_of_ours_is_a_crash_and_no_exception(self) -> None:
        class Broken(dict[str, Value]):
            def __getitem__(self, name: str) -> Value:
                raise RuntimeError(name)

        entry = judge(rule({"a": 1, "b": 1}), place(Broken()), "zh", id="c1")
        assert (entry.check.outcome, entry.check.id, entry.finding) == (Outcome.CRASHED, "c1", None)
        assert entry.check.reason

    def test_a_sum_of_whole_numbers_that_only_rounding_explains_is_worth_knowing(self) -> None:
        names: dict[str, Value] = {"a": figure("101", WAN), "parts": (figure("60", WAN), figure("40", WAN))}
        entry = judge(rule(names, check="a == sum(parts)", kind="total"), place(names), "zh")
        assert entry.finding is not None
        assert (entry.check.outcome, entry.finding.severity) == (Outcome.PASS, Severity.INFO)

    def test_a_place_without_any_cell_gives_no_finding(self) -> None:
        names: dict[str, Value] = {"a": 5, "b": 6}
        entry = judge(rule(names), place(names).__class__("p", (names,)), "zh")
        assert (entry.check.outcome, entry.finding) == (Outcome.FAIL, None)


class TestMethods:
    def test_a_method_that_fails_about_another_cell_accuses_none(self) -> None:
        """The total is just the sum without the funds, but then the scores would have to be without them as well."""
        names: dict[str, Value] = {
            "a": at(cell("90", "points"), "K9"),
            "b": (at(cell("90", "points"), "K2"),),
            "c": at(cell("10", "points"), "K1"),
            "d": at(cell("99", "points"), "L9"),
            "e": (at(cell("90", "points"), "L2"),),
        }
        compiled = rule(names, check={"all": "a == sum(b, c)", "indicators": "a == sum(b) and d == sum(e)"}, message="x")
        finding = judge(compiled, place(names), "zh").finding
        assert finding is not None
        assert (finding.primary.address, finding.expected) == ("K9", "100分")

    METHODS: ClassVar[dict[str, str]] = {"by rate": "a == b * c", "by steps": "a == d"}

    def names(self, a: str, d: str) -> dict[str, Value]:
        return {"a": cell(a, "points"), "b": cell("10", "points"), "c": cell("81.80%", "percent"), "d": cell(d, "points")}

    @pytest.mark.parametrize(
        ("a", "d", "outcome", "reason"),
        [
            ("8.18", "9", Outcome.PASS, "by rate"),
            ("9", "9", Outcome.PASS, "by steps"),
            ("7", "9", Outcome.FAIL, "by rate"),
            ("10", "9", Outcome.FAIL, "by steps"),
            ("8.50", "9", Outcome.FAIL, "by rate"),
            ("8.80", "9", Outcome.FAIL, "by steps"),
            ("7", "", Outcome.FAIL, "by rate"),
            ("7", ">-2", Outcome.UNDETERMINED, None),
        ],
    )
    def test_one_that_holds_is_enough(self, a: str, d: str, outcome: Outcome, reason: str | None) -> None:
        names = self.names(a, d)
        check = judge(rule(names, check=self.METHODS), place(names), "zh").check
        assert (check.outcome, reason is None or check.reason == reason) == (outcome, True)


class TestReadings:
    def test_one_that_passes_is_enough(self) -> None:
        total = figure("100", YUAN)
        ways: list[dict[str, Value]] = [
            {"a": total, "parts": (figure("60", YUAN), figure("60", YUAN))},
            {"a": total, "parts": (figure("60", YUAN), figure("40", YUAN))},
        ]
        compiled = rule(ways[0], check="a == sum(parts)")
        assert judge(compiled, place(*ways), "zh").check.outcome is Outcome.PASS
        assert judge(compiled, place(ways[0], ways[0]), "zh").check.outcome is Outcome.FAIL

    @pytest.mark.parametrize(
        ("order", "grade"),
        [
            ((0,), Grade.WITHIN_ROUNDING),
            ((0, 1), Grade.EXACT),
            ((1, 0), Grade.EXACT),
            ((0, 2), Grade.WITHIN_ROUNDING),
            ((2, 0), Grade.WITHIN_ROUNDING),
        ],
    )
    def test_an_exact_one_speaks_before_one_that_rounding_explains_and_that_before_one_that_fails(
        self, order: tuple[int, ...], grade: Grade
    ) -> None:
        total, part = figure("100.1", WAN), figure("60.0", WAN)
        ways: list[dict[str, Value]] = [{"a": total, "parts": (part, figure(text, WAN))} for text in ("40.0", "40.1", "47.0")]
        check = judge(rule(ways[0], check="a == sum(parts)"), place(*(ways[n] for n in order)), "zh").check

        assert (check.outcome, check.grade) == (Outcome.PASS, grade)

    @pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
    def test_of_those_that_fail_the_one_nearest_to_the_stated_figure_is_told(self, order: tuple[int, int, int]) -> None:
        total = at(figure("100.00", YUAN), "B1")
        parts = [at(figure(text, YUAN), f"B{n}") for n, text in enumerate(("60.00", "30.00", "25.00"), 2)]
        ways: list[dict[str, Value]] = [
            {"a": total, "parts": tuple(taken)} for taken in (parts, parts[:2], [parts[0], *parts[2:]])
        ]

        finding = judge(rule(ways[0], check="a == sum(parts)", kind="total"), place(*(ways[n] for n in order)), "zh").finding

        assert finding is not None
        assert finding.expected == "90.00元"
        assert [pointer.address for pointer in finding.related] == ["B2", "B3"]

    def test_a_method_that_gives_no_difference_is_told_last(self) -> None:
        names: dict[str, Value] = {"a": cell("9", "points"), "b": cell("10", "points"), "c": cell("81.80%", "percent")}
        compiled = rule(names, check={"no rate": "blank(c)", "by rate": "a == b * c"})

        assert judge(compiled, place(names), "zh").check.reason == "by rate"


class TestFormulasOfThePlace:
    @pytest.mark.parametrize(("a", "outcome"), [("8", Outcome.PASS), ("9", Outcome.FAIL)])
    def test_computed_stands_for_the_formula_that_the_table_gives(self, a: str, outcome: Outcome) -> None:
        names: dict[str, Value] = {
            "computed": None,
            "a": figure(a, YUAN, step=0),
            "x": figure("3", YUAN, step=0),
            "y": figure("5", YUAN, step=0),
        }
        compiled = rule(names, check="a == computed")
        assert judge(compiled, place(names, expression="x + y"), "zh").check.outcome is outcome


class TestLosses:
    NAMES: ClassVar[dict[str, Value]] = {"a": figure("100", YUAN), "parts": (figure("60", YUAN),)}

    def test_parts_that_may_be_missing_accuse_nobody(self) -> None:
        compiled = rule(self.NAMES, check="a == sum(parts)", kind="total")
        check = judge(compiled, place(self.NAMES, complete=False), "zh").check
        assert (check.outcome, "中断" in (check.reason or "")) == (Outcome.UNDETERMINED, True)
        assert judge(compiled, place(self.NAMES), "zh").check.outcome is Outcome.FAIL

    def test_blank_cells_of_a_restored_table_accuse_nobody(self) -> None:
        names: dict[str, Value] = {"a": cell("")}
        compiled = rule(names, check="not blank(a)", kind="completeness", message="{a}")
        for inferred, outcome in ((True, Outcome.UNDETERMINED), (False, Outcome.FAIL)):
            table = drawn("x | y")
            table.inferred = inferred
            section = Section("funds", "funds", [], {}, table)
            assert judge(compiled, place(names, section=section), "zh").check.outcome is outcome


class TestPointers:
    def test_a_rule_may_name_the_cell_it_is_about(self) -> None:
        names = rate("81.08")
        finding = judge(rule(names, check=RATE, stated="b"), place(names), "zh").finding
        assert finding is not None
        assert finding.primary.address == "G2"
        assert [pointer.address for pointer in finding.related] == ["H2", "F2"]

    def test_of_a_list_the_cell_that_fails_is_named(self) -> None:
        values = (at(figure("1", YUAN), "A1"), at(figure("9", YUAN), "A2"))
        names: dict[str, Value] = {"values": values, "a": at(figure("3", YUAN), "B1")}
        finding = judge(rule(names, check="a == sum(values)", stated="values", message="x"), place(names), "zh").finding
        assert finding is not None
        assert finding.primary.address in ("A1", "A2")

    def test_related_cells_are_shown_beside_it_unless_blank(self) -> None:
        names = rate("81.08") | {"d": at(prose("因资金下达晚"), "K2"), "e": at(cell(""), "L2")}
        finding = judge(rule(names, check=RATE, related=("d", "e")), place(names), "zh").finding
        assert finding is not None
        assert [pointer.address for pointer in finding.related] == ["G2", "F2", "K2"]

    def test_a_threshold_is_an_operand_and_no_cell(self) -> None:
        limit = threshold("低执行率", Quantity(Decimal(90), Decimal(0), PERCENT, "90%"))
        names: dict[str, Value] = {"a": at(figure("80.00", PERCENT), "H2"), "limit": limit}
        entry = judge(rule(names, check="limit <= a"), place(names), "zh")
        assert entry.finding is not None
        assert entry.finding.primary.address == "H2"
        assert [(pointer.address, pointer.text) for pointer in entry.check.operands] == [("", "90%")]
        assert entry.finding.related == ()

    def test_where_no_cell_is_used_the_place_is_pointed_at(self) -> None:
        names: dict[str, Value] = {"label": "行", "a": 1, "b": 2}
        finding = judge(rule(names, check="a == b", message="x"), place(names), "zh").finding
        assert finding is not None
        assert finding.primary.address == "A2"


class TestExpected:
    def test_a_rule_may_say_what_should_stand_there(self) -> None:
        names = rate("101.00")
        entry = judge(rule(names, check="a <= 100%", expected="b / c"), place(names), "zh")
        assert entry.check.expected == "81.80%"

    @pytest.mark.parametrize(
        ("check", "changes", "told"),
        [
            ("a == 81.80%", {}, ("81.80%", "")),
            ("a <= 90%", {}, ("90.00%", "<=")),
            ("90% >= a", {}, ("90.00%", "<=")),
            ("a < 90%", {}, ("90.00%", "<")),
            ("not a > 90%", {}, ("90.00%", "<=")),
            ("a <= 100% and a <= 90%", {}, ("90.00%", "<=")),
            ("a >= 200%", {}, ("200.00%", ">=")),
            ("a <= 90%", {"expected": "81.80%"}, ("81.80%", "")),
            ("a <= 90%", {"expected": "90%"}, ("90.00%", "<=")),
            ("a <= 90%", {"expected": ""}, (None, "")),
            ("a == 81.80%", {"expected": ""}, (None, "")),
            ("a != 95%", {}, (None, "")),
            ("a >= 200% or explained(d)", {}, (None, "")),
            ("a == 81.80% or explained(d)", {}, (None, "")),
            ("explained(d) or a >= 200%", {}, (None, "")),
            ("a == 81.80% or a == 0%", {}, ("81.80%", "")),
            ("a >= 200%", {"stated": "d"}, (None, "")),
            ("a >= 200% or explained(d)", {"stated": "d"}, (None, "")),
            ("a >= 200% or explained(d)", {"expected": "200%"}, (None, "")),
        ],
    )
    def test_what_is_told_to_write_is_right_by_itself(
        self, check: str, changes: dict[str, str], told: tuple[str | None, str]
    ) -> None:
        names: dict[str, Value] = {"a": at(figure("95.00", PERCENT), "H2"), "d": at(cell(""), "K2")}
        finding = judge(rule(names, check=check, **changes), place(names), "zh").finding
        assert finding is not None
        assert (finding.expected, finding.bound) == told

    def test_a_message_may_tell_a_limit_in_its_own_words(self) -> None:
        names: dict[str, Value] = {"a": at(figure("95.00", PERCENT), "H2"), "d": at(cell(""), "K2")}
        limited = rule(names, check="a >= 200% or explained(d)", message="不到 {expected}，又没有说明")
        finding = judge(limited, place(names), "zh").finding
        assert finding is not None
        assert finding.message == "不到 200.00%，又没有说明"

    @pytest.mark.parametrize(("lang", "told"), [("zh", "应至少200.00%"), ("en", "应at least 200.00%")])
    def test_a_limit_is_told_as_one(self, lang: str, told: str) -> None:
        names: dict[str, Value] = {"a": at(figure("95.00", PERCENT), "H2")}
        finding = judge(rule(names, check="a >= 200%", message="应{bound}{expected}"), place(names), lang).finding
        assert finding is not None
        assert finding.message == told


class TestMessages:
    @pytest.mark.parametrize(
        ("template", "text"),
        [
            ("{row}", "年度资金总额"),
            ("{a} {b}", "81.08% 261.75万元"),
            ("{stated}", "81.08%"),
            ("{direction}", "少"),
            ("{difference}", "0.72%"),
            ("{computed}", "81.80%"),
            ("{operands}", "261.75万元、320.00万元"),
            ("{count}", "2"),
            ("{method}", ""),
            ("{bound}", ""),
            ("{nothing}", "（空）"),
        ],
    )
    def test_names_in_braces_are_filled_in(self, template: str, text: str) -> None:
        names = rate("81.08")
        finding = judge(rule(names, check=RATE, message=template), place(names), "zh").finding
        assert finding is not None
        assert finding.message == text

    @pytest.mark.parametrize(("template", "longest"), [("{d}", 240), ("{d}。", 81)])
    def test_what_is_all_that_a_message_says_is_told_at_length(self, template: str, longest: int) -> None:
        names: dict[str, Value] = {**rate("81.08"), "d": "甲" * 400}
        finding = judge(rule(names, check=RATE, message=template), place(names), "zh").finding
        assert finding is not None
        assert len(finding.message) == longest

    def test_what_is_written_in_a_cell_is_not_filled_in_again(self) -> None:
        names = rate("81.08") | {"d": prose("{a}")}
        finding = judge(rule(names, check=RATE, message="{d}"), place(names), "zh").finding
        assert finding is not None
        assert finding.message == "{a}"


class TestShown:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (cell("320", "amount", "万元"), "320万元"),
            (cell("320万元", "amount", "万元"), "320万元"),
            (cell("98.5%", "percent"), "98.5%"),
            (cell("", "amount"), "（空）"),
            (None, "（空）"),
            ((cell("1"), cell(""), cell("2")), "1、2"),
            (tuple(cell(str(n)) for n in range(8)), "0、1、2、3、4、5等"),
            ("两\n行", "两 行"),
            (Quantity(Decimal(90), Decimal(0), PERCENT, "90%"), "90%"),
        ],
    )
    def test_values_are_shown_as_written_with_their_unit(self, value: Value, text: str) -> None:
        assert shown(value) == text

    def test_a_long_text_is_shortened_in_the_middle(self) -> None:
        text = shown("甲" * 100 + "乙" * 100)
        assert len(text) <= 80
        assert (text[0], text[-1], "…" in text) == ("甲", "乙", True)


class TestThreshold:
    def test_a_quantity_becomes_a_fact_without_an_address(self) -> None:
        value = threshold("低执行率", Quantity(Decimal(90), Decimal(0), PERCENT, "90%"))
        assert isinstance(value, Fact)
        assert (value.pointer.address, value.text) == ("", "90%")

    def test_a_list_of_words_stays_one(self) -> None:
        assert threshold("等级", ("优", "良")) == ("优", "良")


class TestEvaluator:
    def test_a_rule_is_evaluated_in_each_of_its_places(self) -> None:
        (form,) = extract("项目支出绩效自评表", FUNDS)
        specs = {section.id: section for section in ruleset().forms[form.id].sections}
        evaluator = Evaluator(form, specs, ruleset().values(form.id, form.year), "zh")
        found = ruleset().rule("FUND-003")
        assert found is not None
        results = Results()
        evaluator.evaluate(found, results)
        assert [check.id for check in results.checks] == ["c1", "c2", "c3"]
        assert {check.outcome for check in results.checks} == {Outcome.PASS}
        assert [entry.check for entry in results.telling] == results.checks  # each comes with its equation

    INSURANCE = """
一级指标 | 二级指标 | 三级指标 | 目标值 | 完成值 | 分值 | 得分 | 扣分原因
产出     | 参保情况 | 参保率   | ≥95%   | {actual} | 50 | {score} |
效益     | 满意度   | 满意度   | ≥90%   | 93%    | 50   | 50   |
合计     | <        | <        | <      | <      | 100  | 100  |
"""

    @pytest.mark.parametrize(
        ("actual", "score", "id"),
        [
            ("已完成", "50", "IND-004"),
            ("96..8%", "50", "IND-008"),
            ("≥95%", "50", "IND-009"),
            ("", "50", "IND-010"),
            ("96%", "", "IND-011"),
            ("93%", "50", "SCORE-010"),
            ("96%", "40", "SCORE-012"),
            ("96%", "51", "SCORE-007"),
        ],
    )
    def test_a_rule_for_indicators_holds_for_those_of_a_fund_too(self, actual: str, score: str, id: str) -> None:
        (form,) = extract("社会保险基金预算绩效自评表", self.INSURANCE.format(actual=actual, score=score))
        specs = {section.id: section for section in ruleset().forms[form.id].sections}
        results = Results()
        Evaluator(form, specs, ruleset().values(form.id, form.year), "zh").evaluate(shipped(id), results)
        assert [entry.finding.primary.row_label for entry in results.telling if entry.finding is not None] == ["参保率"]

    def test_many_places_are_taken_in_portions_that_change_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        (form,) = extract("项目支出绩效自评表", FUNDS)
        specs = {section.id: section for section in ruleset().forms[form.id].sections}
        found = []
        for at_once in (1000, 2):
            monkeypatch.setattr("validator.rules.evaluate._AT_ONCE", at_once)
            evaluator, results = Evaluator(form, specs, ruleset().values(form.id, form.year), "zh"), Results()
            for id in ("FUND-003", "FUND-004", "FUND-007"):
                evaluator.evaluate(shipped(id), results)
            found.append(results.checks)
        assert len({check.outcome for check in found[0]}) > 1
        assert found[0] == found[1]

    def test_places_are_bound_once(self) -> None:
        (form,) = extract("项目支出绩效自评表", FUNDS)
        specs = {section.id: section for section in ruleset().forms[form.id].sections}
        evaluator = Evaluator(form, specs, {}, "zh")
        assert evaluator.at("funds.row") is evaluator.at("funds.row")
