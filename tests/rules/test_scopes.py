from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.building.grids import drawn
from tests.forms.recognising import FUNDS, HEAD, INDICATORS, extract, ruleset, stacked
from tests.rules.placing import cell
from validator.model.document import Note, Table
from validator.model.fact import Fact, Form
from validator.rules.binding import Value
from validator.rules.scopes import (
    CELL_WORDS,
    COLUMN_WORDS,
    LIST_WORDS,
    PAIR_WORDS,
    PLACES,
    ROW_WORDS,
    FormNames,
    Place,
    canonical,
    document_places,
    facts_in,
    is_list,
    item_rows,
    known_names,
    places,
    places_of,
    total_row,
)

TITLE = "项目支出绩效自评表"
WITH_TOTAL = stacked(HEAD, FUNDS, INDICATORS, "总分 | < | < | < | < | 90 | 90 |")
SPECS = {section.id: section for section in ruleset().forms["project"].sections}


def read(*parts: str | Table) -> Form:
    (form,) = extract(*(parts or (TITLE, WITH_TOTAL)))
    return form


def at(place: str, form: Form | None = None) -> list[Place]:
    form = form or read()
    return list(places(form, place, SPECS, FormNames(form, SPECS, {})))


def text(value: Value) -> str | list[str] | None:
    if isinstance(value, Fact):
        return value.text
    return [fact.text for fact in facts_in(value)] if is_list(value) else None


class TestRows:
    def test_each_row_binds_its_columns_in_both_languages(self) -> None:
        total, *parts = at("funds.row")
        assert (total.path, text(total.names["全年预算数"]), text(total.names["budget"])) == (
            "form[0].funds.total",
            "320",
            "320",
        )
        assert [place.names["行"] for place in parts] == ["其中：当年财政拨款", "其他资金"]

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            ("row", ROW_WORDS),
            ("next", ROW_WORDS),
            ("cell", CELL_WORDS),
            ("column", COLUMN_WORDS),
            ("pair", PAIR_WORDS),
            ("list", LIST_WORDS),
        ],
    )
    def test_what_a_place_binds_besides_has_an_english_and_a_chinese_name(self, kind: str, words: dict[str, str]) -> None:
        names = at(f"funds.{kind}")[0].names
        assert all(names[english] is not None and names[english] is names[chinese] for english, chinese in words.items())

    def test_a_column_that_is_not_there_is_nothing(self) -> None:
        assert at("funds.row")[0].names["调整后预算数"] is None

    def test_the_column_over_all_rows_is_bound_too(self) -> None:
        assert text(at("indicators.row")[0].names["各行.得分"]) == ["50", "40"]

    def test_what_the_row_lacks_is_looked_up_in_the_form(self) -> None:
        assert text(at("indicators.row")[0].names["funds.total.executed"]) == "300"


class TestSuccessiveRows:
    def test_each_item_but_the_first_knows_the_one_before_it(self) -> None:
        (place,) = at("indicators.next")
        names = place.names
        assert (names["行"], names["上一行.行"], names["previous.label"]) == ("受益人满意度", "培训人次", "培训人次")
        assert (text(names["得分"]), text(names["上一行.得分"]), text(names["previous.score"])) == ("40", "50", "50")

    def test_totals_and_parts_of_others_come_between_no_two(self) -> None:
        above, below = [place.names["行"] for place in at("funds.row")][1:]
        assert [(p.names["上一行.行"], p.names["行"]) for p in at("funds.next")] == [(above, below)]

    def test_what_the_one_before_lacks_is_nothing(self) -> None:
        assert at("indicators.next")[0].names["上一行.调整后指标值"] is None


class TestCells:
    def test_each_cell_is_a_place(self) -> None:
        found = {place.path: place for place in at("funds.cell")}
        place = found["form[0].funds.total.budget"]
        assert (text(place.names["value"]), place.names["列"], place.names["id"]) == ("320", "全年预算数", "budget")

    def test_those_of_one_type(self) -> None:
        assert {place.path for place in at("funds.cell.points")} < {place.path for place in at("funds.cell")}
        assert {place.names["列类"] for place in at("funds.cell.points")} == {"points"}
        assert not at("indicators.cell.amount")

    @pytest.mark.parametrize("place", ["funds.cell.label", "indicators.cell.amount", "funds.row.points", "funds.cell.nothing"])
    def test_a_type_that_no_cell_of_the_section_has_is_no_place(self, place: str) -> None:
        assert known_names(place, SPECS) is None

    def test_labels_are_none(self) -> None:
        assert not any(place.path.endswith(".label") for place in at("funds.cell"))


class TestColumns:
    def test_each_row_with_parts_in_each_column_of_amounts(self) -> None:
        found = at("funds.column")
        assert [place.path.rpartition(".")[2] for place in found] == ["initial_budget", "budget", "executed"]
        assert (text(found[0].names["合计"]), text(found[0].names["各项"])) == ("320", ["300", "20"])

    @pytest.mark.parametrize(
        ("initial", "executed", "agree"),
        [("5 2 3", "5 2 3", 2), ("5 2 3", "6 2 3", 0), ("5 5 0", "0 0 0", 0), ("5 2 3", "0 0 0", 1), ("5 2 3", "5 5 0", 1)],
        ids=["both", "one-does-not", "a-single-figure", "nothing", "a-single-figure-speaks-against-nothing"],
    )
    def test_a_part_knows_in_how_many_other_columns_it_is_the_sum_of_its_rows(
        self, initial: str, executed: str, agree: int
    ) -> None:
        rows = zip(("地方资金", "省级资金", "市级资金"), initial.split(), ("7", "2", "3"), executed.split(), strict=True)
        drawn = "\n".join(" | ".join(row) for row in (("合计", "9", "9", "9"), *rows))
        form = read(f"资金来源 | 年初预算数 | 全年预算数 | 全年执行数\n{drawn}")
        (local,) = (place for place in at("funds.column", form) if place.path.endswith("[1].budget"))
        assert local.names["他列相符"] == agree

    def test_parts_of_parts_allow_several_readings(self) -> None:
        form = read("资金来源 | 全年预算数 | 全年执行数\n合计 | 8 | 8\n地方资金 | 5 | 5\n省级资金 | 2 | 2\n其他资金 | 4 | 4")
        readings = [text(names["parts"]) for names in at("funds.column", form)[0].readings]
        assert readings == [["5", "4"], ["2", "4"], ["5", "2", "4"]]

    @pytest.mark.parametrize(
        ("budgets", "left"),
        [
            ("9 5 2 4", [["5", "4"]]),  # right without the part of the part: the other column is read so too
            ("11 5 2 4", [["5", "2", "4"]]),
            ("9 5 5 4", [["5", "4"], ["2", "4"]]),  # right either way
            ("4 0 0 4", [["5", "4"], ["2", "4"], ["5", "2", "4"]]),  # one figure is right any way
            ("0 0 0 0", [["5", "4"], ["2", "4"], ["5", "2", "4"]]),  # nothing says nothing
        ],
    )
    def test_the_reading_by_which_another_column_is_right_is_the_one(self, budgets: str, left: list[list[str]]) -> None:
        rows = zip(("合计", "地方资金", "省级资金", "其他资金"), budgets.split(), ("12", "5", "2", "4"), strict=True)
        form = read("资金来源 | 全年预算数 | 全年执行数\n" + "\n".join(" | ".join(row) for row in rows))
        executed = at("funds.column", form)[1]
        assert [text(names["parts"]) for names in executed.readings] == left

    def test_a_column_with_one_figure_counts_only_where_no_other_is_right(self) -> None:
        rows = ("合计 | 4 | 9 | 12", "地方资金 | 0 | 5 | 5", "省级资金 | 0 | 2 | 2", "其他资金 | 4 | 4 | 4")
        form = read("资金来源 | 年初预算数 | 全年预算数 | 全年执行数\n" + "\n".join(rows))
        executed = at("funds.column", form)[2]
        assert [text(names["parts"]) for names in executed.readings] == [["5", "4"]]


LISTED = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
决策指标 | 数量指标 | 甲       | ≥1次       | 1次        | 10   | 9
产出指标 | 数量指标 | 乙       | ≥1次       | 1次        | 20   | 18
^        | 质量指标 | 丙       | ≥1次       | 1次        | 30   | 27
小计     | <        | <        |            |            | 60   | 54
"""


class TestSubtotals:
    def test_each_subtotal_in_each_column_of_points(self) -> None:
        found = at("indicators.subtotal", read(TITLE, LISTED))
        assert [(place.path.rpartition(".")[2], text(place.names["小计"])) for place in found] == [
            ("weight", "60"),
            ("score", "54"),
        ]

    def test_it_may_be_that_of_all_rows_or_of_its_group(self) -> None:
        weights, _ = at("indicators.subtotal", read(TITLE, LISTED))
        assert [text(names["各项"]) for names in weights.readings] == [["10", "20", "30"], ["20", "30"], ["30"]]

    @pytest.mark.parametrize(
        ("rows", "readings"),
        [
            ("合计 5 | 甲 2 | 乙 3 | 小计 5", [["2", "3"]]),
            ("合计 5 | 小计 5 | 甲 2 | 乙 3", [["2", "3"]]),
            ("合计 9 | 甲 2 | 乙 3 | 小计 5 | 丙 4", [["2", "3"], ["4"]]),
            ("合计 9 | 上年结转 4 | 甲 2 | 乙 3 | 小计 5", [["4", "2", "3"], ["2", "3"]]),
            ("合计 9 | 小计 5 | 甲 2 | 乙 3 | 其他资金 4", [["2", "3", "4"], ["2", "3"]]),
            ("合计 9 | 小计", []),
        ],
    )
    def test_which_rows_it_may_add_up(self, rows: str, readings: list[list[str]]) -> None:
        lines = (" | ".join((*row.split(), "1")) for row in rows.split(" | "))
        form = read("\n".join(("资金来源 | 全年预算数 | 全年执行数", *lines)))
        found = [place for place in at("funds.subtotal", form) if place.path.endswith(".budget")]
        assert [text(names["parts"]) for place in found for names in place.readings] == readings

    def test_it_is_no_row_among_the_indicators(self) -> None:
        assert [place.names["行"] for place in at("indicators.row", read(TITLE, LISTED))] == ["甲", "乙", "丙"]

    def test_it_is_a_row_among_the_funds(self) -> None:
        form = read("资金来源 | 全年预算数 | 全年执行数\n合计 | 9 | 9\n甲 | 9 | 9\n小计 | 9 | 9")
        assert [place.names["行类"] for place in at("funds.row", form)] == ["total", "part", "subtotal"]

    def test_another_total_of_the_same_name_leaves_the_last_its_own_rows(self) -> None:
        form = read("资金来源 | 全年预算数 | 全年执行数\n甲 | 2 | 1\n合计 | 2 | 1\n乙 | 3 | 1\n丙 | 4 | 1\n合计 | 7 | 2")
        (found,) = [place for place in at("funds.column", form) if place.path.endswith("[4].budget")]
        assert ["3", "4"] in [text(names["parts"]) for names in found.readings]


class TestGroups:
    def test_rows_under_one_word(self) -> None:
        found = {place.path: place for place in at("indicators.group")}
        assert text(found["form[0].indicators.category[产出指标]"].names["分值"]) == ["50"]

    def test_points_in_the_label(self) -> None:
        form = read(WITH_TOTAL.replace("产出指标", "产出指标（50分）"))
        points = [place.names["标注分值"] for place in at("indicators.group", form) if place.path.endswith("[产出指标]")]
        assert [fact.quantity.value for fact in points if isinstance(fact, Fact) and fact.quantity] == [50]

    def test_a_group_with_a_row_that_was_not_read_in_full_is_not_whole(self) -> None:
        rows = (
            "产出指标 | 甲 | 1 | 1 | 20\n成本指标 | 乙 | 1 | 1 | 20\n效益指标 | 丙 | 1 | 1 | 20\n满意度指标 | 丁 | 1 | 1 | 20"
        )
        table = drawn(f"一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值\n{rows}")
        form = read(TITLE, Table("表1", table.rows, inferred=True, open_rows=frozenset({2})))
        assert [place.complete for place in at("indicators.group", form)] == [True, False, True, False]

    def test_nor_is_a_subtotal_of_such_a_row(self) -> None:
        table = drawn(
            "三级指标 | 年度指标值 | 实际完成值 | 分值\n甲 | 1 | 1 | 20\n小计 | | | 20\n乙 | 1 | 1 | 30\n小计 | | | 30"
        )
        form = read(TITLE, Table("表1", table.rows, inferred=True, open_rows=frozenset({3})))
        assert [place.complete for place in at("indicators.subtotal", form)] == [True, False]


class TestPairs:
    def test_columns_of_one_kind_are_paired(self) -> None:
        pairs = {place.path.rpartition(".")[2]: place for place in at("funds.pair")}
        assert {"initial_budget+budget", "budget+executed", "weight+score"} <= pairs.keys()
        assert text(pairs["budget+executed"].names["左列"]) == ["320", "300", "20"]

    def test_targets_go_with_actuals(self) -> None:
        assert "form[0].indicators.target+actual" in [place.path for place in at("indicators.pair")]

    def test_rows_without_one_of_the_two_are_left_out(self) -> None:
        form = read("资金来源 | 全年预算数 | 全年执行数 | 分值 | 得分\n合计 | 9 | 9 | 10 | 10\n其他资金 | 9 | 9 | ^ | 1")
        (pair,) = [place for place in at("funds.pair", form) if place.path.endswith("weight+score")]
        assert (text(pair.names["left"]), text(pair.names["right"])) == (["10"], ["10"])


class TestLists:
    def test_each_column_over_its_item_rows(self) -> None:
        found = {place.path: place for place in at("indicators.list")}
        assert text(found["form[0].indicators.score"].names["各值"]) == ["50", "40"]

    def test_a_cell_over_several_rows_stands_once(self) -> None:
        form = read("三级指标 | 年度指标值 | 实际完成值 | 分值\n甲 | ≥1次 | 1次 | 10\n乙 | ≥1次 | 1次 | ^")
        (found,) = [place for place in at("indicators.list", form) if place.path.endswith(".weight")]
        assert text(found.names["values"]) == ["10"]


class TestSection:
    def test_columns_are_lists_and_the_total_stands_apart(self) -> None:
        (place,) = at("indicators")
        assert (text(place.names["得分"]), text(place.names["合计.得分"])) == (["50", "40"], "90")

    def test_it_points_at_its_header(self) -> None:
        (place,) = at("funds")
        assert place.pointer is not None
        assert place.pointer.address == "表1!R2C3"


class TestForm:
    def test_it_binds_sections_fields_and_itself(self) -> None:
        (place,) = at("form")
        names = place.names
        assert (names["form"], names["表年度"]) == ("project", None)
        assert (text(names["header.project"]), text(names["项目资金.合计.全年执行数"])) == ("道路养护", "300")

    def test_a_section_that_is_not_there_is_nothing(self) -> None:
        (place,) = at("form", read(INDICATORS))
        assert place.names["funds.total.executed"] is None

    @pytest.mark.parametrize("name", ["nothing", "nothing.budget", "funds.nothing", "funds.total.nothing"])
    def test_a_name_that_nobody_binds_is_nothing(self, name: str) -> None:
        assert at("form")[0].names.get(name) is None

    def test_names_are_looked_up_one_by_one(self) -> None:
        names = FormNames(read(), SPECS, {"低执行率": cell("90%")})
        before = set(names)
        assert text(names["indicators.score"]) is not None
        assert set(names) - before == {"indicators.score"}
        assert "低执行率" in names
        assert names["低执行率"] is names["低执行率"]

    @pytest.mark.parametrize("section", ["funds", "indicators"])
    def test_a_section_binds_the_same_from_within_and_from_the_form(self, section: str) -> None:
        form = read()
        (place,) = at(section, form)
        names = FormNames(form, SPECS, {})
        found = {name: place.names[name] for name in own_names(section)}
        assert {name: names[f"{section}.{name}"] for name in found} == found
        assert {name for name, value in found.items() if value is not None} >= {"合计.得分", "得分", "first.score"}

    def test_parameters_are_bound(self) -> None:
        form = read()
        assert FormNames(form, SPECS, {"低执行率": cell("90%")})["低执行率"] is not None


def own_names(place: str) -> set[str]:
    """Return the names that a place binds and the form around it doesn't."""
    return set(known_names(place, SPECS) or {}) - set(known_names("form", SPECS) or {})


class TestPlaces:
    @pytest.mark.parametrize("place", ["nothing", "nothing.row", "duties.row", "funds.nothing"])
    def test_an_unknown_place_is_nowhere(self, place: str) -> None:
        assert at(place) == []

    @pytest.mark.parametrize("kind", ["", *PLACES])
    @pytest.mark.parametrize("section", ["funds", "indicators"])
    def test_every_name_that_is_bound_is_known(self, section: str, kind: str) -> None:
        place = f"{section}.{kind}".rstrip(".")
        known = known_names(place, SPECS)
        assert known is not None
        for found in at(place):
            for names in found.readings:
                assert set(names) <= known.keys()

    @pytest.mark.parametrize("kind", ["", *PLACES])
    def test_what_is_known_as_a_list_is_one(self, kind: str) -> None:
        place = f"indicators.{kind}".rstrip(".")
        known = known_names(place, SPECS)
        assert known is not None
        for found in at(place):
            for name in {*found.names, *own_names(place)}:
                value = found.names[name]
                assert value is None or is_list(value) is known[name][1], name


class TestKnownNames:
    @pytest.mark.parametrize("place", ["nothing", "nothing.row", "funds.nothing"])
    def test_an_unknown_place_has_none(self, place: str) -> None:
        assert known_names(place, SPECS) is None

    def test_a_row_knows_its_columns_and_the_form(self) -> None:
        known = known_names("funds.row", SPECS) or {}
        assert (known["全年预算数"], known["各行.分值"], known["indicators.score"]) == (
            ("amount", False), ("points", True), ("points", True),
        )  # fmt: skip


class TestPlacesOf:
    def test_they_are_known_and_no_others_are(self) -> None:
        listed = places_of(SPECS["funds"])
        assert {"funds", "funds.row", "funds.cell", "funds.cell.amount", "funds.cell.points"} <= set(listed)
        assert all(known_names(place, SPECS) is not None for place in listed)


class TestCanonical:
    @pytest.mark.parametrize(
        ("name", "place", "english"),
        [
            ("合计.分值", "indicators", "total.weight"),
            ("全年预算数", "funds.row", "budget"),
            ("各行.得分", "funds.row", "rows.score"),
            ("项目资金.合计.全年执行数", "form", "funds.total.executed"),
            ("各项", "funds.column", "parts"),
            ("左列", "funds.pair", "left"),
            ("表年度", "form", "form_year"),
            ("budget", "funds.row", "budget"),
        ],
    )
    def test_a_name_has_one_english_spelling(self, name: str, place: str, english: str) -> None:
        assert canonical(name, place, SPECS) == english

    @pytest.mark.parametrize(
        "place", ["form", *(f"{s}.{k}".rstrip(".") for s in ("funds", "indicators") for k in ("", *PLACES))]
    )
    def test_it_is_idempotent(self, place: str) -> None:
        for name in known_names(place, SPECS) or {}:
            once = canonical(name, place, SPECS)
            assert canonical(once, place, SPECS) == once


class TestRowsOfSections:
    def test_items_leave_out_totals_groups_and_parts_of_items(self) -> None:
        section = read(
            stacked(
                INDICATORS,
                " |  | 其中：女性 | ≥1人次 | 1人次 |  |  |",
                "小计 | < | < | | | 90 | 90 |",
                "总分 | < | < | < | < | 90 | 90 |",
            )
        ).section("indicators")
        assert section is not None
        assert [record.label for record in item_rows(section)] == ["培训人次", "受益人满意度"]
        total = total_row(section)
        assert total is not None
        assert total.fields["score"].quantity is not None
        assert total.fields["score"].quantity.value == Decimal(90)


class TestDocumentPlaces:
    def test_notes_with_an_address(self) -> None:
        found = list(document_places("document.note", (), (Note("看不清", "A1"), Note("整个文件")), ()))
        assert [(place.pointer.address, place.names["说明"]) for place in found if place.pointer] == [("A1", "看不清")]

    @pytest.mark.parametrize(("reasons", "count"), [(("没有认出",), 1), ((), 0)])
    def test_a_table_that_was_not_recognised(self, reasons: tuple[str, ...], count: int) -> None:
        assert len(list(document_places("document.unknown", (), (), reasons))) == count

    def test_it_is_told_where_the_table_stands_unless_a_form_is_there_too(self) -> None:
        form = read()
        other = replace(form, id="generic", at="B7")

        def told(*forms: Form) -> list[str]:
            found = document_places("document.unknown", forms, (), ("没有认出",), "A1")
            return [place.pointer.address for place in found if place.pointer]

        assert (told(), told(other), told(form, other), told(form)) == (["A1"], ["B7"], [], ["A1"])

    def test_a_block_in_which_the_text_breaks_off(self) -> None:
        form = read()
        form.sections[-2].complete = False
        form.sections[-1].cut = True
        (place,) = document_places("document.cut", (form,), (), ())
        assert place.path == form.sections[-1].path

    @pytest.mark.parametrize(
        ("there", "shown"),
        [("12.5", "12.5"), ("甲县 33.86 33.39  2.16", "甲县 33.86…"), ("1,070 98% 3", "1,070…"), ("资金来源", "资金来源")],
    )
    def test_what_stands_at_its_address_is_pointed_at_with_one_figure_at_most(self, there: str, shown: str) -> None:
        (place,) = document_places("document.note", (), (Note("看不清", "A1"),), (), "", {"A1": there}.__getitem__)
        assert place.pointer is not None
        assert place.pointer.text == shown

    def test_other_places_are_none_of_it(self) -> None:
        assert not list(document_places("form", (read(),), (Note("x", "A1"),), ("y",)))
