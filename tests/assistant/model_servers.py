"""Servers that should be language models and are not: one never answers, one answers nonsense."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def hanging() -> Iterator[str]:
    """Takes every connection and says nothing; its base URL."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)  # the kernel accepts for it
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"


@contextmanager
def talking(*replies: tuple[int, str, bytes]) -> Iterator[str]:
    """Answers every POST with the next of `replies` (status, content type, body), again and again; its base URL."""
    count = 0

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            nonlocal count
            self.rfile.read(int(self.headers.get("content-length", "0")))
            status, kind, body = replies[count % len(replies)]
            count += 1
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
