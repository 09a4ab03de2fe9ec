"""A person's reminder: something in their agenda starts soon."""

from datetime import datetime

from bot.chat.lookup import Lookup, short
from bot.chat.render import lines
from bot.chat.render.card import Button, Does
from bot.chat.render.notices.deadlines import deadline
from bot.chat.render.notices.message import CONTENT_MOST, Context, Notification, lines_within
from bot.chat.render.notices.sessions import alone, otherwise
from bot.chat.render.text import count, line, stamp, venue_time
from bot.domain.agenda import shown_in
from bot.domain.sessions import Session, Talk

#: What the names of those who are mentioned in a channel leave.
_BESIDE_MENTIONS = 480

SNOOZE = Lookup("snooze")
OFF = Lookup("remind", ("off",))


def personal(context: Context) -> Notification | None:
    """What starts, where and when, with who; if it was moved or cancelled since, that."""
    if context.facts.day is not None:
        return _day(context)
    if (name := next(iter(context.facts.ids), None)) is None:
        return None
    if (session := context.program.session_by_id.get(name)) is not None:
        return _starting(context, session, None)
    if (found := context.program.talk_by_id.get(name)) is not None:
        return _starting(context, *found)
    said = deadline(context, CONTENT_MOST if _direct(context) else _BESIDE_MENTIONS)
    return _with_buttons(context, Notification(f"⏰ {said.content}", said.buttons)) if said else None


def _day(context: Context) -> Notification | None:
    """What of a person's agenda is on today."""
    zone = context.program.event.tz
    rows = [row for name in context.facts.ids if (row := _entry(context, name))]
    if not rows:
        return None
    first, day = f"☀️ **Your agenda today**: {count(len(rows), 'entry', 'entries')}", [row for _, row in sorted(rows)]
    return Notification(
        lines_within(f"{first}, first at {venue_time(min(rows)[0], zone)} (venue)", day),
        (Button("Programme", Lookup("schedule"), Does.OPEN), Button("Switch off", OFF, Does.REMIND)),
    )


def _entry(context: Context, name: str) -> tuple[datetime, str] | None:
    """When something of the day is, and its line."""
    program, start, title, place, posters = context.program, None, "", "", ""
    if (session := program.session_by_id.get(name)) is not None:
        start, title, place = session.start, session.title, lines.room_name(program, session)
        posters = f"📌 {lines.few(titles)}" if (titles := _starred(context, session)) else ""
    elif (found := program.talk_by_id.get(name)) is not None:
        session, talk = found
        start, title = talk.start or session.start, talk.title or session.title
        place = lines.room_name(program, session)
    elif (due := next((item for item in program.deadlines if item.id == name), None)) is not None:
        start, title, place = due.due, due.title, "due"
    if start is None or (session is not None and session.cancelled):
        return None
    parts = [f"{stamp(start)} ({venue_time(start, program.event.tz)}) **{line(title, 100)}**", place, posters]
    return start, " · ".join(part for part in parts if part)


def _starting(context: Context, session: Session, talk: Talk | None) -> Notification:
    start = talk.start or session.start if talk else session.start
    title = (talk.title if talk else None) or session.title
    details = Button("Details", Lookup("session", (short(session.id),)), Does.OPEN)
    if session.cancelled or start != context.facts.at:
        return Notification(otherwise(context, session, title, start), (details,))
    rows = [*_posters(context, session), *alone(context, session)] if talk is None else _talk(context, session, talk)
    most = CONTENT_MOST if _direct(context) else _BESIDE_MENTIONS
    content = lines_within(_headline(context, session, title, start), rows, most)
    return _with_buttons(context, Notification(content, (details,)))


def _posters(context: Context, session: Session) -> list[str]:
    """Why somebody wants to be there: the posters that they starred."""
    titles = _starred(context, session)
    if len(titles) == 1:
        return [f"📌 With the poster you starred: {line(titles[0], 120)}"]
    return [f"📌 With the posters you starred: {lines.few(titles)}"] if titles else []


def _starred(context: Context, session: Session) -> list[str]:
    """The titles of the posters of a session that are in the agenda."""
    known = context.program.poster_by_id
    found = [known[name] for name in context.besides.starred if name in known]
    return [poster.title for poster in found if session in shown_in(context.program, poster)]


def _headline(context: Context, session: Session, title: str, start: datetime) -> str:
    room = lines.room_name(context.program, session)
    where = f" · {room}" if room else ""
    clock = venue_time(start, context.program.event.tz)
    return f"⏰ **{line(title, 120)}** · {stamp(start, 'R')}{where} · {stamp(start)} (venue {clock})"


def _talk(context: Context, session: Session, talk: Talk) -> list[str]:
    people = lines.speaker_names(context.program, talk)
    inside = [f"In {line(session.title, 120)}"] if talk.title else []
    online = lines.is_online(context.program, session)
    joining = ["To join online, use /join."] if online else []
    return [*([people] if people and people != lines.NO_SPEAKER else []), *inside, *joining]


def _with_buttons(context: Context, said: Notification) -> Notification:
    """Only in a direct message is a button sure to be pressed by whom the reminder is for."""
    snooze = [Button("Snooze 5 min", SNOOZE)] if _direct(context) else []
    return Notification(said.content, (*said.buttons, *snooze, Button("Switch off", OFF, Does.REMIND)))


def _direct(context: Context) -> bool:
    """The place of a direct message is a person's id."""
    return context.place.isdecimal()
