"""Right paragraphs of reports: whatever the figures, the sentences are true of the values behind them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.building.page import Page
from tests.building.truth import plain
from tests.metamorphic.pen import COUNTIES, DEPARTMENTS, WORKS, Pen
from tests.metamorphic.sheets import prose

Paragraph = Callable[[Pen], str]
PARAGRAPHS: dict[str, Paragraph] = {}


def paragraph(write: Paragraph) -> Paragraph:
    """Enter a paragraph under the name of its function."""
    PARAGRAPHS[write.__name__] = write
    return write


def report(write: Paragraph) -> Callable[[Pen], tuple[Page, ...]]:
    """Return what makes a document of a paragraph."""
    return lambda pen: (prose(write(pen)),)


def listed(pen: Pen, items: list[str]) -> str:
    """Join the items of a list as one does."""
    between, last = pen.pick((("、", "、"), ("，", "，"), ("；", "；"), ("、", "和")))
    return between.join(items[:-1]) + last + items[-1]


# --- money of a department ------------------------------------------------------------------------------------------


@paragraph
def income(pen: Pen) -> str:
    total = pen.money()
    before = pen.money()
    names = pen.several(("财政拨款收入", "事业收入", "经营收入", "上级补助收入", "其他收入"), pen.number(2, 4))
    parts = pen.parts(total, len(names))
    than = pen.pick(("与上年相比", "较上年", "比上年"))
    shares = pen.pick(("占{}", "占比{}", "占本年收入的{}"))
    items = [
        f"{name}{pen.amount(part)}，{shares.format(pen.rate(part, total))}" for name, part in zip(names, parts, strict=True)
    ]
    compared = f"，{than}{pen.change(total, before)}，{pen.growth(total, before)}" if pen.flip() else ""
    verb = pen.pick(("本年收入合计", f"{pen.year}年度收入合计", "收入总额为", "本年收入共计"))
    return f"{verb}{pen.amount(total)}{compared}{pen.pick(('。其中：', '，其中：', '，其中'))}{'；'.join(items)}。"


@paragraph
def spending(pen: Pen) -> str:
    total = pen.money()
    basic, project = pen.parts(total, 2)
    staff, office = pen.parts(basic, 2)
    inner = f"（人员经费{pen.amount(staff)}，公用经费{pen.amount(office)}）" if pen.flip() else ""
    none = pen.pick(("", "；经营支出0" + pen.unit + "，占0%"))
    return (
        f"本年支出合计{pen.amount(total)}，其中：基本支出{pen.amount(basic)}{inner}，占{pen.rate(basic, total)}；"
        f"项目支出{pen.amount(project)}，占{pen.rate(project, total)}{none}。"
    )


@paragraph
def three_public(pen: Pen) -> str:
    budget = pen.money(0.2)
    cars, meals = pen.part(budget, 0.3, 0.7), pen.part(budget, 0.05, 0.25)
    spent, before = cars + meals, pen.part(budget, 0.5, 1.2)
    bought = pen.part(cars, 0.3, 0.7)
    batches = pen.number(10, 90)
    return (
        f"“三公”经费支出预算为{pen.amount(budget)}，支出决算为{pen.amount(spent)}，完成预算的{pen.rate(spent, budget)}，"
        f"较上年{pen.change(spent, before)}，{pen.growth(spent, before)}。"
        f"其中：因公出国（境）费支出决算为0{pen.unit}，完成预算的0%；"
        f"公务用车购置及运行维护费支出决算为{pen.amount(cars)}，"
        f"占{pen.rate(cars, spent)}，其中公务用车购置费{pen.amount(bought)}，"
        f"公务用车运行维护费{pen.amount(cars - bought)}；公务接待费支出决算为{pen.amount(meals)}，占{pen.rate(meals, spent)}。"
        f"国内公务接待{batches}批次、{batches * pen.number(5, 11)}人次，年末公务用车保有量{pen.number(2, 15)}辆。"
    )


@paragraph
def functions(pen: Pen) -> str:
    total = pen.money()
    names = (
        "一般公共服务支出（类）",
        "社会保障和就业支出（类）",
        "卫生健康支出（类）",
        "住房保障支出（类）",
        "农林水支出（类）",
    )
    chosen = pen.several(names, pen.number(3, 5))
    parts = pen.parts(total, len(chosen))
    items = [f"{name}{pen.amount(part)}，占{pen.rate(part, total)}" for name, part in zip(chosen, parts, strict=True)]
    lead = pen.pick(("主要用于以下方面：", "其中：", "按功能分类："))
    return f"一般公共预算财政拨款支出{pen.amount(total)}，{lead}{'；'.join(items)}。"


@paragraph
def one_function(pen: Pen) -> str:
    budget = pen.money(0.3)
    spent = pen.part(budget, 0.7, 1.3)
    than = "大于" if spent > budget else "小于"
    reason = pen.pick(("人员变动", "年中追加项目" if spent > budget else "厉行节约", "政策调整"))
    return (
        f"一般公共服务支出（类）财政事务（款）行政运行（项）。年初预算为{pen.amount(budget)}，支出决算为{pen.amount(spent)}，"
        f"完成年初预算的{pen.rate(spent, budget)}，决算数{than}年初预算数的主要原因是{reason}。"
    )


@paragraph
def office_costs(pen: Pen) -> str:
    now, before = pen.money(0.2), pen.money(0.2)
    return (
        f"机关运行经费支出{pen.amount(now)}，比{pen.pick(('上年', f'{pen.year - 1}年'))}{pen.change(now, before)}，"
        f"{pen.growth(now, before)}，主要原因是在职人员变动{pen.number(1, 6)}人。"
    )


@paragraph
def purchases(pen: Pen) -> str:
    total = pen.money()
    goods, works, services = pen.parts(total, 3)
    medium = pen.part(total, 0.6, 0.98)
    small = pen.part(medium, 0.3, 0.9)
    return (
        f"政府采购支出总额{pen.amount(total)}，其中：货物支出{pen.amount(goods)}、工程支出{pen.amount(works)}、"
        f"服务支出{pen.amount(services)}。授予中小企业合同金额{pen.amount(medium)}，"
        f"占政府采购支出总额的{pen.rate(medium, total)}，"
        f"其中：授予小微企业合同金额{pen.amount(small)}，占授予中小企业合同金额的{pen.rate(small, medium)}。"
    )


# --- money of a project ---------------------------------------------------------------------------------------------


@paragraph
def project_funds(pen: Pen) -> str:
    first, added = pen.money(), pen.money(0.2)
    budget = first + added
    spent = pen.part(budget, 0.8, 0.999)
    rest = pen.pick(("结余", "结转下年", "剩余"))
    return (
        f"{pen.pick(WORKS)}项目年初预算{pen.amount(first)}，年中追加{pen.amount(added)}，调整后预算{pen.amount(budget)}，"
        f"{pen.pick(('实际支出', '全年执行', '全年支出'))}{pen.amount(spent)}，{pen.pick(('预算执行率', '执行率'))}"
        f"{pen.pick(('', '为', '达'))}{pen.rate(spent, budget)}，{rest}{pen.amount(budget - spent)}。"
    )


@paragraph
def sources(pen: Pen) -> str:
    total = pen.money()
    levels = pen.pick(
        (("中央财政资金", "省级财政资金", "县级配套资金"), ("中央补助", "省级补助", "市县配套"), ("中央", "地方"))
    )
    parts = pen.parts(total, len(levels))
    paid = pen.part(total, 0.6, 0.99)
    items = [f"{level}{pen.amount(part)}" for level, part in zip(levels, parts, strict=True)]
    shown = f"，其中：{listed(pen, items)}。" if pen.flip(0.7) else f"（{'、'.join(items)}）。"
    return (
        f"截至{pen.year}年底，共到位资金{pen.amount(total)}{shown}已支付{pen.amount(paid)}，支付率{pen.rate(paid, total)}，"
        f"剩余{pen.amount(total - paid)}将于下年拨付。"
    )


@paragraph
def numbered_projects(pen: Pen) -> str:
    names = pen.several(WORKS, pen.number(3, 5))
    budgets = [pen.money(0.5) for _ in names]
    spent = [pen.part(each, 0.7, 1) for each in budgets]
    rates = pen.flip()
    lines = [
        f"{n}.{name}。预算{pen.amount(b)}，支出{pen.amount(s)}{'，执行率' + pen.rate(s, b) if rates else ''}。"
        for n, (name, b, s) in enumerate(zip(names, budgets, spent, strict=True), 1)
    ]
    head = (
        f"{len(names)}个项目全年预算{pen.amount(sum(budgets))}，支出{pen.amount(sum(spent))}，"
        f"执行率{pen.rate(sum(spent), sum(budgets))}。"
    )
    return "\n".join([head, *lines])


@paragraph
def investment(pen: Pen) -> str:
    done = [pen.money(0.5), pen.money(0.5)]
    plan = pen.part(sum(done), 0.9, 1.3)
    return (
        f"上半年完成投资{pen.amount(done[0])}，下半年完成投资{pen.amount(done[1])}，全年累计完成投资{pen.amount(sum(done))}，"
        f"占年度计划{pen.amount(plan)}的{pen.rate(sum(done), plan)}。"
    )


@paragraph
def contract(pen: Pen) -> str:
    price = pen.money(0.5)
    share = pen.pick((30, 40, 50, 60))
    paid = price * share // 100 // 100 * 100
    price = paid * 100 // share
    return (
        f"合同金额{pen.amount(price)}，按约定支付{share}%，已支付{pen.amount(paid)}，尚未支付{pen.amount(price - paid)}；"
        f"工期{pen.number(60, 360)}日历天，质保期{pen.number(1, 3)}年。"
    )


@paragraph
def several_years(pen: Pen) -> str:
    money = [pen.money(0.3) for _ in range(pen.number(2, 4))]
    last = pen.year
    years = [last - len(money) + 1 + n for n in range(len(money))]
    items = [f"{year}年{pen.amount(each)}" for year, each in zip(years, money, strict=True)]
    mean = f"，年均投入{pen.mean(money)}" if pen.flip() else ""
    return f"{years[0]}—{last}年累计安排教育费附加{pen.amount(sum(money))}，其中{'、'.join(items)}{mean}。"


@paragraph
def two_budgets(pen: Pen) -> str:
    one, two = pen.money(0.5), pen.money(0.5)
    both = one + two
    return (
        f"一般公共预算财政拨款支出{pen.amount(one)}、政府性基金预算财政拨款支出{pen.amount(two)}，两项合计{pen.amount(both)}，"
        f"分别占{pen.rate(one, both)}、{pen.rate(two, both)}。"
    )


@paragraph
def dues(pen: Pen) -> str:
    due = pen.money(0.5)
    owed = pen.part(due, 0.05, 0.4)
    return f"应收{pen.amount(due)}，已收{pen.amount(due - owed)}，欠缴{pen.amount(owed)}，收缴率{pen.rate(due - owed, due)}。"


@paragraph
def nested_uses(pen: Pen) -> str:
    total = pen.money()
    works, training, other = pen.parts(total, 3)
    bridges = pen.part(works, 0.1, 0.6)
    return (
        f"项目资金{pen.amount(total)}，用于基础设施{pen.amount(works)}（含桥梁{pen.amount(bridges)}）、"
        f"业务培训{pen.amount(training)}、其他支出{pen.amount(other)}。"
    )


# --- accounts of a county -------------------------------------------------------------------------------------------


@paragraph
def account(pen: Pen) -> str:
    names = ("上级补助收入", "调入资金", "债券转贷收入", "上年结转")
    own = pen.money()
    inner = [pen.money(0.3) for _ in names]
    total = own + sum(inner)
    spent, repaid, sent, kept = pen.parts(total, 4)
    items = "、".join(f"{name}{pen.amount(each)}" for name, each in zip(names, inner, strict=True))
    end = pen.pick(("，收支平衡", "，实现收支平衡", ""))
    return (
        f"一般公共预算收入{pen.amount(own)}，加上{items}，收入总计{pen.amount(total)}；一般公共预算支出{pen.amount(spent)}，"
        f"加上债务还本支出{pen.amount(repaid)}、上解支出{pen.amount(sent)}、结转下年{pen.amount(kept)}，"
        f"支出总计{pen.amount(total)}{end}。"
    )


@paragraph
def taxes(pen: Pen) -> str:
    total = pen.money()
    tax = pen.part(total, 0.5, 0.8)
    budget = pen.part(total, 0.95, 1.05)
    kinds = [(name, pen.part(tax, low, high)) for name, low, high in (("增值税", 0.3, 0.4), ("企业所得税", 0.1, 0.2))]
    items = "；".join(
        f"{name}{pen.amount(each)}，{pen.pick(('增长', '下降'))}{pen.write(pen.decimal(1, 9, 1), 1)}%" for name, each in kinds
    )
    return (
        f"一般公共预算收入完成{pen.amount(total)}，为预算的{pen.rate(total, budget)}（预算{pen.amount(budget)}），"
        f"其中税收收入{pen.amount(tax)}，占比{pen.rate(tax, total)}；非税收入{pen.amount(total - tax)}，"
        f"占比{pen.rate(total - tax, total)}。分税种看，{items}。"
    )


@paragraph
def year_on_year(pen: Pen) -> str:
    now, before = pen.money(), pen.money()
    word = pen.pick(("同比", "比上年", "较上年同期"))
    return pen.pick(
        (
            f"全年完成财政收入{pen.amount(now)}，{word}{pen.growth(now, before)}，上年为{pen.amount(before)}。",
            (
                f"全年完成财政收入{pen.amount(now)}（上年{pen.amount(before)}），"
                f"{word}{pen.change(now, before, '增收', '减收')}，{pen.growth(now, before)}。"
            ),
            (
                f"财政收入由{pen.year - 1}年的{pen.amount(before)}变为{pen.year}年的{pen.amount(now)}，"
                f"{pen.change(now, before)}，{pen.growth(now, before, '增幅', '降幅')}。"
            ),
        )
    )


@paragraph
def insurance(pen: Pen) -> str:
    income, spent, opening = pen.money(), 0, pen.money(0.5)
    spent = pen.part(income, 0.7, 0.97)
    planned, meant = pen.part(income, 0.9, 1.1), pen.part(spent, 0.9, 1.1)
    pool = pen.part(opening + income - spent, 0.4, 0.7)
    return (
        f"职工医保基金上年结余{pen.amount(opening)}，本年收入{pen.amount(income)}，完成预算{pen.amount(planned)}的"
        f"{pen.rate(income, planned)}；支出{pen.amount(spent)}，完成预算{pen.amount(meant)}的{pen.rate(spent, meant)}。"
        f"当期结余{pen.amount(income - spent)}，年末累计结余{pen.amount(opening + income - spent)}，"
        f"其中统筹基金{pen.amount(pool)}、个人账户{pen.amount(opening + income - spent - pool)}。"
    )


@paragraph
def debts(pen: Pen) -> str:
    normal, special = pen.money(0.1), pen.money(0.2)
    balance = pen.money()
    return (
        f"全年争取新增政府债券{pen.amount(normal + special)}，其中一般债券{pen.amount(normal)}、专项债券{pen.amount(special)}。"
        f"年末政府债务余额{pen.amount(balance)}，控制在限额{pen.amount(pen.part(balance, 1.01, 1.3))}以内。"
    )


@paragraph
def product_of_county(pen: Pen) -> str:
    total = pen.decimal(100, 900, 2)
    one, two = total * Fraction(pen.number(10, 25), 100), total * Fraction(pen.number(30, 45), 100)
    parts = (("第一", one), ("第二", two), ("第三", total - one - two))
    grown = [pen.write(pen.decimal(2, 9, 1), 1) for _ in range(4)]
    items = "；".join(
        f"{name}产业增加值{pen.write(each, 2)}亿元，增长{rate}%" for (name, each), rate in zip(parts, grown[1:], strict=True)
    )
    shares = "∶".join(pen.percent(each / total, 1) for _, each in parts)
    tail = f"三次产业结构为{shares}。" if pen.flip() else ""
    return f"全年地区生产总值{pen.write(total, 2)}亿元，按可比价格计算，比上年增长{grown[0]}%。其中，{items}。{tail}"


# --- people, things -------------------------------------------------------------------------------------------------


@paragraph
def households(pen: Pen) -> str:
    houses = pen.counts(pen.number(900, 9000), pen.number(2, 3))
    people = [int(each * pen.rng.uniform(1.5, 3)) + 1 for each in houses]
    kinds = pen.several(("城市低保", "农村低保", "特困供养", "低保边缘"), len(houses))
    items = [f"{kind}{h}户{p}人" for kind, h, p in zip(kinds, houses, people, strict=True)]
    return (
        f"全县共有救助对象{sum(houses)}户{sum(people)}人，其中{listed(pen, items)}，"
        f"全年发放补助金{pen.amount(pen.money(0.2))}。"
    )


@paragraph
def staff(pen: Pen) -> str:
    posts = pen.number(60, 300)
    here = posts - pen.number(1, 12)
    civil = pen.number(10, here // 2)
    retired = pen.number(5, 60)
    left = pen.number(1, 4)
    return (
        f"核定编制{posts}名，年末实有在职人员{here}人，其中行政人员{civil}人、事业人员{here - civil}人；"
        f"离退休人员{retired + left}人，其中离休{left}人、退休{retired}人。在职人员控制率{pen.rate(here, posts)}。"
    )


@paragraph
def survey(pen: Pen) -> str:
    given = pen.pick((150, 200, 300, 500, 600))
    valid = given - pen.number(1, 20)
    very, fairly, bad = int(valid * 0.7), int(valid * 0.2), pen.number(1, 5)
    rest = valid - very - fairly - bad
    return (
        f"共发放问卷{given}份，回收有效问卷{valid}份，有效回收率{pen.rate(valid, given)}。其中“非常满意”{very}份、"
        f"“满意”{fairly}份、“基本满意”{rest}份、“不满意”{bad}份，满意度为{pen.rate(valid - bad, valid)}。"
    )


@paragraph
def inspections(pen: Pen) -> str:
    whole = pen.number(200, 3000)
    punished = pen.counts(pen.number(30, 190), 3)
    kinds = ("约谈", "暂停协议", "解除协议")
    items = [f"{kind}{each}家" for kind, each in zip(kinds, punished, strict=True)]
    back, fined = pen.money(0.1), pen.money(0.1)
    return (
        f"全年检查定点医药机构{whole}家，处理{sum(punished)}家，其中{listed(pen, items)}，追回医保基金{pen.amount(back)}，"
        f"行政罚款{pen.amount(fined)}，两项合计{pen.amount(back + fined)}。"
    )


@paragraph
def training(pen: Pen) -> str:
    courses = pen.number(3, 20)
    people = courses * pen.number(30, 90)
    money = people * pen.number(200, 600) * 100
    return (
        f"举办培训班{courses}期，培训{people}人次，平均每期{people // courses}人，"
        f"支出{money // 100}元，人均{pen.write(Fraction(money, 100 * people), 0)}元。"
    )


@paragraph
def pupils(pen: Pen) -> str:
    standard = pen.pick((600, 800, 1000, 1500, 2000))
    spring, autumn = pen.number(100, 900), pen.number(100, 900)
    wan = [pen.write(Fraction(n * standard, 10_000), 2) for n in (spring, autumn, spring + autumn)]
    return (
        f"春季学期补助{spring}人{wan[0]}万元，秋季学期补助{autumn}人{wan[1]}万元，全年合计{spring + autumn}人次{wan[2]}万元，"
        f"标准为每生每学期{standard}元。"
    )


@paragraph
def per_head(pen: Pen) -> str:
    standard = pen.pick((79, 84, 89, 94))
    people = pen.decimal(20, 90, 2)
    money = pen.write(people * standard, 2)
    return (
        f"基本公共卫生服务经费人均财政补助标准为{standard}元，常住人口{pen.write(people, 2)}万人，"
        f"应安排资金{money}万元，实际安排{money}万元，足额到位。"
    )


@paragraph
def rectified(pen: Pen) -> str:
    found = pen.number(40, 300)
    done = found - pen.number(2, 20)
    return (
        f"上年审计查出的{found}个问题，已整改{done}个，整改率{pen.rate(done, found)}，其余{found - done}个正在整改，"
        f"完善制度{pen.number(10, 50)}项。"
    )


@paragraph
def homes_for_old(pen: Pen) -> str:
    homes, beds = pen.counts(pen.number(12, 60), 2), pen.counts(pen.number(1500, 6000), 2)
    people = sum(beds) - pen.number(100, 1200)
    return (
        f"现有养老机构{sum(homes)}家，床位{sum(beds)}张，其中公办{homes[0]}家{beds[0]}张、民办{homes[1]}家{beds[1]}张；"
        f"入住老人{people}人，入住率{pen.rate(people, sum(beds))}。"
    )


@paragraph
def roads(pen: Pen) -> str:
    one, two = pen.decimal(20, 80, 1), pen.decimal(20, 80, 1)
    plan = pen.decimal(40, 150, 1)
    return (
        f"计划改造农村公路{pen.write(plan, 1)}公里，实际完成{pen.write(one + two, 1)}公里，"
        f"为计划的{pen.rate(one + two, plan)}，"
        f"其中县道{pen.write(one, 1)}公里、乡村道{pen.write(two, 1)}公里；新建桥梁{pen.number(2, 9)}座。"
    )


@paragraph
def cases(pen: Pen) -> str:
    now, before = pen.number(300, 900), pen.number(300, 900)
    if now == before:
        now += 1
    moved = f"增加{now - before}起" if now > before else f"减少{before - now}起"
    return f"全年立案查处违法案件{now}起，比上年{moved}，{pen.growth(now, before)}；结案{now - pen.number(1, 40)}起。"


@paragraph
def points_higher(pen: Pen) -> str:
    rate, more = pen.decimal(40, 80, 1), pen.decimal(0.5, 9, 1)
    old = pen.pick((f"（{pen.write(rate - more, 1)}%）", ""))
    return (
        f"资源化利用率{pen.write(rate, 1)}%，较上年{old}提高{pen.write(more, 1)}个百分点；"
        f"普及率由{pen.write(rate - more, 1)}%提高到{pen.write(rate, 1)}%，提高{pen.write(more, 1)}个百分点。"
    )


@paragraph
def water(pen: Pen) -> str:
    parts = pen.counts(pen.number(900, 3000), 3)
    names = ("居民用水", "工业用水", "其他用水")
    items = [f"{name}{each}万吨，占{pen.rate(each, sum(parts))}" for name, each in zip(names, parts, strict=True)]
    return f"全年供水{sum(parts)}万吨，其中：{'；'.join(items)}。"


@paragraph
def by_place(pen: Pen) -> str:
    names = pen.several(COUNTIES, 3)
    money = sorted((pen.money(0.3) for _ in names), reverse=True)
    told = "、".join(map(pen.amount, money))
    return f"从地区看，支出居前三位的是{'、'.join(names)}，分别为{told}，合计{pen.amount(sum(money))}。"


@paragraph
def schools(pen: Pen) -> str:
    many = [pen.number(3, 12), pen.number(20, 40), pen.number(60, 120)]
    return (
        f"全区现有各类学校{sum(many)}所，其中普通高中{many[0]}所、初中{many[1]}所、小学{many[2]}所；"
        f"教职工{pen.number(3000, 9000)}人，其中专任教师{pen.number(2000, 2999)}人。"
    )


# --- performance ----------------------------------------------------------------------------------------------------


@paragraph
def scores(pen: Pen) -> str:
    weights = pen.pick(((10, 50, 30, 10), (20, 40, 30, 10), (10, 40, 40, 10)))
    got = [Fraction(each) - pen.decimal(0, each * 0.1, pen.pick((0, 1, 2))) for each in weights]
    names = ("预算执行指标", "产出指标", "效益指标", "满意度指标")
    shape = pen.pick(("{}{}分，得{}分", "{}（满分{}分）得分{}分", "{}分值{}分，自评得分{}分"))
    items = [shape.format(n, w, plain(s)) for n, w, s in zip(names, weights, got, strict=True)]
    return f"绩效自评总得分{plain(sum(got, Fraction(0)))}分。其中：{'；'.join(items)}。"


@paragraph
def deductions(pen: Pen) -> str:
    lost = [pen.decimal(0.1, 2, 1) for _ in range(3)]
    names = pen.several(("预算执行", "产出数量", "产出质量", "社会效益", "满意度"), 3)
    items = "，".join(f"{name}扣{pen.write(each, 1)}分" for name, each in zip(names, lost, strict=True))
    whole = sum(lost, Fraction(0))
    return f"自评得分{pen.write(100 - whole, 1)}分，扣{pen.write(whole, 1)}分，其中{items}，评价等级为优。"


@paragraph
def targets(pen: Pen) -> str:
    wanted = pen.number(200, 3000)
    done = int(wanted * pen.rng.uniform(1, 1.2)) + 1
    share = pen.pick((85, 90, 95))
    got = pen.decimal(share + 0.1, 99.9, 1)
    return (
        f"数量指标：抽检批次目标值≥{wanted}批次，实际完成{done}批次，完成率{pen.rate(done, wanted)}；"
        f"质量指标：抽检合格率目标值≥{share}%，实际完成{pen.write(got, 1)}%；时效指标：资金拨付及时率100%；"
        f"成本指标：每批次成本不超过{pen.number(300, 500)}元，实际{pen.number(200, 299)}元。"
    )


@paragraph
def above_plan(pen: Pen) -> str:
    plan = pen.number(200, 900)
    done = plan + pen.number(1, 90)
    fine = done - pen.number(1, 9)
    return (
        f"计划培训{plan}人，实际培训{done}人，超计划{done - plan}人，为计划的{pen.rate(done, plan)}；"
        f"培训合格{fine}人，合格率{pen.rate(fine, done)}。"
    )


@paragraph
def execution(pen: Pen) -> str:
    budget = pen.money()
    spent = pen.part(budget, 0.8, 0.999)
    points = pen.pick((10, 20))
    score = pen.write(Fraction(spent, budget) * points, 2)
    return (
        f"{pen.pick(DEPARTMENTS)}全年预算数{pen.amount(budget)}，全年执行数{pen.amount(spent)}，"
        f"执行率{pen.rate(spent, budget, 2)}，该项指标分值{points}分，得分{score}分。"
    )


# --- figures that have nothing to do with each other ----------------------------------------------------------------


@paragraph
def standards(_pen: Pen) -> str:
    return (
        "按照评分标准，执行率达到95%以上得满分，90%—95%得8分，80%—90%得6分，低于80%不得分；"
        "满意度90%以上得10分，每降低1个百分点扣0.5分，扣完为止。"
    )


@paragraph
def about(pen: Pen) -> str:
    return (
        f"惠及群众{pen.number(10, 90) * 100}余人，带动就业约{pen.number(2, 9) * 100}人，节约资金近{pen.number(2, 9) * 10}万元，"
        f"压减比例超过{pen.number(5, 30)}%，群众满意度在{pen.number(90, 98)}%以上。"
    )


@paragraph
def system(pen: Pen) -> str:
    groups = pen.number(3, 9)
    return (
        f"设立{groups}个专项工作组，每组{pen.number(3, 6)}人；制定“1+{groups}”制度体系，召开推进会{groups + 2}次，"
        f"印发简报{groups * 3}期，组织现场核查{pen.number(2, 4)}轮。"
    )


@paragraph
def law(pen: Pen) -> str:
    return (
        f"根据《关于做好{pen.year}年度绩效自评工作的通知》（财绩〔{pen.year}〕{pen.number(1, 60)}号）要求，"
        f"于{pen.year + 1}年{pen.number(1, 5)}月{pen.number(1, 28)}日前完成自评，"
        f"联系电话0871-{pen.number(6_000_000, 6_999_999)}。"
    )


@paragraph
def audited(pen: Pen) -> str:
    one, two, three = (pen.number(2, 6) for _ in range(3))
    return (
        f"审计了{pen.number(7, 20)}个部门预算执行情况。{one}个部门未及时上缴非税收入{pen.amount(pen.money(0.1))}；"
        f"{two}个部门往来款长期挂账{pen.amount(pen.money(0.1))}，最长达{pen.number(4, 9)}年；"
        f"{three}个部门超范围列支会议费{pen.amount(pen.money(0.02))}。"
    )
