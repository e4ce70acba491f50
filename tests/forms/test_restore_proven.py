"""Rows of figures with labels of any number of lines, which the figures themselves prove."""

from __future__ import annotations

import pytest

from tests.building import checking
from tests.forms.flattened import grid, only_grid, restored
from validator.model.finding import Report

TWO_LANGUAGES = (
    "社会发展主要指标 / 指 标 / Item / 2030 / 2031 / 2031年比 / 2030年 / 增长% / Growth / over 2030 / "
    "一、教育 / 小学在校学生（万人） / Primary School / Students / 120.5 / 126.8 / 5.2 / "
    "中学在校学生 / Secondary Schools / 80.0 / 84.0 / 5.0 / （万人） / 专任教师（人） / Teachers / "
    "9100 / 9450 / 3.8 / 二、卫生 / 床位数（张） / Beds in / Hospitals / 5200 / 5600 / 7.7 / "
    "医生数（人） / Doctors / 3100 / 3000 / -3.2 / 卫生院 / Clinics / 40 / 44 / 10.0 / 护士数（人） / "
    "Nurses / 4000 / 4240 / 6.0"
)
OVER_LINES = (
    "某县2031年政策性保险情况 / 保额 / 保费 / 费率 / 财政补贴 / 比例 / 农户自交 / 玉米 / 400 / 20 / "
    "5% / 80% / 4 / 玉米完全 / 成本 / 700 / 38.5 / 5.5% / 70% / 11.55 / 大豆 / 500 / 30 / 6% / 80% / "
    "6 / 马铃薯 / 600 / 30 / 5% / 80% / 6 / 奶牛 / 8000 / 480 / 6% / 80% / 96 / 肉牛 / （育肥） / "
    "6000 / 360 / 6% / 75% / 90 / 山羊 / 300 / 12 / 4% / 75% / 3"
)


def lines(text: str, ending: str = "") -> str:
    return "".join(f"{cell}{ending}\n" for cell in text.split(" / "))


def judged(text: str) -> Report:
    return checking.check(text.encode(), "form.txt")


@pytest.mark.parametrize("ending", ["", " |"])
def test_a_label_in_two_languages_is_the_one_in_ours(ending: str) -> None:
    rows = only_grid(lines(TWO_LANGUAGES, ending))
    assert rows[0] == ["", "2030", "2031", "增长%"]
    assert [row[0] for row in rows if row[0].startswith(("中学", "专任", "床位"))] == [
        "中学在校学生",
        "专任教师（人）",
        "床位数（张）",
    ]
    assert ["一、教育", "", "", ""] in rows


@pytest.mark.parametrize("ending", ["", " |"])
def test_growth_that_one_row_breaks_is_found(ending: str) -> None:
    assert checking.heavy(judged(lines(TWO_LANGUAGES, ending))) == []
    (told,) = checking.heavy(judged(lines(TWO_LANGUAGES.replace("7.7", "17.7"), ending)))
    assert told.startswith("error[GEN-005 ")


def test_growth_that_several_rows_break_is_no_relation() -> None:
    wrong = TWO_LANGUAGES.replace("7.7", "17.7").replace("3.8", "13.8")
    assert not restored(lines(wrong)).tables
    assert checking.heavy(judged(lines(wrong))) == []


def test_a_label_over_two_lines_is_one_and_only_columns_that_follow_from_others_are_read() -> None:
    document = restored(lines(OVER_LINES))
    (table,) = document.tables
    assert [row[:4] for row in grid(table)[:2]] == [["玉米", "400", "20", "5%"], ["玉米完全 成本", "700", "38.5", "5.5%"]]
    assert [note.message for note in document.notes] == ["这张表的栏目认不准，只核对了相互算得出的几栏。"]


def test_a_rate_that_one_row_breaks_is_found() -> None:
    assert checking.heavy(judged(lines(OVER_LINES))) == []
    (told,) = checking.heavy(judged(lines(OVER_LINES.replace("480 / 6%", "480 / 8%"))))
    assert told.startswith("error[GEN-011 ")


def test_a_rate_without_a_sign_is_none_of_the_percentages_above_it() -> None:
    more = f"{OVER_LINES} / 公益林 / 780 / 1.56 / 2 / 50% / 0 / 商品林 / 1000 / 2.2 / 2.2 / 30% / 0.44"
    (table,) = restored(lines(more)).tables
    assert table.open_rows
    assert checking.heavy(judged(lines(more))) == []


def test_figures_of_which_none_follows_from_others_are_no_rows() -> None:
    listed = (
        "张三 / 主任 / 101 / 5 / 12",
        "李四 / 副主任 / 102 / 6 / 13",
        "王五 / 科员 / 103 / 7 / 14",
        "赵六 / 科员 / 104 / 8 / 15",
    )
    assert not restored(lines(" / ".join(("名单", *listed)))).tables
