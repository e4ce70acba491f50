"""Consistent forms other than the project form: transfer payment, department, insurance fund, generic tables."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from random import Random

from tests.building.filled import Block, Column, FilledForm, Line
from tests.building.project import Amounts, amounts, choose, fill_indicator
from tests.building.truth import Writing, plain, split, value_of
from tests.building.vocabulary import FIELDS, Field

_MANAGEMENT = (
    ("allocation", "分配科学性", "按因素法分配，程序规范"),
    ("timeliness", "下达及时性", "收到上级文件后30日内下达"),
    ("payment", "拨付合规性", "按国库集中支付制度拨付"),
    ("usage", "使用规范性", "专款专用，未发现截留挪用"),
    ("accuracy", "执行准确性", "按批复的预算执行"),
    ("performance", "预算绩效管理情况", "开展绩效监控和自评"),
    ("responsibility", "支出责任履行情况", "地方资金按规定落实"),
)


def transfer_form(
    rng: Random, *, writing: Writing | None = None, field: Field | None = None, year: int = 2023, split_local: bool = False
) -> FilledForm:
    """Return a consistent transfer payment form. `split_local`: 地方资金 has rows for province and county below it."""
    writing = writing or Writing()
    field = field or rng.choice(FIELDS)
    central = amounts(rng, writing, scale=4_000_000)
    province, county = (amounts(rng, writing, scale=600_000) for _ in range(2))
    local = Amounts(*(getattr(province, name) + getattr(county, name) for name in ("initial", "budget", "executed")))
    rows: list[tuple[str, str, Amounts | None]] = [("central", "其中：中央财政资金", central), ("local", "地方资金", local)]
    if split_local:
        rows += [("province", "  其中：省级财政资金", province), ("county", "  县级财政资金", county)]
    rows.append(("other", "其他资金", None))
    total = Amounts(0, central.budget + local.budget, central.executed + local.executed)
    lines = [_money_line("total", "年度资金总额", total, writing), *(_money_line(*row, writing) for row in rows)]
    kinds = (
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("产出指标", "质量指标"),
        ("产出指标", "时效指标"),
        ("产出指标", "成本指标"),
        ("效益指标", "社会效益指标"),
        ("效益指标", "可持续影响指标"),
        ("满意度指标", "服务对象满意度指标"),
    )
    points = ((category, kind, Fraction(10)) for category, kind in kinds)
    indicators, _ = _indicator_lines(rng, field, points, "category subcategory name target actual reason", writing, year)
    management = tuple(Line({"item": label, "statement": text, "problem": "无"}, id) for id, label, text in _MANAGEMENT)
    unit = writing.unit
    return FilledForm(
        "transfer-payment",
        "转移支付区域（项目）绩效目标自评表",
        year,
        {
            "project": ("转移支付（项目）名称", field.grant),
            "department": ("中央主管部门", "国家有关部委"),
            "local_department": ("地方主管部门", field.department),
            "unit": ("资金使用单位", field.unit),
        },
        (
            Block(
                "funds",
                _columns(label="", budget="全年预算数（A）", executed="全年执行数（B）", rate="预算执行率（B/A×100%）"),
                tuple(lines),
                f"资金投入情况（{unit}）",
            ),
            Block(
                "management", _columns(item="", statement="情况说明", problem="存在问题和改进措施"), management, "资金管理情况"
            ),
            Block(
                "indicators",
                _indicator_columns(target="指标值", actual="全年实际完成值", reason="未完成原因和改进措施"),
                indicators,
                "绩效指标",
            ),
        ),
        (("总体目标", "全年实际完成情况"), (field.goal, field.result)),
        unit,
        (
            "注：1.资金使用单位按项目绩效目标填报，主管部门汇总时按区域绩效目标填报。",
            "2.其他资金包括与中央财政资金、地方财政资金共同投入到同一项目的自有资金、社会资金等。",
        ),
        "split-local" if split_local else "plain",
    )


def _money_line(id: str, label: str, money: Amounts | None, writing: Writing) -> Line:
    if money is None:
        return Line({"label": label, "budget": writing.nothing, "executed": writing.nothing, "rate": writing.nothing}, id)
    rate = writing.rate(Fraction(money.executed, money.budget))
    return Line(
        {"label": label, "budget": writing.amount(money.budget), "executed": writing.amount(money.executed), "rate": rate}, id
    )


def _columns(**labels: str) -> tuple[Column, ...]:
    return tuple(Column(id, label) for id, label in labels.items())


def _indicator_columns(**labels: str) -> tuple[Column, ...]:
    return _columns(category="一级指标", subcategory="二级指标", name="三级指标", **labels)


def _indicator_lines(
    rng: Random, field: Field, points: Iterable[tuple[str, str, Fraction]], order: str, writing: Writing, year: int
) -> tuple[tuple[Line, ...], Fraction]:
    """Fill an indicator for each category, kind and weight; `order` names the cells of a row. Returns the sum of scores too."""
    lines: list[Line] = []
    total = Fraction(0)
    taken: set[str] = set()
    for category, kind, weight in points:
        wanted = choose(rng, field, kind, taken)
        texts, score = fill_indicator(rng, wanted, weight, writing, year, nature=False, scored="score" in order)
        cells = {"category": category, "subcategory": kind, **texts}
        lines.append(Line({id: cells[id] for id in order.split()}))
        total += score
    return tuple(lines), total


_DUTIES = (
    ("规划与综合管理", "编制年度工作计划并组织实施", "年度计划全部下达，按季度调度"),
    ("公共服务", "推进重点民生项目建设", "重点项目按进度推进"),
    ("监督检查", "开展日常监督检查和专项整治", "完成全年检查任务"),
    ("队伍建设", "组织业务培训和考核", "培训按计划完成"),
)


def grade_of(score: Fraction) -> str:
    """Return the grade word for a total score."""
    return "优" if score >= 90 else "良" if score >= 80 else "中" if score >= 60 else "差"


def department_form(
    rng: Random, *, writing: Writing | None = None, field: Field | None = None, year: int = 2023, duties_total: bool = True
) -> FilledForm:
    """Return a consistent department form: duties with money, indicators with weights, total and grade in the head."""
    writing = writing or Writing()
    field = field or rng.choice(FIELDS)
    lines: list[Line] = []
    sums = dict.fromkeys(("budget", "budget_fiscal", "executed", "executed_fiscal"), 0)
    for duty, task, progress in _DUTIES[: rng.randint(2, 4)]:
        money = amounts(rng, writing, scale=2_000_000)
        fiscal = rng.random() < 0.6
        other = 0 if fiscal else money.budget // 10 // 10_000 * 10_000
        values = {
            "budget": money.budget,
            "budget_fiscal": money.budget - other,
            "executed": money.executed,
            "executed_fiscal": money.executed - other,
        }
        sums = {id: sums[id] + value for id, value in values.items()}
        lines.append(
            Line({"duty": duty, "task": task, "progress": progress, **{id: writing.amount(v) for id, v in values.items()}})
        )
    if duties_total:
        lines.append(
            Line({"duty": "合计", "task": "", "progress": "", **{id: writing.amount(v) for id, v in sums.items()}}, "total")
        )
    groups = (
        ("产出指标", 50, ("数量指标", "质量指标", "时效指标")),
        ("效益指标", 40, ("社会效益指标", "可持续影响指标")),
        ("满意度指标", 10, ("服务对象满意度指标",)),
    )
    weighted = (
        (category, kind, weight)
        for category, points, kinds in groups
        for kind, weight in zip(kinds, split(rng, Fraction(points), len(kinds), rng.choice((0, 1, 2))), strict=True)
    )
    order = "category subcategory name weight target actual score reason"
    indicators, total = _indicator_lines(rng, field, weighted, order, writing, year)
    posts = rng.randint(12, 80)
    unit = writing.unit
    return FilledForm(
        "department",
        "部门（单位）整体支出绩效自评表",
        year,
        {
            "unit": ("部门（单位）名称", field.department),
            "offices": ("内设职能部门个数", str(rng.randint(3, 12))),
            "posts": ("核定的人员编制数", str(posts)),
            "staff": ("实际在职人员总数", str(posts - rng.randint(0, 6))),
            "total_score": ("评价得分", plain(total)),
            "grade": ("评价等级", grade_of(total)),
        },
        (
            Block(
                "duties",
                _columns(
                    duty="职能名称",
                    task="政策或重点任务",
                    progress="完成情况",
                    budget=f"预算数（{unit}）",
                    budget_fiscal="其中：财政拨款",
                    executed=f"执行数（{unit}）",
                    executed_fiscal="其中：财政拨款",
                ),
                tuple(lines),
                "年度主要任务",
            ),
            Block(
                "indicators",
                _indicator_columns(
                    weight="权重", target="目标值", actual="业绩值", score="得分", reason="偏差原因分析及改进措施"
                ),
                indicators,
                "年度绩效指标",
            ),
        ),
        (),
        unit,
        template="duties-total" if duties_total else "plain",
    )


_SCORED = (
    ("决策", (("政策制定", "政策依据充分性", 5), ("决策过程", "决策程序规范性", 3))),
    (
        "过程",
        (
            ("预算管理", "预算编制完整性", 4),
            ("绩效管理", "绩效目标合理性", 5),
            ("组织管理", "定点协议管理规范性", 8),
            ("风险控制", "基金监督管理", 9),
            ("财务管理", "会计核算规范性", 8),
        ),
    ),
    (
        "产出",
        (
            ("参保情况", "综合参保率", 8),
            ("缴费政策落实", "基金征缴率", 10),
            ("预算准确性", "收入预算完成率", 9),
            ("收入支出质量", "待遇支出占基金支出比重", 8),
        ),
    ),
    (
        "效益",
        (
            ("社会效益", "政策范围内住院费用报销比例", 10),
            ("基金运行可持续性", "统筹基金当期收支平衡", 6),
            ("满意度", "参保对象满意度", 7),
        ),
    ),
)
_INCOME = (
    ("contributions", "基本医疗保险费收入", 78),
    ("subsidy", "财政补贴收入", 15),
    ("interest", "利息收入", 4),
    ("transfers_in", "转移收入", 3),
)
_SPENDING = (("benefits", "基本医疗保险待遇支出", 93), ("transfers_out", "转移支出", 2), ("other_spending", "其他支出", 5))


def insurance_form(rng: Random, *, writing: Writing | None = None, year: int = 2023, previous: bool = False) -> FilledForm:
    """Return a consistent insurance fund form: indicators with scores, and the table of income, spending and balance.

    `previous`: the table has last year's figures and the growth.
    """
    writing = writing or Writing()
    scores: list[Line] = []
    total = Fraction(0)
    for category, items in _SCORED:
        points = sum(weight for _, _, weight in items)
        for kind, name, weight in items:
            lost = rng.choice((0, 0, 0, 0, 1, Fraction(1, 2)))
            total += weight - lost
            reason = "月末收入户余额划转不及时，已督促整改。" if lost else ""
            cells = {"category": f"{category}（{points}分）", "subcategory": kind, "name": name, "weight": str(weight)}
            scores.append(Line({**cells, "score": plain(Fraction(weight) - lost), "reason": reason}))
    return FilledForm(
        "insurance-fund",
        "城乡居民基本医疗保险基金预算绩效自评表",
        year,
        {"unit": ("填报单位", "澜江市医疗保障局"), "year": ("年度", f"{year}年")},
        (
            Block(
                "insurance_scores",
                _indicator_columns(weight="分值", score="自评得分", reason="扣分原因"),
                tuple(scores),
                "",
                Line({"label": "合计", "weight": "100", "score": plain(total), "reason": ""}, "total"),
            ),
            Block("fund_accounts", _account_columns(writing, previous=previous), _accounts(rng, writing, previous=previous)),
        ),
        (),
        writing.unit,
        template="previous" if previous else "plain",
    )


def _account_columns(writing: Writing, *, previous: bool) -> tuple[Column, ...]:
    rate = "完成预算（%）" if writing.rate_style == "bare" else "完成预算率"
    columns = _columns(label="项目", budget="本年预算数", executed="本年执行数", rate=rate)
    if previous:
        columns += _columns(previous="上年决算数", growth="比上年增长（%）" if writing.rate_style == "bare" else "比上年增长")
    return columns


def _accounts(rng: Random, writing: Writing, *, previous: bool) -> tuple[Line, ...]:
    """Write the accounts of a fund from true amounts in 分; last year's are true too."""
    scale = rng.randrange(60_000_000, 900_000_000) * 100
    least = int(writing.step * 400)
    whole = 100 if writing.unit == "元" and writing.decimals == 0 else 1

    def items(kinds: tuple[tuple[str, str, int], ...], size: int) -> dict[str, tuple[int, int, int]]:
        found = {}
        for id, _, share in kinds:
            planned = max(size * share // 100 * rng.randrange(90, 110) // 100, least)
            spent = planned * rng.randrange(92_00, 106_00) // 100_00
            before = spent * 100_00 // rng.randrange(94_00, 119_00)
            found[id] = (planned // whole * whole, spent // whole * whole, before // whole * whole)
        return found

    income, spending = items(_INCOME, scale), items(_SPENDING, scale * 88 // 100)
    opening_before = (scale // 3 + rng.randrange(scale // 10)) // 100 * 100
    sums = {
        name: [sum(values[i] for values in rows.values()) for i in range(3)]
        for name, rows in (("in", income), ("out", spending))
    }
    surplus = [a - b for a, b in zip(sums["in"], sums["out"], strict=True)]
    opening = [opening_before + surplus[2], opening_before + surplus[2], opening_before]
    closing = [a + b for a, b in zip(opening, surplus, strict=True)]
    rows: list[tuple[str, str, list[int] | tuple[int, int, int], bool]] = [("income", "一、基金收入合计", sums["in"], True)]
    rows += [(id, f"{'其中：' if n == 0 else ''}{label}", income[id], True) for n, (id, label, _) in enumerate(_INCOME)]
    rows.append(("spending", "二、基金支出合计", sums["out"], True))
    rows += [(id, f"{'其中：' if n == 0 else ''}{label}", spending[id], True) for n, (id, label, _) in enumerate(_SPENDING)]
    rows += [
        ("surplus", "三、当期结余", surplus, False),
        ("opening", "四、上年结余", opening, False),
        ("closing", "五、累计结余", closing, False),
    ]
    return tuple(_account_line(id, label, values, writing, rated=rated, previous=previous) for id, label, values, rated in rows)


def _account_line(
    id: str, label: str, values: list[int] | tuple[int, int, int], writing: Writing, *, rated: bool, previous: bool
) -> Line:
    planned, spent, before = values
    cells = {"label": label, "budget": writing.amount(planned), "executed": writing.amount(spent)}
    cells["rate"] = writing.rate(Fraction(spent, planned)) if rated else ""
    if previous:
        cells["previous"] = writing.amount(before)
        cells["growth"] = writing.rate(Fraction(spent - before, before)) if rated else ""
    return Line(cells, id)


_PLACES = ("东湖区", "西陵区", "南屏县", "北川镇", "石桥县", "临江区", "白塔县", "安平区")


def generic_form(rng: Random, *, writing: Writing | None = None, year: int = 2023, subtotals: bool = True) -> FilledForm:
    """Return a consistent table of districts: subtotals, a total, header formulas, shares and growth."""
    writing = writing or Writing()
    names = rng.sample(_PLACES, rng.randint(4, 7))
    floor = int(writing.step * 200)

    def invent() -> tuple[int, int, int]:
        own, granted = (max(rng.randrange(8_000_000, 900_000_000), floor) for _ in range(2))
        if writing.unit == "元" and writing.decimals == 0:
            own, granted = own // 100 * 100, granted // 100 * 100
        return own, granted, (own + granted) * 100 // rng.randrange(84, 119) // 100 * 100

    money = {name: invent() for name in names}
    whole = sum(own + granted for own, granted, _ in money.values())
    half = len(names) // 2 if subtotals else 0
    rows: list[tuple[str, str, list[str]]] = []
    if half:
        rows.append(("urban", "市辖小计", names[:half]))
    rows += [("", name, [name]) for name in names[:half]]
    if half:
        rows.append(("rural", "县域小计", names[half:]))
    rows += [("", name, [name]) for name in names[half:]]
    rows.append(("total", "合计", names))
    lines: list[Line] = []
    for id, label, members in rows:
        own, granted, before = (sum(money[name][i] for name in members) for i in range(3))
        lines.append(
            Line(
                {
                    "label": label,
                    "own": writing.amount(own),
                    "granted": writing.amount(granted),
                    "sum": writing.amount(own + granted),
                    "share": writing.rate(Fraction(own + granted, whole)),
                    "previous": writing.amount(before),
                    "growth": writing.rate(Fraction(own + granted - before, before)),
                },
                id,
            )
        )
    sign = "（%）" if writing.rate_style == "bare" else ""
    columns = _columns(
        label="地区",
        own="本级资金",
        granted="上级补助",
        sum="合计",
        share=f"占比{sign}",
        previous="上年数",
        growth=f"比上年增长{sign}",
    )
    numbering = Line(
        {"label": "栏次", "own": "1", "granted": "2", "sum": "3=1+2", "share": "4", "previous": "5", "growth": "6=(3-5)/5"},
        "numbering",
    )
    return FilledForm(
        "generic",
        "各地区资金安排情况表",
        year,
        {},
        (Block("table", columns, (numbering, *lines)),),
        (),
        writing.unit,
        template="subtotals" if half else "plain",
    )


def value_at(form: FilledForm, place: str) -> Fraction:
    """Return the number written at a place.

    Raises ValueError when there is none.
    """
    value = value_of(form.text(place))
    if value is None:
        raise ValueError(place)
    return value
