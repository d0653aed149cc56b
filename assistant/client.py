"""A Python client of the HTTP API, typed, with nothing but the standard library: `Client("http://127.0.0.1:8000").ask("…")`."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any, TypeVar
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import ProxyHandler, Request, build_opener

from assistant.answer import (
    Answer,
    Checks,
    Citation,
    CitedConflict,
    Delta,
    Event,
    Evidence,
    EvidenceFound,
    Finished,
    Turn,
)
from assistant.problems import ServerError

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage of a search: `text` is the page's text from `start` to `end`."""

    document_id: str
    title: str
    page: str
    page_number: int
    start: int
    end: int
    text: str
    score: float
    ranks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """An indexed document."""

    id: str
    title: str
    publisher: str
    published: str
    locator: str
    note: str
    pages: int


@dataclass(frozen=True, slots=True)
class PageText:
    """A page; `previous` and `next` are labels, `image` is a path on the server."""

    document_id: str
    title: str
    text: str
    label: str
    page_number: int
    locator: str
    note: str
    previous: str | None
    next: str | None
    image: str | None


class Client:
    """One server. Every method may raise ServerError."""

    def __init__(self, url: str = "http://127.0.0.1:8000", key: str = "", timeout_s: float = 120.0) -> None:
        self._url = url.rstrip("/")
        self._key = key
        self._timeout_s = timeout_s
        # A proxy of the environment is for the world outside, where no tenkyo is.
        self._opener = build_opener(ProxyHandler({}))

    def ask(self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None) -> Answer:
        """The checked answer with its citations; `considered` stays empty."""
        return _answer(self._json("POST", "/v1/ask", _asking(question, history, document_ids)))

    def stream(
        self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None
    ) -> Iterator[Event]:
        """EvidenceFound, Delta…, Finished; the deltas put together are the text of the answer."""
        body = json.dumps(_asking(question, history, document_ids)).encode()
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        with closing(self._open("POST", "/v1/ask", body, headers)) as response:
            name = ""
            for raw in _lines(response):
                key, _, value = raw.rstrip("\r\n").partition(": ")
                if key == "event":
                    name = value
                elif key == "data":
                    yield from _events(name, json.loads(value))

    def search(self, query: str, k: int = 10, document_ids: Sequence[str] | None = None) -> list[Found]:
        """The best `k` passages, best first."""
        ids = None if document_ids is None else list(document_ids)
        found = self._json("POST", "/v1/search", {"query": query, "k": k, "document_ids": ids})
        return [_made(Found, passage) for passage in found["passages"]]

    def documents(self) -> list[Listed]:
        """All indexed documents in the order of their ids."""
        return [_made(Listed, document) for document in self._json("GET", "/v1/documents")["documents"]]

    def add(self, path: Path, title: str = "", publisher: str = "", published: str = "") -> dict[str, Any]:
        """Uploads a file and waits until it is indexed; what the ingest reports. Needs the role maintainer.

        What is said about the document stands for what would be read from it.
        """
        boundary = uuid.uuid4().hex
        about = {"title": title, "publisher": publisher, "published": published}
        parts = [(f'name="{name}"', text.encode()) for name, text in about.items() if text]
        name = path.name.replace("\\", "_").replace('"', "%22")
        parts.append((f'name="file"; filename="{name}"\r\nContent-Type: application/octet-stream', path.read_bytes()))
        heads = (f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() for head, _ in parts)
        body = b"".join(head + data + b"\r\n" for head, (_, data) in zip(heads, parts, strict=True))
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        with closing(self._open("POST", "/v1/documents", body + f"--{boundary}--\r\n".encode(), headers)) as response:
            return _read(response)

    def remove(self, document_id: str) -> dict[str, Any]:
        """Takes a document out; what the ingest reports. Needs the role maintainer."""
        return self._json("DELETE", f"/v1/documents/{quote(document_id, safe='')}")

    def page(self, document_id: str, label: str) -> PageText:
        """A page by its printed label."""
        path = f"/v1/documents/{quote(document_id, safe='')}/pages/{quote(label, safe='')}"
        return _made(PageText, self._json("GET", path))

    def feedback(self, answer_id: str, verdict: str, comment: str = "", kind: str = "") -> None:
        """Keeps what a reader thinks of an answer: `verdict` is good or bad."""
        body = {"answer_id": answer_id, "verdict": verdict, "comment": comment, "kind": kind}
        self._json("POST", "/v1/feedback", body)

    def _json(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        with closing(self._open(method, path, data, {"Content-Type": "application/json"} if data else {})) as response:
            return _read(response)

    def _open(self, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> IO[bytes]:
        """The response of a success. Raises ServerError."""
        if self._key:
            headers = headers | {"Authorization": f"Bearer {self._key}"}
        request = Request(self._url + path, data, headers, method=method)
        try:
            response: IO[bytes] = self._opener.open(request, timeout=self._timeout_s)
            return response
        except HTTPError as error:
            with error:
                raise _problem(error) from error
        except OSError as error:
            raise ServerError(f"{self._url} に接続できません。サーバーが動いているか確かめてください。") from error


def _problem(error: HTTPError) -> ServerError:
    try:
        told = json.loads(error.read())
        message, title = str(told["detail"]), str(told["title"])
    except (ValueError, KeyError, TypeError, OSError):
        message, title = f"サーバーが {error.code} を返しました。アドレスを確かめてください。", "サーバーの答え"
    wait = error.headers.get("Retry-After", "")
    return ServerError(message, error.code, title, int(wait) if wait.isdecimal() else 0)


def _read(response: IO[bytes]) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(response.read())
    except (OSError, HTTPException, ValueError) as error:
        raise ServerError("答えを最後まで受け取れませんでした。もう一度試してください。") from error
    return data


def _lines(response: IO[bytes]) -> Iterator[str]:
    try:
        for line in response:
            yield line.decode()
    except (OSError, HTTPException) as error:
        raise ServerError("答えを最後まで受け取れませんでした。もう一度試してください。") from error


def _asking(question: str, history: Sequence[Turn], document_ids: Sequence[str] | None) -> dict[str, Any]:
    turns = [{"question": turn.question, "answer": turn.answer} for turn in history]
    ids = None if document_ids is None else list(document_ids)
    return {"question": question, "history": turns, "document_ids": ids}


def _events(name: str, data: dict[str, Any]) -> Iterator[Event]:
    match name:
        case "evidence":
            yield EvidenceFound(tuple(_evidence(passage) for passage in data["passages"]))
        case "delta":
            yield Delta(data["text"])
        case "answer":
            yield Finished(_answer(data))
        case "error":
            raise ServerError(data["detail"], data["status"], data["title"])


def _answer(data: dict[str, Any]) -> Answer:
    checks = data["checks"]
    known = data | {
        "citations": tuple(_made(Citation, citation) for citation in data["citations"]),
        "conflicts": tuple(CitedConflict(c["text"], tuple(c["markers"])) for c in data["conflicts"]),
        "checks": Checks(checks["supported"], tuple(checks["unsupported"]), tuple(checks.get("dropped", ()))),
    }
    return _made(Answer, known)


def _evidence(data: dict[str, Any]) -> Evidence:
    quoted = {"page_label": data["page"], "quote": data["text"], "context": data["title"], "published": "", "note": ""}
    return _made(Evidence, data | quoted)


def _made(kind: type[_Made], data: Mapping[str, Any]) -> _Made:
    """What a later server says beyond the fields of today is left out."""
    return kind(**{f.name: data[f.name] for f in fields(kind) if f.name in data})  # type: ignore[arg-type]
