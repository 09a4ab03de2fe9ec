"""/schedule."""

from collections.abc import Sequence

from bot.chat.answers import filters
from bot.chat.answers.days import day_words, days
from bot.chat.answers.menus import session_menu
from bot.chat.answers.paging import Page
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup
from bot.chat.render import lines
from bot.chat.render.card import Button, Card
from bot.chat.render.lines import CANCELLED, TO_BE_ANNOUNCED, heading, mark, place_name, struck
from bot.chat.render.text import and_more, day_name, line, listing, stamp, venue_time, visible
from bot.domain.sessions import Session

#: Sessions on a page of the schedule: a workshop's whole day.
_PAGE_SESSIONS = 15
#: Tracks named where nothing was found.
_TRACKS_MOST = 20


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
    one_room = len(ask.program.event.rooms) <= 1 and len({ask.program.mode_of(session) for session in shown}) == 1
    where = f" · {lines.room_name(ask.program, shown[0])}" if one_room and shown[0].room else ""
    unsure = lines.tentative(ask.program.event) if ask.now < shown[0].start else ""
    # The day above is the venue's: for a reader far away the page may begin on another, or go on into the next.
    begins = stamp(shown[0].start, "f")
    head = f"{heading(title)}\n-# In your time, from {begins} on; in brackets {place_name(ask.program)}{where}{unsure}"
    body = "\n".join(_slot_line(ask, session, with_room=not one_room) for session in shown)
    buttons = page.buttons("‹ Earlier", "Later ›")
    return Card((head, body), menu=session_menu(ask.program, shown), buttons=buttons, footer=page.footer)


def _schedule_pages(ask: Ask, day: str, track: str) -> list[Sequence[Session]]:
    """Pages that never mix two days of the venue. A line has at most about 230 characters, so a page fits."""
    book: list[Sequence[Session]] = []
    tracks = set(filters.tracks(ask.program, track)) if track else set()
    for date in days(ask.program, day) if day else ask.program.days:
        sessions = ask.program.sessions_by_day[date]
        chosen = [session for session in sessions if session.track in tracks] if track else sessions
        book += [chosen[start : start + _PAGE_SESSIONS] for start in range(0, len(chosen), _PAGE_SESSIONS)]
    return book


def _page_at_now(ask: Ask, book: Sequence[Sequence[Session]]) -> int:
    """The page with what is on or comes next; the first page once nothing more takes place."""
    for number, page in enumerate(book):
        if any(session.end > ask.now and not session.cancelled for session in page):
            return number
    return 0


def _slot_line(ask: Ask, session: Session, *, with_room: bool) -> str:
    when = f"{stamp(session.start)} ({venue_time(session.start, ask.zone)}) {mark(session)}"
    title = f"**{line(session.title, 90)}**"
    if session.cancelled:
        return f"{when} {struck(title)} · {CANCELLED}"
    people = lines.who(ask.program, session)
    parts = [f"{when} {title}"]
    if people and people != lines.NO_SPEAKER:
        parts.append(people)
    if with_room:
        parts.append(lines.room_name(ask.program, session))
    text = " · ".join(part for part in parts if part)
    if ask.now in session:
        return f"▶ {text} · **now**, ends {stamp(session.end, 'R')}"
    return f"-# {text} · over" if session.end <= ask.now else text


def _empty_schedule(ask: Ask, day: str, track: str) -> Card:
    if not ask.program.sessions:
        return Card((f"## Schedule\nThe programme is {TO_BE_ANNOUNCED}.",))
    meant = filters.tracks(ask.program, track) if track else []
    named = line(listing(meant) or visible(track), 60)
    what = " · ".join(part for part in (line(visible(day_words(day)), 40), named) if part)
    rows = [f"## Nothing on the schedule for {what}"]
    if track and not meant:
        rows.append(f"No track is called {named}." if ask.program.tracks else "This event has no tracks.")
    if day and (meant or not days(ask.program, day)):
        runs = ", ".join(f"{date:%a} {date.day} {date:%b}" for date in ask.program.days)
        rows.append(f"The programme runs on: {runs}.")
    if track and ask.program.tracks:
        tracks = [line(name, 60) for name in ask.program.tracks]
        rows += [f"Tracks: {', '.join(tracks[:_TRACKS_MOST])}.", *and_more(len(tracks), _TRACKS_MOST)]
    return Card(
        ("\n".join(rows),),
        buttons=(Button("Whole programme", Lookup("schedule")),),
        shareable=False,
    )
