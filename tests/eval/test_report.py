"""The report shows every wrong answer, needs nothing else, and lets no text act."""

import re
from html.parser import HTMLParser

from assistant.explain import CheckedClaim, Decision, FoundPassage, QueryForms, ReadUnit, TermForm, Trace
from eval.compare import compare
from eval.report import report_html
from eval.row import Cited, Row
from eval.summary import summarise

from .conftest import PAGES, page_text

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;{{ 7*7 }}\u202e"
FACTS = {"files": [HOSTILE], "settings": {"llm": HOSTILE}, "index": {"reader": HOSTILE}, "items_sha256": "0", "code_sha256": "0"}  # fmt: skip


def row(**changes: object) -> Row:
    known = {
        "id": "A1",
        "kind": "date",
        "style": "verbatim",
        "documents": ("plan",),
        "question": "いつ？",
        "history": (),
        "expected": "2008年",
        "evidence": (("plan", "1", "平成20年7月14日に設立された"),),
        "answerable": True,
        "answer": "2009年です。[1]",
        "ranks": {"lexical": (3,), "dense": (None,), "fused": (2,)},
        "confidence": 0.5,
        "citations": (Cited(document_id="plan", page="2", title="題", quote="予算額", start=16, end=19),),
    }
    return Row.model_validate(known | changes)


def html(*rows: Row, old: tuple[Row, ...] = (), failures: tuple[str, ...] = ()) -> str:
    return report_html(FACTS, rows, summarise(rows), compare(old, rows) if old else None, failures, page_text)


class Tags(HTMLParser):
    """Collects what a browser would see as elements."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))


def test_hostile_text_stays_text() -> None:
    changes = dict.fromkeys(("id", "kind", "style", "question", "expected", "answer", "search_text", "error"), HOSTILE)
    whole = html(
        row(**changes, documents=(HOSTILE,), history=(HOSTILE,), dropped=(HOSTILE,), forbidden=(HOSTILE,)),
        row(id="x", error="", ungrounded=(HOSTILE,), answer=HOSTILE, question=HOSTILE),
        old=(row(**changes),),
        failures=(HOSTILE,),
    )
    seen = Tags()
    seen.feed(whole)
    assert not {tag for tag, _ in seen.tags} & {"script", "img", "iframe", "link", "object"}
    assert not [name for _, attrs in seen.tags for name, _ in attrs if name.startswith("on")]
    assert "&lt;script&gt;" in whole
    assert "{{ 7*7 }}" in whole
    assert "\u202e" not in whole
    assert "〔U+202E〕" in whole


def test_hostile_pages_stay_text() -> None:
    whole = report_html(FACTS, [row()], summarise([row()]), None, (), lambda *_: HOSTILE * 9)
    seen = Tags()
    seen.feed(whole)
    assert not {tag for tag, _ in seen.tags} & {"script", "img"}


def test_the_report_loads_nothing() -> None:
    whole = html(row())
    seen = Tags()
    seen.feed(whole)
    assert not {name for _, attrs in seen.tags for name, _ in attrs} & {"src", "href", "srcset", "xlink:href", "data"}
    assert not re.search(r"url\(|@import|https?:", whole)


def test_a_wrong_answer_is_shown_with_marks_on_its_pages() -> None:
    whole = html(row())
    assert "<mark>予算額</mark>" in whole
    assert "<mark>平成20年7月14日に設立された</mark>" in whole
    assert "必要な内容がない" in whole
    assert "圏外" in whole
    assert PAGES["plan", "2"][:5] in whole


def test_a_right_answer_is_no_wrong_one() -> None:
    assert "誤った答え（0問）" in html(row(right=True, holds=True, direct=True, cite_recall=1.0, cite_precision=1.0))


def test_a_run_without_confidence_or_conflicts_says_so() -> None:
    whole = html(row(confidence=None))
    assert "測れません" in whole
    assert "食い違いを示した" not in whole


def test_the_trace_of_a_wrong_answer_is_shown_and_stays_text() -> None:
    term = TermForm(HOSTILE, (HOSTILE,), 1.0, True)
    query = QueryForms(HOSTILE, "", HOSTILE, (HOSTILE,), HOSTILE, (term,), (2008,), HOSTILE, 2, (), (HOSTILE,), False, False, False)  # fmt: skip
    trace = Trace(
        query,
        (FoundPassage(1, "plan", "1", 0, 9, HOSTILE, 1.0, {"dense": 7}),),
        (("plan", "1"),),
        1,
        (ReadUnit(1, "plan", "1", 0, 9, "sentence", HOSTILE, 0.9, 0.8, {"value": 0.1, HOSTILE: 0.1}, {}),),
        (CheckedClaim(HOSTILE, (("plan", "1"),), (HOSTILE,), False),),
        Decision(False, HOSTILE, 0.5, 0.5, 0.6, {"coverage": 0.38}, (HOSTILE,)),
    )
    whole = html(row(trace=trace))
    seen = Tags()
    seen.feed(whole)
    assert not {"script", "img"} & {tag for tag, _ in seen.tags}
    assert "値がある +0.10" in whole
    assert whole.count('<tr class="held">') == 2  # the passage and the unit stand on the right page


def test_a_right_answer_whose_checks_sleep_is_a_worry() -> None:
    assert "数字を一つ変えても照合が落とさない" in html(row(right=True, cite_recall=1.0, caught=False))


def test_the_score_stands_beside_the_baselines() -> None:
    whole = html(row(right=True, cite_recall=1.0, baselines={"always_abstain": False, "passage": True, "bm25": False}))
    assert "比べる相手との差" in whole
    assert all(label in whole for label in ("いつも控える", "最上位の箇所", "BM25の最上位"))
