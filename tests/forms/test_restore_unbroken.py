"""Forms that became one line are read where their words and figures leave one way; a right form is never accused."""

from __future__ import annotations

import time
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.flattened import grid, restored
from validator.model.finding import Report, Severity
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
                wanted = [
                    item.target,
                    item.actual,
                    *([item.weight] if "w" in ORDERS[order][1] else []),
                    *([item.score] if "s" in ORDERS[order][1] else []),
                ]
                assert sorted(cell for cell in row[3:] if cell) == sorted(wanted)


NAMES = (
    "渠道清淤长度",
    "5000吨粮食储备数",
    "6小时内到场次数",
    "县级管护人数",
    "2022年培训场次",
    "验收合格率",
    "指标1:惠及农户数",
    "水利设施(含泵站)完好率",
)
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
        text = "\n".join(f"{n}、{text[a:b]}" for n, (a, b) in enumerate(pairwise(ends), 1))
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


RIGHT_FUNDS = ("年度资金总额62.0062.0058.901095.00%9.5", "其中:当年财政拨款62.0062.0058.90—95.00%—", "其他资金")
WHOLE_FUNDS = ("年度资金总额:202010100.00%10", "其中:本年财政拨款2020", "其他资金")
SHORT_FUNDS = "项目资金(万元)全年预算数(A)全年执行数(B)分值执行率(B/A)得分"


@settings(max_examples=25, deadline=None)
@given(right_forms(), st.booleans())
def test_no_right_form_is_accused(tmp_path_factory: pytest.TempPathFactory, form: tuple[str, list[Item]], funded: bool) -> None:
    """Sums, points and rates are right in it, so nothing is said of them, whichever rows could be read."""
    text = form[0].replace(GOAL, SHORT_FUNDS + "".join(WHOLE_FUNDS) + GOAL) if funded else form[0]

    assert [line for line in told(checked(text, tmp_path_factory.mktemp("form"))) if line.startswith(ACCUSING)] == []


ACCUSING = (
    "SCORE-001",
    "SCORE-002",
    "SCORE-003",
    "SCORE-006",
    "SCORE-007",
    "SCORE-008",
    "SCORE-009",
    "SCORE-010",
    "SCORE-011",
    "IND-001",
    "IND-002",
    "IND-003",
    "IND-006",
    "IND-007",
    "IND-008",
    "IND-021",
    "IND-024",
    "IND-026",
    "IND-027",
    "FUND",
)


def test_funds_are_parted_where_rate_and_sums_leave_one_way() -> None:
    rows = rows_of(run_together(ITEMS, "weight first").replace(GOAL, SHORT_FUNDS + "".join(WHOLE_FUNDS) + GOAL))

    assert [cell for cell in rows[1] if cell] == ["年度资金总额:", "20", "20", "10", "100.00%", "10"]
    assert [cell for cell in rows[2] if cell] == ["其中:本年财政拨款", "20", "20"]


@pytest.mark.parametrize("order", ["weight first", "weight last"])
def test_a_right_form_gives_nothing(order: str, tmp_path: Path) -> None:
    assert told(checked(run_together(ITEMS, order), tmp_path)) == []


@pytest.mark.parametrize("order", ["weight first", "weight last"])
def test_a_wrong_total_is_found_at_its_place(order: str, tmp_path: Path) -> None:
    text = run_together(ITEMS, order)[: -len("90")] + "88"
    report = checked(text, tmp_path)

    assert any(line.startswith("SCORE-001") for line in told(report)), told(report)


@pytest.mark.parametrize("order", ["weight first", "weight last"])
def test_points_of_a_group_that_its_rows_do_not_give_are_found(order: str, tmp_path: Path) -> None:
    text = run_together(ITEMS, order).replace("产出指标(50分)", "产出指标(60分)")

    assert any(line.startswith("SCORE-006") for line in told(checked(text, tmp_path)))


@pytest.mark.parametrize("order", ["weight first", "weight last"])
def test_a_target_that_was_missed_with_full_points_is_found(order: str, tmp_path: Path) -> None:
    items = {**ITEMS, "效益指标": {"社会效益指标": [Item("用水纠纷调处率", "≥90%", "85%", "30", "30")]}}

    assert any(line.startswith("SCORE-010") and "85%" in line for line in told(checked(run_together(items, order), tmp_path)))


@pytest.mark.parametrize("row", ["受益农户满意度290%95%1010", "受益农户满意度W90%85%1010", "受益农户满意度90%290%1010"])
def test_a_sign_that_a_scan_misread_accuses_nobody(row: str, tmp_path: Path) -> None:
    text = run_together(ITEMS, "weight last").replace("受益农户满意度≥90%95.5%1010", row)

    assert told(checked(text, tmp_path)) == []


def test_what_can_not_be_cut_is_said() -> None:
    document = restored(run_together(ITEMS, "weight last").replace("≥95%96%", "6"))

    assert any("连在一起" in note.message for note in document.notes)


@pytest.mark.parametrize(
    "body",
    [
        "12" * 1400,
        "1a" * 1400,
        "合格率10100%100%10" * 700,
        "合格率1.51.5%1.51.5%1.51.5" * 400,
        "率1人1人" * 2000,
        "数量指标率1人" * 2000,
    ],
)
def test_hostile_rows_take_no_time(body: str) -> None:
    begun = time.perf_counter()
    restored(
        HEAD
        + FUNDS
        + "年度资金总额"
        + "1" * 58
        + "%"
        + GOAL
        + "绩效指标一级指标二级指标三级指标"
        + ORDERS["weight first"][0]
        + "产出指标(50分)数量指标(50分)"
        + body
    )

    assert time.perf_counter() - begun < 2
