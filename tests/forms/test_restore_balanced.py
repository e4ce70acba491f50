"""Accounts of two sides whose rows no line tells: the labels and the totals tell the sides."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.building.checking import check, heavy
from tests.forms.flattened import only_grid
from validator.model.finding import Outcome

_INCOME = ("财政拨款收入", "政府性基金拨款", "事业收入", "上级补助收入", "其他收入")
_SPENDING = ("一般公共服务支出", "教育支出", "社会保障支出", "农林水支出", "住房保障支出", "其他支出")
_NUMBERS = "一二三四五六七八九"
_SCRAMBLED = (
    "甲局 2031年部门预算 表1 部门收支总表 单位:万元 收 项 入 目 支 2031年预算数 项 出 目 一、财政拨款收入 900.5 "
    "一、一般公共服务支出 二、教育支出 2031年预算数 400.25 三、社会保障支出 300.25 七、住房保障支出 200.00 "
    "本 年 收 入 合 计 900.5 本 年 支 出 合 计 900.5 收 入 总 计 900.5 支 第 2 页,共 46 页 出 总 计 900.5"
)
_TURNED = (
    "收支总表 单位:万元 一、财政拨款收入 500 二、事业收入 45.5 本年收入合计 545.5 上年结转 4.5 收入总计 550 "
    "一、教育支出 300.5 二、农林水支出 130 三、住房保障支出 109.5 本年支出合计 540 结转下年 10 支出总计 550"
)


def _accused_by(text: str) -> set[str]:
    return {finding.rule for finding in check(text.encode(), "form.txt").findings if finding.severity.value != "info"}


def _passed(text: str) -> list[str]:
    checks = check(text.encode(), "form.txt").checks
    return [one.rule for one in checks if one.outcome is Outcome.PASS and one.operands and one.rule in ("GEN-001", "GEN-007")]


@pytest.mark.parametrize(("text", "relations"), [(_SCRAMBLED, 3), (_TURNED, 5), (_TURNED.replace(" ", "\n"), 5)])
def test_both_sides_are_read_down_to_their_totals(text: str, relations: int) -> None:
    assert heavy(check(text.encode(), "form.txt")) == []
    assert len(_passed(text)) >= relations


def test_marks_of_pages_and_labels_of_columns_are_passed_over() -> None:
    rows = only_grid(_SCRAMBLED)
    assert rows[0] == ["一、财政拨款收入", "900.5", "一、一般公共服务支出", ""]
    assert rows[1] == ["", "", "二、教育支出", "400.25"]
    assert rows[-1] == ["收入总计", "900.5", "支出总计", "900.5"]


def test_a_row_whose_label_tells_no_side_is_on_the_one_where_both_sums_close() -> None:
    text = _TURNED.replace("二、事业收入", "二、经营净额").replace("二、农林水支出", "二、农林水事务")
    assert heavy(check(text.encode(), "form.txt")) == []
    assert len(_passed(text)) >= 5


@pytest.mark.parametrize(
    "wrong",
    [
        _TURNED.replace("130", "103"),
        _TURNED.replace("本年支出合计 540", "本年支出合计 450"),
    ],
)
def test_a_side_that_does_not_close_is_told_where_the_labels_leave_no_doubt(wrong: str) -> None:
    closing = wrong.replace("二、事业收入 45.5", "二、事业收入 30.5 三、其他收入 15")
    assert _accused_by(closing) == {"GEN-001"}


@pytest.mark.parametrize(
    "text",
    [
        _TURNED.replace("130", "103"),  # the other side has two amounts only: they close too easily
        _TURNED.replace("130", "103").replace("二、农林水支出", "二、农林水事务"),
        _TURNED.replace("支出总计 550", "支出总计 505"),
        _TURNED.replace("三、住房保障支出", "住房保障支出").replace("130", "103"),
        _TURNED.replace("结转下年 10", "备用款 10"),
    ],
)
def test_what_is_not_sure_is_not_read(text: str) -> None:
    assert heavy(check(text.encode(), "form.txt")) == []


@st.composite
def _accounts(draw: st.DrawFn, *, gaps: bool) -> list[list[tuple[str, str]]]:
    """Rows of both sides, label and amount or none, that end with equal totals; with gaps, not every number has a row."""
    sides: list[list[tuple[str, str]]] = []
    for names, opening, word in ((_INCOME, "上年结转", "收入"), (_SPENDING, "结转下年", "支出")):
        some = st.lists(st.sampled_from(range(len(names))), min_size=3, max_size=len(names), unique=True).map(sorted)
        chosen = draw(some if gaps else st.integers(3, len(names)).map(range))
        amounts = [
            draw(st.one_of(st.none(), st.integers(1, 10**7))) if n > 2 else draw(st.integers(1, 10**7))
            for n in range(len(chosen))
        ]
        rows = [
            (f"{_NUMBERS[n]}、{names[n]}", str(Decimal(a) / 100) if a else "") for n, a in zip(chosen, amounts, strict=True)
        ]
        total = sum(a or 0 for a in amounts)
        sides.append([*rows, (f"本年{word}合计", str(Decimal(total) / 100)), (opening, ""), (f"{word}总计", str(total))])
    top = max(int(side[-1][1]) for side in sides) + draw(st.integers(0, 10**5))
    for side in sides:
        rest = top - int(side[-1][1])
        side[-2] = (side[-2][0], str(Decimal(rest) / 100) if rest else "")
        side[-1] = (side[-1][0], str(Decimal(top) / 100))
    return sides


def _told(sides: list[list[tuple[str, str]]], way: str) -> str:
    left, right = sides
    turned = [row for n in range(max(map(len, sides))) for row in (*left[n : n + 1], *right[n : n + 1])]
    rows = {"side by side": [*left, *right], "other way round": [*right, *left], "in turn": turned}[way]
    return "收支总表 单位:万元 " + " ".join(text for row in rows for text in row if text)


_WAYS = st.sampled_from(["side by side", "other way round", "in turn"])


@settings(max_examples=25)
@given(_accounts(gaps=True), _WAYS)
def test_an_account_that_closes_is_read_in_any_order_of_its_sides(sides: list[list[tuple[str, str]]], way: str) -> None:
    text = _told(sides, way)
    assert _accused_by(text) == set()
    assert len(_passed(text)) >= 3


@settings(max_examples=25)
@given(_accounts(gaps=False), _WAYS, st.integers(0, 1), st.integers(0, 2), st.integers(1, 500))
def test_a_wrong_row_of_an_account_is_found_in_any_order_of_its_sides(
    sides: list[list[tuple[str, str]]], way: str, side: int, row: int, off: int
) -> None:
    label, amount = sides[side][row]
    sides[side][row] = (label, str(Decimal(amount) + off))
    assert "GEN-001" in _accused_by(_told(sides, way))
