"""Sentences whose figures have nothing to do with each other, or agree, never give a finding, whatever the figures are."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given, settings
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
    "不合格N批次", "上年合格N批次", "上年群众满意N人", "群众满意率R%",
    "上年发现隐患N处", "未整改N处", "按期整改率R%", "新受理投诉N件",
)  # fmt: skip
"""None is a part, a total or a rate of another one that may stand beside it; the same one told again would be."""
LENGTH = 4


@st.composite
def texts(draw: st.DrawFn) -> str:
    clauses = draw(st.lists(st.sampled_from(CLAUSES), min_size=3, max_size=3 * LENGTH, unique=True))
    written = ["".join(draw(KINDS[char]) if char in KINDS else char for char in clause) for clause in clauses]
    sentences = (written[n : n + LENGTH] for n in range(0, len(written), LENGTH))
    return "".join(draw(st.sampled_from("，；。")).join(sentence) + "。" for sentence in sentences)


@settings(max_examples=800, deadline=None)
@given(texts())
def test_figures_that_have_nothing_to_do_with_each_other_are_left_alone(text: str) -> None:
    assert told(text) == []


TRUE = (
    "抽检产品{whole}批次，合格{part}批次，合格率{rate}%。",
    "抽检食品{whole}批次，合格{part}批次，不合格{rest}批次，抽检合格率{rate}%。",
    "抽检食品{part}批次、药品{rest}批次，抽检合格{part}批次，合格率{rate}%。",
    "合格{part}批次，不合格{rest}批次，合格率{rate}%。",
    "发现隐患{whole}处，已整改{part}处，整改率{rate}%，未整改{rest}处。",
    "上年遗留隐患{rest}处，发现隐患{part}处，已整改{part}处，整改率{rate}%。",
    "受理投诉{whole}件，办结{part}件，办结率为{rate}%，其中按期办结{rest}件。",
    "送审金额{whole}万元，审减{part}万元，审减率{rate}%。",
    "送审金额{whole}万元，审定金额{rest}万元，审减{part}万元，审减率达{rate}%。",
    "优良天数{part}天，优良天数比例{rate}%（有效监测{whole}天）。",
    "赔付{part}万元，赔付率{rate}%（保费收入{whole}万元）。",
    "完成造林{part}亩，为计划任务{whole}亩的{rate}%。",
    "拨款收入{part}万元，占总收入的{rate}%；其他收入{rest}万元，占{left}%；收入总计{whole}万元。",
    "在职人员{part}人，编制数{whole}人，在职人员控制率{rate}%。",
    "年度计划投资{whole}万元。全年完成投资{part}万元，占年度计划的{rate}%。",
    "缺口{rest}万元（需求{whole}万元，已落实{part}万元）。",
    "全年受理诉求{whole}件。其中，咨询类{part}件，占{rate}%，较上年占比有所提高；求助类{rest}件，占{left}%。",
)
"""The part with the rest is the whole; the rate is that of the part, `left` that of the rest."""


@pytest.mark.parametrize("template", TRUE)
@settings(max_examples=40, deadline=None)
@given(
    part=st.integers(11, 9_999),
    rest=st.integers(11, 9_999),
    places=st.integers(0, 2),
    rounding=st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]),
)
def test_figures_that_agree_are_left_alone_however_they_are_rounded(
    template: str, part: int, rest: int, places: int, rounding: str
) -> None:
    step = Decimal(1).scaleb(-places)
    rate, left = ((Decimal(100) * n / (part + rest)).quantize(step, rounding) for n in (part, rest))
    text = template.format(part=part, rest=rest, whole=part + rest, rate=rate, left=left)

    assert told(text) == []


CHANGED = (
    "全年受理诉求{whole}件。咨询类{figure}件，占{rate}%；求助类{rest}件，占{left}%。",
    "完成投资{whole}万元，其中：\n1.道路{figure}万元；\n2.桥梁{rest}万元。",
    "完成投资{whole}万元，主要用于：一是道路{figure}万元；二是桥梁{rest}万元；三是养护0万元。",
    "项目资金{whole}万元。按来源分，中央资金{rest}万元，地方资金{part}万元；按用途分，工程费用{figure}万元，管理费用{rest}万元。",
    "共有项目{whole}个，已完成{figure}个，未完成{rest}个。",
    "指标{whole}项，全部完成{figure}项，部分完成{rest}项，未完成0项。",
    "预算执行率{rate}%，全年预算数{whole}万元，全年执行数{figure}万元。",
    "1.道路{figure}万元\n2.桥梁{rest}万元\n以上合计{whole}万元",
)
"""The figure is the part; a tenth of the whole more is not."""


@pytest.mark.parametrize("template", CHANGED)
@settings(max_examples=40, deadline=None)
@given(part=st.integers(110, 9_999), rest=st.integers(110, 9_999))
def test_a_figure_is_told_once_it_is_another(template: str, part: int, rest: int) -> None:
    whole = part + rest
    assume(part + whole // 10 != whole)  # the first of a list may be the whole, and the second a part of it
    rate, left = (round(Decimal(100) * n / whole, 2) for n in (part, rest))
    values = {"part": part, "rest": rest, "whole": whole, "rate": rate, "left": left}

    assert told(template.format(figure=part, **values)) == []
    assert told(template.format(figure=part + whole // 10, **values)) != []


def told(text: str) -> list[tuple[str, str]]:
    report = check(text.encode(), name="report.txt")
    return [(f.rule, f.message) for f in report.findings if f.severity is not Severity.INFO]
