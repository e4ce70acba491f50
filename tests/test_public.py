from __future__ import annotations

import pytest

import validator


class TestPublicNames:
    @pytest.mark.parametrize("name", validator.__all__)
    def test_each_can_be_had(self, name: str) -> None:
        assert getattr(validator, name).__name__.lower().startswith(name.lower()[:4])

    def test_others_are_told_apart_from_mistakes(self) -> None:
        with pytest.raises(AttributeError, match="nothing"):
            _ = validator.nothing
