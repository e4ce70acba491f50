"""How long it takes to look for lost tables in text: `python -m tests.benchmarks.restore`."""

from __future__ import annotations

from time import process_time

from tests.forms.flattened import restored

SIZE = 100_000
"""Characters in each of the texts that make trouble."""
PROSE = "2021年，全市医保基金运行平稳，参保人数42.79万人，比上年增长3.2%，待遇按时足额发放，群众满意度95%以上。"
FORM = (
    "项目支出绩效自评表\n项目名称 管网改造\n资金性质 全年预算数 全年执行数 分值 执行率 得分\n"
    "年度资金总额 320 261.75 10 81.80% 8.18\n"
    "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n产出指标 数量指标 改造长度 ≥12公里 12公里 30 30\n"
)


def texts() -> dict[str, str]:
    """Return texts by name: prose, forms, and what makes a careless reader slow."""
    row = "产出指标 数量指标 指标{} ≥4次 4次 5 5\n"
    header = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分"
    return {
        "prose, 1000 lines": "\n".join([PROSE] * 1000),
        "one form": FORM,
        "forms in a row": FORM * (SIZE // len(FORM)),
        "rows of one form": header + "\n" + "".join(row.format(n) for n in range(SIZE // 30)),
        "rows with tabs": header.replace(" ", "\t")
        + "\n"
        + "".join(row.format(n).replace(" ", "\t") for n in range(SIZE // 30)),
        "rows on one line": header + " " + "".join(row.format(n).strip() + " " for n in range(SIZE // 30)),
        "tabs, no form": "甲\t1\t2\t3\t4\t5\t6\t7\t8\n" * 4000,
        "numbers on one line": "1 " * (SIZE // 2),
        "numbers, one a line": "1\n" * (SIZE // 2),
        "label and numbers": "甲 1 2\n" * (SIZE // 6),
        "label and numbers, a cell a line": "甲\n1\n2\n" * (SIZE // 6),
        "header and numbers": header + "\n" + "1 " * (SIZE // 2),
        "header and unlike numbers": header + "\n" + " ".join(str(n) for n in range(SIZE // 6)),
        "header and words": header + "\n" + "指标 " * (SIZE // 3),
        "headers": (header + "\n") * (SIZE // len(header)),
        "pipes": "|" * SIZE,
        "pipes in rows": header.replace(" ", "|") + "\n" + "|1" * (SIZE // 2),
        "blanks": header + " " * SIZE,
        "digits": header + "\n" + "1" * SIZE,
        "digits and dots": header + "\n" + "1.1" * (SIZE // 3),
        "brackets": header + "\n" + "(" * SIZE,
        "titles": "项目支出绩效自评表\n" * (SIZE // 10),
        "figures and blanks": ("1" + " " * 40) * (SIZE // 41),
    }


def seconds(text: str, times: int = 1) -> float:
    """Return the least processor time of several runs."""
    best = float("inf")
    for _ in range(times):
        start = process_time()
        restored(text)
        best = min(best, process_time() - start)
    return best


def main() -> None:
    """Print a line for each text."""
    restored(FORM)
    for name, text in texts().items():
        taken = seconds(text, 3)
        print(f"{name:36} {len(text):7} characters {taken * 1000:9.2f} ms")


if __name__ == "__main__":
    main()
