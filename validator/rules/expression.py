"""The language of `when` and `check`: Python's own expression grammar, cut down, with units.

Comes in: the text of an expression and what is known of the names in it. Goes out: an `Expression`, compiled once to closures,
that turns the values of a place into a `Verdict`. Nothing but the listed kinds of syntax is let through. How a text becomes a
tree is the business of `syntax`, which values a name has that of `scopes`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import product
from typing import Any

from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.model.quantity import BARE, Quantity, State
from validator.rules import arithmetic
from validator.rules.arithmetic import EXACT, PURE, Dimension, Figure, Frame, NoAnswer, from_quantity, shorten
from validator.rules.asking import Asked, Condition, Joined, members
from validator.rules.binding import TOTAL, Names, Within, within
from validator.rules.comparison import Comparison, Side, Verdict, unique
from validator.rules.conditions import (
    FAILS,
    HOLDS,
    Key,
    all_hold,
    all_of,
    any_holds,
    any_of,
    as_asked,
    ask,
    by_state,
    flag,
    never,
    same_figure,
    strict_order,
    strictly_as_asked,
    strictly_by_state,
    text_comparison,
)
from validator.rules.figures import Node, Run, as_figure, as_items, call_with_items, figure_of, operation_of, or_none, value_of
from validator.rules.functions import FUNCTIONS, ON_STATE, Function
from validator.rules.source import nearest
from validator.rules.syntax import LITERAL_UNITS, ExpressionError, Parsed, dotted, normal_name, operator_name, syntax_name

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

_PASS, _FAIL, _UNDETERMINED, _NOT_APPLICABLE = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE

_FEWEST_SHARED = 2
"""Characters that a Chinese name has in common with the words of the function that was meant."""


class Expression:
    """A compiled expression. It holds no state: one object serves any number of places and threads."""

    __slots__ = ("_sure", "equation", "names", "required", "run", "source")

    def __init__(
        self, source: str, names: frozenset[str], tree: ast.expr, run: Run, sure: Callable[[], Condition | Joined]
    ) -> None:
        """Made by `compile_expression`."""
        self.run = run
        """How a place is checked by the first reading of each cell; `verdict` tries others where that doesn't pass."""
        self.source = source
        self.names = names
        self.required = _required(tree, every=False)
        """Names without which there can be no verdict: where the form lacks one of these columns, it is not applicable."""
        self.equation = isinstance(tree, ast.Compare) and len(tree.ops) == 1 and isinstance(tree.ops[0], ast.Eq)
        """Whether it says that one figure equals another, and nothing else."""
        self._sure: Condition | Joined | Callable[[], Condition | Joined] = sure

    @property
    def sure(self) -> Condition | Joined:
        """What holds only where a place passes: the figures as they are written. It can be asked in many places at once."""
        sure = self._sure
        if not isinstance(sure, Condition | Joined):
            sure = self._sure = sure()
        return sure

    def evaluate(self, names: Names) -> Verdict:
        """Check a place: what rounding may explain passes, and so does what another fair reading of a cell explains."""
        return self.verdict(Frame(within(names)))

    def verdict(self, frame: Frame, first: Verdict | None = None) -> Verdict:
        """Check a place as `evaluate` does, in a frame that serves any number of expressions one after the other.

        `first`: what `run` returned there, where it was asked before.
        """
        verdict: Verdict = first or self.run(frame)
        if verdict.outcome is _FAIL or verdict.outcome is _UNDETERMINED:
            return self._other_readings(verdict, frame.binding)
        return verdict

    def suppose(self, names: Names, supposed: Mapping[Fact, Quantity]) -> Verdict:
        """Check a place as if something else stood in some of its cells."""
        frame = Frame(within(names))
        frame.chosen = {id(fact): quantity for fact, quantity in supposed.items()}
        verdict: Verdict = self.run(frame)
        return verdict

    def _other_readings(self, verdict: Verdict, binding: Within) -> Verdict:
        """Try the other fair readings of the cells; the first way that passes counts."""
        used = (verdict.stated, *verdict.operands) if verdict.stated is not None else verdict.operands
        doubtful = [fact for fact in unique(used) if fact.reading.alternatives]
        for way in _ways(doubtful):
            frame = Frame(binding)
            frame.chosen = {id(fact): quantity for fact, quantity in zip(doubtful, way, strict=False)}
            other: Verdict = self.run(frame)
            if other.outcome is Outcome.PASS:
                return other
        return verdict


class When:
    """The compiled conditions of a `when`, all of which must hold. It holds no state, as an expression."""

    __slots__ = ("_conditions", "names", "required", "source")

    def __init__(self, source: str, names: frozenset[str], tree: ast.expr, conditions: Sequence[Condition]) -> None:
        """Made by `compile_when`."""
        self.source = source
        self.names = names
        self.required = _required(tree, every=True)
        """Names without which it can't hold."""
        self._conditions = conditions

    def holds(self, names: Names) -> Verdict:
        """Decide in one place, by the figures as they are written."""
        return self._here(Frame(within(names)), {})

    def _here(self, frame: Frame, known: dict[Key, Verdict]) -> Verdict:
        """Decide in one place; `known`: what came of the conditions that were asked there before."""
        open_: Verdict | None = None
        for condition in self._conditions:
            verdict = known.get(condition.key)
            if verdict is None:
                verdict = known[condition.key] = condition.run(frame)
            outcome = verdict.outcome
            if outcome is _PASS or outcome is _FAIL:
                if (outcome is _PASS) is condition.negated:
                    return FAILS
            elif open_ is None or open_.outcome is _NOT_APPLICABLE:
                open_ = verdict
        return HOLDS if open_ is None else open_

    def where_it_holds(self, asked: Asked) -> tuple[int, Mapping[int, Verdict]]:
        """Decide in many places at once: where it holds, and what leaves it open, by number of the place.

        A place is asked no further question once its answer is sure.
        """
        left = asked.every
        undecided: dict[int, Verdict] = {}
        if left == 1:
            verdict = self._here(asked.frame(0), asked.here)
            outcome = verdict.outcome
            return (1, undecided) if outcome is _PASS else (0, undecided) if outcome is _FAIL else (0, {0: verdict})
        for condition in self._conditions:
            answers = asked.answers.get(condition.key)
            if answers is None or left & ~answers.asked:
                answers = asked.ask(condition, left)
            left &= ~(answers.held if condition.negated else answers.failed)
            if not left:
                return 0, {}
            if answers.open & left:
                for at in members(answers.open & left):
                    if at not in undecided or undecided[at].outcome is _NOT_APPLICABLE:
                        undecided[at] = answers.undecided[at]
        if not undecided:
            return left, undecided
        undecided = {at: verdict for at, verdict in undecided.items() if left >> at & 1}
        return left & ~sum(1 << at for at in undecided), undecided


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
        except NoAnswer:
            return None
        return figure[0]


def _effort(node: ast.expr) -> int:
    """Rank a condition by what it costs to decide: of several that must all hold, the cheap ones are asked first."""
    while isinstance(node, ast.UnaryOp):
        node = node.operand
    if isinstance(node, ast.BoolOp) and not any(map(_effort, node.values)):
        return 0
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


def compile_expression(source: str, known: Mapping[str, Dimension]) -> Expression:
    """Compile; raises ExpressionError with every mistake: syntax, unknown names, units that don't fit, too much of anything.

    `known` has its names as `normal_name` gives them, and so must the values of a place.
    """
    compiler = _Compiler(source, known)
    return compiler.compile()


def compile_sure(source: str, known: Mapping[str, Dimension]) -> Condition | Joined:
    """Compile an expression without mistakes for `Expression.sure`."""
    compiler = _Compiler(source, known)
    return compiler.compile_sure()


def compile_when(source: str, known: Mapping[str, Dimension]) -> When:
    """Compile what decides whether there is anything to check; raises ExpressionError with every mistake."""
    compiler = _Compiler(source, known)
    return compiler.compile_when()


def compile_formula(source: str, known: Mapping[str, Dimension]) -> Formula:
    """Compile an expression that gives a figure; raises ExpressionError with every mistake."""
    compiler = _Compiler(source, known)
    return compiler.compile_formula()


class _Compiler:
    """One expression on its way from text to closures."""

    def __init__(self, source: str, known: Mapping[str, Dimension]) -> None:
        self._source = source
        self._parsed = Parsed(source)
        self._known = known
        self._mistakes: list[tuple[int, str, str]] = []
        self._names: set[str] = set()
        self._to_the_digit = False
        """Whether two figures are only the same if they are equal as they are written."""

    def compile(self) -> Expression:
        tree = self._parsed.tree
        run = self._truth(tree, strict=False)
        if self._mistakes:
            raise ExpressionError(self._mistakes)
        return Expression(self._source, frozenset(self._names), tree, run, partial(compile_sure, self._source, self._known))

    def compile_sure(self) -> Condition | Joined:
        self._to_the_digit = True
        return self._question(self._parsed.tree)

    def compile_when(self) -> When:
        tree = self._parsed.tree
        parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
        conditions = [self._condition(part) for part in sorted(parts, key=_effort)]
        if self._mistakes:
            raise ExpressionError(self._mistakes)
        return When(self._source, frozenset(self._names), tree, conditions)

    def compile_formula(self) -> Formula:
        tree = self._parsed.tree
        node = self._expression(tree)
        if node is not None and (node.many or node.kind == "text"):
            self._mistake(tree, "这里要一个数", "写一个算式，如 分值 * 执行率")
        if self._mistakes or node is None:
            raise ExpressionError(self._mistakes)
        return Formula(self._source, frozenset(self._names), node.run)

    # --- conditions -----------------------------------------------------------------------------------------------------

    def _truth(self, node: ast.expr, *, strict: bool, negated: bool = False) -> Run:
        if isinstance(node, ast.BoolOp):
            parts = [self._truth(value, strict=strict, negated=negated) for value in node.values]
            every = isinstance(node.op, ast.And) is not negated
            if strict:
                return all_hold(parts) if every else any_holds(parts)
            joined = all_of(parts) if every else any_of(parts)
            name, states = ("", ()) if negated else self._asked_of_a_cell(node)
            return by_state(states, value_of(name), joined) if name else joined
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._truth(node.operand, strict=strict, negated=not negated)
        if isinstance(node, ast.Compare):
            return self._comparisons(node, strict=strict, negated=negated)
        if isinstance(node, ast.Call):
            function = self._function(node)
            if function is not None and function.result == "truth":
                asked = self._arguments(node, function)
                kinds = ON_STATE.get(function.name)
                run = (
                    strictly_as_asked(function, asked, negated=negated)
                    if strict
                    else as_asked(ask(function, asked), negated=negated)
                )
                if kinds is None or not asked:
                    return run
                wanted = tuple(state for state in State if (state in kinds) is not negated)
                return (strictly_by_state if strict else by_state)(wanted, asked[0].run, run)
            if function is not None:
                self._mistake(node, f"{function.name}() 是数，不是条件", "与另一个数比较，如 == 或 <=")
            return never
        if isinstance(node, ast.Name | ast.Attribute):
            return self._flag(node, negated=negated)
        if self._expression(node) is not None:
            self._mistake(node, "这不是条件", "写一个比较，如 合计 == sum(各项)")
        return never

    def _question(self, node: ast.expr, *, negated: bool = False) -> Condition | Joined:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._question(node.operand, negated=not negated)
        if isinstance(node, ast.BoolOp) and not self._asked_of_a_cell(node)[0]:
            parts = tuple(self._question(value, negated=negated) for value in node.values)
            return Joined(isinstance(node.op, ast.And) is not negated, parts)
        if not isinstance(node, ast.Compare):
            return self._condition(node)._replace(negated=negated)
        self._names.clear()
        run = self._truth(node, strict=True, negated=negated)
        # Not the questions of a `when`: there, rounding may make two figures the same.
        key = f"{'not ' if negated else 'exactly '}{self._key(node)}"
        return Condition(next(iter(self._names)) if len(self._names) == 1 else "", (), key, run)

    def _condition(self, node: ast.expr) -> Condition:
        name, states = self._asked_of_a_cell(node)
        negated = False
        before, self._names = self._names, set()
        if not name and isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and isinstance(node.operand, ast.Call):
            node, negated = node.operand, True
        run = self._truth(node, strict=True)
        if len(self._names) == 1:
            (name,) = self._names
        self._names |= before
        return Condition(name, states, self._key(node), run, negated)

    def _asked_of_a_cell(self, node: ast.expr) -> tuple[str, tuple[State, ...]]:
        """Return the name of the cell and the states for which a condition holds that looks at nothing else."""
        if isinstance(node, ast.BoolOp):
            parts = [self._asked_of_a_cell(value) for value in node.values]
            fit = set.intersection if isinstance(node.op, ast.And) else set.union
            one_cell = len({name for name, _ in parts}) == 1
            return (parts[0][0], tuple(fit(*(set(states) for _, states in parts)))) if one_cell and parts[0][0] else ("", ())
        negated = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
        call = node.operand if isinstance(node, ast.UnaryOp) else node
        name = dotted(call.args[0]) if isinstance(call, ast.Call) and len(call.args) == 1 else None
        asked = ON_STATE.get(call.func.id) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else None
        if name is None or asked is None:
            return "", ()
        return normal_name(name), tuple(state for state in State if (state in asked) is not negated)

    def _key(self, node: ast.expr) -> Key:
        return "".join(self._parsed.written(node).split())

    def _flag(self, node: ast.expr, *, negated: bool) -> Run:
        found = self._expression(node)
        if found is None:
            return never
        if found.kind not in ("any", "truth") or found.many:
            self._mistake(node, f"“{found.name}”不是条件", f"写一个比较，或 given({found.name})")
        return flag(found.name, negated=negated)

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
            return never
        if len(parts) == 1:
            return parts[0]
        return any_of(parts) if negated else all_of(parts)

    def _comparison(self, node: ast.Compare, left: Node, right: Node, sign: str, *, strict: bool) -> Run:
        if left.many or right.many:
            name = left.name if left.many else right.name
            self._mistake(node, f"“{name}”是一列数，不能直接比较", f"用 sum({name})、max({name}) 之类")
            return never
        if "text" in (left.kind, right.kind):
            if not {left.kind, right.kind} <= {"text", "any"}:
                self._mistake(node, _unlike(left.kind, right.kind, "比较"), "比较同一类的值")
            elif sign not in ("==", "!="):
                self._mistake(node, "文字不能比较大小", "用 == 或 !=")
            return text_comparison(left, right, same=sign == "==")
        if not _fits(left.kind, right.kind):
            self._mistake(node, _unlike(left.kind, right.kind, "比较"), "先换算成同一类的数")
        if strict and sign != "==":
            return strict_order(left.run, right.run, sign)
        if self._to_the_digit:
            return same_figure(left.run, right.run)
        sides = Side(left.run, left.name, left.computed), Side(right.run, right.name, right.computed)
        return Comparison(*sides, sign, strict=strict).verdict

    # --- figures --------------------------------------------------------------------------------------------------------

    def _expression(self, node: ast.expr) -> Node | None:
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
        self._mistake(node, f"这里不能用{syntax_name(node)}", "只能用 + - * /、比较、and or not 和所列函数")
        return None

    def _constant(self, node: ast.Constant) -> Node | None:
        value = node.value
        if isinstance(value, str):
            return Node(lambda _: value, "text")
        if isinstance(value, complex):
            unit, written = self._parsed.unit(node), self._parsed.written(node)[:-1]
            quantity = Quantity(Decimal(written), Decimal(0), unit, written + unit.name)
            figure = from_quantity(quantity)
            return Node(lambda _: figure, unit.dimension)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._mistake(node, f"这里不能用 {value!r}", "写一个数、一段带引号的文字或一个名称")
            return None
        written = self._parsed.written(node)
        figure = (Decimal(written), Decimal(written), PURE, arithmetic.ONE)
        number = (figure[0], figure[0], PURE, arithmetic.ONE)
        return Node(lambda _: number, "number")

    def _name(self, node: ast.expr) -> Node | None:
        name = dotted(node)
        if name is None:
            self._mistake(node, "点号左边只能是名称", "如 合计.分值")
            return None
        name = normal_name(name)
        dimension = self._known.get(name)
        if dimension is None:
            remedy = nearest(name, self._known)
            section, _, rest = name.partition(".")
            if (total := f"{section}.{TOTAL}.{rest.partition('.')[2]}") in self._known:
                remedy = f"{remedy}合计行不按它的标签叫，写 {total}"
            if name in FUNCTIONS:
                remedy = f"写成 {name}(…)"
            self._mistake(node, f"没有“{shorten(name)}”这个名称", remedy or "查看 for-each 处可用的名称")
            return None
        self._names.add(name)
        raw = value_of(name)
        if dimension.kind == "text" and not dimension.many:
            return Node(raw, "text", name, raw=raw)
        return Node(figure_of(name), dimension.kind, name, many=dimension.many, raw=raw)

    def _binary(self, node: ast.BinOp) -> Node | None:
        left, right = self._expression(node.left), self._expression(node.right)
        found = _ARITHMETIC.get(type(node.op))
        if found is None:
            self._mistake(node, f"不能用{operator_name(node.op)}", "只能用 + - * /")
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
        return Node(
            operation_of(operation, left.run, right.run), kind, computed=sign in "*/" or left.computed or right.computed
        )

    def _unary(self, node: ast.UnaryOp) -> Node | None:
        operand = self._expression(node.operand)
        if operand is None:
            return None
        if operand.many or operand.kind == "text":
            self._mistake(node, "正负号后面只能是一个数", "检查公式")
            return None
        if isinstance(node.op, ast.UAdd):
            return operand._replace(name="")
        inner = operand.run
        return Node(lambda frame: arithmetic.negate(inner(frame)), operand.kind, computed=operand.computed)

    def _call(self, node: ast.Call) -> Node | None:
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
            return Node(self._remembered_figure(node, function, parts), "ratio", computed=True)
        kind = function.result if function.result != "same" else self._common_kind(node, arguments)
        if function.parameters == ("items",):
            return Node(call_with_items(run, parts), kind, computed=computed)
        return Node(lambda frame: run(frame, [part(frame) for part in parts]), kind, computed=computed)

    def _remembered_figure(self, node: ast.Call, function: Function, parts: Sequence[Run]) -> Run:
        """Let a place remember what came of a function of figures, and which cells it used: several rules ask the same."""
        key = self._key(node)
        compute = function.run

        def run(frame: Frame) -> Figure:
            known = frame.binding.remembered()
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

    def _picked(self, node: ast.Call, function: Function, arguments: Sequence[Node]) -> Node:
        """A function that returns one of its arguments is used like a name."""
        parts = [argument.run for argument in arguments]
        run = function.run

        key = self._key(node)

        def raw(frame: Frame) -> Any:
            known = frame.binding.remembered()
            found = known.get(key)
            if found is None:
                found = known[key] = run(frame, [part(frame) for part in parts])
            return found

        kind = self._common_kind(node, arguments)
        return Node(raw if kind == "text" else lambda frame: as_figure(frame, raw(frame), function.name), kind, raw=raw)

    def _common_kind(self, node: ast.Call, arguments: Iterable[Node]) -> str:
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
            shown = name or dotted(node.func) or "这里"
            self._mistake(node.func, f"没有函数“{shorten(shown)}”", _function_meant(shown) or f"可用：{'、'.join(FUNCTIONS)}")
            return None
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            self._mistake(node, "函数的参数不能带名称或星号", f"如 {function.example}")
            return None
        least = len(function.parameters)
        if len(node.args) < least or (len(node.args) > least and not function.variadic):
            self._mistake(node, f"{name}() 要 {least} 个参数，写了 {len(node.args)} 个", f"如 {function.example}")
            return None
        return function

    def _arguments(self, node: ast.Call, function: Function) -> list[Node]:
        kinds = (*function.parameters, *[function.parameters[-1]] * (len(node.args) - len(function.parameters)))
        found: list[Node] = []
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
        self._mistakes.append((self._parsed.offset(node), what, remedy))


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
        name = dotted(node)
        return frozenset((normal_name(name),)) if name else frozenset()
    if isinstance(node, ast.Compare):
        return frozenset().union(*[_required(side, every=every) for side in (node.left, *node.comparators)])
    if isinstance(node, ast.BinOp):
        return _required(node.left, every=every) | _required(node.right, every=every)
    return frozenset()


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


def _misfit(kind: str, node: Node, *, is_literal: bool) -> str:
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


def _as_argument(kind: str, node: Node, argument: ast.expr) -> Node:
    """Give a function what it asks for: figures computed, everything else as it stands in the place."""
    if kind == "figure":
        return node
    if kind == "items":
        return node._replace(run=as_items(node.raw)) if node.raw is not None else node
    if kind == "known" and node.raw is None:
        return node._replace(run=or_none(node.run))
    if kind in ("maybe", "choice", "known") and node.name:
        name = node.name
        return node._replace(run=lambda frame: frame.binding[name], bound=name)
    if kind in ("maybe", "choice", "known") and node.raw is not None:
        return node._replace(run=or_none(node.raw))
    if node.raw is not None:
        return node._replace(run=node.raw, bound=node.name)
    if isinstance(argument, ast.Constant) and not isinstance(argument.value, str):
        figure = node.run(Frame(Within({}, {})))
        unit = next((unit for unit in LITERAL_UNITS.values() if unit.dimension == figure[2] and unit.factor == figure[3]), BARE)
        quantity = Quantity(figure[0] / unit.factor, Decimal(0), unit, ast.unparse(argument))
        return node._replace(run=lambda _: quantity)
    return node


def _function_meant(name: str) -> str:
    """Say which function was probably meant: one spelled alike, or, for a Chinese name, one that is told in its words."""
    if name in ("round", "ROUND"):
        return "不用舍入：比较时已按各数的位数留出舍入的余地"
    near = nearest(name, FUNCTIONS, cutoff=0.7)
    if near or name.isascii():
        return near
    best = max(FUNCTIONS.values(), key=lambda function: len(set(name) & set(function.zh)))
    told = len(set(name) & set(best.zh)) >= _FEWEST_SHARED
    return f"是否想写“{best.name}”（{best.zh}）？" if told else ""
