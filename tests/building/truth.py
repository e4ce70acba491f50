"""True values, and how people write them down.

Amounts are whole 分 as a bank keeps them; everything that is computed is a `Fraction` until it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

_NUMBER = re.compile(r"[-−]?\d[\d,，]*(?:\.\d+)?")
YUAN = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}


@dataclass(frozen=True, slots=True)
class Writing:
    """A clerk's habits."""

    unit: str = "万元"
    decimals: int = 2
    """Of amounts."""
    rate_decimals: int = 2
    rate_style: str = "percent"
    """`percent` 81.80%, `bare` 81.80, `fraction` 0.8180."""
    score_decimals: int = 2
    strip: bool = False
    """Whether trailing zeros get lost, as in a cell formatted General."""
    thousands: bool = False
    half_even: bool = False
    nothing: str = ""
    """What is written where there is nothing to write: blank, `-`, `—`, `0`."""
    at_least: str = "≥"
    at_most: str = "≤"

    def number(self, value: Fraction, decimals: int) -> str:
        """Write a number with so many decimals."""
        quantum = Decimal(1).scaleb(-decimals)
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        rounded = exact.quantize(quantum, ROUND_HALF_EVEN if self.half_even else ROUND_HALF_UP)
        text = f"{rounded:,f}" if self.thousands else f"{rounded:f}"
        if self.strip and "." in text:
            text = text.rstrip("0").rstrip(".")
        return text.removeprefix("-") if not rounded else text

    def amount(self, fen: Fraction | int) -> str:
        """Write an amount of money, given in 分."""
        return self.number(Fraction(fen) / 100 / YUAN[self.unit], self.decimals)

    def rate(self, ratio: Fraction) -> str:
        """Write a ratio as a rate."""
        if self.rate_style == "fraction":
            return self.number(ratio, self.rate_decimals + 2)
        return self.number(ratio * 100, self.rate_decimals) + ("%" if self.rate_style == "percent" else "")

    def points(self, value: Fraction) -> str:
        """Write points; zeros at the end are left out, as everybody does."""
        text = self.number(value, self.score_decimals)
        return text.rstrip("0").rstrip(".") if "." in text else text

    @property
    def step(self) -> Fraction:
        """One unit in the last place of an amount, in 分."""
        return Fraction(100 * YUAN[self.unit], 10**self.decimals)


def value_of(text: str) -> Fraction | None:
    """Return the number in a text (`81.80%` is 81.8), None when there is none."""
    found = _NUMBER.search(text)
    return Fraction(found.group().replace(",", "").replace("，", "").replace("−", "-")) if found else None


def decimals_of(text: str) -> int:
    """Return how many decimals the number in a text has."""
    found = _NUMBER.search(text)
    return len(found.group().partition(".")[2]) if found else 0


def rewrite(text: str, value: Fraction) -> str:
    """Return a text with its number replaced, the rest and the number of decimals kept."""
    found = _NUMBER.search(text)
    if not found:
        raise ValueError(text)
    quantum = Decimal(1).scaleb(-decimals_of(text))
    number = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(quantum, ROUND_HALF_UP)
    digits = f"{number:,f}" if "," in found.group() else f"{number:f}"
    return text[: found.start()] + digits + text[found.end() :]


def plain(value: Fraction) -> str:
    """Write a value with as few decimals as it has (a finite decimal is expected)."""
    number = (Decimal(value.numerator) / Decimal(value.denominator)).normalize()
    return f"{number:f}"


def split(rng: Random, total: Fraction, parts: int, decimals: int) -> list[Fraction]:
    """Split points into parts that add up exactly, none below half of an even share."""
    steps = total * 10**decimals
    least = max(1, int(steps / parts / 2))
    free = int(steps) - least * parts
    cuts = sorted(rng.randint(0, free) for _ in range(parts - 1))
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, free], strict=True)]
    return [Fraction(least + share, 10**decimals) for share in shares]
