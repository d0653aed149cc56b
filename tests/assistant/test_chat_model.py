"""A setting becomes a chat model or says what to do; the probe says why a model does not answer."""

import time
from collections.abc import Callable
from typing import Any, cast

import pytest

from assistant.chat_model import make_chat_model, probe
from assistant.problems import LanguageModelError

from .scripted import Scripted, says


@pytest.mark.parametrize(
    ("llm", "says_what"),
    [
        ("gpt-4.1", "提供元:モデル名"),
        (":x", "提供元:モデル名"),
        ("nowhere:model", "知りません"),
        ("google_genai:gemini", "pip install langchain-google-genai"),
        ("openai:gpt-4.1", "TENKYO_LLM_API_KEY"),
    ],
)
def test_unusable_setting_says_what_to_do(llm: str, says_what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(LanguageModelError, match=says_what):
        make_chat_model(llm, "", "")


def test_own_server_needs_no_key_and_gets_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    model = cast(Any, make_chat_model("openai:qwen", "http://127.0.0.1:9/v1", ""))
    assert (model.openai_api_key.get_secret_value(), model.temperature, model.model_name) == ("none", 0, "qwen")


@pytest.mark.parametrize(
    ("script", "reason"),
    [([""], "空の答え"), ([ConnectionError("refused")], "refused"), ([lambda: time.sleep(1)], "0.2秒")],
)
def test_probe_says_why_the_model_does_not_answer(
    script: list[str | Exception | Callable[[], None]], reason: str
) -> None:
    with pytest.raises(LanguageModelError, match=reason):
        probe(Scripted(scripts=[script]), timeout_s=0.2)


def test_probe_is_content_with_any_answer() -> None:
    probe(says("はい"))
