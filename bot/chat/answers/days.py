"""Which of the programme's days somebody means by "today", "day 1", "28th", "4/28", "Mon" or "April"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.answers.alike import alike
from bot.domain.program import Program

_FROM_TODAY = {"yesterday": -1, "today": 0, "tomorrow": 1}
_NUMBERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
_COUNTED = re.compile(rf"(?:the )?(?:day (\d{{1,2}})|({'|'.join((*_NUMBERS, 'last'))})(?: day)?)")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})\.?")


def day_label(day: date) -> str:
    """Monday 28 April 2025"""
    return f"{day:%A} {day.day} {day:%B %Y}"


def day_words(text: str) -> str:
    """What somebody typed, with a plain date in words."""
    try:
        return day_label(date.fromisoformat(text)) if _ISO.fullmatch(text) else text
    except ValueError:
        return text


def from_today(text: str, today: date) -> str:
    """``text``, or the date that it counts from ``today`` at the venue: it has to mean the same tomorrow."""
    away = _FROM_TODAY.get(text.strip().casefold())
    return text if away is None else (today + timedelta(days=away)).isoformat()


def days(program: Program, text: str) -> list[date]:
    """The venue's days that ``text`` may mean: a date, a weekday, a month, a number, or some of them."""
    known = program.days
    if _ISO.fullmatch(text):
        return [day for day in known if day.isoformat() == text]
    plain = _ORDINAL.sub(r"\1", " ".join(text.casefold().split()))
    if counted := _COUNTED.fullmatch(plain):
        return _nth(known, -1 if counted[2] == "last" else int(counted[1] or 1 + _NUMBERS.index(counted[2])))
    if pair := _MONTH_AND_DAY.fullmatch(plain):
        one, other = int(pair[1]), int(pair[2])
        return [day for day in known if (day.month, day.day) in ((one, other), (other, one))]
    if plain.isdecimal() and len(plain) <= 2:
        return [day for day in known if day.day == int(plain)] or _nth(known, int(plain))
    return alike(known, lambda day: f"{day_label(day)} {day.isoformat()}", plain)


def _nth(known: Sequence[date], number: int) -> list[date]:
    """The day of that number, from 1; -1 is the last one."""
    return [known[number - 1 if number > 0 else number]] if 0 < abs(number) <= len(known) else []
