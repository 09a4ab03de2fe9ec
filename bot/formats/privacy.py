"""privacy.yaml: how long what is stored about people is kept. Every key may be left out, and then has its default."""

import re
from datetime import timedelta
from math import ceil
from typing import Annotated

from msgspec.structs import replace
from pydantic import PlainValidator

from bot.domain.privacy.retention import Retention
from bot.formats.fields import word
from bot.formats.record import Record
from bot.formats.refused import refused

#: A day at least, and two years at most: nobody needs it longer than until the next event.
_LEAST, _MOST = 1, 730
#: What the bot sent is looked up to follow changes of the programme.
_MESSAGES_LEAST = 7

_DAYS = re.compile(r"^(\d{1,5})d$")
_LOOSE = re.compile(r"^(\d{1,5})\s*(h(?:ours?)?|d(?:ays?)?|w(?:eeks?)?|months?|y(?:ears?)?)?$", re.IGNORECASE)
#: Days in a unit, by its first letter.
_UNITS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}


def _days(least: int) -> PlainValidator:
    def read(value: object) -> timedelta:
        text = word(value).strip()
        match = _DAYS.match(text)
        if match is None:
            raise refused("unreadable-days", f'"{text}" does not say how many days.', _fix(text, least))
        days = int(match[1])
        if days < least:
            raise refused("days-out-of-range", f'"{text}" is too short here.', f"Write {least}d or more.")
        if days > _MOST:
            raise refused("days-out-of-range", f'"{text}" is too long here.', f"Write {_MOST}d or less.")
        return timedelta(days=days)

    return PlainValidator(read)


def _fix(text: str, least: int) -> str:
    match = _LOOSE.match(text)
    if match is not None:
        days = ceil(int(match[1]) * _UNITS[(match[2] or "d")[0].lower()])
        return f"Write {min(max(days, least), _MOST)}d."
    return "Write whole days, such as 30d."


_Days = Annotated[timedelta, _days(_LEAST)]


class PrivacyFile(Record):
    personal: _Days | None = None
    messages: Annotated[timedelta, _days(_MESSAGES_LEAST)] | None = None
    audit: _Days | None = None
    drafts: _Days | None = None
    pictures: _Days | None = None
    cases: _Days | None = None


def retention(record: PrivacyFile) -> Retention:
    """What the file states, with the defaults for all that it leaves out."""
    stated = {name: days for name, days in record.model_dump(exclude={"at"}).items() if days is not None}
    return replace(Retention(), **stated)
