"""Consistent 项目支出绩效自评表 in the variants that people send, filled from true values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from tests.building.filled import Block, Column, FilledForm, Line
from tests.building.truth import Writing, plain, split, value_of
from tests.building.vocabulary import (
    FIELDS,
    REASON_LOW,
    REASONS_DEDUCTED,
    REASONS_MISSED,
    REASONS_OVER,
    Field,
    Wanted,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """How the hundred points are shared out."""

    groups: tuple[tuple[str, int, tuple[str, ...]], ...]
    """First-level group, its points, its second-level groups."""
    execution: int = 10


_OUTPUT = ("数量指标", "质量指标", "时效指标")
_MANY = (*_OUTPUT[:2], "服务对象满意度指标")
"""Groups that may have more than one indicator."""
_EFFECT = ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标")
_CONTENT = ("服务对象满意度指标",)
_CLASSIC = (("产出指标", 50, (*_OUTPUT, "成本指标")), ("效益指标", 30, _EFFECT), ("满意度指标", 10, _CONTENT))
PROFILES: Mapping[str, Profile] = {
    "classic": Profile(_CLASSIC),
    "cost-group": Profile(
        (
            ("成本指标", 20, ("经济成本指标",)),
            ("产出指标", 40, _OUTPUT),
            ("效益指标", 20, _EFFECT),
            ("满意度指标", 10, _CONTENT),
        )
    ),
    "no-satisfaction": Profile((("产出指标", 50, (*_OUTPUT, "成本指标")), ("效益指标", 40, _EFFECT))),
    "execution-20": Profile(
        (("产出指标", 40, (*_OUTPUT, "成本指标")), ("效益指标", 30, _EFFECT), ("满意度指标", 10, _CONTENT)), execution=20
    ),
}


@dataclass(frozen=True, slots=True)
class Template:
    """A variant of the printed form."""

    name: str
    profile: str
    title: str = "项目支出绩效自评表"
    weight_first: bool = False
    """分值 stands before 年度指标值."""
    nature: bool = False
    """指标性质 and 度量单位 have columns of their own."""
    points_in_labels: bool = False
    """产出指标(50分)."""
    funds_reason: bool = False
    """The funds have a column for reasons."""
    funds_caption: str = "项目资金（万元）"
    labels: Mapping[str, str] | None = None
    sources: tuple[tuple[str, str], ...] = (
        ("appropriation", "其中：当年财政拨款"),
        ("carryover", "上年结转资金"),
        ("other", "其他资金"),
    )
    total_label: str = "年度资金总额"
    last: str = "总分"


TEMPLATES: Mapping[str, Template] = {
    template.name: template
    for template in (
        Template("classic", "classic"),
        Template("classic-points", "classic", points_in_labels=True),
        Template("cost-group", "cost-group", points_in_labels=True),
        Template(
            "weight-first",
            "no-satisfaction",
            title="项目绩效自评表",
            weight_first=True,
            labels={"actual": "全年实际值", "reason": "未完成原因及拟采取的改进措施", "initial_budget": "年初预算"},
            sources=(
                ("central", "其中：中央财政资金"),
                ("province", "省级财政资金"),
                ("carryover", "上年结转资金"),
                ("other", "其他资金"),
            ),
        ),
        Template("execution-20", "execution-20"),
        Template(
            "nature",
            "classic",
            title="部门预算项目支出绩效自评表",
            nature=True,
            funds_reason=True,
            funds_caption="预算执行情况（10分）",
            labels={
                "initial_budget": "年初预算（万元）",
                "budget": "调整后预算数（万元）",
                "executed": "预算执行数（万元）",
                "rate": "预算执行率",
                "weight": "权重",
                "reason": "未完成原因分析",
                "target": "指标值",
                "actual": "完成值",
            },
            sources=(("appropriation", "其中：财政资金"), ("account", "财政专户管理资金"), ("unit_money", "单位资金")),
            total_label="总额",
            last="合计",
        ),
    )
}
_FUNDS = {
    "label": "",
    "initial_budget": "年初预算数",
    "budget": "全年预算数（A）",
    "executed": "全年执行数（B）",
    "weight": "分值",
    "rate": "执行率（B/A）",
    "score": "得分",
    "reason": "原因",
}
_INDICATORS = {
    "category": "一级指标",
    "subcategory": "二级指标",
    "name": "三级指标",
    "nature": "指标性质",
    "target": "年度指标值",
    "unit": "度量单位",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
}


@dataclass(frozen=True, slots=True)
class Amounts:
    """The true money of one source, in 分."""

    initial: int
    budget: int
    executed: int


def amounts(rng: Random, writing: Writing, *, scale: int, least_rate: int = 92, spent: bool = False) -> Amounts:
    """Invent the money of a source: `scale` in 元; `least_rate` in per cent; `spent`: everything was."""
    whole = 100 if writing.unit == "元" and writing.decimals == 0 else 1
    unit = max(whole, int(writing.step * 200))
    budget = max(rng.randrange(scale * 20, scale * 100), unit) // whole * whole
    initial = max(budget * rng.randrange(60, 125) // 100, unit) // whole * whole
    share = 10_000 if spent else rng.randrange(least_rate * 100, 10_000)
    return Amounts(initial, budget, budget * share // 10_000 // whole * whole)


def fund_lines(
    parts: tuple[tuple[str, str, Amounts | None], ...],
    total_label: str,
    writing: Writing,
    columns: tuple[str, ...],
    points: int,
) -> tuple[tuple[Line, ...], Fraction]:
    """Write the rows of the funds block; return them with the true score of the execution."""
    filled = [money for _, _, money in parts if money is not None]
    total = Amounts(*(sum(getattr(money, name) for money in filled) for name in ("initial", "budget", "executed")))
    rate = Fraction(total.executed, total.budget)
    score = min(rate, Fraction(1)) * points
    rows: list[Line] = []
    for id, label, money in (("total", total_label, total), *parts):
        texts = {"label": label, "reason": ""}
        texts |= dict.fromkeys(("initial_budget", "budget", "executed", "rate", "weight", "score"), writing.nothing)
        if money is not None:
            texts["initial_budget"] = writing.amount(money.initial)
            texts["budget"] = writing.amount(money.budget)
            texts["executed"] = writing.amount(money.executed)
            texts["rate"] = writing.rate(Fraction(money.executed, money.budget))
        if id == "total":
            texts["weight"], texts["score"] = str(points), writing.points(score)
            texts["reason"] = REASON_LOW if rate < Fraction(92, 100) else ""
        else:
            texts["weight"] = texts["score"] = "—" if writing.nothing in ("", "0") else writing.nothing
        rows.append(Line({name: texts[name] for name in columns}, id))
    return tuple(rows), score


def fill_indicator(
    rng: Random, wanted: Wanted, weight: Fraction, writing: Writing, year: int, *, nature: bool, scored: bool
) -> tuple[dict[str, str], Fraction]:
    """Fill in one indicator: mostly met, sometimes missed or overdone, always explained where it has to be.

    Returns its texts by column and the points written.
    """
    fate = rng.choices(("met", "missed", "over", "deducted"), (70, 14, 8, 8 if scored else 0))[0]
    texts = {"name": wanted.name, "nature": "", "unit": wanted.unit, "weight": plain(weight), "reason": ""}
    score = weight
    if wanted.sort == "wording":
        texts |= {
            "nature": "定性",
            "target": rng.choice(("明显提升", "持续改善", "逐步完善")),
            "unit": "",
            "actual": "达成预期指标",
        }
        if fate == "missed":
            score, texts["actual"] = weight * Fraction(7, 10), "部分达成预期指标并具有一定效果"
            texts["reason"] = rng.choice(REASONS_MISSED)
    elif wanted.sort == "date":
        texts |= {"nature": "定性", "unit": "", "target": f"{year}年12月底前", "actual": f"{year}年{rng.randint(9, 11)}月"}
    else:
        target, actual = _figures(rng, wanted, fate)
        lower = wanted.sort in ("time", "defect", "cost")
        sign = "=" if wanted.sort == "full" else writing.at_most if lower else writing.at_least
        digits = 0 if target == int(target) and actual == int(actual) else 2
        number = writing.number(actual, digits)
        if nature:
            texts |= {"nature": sign, "target": plain(target), "actual": number}
        else:
            with_sign = "" if wanted.sort == "full" and rng.random() < 0.5 else sign
            keep = wanted.unit == "%" or rng.random() < 0.8
            texts |= {"target": f"{with_sign}{plain(target)}{wanted.unit}", "actual": number + (wanted.unit if keep else "")}
        met = actual <= target if lower else actual >= target
        if not met:
            score = weight * (target / actual if lower else actual / target)
            texts["reason"] = rng.choice(REASONS_MISSED)
        elif fate == "over":
            texts["reason"] = rng.choice(REASONS_OVER)
    if fate == "deducted" and score == weight:
        score, texts["reason"] = weight * Fraction(9, 10), rng.choice(REASONS_DEDUCTED)
    texts["score"] = texts["weight"] if score == weight else writing.points(score)
    return texts, value_of(texts["score"]) or Fraction(0)


def _figures(rng: Random, wanted: Wanted, fate: str) -> tuple[Fraction, Fraction]:
    """Invent target and actual. Counts are whole, shares have up to two decimals and stay below 100 %."""
    if wanted.sort == "full":
        return Fraction(100), Fraction(rng.randrange(9000, 9990), 100) if fate == "missed" else Fraction(100)
    target = Fraction(rng.randint(wanted.low, wanted.high))
    if wanted.sort == "count":
        factor = {"missed": rng.uniform(0.7, 0.95), "over": rng.uniform(1.5, 2.2)}.get(fate, rng.uniform(1, 1.2))
        actual = Fraction(max(1, round(float(target) * factor)))
        if fate == "missed":
            actual = min(actual, target - 1)
        elif fate in ("met", "deducted"):
            actual = max(target, min(actual, Fraction(int(target * 13 / 10))))
        return target, actual
    if wanted.sort == "share":
        low, high = {"missed": (0.8, 0.97), "over": (1.0, 1.05)}.get(fate, (1.0, 1.06))
        return target, min(Fraction(round(float(target) * rng.uniform(low, high) * 100), 100), Fraction(9999, 100))
    low, high = {"missed": (1.05, 1.2)}.get(fate, (0.8, 0.99))
    return target, Fraction(round(float(target) * rng.uniform(low, high) * 100), 100)


def choose(rng: Random, field: Field, subcategory: str, taken: set[str]) -> Wanted:
    """Pick an indicator that the form doesn't have yet."""
    alias = "经济成本指标" if subcategory == "成本指标" else subcategory
    own = [wanted for wanted in field.indicators if wanted.subcategory == alias and wanted.name not in taken]
    others = [
        wanted for other in FIELDS for wanted in other.indicators if wanted.subcategory == alias and wanted.name not in taken
    ]
    wanted = rng.choice(own or others)
    taken.add(wanted.name)
    return wanted._replace(subcategory=subcategory)


def indicator_lines(
    rng: Random,
    field: Field,
    profile: Profile,
    writing: Writing,
    year: int,
    *,
    nature: bool = False,
    points_in_labels: bool = False,
) -> tuple[list[dict[str, str]], Fraction]:
    """Fill in all indicators of a profile; return their texts by column and the sum of the written scores."""
    rows: list[dict[str, str]] = []
    total = Fraction(0)
    taken: set[str] = set()
    for category, points, kinds in profile.groups:
        chosen = [kind for kind in kinds if rng.random() < 0.75] or [rng.choice(kinds)]
        asked = [
            choose(rng, field, kind, taken) for kind in chosen for _ in range(rng.choice((1, 1, 2)) if kind in _MANY else 1)
        ]
        for wanted, weight in zip(asked, split(rng, Fraction(points), len(asked), rng.choice((0, 0, 1, 2))), strict=True):
            texts, score = fill_indicator(rng, wanted, weight, writing, year, nature=nature, scored=True)
            head = f"{category}（{points}分）" if points_in_labels else category
            rows.append({"category": head, "subcategory": wanted.subcategory, **texts})
            total += score
    return rows, total


def project_form(
    rng: Random,
    template: Template | str = "classic",
    *,
    writing: Writing | None = None,
    field: Field | None = None,
    sources: int = 3,
    least_rate: int = 92,
    year: int = 2023,
) -> FilledForm:
    """Return a consistent project form. `sources`: how many rows of funds are filled."""
    template = TEMPLATES[template] if isinstance(template, str) else template
    writing = writing or Writing()
    field = field or rng.choice(FIELDS)
    profile = PROFILES[template.profile]
    labels = {**_FUNDS, **{key: text for key, text in (template.labels or {}).items() if key in _FUNDS and key != "reason"}}
    fund_columns = tuple(id for id in labels if id != "reason" or template.funds_reason)
    money = [
        amounts(rng, writing, scale=rng.choice((90_000, 600_000, 4_000_000)), least_rate=least_rate) for _ in range(sources)
    ]
    parts = tuple((id, label, money[i] if i < sources else None) for i, (id, label) in enumerate(template.sources))
    funds, execution = fund_lines(parts, template.total_label, writing, fund_columns, profile.execution)
    rows, scored = indicator_lines(
        rng, field, profile, writing, year, nature=template.nature, points_in_labels=template.points_in_labels
    )
    order = ["category", "subcategory", "name", "target", "actual", "weight", "score", "reason"]
    if template.weight_first:
        order = ["category", "subcategory", "name", "weight", "target", "actual", "score", "reason"]
    if template.nature:
        order = ["category", "subcategory", "name", "nature", "target", "unit", "actual", "weight", "score", "reason"]
    names = {**_INDICATORS, **{key: text for key, text in (template.labels or {}).items() if key in _INDICATORS}}
    execution_points = value_of(writing.points(execution)) or Fraction(0)
    total = Line({"label": template.last, "weight": "100", "score": plain(scored + execution_points)}, "total")
    unit = writing.unit
    return FilledForm(
        "project",
        template.title,
        year,
        {
            "project": ("项目名称", field.project),
            "department": ("主管部门", field.department),
            "unit": ("实施单位", field.unit),
        },
        (
            Block(
                "funds",
                tuple(Column(id, labels[id].replace("万元", unit)) for id in fund_columns),
                funds,
                template.funds_caption.replace("万元", unit),
            ),
            Block(
                "indicators",
                tuple(Column(id, names[id]) for id in order),
                tuple(Line({id: row[id] for id in order}) for row in rows),
                "绩效指标",
                total,
            ),
        ),
        (("预期目标", "实际完成情况"), (field.goal, field.result)),
        unit,
        template=template.name,
        facts={"at_least": writing.at_least},
    )
