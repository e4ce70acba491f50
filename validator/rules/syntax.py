"""From the text of an expression to its tree: Python's expression grammar, cut down, with units.

Comes in: what stands in a rule file. Goes out: `Parsed`, whose nodes can be traced back to the text; or `ExpressionError` with
every mistake. Rule files come from outside: length, nesting and figures are bounded. What a tree means is the business of
`expression`.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from validator.errors import GoujiError
from validator.model.quantity import BARE, Quantity, Unit
from validator.rules.arithmetic import shorten

MAX_LENGTH = 2000
MAX_NODES = 200
MAX_DEPTH = 20
MAX_NUMBER = Decimal(10) ** 15

LITERAL_UNITS = {
    "%": Unit("%", "ratio", Decimal("0.01")),
    "‰": Unit("‰", "ratio", Decimal("0.001")),
    "分": Unit("分", "points", Decimal(1)),
    "元": Unit("元", "money", Decimal(1), exact=True),
    "千元": Unit("千元", "money", Decimal(1000)),
    "万元": Unit("万元", "money", Decimal(10000)),
    "亿元": Unit("亿元", "money", Decimal(10) ** 8),
}
_UNIT = "|".join(sorted(map(re.escape, LITERAL_UNITS), key=len, reverse=True))
_LITERAL = re.compile(rf"\s*(-?\d{{1,16}}(?:\.\d{{1,16}})?)\s*({_UNIT})?\s*")
_TOKEN = re.compile(
    rf"""(?P<string>"[^"]*"|'[^']*')|(?<![\w.])(?P<number>\d+(?:\.\d+)?)(?:(?P<unit>{_UNIT})(?!\w)|(?P<rest>\w+))?"""
)
_FULL_WIDTH = str.maketrans("（）＋－＊／＜＞＝！，．％＂＇\n\t\r×÷", "()+-*/<>=!,.%\"'   */")
# Every replacement is one character for one: places in the text stay what they are.


class ExpressionError(GoujiError):
    """An expression with mistakes."""

    def __init__(self, mistakes: Sequence[tuple[int, str, str]]) -> None:
        """`mistakes`: for each the offset of the character, what is wrong, what to do."""
        super().__init__("；".join(what for _, what, _ in mistakes))
        self.mistakes = tuple(sorted(mistakes))


class Parsed:
    """An expression as a tree, with the way back from its nodes to the text of the rule file."""

    def __init__(self, source: str) -> None:
        """Parse; raises ExpressionError."""
        self._lead = len(source) - len(source.lstrip())
        self._units: dict[int, str] = {}
        self._text = self._spelled(source)
        self.tree = self._parsed()
        self._bound()

    def offset(self, node: ast.AST) -> int:
        """Return where a node begins in the source; the parser counts bytes."""
        return self._lead + self._column(getattr(node, "col_offset", 0))

    def written(self, node: ast.expr) -> str:
        """Return how a node is written; of a unit, the first letter, by which they all differ."""
        return self._plain[self._column(node.col_offset) : self._column(node.end_col_offset or 0)]

    def unit(self, node: ast.expr) -> Unit:
        """Return the unit of a figure that has one."""
        return LITERAL_UNITS[self._units[self._column(node.col_offset)]]

    def _spelled(self, source: str) -> str:
        """Return the text as Python's parser takes it, with its bounds checked."""
        if len(source) > MAX_LENGTH:
            raise ExpressionError([(0, f"表达式过长（{len(source)} 个字符）", f"不超过 {MAX_LENGTH} 个字符")])
        text = self._plain = source.translate(_FULL_WIDTH).strip()
        for bad, what in (("\\", "不能用反斜线"), ("\0", "不能有空字符"), ("#", "不能有注释")):
            if bad in text:
                raise ExpressionError([(self._lead + text.index(bad), what, "请删去")])
        if text.count("(") > MAX_DEPTH and _deepest(text) > MAX_DEPTH:
            raise ExpressionError([(0, "括号嵌套过深", f"不超过 {MAX_DEPTH} 层")])
        mistakes: list[tuple[int, str, str]] = []
        spelled = _TOKEN.sub(lambda found: self._token(found, mistakes), text)
        if mistakes:
            raise ExpressionError(mistakes)
        return spelled

    def _token(self, found: re.Match[str], mistakes: list[tuple[int, str, str]]) -> str:
        """Write `90%` as the imaginary number 90j, which is as long and which the grammar has no other use for."""
        if found["string"] is not None:
            return found[0]
        if found["rest"]:
            units = "、".join(LITERAL_UNITS)
            mistakes.append((self._lead + found.start("rest"), f"数后面的“{shorten(found['rest'])}”不是单位", f"可用 {units}"))
        if len(found["number"]) > 32 or Decimal(found["number"]) > MAX_NUMBER:
            mistakes.append((self._lead + found.start(), "数太大或太长", "不超过 1000 万亿"))
        if not found["unit"]:
            return found[0]
        self._units[found.start()] = found["unit"]
        return found["number"] + "j" + " " * (len(found["unit"]) - 1)

    def _parsed(self) -> ast.expr:
        try:
            return ast.parse(self._text, mode="eval").body
        except SyntaxError as error:
            raise ExpressionError([(self._syntax_offset(error), "表达式写法有误", _advice(self._text))]) from None
        except (ValueError, RecursionError, MemoryError):
            raise ExpressionError([(self._lead, "表达式太复杂", "请拆成几条")]) from None

    def _syntax_offset(self, error: SyntaxError) -> int:
        """Return where the parser stopped; it gives no place for an expression that ends too early."""
        return self._lead + min(error.offset - 1 if error.offset else len(self._text), len(self._text))

    def _column(self, byte: int) -> int:
        return len(self._text.encode()[:byte].decode(errors="ignore"))

    def _bound(self) -> None:
        stack: list[tuple[ast.AST, int]] = [(self.tree, 1)]
        count = 0
        while stack:
            node, depth = stack.pop()
            if isinstance(node, ast.expr):
                count += 1
                if depth > MAX_DEPTH or count > MAX_NODES:
                    limit = f"嵌套不超过 {MAX_DEPTH} 层、总数不超过 {MAX_NODES}"
                    raise ExpressionError([(self.offset(node), "表达式太复杂", limit)])
            for name in node._fields:
                below = getattr(node, name)
                children = below if type(below) is list else (below,)
                stack += [(child, depth + 1) for child in children if isinstance(child, ast.AST)]


def _deepest(text: str) -> int:
    """Return how many brackets are open at once, at most."""
    depth = deepest = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        deepest = max(deepest, depth)
    return deepest


def literal(text: str) -> Quantity | None:
    """Read a figure as it is written in rules and parameters: `90%`, `0.5分`, `100万元`, `30`; None when it is none."""
    found = _LITERAL.fullmatch(text)
    if not found:
        return None
    return Quantity(Decimal(found[1]), Decimal(0), LITERAL_UNITS[found[2]] if found[2] else BARE, text.strip())


def normal_name(name: str) -> str:
    """Return a name as Python's parser has it."""
    return unicodedata.normalize("NFKC", name)


def _advice(text: str) -> str:
    if re.search(r"[“”‘’]", text):
        return "引号用英文的 \"\" 或 ''"
    if re.search(r"(?<![=<>!])=(?!=)", text):
        return "相等写成 =="
    if re.search(r"[≥≤≠]", text):
        return "写成 >= <= !="
    if re.search(r"&&|\|\||[且或非]", text):
        return "条件用 and、or、not 连接"
    if found := re.search(r"\.(\d+[^\W\d]\w*)", text):
        label = shorten(found[1])
        return f"“{label}”以数字开头，不能当名称：用行的 id，或另加一个写法，如 labels: [第一年, {label}]"
    if re.search(r"\bif\b|\belse\b|\?", text):
        return "没有 if：条件写进 when，两种情形写成两条规则"
    return "检查括号、运算符和引号"


def syntax_name(node: ast.AST) -> str:
    """Return what a kind of syntax is called in a message."""
    words: dict[type[ast.AST], str] = {
        ast.BoolOp: " and、or ",
        ast.Compare: "比较",
        ast.UnaryOp: " not、~ ",
        ast.Lambda: " lambda ",
        ast.IfExp: " if ",
        ast.Subscript: "下标",
        ast.List: "列表",
        ast.Tuple: "逗号",
        ast.Dict: "花括号",
        ast.Set: "花括号",
        ast.JoinedStr: " f 字符串",
        ast.NamedExpr: " := ",
    }
    return words.get(type(node), "这种写法")


def operator_name(operator: ast.operator) -> str:
    """Return what an operator is called in a message."""
    words: dict[type[ast.operator], str] = {ast.Pow: "乘方 **", ast.Mod: "取余 %", ast.FloorDiv: "整除 //"}
    return words.get(type(operator), "这个运算符")


def dotted(node: ast.expr) -> str | None:
    """Return a name with its dots, None for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join((node.id, *reversed(parts))) if isinstance(node, ast.Name) else None
