"""A draft as an organizer sees it before it goes out: how it will look, whom it reaches, when, and what is wrong."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.actions.announce.record import AUDIENCES
from bot.chat.announce.choices import Chosen, record_title
from bot.chat.announce.reach import Expected
from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card, Does, Menu, Option, Sample
from bot.chat.render.notices.announcements import channel_text, direct_text, phone_text
from bot.chat.render.text import count, day_name, line, stamp, venue_time
from bot.domain.announce.announcement import Announcement, Content, Mention, When, Whom
from bot.domain.announce.turns import first, session_of
from bot.domain.errors import NotFoundError
from bot.domain.program import Program

#: The lookup of everything that concerns announcements.
NAME = "an"
#: Of a text that is too long to be sent anyway.
_SHOWN_MOST = 1_900


class Choice(Struct, frozen=True):
    """One menu: ``name`` says what is chosen with it, ``value`` what is chosen now."""

    prompt: str
    name: str
    value: str
    entries: Sequence[Chosen]


def verb(announcement: Announcement, name: str, value: str = "") -> Lookup:
    """A press on something below an announcement: what is done, with what, and what the presser had seen."""
    return Lookup(NAME, (name, str(announcement.id), str(announcement.revision), value))


def preview(
    announcement: Announcement,
    program: Program,
    now: datetime,
    reach: Expected,
    choices: Sequence[Choice],
    wrong: Sequence[str],
    *,
    note: str = "",
) -> Card:
    """``wrong`` as of ``faults``; ``note`` is said first: what happened just now."""
    content = announcement.content
    head = "## This cannot go out yet" if wrong else "## Nothing is sent yet"
    texts = [*([note] if note else []), "\n".join([head, *(f"⚠️ {line(fault)}" for fault in wrong)])]
    texts.append("\n".join(facts(content, program, now, reach)))
    later = content.when != When()
    return Card(
        tuple(texts),
        sample=sample(content, program),
        menus=tuple(_menu(announcement, choice) for choice in choices),
        buttons=(
            Button(
                "Schedule" if later else "Send now",
                verb(announcement, "send"),
                Does.ANNOUNCE,
                main=True,
                enabled=not wrong,
            ),
            Button("When", verb(announcement, "when"), Does.ANNOUNCE),
            Button("Edit the text", verb(announcement, "edit"), Does.ANNOUNCE),
            *([Button("Without picture", verb(announcement, "bare"), Does.ANNOUNCE)] if content.picture else []),
            Button("Drop", verb(announcement, "drop"), Does.ANNOUNCE),
        ),
        shareable=False,
    )


def asked_twice(announcement: Announcement, program: Program, now: datetime, reach: Expected) -> Card:
    """Before many people are notified."""
    content = announcement.content
    head = f"## Really notify {_people(reach.mentioned)}?\nTheir phones will show: {phone_text(content)}"
    return Card(
        (head, "\n".join(facts(content, program, now, reach))),
        sample=sample(content, program),
        buttons=(
            Button("Yes, notify them", verb(announcement, "sure"), Does.ANNOUNCE, main=True),
            Button("Back", verb(announcement, "show"), Does.ANNOUNCE),
        ),
        shareable=False,
    )


def sample(content: Content, program: Program) -> Sample:
    """The message itself."""
    if content.place is None:
        return Sample(direct_text(content, program)[:_SHOWN_MOST])
    picture = content.picture
    return Sample(
        channel_text(content)[:_SHOWN_MOST] or "…", picture.name if picture else None, picture.alt if picture else ""
    )


def facts(content: Content, program: Program, now: datetime, reach: Expected) -> list[str]:
    """Whom it reaches, when, what it takes, and what phones show."""
    rows = [f"**For:** {audience_name(content, program)}", *_where(content, program, reach)]
    rows.append(f"**When:** {when_name(content, program, now)}")
    takes = f"{count(reach.requests, 'request')} to Discord, about {count(max(1, reach.seconds), 'second')}"
    rows.append(f"**Takes:** {takes}")
    return [*rows, f"**Phones show:** {phone_text(content)}"]


def audience_name(content: Content, program: Program) -> str:
    if content.audience.whom is Whom.STARRED:
        title = record_title(content.audience.record, program)
        return f"those who have {line(title, 80)} in their agenda" if title else AUDIENCES[Whom.STARRED]
    if content.audience.whom is Whom.ROLE and content.audience.role:
        return f"<@&{content.audience.role}>"
    return AUDIENCES[content.audience.whom]


def when_name(content: Content, program: Program, now: datetime) -> str:
    """At the venue, in the reader's own time, and by which session."""
    when, zone = content.when, program.event.tz
    if when == When():
        return f"now{_repeated(content)}"
    try:
        due = first(when, program, now)
    except NotFoundError as error:
        return line(str(error))
    by = f", {_by_session(when, session_of(when, program).title)}" if when.session else ""
    return f"{day_name(due, zone)} {venue_time(due, zone)} at the venue ({stamp(due, 'f')}){by}{_repeated(content)}"


def _by_session(when: When, title: str) -> str:
    minutes = when.offset // timedelta(minutes=1)
    edge = "the end" if when.from_end else "the start"
    apart = f"{count(abs(minutes), 'minute')} {'before' if minutes < 0 else 'after'} " if minutes else "at "
    return f"{apart}{edge} of {line(title, 80)}; it moves with it"


def _repeated(content: Content) -> str:
    repeat = content.repeat
    if repeat.times == 1:
        return ""
    return f", {repeat.times} times, every {count(repeat.every // timedelta(minutes=1), 'minute')}"


def _where(content: Content, program: Program, reach: Expected) -> list[str]:
    rows = []
    if content.place is not None:
        name = line(program.server.channels.get(content.place, content.place), 80)
        readers = f", read by {_people(reach.readers)}" if reach.readers is not None else ""
        rows.append(f"**Channel:** #{name}{readers}. {_mention(content, reach)}")
    if content.copies:
        people = f"at most {count(reach.direct, 'person', 'people')}" if reach.direct else "nobody yet asked for them"
        alone = " ⚠️ As things stand, nobody gets it." if content.place is None and not reach.direct else ""
        rows.append(f"**Direct messages:** {people}{alone}")
    return rows


def _mention(content: Content, reach: Expected) -> str:
    match content.mention:
        case Mention.NOBODY:
            return "Nobody is mentioned."
        case Mention.ROLE:
            return f"Mentions <@&{content.audience.role}>: {_people(reach.mentioned)}."
        case Mention.EVERYONE:
            return f"Mentions everyone: {_people(reach.mentioned)}."


def _people(number: int | None) -> str:
    return "an unknown number of people" if number is None else count(number, "person", "people")


def _menu(announcement: Announcement, choice: Choice) -> Menu:
    options = [Option(one.label, verb(announcement, choice.name, one.value), one.detail) for one in choice.entries]
    now = next((one.label for one in choice.entries if one.value == choice.value), None)
    return Menu(f"{choice.prompt}: {now}" if now else choice.prompt, tuple(options), Does.ANNOUNCE)
