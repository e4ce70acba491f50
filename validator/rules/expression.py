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
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple, NoReturn, TypeAlias

from validator.errors import GoujiError
from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.model.quantity import BARE as BARE_UNIT
from validator.model.quantity import Quantity, State, Unit
from validator.rules import arithmetic
from validator.rules.arithmetic import (
    EXACT,
    PURE,
    Absent,
    Dimension,
    Figure,
    Frame,
    Undetermined,
    from_quantity,
    shorten,
    unify,
)
from validator.rules.binding import Names, Value, Within, within
from validator.rules.comparison import Comparison, Side, Verdict, ordered, unique
from validator.rules.functions import FUNCTIONS, ON_STATE, Function, same_spelling, text_of
from validator.rules.source import nearest

__all__ = [
    "HOLDS",
    "Dimension",
    "Expression",
    "ExpressionError",
    "Formula",
    "Value",
    "Verdict",
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


# Members of an enumeration are looked up slowly, and a check asks for several of them.
_PASS, _FAIL, _UNDETERMINED, _NOT_APPLICABLE = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
HOLDS = _PASSED = Verdict(_PASS)
_FAILED = Verdict(_FAIL)
_WEAK = {Outcome.UNDETERMINED: 0, Outcome.FAIL: 1, Outcome.NOT_APPLICABLE: 2, Outcome.CRASHED: 3}
"""Which outcome counts when no part of an `or` passes: the lower first."""


class ExpressionError(GoujiError):
    """An expression with mistakes."""

    def __init__(self, mistakes: Sequence[tuple[int, str, str]]) -> None:
        """`mistakes`: for each the offset of the character, what is wrong, what to do."""
        super().__init__("；".join(what for _, what, _ in mistakes))
        self.mistakes = tuple(sorted(mistakes))


Run: TypeAlias = Callable[[Frame], Any]
Key: TypeAlias = str
"""A condition as it is written, with marks for whether it is decided strictly and whether it is negated."""


class _Condition(NamedTuple):
    """One of the conditions of a `when`, all of which must hold."""

    name: str
    """Set where it asks of one cell what kind of thing stands in it: most do."""
    states: tuple[State, ...]
    """The kinds for which it then holds."""
    key: Key
    run: Run


_Answer: TypeAlias = tuple[Outcome, str | None, Sequence[Any], Sequence[Fact], str | None]
"""What came of a condition: how it ended, why where there is no answer, its arguments, the cells used, what was expected."""


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

    __slots__ = ("_node", "_strict", "equation", "names", "required", "required_to_hold", "source")

    def __init__(self, source: str, names: frozenset[str], tree: ast.expr, node: Run, strict: Sequence[_Condition]) -> None:
        """Made by `compile_expression`."""
        self.source = source
        self.names = names
        self.required = _required(tree, every=False)
        """Names without which there can be no verdict: where the form lacks one of these columns, it is not applicable."""
        self.required_to_hold = _required(tree, every=True)
        """Names without which the condition can't hold."""
        self.equation = isinstance(tree, ast.Compare) and len(tree.ops) == 1 and isinstance(tree.ops[0], ast.Eq)
        """Whether it says that one figure equals another, and nothing else."""
        self._node = node
        self._strict = strict

    def evaluate(self, names: Names) -> Verdict:
        """Check a place: what rounding may explain passes, and so does what another fair reading of a cell explains."""
        binding = names if type(names) is Within else within(names)
        verdict: Verdict = self._node(Frame(binding))
        if verdict.outcome is _FAIL or verdict.outcome is _UNDETERMINED:
            return self._other_readings(verdict, binding)
        return verdict

    def holds(self, names: Names) -> Verdict:
        """Decide a condition by the figures as they are written (for `when`)."""
        return self.where_it_holds((within(names),), {})[0]

    def where_it_holds(self, places: Sequence[Within], known: dict[str, list[Verdict | None]]) -> list[Verdict]:
        """Decide a condition in many places at once, as `holds` does in one.

        `known`: what other rules found out about the same places; what is found out here is added. A place is asked no
        further question once its answer is sure.
        """
        ends = [_PASSED] * len(places)
        asked: Sequence[int] = range(len(places))
        for name, states, key, run in self._strict:
            column = known.get(key)
            if column is None:
                column = known[key] = [_state_in(place[name], states) for place in places] if name else [None] * len(places)
            left: list[int] = []
            for at in asked:
                verdict = column[at]
                if verdict is None:
                    verdict = column[at] = run(Frame(places[at]))
                if verdict is _PASSED:
                    left.append(at)
                elif verdict.outcome is _FAIL:
                    ends[at] = verdict
                else:
                    left.append(at)
                    if verdict.outcome is not _PASS and ends[at].outcome in (_PASS, _NOT_APPLICABLE):
                        ends[at] = verdict
            if not left:
                break
            asked = left
        return ends

    def suppose(self, names: Names, fact: Fact, quantity: Quantity) -> Verdict:
        """Check a place as if something else stood in one of its cells."""
        frame = Frame(within(names))
        frame.chosen = {id(fact): quantity}
        verdict: Verdict = self._node(frame)
        return verdict

    def _other_readings(self, verdict: Verdict, binding: Within) -> Verdict:
        """Try the other fair readings of the cells; the first way that passes counts."""
        used = (verdict.stated, *verdict.operands) if verdict.stated is not None else verdict.operands
        doubtful = [fact for fact in unique(used) if fact.reading.alternatives]
        for way in _ways(doubtful):
            frame = Frame(binding)
            frame.chosen = {id(fact): quantity for fact, quantity in zip(doubtful, way, strict=False)}
            other: Verdict = self._node(frame)
            if other.outcome is Outcome.PASS:
                return other
        return verdict


def _state_in(value: Value, states: tuple[State, ...]) -> Verdict | None:
    """Tell whether what stands in a cell is of these kinds; None where the value is no cell."""
    return (_PASSED if value.reading.state in states else _FAILED) if type(value) is Fact else None


class Formula:
    """A compiled expression that says what should stand somewhere, rather than whether something holds."""

    __slots__ = ("_node", "names", "source")

    def __init__(self, source: str, names: frozenset[str], node: Run) -> None:
        """Made by `compile_formula`."""
        self.source = source
        self.names = names
        self._node = node

    def value(self, names: Names) -> Decimal | None:
        """Return the figure in base units; None when it can't be computed."""
        try:
            figure: Figure = self._node(Frame(within(names)))
        except (Undetermined, Absent):
            return None
        return figure[0]


def _effort(node: ast.expr) -> int:
    """Rank a condition by what it costs to decide: of several that must all hold, the cheap ones are asked first."""
    while isinstance(node, ast.UnaryOp):
        node = node.operand
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        return 0 if name in ON_STATE else 1 if name.startswith(("is_", "signed", "present")) else 3
    if isinstance(node, ast.Compare):
        return 1 if any(isinstance(side, ast.Constant) and isinstance(side.value, str) for side in node.comparators) else 2
    return 4


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
    """Compile; raises ExpressionError with every mistake: syntax, unknown names, units that don't fit, too much of anything.

    `known` has its names as `normal_name` gives them, and so must the values of a place.
    """
    compiler = _Compiler(source, known)
    return compiler.compile()


def compile_formula(source: str, known: Mapping[str, Dimension]) -> Formula:
    """Compile an expression that gives a figure; raises ExpressionError with every mistake."""
    compiler = _Compiler(source, known)
    return compiler.compile_formula()


class _Compiler:
    """One expression on its way from text to closures."""

    def __init__(self, source: str, known: Mapping[str, Dimension]) -> None:
        self._source = source
        self._known = known
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
        parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
        strict = [self._condition(part) for part in sorted(parts, key=_effort)]
        if known_mistakes:
            raise ExpressionError(known_mistakes)
        return Expression(self._source, frozenset(self._names), tree, node, strict)

    def compile_formula(self) -> Formula:
        tree = self._parse()
        self._bound(tree)
        node = self._expression(tree)
        if node is not None and (node.many or node.kind == "text"):
            self._mistake(tree, "这里要一个数", "写一个算式，如 分值 * 执行率")
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
        """Return where the parser stopped; it gives no place for an expression that ends too early."""
        return self._lead + min(error.offset - 1 if error.offset else len(self._text), len(self._text))

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
            every = isinstance(node.op, ast.And) is not negated
            if strict:
                return _all_hold(parts) if every else _any_holds(parts)
            joined = _all_of(parts) if every else _any_of(parts)
            questions = {self._asked_of_a_cell(value) for value in node.values}
            names = {name for name, _ in questions}
            if negated or len(names) > 1 or "" in names:
                return joined
            fit = set.intersection if every else set.union
            return _by_state(tuple(fit(*(set(states) for _, states in questions))), _raw(names.pop()), joined)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._truth(node.operand, strict=strict, negated=not negated)
        if isinstance(node, ast.Compare):
            return self._remembered(
                node, self._comparisons(node, strict=strict, negated=negated), strict=strict, negated=negated
            )
        if isinstance(node, ast.Call):
            function = self._function(node)
            if function is not None and function.result == "truth":
                asked = self._arguments(node, function)
                ask = _ask(function, asked)
                states = ON_STATE.get(function.name)
                if states is None or not asked:
                    ask = self._remembered(node, ask, strict=False, negated=False)
                    return _as_asked(ask, negated=negated, strict=strict)
                run = _as_asked(ask, negated=negated, strict=strict)
                wanted = tuple(state for state in State if (state in states) is not negated)
                return (_strictly_by_state if strict else _by_state)(wanted, asked[0].run, run)
            if function is not None:
                self._mistake(node, f"{function.name}() 是数，不是条件", "与另一个数比较，如 == 或 <=")
            return _never
        if isinstance(node, ast.Name | ast.Attribute):
            return self._flag(node, negated=negated)
        if self._expression(node) is not None:
            self._mistake(node, "这不是条件", "写一个比较，如 合计 == sum(各项)")
        return _never

    def _condition(self, node: ast.expr) -> _Condition:
        name, states = self._asked_of_a_cell(node)
        return _Condition(name, states, self._key(node, strict=True, negated=False), self._truth(node, strict=True))

    def _asked_of_a_cell(self, node: ast.expr) -> tuple[str, tuple[State, ...]]:
        """Return the name of the cell and the states for which a condition holds that looks at nothing else."""
        negated = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
        call = node.operand if isinstance(node, ast.UnaryOp) else node
        name = _dotted(call.args[0]) if isinstance(call, ast.Call) and len(call.args) == 1 else None
        asked = ON_STATE.get(call.func.id) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else None
        if name is None or asked is None:
            return "", ()
        return normal_name(name), tuple(state for state in State if (state in asked) is not negated)

    def _remembered(self, node: ast.expr, run: Run, *, strict: bool, negated: bool) -> Run:
        """Let a place remember what came of a condition: many rules ask the same."""
        return _remember(self._key(node, strict=strict, negated=negated), run)

    def _key(self, node: ast.expr, *, strict: bool, negated: bool) -> Key:
        source = self._text[self._column(node.col_offset) : self._column(node.end_col_offset or 0)]
        return f"{'=' * strict}{'!' * negated}{''.join(source.split())}"

    def _flag(self, node: ast.expr, *, negated: bool) -> Run:
        found = self._expression(node)
        if found is None:
            return _never
        if found.kind not in ("any", "truth") or found.many:
            self._mistake(node, f"“{found.name}”不是条件", f"写一个比较，或 given({found.name})")
        return _flag(found.name, negated=negated)

    def _comparisons(self, node: ast.Compare, *, strict: bool, negated: bool) -> Run:
        sides = [self._expression(side) for side in (node.left, *node.comparators)]
        parts: list[Run] = []
        for n, operator in enumerate(node.ops):
            sign = _ORDER.get(type(operator))
            left, right = sides[n], sides[n + 1]
            if sign is None:
                self._mistake(node.comparators[n], "不能用 in、is", "比较用 == != < <= > >=；找词用 mentions()")
            elif left is not None and right is not None:
                parts.append(self._comparison(node, left, right, _OPPOSITE[sign] if negated else sign, strict=strict))
        if not parts:
            return _never
        if len(parts) == 1:
            return parts[0]
        return _any_of(parts) if negated else _all_of(parts)

    def _comparison(self, node: ast.Compare, left: _Node, right: _Node, sign: str, *, strict: bool) -> Run:
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
        if strict and sign != "==":
            return _strict_order(left.run, right.run, sign)
        return Comparison(Side(left.run, left.name, left.computed), Side(right.run, right.name, right.computed), sign)

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
        if function.result == "ratio":
            return _Node(self._remembered_figure(node, function, parts), "ratio", computed=True)
        kind = function.result if function.result != "same" else self._common_kind(node, arguments)
        if function.parameters == ("items",):
            return _Node(_items_call(run, parts), kind, computed=computed)
        return _Node(lambda frame: run(frame, [part(frame) for part in parts]), kind, computed=computed)

    def _remembered_figure(self, node: ast.Call, function: Function, parts: Sequence[Run]) -> Run:
        """Let a place remember what came of a function of figures, and which cells it used: several rules ask the same."""
        key = self._key(node, strict=False, negated=False)
        compute = function.run

        def run(frame: Frame) -> Figure:
            known = frame.known
            if frame.taken != EXACT or frame.chosen:
                figure: Figure = compute(frame, [part(frame) for part in parts])
                return figure
            found = known.get(key)
            if found is not None:
                figure, used = found
                frame.operands.extend(used)
                return figure
            before = len(frame.operands)
            figure = compute(frame, [part(frame) for part in parts])
            known[key] = figure, tuple(frame.operands[before:])
            return figure

        return run

    def _picked(self, node: ast.Call, function: Function, arguments: Sequence[_Node]) -> _Node:
        """A function that returns one of its arguments is used like a name."""
        parts = [argument.run for argument in arguments]
        run = function.run

        key = self._key(node, strict=False, negated=False)

        def raw(frame: Frame) -> Any:
            known = frame.known
            found = known.get(key)
            if found is None:
                found = known[key] = run(frame, [part(frame) for part in parts])
            return found

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


def _operator_name(operator: ast.operator) -> str:
    words: dict[type[ast.operator], str] = {ast.Pow: "乘方 **", ast.Mod: "取余 %", ast.FloorDiv: "整除 //"}
    return words.get(type(operator), "这个运算符")


def _dotted(node: ast.expr) -> str | None:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join((node.id, *reversed(parts))) if isinstance(node, ast.Name) else None


def _required(node: ast.expr, *, every: bool) -> frozenset[str]:
    """Return the names that a condition can't do without; `every`: all parts of an `and` have to hold."""
    if isinstance(node, ast.BoolOp):
        parts = [_required(value, every=every) for value in node.values]
        return frozenset.union(*parts) if every and isinstance(node.op, ast.And) else frozenset.intersection(*parts)
    if isinstance(node, ast.UnaryOp):
        return _required(node.operand, every=every and not isinstance(node.op, ast.Not))
    if isinstance(node, ast.Call):
        kinds = FUNCTIONS[node.func.id].parameters if isinstance(node.func, ast.Name) else ()
        if kinds == ("items",):
            return frozenset.intersection(*(_required(argument, every=every) for argument in node.args))
        fixed = zip((*kinds, *[kinds[-1]] * len(node.args)), node.args, strict=False)
        return frozenset().union(*(_required(a, every=every) for kind, a in fixed if kind not in ("maybe", "known", "choice")))
    if isinstance(node, ast.Name | ast.Attribute):
        name = _dotted(node)
        return frozenset((normal_name(name),)) if name else frozenset()
    return frozenset().union(
        *(_required(child, every=every) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr))
    )


# --- kinds ----------------------------------------------------------------------------------------------------------------


def _fits(one: str, other: str) -> bool:
    loose = ("any", "number")
    return one == other or (one in loose and other != "text") or (other in loose and one != "text")


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
    if kind in ("list", "lists"):
        return "" if node.many else "要一列值"
    if kind == "known":
        return ""
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
    if kind == "known" and node.raw is None:
        return node._replace(run=_or_none(node.run))
    if kind in ("maybe", "choice", "known") and node.name:
        name = node.name
        return node._replace(run=lambda frame: frame.binding[name])
    if kind in ("maybe", "choice", "known") and node.raw is not None:
        return node._replace(run=_or_none(node.raw))
    if node.raw is not None:
        return node._replace(run=node.raw)
    if isinstance(argument, ast.Constant) and not isinstance(argument.value, str):
        figure = node.run(Frame(Within({}, {})))
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
        value = frame.binding[name]
        if value is None:
            _absent(name)
        return value

    return run


def _or_none(raw: Run) -> Run:
    """Let a column that the form doesn't have be nothing, for functions that ask whether it is there."""

    def run(frame: Frame) -> Any:
        try:
            return raw(frame)
        except (Absent, Undetermined):
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
        value = frame.binding[name]
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


def _remember(key: Key, run: Run) -> Run:
    def remembered(frame: Frame) -> Any:
        if frame.chosen:
            return run(frame)
        found = frame.known.get(key)
        if found is None:
            found = frame.known[key] = run(frame)
        return found

    return remembered


def _all_hold(parts: Sequence[Run]) -> Run:
    """As `_all_of`, for a condition: only how it ends counts, not which cells were used on the way."""

    def run(frame: Frame) -> Verdict:
        open_: Verdict | None = None
        verdict: Verdict = _PASSED
        for part in parts:
            verdict = part(frame)
            if verdict.outcome is Outcome.FAIL:
                return verdict
            if verdict.outcome is not Outcome.PASS and (open_ is None or open_.outcome is Outcome.NOT_APPLICABLE):
                open_ = verdict
        return verdict if open_ is None else open_

    return run


def _any_holds(parts: Sequence[Run]) -> Run:
    """As `_any_of`, for a condition."""

    def run(frame: Frame) -> Verdict:
        first: Verdict | None = None
        for part in parts:
            verdict: Verdict = part(frame)
            if verdict.outcome is Outcome.PASS:
                return verdict
            if first is None or _WEAK[verdict.outcome] < _WEAK[first.outcome]:
                first = verdict
        return first or _PASSED

    return run


def _never(_: Frame) -> Verdict:
    return Verdict(Outcome.UNDETERMINED)


def _all_of(parts: Sequence[Run]) -> Run:
    """The first part that fails decides, then the first without an answer; the last one speaks for all that pass."""
    return _decided_by(parts, Outcome.FAIL, (Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE))


def _any_of(parts: Sequence[Run]) -> Run:
    """The first part that passes decides, then the first without an answer, then the first that fails."""
    return _decided_by(parts, Outcome.PASS, (Outcome.PASS, Outcome.UNDETERMINED, Outcome.FAIL))


def _decided_by(parts: Sequence[Run], last: Outcome, ranking: Sequence[Outcome]) -> Run:
    """Ask one part after the other until one ends so that the rest can't change anything."""
    lead, *rest = parts

    def run(frame: Frame) -> Verdict:
        first: Verdict = lead(frame)
        if first.outcome is last:
            return first
        verdicts = [first]
        for part in rest:
            verdict: Verdict = part(frame)
            verdicts.append(verdict)
            if verdict.outcome is last:
                break
        return _join(verdicts, ranking)

    return run


def _join(verdicts: Sequence[Verdict], ranking: Sequence[Outcome]) -> Verdict:
    deciding = next((v for outcome in ranking for v in verdicts if v.outcome is outcome), None)
    if deciding is None:
        deciding = next((v for v in verdicts if v.stated is not None), verdicts[0])
    if len(verdicts) == 1:
        return deciding
    stated = deciding.stated
    facts = [fact for v in (deciding, *verdicts) for fact in (*v.operands, v.stated) if fact is not None and fact is not stated]
    whole = any(v.whole for v in verdicts) and deciding.outcome is Outcome.PASS
    return deciding._replace(operands=unique(facts), whole=whole or deciding.whole)


def _flag(name: str, *, negated: bool) -> Run:
    def run(frame: Frame) -> Verdict:
        value = frame.binding[name]
        if value is None:
            return Verdict(Outcome.NOT_APPLICABLE, reason=f"本表没有“{name}”栏")
        if type(value) is not bool:
            return Verdict(Outcome.UNDETERMINED, reason=f"“{shorten(name)}”不是条件")
        return Verdict(Outcome.PASS if value is not negated else Outcome.FAIL)

    return run


def _ask(function: Function, arguments: Sequence[_Node]) -> Run:
    """Return how to call a function that is a condition."""
    parts = [argument.run for argument in arguments]
    run_function = function.run

    def run(frame: Frame) -> _Answer:
        frame.operands = []
        frame.taken = EXACT
        frame.expected = None
        values: list[Any] = []
        try:
            for part in parts:
                values.append(part(frame))  # noqa: PERF401 (what was read before a failure still counts)
            outcome, reason = run_function(frame, values)
        except Undetermined as error:
            outcome, reason = _UNDETERMINED, str(error)
        except Absent as error:
            outcome, reason = _NOT_APPLICABLE, str(error)
        return outcome, reason, values, frame.operands, frame.expected

    return run


def _strictly_by_state(states: tuple[State, ...], part: Run, otherwise: Run) -> Run:
    """As `_by_state`, for a condition: only how it ends counts."""

    def run(frame: Frame) -> Verdict:
        try:
            value = part(frame)
        except (Absent, Undetermined):
            value = None
        if type(value) is Fact:
            return _PASSED if value.reading.state in states else _FAILED
        found: Verdict = otherwise(frame)
        return found

    return run


def _by_state(states: tuple[State, ...], part: Run, otherwise: Run) -> Run:
    """As the condition that it stands for, without ado where it is asked of one cell."""

    def run(frame: Frame) -> Verdict:
        try:
            value = part(frame)
        except (Absent, Undetermined):
            value = None
        if type(value) is not Fact:
            found: Verdict = otherwise(frame)
            return found
        return Verdict(_PASS if value.reading.state in states else _FAIL, None, value)

    return run


def _as_asked(ask: Run, *, negated: bool, strict: bool) -> Run:
    """Turn an answer into a verdict on what was asked, or on its opposite; `strict`: only how it ends."""
    if strict:
        ends = {_PASS: _FAILED, _FAIL: _PASSED} if negated else {_PASS: _PASSED, _FAIL: _FAILED}

        def run_strict(frame: Frame) -> Verdict:
            answer: _Answer = ask(frame)
            return ends.get(answer[0]) or Verdict(answer[0], reason=answer[1])

        return run_strict

    def run(frame: Frame) -> Verdict:
        answer: _Answer = ask(frame)
        outcome, reason, values, used, expected = answer
        if negated:
            outcome = _FAIL if outcome is _PASS else _PASS if outcome is _FAIL else outcome
        stated = values[0] if values and type(values[0]) is Fact else used[0] if used else None
        others: list[Fact] = []
        seen = {id(stated)}
        for value in (*values, *used):
            if type(value) is Fact and id(value) not in seen:
                seen.add(id(value))
                others.append(value)
        return Verdict(outcome, None, stated, tuple(others), None if outcome is _PASS else expected, None, reason)

    return run


def _strict_order(left: Run, right: Run, sign: str) -> Run:
    """As `Comparison`, for a condition: the figures as they are written, and only how it ends."""

    def run(frame: Frame) -> Verdict:
        frame.taken = EXACT
        frame.operands = []
        try:
            one, other, _, _ = unify(left(frame), right(frame))
        except Undetermined as error:
            return Verdict(_UNDETERMINED, reason=str(error))
        except Absent as error:
            return Verdict(_NOT_APPLICABLE, reason=str(error))
        return _PASSED if ordered(sign, one[0], other[0]) else _FAILED

    return run


def _text_comparison(left: _Node, right: _Node, *, same: bool) -> Run:
    left_run = left.raw or left.run
    right_run = right.raw or right.run
    name = left.name

    def run(frame: Frame) -> Verdict:
        value = frame.binding[name] if name else None
        if type(value) is str and value.strip():
            other = right_run(frame)
            if type(other) is str:
                return _PASSED if (same_spelling(value) == same_spelling(other)) is same else _FAILED
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
