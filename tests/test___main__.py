"""The command `gouji` as a process."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from validator import __version__
from validator.__main__ import main


def test_what_was_loaded_is_not_gone_through_once_more_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gouji", "--version"])
    threshold = gc.get_threshold()
    try:
        assert main() == 0
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] > threshold[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*threshold)


@pytest.mark.parametrize(("arguments", "code", "said"), [(["--version"], 0, __version__), (["nothing"], 2, "")])
def test_the_module_can_be_run_and_ends_with_the_code_of_the_command(arguments: list[str], code: int, said: str) -> None:
    done = subprocess.run([sys.executable, "-m", "validator", *arguments], capture_output=True, text=True, check=False)

    assert done.returncode == code
    assert said in done.stdout
