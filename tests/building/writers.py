"""The writers by format name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from tests.building.docx import write_docx
from tests.building.page import Page
from tests.building.plain import write_html, write_tsv, write_txt
from tests.building.xlsx import write_xlsx

FORMATS: Mapping[str, Callable[[Sequence[Page]], bytes]] = {
    "xlsx": write_xlsx,
    "docx": write_docx,
    "html": write_html,
    "tsv": write_tsv,
    "csv": partial(write_tsv, separator=","),
    "txt": write_txt,
}


def write(pages: Sequence[Page], format: str) -> bytes:
    """Return the pages in a format."""
    return FORMATS[format](pages)
