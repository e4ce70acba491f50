"""Writes the filled forms of docs/examples: a local form with its own columns and rows, once with slips and once corrected.

    python -m tests.building.examples docs/examples

The same bytes come out on every run.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.building.page import Canvas, Page
from tests.building.xlsx import write_xlsx

SLIPS = {
    ("bond_funds", 0, 3): "10,732.45",
    ("bond_funds", 1, 4): "867.55",
    ("bond_funds", 1, 5): "92.06%",
    ("bond_income", 0, 5): "无",
    ("bond_scores", 3, 3): "32",
}
"""What the clerk got wrong: block, row and column, and what was written instead."""

FUNDS = (
    ("项目总投资", "12,000.00", "11,500.00", "10,372.45", "1,127.55", "86.44%"),
    ("专项债券资金", "9,000.00", "9,000.00", "8,123.45", "876.55", "90.26%"),
    ("其中：新增专项债券", "7,000.00", "7,000.00", "6,323.45", "676.55", "90.34%"),
    ("再融资债券", "2,000.00", "2,000.00", "1,800.00", "200.00", "90.00%"),
    ("财政预算资金", "2,000.00", "1,700.00", "1,500.00", "200.00", "75.00%"),
    ("单位自筹资金", "1,000.00", "800.00", "749.00", "51.00", "74.90%"),
)
INCOME = (
    ("2023", "400.00", "365.20", "387.00", "0.94", "由于停车场投用推迟，差额由预算安排"),
    ("2024", "620.00", "655.80", "387.00", "1.69", ""),
    ("累计", "1,020.00", "1,021.00", "774.00", "1.32", ""),
)
SCORES = (
    ("项目决策", "立项和收益测算", "15", "15", ""),
    ("资金管理", "资金到位和支出", "25", "21", "支出进度未达到计划"),
    ("", "专户管理和信息公开", "10", "10", ""),
    ("建设产出", "工程进度和质量", "30", "28", "附属工程验收推迟"),
    ("收益偿债", "收益实现和还本付息", "20", "20", ""),
    ("合计", "", "100", "94", ""),
)


def special_bond(*, corrected: bool) -> Page:
    """Return the filled form, with the slips of a clerk or without them."""
    canvas = Canvas(6)

    def line(block: str, row: int, texts: Sequence[str]) -> None:
        for col, text in enumerate(texts):
            canvas.put(col, text if corrected else SLIPS.get((block, row, col), text), look="label" if col < 1 else "figure")
        canvas.row += 1

    def head(caption: str, labels: Sequence[str]) -> None:
        canvas.put(0, caption, cols=6)
        canvas.row += 1
        for col, label in enumerate(labels):
            canvas.put(col, label)
        canvas.row += 1

    for label, value, other, answer in (
        ("项目名称", "城西公共停车场建设", "主管部门", "示例市住房和城乡建设局"),
        ("债券期限", "10年", "自评总分", "94"),
    ):
        canvas.put(0, label)
        canvas.put(1, value, cols=2, look="text")
        canvas.put(3, other)
        canvas.put(4, answer, cols=2, look="text")
        canvas.row += 1
    head("资金使用情况（万元）", ("资金构成", "计划总额", "累计到位", "累计支出", "资金结余", "支出进度"))
    for row, texts in enumerate(FUNDS):
        line("bond_funds", row, texts)
    head("收益与偿债情况（万元）", ("偿债年度", "预期收益", "实际收益", "应付本息", "保障倍数", "说明"))
    for row, texts in enumerate(INCOME):
        line("bond_income", row, texts)
    head("绩效自评得分", ("评分方面", "评分项目", "满分", "自评分", "扣分说明", ""))
    for row, scores in enumerate(SCORES):
        line("bond_scores", row, (*scores, ""))
    return Page(
        "自评表", "专项债券项目绩效自评表", tuple(canvas.slots), (20, 18, 14, 14, 14, 22), subtitle="（2024年度）",
        unit_note="单位：万元",
    )  # fmt: skip


def write(folder: Path) -> None:
    """Write both workbooks."""
    for name, corrected in (("filled.xlsx", False), ("corrected.xlsx", True)):
        page = special_bond(corrected=corrected).flat()
        target = folder / "special-bond" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(write_xlsx([page]))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
