"""What may stand on the command line, and what is said when it makes no sense.

In goes nothing, out comes a parser. It raises UsageError instead of ending the program; what the commands do is in `cli`.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NoReturn

from validator.errors import UsageError
from validator.reports.visible import excerpt

FORMATS = ("rich", "concise", "json", "html", "sarif", "junit", "github")
FAIL_ON = ("error", "warning", "info", "never")
LANGUAGES = ("zh", "en")


_Commands = argparse._SubParsersAction  # noqa: SLF001 (argparse has no public name for what add_subparsers returns)


class _Parser(argparse.ArgumentParser):
    """Says in Chinese what is wrong with a command line, and leaves the exit code to `main`."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        for pattern, said in _COMPLAINTS:
            if match := re.search(pattern, message):
                raise UsageError(said.format(*match.groups()), remedy=self._remedy(match))
        raise UsageError(f"命令行写法有误：{message}", remedy=f"用 {self.prog} --help 查看写法")

    def _remedy(self, match: re.Match[str]) -> str:
        known = dict.fromkeys(_options(self))
        given = match.group(1).split("=")[0].split(" ")[0]
        near = nearest(given, known, "") if given.startswith("-") and given not in known else ""
        return near or f"用 {self.prog} --help 查看写法"


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the options of a parser and of its commands."""
    for action in parser._actions:  # noqa: SLF001 (argparse has no public list of its options)
        yield from action.option_strings
        if isinstance(action, _Commands):
            for command in action.choices.values():
                yield from _options(command)


_COMPLAINTS = (
    (r"^the following arguments are required: (.*)$", "缺少 {}"),
    (r"^unrecognized arguments: (.*)$", "不认识 {}"),
    (r"^argument ([^:]*): expected .*argument.*$", "{} 后面缺少值"),
    (r"^argument ([^:]*): not allowed with argument (.*)$", "{} 不能和 {} 一起用"),
    (r"^argument ([^:]*): (没有.*)$", "{}：{}"),
)
"""What argparse says, and how we say it."""


def _choice(known: Sequence[str]) -> Callable[[str], str]:
    """Return a converter that takes one of some words."""

    def choose(text: str) -> str:
        if text in known:
            return text
        raise argparse.ArgumentTypeError(f"没有“{excerpt(text)}”；{nearest(text, known, '可用')}")

    return choose


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser(
        prog="gouji",
        allow_abbrev=False,
        description="勾稽：核对绩效自评表里的数字是否对得上。 Checks that the figures in a self-evaluation form agree.",
        epilog="退出码 exit codes：0 没有问题 clean，1 有问题 findings，2 用法或规则有误 usage，3 有文件没能读出 unreadable",
    )
    parser.add_argument("--version", "-V", action="store_true", help="版本 print the version")
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令 commands", required=True)
    for add in (
        *(_add_check, _add_facts, _add_show, _add_rules, _add_explain, _add_forms, _add_test, _add_annotate, _add_letter),
        _add_serve,
    ):
        add(commands)
    return parser


def _add(commands: _Commands[_Parser], name: str, help: str) -> _Parser:
    parser = commands.add_parser(name, help=help, description=help, allow_abbrev=False)
    language = os.environ.get("GOUJI_LANG", "zh")
    parser.add_argument(
        "--lang",
        type=_choice(LANGUAGES),
        metavar="|".join(LANGUAGES),
        default=language if language in LANGUAGES else "zh",
        help="报告的语言 language of the report (GOUJI_LANG)",
    )
    parser.add_argument("--debug", action="store_true", help="出内部错误时显示详情 show details of internal errors")
    return parser


def _add_ruleset(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--ruleset",
        type=_named,
        metavar="DIR",
        help="另加的规则文件夹，同号的替换自带规则 a folder of additional rules and forms",
    )
    parser.add_argument("--standalone", action="store_true", help="只用 --ruleset 里的规则 use no rules but those of --ruleset")


def _add_form(parser: argparse.ArgumentParser, help: str) -> None:
    parser.add_argument("--form", metavar="ID", help=help)


def _add_check(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "check", "核对文件 check documents")
    parser.add_argument(
        "paths",
        nargs="+",
        type=_named,
        metavar="PATH",
        help="文件、文件夹，或 - 表示标准输入 files, folders, - for standard input",
    )
    parser.add_argument(
        "--format", type=_choice(FORMATS), default="rich", metavar="|".join(FORMATS), help="报告格式 format of the report"
    )
    parser.add_argument("--output", "-o", metavar="FILE", help="把报告写进文件 write the report to a file")
    parser.add_argument(
        "--every-outcome",
        action="store_true",
        help="sarif、junit 里也列出相符的和没能核对的 list passes and what could not be checked too, in sarif and junit",
    )
    _add_ruleset(parser)
    _add_form(parser, "当作这种表，不用辨认 take it for this form")
    parser.add_argument(
        "--select", action="append", default=[], metavar="RULE,…", help="只用这些规则（号、名或类别） only these rules"
    )
    parser.add_argument("--ignore", action="append", default=[], metavar="RULE,…", help="不用这些规则 not these rules")
    parser.add_argument(
        "--fail-on",
        type=_choice(FAIL_ON),
        default="error",
        metavar="|".join(FAIL_ON),
        help="有这一级或更重的问题时退出码为 1，默认 error severity from which the exit code is 1",
    )
    parser.add_argument("--baseline", metavar="FILE", help="豁免清单 findings that are waived")
    parser.add_argument(
        "--write-baseline", metavar="FILE", help="把现有问题写成豁免清单，理由待填 write all findings as a baseline"
    )


def _add_facts(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "facts", "列出读到的内容和理解 what was read and how it was understood")
    parser.add_argument(
        "paths", nargs="+", type=_named, metavar="FILE", help="文件、文件夹，或 - files, folders, - for standard input"
    )
    parser.add_argument("--format", type=_choice(("table", "json")), default="table", metavar="table|json", help="格式 format")
    _add_ruleset(parser)
    _add_form(parser, "当作这种表，不用辨认 take it for this form")


def _add_show(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "show", "显示一个位置和它的周围 show a place in its surroundings")
    parser.add_argument("path", type=_named, metavar="FILE", help="文件，或 - a file, - for standard input")
    parser.add_argument(
        "address", metavar="ADDRESS", help="报告里写的位置：自评表!H8、表2!R8C5、L12:5-12 an address as in a report"
    )


def _add_rules(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "rules", "列出规则 list the rules")
    parser.add_argument("--format", type=_choice(("table", "json")), default="table", metavar="table|json", help="格式 format")
    _add_ruleset(parser)
    _add_form(parser, "只列用于这种表的 only those for this form")


def _add_explain(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "explain", "解释规则 explain rules")
    parser.add_argument("rules", nargs="+", metavar="RULE", help="规则号或名 id or name")
    parser.add_argument("--yaml", action="store_true", help="规则文件的原文，可以抄来改 the file of the rule, to copy from")
    _add_ruleset(parser)


def _add_forms(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "forms", "列出认得的表 list the forms")
    _add_ruleset(parser)


def _add_test(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "test", "试一试规则里的例子 run the examples of rules")
    parser.add_argument(
        "folder",
        nargs="?",
        type=_named,
        metavar="DIR",
        help="规则文件夹；不写就试自带的规则 a folder of rules; default: the shipped ones",
    )
    parser.add_argument("--standalone", action="store_true", help="这个文件夹不靠自带的表和规则 the folder stands on its own")


def _add_annotate(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "annotate", "在原文件的副本上标出问题 mark the findings in a copy of the document")
    parser.add_argument("path", type=_named, metavar="FILE", help="文件 the document")
    parser.add_argument(
        "--output", "-o", metavar="OUT", required=True, help="批注副本：xlsx、docx 照旧，其他为 html the annotated copy"
    )
    parser.add_argument("--force", action="store_true", help="可以覆盖原文件 the document itself may be written over")
    _add_ruleset(parser)
    _add_form(parser, "当作这种表，不用辨认 take it for this form")


def _add_letter(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "letter", "写审核意见 write the review letter (docx)")
    parser.add_argument("path", type=_named, metavar="FILE", help="文件 the document")
    parser.add_argument("--output", "-o", metavar="OUT", required=True, help="审核意见，docx the letter")
    parser.add_argument("--template", metavar="DOCX", help="本单位的模板 a template of your own")
    parser.add_argument("--unit", metavar="TEXT", help="被审核单位，不写就取表里填的 whose document it is")
    parser.add_argument("--project", metavar="TEXT", help="项目，不写就取表里填的 the project")
    parser.add_argument("--office", metavar="TEXT", default="", help="审核单位（落款） who signs")
    parser.add_argument("--date", metavar="YYYY-MM-DD", type=_day, help="日期，默认今天 the date, today by default")
    _add_ruleset(parser)
    _add_form(parser, "当作这种表，不用辨认 take it for this form")


def _add_serve(commands: _Commands[_Parser]) -> None:
    parser = _add(commands, "serve", "在本机打开网页，拖进文件就核对 serve the page on this machine")
    parser.add_argument("--port", metavar="N", type=_port, default=8765, help="端口，默认 8765；0 表示任选 the port")
    _add_ruleset(parser)


def _named(text: str) -> str:
    """Refuse no name at all, which a variable that isn't set leaves behind: it would stand for the present folder."""
    if text:
        return text
    raise argparse.ArgumentTypeError("没有写名字")


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:6]) < 65536:
        return int(text[:6])
    raise argparse.ArgumentTypeError(f"没有“{excerpt(text)}”这个端口；写 0 到 65535 之间的数")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"没有“{excerpt(text)}”这一天；写作 2024-05-06") from error


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Ask whether the nearest known word was meant; where none is near, list them, or say where they are listed."""
    from difflib import get_close_matches

    words = list(known)
    folded = {text.lower(): text for text in words}
    near = get_close_matches(word.lower(), folded, n=1, cutoff=0.6)
    if near:
        return f"是不是 {folded[near[0]]}？"
    return f"{otherwise}：{'、'.join(words)}" if otherwise and len(words) <= 12 else otherwise
