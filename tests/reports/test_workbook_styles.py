"""The styles part of a workbook: what is needed is added behind what is there."""

from __future__ import annotations

import pytest
from lxml import etree

from validator.errors import UnreadableDocument
from validator.readers.source import Source
from validator.reports.workbook_styles import EMPTY, Styles

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OWN = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fillId="0"/><xf numFmtId="10" fontId="0" fillId="1"><alignment wrapText="1"/></xf>'
    "</cellXfs></styleSheet>"
)


def styles(data: str | bytes = OWN) -> Styles:
    return Styles(Source(b"", "a.xlsx"), "xl/styles.xml", data.encode() if isinstance(data, str) else data)


def listed(data: bytes, name: str) -> list[etree._Element]:
    """Return the entries of a list, whose count must be right and stand in its place."""
    root = etree.fromstring(data)
    order = [etree.QName(child).localname for child in root]
    assert order == sorted(order, key=["fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"].index)
    (section,) = root.findall(f"{{{MAIN}}}{name}")
    assert section.get("count") == str(len(section))
    return list(section)


def colour(data: bytes, style: int) -> str | None:
    xf = listed(data, "cellXfs")[style]
    found = listed(data, "fills")[int(xf.get("fillId", "0"))].find(f".//{{{MAIN}}}fgColor")
    return None if found is None else found.get("rgb")


def test_a_filled_style_is_like_another_but_for_its_fill() -> None:
    made = styles()
    style = made.filled(1, "FFC7CE")
    result = made.result()
    was, new = listed(result, "cellXfs")[1], listed(result, "cellXfs")[style]

    assert style == 2
    assert (new.get("numFmtId"), new.get("fontId"), new.get("applyFill")) == ("10", "0", "1")
    assert etree.tostring(new[0], method="c14n") == etree.tostring(was[0], method="c14n")
    assert (colour(result, style), colour(result, 1)) == ("FFFFC7CE", None)


def test_the_same_style_is_added_once_and_a_colour_too() -> None:
    made = styles()
    indices = [made.filled(style, colour) for style in (0, 1, 0) for colour in ("FFC7CE", "FFEB9C", "FFC7CE")]

    assert indices == [2, 3, 2, 4, 5, 4, 2, 3, 2]
    assert len(listed(made.result(), "fills")) == 4


def test_a_style_that_is_not_there_is_the_first() -> None:
    made = styles()

    assert listed(made.result(), "cellXfs")[0].get("fillId") == "0"
    assert made.filled(99, "FFC7CE") == made.filled(0, "FFC7CE")


def test_what_was_there_stays_byte_for_byte() -> None:
    made = styles()
    assert made.result() == OWN.encode()
    made.filled(1, "FFC7CE")
    made.style(bold=True)

    assert OWN.encode().partition(b"<cellXfs")[2].partition(b">")[2].removesuffix(b"</cellXfs></styleSheet>") in made.result()


@pytest.mark.parametrize(
    "data", [EMPTY, f'<styleSheet xmlns="{MAIN}"/>', OWN.replace('<borders count="1"><border/></borders>', "<borders/>")]
)
def test_lists_that_are_missing_are_made_with_what_they_must_hold(data: str | bytes) -> None:
    made = styles(data)
    style = made.filled(0, "FFC7CE")
    boxed = made.style(bold=True, colour="DDEBF7")
    result = made.result()

    assert colour(result, style) == "FFFFC7CE"
    assert colour(result, boxed) == "FFDDEBF7"
    assert len(listed(result, "fills")) == 4
    assert len(listed(result, "borders")) == 2


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_markup_written_in_other_ways_is_understood(prefix: str, encoding: str) -> None:
    text = OWN.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")
    made = styles(text.replace("xmlns=", f"xmlns:{prefix[:-1]}=" if prefix else "xmlns=").encode(encoding))

    assert colour((made.filled(1, "FFC7CE"), made.result())[1], 2) == "FFFFC7CE"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"literal": True}, {"quotePrefix": "1"}),
        ({"boxed": False}, {"borderId": "0"}),
        ({"link": True}, {"fontId": "1"}),
        ({}, {"fontId": "0", "borderId": "1", "numFmtId": "49"}),
    ],
)
def test_a_style_of_our_own_says_what_was_asked_for(asked: dict[str, bool], expected: dict[str, str]) -> None:
    made = styles()
    style = made.style(**asked)  # type: ignore[arg-type]
    xf = listed(made.result(), "cellXfs")[style]

    assert {name: xf.get(name) for name in expected} == expected


def test_a_workbook_that_can_have_no_more_styles_keeps_the_one_it_has() -> None:
    many = OWN.replace('<xf numFmtId="0" fillId="0"/>', '<xf numFmtId="0" fillId="0"/>' * 60_001)

    assert styles(many).filled(7, "FFC7CE") == 7


def test_a_damaged_part_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        styles("<styleSheet>")
