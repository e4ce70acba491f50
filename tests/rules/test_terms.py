"""Units, words and diagnoses of an additional folder: what they add, and what is said of mistakes in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.errors import RulesetError
from validator.facts.numbers import read_figure
from validator.pipeline import Checker, check
from validator.rules.folder import LEXICON, WORDING, WORDS
from validator.rules.load import Ruleset, load_ruleset

UNITS = """\
units:
  - dimension: "area:亩"
    factors: {垧: 15}
  - dimension: "money:欧元"
    base: 欧元
    factors: {欧元: 1}
counts: {人: [老乡], 泵站: [座泵站]}
blank: {marks: ["〇"]}
"""
TOTALS = "totals: [{exact: [合计, 汇总数]}]\n"
PROSE = "rates: {suffixes: [兑现度]}\n"
DIAGNOSIS = (Path(__file__).parents[2] / "rulesets" / "diagnoses" / "empty-total.yaml").read_text(encoding="utf-8")


def write(folder: Path, file: str, text: str) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def added(folder: Path, **files: str) -> Ruleset:
    for file, text in files.items():
        write(folder, {"lexicon": LEXICON, "words": WORDS, "wording": WORDING}[file], text)
    return load_ruleset(folder, extends=True)


def problems(folder: Path) -> list[str]:
    with pytest.raises(RulesetError) as caught:
        load_ruleset(folder, extends=True)
    return list(caught.value.problems)


class TestUnits:
    @pytest.mark.parametrize(
        ("text", "dimension", "base"),
        [
            ("2垧", "area:亩", 30),
            ("3亩", "area:亩", 3),
            ("7欧元", "money:欧元", 7),
            ("3老乡", "count:人", 3),
            ("3名", "count:人", 3),
            ("4座泵站", "count:泵站", 4),
            ("2万元", "money", 20000),
        ],
    )
    def test_those_added_are_read_and_those_known_stay(self, tmp_path: Path, text: str, dimension: str, base: int) -> None:
        found = read_figure(text, added(tmp_path, lexicon=UNITS).lexicon).quantity

        assert found is not None
        assert (found.unit.dimension, int(found.base)) == (dimension, base)

    def test_the_shipped_ruleset_does_not_learn_them(self, tmp_path: Path) -> None:
        added(tmp_path, lexicon=UNITS)

        assert load_ruleset().lexicon.unit("垧") is None

    def test_a_single_value_is_replaced(self, tmp_path: Path) -> None:
        lexicon = added(tmp_path, lexicon="currency: {unit: 美元}\n").lexicon

        assert lexicon.data.currency.unit == "美元"
        assert lexicon.data.currency.marks == load_ruleset().lexicon.data.currency.marks


class TestWords:
    def test_a_word_for_a_total_is_put_to_the_words_of_its_level(self, tmp_path: Path) -> None:
        words, shipped = added(tmp_path, words=TOTALS).words, load_ruleset().words

        assert words.level("汇总数") == words.level("合计") == shipped.level("合计")
        assert shipped.level("汇总数") != shipped.level("合计")
        assert len(words.data.totals) == len(shipped.data.totals)

    def test_a_list_gets_longer_and_keeps_what_it_has(self, tmp_path: Path) -> None:
        words = added(tmp_path, words="among: [里头, 其中]\n").words

        assert words.data.among == (*load_ruleset().words.data.among, "里头")

    def test_words_of_prose_too(self, tmp_path: Path) -> None:
        wording = added(tmp_path, wording=PROSE).wording

        assert wording.data.rates.suffixes == (*load_ruleset().wording.data.rates.suffixes, "兑现度")

    def test_a_check_uses_them(self, tmp_path: Path) -> None:
        table = "项目\t金额（万元）\n甲\t10.5\n乙\t20.5\n丙\t5.25\n一总\t40.25\n".encode()

        ruleset = added(tmp_path, words="totals: [{exact: [合计, 一总]}]\n")
        found = check(table, name="a.tsv", ruleset=ruleset).findings

        assert [finding.rule for finding in found if finding.kind == "total"] == ["GEN-001"]
        assert [finding.rule for finding in check(table, name="a.tsv").findings if finding.kind == "total"] == []


class TestDiagnoses:
    def test_one_of_the_same_id_replaces_the_shipped_one_and_others_are_added(self, tmp_path: Path) -> None:
        write(tmp_path, "diagnoses/mine.yaml", DIAGNOSIS.replace("id: empty-total", "id: mine"))
        write(tmp_path, "diagnoses/theirs.yaml", DIAGNOSIS.replace("order: 20", "order: 99"))
        ours = Checker(load_ruleset(tmp_path, extends=True)).diagnoses
        shipped = Checker(load_ruleset()).diagnoses

        assert sorted(one.id for one in ours) == sorted([*(one.id for one in shipped), "mine"])
        assert [one.id for one in ours][-1] == "empty-total" != [one.id for one in shipped][-1]


class TestMistakes:
    @pytest.mark.parametrize(
        ("file", "text", "said"),
        [
            (LEXICON, "unit: []\n", f"{LEXICON}:1:1: 没有“unit”这个键（"),
            (LEXICON, "units: {元: 1}\n", f"{LEXICON}:1:8: “units”应是一列值"),
            (LEXICON, "units:\n  - dimension: a\n    base: 乙\n", f"{LEXICON}:2:5: 缺少“factors”"),
            (LEXICON, "\nunits:\n  - {dimension: money, factors: {贯: 很多}}\n", f"{LEXICON}:3:37: “贯”"),
            (LEXICON, "blank: [无]\n", f"{LEXICON}:1:8: “blank”应是一组“键: 值”"),
            (LEXICON, "[甲]\n", f"{LEXICON}:1:1: 应是一组“键: 值”"),
            (LEXICON, "units: [&a {dimension: *a}]\n", f"{LEXICON}:1:"),
            (WORDS, "totals: [{exact: [合计], lose: [x]}]\n", f"{WORDS}:1:24: 没有“lose”这个键"),
            (WORDING, "partitions: [甲]\n", f"{WORDING}:1:14: “"),
        ],
    )
    def test_each_is_told_with_its_place(self, tmp_path: Path, file: str, text: str, said: str) -> None:
        write(tmp_path, file, text)

        assert [problem[: len(said)] for problem in problems(tmp_path)][:1] == [said]

    def test_those_of_all_files_are_told_at_once(self, tmp_path: Path) -> None:
        for file in (LEXICON, WORDS, WORDING):
            write(tmp_path, file, "nothing: [x]\n")

        assert [problem.partition(":")[0] for problem in problems(tmp_path)] == [LEXICON, WORDS, WORDING]


@pytest.mark.parametrize(("reason", "explained"), [("没啥", False), ("受汛期影响，工期推迟", True)])
def test_what_counts_as_no_reason_can_be_added(tmp_path: Path, reason: str, *, explained: bool) -> None:
    added(tmp_path, lexicon="no-reason: [没啥]\n")
    text = (
        "项目支出绩效自评表\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n"
        f"产出指标\t数量指标\t培训人次\t≥100人次\t80人次\t50\t40\t{reason}\n"
        "效益指标\t社会效益指标\t受益人数\t≥10人\t10人\t50\t50\t\n"
        "总分\t\t\t\t\t100\t90\t\n"
    )
    report = check(text.encode(), name="a.tsv", ruleset=load_ruleset(tmp_path, extends=True))
    assert ("IND-035" not in {finding.rule for finding in report.findings}) is explained
