"""/deadlines, /submit, /join and /materials."""

from bot.chat.answers.finding import resolve
from bot.chat.answers.joining import differing_lines, hidden_line, join_lines, mode_name, mode_to_come
from bot.chat.answers.starring import ADD, star_lookup
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, short
from bot.chat.render import lines
from bot.chat.render.card import Button, Card, Does, Menu, Option
from bot.chat.render.lines import TO_BE_ANNOUNCED, heading
from bot.chat.render.text import and_more, count, line, link, only_for, paragraphs, stamp
from bot.domain.agenda import Star, StarKind
from bot.domain.call import Deadline, DeadlineKind
from bot.domain.event import Mode
from bot.domain.people import Group
from bot.domain.search import Category
from bot.domain.sessions import Session

#: Dates still to come, and dates that are over, on one card; rooms of the venue.
_DATES_MOST = 20
_ROOMS_MOST = 10


def deadlines(ask: Ask) -> Card:
    """The dates to keep, next first; what is over stays, marked."""
    shown = [item for item in ask.program.deadlines if ask.may_show(item.audience)]
    if not shown:
        return Card((f"## Deadlines\nThe dates are {TO_BE_ANNOUNCED}.",), shareable=False)
    coming = [item for item in shown if item.due > ask.now]
    past = [item for item in shown if item.due <= ask.now]
    head = "## Deadlines\n-# Your time first, then as it was stated."
    if any(item.zone == "AoE" for item in shown):
        head += " AoE (anywhere on Earth, UTC-12): until the day is over everywhere."
    texts = [head]
    if coming:
        rows = [_coming(ask, item) for item in coming[:_DATES_MOST]]
        texts.append("\n".join([*rows, *and_more(len(coming), len(rows))]))
    if past:
        rows = [_past(item) for item in past[-_DATES_MOST:]]
        said = "**Over**" if coming else "**All dates are over**"
        texts.append("\n".join([said, *rows, *and_more(len(past), len(rows))]))
    options = tuple(
        Option(item.title, star_lookup(Star(StarKind.DEADLINE, item.id)), item.stated) for item in coming[:_DATES_MOST]
    )
    return Card(
        tuple(texts),
        menu=Menu(ADD, options, Does.STAR) if options else None,
        buttons=(Button("How to submit", Lookup("submit")),) if coming else (),
        shareable=any(item.audience is Group.PUBLIC for item in shown),
    )


def _name(item: Deadline) -> str:
    audience = only_for(item.audience)
    return f"**{line(item.title, 120)}**" + (f" ({audience})" if audience else "")


def _coming(ask: Ask, item: Deadline) -> str:
    word = "Expected" if item.kind is DeadlineKind.NOTIFICATION else "Due"
    rows = [f"{_name(item)} · {word.lower()} {stamp(item.due, 'R')}", f"{stamp(item.due, 'F')} · {line(item.stated)}"]
    if item.opens:
        opens = "Opened" if item.opens <= ask.now else "Opens"
        rows.append(f"{opens} {stamp(item.opens, 'F')}")
    if item.earlier:
        old = ", ".join(f"~~{stamp(due, 'D')}~~" for due in item.earlier[-3:])
        rows.append(f"Extended: {old} → {stamp(item.due, 'D')}")
    if item.note:
        rows.append(line(item.note, 200))
    if item.url:
        rows.append(link("More", item.url))
    return "\n".join(rows)


def _past(item: Deadline) -> str:
    struck = "".join(f"~~{stamp(due, 'D')}~~ " for due in item.earlier[-3:])
    return f"-# {_name(item)} · {struck}{stamp(item.due, 'f')} · {line(item.stated)} · over"


def submit(ask: Ask) -> Card:
    """Formats, rules, and until when."""
    submission = ask.program.submission
    if not submission.formats and not submission.portal:
        return Card((f"## How to submit\nThe call is {TO_BE_ANNOUNCED}.",))
    rows = [heading("How to submit to " + ask.program.event.short_name)]
    handing_in = [item.due for item in ask.program.deadlines if item.kind is DeadlineKind.SUBMISSION]
    if handing_in and max(handing_in) <= ask.now:
        rows.append("**Submission is closed.**")
    if submission.portal:
        rows.append(link("Submission portal", submission.portal))
    texts = ["\n".join(rows)]
    if submission.formats:
        texts.append(
            "\n".join(_format_lines(item.name, item.pages, item.excluding, item.note) for item in submission.formats)
        )
    if submission.rules:
        texts.append("\n".join(lines.bullet(line(rule, 300)) for rule in submission.rules))
    dates = [item for item in ask.program.deadlines if item.audience is Group.PUBLIC]
    if dates:
        texts.append("\n".join(_coming(ask, item) if item.due > ask.now else _past(item) for item in dates))
    return Card(tuple(texts), buttons=(Button("All deadlines", Lookup("deadlines")),))


def _format_lines(name: str, pages: int | None, excluding: str | None, note: str | None) -> str:
    limit = f": up to {count(pages, 'page')}" if pages else ""
    without = f", without {line(excluding, 100)}" if pages and excluding else ""
    return f"**{line(name, 80)}**{limit}{without}" + (f"\n{line(note, 300)}" if note else "")


def join(ask: Ask) -> Card:
    """How to attend, in the room or from afar."""
    event = ask.program.event
    held = ask.program.held
    over = bool(held) and all(session.end <= ask.now for session in held)
    if over:
        return _joined_before(ask)
    mode = mode_to_come(ask)
    head = f"{heading('How to join ' + event.short_name)}\n{mode_name(mode)}"
    texts = [head + (f"\n{paragraphs(event.how_to_attend, 700)}" if event.how_to_attend else "")]
    if differing := differing_lines(ask):
        texts.append("\n".join(differing))
    if event.venue and (mode is event.mode or mode is not Mode.ONLINE):
        place = ", ".join(line(part, 150) for part in (event.venue.name, event.venue.address, event.venue.city) if part)
        rooms = "\n".join(
            f"- {line(room.name, 80)}" + (f", {line(room.floor, 40)}" if room.floor else "")
            for room in event.rooms[:_ROOMS_MOST]
        )
        rooms = "\n".join([rooms, *and_more(len(event.rooms), _ROOMS_MOST)])
        city_map = f" · {link('Map', event.venue.map_url)}" if event.venue.map_url else ""
        texts.append(f"**In person**\n{place}{city_map}\n{rooms}".rstrip())
    online = [part for part in (join_lines(ask), hidden_line(ask)) if part]
    texts.append("**Online**\n" + ("\n".join(online) if online else f"Links are {TO_BE_ANNOUNCED}."))
    return Card(tuple(texts), buttons=(Button("Whole day", Lookup("schedule")),))


def _joined_before(ask: Ask) -> Card:
    """What is left once everything is over: links lead on to recordings at times, rooms to nothing."""
    head = f"{heading('How to join ' + ask.program.event.short_name)}\n"
    texts = [f"{head}{line(ask.program.event.short_name, 60)} is over. /materials has what was handed in."]
    if links := join_lines(ask):
        texts.append(f"**Online**\n{links}")
    buttons = (Button("Materials", Lookup("materials")), Button("Whole day", Lookup("schedule")))
    return Card(tuple(texts), buttons=buttons)


def materials(ask: Ask) -> Card:
    """Slides, papers, posters and recordings: of one session, or of the event."""
    if ask.arg(0):
        found = resolve(ask, Category.SESSIONS, ask.arg(0), ask.program.session_by_id)
        return found if isinstance(found, Card) else _session_materials(found)
    event = ask.program.event
    texts = [heading("Materials of " + event.short_name)]
    texts[0] += "\n" + (
        "\n".join(f"- {link(m.label, m.url)}" for m in event.materials) or f"Links are {TO_BE_ANNOUNCED}."
    )
    if ask.program.texts.materials_policy:
        texts.append(paragraphs(ask.program.texts.materials_policy, 900))
    having = [session for session in ask.program.sessions if session.has_materials][:25]
    options = tuple(
        Option(lines.session_label(ask.program, session), Lookup("materials", (short(session.id),)))
        for session in having
    )
    return Card(tuple(texts), menu=Menu("Materials of a session", options) if options else None)


def _material_rows(session: Session) -> list[str]:
    rows = [f"- {link(item.label, item.url)}" for item in session.materials]
    for talk in session.talks:
        rows += [f"- {line(talk.title or session.title, 100)}: {link(item.label, item.url)}" for item in talk.materials]
    return rows


def _session_materials(session: Session) -> Card:
    rows = _material_rows(session)
    body = "\n".join(rows) if rows else "No materials of this session have been handed in yet."
    return Card(
        (f"{heading('Materials: ' + session.title)}\n{body}",), buttons=(Button("All materials", Lookup("materials")),)
    )
