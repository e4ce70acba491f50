"""Worker processes: what hangs or dies takes nobody with it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from validator.errors import UnsupportedFormat
from validator.serve.pool import BusyError, FailedError, Pool, TimeLimitError, _Worker
from validator.serve.rules import Rules
from validator.serve.work import Drawn, Job

SMALL = Job("page", "项目\t数\n甲\t1\n乙\t2\n合计\t4\n".encode(), "小.tsv")
SLOW = Job("page", b"".join(b"%d\t1\t2\t3\t4\t5\t6\t7\n" % number for number in range(90_000)), "slow.tsv")


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool(2, 30)
    yield made
    made.close()


def test_a_job_is_done(pool: Pool) -> None:
    drawn = pool.run(SMALL)

    assert isinstance(drawn, Drawn)
    assert drawn.correctable


def test_what_a_job_raises_on_purpose_comes_out_with_its_words(pool: Pool) -> None:
    with pytest.raises(UnsupportedFormat) as raised:
        pool.run(Job("page", b"%PDF-1.4 nothing", "a.pdf"))

    assert raised.value.message
    assert raised.value.remedy


def test_a_bug_is_told_and_the_worker_goes_on(pool: Pool) -> None:
    with pytest.raises(FailedError, match="KeyError"):
        pool.run(Job("no such task", b"x", "a.txt"))

    assert pool.run(SMALL).correctable


def test_a_job_that_takes_too_long_is_stopped_and_others_go_on(pool: Pool) -> None:
    for worker in [pool._free.get() or _Worker() for _ in range(2)]:
        pool._free.put(worker)
    pool.seconds = 1
    caught: list[Exception] = []

    def hostile() -> None:
        try:
            pool.run(SLOW)
        except TimeLimitError as error:
            caught.append(error)

    thread = threading.Thread(target=hostile)
    thread.start()
    time.sleep(0.2)
    assert pool.run(SMALL).correctable
    assert thread.is_alive()
    thread.join(60)

    assert len(caught) == 1
    pool.seconds = 30
    assert pool.run(SMALL).correctable


def test_when_all_are_busy_the_next_is_told_so(pool: Pool) -> None:
    pool.seconds = 0.2
    taken = [pool._free.get(), pool._free.get()]
    with pytest.raises(BusyError):
        pool.run(SMALL)
    for worker in taken:
        pool._free.put(worker)


def test_a_worker_that_died_is_replaced() -> None:
    pool = Pool(1, 30)
    pool.run(SMALL)
    worker = pool._free.get()
    assert worker is not None
    worker._process.kill()
    worker._process.join()
    pool._free.put(worker)
    with pytest.raises(FailedError):
        pool.run(SMALL)

    assert pool.run(SMALL).correctable
    pool.close()


def test_a_worker_checks_by_the_rules_of_the_pool(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "form.yaml").write_text(
        "id: own\ntitle: 收费表\nbasis: 甲\nrecognise: {}\nsections:\n  - id: fees\n    title: 收费\n"
        "    columns: {what: {name: 收费事项, type: label}, paid: {name: 已收, type: amount}}\n"
        "    requires: [[what], [paid]]\n",
        encoding="utf-8",
    )
    pool = Pool(1, 60, Rules(str(tmp_path)))
    try:
        told = json.loads(pool.run(Job("json", "收费事项\t已收\n甲\t1\n".encode(), "a.tsv")).data)
    finally:
        pool.close()
    assert [form["id"] for form in told["forms"]] == ["own"]
