"""The command `gouji`; `python -m validator` is the same."""

from __future__ import annotations

import gc

_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def main() -> int:
    """Run the command and return its exit code."""
    # What is imported and loaded at the start stays until the end; going through it again costs a fifth of a cold start.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    from validator.cli import main as run

    return run()


if __name__ == "__main__":
    raise SystemExit(main())
