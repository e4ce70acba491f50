"""What was read from the files that ship with the program, kept beside them as Python keeps the byte code of its modules.

Reading YAML is a quarter of a cold start, and an unchanged file says the same every time. Only for files of the program itself:
a folder of rules from elsewhere brings no data but its text. Where Python writes no byte code, nothing is kept.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib.util import cache_from_source, source_hash
from pathlib import Path
from typing import Any

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
    if not place:
        return make(data)
    head = _VERSION + source_hash(_stamp() + data)
    try:
        with open(place, "rb") as file:  # noqa: PTH123 (a path object takes longer than reading the file)
            found = file.read()
        if found[:_HEAD] == head:
            return marshal.loads(found[_HEAD:])  # noqa: S302 (written by this function, where only the program is)
    except (OSError, EOFError, ValueError, TypeError):
        pass
    made = make(data)
    if not sys.dont_write_bytecode:
        _keep(Path(place), head + marshal.dumps(made))
    return made


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
