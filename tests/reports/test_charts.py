from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from tests.reports.drawing import HOSTILE, PERCENT, POINTS, WAN, bare, form, row
from validator.model.fact import Record
from validator.model.quantity import BARE, Unit
from validator.reports.charts import MAX_BARS, charts, draw

DAYS = Unit("天", "time", Decimal(1))


def funds(label: str, budget: str, executed: str) -> Record:
    return row(label, budget=(budget, budget, WAN), executed=(executed, executed, WAN))


def indicator(target: tuple[str, str, Unit, str], actual: tuple[str, str, Unit]) -> Record:
    return row("指标", target=target, actual=actual)


class TestWhatIsDrawn:
    def test_each_picture_needs_two_rows_with_both_figures(self) -> None:
        one = [funds("年度资金总额", "100", "90"), row("其他资金", budget=("10", "10", WAN))]

        assert charts([form("funds", one)]) == ()
        assert len(charts([form("funds", [*one, funds("财政拨款", "50", "45")])])) == 1

    def test_no_section_no_picture(self) -> None:
        assert charts([form("goals", [funds("甲", "1", "1"), funds("乙", "1", "1")])]) == ()

    def test_bars_are_drawn_to_one_scale(self) -> None:
        (chart,) = charts([form("funds", [funds("总额", "200", "150"), funds("其中", "50", "25")])])

        assert [(bar.track, bar.length) for bar in chart.bars] == [
            (Decimal(1), Decimal("0.75")),
            (Decimal("0.25"), Decimal("0.125")),
        ]

    def test_units_are_converted(self) -> None:
        yuan = Unit("元", "money", Decimal(1))
        mixed = row("其中", budget=("50", "50", WAN), executed=("250000", "250000", yuan))
        (chart,) = charts([form("funds", [funds("总额", "100", "50"), mixed])])

        assert [bar.length for bar in chart.bars] == [Decimal("0.5"), Decimal("0.25")]
        assert chart.rows[1] == ("其中", "50万元", "250000元", "50.00%")

    def test_the_adjusted_budget_stands_in_for_a_missing_one(self) -> None:
        rows = [
            row(label, adjusted_budget=("10", "10", WAN), initial_budget=("99", "99", WAN), executed=("5", "5", WAN))
            for label in ("甲", "乙")
        ]
        (chart,) = charts([form("funds", rows)])

        assert [cells[1] for cells in chart.rows] == ["10万元", "10万元"]

    def test_a_total_is_no_indicator(self) -> None:
        rows = [row(name, role, weight=bare("10"), score=bare("9")) for name, role in (("甲", "item"), ("总分", "total"))]

        assert charts([form("indicators", rows)]) == ()

    def test_a_figure_with_two_fair_readings_is_left_out(self) -> None:
        doubtful = funds("乙", "10", "5")
        fact = doubtful.fields["executed"]
        assert fact.quantity is not None
        doubtful.fields["executed"] = fact._replace(reading=fact.reading._replace(alternatives=(fact.quantity,)))

        assert charts([form("funds", [funds("甲", "10", "5"), doubtful])]) == ()

    def test_what_cannot_be_divided_is_left_out(self) -> None:
        assert charts([form("funds", [funds("甲", "0", "5"), funds("乙", "10", "-5"), funds("丙", "10", "5")])]) == ()

    def test_different_things_are_not_compared(self) -> None:
        rows = [indicator(("≥5天", "5", DAYS, ">="), ("5%", "5", PERCENT))] * 2

        assert charts([form("indicators", rows)]) == ()


@pytest.mark.parametrize(
    ("target", "actual", "state"),
    [
        (("≥90%", "90", PERCENT, ">="), "95", "met"),
        (("≥90%", "90", PERCENT, ">="), "90", "met"),
        (("≥90%", "90", PERCENT, ">="), "89", "missed"),
        ((">90%", "90", PERCENT, ">"), "90", "missed"),
        (("≥10%", "10", PERCENT, ">="), "13", "met"),
        (("≥10%", "10", PERCENT, ">="), "13.1", "far"),
        (("≤10%", "10", PERCENT, "<="), "10", "met"),
        (("≤10%", "10", PERCENT, "<="), "1", "met"),
        (("≤10%", "10", PERCENT, "<="), "11", "missed"),
        (("<10%", "10", PERCENT, "<"), "10", "missed"),
        (("=100%", "100", PERCENT, "="), "100", "met"),
        (("=100%", "100", PERCENT, "="), "99", "missed"),
        (("=100%", "100", PERCENT, "="), "101", "unclear"),
        (("100%", "100", PERCENT, ""), "99", "missed"),
        (("100%", "100", PERCENT, ""), "100", "met"),
    ],
)
def test_an_actual_value_stands_to_its_target_as_the_sign_says(
    target: tuple[str, str, Unit, str], actual: str, state: str
) -> None:
    (chart,) = charts([form("indicators", [indicator(target, (f"{actual}%", actual, PERCENT))] * 2)])

    assert [bar.state for bar in chart.bars] == [state, state]


def test_how_far_is_far_is_the_callers_to_say() -> None:
    rows = [indicator(("≥100", "100", BARE, ">="), bare("150"))] * 2

    assert charts([form("indicators", rows)])[0].bars[0].state == "far"
    assert charts([form("indicators", rows)], far_beyond=Decimal(1))[0].bars[0].state == "met"


def test_an_approximate_figure_is_not_judged() -> None:
    doubtful = indicator(("≥100", "100", BARE, ">="), bare("90"))
    fact = doubtful.fields["actual"]
    assert fact.quantity is not None
    doubtful.fields["actual"] = fact._replace(reading=fact.reading._replace(quantity=fact.quantity._replace(approximate=True)))

    assert charts([form("indicators", [doubtful, doubtful])])[0].bars[0].state == "unclear"


class TestDrawing:
    def test_the_picture_names_itself_and_says_what_it_shows(self) -> None:
        (chart,) = charts(
            [form("indicators", [row(n, weight=bare("10"), score=bare(s)) for n, s in (("甲", "10"), ("乙", "8"))])]
        )
        svg = etree.fromstring(draw(chart, "p1", "数")).find("svg")
        assert svg is not None
        about = svg.findtext("desc[@id='p1d']")

        assert svg.get("role") == "img"
        assert svg.get("aria-labelledby") == "p1t p1d"
        assert svg.findtext("title[@id='p1t']") == "分值与得分"
        assert about is not None
        assert "满分 1 项" in about
        assert "扣分 1 项" in about

    def test_every_row_stands_in_the_table_even_where_the_picture_is_cut(self) -> None:
        rows = [funds(f"第{number}项", "10", "5") for number in range(MAX_BARS + 7)]
        figure = etree.fromstring(draw(charts([form("funds", rows)])[0], "p1", "数"))

        assert len(figure.findall(".//text[@class='name']")) == MAX_BARS
        assert len(figure.findall(".//tbody/tr")) == MAX_BARS + 7
        assert "另有 7 行" in "".join(map(str, figure.itertext()))

    def test_a_state_that_matters_is_told_in_words(self) -> None:
        rows = [indicator(("≥100", "100", BARE, ">="), bare("90"))] * 2
        drawn = etree.fromstring(draw(charts([form("indicators", rows)])[0], "p1", "数"))

        assert [text.text for text in drawn.findall(".//text[@class='told']")] == ["90 / ≥100 · 未达到"] * 2

    def test_a_value_far_outside_stays_inside_the_picture(self) -> None:
        rows = [indicator(("≥1", "1", BARE, ">="), bare("1" + "0" * 40))] * 2
        drawn = etree.fromstring(draw(charts([form("indicators", rows)])[0], "p1", "数"))

        assert {bar.get("width") for bar in drawn.findall(".//rect")} == {"420"}
        assert [svg.get("viewBox", "").split()[2] for svg in drawn.iter("svg")] == ["420"]
        assert "> 100000%" in "".join(map(str, drawn.itertext()))

    @pytest.mark.parametrize("text", HOSTILE)
    def test_text_of_the_form_is_shown_never_run(self, text: str) -> None:
        rows = [row(text, weight=(text, "10", POINTS), score=(text, "9", POINTS))] * 2
        drawn = draw(charts([form("indicators", rows)])[0], "p1", "数")

        assert {element.tag for element in etree.fromstring(drawn).iter()} <= {
            "figure", "figcaption", "ul", "li", "span", "svg", "title", "desc", "rect", "text", "line", "details", "summary",
            "div", "table", "thead", "tbody", "tr", "th", "td",
        }  # fmt: skip

    def test_english(self) -> None:
        (chart,) = charts([form("funds", [funds("甲", "10", "5"), funds("乙", "10", "12")])], lang="en")

        assert chart.title == "Budget and execution"
        assert chart.bars[1].told.endswith("over budget")
