"""`tenkyo user add | list | remove | passwd`: who may sign in on the page."""

from __future__ import annotations

import sys
from getpass import getpass

from assistant.problems import UserError
from assistant.users import Role, Users


def add_user(users: Users, name: str, role: Role) -> None:
    users.add(name, role, _asked_password())
    print(f"登録しました: {name}（{role}）")


def change_password(users: Users, name: str) -> None:
    if users.find(name) is None:
        raise UserError(f"「{name}」という利用者はいません。`tenkyo user list` で確かめてください。")
    users.change_password(name, _asked_password())
    print(f"パスワードを変えました: {name}（サインイン中なら、もう一度サインインが必要です）")


def remove_user(users: Users, name: str) -> None:
    users.remove(name)
    print(f"外しました: {name}")


def list_users(users: Users) -> None:
    for user in users.all():
        print(f"{user.name}\t{user.role}")
    print(f"計{len(users.all())}人")


def _asked_password() -> str:
    """Typed twice at a terminal; from a pipe, one line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("パスワード: ")
    if password != getpass("もう一度: "):
        raise UserError("二つのパスワードが違います。もう一度実行してください。")
    return password
