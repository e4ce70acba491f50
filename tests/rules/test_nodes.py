"""The text of one YAML file: a tree with places, and plain data."""

from __future__ import annotations

import pytest
import yaml

from validator.rules.nodes import compose, find, tree
from validator.rules.problems import Problems

TEXT = "a-b:\n  - x: 1\n  - [true, null, '2']\nc: 文\n"


def test_data_are_texts_truth_values_nothing_lists_and_mappings() -> None:
    problems = Problems()
    found = compose(TEXT, "a.yaml", problems)

    assert problems == []
    assert found is not None
    assert found[1] == {"a-b": [{"x": "1"}, [True, None, "2"]], "c": "文"}


@pytest.mark.parametrize(
    ("loc", "line", "column", "key"),
    [
        ((), 1, 1, None),
        (("a_b",), 2, 3, 1),
        (("a-b", 0, "x"), 2, 8, 2),
        (("a-b", "Section", 1, 2), 3, 18, None),
        (("c",), 4, 4, 4),
        (("c", "nothing", 7), 4, 4, 4),
    ],
)
def test_a_value_is_found_by_keys_and_indices(loc: tuple[str | int, ...], line: int, column: int, key: int | None) -> None:
    node, found = find(tree(TEXT), loc)

    assert (node.start_mark.line + 1, node.start_mark.column + 1) == (line, column)
    assert (found.start_mark.line + 1 if found is not None else None) == key


def test_the_tree_of_a_text_is_that_which_its_data_come_from() -> None:
    found = compose(TEXT, "a.yaml", Problems())

    assert found is not None
    assert yaml.serialize(found[0]) == yaml.serialize(tree(TEXT))


def test_a_text_with_nothing_in_it_has_no_tree() -> None:
    problems = Problems()

    assert compose("# nothing\n", "a.yaml", problems) is None
    assert problems == ["a.yaml:1:1: 文件是空的（写入内容，或删除文件）"]
    with pytest.raises(LookupError):
        tree("# nothing\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1: 2", "a.yaml:1:5: 不是合法的 YAML：这里不该有冒号"),
        ("a:\n  b: 1\n c: 2", "a.yaml:3:2: 不是合法的 YAML：这里该是一个键"),
        ("a: @x", "a.yaml:1:4: 不是合法的 YAML：一项不能以这个字符开头"),
        ("a: [1", "a.yaml:2:1: 不是合法的 YAML：方括号没有配对，或少了逗号"),
        ("a: {b", "a.yaml:2:1: 不是合法的 YAML：花括号没有配对，或少了逗号"),
        ("a: 'x", "a.yaml:1:6: 不是合法的 YAML：引号没有配对"),
        ("- a\nb: 1", "a.yaml:2:1: 不是合法的 YAML：这里该是以 - 开头的一项"),
        ("a: *b", "a.yaml:1:4: 不是合法的 YAML：found undefined alias"),
    ],
)
def test_what_is_wrong_with_a_text_is_said_in_chinese_where_it_is_known(text: str, said: str) -> None:
    problems = Problems()

    assert compose(text, "a.yaml", problems) is None
    assert [problem.partition("（")[0] for problem in problems] == [said]
