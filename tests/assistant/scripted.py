"""A chat model that streams what a test says."""

from collections.abc import Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field


class Scripted(BaseChatModel):
    """Streams what `scripts` say, one script a call; an exception among the pieces is raised, a callable is called."""

    scripts: list[list[Any]]
    told: list[list[BaseMessage]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, *_args: Any, **_kwargs: Any) -> ChatResult:
        raise NotImplementedError

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002
        **_kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self.told.append(messages)
        for piece in self.scripts.pop(0):
            if isinstance(piece, Exception):
                raise piece
            if callable(piece):
                piece()
            elif isinstance(piece, AIMessageChunk):
                yield ChatGenerationChunk(message=piece)
            else:
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))


def says(*texts: str) -> Scripted:
    return Scripted(scripts=[list(t) for t in texts])
