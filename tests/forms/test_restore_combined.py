"""Columns that were put into one: 目标值/完成值 above ≥6个/6个 are two, in every shape that a table arrives in."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.forms.flattened import grid, only_grid, restored

TABBED = """项目支出绩效自评表
项目名称\t堤防加固
一级指标\t二级指标\t三级指标\t目标值/完成值\t分值/得分\t备注
产出指标\t数量指标\t加固堤防长度\t≥3公里/3.2公里\t30/30\t
\t成本指标\t每公里成本\t≤80万元/公里/76万元/公里\t20/20\t
\t质量指标\t检验/验收合格率\t100%/98%\t20/18\t返工一处
效益指标\t社会效益指标\t管护机制\t健全/健全\t30/30\t
总分\t\t\t\t100/98\t
"""
APART = TABBED.replace("目标值/完成值", "目标值\t完成值").replace("分值/得分", "分值\t得分")
APART = re.sub(r"(?<=[\d%里])/(?=\d)|(?<=健全)/", "\t", APART).replace("\t\t\t\t100\t98", "\t\t\t\t\t100\t98")
SHAPES: dict[str, Callable[[str], str]] = {
    "tabs": lambda text: text,
    "blanks": lambda text: re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub("\t+", " ", text)),
    "cells": lambda text: re.sub("[\t\n]+", "\n", text),
    "cells with pipes": lambda text: re.sub("[\t\n]+", " |\n", text),
    "rows with pipes": lambda text: re.sub("(?m)^(.*\t.*)$", r"| \1 |", text).replace("\t", " | "),
    "one line": lambda text: " ".join(text.split()),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_labels_and_cells_of_two_columns_are_taken_apart(shape: str) -> None:
    as_one, apart = (
        [[cell for cell in row if cell] for table in restored(SHAPES[shape](text)).tables for row in grid(table)]
        for text in (TABBED, APART)
    )

    assert as_one == apart
    assert ["成本指标", "每公里成本", "≤80万元/公里", "76万元/公里", "20", "20"] in as_one
    assert ["总分", "100", "98"] in as_one


def test_each_half_has_its_own_place() -> None:
    cells = {cell.text: cell.address for table in restored(TABBED).tables for cell in table.cells()}

    assert (cells["≥3公里"], cells["3.2公里"]) == ("L4:18-21", "L4:23-27")


def test_a_name_with_a_slash_is_one_cell() -> None:
    assert "检验/验收合格率" in [row[3] for row in only_grid(TABBED)]


def test_below_labels_of_single_columns_a_cell_stays_whole() -> None:
    rows = only_grid(APART.replace("3.2公里", "3.2/3.5公里"))

    assert "3.2/3.5公里" in [row[5] for row in rows]
