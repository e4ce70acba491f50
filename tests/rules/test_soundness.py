from __future__ import annotations

from pathlib import Path

import pytest

from validator.errors import RulesetError
from validator.rules.load import load_ruleset

FORM = """\
id: own
title: 表
basis: 甲
recognise: {}
sections:
  - use: header
  - id: items
    title: 明细
    columns:
      what:  {name: 内容, type: label}
      paid:  {name: 金额, type: amount, unit: 万元}
      many:  {name: 数量, type: number, unit: 人次}
    rows:
      - {id: total, role: total, labels: [合计]}
      - {id: tax, within: [total]}
    default-role: part
    requires: [[what], [paid]]
  - id: rest
    title: 其余
    columns:
      left:  {name: 项目, type: label}
      sum:   {name: 余额, type: amount}
    requires: [[left], [sum]]
"""


def load(directory: Path, text: str) -> None:
    (directory / "own").mkdir(exist_ok=True)
    (directory / "own" / "form.yaml").write_text(text, encoding="utf-8")
    load_ruleset(directory, extends=True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("unit: 万元", "unit: 万园", "11:45: 没有“万园”这个单位（是否想写“万元”？）"),
        ("unit: 万元", "unit: 人次", "11:45: amount 的栏不能以“人次”为单位"),
        ("unit: 人次", "unit: 元", "12:45: number 的栏不能以“元”为单位"),
        ("type: label}", "type: label, unit: 元}", "10:44: label 的栏不能以“元”为单位"),
        ("name: 数量", "name: 金额", "12:21: 栏“many”与“paid”同名：金额（换一个名称，规则才分得清）"),
        ("name: 数量", "name: 数量（个）", "12:21: “数量（个）”里有全角字符，规则叫不到它（写成“数量”）"),
        ("name: 数量", "name: 数 量", "12:21: “数 量”里有空格、括号或标点，或以数字开头，规则叫不到它（另取一个"),
        ("title: 其余", "title: 明细", "19:12: 区块“rest”与“items”同名：明细（换一个名称，规则才分得清）"),
        ("title: 其余", "title: 表头信息", ""),
        ("id: rest", "id: items", "18:5: 区块“items”重复（删去一个，或换一个 id）"),
        ("role: total", "role: totle", "14:27: 没有“totle”这种行（是否想写“total”？）"),
        ("role: total", "role: subtotals", "14:27: 没有“subtotals”这种行（是否想写“subtotal”？）"),
        ("role: total", "role: income", ""),
        ("default-role: part", "default-role: parts", "16:19: default-role 不能是“parts”（写 item 或 part）"),
        ("within: [total]", "within: [totl]", "15:28: 区块里没有行“totl”（是否想写“total”？）"),
        ("within: [total]", "within: [zzz]", "15:28: 区块里没有行“zzz”（写行的 id）"),
        ("[[what], [paid]]", "[what, paid]", "17:16: “what”应为列表（写成 [甲, 乙]"),
        ("paid:  {name", "金额:  {name", "11:7: “金额”这种写法不行（小写字母开头，只用小写字母、数字、_ 和 -）"),
        ("    requires: [[what], [paid]]\n", "", "7:9: 区块“items”没有 requires，永远认不出来（写上表头必须有的栏"),
        ("[paid]]", "[payed]]", "17:25: 区块里没有栏“payed”（是否想写“paid”？）"),
        (
            "use: header\n",
            "use: funds\n    columns: {more: {name: 全年预算数, type: amount}}\n",
            "7:28: 栏“more”与“budget”同名：全年预算数",
        ),
        (
            "use: header\n",
            "use: funds\n    rows: [{id: more, role: prat, within: [nowhere]}]\n",
            "7:44: 区块里没有行“nowhere”",
        ),
    ],
)
def test_a_mistake_in_a_section_is_said_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    load(tmp_path, FORM)
    if not said:
        load(tmp_path, FORM.replace(old, new, 1))
        return
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, FORM.replace(old, new, 1))
    assert any(problem.startswith(f"own/form.yaml:{said}") for problem in caught.value.problems), caught.value.problems
