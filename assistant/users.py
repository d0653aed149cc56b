"""Who may sign in on the page: names, roles and Argon2 hashes of passwords, in `users.json` under TENKYO_HOME."""

from __future__ import annotations

import json
import os
import re
import threading
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.problems import UserError

Role = Literal["reader", "maintainer"]
ROLES: tuple[Role, ...] = ("reader", "maintainer")
MIN_PASSWORD_CHARS = 12
MAX_PASSWORD_CHARS = 1000
_NAME = re.compile(r"[\w.@-]{1,64}")
_HASHER = PasswordHasher()


@lru_cache
def _nobody() -> str:
    """Verified in place of the hash of a name that does not exist, so that both take the same time."""
    return _HASHER.hash("nobody has this password")


@dataclass(frozen=True, slots=True)
class User:
    """`password_hash` is in Argon2's own notation."""

    name: str
    role: Role
    password_hash: str


class Users:
    """Reads the file again whenever it has changed, so that a running server follows `tenkyo user`. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._users: dict[str, User] = {}

    def all(self) -> tuple[User, ...]:
        """In the order of their names. Raises UserError."""
        return tuple(user for _, user in sorted(self._now().items()))

    def find(self, name: str) -> User | None:
        return self._now().get(name)

    def verified(self, name: str, password: str) -> User | None:
        """The user when the password is right. As slow for a name that does not exist as for a wrong password."""
        user = self.find(name)
        try:
            _HASHER.verify(user.password_hash if user else _nobody(), password[:MAX_PASSWORD_CHARS])
        except (VerificationError, InvalidHashError):
            return None
        return user

    def add(self, name: str, role: Role, password: str) -> None:
        """Raises UserError when the name is taken or cannot be one, or the password is too short."""
        if not _NAME.fullmatch(name):
            raise UserError(f"名前「{name}」は使えません。文字、数字、. @ - _ の64字までにしてください。")
        if self.find(name):
            raise UserError(
                f"「{name}」はもういます。パスワードを変えるには `tenkyo user passwd {name}` を実行してください。"
            )
        self._write({**self._now(), name: User(name, role, _hashed(password))})

    def change_password(self, name: str, password: str) -> None:
        """Ends the sessions of that user. Raises UserError."""
        self._write({**self._now(), name: replace(self._known(name), password_hash=_hashed(password))})

    def remove(self, name: str) -> None:
        """Ends the sessions of that user. Raises UserError."""
        self._known(name)
        self._write({n: user for n, user in self._now().items() if n != name})

    def _known(self, name: str) -> User:
        user = self.find(name)
        if user is None:
            raise UserError(f"「{name}」という利用者はいません。`tenkyo user list` で確かめてください。")
        return user

    def _now(self) -> dict[str, User]:
        with self._lock:
            try:
                state = self._path.stat()
            except FileNotFoundError:
                self._seen, self._users = None, {}
                return self._users
            seen = (state.st_mtime_ns, state.st_ino)
            if seen != self._seen:
                self._users, self._seen = self._read(), seen
            return self._users

    def _read(self) -> dict[str, User]:
        try:
            entries = json.loads(self._path.read_text(encoding="utf-8"))["users"]
            users = [User(**entry) for entry in entries]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise UserError(
                f"利用者のファイル {self._path} を読めません（{error}）。書き方と権限を確かめてください。"
            ) from error
        return {user.name: user for user in users}

    def _write(self, users: dict[str, User]) -> None:
        part = self._path.with_suffix(".part")
        data = {"users": [asdict(user) for _, user in sorted(users.items())]}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(data, file, ensure_ascii=False, indent=1)
            part.replace(self._path)
        except OSError as error:
            raise UserError(f"利用者のファイル {self._path} に書けません（{error.strerror}）。") from error


def _hashed(password: str) -> str:
    if not MIN_PASSWORD_CHARS <= len(password) <= MAX_PASSWORD_CHARS:
        raise UserError(f"パスワードは{MIN_PASSWORD_CHARS}字以上にしてください。")
    return _HASHER.hash(password)
