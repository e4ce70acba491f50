"""How long prose takes to read and to check: a report, sentences full of figures, and text made to be slow.

`python -m tests.benchmarks.prose` prints milliseconds for each. What takes time are the figures: in a report every twentieth to
tenth character is a digit, in the sentences of tests/accuracy every fourth. Hostile text is measured at two lengths, so that
anything worse than linear shows as a ratio well above that of the lengths.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from tests.accuracy.measure import MARK, cases
from validator.facts.claims import load_wording, read_passages
from validator.model.document import Document, Paragraph
from validator.rules.evaluate import judge, with_parameters
from validator.rules.load import CompiledRule, load_ruleset
from validator.rules.narrative import narrative_relations

LONG = 19_000
HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "1" * n,
    "digits and commas": lambda n: ("1,234" * n)[:n],
    "figures": lambda n: ("费用12万元，" * n)[:n],
    "其中": lambda n: ("其中" * n)[:n],
    "其中 with figures": lambda n: ("共9家，其中甲3家、" * n)[:n],
    "brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "open brackets": lambda n: ("甲3家(" * n)[:n],
    "commas": lambda n: "，" * n,
    "，增长": lambda n: ("，增长" * n)[:n],
    "，增长 with figures": lambda n: ("，增长5%" * n)[:n],
    "rates": lambda n: ("甲8家，乙4家，率50%，" * n)[:n],
    "sums": lambda n: ("甲8家、" * n)[:n] + "共计9家",
    "numerals": lambda n: "一百" * (n // 2),
    "years": lambda n: ("2023年" * n)[:n],
    "spaces": lambda n: "1" + " " * n + "万元",
    "shares": lambda n: ("额9万元，付30%即3万元，" * n)[:n],
    "stocks": lambda n: ("年初余额9万元，新增3万元，年末余额8万元，" * n)[:n],
    "averages": lambda n: ("补助4户、9万元，户均2万元，" * n)[:n],
    "scores": lambda n: ("此项自评得5分。" * n)[:n],
    "items": lambda n: ("9万元：1、9万元；2、9万元；" * n)[:n],
    "counted items": lambda n: ("一是9元，" * n)[: n // 2] + ("：一是" * n)[: n // 2],
    "full stops": lambda n: ("。" * n)[:n],
}


def seconds(text: str) -> float:
    """Return how long reading and checking a text takes; every line is a paragraph."""
    ruleset = load_ruleset()
    wording = load_wording(ruleset.directory / "narrative" / "words.yaml")
    rules: dict[str, list[CompiledRule]] = {}
    for rule in ruleset.rules:
        rules.setdefault(rule.spec.for_each, []).append(rule)
    document = Document("a.txt", "txt", "", tuple(Paragraph(line, f"L{n}") for n, line in enumerate(text.split("\n"), 1)))
    start = time.process_time()
    passages = read_passages(document, ruleset.lexicon, wording)
    for found in narrative_relations(passages, (), wording, ruleset.lexicon):
        for rule in rules.get(found.kind, ()):
            judge(rule, with_parameters(rule, found.place, ruleset.values("narrative")), "zh")
    return time.process_time() - start


def texts() -> dict[str, str]:
    """Return a report as offices write them, ten times over, and the sentences of the corpus."""
    report = (Path(__file__).parent / "report.txt").read_text(encoding="utf-8")
    sentences = "\n".join(MARK.sub(lambda m: m["right"], case.text) for case in cases() if case.kind != "report")
    return {"of a report": report * 10, "of sentences full of figures": sentences}


def per_thousand(text: str) -> float:
    """Return milliseconds for a thousand characters of a text."""
    return min(seconds(text) for _ in range(3)) * 1_000_000 / len(text)


def growth(make: Callable[[int], str], length: int = LONG) -> tuple[float, float]:
    """Return the time for a text of a length, in milliseconds, and how many times that of a quarter of it."""
    paragraphs = "\n".join([make(length)] * 5)
    quarter = "\n".join([make(length // 4)] * 5)
    short = min(seconds(quarter) for _ in range(2))
    long = min(seconds(paragraphs) for _ in range(2))
    return long * 1000, long / max(short, 1e-4)


def main() -> None:
    """Print the figures."""
    seconds("共3家，其中甲1家、乙2家。")
    for name, text in texts().items():
        digits = sum(char.isdigit() for char in text) / len(text)
        print(f"1,000 characters {name} ({digits:.0%} digits): {per_thousand(text):.2f} ms")
    for name, make in HOSTILE.items():
        took, ratio = growth(make)
        print(f"{'5 x ' + format(LONG, ',') + ' of ' + name:34} {took:8.1f} ms  {ratio:5.1f} times a quarter of it")


if __name__ == "__main__":
    main()
