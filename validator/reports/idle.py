"""Rules of one's own that had nothing to check in any document: their author must hear of it, and why.

Comes in: the rules, the report of each document. Goes out: one sentence, or nothing. A rule whose condition doesn't hold has
been asked, and isn't idle; one for a form that no document has isn't either.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from validator.model.finding import NOT_DUE, Outcome, Report
from validator.reports.english import english

_NOT_DUE = frozenset({NOT_DUE, english(NOT_DUE)})
_NOT_READ = "没有读到它要核对的区块或栏"


class Idle:
    """The rules that nothing was heard of so far."""

    def __init__(self, rules: Mapping[str, Collection[str]]) -> None:
        """`rules`: for each, by its id, the ids of the forms that it is for."""
        self._forms = dict(rules)
        self._why: dict[str, str] = {}

    def take(self, report: Report) -> None:
        """Leave out the rules that a report has a verdict of; note those that are for one of its forms and have none."""
        for check in report.checks if self._forms else ():
            if check.rule not in self._forms:
                continue
            if check.outcome is not Outcome.NOT_APPLICABLE or check.reason in _NOT_DUE:
                del self._forms[check.rule]
                self._why.pop(check.rule, None)
            elif check.reason:
                self._why[check.rule] = check.reason
        read = {form.id for form in report.forms}
        for rule, forms in self._forms.items():
            if not read.isdisjoint(forms):
                self._why.setdefault(rule, _NOT_READ)

    @property
    def told(self) -> str:
        """Say which rules are idle, those of one reason together; nothing where none is."""
        reasons: dict[str, list[str]] = {}
        for rule in self._forms:
            if rule in self._why:
                reasons.setdefault(self._why[rule], []).append(rule)
        return "；".join(f"{'、'.join(rules)}（{why}）" for why, rules in reasons.items())
