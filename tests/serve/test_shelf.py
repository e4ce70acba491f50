"""The files of a session: bounded in number, bytes and age."""

from __future__ import annotations

from validator.serve.shelf import Shelf


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_ids_differ_and_find_their_file() -> None:
    shelf = Shelf()
    first, second = shelf.add("a", b"1", ()), shelf.add("a", b"2", ())

    assert first.id != second.id
    assert len(first.id) >= 24
    assert shelf.get(second.id) is second
    assert shelf.get("a") is None


def test_the_one_that_was_not_used_for_longest_goes_first() -> None:
    shelf = Shelf(most=2)
    first, second = shelf.add("a", b"1", ()), shelf.add("b", b"2", ())
    shelf.get(first.id)
    shelf.add("c", b"3", ())

    assert shelf.get(second.id) is None
    assert shelf.get(first.id) is first


def test_bytes_are_bounded() -> None:
    shelf = Shelf(most_bytes=10)
    first, second = shelf.add("a", bytes(6), ()), shelf.add("b", bytes(6), ())

    assert shelf.get(first.id) is None
    assert shelf.get(second.id) is second


def test_what_was_not_used_for_long_is_gone() -> None:
    clock = Clock()
    shelf = Shelf(seconds=10, clock=clock)
    item = shelf.add("a", b"1", ())
    clock.now = 9
    assert shelf.get(item.id) is item
    clock.now = 18
    assert shelf.get(item.id) is item
    clock.now = 29

    assert shelf.get(item.id) is None


def test_a_dropped_file_is_gone_and_dropping_twice_is_fine() -> None:
    shelf = Shelf()
    item = shelf.add("a", b"1", ())
    shelf.drop(item.id)
    shelf.drop(item.id)

    assert shelf.get(item.id) is None
