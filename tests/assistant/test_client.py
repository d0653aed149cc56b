"""The Python client against a real server."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import httpx
import pytest
from pydantic import SecretStr

from assistant.access import AccessRules
from assistant.answer import Delta, EvidenceFound, Finished, Turn
from assistant.api import create_app
from assistant.client import Client
from assistant.compose import LiveService
from assistant.library_desk import LibraryDesk, UploadAbout
from assistant.problems import ServerError
from assistant.settings import ApiKey

from .invented import FOUNDED, MAINTAINER, MEMBERS, NOT_HELD, PLAN, READER, Place
from .live_server import serving
from .test_api import Failing


@pytest.fixture
def client(site: str) -> Client:
    return Client(f"{site}/")


@pytest.mark.parametrize("question", [MEMBERS, FOUNDED, NOT_HELD])
def test_ask_gives_what_the_server_says(client: Client, site: str, question: str) -> None:
    answer, told = client.ask(question), httpx.post(f"{site}/v1/ask", json={"question": question}, timeout=60).json()
    assert (answer.answer, answer.abstained, answer.reader, answer.index) == (
        told["answer"], told["abstained"], told["reader"], told["index"],
    )  # fmt: skip
    assert [c.url for c in answer.citations] == [c["url"] for c in told["citations"]]
    assert [c.quote for c in answer.citations] == [c["quote"] for c in told["citations"]]
    assert [(c.text, list(c.markers)) for c in answer.conflicts] == [
        (c["text"], c["markers"]) for c in told["conflicts"]
    ]
    assert answer.checks.supported is told["checks"]["supported"]


def test_history_and_documents_are_passed_on(client: Client) -> None:
    history = [Turn("協議会の平成20年度の予算額はいくらですか？", "12,500千円です。")]
    assert "25,010" in client.ask("では平成22年度は？", history).answer
    assert {c.document_id for c in client.ask(MEMBERS, document_ids=["minami-report"]).citations} == {"minami-report"}


def test_a_stream_ends_with_the_answer_that_its_deltas_make(client: Client) -> None:
    events = list(client.stream(MEMBERS))
    assert isinstance(events[0], EvidenceFound)
    assert isinstance(events[-1], Finished)
    assert "".join(e.text for e in events if isinstance(e, Delta)) == events[-1].answer.answer
    assert events[-1].answer.citations == client.ask(MEMBERS).citations


def test_search_documents_and_pages_are_typed(client: Client) -> None:
    found = client.search("協議会の会員数", k=3)
    assert 1 <= len(found) <= 3
    page = client.page(found[0].document_id, found[0].page)
    assert page.text[found[0].start : found[0].end] == found[0].text
    assert [d.id for d in client.documents()] == ["kita-cases", "minami-plan", "minami-report"]
    assert client.page("minami-plan", "参考1/2").text == PLAN["参考1/2"]


def test_a_problem_is_an_error_that_says_what_to_do(client: Client) -> None:
    with pytest.raises(ServerError, match="質問が空です") as empty:
        client.ask(" ")
    assert (empty.value.status, empty.value.title) == (422, "質問の誤り")
    with pytest.raises(ServerError, match="nai"):
        list(client.stream(MEMBERS, document_ids=["nai"]))
    with pytest.raises(ServerError, match="minami-plan"):
        client.page("minami-plan", "9")
    with pytest.raises(ServerError) as unknown:
        client.feedback("0" * 32, "good")
    assert unknown.value.status == 404


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(ServerError, match="接続できません") as error:
        Client(address).documents()
    assert error.value.status == 0


class Recording(LibraryDesk):
    """Remembers what it was told to do."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.told: list[Any] = []

    def add(self, filename: str, stream: BinaryIO, about: UploadAbout | None = None) -> dict[str, Any]:
        self.told.append((filename, stream.read(), about))
        return {"added": [filename]}

    def remove(self, document_id: str) -> dict[str, Any]:
        self.told.append(document_id)
        return {"removed": [document_id]}


@pytest.fixture
def desk(indexed: Place) -> Recording:
    return Recording(indexed.home)


@pytest.fixture
def guarded(service: LiveService, desk: Recording) -> Iterator[str]:
    keys = (
        ApiKey(name="tanaka", role="maintainer", key=SecretStr(MAINTAINER)),
        ApiKey(name="sato", role="reader", key=SecretStr(READER)),
    )
    with serving(create_app(service, desk, rules=AccessRules(keys, rate="2/hour"))) as address:
        yield address


def test_a_maintainer_adds_and_removes(guarded: str, desk: Recording, tmp_path: Path) -> None:
    path = tmp_path / "計画 概要.txt"
    path.write_bytes("本文\r\n--x\r\n".encode())
    maintainer = Client(guarded, MAINTAINER)
    assert maintainer.add(path, title="地域計画", published="2024-03")["added"] == ["計画 概要.txt"]
    assert maintainer.remove("計画 概要")["removed"] == ["計画 概要"]
    assert desk.told[0] == ("計画 概要.txt", path.read_bytes(), UploadAbout("地域計画", "", "2024-03"))
    with pytest.raises(ServerError, match="maintainer") as error:
        Client(guarded, READER).remove("minami-plan")
    assert error.value.status == 403


def test_keys_and_limits_are_told(guarded: str) -> None:
    with pytest.raises(ServerError) as error:
        Client(guarded, "falsch").ask(MEMBERS)
    assert error.value.status == 401
    client = Client(guarded, READER)
    for _ in range(2):
        client.search("会員")
    with pytest.raises(ServerError, match="多すぎます") as limited:
        client.search("会員")
    assert limited.value.status == 429
    assert limited.value.retry_after_s >= 1


def test_an_error_in_the_middle_of_a_stream_is_raised(indexed: Place) -> None:
    app = create_app(Failing(RuntimeError("secret")), LibraryDesk(indexed.home))
    with serving(app) as address, pytest.raises(ServerError, match="予期しない") as error:
        list(Client(address).stream(MEMBERS))
    assert error.value.status == 500
