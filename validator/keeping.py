"""What was read from the files that ship with the program, kept beside them as Python keeps the byte code of its modules.

Reading YAML, and checking what it says, is a third of a cold start, and an unchanged file says the same every time. Only for
files of the program itself: a folder of rules from elsewhere brings no data but its text. Where Python writes no byte code,
nothing is kept.
"""

from __future__ import annotations

import marshal
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib.util import cache_from_source, source_hash
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

_Made = TypeVar("_Made")
_VERSION = b"\1"
"""Of the layout of a kept file: this, eight bytes that tell whether it still holds, the data."""
_HEAD = len(_VERSION) + 8


@lru_cache(maxsize=1)
def shipped_directory() -> Path:
    """Return the folder of the rulesets that belong to this package: inside it (installed) or beside it (a checkout)."""
    package = Path(__file__).resolve().parent
    inside = package / "rulesets"
    return inside if inside.is_dir() else package.parent / "rulesets"


@lru_cache(maxsize=1)
def _beginning() -> str:
    return f"{shipped_directory()}{os.sep}"


def kept(path: Path, data: bytes, make: Callable[[bytes], Any]) -> Any:
    """Return what `make` makes of the bytes of a file, which is asked only where that is not known from before.

    It gives plain data: texts, numbers, truth values, None, lists, mappings. Another text, another version of the program, or
    a damaged copy is made anew. What `make` raises passes through, and nothing is kept.
    """
    place = _place(path)
    return _kept(place, data, make, marshal.loads, marshal.dumps) if place else make(data)


def kept_objects(path: Path, data: bytes, make: Callable[[bytes], _Made]) -> _Made:
    """As `kept`, for records of the program: what was checked once when it was made is not checked again."""
    place = _place(path)
    return _kept(f"{place[: -len('.data')]}.objects", data, make, pickle.loads, pickle.dumps) if place else make(data)


def _kept(
    place: str, data: bytes, make: Callable[[bytes], Any], loads: Callable[[bytes], Any], dumps: Callable[[Any], bytes]
) -> Any:
    """Return what is kept at a place for these bytes, or make it and keep it there.

    It is loaded as Python loads its byte code: whoever can write there can change the program itself.
    """
    head = _VERSION + source_hash(_stamp() + data)
    try:
        with open(place, "rb") as file:  # noqa: PTH123 (a path object takes longer than reading the file)
            found = file.read()
        if found[:_HEAD] == head:
            return loads(found[_HEAD:])
    except Exception:  # noqa: BLE001, S110 (whatever a damaged copy does, it is made anew)
        pass
    made = make(data)
    if not sys.dont_write_bytecode:
        _keep(Path(place), head + dumps(made))
    return made


def contents(folder: Path) -> bytes:
    """Return the names and the texts of all YAML files in a folder and below: what changes when one of them does."""
    found: list[tuple[bytes, bytes]] = []
    for place, _, names in os.walk(folder):
        for path in (f"{place}{os.sep}{name}" for name in names if name.endswith(".yaml")):
            with suppress(OSError), open(path, "rb") as file:  # noqa: PTH123 (as above)
                found.append((os.fsencode(path), file.read()))
    return b"\0".join(chain.from_iterable(sorted(found)))


def _place(path: Path) -> str:
    """Return where what was read from a file is kept; empty for a file that isn't the program's own."""
    name = str(path)
    return f"{cache_from_source(name)[:-4]}.data" if name.startswith(_beginning()) else ""


@lru_cache(maxsize=1)
def _stamp() -> bytes:
    """Return what changes when a module of the program does: what is kept depends on more of them than the one that reads."""
    found: list[bytes] = []
    for folder, _, files in os.walk(os.path.dirname(__file__)):  # noqa: PTH120 (as above)
        for name in files:
            if name.endswith(".py"):
                about = os.stat(f"{folder}{os.sep}{name}")  # noqa: PTH116 (as above)
                found.append(b"%s %d %d" % (os.fsencode(f"{folder}/{name}"), about.st_mtime_ns, about.st_size))
    return b"\n".join(sorted(found))


def _keep(place: Path, content: bytes) -> None:
    """Write a file at once or not at all: another process may be reading it, and the folder may not be ours to write to."""
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(place)
    except OSError:
        with suppress(OSError):
            draft.unlink()
