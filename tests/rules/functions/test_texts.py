"""Functions that read texts: words in them, reasons, grades."""

from __future__ import annotations

import pytest

from tests.rules.placing import POINTS, cell, check, figure, prose
from validator.model.fact import Fact, Pointer
from validator.model.finding import Outcome
from validator.model.quantity import Reading, State

PASS, FAIL, OPEN = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED


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
def test_explained(text: str, outcome: Outcome) -> None:
    assert check("explained(x)", x=prose(text)).outcome is outcome


def test_mentions() -> None:
    assert check('mentions(x, "满意度", "成本")', x=prose("服务 对象满意度")).outcome is PASS
    assert check("mentions(x, w)", x=prose("数量"), w=("满意度", "成本")).outcome is FAIL
    assert check('mentions(p, "成本")', p=(prose("数量"), prose("总成本"))).outcome is PASS
    assert check('mentions(x, "成本")', x=None).outcome is FAIL


def test_of_many_texts_a_verdict_shows_the_one_that_has_the_word() -> None:
    told, other = prose("总成本"), prose("数量")

    found, missed, alone = (check('mentions(p, "成本")', p=p) for p in ((other, told), (other, other), other))

    assert (found.stated, found.operands) == (told, ())
    assert (missed.stated, missed.operands) == (None, ())
    assert alone.stated is other


def test_a_reason_that_may_be_lost_leaves_open_whether_there_is_one() -> None:
    lost = Fact(Reading(State.GARBLED, "", why="认不准"), Pointer("reason", "L9", ""))
    assert check("explained(p)", p=(lost, prose("受汛期影响"))).outcome is PASS
    assert check("explained(p)", p=(prose("无"), lost)).outcome is OPEN


def test_mentions_is_open_where_more_may_have_been_said() -> None:
    lost = Fact(Reading(State.GARBLED, "", why="文字在这里中断"), Pointer("remarks", "L9", ""))
    assert check('mentions(p, "成本")', p=(prose("总成本"), lost)).outcome is PASS
    assert check('mentions(p, "成本")', p=(prose("数量"), lost)).outcome is OPEN


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("预算执行率", PASS), ("预算 执行率", PASS), ("资金执行率", PASS), ("预算执行率提高", FAIL), ("", FAIL)],
)
def test_one_of(text: str, outcome: Outcome) -> None:
    assert check('one_of(x, "预算执行率", "资金执行率")', x=prose(text)).outcome is outcome


def test_same_text() -> None:
    assert check("same_text(x, y)", x=prose("培训 100 人"), y=prose("培训100人")).outcome is PASS
    assert check("same_text(x, y)", x=prose("≥90%"), y=prose("90%")).outcome is FAIL
    assert check("same_text(x, y)", x=prose(""), y=prose("90%")).outcome is OPEN


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
            ("99.46（良）", "99.46", FAIL),
            ("86.5分/良好", "86.5", PASS),
            ("99.46分", "99.46", OPEN),
            ("99.46（中央资金）", "99.46", OPEN),
            ("一流", "95", OPEN),
            ("", "95", OPEN),
            ("优", "", OPEN),
        ],
    )
    def test_table(self, grade: str, score: str, outcome: Outcome) -> None:
        assert check("grade_fits(g, s, w)", g=prose(grade), s=cell(score, "points"), w=self.LINES).outcome is outcome

    @pytest.mark.parametrize(
        ("grade", "outcome"),
        [("☑优 □良 □中 □差", PASS), ("优□ 良☑ 中□ 差□", FAIL), ("优（√） 良（ ）", PASS), ("□优 □良 □中 □差", OPEN)],
    )
    def test_a_grade_may_be_ticked_among_others(self, grade: str, outcome: Outcome) -> None:
        assert check("grade_fits(g, s, w)", g=prose(grade), s=cell("95", "points"), w=self.LINES).outcome is outcome

    def test_the_right_grade_is_said(self) -> None:
        assert check("grade_fits(g, s, w)", g=prose("优秀"), s=figure("85", POINTS), w=self.LINES).expected == "良"


def test_a_star_in_a_word_stands_for_a_few_characters() -> None:
    assert check('mentions(x, "资金*到位")', x=prose("资金尚未到位")).outcome is PASS
    assert check('mentions(x, "资金*到位")', x=prose("资金" + "很" * 13 + "到位")).outcome is FAIL
    assert check('mentions(x, "a.c")', x=prose("abc")).outcome is FAIL


def test_lines_of_grades_that_make_no_sense_leave_it_open() -> None:
    for lines in (("优",), ("优 高",), ("90",)):
        assert check("grade_fits(g, s, w)", g=prose("优"), s=cell("95", "points"), w=lines).outcome is OPEN


class TestEndings:
    @pytest.mark.parametrize(
        ("name", "outcome"),
        [
            ("工程验收合格率", PASS),
            ("群众满意度（10分）", PASS),
            ("满意度（提高）", FAIL),
            ("服务对象满 意度", PASS),
            ("合格率提高幅度", FAIL),
            ("资金到位率", FAIL),
        ],
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


class TestNegates:
    @pytest.mark.parametrize(
        ("wanted", "done", "outcome"),
        [
            ("有效缓解", "未有效缓解", PASS),
            ("建立健全", "尚未建立", PASS),
            ("有效缓解", "有效缓解", FAIL),
            ("有效缓解", "已缓解，尚未建立长效机制", FAIL),
            ("不发生事故", "未发生", FAIL),
            ("尚未建立的，年底前建立", "尚未建立", FAIL),
            ("建立健全", "尚未发现问题", FAIL),
        ],
    )
    def test_table(self, wanted: str, done: str, outcome: Outcome) -> None:
        assert check('negates(a, t, "未|尚未 建立|缓解")', a=prose(done), t=prose(wanted)).outcome is outcome
