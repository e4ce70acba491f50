"""The HTML of the page and of the description of the interface: words and an OpenAPI document in, text out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from validator import __version__
from validator.readers import SUFFIXES
from validator.serve.words import WORDS


def index(lang: str, most_bytes: int) -> str:
    """Return the page. Its scripts find their words in an attribute, so that no script stands in the text."""
    words = WORDS[lang]
    w = {key: escape(text) for key, text in words.items()}
    told = escape(json.dumps(dict(words), ensure_ascii=False))
    other = "en" if lang == "zh" else "zh"
    return (
        _head(words["title"], w) + f'<body data-words="{told}" data-lang="{lang}" data-most="{most_bytes}">\n'
        f'<a class="skip" href="#main">{w["skip"]}</a>\n'
        f'<header class="mast"><div class="top"><p class="org">{w["brand"]}</p>'
        f'<nav aria-label="{w["nav"]}"><a href="/docs?lang={lang}">{w["interface"]}</a>'
        f'<a href="/?lang={other}" lang="{WORDS[other]["lang"]}" hreflang="{WORDS[other]["lang"]}">{escape(words["other"])}</a>'
        "</nav></div></header>\n"
        '<main id="main">\n'
        f'<section class="start" aria-labelledby="start-title"><h1 id="start-title">{w["start"]}</h1>'
        '<div id="drop" class="drop">'
        f'<p class="here-it-goes">{w["drop"]}</p>'
        f'<p><label class="choose"><span>{w["choose"]}</span>'
        f'<input id="choose" type="file" multiple accept="{",".join(SUFFIXES)}"></label></p>'
        f'<p class="kinds">{w["kinds"]}</p></div>'
        f'<p class="promise">{w["promise"]}</p></section>\n'
        f'<section id="files" class="files" aria-labelledby="files-title" hidden><h2 id="files-title">{w["files"]}</h2>'
        '<ul id="list"></ul></section>\n'
        '<p id="said" class="unseen" role="status"></p>\n'
        f'<section id="result" aria-label="{w["result"]}" tabindex="-1" hidden>'
        f'<div class="actions"><p id="downloads-title">{w["downloads"]}</p>'
        '<ul id="downloads" aria-labelledby="downloads-title"></ul>'
        f'<p id="of-original" hidden>{w["original_only"]}</p><p id="refused" role="alert"></p></div>'
        f'<p class="try">{w["try"]}</p>'
        '<article class="doc" id="report"></article></section>\n'
        "</main>\n"
        f'<aside id="became" class="became" aria-label="{w["became"]}" hidden></aside>\n'
        f'<dialog id="editor" aria-labelledby="editor-title"><form method="dialog" id="editor-form">'
        f'<h2 id="editor-title"></h2><p id="editor-was"></p>'
        f'<label for="editor-text">{w["new_text"]}</label><textarea id="editor-text" rows="1" maxlength="2000"></textarea>'
        '<div id="editor-suggested"></div><p id="editor-note"></p>'
        f'<p class="buttons"><button type="submit" class="main">{w["apply"]}</button>'
        f'<button type="button" id="editor-cancel">{w["cancel"]}</button></p></form></dialog>\n'
        f'<footer class="foot"><p>{w["foot"].format(__version__)}</p></footer>\n'
        '<script src="/static/report.js" defer></script>\n<script type="module" src="/static/page.js"></script>\n'
        "</body>\n</html>\n"
    )


def interface(api: Mapping[str, Any], lang: str) -> str:
    """Return the description of the interface."""
    words = WORDS[lang]
    w = {key: escape(text) for key, text in words.items()}
    parts = [
        _operation(path, method, operation, w)
        for path, methods in api["paths"].items()
        for method, operation in methods.items()
    ]
    about = "".join(f"<p>{escape(text)}</p>" for text in api["info"]["description"].split("\n\n"))
    return (
        _head(words["interface"], w) + f'<body><a class="skip" href="#main">{w["skip"]}</a>'
        f'<header class="mast"><div class="top"><p class="org">{w["brand"]}</p>'
        f'<nav aria-label="{w["nav"]}"><a href="/?lang={lang}">{w["back"]}</a>'
        f'<a href="/openapi.json">openapi.json</a></nav></div></header>\n'
        f'<main id="main" class="api"><h1>{w["interface"]}</h1>{about}'
        f'<h2>{w["example"]}</h2><pre tabindex="0">{escape(_EXAMPLE)}</pre>{"".join(parts)}</main>\n</body>\n</html>\n'
    )


_EXAMPLE = """curl -F file=@自评表.xlsx http://127.0.0.1:8765/api/check
curl --data-binary @自评表.xlsx 'http://127.0.0.1:8765/api/check?name=a.xlsx&lang=zh'"""


def _head(title: str, w: Mapping[str, str]) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{w["lang"]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n"
        '<link rel="icon" href="/static/icon.svg" type="image/svg+xml">\n'
        '<link rel="stylesheet" href="/static/report.css">\n<link rel="stylesheet" href="/static/page.css">\n</head>\n'
    )


def _operation(path: str, method: str, operation: Mapping[str, Any], w: Mapping[str, str]) -> str:
    head = f"<h2><code>{method.upper()} {escape(path)}</code></h2><p>{escape(operation.get('summary', ''))}</p>"
    told = f"<p>{escape(operation['description'])}</p>" if operation.get("description") else ""
    parameters = [(parameter["name"], parameter["description"]) for parameter in operation.get("parameters", ())]
    bodies = [(kind, "") for kind in operation.get("requestBody", {}).get("content", {})]
    answers = [(status, answer["description"]) for status, answer in operation["responses"].items()]
    tables = ((w["parameters"], parameters), (w["bodies"], bodies), (w["answers"], answers))
    listed = "".join(f"<h3>{title}</h3>{_table(rows)}" for title, rows in tables if rows)
    schema = operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema")
    folded = ""
    if schema and schema.get("properties"):
        text = escape(json.dumps(schema, ensure_ascii=False, indent=2))
        folded = f'<details><summary>{w["schema"]}</summary><pre tabindex="0">{text}</pre></details>'
    return f"<section>{head}{told}{listed}{folded}</section>"


def _table(rows: list[tuple[str, str]]) -> str:
    lines = "".join(f'<tr><th scope="row"><code>{escape(name)}</code></th><td>{escape(text)}</td></tr>' for name, text in rows)
    return f'<div class="scroll" tabindex="0"><table class="list"><tbody>{lines}</tbody></table></div>'
