"""What may stand on the command line, and what is said when it makes no sense."""

from __future__ import annotations

import pytest

from validator.arguments import FAIL_ON, FORMATS, LANGUAGES, parser
from validator.errors import UsageError

COMMANDS = ("check", "facts", "show", "rules", "explain", "forms", "test", "annotate", "letter", "serve")


def parsed(line: str) -> dict[str, object]:
    return vars(parser().parse_args(line.split()))


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_a_language_and_says_what_it_does(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parser().parse_args([command, "--help"])

    assert caught.value.code == 0
    said = capsys.readouterr().out
    assert "--lang" in said
    assert f"gouji {command}" in said


@pytest.mark.parametrize(("option", "values"), [("--format", FORMATS), ("--fail-on", FAIL_ON), ("--lang", LANGUAGES)])
def test_a_choice_takes_its_words_and_names_the_nearest_for_others(option: str, values: tuple[str, ...]) -> None:
    for value in values:
        assert value in parsed(f"check a.xlsx {option} {value}").values()
    with pytest.raises(UsageError, match=f"没有“{values[0]}x”") as caught:
        parsed(f"check a.xlsx {option} {values[0]}x")
    assert values[0] in str(caught.value)


@pytest.mark.parametrize(
    ("line", "said", "remedy"),
    [
        ("", "缺少", "--help"),
        ("check", "缺少 PATH", "--help"),
        ("check a.xlsx --formt json", "不认识 --formt", "--format"),
        ("check a.xlsx --nothing-like-it", "不认识 --nothing-like-it", "--help"),
        ("check a.xlsx --format", "--format 后面缺少值", "--help"),
        ("check a.xlsx --form", "--form 后面缺少值", "--help"),
        ("chek a.xlsx", "", ""),
        ("check a.xlsx --fail", "不认识 --fail", ""),
    ],
)
def test_a_line_that_makes_no_sense_is_told_in_one_sentence(line: str, said: str, remedy: str) -> None:
    with pytest.raises(UsageError) as caught:
        parsed(line)

    assert said in caught.value.message
    assert remedy in caught.value.remedy
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(("value", "lang"), [("en", "en"), ("zh", "zh"), ("fr", "zh"), ("", "zh")])
def test_the_environment_may_choose_the_language(monkeypatch: pytest.MonkeyPatch, value: str, lang: str) -> None:
    monkeypatch.setenv("GOUJI_LANG", value)

    assert parsed("check a.xlsx")["lang"] == lang
    assert parsed("check a.xlsx --lang en")["lang"] == "en"


def test_several_documents_and_standard_input_may_be_given() -> None:
    assert parsed("check a.xlsx folder -")["paths"] == ["a.xlsx", "folder", "-"]


@pytest.mark.parametrize(
    "arguments", [["check", ""], ["facts", ""], ["show", "", "A1"], ["check", "a.xlsx", "--ruleset", ""], ["test", ""]]
)
def test_no_name_at_all_is_not_the_present_folder(arguments: list[str]) -> None:
    with pytest.raises(UsageError, match="没有写名字"):
        parser().parse_args(arguments)
