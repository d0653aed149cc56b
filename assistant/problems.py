"""Every known error with its HTTP status, exit code and Japanese title, in one table."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.settings import SettingsError
from corpus.errors import DocumentError, FolderError, ManifestError, TenkyoError
from corpus.sandbox import SandboxFailed
from index.embedder import EmbeddingModelError
from index.errors import (
    IndexBroken,
    IndexMissing,
    IndexStale,
    IngestBusy,
    StorageError,
    UnknownDocument,
    VectorStoreUnreachable,
)


class BadQuestion(TenkyoError):
    """The question is empty or too long."""


class NotAllowed(TenkyoError):
    """No key or a wrong key; or no keys where the network could reach the server."""


class RoleTooLow(TenkyoError):
    """The key is right, but its role may not do this."""


class UserError(TenkyoError):
    """The users file cannot be read or written, or a name or password cannot be taken."""


class UnknownHost(TenkyoError):
    """The request calls this server by a name that it does not go by."""


class ForeignSite(TenkyoError):
    """A browser sent this from a page of another site."""


class TooManyRequests(TenkyoError):
    """One caller asks too much; it may come again after `retry_after_s`."""

    def __init__(self, message: str, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class BodyTooLarge(TenkyoError):
    """The body of a request is larger than its door takes."""


class UnknownModel(TenkyoError):
    """OpenAI's protocol names a model that is not here."""


class ServerError(TenkyoError):
    """Another tenkyo server answered with a problem (`status`, `title`; `message` says what to do), or not at all (status 0)."""

    def __init__(self, message: str, status: int = 0, title: str = "", retry_after_s: int = 0) -> None:
        super().__init__(message)
        self.status = status
        self.title = title
        self.retry_after_s = retry_after_s


class NoPicture(UnknownDocument):
    """There is no original, or nothing to draw the page with."""


class PortInUse(TenkyoError):
    """The server's port is taken, or may not be bound."""


class LanguageModelError(TenkyoError):
    """The language model is not installed, does not answer, or answers with an error."""


class UnknownAnswer(TenkyoError):
    """No such answer is recorded."""


class Ending(TenkyoError):
    """The server is being stopped and takes nothing new."""


class BackupError(TenkyoError):
    """A backup cannot be written, is damaged, or would replace what is there."""


class AuditUnavailable(TenkyoError):
    """The audit record cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Problem:
    """How an error is told: HTTP status, exit code of the command line, title."""

    status: int
    exit_code: int
    title: str


PROBLEMS: dict[type[TenkyoError], Problem] = {
    TenkyoError: Problem(500, 1, "処理できませんでした"),
    SettingsError: Problem(500, 2, "設定の誤り"),
    UserError: Problem(500, 2, "利用者の誤り"),
    BadQuestion: Problem(422, 2, "質問の誤り"),
    NotAllowed: Problem(401, 2, "認証が必要です"),
    RoleTooLow: Problem(403, 2, "この操作はできません"),
    UnknownHost: Problem(421, 2, "このホスト名では使えません"),
    ForeignSite: Problem(403, 2, "ほかのサイトからは使えません"),
    TooManyRequests: Problem(429, 1, "リクエストが多すぎます"),
    BodyTooLarge: Problem(413, 2, "大きすぎます"),
    UnknownModel: Problem(404, 1, "見つかりません"),
    ServerError: Problem(502, 1, "サーバーの答え"),
    PortInUse: Problem(500, 1, "ポートを使えません"),
    LanguageModelError: Problem(502, 1, "言語モデルの問題"),
    EmbeddingModelError: Problem(500, 1, "埋め込みモデルの問題"),
    FolderError: Problem(500, 1, "フォルダーの問題"),
    DocumentError: Problem(422, 1, "文書を読めません"),
    ManifestError: Problem(422, 1, "manifest.toml の誤り"),
    IndexMissing: Problem(503, 1, "索引がありません"),
    IndexStale: Problem(503, 1, "索引が古くなっています"),
    IndexBroken: Problem(503, 1, "索引が壊れています"),
    IngestBusy: Problem(409, 1, "取り込み中です"),
    StorageError: Problem(507, 1, "保存できません"),
    VectorStoreUnreachable: Problem(503, 1, "Chromaサーバーに接続できません"),
    UnknownDocument: Problem(404, 1, "見つかりません"),
    NoPicture: Problem(404, 1, "画像がありません"),
    SandboxFailed: Problem(422, 1, "文書を読めません"),
    UnknownAnswer: Problem(404, 1, "見つかりません"),
    Ending: Problem(503, 1, "終了中"),
    BackupError: Problem(500, 1, "バックアップの問題"),
    AuditUnavailable: Problem(503, 1, "監査記録を使えません"),
}


def problem_of(error: TenkyoError) -> Problem:
    """The table's entry of the error's class or of its nearest base."""
    return next(PROBLEMS[c] for c in type(error).__mro__ if c in PROBLEMS)
