"""A rate tells figures apart in rows that lost a cell, and only where it is right in one reading."""

from __future__ import annotations

import pytest

from tests.forms.flattened import restored

HEAD = "项目支出绩效自评表\n项目名称 泵站改造\n项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n"
TAIL = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n产出指标 数量指标 改造泵站 ≥3座 3座 90 90\n总分 100 99"
COLUMNS = ("年度资金总额", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")


def rows_of(*rows: str, shape: str = "line") -> dict[str, dict[str, str]]:
    """The cells of the rows of funds, by the labels of rows and columns; unread ones are left out."""
    text = HEAD + "\n".join(rows) + "\n" + TAIL
    (table,) = restored(text if shape == "line" else text.replace(" ", "\n")).tables
    grid = [["" if cell is None else cell.text for cell in row] for row in table.rows]
    (head,) = [row for row in grid if "全年执行数" in row]
    labels = {row.split()[0] for row in rows}
    return {
        next(cell for cell in row if cell in labels): {
            name: cell for name, cell in zip(head, row, strict=True) if cell and name in COLUMNS[1:]
        }
        for row in grid
        if labels & set(row)
    }


READ = {"全年预算数": "48.6", "全年执行数": "45.2", "分值": "10", "执行率": "93.00%", "得分": "9.3"}


@pytest.mark.parametrize("shape", ["line", "cell"])
def test_a_project_that_began_during_the_year_has_no_first_budget(shape: str) -> None:
    total, part = "年度资金总额 48.6 45.2 10 93.00% 9.3", "其中：当年财政拨款 48.6 45.2 10 93.00% 9.3"
    found = rows_of(total, part, shape=shape)
    assert found == {"年度资金总额": READ, "其中：当年财政拨款": READ}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("48.6 45.2 10 83.00% 9.3", "the rate is wrong in every reading"),
        ("10 10 10 100% 10", "it is right in several"),
        ("48.6 45.2 45.2 93.00% 9.3", "a weight isn't the amount once more"),
    ],
)
def test_else_the_row_is_left_as_it_was(row: str, why: str) -> None:
    found = rows_of(f"年度资金总额 {row}")["年度资金总额"]
    assert "分值" not in found, why


def test_the_sign_of_the_rate_tells_a_score_that_is_above_its_weight() -> None:
    found = rows_of("年度资金总额 48.6 45.2 10 93.00% 93")["年度资金总额"]
    assert found == READ | {"得分": "93"}


def test_a_row_like_one_that_can_not_be_read_is_not_read_either() -> None:
    found = rows_of("年度资金总额 48.6 45.2 10 83.00% 8.3", "其中：当年财政拨款 48.6 45.2 10 83.00% 8.3")
    assert "全年执行数" not in found["其中：当年财政拨款"]


def test_a_wrong_rate_is_not_explained_away() -> None:
    found = rows_of("年度资金总额 60 50 45 10 90% 9", "其中：当年财政拨款 50 45 45 90%")
    assert found["其中：当年财政拨款"] == {"年初预算数": "50", "全年预算数": "45", "全年执行数": "45", "执行率": "90%"}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("48.6 45.2 — —", {"全年预算数": "48.6", "全年执行数": "45.2"}),
        ("48.6 45.2", {"全年预算数": "48.6", "全年执行数": "45.2"}),
        ("45.2 — —", {}),
    ],
)
def test_parts_without_a_rate_stand_where_the_total_does(part: str, expected: dict[str, str]) -> None:
    found = rows_of("年度资金总额 48.6 45.2 10 93.00% 9.3", f"其中：当年财政拨款 {part}")
    assert {key: text for key, text in found["其中：当年财政拨款"].items() if text != "—"} == expected


SHUFFLED = (
    "项目支出绩效自评表\n项目名称\n管网改造\n项目资金（万元）\n年初预算数\n全年执行数\n全年预算数\n执行率\n"
    "年度资金总额\n{0}\n其中：财政拨款\n{1}\n其他资金\n20.00\n20.00\n20.00\n100%\n"
)


def test_rates_that_fit_other_columns_tell_that_labels_are_out_of_order() -> None:
    rows = ("595.04\n598.34\n509.18\n85.10%", "575.04\n578.34\n489.18\n84.58%")
    assert not restored(SHUFFLED.format(*rows)).tables
    sound = ("595.04\n509.18\n598.34\n85.10%", "575.04\n489.18\n578.34\n84.58%")
    assert restored(SHUFFLED.format(*sound)).tables


def test_a_rate_on_another_basis_is_a_matter_of_the_rules() -> None:
    initial = ("595.04\n509.18\n598.34\n85.57%", "575.04\n489.18\n578.34\n85.07%")
    assert restored(SHUFFLED.format(*initial)).tables


@pytest.mark.parametrize(
    ("order", "total", "read"),
    [
        ("全年预算数 全年执行数 年初预算数 执行率", "598.34 509.18 595.04 85.10%", True),
        ("全年预算数 全年执行数 年初预算数 执行率", "595.04 598.34 509.18 85.10%", False),
        ("全年预算数 全年执行数 年初预算数 执行率", "668.64 796.00 796.00 100%", False),
        ("年初预算数 全年预算数 全年执行数 执行率", "668.64 796.00 796.00 100%", True),
        ("年初预算数 全年预算数 全年执行数 执行率", "595.04 598.34 509.18 58.10%", True),
        ("执行率 全年预算数 全年执行数 得分", "86.20% 10 9.3 9.3", False),
        ("执行率 全年预算数 全年执行数 得分", "86.20% 1000 862 9.3", True),
    ],
)
def test_labels_in_an_order_of_their_own_need_a_rate_that_is_right(order: str, total: str, read: bool) -> None:
    lines = (*order.split(), "年度资金总额", *total.split(), "其他资金", "20.00", "20.00")
    document = restored("\n".join(("项目支出绩效自评表", "项目名称", "管网改造", "项目资金（万元）", *lines, "")))
    assert bool(document.tables) is read


def test_percentages_among_amounts_tell_that_labels_are_out_of_order() -> None:
    text = (
        "项目支出绩效自评表\n项目名称 管网改造\n项目资金（万元） 全年执行数 执行率 全年预算数 分值 得分\n"
        "年度资金总额 1162.31 1001.97 86.20% 10 8.62\n其中：财政拨款 330.21 287.28 87.00% - -\n"
    )
    assert not restored(text).tables


def test_a_total_without_figures_among_rows_with_some_is_left_out() -> None:
    text = (
        "项目支出绩效自评表\n项目名称 管网改造\n项目资金（万元） 全年预算数 全年执行数 执行率 分值 得分\n"
        "年度财政 442.17 442.17 100% 10 10\n资金总额\n其他资金 20.00 20.00 100% - -\n"
    )
    (table,) = restored(text).tables
    assert not any(cell.text == "资金总额" for cell in table.cells())
    assert table.open_rows


@pytest.mark.parametrize("separator", [" ", " | ", "\n", "\t"])
def test_a_share_in_a_column_of_its_own_is_no_rate(separator: str) -> None:
    rows = [
        "部门整体支出绩效自评表",
        "资金来源 预算数 执行数 占比 执行率",
        "财政拨款 190.00 190.00 95.00%",
        "其他收入 10.00 10.00 5.00%",
    ]
    full = ["基本支出 120.00 118.80 60.00% 99.00%", "项目支出 80.00 72.00 40.00% 90.00%", TAIL]
    document = restored("\n".join((*rows, *full)).replace(" ", separator))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row if cell is not None]
    assert "99.00%" in cells
    assert not {"95.00%", "5.00%"} & set(cells)
    assert any("可能属于占比、执行率中的不同栏" in note.message for note in document.notes)
