"""The server: the page, the files that it is handed, and `POST /api/check` for filing systems.

Files come as bytes and stay bytes; their names are shown and never opened. Reading and checking happen in worker processes.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from validator import __version__
from validator.errors import GoujiError, UnreadableDocument, UnsupportedFormat
from validator.model.finding import Finding
from validator.readers import LIMITS
from validator.reports import html
from validator.serve import description, pages
from validator.serve.edits import LONGEST, MOST, Edit, difference
from validator.serve.guard import Guard, TooLargeError, too_large
from validator.serve.pool import BusyError, JobError, Pool, TimeLimitError
from validator.serve.shelf import Item, Shelf
from validator.serve.work import Drawn, Job, Made

SECONDS = 20.0
"""How long one check may take."""
WORKERS = 2
_LANGUAGES = ("zh", "en")
_FAULTS: Mapping[type[GoujiError], tuple[int, str]] = MappingProxyType(
    {
        UnsupportedFormat: (415, "unsupported"),
        UnreadableDocument: (422, "unreadable"),
        TimeLimitError: (422, "too-slow"),
        BusyError: (503, "busy"),
        JobError: (500, "failed"),
        GoujiError: (422, "wrong-request"),
    }
)
"""Status and code for each kind of error; the first that fits."""
_CODES: Mapping[int, str] = MappingProxyType({404: "not-found", 405: "wrong-method", 413: "too-large", 422: "wrong-request"})
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".json": "application/json",
        ".html": "text/html; charset=utf-8",
        ".txt": "text/plain",
        ".md": "text/markdown",
        ".csv": "text/csv",
        ".tsv": "text/tab-separated-values",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    }
)
_ENDINGS: Mapping[str, str] = MappingProxyType(
    {"annotated": "-批注", "letter": "-审核意见", "json": "-核对结果", "html": "-核对报告", "corrected": "-改好"}
)
"""What can be downloaded, and what it is called after the name of the file."""
_STATIC: Mapping[str, str] = MappingProxyType(
    {
        "page.css": "text/css; charset=utf-8",
        "page.js": "text/javascript; charset=utf-8",
        "files.js": "text/javascript; charset=utf-8",
        "editing.js": "text/javascript; charset=utf-8",
        "asking.js": "text/javascript; charset=utf-8",
        "icon.svg": "image/svg+xml",
    }
)
"""The files of the page, named one by one: nothing in a request ever becomes a path."""


_FIGURE = re.compile(r"([-+]?[\d,]+(?:\.\d+)?)\s*([^\d\s]+)", re.ASCII)


class RefusalError(Exception):
    """An answer with a status and one sentence."""

    def __init__(self, status: int, message: str) -> None:
        """`message`: one sentence for the person who asked."""
        super().__init__(message)
        self.status, self.message = status, message


def application(*, lang: str = "zh", pool: Pool | None = None, shelf: Shelf | None = None, most_bytes: int = 0) -> Guard:
    """Return the ASGI application. `lang`: language of the page where a request names none."""
    most = most_bytes or LIMITS.max_bytes
    served = _Served(lang, pool or Pool(WORKERS, SECONDS), shelf or Shelf(), most)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        served.pool.close()

    app = FastAPI(
        title="勾稽 Gouji", version=__version__, description=description.ABOUT, docs_url=None, redoc_url=None, lifespan=life
    )
    app.add_exception_handler(RefusalError, _refused)
    app.add_exception_handler(GoujiError, _gouji_error)
    app.add_exception_handler(TooLargeError, partial(_too_large, most))
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _bug)
    hidden: dict[str, Any] = {"include_in_schema": False}
    app.add_api_route("/", served.page, methods=["GET"], response_class=HTMLResponse, **hidden)
    app.add_api_route("/docs", served.docs, methods=["GET"], response_class=HTMLResponse, **hidden)
    app.add_api_route("/static/{name}", _static, methods=["GET"], **hidden)
    app.add_api_route("/documents", served.receive, methods=["POST"], **hidden)
    app.add_api_route("/documents/{id}", served.recheck, methods=["POST"], **hidden)
    app.add_api_route("/documents/{id}", served.forget, methods=["DELETE"], **hidden)
    app.add_api_route("/documents/{id}/{wanted}", served.download, methods=["GET"], **hidden)
    app.add_api_route("/api/check", served.check, methods=["POST"], response_class=Response, **description.CHECK)
    app.add_api_route("/api/health", _health, methods=["GET"], **description.HEALTH)
    # The API may take the same file wrapped in a form: room for the wrapping.
    return Guard(app, most + 2**16)


class _Served:
    """What the routes share: the workers, the files of the session, the limits."""

    def __init__(self, lang: str, pool: Pool, shelf: Shelf, most_bytes: int) -> None:
        self.lang, self.pool, self.shelf, self.most_bytes = lang, pool, shelf, most_bytes

    async def page(self, request: Request) -> HTMLResponse:
        """The page."""
        return HTMLResponse(pages.index(self._lang(request), self.most_bytes))

    async def docs(self, request: Request) -> HTMLResponse:
        """The description of the interface, drawn from its OpenAPI."""
        return HTMLResponse(pages.interface(request.app.openapi(), self._lang(request)))

    async def receive(self, request: Request) -> Response:
        """Take a file, check it, keep it for the session."""
        name, data = _name(request.query_params.get("name", "")), await self._body(request)
        job = Job("page", data, name, self._lang(request))
        drawn: Drawn = await run_in_threadpool(self.pool.run, job)
        item = self.shelf.add(name, data, drawn.findings)
        return JSONResponse({"id": item.id, "name": name, **_shown(drawn)})

    async def recheck(self, request: Request, id: str) -> Response:
        """Check a kept file with texts typed into its cells, and say what that changed since the last time."""
        item = self._item(id)
        edits = _edits(await self._body(request))
        drawn: Drawn = await run_in_threadpool(
            self.pool.run, Job("page", item.data, item.name, self._lang(request), edits=edits)
        )
        became = difference(item.findings, drawn.findings)
        item.findings, item.edits = drawn.findings, edits
        told = {kind: [_told(finding) for finding in findings] for kind, findings in zip(became._fields, became, strict=True)}
        return JSONResponse({"difference": told, **_shown(drawn)})

    async def download(self, request: Request, id: str, wanted: str) -> Response:
        """Make a file of a kept file."""
        if wanted not in _ENDINGS:
            raise HTTPException(404)
        item = self._item(id)
        made: Made = await run_in_threadpool(
            self.pool.run, Job(wanted, item.data, item.name, self._lang(request), edits=item.edits)
        )
        stem = item.name.rpartition(".")[0] or item.name
        name = quote(f"{stem}{_ENDINGS[wanted]}{made.suffix}", safe="")
        return Response(
            made.data,
            media_type=_TYPES.get(made.suffix, "application/octet-stream"),
            headers={"Content-Disposition": f"attachment; filename=\"gouji{made.suffix}\"; filename*=UTF-8''{name}"},
        )

    async def forget(self, id: str) -> Response:
        """Forget a kept file."""
        self.shelf.drop(id)
        return Response(status_code=204)

    async def check(self, request: Request) -> Response:
        """Check one document and return its report."""
        name, data = request.query_params.get("name", ""), b""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() == "multipart/form-data":
            sent, data = await self._form(request)
            name = name or sent
        else:
            data = await self._body(request)
        job = Job("json", data, _name(name), self._lang(request), request.query_params.get("form") or None)
        made: Made = await run_in_threadpool(self.pool.run, job)
        return Response(made.data, media_type="application/json")

    async def _body(self, request: Request) -> bytes:
        data = await request.body()
        if not data:
            raise RefusalError(422, "没有收到文件内容（请求体是空的）")
        if len(data) > self.most_bytes:
            raise TooLargeError
        return data

    async def _form(self, request: Request) -> tuple[str, bytes]:
        """Return the one file of a form. It is parsed here and not by the framework, which would spool it to disk."""
        body = await request.body()

        async def stream() -> AsyncGenerator[bytes, None]:
            yield body

        parser = MultiPartParser(request.headers, stream(), max_files=1, max_fields=20)
        parser.spool_max_size = len(body) + 1
        try:
            form = await parser.parse()
        except (MultiPartException, KeyError, ValueError) as error:
            raise RefusalError(422, "表单读不出来：一次请求只放一个文件，字段名用 file") from error
        found = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
        if not found:
            raise RefusalError(422, "表单里没有文件：请把文件放在 file 字段里")
        data = await found[0].read()
        await form.close()
        if not data:
            raise RefusalError(422, "收到的文件是空的")
        if len(data) > self.most_bytes:
            raise TooLargeError
        return found[0].filename or "", data

    def _lang(self, request: Request) -> str:
        asked = request.query_params.get("lang", self.lang)
        if asked not in _LANGUAGES:
            raise RefusalError(422, "没有这种语言：lang 可以是 zh 或 en")
        return asked

    def _item(self, id: str) -> Item:
        item = self.shelf.get(id)
        if item is None:
            raise RefusalError(404, "这份文件已不在了（放得太久，或程序重新启动过），请重新放进来")
        return item


def _shown(drawn: Drawn) -> dict[str, Any]:
    return {
        "html": drawn.html,
        "counts": {"errors": drawn.errors, "warnings": drawn.warnings, "infos": drawn.infos},
        "before": dict(drawn.before),
        "formulas": list(drawn.formulas),
        "expected": _expected(drawn.findings),
        "correctable": drawn.correctable,
    }


def _expected(findings: tuple[Finding, ...]) -> dict[str, list[str]]:
    """Return, for each cell that findings are about, the texts that would settle them.

    Points in brackets are only a part of their cell: 产出指标（50分）.
    """
    found: dict[str, dict[str, None]] = {}
    for finding in findings:
        within = finding.primary.text.rstrip().endswith((")", "）"))
        if finding.expected and not finding.bound and finding.primary.address and not within:
            text = _as_written(finding.expected, finding.primary.text)
            found.setdefault(finding.primary.address, {})[text] = None
    return {address: list(texts) for address, texts in found.items()}


def _as_written(expected: str, stated: str) -> str:
    """Return a figure without its unit where the cell has none: that stands in the head of its column."""
    figure = _FIGURE.fullmatch(expected)
    return figure.group(1) if figure and figure.group(2) != "%" and figure.group(2) not in stated else expected


def _told(finding: Finding) -> dict[str, str]:
    return {
        "severity": finding.severity.value,
        "title": finding.title,
        "message": finding.message,
        "address": finding.primary.address,
    }


def _edits(data: bytes) -> tuple[Edit, ...]:
    """Return what was typed, as the page sends it: {"edits": [[address, text], …]}."""
    try:
        edits = tuple(Edit(address, text) for address, text in json.loads(data)["edits"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RefusalError(422, "改动的写法不对") from error
    if not all(isinstance(text, str) for edit in edits for text in edit):
        raise RefusalError(422, "改动的写法不对")
    if len(edits) > MOST:
        raise RefusalError(422, f"一份文件最多试改 {MOST} 格")
    if any(len(edit.text) > LONGEST for edit in edits):
        raise RefusalError(422, f"一格最多写 {LONGEST} 个字")
    return edits


def _name(text: str) -> str:
    """Return a file name for messages: without folders, control characters, or more than a name can hold."""
    name = "".join(filter(str.isprintable, text.replace("\\", "/").rpartition("/")[2])).strip()
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[:120]}{dot}{suffix[:12]}" if dot else name[:120]


async def _static(name: str) -> Response:
    """Send one of the files of the page."""
    if name == "report.css":
        return Response(html.style(), media_type="text/css; charset=utf-8")
    if name == "report.js":
        return Response(html.script(), media_type="text/javascript; charset=utf-8")
    if name not in _STATIC:
        raise HTTPException(404)
    return Response(files("validator.serve").joinpath("static", name).read_bytes(), media_type=_STATIC[name])


async def _health() -> dict[str, str]:
    """Say that the server is there."""
    return {"status": "ok", "version": __version__}


def _answer(status: int, message: str, code: str = "") -> JSONResponse:
    told = {"code": code or _CODES.get(status, "failed"), "message": message}
    return JSONResponse({"error": told}, status_code=status)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, RefusalError)  # noqa: S101 (registered for it)
    return _answer(error.status, error.message)


async def _gouji_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, GoujiError)  # noqa: S101 (registered for it)
    status, code = next(fault for kind, fault in _FAULTS.items() if isinstance(error, kind))
    return _answer(status, error.message + (f"（{error.remedy}）" if error.remedy else ""), code)


async def _too_large(most_bytes: int, _: Request, __: Exception) -> Response:
    return _answer(413, too_large(most_bytes))


async def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 (registered for it)
    told = {404: "没有这个地址", 405: "这个地址不接受这种请求"}
    return _answer(error.status_code, told.get(error.status_code, "请求没有成功"))


async def _invalid(_: Request, __: Exception) -> Response:
    return _answer(422, "请求的写法不对，用法见 /docs")


async def _bug(_: Request, error: Exception) -> Response:
    return _answer(500, f"程序内部出错（{type(error).__name__}），这一份没有完成")
