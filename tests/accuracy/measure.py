"""Hold the rules of prose against a corpus of sentences and reports, every relation of which is known.

Comes in: the YAML files beside this module. A text marks one figure as `[[right|wrong]]`: with the right one nothing must be
found, with the wrong one a finding must point at it. Texts without a mark must stay silent. Goes out: precision and recall for
each kind of relation, and every text that failed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from validator.facts.claims import load_wording, read_passages
from validator.model.document import Document, Paragraph
from validator.model.fact import Pointer
from validator.model.finding import Finding, Severity
from validator.rules.evaluate import Evaluated, with_parameters
from validator.rules.evaluate import judge as evaluate
from validator.rules.load import CompiledRule, load_ruleset
from validator.rules.narrative import narrative_relations

HERE = Path(__file__).parent
MARK = re.compile(r"\[\[(?P<right>[^|\]]*)\|(?P<wrong>[^\]]*)\]\]")
PRECISION, RECALL = 0.99, 0.97
_SPAN = re.compile(r"L(\d+):(\d+)-(\d+)")


class Case(NamedTuple):
    """A text of the corpus."""

    kind: str
    text: str
    """With its mark, if it has one."""


@dataclass
class Score:
    """What came of the texts of one kind."""

    texts: int = 0
    false: int = 0
    changed: int = 0
    found: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of all findings, how many are true."""
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        """Of all changed figures, how many were found."""
        return self.found / self.changed if self.changed else 1.0


def cases() -> Iterator[Case]:
    """Yield every text of the corpus."""
    for path in sorted(HERE.glob("*.yaml")):
        for kind, texts in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for text in texts:
                yield Case(kind, text)


@lru_cache(maxsize=1)
def _rules() -> dict[str, list[CompiledRule]]:
    found: dict[str, list[CompiledRule]] = defaultdict(list)
    for rule in load_ruleset().rules:
        found[rule.spec.for_each].append(rule)
    return dict(found)


def evaluated(text: str) -> Iterator[Evaluated]:
    """Yield what comes of each rule of prose in each place of a text; each line is a paragraph."""
    ruleset = load_ruleset()
    wording = load_wording(ruleset.directory / "narrative" / "words.yaml")
    lines = tuple(Paragraph(line, f"L{n}") for n, line in enumerate(text.split("\n"), 1))
    passages = read_passages(Document("text.txt", "txt", "", lines), ruleset.lexicon, wording)
    for relation in narrative_relations(passages, (), wording, ruleset.lexicon):
        for rule in _rules().get(relation.kind, ()):
            yield evaluate(rule, with_parameters(rule, relation.place, ruleset.values("narrative")), "zh")


def findings(text: str) -> list[Finding]:
    """Return what the rules of prose find in a text; each line is a paragraph."""
    found = [entry.finding for entry in evaluated(text) if entry.finding is not None]
    return [finding for finding in found if finding.severity is not Severity.INFO]


def judge(case: Case) -> tuple[int, bool | None, list[str]]:
    """Return how many findings the right text gives, whether the wrong figure is found, and what went wrong."""
    told: list[str] = []
    false = findings(MARK.sub(lambda m: m["right"], case.text))
    told += [f"false alarm: {f.message}" for f in false]
    mark = MARK.search(case.text)
    if mark is None:
        return len(false), None, told
    wrong = MARK.sub(lambda m: m["wrong"], case.text)
    line = wrong.count("\n", 0, mark.start()) + 1
    column = mark.start() - (wrong.rfind("\n", 0, mark.start()) + 1) + 1
    found = any(
        covers(pointer, line, column, column + len(mark["wrong"]) - 1)
        for f in findings(wrong)
        for pointer in (f.primary, *f.related)
    )
    if not found:
        told.append("missed: " + wrong.split("\n")[line - 1])
    return len(false), found, told


def covers(pointer: Pointer, line: int, start: int, end: int) -> bool:
    """Tell whether a pointer shows a span of a line."""
    found = _SPAN.fullmatch(pointer.address)
    return found is not None and int(found[1]) == line and int(found[2]) <= start and end <= int(found[3])


def measure() -> dict[str, Score]:
    """Judge the whole corpus."""
    scores: dict[str, Score] = defaultdict(Score)
    for case in cases():
        score = scores[case.kind]
        false, found, told = judge(case)
        score.texts += 1
        score.false += false
        if found is not None:
            score.changed += 1
            score.found += found
        score.failures += told
    return dict(scores)


def total(scores: dict[str, Score]) -> Score:
    """Add the scores of all kinds up."""
    added = Score()
    for score in scores.values():
        added.texts += score.texts
        added.false += score.false
        added.changed += score.changed
        added.found += score.found
    return added


def main() -> int:
    """Print the table; return 1 where an aim is missed."""
    scores = measure()
    everything = total(scores)
    print(f"{'kind':12} {'texts':>6} {'changed':>8} {'found':>6} {'false':>6} {'precision':>10} {'recall':>8}")
    for kind, score in [*sorted(scores.items()), ("all", everything)]:
        counted = f"{kind:12} {score.texts:6} {score.changed:8} {score.found:6} {score.false:6}"
        print(f"{counted} {score.precision:10.3f} {score.recall:8.3f}")
    for kind, score in sorted(scores.items()):
        for failure in score.failures:
            print(f"{kind}: {failure}")
    return int(everything.precision < PRECISION or everything.recall < RECALL)
