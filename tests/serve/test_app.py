"""Every address of the server, and everything that it refuses."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from tests.building.samples import files, samples
from tests.reports.samples import RATE_FINDING
from tests.serve.serving import served
from validator import pipeline
from validator.reports import json as report_json
from validator.serve.edits import MOST
from validator.serve.guard import POLICY

NAME = "rural-clinics.xlsx"
RATE = "自评表!H6"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as made:
        yield made


@pytest.fixture(scope="module")
def data() -> bytes:
    return files(next(sample for sample in samples() if sample.name == "rural-clinics"))[NAME]


@pytest.fixture
def id(client: httpx.Client, data: bytes) -> str:
    return str(client.post("/documents", params={"name": "自评表 一.xlsx"}, content=data).json()["id"])


def refused(answer: httpx.Response, status: int, code: str) -> str:
    """Assert a refusal and return its sentence."""
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["code"] == code
    assert len(error["message"].splitlines()) == 1
    assert "Traceback" not in answer.text
    return str(error["message"])


class TestPages:
    def test_the_first_page_says_in_one_sentence_what_to_do(self, client: httpx.Client) -> None:
        text = client.get("/").text

        assert "<h1" in text
        assert 'lang="zh-CN"' in text
        assert 'lang="en"' in client.get("/", params={"lang": "en"}).text

    @pytest.mark.parametrize("path", ["/", "/docs"])
    def test_nothing_stands_in_the_pages_that_the_policy_forbids(self, client: httpx.Client, path: str) -> None:
        answer = client.get(path)

        assert answer.headers["content-security-policy"] == POLICY
        assert "'unsafe" not in POLICY
        assert not re.search(r"<style|\sstyle=|\son\w+=|https?://(?!127\.0\.0\.1)", answer.text)
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", answer.text))

    def test_what_the_page_asks_for_is_there(self, client: httpx.Client) -> None:
        asked = re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get("/").text)
        modules = [path for path in asked if path.endswith("page.js")]
        asked += [f"/static/{name}" for path in modules for name in re.findall(r'from "\./([^"]+)"', client.get(path).text)]

        assert len(asked) >= 7
        assert {path: client.get(path).status_code for path in asked} == dict.fromkeys(asked, 200)

    @pytest.mark.parametrize("path", ["/static/app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/nothing"])
    def test_there_is_nothing_else(self, client: httpx.Client, path: str) -> None:
        refused(client.get(path), 404, "not-found")

    def test_the_interface_is_described_without_anything_from_elsewhere(self, client: httpx.Client) -> None:
        api = client.get("/openapi.json").json()

        assert set(api["paths"]) == {"/api/check", "/api/health"}
        assert "/api/check" in client.get("/docs").text
        assert "unpkg" not in client.get("/docs").text

    def test_every_answer_has_the_safety_headers(self, client: httpx.Client) -> None:
        for answer in (client.get("/"), client.get("/nothing"), client.get("/api/health", headers={"Host": "evil.example"})):
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert "server" not in answer.headers


class TestCheck:
    def test_health(self, client: httpx.Client) -> None:
        assert client.get("/api/health").json()["status"] == "ok"

    def test_a_body_and_a_form_give_the_report_of_the_library(self, client: httpx.Client, data: bytes) -> None:
        expected = json.loads(report_json.render(pipeline.check(data, name=NAME)))

        assert client.post("/api/check", params={"name": NAME}, content=data).json() == expected
        assert client.post("/api/check", files={"file": (NAME, data)}).json() == expected

    def test_the_answer_fits_its_schema(self, client: httpx.Client, data: bytes) -> None:
        jsonschema = pytest.importorskip("jsonschema")
        api = client.get("/openapi.json").json()
        schema = api["paths"]["/api/check"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(client.post("/api/check", params={"name": NAME}, content=data).json(), schema)

    def test_language_and_form_can_be_asked_for(self, client: httpx.Client, data: bytes) -> None:
        english = client.post("/api/check", params={"name": NAME, "lang": "en", "form": "project"}, content=data).json()

        assert not re.search("[\u4e00-\u9fff]", english["findings"][0]["title"])
        assert [form["id"] for form in english["forms"]][:1] == ["project"]

    @pytest.mark.parametrize(
        "name",
        ["../../etc/passwd.xlsx", "C:\\temp\\passwd.xlsx", "/etc/passwd.xlsx", "\x00\x1b[31m/passwd.xlsx", "passwd.xlsx"],
    )
    def test_a_name_is_never_a_path(self, client: httpx.Client, data: bytes, name: str) -> None:
        found = client.post("/api/check", params={"name": name}, content=data).json()

        assert found["document"]["path"] == "passwd.xlsx"

    def test_a_name_of_an_existing_file_is_not_opened(self, client: httpx.Client, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text("秘密")
        found = client.post("/api/check", params={"name": str(file)}, content="合计 1".encode()).json()

        assert found["document"]["path"] == "a.txt"
        assert "秘密" not in json.dumps(found, ensure_ascii=False)

    def test_a_form_is_never_spooled_to_disk(self, client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
        rolled: list[object] = []
        monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", rolled.append)
        answer = client.post("/api/check", files={"file": ("a.txt", "合计 1\n".encode() * 300_000)})

        assert answer.status_code in (200, 422)
        assert rolled == []


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "content", "status", "code"),
        [
            ("a.xlsx", b"", 422, "wrong-request"),
            ("a.pdf", b"%PDF-1.7 something", 415, "unsupported"),
            ("a.doc", bytes(range(256)) * 40, 415, "unsupported"),
            ("a.xlsx", b"PK\x03\x04 not a zip", 422, "unreadable"),
        ],
        ids=["empty", "pdf", "binary", "damaged"],
    )
    @pytest.mark.parametrize("path", ["/api/check", "/documents"])
    def test_a_bad_file(self, client: httpx.Client, path: str, name: str, content: bytes, status: int, code: str) -> None:
        refused(client.post(path, params={"name": name}, content=content), status, code)

    def test_forms_without_a_file_or_with_two(self, client: httpx.Client) -> None:
        refused(client.post("/api/check", files={"file": ("a.txt", b"")}), 422, "wrong-request")
        refused(client.post("/api/check", files=[("file", ("a.txt", b"1")), ("file", ("b.txt", b"1"))]), 422, "wrong-request")
        headers = {"Content-Type": "multipart/form-data"}
        refused(client.post("/api/check", content=b"nonsense", headers=headers), 422, "wrong-request")
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        refused(client.post("/api/check", content=b"nonsense", headers=headers), 422, "wrong-request")

    @pytest.mark.parametrize("params", [{"lang": "fr"}, {"form": "nothing"}])
    def test_words_that_mean_nothing(self, client: httpx.Client, data: bytes, params: dict[str, str]) -> None:
        refused(client.post("/api/check", params={"name": NAME, **params}, content=data), 422, "wrong-request")

    def test_a_wrong_method(self, client: httpx.Client) -> None:
        refused(client.get("/api/check"), 405, "wrong-method")

    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil:80", "", "10.0.0.1", "127.0.0.1@x"]
    )
    def test_another_host(self, client: httpx.Client, host: str) -> None:
        refused(client.get("/api/health", headers={"Host": host}), 403, "forbidden")

    @pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
    def test_another_origin(self, client: httpx.Client, data: bytes, origin: str) -> None:
        answer = client.post("/api/check", params={"name": NAME}, content=data, headers={"Origin": origin})

        refused(answer, 403, "forbidden")

    def test_its_own_origin_is_welcome(self, client: httpx.Client, url: str, data: bytes) -> None:
        headers = {"Origin": url, "Sec-Fetch-Site": "same-origin"}

        assert client.post("/api/check", params={"name": NAME}, content=data, headers=headers).status_code == 200

    def test_what_a_browser_says_of_another_site(self, client: httpx.Client) -> None:
        headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
        refused(client.get("/api/health", headers=headers), 403, "forbidden")
        link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}

        assert client.get("/", headers=link).status_code == 200
        assert client.get("/", headers={**link, "Sec-Fetch-Dest": "iframe"}).status_code == 403

    def test_too_much_is_refused_whether_its_length_is_told_or_not(self) -> None:
        with served(most_bytes=100_000) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
            large = b"1" * 200_000
            refused(client.post("/api/check", params={"name": "a.txt"}, content=large), 413, "too-large")
            refused(client.post("/documents", params={"name": "a.txt"}, content=iter([large[:99_000]] * 2)), 413, "too-large")
            refused(client.post("/api/check", files={"file": ("a.txt", b"1" * 120_000)}), 413, "too-large")
            assert client.post("/api/check", files={"file": ("a.txt", b"1" * 99_999)}).status_code == 200

    def test_what_takes_too_long_is_told_so(self) -> None:
        from validator.serve.pool import Pool

        pool = Pool(1, 30)
        pool.warm()
        pool.seconds = 0.3
        slow = b"".join(b"%d\t1\t2\t3\t4\t5\t6\t7\n" % number for number in range(60_000))
        with served(pool=pool) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
            refused(client.post("/api/check", params={"name": "a.tsv"}, content=slow), 422, "too-slow")


class TestDocuments:
    def test_a_file_is_drawn_with_the_addresses_of_its_cells(self, client: httpx.Client, data: bytes) -> None:
        told = client.post("/documents", params={"name": "自评表 一.xlsx"}, content=data).json()

        assert told["name"] == "自评表 一.xlsx"
        assert told["counts"] == {"errors": 4, "warnings": 1, "infos": 0}
        assert f'data-at="{RATE}"' in told["html"]
        assert told["expected"][RATE] == ["96.85%"]
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", told["html"])

    def test_a_unit_that_stands_in_the_head_is_not_offered_for_the_cell(self, client: httpx.Client, data: bytes) -> None:
        told = client.post("/documents", params={"name": NAME}, content=data).json()

        assert all(re.fullmatch(r"[\d.,]+%?", text) for texts in told["expected"].values() for text in texts)

    def test_a_limit_is_not_offered_for_the_cell(self) -> None:
        from validator.serve.app import _expected

        finding = RATE_FINDING._replace(bound="<=")
        assert _expected((finding,)) == {}
        assert _expected((finding._replace(bound=""),)) == {finding.primary.address: ["96.35%"]}
        points = finding.primary._replace(text="产出指标（50分）")
        assert _expected((finding._replace(bound="", primary=points),)) == {}

    def test_a_change_settles_and_another_breaks_and_all_can_be_undone(self, client: httpx.Client, id: str) -> None:
        def change(*edits: tuple[str, str]) -> tuple[list[int], dict[str, int]]:
            told = client.post(f"/documents/{id}", json={"edits": edits}).json()
            return [len(told["difference"][part]) for part in ("settled", "broken", "changed")], told["counts"]

        assert change((RATE, "96.85%")) == ([1, 0, 0], {"errors": 3, "warnings": 1, "infos": 0})
        assert change((RATE, "96.85%"), ("自评表!H7", "12%"))[0] == [0, 1, 0]
        assert change((RATE, "96.85%"))[0] == [1, 0, 0]
        assert change((RATE, "80%"))[0] == [0, 1, 0]
        assert change((RATE, "81%"))[0] == [0, 0, 1]
        assert change() == ([0, 0, 1], {"errors": 4, "warnings": 1, "infos": 0})

    def test_it_says_what_stood_in_the_cell(self, client: httpx.Client, id: str) -> None:
        told = client.post(f"/documents/{id}", json={"edits": [[RATE, "1"]]}).json()

        assert told["before"] == {RATE: "89.85%"}

    @pytest.mark.parametrize(
        "body",
        [
            b"nonsense",
            b"[]",
            b'{"edits": 1}',
            b'{"edits": [1]}',
            b'{"edits": [["a"]]}',
            b'{"edits": [["a", 1]]}',
            b'{"edits": [["\xe6\xb2\xa1\xe6\x9c\x89!A1", "1"]]}',
            json.dumps({"edits": [[RATE, "1"]] * (MOST + 1)}).encode(),
            json.dumps({"edits": [[RATE, "1" * 3000]]}).encode(),
            b"[" * 100_000,
        ],
        ids=["text", "list", "number", "no pair", "one", "no text", "no cell", "many", "long", "deep"],
    )
    def test_edits_that_make_no_sense(self, client: httpx.Client, id: str, body: bytes) -> None:
        refused(client.post(f"/documents/{id}", content=body), 422, "wrong-request")

    def test_a_file_that_is_not_here(self, client: httpx.Client, id: str) -> None:
        refused(client.post("/documents/nothing", json={"edits": []}), 404, "not-found")
        refused(client.get(f"/documents/{id}/nothing"), 404, "not-found")
        assert client.delete(f"/documents/{id}").status_code == 204
        refused(client.get(f"/documents/{id}/json"), 404, "not-found")

    def test_downloads_open_again(self, client: httpx.Client, id: str, data: bytes) -> None:
        import docx
        import openpyxl

        client.post(f"/documents/{id}", json={"edits": [[RATE, "96.85%"]]})
        got = {kind: client.get(f"/documents/{id}/{kind}") for kind in ("annotated", "letter", "json", "html")}

        assert {kind: answer.status_code for kind, answer in got.items()} == dict.fromkeys(got, 200)
        book = openpyxl.load_workbook(io.BytesIO(got["annotated"].content))
        assert book.sheetnames == ["自评表", "核对结果"]
        assert book["自评表"]["H6"].comment is not None
        assert docx.Document(io.BytesIO(got["letter"].content)).paragraphs
        assert report_json.load(got["json"].text).findings == pipeline.check(data, name="自评表 一.xlsx").findings
        assert got["html"].text.startswith("<!DOCTYPE html>")

    def test_downloads_are_named_after_the_file(self, client: httpx.Client, id: str) -> None:
        named = client.get(f"/documents/{id}/annotated").headers["content-disposition"]

        assert unquote(named) == "attachment; filename=\"gouji.xlsx\"; filename*=UTF-8''自评表 一-批注.xlsx"

    def test_the_corrected_copy_has_the_changes_and_no_more_of_the_findings(
        self, client: httpx.Client, id: str, data: bytes
    ) -> None:
        client.post(f"/documents/{id}", json={"edits": [[RATE, "96.85%"]]})
        copy = client.get(f"/documents/{id}/corrected").content
        before, after = pipeline.check(data, name=NAME).findings, pipeline.check(copy, name=NAME).findings

        assert [one.rule for one in before if one not in after] == ["FUND-003"]

    def test_without_a_change_there_is_no_corrected_copy(self, client: httpx.Client, id: str) -> None:
        refused(client.get(f"/documents/{id}/corrected"), 422, "wrong-request")


def test_a_hostile_document_comes_out_escaped(client: httpx.Client) -> None:
    hostile = (
        '<table><tr><td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>合计</td></tr><tr><td>1</td><td>" onx="</td></tr></table>'
    )
    told = client.post("/documents", params={"name": '"><script>alert(1)</script>.html'}, content=hostile.encode()).json()

    assert "<script" not in told["html"]
    assert ' onx="' not in told["html"]
