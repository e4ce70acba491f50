"""A title on top of each page ends no table; one above a form of its own begins it."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored
from tests.forms.recognising import forms_of

TITLE = "项目支出绩效自评表"
FORM = f"""{TITLE}
（2022年度）
项目名称 管网改造
项目资金（万元） 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 1300.00 1170.00 10 90% 9
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 改造管网长度 ≥12公里 12.5公里 20 20
新建水厂数量 ≥2座 2座 20 20
质量指标 水质达标率 ≥95% 97.3% 20 20
效益指标 社会效益指标 受益人口 ≥3.2万人 3.4万人 30 29.5
总分 100 98.5
"""


def rows(text: str) -> list[list[str]]:
    return [[cell for cell in row if cell] for table in restored(text).tables for row in grid(table)]


@pytest.mark.parametrize("before", ["新建水厂数量", "质量指标", "一级指标", "总分"])
@pytest.mark.parametrize("mark", ["- 2 -\n", "第 2 页 共 3 页\n"])
def test_a_title_behind_the_mark_of_a_page_ends_no_table(before: str, mark: str) -> None:
    assert rows(FORM.replace(before, f"{mark}{TITLE}\n{before}")) == rows(FORM)


def test_a_title_above_a_row_ends_no_table() -> None:
    assert rows(FORM.replace("质量指标", f"\n{TITLE}\n质量指标")) == rows(FORM)


def test_cells_on_lines_go_on_below_the_head_of_the_next_page() -> None:
    cells = FORM.replace(" ", "\n")
    assert rows(cells.replace("≥2座", f"— 2 —\n{TITLE}\n≥2座")) == rows(cells)


@pytest.mark.parametrize("mark", ["", "- 2 -\n"])
@pytest.mark.parametrize("year", ["（2022年度）\n", "2022年度\n", ""])
def test_a_form_below_the_same_title_is_another_form(mark: str, year: str) -> None:
    other = FORM.replace("（2022年度）\n", year).replace("管网改造", "道路养护")
    assert len(forms_of(f"{FORM}{mark}{other}")) == 2


@pytest.mark.parametrize("before", ["新建水厂数量", "质量指标", "总分"])
def test_the_bare_number_of_a_page_is_no_row(before: str) -> None:
    assert rows(FORM.replace(before, f"\n2\n\n{before}")) == rows(FORM)


def test_a_number_between_cells_on_lines_is_a_cell() -> None:
    cells = FORM.replace(" ", "\n\n")
    assert rows(cells) == rows(FORM.replace(" ", "\n"))


TABS = (
    "绩效指标\t一级指标\t二级指标\t三级指标\t权重\t目标值\t业绩值\t\n"
    "年度绩效指标\t产出指标\t数量\t改造管网长度\t20\t>=12公里\t12.5公里\t20\n"
    "\t\t质量\t水质达标率\t20\t>=95%\t97%\t20\n"
    "\t\t时效\t完工及时率\t20\t>=95%\t97%\t20\n"
    "\t效益指标\t社会效益\t受益人口\t30\t>=3万人\t3.4万人\t30\n"
    "\t满意度指标\t满意度\t居民满意度\t10\t>=90%\t91%\t10\n"
)


@pytest.mark.parametrize("before", ["\t\t时效", "\t效益", "\t满意度"])
@pytest.mark.parametrize("mark", ["— 2 —\n", "第 2 页 共 3 页\n", "\n第2页\n\n"])
def test_the_number_of_a_page_parts_no_rows_of_tabs(before: str, mark: str) -> None:
    assert rows(TABS.replace(f"\n{before}", f"\n{mark}{before}")) == rows(TABS)
