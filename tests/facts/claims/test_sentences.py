"""What a sentence says of a figure: what it is of, how it is told, where it stands."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.facts.claims import Claim, Passage, load_wording, read_passages
from validator.facts.claims.figures import find_figures, fold_text
from validator.facts.claims.sentences import read_passage, span_address
from validator.facts.lexicon import load_lexicon
from validator.model.document import Document, Paragraph

PIECES = ["12家", "，", "其中", "(", ")", "比上年增加", "5%", "。", "2023年", "1.", "万元", "3"]
RULESETS = Path(__file__).resolve().parents[3] / "rulesets"
LEXICON = load_lexicon(RULESETS / "common" / "lexicon.yaml")
WORDING = load_wording(RULESETS / "narrative" / "words.yaml")


def written(text: str) -> list[str]:
    return [mention.quantity.text for mention in find_figures(fold_text(text, WORDING), LEXICON, WORDING).mentions]


def passage(text: str, address: str = "L1") -> Passage:
    found = read_passage(text, address, 0, LEXICON, WORDING)
    assert found is not None
    return found


def claims(text: str) -> list[Claim]:
    return list(passage(text).claims)


class TestReading:
    @pytest.mark.parametrize("text", ["不低于180人", "超过3000人", "约3000人", "近3000人", "80%-100%", "50%以上", "30余家"])
    def test_limits_ranges_and_estimates_are_not_held_to_their_word(self, text: str) -> None:
        assert [claim.usable for claim in claims("人数" + text)] == [False]

    def test_figures_run_together_are_no_prose(self) -> None:
        assert not passage("资金总额194.9194.9100%其中:财政资金194.9194.9100%").prose

    def test_money_right_behind_what_it_is_for_is_prose(self) -> None:
        assert passage("补助甲镇3条260万元、乙镇2条140万元、丙镇1条55万元。").prose
        assert not passage("甲镇3条3条260万元、乙镇2条2条140万元、丙镇1条1条55万元。").prose

    @pytest.mark.parametrize(
        ("text", "steps"),
        [
            ("基本支出380.17万元，项目支出80万元，上缴支出12.3万元。", ["0.01", "0.01", "0.01"]),
            ("预算2万元，决算2.05万元，差值0.35万元。", ["0.01", "0.01", "0.01"]),
            ("共计239万元，其中上级179.25万元，本级59.45万元。", ["1", "0.01", "0.01"]),
            ("基本支出380.17万元。项目支出80万元。", ["0.01", "1"]),
            ("总投资15亿元，一期2亿元，二期1.25亿元，合计3.3亿元，预备费0.75亿元。", ["1", "0.01", "0.01", "0.1", "0.01"]),
            ("产值3亿元，补助380.17万元，奖励80万元。", ["1", "0.01", "0.01"]),
            ("道路380.17万元，长80公里，占83%。", ["0.01", "1", "1"]),
        ],
    )
    def test_an_amount_has_the_step_of_its_peers_in_the_sentence_but_the_largest_may_be_rounded(
        self, text: str, steps: list[str]
    ) -> None:
        assert [str(claim.quantity.step) for claim in claims(text)] == steps
        assert [claim.fact.reading.quantity for claim in claims(text)] == [claim.quantity for claim in claims(text)]

    def test_what_is_said_behind_a_table_on_the_same_line_is_prose(self) -> None:
        told = "培训费决算情况 项 目 预算数 决算数 合 计 30.00 28.50 资料费 12.00 11.40 师资费 18.00 17.10 二、说明。"
        said = passage(told + "培训费预算30万元,决算28.5万元,完成预算的95%。资料费12.00 11.40万元。")

        assert said.prose
        assert [claim.fact.text for claim in said.claims] == ["30万元", "28.5万元", "95%"]
        assert not passage(told).prose

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


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("8万元（其中：中央资金282万元）。", [False, True]),
        ("支出8万元（其中：中央资金6万元）。", [True, True]),
        ("8个项目支出282万元。", [True, True]),
        ("\n8万元（其中：中央资金282万元）。", [False, True]),
        ("支出合计29\n8万元（其中：中央资金282万元）。", [True, False, True]),
        ("支出合计298万元。\n8万元（其中：中央资金7万元）。", [True, True, True]),
    ],
)
def test_a_text_or_a_line_may_begin_in_the_middle_of_a_figure(text: str, usable: list[bool]) -> None:
    blocks = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(text.split("\n"), 1))
    passages = read_passages(Document("text.txt", "txt", "", blocks), LEXICON, WORDING)
    assert [claim.usable for one in passages for claim in one.claims] == usable


def test_only_the_first_figure_behind_a_mark_is_the_one_that_a_word_before_it_opens() -> None:
    assert [claim.before for claim in claims("共90户200人。其中，甲类50户120人，乙类40户80人。")[2:4]] == ["其中甲类", ""]
