"""Cells that a page broke into lines: pieces of names and remarks go to their rows, pieces of values are no values."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored
from validator.forms.restore.align import Column
from validator.forms.restore.rows import Row
from validator.forms.restore.tokens import Gap, Token
from validator.forms.restore.torn import with_signs, without_doubtful

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


def test_figures_that_are_left_out_are_told_of_once() -> None:
    torn = "可持续影响 管护机制 ≥1项 指标 30 30\n社会效益指标 受益人口 ≥3万人 3万人 50 47.5\n"
    whole = torn.replace("指标 30", "1项 30")
    assert [note.address for note in restored(HEADER + torn + TOTAL).notes if "断开或错开" in note.message] == ["L4:12-14"]
    assert not any("断开或错开" in note.message for note in restored(HEADER + whole + TOTAL).notes)


def test_a_row_with_half_a_value_for_its_remark_has_none() -> None:
    found = rows("成本指标 造价 ≤3860万元 控制住了 30 30 元\n效益指标 社会效益指标 受益人口 ≥3万人 3万人 50 47.5\n")
    assert not any("控制住了" in row for row in found)
    assert any("3万人" in row for row in found)


def test_a_row_with_half_a_value_has_none() -> None:
    for half in ("2021年11", "1485元/", "公里"):
        found = rows(f"时效指标 完工时间 ≤30天 {half} 30 30\n效益指标 社会效益指标 受益人口 ≥3万人 3万人 50 47.5\n")
        assert not any(half in row for row in found)
        assert any("3万人" in row for row in found)


LIST = ("group", "name", "target", "actual", "points", "points", "text")


def doubtful(*lines: str) -> list[str]:
    """Read rows with a cell for each column (`.` where there is none), and return what is left of them."""
    read = [
        Row({j: [Token(text, n, 1, 1, Gap.LINE)] for j, text in enumerate(line.split()) if text != "."})
        for n, line in enumerate(lines)
    ]
    without_doubtful(read, [Column(type, type) for type in LIST], lambda row: 0 in row.cells and row.cells[0][0].text == "总分")
    return [" ".join(row.cells[j][0].text or "?" if j in row.cells else "." for j in range(len(LIST))) for row in read]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (". 水质达标率 ≥95% 90% 30 28 .", ". 水质达标率 ≥95% 90% 30 28 ?"),
        (". 水质达标率 ≥95% 90% 30 28 枯水", ". 水质达标率 ≥95% 90% 30 28 枯水"),
        (". 水质达标率 ≥95% 全部合 30 30 枯水", ". 水质达标率 . . 30 30 枯水"),
        (". 节水灌溉面积 ≥0.45万 0.5万亩 30 30 枯水", ". 节水灌溉面积 . . 30 30 枯水"),
        ("总分 . . . 100 98 .", "总分 . . . 100 98 ."),
    ],
)
def test_beside_a_line_of_words_a_remark_is_open_and_half_a_value_is_none(line: str, left: str) -> None:
    words = ". 部分水源 . . . . ."
    assert doubtful(line, words) == [left, words]
    assert doubtful(words, line) == [words, left]
    for other in ("产出指标 . . . . . .", ". 管护机制 健全 健全 . . ."):
        assert doubtful(line, other) == [line, other]


def test_a_target_in_the_name_or_words_in_a_row_that_is_not_whole_are_no_answer() -> None:
    assert doubtful(". ≥2.6万亩 2.7万亩 数量指标 . . .") == [". ≥2.6万亩 . . . . ."]
    assert doubtful(". 造价 ≤3860万元 控制住了 . . .") == [". 造价 ≤3860万元 控制住了 . . ."]


def test_figures_without_a_name_leave_those_above_in_doubt() -> None:
    found = doubtful(". 新建井座 ≥12公里 =415座 8 8 .", ". . 14公里 415座 . . .", ". 受益人口 ≥3万人 3万人 10 10 .")
    assert found == [". 新建井座 . . 8 8 .", ". . . . . . .", ". 受益人口 ≥3万人 3万人 10 10 ."]


@pytest.mark.parametrize(("sign", "target"), [("≤", ["≤", "300"]), ("定性", ["300"])])
def test_a_sign_in_a_column_without_a_known_label_belongs_to_the_target(sign: str, target: list[str]) -> None:
    columns = [Column("name", "name"), Column("", "free"), Column("target", "target")]
    row = Row({1: [Token(sign, 1, 1, 1, Gap.LINE)], 2: [Token("300", 1, 3, 5, Gap.SPACE)]})
    with_signs([row], columns)
    assert [token.text for token in row.cells[2]] == target


def test_words_for_an_answer_beside_a_row_with_something_unread_are_none() -> None:
    columns = [Column("name", "name"), Column("target", "target"), Column("actual", "actual"), Column("score", "points")]
    torn = Row(
        {
            0: [Token("培训人数", 1, 1, 4, Gap.LINE)],
            1: [Token("≥312人", 1, 6, 10, Gap.SPACE)],
            2: [Token("影响未全部", 2, 1, 5, Gap.LINE)],
        }
    )
    for whole in (True, False):
        row = Row({**torn.cells})
        without_doubtful([row, Row({3: [Token("6.08", 3, 1, 4, Gap.LINE)]}, whole=whole)], columns, lambda _: False)
        assert (2 in row.cells) is whole
