"""From TENKYO_LLM to a LangChain chat model, and a probe whether it answers."""

from __future__ import annotations

import re
import time
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage

from assistant.model_stream import chunks
from assistant.problems import LanguageModelError
from assistant.wording import clip

TIMEOUT_S = 60.0
PROBE_TIMEOUT_S = 30.0


def make_chat_model(llm: str, base_url: str, api_key: str, timeout_s: float = TIMEOUT_S) -> BaseChatModel:
    """The chat model of `provider:model`. Raises LanguageModelError, saying what to install or to set."""
    provider, colon, model = llm.partition(":")
    if not (provider and colon and model):
        raise LanguageModelError(
            f"TENKYO_LLM={llm} の書き方が違います。「提供元:モデル名」（例 openai:gpt-4.1-mini、ollama:qwen3:4b）にしてください。"
        )
    try:
        chat_model: BaseChatModel = init_chat_model(
            model, model_provider=provider, **_options(provider, base_url, api_key, timeout_s)
        )
    except ImportError as error:
        package = re.search(r"langchain[-\w]+", str(error).replace("_", "-"))
        name = package[0] if package else f"langchain-{provider}"
        raise LanguageModelError(
            f"TENKYO_LLM={llm} に必要なパッケージがありません。`pip install {name}` で入れてください。"
        ) from error
    except Exception as error:  # each provider's package raises its own kinds
        if "Unsupported provider" in str(error) or "Unsupported model_provider" in str(error):
            detail = (
                f"提供元「{provider}」を知りません。openai、anthropic、ollama など LangChain の提供元名にしてください。"
            )
        else:
            detail = f"準備できません（{_first_line(error)}）。TENKYO_LLM_API_KEY と TENKYO_LLM_BASE_URL を確かめてください。"
        raise LanguageModelError(f"TENKYO_LLM={llm}：{detail}") from error
    return chat_model


def _options(provider: str, base_url: str, api_key: str, timeout_s: float) -> dict[str, Any]:
    options: dict[str, Any] = {"temperature": 0}
    if base_url:
        options["base_url"] = base_url
    if provider == "ollama":
        return {**options, "client_kwargs": {"timeout": timeout_s}}
    if api_key or (provider == "openai" and base_url):
        # A server of one's own mostly wants none; OPENAI_API_KEY must not go to it.
        options["api_key"] = api_key or "none"
    return {**options, "timeout": timeout_s, "max_retries": 1}


def probe(model: BaseChatModel, timeout_s: float = PROBE_TIMEOUT_S) -> None:
    """Returns when the model says anything. Raises LanguageModelError when it does not."""
    arriving = chunks(model, [HumanMessage("「はい」とだけ答えてください。")], time.monotonic() + timeout_s)
    try:
        if any(chunk.text.strip() for chunk in arriving):
            return
        reason = "空の答えでした"
    except TimeoutError:
        reason = f"{timeout_s:g}秒待ちました"
    except Exception as error:
        reason = f"{type(error).__name__}: {_first_line(error)}"
    raise LanguageModelError(
        f"言語モデルが応答しません（{reason}）。サーバーが動いているか、TENKYO_LLM、TENKYO_LLM_BASE_URL、TENKYO_LLM_API_KEY を確かめてください。"
    )


def _first_line(error: Exception) -> str:
    return clip(str(error).strip().split("\n")[0], 200)
