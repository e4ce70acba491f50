"""One rule on its way from a file to closures: names, places, examples and messages are checked against the forms."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.rules.judging import _TEXTS
from validator.errors import RulesetError
from validator.forms.spec import Parameter
from validator.model.quantity import Quantity
from validator.rules.arithmetic import Dimension
from validator.rules.compiling import CompiledRule, Vocabulary, compile_rule, parameter_value
from validator.rules.load import load_ruleset
from validator.rules.problems import Problems
from validator.rules.source import parse
from validator.rules.spec import Rule

SHIPPED = load_ruleset()
WORDS = Vocabulary(SHIPPED.forms, SHIPPED.parameters)
GOOD: dict[str, Any] = {
    "for-each": "funds.row",
    "check": "执行率 == 全年执行数 / 全年预算数",
    "message": {"zh": "{row}填 {执行率}，应为 {expected}", "en": "{row} says {rate}, should be {expected}"},
    "examples": {
        "pass": [{"全年预算数": "320", "全年执行数": "160", "执行率": "50%"}],
        "fail": [{"全年预算数": "320", "全年执行数": "160", "执行率": "60%"}],
    },
}


def compiled(own: frozenset[str] = frozenset(), **changes: Any) -> tuple[CompiledRule | None, list[str]]:
    """Compile a rule as if it stood in a file; return it and the mistakes in it."""
    data = _TEXTS | GOOD | {key.replace("_", "-"): value for key, value in changes.items()}
    problems = Problems()
    source = parse(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000), "a.yaml", problems)
    assert source is not None
    return compile_rule(Rule.model_validate(source.data), source, own, WORDS, problems), list(problems)


def rule(own: frozenset[str] = frozenset(), **changes: Any) -> CompiledRule:
    found, problems = compiled(own, **changes)
    assert problems == []
    assert found is not None
    return found


class TestCompiled:
    def test_a_rule_knows_what_it_needs_and_where_it_holds(self) -> None:
        found = rule(frozenset({"project"}))

        assert (found.id, found.kind, found.place, found.places) == ("TEST-001", "ratio", "funds.row", ("funds.row",))
        assert found.needs == {"rate", "executed", "budget"}
        assert found.applies_to("project")
        assert not found.applies_to("department")
        assert rule().applies_to("anything")

    def test_names_are_chinese_or_english(self) -> None:
        assert rule(check="rate == executed / budget").needs == rule().needs

    def test_a_condition_needs_its_columns_too(self) -> None:
        found = rule(when="分值 > 0")

        assert found.when is not None
        assert found.needs == {"rate", "executed", "budget", "weight"}

    def test_of_several_readings_only_what_all_need_is_needed(self) -> None:
        found = rule(check={"甲": "执行率 == 全年执行数 / 全年预算数", "乙": "执行率 == 全年执行数 / 年初预算数"})

        assert [method for method, _ in found.checks] == ["甲", "乙"]
        assert found.needs == {"rate", "executed"}

    def test_a_rule_may_hold_in_more_places(self) -> None:
        found = rule(
            for_each="funds.row", also=["funds"], check="count(执行率) > 0", message="{执行率}", examples=GOOD["examples"]
        )

        assert found.places == ("funds.row", "funds")

    def test_the_parameters_that_it_names_are_known(self) -> None:
        name, parameter = next((name, one) for name, one in SHIPPED.parameters.items() if isinstance(one.value, str))

        assert name in rule(check=f"执行率 >= {name}").parameters
        assert parameter.en in rule(check=f"执行率 >= {parameter.en}").parameters
        assert rule().parameters == frozenset()


class TestMistakes:
    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"for_each": "funds.rows"}, "没有“funds.rows”这个位置（是否想写“funds.row”？）"),
            ({"for_each": "nothing.row"}, "没有“nothing.row”这个位置"),
            ({"also": ["fund.row"]}, "没有“fund.row”这个位置"),
            ({"check": "执行率 == 全年执行 / 全年预算数"}, "全年执行数"),
            ({"check": "执行率 = 全年执行数"}, "相等写成 =="),
            ({"check": "执行率 == 全年执行数 + 执行率"}, "a.yaml:"),
            ({"when": "全年预算书 > 0"}, "全年预算数"),
            ({"expected": "全年预算书"}, "全年预算数"),
            ({"stated": "执行绿"}, "没有“执行绿”这个名称"),
            ({"related": ["执行绿"]}, "没有“执行绿”这个名称"),
            ({"message": "{执行绿}"}, "执行绿"),
            ({"message": "{row"}, "a.yaml:"),
            ({"message": "｛row｝"}, "a.yaml:"),
            ({"methods": "没有的参数"}, "没有的参数"),
            ({"when": 'role == "totle"'}, "totle"),
            ({"examples": {"pass": [{"执行绿": "1"}], "fail": [{"执行率": "1"}]}}, "执行绿"),
            ({"examples": {"pass": [{"note": "甲"}], "fail": [{"执行率": "1"}]}}, "例子里没有值"),
        ],
    )
    def test_each_is_told_with_its_place(self, changes: dict[str, Any], said: str) -> None:
        _, problems = compiled(**changes)

        assert any(said in problem for problem in problems), problems
        assert all(problem.startswith("a.yaml:") for problem in problems)

    def test_a_form_that_is_not_there_is_told_with_the_nearest(self) -> None:
        _, problems = compiled(frozenset({"projekt"}))

        assert any("没有表“projekt”" in problem and "project" in problem for problem in problems)

    def test_all_mistakes_are_told_at_once(self) -> None:
        found, problems = compiled(when="全年预算书 > 0", stated="执行绿", message="{执行绿}")

        assert found is None
        assert len(problems) >= 3


class TestVocabulary:
    def test_what_a_place_binds_is_what_the_forms_with_it_have(self) -> None:
        names = WORDS.names("funds.row", frozenset())

        assert names["执行率"] == names["rate"] == Dimension("ratio", many=False)
        assert names["全年执行数"].kind == "money"
        assert WORDS.names("nothing.row", frozenset()) == {}
        assert WORDS.names("narrative.rate", frozenset())["分子"].many
        assert WORDS.names("table.total", frozenset())["各项"].many

    def test_every_place_of_a_section_can_be_named(self) -> None:
        places = WORDS.places(frozenset())

        assert {"form", "funds", "funds.row", "funds.column", "table.total", "narrative.rate"} <= places
        assert all(WORDS.names(place, frozenset()) for place in places)

    def test_columns_of_the_whole_form_are_told_with_their_section(self) -> None:
        columns = WORDS.columns("form", frozenset({"project"}))

        assert columns["funds.executed"] == "funds.executed"
        assert WORDS.columns("funds.row", frozenset())["全年执行数"] == "executed"
        assert WORDS.columns("funds.pair", frozenset()) == {}


@pytest.mark.parametrize("written", ["90%", "10分", "100万元", "30"])
def test_a_threshold_is_a_figure(written: str) -> None:
    found = parameter_value(written)

    assert isinstance(found, Quantity)
    assert found.text == written


def test_a_list_is_kept_and_other_words_are_refused() -> None:
    assert parameter_value(("甲", "乙")) == ("甲", "乙")
    with pytest.raises(RulesetError, match="九成"):
        parameter_value("九成")


def test_a_parameter_measures_what_its_value_measures() -> None:
    values: tuple[str | tuple[str, ...], ...] = ("90%", "10分", "100万元", "30", ("甲",))
    parameters = {f"p{n}": Parameter(en=f"e{n}", value=value, basis="甲") for n, value in enumerate(values)}
    found = Vocabulary({}, parameters)

    assert [found.parameters[f"p{n}"].kind for n in range(5)] == ["ratio", "points", "money", "number", "text"]
    assert found.parameters["e0"] == found.parameters["p0"]
    assert found.lists == {"p4": frozenset({"甲"}), "e4": frozenset({"甲"})}
