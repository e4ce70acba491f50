"""Worker processes: a job in, its result out, within a time. A file that hangs or kills its worker takes nobody with it."""

from __future__ import annotations

import multiprocessing
import queue
import signal
from multiprocessing.connection import Connection
from typing import Any

from validator.errors import GoujiError
from validator.serve.rules import SHIPPED, Rules
from validator.serve.work import Job, do, prepare

START_SECONDS = 120
"""How long a new process may take until it is ready, on a slow machine too."""


class JobError(GoujiError):
    """A job that gave nothing, through no fault that the reader could name."""


class TimeLimitError(JobError):
    """The job was not done in time; its worker was ended."""


class FailedError(JobError):
    """The job ended its worker, or met a bug of ours."""


class BusyError(JobError):
    """No worker became free in time."""


class Pool:
    """A few processes, each started when it is first needed and replaced when it was lost."""

    def __init__(self, size: int, seconds: float, rules: Rules = SHIPPED) -> None:
        """`seconds`: how long one job may take, and how long one may wait for a worker. `rules`: what every job checks by."""
        self.seconds = seconds
        self._rules = rules
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._closed = False
        for _ in range(size):
            self._free.put(None)

    def run(self, job: Job) -> Any:
        """Do a job in a worker. Raises JobError, and what the job raises on purpose."""
        try:
            worker = self._free.get(timeout=self.seconds)
        except queue.Empty:
            raise BusyError("正在核对的文件太多，请稍后再试") from None
        kept: _Worker | None = None
        try:
            worker = worker or _Worker(self._rules)
            kept, answer = worker.ask(job._replace(rules=self._rules), self.seconds)
        finally:
            self._free.put(kept)
            if kept is not None and self._closed:
                kept.end()
        if isinstance(answer, GoujiError):
            raise answer
        return answer

    def warm(self) -> None:
        """Start one worker, so that the first file needn't wait for it."""
        worker = self._free.get()
        try:
            worker = worker or _Worker(self._rules)
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """End every process."""
        self._closed = True
        while True:
            try:
                worker = self._free.get_nowait()
            except queue.Empty:
                return
            if worker is not None:
                worker.end()


class _Worker:
    """A process and the pipe to it."""

    def __init__(self, rules: Rules = SHIPPED) -> None:
        # Never forked: the server has threads, and a copy of their locks may be held for ever.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, rules), daemon=True, name="gouji-worker")
        self._process.start()
        theirs.close()
        if not self._pipe.poll(START_SECONDS):
            self.end()
            raise FailedError("核对程序没能启动，请重新运行 gouji serve")
        self._pipe.recv()

    def ask(self, job: Job, seconds: float) -> tuple[_Worker | None, Any]:
        """Return this worker, None when it is lost, and the answer."""
        try:
            self._pipe.send(job)
            if not self._pipe.poll(seconds):
                self.end()
                return None, TimeLimitError(f"核对超过 {seconds:g} 秒没有完成，已停止", remedy="删去无关的表或拆成几个文件再试")
            return self, self._pipe.recv()
        except (EOFError, OSError):
            self.end()
            return None, FailedError("核对这份文件时程序意外停止，这一份没有完成", remedy="请带上文件反馈")

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _serve(pipe: Connection, rules: Rules) -> None:
    """Do jobs until the pipe is closed. Ctrl-C is for the server, which ends its workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare(rules)
    pipe.send("ready")
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: Any = do(job)
        except GoujiError as error:
            answer = error
        except Exception as error:  # noqa: BLE001 (a bug of ours must not end the worker)
            answer = FailedError(f"程序内部出错（{type(error).__name__}），这一份没有完成", remedy="请带上文件反馈")
        pipe.send(answer)
