"""Hypothesis strategies: consistent forms, rounded and written in any of the ways that people have."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from tests.building.filled import FilledForm
from tests.building.flaws import FLAWS, Expected, Flaw
from tests.building.others import department_form, generic_form, insurance_form, transfer_form
from tests.building.project import TEMPLATES, project_form
from tests.building.truth import Writing
from tests.building.vocabulary import FIELDS

KINDS = ("project", "transfer-payment", "department", "insurance-fund", "generic")
_SIGNS = (("≥", "≤"), (">=", "<="), ("≧", "≦"))


@st.composite
def writings(draw: st.DrawFn) -> Writing:
    """Draw a clerk's habits: unit, decimals, rounding, lost zeros, separators, marks for nothing."""
    unit = draw(st.sampled_from(("万元", "万元", "元", "亿元")))
    decimals = draw(st.sampled_from((0, 2) if unit == "元" else (0, 1, 2, 4, 6) if unit == "万元" else (4, 6)))
    at_least, at_most = draw(st.sampled_from(_SIGNS))
    return Writing(
        unit=unit,
        decimals=decimals,
        rate_decimals=draw(st.integers(0, 2)),
        rate_style=draw(st.sampled_from(("percent", "percent", "bare", "fraction"))),
        score_decimals=draw(st.integers(2, 3)),
        strip=draw(st.booleans()),
        thousands=draw(st.booleans()),
        half_even=draw(st.booleans()),
        nothing=draw(st.sampled_from(("", "-", "—", "--", "/", "0"))),
        at_least=at_least,
        at_most=at_most,
    )


@st.composite
def consistent_forms(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS, writing: Writing | None = None) -> FilledForm:
    """Draw a form whose figures all follow from unrounded true values."""
    kind = draw(st.sampled_from(kinds))
    habits = writing if writing is not None else draw(writings())
    rng = Random(draw(st.integers(0, 2**32 - 1)))
    year = draw(st.integers(2020, 2025))
    match kind:
        case "project":
            template = TEMPLATES[draw(st.sampled_from(sorted(TEMPLATES)))]
            return project_form(
                rng,
                template,
                writing=habits,
                field=draw(st.sampled_from(FIELDS)),
                sources=draw(st.integers(1, len(template.sources))),
                year=year,
            )
        case "transfer-payment":
            return transfer_form(
                rng, writing=habits, field=draw(st.sampled_from(FIELDS)), year=year, split_local=draw(st.booleans())
            )
        case "department":
            return department_form(
                rng, writing=habits, field=draw(st.sampled_from(FIELDS)), year=year, duties_total=draw(st.booleans())
            )
        case "insurance-fund":
            return insurance_form(rng, writing=habits, year=year, previous=draw(st.booleans()))
        case _:
            return generic_form(rng, writing=habits, year=year, subtotals=draw(st.booleans()))


@st.composite
def flawed_forms(draw: st.DrawFn, flaws: tuple[Flaw, ...] = FLAWS) -> tuple[FilledForm, FilledForm, Flaw, Expected]:
    """Draw a consistent form, the same form with one flaw, the flaw, and what must be found."""
    form = draw(consistent_forms())
    usable = [(each, planted) for each in flaws if form.kind in each.forms and (planted := each.apply(form)) is not None]
    if not usable:
        return draw(st.nothing())
    chosen, (flawed, expected) = draw(st.sampled_from(usable))
    return form, flawed, chosen, expected


def grids() -> st.SearchStrategy[list[list[str]]]:
    """Draw any grid of texts: words of the forms, figures, rubbish."""
    words = st.sampled_from(
        (
            "项目资金（万元）", "年度资金总额", "其中：当年财政拨款", "年初预算数", "全年预算数（A）",
            "全年执行数（B）", "执行率（B/A）", "分值", "得分", "一级指标", "二级指标", "三级指标", "年度指标值",
            "实际完成值", "产出指标（50分）", "数量指标", "总分", "合计", "小计", "其中", "栏次", "3=1+2", "≥90%",
            ">-2次", "202010100.00%10", "100%", "0", "-", "—", "1,234.50", "１２．５", "十二万", "约3万元",
            "2023年12月底前", "\x1b[31m[red]", "=1/0",
        )
    )  # fmt: skip
    cell = st.one_of(words, words, st.text(max_size=12), st.decimals(-(10**9), 10**9, places=2).map(str))
    return st.lists(st.lists(cell, max_size=9), max_size=14)
