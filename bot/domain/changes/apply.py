"""Live edits laid over a programme as it was imported."""

from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.changes.change import EVENT, Change, Field
from bot.domain.changes.edit import Edit
from bot.domain.changes.written import YES, labels_of, read_links, read_mode, read_span, value_of
from bot.domain.event import Event
from bot.domain.program import Program
from bot.domain.sessions import Session, Talk


class Conflict(Struct, frozen=True):
    """An edit that the files contradict: they no longer say what they said when it was made.

    ``present`` is what they say now, None also where the session is gone. ``in_force`` is False where the edit cannot
    hold: its session is gone, or the room it names.
    """

    edit: Edit
    present: str | None
    in_force: bool = True

    @property
    def as_change(self) -> Change:
        """From what was set live to what the files say, as it may be told."""
        edit = self.edit
        record = "event" if edit.session == EVENT else "session"
        if edit.field is Field.JOINING:
            return Change(record, edit.session, edit.field, labels_of(edit.value), labels_of(self.present))
        return Change(record, edit.session, edit.field, edit.value, self.present)


class Applied(Struct, frozen=True):
    """``program`` is what people see. ``settled`` edits are what the files say by now: they may be forgotten."""

    program: Program
    conflicts: tuple[Conflict, ...] = ()
    settled: tuple[Edit, ...] = ()


def apply_edits(program: Program, edits: Iterable[Edit]) -> Applied:
    """``program`` as imported, with ``edits`` in force; the same value where they change nothing.

    Edits of one session are independent of each other, so their order does not matter. Raises ValueError for an edit
    of a field that cannot be edited or with an unreadable time.
    """
    sessions, event = dict(program.session_by_id), program.event
    conflicts, settled = [], []
    for edit in edits:
        imported = program.event if edit.session == EVENT else program.session_by_id.get(edit.session)
        if imported is None:
            conflicts.append(Conflict(edit, None, in_force=False))
            continue
        present = value_of(imported, edit.field)
        if edit.value == present:
            settled.append(edit)
            continue
        possible = _possible(program, edit)
        if edit.base != present or not possible:
            conflicts.append(Conflict(edit, present, possible))
        if possible and edit.session == EVENT:
            event = edited_event(event, edit)
        elif possible:
            sessions[edit.session] = edited(sessions[edit.session], edit)
    if event is program.event and all(sessions[session.id] is session for session in program.sessions):
        return Applied(program, tuple(conflicts), tuple(settled))
    ordered = tuple(sorted(sessions.values(), key=lambda session: session.start))
    return Applied(replace(program, event=event, sessions=ordered), tuple(conflicts), tuple(settled))


def edited(session: Session, edit: Edit) -> Session:
    """``session`` with one edit in force. Talks with times of their own move along with it.

    Raises ValueError as ``apply_edits`` does.
    """
    match edit.field:
        case Field.TIME:
            start, end = read_span(edit.value or "")
            moved = replace(session, start=start, end=end)
            return replace(moved, talks=tuple(_along(talk, start - session.start, moved) for talk in session.talks))
        case Field.ROOM:
            return replace(session, room=edit.value)
        case Field.CANCELLED:
            return replace(session, cancelled=edit.value == YES)
        case Field.MODE:
            return replace(session, mode=read_mode(edit.value))
        case Field.JOINING:
            return replace(session, joining=read_links(edit.value))
        case _:
            raise ValueError(f"{edit.field} of a session cannot be edited")


def edited_event(event: Event, edit: Edit) -> Event:
    """The event with one edit in force. Raises ValueError as ``apply_edits`` does."""
    match edit.field:
        case Field.MODE:
            return replace(event, mode=read_mode(edit.value) or event.mode)
        case Field.JOINING:
            return replace(event, joining=read_links(edit.value))
        case _:
            raise ValueError(f"{edit.field} of the event cannot be edited")


def _possible(program: Program, edit: Edit) -> bool:
    return edit.field is not Field.ROOM or edit.value is None or edit.value in program.room_by_id


def _along(talk: Talk, delta: timedelta, session: Session) -> Talk:
    """A talk never lasts longer than its session; where nothing is left of its time, only the session's is known."""
    start = talk.start + delta if talk.start else None
    end = min(talk.end + delta, session.end) if talk.end else None
    if start is not None and start >= session.end:
        start = end = None
    return replace(talk, start=start, end=end)
