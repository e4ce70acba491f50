"""What a list of parts has to satisfy: to be its whole, not to exceed it, or nothing."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from tests.rules.narrative.telling import in_yuan, passage, rules, words, written
from validator.pipeline import check
from validator.rules.narrative.lists import PartList, judged


def held(text: str, **changes: Any) -> list[str]:
    """Return which kinds of relation the figures behind the first are held to."""
    one = passage(text)
    whole, *parts = one.claims
    kinds: dict[str, Any] = {"listed": False, "colon": False} | changes
    return [kind for kind, _, _ in written(judged(PartList(whole, parts, **kinds), one, words()))]


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        ("支出100万元，道路60万元，桥梁40万元。", {}, ["total"]),
        ("支出100万元，道路60万元，桥梁50万元。", {}, []),
        ("支出100万元，道路60万元，桥梁50万元。", {"listed": True}, ["total"]),
        ("支出100万元，道路60万元，桥梁190万元。", {"listed": True}, []),
        ("获奖36项，一等奖3项、二等奖38项。", {}, ["part"]),
        ("支出100万元，道路60万元，桥梁45万元。", {}, ["part"]),
        ("支出100万元，道路60万元，桥梁30万元。", {}, []),
        ("支出100万元，财农〔2022〕62号60万元，财农〔2022〕63号45万元。", {}, ["part"]),
        ("支出100万元，财农补助60万元，财农奖补45万元。", {}, []),
        ("支出100万元，道路130万元，桥梁40万元。", {}, ["part"]),
        ("支出100万元，道路60万元，桥梁20万元，绿化15万元。", {}, ["rest"]),
        ("支出100万元，道路60万元，桥梁20万元，绿化15万元等。", {}, []),
        ("支出100万元，道路60万元，桥梁20万元，绿化15万元，路灯养", {}, []),
        ("支出100万元，道路60万元，桥梁20万元，绿化15万元，另行结算。", {}, ["rest"]),
        ("支出100万元，道路60万元，桥梁20万元，绿化15万元，路灯约5万元。", {}, []),
        ("支出100万元，道路50万元，桥梁20万元，绿化10万元。", {"open_list": True}, []),
        ("收入5399万元，保险费收入1816万元，政府资助收入3523万元。", {}, []),
        ("收入5399万元，保险费收入1816万元，财政补贴收入3523万元，利息收入30万元。", {}, ["rest"]),
        ("税收900万元，增值税420万元，企业所得税280万元，个人所得税120万元。", {}, []),
        ("税收900万元，增值税420万元，企业所得税280万元，其他税收120万元。", {}, ["total"]),
        ("支出100万元，道路130万元。", {}, ["part"]),
        ("支出100万元，道路130万元。", {"open_list": True}, []),
        ("支出100万元，道路130万元。", {"only": False}, []),
        ("支出100万元，道路60万元。", {}, ["part"]),
        ("职工100人，在职60人，退休41人。", {}, ["total"]),
        ("职工100人，在职60人，退休41人。", {"open_list": True}, ["total"]),
        ("职工100人，在职60人，退休41人。", {"sure": False}, ["total"]),
        ("支出100万元，道路60万元，桥梁20万元，绿化15万元。", {"sure": False}, []),
        ("支出100万元，道路60万元；桥梁45万元。", {}, ["part"]),
        ("支出100万元，道路60万元；桥梁45万元。", {"nested": True}, []),
        ("支出10.01万元，甲费用4.52万元，乙费用4.21万元。", {}, []),
        ("支出1200.12万元，甲500.06万元，乙600.06万元。", {}, ["rest"]),
        ("获奖36项，一等奖30项、二等奖31项。", {}, ["part"]),
        ("支出0万元，道路60万元，桥梁45万元。", {}, ["part"]),
    ],
)
def test_a_list_is_held_to_no_more_than_its_words_say(text: str, changes: dict[str, Any], expected: list[str]) -> None:
    assert held(text, **changes) == expected


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("编制95名，事业95名，控制数4人。", {}),
        ("缺口100万元，需求500万元，已落实400万元。", {"listed": True}),
        ("新增项目20项，新开工15项，竣工10项。", {}),
        ("床位900张，医院700张（占77.8%），基层170张（占18.9%）。", {}),
        ("学生100人，走读60人，占60%，贫困70人，占70%。", {}),
        ("支出100万元，道路0万元，桥梁0万元。", {}),
    ],
    ids=["one is the whole", "a difference", "came and went", "shares leave it", "each with its share", "nothing"],
)
def test_what_is_no_list_of_parts_is_held_to_nothing(text: str, changes: dict[str, Any]) -> None:
    assert held(text, **changes) == []


def test_a_rest_that_is_counted_in_another_word_is_told_all_the_same() -> None:
    text = "公租房700套，人才房350套，廉租房250套，棚改{}户。"

    def held_without_the_last(rest: int) -> list[str]:
        one = passage(text.format(rest))
        whole, *parts = one.claims
        return [kind for kind, _, _ in written(judged(PartList(whole, parts[:2], listed=False, colon=False), one, words()))]

    assert held_without_the_last(90) == ["rest"]
    assert held_without_the_last(100) == []


@pytest.mark.parametrize("order", list(permutations(("道路60万元", "桥梁20万元", "绿化15万元"))))
def test_the_order_of_the_parts_and_the_unit_change_nothing(order: tuple[str, ...]) -> None:
    text = f"支出100万元，{'，'.join(order)}。"

    assert held(text) == held(in_yuan(text)) == ["rest"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("资金共3万，其中甲5万元、乙1万元。", "NARR-003"),
        ("项目支出完成4987.76万元，主要医疗救助1744.82万元、能力提升120万元、前期项目3063万元。", "NARR-002"),
        ("支出100万元，其中三公经费130万元。", "NARR-003"),
        ("支出100万元，主要包括办公费70万元、差旅费40万元。", "NARR-003"),
        ("学校共36家，其中小学20家、中学21家、幼儿园4家。", "NARR-003"),
        ("获奖36项，其中一等奖30项、二等奖31项。", "NARR-003"),
        ("公立医院五家，其中县级两家、乡镇四家。", "NARR-003"),
        ("义务教育阶段学生2.86万人，其中小学1.29万人，初中0.94万人。", "NARR-001"),
    ],
)
def test_parts_that_exceed_or_leave_their_whole_are_told(text: str, rule: str) -> None:
    assert rules(text) == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "服务群众12000人次，其中老年人5200人次，儿童1800人次。",
        "培训学员120人，其中女性80人、党员60人。",
        "支出100万元，主要包括办公费20万元、差旅费10万元等。",
        "项目总投资5000万元，其中中央资金2000万元。",
        "义务教育学校36所，其中小学20所，初中10所。",
        "医院36家，其中二级以上医院30家、三级医院12家。",
        "医院36家，其中二级以上医院30家、三级医院8家。",
        "验收36项，其中合格34项，优秀20项。",
        "下达资金120万元，支付60万元，共计108万元。",
        "支出合计9410.60元，主要包括：会议费6120.30元；差旅费1405.00元；办公费860.50；邮电费1024.00元。",
    ],
)
def test_an_open_list_need_not_be_complete(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("全年支出910.65万元（其中：医保监管支出95.92万元、医保支付改革支出560.1万元、医保经办支出304.63万元）。", True),
        ("全年支出960.65万元（其中：医保监管支出95.92万元、医保支付改革支出560.1万元、医保经办支出304.63万元）。", False),
        ("全年支出910.65万元，其中：医保业务支出860.1万元，医保业务宣传支出95.92万元。", False),
    ],
    ids=["listed side by side", "they add up", "the second may be of the first"],
)
def test_parts_listed_side_by_side_exceed_their_whole_though_their_names_begin_alike(text: str, *, told: bool) -> None:
    assert bool(rules(text)) is told


@pytest.mark.parametrize(("last", "expected"), [("路灯5", []), ("路灯4", ["rest"]), ("路灯约4万元", [])])
def test_what_holds_nothing_among_the_parts_may_be_the_rest(last: str, expected: list[str]) -> None:
    one = passage(f"支出100万元，道路60万元，桥梁20万元，绿化15万元，{last}")
    whole, *parts, _ = one.claims
    assert [kind for kind, _, _ in written(judged(PartList(whole, parts, listed=False, colon=False), one, words()))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("床位200张，其中医院300张，基层200张。", ["NARR-003"]),
        ("编制95名，其中事业95名，控制数4人。", []),
        ("床位300张，其中医院300张，基层200张。", []),
    ],
)
def test_a_part_that_is_the_whole_leaves_no_doubt_where_the_first_is_larger(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("教学支出206万元，其中：基本支出206万元，项目支出0万元。", []),
        ("教学支出206万元，其中：基本支出260万元，项目支出0万元。", ["NARR-001"]),
        ("现有车辆3辆，其中：公务用车0辆、执法用车3辆、其他用车0辆。", []),
        ("现有车辆3辆，其中：公务用车0辆、执法用车2辆、其他用车0辆。", ["NARR-001"]),
    ],
)
def test_parts_of_nothing_leave_the_whole_to_the_others(text: str, found: list[str]) -> None:
    assert rules(text) == found
    told = [one.outcome.value for one in check(text.encode(), name="a.txt").checks if one.rule == "NARR-001"]
    assert told == (["fail"] if found else ["pass"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("现有职工60人，其中党员24人、女性21人、硕士以上学历14人。", []),
        ("现有职工60人，其中党员24人、女性21人、硕士以上学历18人。", []),
        ("现有职工60人，其中研究生24人、本科21人、大专14人。", ["NARR-002"]),
        ("现有职工60人，其中男24人、女35人。", ["NARR-001"]),
        ("优抚对象342人，其中残疾军人218人、复员军人31人、参战人员92人。", ["NARR-002"]),
        ("新增设备65.3万元，其中专用设备28.1万元，通用设备15.2万元，家具用具16万元。", ["NARR-002"]),
        ("现有卫生技术人员701人，其中执业（助理）医师362人、注册护士329人。", []),
    ],
)
def test_people_counted_by_one_thing_and_by_another_are_no_parts(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共有车辆{}辆，其中：公务用车0辆、执法用车0辆、技术用车1辆、其他用车0辆。", {"1": [], "5": ["NARR-001"]}),
        ("共有设备{}台，其中，教学设备2台、实验设备3台、其他设备1台。", {"6": [], "60": ["NARR-001"]}),
        ("共有车辆{}辆，其中：公务用车0辆、执法用车0辆、技术用车1辆。", {"1": [], "5": []}),
        ("现有教师{}名，其中：党员2名、骨干教师3名、其他1名。", {"6": [], "60": []}),
        ("共有车辆{}辆，其中：公务用车0辆、执法用车0辆、技术用车1辆、其他用车0辆等。", {"1": [], "5": []}),
    ],
)
def test_few_things_counted_by_all_their_kinds_are_held_to_their_number(text: str, expected: dict[str, list[str]]) -> None:
    assert {number: rules(text.format(number)) for number in expected} == expected


@pytest.mark.parametrize(
    ("text", "right", "wrong", "rule"),
    [
        ("人员编制{}人（行政编制10人、机关后勤编制2人、事业编制132人）。", "144", "124", "NARR-001"),
        (
            "基金收入总计{}万元，其中本级收入103万元，补助收入1331万元，结余收入1885万元；支出总计3319万元。",
            "3319",
            "3309",
            "NARR-003",
        ),
        (
            "本单位收入为{}万元，其中：拨款收入1516.64万元，占89.88%；事业收入170.81万元，占10.12%；其他收入0万元，占0%。",
            "1687.45",
            "1688.45",
            "NARR-001",
        ),
    ],
)
def test_what_looks_like_another_matter_excuses_no_wrong_whole(text: str, right: str, wrong: str, rule: str) -> None:
    assert rules(text.format(right)) == []
    assert rule in rules(text.format(wrong))


@pytest.mark.parametrize(
    "text",
    [
        "缺口编制124名（需求编制132名，已落实编制8名）。",
        "收入总计3309万元，其中本级收入103万元，补助收入1331万元，结余收入1885万元，收入合计3319万元。",
    ],
)
def test_what_is_another_matter_is_held_to_nothing(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("特困人员{}人，其中集中供养430人，分散供养1720人。", "2150", "2120"),
        ("政府采购预算{}元，其中：集中采购12000元，分散采购5000元。", "17000", "16000"),
        ("参加基本医疗保险{}万人，其中参加居民医保231.33万人，参加职工医保18.26万人。", "249.59", "249.09"),
    ],
)
def test_names_that_divide_only_such_a_whole_hold_it_to_its_parts(text: str, right: str, wrong: str) -> None:
    assert rules(text.format(right)) == []
    assert rules(text.format(wrong)) == ["NARR-001"]


@pytest.mark.parametrize(
    "text",
    ["开展活动25次，其中集中宣讲10次，分散宣讲12次。", "培训学员2500人，其中职工1200人，居民1000人。"],
)
def test_the_same_names_divide_no_other_whole(text: str) -> None:
    assert "NARR-001" not in rules(text)
