"""/session."""

from bot.chat.answers.finding import resolve
from bot.chat.answers.joining import join_line
from bot.chat.answers.menus import speaker_menu, talk_menu
from bot.chat.answers.starring import star_button
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, short
from bot.chat.render import lines
from bot.chat.render.card import Button, Card
from bot.chat.render.lines import CANCELLED, TO_BE_ANNOUNCED, mark, session_heading, span, struck
from bot.chat.render.text import and_more, count, line, paragraphs, stamp, venue_time
from bot.domain.agenda import StarKind
from bot.domain.search import Category
from bot.domain.sessions import KIND_NAMES, Kind, Session, Talk

#: Talks of one session on its card.
_TALKS_MOST = 12


def session(ask: Ask) -> Card:
    """One session with its talks, people, place and links."""
    found = resolve(ask, Category.SESSIONS, ask.arg(0), ask.program.session_by_id)
    if isinstance(found, Card):
        return found
    program = ask.program
    when = f"{stamp(found.start, 'D')} {span(found.start, found.end, ask.zone)}"
    head = [session_heading(found), f"{struck(when) if found.cancelled else when} · {_state(ask, found)}"]
    details = [" and ".join(KIND_NAMES[kind] for kind in found.kinds), lines.room_name(program, found)]
    if found.track:
        details.append(line(found.track, 80))
    head.append(f"{mark(found)} " + " · ".join(part for part in details if part))
    if found.chairs:
        head.append(lines.chairs(found))
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
    # What holds for the whole event is in /join.
    if (found.mode or found.joining) and found.end > ask.now and not found.cancelled:
        more.append(join_line(ask, found))
    if any(more):
        texts.append("\n".join(row for row in more if row))
    talks = talk_menu(program, found) if found.end > ask.now and not found.cancelled else None
    menus = (talks,) if talks else ()
    return Card(tuple(texts), menu=speaker_menu(program, found), menus=menus, buttons=_buttons(ask, found))


def _state(ask: Ask, session: Session) -> str:
    if session.cancelled:
        return CANCELLED
    if ask.now in session:
        return f"**on now**, ends {stamp(session.end, 'R')}"
    if session.end <= ask.now:
        return "over"
    return f"starts {stamp(session.start, 'R')}{lines.tentative(ask.program.event)}"


def _talk_line(ask: Ask, talk: Talk, *, alone: bool) -> str:
    """A talk in its session: many talks leave no room for their abstracts."""
    title = f"**{line(talk.title, 200)}**" if talk.title else f"Title {TO_BE_ANNOUNCED}"
    names = lines.speaker_names(ask.program, talk) or lines.NO_SPEAKER.capitalize()
    when = f"{stamp(talk.start)} ({venue_time(talk.start, ask.zone)}) " if talk.start else ""
    rows = [f"{when}{title}\n{names}"]
    if talk.abstract and alone:
        rows.append(paragraphs(talk.abstract, 1500))
    if talk.materials:
        rows.append(lines.links(talk.materials))
    return "\n".join(rows)


def _buttons(ask: Ask, session: Session) -> tuple[Button, ...]:
    """Five together with Refresh and Share: posters take the place of the session before, which /schedule also has."""
    order = ask.program.sessions
    at = ask.program.session_position[session.id]
    last = at + 1 == len(order)
    following = Button("Next ›", Lookup("session", (short(order[at if last else at + 1].id),)), enabled=not last)
    if Kind.POSTER in session.kinds and not session.cancelled and ask.program.posters:
        first = Button("Browse posters", Lookup("posters", ("", short(session.id))), main=True)
    else:
        first = Button("‹ Previous", Lookup("session", (short(order[max(at - 1, 0)].id),)), enabled=at > 0)
    return (first, following, star_button(StarKind.SESSION, session.id))
