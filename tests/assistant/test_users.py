"""Who may sign in, as the users file keeps it."""

from pathlib import Path

import pytest

from assistant.problems import UserError
from assistant.users import Users

PASSWORD = "a long enough one"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    users = Users(tmp_path / "home" / "users.json")
    users.add("tanaka", "maintainer", PASSWORD)
    return users


def test_only_the_right_password_of_a_known_name_is_verified(users: Users) -> None:
    found = users.verified("tanaka", PASSWORD)
    assert found is not None
    assert found.role == "maintainer"
    assert users.verified("tanaka", PASSWORD + "x") is None
    assert users.verified("suzuki", PASSWORD) is None


@pytest.mark.usefixtures("users")
def test_the_file_holds_argon2_hashes_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "users.json"
    assert "$argon2id$" in path.read_text()
    assert PASSWORD not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_a_running_server_follows_changes_of_the_file(users: Users, tmp_path: Path) -> None:
    other = Users(tmp_path / "home" / "users.json")
    assert [user.name for user in other.all()] == ["tanaka"]
    users.add("佐藤", "reader", PASSWORD)
    users.change_password("tanaka", PASSWORD + "2")
    assert [user.name for user in other.all()] == ["tanaka", "佐藤"]
    assert other.verified("tanaka", PASSWORD) is None
    users.remove("tanaka")
    assert other.find("tanaka") is None


@pytest.mark.parametrize(
    ("name", "password"),
    [("tanaka", PASSWORD), ("a b", PASSWORD), ("", PASSWORD), ("x\n", PASSWORD), ("sato", "short")],
)
def test_names_and_passwords_that_cannot_be_taken_are_refused(users: Users, name: str, password: str) -> None:
    with pytest.raises(UserError):
        users.add(name, "reader", password)


def test_an_unreadable_file_lets_nobody_in_silently(users: Users, tmp_path: Path) -> None:
    (tmp_path / "home" / "users.json").write_text("{")
    with pytest.raises(UserError, match=r"users\.json"):
        users.verified("tanaka", PASSWORD)
