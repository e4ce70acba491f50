"""One YAML file, read so that every mistake in it can be pointed at.

Comes in: a path. Goes out: plain data (texts, truth values, None, lists, mappings) that remembers line and column of every
value. Figures stay texts: `320.00` in an example is what a clerk wrote, not the float 320. Meaning is the business of `load`.
Rule files come from outside: size, nesting and repeated nodes are bounded.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

if TYPE_CHECKING:
    from pydantic import ValidationError

MAX_BYTES = 256 * 1024
_MAX_DEPTH = 24
_MAX_BRACKETS = 1000
_INDENTED = re.compile(r"^[ \t]*(?:[-?:][ \t]+)*", re.MULTILINE)
_MAX_INDENT = 80
# libyaml composes nodes by recursion in C: nesting has to be bounded before the parser sees the text.

_PydanticWords = {
    "missing": "缺少",
    "extra_forbidden": "没有这个键",
    "too_short": "太少",
    "string_type": "应为文字",
    "literal_error": "不是允许的值",
    "tuple_type": "应为列表",
    "dict_type": "应为映射",
    "model_type": "应为映射",
    "bool_parsing": "应为 true 或 false",
    "int_parsing": "应为整数",
}

_PATTERNS = {
    r"^[A-Z]+-\d{3}$": "写成大写字母、减号、三位数字，如 BOND-002",
    r"^[a-z][a-z0-9-]+$": "小写字母开头，只用小写字母、数字和 -",
    r"^[a-z][a-z0-9_-]*$": "小写字母开头，只用小写字母、数字、_ 和 -",
}
"""What the patterns of ids ask for, in words."""

_PydanticRemedies = {
    "tuple_type": "写成 [甲, 乙]，或每项一行、前面加 - ",
    "dict_type": "写成 {键: 值}，或每个键一行、缩进两格",
    "model_type": "写成 {键: 值}，或每个键一行、缩进两格",
    "string_type": "写一段文字",
    "bool_parsing": "写 true 或 false",
    "too_short": "至少写一个",
}

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


def shipped_directory() -> Path:
    """Return the folder of the rulesets that belong to this package: inside it (installed) or beside it (a checkout)."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "rulesets"
    return inside if inside.is_dir() else package.parent / "rulesets"


Loc: TypeAlias = tuple[str | int, ...]
"""A path of keys and indices."""


class Problems(list[str]):
    """Mistakes found so far, each `file:line:column: what is wrong (what to do)`."""

    def __init__(self) -> None:
        """None so far."""
        super().__init__()
        self.warnings: list[str] = []
        """What is allowed and seldom meant, in the same form."""

    def warn(self, file: str, place: tuple[int, int], what: str, remedy: str) -> None:
        """Note what is allowed, and what it means."""
        self.warnings.append(f"{file}:{place[0]}:{place[1]}: {what}（{remedy}）")

    def at(self, file: str, place: tuple[int, int], what: str, remedy: str = "") -> None:
        """Note a mistake. `place` counts from 1."""
        self.append(f"{file}:{place[0]}:{place[1]}: {what}" + (f"（{remedy}）" if remedy else ""))


class Source:
    """A file that was read. `data` is None when it holds nothing that can be used."""

    __slots__ = ("_root", "data", "file")

    def __init__(self, file: str, root: yaml.Node | None, data: Any) -> None:
        """`file` is the name to show."""
        self.file = file
        self.data = data
        self._root = root

    def place(self, loc: Iterable[str | int] = (), *, key: bool = False) -> tuple[int, int]:
        """Return line and column (from 1) of the value at a path of keys and indices, of its key when `key` is true.

        Pieces of the path that name nothing (pydantic adds the kinds of a union) are passed over.
        """
        node, found_key = self._find(loc)
        chosen = found_key if key and found_key is not None else node
        if chosen is None:
            return 1, 1
        return chosen.start_mark.line + 1, chosen.start_mark.column + 1

    def inside(self, loc: Iterable[str | int], offset: int) -> tuple[int, int]:
        """Return the place of a character within the text at `loc`; exact where the text stands on one line as it is."""
        node, _ = self._find(loc)
        line, column = self.place(loc)
        if not isinstance(node, yaml.ScalarNode) or node.start_mark.line != node.end_mark.line:
            return (line + 1, 1) if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") else (line, column)
        return line, column + offset + (1 if node.style else 0)

    def _find(self, loc: Iterable[str | int]) -> tuple[yaml.Node | None, yaml.Node | None]:
        node, key = self._root, None
        for piece in loc:
            if isinstance(node, yaml.MappingNode):
                for k, v in node.value:
                    if isinstance(k, yaml.ScalarNode) and k.value in (str(piece), str(piece).replace("_", "-")):
                        node, key = v, k
                        break
            elif isinstance(node, yaml.SequenceNode) and isinstance(piece, int) and piece < len(node.value):
                node, key = node.value[piece], None
        return node, key


def read(path: Path, file: str, problems: Problems) -> Source | None:
    """Read one file; None, with the reason among the problems, when it can't be used at all."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            problems.at(file, (1, 1), f"文件过大（{size // 1024} KB）", f"规则文件不超过 {MAX_BYTES // 1024} KB，请拆成几个")
            return None
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        problems.at(file, (1, 1), f"第 {error.start + 1} 个字节不是 UTF-8", "请用 UTF-8 编码保存")
        return None
    except OSError as error:
        problems.at(file, (1, 1), f"打不开：{error.strerror}", "请核对文件名和权限")
        return None
    return parse(text, file, problems)


def parse(text: str, file: str, problems: Problems) -> Source | None:
    """Turn YAML text into data with places."""
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
        problems.at(file, place, f"不是合法的 YAML：{what}", _layout_advice(text.splitlines()[max(place[0] - 2, 0) : place[0]]))
        return None
    if root is None:
        problems.at(file, (1, 1), "文件是空的", "写入内容，或删除文件")
        return None
    before = len(problems)
    data = _Reader(file, problems).value(root, 0)
    return Source(file, root, data) if len(problems) == before else None


_HALF_WIDTH = "冒号、逗号、括号要用半角的，冒号后面空一格"


def _layout_advice(lines: Iterable[str]) -> str:
    """Say what is most likely wrong with lines that are no YAML."""
    for line in lines:
        if re.match(r"\s*(?:- )?[\w-]+: +\{[^}]*\}\s*[^\s#]", line):
            return "以 { 开头的一句话，整句放进英文双引号"
        if re.match(r"\s*(?:- )?[\w-]+：", line) or re.search(r"[{\[][^\"']*[，：｛｝［］]", line):
            return _HALF_WIDTH
        if re.match(r" *\t", line):
            return "缩进用空格，不用制表键"
    return "检查缩进、冒号后的空格和引号"


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


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.5) -> str:
    """Say which known name was probably meant: `是否想写“全年预算数”？`, or nothing when none is near."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return f"是否想写“{found[0]}”？" if found else ""


def note_invalid(
    error: ValidationError,
    source: Source,
    keys: Iterable[str],
    problems: Problems,
    under: Loc = (),
    written: Mapping[Loc, Loc] | None = None,
) -> None:
    """Translate pydantic's complaints: what is wrong, at the line and column of the value; `keys` are all keys there are.

    `written`: where in the file a value stands, for data that was joined with other data.
    """
    for detail in error.errors(include_url=False):
        loc = _where_written((*under, *detail["loc"]), written or {})
        if _other_branch(source, loc):
            continue
        kind = detail["type"]
        name = str(detail["loc"][-1]) if detail["loc"] else ""
        if kind == "extra_forbidden":
            problems.at(
                source.file,
                source.place(loc, key=True),
                f"没有“{name}”这个键",
                _HALF_WIDTH if "：" in name else nearest(name, keys) or "请删去，或查看写法说明",
            )
        elif kind == "missing":
            problems.at(source.file, source.place(loc[:-1]), f"缺少“{name}”", "请补上")
        elif kind == "string_pattern_mismatch":
            stands, remedy = detail["input"], _PATTERNS.get(str(detail["ctx"]["pattern"]), "照说明的写法")
            problems.at(source.file, source.place(loc, key=name == "[key]"), f"“{stands}”这种写法不行", remedy)
        elif detail["input"] is None:
            problems.at(source.file, source.place(loc), f"“{name}”没有写内容", "请补上，或删去这一行")
        else:
            name = str(detail["input"]) if loc and isinstance(loc[-1], int) and isinstance(detail["input"], str) else name
            remedy = _remedy(kind, detail.get("ctx", {})) or str(detail["msg"]).removeprefix("Value error, ")
            what = _PydanticWords.get(kind, "写法不对")
            problems.at(source.file, source.place(loc), f"“{name}”{what}", remedy)


def _where_written(loc: Loc, written: Mapping[Loc, Loc]) -> Loc:
    """Return the place in the file of the longest known beginning of a place, and the rest of it."""
    known = next((loc[:end] for end in range(len(loc), -1, -1) if loc[:end] in written), None)
    return loc if known is None else (*written[known], *loc[len(known) :])


def _remedy(kind: str, context: Mapping[str, Any]) -> str:
    """Say what to write instead; empty for what is seldom got wrong."""
    if kind == "literal_error":
        return "可用：" + str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    return _PydanticRemedies.get(kind, "")


def _other_branch(source: Source, loc: Loc) -> bool:
    """Tell whether the complaint is about the kind of a union that wasn't meant: a section with `use` is a Use."""
    for n, piece in enumerate(loc):
        if piece in ("Section", "Use"):
            value: Any = source.data
            for key in loc[:n]:
                value = value.get(key) if isinstance(value, dict) else value[int(key)]
            is_use = isinstance(value, dict) and "use" in value
            return is_use != (piece == "Use")
    return False
