"""The shapes of form files, as data: what may be written, what is filled in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from validator.forms.spec import Column, Data, Form, Id, Parameter, Recognition, Section, Text, Use

SECTION: dict[str, Any] = {"id": "funds", "title": "资金", "columns": {"budget": {"name": "预算数", "type": "amount"}}}


def test_a_plain_text_is_the_chinese_one() -> None:
    assert Text.model_validate("资金") == Text(zh="资金", en="")
    assert Text.model_validate({"zh": "资金", "en": "Funds"}) == Text(zh="资金", en="Funds")
    assert Text.model_json_schema()["anyOf"][0] == {"type": "string"}


@pytest.mark.parametrize("text", [{}, {"en": "Funds"}, 1, None, ["资金"]])
def test_a_text_has_chinese_words(text: object) -> None:
    with pytest.raises(ValidationError):
        Text.model_validate(text)


@pytest.mark.parametrize(
    ("text", "valid"),
    [("budget", True), ("budget_2-b", True), ("Budget", False), ("2nd", False), ("预算", False), ("", False), ("a b", False)],
)
def test_an_id_is_of_small_letters(text: str, *, valid: bool) -> None:
    adapter = TypeAdapter[str](Id)
    if valid:
        assert adapter.validate_python(text) == text
    else:
        with pytest.raises(ValidationError):
            adapter.validate_python(text)


def test_names_are_written_with_hyphens() -> None:
    section = Section.model_validate({**SECTION, "lower-better": ["成本"], "default-role": "part", "complete-at": "100"})

    assert (section.lower_better, section.default_role, section.complete_at) == (("成本",), "part", Decimal(100))


def test_what_is_not_written_is_filled_in() -> None:
    section = Section.model_validate(SECTION)

    assert (section.layout, section.default_role, section.rows, section.generic, section.multiple) == (
        "table",
        "item",
        (),
        False,
        False,
    )
    assert section.columns["budget"] == Column(name="预算数", type="amount")
    assert Recognition.model_validate({}) == Recognition()
    assert Use.model_validate({"use": "funds"}).optional


@pytest.mark.parametrize(
    ("model", "data", "at"),
    [
        (Section, {**SECTION, "colums": {}}, ("colums",)),
        (Section, {**SECTION, "layout": "list"}, ("layout",)),
        (Section, {**SECTION, "columns": {"A": {"name": "甲", "type": "amount"}}}, ("columns", "A", "[key]")),
        (Section, {**SECTION, "columns": {"a": {"name": "甲", "type": "money"}}}, ("columns", "a", "type")),
        (Section, {**SECTION, "columns": {"a": {"type": "amount"}}}, ("columns", "a", "name")),
        (Section, {**SECTION, "rows": [{"id": "甲"}]}, ("rows", 0, "id")),
        (Section, {**SECTION, "quotients": [{"column": "rate", "of": "executed"}]}, ("quotients", 0, "by")),
        (Form, {"id": "x", "title": "表", "recognise": {}, "sections": []}, ("basis",)),
        (Parameter, {"value": "90%", "en": "low", "basis": "文", "by-year": {"去年": "80%"}}, ("by-year", "去年", "[key]")),
    ],
)
def test_a_mistake_is_told_where_it_is(model: type[Data], data: dict[str, Any], at: tuple[str | int, ...]) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    assert [error["loc"] for error in caught.value.errors()] == [at]


def test_the_words_of_groups_are_in_one_spelling() -> None:
    section = Section.model_validate({**SECTION, "groups": {"产出指标": ["产 出", "产出指标"], "效益指标": ["效益"]}})

    assert section.group_words == {"产出", "产出指标", "效益"}


def test_sections_are_written_out_or_used() -> None:
    form = Form.model_validate(
        {"id": "x", "title": "表", "basis": "文", "recognise": {}, "sections": [SECTION, {"use": "header", "optional": False}]}
    )

    assert [type(section) for section in form.sections] == [Section, Use]


def test_nothing_is_changed_afterwards() -> None:
    with pytest.raises(ValidationError):
        Text(zh="资金").zh = "其他"
