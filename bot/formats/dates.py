"""Dates and times as organizers write them. A guess could be a day or twelve hours wrong, so none is made."""

import re
from datetime import date, time

from pydantic_core import PydanticCustomError

from bot.formats.refused import refused

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

#: No event is outside these years; at the ends of the calendar there is no room for other zones.
_YEARS = range(1900, 3000)

_WEEKDAY = re.compile(r"^([A-Za-z]{3,9})\.?,?\s+(?=\S)")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?(?:,?\s+(\d{4}))?$")
_MONTH_FIRST = re.compile(r"^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?$")
_NO_YEAR = re.compile(r"^(\d{1,2})-(\d{1,2})$")
_TIME = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)$")
_LOOSE_TIME = re.compile(r"^(\d{1,2})(?:h|[:.h](\d{2})(?::\d{2})?)?\s*([ap])?\.?m?\.?$", re.IGNORECASE)
_TRAILING_TIME = re.compile(r"^(.*?[^\s,])[\sT,]+(?:at\s+)?(\d{1,2}[:.]\d{2})$")
#: A time that is only understood to say how it is written.
_LOOSE_MOMENT = re.compile(
    r"^(.*?[^\s,])(?:[\sT,]+(?:at\s+)?(\d{1,2}(?:h|[:.h]\d{2}(?::\d{2})?)?\s*(?:[ap]\.?m\.?)?))?"
    r"(?:\s*[\s,(]?\s*(AoE|Z|anywhere on earth|UTC|GMT|[A-Z]{1,3}[SD]?T)\)?)?$",
    re.IGNORECASE,
)


def read_date(text: str, year: int | None = None) -> date:
    """The date that ``text`` names, checked against its weekday where it has one.

    ``year`` is only used to word the fix for a date without one. Raises the error of a validator.
    """
    weekday, rest = _split_weekday(text.strip())
    day = _plain_date(text, rest, year)
    if weekday is not None and WEEKDAYS[day.weekday()] != weekday:
        right = WEEKDAYS[day.weekday()].capitalize()
        raise refused(
            "weekday",
            f'"{text}" is not a {weekday.capitalize()}: {day} is a {right}.',
            f"Write {right[:3]} {day}, or the date that you mean.",
        )
    return day


def without_weekday(text: str) -> str:
    """A date or moment as written, but for the name of its weekday."""
    return _split_weekday(text.strip())[1]


def read_time(text: str) -> time:
    """A wall-clock time of 24 hours, such as 09:10. Raises the error of a validator."""
    match = _TIME.match(text.strip())
    if match is None:
        raise refused("unreadable-time", f'"{text}" is not a time.', _time_fix(text.strip()))
    return time(int(match[1]), int(match[2]))


def read_moment(text: str, default: time, year: int | None = None) -> tuple[date, time]:
    """A date with or without a time. Raises the error of a validator."""
    match = _TRAILING_TIME.match(text.strip())
    if match is not None and _TIME.match(match[2]):
        return read_date(match[1], year), read_time(match[2])
    fix = _moment_fix(text.strip())
    if fix is not None:
        raise refused("unreadable-time", f'"{text}" is not a date with a time that can be read.', fix)
    if match is not None:
        return read_date(match[1], year), read_time(match[2])
    return read_date(text, year), default


def _moment_fix(text: str) -> str | None:
    """The fix for a date that can be read, with a time or a zone that cannot."""
    match = _LOOSE_MOMENT.match(text)
    if match is None or not (match[2] or match[3]):
        return None
    try:
        day = read_date(match[1])
    except PydanticCustomError:
        return None
    wall = loose_time(match[2]) if match[2] else None
    if match[2] and wall is None:
        # The day ends at 24:00, and a deadline has no day after.
        return f"Write {day} 23:59." if match[2].startswith("24:00") else None
    written = f"{day} {wall}" if wall else f"{day}"
    if match[3] is None:
        return f"Write {written}."
    if match[3].lower() in ("aoe", "anywhere on earth"):
        return f"Write {written} here, and zone: AoE in a line of its own."
    return f"Write {written} here, and the IANA zone, such as zone: America/Vancouver, in a line of its own."


def _split_weekday(text: str) -> tuple[str | None, str]:
    match = _WEEKDAY.match(text)
    name = match[1].lower() if match else ""
    found = next((day for day in WEEKDAYS if day == name or (len(name) <= 4 and day.startswith(name))), None)
    if match is None or found is None:
        return None, text
    return found, text[match.end() :]


def _plain_date(text: str, rest: str, year: int | None) -> date:
    parts = _parts(rest)
    if parts is None:
        raise refused("unreadable-date", f'"{text}" is not a date that can be read.', _date_fix(rest))
    written, month, day = parts
    try:
        found = date(2000 if written is None else written, month, day)
    except ValueError:
        raise refused("unreadable-date", f'"{text}" is not a day of the calendar.', _date_fix("")) from None
    if written is None:
        example = f"{year}-{found:%m-%d}" if year else f"YYYY-{found:%m-%d} with the year in place of YYYY"
        raise refused("date-without-year", f'"{text}" has no year.', f"Write {example}.")
    if written not in _YEARS:
        raise refused("unreadable-date", f"{found} is out of the calendar.", "Write the date with the right year.")
    return found


def _parts(text: str) -> tuple[int | None, int, int] | None:
    if match := _ISO.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NO_YEAR.match(text):
        return None, int(match[1]), int(match[2])
    if match := _DAY_FIRST.match(text):
        month, day, year = _month(match[2]), match[1], match[3]
    elif match := _MONTH_FIRST.match(text):
        month, day, year = _month(match[1]), match[2], match[3]
    else:
        return None
    return (int(year) if year else None, month, int(day)) if month else None


def _month(name: str) -> int | None:
    """April, Apr and Sept, but not A."""
    lower = name.lower()
    return next((number for number, month in enumerate(MONTHS, 1) if month.startswith(lower)), None)


def _date_fix(text: str) -> str:
    """The fix for a date in another notation, where only one reading of it is possible."""
    match = re.match(r"^(\d{1,4})[./](\d{1,2})[./](\d{1,4})$", text)
    if match:
        first, second, third = (int(part) for part in match.groups())
        readings = [(first, second, third)] if first > 31 else [(third, second, first), (third, first, second)]
        valid = {date(*ymd) for ymd in readings if ymd[0] > 31 and 1 <= ymd[1] <= 12 and 1 <= ymd[2] <= 28}
        if len(valid) == 1:
            return f"Write {valid.pop()}."
    return "Write the date as year-month-day, such as 2025-04-28."


def _time_fix(text: str) -> str:
    if text.startswith("24:00"):
        return "Write 00:00; for an end, add ends_next_day: true to the session."
    wall = loose_time(text)
    return f"Write {wall}." if wall else "Write hours and minutes of a 24-hour clock, such as 09:10."


def loose_time(text: str) -> str | None:
    """A time in another notation, as it should be written, where only one reading of it is possible."""
    match = _LOOSE_TIME.match(text)
    if match:
        hour, minute = int(match[1]), int(match[2] or 0)
        half = (match[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and minute < 60:
            return f"{hour:02d}:{minute:02d}"
    if re.match(r"^([01]\d|2[0-3])[0-5]\d$", text):
        return f"{text[:2]}:{text[2:]}"
    return None
