"""What each function of the rules says."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.placing import POINTS, WAN, cell, check, figure, prose
from validator.model.fact import Fact, Pointer
from validator.model.finding import Outcome
from validator.model.quantity import Quantity, Reading, State, Unit
from validator.rules.arithmetic import Dimension
from validator.rules.expression import compile_formula
from validator.rules.functions import FUNCTIONS

PASS, FAIL, OPEN, ABSENT = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE


def target(text: str) -> Fact:
    return cell(text, "target")


def actual(text: str) -> Fact:
    return cell(text, "actual")


def amount(text: str) -> Fact:
    return cell(text, "amount", "万元", label="金额")


class TestMeets:
    @pytest.mark.parametrize(
        ("done", "wanted", "outcome"),
        [
            ("95%", "≥90%", PASS),
            ("90%", "≥90%", PASS),
            ("89%", "≥90%", FAIL),
            ("≥90%", "≥90%", PASS),
            ("≥80%", "≥90%", OPEN),
            ("≥95%", "≥90%", PASS),
            ("不少于6个月", "不低于30天", PASS),
            ("30天", "≤60天", PASS),
            ("90分钟", "≤60分钟", FAIL),
            ("≤30天", "≤60天", PASS),
            ("90%", ">90%", FAIL),
            ("12场", "<12场", FAIL),
            ("12场", "≤12场", PASS),
            ("100", "100%", PASS),
            ("98", "≥95%", PASS),
            ("12场", "12场", PASS),
            ("11场", "12场", FAIL),
            ("13场", "12场", PASS),
            ("13场", "=12场", FAIL),
            ("85%", "80%-90%", PASS),
            ("95%", "80%-90%", FAIL),
            ("1.2万元", "≤12000元", PASS),
            ("5天", "≥5次", OPEN),
            ("已完成", "≥90%", OPEN),
            ("100%", "有所提高", OPEN),
            ("", "≥90%", OPEN),
            ("95%", "≥保人政", OPEN),
            ("约85%", "≥90%", OPEN),
            ("约95%", "≥90%", PASS),
        ],
    )
    def test_table(self, done: str, wanted: str, outcome: Outcome) -> None:
        verdict = check("meets(a, t)", a=actual(done), t=target(wanted))
        assert verdict.outcome is outcome
        assert bool(verdict.reason) is (outcome is OPEN)

    def test_a_fraction_against_a_percentage_is_not_accused(self) -> None:
        assert check("meets(a, t)", a=figure("0.98"), t=target("≥95%")).outcome is OPEN

    def test_the_cells_are_named(self) -> None:
        a, t = actual("11场"), target("12场")
        verdict = check("meets(a, t)", a=a, t=t)
        assert (verdict.stated, verdict.operands) == (a, (t,))

    @given(st.integers(3, 500), st.integers(-3, 3), st.sampled_from(["≥", "≤", ">", "<", ""]))
    def test_meets_is_the_comparison_that_the_sign_says(self, done: int, less: int, sign: str) -> None:
        wanted = done - less
        truth = {"≥": done >= wanted, "": done >= wanted, "≤": done <= wanted, ">": done > wanted, "<": done < wanted}[sign]
        verdict = check("meets(a, t)", a=actual(f"{done}场"), t=target(f"{sign}{wanted}场"))
        assert verdict.outcome is (PASS if truth else FAIL)

    def test_a_bare_fraction_in_a_column_of_percentages_is_not_accused(self) -> None:
        one = Quantity(Decimal("0.986"), Decimal("0.001"), Unit("%", "ratio", Decimal("0.01")), "0.986")
        other = one._replace(unit=Unit("", "ratio", Decimal(1)))
        done = Fact(Reading(State.NUMBER, "0.986", one, (other,)), Pointer("a", "A1", "0.986"))

        assert check("not meets(a, t)", a=done, t=target("≥98%")).outcome is OPEN


class TestComparable:
    @pytest.mark.parametrize(
        ("done", "wanted", "outcome"),
        [
            ("95%", "≥90%", PASS),
            ("60分钟", "≥90%", FAIL),
            ("已完成", "≥90%", FAIL),
            ("已完成", "有所提高", PASS),
            ("100%", "有所提高", PASS),
            ("30", "≥30场", PASS),
            ("", "≥90%", OPEN),
            ("5个", "≥5次", PASS),
            ("2023年12月", "2023年12月31日前", PASS),
            ("95%", "", OPEN),
        ],
    )
    def test_table(self, done: str, wanted: str, outcome: Outcome) -> None:
        assert check("comparable(a, t)", a=actual(done), t=target(wanted)).outcome is outcome

    @pytest.mark.parametrize(
        ("one", "other", "outcome"),
        [
            ("5个", "6个", PASS),
            ("5个", "6次", FAIL),
            ("5", "6次", PASS),
            ("5万元", "6元", PASS),
            ("5天", "6%", FAIL),
            ("快", "6%", OPEN),
        ],
    )
    def test_same_unit(self, one: str, other: str, outcome: Outcome) -> None:
        assert check("same_unit(a, t)", a=actual(one), t=target(other)).outcome is outcome


def value(source: str, **values: Fact | tuple[Fact, ...]) -> Decimal | None:
    names = {name: Dimension("any", many=type(each) is tuple) for name, each in values.items()}
    return compile_formula(source, names).value(values)


class TestFigures:
    @pytest.mark.parametrize(
        ("done", "wanted", "completion", "beyond"),
        [
            ("6场", "≥12场", "0.5", "-0.5"),
            ("18场", "≥12场", "1.5", "0.5"),
            ("18场", "12场", "1.5", "0.5"),
            ("30天", "≤60天", "2", "0"),
            ("0天", "≤60天", None, "0"),
            ("5场", "≥0场", None, None),
            ("5天", "≥5%", None, None),
            ("已完成", "≥5%", None, None),
            ("14场", "=12场", None, "0"),
        ],
    )
    def test_completion_and_exceeds(self, done: str, wanted: str, completion: str | None, beyond: str | None) -> None:
        cells = {"a": actual(done), "t": target(wanted)}
        if wanted != "=12场":
            assert value("completion(a, t)", **cells) == (Decimal(completion) if completion else None)
        assert value("exceeds(a, t)", **cells) == (Decimal(beyond) if beyond else None)

    def test_score_by_completion_is_rounded_to_the_score(self) -> None:
        cells = {"s": cell("5.63", "points"), "w": cell("11.25", "points"), "a": actual("1次"), "t": target("≥2次")}
        assert check("s == w * min(completion(a, t), 1)", **cells).outcome is PASS
        assert check("s == w * min(completion(a, t), 1)", **{**cells, "s": cell("5.73", "points")}).expected == "5.63分"

    @pytest.mark.parametrize(
        ("source", "result"),
        [
            ("sum(p)", "6"),
            ("count(p)", "3"),
            ("rows(p)", "4"),
            ("min(p)", "1"),
            ("max(p)", "3"),
            ("sum(p, a)", "10"),
            ("max(p, a * 2)", "8"),
            ("abs(b - a)", "2"),
            ("share(b, a)", "0.5"),
            ("growth(a, b)", "1"),
            ("distinct(p)", "3"),
            ("repeats(p)", "0"),
            ("value(a)", "4"),
            ("first(e, b)", "2"),
            ("count(p, a, b)", "5"),
        ],
    )
    def test_table(self, source: str, result: str) -> None:
        cells = {"a": figure("4", step=0), "b": figure("2", step=0), "e": prose("")}
        values = {name: cells[name] for name in cells if re.search(rf"\b{name}\b", source)}
        listed = (figure("3"), figure("1"), figure("2"), prose(""))
        assert value(source, p=listed, **values) == Decimal(result)

    def test_the_lower_end_of_a_range(self) -> None:
        assert value("value(t)", t=target("80%-90%")) == Decimal("0.8")

    def test_columns_that_are_not_there_count_nothing(self) -> None:
        assert check("count(p) == 0", p=None).outcome is ABSENT
        assert check("given(p)", p=None).outcome is FAIL
        assert check("blank(p)", p=None).outcome is PASS
        assert check("present(p)", p=None).outcome is FAIL
        assert check("present(p)", p=prose("")).outcome is PASS

    def test_distinct_and_repeats_go_by_value(self) -> None:
        assert value("distinct(p)", p=(figure("1.0", WAN), figure("1", WAN), figure("2", WAN))) == 2
        assert value("repeats(p)", p=(prose("培训 人数"), prose("培训人数"), prose("满意度"))) == 1

    def test_chance_counts_the_digits_beyond_the_first_of_different_equal_figures(self) -> None:
        left = (amount("1281.30"), amount("1281.30"), amount("20"), amount("35"))
        assert value("chance(a, b)", a=left, b=left) == 4 + 1
        assert value("chance(a, b)", a=left, b=(amount("1"), amount("2"), amount("3"), amount("35"))) == 1


class TestCells:
    @pytest.mark.parametrize(
        ("source", "text", "outcome"),
        [
            ("blank(x)", "", PASS),
            ("blank(x)", "—", PASS),
            ("blank(x)", "0", FAIL),
            ("given(x)", "0", PASS),
            ("given(x)", "-", FAIL),
            ("is_number(x)", "5%", PASS),
            ("is_number(x)", "优", FAIL),
            ("is_text(x)", "有所提高", PASS),
            ("is_text(x)", "5", FAIL),
            ("is_date(x)", "2023年12月31日", PASS),
            ("garbled(x)", "≥保人政", PASS),
            ("fused(x)", "202010100.00%10", PASS),
            ("garbled(x)", "5", FAIL),
            ("is_money(x)", "5万元", PASS),
            ("is_money(x)", "5家", FAIL),
            ("signed(x)", "≥5", PASS),
            ("signed(x)", "5", FAIL),
            ("signed(x)", "5-8", PASS),
        ],
    )
    def test_states(self, source: str, text: str, outcome: Outcome) -> None:
        assert check(source, x=target(text)).outcome is outcome

    def test_a_list_points_at_the_cell_that_matters(self) -> None:
        bad = amount("12..5")
        verdict = check("not garbled(p)", p=(amount("10"), bad))
        assert (verdict.outcome, verdict.stated) == (FAIL, bad)

    @pytest.mark.parametrize(
        ("text", "outcome"),
        [
            ("受疫情影响，培训推迟", PASS),
            ("无", FAIL),
            ("", FAIL),
            ("——", FAIL),
            ("。", FAIL),
            ("不涉及", FAIL),
            ("项目跨年实施", PASS),
        ],
    )
    def test_explained(self, text: str, outcome: Outcome) -> None:
        assert check("explained(x)", x=prose(text)).outcome is outcome

    def test_mentions(self) -> None:
        assert check('mentions(x, "满意度", "成本")', x=prose("服务 对象满意度")).outcome is PASS
        assert check("mentions(x, w)", x=prose("数量"), w=("满意度", "成本")).outcome is FAIL
        assert check('mentions(p, "成本")', p=(prose("数量"), prose("总成本"))).outcome is PASS
        assert check('mentions(x, "成本")', x=None).outcome is FAIL

    def test_mentions_is_open_where_more_may_have_been_said(self) -> None:
        lost = Fact(Reading(State.GARBLED, "", why="文字在这里中断"), Pointer("remarks", "L9", ""))
        assert check('mentions(p, "成本")', p=(prose("总成本"), lost)).outcome is PASS
        assert check('mentions(p, "成本")', p=(prose("数量"), lost)).outcome is OPEN

    @pytest.mark.parametrize(
        ("text", "outcome"),
        [("预算执行率", PASS), ("预算 执行率", PASS), ("资金执行率", PASS), ("预算执行率提高", FAIL), ("", FAIL)],
    )
    def test_one_of(self, text: str, outcome: Outcome) -> None:
        assert check('one_of(x, "预算执行率", "资金执行率")', x=prose(text)).outcome is outcome

    def test_same_text(self) -> None:
        assert check("same_text(x, y)", x=prose("培训 100 人"), y=prose("培训100人")).outcome is PASS
        assert check("same_text(x, y)", x=prose("≥90%"), y=prose("90%")).outcome is FAIL
        assert check("same_text(x, y)", x=prose(""), y=prose("90%")).outcome is OPEN

    @pytest.mark.parametrize(
        ("one", "other", "outcome"),
        [
            ("2023年12月20日", "2023年12月31日前", FAIL),
            ("2024年1月5日", "2023年12月31日前", PASS),
            ("2023-12-31", "2023年12月", FAIL),
            ("2023年12月", "2023年12月5日", OPEN),
            ("2024年", "2023年12月5日", PASS),
            ("年底", "2023年12月5日", OPEN),
        ],
    )
    def test_later(self, one: str, other: str, outcome: Outcome) -> None:
        assert check("later(x, y)", x=prose(one), y=prose(other)).outcome is outcome

    @pytest.mark.parametrize("period", ["2023年6月至12月", "2023年6-12月", "2023年3月-11月", "2023年1月—12月"])
    def test_a_period_is_no_deadline(self, period: str) -> None:
        assert check("later(x, y)", x=prose("2023年12月20日"), y=prose(period)).outcome is OPEN
        assert value("year_of(x)", x=prose("2023年6月至12月")) == 2023

    def test_year_of(self) -> None:
        assert value("year_of(x)", x=prose("2023年12月底前")) == 2023
        assert value("year_of(x)", x=prose("12月底前")) is None
        assert check("given(year_of(x))", x=prose("12月底前")).outcome is FAIL


class TestColumns:
    def test_copies(self) -> None:
        left = tuple(amount(text) for text in ("1.5", "2.25", "", "3"))
        assert check("copies(a, b)", a=left, b=tuple(amount(text) for text in ("1.50", "2.25", "-", "3.00"))).outcome is PASS
        assert check("copies(a, b)", a=left, b=tuple(amount(text) for text in ("1.5", "2.25", "1", "3"))).outcome is FAIL
        assert check("copies(a, b)", a=left[:2], b=left[:2]).outcome is FAIL

    def test_copies_looks_past_signs(self) -> None:
        wanted = tuple(target(text) for text in ("≥5场", "≥90%", "≥3次"))
        assert check("copies(a, b)", a=wanted, b=tuple(actual(text) for text in ("≥5场", "≥90%", "≥3次"))).outcome is PASS
        assert check("copies(a, b)", a=wanted, b=tuple(actual(text) for text in ("5场", "90%", "3次"))).outcome is PASS
        assert check("copies(a, b)", a=wanted, b=tuple(actual(text) for text in ("5场", "90%", "4次"))).outcome is FAIL

    def test_constant(self) -> None:
        assert check("constant(p)", p=tuple(actual("100%") for _ in range(4))).outcome is PASS
        assert check("constant(p)", p=tuple(actual("100%") for _ in range(3))).outcome is FAIL
        assert check("constant(p)", p=(*(actual("100%") for _ in range(4)), actual("99%"))).outcome is FAIL

    def test_repeated_rows_agree_in_all_columns(self) -> None:
        names = (prose("培训人数"), prose("满意度"), prose("培训人数"))
        assert check("repeated(n, t)", n=names, t=(target("5"), target("90%"), target("5"))).outcome is PASS
        assert check("repeated(n, t)", n=names, t=(target("5"), target("90%"), target("6"))).outcome is FAIL

    @pytest.mark.parametrize(
        ("names", "outcome"),
        [
            (("1.甲", "2.乙", "4.丁"), PASS),
            (("1.甲", "2.乙", "3.丙"), FAIL),
            (("甲", "乙"), FAIL),
            (("指标1：甲", "指标3：丙"), PASS),
            (("1.5米", "3.甲"), FAIL),
            (("3.甲", "3.乙"), FAIL),
            (("2.甲", "1.乙"), FAIL),
            (("2.乙", "1.甲", "3.丙"), FAIL),
        ],
    )
    def test_numbering_gap(self, names: tuple[str, ...], outcome: Outcome) -> None:
        assert check("numbering_gap(p)", p=tuple(prose(name) for name in names)).outcome is outcome


class TestGrades:
    LINES = ("优|优秀 90", "良|良好 80", "中|合格 60", "差 0")

    @pytest.mark.parametrize(
        ("grade", "score", "outcome"),
        [
            ("优", "90", PASS),
            ("优秀", "93.32", PASS),
            ("优秀", "85", FAIL),
            ("良好", "80", PASS),
            ("优", "89.5", PASS),
            ("良", "89.5", PASS),
            ("良", "89.4", PASS),
            ("优", "89.4", FAIL),
            ("差", "59", PASS),
            ("一流", "95", OPEN),
            ("", "95", OPEN),
            ("优", "", OPEN),
        ],
    )
    def test_table(self, grade: str, score: str, outcome: Outcome) -> None:
        assert check("grade_fits(g, s, w)", g=prose(grade), s=cell(score, "points"), w=self.LINES).outcome is outcome

    def test_the_right_grade_is_said(self) -> None:
        assert check("grade_fits(g, s, w)", g=prose("优秀"), s=figure("85", POINTS), w=self.LINES).expected == "良"


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_every_function_is_documented_with_an_example_that_calls_it(function: object) -> None:
    assert isinstance(function, tuple)
    name, _, _, _, chinese, english, example = function
    assert f"{name}(" in example
    assert re.search(r"[一-鿿]", chinese)
    assert re.match(r"[A-Z]", english)


class TestOffByUnit:
    @pytest.mark.parametrize(
        ("done", "wanted", "outcome"),
        [
            ("1.26人", "≥1.2万人", PASS),
            ("66.2亩", "≥65万亩", PASS),
            ("318万元", "≤320元", PASS),
            ("1.26万人", "≥1.2万人", FAIL),
            ("12600人", "≥1.2万人", FAIL),
            ("1.26", "≥1.2万人", FAIL),
            ("9人", "≥1.2万人", FAIL),
            ("3000人", "≥1.2万人", FAIL),
            ("1分钟", "≤1天", FAIL),
            ("0人", "≥1.2万人", FAIL),
            ("1.3米", "≥1.2公里", PASS),
        ],
    )
    def test_is_so_where_only_the_digits_are_alike(self, done: str, wanted: str, outcome: Outcome) -> None:
        assert check("off_by_unit(a, t)", a=actual(done), t=target(wanted)).outcome is outcome


class TestOffByTens:
    @pytest.mark.parametrize(
        ("done", "wanted", "outcome"),
        [
            ("3260人次", "≥300人次", PASS),
            ("9.58%", "≥95%", PASS),
            ("0.956%", "≥95%", PASS),
            ("12公里", "≥120公里", PASS),
            ("218600万人", "≥21.5万人", PASS),
            ("126公里", "≥120公里", FAIL),
            ("600人次", "≥300人次", FAIL),
            ("4500人次", "≥300人次", FAIL),
            ("0.956", "≥95%", FAIL),
            ("0", "≥120公里", FAIL),
        ],
    )
    def test_is_so_where_only_the_decimal_point_is_wrong(self, done: str, wanted: str, outcome: Outcome) -> None:
        assert check("off_by_tens(a, t)", a=actual(done), t=target(wanted)).outcome is outcome

    def test_different_units_are_open(self) -> None:
        assert check("off_by_tens(a, t)", a=actual("12公里"), t=target("≥120人")).outcome is OPEN


class TestEndings:
    @pytest.mark.parametrize(
        ("name", "outcome"),
        [("工程验收合格率", PASS), ("服务对象满 意度", PASS), ("合格率提高幅度", FAIL), ("资金到位率", FAIL)],
    )
    def test_ends_with(self, name: str, outcome: Outcome) -> None:
        assert check('ends_with(n, "合格率", "满意度")', n=prose(name)).outcome is outcome


class TestOpposed:
    @pytest.mark.parametrize(
        ("wanted", "done", "outcome"),
        [
            ("持续减少", "持续增加", PASS),
            ("有所提高", "下降", PASS),
            ("合格", "不合格", PASS),
            ("不低于上年", "低于上年", PASS),
            ("持续减少", "有所下降", FAIL),
            ("持续减少", "达成预期指标", FAIL),
            ("安全水平提高", "事故发生率下降", FAIL),
            ("提高", "产量提高，成本下降", FAIL),
        ],
    )
    def test_table(self, wanted: str, done: str, outcome: Outcome) -> None:
        source = 'opposed(a, t, "增加|提高 减少|下降", "合格 不合格", "不低于 低于")'

        assert check(source, a=prose(done), t=prose(wanted)).outcome is outcome

    def test_a_line_without_an_opposite_is_told(self) -> None:
        verdict = check('opposed(a, t, "增加")', a=prose("增加"), t=prose("减少"))

        assert verdict.outcome is OPEN
        assert verdict.reason is not None
        assert "增加" in verdict.reason


def test_plain_number_leaves_the_unit_out() -> None:
    assert check("plain_number(a) == 12", a=actual("12个月")).outcome is PASS
