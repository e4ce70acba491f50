"""Labels that stand before their values are found as pairs; a header row over rows of values is none."""

from __future__ import annotations

import pytest

from validator.forms.pairs import label_and_figure, pairs_in
from validator.model.document import Cell, Table

COLUMNS = {"预算数": "budget", "执行数": "executed", "执行率": "rate"}


def table(rows: list[list[str]]) -> Table:
    """A grid of texts."""
    return Table(
        "表1", [[Cell(text, r, c, f"表1!R{r + 1}C{c + 1}") for c, text in enumerate(row)] for r, row in enumerate(rows)]
    )


@pytest.mark.parametrize(
    "rows",
    [
        [["资金情况", "预算数", "10", "执行率", "80%"], ["", "执行数", "8", "", ""]],
        [["预算数", "10万元"], ["执行数", "8万元"], ["执行率", "80%"]],
        [["预算数", "10", "执行数", "8", "执行率", "80%"]],
    ],
    ids=["two rows", "one below the other", "one row"],
)
def test_labels_followed_by_one_figure_each_are_pairs(rows: list[list[str]]) -> None:
    (found,) = pairs_in(table([["项目名称", "管网"], *rows, ["总体目标", "改造"]]), COLUMNS.get)
    assert (found.start, found.end) == (1, 1 + len(rows))
    assert [found.values[id].text[:2] for id in ("budget", "executed", "rate")] == [
        "10",
        "8万" if "万" in str(rows) else "8",
        "80",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["资金来源", "预算数", "执行数", "执行率"], ["资金总额", "10", "8", "80%"]],
        [["项目", "合计", "中央"], ["预算数", "10", "6"], ["执行数", "8", "5"]],
        [["预算数", "10", "执行数", "执行率", "80%"]],
        [["预算数", "10", "执行数", "8"], ["预算数", "5", "执行数", "4"]],
    ],
    ids=["header row", "columns of sources", "a value is missing", "twice"],
)
def test_other_layouts_are_no_pairs(rows: list[list[str]]) -> None:
    assert not list(pairs_in(table(rows), COLUMNS.get))


def test_rows_with_one_label_for_every_value_split_the_values_up() -> None:
    rows = [
        ["预算数", "12", "执行数", "11"],
        ["其中：财政拨款", "10", "其中：财政拨款", "9"],
        ["其他资金", "2", "其他资金", "2"],
    ]
    (found,) = pairs_in(table([*rows, ["编制数", "2", "在职人数", "2"]]), COLUMNS.get)
    assert found.end == 3
    assert [(label.text, {id: cell.text for id, cell in values.items()}) for label, values in found.parts] == [
        ("其中：财政拨款", {"budget": "10", "executed": "9"}),
        ("其他资金", {"budget": "2", "executed": "2"}),
    ]


def test_a_part_may_be_blank_and_a_rate_has_none() -> None:
    rows = [
        ["预算数", "12", "执行数", "9", "执行率", "75%"],
        ["其中：财政拨款", "10", "其中：财政拨款", "", "", ""],
        ["社会捐助", "", "社会捐助", "", "", ""],
        ["其他资金", "2", "其他资金", "9", "", ""],
        ["联系人", "", "联系人", "", "", ""],
    ]
    (found,) = pairs_in(table(rows), COLUMNS.get)
    assert found.end == 4
    assert [(label.text, {id: cell.text for id, cell in values.items()}) for label, values in found.parts] == [
        ("其中：财政拨款", {"budget": "10"}),
        ("社会捐助", {}),
        ("其他资金", {"budget": "2", "executed": "9"}),
    ]


def test_a_label_and_its_figure_may_share_a_cell() -> None:
    rows = [["预算数：12.50", "执行数： 9.00"], ["其中：财政拨款 12.50", "其中：财政拨款 9.00"]]
    (found,) = pairs_in(table(rows), COLUMNS.get)
    assert {id: (found.labels[id].text, cell.text) for id, cell in found.values.items()} == {
        "budget": ("预算数", "12.50"),
        "executed": ("执行数", "9.00"),
    }
    assert [(label.text, [cell.text for cell in values.values()]) for label, values in found.parts] == [
        ("其中：财政拨款", ["12.50", "9.00"])
    ]


@pytest.mark.parametrize("text", ["预算数", "500.00", "指标1", "2023年度", "预算数：500 480", "标准1.5米"])
def test_other_texts_are_no_label_with_a_figure(text: str) -> None:
    assert label_and_figure(text) is None


@pytest.mark.parametrize("under", [True, False])
def test_a_rate_behind_the_pairs_may_have_its_label_above(under: bool) -> None:
    rows = [
        ["预算安排", "", "资金执行", "", "执行率" if under else "完成情况"],
        ["预算数", "12", "执行数", "9", "75%"],
        ["其中：财政拨款", "10", "其中：财政拨款", "8", ""],
    ]
    found = list(pairs_in(table(rows), COLUMNS.get))
    assert [sorted(pairs.values) for pairs in found] == ([["budget", "executed", "rate"]] if under else [])
    if under:
        assert [found[0].values["rate"].text, found[0].labels["rate"].text] == ["75%", "执行率"]
        assert [sorted(values) for _, values in found[0].parts] == [["budget", "executed"]]


def test_a_label_above_another_figure_is_not_that_of_the_last() -> None:
    rows = [["预算安排", "执行率", "资金执行", "", ""], ["预算数", "12", "执行数", "9", "75%"]]
    assert not list(pairs_in(table(rows), COLUMNS.get))


@pytest.mark.parametrize("text", ["7,00.0,77", "1,200.5，30万"])
def test_a_mistyped_figure_is_a_value_all_the_same(text: str) -> None:
    (found,) = pairs_in(table([["预算数", text, "执行数", "9"]]), COLUMNS.get)
    assert found.values["budget"].text == text
