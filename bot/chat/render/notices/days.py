"""A day in one message: the digest in the morning, and the overview on the evening before the event."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.lookup import Lookup
from bot.chat.render import lines
from bot.chat.render.card import Button, Does
from bot.chat.render.notices.changes import rows
from bot.chat.render.notices.message import Context, Notification, lines_within
from bot.chat.render.notices.sessions import join_rows
from bot.chat.render.text import count, day_name, line, stamp, venue_time
from bot.domain.call import Deadline, DeadlineKind
from bot.domain.changes.change import Change, Field
from bot.domain.changes.merged import merged
from bot.domain.changes.written import read_listed, read_span
from bot.domain.people import Group
from bot.domain.sessions import Session

_PROGRAMME = Button("Programme", Lookup("schedule"), Does.OPEN)
_JOIN = Button("How to attend", Lookup("join"), Does.OPEN)


def digest(context: Context) -> Notification | None:
    """What is on today, what no longer is, and what closes soon."""
    day = context.facts.day
    sessions = _of(context, day)
    if not sessions:
        return None
    on = [session for session in sessions if not session.cancelled]
    title = f"**Today, {day_name(sessions[0].start, context.program.event.tz)}**"
    said = f"{title}: {_number(on)}"
    if on:
        said += f", first {stamp(on[0].start)} (venue {venue_time(on[0].start, context.program.event.tz)})"
    said += _online(context, on)
    closing = [_closing(item) for item in _closing_soon(context)]
    listed = [_row(context, session) for session in sessions if not session.is_pause]
    return Notification(lines_within(said, [*closing, *_changed(context, sessions), *listed]), (_PROGRAMME, _JOIN))


def _online(context: Context, on: Sequence[Session]) -> str:
    """Said only where nobody has to come to a room."""
    return " · online: use /join" if on and all(_from_afar(context, session) for session in on) else ""


def _from_afar(context: Context, session: Session) -> bool:
    return session.is_pause or lines.is_online(context.program, session)


def overview(context: Context) -> Notification | None:
    """What begins tomorrow: where, when, how to join."""
    day = context.facts.day
    sessions = [session for session in _of(context, day) if not session.cancelled]
    if not sessions:
        return None
    event, start = context.program.event, sessions[0].start
    first = f"**{line(event.short_name, 80)}** · {stamp(start, 'R')}: {day_name(start, event.tz)}, "
    first += f"{venue_time(start, event.tz)} ({lines.place_name(context.program)}), {stamp(start, 'f')} your time"
    venue = event.venue
    rows = [" · ".join(line(part, 120) for part in (venue.name, venue.address, venue.city) if part)] if venue else []
    rows += join_rows(context.program, *sessions)
    days = " on the first day" if len(context.program.days) > 1 else ""
    rows.append(f"{_number(sessions)}{days}. /schedule has the whole programme, /now what is on.")
    return Notification(lines_within(first, rows), (_PROGRAMME, _JOIN))


def _number(sessions: Sequence[Session]) -> str:
    """How many there are, without mere breaks."""
    return count(sum(not session.is_pause for session in sessions), "session")


def _of(context: Context, day: date | None) -> Sequence[Session]:
    return context.program.sessions_by_day.get(day, ()) if day else ()


def _row(context: Context, session: Session) -> str:
    start = f"{stamp(session.start)} ({venue_time(session.start, context.program.event.tz)})"
    title = f"{lines.mark(session)} {line(session.title, 80)}"
    if session.cancelled:
        return f"{start} ~~{title}~~ cancelled"
    people = lines.who(context.program, session)
    own = lines.MODES[session.mode] if session.mode and session.mode is not context.program.event.mode else ""
    return " · ".join(part for part in (f"{start} {title}", people, own) if part and part != lines.NO_SPEAKER)


def _changed(context: Context, sessions: Sequence[Session]) -> list[str]:
    """What was changed of the day since the digest before, each as it stands now."""
    names = {session.id for session in sessions} | {talk.id for session in sessions for talk in session.talks}
    about = [change for change in merged(context.besides.changes) if change.id in names or _left(context, change)]
    told = rows(context.program, about)
    return ["Changed since yesterday:", *told, "The whole day:"] if told else []


def _left(context: Context, change: Change) -> bool:
    """Whether something was on this day and is no more."""
    if change.field not in (Field.TIME, Field.REMOVED) or change.record == "deadline":
        return False
    start, _ = read_span(read_listed(change.old or "")[0])
    return start.astimezone(context.program.event.tz).date() == context.facts.day


def _closing_soon(context: Context) -> list[Deadline]:
    """Public dates that fall within the next two days."""
    until = context.now + timedelta(days=2)
    return [
        item for item in context.program.deadlines if item.audience is Group.PUBLIC and context.now < item.due <= until
    ]


def _closing(item: Deadline) -> str:
    word = "expected" if item.kind is DeadlineKind.NOTIFICATION else "due"
    return f"⏳ {line(item.title, 100)} · {word} {stamp(item.due, 'R')} ({line(item.stated)})"
