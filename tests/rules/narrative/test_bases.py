"""What a rate is of, where the words of its sentence say it."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import claims, rules, texts, words
from validator.rules.narrative.bases import Told, executed_before, explicit_base


def of(text: str, *, opened: bool = False) -> tuple[list[str], list[str]] | None:
    """Return what over what the last rate of a text is, by the words of its own sentence or the one before."""
    told = claims(text)
    n, rate = next((n, c) for n, c in reversed(list(enumerate(told))) if c.kind in ("rate", "share", "ratio", "percent"))
    before = [c for c in told[:n] if c.sentence == rate.sentence]
    previous = [c for c in told[:n] if c.sentence == rate.sentence - 1]
    levels = [c for c in before if c.kind == "level" and c.usable and c.dimension != "ratio"]
    around = Told(before, told[n + 1 :], previous, previous, [c for c in previous if c.kind == "level"], opened, ())
    if levels:
        pair = explicit_base(rate, levels, around, words())
    else:
        found = executed_before(rate, around, words())
        pair = found.pair if found else None
    return (texts(pair[0]), texts(pair[1])) if pair else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("检查1320家，占总数1500家的78%。", (["1320家"], ["1500家"])),
        ("预算数480万元，支出432万元，预算执行率93%。", (["432万元"], ["480万元"])),
        ("计划投资400万元，到位300万元，到位率85%。", (["300万元"], ["400万元"])),
        ("计划1200户，完成1260户，完成计划的115%。", (["1260户"], ["1200户"])),
        ("预算100万元，收入90万元，完成预算的80%。", (["90万元"], ["100万元"])),
        ("计划800亩，其中甲300亩、乙500亩，实际完成840亩，完成计划的115%。", (["840亩"], ["800亩"])),
        ("欠款500万元，归还50万元，归还率20%。", (["50万元"], ["500万元"])),
        ("机构1923家，已开通1911家，开通率93.98%。", (["1911家"], ["1923家"])),
        ("项目63个，共有47个开工，开工率84.6%。", (["47个"], ["63个"])),
        ("已开工33个，未开工17个，开工率76%。", (["33个"], ["33个", "17个"])),
        ("实施12项，总投资4300万元，其中中央资金3700万元，已开工9项，开工率79%。", (["9项"], ["12项"])),
        ("实施12项，涉及30村，其中扶持40户，已开工9项，开工率79%。", None),
        ("年初预算260万元，调整后预算240万元，支出228万元，占调整后预算的99%，占年初预算的80%。", (["228万元"], ["260万元"])),
        ("年初预算260万元，执行中调减20万元，支出228万元，占年初预算的80%。", (["228万元"], ["260万元"])),
        ("年初预算260万元，年初预算40万元，支出228万元，占年初预算的80%。", None),
        ("年初预算260万元，支出228万元，支出20万元，占调整后预算的80%，占年初预算的80%。", None),
        ("总投资620亿元，年度计划投资180亿元。1至9月完成投资144亿元，占年度计划的84%。", (["144亿元"], ["180亿元"])),
        ("预算经费8000万元，财政部实际下达资金2500万元，资金到位率为36%。", (["2500万元"], ["8000万元"])),
        ("预算经费8000万元，另有资金100万元，财政部实际下达资金2500万元，资金到位率为36%。", None),
        ("应接种5400人，实际接种5238人，接种率79%。", (["5238人"], ["5400人"])),
        ("收入500万元，税收300万元，占70%。", (["300万元"], ["500万元"])),
        ("收入500万元，其中税收300万元，非税200万元，税收占比70%。", (["300万元"], ["500万元"])),
        ("预算100万元，到位率100%，支出80万元，执行率70%。", (["80万元"], ["100万元"])),
        ("年度计划投资80万元。累计完成投资60万元，占年度投资计划的85%。", (["60万元"], ["80万元"])),
        ("预算300万元，支出285万元。预算执行率为85%。", (["285万元"], ["300万元"])),
        ("预算300万元，支出285万元，执行率95%。预算执行率为85%。", None),
        ("40个新开工项目中，10个项目已开工建设，开工率达45%。", (["10个"], ["40个"])),
        ("40个新开工项目已有10个开工建设，开工率45%。", (["10个"], ["40个"])),
        ("40个项目开工，又有10个项目开工，开工率45%。", None),
        ("其中：税收60万元，为预算80万元的57%。", (["60万元"], ["80万元"])),
        ("收入90万元，为预算100万元的90%，其中税收60万元，为预算80万元的57%。", (["60万元"], ["80万元"])),
        ("收入90万元，其中税收60万元，为预算100万元的57%。", None),
        ("收入90万元，为预算100万元的90%，其中税收60万元，入库50万元，为预算80万元的57%。", None),
    ],
)
def test_the_words_of_a_sentence_say_what_over_what(text: str, expected: object) -> None:
    assert of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "预算100万元，年初预算80万元，收入90万元，完成预算的80%。",
        "年初预算100万元，收入90万元，完成调整预算的80%。",
        "欠款500万元，归还50户，归还率20%。",
        "机构1923家，已开通1911家，关闭率93.98%。",
        "上年机构1923家，已开通1911家，开通率93.98%。",
        "预算100万元，利息2万元，支出90万元，执行率80%。",
        "预算100万元，上年支出90万元，执行率80%。",
        "上年预算100万元，支出90万元，执行率80%。",
        "预算100万元，支出90万元，上年执行率80%。",
        "预算300万元，上年支出285万元。预算执行率为85%。",
        "中央资金预算300万元，支出285万元。预算执行率为85%。",
        "预算300万元，支出285万元。中央资金预算执行率为85%。",
        "预算300万元，其中甲项预算200万元，支出185万元。预算执行率为85%。",
        "检查1320家，占总数1500人的78%。",
        "五年规划总投资80万元。累计完成投资60万元，占年度投资计划的85%。",
        "计划投资80万元，追加10万元。累计完成投资60万元，占年度投资计划的85%。",
    ],
)
def test_where_they_leave_a_doubt_nothing_is_said(text: str) -> None:
    assert of(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不合格420批次，合格398批次，合格率48.66%。", []),
        ("不合格420批次，合格398批次，合格率97.46%。", ["NARR-004"]),
        ("年度预算300万元，实际支出285.6万元。\n预算执行率为95.2%。", []),
        ("年度预算300万元，实际支出285.6万元。\n预算执行率为93.2%。", ["NARR-004"]),
        ("年度预算300万元，上年支出285.6万元。\n预算执行率为93.2%。", []),
    ],
)
def test_only_a_rate_that_does_not_follow_is_told(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(("ratio", "expected"), [("1.11：1", []), ("1.51：1", ["NARR-004"])])
def test_a_ratio_in_brackets_is_of_what_stands_in_them(ratio: str, expected: list[str]) -> None:
    assert rules(f"参保人数42.79万人（其中在职职工22.52万人，退休职工20.27万人，供养比为{ratio}）。") == expected
