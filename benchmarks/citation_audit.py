"""Does every answer stand on its pages? `python -m benchmarks.citation_audit QUESTIONS.jsonl http://127.0.0.1:8000 [ANSWERS.jsonl]`.

Asks every question (or takes the answers that were saved, one `{"question": …, "answer": {…}}` a line) and checks, with nothing of the answering code: that each quote is the slice of the page that its url
serves, that markers and citations are the same, and that the answer's numbers occur on the cited pages (NFKC, commas and
spaces removed, whole runs of digits). Numbers that do not may have been converted or computed: those are listed apart when a
page number times a power of ten, a year of the other calendar, or a sum, difference or share of two gives them. Dates
and proper names are checked by `benchmarks.audit_names`. An
abstention must show no number but the question's. Exit 1 at any violation.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

import httpx

from benchmarks.ask_latency import read_questions
from benchmarks.audit_names import date_violations, name_violations

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SCALED = re.compile(
    r"(?=\d)(?:(\d+(?:\.\d+)?)兆)?(?:(\d+(?:\.\d+)?)億)?(?:(\d+(?:\.\d+)?)万)?(?:(\d+(?:\.\d+)?)千)?(?:(\d+(?:\.\d+)?))?"
)
_MARKER = re.compile(r"\[(\d+)\]")
# The years before the first of 令和, 平成, 昭和, 大正 and 明治; then '85 for 1985, and for 昭和60.
_CALENDARS = (2018, 1988, 1925, 1911, 1867, 1900, 25)
_SCALES = [Decimal(10) ** n for n in range(-12, 13)]
_MAX_PAIRS = 400


def folded(text: str) -> str:
    """NFKC, without thousands commas and the spaces inside numbers that are set with commas."""
    return re.sub(r"(?<=\d),\s?(?=\d{3}(?!\d))", "", normalize("NFKC", text)).replace("元年", "1年")


def runs(text: str) -> list[str]:
    """The runs of digits, with their decimals."""
    return _NUMBER.findall(folded(text))


def values(text: str) -> list[Decimal]:
    """The numbers, 2億8,945万2千 as one."""
    scales = (Decimal(10**12), Decimal(10**8), Decimal(10**4), Decimal(10**3), Decimal(1))
    return [
        sum((Decimal(part) * scale for part, scale in zip(found.groups(), scales, strict=True) if part), Decimal())
        for found in _SCALED.finditer(folded(text))
        if found[0]
    ]


def pages_of(client: httpx.Client, answer: dict[str, Any]) -> tuple[list[str], list[str]]:
    """(texts of the cited pages, violations of the quotes)."""
    texts, violations = [], []
    for citation in answer["citations"]:
        response = client.get(citation["url"])
        if response.status_code != 200:
            violations.append(f"url gives {response.status_code}: {citation['url']}")
            continue
        page = response.json()
        if page["text"][citation["start"] : citation["end"]] != citation["quote"] or not citation["quote"]:
            violations.append(f"quote is no slice of {citation['url']}: {citation['quote']!r}")
        if (page["label"], page["page_number"]) != (citation["page"], citation["page_number"]):
            violations.append(f"page of {citation['url']} is not {citation['page']}")
        texts.append(f"{page['title']}\n{page['label']}\n{page['text']}")
    return texts, violations


def marker_violations(answer: dict[str, Any]) -> list[str]:
    used = {int(m) for m in _MARKER.findall(answer["answer"])} | {m for c in answer["conflicts"] for m in c["markers"]}
    listed = [c["marker"] for c in answer["citations"]]
    return [] if listed == sorted(used) else [f"markers {sorted(used)} but citations {listed}"]


def explained(value: Decimal, held: set[Decimal], quoted: list[Decimal]) -> bool:
    """Is it a page's number in another scale or calendar, or made of numbers of the quotes?"""
    if any(value * scale in held for scale in _SCALES):
        return True
    if any(value + offset in held or value - offset in held for offset in _CALENDARS):
        return True
    if rounded(value, quoted):
        return True
    digits = -int(value.normalize().as_tuple().exponent)
    for one, other in list(permutations(quoted, 2))[:_MAX_PAIRS]:
        made = [one + other, one - other, *([one / other, (one - other) / other] if other else [])]
        if any(round(m * scale, digits) == value for m in made for scale in _SCALES):
            return True
    return sum(quoted, Decimal()) == value or len(set(quoted)) >= value


def rounded(value: Decimal, quoted: list[Decimal]) -> bool:
    """Is it a quoted number to three or more significant digits, as 2.89億円 is of 289,452千円?"""
    shown = value.normalize().as_tuple()
    half = Decimal(1).scaleb(int(shown.exponent)) / 2
    return len(shown.digits) > 2 and any(abs(one * scale - value) <= half for one in quoted for scale in _SCALES)


def audit(
    client: httpx.Client, body: dict[str, Any], answer: dict[str, Any], corpus: str
) -> tuple[Counter[str], list[str], list[str]]:
    """(counts, violations, numbers that were converted or computed) of one question; `corpus` is the text of all documents."""
    texts, violations = pages_of(client, answer)
    violations += marker_violations(answer)
    told = "\n".join([body["question"], *(turn["question"] for turn in body.get("history", []))])
    asked = {*values(told), *map(Decimal, runs(told))}
    shown = [v for v in dict.fromkeys(values(_MARKER.sub(" ", answer["answer"]))) if v not in asked]
    counts = Counter(questions=1, citations=len(answer["citations"]), abstained=int(answer["abstained"]))
    if answer["abstained"]:
        return counts, violations + [f"an abstention shows {n}" for n in shown], []
    if not answer["citations"]:
        violations.append("an answer without a citation")
    text, quotes = "\n".join(texts), "\n".join(c["quote"] for c in answer["citations"])
    held = {*values(text), *map(Decimal, runs(text))}
    missing = [value for value in shown if value not in held]
    made = [value for value in missing if explained(value, held, values(quotes))]
    counts.update(numbers=len(shown), made=len(made))
    violations += [f"{value:f} is on none of the cited pages" for value in missing if value not in made]
    said = _MARKER.sub(" ", answer["answer"])
    violations += date_violations(said, [*texts, told])
    violations += name_violations(said, texts, told, corpus)
    return counts, violations, [f"{value:f}" for value in made]


def asked(
    client: httpx.Client, questions: Path, answers: Path | None
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each question with its answer."""
    if answers is not None:
        for line in answers.read_text(encoding="utf-8").splitlines():
            saved = json.loads(line)
            yield {"question": saved["question"], "history": saved.get("history", [])}, saved["answer"]
        return
    for body in read_questions(questions):
        yield body, client.post("/v1/ask", json=body).raise_for_status().json()


def whole_text(client: httpx.Client) -> str:
    """All pages of all documents, each read from a page that search finds, in both directions."""
    texts = []
    for document in client.get("/v1/documents").raise_for_status().json()["documents"]:
        body = {"query": document["title"], "k": 100}
        passages = client.post("/v1/search", json=body).raise_for_status().json()["passages"]
        found = next((p["page"] for p in passages if p["document_id"] == document["id"]), None)
        if found is None:
            continue
        pages = f"/v1/documents/{quote(document['id'], safe='')}/pages/"
        middle = client.get(pages + quote(found, safe="")).raise_for_status().json()
        texts.append(middle["text"])
        for way in ("previous", "next"):
            page = middle
            while page[way] is not None:
                page = client.get(pages + quote(page[way], safe="")).raise_for_status().json()
                texts.append(page["text"])
    return "\n".join(texts)


def main() -> int:
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: python -m benchmarks.citation_audit QUESTIONS.jsonl URL [ANSWERS.jsonl]")
    saved = Path(sys.argv[3]) if len(sys.argv) == 4 else None
    total: Counter[str] = Counter()
    computed: list[str] = []
    with httpx.Client(base_url=sys.argv[2], timeout=120) as client:
        corpus = whole_text(client)
        for body, answer in asked(client, Path(sys.argv[1]), saved):
            counts, violations, made = audit(client, body, answer, corpus)
            total += counts
            total["violations"] += len(violations)
            for violation in violations:
                print(f"VIOLATION {body['question']}: {violation}")
            computed += [f"{number} ({body['question']})" for number in made]
    print("converted or computed: " + ("; ".join(computed) or "none"))
    print(
        ", ".join(
            f"{name} {total[name]}" for name in ("questions", "abstained", "citations", "numbers", "made", "violations")
        )
    )
    return 1 if total["violations"] else 0


if __name__ == "__main__":
    sys.exit(main())
