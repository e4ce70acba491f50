"""Tell a relation once that two rules hold the same cells to: a shipped rule, and one of the author's own.

Comes in: findings, their consequences folded in, and the checks behind them. Goes out: the findings without those that
say again what another says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from validator.model.finding import Check, Finding

_PAIR = 2
_Told = tuple[str, frozenset[str], str, str]


def once(findings: Sequence[Finding], checks: Iterable[Check]) -> tuple[Finding, ...]:
    """Return the findings in their order; of those alike the one that explains most stays, then the gravest, then the first."""
    if len(findings) < _PAIR:
        return tuple(findings)
    wanted = {finding.check for finding in findings}
    by_id = {check.id: check for check in checks if check.id in wanted}
    kept: dict[_Told, Finding] = {}
    for finding in findings:
        told = _told(finding, by_id)
        if told is not None and (told not in kept or _weight(finding) < _weight(kept[told])):
            kept[told] = finding
    return tuple(f for f in findings if (told := _told(f, by_id)) is None or kept[told] is f)


def _told(finding: Finding, checks: dict[str, Check]) -> _Told | None:
    """Return the cell that a finding asks another value for, what that follows from, and the value; None for no value."""
    check = checks.get(finding.check or "")
    if check is None or check.stated is None or check.stated.path != finding.primary.path or check.expected is None:
        return None
    used = frozenset(pointer.path for pointer in check.operands if pointer.address)
    return finding.primary.path, used, check.expected, finding.bound


def _weight(finding: Finding) -> tuple[int, int]:
    return -len(finding.consequences), finding.severity.rank
