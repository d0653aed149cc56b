"""Settings: environment variables and `.env`, prefix TENKYO_. An unknown TENKYO_ name is an error."""

from __future__ import annotations

import os
import re
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

from corpus.errors import TenkyoError

PREFIX = "TENKYO_"
_CLONE = Path(__file__).resolve().parent.parent
BUNDLED_DOCUMENTS = _CLONE / "corpus" / "documents"
# Beside the code in a clone; where the package was installed without one, in the working folder.
_DEFAULT_HOME = (_CLONE if (_CLONE / "pyproject.toml").is_file() else Path()) / ".tenkyo"


class SettingsError(TenkyoError):
    """A setting is unknown or has a value that cannot be used."""


class ApiKey(BaseModel):
    """One entry of TENKYO_API_KEYS, `name:role:key`."""

    model_config = ConfigDict(frozen=True)

    name: str
    role: Literal["reader", "maintainer"]
    key: SecretStr


class Settings(BaseSettings):
    """All settings with their defaults; the names are those of CONTRACT and README without the prefix."""

    # An empty value is the default; names of others in a shared `.env` are none of ours (load_settings checks TENKYO_ names).
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Path = _DEFAULT_HOME
    documents: Path = BUNDLED_DOCUMENTS
    llm: str = ""
    llm_base_url: str = ""
    llm_api_key: SecretStr = SecretStr("")
    llm_timeout_s: float | None = Field(default=None, gt=0, le=3600)
    llama_server: str = ""
    embedding: str = ""
    reranker: str = ""
    chroma_url: str = ""
    api_keys: str = Field(default="", repr=False)
    rate_limit: str = ""
    concurrent_limit: int | None = Field(default=None, ge=0)
    cors_origins: str = ""
    allowed_hosts: str = ""
    trusted_proxies: str = ""
    log: Literal["text", "json"] = "text"
    auth_header: str = ""
    audit_url: SecretStr = SecretStr("")
    audit_days: int = Field(default=0, ge=0)
    audit_redact: bool = False

    @field_validator("home", "documents")
    @classmethod
    def _own_folder(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("chroma_url", "llm_base_url")
    @classmethod
    def _http_url(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("http:// か https:// で始まるURLにしてください")
        return value

    @field_validator("rate_limit")
    @classmethod
    def _rate(cls, value: str) -> str:
        if value and value != "off" and not re.fullmatch(r"[1-9]\d*/(?:second|minute|hour|day)", value):
            raise ValueError("600/minute のように書いてください。単位は second、minute、hour、day、止めるなら off")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: str) -> str:
        for one in listed(value):
            try:
                ip_network(one, strict=False)
            except ValueError:
                raise ValueError("10.0.0.5 か 10.0.0.0/24 のようなアドレスをカンマで並べてください") from None
        return value

    @field_validator("auth_header")
    @classmethod
    def _header_name(cls, value: str) -> str:
        if value and not re.fullmatch(r"[A-Za-z0-9-]+", value):
            raise ValueError("X-Forwarded-User のようなヘッダー名にしてください")
        return value

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, value: str) -> str:
        if any(not re.fullmatch(r"https?://[^/\s*]+", origin) for origin in listed(value)):
            raise ValueError("https://example.go.jp のようなオリジン（末尾に / なし）をカンマで並べてください")
        return value

    @field_validator("audit_url")
    @classmethod
    def _database(cls, value: SecretStr) -> SecretStr:
        kind, _, rest = value.get_secret_value().partition(":///" if "sqlite" in value.get_secret_value() else "://")
        if value.get_secret_value() and (kind not in ("sqlite", "postgresql") or not rest):
            raise ValueError("sqlite:///パス か postgresql://利用者:パスワード@ホスト/データベース にしてください")
        return value

    def keys(self) -> tuple[ApiKey, ...]:
        """The keys of the API. Raises SettingsError when an entry is not `name:role:key`."""
        keys = []
        for entry in listed(self.api_keys):
            parts = entry.split(":", 2)
            if len(parts) != 3 or parts[1] not in ("reader", "maintainer") or not parts[2]:
                raise SettingsError(
                    "TENKYO_API_KEYS の書き方が違います。「名前:役割:キー」をカンマで並べ、役割は reader か maintainer にしてください。"
                )
            keys.append(ApiKey(name=parts[0], role=parts[1], key=SecretStr(parts[2])))  # type: ignore[arg-type]
        return tuple(keys)


def listed(value: str) -> tuple[str, ...]:
    """The entries of a setting that is a list: between commas, without white space around them."""
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _dotenv_names(path: Path) -> list[str]:
    if not path.is_file():
        return []
    try:
        source = DotEnvSettingsSource(Settings, env_file=path, env_prefix="")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} を読めません。権限を確かめ、UTF-8で保存し直してください。") from error
    return [name.upper() for name in source.env_vars]


def load_settings(env_file: Path = Path(".env")) -> Settings:
    """The settings of this process. Raises SettingsError naming every unknown or wrong one."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    names = [*os.environ, *_dotenv_names(env_file)]
    unknown = sorted({n for n in names if n.upper().startswith(PREFIX) and n.upper() not in known})
    if unknown:
        raise SettingsError(
            f"知らない設定 {'、'.join(unknown)} があります。名前を直すか消してください（使える名前：{'、'.join(sorted(known))}）。"
        )
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise SettingsError(
            f"設定 {name} の値を使えません（{first['msg'].removeprefix('Value error, ')}）。値を直してください。"
        ) from error
