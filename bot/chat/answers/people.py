"""/speaker, /speakers and /organizers."""

from bot.chat.answers.finding import resolve
from bot.chat.answers.menus import session_menu
from bot.chat.answers.paging import paged
from bot.chat.answers.starring import star_button
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, short
from bot.chat.render import lines
from bot.chat.render.card import Button, Card, Menu, Option
from bot.chat.render.lines import CANCELLED, TO_BE_ANNOUNCED, heading, span, struck
from bot.chat.render.text import and_more, count, line, link, paragraphs, stamp
from bot.domain.agenda import StarKind
from bot.domain.folding import fold
from bot.domain.program import Organizer, Speaker
from bot.domain.search import Category

_PAGE = 15


def speaker(ask: Ask) -> Card:
    """One invited speaker: who they are, and when they talk."""
    found = resolve(ask, Category.SPEAKERS, ask.arg(0), ask.program.speaker_by_id)
    if isinstance(found, Card):
        return found
    head = [heading(found.name)]
    if not found.confirmed:
        head.append("Invited, not confirmed yet.")
    role = " · ".join(line(part, 120) for part in (found.position, found.affiliation) if part)
    if role:
        head.append(role)
    if found.areas:
        head.append("Works on: " + ", ".join(line(area, 80) for area in found.areas))
    address, link_button = lines.website(found.website)
    if address:
        head.append(address)
    texts = ["\n".join(head)]
    if found.bio:
        texts.append(paragraphs(found.bio, 1800))
    texts.append(_talks(ask, found))
    sessions = ask.program.sessions_by_speaker.get(found.id, ())
    return Card(
        tuple(texts),
        menu=session_menu(ask.program, sessions),
        buttons=(*link_button, Button("All speakers", Lookup("speakers")), star_button(StarKind.SPEAKER, found.id)),
    )


def _talks(ask: Ask, person: Speaker) -> str:
    rows = []
    sessions = ask.program.sessions_by_speaker.get(person.id, ())
    for session in sessions[:6]:
        talk = next(talk for talk in session.talks if person.id in talk.speakers)
        title = f"**{line(talk.title or session.title, 150)}**"
        start, end = talk.start or session.start, talk.end or session.end
        when, room = f"{stamp(start, 'D')} {span(start, end, ask.zone)}", lines.room_name(ask.program, session)
        if session.cancelled:
            rows.append(f"{struck(title)} · {CANCELLED}\n{struck(when)}")
        else:
            rows.append(f"{title}\n{when}" + (f" · {room}" if room else ""))
    rows += and_more(len(sessions), len(rows))
    return "\n".join(rows) if rows else "No talk by this speaker is in the programme yet."


def speakers(ask: Ask) -> Card:
    """All invited speakers by last name, page by page."""
    people = ask.program.speakers
    if not people:
        return Card((f"## Speakers\nThe speakers are {TO_BE_ANNOUNCED}.",))
    page, shown = paged(ask.lookup, people, _PAGE)
    rows = []
    for person in shown:
        status = "" if person.confirmed else " · invited, not confirmed yet"
        work = f" · {line(person.affiliation, 100)}" if person.affiliation else ""
        areas = f"\n-# {', '.join(line(area, 60) for area in person.areas[:3])}" if person.areas else ""
        rows.append(f"**{line(person.name, 100)}**{work}{status}{areas}")
    options = tuple(Option(p.name, Lookup("speaker", (short(p.id),)), p.affiliation or "") for p in shown)
    head = f"## Invited speakers\n{count(len(people), 'speaker')}, by last name"
    menu = Menu("About a speaker", options)
    return Card((head, "\n".join(rows)), menu=menu, buttons=page.buttons(), footer=page.footer)


def organizers(ask: Ask) -> Card:
    """Who runs the event, by last name."""
    people = sorted(ask.program.organizers, key=lambda person: fold(person.sort_name))
    if not people:
        return Card((f"## Organizers\nThe organizers are {TO_BE_ANNOUNCED}.",))
    event = ask.program.event
    page, shown = paged(ask.lookup, people, _PAGE)
    rows = [_organizer_line(person) for person in shown]
    contact = link("Contact the organizers", event.contact) if event.contact else ""
    head = f"{heading('Organizers of ' + event.short_name)}\n{contact}".rstrip()
    return Card((head, "\n".join(rows)), buttons=page.buttons(), footer=page.footer)


def _organizer_line(person: Organizer) -> str:
    name = link(person.name, person.website) if person.website else line(person.name, 100)
    role = ", ".join(line(part, 100) for part in (person.position, person.affiliation) if part)
    duty = f" · {line(person.duty, 80)}" if person.duty else ""
    return f"**{name}**{duty}" + (f"\n-# {role}" if role else "")
