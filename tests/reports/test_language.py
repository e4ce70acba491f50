"""The generated tables of the guides."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.reports import language
from validator.rules.functions import FUNCTIONS
from validator.rules.load import load_ruleset

PAGE = "前\n<!-- words -->\n旧\n<!-- /words -->\n后\n<!-- other -->\n留\n<!-- /other -->\n"


def test_only_marked_parts_that_are_made_are_written_again() -> None:
    filled = language.fill(PAGE, {"words": "新"})

    assert filled == PAGE.replace("旧\n", "\n新\n")
    assert language.fill(filled, {"words": "新"}) == filled


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_table_has_a_head_and_rows_of_its_width(lang: str) -> None:
    made = language.tables(load_ruleset(), lang)

    assert set(made) == {"functions", "places", "relations", "words", "parameters"}
    for table in made.values():
        head, line, *rows = table.splitlines()
        assert set(line) == {"|", "-"}
        assert rows
        assert {row.replace("\\|", "").count("|") for row in (head, line, *rows)} == {head.count("|")}


def test_every_function_is_told_with_what_it_takes_and_an_example() -> None:
    zh, en = (language.tables(load_ruleset(), lang)["functions"] for lang in ("zh", "en"))

    for function in FUNCTIONS.values():
        assert f"| `{function.name}(" in zh
        assert function.zh.replace("|", "\\|") in zh
        assert function.en.replace("|", "\\|") in en
        assert f"`{function.example}`".replace("|", "\\|") in en


def test_a_bar_in_a_cell_is_no_end_of_it() -> None:
    assert language._table(("甲",), [("a|b",)]) == "| 甲 |\n|---|\n| a\\|b |\n"


def test_the_page_of_forms_names_every_section_and_column() -> None:
    ruleset = load_ruleset()
    page = language.forms_page(ruleset)

    for form in ruleset.forms.values():
        assert f"| `{form.id}` |" in page
        for section in form.sections:
            assert page.count(f"## `{section.id}` ") == 1
            assert all(f"| `{id}` | `{column.name}` |" in page for id, column in section.columns.items())


def test_the_pages_of_a_folder_are_written_and_a_wrong_use_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in language.LANGUAGES:
        (tmp_path / name).write_text(PAGE, encoding="utf-8")

    assert language.main([str(tmp_path)]) == 0
    assert (tmp_path / language.FORMS_PAGE).read_text(encoding="utf-8") == language.forms_page(load_ruleset())
    for name, lang in language.LANGUAGES.items():
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert language.tables(load_ruleset(), lang)["words"] in text
        assert "留" in text
    assert language.main([]) == 2
    assert "usage" in capsys.readouterr().err
