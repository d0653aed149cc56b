"""Who may use the HTTP doors: keys with roles, compared in constant time."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping, Sequence

from assistant.problems import NotAllowed, RoleTooLow
from assistant.settings import ApiKey

_OPEN = frozenset({"/healthz", "/readyz"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Gate:
    """Lets a request pass when no keys are configured, or when it carries one whose role suffices.

    A key comes as `Authorization: Bearer KEY`, as `x-api-key: KEY`, or as the password of HTTP Basic (for browsers).
    """

    def __init__(self, keys: Sequence[ApiKey]) -> None:
        self._keys = tuple(keys)

    def check(self, method: str, path: str, headers: Mapping[str, str]) -> str:
        """The name of the key that was given, "" where none is needed. Raises NotAllowed (no key, or a wrong one) or RoleTooLow."""
        if not self._keys or path in _OPEN:
            return ""
        given = _given_key(headers)
        matches = [k for k in self._keys if hmac.compare_digest(k.key.get_secret_value().encode(), given.encode())]
        if not given or not matches:
            raise NotAllowed("APIキーがないか、正しくありません。Authorization: Bearer に正しいキーを付けてください。")
        changes = path.startswith("/v1/documents") and method in ("POST", "DELETE")
        if changes and all(k.role != "maintainer" for k in matches):
            raise RoleTooLow("このキーでは文書を変えられません。maintainer のキーを使ってください。")
        return matches[0].name


def _given_key(headers: Mapping[str, str]) -> str:
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    if kind.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except ValueError:  # no base64, or no UTF-8 in it
            return ""
    return headers.get("x-api-key", "").strip()
