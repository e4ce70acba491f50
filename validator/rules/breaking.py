"""The last figure of a text may have lost its last digits, or what stood behind it: what fails for that alone is left open.

Comes in: a failed check and where the text ends. Goes out: the check, undetermined where the missing digits would mend it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from validator.model.checks import Round
from validator.model.fact import Pointer
from validator.model.finding import Check, Outcome
from validator.rules.evaluate import Evaluated, Results

_PLACED = frozenset({"score", "target", "ratio"})
"""Kinds of checks on rows of a list, in which a row that breaks off may have its last figure in another column."""
_ROW = re.compile(r".*\.\w+\[\d+\]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def left_open_at(results: Results, edge: tuple[str, int]) -> Results:
    """Return what came of all rules, with the checks left open that the end of the text may mend."""
    telling = {entry.check.id: left_open(entry, edge) for entry in results.telling}
    checks: list[Check | Round] = [telling[check.id].check if check.id in telling else check for check in results.checks]
    kept = [entry for entry in telling.values() if entry.finding is not None or entry.equation is not None]
    return Results(checks, kept, len(checks))


def left_open(entry: Evaluated, edge: tuple[str, int]) -> Evaluated:
    """Return a failed check as undetermined when its last figure may be the beginning of the right one.

    A row of a list that breaks off behind a whole figure lacks at least what would explain it.
    """
    check = entry.check
    if check.outcome is not Outcome.FAIL or entry.finding is None:
        return entry
    in_row = check.kind in _PLACED and _ROW.fullmatch(check.path) is not None
    if not in_row and not any(_is_at(pointer, edge) and pointer.text[-1:].isdigit() for pointer in _pointers(check)):
        return entry
    if check.stated is not None and _is_at(check.stated, edge):
        pair: tuple[str, str] | None = (_digits(check.expected or ""), _digits(check.stated.text))
    else:
        pair = _wanted_of_sum(check, edge)
    if pair is None or (pair[0] and not in_row and (pair[0] == pair[1] or not pair[0].startswith(pair[1]))):
        return entry
    return Evaluated(check._replace(outcome=Outcome.UNDETERMINED, reason="文字到这里为止，末尾的数可能没有写完"))


def _pointers(check: Check) -> Sequence[Pointer]:
    return check.operands if check.stated is None else (check.stated, *check.operands)


def _wanted_of_sum(check: Check, edge: tuple[str, int]) -> tuple[str, str] | None:
    """Return what the operand at the edge would have to be for a sum to come out, and what it is; None for no such."""
    last = next((operand for operand in check.operands if _is_at(operand, edge)), None)
    if last is None or check.kind != "total" or check.stated is None:
        return None
    figures = [_digits(pointer.text) for pointer in (check.stated, *check.operands)]
    if not all(figures):
        return None
    whole, *parts = map(Decimal, figures)
    return str(Decimal(_digits(last.text)) + whole - sum(parts)), _digits(last.text)


def _is_at(pointer: Pointer, edge: tuple[str, int]) -> bool:
    line, _, span = pointer.address.partition(":")
    return line == edge[0] and span.rpartition("-")[2] == str(edge[1])


def _digits(text: str) -> str:
    found = _FIGURE.search(text.replace(",", "").replace("，", ""))
    return found.group() if found else ""
