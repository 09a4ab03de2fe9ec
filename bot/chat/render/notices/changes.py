"""News of a change: old -> new, why, and what it means for the reader."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.render import lines
from bot.chat.render.notices.message import Context, Notification, lines_within
from bot.chat.render.notices.sessions import session_buttons
from bot.chat.render.text import count, day_name, line, stamp, venue_time
from bot.domain.call import Deadline
from bot.domain.changes.change import Change, Field
from bot.domain.changes.written import YES, read_instant, read_listed, read_span
from bot.domain.event import Mode
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.sessions import is_yet_to_be_told
from bot.domain.sessions import Session

_PINGS = "remind"


def changed(context: Context) -> Notification | None:
    """All changes of one act in one message. None where none of them is for everybody."""
    told = rows(context.program, context.facts.changes)
    if not told:
        return None
    first, rest = told[0], told[1:]
    if rest:
        first, rest = f"🔁 **{count(len(told), 'change')}** in the programme", [f"- {row}" for row in told]
    more = [f"Why: {line(context.facts.why, 300)}"] if context.facts.why else []
    found = context.program.session_by_id
    about = [found[name] for name in context.facts.ids if name in found]
    meaning = _meaning(context)
    return Notification(lines_within(first, [*more, *rest, *meaning]), session_buttons(about), _PINGS)


def rows(program: Program, changes: Sequence[Change]) -> list[str]:
    """A line for each change that is for everybody."""
    return [row for change in changes if (row := _row(program, change))]


def _row(program: Program, change: Change) -> str | None:
    match change.record:
        case "session":
            return _of_session(program, change)
        case "talk":
            return _of_talk(program, change)
        case "event":
            return f"🔁 **{line(program.event.short_name, 100)}**: {mode_change(change)}"
        case _:
            return _of_deadline(program, change)


def _of_session(program: Program, change: Change) -> str | None:
    session = program.session_by_id.get(change.id)
    if change.field is Field.REMOVED:
        return f"❌ ~~**{line(read_listed(change.old or '')[1], 100)}**~~ is no longer in the programme."
    if session is None:
        return None
    title = f"**{line(session.title, 100)}**"
    match change.field:
        case Field.TIME:
            return f"🔁 {title} {_moved(program, change)}{_room(program, session)}"
        case Field.ROOM:
            return f"🔁 {title} is in another room: {_rooms(program, change)} · {_when(program, session)}"
        case Field.CANCELLED if change.new == YES:
            return f"❌ ~~{title}~~ is cancelled. It was to start at {_when(program, session)}."
        case Field.CANCELLED:
            return f"✅ {title} takes place after all: {_when(program, session)}{_room(program, session)}"
        case Field.TITLE:
            return f"🔁 ~~{line(change.old or '', 100)}~~ → {title} · {_when(program, session)}"
        case Field.MODE:
            return f"🔁 {title}: {mode_change(change)} · {_when(program, session)}"
        case _:
            return f"➕ New: {title} · {_when(program, session)}{_room(program, session)}"


def mode_change(change: Change) -> str:
    """~~in person~~ → **online**"""
    old, new = (lines.MODES[Mode(value)] if value else "" for value in (change.old, change.new))
    return f"~~{old}~~ → **{new}**"


def _of_talk(program: Program, change: Change) -> str | None:
    found = program.talk_by_id.get(change.id)
    if change.field is Field.REMOVED:
        title = read_listed(change.old or "")[1]
        return f"❌ ~~**{line(title, 150)}**~~ is no longer in the programme." if title else None
    if found is None:
        return None
    session, talk = found
    title = f"**{line(talk.title or session.title, 150)}**"
    match change.field:
        case Field.TIME:
            return f"🔁 {title} {_moved(program, change)}{_room(program, session)}"
        case Field.ROOM:
            return f"🔁 {title} is in another room: {_rooms(program, change)} · {_when(program, session)}"
        case Field.TITLE:
            old = f"~~{line(change.old, 150)}~~ → " if change.old else "New title: "
            return f"🔁 {old}{title} · {line(session.title, 100)}"
        case Field.PEOPLE:
            old = f"~~{line(change.old, 120)}~~ → " if change.old else ""
            return f"🔁 {title}: {old}{line(change.new or lines.NO_SPEAKER, 120)}"
        case _:
            return f"➕ New: {title} · {line(session.title, 100)}"


def _of_deadline(program: Program, change: Change) -> str | None:
    """A date that went is not told: whom it was for is no longer known."""
    deadline = next((item for item in program.deadlines if item.id == change.id), None)
    if deadline is None or deadline.audience is not Group.PUBLIC:
        return None
    return _due(deadline, change)


def _due(deadline: Deadline, change: Change) -> str:
    title, now = f"**{line(deadline.title, 120)}**", f"{stamp(deadline.due, 'F')} ({line(deadline.stated)})"
    if change.field is not Field.TIME or change.old is None:
        return f"➕ New date: {title} · {now}"
    return f"🔁 {title}: ~~{stamp(read_instant(change.old), 'f')}~~ → {now}"


def _moved(program: Program, change: Change) -> str:
    """The starts, or the ends where only they differ; with the day where that differs."""
    (start, end), (new_start, new_end) = read_span(change.old or ""), read_span(change.new or "")
    word, was, now = ("moved", start, new_start) if start != new_start else ("ends at another time", end, new_end)
    return f"{word}: {lines.other_time(was, now, program.event.tz)}"


def _clock(program: Program, instant: datetime) -> str:
    return f"{stamp(instant)} (venue {venue_time(instant, program.event.tz)})"


def _when(program: Program, session: Session) -> str:
    start = _clock(program, session.start)
    return start if len(program.days) == 1 else f"{day_name(session.start, program.event.tz)}, {start}"


def _room(program: Program, session: Session) -> str:
    room = lines.room_name(program, session)
    return f" · {room}" if room else ""


def _rooms(program: Program, change: Change) -> str:
    old, new = (
        line(program.room_by_id[name].name, 80) if name in program.room_by_id else "room to be announced"
        for name in (change.old or "", change.new or "")
    )
    return f"~~{old}~~ → **{new}**"


def _meaning(context: Context) -> list[str]:
    """What it means for whoever asked to be reminded."""
    changes = context.facts.changes
    of_sessions = [change for change in changes if change.record == "session"]
    switched = [change for change in of_sessions if change.field is Field.CANCELLED]
    told = [change for change in of_sessions if _reminded(context, change)]
    # Among several changes, "it" would name none of them.
    alone = len(changes) == 1
    if any(change.field is Field.TIME and _start_differs(change) for change in told):
        return ["Reminders moved with it." if alone else "Reminders moved with what has moved."]
    if any(change.field is Field.MODE and change.new != Mode.IN_PERSON for change in changes):
        return ["To join online: /join."]
    if any(change.field is Field.CANCELLED and change.new != YES for change in told):
        return ["Reminders come for it again." if alone else "Reminders come again for what takes place after all."]
    if any(change.new == YES for change in switched):
        return ["No more reminders come for it." if alone else "No more reminders come for what is cancelled."]
    return []


def _reminded(context: Context, change: Change) -> bool:
    """Whether a reminder of the session is still to come: of a break none is, nor of what starts in a moment."""
    session = context.program.session_by_id.get(change.id)
    if session is None or session.is_pause:
        return False
    # The start that was told: whatever became of it since, this message goes on to say the same.
    start = read_span(change.new or "")[0] if change.field is Field.TIME else session.start
    return is_yet_to_be_told(context.program, start, context.now)


def _start_differs(change: Change) -> bool:
    return read_span(change.old or "")[0] != read_span(change.new or "")[0]
