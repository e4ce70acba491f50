"""The text of one YAML file: a tree with places, and plain data.

Comes in: text. Goes out: nodes, which know line and column, and data: texts, truth values, None, lists, mappings. Only asked
where a file was changed or something is wrong with it, so that the parser is seldom loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from validator.rules.problems import HALF_WIDTH, Problems

_MAX_DEPTH = 24
_MAX_BRACKETS = 1000
_INDENTED = re.compile(r"^[ \t]*(?:[-?:][ \t]+)*", re.MULTILINE)
_MAX_INDENT = 80
_REASONS = {
    "mapping values are not allowed": "这里不该有冒号",
    "did not find expected key": "这里该是一个键",
    "cannot start any token": "一项不能以这个字符开头",
    "did not find expected ',' or ']'": "方括号没有配对，或少了逗号",
    "did not find expected ',' or '}'": "花括号没有配对，或少了逗号",
    "unexpected end of stream": "引号没有配对",
    "did not find expected '-' indicator": "这里该是以 - 开头的一项",
}
"""What the parser of YAML says most often."""
# libyaml composes nodes by recursion in C: nesting has to be bounded before the parser sees the text.

_TEXT, _NULL, _TRUTH = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "null", "bool"))
_PLAIN = {"": _NULL, "~": _NULL, "null": _NULL, "true": _TRUTH, "false": _TRUTH}
_TAGS: Mapping[type[yaml.Node], str] = {yaml.SequenceNode: "tag:yaml.org,2002:seq", yaml.MappingNode: "tag:yaml.org,2002:map"}
_Scanner = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Scanner):  # type: ignore[misc, valid-type]
    """Only null and truth values are not texts."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:
        """Return the tag of a node that names none. `implicit`: for a scalar, whether it stands there without quotes."""
        if kind is not yaml.ScalarNode:
            return _TAGS[kind]
        return _PLAIN.get(value or "", _TEXT) if implicit[0] else _TEXT


def compose(text: str, file: str, problems: Problems) -> tuple[yaml.Node, Any] | None:
    """Return the tree of a YAML text and its data; None, with the reasons among the problems, where it can't be used."""
    nested = text.count("[") + text.count("{") > _MAX_BRACKETS
    if nested or max((len(found.group()) for found in _INDENTED.finditer(text)), default=0) > _MAX_INDENT:
        problems.at(file, (1, 1), "括号太多或缩进太深", f"嵌套不超过 {_MAX_DEPTH} 层")
        return None
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        if "another document" in what:
            problems.at(file, place, "一个文件里有几段（用 --- 隔开）", "一条规则一个文件")
            return None
        what = next((said for words, said in _REASONS.items() if words in what), what)
        problems.at(file, place, f"不是合法的 YAML：{what}", _layout_advice(text.splitlines()[max(place[0] - 2, 0) : place[0]]))
        return None
    if root is None:
        problems.at(file, (1, 1), "文件是空的", "写入内容，或删除文件")
        return None
    before = len(problems)
    data = _Reader(file, problems).value(root, 0)
    return (root, data) if len(problems) == before else None


def _layout_advice(lines: Iterable[str]) -> str:
    """Say what is most likely wrong with lines that are no YAML."""
    for line in lines:
        if re.match(r"\s*(?:- )?[\w-]+: +\{[^}]*\}\s*[^\s#]", line):
            return "以 { 开头的一句话，整句放进英文双引号"
        if re.match(r"\s*(?:- )?[\w-]+：", line) or re.search(r"[{\[][^\"']*[，：｛｝［］]", line):
            return HALF_WIDTH
        if re.match(r" *\t", line):
            return "缩进用空格，不用制表键"
    return "错在这一行或上一行：检查缩进、冒号后的空格和引号"


class _Reader:
    """Turns nodes into data; notes repeated keys, aliases and too deep nesting."""

    __slots__ = ("_file", "_problems", "_seen")

    def __init__(self, file: str, problems: Problems) -> None:
        self._file = file
        self._problems = problems
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, depth: int) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if depth > _MAX_DEPTH or id(node) in self._seen:
            what = ("嵌套过深", f"不超过 {_MAX_DEPTH} 层") if depth > _MAX_DEPTH else ("不能用别名（& 和 *）", "请把内容写全")
            self._problems.at(self._file, (node.start_mark.line + 1, node.start_mark.column + 1), *what)
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        found: dict[str, Any] = {}
        for key, value in node.value:
            place = (key.start_mark.line + 1, key.start_mark.column + 1)
            if not isinstance(key, yaml.ScalarNode):
                self._problems.at(self._file, place, "键必须是文字", "检查是否多写了括号")
            elif key.value in found:
                self._problems.at(self._file, place, f"键“{key.value}”重复", "删去其中一个")
            else:
                found[key.value] = self.value(value, depth + 1)
        return found


def _scalar(node: yaml.ScalarNode) -> str | bool | None:
    if node.tag == _NULL:
        return None
    if node.tag == _TRUTH:
        return bool(node.value == "true")
    return str(node.value)


def tree(text: str) -> yaml.Node:
    """Return the tree of a text that was composed before, and has something in it."""
    root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    if root is None:
        raise LookupError("nothing stands in the text")
    return root


def find(root: yaml.Node, loc: Iterable[str | int]) -> tuple[yaml.Node, yaml.Node | None]:
    """Return the value at a path of keys and indices, and its key; pieces that name nothing are passed over."""
    node: yaml.Node = root
    key: yaml.Node | None = None
    for piece in loc:
        if isinstance(node, yaml.MappingNode):
            for k, v in node.value:
                if isinstance(k, yaml.ScalarNode) and k.value in (str(piece), str(piece).replace("_", "-")):
                    node, key = v, k
                    break
        elif isinstance(node, yaml.SequenceNode) and isinstance(piece, int) and piece < len(node.value):
            node, key = node.value[piece], None
    return node, key
