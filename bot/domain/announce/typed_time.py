"""A time as a busy organizer types it, in the venue's zone: "15:00", "tomorrow 3pm", "Mon 9:30", "2025-04-28 15:00".

What can be read in two ways is asked back: an announcement at three in the morning wakes three hundred people.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import UsherError
from bot.domain.times import UnreadableTimeError, localize

EXAMPLES = "now, 15:00, tomorrow 3pm, Mon 9:30, 28 Apr 15:00, in 20 minutes, or 10 minutes before lunch"
_FURTHEST = timedelta(days=366)

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*"
_DAY = (
    rf"(?P<near>today|tonight|tomorrow)|(?P<weekday>{'|'.join(_WEEKDAYS)})[a-z]*"
    rf"|(?P<day>\d{{1,2}})\.? {_MONTH}(?: (?P<year>\d{{4}}))?"
)
_CLOCK = r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))? ?(?P<half>[ap]\.?m\.?)?"
_FORMS = tuple(
    re.compile(form) for form in (rf"(?:(?:{_DAY}),? )?(?:at )?{_CLOCK}", rf"(?:at )?{_CLOCK},? (?:on )?(?:{_DAY})")
)
_SPAN = r"(?P<number>\d{1,3}) ?(?P<unit>m|min|mins|minutes?|h|hours?)"
_IN = re.compile(rf"(?:in |\+) ?{_SPAN}")
#: Hours that are read as those of the morning where nothing else is said; below, nobody can tell.
_MORNING = range(7, 13)


class UnclearTimeError(UsherError):
    """The text says how to write it."""


def span_of(found: re.Match[str]) -> timedelta:
    """What a match of a pattern with ``number`` and ``unit`` stands for."""
    number = int(found["number"])
    return timedelta(hours=number) if found["unit"].startswith("h") else timedelta(minutes=number)


def names_a_clock(text: str) -> bool:
    """Whether it reads like a time, rather than like the title of something."""
    typed = " ".join(text.lower().split())
    return any(form.fullmatch(typed) for form in _FORMS)


def instant_of(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The UTC instant that is meant, after ``now`` (UTC). Raises UnclearTimeError, which asks back."""
    typed = " ".join(text.lower().split())
    if found := _IN.fullmatch(typed):
        return _ahead(text, now + span_of(found), zone, now)
    if (instant := _iso(typed, zone)) is not None:
        return _ahead(text, instant, zone, now)
    if not (match := next((match for form in _FORMS if (match := form.fullmatch(typed))), None)):
        raise UnclearTimeError(f"“{_shown(text)}” is not a time that I can read. Write {EXAMPLES}.")
    wall = _wall(text, match)
    day = _day(text, match, now.astimezone(zone).date())
    return _ahead(text, _at(text, day, wall, zone), zone, now)


def _iso(typed: str, zone: ZoneInfo) -> datetime | None:
    try:
        instant = datetime.fromisoformat(typed.upper())
    except ValueError:
        return None
    if len(typed) <= 10:
        raise UnclearTimeError(f"“{typed}” names a day and no time. Write {typed} 15:00.")
    return instant.astimezone(UTC) if instant.tzinfo else _at(typed, instant.date(), instant.time(), zone)


def _at(text: str, day: date, wall: time, zone: ZoneInfo) -> datetime:
    try:
        return localize(day, wall, zone)
    except UnreadableTimeError as error:
        raise UnclearTimeError(f"“{_shown(text)}” is unclear: {error}. Choose another time.") from None


def _wall(text: str, match: re.Match[str]) -> time:
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "")[:1]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise UnclearTimeError(f"“{_shown(text)}” is no time of a day. Write 15:00 or 3pm.")
    if half:
        return time(hour % 12 + (12 if half == "p" else 0), minute)
    if match["minute"] is None or (match["hour"][0] != "0" and 0 < hour < _MORNING.start):
        raise UnclearTimeError(
            f"Is “{_shown(text)}” in the morning or in the afternoon? "
            f"Write {hour % 12:02}:{minute:02} or {hour % 12 + 12:02}:{minute:02}."
        )
    return time(hour, minute)


def _day(text: str, match: re.Match[str], today: date) -> date:
    if match["weekday"]:
        ahead = (_WEEKDAYS.index(match["weekday"]) - today.weekday()) % 7
        return today + timedelta(days=ahead)
    if match["month"]:
        year, month = int(match["year"] or today.year), _MONTHS.index(match["month"]) + 1
        try:
            found = date(year, month, int(match["day"]))
            return found if match["year"] or found >= today else found.replace(year=year + 1)
        except ValueError:
            raise UnclearTimeError(f"“{_shown(text)}” names a day that does not exist.") from None
    return today + timedelta(days=1) if match["near"] == "tomorrow" else today


def _ahead(text: str, instant: datetime, zone: ZoneInfo, now: datetime) -> datetime:
    if instant <= now:
        here = now.astimezone(zone)
        raise UnclearTimeError(
            f"“{_shown(text)}” is past: it is {here:%H:%M} on {here:%a} {here.day} {here:%b} at the venue. "
            f"Choose a later time, such as tomorrow {instant.astimezone(zone):%H:%M}."
        )
    if instant - now > _FURTHEST:
        raise UnclearTimeError(f"“{_shown(text)}” is more than a year ahead. Choose an earlier time.")
    return instant


def _shown(text: str) -> str:
    return " ".join(text.split())[:40]
