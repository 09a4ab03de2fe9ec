"""Settings from the environment or a ``.env`` file, read once and frozen."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from dotenv import dotenv_values
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, field_validator

from bot.domain.errors import UsherError


class SettingsError(UsherError):
    """One or more settings are wrong; the text names every one."""


def _empty_is_missing(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


_Text = Annotated[str | None, BeforeValidator(_empty_is_missing)]
_Number = Annotated[int | None, BeforeValidator(_empty_is_missing)]
_Secret = Annotated[SecretStr | None, BeforeValidator(_empty_is_missing)]


class Settings(BaseModel):
    """What an operator sets. Secrets come only from here, and are never logged."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    token: _Secret = Field(None, validation_alias="DISCORD_TOKEN")
    database: Path = Field(Path("usher.db"), validation_alias="USHER_DATABASE")
    event: str = Field("delta-2025", validation_alias="USHER_EVENT")
    guild: _Number = Field(None, validation_alias="USHER_GUILD")
    discord_api: _Text = Field(None, validation_alias="USHER_DISCORD_API")

    @field_validator("discord_api")
    @classmethod
    def _must_be_an_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://, e.g. http://127.0.0.1:8080/api/v10")
        return value.rstrip("/") if value else None


def load(folder: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings: the environment first, then ``.env`` in ``folder``.

    Raises SettingsError that lists every fault at once, without the values: one may be a secret.
    """
    try:
        return Settings.model_validate({**dotenv_values(folder / ".env"), **environment})
    except ValidationError as error:
        lines = [f"  {fault['loc'][0]}: {fault['msg']}" for fault in error.errors()]
        raise SettingsError("These settings are wrong (environment or .env):\n" + "\n".join(lines)) from None
