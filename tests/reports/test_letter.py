from __future__ import annotations

import io
import re
import sys
from datetime import date
from pathlib import Path
from random import Random

import docx
import pytest
from hypothesis import given, settings

from tests.building.layouts import lay_out
from tests.building.project import project_form
from tests.building.writers import write
from tests.reports.annotating import NASTY, at, nasty, parts, repack
from tests.reports.samples import clean_report, empty_report, reports, sample_report
from validator.cli import main
from validator.errors import UsageError
from validator.model.fact import Fact, Form, Pointer, Record, Section
from validator.model.finding import Report
from validator.model.quantity import Reading, State
from validator.reports.letter import NAMES, Particulars, context, letter, particulars_of, rendered
from validator.reports.letter_template import PATH, build

WHO = Particulars("云岭县疾控中心", "基层卫生项目", "县财政局", date(2024, 5, 6))


def lines(data: bytes) -> list[str]:
    """Return the paragraphs of a letter, those in its table first."""
    parts(data)
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return cells + [paragraph.text for paragraph in document.paragraphs]


def template(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(buffer := io.BytesIO())
    return buffer.getvalue()


def test_the_shipped_template_is_the_one_that_its_script_writes() -> None:
    assert PATH.read_bytes() == build()


def test_a_letter_says_whose_document_it_is_and_lists_the_opinions_by_weight() -> None:
    said = lines(rendered(sample_report(), WHO, build()))

    assert said[:8] == [
        "被审核单位",
        "云岭县疾控中心",
        "项目",
        "基层卫生项目",
        "送审文件",
        "自评表.xlsx",
        "核对日期",
        "2024年5月6日",
    ]
    text = "\n".join(said)
    places = [
        text.index(part)
        for part in ("一、必须更正", "自评表!H8", "自评表!F8", "二、请说明", "自评表!H21", "三、提示", "第12行第5至12字")
    ]
    assert places == sorted(places)
    assert "填写：98.5%。应为：96.35%。" in said
    assert "依据：项目支出绩效自评表 项目资金栏（规则 FUND-001）。" in said
    assert [line for line in said if line][-2:] == ["县财政局", "2024年5月6日"]
    assert "自评表!A33：第 33 行的几个数字连在一起，读不出来" in text


@pytest.mark.parametrize(("report", "said"), [(clean_report(), "没有发现不符"), (empty_report(), "这不等于没有问题")])
def test_without_findings_the_letter_says_so(report: Report, said: str) -> None:
    text = "\n".join(lines(rendered(report, WHO, build())))

    assert said in text
    assert "必须更正" not in text


def test_nothing_is_left_of_the_template_when_nothing_is_known() -> None:
    assert not re.search(r"[{}]|None", "\n".join(lines(rendered(empty_report(), Particulars(), build()))))


def test_an_office_can_use_its_own_template() -> None:
    own = template("{{ 审核单位 }}函", "{%p for 条 in 意见 %}", "{{ loop.index }} {{ 条.轻重 }} {{ 条.位置 }}", "{%p endfor %}")

    said = lines(rendered(sample_report(), WHO, own))

    assert said == [
        "县财政局函",
        "1 必须更正 自评表!H8",
        "2 必须更正 自评表!F8",
        "3 请说明 自评表!H21",
        "4 提示 第12行第5至12字",
    ]


def test_every_name_that_is_promised_is_there() -> None:
    assert set(context(sample_report(), WHO)) == set(NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 没有这个 }}",
        "{% for 条 in 意见 %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 意见.__class__ }}",
        "{{ 标题 * 1000000000 }}",
        "{{ 9 ** 999999 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 标题.ljust(999999999) }}",
        "{{ 标题|center(999999999) }}",
        "{{ 标题|safe }}",
        "{{ 意见.append(1) }}",
        "{% for n in range(99999999) %}{% endfor %}",
        "{{ lipsum(9999999) }}",
        "{% include '/etc/passwd' %}",
        "{{ self._TemplateReference__context }}",
    ],
)
def test_a_template_that_goes_wrong_or_too_far_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(UsageError, match="模板用不了") as caught:
        rendered(sample_report(), WHO, template(text), name="函.docx")
    assert caught.value.where == "函.docx"
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no zip",
        repack({"a.txt": b""}),
        repack({**parts(build()), "word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        repack({**parts(build()), "word/document.xml": b"<w:document"}),
        repack({**parts(build()), "word/media/a": b"\0" * 2**26}),
    ],
    ids=["empty", "text", "other", "entities", "damaged", "bomb"],
)
def test_a_template_that_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match="模板用不了"):
        rendered(sample_report(), WHO, data)


def test_texts_of_the_document_are_never_taken_for_parts_of_the_template() -> None:
    findings = tuple(nasty("自评表!H8", number) for number in range(3 * len(NASTY)))
    report = Report("{{ 7 * 7 }}<w:br>.xlsx", "xlsx", "", (), (), findings)

    text = "\n".join(lines(rendered(report, Particulars(NASTY[0], "{% for %}", "<w:p/>", None), build())))

    assert "{{ 7 * 7 }}<w:br>.xlsx" in text
    assert "{% for %}" in text
    assert "]]><script>alert(1)</script>" in text
    assert "49" not in text


def test_ten_thousand_opinions_are_all_in_the_letter() -> None:
    report = Report("a.xlsx", "xlsx", "", (), (), tuple(at(f"自评表!A{n}") for n in range(1, 10_001)))

    assert "10000．自评表!A10000" in "\n".join(lines(rendered(report, WHO, build())))


@given(report=reports())
@settings(max_examples=15)
def test_any_report_gives_a_letter(report: Report) -> None:
    lines(rendered(report, WHO, build()))


def _header(**texts: str) -> Form:
    fields = {id: Fact(Reading(State.TEXT, text), Pointer("", "", text)) for id, text in texts.items()}
    section = Section("header", "form[0].header", [Record("form[0].header", "", "item", fields)], {})
    return Form("project", "自评表", "A1", 1.0, (), [section])


@pytest.mark.parametrize(
    ("forms", "unit", "project"),
    [
        ([_header(unit="疾控\n中心", department="卫健局", project="甲")], "疾控 中心", "甲"),
        ([_header(department="卫健局")], "卫健局", ""),
        ([_header(project="甲"), _header(project="乙"), _header(project="甲")], "", "甲 等 2 个项目"),
        ([], "", ""),
    ],
)
def test_unit_and_project_come_from_the_forms(forms: list[Form], unit: str, project: str) -> None:
    said = particulars_of(forms)

    assert (said.unit, said.project) == (unit, project)


def test_the_letter_is_written_as_a_whole(tmp_path: Path) -> None:
    letter(sample_report(), tmp_path / "审核意见.docx", particulars=WHO)

    assert [path.name for path in tmp_path.iterdir()] == ["审核意见.docx"]
    assert lines((tmp_path / "审核意见.docx").read_bytes())


@pytest.mark.parametrize(
    ("out", "template", "said"),
    [("a.pdf", None, "以 .docx 结尾"), ("a.docx", "没有.docx", "模板打不开"), ("b/a.docx", None, "写不进")],
)
def test_a_letter_that_cannot_be_written_is_told(tmp_path: Path, out: str, template: str | None, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        letter(sample_report(), tmp_path / out, template=tmp_path / template if template else None)


def test_what_to_install_is_told_when_the_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docxtpl", None)

    with pytest.raises(UsageError, match=r"gouji\[letter\]"):
        rendered(sample_report(), WHO, build())


def test_the_command_takes_the_unit_from_the_form_unless_told_otherwise(tmp_path: Path) -> None:
    source, out = tmp_path / "自评表.xlsx", tmp_path / "审核意见.docx"
    source.write_bytes(write(lay_out(project_form(Random(23), "classic-points")), "xlsx"))

    assert main(["letter", str(source), "-o", str(out), "--project", "另一个项目", "--date", "2024-05-06"]) == 0

    said = lines(out.read_bytes())
    assert said[1]
    assert said[3] == "另一个项目"
    assert said[7] == "2024年5月6日"


def test_the_command_refuses_a_day_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["letter", "a.xlsx", "-o", str(tmp_path / "a.docx"), "--date", "2024-02-30"]) == 2
    assert "2024-02-30" in capsys.readouterr().err
