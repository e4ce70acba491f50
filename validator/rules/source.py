"""One YAML file, read so that every mistake in it can be pointed at.

Comes in: a path. Goes out: plain data (texts, truth values, None, lists, mappings) that remembers line and column of every
value. Figures stay texts: `320.00` in an example is what a clerk wrote, not the float 320. Meaning is the business of `load`.
Rule files come from outside: size, nesting and repeated nodes are bounded.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from validator.keeping import kept
from validator.rules.problems import HALF_WIDTH, Problems

if TYPE_CHECKING:
    import yaml
    from pydantic import ValidationError

MAX_BYTES = 256 * 1024

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

Loc: TypeAlias = tuple[str | int, ...]
"""A path of keys and indices."""


class Source:
    """A file that was read. `data` is None when it holds nothing that can be used."""

    __slots__ = ("_root", "data", "file", "text")

    def __init__(self, file: str, data: Any, text: str, root: yaml.Node | None = None) -> None:
        """`file` is the name to show; `root`: the tree of the text, None where nobody asked for a place yet."""
        self.file = file
        self.data = data
        self.text = text
        self._root = root

    def place(self, loc: Iterable[str | int] = (), *, key: bool = False) -> tuple[int, int]:
        """Return line and column (from 1) of the value at a path of keys and indices, of its key when `key` is true.

        Pieces of the path that name nothing (pydantic adds the kinds of a union) are passed over.
        """
        node, found_key = self._find(loc)
        chosen = found_key if key and found_key is not None else node
        return chosen.start_mark.line + 1, chosen.start_mark.column + 1

    def inside(self, loc: Iterable[str | int], offset: int) -> tuple[int, int]:
        """Return the place of a character within the text at `loc`; exact where the text stands on one line as it is."""
        node, _ = self._find(loc)
        line, column = self.place(loc)
        if node.id != "scalar" or node.start_mark.line != node.end_mark.line:
            return (line + 1, 1) if node.id == "scalar" and node.style in ("|", ">") else (line, column)
        return line, column + offset + (1 if node.style else 0)

    def _find(self, loc: Iterable[str | int]) -> tuple[Any, Any]:
        from validator.rules import nodes

        if self._root is None:
            self._root = nodes.tree(self.text)
        return nodes.find(self._root, loc)


def read(path: Path, file: str, problems: Problems) -> Source | None:
    """Read one file; None, with the reason among the problems, when it can't be used at all."""
    try:
        raw = _limited(path)
        if raw is None:
            size = path.stat().st_size // 1024
            problems.at(file, (1, 1), f"文件过大（{size} KB）", f"规则文件不超过 {MAX_BYTES // 1024} KB，请拆成几个")
            return None
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.at(file, (1, 1), f"第 {error.start + 1} 个字节不是 UTF-8", "请用 UTF-8 编码保存")
        return None
    except OSError as error:
        problems.at(file, (1, 1), f"打不开：{error.strerror}", "请核对文件名和权限")
        return None
    try:
        return Source(file, kept(path, raw, _sound), text)
    except _UnsoundError:
        return parse(text, file, problems)


def _limited(path: Path) -> bytes | None:
    """Return the bytes of a file that isn't too large."""
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    return raw if len(raw) <= MAX_BYTES else None


class _UnsoundError(Exception):
    """There is something wrong with a text, or nothing in it."""


def _sound(raw: bytes) -> Any:
    """Return the data of a text with nothing wrong in it."""
    source = parse(raw.decode("utf-8-sig"), "", Problems())
    if source is None:
        raise _UnsoundError
    return source.data


def parse(text: str, file: str, problems: Problems) -> Source | None:
    """Turn YAML text into data with places."""
    from validator.rules.nodes import compose

    found = compose(text, file, problems)
    return Source(file, found[1], text, found[0]) if found is not None else None


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
                HALF_WIDTH if "：" in name else _instead(name, keys, source, loc) or "请删去，或查看写法说明",
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
            stands = str(detail["input"])
            what = f"不能写“{stands}”" if kind == "literal_error" and name != stands else _PydanticWords.get(kind, "写法不对")
            problems.at(source.file, source.place(loc), f"“{name}”{what}", remedy)


def _instead(name: str, keys: Iterable[str], source: Source, loc: Loc) -> str:
    """Say what was meant by a key that doesn't belong where it stands; nothing when nobody can tell."""
    if name not in keys:
        return nearest(name, keys)
    around: Any = source.data
    for step in loc[:-1]:  # but for the names of classes, of which a place in the file has none
        if isinstance(around, dict):
            around = around.get(step, around)
        elif isinstance(around, list) and isinstance(step, int) and step < len(around):
            around = around[step]
    if isinstance(around, dict) and "use" in around:
        return "写了 use: 的区块只能再写 columns、rows；要改别的，另写一个有 id 的区块"
    return "这个键不写在这一层；请对照写法说明移到它的位置"


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
