from __future__ import annotations

from pathlib import Path

from validator.reports import rulebook
from validator.rules.spec import Rule

ROOT = Path(__file__).resolve().parents[2]
RULE = Rule.model_validate(
    {
        "id": "FUND-003",
        "name": "execution-rate-disagrees",
        "title": {"zh": "执行率与执行数、预算数不符", "en": "The rate disagrees"},
        "severity": "error",
        "kind": "ratio",
        "basis": "表头 (B/A)",
        "why": {"zh": "算错会影响得分。", "en": "It changes the score."},
        "forms": ["project"],
        "for-each": "funds.row",
        "when": "全年预算数 > 0",
        "check": {"按全年预算数": "执行率 == 全年执行数 / 全年预算数", "按调整后预算数": "执行率 == 全年执行数 / 调整后预算数"},
        "message": "{row}的执行率填 {执行率}，应为 {expected}",
        "help": "核对，或更正 <b>执行率</b> *立即*。",
        "examples": {
            "pass": [{"全年预算数": "320", "全年执行数": "261.75", "执行率": "81.80%"}],
            "fail": [{"全年预算数": "320", "全年执行数": None, "执行率": "81|08%", "expected": ["81.80%", ""]}],
        },
    }
)


def test_a_page_has_its_headings_in_their_order() -> None:
    headings = [line for line in rulebook.page(RULE, {"project": "项目表"}).splitlines() if line.startswith("#")]

    assert headings == [
        "# FUND-003 执行率与执行数、预算数不符",
        "## 查什么 What it does",
        "## 为什么 Why",
        "## 例：不通过 Example: fails",
        "## 例：通过 Example: passes",
        "## 依据 Basis",
        "## 怎么办 What to do",
    ]


def test_a_page_shows_every_reading_and_when_it_applies() -> None:
    page = rulebook.page(RULE, {"project": "项目表"})

    assert "- 按全年预算数：`执行率 == 全年执行数 / 全年预算数`" in page
    assert "只在这种情况下核对 Only where：`全年预算数 > 0`" in page
    assert "项目表（`project`）" in page


def test_texts_of_a_rule_file_are_no_markup() -> None:
    page = rulebook.page(RULE, {})

    assert "&lt;b&gt;执行率&lt;/b&gt; \\*立即\\*" in page
    assert "| 执行率 | 81\\|08% |" in page
    assert "| 全年执行数 | （没有这一栏） |" in page


def test_the_index_links_every_rule() -> None:
    pages = rulebook.pages([RULE], {"project": "项目表"})

    assert set(pages) == {"index.md", "FUND-003.md"}
    assert "| [FUND-003](FUND-003.md) | 执行率与执行数、预算数不符 | 错误 error | ratio |" in pages["index.md"]


def test_pages_of_rules_that_are_gone_are_removed_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "OLD-001.md").write_text("old", encoding="utf-8")
    (tmp_path / "README.md").write_text("written by hand", encoding="utf-8")
    rulebook.write(tmp_path, {"index.md": "new"})

    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "index.md"]


def test_the_rulebook_in_the_documentation_is_current() -> None:
    stored = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "rulebook").glob("*.md")}

    assert stored == rulebook.shipped(), "run `make docs`"
