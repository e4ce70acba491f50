"""Labels of groups that stand beside the middle of their rows: moved up where their points tell how far, else left out."""

from __future__ import annotations

from tests.forms.flattened import grid, restored

CENTRED = """项目支出绩效自评表
一级指标 二级指标 三级指标 分值 年度指标值 实际完成值 得分
甲渠清淤长度 10 ≥12公里 13公里 10
数量指标 乙渠清淤长度 10 ≥8公里 8公里 10
产出指标（50分） 新建水闸座数 10 ≥2座 2座 10
质量指标 工程合格率 10 ≥95% 97% 10
时效指标 按期完工率 10 100% 100% 10
受益人口 20 ≥3万人 3.2万人 20
效益指标（30分） 社会效益指标 受益村数 5 ≥12个 12个 5
受益学校 5 ≥2所 2所 5
满意度指标（10分） 服务对象满意度指标 群众满意度 10 ≥90% 96% 10
总分 90 90
"""


def starts(text: str) -> dict[str, str]:
    """Return the label of each group with the name in its row."""
    rows = [row for table in restored(text).tables for row in grid(table)]
    return {row[1]: row[3] for row in rows[1:] if row[1]}


def test_a_label_in_the_middle_goes_to_the_first_row_of_its_points() -> None:
    assert starts(CENTRED) == {
        "产出指标（50分）": "甲渠清淤长度",
        "效益指标（30分）": "受益人口",
        "满意度指标（10分）": "群众满意度",
        "总分": "",
    }


def test_where_the_points_do_not_tell_no_label_is_kept() -> None:
    assert starts(CENTRED.replace("乙渠清淤长度 10", "乙渠清淤长度 9")) == {"总分": ""}
    assert starts(CENTRED.replace("（30分）", "（29分）")) == {"总分": ""}


def test_labels_on_the_first_row_of_their_group_stay_whatever_their_points() -> None:
    text = CENTRED.replace("产出指标（50分） ", "").replace("数量指标 ", "").replace("甲", "产出指标（50分） 数量指标 甲")
    text = text.replace("效益指标（30分） 社会效益指标 ", "").replace("受益人口", "效益指标（30分） 社会效益指标 受益人口")
    wrong = text.replace("（30分）", "（40分）")
    assert starts(wrong) == {key.replace("30", "40"): name for key, name in starts(CENTRED).items()}


def test_a_word_without_points_beside_labels_with_points_moves_none_of_them() -> None:
    """A row that begins with the word of an inner group has it in the outer column, where its own cell was merged away."""
    text = (
        "绩效评价得分表\n一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |\n"
        "决策（10分） | 立项 | 立项依据充分 | 4 | 4 |\n目标 | 目标合理 | 6 | 5 |\n"
        "过程（9分） | 资金 | 资金到位率 | 5 | 5 |\n组织 | 制度健全 | 4 | 4 |\n合计 | 19 | 18 |\n"
    )
    cells = {cell for table in restored(text).tables for row in grid(table) for cell in row}
    assert {"决策（10分）", "过程（9分）"} <= cells


def test_a_word_printed_apart_from_its_points_ends_no_group() -> None:
    text = CENTRED.replace("产出指标（50分）", "（50分）").replace("时效指标 按期", "产出指标 时效指标 按期")
    assert text != CENTRED
    found = starts(text)
    assert found["（50分）"] == "甲渠清淤长度"
    assert "产出指标" not in found


def test_a_piece_of_another_label_begins_no_group_where_the_points_are_right_without_it() -> None:
    upright = CENTRED.replace("产出指标（50分） ", "").replace("数量指标 ", "").replace("甲", "产出指标（50分） 数量指标 甲")
    upright = upright.replace("效益指标（30分） 社会效益指标 ", "").replace(
        "受益人口", "效益指标（30分） 社会效益指标 受益人口"
    )
    torn = upright.replace("质量指标 工程", "标 质量指标 工程")
    assert starts(upright) == starts(CENTRED)
    assert starts(torn) == starts(CENTRED)


def test_labels_with_points_stay_where_no_row_has_any() -> None:
    text = (
        "项目支出绩效自评表\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
        "产出指标（50分）\t数量指标\t甲渠清淤长度\t≥12公里\t13公里\t\t\n\t质量指标\t合格率\t≥95%\t97%\t\t\n"
    )
    assert starts(text) == {"产出指标（50分）": "甲渠清淤长度"}


def test_a_word_whose_points_were_printed_below_it_begins_no_second_group() -> None:
    torn = CENTRED.replace("产出指标（50分） 新建", "产出指标 新建").replace("质量指标 工程", "（50分） 质量指标 工程")
    assert starts(torn) == {key.replace("产出指标", ""): name for key, name in starts(CENTRED).items()}


def test_the_end_of_a_word_that_was_broken_is_no_group_though_points_stand_behind_it() -> None:
    torn = CENTRED.replace("质量指标 工程", "标（90分） 质量指标 工程").replace("产出指标（50分） ", "产出指标 ")
    assert not any("标（90分）" in label for label in starts(torn))
