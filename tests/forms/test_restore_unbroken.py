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
