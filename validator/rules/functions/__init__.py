"""The functions that rules may call, each declared beside the code behind it.

Comes in: values of a place, as facts or as figures. Goes out: a figure, or an outcome with a reason. Functions never raise
anything but `Undetermined` and `Absent`. How calls are written and type-checked is the business of `expression`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from validator.rules.functions import cells, columns, figures, targets, texts
from validator.rules.functions.cells import ON_STATE
from validator.rules.functions.signature import Function
from validator.rules.functions.values import same_spelling, text_of

__all__ = ["FUNCTIONS", "ON_STATE", "Function", "same_spelling", "text_of"]

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {function.name: function for module in (figures, cells, targets, texts, columns) for function in module.FUNCTIONS}
)
"""By name."""
