"""Who may ask, and how much: the door of the server. Requests in, refusals out; every answer leaves with its safety headers.

The server is meant for a browser on the same machine. A page from elsewhere must not use it, neither by a name that it points
at this machine (Host) nor by sending forms here (Origin).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, MutableMapping
from types import MappingProxyType
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "content-security-policy": POLICY,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
        "cache-control": "no-store",
    }
)
_OWN = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?", re.ASCII)
_READING = frozenset({"GET", "HEAD"})


class TooLargeError(Exception):
    """A body that is longer than anything that would be read."""


class Guard:
    """Wraps an application: refuses what comes from elsewhere or is too large, and adds the headers."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        """`most_bytes`: longest body."""
        self.app = app
        self.most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = _headers(scope)
        why = _strange(scope["method"], headers)
        if why:
            await _refuse(send, 403, "forbidden", why)
            return
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length[:20]) > self.most_bytes:
            await _refuse(send, 413, "too-large", too_large(self.most_bytes))
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.most_bytes:
                raise TooLargeError
            return message

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(message)
            await send(message)

        await self.app(scope, counted, marked)


def too_large(most_bytes: int) -> str:
    """Say that a file is too large."""
    return f"文件超过 {most_bytes >> 20} MB，没有读取（删去图片和多余的表后另存，再试）"


def _strange(method: str, headers: Mapping[str, str]) -> str:
    """Say why a request is refused, empty when it isn't."""
    host = headers.get("host", "")
    if not _OWN.fullmatch(host):
        return "只接受从本机打开的页面：请用 http://127.0.0.1 打开"
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none") and not _arrives(method, headers):
        return "不接受别的网站发来的请求"
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return "不接受别的网站发来的请求"
    return ""


def _arrives(method: str, headers: Mapping[str, str]) -> bool:
    """Tell whether somebody followed a link to the page: that shows it, and tells the other site nothing."""
    return method in _READING and headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _headers(scope: Scope) -> dict[str, str]:
    """Return the headers; one that occurs twice is joined, and then fits nothing."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _add_headers(message: MutableMapping[str, Any]) -> None:
    own = {name.encode(): value.encode() for name, value in HEADERS.items()}
    message["headers"] = [(name, value) for name, value in message["headers"] if name.lower() not in own] + list(own.items())


async def _refuse(send: Send, status: int, code: str, message: str) -> None:
    body = json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False).encode()
    start: Message = {
        "type": "http.response.start",
        "status": status,
        "headers": [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ],
    }
    _add_headers(start)
    await send(start)
    await send({"type": "http.response.body", "body": body})
