"""From the text of an expression to its tree."""

from __future__ import annotations

import ast
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.rules.syntax import (
    LITERAL_UNITS,
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_NODES,
    ExpressionError,
    Parsed,
    dotted,
    literal,
    normal_name,
    operator_name,
    syntax_name,
)


def mistakes(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(ExpressionError) as caught:
        Parsed(text)
    return list(caught.value.mistakes)


class TestParsing:
    @pytest.mark.parametrize(
        ("text", "same"),
        [
            ("a＋b＝＝c", "a+b==c"),
            ("（a）×2", "(a)*2"),
            ("a÷b", "a/b"),
            ("  a \n + b", "a + b"),
            ('x == "甲"', "x == '甲'"),
        ],
    )
    def test_full_width_signs_and_line_breaks_are_those_of_the_grammar(self, text: str, same: str) -> None:
        assert ast.dump(Parsed(text).tree) == ast.dump(Parsed(same).tree)

    @pytest.mark.parametrize("unit", LITERAL_UNITS)
    def test_a_figure_keeps_its_unit(self, unit: str) -> None:
        parsed = Parsed(f"甲 >= 90{unit}")
        assert isinstance(parsed.tree, ast.Compare)
        (right,) = parsed.tree.comparators

        assert parsed.unit(right) == LITERAL_UNITS[unit]
        assert isinstance(right, ast.Constant)
        assert right.value == 90j
        assert parsed.offset(right) == 5

    def test_a_unit_within_a_text_is_text(self) -> None:
        parsed = Parsed('a == "90%"')
        assert isinstance(parsed.tree, ast.Compare)
        (right,) = parsed.tree.comparators

        assert isinstance(right, ast.Constant)
        assert right.value == "90%"

    def test_a_node_leads_back_to_the_text(self) -> None:
        text = "  执行率 == 执行数 / 预算数"
        parsed = Parsed(text)
        assert isinstance(parsed.tree, ast.Compare)
        (right,) = parsed.tree.comparators

        assert parsed.offset(parsed.tree.left) == 2
        assert parsed.offset(right) == text.index("执行数")
        assert parsed.written(right) == "执行数 / 预算数"


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "offset", "what", "remedy"),
        [
            ("a + 5个", 5, "“个”不是单位", "可用"),
            ("a = b", 2, "写法有误", "相等写成 =="),
            ("a ≥ b", 2, "写法有误", ">="),
            ("a && b", 3, "写法有误", "and"),
            ("a 且 b", 2, "写法有误", "and"),
            ("a == “b”", 5, "写法有误", "引号"),
            ("a +", 3, "写法有误", "检查括号"),
            ("a.2023年.b", 1, "写法有误", "“2023年”以数字开头"),
            ("if(a, b, c)", 0, "写法有误", "没有 if"),
            ("a \\ b", 2, "反斜线", "删去"),
            ("a # b", 2, "注释", "删去"),
            ("a\0b", 1, "空字符", "删去"),
            ("a + 1" + "0" * 16, 4, "数太大", "1000 万亿"),
            ("a" * (MAX_LENGTH + 1), 0, "过长", str(MAX_LENGTH)),
            ("(" * (MAX_DEPTH + 1), 0, "嵌套过深", str(MAX_DEPTH)),
        ],
    )
    def test_a_mistake_is_told_with_its_place_and_a_remedy(self, text: str, offset: int, what: str, remedy: str) -> None:
        found = mistakes(text)[0]

        assert found[0] == offset
        assert what in found[1]
        assert remedy in found[2]

    def test_every_mistake_is_told(self) -> None:
        assert [offset for offset, _, _ in mistakes("5个 + 6户")] == [1, 6]

    def test_more_nodes_or_deeper_ones_than_allowed_are_refused(self) -> None:
        Parsed(" and ".join(["a"] * (MAX_NODES - 1)))
        assert "太复杂" in mistakes(" and ".join(["a"] * MAX_NODES))[0][1]
        assert "太复杂" in mistakes("not " * MAX_DEPTH + "a")[0][1]

    @given(st.text(alphabet="ab1(.)+-*/=<>!\"'%元 ，（）not and", max_size=40))
    def test_any_text_is_a_tree_or_a_mistake_within_it(self, text: str) -> None:
        try:
            parsed = Parsed(text)
        except ExpressionError as error:
            places = [offset for offset, _, _ in error.mistakes]
        else:
            places = [parsed.offset(parsed.tree)]
        assert places
        assert all(0 <= place <= len(text) for place in places)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("90%", "90", "%"), ("0.5分", "0.5", "分"), (" 100 万元 ", "100", "万元"), ("-3", "-3", ""), ("30", "30", "")],
)
def test_a_parameter_is_a_figure_with_its_unit(text: str, value: str, unit: str) -> None:
    found = literal(text)

    assert found is not None
    assert (found.value, found.step, found.unit.name) == (Decimal(value), Decimal(0), unit)


@pytest.mark.parametrize("text", ["", "90个", "约90%", "1e5", "1" * 17, "90%以上"])
def test_what_is_no_figure_is_none(text: str) -> None:
    assert literal(text) is None


def test_names_are_as_the_parser_has_them() -> None:
    tree = ast.parse("Ａ１", mode="eval").body

    assert isinstance(tree, ast.Name)
    assert normal_name("Ａ１") == tree.id


@pytest.mark.parametrize(("text", "expected"), [("a.b.c", "a.b.c"), ("a", "a"), ("a().b", None), ("(a + b).c", None)])
def test_a_name_may_have_dots(text: str, expected: str | None) -> None:
    assert dotted(ast.parse(text, mode="eval").body) == expected


def test_syntax_that_is_refused_has_a_name() -> None:
    assert syntax_name(ast.parse("[1]", mode="eval").body) == "列表"
    assert syntax_name(ast.parse("(yield)", mode="eval").body) == "这种写法"
    assert operator_name(ast.Pow()) == "乘方 **"
    assert operator_name(ast.Add()) == "这个运算符"
