"""Reports made by hand, and a strategy for reports of any content, for the tests of every format."""

from __future__ import annotations

from hypothesis import strategies as st

from validator.model.document import Note
from validator.model.fact import Pointer
from validator.model.finding import Check, Coverage, Finding, FormMatch, Grade, Outcome, Report, RuleTally, Severity, Waived

HOSTILE = "\x1b[31m红\x1b]0;标题\x07[bold]粗[/]\u202e反\u200b\n=HYPERLINK()\x00\x85\u2028\ud800"
"""What a received cell may hold: escape sequences, markup, bidi controls, line breaks, a formula, half a character."""


def fund_pointer(field: str, column: str, letter: str, text: str, *, row: int = 8, label: str = "年度资金总额") -> Pointer:
    return Pointer(f"form[0].funds.row{row}.{field}", f"自评表!{letter}{row}", text, label, column)


RATE = fund_pointer("rate", "执行率", "H", "98.5%")
BUDGET = fund_pointer("budget", "全年预算数", "F", "1281.30")
EXECUTED = fund_pointer("executed", "全年执行数", "G", "1234.56")
PARTS = tuple(
    fund_pointer("budget", "全年预算数", "F", text, row=row, label=label)
    for row, label, text in ((9, "其中：当年财政拨款", "1000.00"), (10, "上年结转资金", "180.30"), (11, "其他资金", "100.00"))
)
TOTAL = fund_pointer("budget", "全年预算数", "F", "1281.30")
TARGET = Pointer("form[0].indicators[3].target", "自评表!E21", "≥95%", "高标准农田建设项目验收合格率", "年度指标值")
ACTUAL = Pointer("form[0].indicators[3].actual", "自评表!F21", "93%", "高标准农田建设项目验收合格率", "实际完成值")
POINTS = Pointer("form[0].indicators[3].points", "自评表!G21", "10", "高标准农田建设项目验收合格率", "分值")
SCORE = Pointer("form[0].indicators[3].score", "自评表!H21", "10", "高标准农田建设项目验收合格率", "得分")


def finding(
    rule: str, severity: Severity, title: str, message: str, primary: Pointer, *related: Pointer, **more: object
) -> Finding:
    return Finding(
        id=Finding.identify(rule, primary, related),
        rule=rule,
        kind=str(more.pop("kind", "ratio")),
        severity=severity,
        title=title,
        message=message,
        primary=primary,
        related=related,
        **more,  # type: ignore[arg-type]
    )


RATE_FINDING = finding(
    "FUND-003",
    Severity.ERROR,
    "执行率与执行数、预算数不符",
    "年度资金总额的执行率填 98.5%，按 1234.56 ÷ 1281.30 应为 96.35%",
    RATE,
    BUDGET,
    EXECUTED,
    expected="96.35%",
    help="核对执行数与全年预算数，或更正执行率。",
    basis="项目支出绩效自评表，表头“执行率”栏按执行数除以全年预算数计算",
    check="c2",
    form=0,
    consequences=("执行率得分填 9.85 分，按权重 10 分 × 执行率应为 9.64 分", "总分填 96.85 分，各项得分合计为 96.64 分"),
)
TOTAL_FINDING = finding(
    "FUND-001",
    Severity.ERROR,
    "合计与各项之和不符",
    "全年预算数的年度资金总额填 1281.30 万元，各项相加为 1280.30 万元，多 1.00 万元",
    TOTAL,
    *PARTS,
    kind="total",
    expected="1280.30",
    help="核对各项资金，或更正合计。",
    basis="项目支出绩效自评表 项目资金栏",
    check="c1",
    form=0,
)
TARGET_FINDING = finding(
    "SCORE-011",
    Severity.WARNING,
    "未达到指标值却得满分",
    "“高标准农田建设项目验收合格率”实际完成 93%，未达到指标值 ≥95%，得分仍填满分 10 分",
    SCORE,
    TARGET,
    ACTUAL,
    POINTS,
    kind="score",
    help="按评分办法扣分，或在偏差原因栏说明。",
    basis="评分由本单位的评分办法决定；未达标得满分须有说明",
    check="c3",
    form=0,
)
PROSE_FINDING = finding(
    "AGREE-002",
    Severity.INFO,
    "正文与表中的数字不一致",
    "正文写全年执行 1234.5 万元，表中为 1234.56 万元",
    Pointer("narrative.executed", "L12:5-12", "1234.5万元", "", ""),
    EXECUTED,
    kind="agreement",
    check="c4",
    form=None,
)


def sample_report() -> Report:
    """Four findings of each weight, one waived, a note, a rule that never ran."""
    waived = finding(
        "IND-007", Severity.WARNING, "实际值照抄指标值", "实际完成值与指标值一字不差", ACTUAL, TARGET, form=0, kind="duplicate"
    )
    checks = (
        Check("FUND-001", "total", Outcome.FAIL, "form[0].funds.total", Grade.OFF, TOTAL, PARTS, "1280.30", None, "c1"),
        Check(
            "FUND-003", "ratio", Outcome.FAIL, "form[0].funds.total", Grade.OFF, RATE, (EXECUTED, BUDGET), "96.35%", None, "c2"
        ),
        Check(
            "SCORE-011", "score", Outcome.FAIL, "form[0].indicators[3]", None, SCORE, (TARGET, ACTUAL, POINTS), None, None, "c3"
        ),
        Check(
            "AGREE-002",
            "agreement",
            Outcome.FAIL,
            "document",
            Grade.OFF,
            PROSE_FINDING.primary,
            (EXECUTED,),
            "1234.56",
            None,
            "c4",
        ),
        Check(
            "FUND-003", "ratio", Outcome.PASS, "form[0].funds.row[1]", Grade.EXACT, PARTS[0], (PARTS[1],), "100%", None, "c5"
        ),
        Check(
            "FUND-003",
            "ratio",
            Outcome.UNDETERMINED,
            "form[0].funds.row[2]",
            None,
            None,
            (),
            None,
            "其他资金没有填全年执行数",
            "c6",
        ),
        Check(
            "FUND-004", "ratio", Outcome.NOT_APPLICABLE, "form[0].funds.row[2]", None, None, (), None, "全年预算数为 0", "c7"
        ),
    )
    counted = [(check.rule, check.outcome.value) for check in checks]
    tallies = tuple(
        RuleTally(rule, f"{rule} 的标题", {outcome.value: counted.count((rule, outcome.value)) for outcome in Outcome})
        for rule in ("AGREE-002", "FUND-001", "FUND-003", "FUND-004", "IND-001", "IND-002", "IND-003", "SCORE-011")
    )
    return Report(
        path="送审/自评表.xlsx",
        format="xlsx",
        sha256="0" * 64,
        forms=(
            FormMatch("project", "项目支出绩效自评表", "自评表!A1:J30", 0.97, ("标题为“项目支出绩效自评表”", "有项目资金区块")),
        ),
        checks=checks,
        findings=(RATE_FINDING, TOTAL_FINDING, TARGET_FINDING, PROSE_FINDING),
        tallies=tallies,
        coverage=Coverage(80, 78),
        waived=(Waived(waived, "当年任务全部完成，主管部门已核实"),),
        notes=(Note("第 33 行的几个数字连在一起，读不出来", "自评表!A33"),),
    )


def clean_report() -> Report:
    """A report of one form in which everything agrees."""
    check = Check(
        "FUND-003", "ratio", Outcome.PASS, "form[0].funds.total", Grade.EXACT, RATE, (EXECUTED, BUDGET), "98.5%", None, "c1"
    )
    return Report(
        "自评表.xlsx",
        "xlsx",
        "0" * 64,
        (FormMatch("project", "项目支出绩效自评表", "自评表!A1:J30", 0.97),),
        (check,),
        (),
        (RuleTally("FUND-003", "执行率", {outcome.value: int(outcome is Outcome.PASS) for outcome in Outcome}),),
        Coverage(2, 2),
    )


def empty_report() -> Report:
    """A report of a file in which nothing was recognised."""
    return Report("说明.txt", "txt", "0" * 64, (), (), (), (RuleTally("FUND-003", "执行率", {o.value: 0 for o in Outcome}),))


def texts() -> st.SearchStrategy[str]:
    """Any text at all, half characters and hostile ones included."""
    return st.one_of(
        st.text(st.characters(), max_size=30), st.sampled_from(["", HOSTILE, "≥95%", "1281.30", "年度资金总额", "长" * 300])
    )


def addresses() -> st.SearchStrategy[str]:
    """Addresses of each grammar, and things that are none."""
    number = st.integers(1, 40)
    return st.one_of(
        st.builds("{}!{}{}".format, st.sampled_from(["自评表", "表!二"]), st.sampled_from(["A", "H", "AA", "XFD"]), number),
        st.builds("表{}!R{}C{}".format, st.integers(1, 2), number, number),
        st.builds("L{}:{}-{}".format, number, number, number),
        st.builds("段{}".format, number),
        texts(),
    )


def pointers() -> st.SearchStrategy[Pointer]:
    """Pointers to anything."""
    return st.builds(Pointer, texts(), addresses(), texts(), texts(), texts())


def findings() -> st.SearchStrategy[Finding]:
    """Findings with any content."""
    return st.builds(
        Finding,
        id=texts(),
        rule=texts(),
        kind=texts(),
        severity=st.sampled_from(Severity),
        title=texts(),
        message=texts(),
        primary=pointers(),
        related=st.lists(pointers(), max_size=20).map(tuple),
        expected=st.none() | texts(),
        help=texts(),
        basis=texts(),
        check=st.none() | texts(),
        cause=st.none() | texts(),
        consequences=st.lists(texts(), max_size=7).map(tuple),
        form=st.none() | st.integers(0, 3),
        bound=st.sampled_from(["", "<=", ">=", "<", ">"]),
    )


def reports() -> st.SearchStrategy[Report]:
    """Reports with any content."""
    counts = st.integers(0, 10**6)
    checks = st.builds(
        Check,
        texts(),
        texts(),
        st.sampled_from(Outcome),
        texts(),
        st.none() | st.sampled_from(Grade),
        st.none() | pointers(),
        st.lists(pointers(), max_size=3).map(tuple),
        st.none() | texts(),
        st.none() | texts(),
        texts(),
    )
    tallies = st.builds(RuleTally, texts(), texts(), st.fixed_dictionaries({o.value: counts for o in Outcome}))
    forms = st.builds(
        FormMatch,
        texts(),
        texts(),
        addresses(),
        st.integers(0, 100).map(lambda n: n / 100),
        st.lists(texts(), max_size=2).map(tuple),
    )
    return st.builds(
        Report,
        path=texts(),
        format=texts(),
        sha256=texts(),
        forms=st.lists(forms, max_size=3).map(tuple),
        checks=st.lists(checks, max_size=4).map(tuple),
        findings=st.lists(findings(), max_size=4).map(tuple),
        tallies=st.lists(tallies, max_size=4).map(tuple),
        coverage=st.builds(Coverage, counts, counts),
        waived=st.lists(st.builds(Waived, findings(), texts()), max_size=2).map(tuple),
        notes=st.lists(st.builds(Note, texts(), addresses()), max_size=7).map(tuple),
    )
