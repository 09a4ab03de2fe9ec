"""When and how often, written as an organizer would type it: what the form shows when it is opened again."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.chat.render.text import count
from bot.domain.announce.announcement import Repeat, When
from bot.domain.program import Program

_TITLE_MOST = 60


def when_typed(when: When, program: Program) -> str:
    """Reads back as the same, see ``typed_when.when_of``; "" for now."""
    if when.at is not None:
        return f"{when.at.astimezone(program.event.tz):%Y-%m-%d %H:%M}"
    session = program.session_by_id.get(when.session or "")
    if session is None:
        return ""
    minutes = when.offset // timedelta(minutes=1)
    # A title that would not fit into the form is named by its id.
    title = session.title if len(session.title) <= _TITLE_MOST else session.id
    edge = f"the {'end' if when.from_end else 'start'} of {title}"
    return f"{count(abs(minutes), 'minute')} {'before' if minutes < 0 else 'after'} {edge}" if minutes else f"at {edge}"


def repeat_typed(repeat: Repeat, zone: ZoneInfo) -> str:
    """Reads back as the same, see ``typed_when.repeat_of``; "" for once."""
    every = f"every {count(repeat.every // timedelta(minutes=1), 'minute')}"
    if repeat.until is not None:
        return f"{every} until {repeat.until.astimezone(zone):%Y-%m-%d %H:%M}"
    return f"{repeat.times} times {every}" if repeat.times > 1 else ""
