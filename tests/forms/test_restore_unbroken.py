"""Forms that became one line are read where their words and figures leave one way; a right form is never accused."""

from __future__ import annotations

import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.flattened import grid, restored
from validator.model.finding import Severity
from validator.model.finding import Report
from validator.pipeline import check

HEAD = "项目支出绩效自评表(2022年度)项目名称渠系配套主管部门青石区水务局实施单位青石区渠道所"
FUNDS = "项目资金(万元)年初预算数全年预算数(A)全年执行数(B)分值执行率(B/A)得分"
GOAL = "年度总体目标预期目标实际完成情况完成渠道清淤,保障灌溉。已完成渠道清淤,灌溉有保障。"
ORDERS = {
    "weight first": ("分值年度指标值实际完成值得分偏差原因分析及改进措施", "{w}{t}{a}{s}"),
    "weight last": ("年度指标值实际完成值分值得分偏差原因分析及改进措施", "{t}{a}{w}{s}"),
    "score alone": ("年初目标值(A)实际完成值(B)得分", "{t}{a}{s}"),
    "no points": ("年度指标值全年完成值未完成原因和改进措施", "{t}{a}"),
}


class Item(NamedTuple):
    """A row of indicators as a form has it."""

    name: str
    target: str
    actual: str
    weight: str
    score: str


ITEMS = {
    "产出指标": {
        "数量指标": [Item("渠道清淤长度", "≥12公里", "13公里", "15", "15"), Item("培训人数", "≥50人", "52人", "10", "10")],
        "质量指标": [Item("验收合格率", "≥95%", "96%", "15", "15")],
        "时效指标": [Item("按期完成率", "100%", "100%", "10", "10")],
    },
    "效益指标": {"社会效益指标": [Item("用水纠纷调处率", "≥90%", "98%", "30", "30")]},
    "满意度指标": {"服务对象满意度指标": [Item("受益农户满意度", "≥90%", "95.5%", "10", "10")]},
}
Form = dict[str, dict[str, list[Item]]]


def run_together(items: Form, order: str, *, funds: Sequence[str] = (), pointed: bool = True, total: bool = True) -> str:
    """A form in one line."""
    labels, row = ORDERS[order]
    parts = [HEAD, *([FUNDS, *funds] if funds else []), GOAL, "绩效指标一级指标二级指标三级指标", labels]
    for category, inner in items.items():
        points = sum(Decimal(item.weight) for rows in inner.values() for item in rows)
        parts.append(f"{category}({points}分)" if pointed and "w" in row else category)
        for word, rows in inner.items():
            parts.append(word)
            parts += [item.name + row.format(t=item.target, a=item.actual, w=item.weight, s=item.score) for item in rows]
    every = [item for inner in items.values() for rows in inner.values() for item in rows]
    if total and "s" in row:
        extra = 10 if funds else 0
        weight, score = sum(Decimal(item.weight) for item in every) + extra, sum(Decimal(item.score) for item in every) + extra
        parts.append(f"总分{weight if 'w' in row else ''}{score}")
    return "".join(parts)


def rows_of(text: str) -> list[list[str]]:
    return [row for table in restored(text).tables for row in grid(table)]


def checked(text: str, folder: Path) -> Report:
    path = folder / "form.txt"
    path.write_text(text, encoding="utf-8")
    return check(path)


def told(report: Report) -> list[str]:
    """What is found that is more than a remark; of what is read in a form of other rules too."""
    return [f"{finding.rule} {finding.message}" for finding in report.findings if finding.severity is not Severity.INFO]


@pytest.mark.parametrize("order", ORDERS)
def test_rows_are_cut_where_units_part_target_and_actual(order: str) -> None:
    rows = rows_of(run_together(ITEMS, order))

    for inner in ITEMS.values():
        for items in inner.values():
            for item in items:
                row = next(row for row in rows if item.name in row)
                wanted = [item.target, item.actual, *([item.weight] if "w" in ORDERS[order][1] else []),
                          *([item.score] if "s" in ORDERS[order][1] else [])]
                assert sorted(cell for cell in row[3:] if cell) == sorted(wanted)


NAMES = ("渠道清淤长度", "5000吨粮食储备数", "6小时内到场次数", "县级管护人数", "2022年培训场次", "验收合格率", "指标1:惠及农户数", "水利设施(含泵站)完好率")
UNITS = ("公里", "人", "%", "次", "万元", "户", "个", "米")
POINTS = ("1", "2", "4", "5", "8", "10", "12", "12.5", "15", "20", "2.5")


@st.composite
def right_items(draw: st.DrawFn) -> Item:
    """A row that reached its target and got all of its points, or missed it and lost some."""
    unit, sign = draw(st.sampled_from(UNITS)), draw(st.sampled_from(("", "≥", "≥", "不低于")))
    if draw(st.integers(0, 5)) == 0:
        word = draw(st.sampled_from(("显著提升", "完善", "2022年12月底前")))
        weight = draw(st.sampled_from(POINTS))
        return Item(draw(st.sampled_from(NAMES)), word, word, weight, weight)
    plan = draw(st.integers(1, 99 if unit == "%" else 3000))
    done = draw(st.integers(plan, 100 if unit == "%" else plan + plan // 5))
    weight = draw(st.sampled_from(POINTS))
    score = weight if draw(st.integers(0, 3)) else str(Decimal(weight) - Decimal("0.5"))
    return Item(draw(st.sampled_from(NAMES)), f"{sign}{plan}{unit}", f"{done}{unit}", weight, score)


@st.composite
def right_forms(draw: st.DrawFn) -> tuple[str, list[Item]]:
    """A right form in one line, and its rows."""
    rows = st.lists(right_items(), min_size=1, max_size=4, unique_by=lambda item: item.name)
    items: Form = {
        "产出指标": {"数量指标": draw(rows), "质量指标": draw(rows)},
        "效益指标": {"社会效益指标": draw(rows)},
    }
    text = run_together(items, draw(st.sampled_from(list(ORDERS))), pointed=draw(st.booleans()), total=draw(st.booleans()))
    cuts = sorted(draw(st.lists(st.integers(120, len(text) - 1), max_size=2, unique=True)))
    if cuts:  # as a site cuts it, anywhere
        ends = [0, *cuts, len(text)]
        text = "\n".join(f"{n}、{text[a:b]}" for n, (a, b) in enumerate(zip(ends, ends[1:], strict=False), 1))
    return text, [item for inner in items.values() for group in inner.values() for item in group]


@settings(max_examples=150, deadline=None)
@given(right_forms())
def test_what_is_read_of_a_form_is_what_it_says(form: tuple[str, list[Item]]) -> None:
    """Each cell that is read holds what the form has there; a name may have the end of a row before it that was not read."""
    text, items = form
    for row in rows_of(text):
        if row[0] not in ("产出指标", "效益指标") and not row[0].startswith(("产出指标(", "效益指标(")):
            continue
        values = [cell for cell in row[3:] if cell]
        if not values:
            continue
        truth = [item for item in items if row[2].endswith(item.name)]
        assert any(is_read_from(values, item) for item in truth), (row, truth)


def is_read_from(values: list[str], item: Item) -> bool:
    """Whether values are those of a row, in some order, none of them told twice more than there."""
    left = [item.target, item.actual, item.weight, item.score]
    for value in values:
        if value not in left:
            return False
        left.remove(value)
    return True
