"""Signed-in visitors: sessions behind a cookie, or a name that a trusted proxy vouches for."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from assistant.problems import ForeignSite
from assistant.throttle import Throttle
from assistant.users import Role, User, Users

COOKIE = "tenkyo_session"
IDLE_S = 60 * 60
LIFE_S = 12 * 60 * 60
GUESSES = "10/hour"  # wrong passwords for one name
_MAX_SESSIONS = 10_000
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Visitor:
    """`by_cookie`: a browser sends the proof by itself, so a change needs a sign that our own page asked for it."""

    name: str
    role: Role
    by_cookie: bool = False


@dataclass(slots=True)
class _Session:
    name: str
    password_hash: str  # a changed password ends the session
    opened: float
    seen: float


class SignIn:
    """Sessions live in this process only: a restart ends them, and the server keeps no token, only its hash. Thread-safe.

    `proxy_header` names the header with the user's name; whoever sets up the server has to make sure that only the proxy
    can send it (`OnlyFromProxy`). A name that is not in the users file reads.
    """

    def __init__(self, users: Users, proxy_header: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self._users = users
        self._proxy_header = proxy_header
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, _Session] = {}
        self._throttle = Throttle(guesses=GUESSES)

    @property
    def required(self) -> bool:
        """Is there anybody who could sign in? Then documents change only at the hand of a maintainer."""
        return bool(self._proxy_header or self._users.all())

    @property
    def by_form(self) -> bool:
        return bool(self._users.all())

    def open(self, name: str, password: str) -> str | None:
        """A session's token; None when name or password are wrong. Raises TooManyRequests after too many wrong ones."""
        self._throttle.require_few_guesses(name)
        user = self._users.verified(name, password)
        if user is None:
            self._throttle.guessed(name)
            return None
        token = secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock:
            self._sweep(now)
            self._sessions[_digest(token)] = _Session(user.name, user.password_hash, now, now)
        return token

    def close(self, headers: Mapping[str, str]) -> None:
        """Ends the session of the request's cookie."""
        with self._lock:
            self._sessions.pop(_digest(_token(headers)), None)

    def visitor(self, method: str, headers: Mapping[str, str]) -> Visitor | None:
        """Who sent the request; None when nobody is signed in. Raises ForeignSite for a change that no page of ours asked for."""
        vouched = headers.get(self._proxy_header, "").strip() if self._proxy_header else ""
        if vouched:
            known = self._users.find(vouched)
            return Visitor(vouched, known.role if known else "reader")
        user = self._of_cookie(headers)
        if user is None:
            return None
        if method not in _READING and not (headers.get("origin") or headers.get("sec-fetch-site")):
            raise ForeignSite("この操作は、tenkyo の画面から行ってください。")
        return Visitor(user.name, user.role, True)

    def _of_cookie(self, headers: Mapping[str, str]) -> User | None:
        token = _token(headers)
        if not token:
            return None
        now = self._clock()
        with self._lock:
            self._sweep(now)
            session = self._sessions.get(_digest(token))
            if session is None:
                return None
            session.seen = now
        user = self._users.find(session.name)
        return user if user and user.password_hash == session.password_hash else None

    def _sweep(self, now: float) -> None:
        old = [key for key, s in self._sessions.items() if now - s.seen > IDLE_S or now - s.opened > LIFE_S]
        for key in [*old, *list(self._sessions)[: len(self._sessions) - _MAX_SESSIONS]]:
            self._sessions.pop(key, None)


def _token(headers: Mapping[str, str]) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
