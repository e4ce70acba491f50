"""Rows whose figures stand right behind each other are told and not taken apart."""

from __future__ import annotations

import pytest

from tests.forms.flattened import restored
from validator.forms.restore.fused import fused_rows


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("单位：亿元", "青石区52.5019.0033.50", "白石区8.104.004.10"), [1]),
        (("一、年末余额8.998.99", "二、限额（上限）9.009.00", "", "三、发行额4.394.39"), [0]),
        (("经费万元9,436.33,872.0105.00", "福利万元2,670.05,406.4134.35"), [0]),
        (("增减-8.5012.00%", "增减-9.5013.00%"), [0]),
        (("青石区52.5019.0033.50", "", "", "", "白石区8.104.004.10"), []),
        (("青石区52.5019.0033.50",), []),
        (("截至2023.12.31", "截至2024.12.31"), []),
        (("青石区 52.50 19.00", "白石区 8.10 4.00"), []),
        (("镇143", "乡35", "见第3.1.2条的规定", "见第3.1.3条的规定"), []),
        (("占52.50%，比上年19.00%有所上升", "占12.50%，比上年9.00%有所上升"), []),
    ],
)
def test_where_rows_run_together_begin(lines: tuple[str, ...], found: list[int]) -> None:
    assert list(fused_rows(lines)) == found


def test_they_are_told_once() -> None:
    text = "债务余额情况表\n单位：亿元\n地区余额一般债务专项债务\n青石区52.5019.0033.50\n白石区8.104.004.10\n注：含上年。"

    assert [(note.address, "连在一起" in note.message) for note in restored(text).notes] == [("L4", True)]
