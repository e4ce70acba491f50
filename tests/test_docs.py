"""What the documentation says is true: commands run and print what is shown, links lead somewhere, tables are current."""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
import yaml

from tests.building import examples, pictures
from validator import cli, pipeline
from validator.arguments import parser
from validator.forms.labels import normalise
from validator.reports import language
from validator.rules import relations, scopes
from validator.rules.compiling import MESSAGE_NAMES
from validator.rules.functions import FUNCTIONS
from validator.rules.load import load_ruleset
from validator.rules.narrative.names import NAMES as PROSE

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
BOND = DOCS / "examples" / "special-bond"
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *DOCS.glob("*.md"))
    if path.name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md") or path.parent == DOCS
)
GUIDES = [DOCS / "writing-rules.md", DOCS / "writing-rules.zh-CN.md"]


class Shown(NamedTuple):
    """A command in a `console` block, with the output printed below it."""

    page: str
    line: int
    command: str
    output: str


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def commands() -> Iterator[Shown]:
    for page in PAGES:
        for block in re.finditer(r"^( *)```console\n(.*?)^ *```", text_of(page), re.DOTALL | re.MULTILINE):
            line = text_of(page)[: block.start()].count("\n") + 2
            for part in re.split(r"^\s*\$ ", block[2], flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                command = command.partition("  #")[0].strip()
                if command.startswith("gouji "):
                    yield Shown(page.name, line, command, output.strip())


def run(command: str) -> tuple[int, str]:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        code = cli.main(shlex.split(command)[1:])
    return code, printed.getvalue()


def options(found: argparse.ArgumentParser) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each option with its other spellings, and each command."""
    for action in found._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                yield name, (f"gouji {name}",)
                yield from options(command)
        elif action.option_strings:
            yield action.dest, tuple(action.option_strings)


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Stand in a folder that looks like the root, so that what a command writes goes elsewhere."""
    for name in ("samples", "docs", "rulesets"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOUJI_LANG", raising=False)
    return tmp_path


@pytest.mark.parametrize("shown", list(commands()), ids=lambda shown: f"{shown.page}:{shown.line}:{shown.command[:40]}")
def test_a_command_that_is_shown_runs_and_prints_what_is_shown(shown: Shown, at_root: Path) -> None:
    code, printed = run(shown.command)

    assert code in (0, 1)
    assert not shown.output or shown.output in printed


@pytest.mark.parametrize("page", ["quickstart.md", "quickstart.zh-CN.md"])
def test_every_command_and_option_is_documented(page: str) -> None:
    text = text_of(DOCS / page)

    assert [spelling for _, all_of_it in options(parser()) for spelling in all_of_it if f"`{spelling}" not in text] == []


@pytest.mark.parametrize("page", ["quickstart.md", "quickstart.zh-CN.md"])
def test_the_table_of_options_says_which_commands_take_them(page: str) -> None:
    taken = {name: set(spellings(command)) for name, command in commands_of(parser()).items()}
    taken["gouji"] = set(spellings(parser())) - {"-h", "--help"}
    told: dict[str, set[str]] = {name: set() for name in taken}
    for shown, where in re.findall(r"^\| (`-.*?) \| (.*?) \|", text_of(DOCS / page), re.MULTILINE):
        named = {name for name in taken if re.search(rf"\b{name}\b", where)}
        if where.startswith(("all", "各命令", "除")):
            named = taken.keys() - named - {"gouji"}
        for name in named:
            told[name].update(re.findall(r"`(-[-a-z]*)", shown, re.IGNORECASE))

    assert {name: taken[name] - told[name] for name in taken if taken[name] - told[name]} == {}
    assert {name: told[name] - taken[name] for name in taken if told[name] - taken[name]} == {}


def commands_of(found: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the commands of a parser by name."""
    return next(dict(action.choices) for action in found._actions if isinstance(action, argparse._SubParsersAction))


def spellings(found: argparse.ArgumentParser) -> Iterator[str]:
    """Yield every spelling of every option of one command."""
    for action in found._actions:
        yield from action.option_strings


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_and_headings(page: Path) -> None:
    missing = []
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```|`[^`\n]*`", "", text_of(page), flags=re.DOTALL)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = unquote(target).partition("#")
        path = page.parent / name if name else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            missing.append(target)

    assert missing == []


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page as GitHub makes them."""
    titles = re.findall(r"^#+ (.*)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


class TestGenerated:
    @pytest.mark.parametrize("name", [language.FORMS_PAGE, *language.LANGUAGES])
    def test_tables_are_those_of_the_code_and_the_rulesets(self, name: str) -> None:
        assert text_of(DOCS / name) == language.pages(DOCS)[name], "make docs"

    @pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
    def test_every_function_place_and_placeholder_is_listed(self, page: Path) -> None:
        text = text_of(page)
        places = {f"S.{kind}" for kind in scopes.PLACES} | {"S", "form", *relations.NAMES, *PROSE}

        assert [name for name in FUNCTIONS if f"| `{name}(" not in text] == []
        assert [name for name in places if f"| `{name}` |" not in text] == []
        assert [name for name in scopes.DOCUMENT_PLACES if name not in text] == []
        assert set(language._MESSAGE_WORDS) <= MESSAGE_NAMES

    def test_filling_a_page_twice_changes_nothing(self) -> None:
        made = language.tables(load_ruleset(), "en")
        once = language.fill("a\n<!-- words -->\nold\n<!-- /words -->\nb", made)

        assert language.fill(once, made) == once
        assert "\nold\n" not in once
        assert once.startswith("a\n")
        assert once.endswith("\nb")

    @pytest.mark.parametrize("name", ["report.zh.svg", "report.en.svg"])
    def test_the_picture_in_the_readme_shows_the_present_report(self, name: str) -> None:
        assert text_of(DOCS / "images" / name) == pictures.pictures()[name], "make docs"


class TestGuide:
    @pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
    def test_files_that_are_quoted_are_the_files(self, page: Path) -> None:
        quoted = re.findall(r"<!-- file: (\S+)(?: .*?)? -->\n```yaml\n(.*?)```", text_of(page), re.DOTALL)

        assert quoted
        assert [name for name, part in quoted if part not in text_of(DOCS / name)] == []

    def test_every_key_of_forms_sections_and_rules_is_explained(self) -> None:
        from validator.forms.spec import Column, Form, Recognition, Row, Section
        from validator.rules.spec import Rule

        keys = {
            field.alias or name
            for model in (Column, Form, Recognition, Row, Section, Rule)
            for name, field in model.model_fields.items()
        }

        for page in GUIDES:
            assert [key for key in sorted(keys) if key not in text_of(page)] == [], page.name

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (("id: BOND-002", "id: BOND-2"), "“BOND-2”这种写法不行"),
            (("severity: error", "severity: fatal"), "“severity”不能写“fatal”（可用：error, warning, info）"),
            (("why: 结余是到位减支出，不是单独填的数。\n", ""), "缺少“why”"),
            (("help:", "hepl:"), "没有“hepl”这个键（是否想写“help”？）"),
            (("资金结余 == 累计到位", "资金结余 = 累计到位"), "表达式写法有误（相等写成 ==）"),
            (("== 累计到位 - 累计支出", "== 累计到位 - 支出进度"), "金额与百分比不能相减"),
            (("== 累计到位 - 累计支出", "== 各行.累计到位"), "“各行.累计到位”是一列数，不能直接比较"),
            (("== 累计到位", "== 累计到账"), "没有“累计到账”这个名称（是否想写“累计到位”？）"),
            (("for-each: bond_funds.row", "for-each: bond_fund.row"), "没有“bond_fund.row”这个位置"),
            (("{累计到位} 减", "{累计到账} 减"), "花括号里的“累计到账”不是已知名称"),
            (('message: "{row}', "message: {row}"), "不是合法的 YAML"),
            (("given(资金结余)", "filled(资金结余)"), "没有函数“filled”"),
            (("help: ", "help："), "冒号、逗号、括号要用半角的"),
        ],
    )
    def test_messages_about_mistakes_are_those_of_the_guide(self, change: tuple[str, str], said: str, tmp_path: Path) -> None:
        rules = tmp_path / "special-bond" / "rules"
        rules.mkdir(parents=True)
        (tmp_path / "special-bond" / "form.yaml").write_text(text_of(BOND / "ruleset" / "special-bond" / "form.yaml"))
        rule = text_of(BOND / "ruleset" / "special-bond" / "rules" / "BOND-002-left-differs.yaml")
        assert change[0] in rule
        (rules / "BOND-002.yaml").write_text(rule.replace(*change))
        errors = io.StringIO()

        with contextlib.redirect_stderr(errors):
            code = cli.main(["test", str(tmp_path)])

        assert code == 2
        assert "BOND-002.yaml:" in errors.getvalue()
        assert said in errors.getvalue()

    def test_a_province_adds_labels_to_a_shared_section(self, tmp_path: Path) -> None:
        block = re.search(
            r"^  ```yaml\n(  sections:.*?)^  ```", text_of(DOCS / "writing-rules.zh-CN.md"), re.DOTALL | re.MULTILINE
        )
        assert block is not None
        shipped = yaml.safe_load(text_of(ROOT / "rulesets" / "project" / "form.yaml"))
        own = {**shipped, "sections": yaml.safe_load(block[1])["sections"]}
        (tmp_path / "project").mkdir()
        (tmp_path / "project" / "form.yaml").write_text(yaml.safe_dump(own, allow_unicode=True))
        form = (
            "项目支出绩效自评表（2024年度）,,,\n项目名称,甲项目,,\n"
            "项目资金（万元）,全年预算数,本年度列支数,执行率\n年度资金总额,100.00,81.00,85.00%\n"
            "当年财政拨款,60.00,51.00,85.00%\n市本级配套,40.00,30.00,75.00%\n"
        ).encode()

        with_labels = pipeline.check(form, name="a.csv", ruleset=load_ruleset(tmp_path, extends=True))
        without = pipeline.check(form, name="a.csv")

        assert [(f.rule, f.primary.address) for f in with_labels.findings if f.severity == "error"] == [("FUND-003", "表1!D4")]
        assert not [f for f in without.findings if f.rule == "FUND-003"]


class TestExample:
    def test_the_workbooks_are_those_that_the_script_writes(self, tmp_path: Path) -> None:
        examples.write(tmp_path)

        for name in ("filled.xlsx", "corrected.xlsx"):
            assert (tmp_path / "special-bond" / name).read_bytes() == (BOND / name).read_bytes(), "make docs"

    def test_every_rule_of_the_example_comes_to_a_verdict(self) -> None:
        ruleset = load_ruleset(BOND / "ruleset", extends=True)
        report = pipeline.check(BOND / "corrected.xlsx", ruleset=ruleset)
        own = {rule.id for rule in ruleset.rules if rule.id.startswith("BOND")}

        assert report.findings == ()
        assert own == {check.rule for check in report.checks if check.outcome == "pass" and check.rule.startswith("BOND")}

    def test_what_the_clerk_got_wrong_is_found_where_it_stands(self) -> None:
        report = pipeline.check(BOND / "filled.xlsx", ruleset=load_ruleset(BOND / "ruleset", extends=True))

        assert {f.primary.text for f in report.findings} >= {"10,732.45", "867.55", "92.06%", "32"}
        assert len(report.findings) == 5

    def test_one_row_is_named_by_its_label_or_its_id(self) -> None:
        ruleset = load_ruleset(BOND / "ruleset", extends=True)
        form = pipeline.understand(BOND / "filled.xlsx", ruleset=ruleset).forms[0]
        names = scopes.FormNames(form, {s.id: s for s in ruleset.forms["special-bond"].sections}, {})

        by_label, by_id = names["债券资金使用.专项债券资金.计划总额"], names["bond_funds.bond.planned"]

        assert by_label is by_id
        assert [fact.text for fact in scopes.facts_in(by_label)] == ["9,000.00"]
        assert names["债券资金使用.没有这行.计划总额"] is None


def test_parameters_and_forms_of_the_glossary_are_spelled_as_in_the_code() -> None:
    text = text_of(DOCS / "glossary.md")

    for outcome in (
        "pass",
        "fail",
        "undetermined",
        "not-applicable",
        "crashed",
        "exact",
        "within-rounding",
        "truncated",
        "off",
    ):
        assert f"| {outcome} |" in text
    assert normalise("全年执行数") in text
