"""What every reader gets: the bytes of a file with a name for messages."""

from __future__ import annotations

import pytest

from validator.errors import UnreadableDocument
from validator.readers.limits import LIMITS, Limits
from validator.readers.source import Parts, Source, cut


def test_what_cannot_be_read_is_told_with_the_name_of_the_file() -> None:
    error = Source(b"", "表.xlsx").unreadable("文件已损坏", "重新发送")

    assert isinstance(error, UnreadableDocument)
    assert str(error) == "表.xlsx：文件已损坏（重新发送）"
    assert str(Source(b"", "表.xlsx").unreadable("文件已损坏")) == "表.xlsx：文件已损坏"


def test_the_usual_limits_hold_unless_others_are_given() -> None:
    assert Source(b"", "").limits is LIMITS


@pytest.mark.parametrize(("length", "kept", "said"), [(5, 5, ""), (6, 5, "原文有 6 个字，只读了前 5 个"), (0, 0, "")])
def test_a_long_text_is_cut_with_a_note(length: int, kept: int, said: str) -> None:
    assert cut("长" * length, Limits(max_characters=5)) == ("长" * kept, said)


def test_a_reader_that_has_nothing_to_say_gives_no_notes() -> None:
    assert Parts(()).notes == ()
