"""True values, invented, and a clerk who writes them down: one unit, one number of decimals, one way to round."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import TypeVar

from tests.building.truth import YUAN, Writing

T = TypeVar("T")
DECIMALS = {"元": (0, 2), "万元": (0, 1, 2, 2, 4), "亿元": (2, 2, 4)}
SIZES = {"元": (20_000, 90_000_000), "万元": (2_000_000, 900_000_000), "亿元": (900_000_000, 90_000_000_000)}
"""How large sums are, in 元, so that a part of a part still has digits."""

DEPARTMENTS = (
    "教育局",
    "民政局",
    "水利局",
    "农业农村局",
    "交通运输局",
    "文化和旅游局",
    "卫生健康局",
    "林业局",
    "应急管理局",
    "住建局",
)
COUNTIES = ("平和县", "长丰区", "清溪县", "安宁区", "临河市", "永泰县", "新塘镇", "双桥镇", "北关街道", "东岭乡")
WORKS = ("农村公路养护", "学前教育资助", "动物疫病防控", "档案数字化", "河道清淤", "公园绿化管护", "图书购置", "体育设施维修")


class Pen:
    """Draws from one seed: true values, words, and how values are written."""

    def __init__(self, seed: int) -> None:
        """`seed` decides everything that the pen will write."""
        self.rng = Random(seed)
        self.unit = self.pick(("万元", "万元", "万元", "元", "亿元"))
        self.writing = Writing(
            unit=self.unit,
            decimals=self.pick(DECIMALS[self.unit]),
            rate_decimals=self.pick((0, 1, 1, 2, 2)),
            thousands=self.unit == "元" and self.flip(),
            half_even=self.flip(0.2),
            nothing=self.pick(("", "-", "—", "0")),
        )
        self.year = self.rng.randint(2016, 2025)

    def pick(self, options: Sequence[T]) -> T:
        """Pick one of some."""
        return self.rng.choice(options)

    def several(self, options: Sequence[T], count: int) -> list[T]:
        """Pick some, none twice, in any order."""
        return self.rng.sample(options, count)

    def flip(self, chance: float = 0.5) -> bool:
        """Tell whether something that happens so often happens now."""
        return self.rng.random() < chance

    def number(self, low: int, high: int) -> int:
        """Invent a whole number."""
        return self.rng.randint(low, high)

    # --- money, in 分 -----------------------------------------------------------------------------------------------

    def money(self, share: float = 1.0) -> int:
        """Invent an amount; `share` of what is usual in the unit of the document."""
        low, high = SIZES[self.unit]
        return self.whole(self.rng.randint(int(low * share) + 1, int(high * share) + 2) * 100 + self.rng.randint(0, 99))

    def whole(self, fen: int) -> int:
        """Return an amount as it may be where whole 元 are written: those are exact."""
        return fen // 100 * 100 if self.unit == "元" and self.writing.decimals == 0 else fen

    def part(self, fen: int, low: float, high: float) -> int:
        """Invent a share of an amount."""
        return self.whole(int(fen * self.rng.uniform(low, high)))

    def parts(self, fen: int, count: int) -> list[int]:
        """Divide an amount into parts that give it exactly, none tiny."""
        weights = [self.rng.uniform(0.3, 1) for _ in range(count - 1)]
        scale = sum(weights) + self.rng.uniform(0.3, 1)
        found = [self.whole(int(fen * weight / scale)) for weight in weights]
        return [*found, fen - sum(found)]

    def amount(self, fen: int) -> str:
        """Write an amount with its unit."""
        return f"{self.bare(fen)}{self.unit}"

    def bare(self, fen: int) -> str:
        """Write an amount without its unit, as in a table."""
        return self.writing.amount(fen)

    def mean(self, amounts: Sequence[int]) -> str:
        """Write the mean of some amounts with its unit."""
        return f"{self.writing.amount(Fraction(sum(amounts), len(amounts)))}{self.unit}"

    # --- what follows from two values -------------------------------------------------------------------------------

    def rate(self, part: Fraction | int, whole: Fraction | int, decimals: int | None = None) -> str:
        """Write a share in per cent."""
        return f"{self.percent(Fraction(part) / Fraction(whole), decimals)}%"

    def percent(self, ratio: Fraction, decimals: int | None = None) -> str:
        """Write a ratio in per cent without the sign."""
        return self.writing.number(ratio * 100, self.writing.rate_decimals if decimals is None else decimals)

    def growth(self, now: int, before: int, up: str = "增长", down: str = "下降") -> str:
        """Write the growth from one value to the other."""
        return f"{up if now >= before else down}{self.percent(Fraction(abs(now - before), before))}%"

    def change(self, now: int, before: int, up: str = "增加", down: str = "减少") -> str:
        """Write by how much an amount has changed."""
        return f"{up if now >= before else down}{self.amount(abs(now - before))}"

    def decimal(self, low: float, high: float, decimals: int) -> Fraction:
        """Invent a value that is known to so many decimals."""
        return Fraction(round(self.rng.uniform(low, high) * 10**decimals), 10**decimals)

    def write(self, value: Fraction | int, decimals: int) -> str:
        """Write a value with so many decimals."""
        return self.writing.number(Fraction(value), decimals)

    def counts(self, total: int, count: int) -> list[int]:
        """Divide a whole number into whole numbers above nought."""
        cuts = sorted(self.rng.sample(range(1, total), count - 1))
        return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]


def yuan(pen: Pen, fen: int) -> Fraction:
    """Return an amount in the unit of the document."""
    return Fraction(fen, 100 * YUAN[pen.unit])
