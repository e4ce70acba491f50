"""One YAML file, read so that every mistake in it can be pointed at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from validator.keeping import shipped_directory
from validator.rules.problems import Problems
from validator.rules.source import MAX_BYTES, Source, nearest, note_invalid, parse, read


def parsed(text: str) -> Source:
    problems = Problems()
    source = parse(text, "a.yaml", problems)
    assert problems == []
    assert source is not None
    return source


def problem(text: str) -> str:
    problems = Problems()
    assert parse(text, "a.yaml", problems) is None
    return problems[0]


class TestData:
    def test_figures_and_dates_stay_texts(self) -> None:
        assert parsed("a: 320.00\nb: 2023-01-01\nc: 0x10\nd: yes\ne: [1, 1e3]").data == {
            "a": "320.00", "b": "2023-01-01", "c": "0x10", "d": "yes", "e": ["1", "1e3"],
        }  # fmt: skip

    def test_only_truth_values_and_nothing_are_no_texts(self) -> None:
        assert parsed("a: true\nb: false\nc:\nd: ~\ne: null\nf: 'true'\ng: ''").data == {
            "a": True, "b": False, "c": None, "d": None, "e": None, "f": "true", "g": "",
        }  # fmt: skip

    @given(st.dictionaries(st.text("ab甲", min_size=1, max_size=4), st.text("1:#-{}[] 甲'\"", max_size=9), max_size=4))
    def test_quoted_texts_come_back_as_they_are(self, data: dict[str, str]) -> None:
        text = "\n".join('{}: "{}"'.format(key, value.replace('"', '\\"')) for key, value in data.items()) or "{}"

        assert parsed(text).data == data


class TestPlaces:
    TEXT = "id: A-001\ncheck:\n  甲: a == b\nlist:\n  - one\n  - 'two'\nlong: |\n  first\n  second\n"

    @pytest.mark.parametrize(
        ("loc", "key", "expected"),
        [
            (("id",), False, (1, 5)),
            (("id",), True, (1, 1)),
            (("check", "甲"), False, (3, 6)),
            (("check", "甲"), True, (3, 3)),
            (("list", 1), False, (6, 5)),
            (("list", 9), False, (5, 3)),
            (("nothing",), False, (1, 1)),
            (("Section", "check", "甲"), False, (3, 6)),
        ],
    )
    def test_a_value_and_its_key_have_a_line_and_a_column(
        self,
        loc: tuple[str | int, ...],
        key: bool,
        expected: tuple[int, int],
    ) -> None:
        assert parsed(self.TEXT).place(loc, key=key) == expected

    def test_a_character_within_a_text_has_a_place_too(self) -> None:
        source = parsed(self.TEXT)

        assert source.inside(("check", "甲"), 5) == (3, 11)
        assert source.inside(("list", 1), 0) == (6, 6)
        assert source.inside(("long",), 3) == (8, 1)

    def test_keys_with_dashes_are_those_with_underscores(self) -> None:
        assert parsed("for-each: x").place(("for_each",)) == (1, 11)


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "文件是空的"),
            ("a: 1\na: 2", "a.yaml:2:1: 键“a”重复"),
            ("a: &x 1\nb: *x", "YAML"),
            ("a: &x [1]\nb: *x", "不能用别名"),
            ("[1]: 2", "键必须是文字"),
            ("a: 1\n---\nb: 2", "一个文件里有几段"),
            ("message: {row}填", "整句放进英文双引号"),
            ("a: 1\nb：2\nc: 3", "半角"),
            ("a:\n\tb: 1", "制表键"),
            ("a: [1", "检查缩进"),
            ("[" * 1001, "括号太多"),
            (" " * 81 + "a: 1", "缩进太深"),
            ("{a: " * 30 + "1" + "}" * 30, "嵌套过深"),
        ],
    )
    def test_a_text_that_cannot_be_used_says_where_and_why(self, text: str, said: str) -> None:
        if text == "a: &x 1\nb: *x":
            assert parsed(text).data == {"a": "1", "b": "1"}
        else:
            found = problem(text)
            assert said in found
            assert found.startswith("a.yaml:")

    @given(st.text("a:[]{}-&*!|>'\"# \n\t1", max_size=60))
    def test_any_text_gives_data_or_a_problem(self, text: str) -> None:
        problems = Problems()

        assert (parse(text, "a.yaml", problems) is None) is bool(problems)


class TestFiles:
    def test_a_file_may_begin_with_a_mark(self, tmp_path: Path) -> None:
        path = tmp_path / "a.yaml"
        path.write_bytes("\ufeffa: 甲".encode())
        source = read(path, "a.yaml", Problems())

        assert source is not None
        assert source.data == {"a": "甲"}

    @pytest.mark.parametrize(
        ("data", "said"), [("a: 甲".encode("gbk"), "不是 UTF-8"), (b"a" * (MAX_BYTES + 1), "文件过大"), (None, "打不开")]
    )
    def test_what_cannot_be_read_is_told(self, tmp_path: Path, data: bytes | None, said: str) -> None:
        path, problems = tmp_path / "a.yaml", Problems()
        if data is not None:
            path.write_bytes(data)

        assert read(path, "a.yaml", problems) is None
        assert said in problems[0]

    def test_the_shipped_rulesets_are_there(self) -> None:
        assert (shipped_directory() / "common" / "lexicon.yaml").is_file()


@pytest.mark.parametrize(("name", "expected"), [("全年预算书", "是否想写“全年预算数”？"), ("甲", "")])
def test_the_nearest_name_is_asked_for(name: str, expected: str) -> None:
    assert nearest(name, ["全年预算数", "全年执行数"]) == expected


def test_warnings_are_no_mistakes() -> None:
    problems = Problems()
    problems.warn("a.yaml", (2, 3), "什么", "怎么办")

    assert problems == []
    assert problems.warnings == ["a.yaml:2:3: 什么（怎么办）"]


class Model(BaseModel):
    """What the files below may say."""

    model_config = ConfigDict(extra="forbid")
    name: str
    items: tuple[str, ...] = ()
    flag: bool = False


class TestInvalid:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("nam: a\nname: b", "a.yaml:1:1: 没有“nam”这个键（是否想写“name”？）"),
            ("flag: true", "a.yaml:1:1: 缺少“name”（请补上）"),
            ("name: a\nflag: maybe", "a.yaml:2:7: “flag”应为 true 或 false（写 true 或 false）"),
            ("name: a\nitems: b", "a.yaml:2:8: “items”应为列表"),
            ("name:\nflag: true", "a.yaml:1:6: “name”没有写内容"),
            ("name: a\nflag：x: 1", "半角"),
        ],
    )
    def test_a_complaint_is_told_at_its_place_in_words(self, text: str, said: str) -> None:
        source, problems = parsed(text), Problems()
        with pytest.raises(ValidationError) as caught:
            Model.model_validate(source.data)
        note_invalid(caught.value, source, Model.model_fields, problems)

        assert len(problems) == 1
        assert said in problems[0]

    def test_data_that_was_joined_is_told_where_it_was_written(self) -> None:
        source, problems = parsed("own:\n  flag: maybe"), Problems()
        data: dict[str, Any] = {"name": "a", "flag": "maybe"}
        with pytest.raises(ValidationError) as caught:
            Model.model_validate(data)
        note_invalid(caught.value, source, Model.model_fields, problems, written={("flag",): ("own", "flag")})

        assert problems[0].startswith("a.yaml:2:9:")
