"""What an operator sees of the running server: metrics, the state of the audit, and whether it is ending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.audit_log import AuditState
from assistant.drain import Drain
from assistant.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Watch:
    """Handed to the doors of operators. `audit` is None where nothing is recorded."""

    metrics: Metrics = field(default_factory=Metrics)
    drain: Drain = field(default_factory=Drain)
    audit: Callable[[], AuditState] | None = None
