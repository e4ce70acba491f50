"""An Office file whose parts change: bytes in, the same file with parts changed, added, declared and related out.

Nothing here knows what the parts mean. A part is read as it is by now, and those that never change are copied as they are.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from validator.readers.package import Package, main_part
from validator.readers.source import Source
from validator.reports.patching import Element, Patch, escaped, outline, plain, prefix_of, repacked

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "[Content_Types].xml"


class OfficeFile:
    """A zipped Office file and its changes."""

    def __init__(self, source: Source, usual: str) -> None:
        """Open the file; `usual` is the name that its main part mostly has. Raises UnreadableDocument."""
        self.source = source
        self.package = Package(source)
        self.main = main_part(self.package, usual)
        self.changed: dict[str, bytes] = {}
        self._names = {name.lower() for name in self.package.names}
        self.relation_base = self._relation_base()
        """What the types of relations begin with; strict files have another beginning than usual ones."""

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a part of this name by now."""
        return name in self.changed or name in self.package

    def part(self, name: str) -> bytes:
        """Return a part as it is by now, its markup in an encoding that extends ASCII."""
        return plain(self.changed[name] if name in self.changed else self.package.read(name))

    def result(self) -> bytes:
        """Return the changed file."""
        return repacked(self.source, self.changed)

    def relations(self, part: str) -> list[dict[str, str]]:
        """Return the attributes of each relation of a part."""
        name = _relations_part(part)
        if name not in self:
            return []
        elements = outline(self.source, name, self.part(name), 1)
        return [element.attributes for element in elements if element.name == "Relationship"]

    def related(self, part: str, kind: str) -> str | None:
        """Return the part that another one is related to in this way; None when there is none in the file."""
        for relation in self.relations(part):
            if relation.get("Type", "").endswith(f"/{kind}") and (name := target(part, relation)) in self:
                return name
        return None

    def relate(self, part: str, kind: str, other: str) -> str:
        """Relate a part to another; return the id of the relation."""
        name = _relations_part(part)
        if name not in self:
            self.changed[name] = f'<?xml version="1.0" encoding="UTF-8"?>\n<Relationships xmlns="{_PACKAGE}"/>'.encode()
        data = self.part(name)
        elements = outline(self.source, name, data, 1)
        root = elements[-1]
        taken = {element.attributes.get("Id", "") for element in elements}
        link = next(f"rId{number}" for number in range(1, len(elements) + 2) if f"rId{number}" not in taken)
        path = posixpath.relpath(other, posixpath.dirname(part) or ".")
        tag = f"{prefix_of(data, root)}Relationship"
        self._append(name, root, f'<{tag} Id="{link}" Type="{self.relation_base}/{kind}" Target="{path}"/>')
        return link

    def declare(self, part: str, kind: str) -> None:
        """Say what kind of content a new part has."""
        root = outline(self.source, TYPES, self.part(TYPES), 0)[-1]
        self._append(TYPES, root, f'<{prefix_of(self.part(TYPES), root)}Override PartName="/{part}" ContentType="{kind}"/>')

    def declare_suffix(self, suffix: str, kind: str) -> None:
        """Say what kind of content the parts with a suffix have, unless that has been said."""
        data = self.part(TYPES)
        elements = outline(self.source, TYPES, data, 1)
        if any(e.name == "Default" and e.attributes.get("Extension", "").lower() == suffix for e in elements):
            return
        tag = f"{prefix_of(data, elements[-1])}Default"
        self._append(TYPES, elements[-1], f'<{tag} Extension="{suffix}" ContentType="{kind}"/>')

    def new_name(self, stem: str, suffix: str) -> str:
        """Return a name, beside the main part, that no part has."""
        folder = posixpath.dirname(self.main)
        names = (posixpath.join(folder, f"{stem}{number}{suffix}") for number in _numbers(len(self._names)))
        name = next(name for name in names if name.lower() not in self._names)
        self._names.add(name.lower())
        return name

    def _append(self, name: str, root: Element, text: str) -> None:
        patch = Patch(self.part(name))
        patch.append(root, text)
        self.changed[name] = patch.result()

    def _relation_base(self) -> str:
        for relation in self.relations(self.main):
            kind = relation.get("Type", "")
            for usual in ("/worksheet", "/styles"):
                if kind.endswith(usual):
                    return escaped(kind.removesuffix(usual))
        return _RELATIONS


def target(part: str, relation: dict[str, str]) -> str:
    """Return the name of the part that a relation of another part leads to."""
    path = relation.get("Target", "")
    if path.startswith("/"):
        return path.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), path))


def _numbers(most: int) -> Iterable[str]:
    yield ""
    yield from map(str, range(1, most + 2))


def _relations_part(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")
