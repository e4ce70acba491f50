"""The language of `when` and `check`: Python's own expression grammar, cut down, with units.

Comes in: the text of an expression and what is known of the names in it. Goes out: an `Expression`, compiled once to closures,
that turns the values of a place into a `Verdict`. Rule files come from outside: length, nesting and figures are bounded, and
nothing but the listed kinds of syntax is let through. Which values a name has is the business of `scopes`.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from itertools import product
from typing import Any, NamedTuple, NoReturn, TypeAlias

from validator.errors import GoujiError
from validator.model.fact import Fact
from validator.model.finding import Grade, Outcome
from validator.model.quantity import BARE as BARE_UNIT
from validator.model.quantity import Quantity, Unit
from validator.rules import arithmetic
from validator.rules.arithmetic import (
    CONTEXT,
    COUNTED,
    EXACT,
    PURE,
    WIDE,
    Absent,
    Dimension,
    Figure,
    Frame,
    Undetermined,
    Value,
    from_quantity,
    shorten,
    unify,
)
from validator.rules.functions import FUNCTIONS, Function, same_spelling, text_of
from validator.rules.source import nearest

__all__ = [
    "Dimension",
    "Expression",
    "ExpressionError",
    "Value",
    "Verdict",
    "Formula",
    "compile_expression",
    "compile_formula",
    "literal",
]

MAX_LENGTH = 2000
MAX_NODES = 200
MAX_DEPTH = 20
MAX_NUMBER = Decimal(10) ** 15

_LITERAL_UNITS = {
    "%": Unit("%", "ratio", Decimal("0.01")),
    "‰": Unit("‰", "ratio", Decimal("0.001")),
    "分": Unit("分", "points", Decimal(1)),
    "元": Unit("元", "money", Decimal(1), exact=True),
    "千元": Unit("千元", "money", Decimal(1000)),
    "万元": Unit("万元", "money", Decimal(10000)),
    "亿元": Unit("亿元", "money", Decimal(10) ** 8),
}
_UNIT = "|".join(sorted(map(re.escape, _LITERAL_UNITS), key=len, reverse=True))
_LITERAL = re.compile(rf"\s*(-?\d{{1,16}}(?:\.\d{{1,16}})?)\s*({_UNIT})?\s*")
_TOKEN = re.compile(
    rf"""(?P<string>"[^"]*"|'[^']*')|(?<![\w.])(?P<number>\d+(?:\.\d+)?)(?:(?P<unit>{_UNIT})(?!\w)|(?P<rest>\w+))?"""
)
_FULL_WIDTH = str.maketrans("（）＋－＊／＜＞＝！，．％＂＇\n\t\r×÷", "()+-*/<>=!,.%\"'   */")
# Every replacement is one character for one: places in the text stay what they are.

_EPSILON = Decimal("1e-40")
_HALF_STEPS = (16, 6, 3, 2, 2, 2)
"""Into how many pieces the interval of each repeated operand is cut, by the number of such operands."""

_ORDER: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_ARITHMETIC: dict[type[ast.operator], tuple[str, Callable[[Figure, Figure], Figure]]] = {
    ast.Add: ("+", arithmetic.add),
    ast.Sub: ("-", arithmetic.subtract),
    ast.Mult: ("*", arithmetic.multiply),
    ast.Div: ("/", arithmetic.divide),
}
_KIND_WORDS = {
    "money": "金额",
    "ratio": "百分比",
    "points": "分数",
    "number": "数",
    "text": "文字",
    "any": "任意值",
    "truth": "条件",
}


class Verdict(NamedTuple):
    """What came out of one expression in one place."""

    outcome: Outcome
    grade: Grade | None = None
    stated: Fact | None = None
    """The cell that states what the rest computes: the bare name on the left, or else on the right, of the comparison."""
    operands: tuple[Fact, ...] = ()
    """Every other cell that was used, in order of appearance."""
    expected: str | None = None
    """What should stand there, written as the stated figure is; for <= and >= the bound. None when it agrees exactly."""
    difference: Decimal | None = None
    """Stated minus computed, in base units."""
    reason: str | None = None
    """Why there is no answer, in Chinese."""
    whole: bool = False
    """Whether a sum of whole 万元 or 亿元 agrees within rounding only: it may be rounding, it may be a slip of one."""


class ExpressionError(GoujiError):
    """An expression with mistakes."""

    def __init__(self, mistakes: Sequence[tuple[int, str, str]]) -> None:
        """`mistakes`: for each the offset of the character, what is wrong, what to do."""
        super().__init__("；".join(what for _, what, _ in mistakes))
        self.mistakes = tuple(sorted(mistakes))


Run: TypeAlias = Callable[[Frame], Any]


class _Node(NamedTuple):
    """A compiled part of an expression."""

    run: Run
    kind: str
    name: str = ""
    """Set for a bare name."""
    computed: bool = False
    """Whether a product or a quotient is in it."""
    many: bool = False
    raw: Run | None = None
    """What stands in the place, not yet taken as a figure: of names, and of functions that pick one."""


class Expression:
    """A compiled expression. It holds no state: one object serves any number of places and threads."""

    __slots__ = ("_node", "_strict", "names", "source")

    def __init__(self, source: str, names: frozenset[str], node: Run, strict: Run) -> None:
        """Made by `compile_expression`."""
        self.source = source
        self.names = names
        self._node = node
        self._strict = strict

    def evaluate(self, binding: Mapping[str, Value]) -> Verdict:
        """Check a place: what rounding may explain passes, and so does what another fair reading of a cell explains."""
        frame = Frame(binding)
        verdict: Verdict = self._node(frame)
        if verdict.outcome in (Outcome.FAIL, Outcome.UNDETERMINED):
            return self._other_readings(verdict, binding)
        return verdict

    def holds(self, binding: Mapping[str, Value]) -> Verdict:
        """Decide a condition by the figures as they are written (for `when`)."""
        verdict: Verdict = self._strict(Frame(binding, strict=True))
        return verdict

    def _other_readings(self, verdict: Verdict, binding: Mapping[str, Value]) -> Verdict:
        """Try the other fair readings of the cells; the first way that passes counts."""
        used = (verdict.stated, *verdict.operands) if verdict.stated is not None else verdict.operands
        doubtful = [fact for fact in dict.fromkeys(used) if fact.reading.alternatives]
        for way in _ways(doubtful):
            frame = Frame(binding)
            frame.chosen = {id(fact): quantity for fact, quantity in zip(doubtful, way, strict=False)}
            other: Verdict = self._node(frame)
            if other.outcome is Outcome.PASS:
                return other
        return verdict


class Formula:
    """A compiled expression that says what should stand somewhere, rather than whether something holds."""

    __slots__ = ("_node", "names", "source")

    def __init__(self, source: str, names: frozenset[str], node: Run) -> None:
        """Made by `compile_formula`."""
        self.source = source
        self.names = names
        self._node = node

    def written(self, binding: Mapping[str, Value], like: Quantity | None = None) -> str | None:
        """Return the value as text, written as `like` is; None when it can't be computed."""
        try:
            value = self._node(Frame(binding))
            if type(value) is not tuple:
                return text_of(value)
            if like is None:
                return f"{value[0].normalize():f}"
            _, (low, *_), _, factor = unify(_own_figure(like), value)
        except (Undetermined, Absent):
            return None
        return _format(low, like, factor)


def _ways(doubtful: Sequence[Fact]) -> Iterator[tuple[Quantity, ...]]:
    """Yield how the doubtful cells may be read together: all in the same other way, then every mixture of the first three."""
    if not doubtful:
        return
    yield tuple(fact.reading.alternatives[0] for fact in doubtful)
    few = doubtful[:3]
    readings = [(fact.reading.quantity, *fact.reading.alternatives[: 3 if len(few) == 1 else 1]) for fact in few]
    for way in product(*readings):
        chosen = tuple(quantity for quantity in way if quantity is not None)
        if len(chosen) == len(few):
            yield chosen


def literal(text: str) -> Quantity | None:
    """Read a figure as it is written in rules and parameters: `90%`, `0.5分`, `100万元`, `30`; None when it is none."""
    found = _LITERAL.fullmatch(text)
    if not found:
        return None
    return Quantity(Decimal(found[1]), Decimal(0), _LITERAL_UNITS[found[2]] if found[2] else BARE_UNIT, text.strip())


def normal_name(name: str) -> str:
    """Return a name as Python's parser has it."""
    return unicodedata.normalize("NFKC", name)


def compile_expression(source: str, known: Mapping[str, Dimension]) -> Expression:
    """Compile; raises ExpressionError with every mistake: syntax, unknown names, units that don't fit, too much of anything."""
    compiler = _Compiler(source, known)
    return compiler.compile()


def compile_formula(source: str, known: Mapping[str, Dimension]) -> Formula:
    """Compile an expression that gives a figure or a text; raises ExpressionError with every mistake."""
    compiler = _Compiler(source, known)
    return compiler.compile_formula()


class _Compiler:
    """One expression on its way from text to closures."""

    def __init__(self, source: str, known: Mapping[str, Dimension]) -> None:
        self._source = source
        self._known = {normal_name(name): dimension for name, dimension in known.items()}
        self._mistakes: list[tuple[int, str, str]] = []
        self._names: set[str] = set()
        self._units: dict[int, str] = {}
        self._lead = len(source) - len(source.lstrip())
        self._text = ""

    def compile(self) -> Expression:
        tree = self._parse()
        self._bound(tree)
        node = self._truth(tree, strict=False)
        known_mistakes = list(self._mistakes)
        strict = self._truth(tree, strict=True)
        if known_mistakes:
            raise ExpressionError(known_mistakes)
        return Expression(self._source, frozenset(self._names), node, strict)

    def compile_formula(self) -> Formula:
        tree = self._parse()
        self._bound(tree)
        node = self._expression(tree)
        if node is not None and node.many:
            self._mistake(tree, f"“{node.name}”是一列数", f"用 sum({node.name})、max({node.name}) 之类")
        if self._mistakes or node is None:
            raise ExpressionError(self._mistakes)
        return Formula(self._source, frozenset(self._names), node.run)

    # --- text to tree ---------------------------------------------------------------------------------------------------

    def _parse(self) -> ast.expr:
        if len(self._source) > MAX_LENGTH:
            raise ExpressionError([(0, f"表达式过长（{len(self._source)} 个字符）", f"不超过 {MAX_LENGTH} 个字符")])
        text = self._source.translate(_FULL_WIDTH).strip()
        for bad, what in (("\\", "不能用反斜线"), ("\0", "不能有空字符"), ("#", "不能有注释")):
            if bad in text:
                raise ExpressionError([(self._lead + text.index(bad), what, "请删去")])
        depth = deepest = 0
        for char in text:
            depth += (char == "(") - (char == ")")
            deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            raise ExpressionError([(0, "括号嵌套过深", f"不超过 {MAX_DEPTH} 层")])
        self._text = _TOKEN.sub(self._token, text)
        if self._mistakes:
            raise ExpressionError(self._mistakes)
        try:
            return ast.parse(self._text, mode="eval").body
        except SyntaxError as error:
            raise ExpressionError([(self._syntax_offset(error), "表达式写法有误", _advice(self._text))]) from None
        except (ValueError, RecursionError, MemoryError):
            raise ExpressionError([(self._lead, "表达式太复杂", "请拆成几条")]) from None

    def _token(self, found: re.Match[str]) -> str:
        """Write `90%` as the imaginary number 90j, which is as long and which the grammar has no other use for."""
        if found["string"] is not None:
            return found[0]
        if found["rest"]:
            units = "、".join(_LITERAL_UNITS)
            self._mistakes.append(
                (self._lead + found.start("rest"), f"数后面的“{shorten(found['rest'])}”不是单位", f"可用 {units}")
            )
        if len(found["number"]) > 32 or Decimal(found["number"]) > MAX_NUMBER:
            self._mistakes.append((self._lead + found.start(), "数太大或太长", "不超过 1000 万亿"))
        if not found["unit"]:
            return found[0]
        self._units[found.start()] = found["unit"]
        return found["number"] + "j" + " " * (len(found["unit"]) - 1)

    def _syntax_offset(self, error: SyntaxError) -> int:
        return self._lead + max(0, min((error.offset or 1) - 1, len(self._text)))

    def _offset(self, node: ast.AST) -> int:
        """Return where a node begins in the source; the parser counts bytes."""
        return self._lead + self._column(getattr(node, "col_offset", 0))

    def _column(self, byte: int) -> int:
        return len(self._text.encode()[:byte].decode(errors="ignore"))

    def _bound(self, tree: ast.expr) -> None:
        stack: list[tuple[ast.AST, int]] = [(tree, 1)]
        count = 0
        while stack:
            node, depth = stack.pop()
            if isinstance(node, ast.expr):
                count += 1
                if depth > MAX_DEPTH or count > MAX_NODES:
                    limit = f"嵌套不超过 {MAX_DEPTH} 层、总数不超过 {MAX_NODES}"
                    raise ExpressionError([(self._offset(node), "表达式太复杂", limit)])
            stack.extend((child, depth + 1) for child in ast.iter_child_nodes(node))

    # --- conditions -----------------------------------------------------------------------------------------------------

    def _truth(self, node: ast.expr, *, strict: bool, negated: bool = False) -> Run:
        if isinstance(node, ast.BoolOp):
            parts = [self._truth(value, strict=strict, negated=negated) for value in node.values]
            return _all_of(parts) if isinstance(node.op, ast.And) is not negated else _any_of(parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._truth(node.operand, strict=strict, negated=not negated)
        if isinstance(node, ast.Compare):
            return self._comparisons(node, negated=negated)
        if isinstance(node, ast.Call):
            function = self._function(node)
            if function is not None and function.result == "truth":
                return _condition(function, self._arguments(node, function), negated=negated)
            if function is not None:
                self._mistake(node, f"{function.name}() 是数，不是条件", "与另一个数比较，如 == 或 <=")
            return _never
        if isinstance(node, ast.Name | ast.Attribute):
            return self._flag(node, negated=negated)
        if self._expression(node) is not None:
            self._mistake(node, "这不是条件", "写一个比较，如 合计 == sum(各项)")
        return _never

    def _flag(self, node: ast.expr, *, negated: bool) -> Run:
        found = self._expression(node)
        if found is None:
            return _never
        if found.kind not in ("any", "truth") or found.many:
            self._mistake(node, f"“{found.name}”不是条件", f"写一个比较，或 given({found.name})")
        return _flag(found.name, negated=negated)

    def _comparisons(self, node: ast.Compare, *, negated: bool) -> Run:
        sides = [self._expression(side) for side in (node.left, *node.comparators)]
        parts: list[Run] = []
        for n, operator in enumerate(node.ops):
            sign = _ORDER.get(type(operator))
            left, right = sides[n], sides[n + 1]
            if sign is None:
                self._mistake(node.comparators[n], "不能用 in、is", "比较用 == != < <= > >=；找词用 mentions()")
            elif left is not None and right is not None:
                parts.append(self._comparison(node, left, right, _OPPOSITE[sign] if negated else sign))
        if not parts:
            return _never
        if len(parts) == 1:
            return parts[0]
        return _any_of(parts) if negated else _all_of(parts)

    def _comparison(self, node: ast.Compare, left: _Node, right: _Node, sign: str) -> Run:
        if left.many or right.many:
            name = left.name if left.many else right.name
            self._mistake(node, f"“{name}”是一列数，不能直接比较", f"用 sum({name})、max({name}) 之类")
            return _never
        if "text" in (left.kind, right.kind):
            if not {left.kind, right.kind} <= {"text", "any"}:
                self._mistake(node, _unlike(left.kind, right.kind, "比较"), "比较同一类的值")
            elif sign not in ("==", "!="):
                self._mistake(node, "文字不能比较大小", "用 == 或 !=")
            return _text_comparison(left, right, same=sign == "==")
        if not _fits(left.kind, right.kind):
            self._mistake(node, _unlike(left.kind, right.kind, "比较"), "先换算成同一类的数")
        return _Comparison(left, right, sign)

    # --- figures --------------------------------------------------------------------------------------------------------

    def _expression(self, node: ast.expr) -> _Node | None:
        if isinstance(node, ast.Constant):
            return self._constant(node)
        if isinstance(node, ast.Name | ast.Attribute):
            return self._name(node)
        if isinstance(node, ast.BinOp):
            return self._binary(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            return self._unary(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        self._mistake(node, f"这里不能用{_syntax_name(node)}", "只能用 + - * /、比较、and or not 和所列函数")
        return None

    def _constant(self, node: ast.Constant) -> _Node | None:
        value = node.value
        if isinstance(value, str):
            return _Node(lambda _: value, "text")
        if isinstance(value, complex):
            start = self._column(node.col_offset)
            unit = _LITERAL_UNITS[self._units[start]]
            written = self._text[start : self._column(node.end_col_offset or 0)].rstrip("j")
            quantity = Quantity(Decimal(written), Decimal(0), unit, written + unit.name)
            figure = from_quantity(quantity)
            return _Node(lambda _: figure, unit.dimension)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._mistake(node, f"这里不能用 {value!r}", "写一个数、一段带引号的文字或一个名称")
            return None
        written = self._text[self._column(node.col_offset) : self._column(node.end_col_offset or 0)]
        figure = (Decimal(written), Decimal(written), PURE, arithmetic.ONE)
        number = (figure[0], figure[0], PURE, arithmetic.ONE)
        return _Node(lambda _: number, "number")

    def _name(self, node: ast.expr) -> _Node | None:
        name = _dotted(node)
        if name is None:
            self._mistake(node, "点号左边只能是名称", "如 合计.分值")
            return None
        name = normal_name(name)
        dimension = self._known.get(name)
        if dimension is None:
            remedy = nearest(name, self._known)
            if name in FUNCTIONS:
                remedy = f"写成 {name}(…)"
            self._mistake(node, f"没有“{shorten(name)}”这个名称", remedy or "查看 for-each 处可用的名称")
            return None
        self._names.add(name)
        raw = _raw(name)
        if dimension.kind == "text" and not dimension.many:
            return _Node(raw, "text", name, raw=raw)
        return _Node(_figure_of(name), dimension.kind, name, many=dimension.many, raw=raw)

    def _binary(self, node: ast.BinOp) -> _Node | None:
        left, right = self._expression(node.left), self._expression(node.right)
        found = _ARITHMETIC.get(type(node.op))
        if found is None:
            self._mistake(node, f"不能用{_operator_name(node.op)}", "只能用 + - * /")
            return None
        if left is None or right is None:
            return None
        for side, part in ((left, node.left), (right, node.right)):
            if side.many or side.kind == "text":
                what = "是一列数" if side.many else "是文字"
                self._mistake(
                    part,
                    f"{f'“{side.name}”' if side.name else '这里'}{what}，不能直接计算",
                    f"用 sum({side.name})" if side.many else "",
                )
                return None
        sign, operation = found
        if sign in "+-" and not _fits(left.kind, right.kind):
            self._mistake(node, _unlike(left.kind, right.kind, "相加" if sign == "+" else "相减"), "先换算成同一类的数")
            return None
        kind = _result_kind(sign, left.kind, right.kind)
        if kind is None:
            self._mistake(node, f"{_KIND_WORDS[left.kind]}不能乘以{_KIND_WORDS[right.kind]}", "检查公式")
            return None
        return _Node(_operation(operation, left.run, right.run), kind, computed=sign in "*/" or left.computed or right.computed)

    def _unary(self, node: ast.UnaryOp) -> _Node | None:
        operand = self._expression(node.operand)
        if operand is None:
            return None
        if operand.many or operand.kind == "text":
            self._mistake(node, "正负号后面只能是一个数", "检查公式")
            return None
        if isinstance(node.op, ast.UAdd):
            return operand._replace(name="")
        inner = operand.run
        return _Node(lambda frame: arithmetic.negate(inner(frame)), operand.kind, computed=operand.computed)

    def _call(self, node: ast.Call) -> _Node | None:
        function = self._function(node)
        if function is None:
            return None
        if function.result == "truth":
            self._mistake(node, f"{function.name}() 是条件，不是数", "用 and、or、not 连接，不能参加运算")
            return None
        arguments = self._arguments(node, function)
        run = function.run
        parts = [argument.run for argument in arguments]
        computed = any(argument.computed for argument in arguments) or function.result == "ratio"
        if not arguments:
            return None
        if function.result == "value":
            return self._picked(node, function, arguments)
        kind = function.result if function.result != "same" else self._common_kind(node, arguments)
        if function.parameters == ("items",):
            return _Node(_items_call(run, parts), kind, computed=computed)
        return _Node(lambda frame: run(frame, [part(frame) for part in parts]), kind, computed=computed)

    def _picked(self, node: ast.Call, function: Function, arguments: Sequence[_Node]) -> _Node:
        """A function that returns one of its arguments is used like a name."""
        parts = [argument.run for argument in arguments]
        run = function.run

        def raw(frame: Frame) -> Any:
            return run(frame, [part(frame) for part in parts])

        kind = self._common_kind(node, arguments)
        return _Node(raw if kind == "text" else lambda frame: _as_figure(frame, raw(frame), function.name), kind, raw=raw)

    def _common_kind(self, node: ast.Call, arguments: Iterable[_Node]) -> str:
        kind = "any"
        for argument in arguments:
            if not _fits(kind, argument.kind):
                self._mistake(node, _unlike(kind, argument.kind, "放在一起"), "先换算成同一类的数")
            if kind in ("any", "number"):
                kind = argument.kind
        return kind

    def _function(self, node: ast.Call) -> Function | None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        function = FUNCTIONS.get(name)
        if function is None:
            shown = name or _dotted(node.func) or "这里"
            self._mistake(
                node.func, f"没有函数“{shorten(shown)}”", nearest(shown, FUNCTIONS) or f"可用：{'、'.join(FUNCTIONS)}"
            )
            return None
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            self._mistake(node, "函数的参数不能带名称或星号", f"如 {function.example}")
            return None
        least = len(function.parameters)
        if len(node.args) < least or (len(node.args) > least and not function.variadic):
            self._mistake(node, f"{name}() 要 {least} 个参数，写了 {len(node.args)} 个", f"如 {function.example}")
            return None
        return function

    def _arguments(self, node: ast.Call, function: Function) -> list[_Node]:
        kinds = (*function.parameters, *[function.parameters[-1]] * (len(node.args) - len(function.parameters)))
        found: list[_Node] = []
        for kind, argument in zip(kinds, node.args, strict=True):
            inner = self._expression(argument)
            if inner is None:
                return []
            problem = _misfit(kind, inner, is_literal=isinstance(argument, ast.Constant))
            if problem:
                self._mistake(argument, f"{function.name}() {problem}", f"如 {function.example}")
                return []
            found.append(_as_argument(kind, inner, argument))
        return found

    def _mistake(self, node: ast.AST, what: str, remedy: str) -> None:
        self._mistakes.append((self._offset(node), what, remedy))


def _advice(text: str) -> str:
    if re.search(r"(?<![=<>!])=(?!=)", text):
        return "相等写成 =="
    if re.search(r"[≥≤≠]", text):
        return "写成 >= <= !="
    if re.search(r"&&|\|\||[且或非]", text):
        return "条件用 and、or、not 连接"
    return "检查括号、运算符和引号"


def _syntax_name(node: ast.AST) -> str:
    words: dict[type[ast.AST], str] = {
        ast.BoolOp: " and、or ", ast.Compare: "比较", ast.UnaryOp: " not、~ ", ast.Lambda: " lambda ", ast.IfExp: " if ", ast.Subscript: "下标", ast.List: "列表",
        ast.Tuple: "逗号", ast.Dict: "花括号", ast.Set: "花括号", ast.JoinedStr: " f 字符串", ast.NamedExpr: " := ", ast.Await: " await ",
    }  # fmt: skip
    return words.get(type(node), "这种写法")


def _operator_name(operator: ast.operator) -> str:
    words: dict[type[ast.operator], str] = {ast.Pow: "乘方 **", ast.Mod: "取余 %", ast.FloorDiv: "整除 //"}
    return words.get(type(operator), "这个运算符")


def _dotted(node: ast.expr) -> str | None:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join((node.id, *reversed(parts))) if isinstance(node, ast.Name) else None


# --- kinds ----------------------------------------------------------------------------------------------------------------


def _fits(one: str, other: str) -> bool:
    return one == other or one in ("any", "number") and other != "text" or other in ("any", "number") and one != "text"


def _unlike(one: str, other: str, what: str) -> str:
    return f"{_KIND_WORDS.get(one, one)}与{_KIND_WORDS.get(other, other)}不能{what}"


def _result_kind(sign: str, one: str, other: str) -> str | None:
    """Return what comes out of an operation; None when it makes no sense."""
    if sign in "+-":
        return other if one in ("any", "number") else one
    if sign == "/":
        if one == other:
            return "any" if one in ("any", "number") else "ratio"
        return one if other in ("ratio", "number") else "any"
    if "any" in (one, other):
        return "any"
    if one in ("number", "ratio"):
        return other if one == "number" or other != "number" else one
    return one if other in ("number", "ratio") else None


def _misfit(kind: str, node: _Node, *, is_literal: bool) -> str:
    """Say why a value can't be an argument of this kind; empty when it can."""
    if kind == "figure":
        return "只能用数" if node.many or node.kind == "text" else ""
    if kind == "items":
        return "只能用数和数的列表" if node.kind == "text" and not node.many else ""
    if kind == "list":
        return "" if node.many else "要一列值"
    if node.raw is None and not is_literal:
        return "只能用名称，不能用算式"
    if kind in ("value", "choice") and node.many:
        return "只能用一个值，不能用一列"
    return ""


def _as_argument(kind: str, node: _Node, argument: ast.expr) -> _Node:
    """Give a function what it asks for: figures computed, everything else as it stands in the place."""
    if kind == "figure":
        return node
    if kind == "items":
        return node._replace(run=_items(node.raw)) if node.raw is not None else node
    if kind in ("maybe", "choice") and node.raw is not None:
        return node._replace(run=_or_none(node.raw))
    if node.raw is not None:
        return node._replace(run=node.raw)
    if isinstance(argument, ast.Constant) and not isinstance(argument.value, str):
        figure = node.run(Frame({}))
        unit = next(
            (unit for unit in _LITERAL_UNITS.values() if unit.dimension == figure[2] and unit.factor == figure[3]), BARE_UNIT
        )
        quantity = Quantity(figure[0] / unit.factor, Decimal(0), unit, ast.unparse(argument))
        return node._replace(run=lambda _: quantity)
    return node


# --- closures: values ------------------------------------------------------------------------------------------------------


def _absent(name: str) -> NoReturn:
    raise Absent(f"本表没有“{name}”栏")


def _raw(name: str) -> Run:
    def run(frame: Frame) -> Any:
        value = frame.binding.get(name)
        if value is None:
            _absent(name)
        return value

    return run


def _or_none(raw: Run) -> Run:
    """Let a column that the form doesn't have be nothing, for functions that ask whether it is there."""

    def run(frame: Frame) -> Any:
        try:
            return raw(frame)
        except Absent:
            return None

    return run


def _items(raw: Run) -> Run:
    def run(frame: Frame) -> Any:
        value = raw(frame)
        return value if type(value) is tuple else (_item(value),)

    return run


def _item(value: Any) -> Any:
    return value if type(value) is Fact else from_quantity(value) if type(value) is Quantity else value


def _items_call(function: Callable[[Frame, Sequence[Any]], Any], parts: Sequence[Run]) -> Run:
    if len(parts) == 1:
        only = parts[0]

        def run_one(frame: Frame) -> Any:
            value = only(frame)
            return function(frame, value if _is_list(value) else (value,))

        return run_one

    def run(frame: Frame) -> Any:
        items: list[Any] = []
        absent: Absent | None = None
        for part in parts:
            try:
                value = part(frame)
            except Absent as error:
                absent = absent or error
                continue
            items.extend(value) if _is_list(value) else items.append(value)
        if not items and absent is not None:
            raise absent
        return function(frame, items)

    return run


def _is_list(value: Any) -> bool:
    """Tell a tuple of items from a figure, which is a tuple that begins with a decimal."""
    return not value or type(value[0]) is not Decimal


def _figure_of(name: str) -> Run:
    def run(frame: Frame) -> Figure:
        value = frame.binding.get(name)
        if type(value) is Fact:
            return frame.figure(value)
        if value is None:
            _absent(name)
        return _as_figure(frame, value, name)

    return run


def _as_figure(frame: Frame, value: Any, name: str) -> Figure:
    if type(value) is Fact:
        return frame.figure(value)
    if type(value) is Quantity:
        return from_quantity(value)
    if type(value) is int:
        number = Decimal(value)
        return number, number, PURE, arithmetic.ONE
    raise Undetermined(f"“{shorten(name)}”不是一个数")


def _operation(operation: Callable[[Figure, Figure], Figure], left: Run, right: Run) -> Run:
    return lambda frame: operation(left(frame), right(frame))


# --- closures: conditions ----------------------------------------------------------------------------------------------------


def _never(frame: Frame) -> Verdict:
    return Verdict(Outcome.UNDETERMINED)


def _all_of(parts: Sequence[Run]) -> Run:
    """The first part that fails decides, then the first without an answer; the last one speaks for all that pass."""

    def run(frame: Frame) -> Verdict:
        return _join([*_until(parts, frame, Outcome.FAIL)], (Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE))

    return run


def _any_of(parts: Sequence[Run]) -> Run:
    """The first part that passes decides, then the first without an answer, then the first that fails."""

    def run(frame: Frame) -> Verdict:
        return _join([*_until(parts, frame, Outcome.PASS)], (Outcome.PASS, Outcome.UNDETERMINED, Outcome.FAIL))

    return run


def _until(parts: Iterable[Run], frame: Frame, last: Outcome) -> Iterator[Verdict]:
    for part in parts:
        verdict: Verdict = part(frame)
        yield verdict
        if verdict.outcome is last:
            return


def _join(verdicts: Sequence[Verdict], ranking: Sequence[Outcome]) -> Verdict:
    deciding = next((v for outcome in ranking for v in verdicts if v.outcome is outcome), None)
    if deciding is None:
        deciding = next((v for v in verdicts if v.stated is not None), verdicts[0])
    if len(verdicts) == 1:
        return deciding
    stated = deciding.stated
    facts = [fact for v in (deciding, *verdicts) for fact in (*v.operands, v.stated) if fact is not None and fact is not stated]
    whole = any(v.whole for v in verdicts) and deciding.outcome is Outcome.PASS
    return deciding._replace(operands=_unique(facts), whole=whole or deciding.whole)


def _unique(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({id(fact): fact for fact in facts}.values())


def _flag(name: str, *, negated: bool) -> Run:
    def run(frame: Frame) -> Verdict:
        value = frame.binding.get(name)
        if value is None:
            return Verdict(Outcome.NOT_APPLICABLE, reason=f"本表没有“{name}”栏")
        if type(value) is not bool:
            return Verdict(Outcome.UNDETERMINED, reason=f"“{shorten(name)}”不是条件")
        return Verdict(Outcome.PASS if value is not negated else Outcome.FAIL)

    return run


def _condition(function: Function, arguments: Sequence[_Node], *, negated: bool) -> Run:
    parts = [argument.run for argument in arguments]
    run_function = function.run
    opposite = {Outcome.PASS: Outcome.FAIL, Outcome.FAIL: Outcome.PASS}

    def run(frame: Frame) -> Verdict:
        frame.operands = []
        frame.taken = EXACT
        values: list[Any] = []
        try:
            for part in parts:
                values.append(part(frame))  # noqa: PERF401 (what was read before a failure still counts)
            outcome, reason = run_function(frame, values)
        except Undetermined as error:
            outcome, reason = Outcome.UNDETERMINED, str(error)
        except Absent as error:
            outcome, reason = Outcome.NOT_APPLICABLE, str(error)
        if negated:
            outcome = opposite.get(outcome, outcome)
        stated = values[0] if values and type(values[0]) is Fact else frame.operands[0] if frame.operands else None
        facts = [*(value for value in values if type(value) is Fact), *frame.operands]
        return Verdict(outcome, None, stated, _unique(fact for fact in facts if fact is not stated), reason=reason)

    return run


def _text_comparison(left: _Node, right: _Node, *, same: bool) -> Run:
    left_run = left.raw or left.run
    right_run = right.raw or right.run

    def run(frame: Frame) -> Verdict:
        facts: list[Fact] = []
        texts: list[str] = []
        try:
            for part in (left_run, right_run):
                value = part(frame)
                if type(value) is Fact:
                    facts.append(value)
                texts.append(same_spelling(text_of(value)))
        except Undetermined as error:
            return Verdict(Outcome.UNDETERMINED, None, facts[0] if facts else None, tuple(facts[1:]), reason=str(error))
        except Absent as error:
            return Verdict(Outcome.NOT_APPLICABLE, None, facts[0] if facts else None, tuple(facts[1:]), reason=str(error))
        outcome = Outcome.PASS if (texts[0] == texts[1]) is same else Outcome.FAIL
        return Verdict(outcome, None, facts[0] if facts else None, tuple(facts[1:]))

    return run


class _Comparison:
    """Two figures and the sign between them. Called with a frame it gives a verdict."""

    __slots__ = ("_computed", "_left", "_right", "_sign", "_stated_left", "_stated_right")

    def __init__(self, left: _Node, right: _Node, sign: str) -> None:
        self._left = left.run
        self._right = right.run
        self._sign = sign
        self._stated_left = left.name
        self._stated_right = right.name
        self._computed = left.computed or right.computed

    def __call__(self, frame: Frame) -> Verdict:
        frame.taken = EXACT
        frame.operands = used = []
        frame.approximate = None
        stated: Fact | None = None
        flipped = False
        if self._stated_left:
            value = frame.binding.get(self._stated_left)
            stated = value if type(value) is Fact else None
        if stated is None and self._stated_right:
            value = frame.binding.get(self._stated_right)
            stated = value if type(value) is Fact else None
            flipped = stated is not None
        try:
            left, right, dimension, _ = unify(self._left(frame), self._right(frame))
        except Undetermined as error:
            return Verdict(Outcome.UNDETERMINED, None, stated, self._others(used, stated), reason=str(error))
        except Absent as error:
            return Verdict(Outcome.NOT_APPLICABLE, None, stated, self._others(used, stated), reason=str(error))
        mine, other = (right[0], left[0]) if flipped else (left[0], right[0])
        operands = self._others(used, stated)
        try:
            if self._sign == "==":
                return self._equality(frame, mine, other, dimension, right[3] if flipped else left[3], stated, operands)
            return self._order(frame, left, right, mine, other, dimension, stated, operands)
        except Undetermined as error:
            return Verdict(Outcome.UNDETERMINED, None, stated, operands, reason=str(error))

    @staticmethod
    def _others(used: Sequence[Fact], stated: Fact | None) -> tuple[Fact, ...]:
        found = tuple(fact for fact in used if fact is not stated)
        return found if len(found) < 2 else _unique(found)

    # --- equality -------------------------------------------------------------------------------------------------------

    def _equality(
        self,
        frame: Frame,
        mine: Decimal,
        other: Decimal,
        dimension: str,
        factor: Decimal,
        stated: Fact | None,
        operands: tuple[Fact, ...],
    ) -> Verdict:
        difference = CONTEXT.subtract(mine, other)
        if not difference:
            return Verdict(Outcome.PASS, Grade.EXACT, stated, operands, None, difference)
        step = self._step(frame, stated, dimension, factor)
        if _rounds_to(mine, other, difference, step):
            return Verdict(Outcome.PASS, Grade.EXACT, stated, operands, None, difference)
        expected = _written_like(frame, stated, other, factor)
        if self._may_be_equal(frame, stated, dimension, step):
            whole = not self._computed and self._whole(frame, stated, operands)
            return Verdict(Outcome.PASS, Grade.WITHIN_ROUNDING, stated, operands, expected, difference, None, whole)
        if frame.approximate is not None:
            raise Undetermined(f"“{shorten(frame.approximate.text)}”是约数，不能断定")
        cut = step and CONTEXT.multiply(CONTEXT.divide(other, step).to_integral_value(ROUND_DOWN), step) == mine
        return Verdict(Outcome.FAIL, Grade.TRUNCATED if cut else Grade.OFF, stated, operands, expected, difference)

    def _step(self, frame: Frame, stated: Fact | None, dimension: str, factor: Decimal) -> Decimal:
        """Return the step of the stated figure in base units; 0 where it must agree to the digit."""
        if stated is None or (dimension == "points" and not self._computed):
            return arithmetic.ZERO
        quantity = frame.quantity(stated)
        step = quantity.step
        if not step and dimension == "points":
            exponent = quantity.value.as_tuple().exponent
            step = arithmetic.ONE.scaleb(min(exponent, 0)) if isinstance(exponent, int) else step
        own = quantity.unit
        if own.dimension == "" and own.factor == 1:
            if _counted(dimension, factor) and step >= 1 and not self._computed:
                return arithmetic.ZERO
            return CONTEXT.multiply(step, factor)
        return CONTEXT.multiply(step, own.factor)

    def _may_be_equal(self, frame: Frame, stated: Fact | None, dimension: str, step: Decimal) -> bool:
        """Tell whether some unrounded values, each within its interval, agree."""
        if dimension == "points" and not self._computed:
            return False
        half = CONTEXT.multiply(step, arithmetic.HALF)

        def meet(left: Figure, right: Figure) -> bool:
            slack = half if stated is not None and self._is_exact(frame, stated) else arithmetic.ZERO
            margin = CONTEXT.add(slack, CONTEXT.multiply(abs(right[0]), _EPSILON))
            return left[0] - margin <= right[1] and right[0] - margin <= left[1]

        return self._somewhere(frame, dimension, meet)

    @staticmethod
    def _is_exact(frame: Frame, stated: Fact) -> bool:
        """Tell whether the interval of a stated figure, as an operand, is a point though it was rounded (computed points)."""
        low, high = frame.bounds(frame.quantity(stated))
        return low is high

    def _somewhere(self, frame: Frame, dimension: str, holds: Callable[[Figure, Figure], bool]) -> bool:
        """Tell whether a relation of two intervals holds for some values of the operands.

        An operand that occurs twice has one value only: its interval is cut into pieces, each tried by itself. Every piece is
        computed with plain intervals, so that nothing possible is left out and nothing is wider than without the cutting.
        """
        used = frame.operands
        repeated = _repeated(used)
        frame.taken = COUNTED if _counted(dimension, arithmetic.ONE) else WIDE
        frame.operands = []
        try:
            left, right, _, _ = unify(self._left(frame), self._right(frame))
            if not repeated or len(repeated) > len(_HALF_STEPS) or not holds(left, right):
                return holds(left, right)
            return self._in_pieces(frame, repeated, holds)
        finally:
            frame.taken = EXACT
            frame.operands = used
            frame.pieces = {}

    def _in_pieces(self, frame: Frame, repeated: Sequence[Fact], holds: Callable[[Figure, Figure], bool]) -> bool:
        count = _HALF_STEPS[len(repeated) - 1]
        for pieces in product(*(_pieces(frame, fact, count) for fact in repeated)):
            frame.pieces = {id(fact): piece for fact, piece in zip(repeated, pieces, strict=True)}
            left, right, _, _ = unify(self._left(frame), self._right(frame))
            if holds(left, right):
                return True
        return False

    @staticmethod
    def _whole(frame: Frame, stated: Fact | None, operands: Sequence[Fact]) -> bool:
        """Tell whether all figures are whole numbers of a scaled unit of money."""
        quantities = [frame.quantity(fact) for fact in (*((stated,) if stated else ()), *operands)]
        return any(q.unit.factor > 1 for q in quantities) and all(
            q.step >= 1 and (q.unit.dimension == "" or (q.unit.dimension == "money" and q.unit.factor > 1)) for q in quantities
        )

    # --- order ------------------------------------------------------------------------------------------------------------

    def _order(
        self,
        frame: Frame,
        left: Figure,
        right: Figure,
        mine: Decimal,
        other: Decimal,
        dimension: str,
        stated: Fact | None,
        operands: tuple[Fact, ...],
    ) -> Verdict:
        sign = self._sign
        difference = CONTEXT.subtract(mine, other)
        if _ordered(sign, left[0], right[0]):
            return Verdict(Outcome.PASS, Grade.EXACT, stated, operands, None, difference)
        expected = _written_like(frame, stated, other, left[3])
        if not frame.strict and sign != "!=":
            allowed = self._somewhere(
                frame, dimension, lambda a, b: _ordered(sign, a[0], b[1]) if sign[0] == "<" else _ordered(sign, a[1], b[0])
            )
            if allowed:
                return Verdict(Outcome.PASS, Grade.WITHIN_ROUNDING, stated, operands, expected, difference)
        if frame.approximate is not None and not frame.strict:
            raise Undetermined(f"“{shorten(frame.approximate.text)}”是约数，不能断定")
        return Verdict(Outcome.FAIL, Grade.OFF, stated, operands, expected, difference)


def _ordered(sign: str, left: Decimal, right: Decimal) -> bool:
    if sign == "<":
        return left < right
    if sign == "<=":
        return left <= right
    if sign == ">":
        return left > right
    if sign == ">=":
        return left >= right
    return left != right


def _counted(dimension: str, factor: Decimal) -> bool:
    """Tell whether bare whole numbers in this company were counted or given, not rounded."""
    return dimension == "points" or dimension.startswith("count") or (dimension == "money" and factor == 1)


def _rounds_to(mine: Decimal, other: Decimal, difference: Decimal, step: Decimal) -> bool:
    """Tell whether the computed value, rounded half up or half even to the step, is what stands there."""
    twice = abs(CONTEXT.add(difference, difference))
    slack = CONTEXT.multiply(abs(other), _EPSILON)
    if abs(CONTEXT.subtract(twice, step)) > slack:
        return twice < step or twice <= slack
    away_from_zero = (difference > 0) is (other > 0)
    return away_from_zero or (step != 0 and CONTEXT.divide(other, step).to_integral_value(ROUND_HALF_EVEN) * step == mine)


def _repeated(facts: Iterable[Fact]) -> list[Fact]:
    seen: set[int] = set()
    repeated: dict[int, Fact] = {}
    for fact in facts:
        if id(fact) in seen:
            repeated[id(fact)] = fact
        seen.add(id(fact))
    return list(repeated.values())


def _pieces(frame: Frame, fact: Fact, count: int) -> list[tuple[Decimal, Decimal]]:
    low, high = frame.bounds(frame.quantity(fact))
    if low is high:
        return [(low, high)]
    width = CONTEXT.divide(high - low, Decimal(count))
    ends = [low, *(CONTEXT.add(low, CONTEXT.multiply(width, Decimal(n))) for n in range(1, count)), high]
    return list(zip(ends, ends[1:], strict=False))


def _written_like(frame: Frame, stated: Fact | None, value: Decimal, factor: Decimal) -> str | None:
    """Write a computed value as the stated one is written."""
    return None if stated is None else _format(value, frame.quantity(stated), factor)


def _format(value: Decimal, like: Quantity, factor: Decimal) -> str:
    from validator.facts.numbers import format_quantity  # noqa: PLC0415 (needed only where something is to be said)

    if like.unit.dimension == "" and like.unit.factor == 1 and factor != 1:
        value = CONTEXT.divide(value, factor)
    return format_quantity(value, like)


def _own_figure(quantity: Quantity) -> Figure:
    base = quantity.base
    return base, base, quantity.unit.dimension, quantity.unit.factor
