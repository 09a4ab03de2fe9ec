"""What authors and organizers are shown about who the authors of posters are, and where they are: to them alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.actions.posters.be_there import There
from bot.chat.answers.paging import Page
from bot.chat.lookup import Lookup, short
from bot.chat.posters.cards import button as question_button
from bot.chat.posters.unanswered import UNANSWERED
from bot.chat.render.card import Button, Card, Does, Menu, Option
from bot.chat.render.notices.authors import wait_for_you
from bot.chat.render.text import and_more, count, line, stamp, venue_time
from bot.domain.posters.author import Author, AuthorChoice, Place, Times
from bot.domain.program import Poster, Program
from bot.domain.sessions import Session

WAITING, MISSING = Lookup("waiting"), Lookup("missing")
_SHOWN_MOST = 5


def button(label: str, name: str, *args: str, main: bool = False) -> Button:
    return Button(label, Lookup(name, args), Does.AUTHOR, main=main)


def claimed(program: Program, author: Author, poster: Poster, waiting: int, role: str | None) -> Card:
    """They are an author of ``poster`` from now on, about which so many questions are ``waiting`` for an answer.

    ``role`` is the name of the one that they get; None where they do not, or hold it already.
    """
    head = f"## You are an author of {named_poster(poster)}"
    if role is not None:
        channel = program.server.channels.get("authors")
        head += f"\nYou get the role **{line(role, 80)}**{f': #{line(channel, 80)} is for you' if channel else ''}."
    return _settings(program, author, head, known=1, waiting=waiting)


def settings(program: Program, author: Author) -> Card:
    """How an author hears of questions, and the other ways."""
    return _settings(program, author, "## Questions about your posters", known=0)


def _settings(program: Program, author: Author, head: str, *, known: int, waiting: int = 0) -> Card:
    """``known``: so many of their posters stand in ``head``; ``waiting``: they hear of so many questions in it."""
    posters = [program.poster_by_id[name] for name in author.posters if name in program.poster_by_id]
    rows = [f"- {named_poster(poster)}" for poster in posters[:_SHOWN_MOST]] if len(posters) > known else []
    rows += and_more(len(posters), len(rows)) if rows else []
    texts = ["\n".join([head, *rows])]
    if waiting:
        texts.append(wait_for_you(waiting, "My questions"))
    texts.append(_sentence(program, author.choice))
    if author.choice.place is Place.DM and author.closed:
        thread = ", or press Mention me in the thread" if has_threads(program) else ""
        texts.append(
            "⚠️ I cannot write to you: your privacy settings here do not allow direct messages, so you hear of nothing. "
            f"Allow direct messages in this server's privacy settings and press Write to me directly{thread}. "
            "/author questions has what is unanswered."
        )
    return Card(
        tuple(texts),
        buttons=(question_button("My questions", WAITING, main=True), *_others(program, author)),
        shareable=False,
    )


def _sentence(program: Program, choice: AuthorChoice) -> str:
    where = "in a direct message" if choice.place is Place.DM else "with a mention in the poster's thread"
    if choice.times is Times.DIGEST:
        what = (
            f"You get a list of what is unanswered, {where}: when a session that shows your poster ends, and in the "
            "morning."
        )
    elif choice.place is Place.DM:
        policy = program.reminders
        night = f"{policy.quiet_from:%H:%M} and {policy.quiet_until:%H:%M}"
        what = f"You hear of each question at once, {where}; between {night} (venue) it waits for the morning."
    else:
        what = f"You hear of each question at once, {where}."
    return f"{what} Before the session you are asked there whether you are at your board."


def _others(program: Program, author: Author) -> list[Button]:
    """What else could be chosen."""
    times, place = author.choice.times, author.choice.place
    found = [
        button("Tell me at once", "choose", Times.AT_ONCE, place)
        if times is Times.DIGEST
        else button("Send lists instead", "choose", Times.DIGEST, place)
    ]
    if place is Place.THREAD or author.closed:
        found.append(button("Write to me directly", "choose", times, Place.DM))
    if place is Place.DM and has_threads(program):
        found.append(button("Mention me in the thread", "choose", times, Place.THREAD))
    return found


def there(program: Program, found: There, *, left: bool = False) -> Card:
    """An author is at their board, or left it."""
    session = found.session
    if left:
        text = f"## You left your board\n{line(session.title, 120)}: /posters no longer shows you there."
        again = button("I am at my board", "here", short(session.id), main=True)
        return Card((text,), buttons=(again,), shareable=False)
    until = f"until {stamp(session.end)} (venue {venue_time(session.end, program.event.tz)})"
    rows = [f"- {_board(poster)}**{line(poster.title, 150)}**" for poster in found.posters[:_SHOWN_MOST]]
    text = "\n".join(
        [
            f"## ✋ You are at your board\n{line(session.title, 120)}, {until}. Attendees see it in /posters.",
            *rows,
            *and_more(len(found.posters), len(rows)),
        ]
    )
    buttons = (button("I left my board", "left", short(session.id)), question_button("My questions", WAITING))
    return Card((text,), buttons=buttons, shareable=False)


def missing(
    program: Program,
    session: Session,
    now: datetime,
    absent: Sequence[tuple[Poster, Sequence[int]]],
    numbers: tuple[int, int, int],
    page: Page,
) -> Card:
    """Who is not at their board. ``absent``: the posters of this page, each with its authors; none: nobody claimed it.

    ``numbers`` of posters: somebody is there, nobody of its authors is, nobody claimed it.
    """
    present, away, unclaimed = numbers
    begins = "began" if session.start <= now else "begins"
    head = (
        f"## At the boards: {line(session.title, 120)}\n"
        f"It {begins} {stamp(session.start, 'R')}, at {stamp(session.start)} "
        f"(venue {venue_time(session.start, program.event.tz)}).\n"
        f"**{count(present, 'poster')}** with an author there · **{away}** without · **{unclaimed}** not claimed"
    )
    rows = [f"- {_board(poster)}**{line(poster.title, 120)}** · {_people(people)}" for poster, people in absent] or [
        "Somebody is at every board."
    ]
    turning = (Button(item.label, item.lookup, Does.AUTHOR, enabled=item.enabled) for item in page.buttons())
    others = [one for one in program.poster_sessions if one.id != session.id]
    options = tuple(
        Option(one.title, Lookup("missing", (short(one.id),)), venue_time(one.start, program.event.tz))
        for one in others[:25]
    )
    menu = Menu("Another session", options, Does.AUTHOR) if options else None
    return Card(
        (head, "\n".join(rows)),
        menu,
        (
            *turning,
            Button("Refresh", page.lookup.at(page.number), Does.AUTHOR),
            Button("Unanswered questions", Lookup(UNANSWERED, (short(session.id),)), Does.MODERATE),
        ),
        page.footer,
        shareable=False,
    )


def has_threads(program: Program) -> bool:
    """Whether the event names a forum in which posters have threads."""
    return "posters" in program.server.channels


def named_poster(poster: Poster) -> str:
    return f"**{line(poster.title, 150)}**"


def _people(people: Sequence[int]) -> str:
    if not people:
        return "not claimed"
    named = [f"<@{user_id}>" for user_id in people[:_SHOWN_MOST]]
    return ", ".join([*named, *and_more(len(people), len(named))])


def _board(poster: Poster) -> str:
    return f"Board {line(poster.board, 40)} · " if poster.board else ""


def people_of(posters: Sequence[Poster], authors: Sequence[Author]) -> Mapping[str, list[int]]:
    """Poster id -> the ids of its authors, for these posters."""
    found: dict[str, list[int]] = {poster.id: [] for poster in posters}
    for author in authors:
        for poster_id in author.posters:
            if poster_id in found:
                found[poster_id].append(author.user_id)
    return found
