"""Fields at the head of a form: labels with their values."""

from __future__ import annotations

import pytest

from tests.building.grids import drawn
from tests.forms.recognising import ruleset
from validator.facts.fields import Field, fields
from validator.forms.labels import Matcher
from validator.forms.recognise import Match, Span
from validator.model.document import Paragraph, Table

MATCHER = Matcher([("project", ["项目名称"]), ("unit", ["实施单位", "主管部门"]), ("score", ["自评总分*"])])


def read(drawing: str = "", *lines: str, rows: tuple[int, int] | None = None) -> list[Field]:
    """Return the fields of a table that belongs to no block, and of the lines of text below a title."""
    form = next(iter(ruleset().forms.values()))
    spans = []
    if drawing:
        table: Table = drawn(drawing)
        spans.append(Span(table, *(rows or (0, len(table.rows)))))
    paragraphs = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1))
    return list(fields(Match(form, (), "", "", None, 1.0, (), (), tuple(spans), paragraphs), MATCHER))


def values(found: list[Field]) -> dict[str, str]:
    """Return the value of each field."""
    return {one.id: one.value for one in found}


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ("项目名称 | 道路养护 | 实施单位 | 某局", {"project": "道路养护", "unit": "某局"}),
        ("项目名称： | 道路养护", {"project": "道路养护"}),
        ("项目名称：道路养护 | 实施单位：某局", {"project": "道路养护", "unit": "某局"}),
        ("项目名称：道路养护；实施单位：某局 | x", {"project": "道路养护", "unit": "某局"}),
        ("项目名称：道路养护 其中：实施单位：某局 | x", {"project": "道路养护", "unit": "某局"}),
        ("项目名称：道路养护 其中一段 | x", {"project": "道路养护 其中一段"}),
        ("项目名称:道路养护 | x", {"project": "道路养护"}),
        ("项目名称 | 实施单位 | 某局", {"unit": "某局"}),
        ("项目名称 | 联系人： | 某局", {}),
        ("项目名称 | 实施单位：某局", {"unit": "某局"}),
        ("项目名称 | | | ", {}),
        ("自评总分（100分） | 98", {"score": "98"}),
        ("联系人 | 王某", {}),
        ("自评总分 | 100 | 98", {}),
        ("自评总分 | 98 | 王某", {"score": "98"}),
    ],
)
def test_a_label_has_the_value_beside_it_or_behind_its_colon(drawing: str, expected: dict[str, str]) -> None:
    assert values(read(drawing)) == expected


def test_a_field_has_its_label_and_the_address_of_its_value() -> None:
    assert read("项目名称： | 道路养护") == [Field("project", "项目名称", "道路养护", "表1!R1C2")]
    assert read("项目名称：道路养护 | x") == [Field("project", "项目名称", "道路养护", "表1!R1C1")]


def test_a_value_behind_blank_slots_may_belong_to_nothing() -> None:
    assert [one.apart for one in read("项目名称 | | 道路养护")] == [True]
    assert [one.apart for one in read("项目名称 | < | 道路养护")] == [False]


def test_a_cell_over_several_rows_is_read_once() -> None:
    assert values(read("项目名称 | 道路养护\n^ | 桥梁维修")) == {"project": "道路养护"}


def test_only_the_free_rows_are_looked_at() -> None:
    drawing = "项目名称 | 甲\n实施单位 | 乙\n自评总分 | 3"

    assert values(read(drawing, rows=(1, 2))) == {"unit": "乙"}


class TestLines:
    def test_one_line_may_hold_several(self) -> None:
        found = read("", "项目名称：道路养护　实施单位：某局，自评总分：98")

        assert values(found) == {"project": "道路养护", "unit": "某局", "score": "98"}
        assert {one.address for one in found} == {"L1"}

    @pytest.mark.parametrize("gap", ["    ", "\t", "　　", " | "])
    def test_a_value_ends_where_another_label_begins_even_one_that_is_not_known(self, gap: str) -> None:
        assert values(read("", f"实施单位：某县 农业局{gap}单位：万元")) == {"unit": "某县 农业局"}

    def test_a_value_may_stand_on_the_next_line(self) -> None:
        assert read("", "项目名称：", "道路养护") == [Field("project", "项目名称", "道路养护", "L2", apart=True)]
        assert read("", "项目名称：", "", "| |", "道路养护") == [Field("project", "项目名称", "道路养护", "L4", apart=True)]
        assert read("", "项目名称", "实施单位") == []

    @pytest.mark.parametrize("gap", ["\t", "\t\t", "   ", " | "])
    def test_a_value_may_stand_apart_from_its_label_as_in_a_table(self, gap: str) -> None:
        assert values(read("", gap.join(["项目名称", "道路养护", "实施单位", "某局"]))) == {
            "project": "道路养护",
            "unit": "某局",
        }
        assert values(read("", gap.join(["项目名称", "实施单位", "某局"]))) == {"unit": "某局"}
        assert read("", gap.join(["联系人", "王某"])) == []
        assert read("", gap.join(["自评总分", "100", "92.5"])) == []
        assert values(read("", gap.join(["自评总分", "98", "等次", "优"]))) == {"score": "98"}

    def test_sentences_hold_none(self) -> None:
        assert read("", "项目名称：" + "很" * 100) == []
        assert read("", "的项目名称：甲") == []

    def test_those_far_below_are_not_looked_at(self) -> None:
        assert values(read("", *["正文"] * 39, "项目名称：甲")) == {"project": "甲"}
        assert read("", *["正文"] * 40, "项目名称：甲") == []


AMOUNTS = Matcher([("annual", ["年度资金总额"]), ("project", ["项目名称"])])


@pytest.mark.parametrize(
    ("drawing", "line", "expected"),
    [
        ("资金 | 年度资金总额 | 65.00", "", "65.00"),
        ("年度资金总额\n65.00\n其他", "", "65.00"),
        ("年度资金总额 65.00 科目 21305 | x", "", "65.00"),
        ("", "项目资金（万元） 年度资金总额 65.00", "65.00"),
        ("", "年度资金总额 65.00 70.00", None),
        ("", "项目名称 65.00", None),
        ("年度资金总额\n其他\n65.00", "", None),
    ],
)
def test_an_amount_may_stand_behind_one_blank_or_below_its_label(drawing: str, line: str, expected: str | None) -> None:
    form = next(iter(ruleset().forms.values()))
    table = drawn(drawing) if drawing else None
    spans = (Span(table, 0, len(table.rows)),) if table else ()
    match = Match(form, (), "", "", None, 1.0, (), (), spans, (Paragraph(line, "L1"),) if line else ())
    assert values(list(fields(match, AMOUNTS, ["annual"]))).get("annual") == expected
