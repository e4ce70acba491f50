"""The tables of docs/writing-rules*.md, docs/architecture.md and docs/forms.md, made from the code and the data they describe.

In goes the folder of the pages; what stands there between `<!-- functions -->` and `<!-- /functions -->` (and the same for
`places`, `relations`, `words`, `parameters`) is written again. `python -m validator.reports.language docs` writes them all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from validator.reports.visible import visible

if TYPE_CHECKING:
    from validator.forms.spec import Section
    from validator.rules.load import Ruleset

LANGUAGES: Mapping[str, str] = {"writing-rules.zh-CN.md": "zh", "writing-rules.md": "en", "architecture.md": "en"}
FORMS_PAGE = "forms.md"

_ARGUMENTS = {
    "figure": ("数", "figure"), "items": ("数或列…", "figures, lists …"), "value": ("格", "cell"), "list": ("列", "list"),
    "any": ("名称", "name"), "maybe": ("名称", "name"), "known": ("名称", "name"), "choice": ("格…", "cells …"),
    "lists": ("列…", "lists …"), "words": ("词…", "words …"),
}  # fmt: skip
_RESULTS = {
    "same": ("数", "figure"), "ratio": ("百分比", "ratio"), "number": ("个数", "number"), "truth": ("条件", "condition"),
    "value": ("格", "cell"),
}  # fmt: skip
_PLACES: Mapping[str, tuple[str, str, str]] = {
    "row": ("S.row", "每一行（分组行、分值的小计除外）", "each row that is no group heading and no subtotal of points"),
    "next": ("S.next", "第二行起的每一项，和它上面的一项", "each item but the first, with the one before it"),
    "cell": ("S.cell", "每一格（名称、标签除外）", "each cell that is no label"),
    "cell.TYPE": ("S.cell.TYPE", "一类栏的每一格：`funds.cell.amount`、`indicators.cell.points`",
                  "each cell of the columns of one type: `funds.cell.amount`, `indicators.cell.points`"),
    "column": ("S.column", "每一个有下级行的行，在每一个金额、数、指标值、完成值栏里",
               "each row with rows below it, in each column of amounts, numbers, targets or actuals"),
    "subtotal": ("S.subtotal", "每一个小计行，在每一个金额、数、分数栏里",
                 "each subtotal, in each column of amounts, numbers or points"),
    "group": ("S.group", "分组栏里每一个词下面的那些行", "the rows under each word of a group column"),
    "pair": ("S.pair", "每两个同类的数栏", "each two columns of one type"),
    "list": ("S.list", "每一栏", "each column"),
    "": ("S", "整个区块一次", "the whole section, once"),
    "form": ("form", "整张表一次", "the whole form, once"),
    "document": ("document.note、document.unknown、document.cut", "读不出的每一处；没认出的表；文字中断处",
                 "what could not be read; a table that was not recognised; where the text breaks off"),
}  # fmt: skip
_HEADS = {
    "functions": (("函数", "得到", "意思", "例"), ("function", "gives", "meaning", "example")),
    "places": (("for-each", "在哪里核对", "可用的名称"), ("for-each", "evaluated for", "names")),
    "relations": (("for-each", "可用的名称", "自带规则"), ("for-each", "names", "shipped rules")),
    "words": (("占位", "换成"), ("placeholder", "becomes")),
    "parameters": (("参数", "英文名", "值", "依据"), ("parameter", "English id", "value", "basis")),
}
_MESSAGE_WORDS: Mapping[str, tuple[str, str]] = {
    "row": ("这一行的标签", "label of the row"),
    "column": ("栏名", "name of the column"),
    "stated": ("被指出的格子里填的", "what stands in the cell that the finding points at"),
    "expected": ("应当填的数，带单位", "what should stand there, with its unit"),
    "computed": ("按 check 另一边算出的数（规则自己写了 expected 时用）", "what the other side of the check gives"),
    "difference": ("差多少，带单位，不带正负号", "the difference, with its unit, without a sign"),
    "direction": ("多 或 少", "too much, or too little"),
    "bound": ("应填的数是上限或下限时：至多、至少", "at most or at least, where what should stand there is a limit"),
    "count": ("用到的填了的格数", "how many filled cells were used"),
    "operands": ("用到的其他格子里填的", "what stands in the other cells"),
    "method": ("成立或最接近的那种读法的名字", "name of the reading of the check"),
    "reason": ("无法判断的原因", "why there is no verdict"),
}
_TYPES = {
    "label": "行名", "group": "分组", "name": "名称", "text": "文字", "amount": "金额", "percent": "百分比", "points": "分数",
    "target": "指标值", "actual": "完成值", "comparator": "符号", "unit": "单位", "number": "数",
}  # fmt: skip


def tables(ruleset: Ruleset, lang: str) -> dict[str, str]:
    """Return every generated table by its name."""
    rows = {
        "functions": _functions(lang),
        "places": _places(lang),
        "relations": _relations(ruleset, lang),
        "words": _words(lang),
        "parameters": _parameters(ruleset),
    }
    return {name: _table(_HEADS[name][lang == "en"], cells) for name, cells in rows.items()}


def forms_page(ruleset: Ruleset) -> str:
    """Return the page of all forms and shared sections: what rules can name in them."""
    seen: dict[str, Section] = {}
    for form in ruleset.forms.values():
        for section in form.sections:
            seen.setdefault(section.id, section)
    parts = [
        "# 自带的表和区块 Forms and sections\n\n由表样文件生成，请不要手工修改：`make docs`。 Generated; do not edit.\n",
        _table(
            ("表 form", "名称 title", "区块 sections", "依据 basis"),
            (
                (f"`{form.id}`", form.title.zh, "、".join(f"`{section.id}`" for section in form.sections) or "—", form.basis)
                for form in ruleset.forms.values()
            ),
        ),
        "自己的表里写 `use: 区块号` 就能用下面的区块。栏名、行名一栏里，顿号后面是也认得的其他写法，`*` 代表任意文字。\n",
    ]
    parts += [_section(section) for section in seen.values()]
    return "\n".join(parts)


def fill(text: str, made: Mapping[str, str]) -> str:
    """Return a page with its marked parts written again."""
    for name, table in made.items():
        marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = marked.sub(lambda found, table=table: f"{found[1]}\n{table}\n{found[2]}", text)  # type: ignore[misc]
    return text


def pages(folder: Path) -> dict[str, str]:
    """Return the text that each page should have, by file name."""
    from validator.rules.load import load_ruleset

    ruleset = load_ruleset()
    found = {FORMS_PAGE: forms_page(ruleset)}
    for name, lang in LANGUAGES.items():
        found[name] = fill((folder / name).read_text(encoding="utf-8"), tables(ruleset, lang))
    return found


def _functions(lang: str) -> Iterator[Sequence[str]]:
    from validator.rules.functions import FUNCTIONS

    en = lang == "en"
    for function in FUNCTIONS.values():
        call = (", " if en else "，").join(_ARGUMENTS[kind][en] for kind in function.parameters)
        yield (
            f"`{function.name}({call})`", _RESULTS[function.result][en], function.en if en else function.zh,
            f"`{function.example}`",
        )  # fmt: skip


def _places(lang: str) -> Iterator[Sequence[str]]:
    from validator.rules import scopes

    en = lang == "en"
    words = {
        "row": (
            scopes.ROW_WORDS,
            "每一栏的名称；`各行.栏名` 是这一栏的各项",
            "each column; `各行.COLUMN` is the column as a list",
        ),
        "next": (
            {},
            "与 `S.row` 相同，另有上面一项的 `上一行.栏名`、`上一行.行`",
            "as `S.row`, and of the item before `上一行.COLUMN` (`previous.COLUMN`), `上一行.行`",
        ),
        "cell": (scopes.CELL_WORDS, "", ""),
        "cell.TYPE": (scopes.CELL_WORDS, "", ""),
        "column": (scopes.COLUMN_WORDS, "", ""),
        "subtotal": (scopes.SUBTOTAL_WORDS, "", ""),
        "group": (scopes.GROUP_WORDS, "每一栏（各行的一列值）", "each column, as a list"),
        "pair": (scopes.PAIR_WORDS, "", ""),
        "list": (scopes.LIST_WORDS, "", ""),
        "": (
            scopes.SECTION_WORDS,
            "每一栏（各项的一列值）；`合计.栏名`、`首行.栏名`",
            "each column, as a list of its items; `合计.COLUMN`, `首行.COLUMN`",
        ),
        "form": (
            {},
            "`区块.栏名`、`区块.合计.栏名`、`区块.首行.栏名`；表头的 `表头.栏名`；`表年度`、`说明文字`",
            "`SECTION.COLUMN`, `SECTION.合计.COLUMN`, `表头.FIELD`; `表年度`, `说明文字`",
        ),
        "document": ({"remark": "说明"}, "", ""),
    }
    for kind, (place, zh, english) in _PLACES.items():
        own, text_zh, text_en = words[kind]
        names = [f"`{chinese}` (`{name}`)" if en else f"`{chinese}`" for name, chinese in own.items()]
        text = text_en if en else text_zh
        yield f"`{place}`", english if en else zh, ("; " if en else "；").join([*([text] if text else []), *names])


def _relations(ruleset: Ruleset, lang: str) -> Iterator[Sequence[str]]:
    from validator.rules.narrative.names import NAMES as PROSE
    from validator.rules.relations import NAMES

    en = lang == "en"
    for place, names in {**NAMES, **PROSE}.items():
        listed = (f"`{chinese}` (`{english}`)" if en else f"`{chinese}`" for english, (chinese, _, _) in names.items())
        using = [rule.spec for rule in ruleset.rules if rule.spec.for_each == place]
        titles = (f"{rule.id} {rule.title.en if en else rule.title.zh}" for rule in using)
        yield f"`{place}`", ("; " if en else "；").join(listed), ("; " if en else "；").join(titles)


def _words(lang: str) -> Iterator[Sequence[str]]:
    from validator.rules.compiling import MESSAGE_NAMES

    for name, texts in _MESSAGE_WORDS.items():
        if name in MESSAGE_NAMES:
            yield f"`{{{name}}}`", texts[lang == "en"]


def _parameters(ruleset: Ruleset) -> Iterator[Sequence[str]]:
    for name, parameter in ruleset.parameters.items():
        value = parameter.value if isinstance(parameter.value, str) else "、".join(parameter.value)
        yield f"`{name}`", f"`{parameter.en}`", value, parameter.basis


def _section(section: Section) -> str:
    columns = (
        (f"`{id}`", f"`{column.name}`", _TYPES[column.type], "、".join(column.labels)) for id, column in section.columns.items()
    )
    parts = [
        f"## `{section.id}` {section.title.zh}\n",
        _table(("栏 column", "名称 name", "类型 type", "其他写法 labels"), columns),
    ]
    if section.rows:
        rows = ((f"`{row.id}`", row.role, "、".join(row.labels), "、".join(row.within)) for row in section.rows)
        parts.append(_table(("行 row", "行类 role", "写法 labels", "属于 within"), rows))
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(visible(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the pages in the folder that is named."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m validator.reports.language DIRECTORY\n")
        return 2
    folder = Path(arguments[0])
    for name, text in pages(folder).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
