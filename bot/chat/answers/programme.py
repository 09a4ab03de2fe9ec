"""/now, /schedule and /session."""

from collections.abc import Sequence

from bot.chat.answers import filters
from bot.chat.answers.finding import resolve
from bot.chat.answers.joining import join_lines
from bot.chat.answers.paging import Page
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, short
from bot.chat.render import lines
from bot.chat.render.card import Button, Card, Menu, Option
from bot.chat.render.lines import TO_BE_ANNOUNCED, heading, mark, place_name, session_label, span
from bot.chat.render.text import and_more, count, day_name, line, listing, paragraphs, stamp, venue_time, visible
from bot.domain.search import Category
from bot.domain.sessions import Kind, Session, Talk

#: Sessions on a page of the schedule: a workshop's whole day.
_PAGE_SESSIONS = 15
#: Talks of one session on its card.
_TALKS_MOST = 12
#: Tracks named where nothing was found.
_TRACKS_MOST = 20
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
    join = join_lines(ask, only_running=True) if running or coming else ""
    if join:
        texts.append(join)
    shown = [*running[:12], *coming[:12]]
    menu = _session_menu(ask, shown) if shown else None
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
    rows += [f"{left} · {place}" if place else left, span(session.start, session.end, ask.zone)]
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
    details = [span(session.start, session.end, ask.zone), people, place]
    return head + "\n-# " + " · ".join(part for part in details if part)


def _nothing_on(ask: Ask, coming: Sequence[Session]) -> str:
    event = ask.program.event
    if not coming:
        return _over(ask)
    if coming[0] is ask.program.sessions[0]:
        starts = f"{stamp(coming[0].start, 'R')}{lines.tentative(event)}"
        return f"{heading(event.short_name + ' has not started')}\nIt starts {starts}."
    return f"## Nothing is on right now\nThe programme goes on {stamp(coming[0].start, 'R')}."


def _over(ask: Ask) -> str:
    event = ask.program.event
    if not ask.program.sessions:
        return f"{heading(event.short_name)}\nThe programme is {TO_BE_ANNOUNCED}."
    return f"{heading(event.short_name + ' is over')}\n/materials has what was handed in."


def schedule(ask: Ask) -> Card:
    """The programme page by page, each page part of one day; it opens at the present slot."""
    day, track = ask.arg(0), ask.arg(1)
    book = _schedule_pages(ask, day, track)
    if not book:
        return _empty_schedule(ask, day, track)
    page = Page.of(ask.lookup, len(book), at_now=_page_at_now(ask, book))
    shown = book[page.number]
    said = listing(filters.tracks(ask.program, track)) if track else ""
    title = day_name(shown[0].start, ask.zone) + (f" · {said}" if said else "")
    one_room = len(ask.program.event.rooms) <= 1
    where = f" · {lines.room_name(ask.program, shown[0])}" if one_room and shown[0].room else ""
    unsure = lines.tentative(ask.program.event) if ask.now < shown[0].start else ""
    head = f"{heading(title)}\n-# Your time, then ({place_name(ask.program)}){where}{unsure}"
    body = "\n".join(_slot_line(ask, session, with_room=not one_room) for session in shown)
    buttons = page.buttons("‹ Earlier", "Later ›")
    return Card((head, body), menu=_session_menu(ask, shown), buttons=buttons, footer=page.footer)


def _schedule_pages(ask: Ask, day: str, track: str) -> list[Sequence[Session]]:
    """Pages that never mix two days of the venue. A line has at most about 230 characters, so a page fits."""
    book: list[Sequence[Session]] = []
    tracks = set(filters.tracks(ask.program, track)) if track else set()
    for date in filters.days(ask.program, day) if day else ask.program.days:
        sessions = ask.program.sessions_by_day[date]
        chosen = [session for session in sessions if session.track in tracks] if track else sessions
        book += [chosen[start : start + _PAGE_SESSIONS] for start in range(0, len(chosen), _PAGE_SESSIONS)]
    return book


def _page_at_now(ask: Ask, book: Sequence[Sequence[Session]]) -> int:
    """The page with what is on or comes next; the first page once everything is over."""
    for number, page in enumerate(book):
        if any(session.end > ask.now for session in page):
            return number
    return 0


def _slot_line(ask: Ask, session: Session, *, with_room: bool) -> str:
    people = lines.who(ask.program, session)
    parts = [
        f"{stamp(session.start)} ({venue_time(session.start, ask.zone)}) {mark(session)} **{line(session.title, 90)}**"
    ]
    if people and people != lines.NO_SPEAKER:
        parts.append(people)
    if with_room and session.room:
        parts.append(lines.room_name(ask.program, session))
    text = " · ".join(parts)
    if ask.now in session:
        return f"▶ {text} · **now**, ends {stamp(session.end, 'R')}"
    return f"-# {text} · over" if session.end <= ask.now else text


def _empty_schedule(ask: Ask, day: str, track: str) -> Card:
    if not ask.program.sessions:
        return Card((f"## Schedule\nThe programme is {TO_BE_ANNOUNCED}.",))
    days = ", ".join(f"{date:%a} {date.day} {date:%b}" for date in ask.program.days)
    meant = filters.tracks(ask.program, track) if track else []
    what = " · ".join(part for part in (line(visible(day), 30), line(listing(meant) or visible(track), 60)) if part)
    tracks = [line(name, 60) for name in ask.program.tracks]
    known = [f"Tracks: {', '.join(tracks[:_TRACKS_MOST])}.", *and_more(len(tracks), _TRACKS_MOST)] if tracks else []
    said = f"## Nothing on the schedule for {what}\nThe programme runs on: {days}."
    return Card(
        ("\n".join([said, *known]),),
        buttons=(Button("Whole programme", Lookup("schedule")),),
        shareable=False,
    )


def _session_menu(ask: Ask, sessions: Sequence[Session]) -> Menu:
    options = tuple(
        Option(
            session_label(ask.program, session),
            Lookup("session", (short(session.id),)),
            " · ".join(lines.KIND_NAMES[kind] for kind in session.kinds),
        )
        for session in sessions[:25]
    )
    return Menu("Open a session (venue time)", options)


def session(ask: Ask) -> Card:
    """One session with its talks, people, place and links."""
    found = resolve(ask, Category.SESSIONS, ask.arg(0), ask.program.session_by_id)
    if isinstance(found, Card):
        return found
    program = ask.program
    head = [
        heading(found.title),
        f"{stamp(found.start, 'D')} {span(found.start, found.end, ask.zone)} · {_state(ask, found)}",
    ]
    details = [" and ".join(lines.KIND_NAMES[kind] for kind in found.kinds), lines.room_name(program, found)]
    if found.track:
        details.append(line(found.track, 80))
    head.append(f"{mark(found)} " + " · ".join(part for part in details if part))
    if found.chairs:
        head.append("Chair: " + ", ".join(line(chair, 80) for chair in found.chairs))
    texts = ["\n".join(head)]
    if found.description:
        texts.append(paragraphs(found.description, 900))
    if found.talks:
        rows = [_talk_line(ask, talk, alone=len(found.talks) == 1) for talk in found.talks[:_TALKS_MOST]]
        texts.append("\n".join([*rows, *and_more(len(found.talks), len(rows))]))
    more = [lines.links([*found.links, *found.materials])] if found.links or found.materials else []
    posters = program.posters_by_session.get(found.id, ())
    if Kind.POSTER in found.kinds and posters:
        more.append(f"{count(len(posters), 'poster')} shown here.")
    if more:
        texts.append("\n".join(more))
    return Card(tuple(texts), menu=_speaker_menu(ask, found), buttons=_session_buttons(ask, found))


def _state(ask: Ask, session: Session) -> str:
    if ask.now in session:
        return f"**on now**, ends {stamp(session.end, 'R')}"
    if session.end <= ask.now:
        return "over"
    return f"starts {stamp(session.start, 'R')}{lines.tentative(ask.program.event)}"


def _talk_line(ask: Ask, talk: Talk, *, alone: bool) -> str:
    """A talk in its session: many talks leave no room for their abstracts."""
    title = f"**{line(talk.title, 200)}**" if talk.title else f"Title {TO_BE_ANNOUNCED}"
    names = lines.speaker_names(ask.program, talk) or f"speaker {TO_BE_ANNOUNCED}"
    when = f"{stamp(talk.start)} ({venue_time(talk.start, ask.zone)}) " if talk.start else ""
    rows = [f"{when}{title}\n{names}"]
    if talk.abstract and alone:
        rows.append(paragraphs(talk.abstract, 1500))
    if talk.materials:
        rows.append(lines.links(talk.materials))
    return "\n".join(rows)


def _speaker_menu(ask: Ask, session: Session) -> Menu | None:
    ids = dict.fromkeys(speaker for talk in session.talks for speaker in talk.speakers)
    people = [ask.program.speaker_by_id[speaker] for speaker in ids][:25]
    options = tuple(Option(p.name, Lookup("speaker", (short(p.id),)), p.affiliation or "") for p in people)
    return Menu("About a speaker", options) if options else None


def _session_buttons(ask: Ask, session: Session) -> tuple[Button, ...]:
    order = ask.program.sessions
    at = ask.program.session_position[session.id]
    buttons = [
        Button("‹ Previous", Lookup("session", (short(order[max(at - 1, 0)].id),)), enabled=at > 0),
        Button(
            "Next ›", Lookup("session", (short(order[min(at + 1, len(order) - 1)].id),)), enabled=at < len(order) - 1
        ),
    ]
    if Kind.POSTER in session.kinds and ask.program.posters:
        buttons.insert(0, Button("Browse posters", Lookup("posters", ("", short(session.id))), main=True))
    return tuple(buttons)
