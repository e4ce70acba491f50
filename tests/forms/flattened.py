"""Filled forms made up as rows, and the shapes in which they arrive once their tables became text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import strategies as st

from validator.forms.restore import restore
from validator.model.document import Document, Paragraph, Table
from validator.rules.load import load_ruleset

SHAPES = ("tab", "space", "cell-a-line", "cell-a-line-piped", "row-piped", "one-line")


def restored(text: str, format: str = "txt") -> Document:
    """Read lines of text and restore the tables in them."""
    lines = text.split("\n")
    return restore(
        Document("form.txt", format, "", tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1))), load_ruleset()
    )


def grid(table: Table) -> list[list[str]]:
    """The texts of a table, empty for a blank slot."""
    return [["" if cell is None else cell.text for cell in row] for row in table.rows]


def only_grid(text: str) -> list[list[str]]:
    """The texts of the one table that is restored from a text."""
    (table,) = restored(text).tables
    return grid(table)


@dataclass
class Flat:
    """A form flattened to lines, and the address of each cell."""

    lines: list[str] = field(default_factory=list)
    addresses: dict[tuple[int, int], str] = field(default_factory=dict)
    """Row (0 is the header) and column of the form to the address of its first character."""

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)


def flatten(rows: list[list[str]], shape: str, *, keep_blanks: bool) -> Flat:
    """Flatten rows (the first is the header) to a shape; without `keep_blanks` the empty cells are swallowed."""
    flat = Flat(["项目支出绩效自评表", "(2023年度)"])
    if shape == "one-line":
        flat.lines.append("")
    for r, row in enumerate(rows):
        cells = [(c, text) for c, text in enumerate(row) if text or keep_blanks or shape == "tab"]
        if shape in ("cell-a-line", "cell-a-line-piped"):
            _line_per_cell(flat, r, cells, " |" if shape.endswith("piped") else "")
            continue
        separator = {"tab": "\t", "row-piped": " | "}.get(shape, " ")
        if shape != "one-line":
            flat.lines.append("")
        for n, (c, text) in enumerate(cells):
            if n or (shape == "one-line" and flat.lines[-1]):
                flat.lines[-1] += separator
            if text:
                flat.addresses[(r, c)] = f"L{len(flat.lines)}:{len(flat.lines[-1]) + 1}-"
            flat.lines[-1] += text or ("" if shape in ("tab", "row-piped") else "\xa0")
        if shape == "row-piped":
            flat.lines[-1] += " | |||"
    return flat


def _line_per_cell(flat: Flat, r: int, cells: list[tuple[int, str]], close: str) -> None:
    for c, text in cells:
        flat.lines.append((text + close) if text else (close.strip() or "\xa0"))
        if text:
            flat.addresses[(r, c)] = f"L{len(flat.lines)}:1-"


def misplaced(rows: list[list[str]], flat: Flat, document: Document, label: int, *, words: bool = True) -> Iterator[str]:
    """Say for each cell of the restored tables that stands in another column or row than it did.

    `label` is the column of the row labels; without `words` only cells with figures count.
    """
    home = {address: place for place, address in flat.addresses.items()}
    for table in document.tables:
        at: dict[int, int] = {}
        for row in table.rows:
            places = {
                c: home[start] for c, cell in enumerate(row) if cell is not None and (start := _start(cell.address)) in home
            }
            if any(r == 0 for r, _ in places.values()):
                at = {c: column for c, (_, column) in places.items()}
                continue
            own = next((r for r, c in places.values() if c == label), None)
            for c, (r, column) in places.items():
                if not words and not any(ch.isdigit() for ch in rows[r][column]):
                    continue
                if at.get(c, column) != column or (own is not None and r != own):
                    there = rows[0][at[c]] if c in at else "?"
                    yield f"{rows[r][column]!r} of row {r}, column {rows[0][column]} stands under {there}, row {own}"


def lost(rows: list[list[str]], flat: Flat, document: Document) -> list[str]:
    """The figures that stand in no table."""
    placed = {_start(cell.address) for table in document.tables for cell in table.cells()}
    return [
        rows[r][c]
        for (r, c), address in flat.addresses.items()
        if address not in placed and any(ch.isdigit() for ch in rows[r][c])
    ]


def _start(address: str) -> str:
    return address.partition("-")[0] + "-"


# --- filled forms ---------------------------------------------------------------------------------------------------

AMOUNTS = st.decimals(0, 90000, places=2).map(str) | st.integers(0, 9000).map(str)
POINTS = st.decimals("0.5", 30, places=1).map(str) | st.integers(1, 30).map(str)
PERCENTS = st.decimals(0, 100, places=2).map(lambda d: f"{d}%") | st.integers(0, 100).map(lambda n: f"{n}%")
NAMES = st.sampled_from(
    [
        "村道硬化里程",
        "培训合格比例",
        "设备购置及安装",
        "经费拨付及时程度",
        "受益村民人数",
        "垃圾清运完成情况说明",
        "公园绿地养护",
        "讲座场次",
    ]
)
SIGNS = st.sampled_from(["≥", "≤", "=", ">=", "<="])
TARGETS = (
    PERCENTS | st.builds("{}{}{}".format, SIGNS, st.integers(1, 900), st.sampled_from(["次", "家", "%", "万元"]))
    | st.builds("{}{}".format, st.integers(1, 900), st.sampled_from(["公里", "人次", "平方米"]))
)  # fmt: skip
ACTUALS = PERCENTS | st.builds("{}{}".format, st.integers(1, 900), st.sampled_from(["次", "家", "人次", "万元", "公里"]))
FUND_ROWS = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")


@st.composite
def funds(draw: st.DrawFn) -> list[list[str]]:
    """A block of funds: labels, two or three amounts, points, rate, score in some order of the official form."""
    amounts = draw(
        st.sampled_from(
            [
                ["年初预算数", "全年预算数", "全年执行数"],
                ["全年预算数（A）", "全年执行数（B）"],
                ["年初预算数", "调整后预算数", "到位数", "执行数"],
            ]
        )
    )
    scored = draw(st.booleans())
    header = ["资金来源", *amounts, *(["分值", "执行率", "得分"] if scored else ["执行率（B/A）"])]
    rows = [header]
    for n, label in enumerate(FUND_ROWS[: draw(st.integers(1, 4))]):
        points = [draw(POINTS), draw(PERCENTS), draw(POINTS)] if n == 0 else ["-", draw(PERCENTS), "-"]
        rows.append([label, *(draw(AMOUNTS) for _ in amounts), *(points if scored else [draw(PERCENTS)])])
    return rows


@st.composite
def indicators(draw: st.DrawFn) -> list[list[str]]:
    """A block of indicators with points and scores; points stand before the target or behind the actual."""
    early = draw(st.booleans())
    values = ["分值", "年度指标值", "实际完成值", "得分"] if early else ["年度指标值", "实际完成值", "分值", "得分"]
    reason = draw(st.booleans())
    rows = [["一级指标", "二级指标", "三级指标", *values, *(["偏差原因分析及改进措施"] if reason else [])]]
    kinds = draw(st.lists(st.sampled_from(["数量指标", "质量指标", "时效指标"]), min_size=1, max_size=3, unique=True))
    for n, kind in enumerate(kinds):
        for m in range(draw(st.integers(1, 3))):
            weight = draw(POINTS)
            figures = (
                [weight, draw(TARGETS), draw(ACTUALS), weight] if early else [draw(TARGETS), draw(ACTUALS), weight, weight]
            )
            row = ["产出指标" if n == m == 0 else "", kind if m == 0 else "", draw(NAMES), *figures]
            rows.append(row + ([draw(st.sampled_from(["", "受天气影响"]))] if reason else []))
    return rows


EXPLANATIONS = ["指标解释", "评分标准"]
EXPLAINED = st.sampled_from(["", "12", "100%", "≥90%", "10分", "120公里", "≥12座得20分", "3-5分", "0.5", "达标", "按比例得分"])


@st.composite
def explained(draw: st.DrawFn) -> list[list[str]]:
    """A block of indicators with one or two columns of explanations that look like figures, anywhere behind the names."""
    rows = draw(indicators())
    for label in draw(st.permutations(EXPLANATIONS))[: draw(st.integers(1, 2))]:
        at = draw(st.integers(3, len(rows[0])))
        for r, row in enumerate(rows):
            row.insert(at, draw(EXPLAINED) if r else label)
    return rows
