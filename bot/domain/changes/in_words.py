"""A change in a few plain words, old → new, as the audit trail keeps it. Times are the venue's."""

from datetime import datetime

from bot.domain.changes.change import Change, Field
from bot.domain.changes.written import YES, read_instant, read_listed, read_span
from bot.domain.event import Mode
from bot.domain.program import Program
from bot.domain.times import on_the_wall

_MODES = {Mode.IN_PERSON.value: "in person", Mode.HYBRID.value: "in person and online", Mode.ONLINE.value: "online"}


def in_words(change: Change, before: Program, after: Program) -> str:
    """What differs: "moved 11:20–12:00 → 11:40–12:20". See ``title_of`` for what it is about."""
    old, new = change.old or "", change.new or ""
    match change.field:
        case Field.TIME:
            return f"moved {_times(before, old)} → {_times(after, new)}"
        case Field.ROOM:
            return f"room {_room(before, after, old)} → {_room(before, after, new)}"
        case Field.CANCELLED:
            return "cancelled" if new == YES else "takes place after all"
        case Field.ADDED:
            return "new"
        case Field.REMOVED:
            return "removed"
        case Field.TITLE:
            return f"now called {new or 'nothing yet'}"
        case Field.MODE:
            return f"attended {mode_in_words(old)} → {mode_in_words(new)}"
        case Field.PEOPLE | Field.JOINING:
            return f"{change.field} {old or 'none'} → {new or 'none'}"


def sides(conflict: Change, before: Program, after: Program) -> str:
    """What was set live and what the files say: "live 11:20–12:00, files 11:40–12:20". See ``Conflict.as_change``."""
    if conflict.record == "session" and conflict.id not in after.session_by_id:
        return "no longer in the files"
    if conflict.field is Field.JOINING:
        return "with other joining links than the files"
    return ", ".join(
        f"{side} {_value(conflict.field, value or '', program, before)}"
        for side, value, program in (("live", conflict.old, before), ("files", conflict.new, after))
    )


def _value(field: Field, value: str, program: Program, other: Program) -> str:
    match field:
        case Field.TIME:
            return _times(program, value)
        case Field.ROOM:
            return _room(program, other, value)
        case Field.MODE:
            return mode_in_words(value) if value else "as the event"
        case _:
            return "cancelled" if value == YES else "not cancelled"


def links_in_words(change: Change | None) -> str:
    """That there are other joining links than before, without naming one: " with a new link"; "" where not."""
    if change is None:
        return ""
    if change.new is None:
        return " without the link given before"
    return f" with {new_link(change)}"


def new_link(change: Change) -> str:
    """For a change of JOINING that brings a link."""
    return "another link" if change.old else "a new link"


def title_of(change: Change, before: Program, after: Program) -> str:
    """The title of what a change is about, as it was known before; its id where it has none."""
    if change.field in (Field.ADDED, Field.REMOVED):
        return read_listed(change.old or change.new or "")[1] or change.id
    return _title(change, before) or _title(change, after) or change.id


def mode_in_words(mode: str | None) -> str:
    """A mode as a change has it, in the words that attendees read."""
    return _MODES.get(mode or "", mode or "none")


def _title(change: Change, program: Program) -> str | None:
    match change.record:
        case "event":
            return program.event.short_name
        case "session":
            session = program.session_by_id.get(change.id)
            return session.title if session else None
        case "talk":
            found = program.talk_by_id.get(change.id)
            return found[1].title or found[0].title if found else None
        case _:
            return next((item.title for item in program.deadlines if item.id == change.id), None)


def _times(program: Program, text: str) -> str:
    """A span or an instant; with its day where the event has several, or where it is on none of them."""
    if "/" not in text:
        return _moment(program, read_instant(text), day=True)
    start, end = (moment.astimezone(program.event.tz) for moment in read_span(text))
    day = len(program.days) > 1 or start.date() not in program.days
    return f"{_moment(program, start, day=day)}–{_moment(program, end, day=start.date() != end.date())}"


def _moment(program: Program, moment: datetime, *, day: bool) -> str:
    local = moment.astimezone(program.event.tz)
    clock = on_the_wall(moment, program.event.tz)
    return f"{local:%a} {local.day} {local:%b} {clock}" if day else clock


def _room(before: Program, after: Program, room_id: str) -> str:
    found = after.room_by_id.get(room_id) or before.room_by_id.get(room_id)
    return found.name if found else "none"
