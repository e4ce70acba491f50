"""`gouji serve`: binds this machine's own address, says where the page is, and serves until it is interrupted."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable

import uvicorn

from validator.errors import UsageError
from validator.serve.app import SECONDS, WORKERS, application
from validator.serve.pool import Pool
from validator.serve.rules import Rules

ADDRESS = "127.0.0.1"
"""The only address that is ever bound: what is checked here is nobody else's business."""


def run(port: int, *, lang: str, rules: Rules, tell: Callable[[str], None]) -> None:
    """Serve until interrupted. `port`: 0 for any free one; `tell` is called with the address of the page."""
    bound = listening(port)
    pool = Pool(WORKERS, SECONDS, rules)
    app = application(lang=lang, pool=pool)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, limit_concurrency=64, timeout_graceful_shutdown=3
    )
    threading.Thread(target=pool.warm, daemon=True).start()
    tell(f"http://{ADDRESS}:{bound.getsockname()[1]}/")
    with bound:
        uvicorn.Server(config).run(sockets=[bound])


def listening(port: int) -> socket.socket:
    """Return a socket of this machine that listens already; raises UsageError for a port that is taken."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":  # on Windows it would let two servers have one port
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((ADDRESS, port))
        bound.listen(64)
    except OSError as error:
        bound.close()
        raise UsageError(
            f"端口 {port} 用不了，可能已被别的程序占用", remedy=f"换一个：gouji serve --port {port + 1}"
        ) from error
    return bound
