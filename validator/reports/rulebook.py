"""A rule as a page that people read: what it checks, why, examples, basis, what to do.

In goes a ruleset, out go Markdown pages. `gouji explain` prints one; `python -m validator.reports.rulebook docs/rulebook`
writes them all with an index.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.reports.visible import visible

if TYPE_CHECKING:
    from validator.rules.spec import Rule

SEVERITIES = {"error": "错误 error", "warning": "警告 warning", "info": "提示 info"}
_PAGE = re.compile(r"[A-Z]+-\d{3}\.md")
_INDEX = "# 规则手册 Rulebook\n\n由规则文件生成，请不要手工修改：`make docs`。 Generated from the rule files; do not edit.\n"
_HEADINGS = {
    "what": "查什么 What it does",
    "why": "为什么 Why",
    "fails": "例：不通过 Example: fails",
    "passes": "例：通过 Example: passes",
    "basis": "依据 Basis",
    "help": "怎么办 What to do",
}


def page(rule: Rule, forms: Mapping[str, str]) -> str:
    """Return the page of one rule. `forms` gives the titles of forms by id."""
    whose = "、".join(f"{forms.get(form, form)}（`{form}`）" for form in rule.forms) or "各种表"
    parts = [
        f"# {rule.id} {_text(rule.title.zh)}\n",
        f"`{rule.name}` · {SEVERITIES[rule.severity]} · {rule.kind} · {whose}\n",
        _section("what", _what(rule)),
        _section("why", _both(rule.why)),
        _section("fails", _examples(rule.examples.failing)),
        _section("passes", _examples(rule.examples.passing)),
        _section("basis", _both(rule.basis)),
        _section("help", _both(rule.help)),
    ]
    return "\n".join(parts)


def index(rules: Sequence[Rule], forms: Mapping[str, str]) -> str:
    """Return the list of all rules, one table for each group of forms."""
    groups: dict[tuple[str, ...], list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.forms, []).append(rule)
    parts = [_INDEX]
    for ids, members in sorted(groups.items()):
        title = "、".join(forms.get(id, id) for id in ids) or "各种表 Any form"
        rows = [
            f"| [{rule.id}]({rule.id}.md) | {_cell(rule.title.zh)} | {SEVERITIES[rule.severity]} | {rule.kind} |"
            for rule in members
        ]
        parts.append("\n".join([f"## {title}\n", "| 规则 | 查什么 | 轻重 | 种类 |", "|---|---|---|---|", *rows, ""]))
    return "\n".join(parts)


def pages(rules: Sequence[Rule], forms: Mapping[str, str]) -> dict[str, str]:
    """Return the whole rulebook: file name to text."""
    return {"index.md": index(rules, forms), **{f"{rule.id}.md": page(rule, forms) for rule in rules}}


def write(directory: Path, texts: Mapping[str, str]) -> None:
    """Write the pages; pages of rules that are gone are removed, known by their names. Other files stay."""
    directory.mkdir(parents=True, exist_ok=True)
    for stale in directory.glob("*.md"):
        if stale.name not in texts and _PAGE.fullmatch(stale.name):
            stale.unlink()
    for name, text in texts.items():
        (directory / name).write_text(text, encoding="utf-8", newline="\n")


def shipped() -> dict[str, str]:
    """Return the rulebook of the rulesets that belong to this package."""
    from validator.rules.load import load_ruleset

    ruleset = load_ruleset()
    titles = {id: form.title.zh for id, form in ruleset.forms.items()}
    return pages([resolved(rule.spec, rule.forms) for rule in ruleset.rules], titles)


def resolved(rule: Rule, forms: Iterable[str]) -> Rule:
    """Return the rule with the forms that its folder gives it."""
    return rule.model_copy(update={"forms": tuple(sorted(forms))})


def _section(key: str, text: str) -> str:
    return f"## {_HEADINGS[key]}\n\n{text}\n"


def _what(rule: Rule) -> str:
    places = "、".join(f"`{place}`" for place in (rule.for_each, *rule.also))
    lines = [f"在 {places} 的每一处核对："]
    lines += [f"- {_text(method)}：{_code(check)}" if method else f"- {_code(check)}" for method, check in rule.check]
    if len(rule.check) > 1:
        lines.append("\n几种读法中有一种成立即可。 One of these has to hold.")
    if rule.when:
        lines.append(f"\n只在这种情况下核对 Only where：{_code(rule.when)}")
    lines.append(f"\n报告写作 Message：{_text(rule.message.zh)}")
    if rule.message.en:
        lines.append(f"\n{_text(rule.message.en)}")
    return "\n".join(lines)


def _both(text: Any) -> str:
    return f"{_text(text.zh)}\n\n{_text(text.en)}" if text.en else _text(text.zh)


def _examples(examples: Iterable[Mapping[str, Any]]) -> str:
    return "\n\n".join(_example(example) for example in examples)


def _example(example: Mapping[str, Any]) -> str:
    rows = [f"| {_cell(name)} | {_cell(_value(value))} |" for name, value in example.items()]
    return "\n".join(["| 栏目 | 填写 |", "|---|---|", *rows])


def _value(value: Any) -> str:
    if value is None:
        return "（没有这一栏）"
    if isinstance(value, list | tuple):
        return "，".join(_value(item) for item in value)
    if isinstance(value, Mapping):
        return "；".join(f"{name}：{_value(item)}" for name, item in value.items())
    return "（空）" if value == "" else str(value)


def _cell(text: str) -> str:
    return _text(text).replace("|", "\\|")


def _text(text: str) -> str:
    """Text of a rule file on a page: shown as it is, not taken for markup."""
    escaped = html.escape(visible(text.strip()), quote=False)
    for mark in ("\\", "`", "*", "_", "[", "]"):
        escaped = escaped.replace(mark, f"\\{mark}")
    return escaped


def _code(text: str) -> str:
    shown = visible(" ".join(text.split()))
    fence = "``" if "`" in shown else "`"
    return f"{fence}{shown}{fence}"


def main(arguments: Sequence[str]) -> int:
    """Write the rulebook into the folder that is named."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m validator.reports.rulebook DIRECTORY\n")
        return 2
    write(Path(arguments[0]), shipped())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
