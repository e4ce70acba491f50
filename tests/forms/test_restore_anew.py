"""Tables below each other, with pipes: where the second begins."""

from __future__ import annotations

import pytest

from validator.forms.restore.anew import beginnings
from validator.pipeline import check, understand

NARROW = [
    "科目编码|科目名称|本年收入合计|财政拨款|事业收入|其他收入",
    "205|教育支出|820.50|700.00|100.50|20.00",
    "206|科学技术支出|130.00|120.00|10.00|0.00",
    "208|社会保障和就业支出|96.40|96.40|0.00|0.00",
    "|合计|1046.90|916.40|110.50|20.00",
]
WIDE = [
    "科目编码|科目名称|本年支出合计|基本支出|项目支出|上缴上级支出|经营支出",
    "205|教育支出|818.20|600.00|200.20|10.00|8.00",
    "206|科学技术支出|128.00|100.00|28.00|0.00|0.00",
    "208|社会保障和就业支出|96.40|96.40|0.00|0.00|0.00",
    "|合计|1042.60|796.40|228.20|10.00|8.00",
]
BETWEEN: dict[str, list[str]] = {
    "nothing": [],
    "a blank line": [""],
    "a caption": ["表2 支出决算表", "单位：万元"],
    "a caption behind a blank line": ["", "表2 支出决算表", "单位：万元", ""],
    "a heading": ["", "（二）支出", ""],
    "a sentence": ["", "支出情况见下表。"],
    "a caption closed by pipes": ["表2 支出决算表|||||", "单位：万元|||||"],
}
STYLES = {
    "pipes between": lambda line: line,
    "pipes behind": lambda line: line + "|" if "|" in line else line,
    "pipes around": lambda line: f"|{line}|" if "|" in line else line,
}


def figures(text: str) -> list[tuple[str, str, str]]:
    """Return row, column and figure of all that was read from a text."""
    forms = understand(text.encode(), name="page.txt").forms
    facts = [fact for form in forms if form.id == "generic" for fact in form.facts() if fact.quantity is not None]
    return [(fact.pointer.row_label, fact.pointer.column_label, fact.text) for fact in facts]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize(("above", "below"), [(NARROW, WIDE), (WIDE, NARROW)])
def test_two_tables_of_different_widths_are_both_read(above: list[str], below: list[str], between: str, style: str) -> None:
    written = STYLES[style]
    text = "\n".join(map(written, [*above, *BETWEEN[between], *below])) + "\n"

    assert figures(text) == [*figures("\n".join(map(written, above)) + "\n"), *figures("\n".join(map(written, below)) + "\n")]
    assert len(figures(text)) == 36


@pytest.mark.parametrize("wrong", ["1046.90", "1042.60"])
def test_a_wrong_total_is_found_in_either(wrong: str) -> None:
    text = "\n".join([*NARROW, "", "表2 支出决算表", *WIDE])

    found = check(text.replace(wrong, "1052.90").encode(), name="page.txt").findings

    assert [finding.rule for finding in found if finding.rule.startswith("GEN")] == ["GEN-001"]
    assert "GEN-001" not in [finding.rule for finding in check(text.encode(), name="page.txt").findings]


def test_the_caption_goes_with_the_table_below_it() -> None:
    lines = [*NARROW, "注：本表由财务科填报||", "表2|||", "单位：万元|||", *WIDE]

    assert beginnings(lines) == {6}


def test_rows_of_words_within_a_table_begin_none() -> None:
    lines = ["项目|进度|金额", "桥梁|50%|120", "水渠|60%|80", "道路|未开工|缓建", "电站|10%|30", "学校|20%|40"]

    assert beginnings(lines) == frozenset()


def test_rows_that_lost_cells_begin_none() -> None:
    """Nothing tells their columns: the pipes are as many as there were figures."""
    lines = ["项目|一季度|二季度|合计", "桥梁|50|70|120", "水渠|40|40|80", "续建|项目", "电站|10|20", "学校|20|9|29"]

    assert beginnings(lines) == frozenset()


def test_fewer_labels_than_figures_head_nothing() -> None:
    lines = ["项目|一季度|合计", "桥梁|50|120", "水渠|40|80", "新建|项目", "电站|10|20|30|60", "学校|20|9|1|30"]

    assert beginnings(lines) == frozenset()
