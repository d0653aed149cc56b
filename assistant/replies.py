"""What leaves over HTTP and MCP, as types: the OpenAPI shows them, MCP's tools return them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class CitationOut(BaseModel):
    """A checked pointer: `quote` is the page's text from `start` to `end`, to the letter."""

    marker: int = Field(description="本文の印 `[1]` の数", examples=[1])
    document_id: str = Field(examples=["tama-network"])
    title: str = Field(description="文書の題名")
    page: str = Field(description="印刷されたページ名。数とは限らない（`ii`、`別表1`）", examples=["3"])
    page_number: int = Field(description="ファイルの中での位置（1から）")
    locator: str = Field(description="ページの数え方", examples=["ページ", "スライド", "節"])
    quote: str = Field(description="ページの文字列そのまま")
    start: int = Field(description="引用の始まり（ページのコードポイント、0から）")
    end: int = Field(description="引用の終わり（この位置は含まない）")
    url: str = Field(
        description="引用に印を付けたページ", examples=["/v1/documents/tama-network/pages/3?start=659&end=711"]
    )
    note: str = Field(description="文書についての注記")


class ConflictOut(BaseModel):
    text: str = Field(description="何が食い違うか")
    markers: list[int] = Field(description="それぞれの値の印")


class ChecksOut(BaseModel):
    supported: bool = Field(description="答えの数値・日付・金額・固有名詞が、すべて引用にあるか")
    unsupported: list[str] = Field(description="引用にないもの（`supported` なら空）")
    dropped: list[str] = Field(description="引用にないため落とした文のもの")


class AnswerOut(BaseModel):
    id: str = Field(description="答えのID")
    question: str
    answer: str = Field(description="答え。文ごとに印 `[1]` が付く")
    abstained: bool = Field(description="文書に答えがないと答えたか。そのとき値は述べず、`citations` は近いページ")
    citations: list[CitationOut] = Field(description="印の順")
    conflicts: list[ConflictOut] = Field(description="文書どうしの食い違い。`answer` は両方の値を述べる")
    checks: ChecksOut
    reader: str = Field(description="誰が書いたか。`built-in` は内蔵リーダー", examples=["built-in"])
    timings_ms: dict[str, float] = Field(description="`retrieve`、`answer`、`verify`、`total`（ミリ秒）")
    index: str = Field(description="答えに使った索引")
    explain: dict[str, Any] = Field(default={}, description="`?explain=true` のときだけ。どう答えたか")


class PassageOut(BaseModel):
    document_id: str
    title: str
    page: str = Field(description="印刷されたページ名")
    page_number: int
    start: int = Field(description="箇所の始まり（ページのコードポイント）")
    end: int
    text: str = Field(description="ページの文字列そのまま")
    score: float = Field(description="大きいほど合う。ほかの質問の得点とは比べられない")
    ranks: dict[str, int] = Field(description="`lexical` と `dense` それぞれでの順位（1から）")


class PassagesOut(BaseModel):
    passages: list[PassageOut] = Field(description="合う順")


class DocumentOut(BaseModel):
    id: str
    title: str
    publisher: str
    published: str = Field(description="発行（年、年月か年月日）", examples=["2010-03"])
    locator: str
    note: str
    pages: int
    sha256: str
    origin: str = Field(description="`folder` は文書フォルダー、`upload` はこの API から")


class FailureOut(BaseModel):
    path: str = Field(description="ファイル名")
    reason: str


class QuarantinedOut(BaseModel):
    file: str = Field(description="隔離したときの名前（時刻で始まる）")
    reason: str


class DocumentsOut(BaseModel):
    documents: list[DocumentOut] = Field(description="ID の順")
    failures: list[FailureOut] = Field(description="読めなかったファイル")
    quarantine: list[QuarantinedOut] = Field(description="読めずに隔離した、登録されたファイル")


class PageOut(BaseModel):
    document_id: str
    title: str
    text: str = Field(description="ページの文字列。引用の `start` と `end` はこの中の位置")
    label: str = Field(description="印刷されたページ名")
    page_number: int
    locator: str
    note: str
    previous: str | None = Field(description="前のページ名。初めなら null")
    next: str | None = Field(description="次のページ名。終わりなら null")
    image: str | None = Field(description="ページの画像のURL。文字だけの文書なら null")


class ReportOut(BaseModel):
    """What an ingest did; fields beyond these tell more of it."""

    model_config = ConfigDict(extra="allow")

    added: list[str] = Field(description="加えた文書のID")
    changed: list[str] = Field(description="中身が変わった文書のID")
    removed: list[str] = Field(description="外した文書のID")


class AliveOut(BaseModel):
    status: Literal["ok"]


class ReadyOut(BaseModel):
    status: str = Field(examples=["ready"])
    index: str = Field(description="読み込んでいる索引")
    documents: int
    language_model: str = Field(
        description="言語モデル：none（なし）、closed（尋ねる）、open（失敗続きで休ませている）、half-open（試す）"
    )
    audit: str = Field(description="監査記録：none（なし）、ok、書けないときはその理由", examples=["ok"])


class StoredOut(BaseModel):
    status: Literal["stored"]


class ProblemOut(BaseModel):
    """RFC 9457 problem details."""

    title: str = Field(description="何の誤りか", examples=["質問の誤り"])
    detail: str = Field(
        description="何が起きたか、どうすればよいか", examples=["質問が空です。質問を入力してください。"]
    )
    status: int = Field(description="HTTP の状態コード", examples=[422])


class OpenAIErrorOut(BaseModel):
    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIProblemOut(ProblemOut):
    """A problem that OpenAI's clients understand too."""

    error: OpenAIErrorOut
