"""Settings come from the environment and `.env`; what is unknown or wrong stops the start."""

from pathlib import Path

import pytest

from assistant.settings import BUNDLED_DOCUMENTS, Settings, SettingsError, load_settings

NAMES = {
    "TENKYO_HOME", "TENKYO_DOCUMENTS", "TENKYO_LLM", "TENKYO_LLM_BASE_URL", "TENKYO_LLM_API_KEY", "TENKYO_EMBEDDING",
    "TENKYO_RERANKER", "TENKYO_CHROMA_URL", "TENKYO_API_KEYS",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def dotenv(text: str) -> None:
    Path(".env").write_text(text, encoding="utf-8")


def test_the_names_of_the_contract_are_there() -> None:
    assert {f"TENKYO_{n.upper()}" for n in Settings.model_fields} >= NAMES


def test_defaults_need_nothing() -> None:
    settings = load_settings()
    assert settings.documents == BUNDLED_DOCUMENTS
    assert settings.documents.is_dir()
    assert settings.home.name == ".tenkyo"
    assert settings.home.parent == BUNDLED_DOCUMENTS.parents[1]
    assert (settings.llm, settings.embedding, settings.reranker, settings.chroma_url) == ("", "", "", "")
    assert settings.keys() == ()


def test_the_dotenv_file_is_read() -> None:
    dotenv("# Anmerkung\nTENKYO_HOME=state\nTENKYO_LLM='openai:gpt-x'\n")
    assert load_settings().home == Path("state")
    assert load_settings().llm == "openai:gpt-x"


def test_the_environment_wins_over_the_dotenv_file(monkeypatch: pytest.MonkeyPatch) -> None:
    dotenv("TENKYO_HOME=state\n")
    monkeypatch.setenv("TENKYO_HOME", "other")
    assert load_settings().home == Path("other")


def test_an_empty_value_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    dotenv("TENKYO_HOME=\nTENKYO_LLM=\n")
    monkeypatch.setenv("TENKYO_DOCUMENTS", "")
    assert load_settings() == Settings(_env_file=None)  # type: ignore[call-arg]


def test_names_of_others_in_the_dotenv_file_are_left_alone() -> None:
    dotenv("PORT=8001\nOPENAI_API_KEY=geheim\nTENKYO_HOME=state\n")
    assert load_settings().home == Path("state")


@pytest.mark.parametrize("name", ["TENKYO_HOMEE", "TENKYO_", "tenkyo_model", "TENKYO_LLM_TIMEOUT"])
def test_an_unknown_name_is_refused_and_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "x")
    with pytest.raises(SettingsError, match=name) as raised:
        load_settings()
    assert all(known in raised.value.message for known in NAMES)


def test_an_unknown_name_in_the_dotenv_file_is_refused_too() -> None:
    dotenv("TENKYO_HOMEE=x\nTENKYO_X=y\n")
    with pytest.raises(SettingsError, match="TENKYO_HOMEE、TENKYO_X"):
        load_settings()


@pytest.mark.parametrize("name", ["TENKYO_CHROMA_URL", "TENKYO_LLM_BASE_URL"])
def test_a_url_without_http_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "localhost:8100")
    with pytest.raises(SettingsError, match=f"{name} の値を使えません（http:// か https://"):
        load_settings()


def test_a_dotenv_file_that_is_no_text_is_told() -> None:
    Path(".env").write_bytes(b"TENKYO_HOME=\xff\xfe\n")
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings()


def test_the_home_sign_is_expanded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TENKYO_HOME", "~/state")
    assert load_settings().home == tmp_path / "state"


def test_keys_are_name_role_and_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENKYO_API_KEYS", "sato:reader:abc, tanaka:maintainer:d:e ,")
    keys = load_settings().keys()
    assert [(k.name, k.role, k.key.get_secret_value()) for k in keys] == [
        ("sato", "reader", "abc"),
        ("tanaka", "maintainer", "d:e"),
    ]


@pytest.mark.parametrize("value", ["abc", "sato:reader", "sato:reader:", "sato:admin:abc", "sato: reader:abc"])
def test_a_key_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TENKYO_API_KEYS", value)
    with pytest.raises(SettingsError, match="TENKYO_API_KEYS") as raised:
        load_settings().keys()
    assert "abc" not in raised.value.message


def test_no_secret_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENKYO_API_KEYS", "sato:reader:geheim")
    monkeypatch.setenv("TENKYO_LLM_API_KEY", "geheim")
    settings = load_settings()
    assert "geheim" not in f"{settings!r} {settings} {settings.keys()!r}"


@pytest.mark.parametrize("value", ["600", "600/minutes", "0/minute", "-1/minute", "viele", "600 / minute"])
def test_a_rate_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TENKYO_RATE_LIMIT", value)
    with pytest.raises(SettingsError, match="600/minute のように"):
        load_settings()


@pytest.mark.parametrize("value", ["*", "https://*", "https://a.example/", "a.example", "null"])
def test_an_origin_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TENKYO_CORS_ORIGINS", f"https://ok.example,{value}")
    with pytest.raises(SettingsError, match=r"https://example\.go\.jp のような"):
        load_settings()
