"""The command line: arguments in, the pipeline called for each document, a report out, an exit code returned.

Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 the command or a rule file makes no sense, or the report can't be
written; 3 a document could not be read or checked (the others are still reported). 2 ends the run at once; 3 weighs more than
1. Nothing but the report goes to standard output. Heavy modules are imported by the command that needs them.
"""

from __future__ import annotations

import io
import os
import re
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, NamedTuple

from validator.arguments import nearest, parser
from validator.errors import GoujiError, UnreadableDocument, UsageError
from validator.model.finding import Coverage, Severity
from validator.reports.visible import excerpt, visible

if TYPE_CHECKING:
    from validator.forms import spec
    from validator.model.finding import Report
    from validator.pipeline import Understanding
    from validator.reports.baseline import Baseline
    from validator.reports.idle import Idle
    from validator.rules.load import CompiledRule, Ruleset

STDIN = "-"
_WHICH_RULES = "用 gouji rules 查看全部规则；自己写的要加 --ruleset 文件夹"
_WHOLE = frozenset({"html", "sarif", "junit"})
"""Formats that are one text however many documents there are."""
BROKEN_PIPE = 141
"""What a shell reports for a program whose reader went away (128 + SIGPIPE)."""
INTERRUPTED = 130
"""What a shell reports after Ctrl-C (128 + SIGINT)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # the caller has closed it
            setattr(sys, name, open(os.devnull, mode))  # noqa: PTH123, SIM115 (stays open until the end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except GoujiError as error:
        _tell(f"gouji: {error}")
        return error.exit_code
    except BrokenPipeError:
        _drop_output()
        return BROKEN_PIPE
    except OSError as error:
        _drop_output()
        _tell(f"gouji: 没有写完（{error.strerror or type(error).__name__}）；请核对磁盘空间和权限")
        return UsageError.exit_code
    except SystemExit as stop:  # argparse has printed the help that was asked for
        return int(stop.code or 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 (a bug of ours must not look like a fault of the user's)
        _tell_bug(error, "", debug="--debug" in arguments)
        return UnreadableDocument.exit_code
    return code


def _run(arguments: list[str]) -> int:
    if arguments[:1] in (["--version"], ["-V"]):
        _out(f"gouji {_version()}\n")
        return 0
    if not arguments:
        sys.stderr.write(parser().format_help())
        return UsageError.exit_code
    if not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        raise UsageError(f"没有“{_shown(arguments[0])}”这个命令", remedy=nearest(arguments[0], COMMANDS, "可用的命令"))
    options = parser().parse_args(arguments)
    return COMMANDS[options.command](options)


# The commands.


def check(options: Namespace) -> int:
    """Check documents; write the report of each as soon as it is there, or one of all of them where the format asks for it."""
    from validator import pipeline

    ruleset = _ruleset(options)
    select, ignore = _rule_ids(options.select, options), _rule_ids(options.ignore, options)
    _known_form(options.form, options)
    run = _Run(options)
    idle = _idle(options, select, ignore)
    whole: list[tuple[Report, Understanding | None]] = []
    with _output(options.output) as stream:
        write = _writer(options.format, stream, options.lang)

        def check_one(source: _Source) -> None:
            seen = None
            if options.format == "html":
                checker = pipeline.checker(ruleset)
                seen = checker.understand(source.content(), name=source.name, form=options.form)
                report = checker.judge(seen, lang=options.lang, select=select, ignore=ignore)
            else:
                report = pipeline.check(
                    source.content(),
                    name=source.name,
                    ruleset=ruleset,
                    form=options.form,
                    lang=options.lang,
                    select=select,
                    ignore=ignore,
                )
            report = run.take(report)
            if idle is not None:
                idle.take(report)
            run.progress.clear()
            if options.format in _WHOLE:
                whole.append((report, seen))
            else:
                write(report)

        run.each(options.paths, check_one)
        if options.format in _WHOLE:
            _put(stream, _of_all(options, whole, run))
        elif options.format == "github":
            from validator.reports import github

            _put(stream, "".join(github.unread(name, why) for name, why in run.skipped))
        if options.format == "rich" and len(run.counts) + run.unread > 1:
            from validator.reports import terminal

            terminal.write_total(run.counts, run.unread, terminal.console(stream), lang=options.lang)
    run.finish()
    if idle is not None and idle.told:
        _tell(visible(f"gouji: 自己的规则没有用上：{idle.told}"))
    return run.exit_code


def facts(options: Namespace) -> int:
    """Print what was read from documents and how it was understood."""
    from validator import pipeline
    from validator.forms.absent import absent
    from validator.reports import facts as report

    ruleset = _ruleset(options)
    _known_form(options.form, options)
    run = _Run(options)
    own = _own_sections(options)

    def tell_one(source: _Source) -> None:
        seen = pipeline.understand(source.content(), name=source.name, ruleset=ruleset, form=options.form)
        run.progress.clear()
        if options.format == "json":
            _out(report.render_json(seen.document, seen.forms, seen.reasons) + "\n")
        else:
            lacking = {form.index: tuple(absent(form, own.get(form.id, ()))) for form in seen.forms}
            _out(report.render(seen.document, seen.forms, seen.reasons, lacking, width=_width(), lang=options.lang))

    run.each(options.paths, tell_one)
    return UnreadableDocument.exit_code if run.unread else 0


def show(options: Namespace) -> int:
    """Print one cell or span of a document in its surroundings."""
    from validator.readers import read
    from validator.readers.locate import locate
    from validator.reports import surroundings

    source = _Source(options.path)
    document = read(source.content(), name=source.name)
    found = locate(document, options.address)
    _out(surroundings.render(document, found.block, found.cell, options.address, width=_width()))
    return 0


def rules(options: Namespace) -> int:
    """List the rules."""
    ruleset = _loaded(options)
    _known_form(options.form, options)
    listed = [rule for rule in ruleset.rules if not options.form or rule.applies_to(options.form)]
    if options.format == "json":
        _out("".join(f"{_rule_json(rule)}\n" for rule in listed))
        return 0
    from validator.reports.layout import columns

    zh = options.lang == "zh"
    every = "各种表" if zh else "any form"
    rows = [
        (
            rule.id,
            rule.spec.severity,
            _text(rule.spec.title, options.lang),
            ("、" if zh else ", ").join(sorted(rule.forms)) or every,
        )
        for rule in listed
    ]
    _out("".join(f"{line}\n" for line in columns(rows, _width(), shrink=(2, 3))))
    return 0


def explain(options: Namespace) -> int:
    """Print the pages of rules."""
    from validator.reports import rulebook

    ruleset = _loaded(options)
    titles = {id: form.title.zh for id, form in ruleset.forms.items()}
    pages = []
    for name in options.rules:
        rule = ruleset.rule(name) or ruleset.rule(name.upper())
        if rule is None:
            known = [word for rule in ruleset.rules for word in (rule.id, rule.spec.name)]
            raise UsageError(f"没有规则“{_shown(name)}”", remedy=nearest(name, known, _WHICH_RULES))
        page = _file_of(rule, ruleset) if options.yaml else rulebook.page(rulebook.resolved(rule.spec, rule.forms), titles)
        pages.append(page)
    _out("\n".join(pages))
    return 0


def forms(options: Namespace) -> int:
    """List the forms that can be recognised."""
    from validator.reports.layout import columns

    rows = [(id, _text(form.title, options.lang), visible(form.basis)) for id, form in _loaded(options).forms.items()]
    _out("".join(f"{line}\n" for line in columns(rows, _width(), shrink=(1, 2))))
    return 0


def test(options: Namespace) -> int:
    """Run the examples that the rules of a folder carry."""
    from validator.rules.examples import run
    from validator.rules.load import load_ruleset

    folder = Path(options.folder) if options.folder else None
    ruleset = _own_rules(options.folder, standalone=options.standalone) if options.folder else load_ruleset()
    own = {rule.id for rule in ruleset.rules if folder is None or (folder / rule.file).is_file()}
    results = [result for result in run(ruleset) if result.rule in own]
    wrong = [result for result in results if not result.ok]
    _out("".join(f"{result.name}：{visible(result.message)}\n" for result in wrong))
    _out(
        f"{len(own)} 条规则，{len(results)} 个例子，{len(wrong)} 个不对\n"
        if wrong
        else f"{len(own)} 条规则，{len(results)} 个例子，都对\n"
    )
    return int(bool(wrong))


def annotate(options: Namespace) -> int:
    """Write a copy of a document with the findings marked in it."""
    from validator import pipeline
    from validator.reports import annotation, remarks

    ruleset = _ruleset(options)
    _known_form(options.form, options)
    report = pipeline.check(Path(options.path), ruleset=ruleset, form=options.form, lang=options.lang)
    annotation.annotate(Path(options.path), report, Path(options.output), force=options.force)
    _tell(f"gouji: 已写入 {_shown(options.output)}（{remarks.summary(report)}）")
    return 0


def letter(options: Namespace) -> int:
    """Write the letter that a reviewing office sends back."""
    from datetime import date

    from validator import pipeline
    from validator.reports import letter as report
    from validator.reports import remarks

    ruleset = _ruleset(options)
    _known_form(options.form, options)
    checker = pipeline.checker(ruleset)
    understood = checker.understand(Path(options.path), form=options.form)
    found = checker.judge(understood, lang=options.lang)
    day = options.date or date.today()  # noqa: DTZ011 (the office's own day)
    said = report.particulars_of(understood.forms, office=options.office, day=day)
    given = {key: text for key in ("unit", "project") if (text := getattr(options, key)) is not None}
    template = Path(options.template) if options.template else None
    report.letter(found, Path(options.output), particulars=replace(said, **given), template=template)
    _tell(f"gouji: 已写入 {_shown(options.output)}（{remarks.summary(found)}）")
    return 0


def serve(options: Namespace) -> int:
    """Serve the page on this machine until interrupted."""
    try:
        from validator.serve.rules import Rules
        from validator.serve.run import run
    except ImportError as error:
        raise UsageError(
            f"打开网页要用 {error.name or 'fastapi'}，还没有安装", remedy='运行 pip install "gouji[serve]"'
        ) from error
    _ruleset(options)  # mistakes in it are told before anything is served
    rules = Rules(os.path.abspath(options.ruleset), options.standalone) if options.ruleset else Rules()  # noqa: PTH100 (as typed)
    run(
        options.port,
        lang=options.lang,
        rules=rules,
        tell=lambda address: _tell(f"gouji: 用浏览器打开 {address}（按 Ctrl-C 结束）"),
    )
    return 0


COMMANDS: Mapping[str, Callable[[Namespace], int]] = MappingProxyType(
    {
        "check": check,
        "facts": facts,
        "show": show,
        "rules": rules,
        "explain": explain,
        "forms": forms,
        "test": test,
        "annotate": annotate,
        "letter": letter,
        "serve": serve,
    }
)

# What the commands share.


class _Source(NamedTuple):
    """A document named on the command line or found in a folder; `-` is standard input, read when its turn comes."""

    path: str

    @property
    def name(self) -> str:
        return "stdin" if self.path == STDIN else self.path

    def content(self) -> Path | bytes:
        if self.path != STDIN:
            return Path(self.path)
        from validator.readers import LIMITS

        return sys.stdin.buffer.read(LIMITS.max_bytes + 1)


class _Run:
    """One pass over documents: one that can't be read is told and counted, the others go on."""

    def __init__(self, options: Namespace) -> None:
        self.progress = _Progress(sys.stderr)
        self.counts: list[tuple[int, int]] = []
        """Errors and other findings of each report."""
        self.unread = 0
        self.skipped: list[tuple[str, str]] = []
        """Documents that were not checked, each with why."""
        self.failed = False
        self._debug: bool = options.debug
        fail_on = getattr(options, "fail_on", "never")
        self._threshold = None if fail_on == "never" else Severity(fail_on)
        self._baseline = _baseline(getattr(options, "baseline", None))
        self._idle = set(self._baseline.waivers) if self._baseline else set()
        self._written = _new_file(getattr(options, "write_baseline", None))
        self._kept: list[Report] = []

    @property
    def exit_code(self) -> int:
        """What the command ends with."""
        return UnreadableDocument.exit_code if self.unread else int(self.failed)

    def each(self, paths: Iterable[str], action: Callable[[_Source], None]) -> None:
        """Do something with every document."""
        sources = list(self._sources(paths))
        for number, source in enumerate(sources, 1):
            self.progress.step(number, len(sources), source.name)
            try:
                action(source)
            except UnreadableDocument as error:
                self._skip(source.name, error)
            except (GoujiError, OSError):  # readers have a sentence for what they can't open: this is about our output
                raise
            except Exception as error:  # noqa: BLE001 (whatever one document does to us, the others are still checked)
                self.progress.clear()
                self.unread += 1
                self.skipped.append((source.name, f"程序内部出错：{type(error).__name__}"))
                _tell_bug(error, source.name, debug=self._debug)

    def take(self, report: Report) -> Report:
        """Apply the baseline to a report, count it, and return what is to be shown."""
        if self._baseline:
            from validator.reports import baseline

            self._idle &= baseline.unused(self._baseline, [report])
            report = baseline.apply(report, self._baseline)
        errors = report.count(Severity.ERROR)
        self.counts.append((errors, len(report.findings) - errors))
        self.failed = self.failed or report.fails(self._threshold)
        if self._written:
            self._kept.append(replace(report, checks=(), tallies=(), coverage=Coverage()))
        return report

    def finish(self) -> None:
        """Write the baseline that was asked for; tell which entries of the one that was given are idle."""
        if self._idle and self._baseline and not self.unread:
            lines = "、".join(str(waiver.line) for waiver in sorted(self._idle, key=lambda waiver: waiver.line))
            _tell(f"gouji: {_shown(self._baseline.file)}：第 {lines} 行的豁免没有对应的问题，可以删去")
        if self._written:
            from validator.reports import baseline

            try:
                self._written.write_text(baseline.write(self._kept), encoding="utf-8", newline="\n")
            except OSError as error:
                raise UsageError("写不进这个文件", where=_shown(str(self._written)), remedy="请核对路径和权限") from error
            _tell(f"gouji: 已写入 {_shown(str(self._written))}，请在每一条的 reason 处写明理由")

    def _sources(self, paths: Iterable[str]) -> Iterator[_Source]:
        for path in paths:
            if path != STDIN and os.path.isdir(path):  # noqa: PTH112 (a Path of no name is the present folder, one too long an error)
                found = list(_within(Path(path)))
                if not found:
                    self._skip(path, UnreadableDocument("文件夹里没有能读的文件", remedy="请核对路径和文件的后缀"))
                yield from found
            else:
                yield _Source(path)

    def _skip(self, name: str, error: UnreadableDocument) -> None:
        self.progress.clear()
        self.unread += 1
        inner = f"{error.where}：" if error.where and error.where not in (name, Path(name).name) else ""
        why = f"{inner}{error.message}" + (f"（{error.remedy}）" if error.remedy else "")
        self.skipped.append((name, why))
        _tell(visible(f"{_shown(name)}：{why}"))


class _Progress:
    """A line on a terminal's standard error, once the work takes longer than a second."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._due = time.monotonic() + 1.0
        self._wanted = stream.isatty()
        self._shown = False

    def step(self, number: int, total: int, name: str) -> None:
        """Say which document is next, at most ten times a second."""
        now = time.monotonic()
        if not self._wanted or total < 2 or now < self._due:
            return
        self._due = now + 0.1
        self._stream.write(f"\r\x1b[K{number}/{total} {_shown(name)}")
        self._stream.flush()
        self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False


def _within(folder: Path) -> Iterator[_Source]:
    """Yield the documents below a folder, sorted; hidden ones and the lock files of office programs are passed over."""
    from validator.readers import SUFFIXES

    for directory, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")) and name.lower().endswith(SUFFIXES):
                yield _Source(os.path.join(directory, name))  # noqa: PTH118 (a Path would turn ./a into a)


@contextmanager
def _output(path: str | None) -> Iterator[IO[str]]:
    """Give the stream that the report goes to."""
    if path is None:
        yield sys.stdout
        return
    try:
        stream = Path(path).open("w", encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise UsageError("写不进这个文件", where=_shown(path), remedy="请核对路径和权限") from error
    with stream:
        yield stream


def _writer(format: str, stream: IO[str], lang: str) -> Callable[[Report], None]:
    """Return what writes one report; only the module of this format is imported."""
    if format == "json":
        from validator.reports import json

        return lambda report: _put(stream, json.render(report) + "\n")
    if format == "concise":
        from validator.reports import concise

        return lambda report: _put(stream, concise.render(report))
    if format == "github":
        from validator.reports import github

        return lambda report: _put(stream, github.render(report))
    from validator.reports import terminal

    console = terminal.console(stream)
    written = 0

    def write(report: Report) -> None:
        nonlocal written
        if written:
            _put(stream, "\n")
        terminal.write(report, console, lang=lang)
        written += 1

    return write


def _of_all(options: Namespace, whole: Sequence[tuple[Report, Understanding | None]], run: _Run) -> str:
    """Return the one report of all documents."""
    if options.format == "html":
        from validator.reports import html

        checked = [html.Checked(report, seen.document, seen.forms) for report, seen in whole if seen is not None]
        return html.render_all(checked, run.skipped, lang=options.lang)
    reports = [report for report, _ in whole]
    if options.format == "junit":
        from validator.reports import junit

        fail_on = None if options.fail_on == "never" else Severity(options.fail_on)
        return junit.render(reports, unread=run.skipped, fail_on=fail_on, every_outcome=options.every_outcome)
    from validator.reports import sarif

    texts = {
        rule.id: sarif.RuleText(
            rule.spec.name,
            title=_text(rule.spec.title, options.lang),
            why=_text(rule.spec.why, options.lang),
            help=_text(rule.spec.help, options.lang),
            basis=_text(rule.spec.basis, options.lang),
            severity=rule.spec.severity,
        )
        for rule in _loaded(options).rules
    }
    return sarif.render(
        reports,
        unread=run.skipped,
        rules=texts,
        exit_code=run.exit_code,
        every_outcome=options.every_outcome,
        lang=options.lang,
    )


def _put(stream: IO[str], text: str) -> None:
    stream.write(text)
    stream.flush()


def _ruleset(options: Namespace) -> Ruleset | None:
    """Return the ruleset that was asked for; None stands for the shipped one."""
    return _loaded(options) if options.ruleset else None


def _loaded(options: Namespace) -> Ruleset:
    from validator.rules.load import load_ruleset

    if not options.ruleset:
        return load_ruleset()
    return _own_rules(options.ruleset, standalone=options.standalone)


@lru_cache(maxsize=4)
def _own_rules(folder: str, *, standalone: bool) -> Ruleset:
    """Return a ruleset of the user's own; what is allowed in it and seldom meant is told once."""
    from validator.rules.load import load_ruleset

    ruleset = load_ruleset(Path(folder), extends=not standalone)
    for warning in ruleset.warnings:
        _tell(f"gouji: 提醒：{warning}")
    return ruleset


def _own_sections(options: Namespace) -> Mapping[str, Sequence[spec.Section]]:
    """Return the blocks of the forms of the user's own, by form: those that no shipped form has."""
    if not options.ruleset:
        return {}
    from validator.rules.load import load_ruleset

    shipped = load_ruleset().forms
    known = {section.id for form in shipped.values() for section in form.sections}
    return {
        id: [section for section in form.sections if section.id not in known]
        for id, form in _loaded(options).forms.items()
        if id not in shipped
    }


def _idle(options: Namespace, select: Sequence[str], ignore: Sequence[str]) -> Idle | None:
    """Return an account of the rules of the user's own that are wanted and have nothing to check; None where there are none."""
    if not options.ruleset:
        return None
    from validator.reports.idle import Idle

    own = [rule for rule in _loaded(options).rules if (Path(options.ruleset) / rule.file).is_file()]
    return Idle({rule.id: rule.forms for rule in own if (not select or rule.id in select) and rule.id not in ignore})


def _known_form(id: str | None, options: Namespace) -> None:
    if id is not None and id not in (known := _loaded(options).forms):
        raise UsageError(f"没有“{_shown(id)}”这种表", remedy=nearest(id, known, "可用的表"))


def _rule_ids(texts: Sequence[str], options: Namespace) -> tuple[str, ...]:
    """Return the ids of the rules that are meant: by id, by name, or by area (FUND)."""
    wanted = [word for text in texts for word in re.split(r"[,，\s]+", text) if word]
    if not wanted:
        return ()
    found: dict[str, None] = {}
    known = _loaded(options).rules
    for word in wanted:
        meant = [rule.id for rule in known if word.upper() in (rule.id, rule.id.rpartition("-")[0]) or word == rule.spec.name]
        if not meant:
            words = [text for rule in known for text in (rule.id, rule.spec.name)]
            raise UsageError(f"没有规则“{_shown(word)}”", remedy=nearest(word, words, _WHICH_RULES))
        found.update(dict.fromkeys(meant))
    return tuple(found)


def _baseline(path: str | None) -> Baseline | None:
    if path is None:
        return None
    from validator.reports import baseline

    return baseline.load(Path(path))


def _new_file(path: str | None) -> Path | None:
    """Return the path of a file to write; reasons that someone filled in are never written over."""
    if path is None:
        return None
    if Path(path).exists():
        raise UsageError("文件已经存在，没有覆盖", where=_shown(path), remedy="换一个文件名，或先删去它")
    return Path(path)


def _file_of(rule: CompiledRule, ruleset: Ruleset) -> str:
    """Return the text of a rule's file, under a comment that says where it stands."""
    paths = (directory / rule.file for directory in reversed(ruleset.directories))
    path = next(path for path in paths if path.is_file())
    return f"# {rule.file}\n{path.read_text(encoding='utf-8-sig').rstrip()}\n"


def _rule_json(rule: CompiledRule) -> str:
    import json

    spec = rule.spec
    data = {"id": rule.id, "name": spec.name, "severity": spec.severity, "kind": spec.kind, "forms": sorted(rule.forms)}
    texts = {key: {"zh": text.zh, "en": text.en} for key in ("title", "why", "basis", "help") for text in (getattr(spec, key),)}
    return json.dumps({**data, **texts, "file": rule.file}, ensure_ascii=False)


def _text(text: spec.Text, lang: str) -> str:
    return visible(text.en if lang == "en" and text.en else text.zh)


def _width() -> int:
    from shutil import get_terminal_size

    return max(get_terminal_size((120, 24)).columns, 40)


def _shown(text: str) -> str:
    return excerpt(text, 120)


def _drop_output() -> None:
    """Let go of what could not be written: Python would complain once more when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _out(text: str) -> None:
    sys.stdout.write(text)


def _tell(text: str) -> None:
    """Say something on standard error. A message of several lines keeps them; everything else in it is made visible."""
    sys.stderr.write("".join(f"{visible(line)}\n" for line in text.split("\n")))
    sys.stderr.flush()


def _tell_bug(error: Exception, where: str, *, debug: bool) -> None:
    place = f"{_shown(where)}：" if where else "gouji: "
    _tell(f"{place}内部错误（{type(error).__name__}），这一份没有完成；请带上文件反馈，加 --debug 可看到详情")
    if debug:
        import traceback

        _tell("".join(traceback.format_exception(error)).rstrip())


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("gouji")
    except PackageNotFoundError:
        return "0（未安装，直接从源码运行）"
