"""Logs on stderr: as text for people at a terminal, as a line of JSON each for what collects them."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from assistant.caller import caller

_ROOMS = ("assistant", "index", "corpus", "ui", "eval")


class JsonLines(logging.Formatter):
    """time, level, logger, message, request id and door of the caller, the `fields` of the record, and an exception's trace."""

    def format(self, record: logging.LogRecord) -> str:
        who = caller()
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if who.request_id:
            line |= {"request_id": who.request_id, "door": who.door}
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def start_logging(kind: str) -> None:
    """Sets the root logger up. `json` also tells every request (INFO); `text` tells what is wrong (WARNING)."""
    handler = logging.StreamHandler(sys.stderr)
    # Some libraries set their own loggers to DEBUG (bm25s does on import), which the root's level does not hold back.
    handler.setLevel(logging.INFO if kind == "json" else logging.WARNING)
    root = logging.getLogger()
    if kind == "json":
        handler.setFormatter(JsonLines())
        for room in _ROOMS:
            logging.getLogger(room).setLevel(logging.INFO)
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
