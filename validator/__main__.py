"""The command `gouji`; `python -m validator` is the same."""

from __future__ import annotations

import gc

_OBJECTS_BETWEEN_COLLECTIONS = 200_000


def main() -> int:
    """Run the command and return its exit code."""
    # What is imported and loaded at the start stays until the end: going through it, then or at the end, is half of a start.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    from validator.cli import main as run

    try:
        return run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    raise SystemExit(main())
