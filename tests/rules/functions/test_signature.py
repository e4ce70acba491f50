"""What a function of the rule language is."""

from __future__ import annotations

import pytest

from validator.model.finding import Outcome
from validator.rules.functions import FUNCTIONS
from validator.rules.functions.signature import NO, YES, Function, Parameter


@pytest.mark.parametrize(
    ("parameters", "variadic"),
    [
        (("items",), True),
        (("value", "words"), True),
        (("choice",), True),
        (("lists",), True),
        (("value", "value"), False),
        (("words", "value"), False),
    ],
)
def test_only_the_last_parameter_may_come_several_times(parameters: tuple[Parameter, ...], *, variadic: bool) -> None:
    assert Function("f", parameters, "truth", lambda _frame, _args: YES, "", "", "").variadic is variadic


def test_truth_is_an_outcome_without_a_reason() -> None:
    assert YES == (Outcome.PASS, None)
    assert NO == (Outcome.FAIL, None)


def test_every_function_stands_under_its_own_name() -> None:
    assert all(name == function.name for name, function in FUNCTIONS.items())
    assert len(FUNCTIONS) == len({function.run for function in FUNCTIONS.values()})
