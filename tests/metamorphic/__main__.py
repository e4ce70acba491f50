"""Look for right documents that are accused, and for slips that are found in a plain document and lost when it is rewritten."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial

from tests.metamorphic.cases import Case, accused, draw, findings, found, shrunk, write
from tests.metamorphic.layouts import LINES

SHOWN = 60
"""Lines of a document that are printed at most."""


def main() -> int:
    """Print what was found, each with the smallest document that shows it; return 1 where there was anything."""
    parser = argparse.ArgumentParser(prog="python -m tests.metamorphic", description=__doc__)
    parser.add_argument("--examples", type=int, default=2000, help="how many documents of each kind, right and with a slip")
    parser.add_argument("--seed", type=int, default=0, help="where to begin")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time")
    parser.add_argument("--only", default="", help="names of generators, rewritings or layouts that a case must have one of")
    options = parser.parse_args()
    wanted = tuple(options.only.split())
    with ProcessPoolExecutor(options.jobs) as pool:
        false = told(pool.map(partial(right, wanted), seeds(options), chunksize=20))
        lost = told(pool.map(partial(slipped, wanted), seeds(options), chunksize=20))
    return int(false + lost > 0)


def seeds(options: argparse.Namespace) -> range:
    """Return the seeds that are asked for."""
    return range(options.seed * 1_000_000, options.seed * 1_000_000 + options.examples)


def told(results: Iterator[tuple[str, str]]) -> int:
    """Print what is told, once for each title with how often it came; return how many."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for title, text in results:
        if title:
            counts[title] += 1
            first.setdefault(title, text)
    for title, count in counts.most_common():
        print(f"=== {count} x {title}\n{first[title]}\n")
    silent = counts.total()
    print(f"{silent} in all")
    return silent


def right(wanted: tuple[str, ...], seed: int) -> tuple[str, str]:
    """Judge a right document; return what it is accused of and the smallest document with that, both empty for none."""
    case = draw(seed)
    accusations = accused(case) if chosen(case, wanted) else []
    if not accusations:
        return "", ""
    rule = accusations[0].rule
    small = shrunk(case, lambda other: any(finding.rule == rule for finding in accused(other)))
    finding = next(finding for finding in accused(small) if finding.rule == rule)
    return f"{rule} {small}", f"seed {seed}: {finding.primary.address} {finding.message}\n{shown(small)}"


def slipped(wanted: tuple[str, ...], seed: int) -> tuple[str, str]:
    """Judge a document with a slip that is found where it is written plainly; return how it gets lost, both empty if not."""
    case = draw(seed, slip=True)
    if not chosen(case, wanted) or not found(case.plain) or found(case) is not False:
        return "", ""
    small = shrunk(case, lambda other: bool(found(other.plain)) and found(other) is False)
    plain = write(small.plain)
    assert plain is not None
    rules = ", ".join(sorted({finding.rule for finding in findings(plain)}))
    return f"lost {rules} {small}", f"seed {seed}: {pointed(small)}\n{shown(small)}"


def pointed(case: Case) -> str:
    """Say where the wrong figure stands."""
    written = write(case)
    return "" if written is None else ", ".join(sorted(written.marked))


def chosen(case: Case, wanted: tuple[str, ...]) -> bool:
    """Tell whether a case has one of the names that are asked for, or none is."""
    return not wanted or any(name in str(case) for name in wanted)


def shown(case: Case) -> str:
    """Return the text of a case, or the same pages as lines where it is no text."""
    written = write(case if case.layout in LINES else replace(case, layout="piped"))
    assert written is not None
    return "\n".join(f"    {line}" for line in written.data.decode().split("\n")[:SHOWN])


if __name__ == "__main__":
    raise SystemExit(main())
