"""Filled forms laid out as the official templates print them: merged captions, group labels, title and notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.building.filled import Block, FilledForm, Line
from tests.building.page import Canvas, Formula, Look, Page

_FIGURES = frozenset(
    (
        "initial_budget", "budget", "executed", "rate", "weight", "score", "budget_fiscal", "executed_fiscal",
        "previous", "growth", "own", "granted", "sum", "share",
    )
)  # fmt: skip


def lay_out(form: FilledForm) -> tuple[Page, ...]:
    """Return the pages of a form, usually one."""
    return _LAYOUTS[form.kind](form)


def _project(form: FilledForm) -> tuple[Page, ...]:
    funds, indicators = _block(form, "funds"), _block(form, "indicators")
    columns = 1 + len(indicators.columns)
    canvas = Canvas(columns)
    _field_rows(canvas, form, (("project",), ("department", "unit")))
    _captioned(canvas, funds)
    _goals(canvas, form)
    _indicators(canvas, indicators, caption=True)
    if form.template == "nature":
        for label, text in (
            ("评价结论", "项目按计划实施，绩效目标基本实现。"),
            ("存在问题", "前期准备不够充分。"),
            ("改进措施", "加强项目储备和进度调度。"),
        ):
            canvas.put(0, label, look="label")
            canvas.put(1, text, cols=columns - 1, look="text")
            canvas.row += 1
    return (_page(form, canvas, _funds_formulas(funds)),)


def _transfer(form: FilledForm) -> tuple[Page, ...]:
    funds, management, indicators = (_block(form, id) for id in ("funds", "management", "indicators"))
    canvas = Canvas(1 + len(indicators.columns))
    _field_rows(canvas, form, (("project",), ("department",), ("local_department", "unit")))
    _captioned(canvas, funds)
    _captioned(canvas, management)
    _goals(canvas, form, caption="总体目标完成情况")
    _indicators(canvas, indicators, caption=True)
    return (_page(form, canvas, _funds_formulas(funds)),)


def _department(form: FilledForm) -> tuple[Page, ...]:
    duties, indicators = _block(form, "duties"), _block(form, "indicators")
    canvas = Canvas(1 + len(indicators.columns))
    _field_rows(canvas, form, (("unit", "offices"), ("posts", "staff"), ("total_score", "grade")))
    _captioned(canvas, duties)
    _indicators(canvas, indicators, caption=True)
    return (_page(form, canvas, {}),)


def _insurance(form: FilledForm) -> tuple[Page, ...]:
    scores, accounts = _block(form, "insurance_scores"), _block(form, "fund_accounts")
    canvas = Canvas(len(scores.columns))
    _field_rows(canvas, form, (("unit", "year"),))
    _indicators(canvas, scores, caption=False)
    places = tuple(scores.place(i, "score") for i in range(len(scores.lines)))
    first = _page(form, canvas, {"insurance_scores.total.score": Formula("sum", places)}, name="指标评分表")
    table = Canvas(len(accounts.columns))
    _plain_table(table, accounts)
    second = Page(
        "基金收支表",
        "城乡居民基本医疗保险基金收支情况表",
        tuple(table.slots),
        (16, *(10 for _ in accounts.columns[1:])),
        f"（{form.year}年度）",
        f"单位：{form.unit}",
        formulas=_ratios(accounts),
    )
    return first, second


def _generic(form: FilledForm) -> tuple[Page, ...]:
    table = _block(form, "table")
    canvas = Canvas(len(table.columns))
    _plain_table(canvas, table)
    widths = (14, *(9 for _ in table.columns[1:]))
    return (Page("资金安排表", form.title, tuple(canvas.slots), widths, f"（{form.year}年度）", f"单位：{form.unit}"),)


_LAYOUTS: Mapping[str, Callable[[FilledForm], tuple[Page, ...]]] = {
    "project": _project,
    "transfer-payment": _transfer,
    "department": _department,
    "insurance-fund": _insurance,
    "generic": _generic,
}


def _block(form: FilledForm, id: str) -> Block:
    block = form.block(id)
    if block is None:
        raise KeyError(id)
    return block


def _page(form: FilledForm, canvas: Canvas, formulas: Mapping[str, Formula], name: str = "自评表") -> Page:
    widths = _WIDTHS.get(canvas.columns) or tuple(8 for _ in range(canvas.columns))
    return Page(name, form.title, tuple(canvas.slots), widths, f"（{form.year}年度）", "", form.notes, formulas)


_WIDTHS = {
    6: (12, 15, 24, 9, 11, 22),
    7: (7, 9, 12, 20, 13, 15, 20),
    9: (7, 10, 11, 18, 13, 13, 9, 11, 17),
    11: (7, 9, 11, 16, 10, 12, 9, 11, 9, 10, 16),
}


def _spans(columns: int, wanted: int) -> list[tuple[int, int]]:
    """Share `columns` grid columns, from 1 on, between `wanted` cells: the label and the first ones get what is left over."""
    free = columns - 1 - wanted
    spans: list[tuple[int, int]] = []
    at = 1
    for n in range(wanted):
        share = 1 + (free // wanted) + (1 if n < free % wanted else 0)
        spans.append((at, share))
        at += share
    return spans


def _field_rows(canvas: Canvas, form: FilledForm, rows: Sequence[Sequence[str]]) -> None:
    """Print the header fields, one or two to a row."""
    half = canvas.columns // 2
    for fields in rows:
        starts = (0,) if len(fields) == 1 else (0, half)
        ends = (canvas.columns,) if len(fields) == 1 else (half, canvas.columns)
        for id, start, end in zip(fields, starts, ends, strict=True):
            label, text = form.header[id]
            width = 2 if end - start > 2 and canvas.columns > 6 else 1
            canvas.put(start, label, cols=width)
            canvas.put(start + width, text, cols=end - start - width, place=f"header.{id}", look="text")
        canvas.row += 1


def _captioned(canvas: Canvas, block: Block) -> None:
    """Print a block with its caption in a merged cell on the left, header row and lines beside it."""
    spans = _spans(canvas.columns, len(block.columns))
    first = canvas.row
    for column, (at, cols) in zip(block.columns, spans, strict=True):
        canvas.put(at, column.label, cols=cols, place=f"{block.id}.header.{column.id}")
    canvas.row += 1
    for index, line in enumerate(block.lines):
        for column, (at, cols) in zip(block.columns, spans, strict=True):
            look: Look = "figure" if column.id in _FIGURES else "label" if column.id in ("label", "item", "duty") else "text"
            canvas.put(at, line.cells[column.id], cols=cols, place=block.place(index, column.id), look=look)
        canvas.row += 1
    canvas.merge_down(0, first, block.caption)


def _goals(canvas: Canvas, form: FilledForm, caption: str = "年度总体目标") -> None:
    """Print the pair of goals, expected on the left and achieved on the right."""
    if not form.goals:
        return
    first = canvas.row
    middle = (canvas.columns - 1) // 2
    for n, (left, right) in enumerate(form.goals):
        look: Look = "text" if n else "label"
        canvas.put(1, left, cols=middle, look=look)
        canvas.put(1 + middle, right, cols=canvas.columns - 1 - middle, look=look)
        canvas.row += 1
    canvas.merge_down(0, first, caption)


def _indicators(canvas: Canvas, block: Block, *, caption: bool) -> None:
    """Print indicators: equal group labels that follow each other become one merged cell; the total row comes last."""
    left = 1 if caption else 0
    first = canvas.row
    for n, column in enumerate(block.columns):
        canvas.put(left + n, column.label, place=f"{block.id}.header.{column.id}")
    canvas.row += 1
    groups = [n for n, column in enumerate(block.columns) if column.id in ("category", "subcategory")]
    open_since = dict.fromkeys(groups, 0)
    for index, line in enumerate(block.lines):
        for n, column in enumerate(block.columns):
            if n in open_since:
                continue
            look: Look = "figure" if column.id in _FIGURES | {"nature", "unit", "target", "actual"} else "text"
            canvas.put(left + n, line.cells[column.id], place=block.place(index, column.id), look=look)
        canvas.row += 1
        for n in groups:
            if _group_ends(block, index, n):
                id, start = block.columns[n].id, open_since[n]
                top = canvas.row - 1 - (index - start)
                canvas.merge_down(left + n, top, line.cells[id], place=block.place(start, id))
                open_since[n] = index + 1
    if caption:
        canvas.merge_down(0, first, block.caption)
    if block.total is not None:
        _total_row(canvas, block, block.total, left)


def _group_ends(block: Block, index: int, column: int) -> bool:
    """Tell whether the merged group cell of a column ends with this line."""
    if index + 1 == len(block.lines):
        return True
    ids = [each.id for each in block.columns[: column + 1]]
    here, after = block.lines[index], block.lines[index + 1]
    return any(here.cells[id] != after.cells[id] for id in ids)


def _total_row(canvas: Canvas, block: Block, total: Line, left: int) -> None:
    ids = [column.id for column in block.columns]
    start = min(ids.index("weight"), len(ids))
    canvas.put(0, total.cells["label"], cols=left + start, place=f"{block.id}.total.label")
    for n, id in enumerate(ids[start:], start):
        text = total.cells.get(id, "")
        place = f"{block.id}.total.{id}" if id in total.cells else ""
        canvas.put(left + n, text, place=place, look="figure" if id in _FIGURES else "text")
    canvas.row += 1


def _plain_table(canvas: Canvas, block: Block) -> None:
    """Print a block as a table of its own: a header row, then the lines."""
    for n, column in enumerate(block.columns):
        canvas.put(n, column.label, place=f"{block.id}.header.{column.id}")
    canvas.row += 1
    for index, line in enumerate(block.lines):
        for n, column in enumerate(block.columns):
            look: Look = "figure" if n else "label"
            canvas.put(n, line.cells[column.id], place=block.place(index, column.id), look=look)
        canvas.row += 1


def _funds_formulas(funds: Block) -> dict[str, Formula]:
    """Return the formulas of a clerk's workbook: totals of the direct parts, execution rates."""
    formulas = _ratios(funds)
    whole = [
        line.id for line in funds.lines if line.id not in ("total", "province", "city", "county") or funds.line("local") is None
    ]
    direct = [id for id in whole if id != "total"]
    for column in ("initial_budget", "budget", "executed"):
        if funds.has(column):
            formulas[f"funds.total.{column}"] = Formula("sum", tuple(f"funds.{id}.{column}" for id in direct))
    return formulas


def _ratios(block: Block) -> dict[str, Formula]:
    return {
        f"{block.id}.{line.id}.rate": Formula("quotient", (f"{block.id}.{line.id}.executed", f"{block.id}.{line.id}.budget"))
        for line in block.lines
        if line.id and line.cells.get("rate", "").endswith("%")
    }
