"""`gouji serve` as a command: the address it tells, the port it wants, the extra it needs."""

from __future__ import annotations

import builtins
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from validator.cli import main
from validator.errors import UsageError
from validator.serve.run import ADDRESS, listening


def test_it_tells_its_address_and_serves_there_only() -> None:
    command = [sys.executable, "-m", "validator", "serve", "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        address = line.partition("http://")[2].partition("/")[0]

        assert address.startswith("127.0.0.1:")
        assert httpx.get(f"http://{address}/api/health", trust_env=False, timeout=30).json()["status"] == "ok"
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_a_port_that_is_taken_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert main(["serve", "--port", str(port)]) == 2
    assert str(port) in capsys.readouterr().err


def test_a_socket_listens_on_this_machine_only_and_names_the_next_port_where_one_is_taken() -> None:
    with listening(0) as bound:
        address, port = bound.getsockname()

        assert address == ADDRESS == "127.0.0.1"
        with socket.create_connection((ADDRESS, port), timeout=5):
            pass
        with pytest.raises(UsageError, match=f"端口 {port} 用不了") as caught:
            listening(port)
    assert str(port + 1) in caught.value.remedy


@pytest.mark.parametrize("port", ["-1", "65536", "many", "99999999"])
def test_a_port_that_is_none_gets_a_sentence(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", f"--port={port}"]) == 2
    assert "端口" in capsys.readouterr().err


def test_mistakes_in_rules_of_ones_own_are_told_before_anything_is_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--port", "0", "--ruleset", str(tmp_path)]) == 2
    assert "文件夹里没有规则，也没有表样" in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    original = builtins.__import__

    def without(name: str, *arguments: Any, **named: Any) -> Any:
        if name.split(".", maxsplit=1)[0] in ("uvicorn", "fastapi"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return original(name, *arguments, **named)

    for module in [module for module in sys.modules if module.startswith("validator.serve.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(builtins, "__import__", without)

    assert main(["serve"]) == 2
    assert 'pip install "gouji[serve]"' in capsys.readouterr().err
