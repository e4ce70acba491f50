"""The styles part of a workbook: the cell's own style in, the same style with another fill out.

Existing styles are never changed; what is needed is added behind them.
"""

from __future__ import annotations

from validator.readers.source import Source
from validator.reports.patching import Element, Patch, outline, plain, prefix_of, with_attributes

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{_MAIN}"><cellStyleXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
).encode()
"""A styles part for a workbook that has none."""
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_FIRST = {
    "fonts": ('<{p}font><{p}sz val="11"/><{p}name val="宋体"/></{p}font>',),
    "fills": (
        '<{p}fill><{p}patternFill patternType="none"/></{p}fill>',
        '<{p}fill><{p}patternFill patternType="gray125"/></{p}fill>',
    ),
    "borders": ("<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>",),
    "cellXfs": ('<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}
"""What a list must hold before anything of ours, where the workbook has no such list."""
_MOST = 60_000
"""Cell styles; office programs refuse a workbook with more than some 64,000."""


class Styles:
    """The styles of a workbook, and those added to them."""

    def __init__(self, source: Source, part: str, data: bytes) -> None:
        """Scan the part; raises UnreadableDocument when it is damaged."""
        self._data = plain(data)
        elements = outline(source, part, self._data, 2)
        if elements[-1].empty:
            self._data = EMPTY
            elements = outline(source, part, self._data, 2)
        self._root = elements[-1]
        self._prefix = prefix_of(self._data, self._root)
        self._sections = {element.name: element for element in elements if element.depth == 1}
        self._known = {
            name: [element for element in elements if element.depth == 2 and element.parent == name] for name in _FIRST
        }
        self._added: dict[str, list[bytes]] = {
            name: [text.format(p=self._prefix).encode("ascii", "xmlcharrefreplace") for text in first]
            if not self._known[name]
            else []
            for name, first in _FIRST.items()
        }
        self._indices: dict[tuple[str, bytes], int] = {}
        self._filled: dict[tuple[int, str], int] = {}

    def filled(self, style: int, colour: str) -> int:
        """Return the index of a cell style that is like another but for its fill, a colour as RRGGBB."""
        key = (style, colour)
        if key not in self._filled:
            self._filled[key] = self._clone(style, colour)
        return self._filled[key]

    def style(
        self, *, bold: bool = False, link: bool = False, colour: str = "", literal: bool = False, boxed: bool = True
    ) -> int:
        """Return the index of a new style for text; `literal`: what looks like a formula stays text when it is edited."""
        p = self._prefix
        font = border = 0
        if bold or link:
            look = f'<{p}u/><{p}sz val="11"/><{p}color rgb="FF0563C1"/>' if link else f'<{p}b/><{p}sz val="11"/>'
            font = self._add("fonts", f'<{p}font>{look}<{p}name val="宋体"/></{p}font>')
        if boxed:
            sides = "".join(
                f'<{p}{side} style="thin"><{p}color rgb="FFBFBFBF"/></{p}{side}>' for side in ("left", "right", "top", "bottom")
            )
            border = self._add("borders", f"<{p}border>{sides}<{p}diagonal/></{p}border>")
        quoted = ' quotePrefix="1"' if literal else ""
        wrapped = ' wrapText="1"' if boxed else ""
        return self._add(
            "cellXfs",
            f'<{p}xf numFmtId="49" fontId="{font}" fillId="{self._fill(colour) if colour else 0}" borderId="{border}"{quoted} '
            'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f'<{p}alignment vertical="top"{wrapped}/></{p}xf>',
        )

    def result(self) -> bytes:
        """Return the part with everything that was added."""
        if not self._indices:
            return self._data
        patch = Patch(self._data)
        for name, added in self._added.items():
            if added:
                self._put(patch, name, b"".join(added))
        return patch.result()

    def _put(self, patch: Patch, name: str, added: bytes) -> None:
        section = self._sections.get(name)
        count = len(self._known[name]) + len(self._added[name])
        if section is None:
            at, tag = self._place_of(name), f"{self._prefix}{name}"
            patch.replace(at, at, f'<{tag} count="{count}">'.encode("ascii") + added + f"</{tag}>".encode("ascii"))
            return
        opened = with_attributes(self._data[section.start : section.inside], {"count": str(count)})
        if section.empty:
            closing = f"</{prefix_of(self._data, section)}{name}>".encode("ascii")
            patch.replace(section.start, section.end, opened.removesuffix(b">").removesuffix(b"/") + b">" + added + closing)
            return
        patch.replace(section.start, section.inside, opened)
        patch.replace(section.close, section.close, added)

    def _place_of(self, name: str) -> int:
        """Return where a list that is missing belongs."""
        before = [self._sections[other] for other in _ORDER[: _ORDER.index(name)] if other in self._sections]
        return max((element.end for element in before), default=self._root.inside)

    def _clone(self, style: int, colour: str) -> int:
        known = self._known["cellXfs"]
        if len(known) + len(self._added["cellXfs"]) > _MOST:
            return style
        if not known:
            return self._fresh(colour)
        xf: Element = known[style] if 0 <= style < len(known) else known[0]
        changes = {"fillId": str(self._fill(colour)), "applyFill": "1"}
        tag = with_attributes(self._data[xf.start : xf.inside], changes)
        return self._index("cellXfs", tag + self._data[xf.inside : xf.end])

    def _fresh(self, colour: str) -> int:
        p = self._prefix
        return self._add(
            "cellXfs", f'<{p}xf numFmtId="0" fontId="0" fillId="{self._fill(colour)}" borderId="0" applyFill="1"/>'
        )

    def _fill(self, colour: str) -> int:
        p = self._prefix
        return self._add(
            "fills",
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF{colour}"/><{p}bgColor indexed="64"/>'
            f"</{p}patternFill></{p}fill>",
        )

    def _add(self, name: str, text: str) -> int:
        return self._index(name, text.encode("ascii", "xmlcharrefreplace"))

    def _index(self, name: str, data: bytes) -> int:
        key = (name, data)
        if key not in self._indices:
            self._indices[key] = len(self._known[name]) + len(self._added[name])
            self._added[name].append(data)
        return self._indices[key]
