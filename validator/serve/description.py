"""What the OpenAPI document says of the interface for filing systems: texts and schemas, no behaviour."""

from __future__ import annotations

from typing import Any

from validator.reports.schema import schemas

ABOUT = (
    "核对绩效自评表里的数字是否对得上。文件随请求送来，报告随应答返回，不留存。\n\n"
    "Checks that the figures of a performance self-evaluation agree. The document comes with the request, the report goes "
    "with the answer, nothing is kept."
)
_REPORT = schemas()["report.json"]
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "string", "description": "给程序看的代号 for programs"},
                "message": {"type": "string", "description": "给人看的一句话 one sentence for people"},
            },
        }
    },
}


def _inline(schema: Any, definitions: dict[str, Any]) -> Any:
    """Return a schema with its definitions in place: those of a report don't refer to themselves."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            return _inline(definitions[schema["$ref"].rpartition("/")[2]], definitions)
        return {key: _inline(value, definitions) for key, value in schema.items() if key not in ("$defs", "$schema", "$id")}
    return [_inline(value, definitions) for value in schema] if isinstance(schema, list) else schema


def _refusal(text: str) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": _ERROR}}}


def _parameter(name: str, text: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": text, "schema": {"type": "string", **schema}}


_BINARY = {"type": "string", "format": "binary"}
CHECK: dict[str, Any] = {
    "summary": "核对一份文件 Check a document",
    "description": "文件放在表单的 file 字段里，或直接作为请求体并用 name 说明文件名。 The file is the field `file` of a "
    "form, or the body itself, with its name in `name`.",
    "operation_id": "check",
    "openapi_extra": {
        "parameters": [
            _parameter("name", "文件名，看后缀用，也写进报告 file name, for its suffix and for the report"),
            _parameter("lang", "报告的语言 language of the report", enum=["zh", "en"]),
            _parameter("form", "当作这种表，不用辨认；可用的见 gouji forms take it for this form"),
        ],
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {"schema": {"type": "object", "required": ["file"], "properties": {"file": _BINARY}}},
                "application/octet-stream": {"schema": _BINARY},
            },
        },
    },
    "responses": {
        200: {
            "description": "报告，格式 gouji.report/1 the report",
            "content": {"application/json": {"schema": _inline(_REPORT, _REPORT["$defs"])}},
        },
        403: _refusal("不是从本机来的请求 not a request from this machine"),
        413: _refusal("文件太大 too large"),
        415: _refusal("读不了这种文件 no reader takes this kind of file"),
        422: _refusal("文件打不开、已损坏、核对超时，或请求写法不对 unreadable, took too long, or a wrong request"),
        500: _refusal("程序内部出错 a fault of the program"),
        503: _refusal("忙，稍后再试 busy, try again"),
    },
}
HEALTH: dict[str, Any] = {"summary": "在不在 Whether the server is there", "operation_id": "health"}
