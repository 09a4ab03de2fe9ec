"""How long before something, as organizers write it: 14d, 6h, 15m."""

import re
from datetime import timedelta

from bot.domain.reminders.leads import lead_name
from bot.formats.refused import refused

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=60)

_UNITS = {"w": timedelta(weeks=1), "d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}
_LEAD = re.compile(r"^(\d{1,6})([dhm])$")
_PART = r"(\d{1,6}(?:[.,]\d{1,3})?)\s*(w|d|h|m)(?:eeks?|ays?|ours?|rs?|inutes?|ins?)?\.?"
_LOOSE_PART = re.compile(_PART, re.IGNORECASE)
#: A time before that is only understood to say how it is written: "T-15 min", "1 hour 30 minutes before".
_LOOSE = re.compile(rf"^(?:T\s*)?[-−]?\s*((?:{_PART}(?:\s|,|\band\b)*)+)(?:before|ahead|early)?$", re.IGNORECASE)

#: More than anybody writes, and few enough parts that their sum can be reckoned.
_LONGEST_TEXT = 40


def read_lead(text: str) -> timedelta:
    """A whole number of days, hours or minutes. Raises the error of a validator."""
    match = _LEAD.match(text.strip())
    if match is None:
        raise refused("unreadable-lead", f'"{text}" does not say how long before.', _fix(text.strip()))
    lead = int(match[1]) * _UNITS[match[2]]
    if lead < SHORTEST:
        raise refused("lead-out-of-range", f'"{text}" is not before.', f"Write {written(SHORTEST)} or more.")
    if lead > LONGEST:
        raise refused("lead-out-of-range", f'"{text}" is too long before.', f"Write {written(LONGEST)} or less.")
    return lead


def written(lead: timedelta) -> str:
    """As it is best written: 24 hours are 1d, 90 minutes are 90m."""
    return lead_name(lead).removeprefix("T-")


def _fix(text: str) -> str:
    parts = [part.strip() for part in re.split(r"[,;/]|\band\b", text)]
    if len(parts) > 1 and all(_LEAD.match(part) for part in parts):
        return f"Write [{', '.join(parts)}]."
    if re.match(r"^\d{1,6}$", text):
        return f"Write {' or '.join(_in_units(int(text)) or ['15m'])}: m is for minutes, h for hours and d for days."
    lead = _loose(text)
    if lead is not None:
        return f"Write {written(lead)}."
    return "Write days, hours or minutes, such as 14d, 6h or 15m."


def _in_units(number: int) -> list[str]:
    return [f"{number}{unit}" for unit in "mhd" if SHORTEST <= number * _UNITS[unit] <= LONGEST]


def _loose(text: str) -> timedelta | None:
    """A lead in another notation, if it comes to whole minutes that are allowed."""
    match = _LOOSE.match(text) if len(text) <= _LONGEST_TEXT else None
    if match is None:
        return None
    pairs = _LOOSE_PART.findall(match[1])
    lead = sum((float(count.replace(",", ".")) * _UNITS[unit.lower()] for count, unit in pairs), timedelta())
    return lead if not lead % SHORTEST and SHORTEST <= lead <= LONGEST else None
