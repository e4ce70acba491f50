"""A server of the page, running in a thread of the tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def served(**options: Any) -> Iterator[str]:
    """Serve the application on a free port and give its address, without a slash at the end."""
    uvicorn = pytest.importorskip("uvicorn", reason="the extra gouji[serve] is not installed")
    from validator.serve.app import application
    from validator.serve.run import listening

    bound = listening(0)
    server = uvicorn.Server(uvicorn.Config(application(**options), log_level="error", access_log=False, server_header=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    end = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < end, "the server doesn't start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(30)
    bound.close()
