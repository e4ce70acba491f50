"""Which finding is about which cell."""

from __future__ import annotations

from tests.reports import drawing
from validator.model.fact import Pointer
from validator.model.finding import Severity
from validator.reports.html.marks import Mark, Marks, heaviest

OTHER = Pointer("other", "自评表!B1", "1", "行", "列")


def test_findings_are_numbered_by_weight_and_otherwise_as_they_are() -> None:
    found = [
        drawing.fault(n, f"自评表!A{n}", severity) for n, severity in enumerate((Severity.INFO, Severity.ERROR, Severity.INFO))
    ]
    marks = Marks(drawing.report_on(found))

    assert [marks.number(one.id) for one in found] == [2, 1, 3]
    assert marks.number("unknown") is None
    assert marks.number(None) is None
    assert marks.finding(2) == "f2"


def test_each_address_has_the_marks_of_its_findings_once() -> None:
    related = (OTHER, OTHER, drawing.fault(1, "自评表!A1").primary)
    marks = Marks(drawing.report_on([drawing.fault(1, "自评表!A1", related=related), drawing.fault(2, "自评表!B1")]))

    assert [(mark.number, mark.primary) for mark in marks.at("自评表!A1")] == [(1, True)]
    assert [(mark.number, mark.primary) for mark in marks.at("自评表!B1")] == [(1, False), (2, True)]
    assert marks.at("自评表!C1") == []
    assert list(marks.addresses) == ["自评表!A1", "自评表!B1"]


def test_an_anchor_exists_once_and_only_for_what_was_drawn() -> None:
    marks = Marks(drawing.report_on([drawing.fault(1, "自评表!A1")]), "d2-")

    assert marks.drawn("自评表!A1") == ""
    assert marks.draw("自评表!A1") == "d2-c1"
    assert marks.draw("自评表!A1") == ""
    assert marks.drawn("自评表!A1") == "d2-c1"
    assert marks.draw("自评表!Z9") == ""
    assert marks.finding(1) == "d2-f1"


def test_a_finding_about_a_cell_colours_it_before_one_that_compares_with_it() -> None:
    compared = Mark(1, Severity.ERROR, "", primary=False)
    light, heavy = Mark(2, Severity.INFO, "", primary=True), Mark(3, Severity.WARNING, "", primary=True)

    assert heaviest([compared, light]) is light
    assert heaviest([light, heavy, compared]) is heavy
