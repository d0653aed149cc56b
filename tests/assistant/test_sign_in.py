"""Sessions: how they begin, what ends them, and what a browser has to show besides the cookie."""

from pathlib import Path

import pytest

from assistant.problems import ForeignSite, TooManyRequests
from assistant.sign_in import COOKIE, IDLE_S, LIFE_S, SignIn
from assistant.users import Users

PASSWORD = "a long enough one"
OWN = {"origin": "http://server"}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def users(tmp_path: Path) -> Users:
    users = Users(tmp_path / "users.json")
    users.add("tanaka", "maintainer", PASSWORD)
    return users


def cookie(token: str | None) -> dict[str, str]:
    return {"cookie": f"other=1; {COOKIE}={token}"}


def test_a_session_names_its_user_until_it_is_closed(users: Users) -> None:
    sign_in = SignIn(users)
    headers = cookie(sign_in.open("tanaka", PASSWORD))
    visitor = sign_in.visitor("GET", headers)
    assert visitor is not None
    assert (visitor.name, visitor.role) == ("tanaka", "maintainer")
    sign_in.close(headers)
    assert sign_in.visitor("GET", headers) is None


@pytest.mark.parametrize("token", ["", "x", None])
def test_an_invented_token_is_nobody(users: Users, token: str | None) -> None:
    assert SignIn(users).visitor("GET", cookie(token)) is None


def test_a_session_ends_when_idle_and_at_the_end_of_its_life(users: Users) -> None:
    clock = Clock()
    sign_in = SignIn(users, clock=clock)
    headers = cookie(sign_in.open("tanaka", PASSWORD))
    while clock.now + IDLE_S <= LIFE_S:
        clock.now += IDLE_S
        assert sign_in.visitor("GET", headers) is not None
    clock.now += 1
    assert sign_in.visitor("GET", headers) is None
    headers = cookie(sign_in.open("tanaka", PASSWORD))
    clock.now += IDLE_S + 1
    assert sign_in.visitor("GET", headers) is None


def test_a_new_password_and_a_removal_end_the_sessions(users: Users) -> None:
    sign_in = SignIn(users)
    headers = cookie(sign_in.open("tanaka", PASSWORD))
    users.change_password("tanaka", PASSWORD + "2")
    assert sign_in.visitor("GET", headers) is None
    headers = cookie(sign_in.open("tanaka", PASSWORD + "2"))
    users.remove("tanaka")
    assert sign_in.visitor("GET", headers) is None


def test_a_change_needs_a_sign_that_our_own_page_sent_it(users: Users) -> None:
    sign_in = SignIn(users)
    headers = cookie(sign_in.open("tanaka", PASSWORD))
    with pytest.raises(ForeignSite):
        sign_in.visitor("DELETE", headers)
    assert sign_in.visitor("DELETE", headers | OWN) is not None


def test_guesses_at_one_name_are_stopped_even_when_one_is_right(users: Users) -> None:
    sign_in = SignIn(users)
    for _ in range(10):
        assert sign_in.open("tanaka", "wrong") is None
    with pytest.raises(TooManyRequests):
        sign_in.open("tanaka", PASSWORD)


def test_a_name_from_the_proxy_has_the_role_of_the_file_or_reads(users: Users) -> None:
    sign_in = SignIn(users, "X-User")
    headers = {"X-User": "tanaka"}
    known, other = sign_in.visitor("POST", headers), sign_in.visitor("POST", {"X-User": "suzuki"})
    assert known is not None
    assert known.role == "maintainer"
    assert other is not None
    assert other.role == "reader"
    assert SignIn(users).visitor("GET", headers) is None
