"""What counts as a figure in running text, and what a sentence says of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.facts.claims import Claim, Passage, load_wording
from validator.facts.claims.figures import find_figures, fold_text
from validator.facts.claims.sentences import read_passage, span_address
from validator.facts.lexicon import load_lexicon

PIECES = ["12家", "，", "其中", "(", ")", "比上年增加", "5%", "。", "2023年", "1.", "万元", "3"]
RULESETS = Path(__file__).resolve().parents[2] / "rulesets"
LEXICON = load_lexicon(RULESETS / "common" / "lexicon.yaml")
WORDING = load_wording(RULESETS / "narrative" / "words.yaml")


def written(text: str) -> list[str]:
    return [mention.quantity.text for mention in find_figures(fold_text(text), LEXICON, WORDING).mentions]


def passage(text: str, address: str = "L1") -> Passage:
    found = read_passage(text, address, 0, LEXICON, WORDING)
    assert found is not None
    return found


def claims(text: str) -> list[Claim]:
    return list(passage(text).claims)


class TestWhatIsAFigure:
    @pytest.mark.parametrize(
        ("text", "figures"),
        [
            ("共计培训30余期，1万余人次", ["30余期", "1万余人次"]),
            ("执行率为９４．８２％", ["94.82%"]),
            ("收入15435.65 万元", ["15435.65 万元"]),
            ("当期结余-3.96万元", ["-3.96万元"]),
            ("供养比为1.11：1", ["1.11:1"]),
            ("分别为12、8、5家", ["12", "8", "5家"]),
            ("覆盖率百分之八十，新建二十五家", ["百分之八十", "二十五家"]),
            ("单价3100元每平方米", ["3100元每平方米"]),
            ("目标≥90%", ["≥90%"]),
            ("低于目标95%5个百分点", ["95%", "5个百分点"]),
            ("目标1200户", ["1200户"]),
            ("产出指标12个，效益指标6个。", ["12个", "6个"]),
            ("补偿人数7262，补偿金额235.1万元", ["7262", "235.1万元"]),
            ("1—8月补助236.26万元", ["236.26万元"]),
            ("新建两家医院和十二所学校", ["两家", "十二所"]),
            ("占三成，八成五达标，3成未动工", ["三成", "八成五", "3成"]),
            ("产值翻了一番，收入翻番", ["翻了一番", "翻番"]),
            ("甲县一家、乙县两家", ["一家", "两家"]),
        ],
    )
    def test_figures_are_found_as_they_are_written(self, text: str, figures: list[str]) -> None:
        assert written(text) == figures

    @pytest.mark.parametrize(
        "text",
        [
            "（财社〔2022〕65号）", "根据第3条规定", "创新“3+3+1”模式", "服务热线12345", "联系电话0855-1234567",
            "手机13812345678", "1、加强领导；2、强化监督", "(1)组织保障", "2023年12月31日前", "2021-2023年", "DIP2.0版",
            "见附件3", "目标2.做好工作", "目标1项目建设", "指标2：满意度", "23点59分", "编号510000210001234567",
            "三级医院实行一次办", "4.2021年获奖", "三个方面",
            "第三家", "每一家企业", "二类县", "一户一策", "三门峡", "三会一课", "建成立即启用", "一家医院", "五个一工程",
        ],
    )  # fmt: skip
    def test_what_only_looks_like_one_is_passed_over(self, text: str) -> None:
        assert written(text) == []

    def test_a_list_takes_the_unit_of_its_last_figure(self) -> None:
        units = [m.quantity.unit.name for m in find_figures("分别为12、8、5家", LEXICON, WORDING).mentions]

        assert units == ["家", "家", "家"]

    @pytest.mark.parametrize("text", ["不低于180人", "超过3000人", "约3000人", "近3000人", "80%-100%", "50%以上", "30余家"])
    def test_limits_ranges_and_estimates_are_not_held_to_their_word(self, text: str) -> None:
        assert [claim.usable for claim in claims("人数" + text)] == [False]

    @pytest.mark.parametrize("text", ["签约3000人", "预约3000人次", "附近3000户", "节约3000元"])
    def test_a_word_that_ends_like_an_estimate_makes_none(self, text: str) -> None:
        assert [claim.usable for claim in claims(text)] == [True]

    def test_the_second_of_two_figures_takes_the_longer_unit_of_the_first(self) -> None:
        units = [m.quantity.unit.name for m in find_figures("由5个工作日缩短至2个，新建2个", LEXICON, WORDING).mentions]

        assert units == ["个工作日", "个工作日", "个"]

    @pytest.mark.parametrize("text", ["近七成", "三成以上", "接近翻番", "翻一番多"])
    def test_tenths_and_doublings_may_be_estimates(self, text: str) -> None:
        assert [claim.usable for claim in claims(text)] == [False]

    def test_figures_run_together_are_no_prose(self) -> None:
        assert not passage("资金总额194.9194.9100%其中:财政资金194.9194.9100%").prose

    def test_the_years_that_are_named_are_kept(self) -> None:
        assert [year.year for year in find_figures("2021年投入5万元，22年结转资金3万元", LEXICON, WORDING).years] == [
            2021,
            2022,
        ]

    @given(st.text(max_size=200))
    def test_any_text_can_be_read(self, text: str) -> None:
        found = passage(text)

        assert all(text[c.start : c.end] == c.fact.text for c in found.claims)

    @given(st.lists(st.sampled_from(PIECES), max_size=40))
    def test_claims_come_in_order_and_never_overlap(self, pieces: list[str]) -> None:
        found = claims("".join(pieces))

        assert all(one.end <= other.start for one, other in pairwise(found))


class TestHowAFigureIsTold:
    @pytest.mark.parametrize(
        ("text", "noun"),
        [
            ("在职人员84人", "在职人员"),
            ("自评覆盖率100%", "自评覆盖率"),
            ("初中学生9400人", "初中学生"),
            ("截至年末参保人数43万人", "参保人数"),
            ("其中在全县培训教师60人", "全县培训教师"),
            ("重点人群签约10.2万人", "重点人群签约"),
        ],
    )
    def test_what_leads_up_to_a_name_is_no_part_of_it(self, text: str, noun: str) -> None:
        assert claims(text)[0].noun == noun

    @pytest.mark.parametrize(
        ("text", "kind", "sign"),
        [
            ("支出475.22万元", "level", 1),
            ("比上年减少11.80万元", "change", -1),
            ("同比增长2.42%", "growth", 1),
            ("下降2.42%", "growth", -1),
            ("提高5个百分点", "points-change", 1),
            ("执行率为94.82%", "rate", 1),
            ("完成预算的99.37%", "rate", 1),
            ("占比58.76%", "share", 1),
            ("占参保总人数的86.76%", "share", 1),
            ("每人补助300元", "price", 1),
            ("此项自评得5分", "score", 1),
            ("服务能力提升60万元", "level", 1),
            ("比上年翻一番", "growth", 1),
            ("支付比例提高三成", "growth", 1),
            ("年均增长5%", "average", 1),
            ("是上年的2倍", "times", 1),
        ],
    )
    def test_the_words_before_it_say_what_it_is(self, text: str, kind: str, sign: int) -> None:
        (claim,) = claims(text)

        assert (claim.kind, claim.sign) == (kind, sign)

    @pytest.mark.parametrize(
        ("text", "noun"),
        [
            ("2023年一般公共预算支出完成475.22万元", "一般公共预算支出"),
            ("收入:792.22万元", "收入"),
            ("全县新建11家医疗机构", "全县新建"),
            ("共11家医疗机构", "医疗机构"),
            ("管理经费（含体系建设）60万元", "管理经费"),
            ("基金收入比上年增加986亿元，共为4779亿元", "基金收入"),
        ],
    )
    def test_what_is_measured_stands_around_it(self, text: str, noun: str) -> None:
        assert claims(text)[-1].noun == noun

    @pytest.mark.parametrize(
        ("text", "role"),
        [
            ("全年预算数120万元", "budget"),
            ("全年执行数120万元", "executed"),
            ("预算执行数120万元", "executed"),
            ("支出预算为120万元", "budget"),
        ],
    )
    def test_budget_and_execution_are_told_apart(self, text: str, role: str) -> None:
        assert claims(text)[0].role == role


class TestWhereItStands:
    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("L12", "L12:3-5"),
            ("段12", "段12:3-5"),
            ("L3:10-16", "L3:12-14"),
            ("自评表!H8", "自评表!H8"),
            ("L3:10-12", "L3:10-12"),
        ],
    )
    def test_a_span_is_counted_from_one_and_includes_both_ends(self, address: str, expected: str) -> None:
        assert span_address(address, 2, 5, 7) == expected

    def test_the_pointer_shows_the_figure_in_its_clause(self) -> None:
        claim = claims("总体较好。全年执行数261.75万元，执行率81.80%；其余正常。")[0]

        assert claim.fact.pointer.address == "L1:11-18"
        assert claim.fact.pointer.row_label == "全年执行数261.75万元，执行率81.80%"
        assert claim.fact.pointer.column_label == "全年执行数"

    def test_a_clause_is_not_cut_at_the_comma_of_a_figure(self) -> None:
        text = "全县一般公共预算收入30,161万元，为年初预算的102.8%，比上年增收4,376万元，增长17.0%，其中税收收入21,113万元。"

        clauses = [claim.fact.pointer.row_label for claim in claims(text)]

        assert all(claim.fact.text in clause for claim, clause in zip(claims(text), clauses, strict=True))
        assert not any(clause.startswith(("161万元", "376万元", "113万元")) for clause in clauses)
