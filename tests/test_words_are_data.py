"""No Chinese word is matched in code: words belong in `rulesets/`. What is left is listed here, and the list only shrinks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "validator"
MODULES = sorted(path for part in ("facts", "forms", "rules") for path in (PACKAGE / part).rglob("*.py"))
NOTATION = frozenset("零〇一二两三四五六七八九十百千万亿点年月日号时分份度底末初第至到甲乙丙丁戊己庚辛段\u9fff")
"""How numbers, dates and addresses are written is notation, not words; the last is the end of the range of characters."""
PATTERN_FUNCTIONS = (
    "re.compile", "re.search", "re.match", "re.fullmatch", "re.finditer", "re.findall", "re.sub", "re.split",
)  # fmt: skip
TEXT_METHODS = (
    "startswith", "endswith", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "replace", "find", "rfind", "index",
    "rindex", "count", "split", "rsplit", "partition", "rpartition",
)  # fmt: skip
COLLECTIONS = ("frozenset", "set", "Matcher", "_Pattern")
LEFT = {
    "facts/generic.py": {"栏"},
    "facts/lexicon.py": {"每"},
    "forms/labels.py": {
        "其中", "其", "中", "含", "包括", "共", "满", "权重", "续样", "接上", "续", "续表", "注", "附注", "备注", "说明",
        "填", "表报写", "指标说明",
    },
    "forms/pairs.py": {"元"},
    "forms/restore/blocks.py": {"附件", "注", "续", "续表", "上", "表", "前"},
    "forms/restore/generic.py": {"单位", "期", "表册单"},
    "forms/restore/shapes.py": {
        "无", "大小", "于", "等于", "正向", "反向", "逆向", "定性", "正", "反", "不低于", "不少于", "不超过", "不高于",
        "不大于", "不小于", "少", "大小低高少多", "达", "约", "近", "左右以上内余多", "元", "前", "以前", "之前", "内",
    },
    "forms/restore/tokens.py": {"页", "共"},
    "forms/restore/vocabulary.py": {"中"},
    "rules/evaluate.py": {"计算数"},
    "rules/examples.py": {"说明文字"},
    "rules/syntax.py": {"且或非"},
    "rules/narrative/products.py": {"元"},
}  # fmt: skip
"""Words that code still matches, and in `rules/` the names of the rule language itself."""


def strings(nodes: list[ast.expr]) -> Iterator[str]:
    """Yield every text in some expressions."""
    for node in nodes:
        for found in ast.walk(node):
            if isinstance(found, ast.Constant) and isinstance(found.value, str):
                yield found.value


def matched(tree: ast.Module) -> Iterator[str]:
    """Yield the texts that code compares others with: in patterns, comparisons, methods of texts and sets of words."""
    texts = {
        name.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for name in node.targets
        if isinstance(name, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from strings([node.left, *node.comparators])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TEXT_METHODS:
            named = [texts[arg.id] for arg in node.args if isinstance(arg, ast.Name) and arg.id in texts]
            yield from strings([*node.args, *named])
        elif isinstance(node, ast.Call) and called(node.func) in (*PATTERN_FUNCTIONS, *COLLECTIONS):
            yield from strings(node.args)


def called(function: ast.expr) -> str:
    """Return what a call calls: `re.compile`, `frozenset`; empty for anything else."""
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return f"{function.value.id}.{function.attr}"
    return function.id if isinstance(function, ast.Name) else ""


def words(text: str) -> Iterator[str]:
    """Yield the runs of Chinese characters in a text that are no notation."""
    run = ""
    for char in text + " ":
        if "\u4e00" <= char <= "\u9fff" and char not in NOTATION:
            run += char
        elif run:
            yield run
            run = ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_words_that_are_matched_stand_in_the_rulesets(path: Path) -> None:
    found = {word for text in matched(ast.parse(path.read_text(encoding="utf-8"))) for word in words(text)}

    assert found == LEFT.get(path.relative_to(PACKAGE).as_posix(), set())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('re.compile(r"(?:预算|\\d+年)")', {"预算"}),
        ('text.startswith("其中")', {"其中"}),
        ('"共" in text', {"共"}),
        ('_MARKS = "续样"\ntext.strip(_MARKS)', {"续样"}),
        ('frozenset({"合计"})', {"合计"}),
        ('text == "2023年度"', set()),
        ('fail("没有读出")', set()),
        ('names = {"合计": 1}', set()),
    ],
)
def test_a_word_is_seen_where_it_is_matched(code: str, expected: set[str]) -> None:
    assert {word for text in matched(ast.parse(code)) for word in words(text)} == expected
