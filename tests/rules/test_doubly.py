"""A total of all rows that breaks what its columns show is wrong where it is off downwards as well."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.relating import axes_of
from validator.rules.doubly import is_doubly_off

ROWS = "镇|全部|甲类|乙类\n" + "".join(f"{n}镇|{n * n + 30 + n}|{n * n + 30}|{n}\n" for n in range(1, 7))
WEIGHTS = {0: Decimal(-1), 1: Decimal(1), 2: Decimal(1)}


@pytest.mark.parametrize(
    ("total", "wrong"),
    [
        ("292|271|21", False),
        ("292|271|12", True),
        ("229|271|21", True),
        ("300|279|21", False),
        ("300|271|21", True),
        ("300|290|21", False),
    ],
    ids=["right", "a part", "the whole", "both by the same", "a whole of more", "two columns"],
)
@pytest.mark.parametrize("first", [False, True])
def test_one_figure_explains_it(total: str, wrong: bool, first: bool) -> None:
    head, *body = ROWS.strip().split("\n")
    rows = [head, f"合计|{total}", *body] if first else [head, *body, f"合计|{total}"]
    axis = next(axis for axis in axes_of("\n".join(rows)) if axis.across)
    assert is_doubly_off(axis, 0 if first else len(body), WEIGHTS) is wrong
    assert not is_doubly_off(axis, 3, WEIGHTS)
