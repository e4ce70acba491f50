from __future__ import annotations

import json
import unicodedata
from decimal import Decimal

import pytest
from rich.cells import cell_len

from tests.reports import samples
from validator.model.document import Document, Note
from validator.model.fact import Fact, Form, Pointer, Record, Section
from validator.model.quantity import Quantity, Reading, State, Unit
from validator.reports import facts

MONEY = Unit("万元", "money", Decimal(10000))
PERCENT = Unit("%", "ratio", Decimal("0.01"))
HOUSEHOLDS = Unit("户", "count:户", Decimal(1), exact=True)


def quantity(value: str, step: str, unit: Unit, text: str = "", **more: object) -> Quantity:
    return Quantity(Decimal(value), Decimal(step), unit, text or value, **more)  # type: ignore[arg-type]


def number(value: Quantity, *others: Quantity) -> Reading:
    return Reading(State.NUMBER, value.text, value, others)


DOCUMENT = Document("送审/自评表.xlsx", "xlsx", "0" * 64, (), (Note("有一张图片，没有读", "自评表!A40"),))


def form(*cells: tuple[Reading, Pointer]) -> Form:
    fields = {f"c{n}": Fact(reading, pointer, f"c{n}") for n, (reading, pointer) in enumerate(cells)}
    section = Section(
        "funds", "form[0].funds", [Record("form[0].funds.total", "年度资金总额", "total", fields)], {}, unit="万元"
    )
    return Form("project", "项目支出绩效自评表", "自评表!A1:J30", 0.97, ("标题相符",), [section], year=2023)


SAMPLE = form(
    (number(quantity("1281.30", "0.01", MONEY, "1281.30")), samples.BUDGET),
    (number(quantity("98.5", "0.1", PERCENT, "98.5%")), samples.RATE),
    (Reading(State.BLANK, "-"), samples.fund_pointer("carry", "上年结转", "I", "-")),
)


def test_what_a_form_should_have_and_has_not_is_told_below_it() -> None:
    assert "  表样里有、这里没有找到的：债券情况.期限、收益" in facts.render(
        DOCUMENT, [SAMPLE], (), {0: ("债券情况.期限", "收益")}
    )
    assert "表样里有" not in facts.render(DOCUMENT, [SAMPLE], (), {1: ("收益",)})


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (number(quantity("1281.30", "0.01", MONEY)), "1281.30 万元 ±0.005"),
        (number(quantity("3942", "0", HOUSEHOLDS, comparator=">=")), "≥ 3942 户（准数）"),
        (number(quantity("300", "100", MONEY, approximate=True)), "约300 万元"),
        (number(quantity("80", "1", PERCENT, upper=Decimal(100))), "80–100 % ±0.5"),
        (number(quantity("0.1", "0.1", PERCENT), quantity("10", "10", PERCENT)), "0.1 % ±0.05或10 % ±5"),
        (number(quantity("1E+3", "0", MONEY)), "1000 万元（准数）"),
        (Reading(State.BLANK, "-"), "（空）"),
        (Reading(State.TEXT, "良好"), "文字"),
        (Reading(State.GARBLED, ">-2次", why="大于号后面是负数"), "看不懂：大于号后面是负数"),
        (Reading(State.FUSED, "10100%10", why="连在一起"), "几个数连在一起，没有读：连在一起"),
    ],
)
def test_a_reading_is_told_in_a_few_words(reading: Reading, said: str) -> None:
    assert facts.understood(reading) == said


def test_each_fact_has_a_line_with_address_labels_text_reading_and_path() -> None:
    lines = facts.render(DOCUMENT, [SAMPLE], ()).splitlines()

    assert "  自评表!F8  年度资金总额 · 全年预算数  1281.30  1281.30 万元 ±0.005  form[0].funds.row8.budget" in lines
    assert "项目支出绩效自评表（project）  自评表!A1:J30  把握 97%  2023 年" in lines
    assert "  认出的理由：标题相符" in lines
    assert "  没能读出的：自评表!A40 有一张图片，没有读" in lines


def test_a_document_without_a_form_says_why() -> None:
    assert "没有认出是哪一种表：缺少资金区块" in facts.render(DOCUMENT, [], ("缺少资金区块",))


@pytest.mark.parametrize("width", [60, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_text_is_shown_and_lines_keep_to_the_width(width: int, lang: str) -> None:
    hostile = Pointer("p", "自评表!A1", samples.HOSTILE, samples.HOSTILE, samples.HOSTILE)
    text = facts.render(
        DOCUMENT, [form((Reading(State.TEXT, samples.HOSTILE), hostile))], (samples.HOSTILE,), width=width, lang=lang
    )

    assert all(c.isprintable() or c == "\n" or unicodedata.category(c) == "Zs" for c in text)
    assert all(cell_len(line) <= width for line in text.splitlines()[5:])


def test_json_gives_figures_as_text_on_one_line() -> None:
    text = facts.render_json(DOCUMENT, [SAMPLE], ())
    fact = json.loads(text)["forms"][0]["sections"][0]["facts"][0]

    assert len(text.splitlines()) == 1
    assert fact["address"] == "自评表!F8"
    assert (fact["value"]["number"], fact["value"]["step"], fact["value"]["unit"]) == ("1281.30", "0.01", "万元")


def test_json_is_valid_utf8_whatever_the_document_says() -> None:
    hostile = Pointer("p", "自评表!A1", samples.HOSTILE)
    text = facts.render_json(DOCUMENT, [form((Reading(State.TEXT, samples.HOSTILE), hostile))], ())

    assert json.loads(text.encode("utf-8"))["forms"][0]["sections"][0]["facts"][0]["text"] == samples.HOSTILE
    assert len(text.splitlines()) == 1
