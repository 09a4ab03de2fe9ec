"""A session or a talk is about to start, or has started."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.lookup import Lookup, short
from bot.chat.render import lines
from bot.chat.render.card import Button, Does
from bot.chat.render.notices.message import Context, Notification, lines_within
from bot.chat.render.text import count, line, link, stamp, venue_time
from bot.domain.event import Mode, each_address_once
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.sessions import Kind, Session, Talk

#: A ping for the talk itself as well as for its session would be two in a quarter of an hour.
_PINGS = "remind"
#: Buttons of one message, of which one leads to the programme.
_BUTTONS_MOST = 4
#: Joining links in one message; /join has them all.
_LINKS_MOST = 2


def starting(context: Context) -> Notification | None:
    """The sessions that start soon; those that were moved or cancelled since say so."""
    program, at = context.program, context.facts.at
    known = [program.session_by_id[name] for name in context.facts.ids if name in program.session_by_id]
    if not known or at is None:
        return None
    on_time = [session for session in known if session.start == at and not session.cancelled]
    others = [otherwise(context, session, session.title, session.start) for session in known if session not in on_time]
    if not on_time:
        return Notification(lines_within(others[0], others[1:]), session_buttons(known))
    rows = alone(context, on_time[0]) if len(on_time) == 1 else _together(context, on_time)
    return Notification(lines_within(_headline(context, on_time), [*rows, *others]), session_buttons(on_time), _PINGS)


def _headline(context: Context, sessions: Sequence[Session]) -> str:
    """In words that stay true: Discord counts on, and people read it later."""
    start = sessions[0].start
    clock = f"{stamp(start)} (venue {venue_time(start, context.program.event.tz)})"
    if len(sessions) > 1:
        return f"**{count(len(sessions), 'session')}** · {stamp(start, 'R')} · {clock}"
    session = sessions[0]
    room = lines.room_name(context.program, session)
    where = f" · {room}" if room else ""
    return f"{lines.mark(session)} **{line(session.title, 120)}** · {stamp(start, 'R')}{where} · {clock}"


def alone(context: Context, session: Session) -> list[str]:
    """What more there is to say of the one session: its talk, people, chair and links."""
    program = context.program
    titles = [talk.title for talk in session.talks if talk.title]
    people = lines.who(program, session)
    rows = [f"“{line(titles[0], 200)}”"] if len(titles) == 1 else []
    if people and people != lines.NO_SPEAKER:
        rows.append(people)
    if session.chairs:
        rows.append(lines.chairs(session))
    if Kind.POSTER in session.kinds and (posters := program.posters_by_session.get(session.id, ())):
        rows.append(f"{count(len(posters), 'poster')}. Find one with /poster or /posters.")
    if session.links:
        rows.append(lines.links(session.links, most=2))
    return [*rows, *join_rows(program, session)]


def join_rows(program: Program, *sessions: Session) -> list[str]:
    """How to join from afar: the links for everybody; private ones are behind /join. None where all is in a room."""
    if all(program.mode_of(session) is Mode.IN_PERSON for session in sessions):
        return []
    known = program.joining_of(*sessions)
    public = [item for item in known if item.visibility is Group.PUBLIC]
    once = each_address_once(public)
    rows = ["Join: " + " · ".join(link(item.label, item.url) for item in once[:_LINKS_MOST])] if once else []
    more = len(public) < len(known) or len(once) > _LINKS_MOST
    if more and any(lines.is_online(program, session) for session in sessions):
        rows.append("To join online, use /join: it has the links meant for you.")
    return rows


def _together(context: Context, sessions: Sequence[Session]) -> list[str]:
    return [*(_row(context, session) for session in sessions), *join_rows(context.program, *sessions)]


def _row(context: Context, session: Session) -> str:
    room = lines.room_name(context.program, session)
    people = lines.who(context.program, session)
    parts = [f"{lines.mark(session)} **{line(session.title, 100)}**", room, people, lines.chairs(session)]
    parts.append(lines.links(session.links, most=1))
    return " · ".join(part for part in parts if part and part != lines.NO_SPEAKER)


def otherwise(context: Context, session: Session, title: str, start: datetime) -> str:
    """A session or talk that is not when it was announced to be."""
    shown = f"**{line(title, 100)}**"
    if session.cancelled:
        return f"~~{shown}~~ is cancelled."
    return f"{shown} has moved: {lines.other_time(context.facts.at or start, start, context.program.event.tz)}"


def session_buttons(sessions: Sequence[Session]) -> tuple[Button, ...]:
    """A button for each of the first sessions, and one for the programme."""
    shown = sessions[: _BUTTONS_MOST - 1]
    words = "Details" if len(sessions) == 1 else ""
    opening = [
        Button(words or session.title[:40], Lookup("session", (short(session.id),)), Does.OPEN) for session in shown
    ]
    return (*opening, Button("Programme", Lookup("schedule"), Does.OPEN))


def talks(context: Context) -> Notification | None:
    """Talks that start now, in one session or in several at once; those that were moved or cancelled since say so."""
    program, at = context.program, context.facts.at
    known = [program.talk_by_id[name] for name in context.facts.ids if name in program.talk_by_id]
    if not known or at is None:
        return None
    due = [found for found in known if not found[0].cancelled and _start(*found) == at]
    others = [
        otherwise(context, session, talk.title or session.title, _start(session, talk))
        for session, talk in known
        if (session, talk) not in due
    ]
    buttons = session_buttons(list(dict.fromkeys(session for session, _ in due or known)))
    if not due:
        return Notification(lines_within(others[0], others[1:]), buttons)
    rows = [_talk_row(context, session, talk) for session, talk in due]
    if any(lines.is_online(program, session) for session, _ in due):
        others = ["To join online, use /join.", *others]
    if len(due) == 1:
        return Notification(lines_within(f"▶ Now: {rows[0]}", others), buttons)
    first = f"**{count(len(due), 'talk')}** start now · {stamp(at)} (venue {venue_time(at, program.event.tz)})"
    return Notification(lines_within(first, [*rows, *others]), buttons)


def _start(session: Session, talk: Talk) -> datetime:
    return talk.start or session.start


def _talk_row(context: Context, session: Session, talk: Talk) -> str:
    names = lines.speaker_names(context.program, talk)
    parts = [f"**{line(talk.title or session.title, 150)}**", names, lines.room_name(context.program, session)]
    return " · ".join(part for part in parts if part)
