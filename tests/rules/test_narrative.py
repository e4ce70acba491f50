"""All that the prose of a document states: precision and recall over a corpus, and work in proportion to the length."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accuracy.measure import PRECISION, RECALL, findings, measure, total
from tests.benchmarks.prose import HOSTILE
from tests.rules.narrative.telling import lexicon, read, words
from tests.work import calls
from validator.pipeline import check
from validator.rules.narrative import NAMES, narrative_relations

EVERYTHING = (
    "2023年度绩效自评报告",
    "全年预算300万元，支出285万元，执行率95%，其中道路200万元，桥梁85万元。",
    "上年结余100万元，本年收入500万元，支出480万元，年末累计结余120万元。",
    "站点由52个增加到61个，新增9个，培训120人，每人500元，共6万元。",
    "诉求800件。咨询500件，占62.5%；求助200件，占25%；投诉100件，占12.5%。",
    "项目自评得分92分，其中：产出48分，效益28分，满意度16分，等级为优。",
)


def test_each_relation_has_a_place_of_its_own_and_a_kind_whose_names_are_known() -> None:
    found = list(narrative_relations(read("\n".join(EVERYTHING)), (), words(), lexicon()))

    assert {"narrative.total", "narrative.rate", "narrative.balance", "narrative.change"} <= {one.kind for one in found}
    assert {"narrative.product", "narrative.scores", "narrative.grade"} <= {one.kind for one in found}
    for one in found:
        required = {english for english, (_, _, many) in NAMES[one.kind].items() if not many}
        optional = {"computed", "monthly", "last_month", "planned", "spending", "formula"}
        assert required - optional <= one.place.names.keys()
    places = [(one.kind, one.place.path) for one in found]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("line", EVERYTHING)
def test_a_relation_of_one_paragraph_does_not_depend_on_those_around_it(line: str) -> None:
    alone = {one.kind for one in narrative_relations(read(line), (), words(), lexicon())}
    together = {
        one.kind for one in narrative_relations(read(f"工作有序开展。\n{line}\n各方反映良好。"), (), words(), lexicon())
    }

    assert alone == together


def test_a_lost_table_states_nothing() -> None:
    passages = read("合计 100 60 40\n甲 50 30 20\n乙 50 30 20")

    assert list(narrative_relations(passages, (), words(), lexicon())) == []


@given(st.text(alphabet="共其中（）()，、。；:：比上年增加减少占率完成预算的得分12345.%万元家人", max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    findings(text)


MISSED = {
    "missed: 既有住宅加装电梯申报138部，通过联合审查126部，已竣工投用97部、在建92部，按每部20万元标准兑付竣工补助1940万元。",
    "missed: 住房公积金新增缴存职工1.12万人，净增0.46万人，年末实缴职工8.94万人，同比增长4.52%。",
    "missed: 食品安全抽检量达到1.5批次/千人，超过4.5批次/千人的目标。",
    "missed: 城市污水处理厂设计日处理能力6万吨，全年处理污水1,861.5万吨，日均处理1.5万吨，负荷率85%。",
    "missed: 市级补助资金1,200万元，县级配套资金按1:0.5比例安排600万元，共计1,080万元。",
    "missed: 县图书馆年末藏书26.8万册，年初藏书26.9万册，当年新增1.7万册。",
    "missed: 项目中标价1,826万元，结算审计核减63.4万元，审定结算价1,726.6万元。",
    "missed: 受理投诉举报1,328件，办结1,301件，办结率97.97%，为消费者挽回损失46.8万元，件均挽回0.063万元。",
    "missed: 全市有效发明专利拥有量1684件，每万人口发明专利拥有量6.5件（常住人口300.7万人）。",
    "missed: 按每人每月500元发放补助，241人全年支出146.4万元。",
    "missed: 全年收运生活垃圾12.41万吨，日均430吨，无害化处理率100%。",
}
"""What is known not to be found. No false alarm is among it; the aims alone would let a rule that worked stop working."""


def test_the_report_that_is_measured_is_understood_and_sound() -> None:
    report = check(Path(__file__).parents[1] / "benchmarks" / "report.txt")
    assert [finding.message for finding in report.findings] == []
    assert report.coverage.checked >= 18


def test_precision_and_recall_are_what_was_aimed_at() -> None:
    scores = measure()
    everything = total(scores)
    failures = [failure for score in scores.values() for failure in score.failures]

    assert everything.texts >= 330
    assert everything.precision >= PRECISION, failures
    assert everything.recall >= RECALL, failures
    assert set(failures) <= MISSED


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_prose_takes_work_in_proportion_to_its_length(name: str) -> None:
    findings("共3家，其中甲1家、乙2家。")
    short, long = (calls(partial(findings, HOSTILE[name](length))) for length in (1_000, 4_000))

    assert long < 5 * short
