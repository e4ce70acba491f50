"""XML trees of the parts of docx and ods files: bytes in, the root element out, without entities and outside files."""

from __future__ import annotations

from lxml import etree

from validator.readers.package import DAMAGED
from validator.readers.source import Source


def tree(source: Source, name: str, data: bytes) -> etree._Element:
    """Return the root element; raises UnreadableDocument for XML that is damaged or declares a document type."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise source.unreadable(f"{name} 的内容已损坏，或嵌套太深、太长", DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise source.unreadable(f"{name} 含有文档类型声明，可能藏有恶意实体，没有读取", "另存一份再试")
    return root
