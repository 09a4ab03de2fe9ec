"""Settings from the environment or a ``.env`` file, read once and frozen.

Six settings do not need a validation library, whose import would take a tenth of a start.
"""

import os
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from bot.domain.errors import UsherError


class SettingsError(UsherError):
    """One or more settings are wrong; the text names every one."""


# A dataclass, unlike other values: a struct keeps no field out of its repr.
@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator sets. The token comes only from here, and is never shown."""

    token: str | None = field(default=None, repr=False)
    database: Path = Path("usher.db")
    event: str = "delta-2025"
    guild: int | None = None
    discord_api: str | None = None
    publishers: frozenset[int] = frozenset()


def _guild(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{16,19}", text):
        raise ValueError("must be a server's id, a number of 17 to 20 digits (Discord: Copy Server ID)")
    return int(text)


def _guilds(text: str) -> frozenset[int]:
    try:
        return frozenset(_guild(part.strip()) for part in text.split(","))
    except ValueError:
        raise ValueError("must be ids of servers with commas between, each a number of 17 to 20 digits") from None


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://, e.g. http://127.0.0.1:8787/api/v10")
    if not re.search(r"/api/v\d+/*$", text):
        raise ValueError("must end with the API and its version, /api/v10, e.g. http://127.0.0.1:8787/api/v10")
    return text.rstrip("/")


#: Variable -> the setting, and how its text is read. An empty one counts as not set.
VARIABLES: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "DISCORD_TOKEN": ("token", str),
    "USHER_DATABASE": ("database", Path),
    "USHER_EVENT": ("event", str),
    "USHER_GUILD": ("guild", _guild),
    "USHER_DISCORD_API": ("discord_api", _address),
    "USHER_PUBLISHERS": ("publishers", _guilds),
}


def _set(texts: Mapping[str, str | None]) -> dict[str, str]:
    """The variables that hold something: an empty one must not hide a value from the other source."""
    return {variable: text.strip() for variable, text in texts.items() if text and text.strip()}


def _text_of(file: Path) -> str:
    """What a ``.env`` file says; "" where there is none. Raises SettingsError for what is no text.

    PowerShell writes UTF-16 with a mark at its beginning, other programs UTF-8 with or without one.
    """
    try:
        content = file.read_bytes()
        text = content.decode("utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as fault:
        raise SettingsError(f"{file} cannot be read: {fault.strerror}.") from None
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise SettingsError(f"{file} is not a UTF-8 text. Open it in an editor and save it with the encoding UTF-8.")
    return text


def load(folder: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings: the environment first, then ``.env`` in ``folder``.

    Raises SettingsError that lists every fault at once, without the values: one may be a secret.
    """
    texts = {**_set(dotenv_values(stream=StringIO(_text_of(folder / ".env")))), **_set(environment)}
    values: dict[str, Any] = {}
    faults = []
    for variable, (name, read) in VARIABLES.items():
        try:
            if variable in texts:
                values[name] = read(texts[variable])
        except ValueError as fault:
            faults.append(f"  {variable} {fault}")
    if faults:
        raise SettingsError("These settings are wrong (environment or .env):\n" + "\n".join(faults))
    return Settings(**values)
