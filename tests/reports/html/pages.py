"""Pages of reports as the tests read them."""

from __future__ import annotations

import re

from lxml import html as parser

from validator.reports import html

LINKS = re.compile(r"#[\w-]+")
ATTRIBUTES = {
    "aria-label", "aria-labelledby", "aria-live", "aria-pressed", "charset", "class", "colspan", "content", "data-only",
    "data-s", "data-shown", "for", "height", "hidden", "href", "http-equiv", "id", "lang", "name", "open", "placeholder",
    "preserveaspectratio", "role", "rowspan", "scope", "tabindex", "text-anchor", "type", "viewbox", "width", "x", "x1", "x2",
    "y", "y1", "y2",
}  # fmt: skip
"""What the page may say of its elements. None of these runs anything or loads anything, links apart."""


def page(text: str) -> parser.HtmlElement:
    """Return a page, or a piece of one, as elements."""
    return parser.document_fromstring(text)


def check_page(text: str) -> parser.HtmlElement:
    """Check what must hold of every page: own scripts only, no network, links that lead somewhere, names given once."""
    root = page(text)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    links = [element.get("href") for element in root.iter() if element.get("href")]

    assert [element.text for element in root.iter("script")] == [html.script()]
    assert [element.text for element in root.iter("style")] == [html.style()]
    assert {name for element in root.iter() for name in element.attrib} <= ATTRIBUTES
    assert not {element.tag for element in root.iter() if isinstance(element.tag, str)} & {
        "img", "iframe", "object", "embed", "link", "base", "form", "audio", "video", "image", "use", "foreignobject"
    }  # fmt: skip
    assert len(ids) == len(set(ids))
    assert all(LINKS.fullmatch(link) and link[1:] in ids for link in links)
    return root


def told(element: parser.HtmlElement) -> str:
    """Return what an element says, on one line."""
    return " ".join(element.text_content().split())


def cards(root: parser.HtmlElement) -> list[parser.HtmlElement]:
    """Return the cards of findings."""
    return [article for article in root.iter("article") if "f" in article.get("class", "").split()]
