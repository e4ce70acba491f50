"""The agenda: which rules are due where, and why the others are not."""

from __future__ import annotations

from typing import Any

import pytest

from validator.inference.agenda import NotDue, RuleNeeds, Task, explain, plan
from validator.inference.engine import DurableEngine
from validator.inference.loop import LoopEngine
from validator.inference.production import Activation, Engine
from validator.model.fact import Form, Pointer, Section

ENGINES = pytest.mark.parametrize("engine", [DurableEngine(), LoopEngine()], ids=lambda engine: engine.name)

RATE = RuleNeeds("FUND-002", "funds.row", "funds", (), frozenset({"executed", "rate"}))
SCORE = RuleNeeds("SCORE-001", "indicators", "indicators", ("project",), frozenset({"score"}))
COST = RuleNeeds("AGREE-001", "form", "", (), frozenset({"funds.executed", "indicators.actual"}))
NUMBERING = RuleNeeds("STRUCT-001", "document")
INSURED = RuleNeeds("STRUCT-002", "document", "", ("insurance-fund",))
RULES = (RATE, SCORE, COST, NUMBERING, INSURED)


def form(id: str, *sections: tuple[str, str], index: int = 0) -> Form:
    made = [
        Section(name, f"form[{index}].{name}", [], {column: Pointer(column, "A1", column) for column in columns.split()})
        for name, columns in sections
    ]
    return Form(id, id, "A1", 1.0, (), made, index=index)


@ENGINES
class TestPlan:
    @pytest.mark.parametrize(
        ("given", "due"),
        [
            ([], [Task("STRUCT-001", -1)]),
            ([form("project", ("funds", "executed rate"))], [Task("STRUCT-001", -1), Task("FUND-002", 0, "funds", 0)]),
            (
                [form("project", ("funds", "executed rate"), ("indicators", "actual score"))],
                [
                    Task("STRUCT-001", -1),
                    Task("AGREE-001", 0),
                    Task("FUND-002", 0, "funds", 0),
                    Task("SCORE-001", 0, "indicators", 1),
                ],
            ),
            (
                [form("department", ("funds", "executed rate"), ("indicators", "score"))],
                [Task("STRUCT-001", -1), Task("FUND-002", 0, "funds", 0)],
            ),
            (
                [form("generic", ("funds", "rate")), form("insurance-fund", ("funds", "rate executed"), index=1)],
                [Task("STRUCT-001", -1), Task("STRUCT-002", -1), Task("FUND-002", 1, "funds", 0)],
            ),
            (
                [form("generic", ("funds", "rate"), ("funds", "executed"), ("funds", "executed rate"))],
                [Task("STRUCT-001", -1), Task("FUND-002", 0, "funds", 2)],
            ),
        ],
    )
    def test_a_rule_is_due_where_all_it_needs_is_there(self, engine: Engine, given: list[Form], due: list[Task]) -> None:
        assert list(plan(given, RULES, engine).due) == due

    def test_what_is_not_due_says_why(self, engine: Engine) -> None:
        found = plan([form("generic", ("funds", "rate"))], RULES, engine).not_due

        assert set(found) == {
            NotDue("STRUCT-002", -1, "form", ("insurance-fund",)),
            NotDue("FUND-002", 0, "columns", ("executed",), "funds", 0),
            NotDue("SCORE-001", 0, "form", ("project",), "indicators"),
            NotDue("AGREE-001", 0, "columns", ("funds.executed", "indicators.actual")),
        }
        assert (
            NotDue("SCORE-001", 0, "section", ("indicators",), "indicators") in plan([form("project")], RULES, engine).not_due
        )

    @pytest.mark.parametrize("count", [0, 1, 8, 9, 17, 40])
    def test_a_rule_may_need_many_columns(self, engine: Engine, count: int) -> None:
        names = [f"c{number}" for number in range(count)]
        rules = (RuleNeeds("WIDE-001", "funds", "funds", ("project", "other"), frozenset(names)),)

        assert len(plan([form("project", ("funds", " ".join(names)))], rules, engine).due) == 1
        for lost in names[:1] + names[-1:]:
            short = plan([form("project", ("funds", " ".join(name for name in names if name != lost)))], rules, engine)
            assert short.due == ()
            assert short.not_due[0].missing == (lost,)

    def test_forms_of_one_shape_are_thought_about_once(self, engine: Engine) -> None:
        counting = Counting(engine)
        given = [form("project", ("funds", "executed rate"), ("indicators", "actual score"))]
        first = plan(given, RULES, counting)
        asked = counting.runs

        for number in range(100):
            given = [form("project", ("funds", f"rate executed other{number}"), ("indicators", "score actual"))]
            assert plan(given, RULES, counting) == first
        assert counting.runs == asked

    def test_tells_which_rules_are_due_in_each_form(self, engine: Engine) -> None:
        found = plan([form("project", ("funds", "executed rate")), form("department", index=1)], RULES, engine)
        for index in (0, 1):
            assert found.by_form[index] == {task.rule for task in found.due if task.form == index}
        assert found.by_form[0]

    def test_columns_that_no_rule_knows_cost_nothing(self, engine: Engine) -> None:
        wide = form("generic", ("funds", " ".join(f"c{number}" for number in range(16_000)) + " executed rate"))
        counting = Counting(engine)

        assert Task("FUND-002", 0, "funds", 0) in plan([wide], RULES, counting).due
        assert counting.facts == {"document", "generic", "funds", "executed", "rate"}


class Counting:
    """Counts how often an engine is asked, and keeps what the facts told it were about."""

    name = "counting"

    def __init__(self, engine: Engine) -> None:
        self.engine, self.runs, self.facts = engine, 0, set[Any]()

    def run(self, productions: Any, facts: Any) -> tuple[Activation, ...]:
        self.runs += 1
        self.facts.update(fact[fact["kind"]] for fact in facts)
        return self.engine.run(productions, facts)


@pytest.mark.parametrize(
    ("item", "zh", "en"),
    [
        (NotDue("R", 0, "form", ("project",)), "只用于项目支出", "only for: 项目支出"),
        (NotDue("R", 0, "section", ("funds",), "funds"), "本表没有“资金”区块", "the form has no section 资金"),
        (NotDue("R", 0, "columns", ("rate", "x"), "funds", 0), "“资金”中没有执行率、x", "资金 has no column 执行率, x"),
        (NotDue("R", 0, "columns", ("funds.rate",)), "本表没有执行率", "the form has no column 执行率"),
    ],
)
def test_reasons_are_told_in_the_words_of_the_form(item: NotDue, zh: str, en: str) -> None:
    names = {"project": "项目支出", "funds": "资金", "funds.rate": "执行率"}

    assert explain(item, names) == zh
    assert explain(item, names, lang="en") == en
