from __future__ import annotations

import pytest

from validator.reports.address import Place, place, spoken


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("自评表!H8", Place("自评表", 8, 8, "H8", "8")),
        ("自评表!AA10", Place("自评表", 10, 27, "AA10", "10")),
        ("表!一!B2", Place("表!一", 2, 2, "B2", "2")),
        ("表2!R8C5", Place("表2", 8, 5, "R8C5", "R8")),
        ("L12:5-12", Place("", 12, 5, "L12:5-12", "L12", in_text=True, end=12)),
        ("段3", Place("", 3, 0, "段3", "段3", in_text=True)),
        ("某处", Place("", 0, 0, "某处", in_text=True)),
        ("", Place("", 0, 0, "", in_text=True)),
    ],
)
def test_every_form_of_address_is_taken_apart(address: str, expected: Place) -> None:
    assert place(address) == expected


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("表2!R8C5", "表2第8行第5列"),
        ("自评表!H8", "自评表!H8"),
        ("L12", "第12行"),
        ("L12:5-12", "第12行第5至12字"),
        ("段3:5-5", "第3段第5字"),
        ("", ""),
        ("别处", "别处"),
    ],
)
def test_an_address_can_be_said(address: str, said: str) -> None:
    assert spoken(address) == said
