"""Python's collector of reference cycles, kept from going through the same records again and again while they are made.

A check makes thousands of records that stay until its report is dropped; the collector would look at each of them several
times on the way, to no effect.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the collector off until what is inside, or the function that is decorated, is done; left alone where it is off."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
