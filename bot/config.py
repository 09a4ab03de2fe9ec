"""Settings from the environment or a ``.env`` file, read once and frozen."""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.errors import UsherError


class SettingsError(UsherError):
    """One or more settings are wrong; the text names every one."""


def _empty_is_missing(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


class Settings(BaseSettings):
    """What an operator sets. Secrets come only from here, and are never logged."""

    model_config = SettingsConfigDict(frozen=True, env_file=".env", extra="ignore")

    token: Annotated[SecretStr | None, BeforeValidator(_empty_is_missing)] = Field(
        None, validation_alias="DISCORD_TOKEN"
    )
    database: Path = Field(Path("usher.db"), validation_alias="USHER_DATABASE")
    event: str = Field("delta-2025", validation_alias="USHER_EVENT")
    guild: Annotated[int | None, BeforeValidator(_empty_is_missing)] = Field(None, validation_alias="USHER_GUILD")
    discord_api: Annotated[str | None, BeforeValidator(_empty_is_missing)] = Field(
        None, validation_alias="USHER_DISCORD_API"
    )

    @field_validator("discord_api")
    @classmethod
    def _must_be_an_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://, e.g. http://127.0.0.1:8080/api/v10")
        return value.rstrip("/") if value else None


def load() -> Settings:
    """Read the settings. Raises SettingsError that lists every fault at once."""
    try:
        return Settings()  # type: ignore[call-arg]  # the fields come from the environment
    except ValidationError as error:
        lines = [f"  {fault['loc'][0]}: {fault['msg']}" for fault in error.errors()]
        raise SettingsError("These settings are wrong (environment or .env):\n" + "\n".join(lines)) from None
