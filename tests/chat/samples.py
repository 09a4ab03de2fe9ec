"""A small programme, a reader and a question: factories for tests of answers."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.chat.ask import Ask, CommandLine
from bot.chat.lookup import Lookup
from bot.domain.call import Deadline, DeadlineKind, Submission, SubmissionFormat, Topic
from bot.domain.event import Event, JoinLink, Link, Mode, Room, Server, Texts, Venue
from bot.domain.people import Actor, Group
from bot.domain.program import Poster, Program, Speaker
from bot.domain.search import Index
from bot.domain.sessions import Kind, Session, Talk

#: 09:00 on the wall in Vancouver, in daylight saving time.
NINE = datetime(2025, 4, 28, 16, 0, tzinfo=UTC)

ATTENDEE = Actor(1, frozenset({Group.PUBLIC, Group.ATTENDEES}))
SPEAKER = Actor(2, frozenset({Group.PUBLIC, Group.ATTENDEES, Group.SPEAKERS}))
ORGANIZER = Actor(3, frozenset({Group.PUBLIC, Group.ATTENDEES, Group.ORGANIZERS}))
STRANGER = Actor(4)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def session(number: int, start: int, end: int, *kinds: Kind, **fields: Any) -> Session:
    values: dict[str, Any] = {"title": f"Session {number}", "kinds": kinds or (Kind.OTHER,), "room": "main", **fields}
    return Session(id=f"s{number}", start=at(start), end=at(end), **values)


def speaker(name: str, *, confirmed: bool = True, **fields: Any) -> Speaker:
    return Speaker(id=name.split()[0].lower(), name=name, confirmed=confirmed, sort_name=name.split()[-1], **fields)


def poster(number: int, **fields: Any) -> Poster:
    values: dict[str, Any] = {"title": f"Poster {number}", "authors": (f"Author {number}",), **fields}
    return Poster(id=f"p{number}", **values)


def event(**fields: Any) -> Event:
    values: dict[str, Any] = {
        "id": "small",
        "name": "Small Workshop",
        "short_name": "Small",
        "zone": "America/Vancouver",
        "first_day": date(2025, 4, 28),
        "last_day": date(2025, 4, 28),
        "venue": Venue("Hall", city="Vancouver"),
        "rooms": (Room("main", "Main room"),),
        "mode": Mode.HYBRID,
        "joining": (
            JoinLink("Website", "https://small.example", Group.PUBLIC),
            JoinLink("Stream", "https://stream.example/secret-a", Group.ATTENDEES),
            JoinLink("Green room", "https://stream.example/secret-s", Group.SPEAKERS),
        ),
        "materials": (Link("Papers", "https://papers.example"),),
        **fields,
    }
    return Event(**values)


def program(**fields: Any) -> Program:
    values: dict[str, Any] = {
        "event": event(),
        "sessions": (
            session(1, 0, 10, Kind.OPENING),
            session(2, 10, 50, Kind.INVITED_TALK, talks=(Talk("t2", "On Flows", ("dawn",)),)),
            session(3, 50, 90, Kind.INVITED_TALK, talks=(Talk("t3"),)),
            session(4, 120, 180, Kind.POSTER, Kind.BREAK),
        ),
        "speakers": (speaker("Dawn Song"), speaker("Yang Song", confirmed=False)),
        "posters": tuple(poster(number, topics=("flows",)) for number in range(1, 24)),
        "topics": (Topic("flows", "Flow matching", "Flows", "Theory"),),
        "deadlines": (
            Deadline("call", "Paper submission", DeadlineKind.SUBMISSION, at(60 * 24), earlier=(at(60),)),
            Deadline("review", "Reviews", DeadlineKind.REVIEW, at(60 * 48), Group.REVIEWERS),
        ),
        "submission": Submission(
            "https://portal.example", (SubmissionFormat("short", "Short paper", 4),), ("One PDF.",)
        ),
        "texts": Texts(conduct="Be kind.", conduct_contact="Tell an organizer."),
        "server": Server(),
        **fields,
    }
    return Program(**values)


def ask(lookup: Lookup, minutes: int = 20, *, actor: Actor = ATTENDEE, of: Program | None = None) -> Ask:
    chosen = of or program()
    return Ask(lookup, chosen, Index.of(chosen), at(minutes), actor, (CommandLine("now", "What is on"),))


def lowest(_: int) -> int:
    """What is drawn for the numbers of cases: 100, 101 and on."""
    return 0
