"""The HTML of the page and of the description of the interface."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import html as parser

from validator.readers import SUFFIXES
from validator.serve.pages import index, interface
from validator.serve.words import WORDS

API = {
    "info": {"description": "甲<乙>\n\n丙"},
    "paths": {
        "/api/check": {
            "post": {
                "summary": "核对<一>",
                "description": "说明",
                "parameters": [{"name": "lang", "description": "语言"}],
                "requestBody": {"content": {"multipart/form-data": {}}},
                "responses": {
                    "200": {"description": "报告", "content": {"application/json": {"schema": {"properties": {"a": 1}}}}},
                    "413": {"description": "太大"},
                },
            }
        },
        "/api/health": {"get": {"responses": {"200": {"description": "在"}}}},
    },
}


def read(text: str) -> Any:
    """Return a page as elements."""
    return parser.document_fromstring(text)


@pytest.mark.parametrize("lang", ["zh", "en"])
class TestIndex:
    def test_scripts_find_their_words_in_an_attribute(self, lang: str) -> None:
        body = read(index(lang, 5_000_000)).body

        assert json.loads(body.get("data-words")) == dict(WORDS[lang])
        assert (body.get("data-lang"), body.get("data-most")) == (lang, "5000000")

    def test_every_kind_of_file_that_is_read_can_be_chosen(self, lang: str) -> None:
        root = read(index(lang, 1))

        assert root.xpath("//input[@type='file']/@accept") == [",".join(SUFFIXES)]

    def test_every_control_has_a_name_and_each_id_is_given_once(self, lang: str) -> None:
        root = read(index(lang, 1))
        ids = root.xpath("//@id")

        assert len(ids) == len(set(ids))
        for reference in root.xpath("//@aria-labelledby | //label/@for"):
            assert reference in ids
        for button in root.xpath("//button | //h1 | //h2[not(@id='editor-title')]"):
            assert button.text_content().strip()

    def test_the_other_language_is_one_link_away(self, lang: str) -> None:
        (link,) = read(index(lang, 1)).xpath("//a[@hreflang]")

        assert link.get("href") == f"/?lang={'en' if lang == 'zh' else 'zh'}"
        assert link.get("lang") != read(index(lang, 1)).get("lang")


def test_the_interface_is_told_operation_by_operation() -> None:
    root = read(interface(API, "zh"))
    first, second = root.xpath("//section")

    assert first.xpath("string(h2)") == "POST /api/check"
    assert first.xpath("p/text()") == ["核对<一>", "说明"]
    assert first.xpath(".//th//text()") == ["lang", "multipart/form-data", "200", "413"]
    assert '"properties"' in first.xpath("string(details/pre)")
    assert second.xpath("string(h2)") == "GET /api/health"
    assert second.xpath(".//details") == []
    assert root.xpath("//main/p/text()") == ["甲<乙>", "丙"]


def test_examples_can_be_copied_to_a_shell() -> None:
    (example,) = read(interface(API, "en")).xpath("//main/pre")

    assert [line.split()[0] for line in example.text_content().splitlines()] == ["curl", "curl"]
