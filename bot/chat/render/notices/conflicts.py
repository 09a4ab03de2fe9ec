"""The files and what was changed live say different things of the same session."""

from collections.abc import Iterable

from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Does
from bot.chat.render.lines import MODES
from bot.chat.render.notices.message import Context, Notification, lines_within
from bot.chat.render.text import count, day_name, line, venue_time
from bot.domain.changes.change import Change, Field
from bot.domain.changes.written import YES, read_span
from bot.domain.event import Mode
from bot.domain.program import Program

_KEPT = "What was set live stays. /program reload can take what the files say."


def conflict(context: Context) -> Notification | None:
    """For the organizers. None where all of it was settled since."""
    found = context.facts.changes
    rows = conflict_rows(context.program, found)
    if not rows:
        return None
    first = f"⚠️ **{count(len(rows), 'conflict')}** between the event's files and live changes"
    kept = [_KEPT] if any(_in_force(context.program, item) for item in found) else []
    button = Button("Programme", Lookup("schedule"), Does.OPEN)
    return Notification(lines_within(first, [*rows, *kept]), (button,))


def conflict_rows(program: Program, conflicts: Iterable[Change]) -> list[str]:
    """What was set live, and what the files say, a line for each; one for all of a session that is gone.

    See ``NoticeKind.CONFLICT``.
    """
    return list(dict.fromkeys(_row(program, item) for item in conflicts))


def _in_force(program: Program, item: Change) -> bool:
    """Whether what was set live can hold: see ``Conflict.in_force``."""
    if item.record == "session" and item.id not in program.session_by_id:
        return False
    return item.field is not Field.ROOM or item.old is None or item.old in program.room_by_id


def _row(program: Program, item: Change) -> str:
    if item.record == "event":
        return f"- **{line(program.event.short_name, 100)}**: {_sides(program, item)}"
    session = program.session_by_id.get(item.id)
    if session is None:
        return f"- The session {line(item.id, 60)} is no longer in the files: what was set live for it has no effect."
    title = f"- **{line(session.title, 100)}**"
    if item.field is Field.ROOM and item.old not in program.room_by_id:
        files = _value(program, item.field, item.new)
        return f"{title}: the room that was set live is no longer in the files, which say {files}."
    return f"{title}: {_sides(program, item)}"


def _sides(program: Program, item: Change) -> str:
    """Links are named by their labels alone, which may well be the same for different addresses."""
    if item.field is Field.JOINING and item.old == item.new:
        return "the joining links differ"
    return f"live {_value(program, item.field, item.old)}, files {_value(program, item.field, item.new)}"


def _value(program: Program, field: Field, value: str | None) -> str:
    match field:
        case Field.TIME:
            return _span(program, value or "")
        case Field.ROOM:
            room = program.room_by_id.get(value or "")
            return line(room.name, 80) if room else "no room"
        case Field.MODE:
            return MODES[Mode(value)] if value else "as the event"
        case Field.JOINING:
            return f"links {line(value, 150)}" if value else "no links"
        case _:
            return "cancelled" if value == YES else "not cancelled"


def _span(program: Program, value: str) -> str:
    zone = program.event.tz
    start, end = read_span(value)
    day = f"{day_name(start, zone)}, " if len(program.days) > 1 else ""
    return f"{day}{venue_time(start, zone)}–{venue_time(end, zone)}"
