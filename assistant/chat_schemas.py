"""What enters and leaves over the chat door, in the shapes of OpenAI's protocol."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Turn
from assistant.limits import MAX_QUESTION
from assistant.problems import BadQuestion
from assistant.schemas import MAX_HISTORY

MODEL = "tenkyo"
_MAX_MESSAGES = 1_000
_QUESTION: dict[str, Any] = {
    "required": ["role", "content"],
    "properties": {
        "role": {"const": "user"},
        "content": {"type": "string", "minLength": 1, "maxLength": MAX_QUESTION, "pattern": r"\S"},
    },
}
_EXAMPLE: dict[str, Any] = {
    "model": MODEL,
    "messages": [{"role": "user", "content": "TAMA産業活性化協議会の発足時の会員数はいくつですか？"}],
}


class Part(BaseModel):
    """A part of a message; only those of type `text` are read."""

    model_config = ConfigDict(extra="ignore")

    type: str = Field(default="text", description="`text` だけを読む")
    text: str = Field(default="", description="本文")


class Message(BaseModel):
    model_config = ConfigDict(extra="ignore")

    role: str = Field(description="`user` と `assistant` が会話になる。`system` などは読み捨てる")
    content: str | list[Part] | None = Field(default=None, description="本文、または `text` の部分の並び")

    def text(self) -> str:
        """Raises BadQuestion for pictures and sounds, which would silently be left out of the question."""
        if isinstance(self.content, str):
            return self.content
        parts = self.content or []
        other = next((p.type for p in parts if p.type not in ("text", "input_text", "output_text", "refusal")), None)
        if other and self.role == "user":
            raise BadQuestion(f"「{other}」は読めません。質問は文字（text）だけで送ってください。")
        return "\n".join(p.text for p in parts)


class StreamOptions(BaseModel):
    model_config = ConfigDict(extra="ignore")

    include_usage: bool | None = Field(default=None, strict=True, description="最後に `usage` だけの塊を送る")


class ChatIn(BaseModel):
    """Body of POST /v1/chat/completions. What OpenAI's protocol has beyond this (temperature, tools …) is let pass."""

    model_config = ConfigDict(extra="ignore", json_schema_extra={"examples": [_EXAMPLE]})

    model: str | None = Field(default=None, description="どの名前でも同じように答える")
    messages: list[Message] = Field(
        min_length=1,
        max_length=_MAX_MESSAGES,
        description="会話。最後の `user` が質問、その前が履歴",
        json_schema_extra={"contains": _QUESTION},
    )
    stream: bool | None = Field(default=None, strict=True, description="逐次送る")
    stream_options: StreamOptions | None = Field(default=None, description="`stream` のときだけ")
    n: int | None = Field(default=None, description="1だけ", json_schema_extra={"minimum": 1, "maximum": 1})
    max_tokens: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="ここまでに収まる文だけを返す。日本語の一字、英単語一つ、数一つを一つと数える"
    )
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = Field(default=None, description="`max_tokens` と同じ")
    stop: str | list[str] | None = Field(default=None, description="この文字列の前で終える")
    document_ids: list[str] | None = Field(default=None, description="根拠をこの文書に限る（tenkyo の拡張）")

    def stops(self) -> tuple[str, ...]:
        return (self.stop,) if isinstance(self.stop, str) else tuple(self.stop or ())

    def limit(self) -> int | None:
        limits = [n for n in (self.max_tokens, self.max_completion_tokens) if n is not None]
        return min(limits, default=None)

    def conversation(self) -> tuple[str, list[Turn]]:
        """The last question, and the last turns before it. What is said in other roles is data that no answer stands on.

        Raises BadQuestion when nobody asks, or when several answers are wanted: the same question has one answer.
        """
        if self.n not in (None, 1):
            raise BadQuestion("答えは一つだけです。n は1にするか、省いてください。")
        turns: list[Turn] = []
        for message in self.messages:
            text = message.text()
            if message.role == "user":
                turns.append(Turn(text, ""))
            elif message.role == "assistant" and turns:
                turns[-1] = Turn(turns[-1].question, f"{turns[-1].answer}{text}"[:MAX_QUESTION])
        if not turns:
            raise BadQuestion("質問がありません。messages に role が user のものを入れてください。")
        earlier = [Turn(t.question[:MAX_QUESTION], t.answer) for t in turns[:-1]]
        return turns[-1].question, earlier[-MAX_HISTORY:]


class UrlCitation(BaseModel):
    """OpenAI's fields first, then what leads to the page."""

    start_index: int = Field(description="印の始まり（`content` のコードポイント）")
    end_index: int
    title: str
    url: str
    marker: int
    document_id: str
    page: str = Field(description="印刷されたページ名")
    page_number: int
    locator: str
    quote: str = Field(description="ページの文字列そのまま")
    start: int = Field(description="引用の始まり（ページのコードポイント）")
    end: int
    note: str


class Annotation(BaseModel):
    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class Usage(BaseModel):
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ReplyMessage(BaseModel):
    role: Literal["assistant"] = "assistant"
    content: str = Field(description="答え。末尾に出典の一覧")
    refusal: None = None
    annotations: list[Annotation] = Field(description="印 `[1]` ごとに一つ")


class Choice(BaseModel):
    index: Literal[0] = 0
    message: ReplyMessage
    logprobs: None = None
    finish_reason: Literal["stop", "length"]


class Details(BaseModel):
    """What the answer says beyond OpenAI's protocol, as in POST /v1/ask."""

    id: str = Field(description="答えのID（/v1/feedback で使う）")
    abstained: bool = Field(description="文書に答えがないと答えたか")
    conflicts: list[dict[str, Any]] = Field(description="文書どうしの食い違い")
    checks: dict[str, Any] = Field(description="照合の結果")
    reader: str = Field(description="誰が書いたか。`built-in` は内蔵リーダー")
    index: str = Field(description="答えに使った索引")


class ChatOut(BaseModel):
    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    system_fingerprint: str = Field(description="答えに使った索引")
    tenkyo: Details


class ModelOut(BaseModel):
    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str


class ModelsOut(BaseModel):
    object: Literal["list"] = "list"
    data: list[ModelOut]
