"""Percentages broken over two lines are whole where the amounts before them have that rate, and nowhere else."""

from __future__ import annotations

import pytest

from validator.forms.restore.halves import whole_rates
from validator.forms.restore.tokens import cut


def texts(*lines: str) -> list[str]:
    return [token.text for token in whole_rates(cut(lines, lambda _: False))]


@pytest.mark.parametrize(
    ("lines", "rate"),
    [
        (("年度资金总额 1189.35 1238.67 1220.94 10 98.5 9.86", "7%"), "98.57%"),
        (("资金 年度资金总额 1189.35 1238.67 1220.94 10 98.5 9.86", "（万 7%"), "98.57%"),
        (("年度资金总额", "1238.67", "1220.94", "98.5", "7%", "10"), "98.57%"),
        (("年度资金总额 1238.67 1238.67 100.", "00% 10 10"), "100.00%"),
    ],
)
def test_two_halves_are_one_rate(lines: tuple[str, ...], rate: str) -> None:
    found = texts(*lines)
    assert rate in found
    assert len(found) == sum(len(line.split()) for line in lines) - 1


@pytest.mark.parametrize(
    "lines",
    [
        ("年度资金总额 1238.67 1220.94 91.2", "7%"),
        ("年度资金总额 1238.67 1220.94 98.5 7%",),
        ("其他资金 98.5", "7%"),
        ("年度资金总额 0 0 98.5", "7%"),
    ],
)
def test_two_figures_stay_two(lines: tuple[str, ...]) -> None:
    assert texts(*lines) == " ".join(lines).split()
