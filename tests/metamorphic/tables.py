"""Right tables of no official form: final accounts, allotments, monthly reports, accounts of two sides, counts, scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from tests.building.page import Page
from tests.metamorphic.pen import COUNTIES, DEPARTMENTS, WORKS, Pen
from tests.metamorphic.sheets import Merged, sheet

Made = tuple[Page, ...]
Row = list[str | Merged]
TABLES: dict[str, Callable[[Pen], Made]] = {}


def table(make: Callable[[Pen], Page]) -> Callable[[Pen], Page]:
    """Enter a table under the name of its function."""
    TABLES[make.__name__] = lambda pen: (make(pen),)
    return make


def figures(pen: Pen, values: Sequence[int]) -> list[str]:
    """Write amounts without their unit."""
    return [pen.bare(each) for each in values]


def total_of(rows: Sequence[Sequence[int]]) -> list[int]:
    """Add up the columns of some rows."""
    return [sum(column) for column in zip(*rows, strict=True)]


def below_or_above(pen: Pen, head: Sequence[Row], body: list[Row], total: Row) -> list[Row]:
    """Put the row of totals where it stands: most often below."""
    return [*head, total, *body] if pen.flip(0.35) else [*head, *body, total]


def mark(pen: Pen, label: str) -> tuple[str, Callable[[Fraction | int, Fraction | int], str]]:
    """Return the label of a column of rates and how a rate is written in it: with the sign, or the sign in the label."""
    if pen.flip(0.4):
        return f"{label}（%）", lambda part, whole: pen.percent(Fraction(part) / Fraction(whole))
    return label, pen.rate


# --- final accounts -------------------------------------------------------------------------------------------------


@table
def final_accounts(pen: Pen) -> Page:
    """收入支出决算总表, the public form 01."""
    grants, other, opening = pen.money(), pen.money(0.05), pen.money(0.05)
    income = grants + other
    spent = pen.part(income, 0.9, 1)
    used = pen.parts(spent, 4)
    whole = income + opening
    none = pen.pick(("", pen.bare(0), "—"))
    left = (
        "一、一般公共预算财政拨款收入",
        "二、政府性基金预算财政拨款收入",
        "三、国有资本经营预算财政拨款收入",
        "八、其他收入",
    )
    right = ("一、一般公共服务支出", "八、社会保障和就业支出", "九、卫生健康支出", "十九、住房保障支出")
    rows: list[Row] = [
        [Merged("收入", 1, 3), Merged("支出", 1, 3)],
        ["项目", "行次", "决算数", "项目", "行次", "决算数"],
    ]
    got = (pen.bare(grants), none, none, pen.bare(other))
    rows += [[left[n], "1238"[n], got[n], right[n], str((32, 39, 40, 50)[n]), pen.bare(used[n])] for n in range(4)]
    rows += [
        ["本年收入合计", "27", pen.bare(income), "本年支出合计", "57", pen.bare(spent)],
        ["使用非财政拨款结余", "28", "", "结余分配", "58", ""],
        ["年初结转和结余", "29", pen.bare(opening), "年末结转和结余", "59", pen.bare(whole - spent)],
        ["总计", "31", pen.bare(whole), "总计", "62", pen.bare(whole)],
    ]
    return sheet("收入支出决算总表", rows, unit=pen.unit, notes=("注：本表反映部门本年度的总收支和年末结转结余情况。",))


@table
def income_accounts(pen: Pen) -> Page:
    """收入决算表: functions by level, columns of sources."""
    head: list[Row] = [
        [
            Merged("项目", 1, 2),
            Merged("本年收入合计", 2),
            Merged("财政拨款收入", 2),
            Merged("事业收入", 2),
            Merged("其他收入", 2),
        ],
        ["科目编码", "科目名称"],
    ]
    kinds = (
        ("201", "一般公共服务支出", ("20103", "20106")),
        ("208", "社会保障和就业支出", ("20805",)),
        ("221", "住房保障支出", ("22102",)),
    )
    names = {"20103": "政府办公厅及相关机构事务", "20106": "财政事务", "20805": "行政事业单位养老支出", "22102": "住房改革支出"}
    body: list[Row] = []
    sums: list[list[int]] = []
    for code, name, inner in kinds:
        parts = [[pen.money(0.5), pen.money(0.1), pen.money(0.05)] for _ in inner]
        own = total_of(parts)
        sums.append(own)
        body.append([code, name, *figures(pen, [sum(own), *own])])
        body += [[c, names[c], *figures(pen, [sum(each), *each])] for c, each in zip(inner, parts, strict=True)]
    whole = total_of(sums)
    total: Row = [Merged("合计", 1, 2), *figures(pen, [sum(whole), *whole])]
    return sheet("收入决算表", [*head, total, *body], unit=pen.unit)


@table
def three_public(pen: Pen) -> Page:
    """“三公”经费支出决算表: budget and final figures in one row."""

    def six(abroad: int, bought: int, run: int, meals: int) -> list[int]:
        return [abroad + bought + run + meals, abroad, bought + run, bought, run, meals]

    planned = [0 if pen.flip() else pen.money(0.05), 0 if pen.flip() else pen.money(0.1), pen.money(0.1), pen.money(0.05)]
    spent = [pen.part(each, 0.5, 1) for each in planned]

    cars: Row = ["小计", "公务用车购置费", "公务用车运行费"]
    part: Row = [
        Merged("合计", 2),
        Merged("因公出国（境）费", 2),
        Merged("公务用车购置及运行费", 1, 3),
        Merged("公务接待费", 2),
    ]
    rows: list[Row] = [[Merged("预算数", 1, 6), Merged("决算数", 1, 6)], [*part, *part], [*cars, *cars]]
    if pen.flip():
        rows.append([str(n) for n in range(1, 13)])
    return sheet("财政拨款“三公”经费支出决算表", [*rows, [*figures(pen, [*six(*planned), *six(*spent)])]], unit=pen.unit)


@table
def public_compared(pen: Pen) -> Page:
    """三公 by kind: budget, final, completion, last year, growth."""
    label, rate = mark(pen, "完成率")
    kinds = ("因公出国（境）费", "公务接待费", "公务用车运行维护费", "公务用车购置费")
    data = []
    for _ in kinds:
        budget = pen.money(0.1)
        data.append([budget, pen.part(budget, 0.5, 1), pen.part(budget, 0.5, 1.2)])
    body: list[Row] = [
        [name, *figures(pen, each[:2]), rate(each[1], each[0]), pen.bare(each[2]), pen.bare(each[1] - each[2])]
        for name, each in zip(kinds, data, strict=True)
    ]
    whole = total_of(data)
    total: Row = ["合计", *figures(pen, whole[:2]), rate(whole[1], whole[0]), pen.bare(whole[2]), pen.bare(whole[1] - whole[2])]
    head: Row = ["项目", "本年预算数", "本年决算数", label, "上年决算数", pen.pick(("增减额", "比上年增减"))]
    return sheet("“三公”经费支出情况表", below_or_above(pen, [head], body, total), unit=pen.unit)


# --- allotments -----------------------------------------------------------------------------------------------------


@table
def allotment(pen: Pen) -> Page:
    """分配表 by county and batch."""
    batches = pen.pick((("提前下达", "本次下达"), ("第一批", "第二批", "第三批"), ("中央资金", "省级资金")))
    names = pen.several(COUNTIES, pen.number(3, 8))
    data = [[pen.money(0.3) for _ in batches] for _ in names]
    first = pen.flip()
    serial = pen.flip(0.3)

    def line(label: str, values: Sequence[int], at: int) -> Row:
        cells = figures(pen, [sum(values), *values] if first else [*values, sum(values)])
        return [*((str(at) if at else "",) if serial else ()), label, *cells]

    whole = pen.pick(("合计", "资金合计", "小计"))
    place = pen.pick(("县（市、区）", "地区", "单位"))
    head: Row = [*(("序号",) if serial else ()), place, *((whole, *batches) if first else (*batches, whole))]
    body = [line(name, each, n) for n, (name, each) in enumerate(zip(names, data, strict=True), 1)]
    title = f"{pen.year}年{pen.pick(('补助', '奖补', '救助'))}资金分配表"
    return sheet(title, below_or_above(pen, [head], body, line("合计", total_of(data), 0)), unit=pen.unit)


@table
def grouped_allotment(pen: Pen) -> Page:
    """分配表 with cities and their counties, subtotals above their parts."""
    rows: list[Row] = []
    cities = []
    names = iter(pen.several(COUNTIES, len(COUNTIES)))
    for city in pen.several(("长宁市", "东山市", "南岭市", "北湖市"), pen.number(2, 3)):
        members = [(next(names), [pen.money(0.2), pen.money(0.2)]) for _ in range(pen.number(2, 3))]
        own = total_of([money for _, money in members])
        cities.append(own)
        rows.append([f"{city}小计", *figures(pen, [*own, sum(own)])])
        rows += [[name, *figures(pen, [*money, sum(money)])] for name, money in members]
    whole = total_of(cities)
    total: Row = ["全省合计", *figures(pen, [*whole, sum(whole)])]
    return sheet("省级补助资金分配表", [["地区", "补助一", "补助二", "合计"], total, *rows], unit=pen.unit)


@table
def projects(pen: Pen) -> Page:
    """Projects with funds by source, paid and rate."""
    data = []
    for _ in range(pen.number(3, 7)):
        money = [pen.money(0.2), pen.money(0.1), pen.money(0.1)]
        planned = pen.part(sum(money), 0.4, 0.9)
        data.append([sum(money), *money, planned, pen.part(planned, 0.6, 1)])
    label, rate = mark(pen, "支付率")
    body: list[Row] = [
        [str(n), f"{COUNTIES[n - 1]}供水工程", f"管网{pen.number(3, 40)}公里", *figures(pen, each), rate(each[5], each[4])]
        for n, each in enumerate(data, 1)
    ]
    whole = total_of(data)
    total: Row = ["", "合计", "", *figures(pen, whole), rate(whole[5], whole[4])]
    head: Row = ["序号", "项目名称", "建设内容", "总投资", "中央", "省级", "县级", f"{pen.year}年计划", "已支付", label]
    return sheet("项目资金计划及支付情况表", below_or_above(pen, [head], body, total), unit=pen.unit)


@table
def self_evaluations(pen: Pen) -> Page:
    """Summary of self-evaluations: budget, executed, rate, score, grade."""
    label, rate = mark(pen, pen.pick(("执行率", "预算执行率")))
    data, body = [], []
    for n in range(pen.number(4, 9)):
        budget = pen.money(0.3)
        spent = pen.part(budget, 0.6, 1)
        score = pen.decimal(61, 100, 1)
        grade = "优" if score >= 90 else "良" if score >= 80 else "中"
        data.append([budget, spent])
        project = [str(n + 1), f"{COUNTIES[n]}{pen.pick(WORKS)}", pen.pick(DEPARTMENTS)]
        body.append([*project, *figures(pen, [budget, spent]), rate(spent, budget), pen.write(score, 1), grade])
    whole = total_of(data)
    total: Row = [Merged("合计", 1, 3), *figures(pen, whole), rate(whole[1], whole[0]), "", ""]
    head: Row = ["序号", "项目名称", "主管部门", "全年预算数", "全年执行数", label, "自评得分", "自评等级"]
    return sheet("项目支出绩效自评情况汇总表", [head, *body, total], unit=pen.unit)


# --- monthly and yearly reports -------------------------------------------------------------------------------------


@table
def monthly(pen: Pen) -> Page:
    """月报: budget, month, sum so far, growth, share of the budget; a tree of 其中."""
    share = pen.pick(("占预算%", "为预算的%"))
    head: list[Row] = [
        [Merged("项目", 2), Merged("年初预算", 2), Merged("本月", 1, 2), Merged("累计", 1, 3)],
        ["完成数", "同比增减%", "累计完成", "同比增减%", share],
    ]
    tax, other = [pen.money(), 0, 0], [pen.money(0.3), 0, 0]
    for each in (tax, other):
        each[2] = pen.part(each[0], 0.2, 0.8)
        each[1] = pen.part(each[2], 0.1, 0.3)
    added = [pen.part(each, 0.4, 0.45) for each in tax]
    companies = [pen.part(each, 0.2, 0.25) for each in tax]
    names = ("一般公共预算收入", "其中：税收收入", "　　　增值税", "　　　企业所得税", "　　非税收入")
    values = (total_of([tax, other]), tax, added, companies, other)
    rows: list[Row] = [
        [name, *figures(pen, v[:2]), _moved(pen), pen.bare(v[2]), _moved(pen), pen.percent(Fraction(v[2], v[0]), 1)]
        for name, v in zip(names, values, strict=True)
    ]
    return sheet(f"{pen.year}年{pen.number(2, 11)}月财政收支执行情况表", [*head, *rows], unit=pen.unit)


def _moved(pen: Pen) -> str:
    return pen.write(pen.decimal(-20, 20, 1), 1)


@table
def growths(pen: Pen) -> Page:
    """Two years with change and growth."""
    label, rate = mark(pen, pen.pick(("增长率", "增减率", "同比增长")))
    names = pen.several(("税收收入", "非税收入", "上级补助收入", "其他收入", "债券收入"), pen.number(3, 5))
    data = [[pen.money(0.5), pen.money(0.5)] for _ in names]

    def line(name: str, now: int, before: int) -> Row:
        return [name, *figures(pen, [now, before, now - before]), rate(now - before, before)]

    body = [line(name, *each) for name, each in zip(names, data, strict=True)]
    head: Row = ["项目", f"{pen.year}年", f"{pen.year - 1}年", pen.pick(("增减额", "增减")), label]
    return sheet("收入对比表", below_or_above(pen, [head], body, line("合计", *total_of(data))), unit=pen.unit)


@table
def progress(pen: Pen) -> Page:
    """Spending summed up by quarter, with the rate at the end."""
    label, rate = mark(pen, "执行率")
    data = []
    for _ in range(pen.number(2, 4)):
        budget = pen.money(0.5)
        data.append([budget, *(pen.part(budget, n / 4 - 0.2, n / 4 - 0.01) for n in (1, 2, 3, 4))])
    names = pen.several(WORKS, len(data))
    body: list[Row] = [[name, *figures(pen, each), rate(each[4], each[0])] for name, each in zip(names, data, strict=True)]
    whole = total_of(data)
    head: Row = ["项目", "年度预算", "一季度累计", "二季度累计", "三季度累计", "四季度累计", label]
    return sheet(
        "支出进度表", below_or_above(pen, [head], body, ["合计", *figures(pen, whole), rate(whole[4], whole[0])]), unit=pen.unit
    )


@table
def two_years_of_funds(pen: Pen) -> Page:
    """Sources with budget, executed and rate in two years."""
    head: list[Row] = [
        [Merged("资金来源", 2), Merged(f"{pen.year - 1}年", 1, 3), Merged(f"{pen.year}年", 1, 3)],
        ["预算数", "执行数", "执行率"] * 2,
    ]
    data = []
    for _ in range(3):
        one, two = pen.money(0.3), pen.money(0.3)
        data.append([one, pen.part(one, 0.7, 1), two, pen.part(two, 0.7, 1)])

    def line(name: str, v: Sequence[int]) -> Row:
        return [name, *figures(pen, v[:2]), pen.rate(v[1], v[0]), *figures(pen, v[2:]), pen.rate(v[3], v[2])]

    body = [line(name, each) for name, each in zip(("中央财政资金", "省级财政资金", "县级财政资金"), data, strict=True)]
    return sheet(
        "项目资金安排及执行情况对比表", below_or_above(pen, head, body, line("年度资金总额", total_of(data))), unit=pen.unit
    )


@table
def shares(pen: Pen) -> Page:
    """Amounts and their shares of the whole."""
    label, rate = mark(pen, pen.pick(("占比", "比重", "占总支出比例")))
    names = pen.several(("教育", "社会保障", "卫生健康", "农林水", "城乡社区", "公共安全"), pen.number(4, 6))
    money = pen.parts(pen.money(), len(names))
    whole = sum(money)
    body: list[Row] = [[name, pen.bare(each), rate(each, whole)] for name, each in zip(names, money, strict=True)]
    return sheet(
        "支出结构表", below_or_above(pen, [["类别", "金额", label]], body, ["合计", pen.bare(whole), rate(1, 1)]), unit=pen.unit
    )


# --- accounts of two sides, debts, adjustments ----------------------------------------------------------------------


@table
def two_sides(pen: Pen) -> Page:
    """收支平衡表: income at the left, spending at the right."""
    names = ("一般公共预算收入", "上级补助收入", "债务转贷收入", "调入资金", "上年结余")
    budgets = [pen.money(0.5) for _ in names]
    done = [pen.part(each, 0.8, 1.1) for each in budgets]
    uses = ("一般公共预算支出", "上解支出", "债务还本支出", "结转下年")
    right = list(zip(pen.parts(sum(budgets), 4), pen.parts(sum(done), 4), strict=True))
    rows: list[Row] = [["收入", "预算数", "执行数", "支出", "预算数", "执行数"]]
    for n, name in enumerate(names):
        other = [uses[n], *figures(pen, right[n])] if n < len(uses) else ["", "", ""]
        rows.append([name, *figures(pen, [budgets[n], done[n]]), *other])
    both = figures(pen, [sum(budgets), sum(done)])
    rows.append(["收入总计", *both, "支出总计", *both])
    return sheet("一般公共预算收支平衡表", rows, unit=pen.unit)


@table
def fund(pen: Pen) -> Page:
    """社会保险基金预算执行情况表: funds as columns."""
    names = pen.several(
        ("城乡居民基本养老保险", "机关事业单位基本养老保险", "职工基本医疗保险", "失业保险", "工伤保险"), pen.number(3, 4)
    )
    income = [pen.money() for _ in names]
    fees, grants = ([pen.part(each, 0.3, 0.6) for each in income], [pen.part(each, 0.1, 0.3) for each in income])
    spent = [pen.part(each, 0.7, 0.98) for each in income]
    benefits = [pen.part(each, 0.9, 0.99) for each in spent]
    opening = [pen.money() for _ in names]
    left = [a - b for a, b in zip(income, spent, strict=True)]

    def line(label: str, values: Sequence[int]) -> Row:
        return [label, *figures(pen, [sum(values), *values])]

    rows = [
        line("一、收入", income),
        line("　其中：社会保险费收入", fees),
        line("　　　财政补贴收入", grants),
        line("二、支出", spent),
        line("　其中：社会保险待遇支出", benefits),
        line("三、本年收支结余", left),
        line("四、上年结余", opening),
        line("五、年末滚存结余", total_of([left, opening])),
    ]
    return sheet("社会保险基金预算执行情况表", [["项目", "合计", *names], *rows], unit=pen.unit)


@table
def debts(pen: Pen) -> Page:
    """政府债务限额和余额情况表."""
    opening, issued, renewed = ([pen.money(share), pen.money(share)] for share in (1, 0.2, 0.2))
    repaid = [pen.part(each, 0.1, 0.5) for each in opening]
    closing = [a + b + c - d for a, b, c, d in zip(opening, issued, renewed, repaid, strict=True)]
    limit = [pen.part(each, 1.01, 1.2) for each in closing]

    def line(label: str, values: Sequence[int]) -> Row:
        return [label, *figures(pen, [sum(values), *values])]

    rows = [
        line(f"一、{pen.year - 1}年末债务余额", opening),
        line(f"二、{pen.year}年末债务限额", limit),
        line(f"三、{pen.year}年债务发行额", total_of([issued, renewed])),
        line("　新增债券", issued),
        line("　再融资债券", renewed),
        line(f"四、{pen.year}年债务还本额", repaid),
        line(f"五、{pen.year}年末债务余额", closing),
    ]
    return sheet("政府债务限额和余额情况表", [["项目", "全市", "市本级", "县区"], *rows], unit=pen.unit)


@table
def adjustment(pen: Pen) -> Page:
    """预算调整表: first, more, less, adjusted."""
    data = []
    names = ("一般公共服务支出", "公共安全支出", "教育支出", "社会保障和就业支出", "预备费")
    for _ in names:
        first = pen.money()
        more, less = pen.part(first, 0, 0.2), -pen.part(first, 0, 0.1)
        data.append([first, more, less, first + more + less])
    body: list[Row] = [[name, *figures(pen, each)] for name, each in zip(names, data, strict=True)]
    head: Row = ["科目", "年初预算", "调增", "调减", "调整预算"]
    return sheet("支出预算调整表", [head, *body, ["支出合计", *figures(pen, total_of(data))]], unit=pen.unit)


# --- counts, prices, scores -----------------------------------------------------------------------------------------


@table
def completions(pen: Pen) -> Page:
    """Tasks in different units with their completion."""
    label, rate = mark(pen, "完成率")
    things = (
        ("新建幼儿园", "所"),
        ("改造公路", "公里"),
        ("培训农民", "人"),
        ("建设保障房", "套"),
        ("整治农田", "亩"),
        ("改厕", "户"),
    )
    rows: list[Row] = []
    for n, (name, unit) in enumerate(pen.several(things, pen.number(4, 6)), 1):
        wanted = pen.number(10, 5000)
        done = max(1, int(wanted * pen.rng.uniform(0.3, 1.1)))
        rows.append([str(n), name, unit, str(wanted), str(done), rate(done, wanted)])
    return sheet("重点民生实事完成情况表", [["序号", "项目", "单位", "年度任务", "已完成", label], *rows])


@table
def scored(pen: Pen) -> Page:
    """Scores of departments by weighted columns, ranked, perhaps with the mean."""
    weights = (15, 35, 30, 20)
    rows = []
    for name in pen.several(DEPARTMENTS, pen.number(4, 9)):
        got = [Fraction(each) - pen.decimal(0, each * 0.3, 1) for each in weights]
        rows.append((name, got, sum(got, Fraction(0))))
    rows.sort(key=lambda row: -row[2])
    body: list[Row] = [
        [str(n), name, *(pen.write(each, 1) for each in got), pen.write(whole, 1), str(n)]
        for n, (name, got, whole) in enumerate(rows, 1)
    ]
    if pen.flip():
        means = [sum((row[1][n] for row in rows), Fraction(0)) / len(rows) for n in range(4)]
        body.append(["", "平均分", *(pen.write(each, 2) for each in [*means, sum(means, Fraction(0))]), ""])
    columns = (f"{name}（{weight}分）" for name, weight in zip(("投入", "过程", "产出", "效果"), weights, strict=True))
    return sheet("部门整体绩效评价得分表", [["序号", "部门", *columns, "得分", "排名"], *body])


@table
def bonus(pen: Pen) -> Page:
    """Points, more points, fewer points."""
    rows: list[Row] = []
    for n, name in enumerate(pen.several(COUNTIES, pen.number(4, 8)), 1):
        base, more, less = pen.decimal(80, 89, 1), pen.decimal(0, 5, 1), pen.decimal(0, 3, 1)
        rows.append([str(n), name, *(pen.write(each, 1) for each in (base, more, less, base + more - less))])
    head: Row = ["序号", "单位", "基础分", "加分", "扣分", "总得分"]
    return sheet("绩效考核得分表", [head, *rows], notes=("注：总得分=基础分+加分-扣分。",))


@table
def people(pen: Pen) -> Page:
    """财政供养人员情况表."""
    data = []
    for _ in range(pen.number(3, 7)):
        civil, other = pen.number(5, 40), pen.number(0, 60)
        data.append([civil + other + pen.number(0, 9), civil + other, civil, other, pen.number(0, 40)])
    body: list[Row] = [[name, *map(str, each)] for name, each in zip(pen.several(DEPARTMENTS, len(data)), data, strict=True)]
    head: Row = ["单位", "编制数", "实有人数", "其中：行政", "事业", "退休"]
    total: Row = ["合计", *map(str, total_of(data))]
    return sheet("财政供养人员情况表", below_or_above(pen, [head], body, total), unit="人")


@table
def allowances(pen: Pen) -> Page:
    """Payments to households: area times standard."""
    standard = pen.pick((Fraction(191, 2), Fraction(120), Fraction(8836, 100)))
    data = []
    for _ in range(pen.number(4, 9)):
        area = pen.decimal(1, 30, 2)
        data.append((area, Fraction(round(area * standard * 100), 100)))
    body: list[Row] = [
        [str(n), "张李王赵刘陈杨黄周"[n - 1] + "某", pen.write(area, 2), pen.write(standard, 2), pen.write(money, 2)]
        for n, (area, money) in enumerate(data, 1)
    ]
    sums = [sum((each[n] for each in data), Fraction(0)) for n in range(2)]
    total: Row = [Merged("合计", 1, 2), pen.write(sums[0], 2), "", pen.write(sums[1], 2)]
    return sheet("补贴发放公示表", [["序号", "姓名", "面积（亩）", "标准（元/亩）", "金额（元）"], *body, total])


@table
def goods(pen: Pen) -> Page:
    """采购明细表: number times price."""
    things = (("计算机", "台"), ("打印机", "台"), ("办公桌", "张"), ("交换机", "台"), ("投影仪", "套"))
    body: list[Row] = []
    whole = 0
    for n, (name, unit) in enumerate(pen.several(things, pen.number(3, 5)), 1):
        many, price = pen.number(2, 60), pen.number(20, 900) * 10
        whole += many * price
        body.append([str(n), name, str(many), unit, f"{price:,}", f"{many * price:,}"])
    head: Row = ["序号", "名称", "数量", "单位", "单价（元）", "金额（元）"]
    return sheet("采购明细表", [head, *body, [Merged("合计", 1, 2), "", "", "", f"{whole:,}"]])


@table
def care(pen: Pen) -> Page:
    """特困人员供养金发放汇总表: people times two standards."""
    body: list[Row] = []
    people_in_all = money_in_all = 0
    for way, base in (("集中供养", 1005), ("分散供养", 936)):
        for n, (level, more) in enumerate((("全自理", 97), ("半护理", 193), ("全护理", 387))):
            many = pen.number(20, 600)
            people_in_all += many
            money_in_all += many * (base + more)
            first: Row = [Merged(way, 3)] if n == 0 else []
            body.append([*first, level, str(many), str(base), str(more), str(many * (base + more))])
    head: Row = ["供养方式", "护理等级", "人数", "基本生活标准（元/月）", "照料护理标准（元/月）", "月发放金额（元）"]
    total: Row = [Merged("合计", 1, 2), str(people_in_all), "", "", str(money_in_all)]
    return sheet("特困人员供养金发放汇总表", [head, *body, total])


@table
def letters(pen: Pen) -> Page:
    """Letters by quarter and kind, with the rate of those dealt with."""
    label, rate = mark(pen, "办结率")
    data = []
    for _ in range(4):
        kinds = [pen.number(30, 90), pen.number(10, 60), pen.number(5, 30)]
        data.append([sum(kinds), *kinds, sum(kinds) - pen.number(0, 4)])
    body: list[Row] = [[f"{q}季度", *map(str, v), rate(v[4], v[0])] for q, v in zip("一二三四", data, strict=True)]
    whole = total_of(data)
    head: Row = ["季度", "受理（件）", "网信", "来访", "来信", "办结", label]
    return sheet("信访件办理情况统计表", [head, *body, ["全年", *map(str, whole), rate(whole[4], whole[0])]])


@table
def homes(pen: Pen) -> Page:
    """Beds, people, rates, a mean fee weighted by people."""
    data = []
    for _ in range(pen.number(3, 4)):
        beds = pen.number(80, 400)
        data.append((beds, int(beds * pen.rng.uniform(0.4, 0.95)), pen.number(150, 400) * 10))
    names = ("福利中心", "城北敬老院", "康乐苑", "夕阳红公寓")
    body: list[Row] = [[name, str(b), str(n), pen.rate(n, b), f"{p:,}"] for name, (b, n, p) in zip(names, data, strict=False)]
    beds, many = sum(b for b, _, _ in data), sum(n for _, n, _ in data)
    mean = Fraction(sum(n * p for _, n, p in data), many)
    total: Row = ["合计/平均", str(beds), str(many), pen.rate(many, beds), f"{round(mean):,}"]
    return sheet(
        "机构养老床位利用情况表", [["机构", "床位数（张）", "入住人数（人）", "入住率", "月均收费（元）"], *body, total]
    )


@table
def canteen(pen: Pen) -> Page:
    """学校食堂收支公示表: an account downwards, one column of figures."""
    opening, fees, grants = pen.money(0.05), pen.money(0.4), pen.money(0.4)
    spent = [pen.part(fees + grants, *share) for share in ((0.7, 0.8), (0.05, 0.07), (0.05, 0.09))]
    lines = (
        ("期初结余", opening), ("伙食费收入", fees), ("营养改善补助", grants), ("收入合计", fees + grants),
        ("食材支出", spent[0]), ("燃料及水电", spent[1]), ("人工", spent[2]), ("支出合计", sum(spent)),
        ("期末结余", opening + fees + grants - sum(spent)),
    )  # fmt: skip
    rows: list[Row] = [[name, pen.unit, pen.bare(money)] for name, money in lines]
    return sheet("学校食堂收支公示表", [["项目", "单位", "金额"], *rows, ["用餐学生", "人", str(pen.number(300, 900))]])
