"""Right official forms: those that the other tests fill in, and a project form as other provinces print it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

from tests.building import FilledForm, Page, lay_out
from tests.building.others import department_form, generic_form, insurance_form, transfer_form
from tests.building.project import TEMPLATES, project_form
from tests.building.truth import Writing, plain, split
from tests.building.vocabulary import FIELDS
from tests.metamorphic.pen import COUNTIES, DEPARTMENTS, WORKS, Pen
from tests.metamorphic.sheets import Merged, sheet

Made = tuple[Page, ...]
Row = list[str | Merged]
FORMS: dict[str, Callable[[Pen], Made]] = {}


def form(make: Callable[[Pen], Made]) -> Callable[[Pen], Made]:
    """Enter a form under the name of its function."""
    FORMS[make.__name__] = make
    return make


def _laid_out(pen: Pen, fill: Callable[[Random, Writing], FilledForm]) -> Made:
    """Fill a form in the habits of the pen. Scores have two decimals, as the forms ask."""
    return lay_out(fill(pen.rng, pen.writing))


@form
def project(pen: Pen) -> Made:
    template = TEMPLATES[pen.pick(sorted(TEMPLATES))]
    sources = pen.number(1, len(template.sources))
    return _laid_out(
        pen, lambda rng, w: project_form(rng, template, writing=w, field=pen.pick(FIELDS), sources=sources, year=pen.year)
    )


@form
def transfer_payment(pen: Pen) -> Made:
    return _laid_out(pen, lambda rng, w: transfer_form(rng, writing=w, year=pen.year, split_local=pen.flip()))


@form
def department(pen: Pen) -> Made:
    return _laid_out(pen, lambda rng, w: department_form(rng, writing=w, year=pen.year, duties_total=pen.flip()))


@form
def insurance_fund(pen: Pen) -> Made:
    return _laid_out(pen, lambda rng, w: insurance_form(rng, writing=w, year=pen.year, previous=pen.flip()))


@form
def districts(pen: Pen) -> Made:
    return _laid_out(pen, lambda rng, w: generic_form(rng, writing=w, year=pen.year, subtotals=pen.flip()))


# --- a form of another province -------------------------------------------------------------------------------------

_SOURCES = (
    ("当年财政拨款", "上年结转资金", "其他资金"),
    ("中央财政资金", "省级财政资金", "市县资金", "其他资金"),
    ("一般公共预算资金", "政府性基金", "单位资金"),
    ("财政拨款", "其他资金"),
)
_HEADS = (
    ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"),
    ("年初预算", "调整后预算", "执行数", "权重", "预算执行率", "自评得分"),
)
_KINDS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("产出指标", "成本指标"),
    ("效益指标", "社会效益指标"),
    ("效益指标", "可持续影响指标"),
    ("满意度指标", "服务对象满意度指标"),
)


@form
def of_another_province(pen: Pen) -> Made:
    labels = pen.pick(_SOURCES)
    money = []
    for _ in labels:
        budget = pen.money(0.3)
        spent = budget if pen.flip(0.3) else pen.part(budget, 0.9, 1)
        money.append((budget if pen.flip() else pen.part(budget, 0.8, 1.2), budget, spent))
    whole = tuple(sum(column) for column in zip(*money, strict=True))
    points = pen.pick((10, 10, 20))
    digits = pen.pick((1, 2))
    got = _rounded(Fraction(whole[2], whole[1]) * points, digits)
    first, deeper = pen.pick((("其中：", "　　"), ("其中:", "      "), ("", "")))
    dash = pen.pick(("—", "-", "", "/"))
    rows: list[Row] = [
        ["项目名称", Merged(pen.pick(WORKS), 1, 8)],
        ["主管部门", Merged(pen.pick(DEPARTMENTS), 1, 3), "实施单位", Merged(f"{pen.pick(COUNTIES)}工作站", 1, 4)],
        [Merged(f"项目资金（{pen.unit}）", len(labels) + 2), Merged("", 1, 2), *pen.pick(_HEADS)],
        [Merged(pen.pick(("年度资金总额", "年度资金总额：", "资金总额", "合计")), 1, 2), *map(pen.bare, whole), str(points),
         pen.rate(whole[2], whole[1]), pen.write(got, digits)],
    ]  # fmt: skip
    for n, (label, each) in enumerate(zip(labels, money, strict=True)):
        name = (first if n == 0 else deeper) + label
        rows.append([Merged(name, 1, 2), *map(pen.bare, each), dash, pen.rate(each[2], each[1]), dash])
    rows += [
        [Merged("年度总体目标", 2), Merged("预期目标", 1, 4), Merged("实际完成情况", 1, 4)],
        [Merged("全面完成年度任务，保障资金安全。", 1, 4), Merged("年度任务已全面完成，资金安全。", 1, 4)],
        [
            "一级指标",
            "二级指标",
            Merged("三级指标", 1, 2),
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
    ]
    weights = split(pen.rng, Fraction(100 - points), len(_KINDS), 0)
    sums = {kind: sum((w for (k, _), w in zip(_KINDS, weights, strict=True) if k == kind), Fraction(0)) for kind, _ in _KINDS}
    told = pen.flip(0.4)
    total = got
    taken: set[str] = set()
    begun: set[str] = set()
    for (kind, inner), weight in zip(_KINDS, weights, strict=True):
        name, target, actual, met = _indicator(pen, inner, taken)
        score = _rounded(weight * met, digits)
        total += score
        reason = (
            "" if met == 1 else pen.pick(("工作推进偏慢，下步加强调度", "部分对象不满意，已整改", "受天气影响，后续加快进度"))
        )
        start: Row = []
        if kind not in begun:
            begun.add(kind)
            start = [Merged(f"{kind}（{sums[kind]}分）" if told else kind, sum(k == kind for k, _ in _KINDS))]
        rows.append([*start, inner, Merged(name, 1, 2), target, actual, str(weight), plain(score), reason])
    rows.append([Merged("总分", 1, 6), "100", plain(total), ""])
    notes = pen.pick(((), ("填报人：张某　联系电话：0871-6312345",), ("注：1.得分一档最高不能超过该指标分值上限。",)))
    return (sheet(f"项目支出绩效自评表（{pen.year}年度）", rows, notes=notes),)


def _rounded(value: Fraction, decimals: int) -> Fraction:
    return Fraction(int(value * 10**decimals + Fraction(1, 2)), 10**decimals)


def _indicator(pen: Pen, inner: str, taken: set[str]) -> tuple[str, str, str, Fraction]:
    """Invent an indicator: its name, target, actual, and how much of it was met."""
    missed = pen.flip(0.2)
    match inner:
        case "数量指标":
            wanted = pen.number(20, 3000)
            unit = pen.pick(("个", "人次", "公里", "户", "批次"))
            done = int(wanted * pen.rng.uniform(0.85, 0.97)) if missed else int(wanted * pen.rng.uniform(1, 1.2))
            name = pen.pick(("培训", "检查", "建设", "服务", "发放")) + "数量"
            return name, f"≥{wanted}{unit}", f"{done}{unit}", min(Fraction(1), Fraction(done, wanted))
        case "成本指标":
            target = pen.number(20, 900)
            return "单位成本", f"≤{target}元", f"{max(1, int(target * pen.rng.uniform(0.8, 1)))}元", Fraction(1)
        case "时效指标":
            return (
                *pen.pick(
                    (("资金支付及时率", "100%", "100%"), ("完成时间", "12月底前", "12月20日"), ("按期完成率", "≥95%", "98%"))
                ),
                Fraction(1),
            )
        case "社会效益指标" | "可持续影响指标":
            name = pen.pick([n for n in ("服务水平", "保障能力", "公众知晓度", "管理机制健全性") if n not in taken])
            taken.add(name)
            word = pen.pick(("有效提升", "持续改善", "明显提高"))
            return (name, word, f"基本{word}", Fraction(9, 10)) if missed else (name, word, word, Fraction(1))
        case _:
            target = pen.pick((85, 90, 95))
            name = "群众满意度" if "满意" in inner else pen.pick(("合格率", "验收通过率", "准确率"))
            actual = pen.decimal(target * 0.93, target - 0.2, 1) if missed else pen.decimal(target, min(99.9, target + 6), 1)
            return name, f"≥{target}%", f"{pen.write(actual, 1)}%", min(Fraction(1), actual / target)
