"""The command line: `tenkyo ingest | ask | search | documents | remove | serve | audit | backup | restore | doctor | eval`."""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.audit_commands import add_audit_arguments, record_command
from assistant.limits import WAIT_S
from assistant.problems import PROBLEMS, UserError, problem_of
from assistant.settings import Settings, load_settings
from corpus.errors import TenkyoError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.explain import Trace


def run() -> None:
    """The whole process: `main`, and an end without taking model and dictionaries apart, which would last half a second."""
    code = main()
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; known errors become one Japanese line on stderr and the exit code of the table."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        command: Callable[[argparse.Namespace, Settings], int] = options.run
        code = command(options, load_settings())
        sys.stdout.flush()  # a closed pipe shows here, not at exit
        return code
    except TenkyoError as error:
        found = problem_of(error)
        if getattr(options, "json", False):
            kind = next(c.__name__ for c in type(error).__mro__ if c in PROBLEMS)
            _print_json({"error": {"kind": kind, "title": found.title, "detail": error.message}})
        print(f"エラー: {error.message}", file=sys.stderr)
        return found.exit_code
    except KeyboardInterrupt:
        print("中断しました。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"エラー: {where}{error.strerror or error}。空き容量と権限を確かめてください。", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tenkyo", description="政策文書に、典拠のページを添えて答える。")
    commands = parser.add_subparsers(required=True, metavar="コマンド")

    def command(name: str, run: Callable[[argparse.Namespace, Settings], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    ingest = command("ingest", _ingest, "ファイルやフォルダーを取り込む（省略すると TENKYO_DOCUMENTS）")
    ingest.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    ingest.add_argument("--dry-run", action="store_true", help="何が変わるかだけを示し、何も書き換えない")
    ingest.add_argument("--json", action="store_true", help="結果をJSONで出す")
    ingest.add_argument("--origin", choices=("path", "upload"), default="path", help=argparse.SUPPRESS)
    ingest.add_argument("--wait-s", type=float, default=WAIT_S, help=argparse.SUPPRESS)
    ask = command("ask", _no_collection()(_ask), "質問に答える")
    ask.add_argument("question")
    ask.add_argument("--json", action="store_true", help="答えをJSONで出す")
    ask.add_argument("--explain", action="store_true", help="どう答えたか（検索、得点、照合、判断）も出す")
    search = command("search", _no_collection()(_search), "関係する箇所を探す")
    search.add_argument("query")
    search.add_argument("--json", action="store_true", help="結果をJSONで出す")
    search.add_argument("-k", type=int, default=10, help="件数（1〜100）")
    documents = command("documents", _documents, "取り込んだ文書の一覧")
    documents.add_argument("--pages", metavar="ID", default="", help="この文書の全ページの台帳")
    documents.add_argument("--json", action="store_true", help="一覧をJSONで出す")
    remove = command("remove", _remove, "文書を索引から外す")
    remove.add_argument("document_id", metavar="ID")
    remove.add_argument("--wait-s", type=float, default=WAIT_S, help=argparse.SUPPRESS)
    remove.add_argument("--json", action="store_true", help="結果をJSONで出す")
    serve = command("serve", _serve, "APIと画面を出す")
    serve.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    serve.add_argument("--port", type=_port, default=os.environ.get("PORT", "8000"))
    serve.add_argument("--no-page", action="store_true", help="画面なし、APIだけ")
    backup = command("backup", _backup, "文書・台帳・監査記録・利用者などを一つのファイルに保存する")
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = command("restore", _restore, "保存したものを戻し、索引を作り直す（サーバーを止めてから）")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--force", action="store_true", help="TENKYO_HOME に今あるものを捨てて置き換える")
    add_audit_arguments(command("audit", _audit, "答えの記録を書き出す、尋ね直す"))
    user = command("user", _user, "画面にサインインできる利用者を登録・変更する")
    user.add_argument("action", choices=("add", "list", "remove", "passwd"))
    user.add_argument("name", nargs="?", default="", metavar="NAME")
    user.add_argument("--role", choices=("reader", "maintainer"), default="reader")
    command("doctor", _doctor, "設定・索引・モデル・フォントを調べる")
    evaluate = command("eval", _eval, "正確さを測る")
    evaluate.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="問いの集まり（.jsonl、SQuADの形は .json、BEIRの形はフォルダー）",
    )
    evaluate.add_argument(
        "--judge", default="", metavar="MODEL", help="この言語モデル（提供元:モデル名）にも採点させ、一致を示す"
    )
    evaluate.add_argument("--sweep", type=Path, metavar="TOML", help="このファイルの構成を並べて比べる")
    evaluate.add_argument(
        "--drafts", type=Path, metavar="OUT", help="「よくない」とされた答えを問いの下書きにして加えるファイル"
    )
    evaluate.add_argument("--report", type=Path, metavar="DIR", help="結果と報告を残すフォルダー（途中なら続きから）")
    evaluate.add_argument("--baseline", type=Path, metavar="FILE", help="比べる結果（フォルダーかrows.jsonl）")
    evaluate.add_argument("--gate", action="store_true", help="下限を割るか基準より有意に悪ければ終了コード1")
    evaluate.add_argument("--url", default="", help="このサーバーに尋ねる（省略すると自分で答える）")
    evaluate.add_argument("--key", default="", help="そのサーバーのAPIキー")
    evaluate.add_argument("--sample", type=int, default=0, metavar="N", help="N問だけ選んで測る（いつも同じN問）")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not int(text) < 65536:
        raise argparse.ArgumentTypeError(f"ポート「{text}」は使えません。0から65535までの数にしてください。")
    return int(text)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Nothing that one answer loads is garbage; looking for some among its modules costs a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))


def _ingest(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.accounts import preview_lines, read_accounts, report_json, report_lines
    from assistant.ingesting import ingest

    dry, quiet = options.dry_run, options.json
    report = ingest(settings, options.paths, options.origin, quiet=quiet, wait_s=options.wait_s, dry_run=dry)
    if options.json:
        _print_json(report_json(report))
    else:
        print("\n".join(preview_lines(report) if dry else report_lines(report, read_accounts(settings.home))))
    return 1 if report.failed else 0


def _remove(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.accounts import report_json
    from assistant.ingesting import remove
    from index.errors import UnknownDocument

    report = remove(settings, options.document_id, wait_s=options.wait_s)
    if not report.removed:
        raise UnknownDocument(
            f"文書「{options.document_id}」は登録されていません。`tenkyo documents` で一覧を確かめてください。"
        )
    if options.json:
        _print_json(report_json(report))
    else:
        print(f"外しました: {options.document_id}（残り{len(report.documents)}文書）")
    return 0


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.compose import open_service
    from assistant.limits import require_question

    question = require_question(options.question)
    with closing(open_service(settings, once=True)) as service:
        explained = service.explain(question) if options.explain else None
        answer = explained.answer if explained else service.ask_once(question)
    _print_answer(answer, explained.trace if explained else None, as_json=options.json)
    sys.stdout.flush()
    record_command(settings, answer)
    return 0


def _print_answer(answer: Answer, trace: Trace | None, *, as_json: bool) -> None:
    from assistant.schemas import answer_json

    if as_json:
        _print_json(answer_json(answer) | ({"explain": asdict(trace)} if trace else {}))
        return
    print(answer.answer)
    for c in answer.citations:
        print(f"\n[{c.marker}] {c.title}　{c.locator} {c.page}\n    {' '.join(c.quote.split())}")
    if trace:
        from assistant.trace_lines import trace_lines

        print("", *trace_lines(trace), sep="\n")


def _search(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.compose import open_service
    from assistant.limits import require_k, require_question
    from assistant.schemas import passage_json

    query, k = require_question(options.query), require_k(options.k)
    with closing(open_service(settings, once=True)) as service:
        passages = service.search(query, k)
    if options.json:
        _print_json({"passages": [passage_json(p) for p in passages]})
        return 0
    for n, p in enumerate(passages, 1):
        ranks = " ".join(f"{leg}={rank}" for leg, rank in sorted(p.ranks.items()))
        print(f"{n:2d}. {p.score:.4f} ({ranks}) {p.document.title}　{p.document.locator} {p.page_label}")
        print(f"    {' '.join(p.text.split())[:120]}")
    if not passages:
        print("該当する箇所はありません。")
    return 0


def _documents(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.accounts import (
        accounts_json,
        accounts_lines,
        page_lines,
        page_reason,
        page_state_json,
        read_accounts,
    )

    if options.pages:
        pages = page_lines(settings.home, options.pages)
        if options.json:
            _print_json({"pages": [page_state_json(p) for p in pages]})
            return 0
        names = {"indexed": "索引", "empty": "空白", "failed": "読めない"}
        for p in pages:
            quality = "" if p.quality is None else f"{p.quality:.0%}"
            reason = page_reason(p) if p.reason or p.is_poor else ""
            print(f"{p.number}\t{p.label}\t{names[p.state]}{'（OCR）' if p.ocr else ''}\t{quality}\t{reason}")
        return 0
    accounts = read_accounts(settings.home)
    if options.json:
        _print_json(accounts_json(accounts.documents, accounts))
    else:
        print("\n".join(accounts_lines(accounts)))
    return 0


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.server import serve

    serve(settings, options.host, options.port, page=not options.no_page)
    return 0


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.backup import back_up

    sizes = back_up(settings.home, options.file, WAIT_S)
    print(
        f"{options.file} に{len(sizes)}ファイル（{sum(sizes.values()) / 1e6:.1f}MB）を保存しました。索引は、戻すときに作り直します。"
    )
    if settings.audit_url.get_secret_value():
        print("監査記録は TENKYO_AUDIT_URL のデータベースにあり、この中にはありません。そちらも保存してください。")
    return 0


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.ingesting import rebuild
    from assistant.restore import put_back

    count = put_back(options.file, settings.home, force=options.force, wait_s=WAIT_S)
    print(f"{count}ファイルを戻しました。索引を作り直します。", file=sys.stderr)
    report = rebuild(settings)
    pages = sum(d.pages for d in report.documents)
    print(f"{len(report.documents)}文書 {pages}ページ {report.chunks}チャンクの索引を作りました。")
    return 0


def _audit(options: argparse.Namespace, settings: Settings) -> int:
    return int(options.audit(options, settings))


def _user(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.compose import users
    from assistant.user_commands import add_user, change_password, list_users, remove_user

    known = users(settings)
    if options.action == "list":
        list_users(known)
        return 0
    if not options.name:
        raise UserError(f"名前がありません。`tenkyo user {options.action} 名前` と入力してください。")
    if options.action == "add":
        add_user(known, options.name, options.role)
    elif options.action == "passwd":
        change_password(known, options.name)
    else:
        remove_user(known, options.name)
    return 0


def _doctor(_: argparse.Namespace, settings: Settings) -> int:
    from assistant.doctor import examine

    findings = examine(settings)
    for finding in findings:
        print(f"{'OK  ' if finding.ok else '問題'} {finding.subject}: {finding.text}")
    return 0 if all(f.ok for f in findings) else 1


def _eval(options: argparse.Namespace, settings: Settings) -> int:
    from importlib import import_module

    # The room above is named, not imported: imports go one way.
    if options.drafts:
        return int(import_module("eval.drafts").main(options.drafts, settings))
    if options.sweep:
        sweep = import_module("eval.sweep")
        return int(sweep.main(options.files, options.sweep, options.report, settings, options.sample))
    run = import_module("eval.run")
    server = {"url": options.url, "key": options.key, "sample": options.sample, "judge": options.judge}
    return int(run.main(options.files, options.report, options.baseline, options.gate, settings, **server))


if __name__ == "__main__":
    run()
