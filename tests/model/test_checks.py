"""Checks that are written out late: the same as those that were made at once."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from validator.model.checks import Checks, Late, Round
from validator.model.finding import Check, Outcome

_MADE = (Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE, Outcome.CRASHED)


def check(number: int, rule: str, path: str, outcome: Outcome = Outcome.NOT_APPLICABLE, reason: str | None = "无") -> Check:
    return Check(rule, "total", outcome, path, reason=reason, id=f"c{number}")


@st.composite
def rounds(draw: st.DrawFn) -> tuple[list[Check | Round], list[Check]]:
    """Return the parts of a record, and the checks that they stand for, one after the other."""
    parts: list[Check | Round] = []
    every: list[Check] = []
    for rule in draw(st.lists(st.sampled_from(["A-001", "A-002", "B-001"]), max_size=6)):
        outcomes = draw(st.lists(st.none() | st.sampled_from(_MADE), max_size=5))
        before = len(every)
        for at, outcome in enumerate(outcomes):
            number, path = before + at + 1, f"form[0].row[{at}]"
            every.append(check(number, rule, path) if outcome is None else check(number, rule, path, outcome, "因为"))
        mine = every[before:]
        if draw(st.booleans()):
            late = [at for at, outcome in enumerate(outcomes) if outcome is Outcome.PASS and draw(st.booleans())]
            made = {at: mine[at] for at, outcome in enumerate(outcomes) if outcome is not None and at not in late}
            paths = [one.path for one in mine]
            parts.append(Round(rule, "total", "无", paths, made, before, late, mine.__getitem__ if late else None))
        else:
            parts += mine
    return parts, every


class TestLate:
    def test_it_is_written_when_somebody_looks_into_it_and_once(self) -> None:
        asked: list[int] = []

        def write() -> tuple[int, ...]:
            asked.append(1)
            return 3, 5, 7

        found = Late(write)
        assert not asked
        assert (len(found), list(found), found[1], found[1:], found == (3, 5, 7)) == (3, [3, 5, 7], 5, (5, 7), True)
        assert (hash(found), repr(found), found == (3, 5)) == (hash((3, 5, 7)), "(3, 5, 7)", False)
        assert asked == [1]


class TestChecks:
    @given(rounds())
    def test_they_are_a_sequence_of_the_checks_that_they_stand_for(
        self, given_: tuple[list[Check | Round], list[Check]]
    ) -> None:
        parts, every = given_
        found = Checks(parts)
        assert len(found) == len(every)
        assert list(found) == every
        assert found == every
        assert found == tuple(every)
        assert tuple(every) == found
        assert hash(found) == hash(Checks(every))
        assert repr(found) == repr(tuple(every))
        assert [found[at] for at in range(-len(every), len(every))] == [*every, *every]
        assert found[1:3] == tuple(every[1:3])
        assert bool(found) is bool(every)

    @given(rounds())
    def test_what_is_counted_is_what_is_listed(self, given_: tuple[list[Check | Round], list[Check]]) -> None:
        parts, every = given_
        counted = {(rule, o): n for rule, found in Checks(parts).outcomes().items() for o, n in found.items()}
        assert counted == {
            (rule, outcome): sum((one.rule, one.outcome) == (rule, outcome) for one in every)
            for rule, outcome in {(one.rule, one.outcome) for one in every}
        }

    @given(rounds())
    def test_those_made_are_all_that_say_more_than_that_nothing_was_due(
        self, given_: tuple[list[Check | Round], list[Check]]
    ) -> None:
        parts, every = given_
        made = Checks(parts).made()
        told = sorted((one for one in made if one.reason != "无"), key=lambda one: int(one.id[1:]))
        assert [one for one in every if one.reason != "无"] == told

    @given(rounds())
    def test_where_a_rule_holds_is_told_without_writing_a_check_out(
        self, given_: tuple[list[Check | Round], list[Check]]
    ) -> None:
        parts, every = given_
        unwritten = [part._replace(write=None) if isinstance(part, Round) else part for part in parts]
        holding = {(one.rule, one.path) for one in every if one.outcome is Outcome.PASS}
        assert Checks(unwritten).holding() == holding
        written = Checks(parts)
        written.made()
        assert written.holding() == holding

    def test_a_check_is_written_out_once(self) -> None:
        asked: list[int] = []

        def write(at: int) -> Check:
            asked.append(at)
            return check(at + 1, "A-001", f"row[{at}]", Outcome.PASS)

        found = Checks([Round("A-001", "total", "无", ["row[0]", "row[1]"], {}, 0, (0, 1), write)])
        assert (len(found), found.outcomes(), asked) == (2, {"A-001": {Outcome.PASS: 2}}, [])
        assert [one.id for one in found.made()] == ["c1", "c2"]
        assert [one.id for one in found] == ["c1", "c2"]
        assert asked == [0, 1]

    def test_they_differ_from_other_things(self) -> None:
        one = Checks([check(1, "A-001", "a")])
        others: Sequence[object] = (Checks([check(2, "A-001", "a")]), (), 1, None)
        assert one not in others
