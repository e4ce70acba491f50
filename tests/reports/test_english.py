from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.building.samples import Sample, files, samples
from validator import pipeline
from validator.model.finding import Outcome
from validator.reports.english import english

PACKAGE = Path(__file__).resolve().parent.parent.parent / "validator"
SAYING = frozenset({"Undetermined", "Absent", "Note"})
"""Calls whose first argument is a sentence of the engine."""
HAN = re.compile("[\u4e00-\u9fff]")
QUOTED = re.compile("“[^”]*”")


def sentences(path: Path) -> Iterator[str]:
    """Yield each sentence in Chinese with which a module says why; what it quotes is a letter."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYING and node.args:
            yield from written(node.args[0])
        elif isinstance(node, ast.keyword) and node.arg == "reason":
            yield from written(node.value)
        elif isinstance(node, (ast.Tuple, ast.Return)):
            elements = node.elts if isinstance(node, ast.Tuple) else [node.value]
            outcome = isinstance(node, ast.Tuple) and "Outcome." in ast.unparse(node)
            if outcome or (isinstance(node, ast.Return) and path.name == "arithmetic.py"):
                yield from (text for element in elements if element is not None for text in written(element))


def written(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from written(node.body)
        yield from written(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        choices = [""]
        for value in node.values:
            parts = [value.value] if isinstance(value, ast.Constant) else list(written(getattr(value, "value", value))) or ["X"]
            choices = [before + str(part) for before in choices for part in parts]
        yield from choices
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


ENGINE = [
    (path.relative_to(PACKAGE).as_posix(), text)
    for folder in ("readers", "forms", "facts", "rules")
    for path in sorted((PACKAGE / folder).rglob("*.py"))
    for text in sentences(path)
    if len(HAN.findall(text)) > 2
]


def test_the_sentences_of_the_engine_are_found() -> None:
    assert {"“X”是约数，不能断定", "除数为 0", "工作表 X 是隐藏的，也读了", "“X”里没有日期", "文件里没有任何文字"} <= {
        text for _, text in ENGINE
    }


def test_every_sentence_of_the_engine_has_its_english() -> None:
    """What is listed here has to be added to validator/reports/english.py."""
    assert [(module, text) for module, text in ENGINE if HAN.search(english(text))] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("“约 3、4 个”是约数，不能断定", "“约 3、4 个” is approximate, so nothing can be said for certain"),
        ("全年预算数（A）未填", "全年预算数（A） is blank"),
        ("这一格未填", "this cell is blank"),
        ("单位不同（金额与次），不能相加或比较", "different units (money and 次) can't be added or compared"),
        (
            "“甲、乙”一行读不出：“1”、“2”可能属于甲、乙中的不同栏，未作核对。",
            "The row “甲、乙” can't be read: “1”, “2” may belong to different columns among 甲, 乙. It was not checked.",
        ),
        ("段3原文有 200000 个字，只读了前 100000 个", "段3 has 200000 characters, of which the first 100000 were read"),
        ("{0}未填", "{0} is blank"),
        ("满分", "满分"),
        ("", ""),
        ("未填" * 100_000, "未填" * 100_000),
    ],
)
def test_what_is_quoted_stays_and_what_is_unknown_too(text: str, told: str) -> None:
    assert english(text) == told


@pytest.mark.parametrize("sample", list(samples())[::3], ids=lambda sample: sample.name)
def test_an_english_report_says_why_in_english_and_is_otherwise_the_same(sample: Sample) -> None:
    name, data = next(iter(files(sample).items()))
    zh, en = (pipeline.check(data, name=name, lang=lang) for lang in ("zh", "en"))

    assert [finding.id for finding in en.findings] == [finding.id for finding in zh.findings]
    assert [check.outcome for check in en.checks] == [check.outcome for check in zh.checks]
    told = [check.reason or "" for check in en.checks if check.outcome not in (Outcome.PASS, Outcome.FAIL)]
    told += [note.message for note in en.notes] + [reason for form in en.forms for reason in form.reasons]
    # Without quotation marks only names of columns and sheets are left, and they are not many words.
    assert [text for text in told if re.search("[，。；]", QUOTED.sub("", text))] == []
