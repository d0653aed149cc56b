"""Settings become objects here, and nowhere else."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from assistant.access import LOOPBACK, AccessRules
from assistant.answer import Answer, Event, Turn
from assistant.audit_log import AuditLog, AuditRules
from assistant.audit_spool import Spool
from assistant.chain import AnswerChain, ChainSettings, Check, Drafter, make_idf
from assistant.checks import unsupported
from assistant.circuit import Circuit
from assistant.examples import example_questions
from assistant.explain import Explained
from assistant.feedback import Kind, Verdict
from assistant.lease import Lease
from assistant.problems import UnknownAnswer
from assistant.reader import BuiltInReader
from assistant.settings import Settings, SettingsError, listed
from assistant.sign_in import SignIn
from assistant.timed_reranker import Observe, TimedReranker
from assistant.transliterate import KatakanaWords
from assistant.users import Users
from corpus.errors import TenkyoError
from corpus.geometry import Geometry
from index.builder import IngestPlan
from index.embedder import Embedder
from index.errors import IndexBroken, IndexStale
from index.exact import stored_vectors
from index.generation import Generation, Stamp, current_name, open_current, read_stamp, require_fresh
from index.ledger import DocumentRow
from index.library import Library, PageView
from index.remembered_queries import RememberedQueries
from index.reranker import CrossEncoderReranker, Reranker
from index.retriever import HybridRetriever, Passage, RetrieverSettings
from index.similarity import EmbeddingSimilarity, background_of

if TYPE_CHECKING:
    from assistant.audit_store import AuditStore
    from assistant.page_image import PageImages
    from corpus.document_reader import DocumentReader

_AUDIT = "audit.sqlite3"
MAX_CHUNK_TOKENS = 180  # Sudachi tokens: about 300 characters, well below the model's 512 subwords


RATE, CONCURRENT = (
    "1800/minute",
    256,
)  # for each key: what two cores can answer, so that a loop gone wild leaves room for others


@dataclass(frozen=True, slots=True)
class Tuning:
    """What sweeps vary and ablations switch off; no setting of an installation reaches it."""

    chunk_tokens: int = MAX_CHUNK_TOKENS
    retriever: RetrieverSettings = field(default_factory=RetrieverSettings)
    chain: ChainSettings = field(default_factory=ChainSettings)
    check: Check = unsupported


def ingest_plan(settings: Settings, chunk_tokens: int = MAX_CHUNK_TOKENS) -> IngestPlan:
    return IngestPlan(settings.home, chunk_tokens, settings.chroma_url)


def make_embedder(settings: Settings) -> Embedder:
    """The configured bi-encoder; the built-in one is unpacked at first use. Raises EmbeddingModelError."""
    if settings.embedding:
        from index.sentence_transformers_embedder import SentenceTransformersEmbedder

        return SentenceTransformersEmbedder(settings.embedding)
    from index.e5 import ensure_e5_folder
    from index.onnx_embedder import OnnxEmbedder

    return OnnxEmbedder(ensure_e5_folder(settings.home))


def make_document_reader(max_pages: int = 0) -> DocumentReader:
    """Reads files apart from this process; its process starts with the first file that is new. `max_pages` 0: as many as there are."""
    from corpus.document_reader import DocumentReader
    from corpus.ocr import is_installed
    from corpus.sandbox import Sandbox

    return DocumentReader(Sandbox(), ocr=is_installed(), max_pages=max_pages)


def make_page_images(settings: Settings) -> PageImages:
    """Draws pages; its process starts with the first picture."""
    from assistant.page_image import PageImages
    from corpus.sandbox import Sandbox

    return PageImages(settings.home, Sandbox())


def make_reranker(settings: Settings) -> Reranker | None:
    return CrossEncoderReranker(settings.reranker) if settings.reranker else None


def make_drafter(settings: Settings) -> Drafter:
    """The language model when one is configured (with the built-in reader behind it), else the built-in reader."""
    built_in = BuiltInReader()
    if not settings.llm:
        return built_in
    from assistant.chat_model import TIMEOUT_S, make_chat_model
    from assistant.language_model import LanguageModelDrafter
    from assistant.local_llm import LOCAL_EVIDENCE_TOKENS, LOCAL_TIMEOUT_S, PREFIX, LocalModel, find_program, model_path

    if settings.llm.startswith(PREFIX):
        timeout_s = settings.llm_timeout_s or LOCAL_TIMEOUT_S
        path = model_path(settings.llm)
        local = LocalModel(path, find_program(settings.llama_server))
        name = f"{PREFIX}{path.name}"  # the folder is nobody's business
        return LanguageModelDrafter(
            local.chat_model(timeout_s),
            name,
            built_in,
            timeout_s=timeout_s,
            max_evidence_tokens=LOCAL_EVIDENCE_TOKENS,
            runner=local,
        )
    timeout_s = settings.llm_timeout_s or TIMEOUT_S
    model = make_chat_model(settings.llm, settings.llm_base_url, settings.llm_api_key.get_secret_value(), timeout_s)
    return LanguageModelDrafter(model, settings.llm, built_in, timeout_s=timeout_s)


@runtime_checkable
class LimitedDrafter(Protocol):
    """A drafter that waits for a language model, and stops asking it when it fails."""

    circuit: Circuit

    def hurry(self) -> None:
        """Ends every wait, now and later."""


@runtime_checkable
class Closes(Protocol):
    """A drafter that started something of its own."""

    def close(self) -> None:
        """Ends it."""


def access_rules(settings: Settings) -> AccessRules:
    """Who may use the server. Without keys it is for this computer alone: by its own names, and without limits unless set."""
    keys = settings.keys()
    rate, concurrent = settings.rate_limit, settings.concurrent_limit
    return AccessRules(
        keys,
        rate="" if rate == "off" else rate or (RATE if keys else ""),
        concurrent=concurrent if concurrent is not None else (CONCURRENT if keys else 0),
        origins=listed(settings.cors_origins),
        hosts=listed(settings.allowed_hosts.lower()) or (() if keys else tuple(sorted(LOOPBACK))),
        sign_in=SignIn(users(settings), settings.auth_header),
    )


def open_audit_store(settings: Settings) -> AuditStore:
    """The database of the audit record. Raises AuditUnavailable."""
    # SQLAlchemy takes half a second to import; the server does it in the log's thread.
    from assistant.audit_store import AuditStore, sqlite_url

    url = settings.audit_url.get_secret_value()
    return AuditStore(url.replace("postgresql://", "postgresql+psycopg://", 1) or sqlite_url(settings.home / _AUDIT))


def audit_spool(settings: Settings) -> Spool:
    return Spool(settings.home / "audit")


def audit_rules(settings: Settings) -> AuditRules:
    return AuditRules(settings.audit_days, settings.audit_redact)


def open_audit_log(settings: Settings) -> AuditLog:
    """The audit record of a server. Raises SettingsError when the database's driver is not installed."""
    if settings.audit_url.get_secret_value().startswith("postgresql") and find_spec("psycopg") is None:
        raise SettingsError(
            "TENKYO_AUDIT_URL の PostgreSQL に必要なパッケージがありません。"
            "`.venv/bin/pip install -c constraints.txt -e '.[postgresql]'` で入れてください。"
        )
    return AuditLog(
        lambda: open_audit_store(settings),
        audit_spool(settings),
        audit_rules(settings),
        lambda name: stamp_json(settings.home, name),
    )


def stamp_json(home: Path, index_name: str) -> dict[str, Any]:
    """What that generation was made from; {} when it is gone."""
    try:
        return asdict(read_stamp(home / "index" / index_name))
    except IndexBroken:
        return {}


def users(settings: Settings) -> Users:
    """Who may sign in on the page."""
    return Users(settings.home / "users.json")


@dataclass(slots=True)
class _Serving:
    """One open generation with what answers from it."""

    generation: Generation
    library: Library
    retriever: HybridRetriever
    chain: AnswerChain
    examples: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by count; reading for them takes a while


class LiveService:
    """The Service that follows the pointer: when another process publishes a generation, the next question uses it."""

    def __init__(
        self,
        home: Path,
        generation: Generation,
        embedder: Embedder,
        reranker: Reranker | None,
        drafter: Drafter,
        expected: Stamp,
        tuning: Tuning | None = None,
    ) -> None:
        """Serves `generation` first, and closes it. Raises IndexStale."""
        self._home = home
        self._embedder = RememberedQueries(embedder)
        self._reranker = reranker
        self._drafter = drafter
        self._expected = expected
        self._tuning = tuning or Tuning()
        self._lock = threading.Lock()
        self._lease = Lease(self._on(generation), lambda serving: serving.generation.close())

    def _on(self, generation: Generation) -> _Serving:
        try:
            require_fresh(generation.stamp, self._expected)
        except IndexStale:
            generation.close()
            raise
        library = Library(generation.ledger)
        tuning = self._tuning
        retriever = HybridRetriever(generation, library, self._embedder, self._reranker, tuning.retriever)
        idf = make_idf(generation.lexical.document_frequency, generation.lexical.size)
        katakana = KatakanaWords(generation.lexical.document_frequency)
        similarity = EmbeddingSimilarity(self._embedder, background_of(stored_vectors(generation.folder)))
        chain = AnswerChain(
            library, retriever, self._drafter, idf, katakana, generation.name, tuning.chain, tuning.check, similarity
        )
        return _Serving(generation, library, retriever, chain)

    @contextmanager
    def _now(self) -> Iterator[_Serving]:
        """What serves now; it stays open to the end of the block, whatever is published meanwhile."""
        if self._is_behind():
            with self._lock:
                if self._is_behind():
                    self._lease.replace(self._on(open_current(self._home)))
        with self._lease.lent() as serving:
            yield serving

    def _is_behind(self) -> bool:
        return current_name(self._home) not in (None, self._lease.newest.generation.name)

    def ask(self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None) -> Answer:
        with self._now() as serving:
            return serving.chain.invoke(question, history, document_ids)

    def explain(
        self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None
    ) -> Explained:
        with self._now() as serving:
            return serving.chain.explain(question, history, document_ids)

    def ask_once(self, question: str) -> Answer:
        """The same answer without what only a server needs."""
        with self._now() as serving:
            return serving.chain.once(question)

    def stream(
        self, question: str, history: Sequence[Turn] = (), document_ids: Sequence[str] | None = None
    ) -> Iterator[Event]:
        with self._now() as serving:
            yield from serving.chain.stream(question, history, document_ids)

    def search(self, query: str, k: int, document_ids: Sequence[str] | None = None) -> list[Passage]:
        with self._now() as serving:
            return serving.retriever.search(query, k, document_ids)

    def documents(self) -> tuple[DocumentRow, ...]:
        with self._now() as serving:
            return tuple(serving.library.documents.values())

    def document(self, document_id: str) -> DocumentRow:
        with self._now() as serving:
            return serving.library.document(document_id)

    def page(self, document_id: str, label: str) -> PageView:
        with self._now() as serving:
            return serving.library.view(document_id, label)

    def geometry(self, document_id: str, page_number: int) -> Geometry | None:
        with self._now() as serving:
            return serving.library.geometry(document_id, page_number)

    def examples(self, count: int) -> tuple[str, ...]:
        with self._now() as serving:
            if count not in serving.examples:
                serving.examples[count] = example_questions(serving.library, count)
            return serving.examples[count]

    def feedback(self, answer_id: str, verdict: Verdict, kind: Kind = "", comment: str = "") -> None:  # noqa: ARG002
        raise UnknownAnswer(
            f"答え「{answer_id}」の記録がありません。`tenkyo serve` の画面かAPIの答えを評価してください。"
        )

    @property
    def index_name(self) -> str:
        with self._now() as serving:
            return serving.generation.name

    def require_ready(self) -> None:
        with self._now() as serving:
            serving.generation.vectors.count()

    @property
    def circuit_state(self) -> str:
        return self._drafter.circuit.state if isinstance(self._drafter, LimitedDrafter) else ""

    def hurry(self) -> None:
        """Ends every wait for the language model now; the built-in reader answers in its place."""
        if isinstance(self._drafter, LimitedDrafter):
            self._drafter.hurry()

    @property
    def reader_name(self) -> str:
        return self._drafter.name

    def close(self) -> None:
        self._lease.close()
        if isinstance(self._drafter, Closes):
            self._drafter.close()


def open_service(settings: Settings, *, once: bool = False, observe: Observe | None = None) -> LiveService:
    """The service on the current index. Raises IndexMissing, IndexBroken, IndexStale, EmbeddingModelError.

    `once` is for a process that asks one question: it leaves embedded Chroma to the server. `observe` is told how long the
    reranker takes.
    """
    if current_name(settings.home) is None:
        open_current(settings.home, exact=once)  # says what to do
    plan = ingest_plan(settings)
    # ONNX Runtime and the hashing of the model leave the interpreter free, which has Chroma to import meanwhile.
    with ThreadPoolExecutor(1, "load") as pool:
        loading = pool.submit(_fingerprinted, settings)
        generation = open_current(settings.home, exact=once)
        try:
            embedder, fingerprint = loading.result()
        except TenkyoError:
            generation.close()
            raise
    expected = Stamp.of("", plan.max_tokens, fingerprint, plan.store)
    reranker = make_reranker(settings)
    if reranker is not None and observe is not None:
        reranker = TimedReranker(reranker, observe)
    try:
        require_fresh(generation.stamp, expected)  # before a language model is loaded for nothing
        drafter = make_drafter(settings)
    except TenkyoError:
        generation.close()
        raise
    return LiveService(settings.home, generation, embedder, reranker, drafter, expected)


def _fingerprinted(settings: Settings) -> tuple[Embedder, str]:
    embedder = make_embedder(settings)
    return embedder, embedder.fingerprint
