"""Names that a text lists beside how many there are."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules
from validator.pipeline import check


def told(text: str) -> list[str]:
    report = check(text.encode(), name="a.txt")
    return [one.outcome.value for one in report.checks if one.rule == "NARR-029"]


@pytest.mark.parametrize(
    "text",
    [
        "局属事业单位4个，即市信息中心、市评审中心、市核算中心、市干部学校。",
        "纳入预算的单位有3家，分别为局机关、市站和市所。",
        "局机关内设办公室、人事科、法规科、财务科4个科室。",
        "项目涉及东河镇（甲村、乙村）、西山乡（丙村）、南岭镇（丁村）3个乡镇。",
        # a name may hold the mark, or the word, that stands between names
        "牵头部门3个，即发展和改革局、文化、广电和旅游局、科学技术局。",
    ],
)
def test_a_list_may_be_as_long_as_it_is_said_to_be(text: str) -> None:
    assert rules(text) == []
    assert told(text) in (["pass"], [])


def test_four_of_five_of_them_are_checked() -> None:
    assert told("局属事业单位4个，即市信息中心、市评审中心、市核算中心、市干部学校。") == ["pass"]
    assert told("局机关内设办公室、人事科、法规科、财务科4个科室。") == ["pass"]


@pytest.mark.parametrize(
    "text",
    [
        "局属事业单位5个，即市信息中心、市评审中心、市核算中心、市干部学校。",
        "纳入预算的单位有5家，分别为局机关、市站、市所和市队。",
    ],
)
def test_a_list_that_is_too_short_is_found(text: str) -> None:
    assert rules(text) == ["NARR-029"]


@pytest.mark.parametrize(
    "text",
    [
        "局属事业单位5个，即市信息中心、市评审中心、市核算中心等。",
        "补助对象6户，即甲村、乙村、丙村各2户。",
        "局机关内设办公室、人事科、法规科9个科室。",
        "共抽查单位8个，分别为优秀5个、良好2个、合格1个。",
        "共有站点9个，包括东站、西站、南站。",
        "整改问题7个，即制度不健全、资料不完整，已全部整改。",
        "参评单位6家，分别为甲局、乙局、丙局及其他3家企业。",
        "设备5台，即",
        "现有内设机构6个，分别为办公室、组织科、业务一科至业务四科。",
        "参评单位9个，分别为局机关、市站、各县局。",
        "纳入预算的单位有6家，分别为局机关、市站（东站、西站、南站）、市所。",
    ],
)
def test_what_is_no_full_list_of_names_accuses_nothing(text: str) -> None:
    assert rules(text) == []
