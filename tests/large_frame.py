"""What a large event has whatever its size: names, place, texts, deadlines, channels and roles."""

from datetime import date, time, timedelta

from bot.domain.call import Deadline, DeadlineKind
from bot.domain.event import Event, FaqEntry, JoinLink, Link, Mode, RelatedWorkshop, Room, Server, Texts, Venue
from bot.domain.people import Group
from bot.domain.times import aoe
from tests import large_words as lists

FIRST_DAY = date(2027, 6, 7)
ZONE = "Europe/Lisbon"
SITE = "https://conference.example"


def server() -> Server:
    rooms = ("announcements", "schedule", "general", "posters", "questions", "organizers", "conduct")
    roles = {"attendees": "Attendee", "authors": "Author", "speakers": "Speaker", "reviewers": "Reviewer"}
    return Server({name: name for name in rooms}, {**roles, "organizers": "Organizer", "remind": "Remind me"})


def event(days: int, rooms: int) -> Event:
    return Event(
        id="large-2027",
        name="International Conference on Large Events",
        short_name="LARGE",
        zone=ZONE,
        first_day=FIRST_DAY,
        last_day=FIRST_DAY + timedelta(days=days - 1),
        dates_tentative=True,
        dates_source="The call for papers of January 2027.",
        aliases=("Large Events 2027", "ICLE"),
        parent="Conference Weeks 2027",
        tagline="Everything at once",
        description="A conference that does not exist, as large as conferences get.",
        website=SITE,
        contact=f"{SITE}/contact",
        audience="Researchers and engineers",
        expected_attendees="8000-10000",
        venue=Venue("Exhibition Centre", "Rua do Mar 1", "Lisbon", f"{SITE}/map"),
        rooms=tuple(
            Room(f"room-{number}", f"Room {number}" if number else "Poster Hall", f"Floor {number % 3}", "Step-free")
            for number in range(rooms)
        ),
        mode=Mode.HYBRID,
        how_to_attend="Come to the venue with your badge, or follow the stream.",
        joining=tuple(
            JoinLink(f"Link for {group}", f"https://stream.example/{group}", group, "Opens 30 minutes early.")
            for group in (Group.PUBLIC, Group.ATTENDEES, Group.SPEAKERS, Group.ORGANIZERS)
        ),
        materials=(Link("Proceedings", f"{SITE}/proceedings"), Link("Recordings", f"{SITE}/recordings")),
    )


def deadlines() -> list[Deadline]:
    kinds = (*DeadlineKind, DeadlineKind.SUBMISSION, DeadlineKind.REGISTRATION, DeadlineKind.OTHER)
    audiences = (Group.PUBLIC, Group.REVIEWERS, Group.PUBLIC, Group.AUTHORS, Group.ORGANIZERS, Group.SPEAKERS)
    return [
        Deadline(
            id=f"deadline-{number}",
            title=f"{kind.replace('_', ' ').capitalize()} {number + 1}",
            kind=kind,
            due=aoe(date(2027, 1, 10) + timedelta(days=12 * number)),
            audience=audiences[number % len(audiences)],
            opens=aoe(date(2027, 1, 1) + timedelta(days=12 * number), time(0, 0)),
            earlier=tuple(aoe(date(2027, 1, 5) + timedelta(days=12 * number + late)) for late in (0, 2)),
            note="Extended twice because of the storms.",
            url=f"{SITE}/dates/{number}",
        )
        for number, kind in enumerate(kinds)
    ]


def texts() -> Texts:
    return Texts(
        conduct="Be considerate. Harassment ends participation.",
        conduct_contact=f"{SITE}/conduct",
        diversity="Grants are given first to people who come for the first time.",
        materials_policy="Slides and recordings are captioned, and published within four weeks.",
        faq=tuple(FaqEntry(question, answer) for question, answer in lists.QUESTIONS),
        related=tuple(
            RelatedWorkshop(f"Workshop on {name}", f"Lisbon {2020 + place}", f"{SITE}/related/{place}", f"{short}.")
            for place, (name, short, _) in enumerate(lists.TOPICS[:8])
        ),
    )
