"""What made forms are filled with: `vocabulary.yaml` as records."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

Sort = Literal["count", "share", "full", "time", "defect", "cost", "date", "wording"]


class Wanted(NamedTuple):
    """An indicator that a form may ask for."""

    subcategory: str
    name: str
    sort: Sort
    unit: str = ""
    low: int = 0
    high: int = 0
    """Range of the target."""


class Field(NamedTuple):
    """A field of public work."""

    name: str
    department: str
    unit: str
    project: str
    grant: str
    goal: str
    result: str
    indicators: tuple[Wanted, ...]


def _field(data: dict[str, Any]) -> Field:
    return Field(**{**data, "indicators": tuple(Wanted(*each) for each in data["indicators"])})


_WORDS = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
FIELDS = tuple(_field(data) for data in _WORDS["fields"])
HEALTH, EDUCATION, AGRICULTURE, WATER = FIELDS
REASONS_MISSED, REASONS_OVER, REASONS_DEDUCTED = (
    tuple(_WORDS[name]) for name in ("reasons-missed", "reasons-over", "reasons-deducted")
)
REASON_LOW: str = _WORDS["reason-low"]
