"""When an announcement goes out and how often, as organizers type it: also by a session, whose changes it follows."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.announce.announcement import Repeat, When
from bot.domain.announce.turns import APART_LEAST, TIMES_MOST
from bot.domain.announce.typed_time import UnclearTimeError, instant_of, names_a_clock, span_of
from bot.domain.sessions import Session

#: The session that words are meant for, None where that is not beyond doubt.
Find = Callable[[str], Session | None]

_SPAN = r"(?P<number>\d{1,3}) ?(?P<unit>m|min|mins|minutes?|h|hours?)"
_BY_SESSION = re.compile(
    rf"(?:{_SPAN} )?(?P<way>before|after|at) (?:the )?(?:(?P<edge>start|end) of )?(?:the )?(?P<title>.+)", re.I
)
_EVERY = rf"every {_SPAN}"
_REPEATS = (
    re.compile(rf"(?P<times>\d{{1,3}}) ?(?:times|x),? {_EVERY}"),
    re.compile(rf"{_EVERY},? (?P<times>\d{{1,3}}) ?(?:times|x)"),
    re.compile(rf"{_EVERY},? until (?P<until>.+)"),
)
_ONCE = {"", "no", "once", "1 time", "never"}
_HOW = "Write 3 times every 20 minutes, or every 30 minutes until 17:00, or leave it empty"


def when_of(text: str, zone: ZoneInfo, find: Find, now: datetime) -> When:
    """Raises UnclearTimeError, which asks back."""
    typed = " ".join(text.split())
    if typed.lower() in ("", "now", "at once"):
        return When()
    found = None if names_a_clock(typed) else _BY_SESSION.fullmatch(typed)
    if found is None:
        return When(at=instant_of(typed, zone, now))
    session = find(found["title"])
    if session is None:
        raise UnclearTimeError(
            f"It is not clear which session “{found['title'][:60]}” is. Write more of its title, "
            "or a time such as 15:00."
        )
    way = found["way"].lower()
    span = span_of(found) if found["number"] else timedelta(0)
    # What comes after something comes after its end, unless its start is named.
    from_end = (found["edge"] or ("end" if way == "after" else "start")).lower() == "end"
    offset = -span if way == "before" else span
    if (session.end if from_end else session.start) + offset <= now:
        raise UnclearTimeError(f"“{typed[:80]}” is past. Choose a later time.")
    return When(session=session.id, offset=offset, from_end=from_end)


def repeat_of(text: str, zone: ZoneInfo, begins: datetime, now: datetime) -> Repeat:
    """``begins`` is the first turn, and ``now`` the present, both in UTC. Raises UnclearTimeError, which asks back."""
    typed = " ".join(text.lower().split())
    if typed in _ONCE:
        return Repeat()
    found = next((match for form in _REPEATS if (match := form.fullmatch(typed))), None)
    if found is None:
        raise UnclearTimeError(f"“{typed[:40]}” does not say how often. {_HOW}.")
    every, parts = span_of(found), found.groupdict()
    if every < APART_LEAST:
        raise UnclearTimeError(f"At least {APART_LEAST // timedelta(minutes=1)} minutes must lie between two times.")
    until = instant_of(parts["until"], zone, now) if parts.get("until") else None
    if until is not None and until < begins:
        first = begins.astimezone(zone)
        raise UnclearTimeError(f"“{parts['until'][:40]}” is before the first time, {first:%H:%M}. Choose a later end.")
    times = int((until - begins) / every) + 1 if until else int(parts["times"])
    if not 1 <= times <= TIMES_MOST:
        raise UnclearTimeError(f"That would be {times} times. At most {TIMES_MOST} are possible.")
    return Repeat(times, every, until)
