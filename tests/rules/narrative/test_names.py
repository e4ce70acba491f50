"""What the places of prose bind."""

from __future__ import annotations

import pytest

from validator.rules.narrative.names import NAMES, bound, known_names


@pytest.mark.parametrize("place", NAMES)
def test_each_figure_has_an_english_and_a_chinese_name_of_one_type(place: str) -> None:
    known = known_names(place)

    assert known is not None
    assert len(known) == 2 * len(NAMES[place])
    for english, (chinese, kind, many) in NAMES[place].items():
        assert known[english] == known[chinese] == (kind, many)
        assert english.isascii()
        assert not chinese.isascii()


@pytest.mark.parametrize("place", NAMES)
def test_each_place_quotes_its_sentence_and_names_what_is_measured(place: str) -> None:
    assert {"clause", "noun"} <= NAMES[place].keys()


def test_an_unknown_place_binds_nothing() -> None:
    assert known_names("narrative.nothing") is None


def test_values_are_bound_to_both_their_names_and_others_to_none() -> None:
    assert bound("narrative.part", {"whole": 1, "parts": (2, 3), "total": 4}) == {
        "whole": 1, "整体": 1, "parts": (2, 3), "各项": (2, 3),
    }  # fmt: skip
