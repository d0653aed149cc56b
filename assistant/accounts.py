"""The ledger as people and programs read it: what became of every file and page, and why."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from assistant.quarantine import Quarantine, Quarantined
from assistant.schemas import document_json
from corpus.quality import LOW_QUALITY
from index.errors import IndexBroken, UnknownDocument
from index.ledger import DocumentRow, Ledger
from index.page_accounts import PageCounts, PageState
from index.survey import IngestReport

MAX_PROBLEMS = 200  # of one document that are listed with it


@dataclass(frozen=True, slots=True)
class Accounts:
    """The documents in the order of their ids, the pages of each that need a look, and the files that could not be read."""

    documents: tuple[DocumentRow, ...] = ()
    counts: dict[str, PageCounts] = field(default_factory=dict)
    problems: dict[str, tuple[PageState, ...]] = field(default_factory=dict)
    failures: tuple[tuple[str, str], ...] = ()
    quarantine: tuple[Quarantined, ...] = ()


def read_accounts(home: Path) -> Accounts:
    """From the ledger under `home`; empty when there is none. Raises IndexBroken when it is no ledger."""
    path = home / "ledger.sqlite3"
    quarantine = Quarantine(home).listed()
    if not path.is_file():
        return Accounts(quarantine=quarantine)
    try:
        with closing(Ledger(path, read_only=True)) as ledger:
            documents, counts = ledger.documents(), ledger.accounts()
            looked = {one: c for one, c in counts.items() if c.empty or c.failed or c.poor}
            problems = {one: tuple(filter(needs_look, ledger.page_states(one))) for one in looked}
            return Accounts(documents, counts, problems, ledger.failures(), quarantine)
    except sqlite3.Error as error:
        raise IndexBroken(
            f"台帳 {path} を読めません（{error}）。権限を確かめ、壊れているときは消して `tenkyo ingest` を実行してください。"
        ) from error


def needs_look(page: PageState) -> bool:
    return bool(page.reason) or page.is_poor


def page_reason(page: PageState) -> str:
    """Why a page needs a look."""
    if page.reason:
        return page.reason
    return f"文字が崩れている疑いがあります（読める割合 {page.quality:.0%}、目安 {LOW_QUALITY:.0%}以上）。"


def counts_json(counts: PageCounts) -> dict[str, int]:
    return asdict(counts)


def page_state_json(page: PageState) -> dict[str, Any]:
    return {
        "page": page.label,
        "page_number": page.number,
        "state": page.state,
        "reason": page_reason(page) if needs_look(page) else "",
        "ocr": page.ocr,
        "quality": page.quality,
    }


def accounts_json(documents: Sequence[DocumentRow], accounts: Accounts) -> dict[str, Any]:
    """`documents` with their counts (pages = indexed + empty + failed) and their pages that need a look; files that failed."""
    return {
        "documents": [
            document_json(d)
            | {
                "counts": counts_json(accounts.counts.get(d.id, PageCounts())),
                "problems": [page_state_json(p) for p in accounts.problems.get(d.id, ())[:MAX_PROBLEMS]],
            }
            for d in documents
        ],
        "failures": [{"path": p, "reason": r} for p, r in accounts.failures],
        "quarantine": [{"file": q.file, "reason": q.reason} for q in accounts.quarantine],
    }


def page_lines(home: Path, document_id: str) -> tuple[PageState, ...]:
    """What became of each page of a document. Raises UnknownDocument."""
    accounts = read_accounts(home)
    if document_id not in accounts.counts:
        raise UnknownDocument(
            f"文書「{document_id}」は登録されていません。`tenkyo documents` で一覧を確かめてください。"
        )
    with closing(Ledger(home / "ledger.sqlite3", read_only=True)) as ledger:
        return ledger.page_states(document_id)


def counted(counts: PageCounts) -> str:
    """12ページ（索引10・空白1・読めない1。うちOCR 3、崩れの疑い 2）"""
    text = f"{counts.pages}ページ（索引{counts.indexed}・空白{counts.empty}・読めない{counts.failed}"
    among = [f"{name}{count}" for name, count in (("OCR", counts.ocr), ("文字崩れの疑い", counts.poor)) if count]
    return text + (f"。うち{'、'.join(among)}" if among else "") + "）"


def accounts_lines(accounts: Accounts) -> Iterator[str]:
    """One line a document, then what needs a look, then the sum."""
    for d in accounts.documents:
        yield f"{d.id}\t{counted(accounts.counts[d.id])}\t{d.published}\t{d.publisher}\t{d.title}"
    yield from problem_lines(accounts)
    for path, reason in accounts.failures:
        yield f"読めなかったファイル: {path}: {reason}"
    for one in accounts.quarantine:
        yield f"隔離した登録: {one.file}: {one.reason}"
    total = sum(accounts.counts.values(), PageCounts())
    yield f"計{len(accounts.documents)}文書、{counted(total)}"


def problem_lines(accounts: Accounts, at_most: int = 20) -> Iterator[str]:
    """The pages that need a look, `at_most` a document."""
    for d in accounts.documents:
        pages = accounts.problems.get(d.id, ())
        for page in pages[:at_most]:
            yield f"要確認\t{d.id}\t{d.locator} {page.label}（{page.number}枚目）\t{page_reason(page)}"
        if len(pages) > at_most:
            yield f"要確認\t{d.id}\tほか{len(pages) - at_most}ページ（`tenkyo documents --pages {d.id}`）"


def report_json(report: IngestReport) -> dict[str, Any]:
    data = asdict(report)
    data["failed"] = [{"path": p, "reason": r} for p, r in report.failed]
    data["renamed"] = [{"from": old, "to": new} for old, new in report.renamed]
    data["documents"] = [{"id": d.id, "title": d.title, "pages": d.pages} for d in report.documents]
    data["pages"] = counts_json(sum(report.accounts.values(), PageCounts()))
    return data


def report_lines(report: IngestReport, accounts: Accounts) -> Iterator[str]:
    """The ledger at the end of an ingest: every document with its pages, and every file and page that failed, with the reason."""
    new = {name for _, name in report.renamed}
    marks = {
        **dict.fromkeys(report.added, "追加"),
        **dict.fromkeys(report.changed, "更新"),
        **dict.fromkeys(new, "改名"),
    }
    for d in report.documents:
        yield f"{marks.get(d.id, '変更なし')}\t{d.id}\t{counted(report.accounts[d.id])}\t{d.title}"
    yield from problem_lines(accounts)
    yield from change_lines(report)
    made = "索引を作り直しました" if report.built else "索引はそのまま使えます"
    total = sum(report.accounts.values(), PageCounts())
    yield f"{len(report.documents)}文書 {counted(total)} {report.chunks}チャンク。{made}（{report.seconds:.1f}秒）。"


def change_lines(report: IngestReport) -> Iterator[str]:
    """What left, was renamed, was not read."""
    for old, name in report.renamed:
        yield f"改名\t{old} → {name}"
    for one in report.removed:
        yield f"削除\t{one}"
    for path in report.skipped:
        yield f"対象外\t{path}\t対応していない形式です。"
    for path, reason in report.failed:
        yield f"失敗\t{path}\t{reason}"


def preview_lines(report: IngestReport) -> Iterator[str]:
    """What an ingest would do."""
    for state, ids in (("追加", report.added), ("更新", report.changed)):
        for one in ids:
            yield f"{state}\t{one}\t{counted(report.accounts[one])}"
    yield from change_lines(report)
    changes = len(report.added) + len(report.changed) + len(report.removed) + len(report.renamed)
    yield f"変更 {changes}件、変更なし {len(report.unchanged)}件、失敗 {len(report.failed)}件。何も書き換えていません。"
