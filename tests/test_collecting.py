"""The collector of reference cycles is off while records are made, and as it was before afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from tests.benchmarks.whole import fifty_rows
from tests.building import lay_out, write
from tests.building.project import project_form
from tests.building.truth import Writing
from validator import pipeline
from validator.collecting import uncollected
from validator.inference import diagnosis
from validator.model.finding import Finding


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    collecting = gc.isenabled()
    yield
    (gc.enable if collecting else gc.disable)()


@pytest.mark.parametrize("collecting", [True, False])
def test_it_is_off_inside_and_as_before_afterwards(collecting: bool) -> None:
    (gc.enable if collecting else gc.disable)()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled() is collecting


def test_it_comes_back_after_an_error() -> None:
    gc.enable()
    with pytest.raises(ValueError, match="inside"), uncollected():
        raise ValueError("inside")
    assert gc.isenabled()


def test_one_inside_another_leaves_it_off_until_the_outer_one_ends() -> None:
    gc.enable()
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_check_is_judged_without_collections(monkeypatch: pytest.MonkeyPatch) -> None:
    gc.enable()
    seen: list[bool] = []
    diagnose = diagnosis.diagnose

    def observed(*args: Any, **more: Any) -> tuple[Finding, ...]:
        seen.append(gc.isenabled())
        return diagnose(*args, **more)

    monkeypatch.setattr(pipeline, "diagnose", observed)
    pipeline.check(write(lay_out(fifty_rows()), "xlsx"), name="f.xlsx")
    assert seen == [False]
    assert gc.isenabled()


def test_what_a_form_was_judged_with_is_given_back_without_the_collector() -> None:
    ready = pipeline.checker(engine="loop")
    form = project_form(Random(7), "classic", writing=Writing())
    understood = ready.understand(write(lay_out(form), "xlsx"), name="form.xlsx")
    ready.judge(understood)
    gc.collect()
    gc.disable()
    assert ready.judge(understood).checks
    assert gc.collect() == 0
