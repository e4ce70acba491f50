from __future__ import annotations

from tests.forms.recognising import FUNDS, HEAD, INDICATORS, extract, ruleset, stacked
from validator.forms.absent import absent

TITLE = "项目支出绩效自评表"
SECTIONS = {section.id: section for section in ruleset().forms["project"].sections}


def lacking(*sections: str) -> list[str]:
    (form,) = extract(TITLE, stacked(HEAD, FUNDS, INDICATORS))
    return list(absent(form, [SECTIONS[id] for id in sections]))


def test_columns_and_rows_that_are_not_there_are_named_as_rules_call_them() -> None:
    names = lacking("funds")
    assert {"项目资金.到位数", "项目资金.上年结转资金"} <= set(names)
    assert not {"项目资金", "项目资金.全年预算数", "项目资金.年度资金总额", "项目资金.当年财政拨款"} & set(names)


def test_a_block_that_is_not_there_is_named_alone() -> None:
    (block,) = [id for id in SECTIONS if id not in ("header", "funds", "indicators", "goals")][:1]
    assert lacking(block) == [SECTIONS[block].title.zh]


def test_fields_that_are_not_there_are_named() -> None:
    names = lacking("header")
    assert "表头.评价等级" in names
    assert "表头.项目名称" not in names
