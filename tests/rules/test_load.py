"""Rule files and form files: what is loaded, and what is said of every mistake."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.work import calls
from validator.errors import RulesetError
from validator.forms.spec import Section
from validator.keeping import shipped_directory
from validator.rules.load import Ruleset, load_ruleset
from validator.rules.problems import Problems
from validator.rules.source import MAX_BYTES, parse

RULE = """\
id: TEST-001
name: rate-differs
title: 执行率不符
severity: error
kind: ratio
basis: 表头
why: 因为
for-each: funds.row
when: 全年预算数 > 0
check: 执行率 == 全年执行数 / 全年预算数
message: "{row}填 {执行率}，应为 {expected}"
help: 核对。
examples:
  pass: [{全年预算数: 320.00, 全年执行数: 261.75, 执行率: 81.80%}]
  fail: [{全年预算数: 320, 全年执行数: 261.75, 执行率: 81.08%}]
"""


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A small ruleset of its own: the shipped sections and one form."""
    shutil.copytree(shipped_directory() / "common" / "sections", tmp_path / "common" / "sections")
    shutil.copytree(shipped_directory() / "project", tmp_path / "project", ignore=shutil.ignore_patterns("rules"))
    write(tmp_path, "common/rules/TEST-001.yaml", RULE)
    write(tmp_path, "common/parameters.yaml", "低执行率: {value: 90%, en: low, basis: 表, by-year: {2024: 85%}}\n")
    return tmp_path


def write(directory: Path, name: str, text: str) -> None:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def problems(directory: Path) -> list[str]:
    with pytest.raises(RulesetError) as caught:
        load_ruleset(directory)
    return list(caught.value.problems)


class TestShipped:
    def test_loads_and_is_kept(self) -> None:
        ruleset = load_ruleset()
        assert ruleset is load_ruleset()
        assert {"project", "transfer-payment", "department", "insurance-fund", "generic"} <= ruleset.forms.keys()
        assert [rule.id for rule in ruleset.rules] == sorted({rule.id for rule in ruleset.rules})

    def test_forms_have_their_sections_resolved(self) -> None:
        for form in load_ruleset().forms.values():
            assert all(isinstance(section, Section) for section in form.sections)

    def test_every_parameter_has_a_value_in_both_languages(self) -> None:
        ruleset = load_ruleset()
        values = ruleset.values("project", 2024)
        for name, parameter in ruleset.parameters.items():
            assert values[name] == values[parameter.en]

    def test_a_rule_knows_the_columns_it_needs(self) -> None:
        rule = load_ruleset().rule("execution-rate-disagrees")
        assert rule is not None
        assert rule.needs == {"rate", "executed"}


class TestOwn:
    def test_loads(self, directory: Path) -> None:
        ruleset = load_ruleset(directory)
        (rule,) = ruleset.rules
        assert rule.applies_to("project")
        assert rule.checks[0][1].names == {"执行率", "全年执行数", "全年预算数"}
        assert rule.spec.examples.passing[0]["全年预算数"] == "320.00"

    def test_a_rule_in_the_folder_of_a_form_is_for_that_form(self, directory: Path) -> None:
        write(directory, "project/rules/TEST-002.yaml", RULE.replace("TEST-001", "TEST-002").replace("rate-differs", "other"))
        by_id = {rule.id: rule for rule in load_ruleset(directory).rules}
        assert by_id["TEST-002"].forms == {"project"}
        assert by_id["TEST-001"].forms == frozenset()

    def test_what_a_form_changes_in_a_section(self, directory: Path) -> None:
        write(
            directory,
            "project/form.yaml",
            "id: project\ntitle: {zh: 表}\nbasis: 甲\nrecognise: {titles: [表]}\nparameters: {低执行率: 80%}\nsections:\n"
            "  - use: funds\n    columns: {extra: {name: 附加栏, type: amount}}\n"
            "    rows: [{id: total, role: part, labels: [甲]}, {id: more}]\n",
        )
        ruleset = load_ruleset(directory)
        (section,) = ruleset.forms["project"].sections
        assert section.columns["extra"].name == "附加栏"
        assert "executed" in section.columns
        assert [row.role for row in section.rows if row.id == "total"] == ["part"]
        assert section.rows[-1].id == "more"
        assert base(ruleset, "project", 2020) == Decimal("0.8")

    def test_a_parameter_may_change_from_a_year_on(self, directory: Path) -> None:
        ruleset = load_ruleset(directory)
        values = [base(ruleset, "project", year) for year in (None, 2023, 2024, 2030)]
        assert values == [Decimal(n) for n in ("0.9", "0.9", "0.85", "0.85")]

    def test_a_form_has_the_id_of_its_folder(self, directory: Path) -> None:
        text = "id: twin\ntitle: {zh: 表}\nbasis: 甲\nrecognise: {titles: [表]}\nsections: [{use: funds}]\n"
        write(directory, "left/form.yaml", text)
        write(directory, "left/rules/TEST-009.yaml", RULE.replace("TEST-001", "TEST-009").replace("rate-differs", "other"))
        assert problems(directory) == ["left/form.yaml:1:5: 表的 id“twin”与文件夹名“left”不同（写成 id: left，或把文件夹改名）"]

    def test_rules_of_a_folder_without_a_form_are_told_once(self, directory: Path) -> None:
        for number in ("7", "8"):
            text = RULE.replace("TEST-001", f"TEST-00{number}").replace("rate-differs", f"other-{number}")
            write(directory, f"projct/rules/TEST-00{number}.yaml", text)
        assert problems(directory) == [
            "projct/rules:1:1: 没有表“projct”：这里有规则，却没有 projct/form.yaml（是否想写“project”？）"
        ]

    def test_an_id_of_a_shipped_rule_is_not_for_a_rule_of_ones_own(self, tmp_path: Path) -> None:
        write(tmp_path, "project/rules/FUND-003.yaml", RULE.replace("TEST-001", "FUND-003"))
        with pytest.raises(RulesetError) as caught:
            load_ruleset(tmp_path, extends=True)
        (problem,) = caught.value.problems
        assert problem.startswith("project/rules/FUND-003.yaml:1:5: FUND-003 是自带规则“")
        assert problem.endswith("（换一个号；真要替换它，放到 common/rules/ 里）")

    def test_a_name_of_a_shipped_rule_is_not_for_another(self, tmp_path: Path) -> None:
        write(tmp_path, "common/rules/TEST-001.yaml", RULE.replace("rate-differs", "execution-rate-disagrees"))
        with pytest.raises(RulesetError) as caught:
            load_ruleset(tmp_path, extends=True)
        said = "common/rules/TEST-001.yaml:2:7: “execution-rate-disagrees”是自带规则 FUND-003 的名称（换一个）"
        assert caught.value.problems == (said,)

    def test_additions_stand_over_the_shipped_rules(self, tmp_path: Path) -> None:
        write(tmp_path, "common/rules/TEST-001.yaml", RULE)
        write(tmp_path, "common/rules/FUND-003.yaml", RULE.replace("TEST-001", "FUND-003").replace("rate-differs", "replaced"))
        ruleset = load_ruleset(tmp_path, extends=True)
        shipped = load_ruleset()
        assert {rule.id for rule in ruleset.rules} == {*(rule.id for rule in shipped.rules), "TEST-001"}
        replaced = ruleset.rule("FUND-003")
        assert replaced is not None
        assert replaced.spec.name == "replaced"
        (warning,) = ruleset.warnings
        assert warning.startswith("common/rules/FUND-003.yaml:1:5: FUND-003 替换了自带的同号规则（“")
        assert ruleset.forms.keys() == shipped.forms.keys()
        assert ruleset.directory == shipped.directory


def base(ruleset: Ruleset, form: str, year: int | None) -> Decimal:
    found = ruleset.values(form, year)["低执行率"]
    return found.base  # type: ignore[union-attr]


OWN = """\
id: own
title: 表
basis: 甲
recognise: {}
sections:
  - id: ledger
    title: 明细
    columns: {what: {name: 内容, type: label}, paid: {name: 金额, type: amount}}
    rows: [{id: total, role: total, labels: [合计]}]
    requires: [[what], [paid]]
"""


class TestWarnings:
    def test_a_sound_folder_gives_none(self, tmp_path: Path) -> None:
        write(tmp_path, "own/form.yaml", OWN)
        assert load_ruleset(tmp_path, extends=True).warnings == ()
        assert load_ruleset().warnings == ()

    @pytest.mark.parametrize(
        ("file", "text", "said"),
        [
            (
                "own/form.yaml",
                OWN.replace("id: ledger", "id: funds"),
                "own/form.yaml:6:9: 区块 id“funds”是自带区块的：自带的规则（DUP-003、DUP-005、FUND-001 等 ",
            ),
            (
                "own/form.yaml",
                OWN.replace("role: total", "role: 合计"),
                "own/form.yaml:1:1: 区块“ledger”的行类“合计”没有规则用到（合计、小计之类写 total、",
            ),
            (
                "project/form.yaml",
                OWN.replace("id: own", "id: project"),
                "project/form.yaml:1:5: 表 project 替换了自带的同号表样",
            ),
        ],
    )
    def test_what_is_seldom_meant_is_told(self, tmp_path: Path, file: str, text: str, said: str) -> None:
        write(tmp_path, file, text)
        (warning,) = load_ruleset(tmp_path, extends=True).warnings
        assert warning.startswith(said)

    def test_a_role_that_a_rule_asks_for_is_meant(self, tmp_path: Path) -> None:
        write(tmp_path, "own/form.yaml", OWN.replace("role: total", "role: income"))
        rule = RULE.replace("funds.row", "ledger.row").replace("when: 全年预算数 > 0", "when: 行类 == 'income'")
        rule = rule.replace("check: 执行率 == 全年执行数 / 全年预算数", "check: 金额 >= 0").replace("{执行率}", "{金额}")
        examples = "examples:\n  pass: [{行类: income, 金额: 1.00}]\n  fail: [{行类: income, 金额: -1.00}]\n"
        write(tmp_path, "own/rules/TEST-001.yaml", rule[: rule.index("examples:")] + examples)
        assert load_ruleset(tmp_path, extends=True).warnings == ()


class TestMistakes:
    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("全年执行数 / ", "全年执行 / ", "TEST-001.yaml:10:15: 没有“全年执行”这个名称（是否想写“全年执行数”？）"),
            ("check: 执行率", 'check: "执行 率"\nx: y', "TEST-001.yaml:11:1: 没有“x”这个键"),
            ("severity: error", "severity: fatal", "TEST-001.yaml:4:11: “severity”不能写“fatal”"),
            ("help: 核对。\n", "", "TEST-001.yaml:1:1: 缺少“help”（请补上）"),
            ("kind: ratio", "kynd: ratio", "TEST-001.yaml:5:1: 没有“kynd”这个键（是否想写“kind”？）"),
            ("funds.row", "funds.rows", "TEST-001.yaml:8:11: 没有“funds.rows”这个位置（是否想写“funds.row”？）"),
            (
                "help: 核对。",
                "help: 核对。\nalso: [fund.row]",
                "TEST-001.yaml:13:8: 没有“fund.row”这个位置（是否想写“funds.row”？）",
            ),
            ("{expected}", "{expcted}", "TEST-001.yaml:11:27: 花括号里的“expcted”不是已知名称（是否想写“expected”？）"),
            ("{expected}", "{expected", "TEST-001.yaml:11:10: 花括号不配对"),
            ("when: 全年预算数 > 0", "when: 全年预算数 > 50%", "TEST-001.yaml:9:7: 金额与百分比不能比较"),
            ("when: 全年预算数 > 0", 'when: "全年预算数 > "', "TEST-001.yaml:9:15: 表达式写法有误"),
            ("when: 全年预算数 > 0", "when: 9**9**9 > 0", "TEST-001.yaml:9:7: 不能用乘方 **"),
            ("when: 全年预算数 > 0", 'when: 行类 != "totle"', "TEST-001.yaml:9:14: 行类没有“totle”这一种（是否想写“total”？）"),
            ("when: 全年预算数 > 0", "when: '\"itm\" == 行类'", "TEST-001.yaml:9:9: 行类没有“itm”这一种（是否想写“item”？）"),
            ("when: 全年预算数 > 0", 'when: 行类 != "收入"', "TEST-001.yaml:9:14: 行类没有“收入”这一种（可用 total、subtotal"),
            ("{row}", "｛row｝", "TEST-001.yaml:11:11: 花括号是全角的，会照样印出来（用半角的 { }）"),
            ("help: 核对。", "help: 核对。\nstated: 执行", "TEST-001.yaml:13:9: 没有“执行”这个名称（是否想写“执行率”？）"),
            ("执行率: 81.08%}", "执行律: 81.08%}", "TEST-001.yaml:15:38: 没有“执行律”这个名称（是否想写“执行率”？）"),
            ("help: 核对。", "help: 核对。\nforms: [projekt]", "TEST-001.yaml:13:9: 没有表“projekt”（是否想写“project”？）"),
            ("name: rate-differs", "name: rate-differs\nname: again", "TEST-001.yaml:3:1: 键“name”重复（删去其中一个）"),
            (
                "id: TEST-001",
                "id: test1",
                "TEST-001.yaml:1:5: “test1”这种写法不行（写成大写字母、减号、三位数字",
            ),
            (
                "name: rate-differs",
                "name: 比率",
                "TEST-001.yaml:2:7: “比率”这种写法不行（小写字母开头，只用小写字母",
            ),
            ("why: 因为", "why:", "TEST-001.yaml:7:5: “why”没有写内容（请补上，或删去这一行）"),
            (
                "id: TEST-001",
                "a: 1\n---\nid: TEST-001",
                "TEST-001.yaml:2:1: 一个文件里有几段（用 --- 隔开）（一条规则",
            ),
            (
                'message: "{row}填 {执行率}，应为 {expected}"',
                "message: {row}填 {执行率}，有误",
                "（以 { 开头的一句话，整句放进英文双引号）",
            ),
            ("320.00, 全年执行数", "320.00，全年执行数", "（冒号、逗号、括号要用半角的，冒号后面空一格）"),
            ("when: 全年预算数 > 0", "when: 行类 != “total”", "TEST-001.yaml:9:13: 表达式写法有误（引号用英文的 \"\" 或 ''）"),
            ("全年执行数 / 全年预算数", "求和(全年执行数)", "没有函数“求和”（是否想写“sum”（各数之和"),
            ("全年执行数 / 全年预算数", "合记(全年执行数)", "没有函数“合记”（可用："),
            ("全年执行数 / 全年预算数", "round(全年执行数, 2)", "没有函数“round”（不用舍入"),
            ("全年执行数 / 全年预算数", "最大值(全年执行数)", "没有函数“最大值”（是否想写“max”（最大的数"),
            ("why: 因为", "why: [因为", "TEST-001.yaml:8:9: 不是合法的 YAML"),
            ("basis: 表头\nwhy: 因为", "basis: &a {zh: 甲}\nwhy: *a", "TEST-001.yaml:6:8: 不能用别名"),
        ],
    )
    def test_each_is_said_with_its_place(self, directory: Path, old: str, new: str, said: str) -> None:
        write(directory, "common/rules/TEST-001.yaml", RULE.replace(old, new, 1))
        found = problems(directory)
        assert any(said in problem for problem in found), found
        assert all(problem.startswith("common/rules/TEST-001.yaml:") for problem in found)

    def test_all_mistakes_of_all_files_at_once(self, directory: Path) -> None:
        write(directory, "common/rules/TEST-001.yaml", RULE.replace("全年执行数 / ", "甲乙 / ").replace("{row}", "{丙丁}"))
        write(directory, "common/rules/TEST-002.yaml", "id: [")
        write(directory, "common/parameters.yaml", "低执行率: {value: 九成, en: low, basis: 表}\n")
        write(
            directory, "project/form.yaml", "id: project\ntitle: {zh: 表}\nbasis: 甲\nrecognise: {}\nsections: [{use: fundz}]\n"
        )
        found = "\n".join(problems(directory))
        for said in (
            "common/parameters.yaml:1:15: “九成”不是数",
            "project/form.yaml:5:18: 没有区块“fundz”（是否想写“funds”？）",
            "common/rules/TEST-002.yaml:",
        ):
            assert said in found, found
        assert "甲乙" not in found, "names aren't judged while the forms they belong to can't be read"

    def test_an_id_and_a_name_belong_to_one_rule(self, directory: Path) -> None:
        write(directory, "common/rules/TEST-009.yaml", RULE)
        assert problems(directory) == [
            "common/rules/TEST-009.yaml:1:5: “TEST-001”已在 common/rules/TEST-001.yaml 用过（换一个）",
            "common/rules/TEST-009.yaml:2:7: “rate-differs”已在 common/rules/TEST-001.yaml 用过（换一个）",
        ]

    def test_complaints_about_a_section_are_about_the_kind_that_was_meant(self, directory: Path) -> None:
        text = "id: project\ntitle: {zh: 表}\nbasis: 甲\nrecognise: {}\nsections:\n  - {use: funds, optinal: true}\n"
        write(directory, "project/form.yaml", text)
        assert "project/form.yaml:6:18: 没有“optinal”这个键（是否想写“optional”？）" in problems(directory)

    def test_a_key_that_belongs_elsewhere_is_not_told_to_be_itself(self, directory: Path) -> None:
        text = (
            "id: project\ntitle: {zh: 表}\nbasis: 甲\nrecognise: {}\nsections:\n  - {use: funds, captions: [甲]}\nforms: []\n"
        )
        write(directory, "project/form.yaml", text)
        told = problems(directory)
        assert any(line.startswith("project/form.yaml:6:18: 没有“captions”这个键（写了 use: 的区块只能再写") for line in told)
        assert "project/form.yaml:7:1: 没有“forms”这个键（这个键不写在这一层；请对照写法说明移到它的位置）" in told

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        assert "没有这个文件夹" in problems(tmp_path / "none")[0]

    @pytest.mark.parametrize(
        "content",
        [
            b"\xff\xfe\x00",
            b"",
            b"a" * (MAX_BYTES + 1),
            b"[" * 60000,
            b"- " * 60000,
            b"? " * 60000,
            b"{a: " * 900,
            b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
            b"a: &a [*a]\n",
            b"a: " + b"9" * 6000,
            b"!!python/object/apply:os.system ['true']",
            b"\x00",
            b"- a\n- b\n",
            b"just text",
            b"? [a, b]\n: c\n",
        ],
        ids=range(15),
    )
    def test_hostile_files_are_refused_at_once(self, directory: Path, content: bytes) -> None:
        usual = calls(lambda: load_ruleset(directory))
        (directory / "common" / "rules" / "TEST-001.yaml").write_bytes(content)
        found = problems(directory)
        assert all(problem.startswith("common/rules/TEST-001.yaml:") for problem in found)
        assert len("\n".join(found)) < 10000
        assert calls(lambda: problems(directory)) < 2 * usual

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
    @given(st.integers(0, len(RULE)), st.text(alphabet="[]{}:,-?&*!|>'\"%@`# \n\ta合0", max_size=6), st.integers(0, 12))
    def test_a_damaged_rule_loads_or_is_refused_in_order(self, directory: Path, at: int, put: str, removed: int) -> None:
        write(directory, "common/rules/TEST-001.yaml", RULE[:at] + put + RULE[at + removed :])
        try:
            load_ruleset(directory)
        except RulesetError as error:
            assert all(":" in problem for problem in error.problems)  # noqa: PT017 (a change may also do no harm)


def test_figures_stay_as_they_are_written() -> None:
    source = parse("a: 320.00\nb: 1_000\nc: 2024-05-01\nd: yes\ne: true\nf: ~\ng: 0o17\n", "file", Problems())
    assert source is not None
    assert source.data == {"a": "320.00", "b": "1_000", "c": "2024-05-01", "d": "yes", "e": True, "f": None, "g": "0o17"}
