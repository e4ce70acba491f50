"""What should stand where a finding points, in words: a finding in, `96.35%` or `至多 20.00万元` out."""

from __future__ import annotations

from validator.model.finding import BOUNDS, Finding


def due(finding: Finding, lang: str = "zh") -> str:
    """Return what should stand there, a limit told as such; empty where nothing certain can be said."""
    return " ".join(filter(None, (BOUNDS[lang].get(finding.bound), finding.expected))) if finding.expected else ""
