"""Where a text ends."""

from __future__ import annotations

import pytest

from validator.forms.restore.ending import edge_of
from validator.model.document import Document, Paragraph


class TestEdgeOf:
    @pytest.mark.parametrize(
        ("lines", "format", "edge"),
        [
            (("甲", "乙 12", " "), "txt", ("L2", 4)),
            (("甲 1", "乙"), "txt", ("L2", 1)),
            (("甲 1", "乙楼 |"), "txt", ("L2", 2)),
            (("| 甲 | 乙 |",), "txt", None),
            (("甲", "乙 12%"), "txt", ("L2", 5)),
            (("甲", "乙 12公里"), "txt", ("L2", 6)),
            (("共12人。",), "txt", None),
            (("乙 12 |",), "txt", ("L1", 4)),
            (("甲 | 乙 12 |",), "txt", None),
            (("乙 12",), "docx", None),
            ((), "txt", None),
        ],
    )
    def test_is_where_a_text_ends_with_a_figure_or_in_a_cell_of_its_own_line(
        self, lines: tuple[str, ...], format: str, edge: tuple[str, int] | None
    ) -> None:
        blocks = tuple(Paragraph(text, f"L{n}") for n, text in enumerate(lines, 1))
        assert edge_of(Document("a", format, "", blocks)) == edge
