"""A total with numbered lines below it, each with a figure of its own."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import read, rules, stated, words
from validator.rules.narrative.numbered_lines import numbered_lines

GRANTS = "一、中央资金（{}万元）\n（一）支持产业2993.7万元；\n（二）支持搬迁1050万元；\n（三）提取管理费46.3万元。"
USES = (
    "公益金额度为{}万元。现将安排情况公告如下：\n"
    "一、教育支出5120万元。\n二、福利支出2130万元，其中养老1500万元。\n三、体育支出2150万元。"
)


def lines(text: str) -> list[tuple[str, object, object]]:
    return [(kind, names["total"], names["parts"]) for kind, names in stated(numbered_lines(read(text), words()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GRANTS.format(4090), [("total", "4090万元", ["2993.7万元", "1050万元", "46.3万元"])]),
        (GRANTS.format(3990), [("total", "3990万元", ["2993.7万元", "1050万元", "46.3万元"])]),
        (GRANTS.format(4225), []),
        (GRANTS.format(4490), [("rest", "4490万元", ["2993.7万元", "1050万元", "46.3万元"])]),
        (GRANTS.format(5090), []),
        (GRANTS.format(4153).replace("管理费46.3", "管理费9.3"), [("rest", "4153万元", ["2993.7万元", "1050万元", "9.3万元"])]),
        ("支出1900元\n1.甲512元\n2.乙913元\n3.丙375元", []),
        (USES.format(9400), [("total", "9400万元", ["5120万元", "2130万元", "2150万元"])]),
        (USES.format(9200), [("total", "9200万元", ["5120万元", "2130万元", "2150万元"])]),
        ("支出9400元，结余120元\n1.甲5120元\n2.乙2130元\n3.丙2150元", [("total", "9400元", ["5120元", "2130元", "2150元"])]),
        ("支出9200元，结余120元\n1.甲5120元\n2.乙2130元\n3.丙2150元", []),
        ("主要支出9200元\n1.甲5120元\n2.乙2130元\n3.丙2150元", []),
        ("支出9200元\n1.甲5120元\n2.乙2130元\n3.丙2150元等", []),
        ("支出9200元\n1.甲5120元\n2.乙2130元，增加20元\n3.丙2150元", []),
        ("预算9200元\n1.甲5120元\n2.乙2130元\n3.丙支出2150元，预算下达2100元", []),
        ("培训9200人\n1.甲5120人\n2.乙2130人\n3.丙2150人", []),
        ("支出9200元\n1.甲5120元\n3.乙2130元\n2.丙2150元", []),
        ("上年支出9200元\n1.甲5120元\n2.乙2130元\n3.丙2150元", []),
        ("支出9200元\n2.甲5120元\n3.乙2130元\n4.丙2150元", []),
    ],
)
def test_lines_counted_from_one_do_not_exceed_the_figure_above(text: str, expected: object) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GRANTS.format(4090), []),
        (GRANTS.format(3990), ["NARR-001"]),
        (GRANTS.format(4490), ["NARR-002"]),
        ("总投资860万元\n（一）道路420万元\n（二）绿化145万元\n（三）照明250万元", []),
    ],
)
def test_only_lines_that_are_off_are_told(text: str, told: list[str]) -> None:
    assert rules(text) == told
