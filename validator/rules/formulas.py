"""Formulas that a table states itself: 执行率(B/A), ③=①+②, the row 栏次 with 3=1+2, 结余(收入-支出), a note below it.

Comes in: an axis of a table. Goes out: one `Place` for each figure that such a formula gives; the formula itself is its
`expression`, over the names of the columns (`c0`) or rows (`r3`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from validator.facts.numbers import with_unit
from validator.forms.labels import is_note, normalise
from validator.model.fact import Fact
from validator.model.interval import Interval
from validator.rules.binding import Names
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Line, agrees

_LONGEST = 60
_CLAUSE_END = re.compile(r"[;；,，。:：\n]")
_NUMBER_BEFORE = re.compile(r"^\(?\d+[.、)]")
_ORDINALS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SIGNS = str.maketrans("（）［］[]＝＋－—–−×＊÷／％Ｘ✕╳", "()()()=+----**//%***")
_TOKEN = re.compile(rf"[{_ORDINALS}]|\d+|[A-Za-z]+|[+\-*/()]|[\u4e00-\u9fff]+")
_PER_CENT = re.compile(r"(?:[*xX]|\*\()100%?\)?$")
_MARK = re.compile(rf"[{_ORDINALS}]|\d{{1,2}}|[A-Za-z]|[甲乙丙丁戊己庚辛]|[一二三四五六七八九十]{{1,2}}")
_MARK_AT_END = re.compile(rf"[{_ORDINALS}]$|(?<=[\u4e00-\u9fff])[A-Z]$")
_MARK_AT_START = re.compile(rf"^(?:[{_ORDINALS}]|[A-Z](?=[\u4e00-\u9fff、.．]))")
_OPERATOR = re.compile(r"[+\-*/]")
_EQUATION = re.compile(rf"([{_ORDINALS}]|\d{{1,2}}|[A-Za-z])?=([^=]+)$")
_TAIL = re.compile(rf"(?<=[\u4e00-\u9fff])((?:[A-Z]|[{_ORDINALS}])[+\-*/](?:[A-Z()+\-*/]|[{_ORDINALS}])+(?:\*100%?)?)$")


class _Formula(NamedTuple):
    """A formula and the lines it uses."""

    line: int
    text: str
    """As written."""
    expression: str
    operands: tuple[int, ...]


def formulas(axis: Axis) -> Iterator[Place]:
    """Yield each figure for which the table itself says how it is computed."""
    marks = _marks(axis.lines)
    labels = _labels(axis.lines)
    noted = _noted(axis)
    for n, line in enumerate(axis.lines):
        sources = (*_sources(line), *noted.get(normalise(line.path[-1]) if line.path else "", ()))
        formula = next((f for text in sources if (f := _parse(text, n, axis.lines, marks, labels)) is not None), None)
        if formula is not None:
            yield from _places(axis, formula)


def _places(axis: Axis, formula: _Formula) -> Iterator[Place]:
    tree = ast.parse(formula.expression, mode="eval").body
    found: list[tuple[int, Fact, dict[str, Fact], bool | None]] = []
    for cross in range(len(axis.crosses)):
        stated = axis.grid[formula.line][cross]
        if stated is None or stated.blank:
            continue
        operands = {axis.lines[p].key: fact for p in formula.operands if (fact := axis.grid[p][cross]) is not None}
        facts = list(operands.values())
        if len(facts) < len(formula.operands) or all(fact.blank for fact in facts):
            continue
        if stated.quantity is not None and stated.quantity.unit.dimension == "ratio":
            operands = _in_one_unit(operands)
        keys = list(operands)
        verdict = agrees(stated, lambda bounds, keys=keys: _value(tree, dict(zip(keys, bounds, strict=True))), facts)  # type: ignore[misc]
        found.append((cross, stated, operands, verdict))
    off, known = sum(entry[3] is False for entry in found), sum(entry[3] is not None for entry in found)
    if known >= 3 and off * 3 >= known * 2:
        return
    for cross, stated, operands, _ in found:
        row, column = axis.row_and_column(formula.line, cross)
        names: Names = {
            **operands, "stated": stated, "填列数": stated, "formula": formula.text, "公式": formula.text,
            "label": row, "行": row, "column": column, "列": column,
        }  # fmt: skip
        path = f"{stated.pointer.path}.formula"
        yield Place(path, (names,), stated.pointer, axis.section.complete, axis.section, formula.expression)


def _in_one_unit(operands: dict[str, Fact]) -> dict[str, Fact]:
    """Return the operands of a rate, all in the unit of the others: a form knows the unit of its own columns only."""
    units = {fact.quantity.unit for fact in operands.values() if fact.quantity is not None and fact.quantity.unit.dimension}
    if len(units) != 1:
        return operands
    (unit,) = units
    return {key: fact._replace(reading=with_unit(fact.reading, unit)) for key, fact in operands.items()}


def _value(tree: ast.expr, names: Mapping[str, Interval]) -> Interval:
    """Compute an expression of `_parse` over intervals; raises ZeroDivisionError."""
    if isinstance(tree, ast.BinOp):
        one, other = _value(tree.left, names), _value(tree.right, names)
        if isinstance(tree.op, ast.Add):
            return one + other
        if isinstance(tree.op, ast.Sub):
            return one - other
        return one * other if isinstance(tree.op, ast.Mult) else one / other
    if isinstance(tree, ast.UnaryOp):
        return -_value(tree.operand, names)
    if isinstance(tree, ast.Name):
        return names[tree.id]
    raise ZeroDivisionError


def _brackets(text: str) -> list[str]:
    """Return what stands in the outermost brackets of a header."""
    found: list[str] = []
    depth, start = 0, 0
    for n, char in enumerate(text):
        if char == "(":
            start = n + 1 if not depth else start
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if not depth:
                found.append(text[start:n])
    return found


def _texts(line: Line) -> list[str]:
    return [re.sub(r"\s+", "", text).translate(_SIGNS) for text in (*line.marks, *reversed(line.path)) if len(text) <= _LONGEST]


def _marks(lines: Sequence[Line]) -> dict[str, int]:
    """Return which line each letter, number or circled number names; one that names two lines names none."""
    found: dict[str, set[int]] = {}
    for n, line in enumerate(lines):
        for text in _texts(line):
            equation = _EQUATION.search(text.strip("()"))
            candidates = [inside for inside in _brackets(text) if _MARK.fullmatch(inside)]
            candidates += [text] if _MARK.fullmatch(text.strip("()")) else []
            ends = (_MARK_AT_START,) if _OPERATOR.search(text) else (_MARK_AT_START, _MARK_AT_END)
            candidates += [found_at.group() for pattern in ends if (found_at := pattern.search(text))]
            candidates += [equation.group(1)] if equation and equation.group(1) else []
            candidates += [
                e.group(1) for inside in _brackets(text) if (e := _EQUATION.search(inside)) is not None and e.group(1)
            ]
            for mark in candidates:
                found.setdefault(mark.strip("()"), set()).add(n)
    return {mark: next(iter(owners)) for mark, owners in found.items() if len(owners) == 1}


def _labels(lines: Sequence[Line]) -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for n, line in enumerate(lines):
        label = normalise(line.path[-1]) if line.path else ""
        if len(label) >= 2:
            found.setdefault(label, set()).add(n)
    return {label: next(iter(owners)) for label, owners in found.items() if len(owners) == 1}


def _sources(line: Line) -> Iterator[str]:
    """Yield the texts in the header of a line that may be formulas."""
    for text in _texts(line):
        for inside in _brackets(text):
            if _OPERATOR.search(inside):
                yield inside
        equation = _EQUATION.search(text)
        if equation and _OPERATOR.search(equation.group(2)):
            yield equation.group()
        tail = _TAIL.search(text)
        if tail:
            yield tail.group(1)


def _noted(axis: Axis) -> dict[str, list[str]]:
    """Return the formulas in notes below the figures, by the label that each is for: 注：节约金额=预算金额-合同金额。"""
    rows = axis.section.table.rows if axis.section.table is not None else ()
    last = max((record.row for record in axis.section.records), default=len(rows))
    found: dict[str, list[str]] = {}
    for cell in {cell for row in rows[last + 1 :] for cell in row if cell is not None and is_note(cell.text)}:
        for clause in _CLAUSE_END.split(re.sub(r"[^\S\n]+", "", cell.text).translate(_SIGNS)):
            formula = _NUMBER_BEFORE.sub("", clause)
            label, equals, _ = formula.partition("=")
            if equals and len(formula) <= _LONGEST:
                found.setdefault(normalise(label), []).append(formula)
    return found


def _parse(text: str, n: int, lines: Sequence[Line], marks: Mapping[str, int], labels: Mapping[str, int]) -> _Formula | None:
    """Read a formula over marks or labels of other lines; None when anything in it is unclear."""
    left, equals, right = text.partition("=")
    body = _PER_CENT.sub("", right if equals else text)
    if (equals and left and marks.get(left, n) != n) or "=" in body:
        return None
    pieces = _TOKEN.findall(body)
    if "".join(pieces) != body or not any(piece in "+-*/" for piece in pieces):
        return None
    written: list[str] = []
    operands: list[int] = []
    digits = False
    for piece in pieces:
        if piece in "+-*/()":
            written.append(f" {piece} " if piece in "+-*/" else piece)
            continue
        owner = marks.get(piece, labels.get(normalise(piece)) if len(piece) > 1 and not piece.isdigit() else None)
        if owner is None and piece in ("x", "X") and written:
            written.append(" * ")
            continue
        if owner is None or owner == n:
            return None
        digits = digits or piece.isdigit()
        operands.append(owner)
        written.append(lines[owner].key)
    expression = "".join(written).strip()
    unclear = digits and not equals and ("-" in body or "/" in body or len(operands) < 2)
    if unclear or len(set(operands)) < 2 or len(set(operands)) < len(operands):
        return None
    try:
        ast.parse(expression, mode="eval")
    except SyntaxError:
        return None
    return _Formula(n, text, expression, tuple(operands))
