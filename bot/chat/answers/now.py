"""/now."""

from collections.abc import Sequence

from bot.chat.answers.joining import join_line
from bot.chat.answers.menus import session_menu
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup
from bot.chat.render import lines
from bot.chat.render.card import Button, Card
from bot.chat.render.lines import TO_BE_ANNOUNCED, heading, mark, span, struck
from bot.chat.render.text import count, line, listing, stamp, venue_time
from bot.domain.sessions import Session

#: Parallel sessions that /now spells out.
_SIDE_BY_SIDE = 4


def now(ask: Ask) -> Card:
    """What is on, until when, where, and what comes next."""
    program = ask.program
    running, coming = program.running(ask.now), program.upcoming(ask.now)
    texts = [_running(ask, running) if running else _nothing_on(ask, coming)]
    if coming:
        texts.append("\n".join(_next_line(ask, session) for session in coming[:_SIDE_BY_SIDE]))
    more = max(len(running), len(coming)) - _SIDE_BY_SIDE
    if more > 0:
        texts.append("-# More run at the same time: /schedule has them all.")
    called_off = program.called_off(ask.now)
    if called_off:
        texts.append(_called_off_line(ask, called_off))
    join = join_line(ask, *running, *coming) if running or coming else ""
    if join:
        texts.append(join)
    menu = session_menu(ask.program, [*running[:12], *coming[:12]])
    return Card(tuple(texts), menu=menu, buttons=(Button("Whole day", Lookup("schedule")),))


def _running(ask: Ask, running: Sequence[Session]) -> str:
    """One or two sessions in full; of many at once, a line each."""
    if len(running) <= 2:
        blocks = (_now_block(ask, session, 2 if at == 0 else 3) for at, session in enumerate(running))
        return "\n\n".join(blocks)
    rows = [f"## Now: {count(len(running), 'session')}"]
    rows += [_now_line(ask, session) for session in running[:_SIDE_BY_SIDE]]
    return "\n".join(rows)


def _now_block(ask: Ask, session: Session, level: int) -> str:
    people = lines.who(ask.program, session)
    left = f"Ends {stamp(session.end, 'R')}"
    place = lines.room_name(ask.program, session)
    rows = [
        heading(f"Now: {session.title}", level),
        f"{mark(session)} {people.capitalize() if people == lines.NO_SPEAKER else people}" if people else "",
    ]
    rows += [f"{left} · {place}" if place else left, _when(ask, session)]
    talk = next((talk for talk in session.talks if talk.start and talk.end and talk.start <= ask.now < talk.end), None)
    if talk and talk.title and len(session.talks) > 1:
        rows.append(f"On stage: **{line(talk.title, 150)}** · {lines.speaker_names(ask.program, talk)}")
    return "\n".join(row for row in rows if row)


def _now_line(ask: Ask, session: Session) -> str:
    place = lines.room_name(ask.program, session)
    where = f" · {place}" if place else ""
    return f"{mark(session)} **{line(session.title, 100)}**{where} · ends {stamp(session.end, 'R')}"


def _next_line(ask: Ask, session: Session) -> str:
    people = lines.who(ask.program, session)
    place = lines.room_name(ask.program, session)
    head = f"**Next: {line(session.title, 100)}** · starts {stamp(session.start, 'R')}"
    details = [_when(ask, session), people, place]
    return head + "\n-# " + " · ".join(part for part in details if part)


def _when(ask: Ask, session: Session) -> str:
    """Its time, with the date where that is another than today's at the venue."""
    shown = span(session.start, session.end, ask.zone)
    today = ask.now.astimezone(ask.zone).date()
    return shown if ask.program.day_of(session) == today else f"{stamp(session.start, 'D')} {shown}"


def _called_off_line(ask: Ask, sessions: Sequence[Session]) -> str:
    """What would be on: whoever comes for it learns why nobody is there."""
    shown = [
        f"{struck(line(session.title, 100))} (venue {venue_time(session.start, ask.zone)})"
        for session in sessions[:_SIDE_BY_SIDE]
    ]
    more = len(sessions) - len(shown)
    return "Cancelled: " + listing([*shown, f"{more} more"] if more else shown)


def _nothing_on(ask: Ask, coming: Sequence[Session]) -> str:
    event = ask.program.event
    if not coming:
        return _over(ask)
    if coming[0] is ask.program.held[0]:
        starts = f"{stamp(coming[0].start, 'R')}{lines.tentative(event)}"
        return f"{heading(event.short_name + ' has not started')}\nIt starts {starts}."
    return f"## Nothing is on right now\nThe programme goes on {stamp(coming[0].start, 'R')}."


def _over(ask: Ask) -> str:
    event = ask.program.event
    if not ask.program.sessions:
        return f"{heading(event.short_name)}\nThe programme is {TO_BE_ANNOUNCED}."
    if any(session.end > ask.now for session in ask.program.sessions):
        return f"{heading(event.short_name)}\nAll that was still to come is cancelled. /schedule has the programme."
    return f"{heading(event.short_name + ' is over')}\n/materials has what was handed in."
