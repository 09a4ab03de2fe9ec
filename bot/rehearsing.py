"""The root of ``usher rehearse``: an event folder -> what will be said, without a server or a database."""

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.chat.organizing.rehearsal import Spoken, rehearse, warnings
from bot.domain.errors import UsherError
from bot.folders import find_event, read_files
from bot.formats.folder import read_folder
from bot.formats.report import summary
from bot.typed_time import instant_of

_DAY_ALONE = re.compile(r"\d{4}-?\d{2}-?\d{2}")


class Rehearsal(Struct, frozen=True):
    """``messages`` in the order in which they go out; ``warnings`` are sentences for organizers."""

    messages: Sequence[Spoken]
    warnings: Sequence[str]
    zone: ZoneInfo

    @property
    def summary(self) -> str:
        number = len(self.messages)
        said = f"{number} {'message' if number == 1 else 'messages'}, {sum(one.pings for one in self.messages)} ping."
        return "\n".join([said, *(f"warning: {text}" for text in self.warnings)])

    def told(self, *, as_json: bool) -> str:
        """All of it, for a terminal; or the messages alone as one JSON array."""
        if as_json:
            return json.dumps([one.as_json(self.zone) for one in self.messages], ensure_ascii=False, indent=2)
        return "\n\n".join([*(one.as_text(self.zone) for one in self.messages), self.summary])


def rehearsed(folder: str, *, start: str | None, end: str | None, now: datetime) -> Rehearsal:
    """``start`` and ``end`` as typed, both included; a day alone ends with its last minute.

    Raises UsherError for a bad folder or time, and for an end before the start.
    """
    reading = read_folder(read_files(find_event(folder)), now=now)
    if reading.program is None:
        raise UsherError(f"{folder} has errors.\n{summary(reading)}\nSee all: usher check {folder}")
    zone = reading.program.event.tz
    until = _time(end, "--to", zone)
    if until is not None and end is not None and _DAY_ALONE.fullmatch(end.strip()):
        until += timedelta(days=1) - timedelta(minutes=1)
    since = _time(start, "--from", zone)
    if since is not None and until is not None and until < since:
        raise UsherError(f"--to {end} is before --from {start}: nothing lies between. Swap them, or leave one out.")
    spoken = rehearse(reading.program, start=since, end=until)
    return Rehearsal(spoken, warnings(spoken, reading.program), zone)


def _time(typed: str | None, option: str, zone: ZoneInfo) -> datetime | None:
    if typed is None:
        return None
    otherwise = f"{option} {typed} is not a time. Write 2025-04-28 or 2025-04-28T09:20 (venue time)."
    return instant_of(typed, zone, otherwise)
