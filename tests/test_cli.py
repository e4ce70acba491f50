from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.reports import samples
from validator import cli, pipeline
from validator.errors import RulesetError, UnreadableDocument
from validator.model.finding import Report

ROOT = Path(__file__).resolve().parents[1]
FLAWED = ROOT / "samples" / "project" / "flawed" / "rural-clinics.xlsx"
CLEAN = ROOT / "samples" / "project" / "clean" / "school-repairs.xlsx"


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Replace the pipeline: the name of a file says what comes of it. What was asked for is collected."""
    calls: list[dict[str, Any]] = []

    def check(source: Path | bytes, **asked: Any) -> Report:
        calls.append({"source": source, **asked})
        name = asked["name"]
        if "unreadable" in name:
            raise UnreadableDocument("文件已加密", where=Path(name).name, remedy="去掉密码后另存")
        if "bug" in name:
            raise ZeroDivisionError
        if "rules" in name:
            raise RulesetError(["a.yaml:1:2: 错", "b.yaml:3:4: 也错"])
        report = samples.clean_report() if "clean" in name else samples.sample_report()
        return replace(report, path=name)

    monkeypatch.setattr(pipeline, "check", check)
    return calls


def named(calls: list[dict[str, Any]]) -> list[str]:
    return [Path(call["name"]).name for call in calls]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestExitCodes:
    @pytest.mark.usefixtures("checked")
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["clean"], 0),
            (["flawed"], 1),
            (["clean", "flawed"], 1),
            (["flawed", "--fail-on", "never"], 0),
            (["flawed", "--fail-on", "info"], 1),
            (["unreadable"], 3),
            (["unreadable", "clean"], 3),
            (["flawed", "unreadable"], 3),
            (["bug", "flawed"], 3),
            (["rules"], 2),
        ],
    )
    def test_the_code_says_what_came_out(self, arguments: list[str], code: int) -> None:
        assert cli.main(["check", *arguments]) == code

    @pytest.mark.usefixtures("checked")
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["chek", "a"], "是不是 check？"),
            (["frobnicate"], "可用的命令：check、"),
            (["check"], "缺少 PATH"),
            (["check", "a", "--formt", "json"], "是不是 --format？"),
            (["check", "a", "--format", "jsn"], "是不是 json？"),
            (["check", "a", "--format"], "--format 后面缺少值"),
            (["check", "a", "--select", "FUND-0033"], "没有规则“FUND-0033”"),
            (["check", "a", "--ignore", "nonsense-rule"], "没有规则“nonsense-rule”"),
            (["check", "a", "--form", "projekt"], "是不是 project？"),
            (["check", "a", "--ruleset", "/nowhere"], "没有这个文件夹"),
            (["check", "a", "--baseline", "/nowhere.yaml"], "打不开豁免清单"),
            (["check", "a", "--output", "/nowhere/a.txt"], "写不进这个文件"),
            (["explain", "FUND-0"], "没有规则“FUND-0”"),
            (["check", "rules"], "b.yaml:3:4: 也错"),
        ],
    )
    def test_a_wrong_use_is_told_with_the_nearest_right_one(
        self, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(arguments) == 2

        written = capsys.readouterr()
        assert said in written.err
        assert written.out == ""

    def test_without_arguments_the_help_is_shown(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main([]) == 2
        assert "check" in capsys.readouterr().err

    @pytest.mark.parametrize("command", cli.COMMANDS)
    def test_every_command_has_help(self, command: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main([command, "--help"]) == 0
        assert command in capsys.readouterr().out


class TestSeveralDocuments:
    @pytest.mark.usefixtures("checked")
    def test_one_that_cannot_be_read_is_one_sentence_and_the_others_are_checked(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cli.main(["check", "unreadable.xlsx", "flawed.xlsx", "--format", "concise"])

        written = capsys.readouterr()
        assert written.err == "unreadable.xlsx：文件已加密（去掉密码后另存）\n"
        assert len(written.out.splitlines()) == 4

    @pytest.mark.usefixtures("checked")
    def test_json_is_one_line_each(self, capsys: pytest.CaptureFixture[str]) -> None:
        cli.main(["check", "flawed.xlsx", "clean.xlsx", "--format", "json"])

        lines = capsys.readouterr().out.splitlines()
        assert [json.loads(line)["document"]["path"] for line in lines] == ["flawed.xlsx", "clean.xlsx"]

    @pytest.mark.usefixtures("checked")
    def test_the_full_report_ends_with_a_sum(self, capsys: pytest.CaptureFixture[str]) -> None:
        cli.main(["check", "flawed.xlsx", "clean.xlsx", "unreadable.xlsx"])

        assert capsys.readouterr().out.splitlines()[-1].startswith("━━ 共 3 份文件")

    @pytest.mark.usefixtures("checked")
    def test_a_bug_in_one_document_is_told_without_a_traceback(self, capsys: pytest.CaptureFixture[str]) -> None:
        cli.main(["check", "bug.xlsx", "clean.xlsx"])

        written = capsys.readouterr()
        assert written.err.startswith("bug.xlsx：内部错误（ZeroDivisionError）")
        assert len(written.err.splitlines()) == 1
        assert "clean.xlsx" in written.out

    @pytest.mark.usefixtures("checked")
    def test_with_debug_the_traceback_is_shown(self, capsys: pytest.CaptureFixture[str]) -> None:
        cli.main(["check", "bug.xlsx", "--debug"])

        assert "Traceback" in capsys.readouterr().err

    def test_a_folder_is_searched_in_order_without_hidden_and_lock_files(
        self, tmp_path: Path, checked: list[dict[str, Any]]
    ) -> None:
        for name in ("b.xlsx", "a.DOCX", "~$b.xlsx", ".c.xlsx", "d.exe", "sub/e.txt", ".git/f.txt"):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"x")
        cli.main(["check", str(tmp_path)])

        assert named(checked) == ["a.DOCX", "b.xlsx", "e.txt"]

    def test_a_folder_with_nothing_in_it_is_told(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["check", str(tmp_path)]) == 3
        assert "文件夹里没有能读的文件" in capsys.readouterr().err

    @pytest.mark.usefixtures("checked")
    def test_a_hostile_file_name_is_shown_not_run(self, capsys: pytest.CaptureFixture[str]) -> None:
        name = "unreadable\x1b[31m\n[red].xlsx"
        cli.main(["check", name])

        assert capsys.readouterr().err == "unreadable\\x1b[31m↵[red].xlsx：文件已加密（去掉密码后另存）\n"


class TestOptions:
    def test_rules_are_named_by_id_name_or_area(self, checked: list[dict[str, Any]]) -> None:
        cli.main(["check", "clean", "--select", "FUND-001,fund-002", "--ignore", "SCORE"])

        assert checked[0]["select"] == ("FUND-001", "FUND-002")
        assert set(checked[0]["ignore"]) >= {"SCORE-001", "SCORE-002"}
        assert all(id.startswith("SCORE-") for id in checked[0]["ignore"])

    @pytest.mark.parametrize(("given", "option", "used"), [("en", None, "en"), ("zh", "en", "en"), ("xx", None, "zh")])
    def test_the_language_comes_from_the_option_or_the_environment(
        self, given: str, option: str | None, used: str, checked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GOUJI_LANG", given)
        cli.main(["check", "clean", *(["--lang", option] if option else [])])

        assert checked[0]["lang"] == used

    @pytest.mark.usefixtures("checked")
    def test_the_report_can_go_to_a_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        cli.main(["check", "flawed", "--output", str(tmp_path / "report.txt")])

        assert capsys.readouterr().out == ""
        assert "error[FUND-003]" in (tmp_path / "report.txt").read_text(encoding="utf-8")

    def test_standard_input_is_a_document(self, checked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("合计,1\n".encode())))
        cli.main(["check", "-"])

        assert checked[0]["source"] == "合计,1\n".encode()

    @pytest.mark.usefixtures("checked")
    def test_a_baseline_is_written_filled_in_and_used(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "waivers.yaml"

        assert cli.main(["check", "flawed", "--write-baseline", str(path)]) == 1
        assert cli.main(["check", "flawed", "--baseline", str(path)]) == 2
        assert "没有写理由" in capsys.readouterr().err
        path.write_text(path.read_text(encoding="utf-8").replace('reason: ""', "reason: 已批复"), encoding="utf-8")
        assert cli.main(["check", "flawed", "--baseline", str(path)]) == 0
        assert "已批复" in capsys.readouterr().out
        assert cli.main(["check", "clean", "--baseline", str(path)]) == 0
        assert "没有对应的问题，可以删去" in capsys.readouterr().err

    @pytest.mark.usefixtures("checked")
    def test_a_baseline_is_never_written_over(self, tmp_path: Path) -> None:
        path = tmp_path / "waivers.yaml"
        path.write_text("waivers: []\n", encoding="utf-8")

        assert cli.main(["check", "flawed", "--write-baseline", str(path)]) == 2
        assert path.read_text(encoding="utf-8") == "waivers: []\n"


class TestProgress:
    def test_nothing_is_said_within_the_first_second(self) -> None:
        stream = Terminal()
        cli._Progress(stream).step(1, 2, "a")

        assert stream.getvalue() == ""

    def test_longer_work_says_which_file_is_next_and_cleans_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stream = Terminal()
        progress = cli._Progress(stream)
        later = time.monotonic() + 5
        monkeypatch.setattr(time, "monotonic", lambda: later)
        progress.step(1, 2, "a\x1b[31m.xlsx")
        progress.step(2, 2, "b")
        progress.clear()

        assert stream.getvalue() == "\r\x1b[K1/2 a\\x1b[31m.xlsx\r\x1b[K"

    def test_nothing_is_said_to_a_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stream = io.StringIO()
        progress = cli._Progress(stream)
        monkeypatch.setattr(time, "monotonic", lambda: float("inf"))
        progress.step(1, 2, "a")

        assert stream.getvalue() == ""


class TestRealDocuments:
    @pytest.mark.parametrize("format", ["rich", "concise", "json"])
    def test_a_flawed_form_gives_findings_in_every_format(self, format: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["check", str(FLAWED), "--format", format]) == 1
        assert "FUND-" in capsys.readouterr().out

    def test_a_clean_form_gives_none(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["check", str(CLEAN), "--format", "concise", "--fail-on", "warning"]) == 0
        assert capsys.readouterr().out == ""

    def test_every_place_that_a_finding_names_can_be_shown(self, capsys: pytest.CaptureFixture[str]) -> None:
        cli.main(["check", str(FLAWED), "--format", "json"])
        findings = json.loads(capsys.readouterr().out)["findings"]

        for finding in findings:
            assert cli.main(["show", str(FLAWED), finding["primary"]["address"]]) == 0
            assert "^" in capsys.readouterr().out

    def test_the_facts_name_the_cells_they_came_from(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["facts", str(FLAWED)]) == 0
        table = capsys.readouterr().out
        assert cli.main(["facts", str(FLAWED), "--format", "json"]) == 0
        data = json.loads(capsys.readouterr().out)

        addresses = [f["address"] for form in data["forms"] for section in form["sections"] for f in section["facts"]]
        assert addresses
        assert all(address in table for address in addresses)

    @pytest.mark.parametrize("name", ["none.xlsx", "empty.xlsx", "broken.xlsx", "picture.png"])
    def test_what_is_no_document_is_one_sentence(self, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        content = {"empty.xlsx": b"", "broken.xlsx": b"PK\x03\x04 and no more", "picture.png": b"\x89PNG\r\n\x1a\n\x00"}
        if name in content:
            (tmp_path / name).write_bytes(content[name])

        assert cli.main(["check", str(tmp_path / name)]) == 3
        assert len(capsys.readouterr().err.splitlines()) == 1

    @pytest.mark.parametrize(
        ("closed", "path", "code"), [("stdin", "-", 3), ("stdout", str(FLAWED), 1), ("stderr", "none.xlsx", 3)]
    )
    def test_a_stream_that_the_caller_closed_is_an_empty_one(
        self, closed: str, path: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, closed, None)

        ended = cli.main(["check", path])
        getattr(sys, closed).close()

        assert ended == code
        assert "内部错误" not in capsys.readouterr().err

    def test_a_name_that_is_too_long_for_a_file_is_no_bug(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["check", "长" * 5000]) == 3
        assert "打不开" in capsys.readouterr().err

    def test_an_address_that_is_not_there_is_told_with_the_nearest(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["show", str(FLAWED), "没有这张表!A1"]) == 2
        assert "最近的可用地址" in capsys.readouterr().err


class TestLists:
    def test_every_rule_is_listed_and_can_be_explained(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["rules", "--format", "json"]) == 0
        rules = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

        assert cli.main(["rules"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == len(rules)
        assert cli.main(["explain", rules[0]["id"], rules[-1]["name"]]) == 0
        assert capsys.readouterr().out.count("## 怎么办") == 2

    def test_the_file_of_a_rule_can_be_copied(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["explain", "--yaml", "FUND-003"]) == 0
        text = capsys.readouterr().out
        assert text.startswith("# common/rules/FUND-003")
        copied = tmp_path / "common" / "rules" / "FUND-003.yaml"
        copied.parent.mkdir(parents=True)
        copied.write_text(text.replace("执行率与执行数、预算数不符", "本地口径"), encoding="utf-8")
        assert cli.main(["explain", "--yaml", "--ruleset", str(tmp_path), "FUND-003"]) == 0
        told = capsys.readouterr()
        assert "本地口径" in told.out
        assert "提醒：common/rules/FUND-003.yaml:2:5: FUND-003 替换了自带的同号规则" in told.err
        assert told.err.count("提醒") == 1

    def test_every_form_is_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["forms"]) == 0
        assert {line.split(" ")[0] for line in capsys.readouterr().out.splitlines()} >= {"project", "generic"}

    def test_the_examples_of_the_shipped_rules_are_run(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["test"]) == 0
        assert "都对" in capsys.readouterr().out


def run(arguments: list[str], **more: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk"}
    return subprocess.run(
        [sys.executable, "-m", "validator", *arguments], env=environment, check=False, capture_output=True, **more
    )


class TestAsAProcess:
    def test_the_version_needs_no_part_of_the_engine(self) -> None:
        code = "import sys; from validator.cli import main; main(['--version']); print(*sys.modules, sep='\\n')"
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
        loaded = set(done.stdout.split())

        assert not loaded & {
            "pydantic",
            "yaml",
            "rich",
            "lxml",
            "durable",
            "validator.pipeline",
            "validator.rules",
            "validator.readers",
        }

    @pytest.mark.parametrize("format", ["json", "concise"])
    def test_only_the_full_report_needs_rich(self, format: str) -> None:
        code = (
            f"import sys; from validator.cli import main; main(['check', {str(FLAWED)!r}, '--format', '{format}']); "
            "print(*sys.modules, sep='\\n', file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)

        assert not {b"rich.console", b"validator.reports.terminal"} & set(done.stderr.split())
        assert b"validator.forms.restore.documents" not in done.stderr.split(), "a workbook has no lost tables"

    def test_output_is_utf8_whatever_the_terminal_would_like(self) -> None:
        done = run(["check", str(FLAWED), "--format", "concise"])

        assert "rural-clinics.xlsx:自评表!" in done.stdout.decode("utf-8")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
    @pytest.mark.parametrize("arguments", [["check", str(FLAWED)], ["check", str(FLAWED), "--format", "html"], ["rules"]])
    def test_a_full_disk_is_told_in_one_sentence(self, arguments: list[str]) -> None:
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "validator", *arguments], cwd=ROOT, check=False, stdout=full, stderr=subprocess.PIPE
            )

        assert done.returncode == 2
        (line,) = done.stderr.decode().splitlines()
        assert "没有写完" in line

    def test_a_reader_that_goes_away_causes_no_complaint(self) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "validator", "check", *[str(FLAWED)] * 20, "--format", "json"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(10)
            process.stdout.close()
            complaint = process.stderr.read()

        assert process.returncode == cli.BROKEN_PIPE
        assert complaint == b""
