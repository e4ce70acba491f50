"""The files of a session, in memory only: bounded in number, bytes and age, each under an id that can't be guessed."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from validator.model.finding import Finding
from validator.serve.edits import Edit


@dataclass(slots=True, eq=False)
class Item:
    """A received file, with what was tried out on it."""

    id: str
    name: str
    data: bytes
    findings: tuple[Finding, ...]
    """Those of the last edits."""
    used: float
    """When it was last asked for, in seconds of the shelf's clock."""
    edits: tuple[Edit, ...] = ()
    """What was typed into its cells."""


class Shelf:
    """Received files by id. What is oldest goes when room is needed, and after a while of not being used."""

    def __init__(
        self,
        *,
        most: int = 100,
        most_bytes: int = 512 * 2**20,
        seconds: float = 8 * 3600,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`seconds`: how long an unused file is kept."""
        self._most, self._most_bytes, self._seconds, self._clock = most, most_bytes, seconds, clock
        self._items: OrderedDict[str, Item] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, name: str, data: bytes, findings: tuple[Finding, ...]) -> Item:
        """Keep a file."""
        item = Item(secrets.token_urlsafe(18), name, data, findings, self._clock())
        with self._lock:
            self._items[item.id] = item
            self._tidy()
        return item

    def get(self, id: str) -> Item | None:
        """Return a file, None when it isn't here (any more)."""
        with self._lock:
            self._tidy()
            item = self._items.get(id)
            if item is not None:
                item.used = self._clock()
                self._items.move_to_end(id)
            return item

    def drop(self, id: str) -> None:
        """Forget a file."""
        with self._lock:
            self._items.pop(id, None)

    def _tidy(self) -> None:
        oldest = self._clock() - self._seconds
        total = sum(len(item.data) for item in self._items.values())
        while self._items:
            first = next(iter(self._items.values()))
            if len(self._items) <= self._most and total <= self._most_bytes and first.used >= oldest:
                return
            total -= len(first.data)
            del self._items[first.id]
