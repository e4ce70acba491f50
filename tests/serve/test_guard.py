"""Who may ask, and how much."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest

from validator.serve.guard import HEADERS, Guard, TooLargeError, too_large

OWN = {"host": "127.0.0.1:8765"}
LINK = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


def ask(
    headers: Mapping[str, str] | list[tuple[str, str]], *chunks: bytes, method: str = "POST", kind: str = "http"
) -> tuple[list[Any], bytes]:
    """Send a request through a guard of 10 bytes; return what was sent back, and the body that the application read."""
    sent: list[Any] = []
    read = b""
    waiting = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]

    async def application(_: Any, receive: Any, send: Any) -> None:
        nonlocal read
        for _chunk in chunks:
            read += (await receive())["body"]
        await send({"type": "http.response.start", "status": 200, "headers": [(b"Cache-Control", b"public"), (b"x", b"y")]})

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    pairs = headers.items() if isinstance(headers, Mapping) else headers
    scope = {"type": kind, "method": method, "headers": [(name.encode(), value.encode()) for name, value in pairs]}
    asyncio.run(Guard(application, 10)(scope, receive, send))
    return sent, read


def status(headers: Mapping[str, str] | list[tuple[str, str]], method: str = "POST") -> int:
    return int(ask(headers, method=method)[0][0]["status"])


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:80", "localhost:8765", "[::1]:8765"])
def test_this_machine_may_ask_by_any_of_its_names(host: str) -> None:
    assert status({"host": host}) == 200
    assert status({"host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"}) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example"},
        {"host": "localhost:123456"},
        {"host": "１２７.0.0.1"},
        [("host", "127.0.0.1"), ("host", "evil.example")],
        OWN | {"origin": "http://evil.example"},
        OWN | {"origin": "null"},
        OWN | {"origin": "https://127.0.0.1:8765"},
        OWN | {"sec-fetch-site": "cross-site"},
        OWN | {"sec-fetch-site": "same-site"},
        OWN | LINK,
    ],
)
def test_others_are_refused_with_a_sentence(headers: Mapping[str, str] | list[tuple[str, str]]) -> None:
    (start, body), read = ask(headers, b"1")

    assert start["status"] == 403
    assert json.loads(body["body"])["error"]["code"] == "forbidden"
    assert (b"content-length", str(len(body["body"])).encode()) in start["headers"]
    assert read == b""


def test_a_link_may_be_followed_but_nothing_embedded() -> None:
    assert status(OWN | LINK, method="GET") == 200
    assert status(OWN | LINK | {"sec-fetch-dest": "iframe"}, method="GET") == 403
    assert status(OWN | LINK | {"sec-fetch-mode": "cors"}, method="GET") == 403


@pytest.mark.parametrize(
    ("length", "expected"), [("10", 200), ("11", 413), ("-1", 413), ("many", 413), ("9" * 40, 413), ("٣", 413)]
)
def test_a_length_that_is_too_long_or_no_number_is_refused(length: str, expected: int) -> None:
    (start, *rest), _ = ask(OWN | {"content-length": length})

    assert start["status"] == expected
    assert expected == 200 or json.loads(rest[0]["body"])["error"]["code"] == "too-large"


def test_a_body_that_turns_out_too_long_is_cut_short() -> None:
    assert ask(OWN, b"12345", b"67890")[1] == b"1234567890"
    with pytest.raises(TooLargeError):
        ask(OWN, b"12345", b"678901")


@pytest.mark.parametrize("host", ["127.0.0.1", "evil.example"])
def test_every_answer_leaves_with_its_safety_headers_once(host: str) -> None:
    (start, *_), _ = ask({"host": host})
    names = [name.lower() for name, _ in start["headers"]]

    assert {name.decode(): value.decode() for name, value in start["headers"]}.items() >= dict(HEADERS).items()
    assert len(names) == len(set(names))


def test_the_start_of_the_server_passes_and_other_kinds_of_connections_do_not() -> None:
    assert ask({}, kind="lifespan")[0] != []
    assert ask(OWN, kind="websocket")[0] == []


def test_the_limit_is_told_in_megabytes() -> None:
    assert "超过 64 MB" in too_large(64 * 2**20)
