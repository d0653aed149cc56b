"""Two servers on one Chroma server and one shared index: the second follows what the first one ingests."""

from contextlib import closing
from pathlib import Path

from assistant.compose import open_service
from assistant.ingesting import ingest

from ..index.fakes import chroma_server
from .invented import FOUNDED, Place, link_model, make_settings, write_documents


def test_a_replica_answers_alike_and_follows_the_next_generation(indexed: Place, tmp_path: Path) -> None:
    documents = write_documents(tmp_path / "documents")
    first, second = tmp_path / "first", tmp_path / "second"
    for home in (first, second):
        link_model(home, indexed.home / "models" / "multilingual-e5-small")
    (second / "index").symlink_to(first / "index")  # as a shared folder does
    with chroma_server(tmp_path / "chroma") as url:
        writer = make_settings(first, documents, chroma_url=url)
        ingest(writer, [], quiet=True)
        with (
            closing(open_service(writer)) as one,
            closing(open_service(make_settings(second, documents, chroma_url=url))) as two,
        ):
            assert two.ask(FOUNDED).answer == one.ask(FOUNDED).answer
            before = two.index_name
            (documents / "minato.txt").write_text("みなと町の防波堤の延長は、1,870メートルである。\n", encoding="utf-8")
            ingest(writer, [], quiet=True)
            answer = two.ask("みなと町の防波堤の延長は？")
            assert "1,870" in answer.answer
            assert answer.index == one.index_name != before
