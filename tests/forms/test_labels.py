from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.forms.labels import Matcher, continues, heads, is_note, normalise, take_apart

LABELS = st.text(st.sampled_from("全年预算数其中：:（）()[]【】、,. 　1２年度A/B*%—\n一二★"), max_size=24) | st.text(
    max_size=24
)


class TestTakeApart:
    @pytest.mark.parametrize(
        ("text", "label", "brackets", "among"),
        [
            ("全 年 预 算 数（A）", "全年预算数", ("A",), False),
            ("其中：当年财政拨款", "当年财政拨款", (), True),
            ("其中: 省级资金（万元）", "省级资金", ("万元",), True),
            ("其 中：地方资金", "地方资金", (), True),
            ("其中：", "", (), True),
            ("一、收入合计", "收入合计", (), False),
            ("1.培训人次", "培训人次", (), False),
            ("3.5万人次", "3.5万人次", (), False),
            ("★数量指标", "数量指标", (), False),
            ("产出指标\n（50分）", "产出指标", ("50分",), False),
            ("执行率（B/A）", "执行率", ("B/A",), False),
            ("资金（（万元））", "资金", ("万元", ""), False),
            ("全年预算数(A", "全年预算数", ("A",), False),
            ("执行率（B/A×100%", "执行率", ("B/A×100%",), False),
            ("(A", "(A", (), False),
            ("培训人次(含线上", "培训人次(含线上", (), False),
            ("ＡＢ：１", "AB1", (), False),
            ("", "", (), False),
        ],
    )
    def test_a_label_has_a_text_brackets_and_perhaps_among(
        self, text: str, label: str, brackets: tuple[str, ...], among: bool
    ) -> None:
        assert take_apart(text) == (label, brackets, among)

    def test_a_long_text_keeps_what_it_says(self) -> None:
        text = "一" * 150 + "（说明）" * 20
        assert take_apart(text).text == text.translate(str.maketrans("（）", "()"))

    @given(st.text())
    def test_any_text_has_a_label_without_blanks(self, text: str) -> None:
        assert not set(take_apart(text).text) & set(" \t\r\n　:：")


class TestLabelPoints:
    @pytest.mark.parametrize(
        ("text", "points"),
        [
            ("产出指标（50分）", "50"),
            ("产出指标(12.5分)", "12.5"),
            ("预算执行情况（满分10分）", "10"),
            ("得分（20分*执行率）", "20"),
            ("满意度（10%）", "10"),
            ("项目资金（万元）", ""),
            ("产出指标", ""),
            ("数量（50）", ""),
        ],
    )
    def test_points_stand_in_brackets(self, text: str, points: str) -> None:
        assert take_apart(text).points == points

    @pytest.mark.parametrize(
        ("text", "points"),
        [
            ("产出指标(50)", "50"),
            ("（100）", "100"),
            ("产出指标(50分)", "50"),
            ("指标(5)", ""),
            ("指标(2023)", ""),
            ("指标(20)(A)", ""),
        ],
    )
    def test_a_bare_number_tells_the_points_of_a_group(self, text: str, points: str) -> None:
        assert take_apart(text).points_of_group == points


class TestNormalise:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("全年预算数", "全 年　预算数（A）"),
            ("项目名称", "项目名称："),
            ("偏差原因分析及改进措施", "偏差原因\n分析及\n改进措施"),
            ("执行率%", "执行率％"),
        ],
    )
    def test_spellings_of_one_label_are_one(self, one: str, other: str) -> None:
        assert normalise(one) == normalise(other)

    @given(LABELS)
    def test_it_is_idempotent(self, text: str) -> None:
        once = normalise(text)
        assert normalise(once) == once

    @given(LABELS, st.sampled_from(" \t\n　"))
    def test_blanks_around_and_inside_change_nothing(self, text: str, blank: str) -> None:
        assert normalise(f"{blank}{text}{blank}") == normalise(text)


class TestMatcher:
    def test_the_first_list_that_has_a_spelling_wins(self) -> None:
        matcher = Matcher([("one", ["预算数"]), ("two", ["预算数", "执行数"])])
        assert (matcher.find("预 算 数（万元）"), matcher.find("执行数"), matcher.find("执行率")) == ("one", "two", None)

    @pytest.mark.parametrize(
        ("text", "found"),
        [("投诉响应时间", True), ("响应时间", True), ("响应的时间", False), ("", False), ("长" * 80 + "响应时间", False)],
    )
    def test_a_star_stands_for_anything(self, text: str, found: bool) -> None:
        assert (Matcher([("time", ["*响应时间*"])]).find(text) is not None) is found

    def test_a_spelling_with_a_star_is_compiled_when_a_label_is_first_held_against_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compiled: list[str] = []
        compile_it = re.compile

        def noted(pattern: str) -> re.Pattern[str]:
            compiled.append(pattern)
            return compile_it(pattern)

        monkeypatch.setattr("validator.forms.labels.re.compile", noted)
        matcher = Matcher([("any", ["*资金"]), ("own", ["其他资金"])])
        assert (matcher.find("其他资金"), compiled) == ("own", [])
        assert (matcher.find("省级资金"), matcher.find("市级资金"), len(compiled)) == ("any", "any", 1)

    def test_a_spelling_without_a_star_goes_before_one_with(self) -> None:
        assert Matcher([("any", ["*资金"]), ("own", ["其他资金"])]).find("其他资金") == "own"

    def test_a_label_of_nothing_but_punctuation_matches_nothing(self) -> None:
        assert Matcher([("x", ["", "*"])]).find("：（）") is None

    def test_spellings_are_those_without_a_star(self) -> None:
        assert Matcher([("x", ["预 算", "*资金"])]).spellings == {"预算"}

    @given(st.text(min_size=1, max_size=20))
    def test_every_spelling_is_found(self, text: str) -> None:
        spelling = text.replace("*", "")
        assert Matcher([("x", [spelling])]).find(spelling) == ("x" if normalise(spelling) else None)


class TestHeads:
    @pytest.mark.parametrize(
        ("text", "head"),
        [
            ("自评表", "自评表"),
            ("自评表2023年度", "自评表"),
            ("自评表 2023年度", "自评表"),
            ("自评表——道路养护", "自评表"),
            ("自评表：道路养护", "自评表"),
            ("自评表（2023年度）", "自评表（2023年度）"),
            ("自评表一", "自评表"),
        ],
    )
    def test_what_follows_a_title_can_be_left_off(self, text: str, head: str) -> None:
        assert head in list(heads(text))

    def test_more_words_can_not(self) -> None:
        assert "自评表" not in list(heads("自评表报送及时率"))


class TestContinues:
    @pytest.mark.parametrize(
        "text", ["续表", "续表1", "自评表（续）", "自评表(续表)", "自评表（续1）", "自评表续", "（接上页）", "自评表(续)"]
    )
    def test_a_table_that_goes_on_says_so(self, text: str) -> None:
        assert continues(text)

    @pytest.mark.parametrize("text", ["自评表", "续建道路项目支出绩效自评表", "可持续影响指标", "手续费", ""])
    def test_other_words_with_the_sign_do_not(self, text: str) -> None:
        assert not continues(text)


class TestIsNote:
    @pytest.mark.parametrize(
        "text", ["注：1.资金使用单位按项目填写", "备注:无", "说明：", "填表说明：一、", "注1：", " 注 ：略"]
    )
    def test_a_note_begins_with_its_word_and_a_colon(self, text: str) -> None:
        assert is_note(text)

    @pytest.mark.parametrize("text", ["注册企业数", "备注", "说明材料完整", "其中：注资", ""])
    def test_other_texts_do_not(self, text: str) -> None:
        assert not is_note(text)


@pytest.mark.parametrize(
    ("text", "label"), [("年度资金总额)", "年度资金总额"), ("年度资金总额）：", "年度资金总额"), ("1)项目", "1)项目")]
)
def test_a_closing_bracket_that_lost_its_other_half_is_no_part_of_a_label(text: str, label: str) -> None:
    assert normalise(text) == label
