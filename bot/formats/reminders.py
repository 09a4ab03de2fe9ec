"""reminders.yaml: when the bot speaks by itself. Every key may be left out, and then has its default."""

import re
from datetime import time, timedelta
from typing import Annotated, Any

from msgspec.structs import replace
from pydantic import BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError

from bot.domain.reminders.policy import Policy
from bot.formats.dates import loose_time, read_time
from bot.formats.document import Document, Located
from bot.formats.fields import Flag, as_list, switch, word
from bot.formats.leads import read_lead, written
from bot.formats.record import Record
from bot.formats.refused import refused

_WALL = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_HOURS = re.compile(rf"^({_WALL})\s*[-–]\s*({_WALL})$")
#: Quiet hours that are only understood to say how they are written.
_LOOSE_HOURS = re.compile(r"^(\d.*?)\s*(?:-|–|—|\bto\b|\buntil\b)\s*(\d.*)$")
_MIDNIGHT = time(0, 0)


def _leads(value: Any) -> Any:
    """A list, or one word for all of it: ``no`` is none, ``yes`` the default, which is None."""
    on = switch(value)
    if value is None or on is not None:
        return () if on is False else None
    return as_list(value)


def _daily(value: object) -> time | bool:
    text = word(value).strip()
    on = switch(text)
    if on is not None:
        return on
    if text.startswith("24:"):
        raise refused("unreadable-time", f'"{text}" is not a time.', "Write 23:59, or a time from 00:00 on.")
    return read_time(text)


def _hours(value: object) -> tuple[time, time] | bool:
    text = word(value).strip()
    on = switch(text)
    if on is not None:
        return on
    match = _HOURS.match(text)
    if match is None:
        raise refused("unreadable-time", f'"{text}" is not a time from and a time until.', _hours_fix(text))
    start, end = read_time(match[1]), read_time(match[2])
    if start == end:
        message = f'"{text}" begins and ends at the same time.'
        raise refused("no-quiet-hours", message, "Write no for none, or another end, such as 22:00-08:00.")
    return start, end


def _hours_fix(text: str) -> str:
    match = _LOOSE_HOURS.match(text)
    start, end = (_loose_wall(match[1]), _loose_wall(match[2])) if match else (None, None)
    return f"Write {start}-{end}." if start and end else "Write both with a hyphen between, such as 22:00-08:00."


def _loose_wall(text: str) -> str | None:
    return "00:00" if text == "24:00" else loose_time(text)


_Lead = Annotated[timedelta, PlainValidator(lambda value: read_lead(word(value)))]
_Leads = Annotated[tuple[_Lead, ...] | None, BeforeValidator(_leads)]
#: A time of day; False is never, True the default.
_Daily = Annotated[time | bool, PlainValidator(_daily)]
_QuietHours = Annotated[tuple[time, time] | bool, PlainValidator(_hours)]


class RemindersFile(Record):
    deadlines: _Leads = None
    sessions: _Leads = None
    talks: Flag | None = None
    digest: _Daily | None = None
    overview: _Daily | None = None
    quiet_hours: _QuietHours | None = None


def policy(record: RemindersFile) -> Policy:
    """The policy that the file states, with the defaults for all that it leaves out."""
    default = Policy()
    quiet = record.quiet_hours
    if quiet is None or quiet is True:
        quiet = default.quiet_from, default.quiet_until
    return replace(
        default,
        deadlines=_in_order(record.deadlines, default.deadlines),
        sessions=_in_order(record.sessions, default.sessions),
        talks=default.talks if record.talks is None else record.talks,
        digest=_wall(record.digest, default.digest),
        overview=_wall(record.overview, default.overview),
        quiet_from=quiet[0] if quiet else _MIDNIGHT,
        quiet_until=quiet[1] if quiet else _MIDNIGHT,
    )


def doubled_leads(document: Document) -> list[Located]:
    """An error for each lead that stands in its list for the second time, in the same unit or in another."""
    found = []
    for field in ("deadlines", "sessions"):
        items = document.value((field,))
        first: dict[timedelta, str] = {}
        for at, text in enumerate(items) if isinstance(items, list) else ():
            lead = _readable(text)
            if lead is not None and lead not in first:
                first[lead] = text
            elif lead is not None:
                same = "" if first[lead] == text else f": {first[lead]} is as long before"
                message = f'"{text}" stands here for the second time{same}.'
                fix = f"Remove one of the two, so that {written(lead)} stands there once."
                found.append(document.error("doubled-lead", (field, at), text, message, fix))
    return found


def _readable(text: object) -> timedelta | None:
    try:
        return read_lead(text) if isinstance(text, str) else None
    except PydanticCustomError:
        return None


def _in_order(leads: tuple[timedelta, ...] | None, default: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
    """The longest first, each once."""
    return default if leads is None else tuple(sorted(set(leads), reverse=True))


def _wall(stated: time | bool | None, default: time | None) -> time | None:
    if isinstance(stated, time):
        return stated
    return None if stated is False else default
