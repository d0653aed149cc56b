"""A server over HTTP as what is evaluated."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer, Checks, Citation, CitedConflict, Turn
from assistant.conversation import self_contained
from assistant.explain import Trace
from assistant.schemas import page_path
from eval.engine import DEPTH, Answered, Found
from eval.errors import AskFailed, EvalError
from index.errors import UnknownDocument

_TIMEOUT_S = 180.0
_TRACE = TypeAdapter(Trace)


class RemoteEngine:
    """A server's API. Its legs are seen through the ranks of the best 100 fused passages; confidence does not travel."""

    def __init__(self, url: str, key: str = "") -> None:
        """Raises EvalError when nothing answers there."""
        self._url = url.rstrip("/")
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
        documents = self._call("/v1/documents")
        self._text = lru_cache(maxsize=1024)(self._fetch_text)
        listed = sorted((d["id"], d.get("sha256", "")) for d in documents["documents"])
        self.facts = {"url": self._url, "documents": json.dumps(listed)}

    def ask(self, question: str, history: Sequence[Turn]) -> Answered:
        turns = [{"question": t.question, "answer": t.answer} for t in history]
        body = {"question": question, "history": turns}
        answer = answer_of(self._call("/v1/ask", body))
        return Answered(answer, None, None, None, None, lambda: self._trace(body))

    def _trace(self, body: dict[str, Any]) -> Trace | None:
        """Asks again; None when the server's version tells it otherwise or not at all."""
        try:
            return _TRACE.validate_python(self._call("/v1/ask?explain=true", body).get("explain"))
        except ValidationError:
            return None

    def find(self, question: str, history: Sequence[Turn]) -> Found:
        query = self_contained(question, history)
        passages = self._call("/v1/search", {"query": query, "k": DEPTH})["passages"]
        places = {"fused": tuple((p["document_id"], p["page"]) for p in passages)}
        best = {"passage": (places["fused"][0], passages[0]["text"])} if passages else {}
        for leg in ("lexical", "dense"):
            found = sorted((p for p in passages if leg in p["ranks"]), key=lambda p: p["ranks"][leg])
            places[leg] = tuple((p["document_id"], p["page"]) for p in found)
            if leg == "lexical" and found:
                best["bm25"] = (places[leg][0], found[0]["text"])
        return Found(query, places, best)

    def page_text(self, document_id: str, label: str) -> str:
        return self._text(document_id, label)

    def _fetch_text(self, document_id: str, label: str) -> str:
        return str(self._call(page_path(document_id, label))["text"])

    def _call(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self._url + path, data, self._headers)
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as response:
                found: dict[str, Any] = json.load(response)
        except urllib.error.HTTPError as error:
            detail = _detail(error)
            if error.code == 404:
                raise UnknownDocument(detail or f"{path} は見つかりません。") from error
            raise (EvalError if error.code in (401, 403) else AskFailed)(
                f"{self._url} が {error.code} を返しました。{detail}"
            ) from error
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            raise EvalError(
                f"{self._url} に接続できません。サーバーが動いているか、--url を確かめてください。"
            ) from error
        except ValueError as error:
            raise EvalError(f"{self._url} は tenkyo のサーバーではないようです（JSONが返りません）。") from error
        return found

    def close(self) -> None:
        return None


def _detail(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error).get("detail", ""))
    except (ValueError, OSError, AttributeError):
        return ""


def answer_of(found: dict[str, Any]) -> Answer:
    """The object of the contract as an Answer. Raises EvalError when it is none."""
    try:
        fields = ("marker", "document_id", "title", "page", "page_number", "locator", "quote", "start", "end", "note")
        checks = found["checks"]
        return Answer(
            id=found["id"],
            question=found["question"],
            answer=found["answer"],
            abstained=found["abstained"],
            citations=tuple(Citation(**{f: c[f] for f in fields}) for c in found["citations"]),
            conflicts=tuple(CitedConflict(c["text"], tuple(c["markers"])) for c in found["conflicts"]),
            checks=Checks(checks["supported"], tuple(checks["unsupported"]), tuple(checks.get("dropped", ()))),
            reader=found["reader"],
            timings_ms=found["timings_ms"],
            index=found["index"],
        )
    except (KeyError, TypeError) as error:
        raise EvalError(f"サーバーの答えに項目 {error} がありません。版が合っているか確かめてください。") from error
