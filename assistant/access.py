"""Who may use the HTTP doors: keys with roles compared in constant time, hosts, origins, and how much one caller may ask."""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.problems import ForeignSite, NotAllowed, RoleTooLow, UnknownHost
from assistant.settings import ApiKey
from assistant.sign_in import SignIn, Visitor
from assistant.users import Role

_OPEN = frozenset({"/healthz", "/readyz", "/login", "/logout"})
_LOOKS = "/look/"  # style, script and icon of the page and of the sign-in form
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class AccessRules:
    """What is asked of a request before any door. `rate` and `guesses` as `600/minute`; empty, or 0 at once, is no limit.

    `origins` are those of other sites whose pages may call the doors; `hosts` are the names that a request may call this
    server by, empty for any.
    """

    keys: tuple[ApiKey, ...] = ()
    rate: str = ""
    concurrent: int = 0
    guesses: str = "20/minute"
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    sign_in: SignIn | None = None


class Gate:
    """Lets a request pass when nothing is asked for here, or when a key or a signed-in user with a sufficient role sends it.

    A key comes as `Authorization: Bearer KEY`, as `x-api-key: KEY`, or as the password of HTTP Basic (for browsers).
    """

    def __init__(self, keys: Sequence[ApiKey], sign_in: SignIn | None = None) -> None:
        self._keys = tuple(keys)
        self._sign_in = sign_in

    def needed(self, method: str, path: str) -> Role | None:
        """The role that is asked for; None where anybody may enter. Without keys only changes need somebody, if there is anybody."""
        if path in _OPEN or path.startswith(_LOOKS):
            return None
        if _is_maintenance(method, path) and (self._keys or (self._sign_in and self._sign_in.required)):
            return "maintainer"
        return "reader" if self._keys else None

    def visitor(self, method: str, headers: Mapping[str, str]) -> Visitor | None:
        """Who is signed in. Raises ForeignSite."""
        return self._sign_in.visitor(method, headers) if self._sign_in else None

    def check(self, method: str, path: str, headers: Mapping[str, str]) -> str:
        """The name of the user or key, "" where none is needed. Raises NotAllowed (nobody, or a wrong key), RoleTooLow, ForeignSite."""
        needed = self.needed(method, path)
        if needed is None:
            return ""
        if visitor := self.visitor(method, headers):
            if needed == "maintainer" and visitor.role != "maintainer":
                raise RoleTooLow(
                    f"「{visitor.name}」は文書を変えられません。maintainer の役割が必要です。管理者に頼んでください。"
                )
            return visitor.name
        given = given_key(headers)
        matches = [k for k in self._keys if hmac.compare_digest(k.key.get_secret_value().encode(), given.encode())]
        if not given or not matches:
            raise NotAllowed("APIキーがないか、正しくありません。Authorization: Bearer に正しいキーを付けてください。")
        if needed == "maintainer" and all(k.role != "maintainer" for k in matches):
            raise RoleTooLow("このキーでは文書を変えられません。maintainer のキーを使ってください。")
        return matches[0].name


def _is_maintenance(method: str, path: str) -> bool:
    changes = path.startswith("/v1/documents") and method in ("POST", "PUT", "PATCH", "DELETE")
    return changes or path == "/maintain" or path.startswith("/maintain/")


def given_key(headers: Mapping[str, str]) -> str:
    """The key that a request carries, "" for none."""
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    if kind.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except ValueError:  # no base64, or no UTF-8 in it
            return ""
    return headers.get("x-api-key", "").strip()


def require_known_host(headers: Mapping[str, str], hosts: Sequence[str]) -> None:
    """Raises UnknownHost: a page elsewhere may have bound its own name to this address (DNS rebinding)."""
    if hosts and _host_of(headers.get("host", "")) not in hosts:
        raise UnknownHost("このホスト名では使えません。管理者は TENKYO_ALLOWED_HOSTS に名前を加えてください。")


def require_own_site(method: str, headers: Mapping[str, str], origins: Sequence[str]) -> None:
    """Raises ForeignSite when a browser sends a change from a page of another site that is not among `origins`.

    Browsers attach a Basic password to such requests and let forms send them unasked. Reading is left to CORS, and so is what
    carries a key in a header: a browser asks first whether it may send that.
    """
    origin = headers.get("origin", "")
    if method in _READING or not origin or origin in origins or _carries_key(headers):
        return
    site = headers.get("sec-fetch-site", "")
    own = site in ("same-origin", "none") if site else urlsplit(origin).netloc == headers.get("host", "")
    if not own:
        raise ForeignSite(
            "ほかのサイトのページからは使えません。管理者は TENKYO_CORS_ORIGINS にその先を加えてください。"
        )


def _carries_key(headers: Mapping[str, str]) -> bool:
    return "x-api-key" in headers or headers.get("authorization", "").lower().startswith("bearer ")


def _host_of(header: str) -> str:
    """The name in a Host header without its port; `[::1]:8000` is `::1`."""
    match = re.fullmatch(r"(?:\[([^\]]+)\]|([^:]*))(?::\d+)?", header.lower())
    return (match[1] or match[2] or "") if match else ""
