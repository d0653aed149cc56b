"""What a question and a number of hits may be, and how long is waited."""

from __future__ import annotations

from assistant.problems import BadQuestion

MAX_QUESTION = 2_000
MAX_K = 100
MAX_UPLOAD_PAGES = 3_000
MAX_BODY_BYTES = 4_000_000  # of a question with its history
WAIT_S = 3600.0  # for another ingest to end


def require_question(text: str) -> str:
    """The question without white space around it. Raises BadQuestion when it is empty or too long.

    Halves of surrogate pairs, which JSON and undecodable arguments can bring in, become U+FFFD: no door could print them.
    """
    stripped = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
    if not stripped:
        raise BadQuestion("質問が空です。質問を入力してください。")
    if len(stripped) > MAX_QUESTION:
        raise BadQuestion(f"質問が長すぎます（{len(stripped):,}字）。{MAX_QUESTION:,}字以内にしてください。")
    return stripped


def require_k(k: int) -> int:
    """Raises BadQuestion unless 1 ≤ k ≤ 100."""
    if not 1 <= k <= MAX_K:
        raise BadQuestion(f"件数は1から{MAX_K}までにしてください。")
    return k
