"""Formulas that a table states itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.relating import axes_of, checks, faults
from validator import check
from validator.model.finding import Severity
from validator.rules.formulas import formulas


def told(text: str) -> list[tuple[str, str]]:
    """Return each figure that a formula gives, with the formula as written."""
    return [
        (place.pointer.text, str(place.names["公式"]))
        for axis in axes_of(text)
        for place in formulas(axis)
        if place.pointer is not None
    ]


@pytest.mark.parametrize(
    ("heads", "figures", "formula"),
    [
        ("甲(A)|乙(B)|丙(A+B)", "15.0 23.0", "A+B"),
        ("甲（A）|乙（B）|丙（A－B）", "6.0 18.0", "A-B"),
        ("①甲|②乙|③=①+②", "15.0 23.0", "③=①+②"),
        ("甲数|乙数|丙(甲数-乙数)", "6.0 18.0", "甲数-乙数"),
        ("甲(A)|乙(B)|丙(A×B)", "47.25 51.25", "A*B"),
    ],
)
def test_a_header_may_say_how_its_figures_are_computed(heads: str, figures: str, formula: str) -> None:
    one, two = figures.split()
    text = f"项目|{heads}\n一|10.5|4.5|{one}\n二|20.5|2.5|{two}"

    assert told(text) == [(one, formula), (two, formula)]
    assert [rule for rule, _ in faults(text.replace(one, "99.9"))] == ["GEN-002"]
    assert faults(text) == []


@pytest.mark.parametrize(
    "heads", ["甲(A)|乙(B)|丙(A+C)", "甲(A)|乙(A)|丙(A+A)", "甲(A)|乙(B)|丙(A)", "甲(A)|乙(B)|丙(A+)", "甲|乙|丙(2+3)"]
)
def test_a_formula_over_what_is_not_there_is_none(heads: str) -> None:
    assert told(f"项目|{heads}\n一|10.5|4.5|15.0\n二|20.5|2.5|23.0") == []


def test_blank_operands_and_blank_results_are_held_to_nothing() -> None:
    text = "项目|甲(A)|乙(B)|丙(A+B)\n一|10.5|4.5|15.0\n二|||3.0\n三|1.5|2.5|"

    assert [figure for figure, _ in told(text)] == ["15.0"]


@given(st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999)), min_size=2, max_size=5))
def test_figures_that_follow_are_never_accused_in_either_direction(rows: list[tuple[int, int]]) -> None:
    lines = ["项目|甲(A)|乙(B)|丙(A+B)", *(f"第{n}项|{a}.5|{b}.5|{a + b + 1}.0" for n, (a, b) in enumerate(rows))]
    turned = zip(*(line.split("|") for line in lines), strict=True)

    assert faults("\n".join(lines)) == []
    assert faults("\n".join("|".join(column) for column in turned)) == []


def test_a_formula_that_fails_everywhere_is_not_understood() -> None:
    assert checks("项目|甲(A)|乙(B)|丙(A+B)\n一|1|2|10\n二|3|4|20\n三|5|6|30") == []


@pytest.mark.parametrize(
    ("label", "values", "understood"),
    [
        ("丙（1+2）", "14.00 12.00 99.00", True),
        ("丙（1-2）", "6.00 6.00 99.00", False),
        ("丙（1/2）", "2.50 3.00 9.90", False),
        ("丙（3=1-2）", "6.00 6.00 99.00", True),
        ("丙（3=1/2）", "2.50 3.00 9.90", True),
        ("丙（1+2月）", "14.00 12.00 99.00", False),
        ("丙（3=1+4）", "14.00 12.00 99.00", False),
    ],
)
def test_numbers_that_may_be_months_or_pages_are_no_formula(label: str, values: str, *, understood: bool) -> None:
    one, two, three = values.split()
    table = f"地区|甲（1）|乙（2）|{label}\n东区|10.00|4.00|{one}\n西区|9.00|3.00|{two}\n南区|8.00|5.00|{three}"

    assert (("GEN-002", three) in faults(table)) is understood


class TestANoteBelowTheFigures:
    TABLE = (
        "单位：万元||||\n项目|预算金额|合同金额|节约金额|节约率（%）\n甲|86.00|84.28|1.72|2.00\n乙|52.50|51.00|1.50|2.86\n"
        "注：1.节约金额=预算金额-合同金额；2.节约率=节约金额÷预算金额×100%。|<|<|<|<"
    )

    def test_says_how_a_column_is_computed_however_few_rows_there_are(self) -> None:
        assert {formula for _, formula in told(self.TABLE)} == {"节约金额=预算金额-合同金额", "节约率=节约金额/预算金额*100%"}
        assert faults(self.TABLE) == []
        assert faults(self.TABLE.replace("2.86", "8.62")) == [("GEN-002", "8.62")]

    def test_says_nothing_of_labels_that_are_not_there(self) -> None:
        assert told(self.TABLE.replace("-合同金额", "-中标金额").replace("节约金额÷预算", "节约金额÷项目预算")) == []


FUNDS = """<p>2024年度林草资金绩效自评表</p><table>
<tr><td>资金投入情况(万元)</td><td>行次</td><td>全年预算数(A)</td><td>统筹整合资金数(B)</td><td>扣除统筹整合资金后预算数(C)</td>
<td>{arrived}(D)</td><td>到位进度(D/C×100%)</td><td>全年执行资金(E)</td><td>预算执行(E/C×100%)</td></tr>
<tr><td>年度资金总额</td><td>1</td><td>100</td><td>20</td><td>80</td><td>72</td><td>{arrival}</td><td>60</td><td>{rate}</td></tr>
<tr><td>其中：中央财政资金</td><td>2</td><td>70</td><td>20</td><td>50</td><td>50</td><td>100%</td><td>40</td><td>80%</td></tr>
<tr><td>地方财政资金</td><td>3</td><td>30</td><td></td><td>30</td><td>22</td><td>73.33%</td><td>20</td><td>66.67%</td></tr></table>"""


@pytest.mark.parametrize("arrived", ["全年到位资金", "全年拨入"])
@pytest.mark.parametrize(
    ("given", "expected"),
    [({}, []), ({"arrival": "95%"}, [("95%", "GEN-002")]), ({"rate": "60%"}, [("60%", "GEN-002")])],
    ids=["right", "arrival", "rate"],
)
def test_a_rate_of_columns_of_which_a_form_knows_some_is_that_of_their_figures(
    arrived: str, given: dict[str, str], expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "form.html"
    path.write_text(FUNDS.format(**{"arrived": arrived, "arrival": "90%", "rate": "75%"} | given), encoding="utf-8")
    assert [(f.primary.text, f.rule) for f in check(path).findings if f.severity is not Severity.INFO] == expected
