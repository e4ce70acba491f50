"""Cells that a page broke into lines: pieces of names and remarks go to their rows, pieces of values are no values."""

from __future__ import annotations

from tests.forms.flattened import grid, restored

HEADER = (
    "项目支出绩效自评表\n"
    "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析\n"
    "产出指标 数量指标 改造管网长度 ≥12公里 12.5公里 20 20\n"
)
TOTAL = "总分 100 97.5\n"


def rows(text: str) -> list[list[str]]:
    return [row for table in restored(HEADER + text + TOTAL).tables for row in grid(table)]


def row(text: str, figure: str) -> list[str]:
    return next(row for row in rows(text) if figure in row)


def test_pieces_of_a_name_go_to_the_row_below() -> None:
    found = row("已建工程竣工\n验收合\n格率 ≥95% 97.3% 30 30\n效益指标 社会效益指标 受益人口 ≥3万人 3万人 50 47.5\n", "97.3%")
    assert "已建工程竣工 验收合 格率" in found


def test_words_before_a_group_are_a_remark_of_the_row_above() -> None:
    found = row(
        "质量指标 水质达标率 ≥95% 90% 30 28\n部分水源\n枯水期超标\n效益指标 社会效益指标 受益人口 ≥3万人 3万人 50 50\n", "90%"
    )
    assert found[-1] == "部分水源 枯水期超标"


def test_pieces_of_a_sentence_are_a_remark_though_no_group_follows() -> None:
    found = row("质量指标 水质达标率 ≥95% 90% 30 28\n受干旱影响，\n水源不足\n受益人口 ≥3万人 3万人 50 50\n", "90%")
    assert found[-1] == "受干旱影响， 水源不足"


def test_a_row_with_a_piece_of_a_label_for_a_value_has_none() -> None:
    found = rows("可持续影响 管护机制 ≥1项 指标 30 30\n社会效益指标 受益人口 ≥3万人 3万人 50 47.5\n")
    assert not any("≥1项" in row or "指标" in row for row in found)
    assert any("3万人" in row for row in found)


def test_a_row_with_half_a_value_has_none() -> None:
    for half in ("2021年11", "1485元/", "公里"):
        found = rows(f"时效指标 完工时间 ≤30天 {half} 30 30\n效益指标 社会效益指标 受益人口 ≥3万人 3万人 50 47.5\n")
        assert not any(half in row for row in found)
        assert any("3万人" in row for row in found)
