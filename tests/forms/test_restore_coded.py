"""Tables of accounts whose rows begin with a code."""

from __future__ import annotations

import pytest

from tests.building.checking import check, heavy
from tests.forms.flattened import grid, only_grid, restored

INCOME = """收入决算表
单位：万元
项目|本年收入合计|财政拨款收入|其他收入
功能分类科目编码|科目名称
栏次|1|2|3
合计|760.00|740.00|20.00
208|社会保障和就业支出|560.00|540.00|20.00
20801|人力资源管理事务|320.00|300.00|20.00
2080101|行政运行|240.00|230.00|10.00
2080102|一般行政管理事务|80.00|70.00|10.00
20805|行政事业单位养老支出|240.00|240.00|0.00
2080505|基本养老保险缴费支出|150.00|150.00|0.00
2080506|职业年金缴费支出|90.00|90.00|0.00
221|住房保障支出|200.00|200.00|0.00
22102|住房改革支出|200.00|200.00|0.00
2210201|住房公积金|120.00|120.00|0.00
2210203|购房补贴|80.00|80.00|0.00
"""
SPENDING = """支出决算表
单位：万元
科目编码|科目名称|本年支出合计|基本支出|项目支出
合计|520.00|300.00|220.00
201|一般公共服务支出|520.00|300.00|220.00
20103|政府办公厅及相关机构事务|520.00|300.00|220.00
2010301|行政运行|300.00|300.00
2010302|一般行政管理事务|140.00|140.00
2010350|事业运行|80.00|80.00
"""
SEPARATORS = [" ", "\t", "\n", " |\n", " | "]


@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_code_with_a_name_begins_a_row_however_the_cells_are_parted(separator: str) -> None:
    rows = only_grid(INCOME.replace("|", separator))
    body = rows[[row[0] for row in rows].index("合计") :]
    assert rows[0] == ["功能分类科目编码", "科目名称", "本年收入合计", "财政拨款收入", "其他收入"]
    assert body[0] == ["合计", "", "760.00", "740.00", "20.00"]
    assert body[3] == ["2080101", "行政运行", "240.00", "230.00", "10.00"]
    assert len(body) == 12


def test_the_levels_of_the_codes_may_be_named_below_their_heading() -> None:
    text = INCOME.replace("功能分类科目编码|科目名称\n栏次|1|2|3", "功能分类科目编码|科目名称\n类|款|项|栏次|1|2|3")
    assert only_grid(text.replace("|", " "))[0] == ["功能分类科目编码", "科目名称", "本年收入合计", "财政拨款收入", "其他收入"]


def test_a_whole_table_may_stand_on_one_line() -> None:
    assert only_grid(INCOME.replace("|", " ").replace("\n", " ").replace("单位：万元", "\n"))[1][0] == "合计"


@pytest.mark.parametrize("separator", [" ", "\t", "\n", " |\n"])
def test_where_blank_cells_were_left_out_the_total_of_each_row_is_read_and_the_rest_is_told(separator: str) -> None:
    document = restored(SPENDING.replace("|", separator))
    (table,) = document.tables
    assert grid(table)[0] == ["科目编码", "科目名称", "本年支出合计"]
    assert grid(table)[5] == ["2010302", "一般行政管理事务", "140.00"]
    assert [note.message for note in document.notes] == ["各行的格数不一，只认得准“本年支出合计”一栏，其余各栏未作核对。"]


def test_a_row_whose_first_figure_is_no_total_of_the_others_keeps_its_name_only() -> None:
    document = restored(SPENDING.replace("|", " ").replace("140.00 140.00", "130.00 140.00"))
    (table,) = document.tables
    assert grid(table)[5] == ["2010302", "一般行政管理事务", ""]
    assert len(table.open_rows) == 1


@pytest.mark.parametrize(
    "text",
    [
        SPENDING.replace("本年支出合计", "本年支出"),
        SPENDING.replace("科目名称|", ""),
        SPENDING.replace("20103|", "10103|"),
        SPENDING.replace("201|", "301|").replace("20103|", "40103|"),
    ],
)
def test_nothing_is_read_where_labels_or_codes_leave_a_doubt(text: str) -> None:
    assert not restored(text.replace("|", " ")).tables


@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_sound_table_is_not_accused_and_a_wrong_level_is_found(separator: str) -> None:
    sound = INCOME.replace("|", separator)
    assert heavy(check(sound.encode(), "form.txt")) == []
    wrong = INCOME.replace("20805|行政事业单位养老支出|240.00|240.00", "20805|行政事业单位养老支出|240.00|204.00")
    assert heavy(check(wrong.replace("|", separator).encode(), "form.txt"))
