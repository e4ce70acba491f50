"""Which rules the page checks by: where they are in, the compiled ruleset out, made once in each process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from validator.rules.load import Ruleset, load_ruleset


class Rules(NamedTuple):
    """The shipped rules, or those of a folder with them; `standalone`: without them."""

    folder: str = ""
    standalone: bool = False


SHIPPED = Rules()


@lru_cache(maxsize=1)
def ruleset_of(rules: Rules) -> Ruleset:
    """Load the rules. Raises RulesetError."""
    return load_ruleset(Path(rules.folder), extends=not rules.standalone) if rules.folder else load_ruleset()
