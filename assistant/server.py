"""`tenkyo serve`: API and page in one process."""

from __future__ import annotations

import socket
import sys
from contextlib import ExitStack, closing
from importlib import import_module
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.access import LOOPBACK
from assistant.api import create_app
from assistant.compose import access_rules, make_page_images, open_audit_log, open_service
from assistant.ending_server import EndingServer
from assistant.json_log import start_logging
from assistant.library_desk import LibraryDesk
from assistant.metrics import Metrics
from assistant.only_from_proxy import OnlyFromProxy
from assistant.page_needs import PageNeeds
from assistant.problems import NotAllowed, PortInUse
from assistant.recorded_answer import recorded_answer
from assistant.reindexing import Reindexing
from assistant.settings import Settings, listed
from assistant.tracing import SpanWitness, span_witness
from assistant.watch import Watch
from assistant.watched_service import WatchedService

_BACKLOG = 2048  # uvicorn's own default


def _bind(host: str, port: int) -> socket.socket:
    """The listening socket, taken before anything slow is loaded; who connects early waits. Raises PortInUse."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise PortInUse(
            f"{host}:{port} を使えません（{error.strerror}）。別のポートを PORT=8001 のように指定してください。"
        ) from error
    return listener


def _behind_proxy(app: Any, header: str, proxies: list[str]) -> Any:
    """The user's name counts from a proxy only, which has to be told before the proxy's address is replaced."""
    if not header:
        return app
    addressed: Any = ProxyHeadersMiddleware(app, proxies)
    return OnlyFromProxy(addressed, header, proxies)


def serve(settings: Settings, host: str, port: int, *, page: bool = True) -> None:
    """Serves until stopped. Raises NotAllowed (open to the network without keys), PortInUse, or what is wrong with the index."""
    rules = access_rules(settings)
    if not rules.keys and host not in LOOPBACK:
        raise NotAllowed(
            f"キーなしでは {host} で公開できません。TENKYO_API_KEYS を設定するか、HOST=127.0.0.1 にしてください。"
        )
    start_logging(settings.log)
    metrics = Metrics()
    with ExitStack() as opened:
        listener = opened.enter_context(_bind(host, port))
        live = opened.enter_context(closing(open_service(settings, observe=metrics.stage)))
        images = opened.enter_context(closing(make_page_images(settings)))
        live.ask("準備")
        audit = opened.enter_context(closing(open_audit_log(settings)))
        watch = Watch(metrics, audit=lambda: audit.state)
        service = WatchedService(live, [audit, metrics, *_spans(opened)], audit)
        app = create_app(service, LibraryDesk(settings.home), rules=rules, images=images, watch=watch)
        if page:
            needs = PageNeeds(
                service.at("page"),
                images,
                lambda answer_id: recorded_answer(audit.answer(answer_id), service),
                rules.sign_in,
                Reindexing(settings.home),
                settings.embedding or "multilingual-e5-small",
            )
            # The room above is named, not imported: imports go one way.
            app = import_module("ui.page").mount_page(app, needs)
        reach = "" if rules.keys else "キーなし：このコンピューターからだけ使えます。"
        print(f"tenkyo: http://{host}:{port}/ （{reach}終了は Ctrl+C）", file=sys.stderr)
        EndingServer(_config(app, settings), watch.drain, live.hurry).run(sockets=[listener])


def _spans(opened: ExitStack) -> list[SpanWitness]:
    witness = span_witness()
    return [opened.enter_context(closing(witness))] if witness else []


def _config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    proxies = list(listed(settings.trusted_proxies))
    return uvicorn.Config(
        _behind_proxy(app, settings.auth_header, proxies),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
        proxy_headers=bool(proxies) and not settings.auth_header,
        forwarded_allow_ips=proxies,
        server_header=False,
    )
