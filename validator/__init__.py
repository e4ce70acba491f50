"""Gouji (勾稽): checks that the figures in Chinese public-sector performance self-evaluations agree with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from validator.model.finding import Finding, Report, Severity
    from validator.pipeline import check
    from validator.rules.load import load_ruleset

__all__ = ["Finding", "Report", "Severity", "check", "load_ruleset"]
__version__ = "0.1.0"

_PLACES = {
    "check": "validator.pipeline",
    "load_ruleset": "validator.rules.load",
    "Finding": "validator.model.finding",
    "Report": "validator.model.finding",
    "Severity": "validator.model.finding",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: `gouji --version` must not wait for the engine."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_PLACES[name]), name)
