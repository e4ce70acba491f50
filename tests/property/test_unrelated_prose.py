"""Sentences whose figures have nothing to do with each other never give a finding, whatever the figures are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from validator.model.finding import Severity
from validator.pipeline import check

AMOUNTS = st.decimals(min_value=100, max_value=9999, places=2).map(str) | st.integers(100, 9999).map(str)
COUNTS = st.integers(500, 90_000).map(str)
RATES = st.decimals(min_value=60, max_value=99, places=2).map(str) | st.decimals(min_value=60, max_value=99, places=1).map(str)
STEPS = st.decimals(min_value="0.1", max_value=5, places=1).map(str)
KINDS = {"A": AMOUNTS, "N": COUNTS, "R": RATES, "S": STEPS}

CLAUSES = (
    "全年安排预算A万元", "实际支出A万元", "群众满意度达到R%", "投诉办结率R%", "共培训N人",
    "发放补助N人", "农村生活污水治理率R%", "完成造林A亩", "抚育A亩", "森林覆盖率R%",
    "苗木成活率R%", "下达资金A万元", "惠及群众N人", "项目验收合格率R%", "参保人数N人",
    "基金收入A万元", "报销比例R%", "新建道路A公里", "农村公路优良中等路率R%", "较上年提高S个百分点",
    "检测样品N批次", "抽检合格率R%", "平均响应时间S小时", "设备完好率R%", "图书馆藏书N册",
    "接待读者N人次", "水质达标率R%", "清淤河道A公里", "空气质量优良天数比例R%",
)  # fmt: skip
"""None is a part, a total or a rate of another one that may stand beside it."""


@st.composite
def sentences(draw: st.DrawFn) -> str:
    clauses = draw(st.lists(st.sampled_from(CLAUSES), min_size=3, max_size=5, unique=True))
    written = ["".join(draw(KINDS[char]) if char in KINDS else char for char in clause) for clause in clauses]
    mark = draw(st.sampled_from("，；。"))
    return mark.join(written) + "。"


@settings(max_examples=800, deadline=None)
@given(st.lists(sentences(), min_size=1, max_size=3).map("".join))
def test_figures_that_have_nothing_to_do_with_each_other_are_left_alone(text: str) -> None:
    report = check(text.encode(), name="report.txt")

    assert [(f.rule, f.message) for f in report.findings if f.severity is not Severity.INFO] == []
