"""A large conference with every field filled, always the same for the same arguments: for tests and benchmarks."""

from collections.abc import Iterator, Mapping
from datetime import time, timedelta
from itertools import count, islice, product
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.call import Submission, SubmissionFormat, Topic
from bot.domain.event import JoinLink, Link, Mode
from bot.domain.folding import fold
from bot.domain.people import Group
from bot.domain.program import Organizer, Poster, Program, Speaker
from bot.domain.sessions import Kind, Session, Talk
from bot.domain.times import localize
from tests import large_frame as frame
from tests import large_words as lists
from tests.event_folder import folder_of
from tests.large_frame import FIRST_DAY, SITE, ZONE

#: The venue's times at which sessions start; each lasts 90 minutes.
STARTS = (time(8, 30), time(10, 15), time(12, 0), time(13, 45), time(15, 30), time(17, 15))
LENGTH = timedelta(minutes=90)
#: In the middle of a session of the first day: what benchmarks and tests call now.
MIDDLE = localize(FIRST_DAY, time(12, 30), ZoneInfo(ZONE))
_FILLED_KINDS = (Kind.INVITED_TALK, Kind.ORAL, Kind.TUTORIAL, Kind.PANEL, Kind.DISCUSSION, Kind.ORAL)


def large_event(
    posters: int = 5000, sessions: int = 300, speakers: int = 2000, days: int = 5, seed: int = 1
) -> Program:
    """A programme of this size. Every speaker has one talk, and no room or person is needed twice at once."""
    random = Random(seed)
    names = _names(random)
    people = [_speaker(random, number, next(names)) for number in range(speakers)]
    slots = _slots(sessions, days)
    poster_sessions = [f"session-{number}" for number, slot in enumerate(slots) if slot[2] == 0]
    shown = _posters(random, posters, poster_sessions)
    programme = [
        _session(random, number, slot, [speaker.id for speaker in people[number::sessions]], shown, next(names))
        for number, slot in enumerate(slots)
    ]
    return Program(
        event=frame.event(days, rooms=1 + max(slot[2] for slot in slots)),
        sessions=tuple(sorted(programme, key=lambda session: session.start)),
        speakers=tuple(sorted(people, key=lambda speaker: fold(speaker.sort_name))),
        organizers=tuple(_organizer(number, next(names)) for number in range(30)),
        deadlines=tuple(sorted(frame.deadlines(), key=lambda deadline: deadline.due)),
        topics=tuple(
            Topic(f"topic-{number}", name, short, group, f"Work on {name.lower()}, in every form.")
            for number, (name, short, group) in enumerate(lists.TOPICS, start=1)
        ),
        submission=Submission(
            f"{SITE}/submit",
            (
                SubmissionFormat("long", "Long paper", 9, "references and appendices", "Archival."),
                SubmissionFormat("short", "Short paper", 4, "references", "Work in progress is welcome."),
            ),
            ("Submit a single PDF.", "Nothing that was published before."),
        ),
        posters=tuple(shown),
        texts=frame.texts(),
        server=frame.server(),
    )


def large_folder(
    posters: int = 5000, sessions: int = 300, speakers: int = 2000, days: int = 5, seed: int = 1
) -> Mapping[str, bytes]:
    """``large_event`` as an organizer's folder: file name -> content."""
    return folder_of(large_event(posters, sessions, speakers, days, seed))


def _names(random: Random) -> Iterator[tuple[str, str]]:
    """Full names, none twice while there are combinations left."""
    pairs = list(product(lists.GIVEN_NAMES, lists.FAMILY_NAMES))
    random.shuffle(pairs)
    yield from pairs
    yield from ((f"{given} {random.choice('ABCDEFG')}.", family) for _ in count() for given, family in pairs)


def _slots(sessions: int, days: int) -> list[tuple[int, time, int]]:
    """(day, start, room) of every session, day after day; room 0 is where posters hang."""
    rooms = -(-sessions // (days * len(STARTS)))
    return list(islice(product(range(days), STARTS, range(rooms)), sessions))


def _speaker(random: Random, number: int, name: tuple[str, str]) -> Speaker:
    given, family = name
    where = random.choice(lists.AFFILIATIONS)
    areas = tuple(_spaced(word) for word in random.sample(lists.TASKS, 2))
    return Speaker(
        id=f"speaker-{number}",
        name=f"{given} {family}",
        confirmed=number % 9 != 0,
        sort_name=f"{family} {given}",
        position=random.choice(("Professor", "Researcher", "Doctoral student", "Engineer")),
        affiliation=where,
        areas=areas,
        bio=f"{given} {family} works at {where} on {areas[0].lower()} and {areas[1].lower()}.",
        website=f"https://people.example/{number}",
        aliases=(f"{given[0]}. {family}",),
    )


def _organizer(number: int, name: tuple[str, str]) -> Organizer:
    given, family = name
    return Organizer(
        id=f"organizer-{number}",
        name=f"{given} {family}",
        sort_name=f"{family} {given}",
        position="Professor",
        affiliation=lists.AFFILIATIONS[number % len(lists.AFFILIATIONS)],
        duty=("General chair", "Programme chair", "Local chair", "Publicity chair")[number % 4],
        website=f"https://people.example/organizer-{number}",
        aliases=(f"{given[0]}. {family}",),
    )


def _session(
    random: Random,
    number: int,
    slot: tuple[int, time, int],
    speakers: list[str],
    posters: list[Poster],
    chair: tuple[str, str],
) -> Session:
    day, wall, room = slot
    start = localize(FIRST_DAY + timedelta(days=day), wall, ZoneInfo(ZONE))
    kinds = (Kind.POSTER, Kind.BREAK) if room == 0 else (_FILLED_KINDS[number % len(_FILLED_KINDS)],)
    step = LENGTH // max(1, len(speakers))
    step -= timedelta(seconds=step.total_seconds() % 60)
    talks = tuple(
        Talk(
            id=f"talk-{number}-{place}",
            title=_title(random, number * 100 + place),
            speakers=(speaker,),
            presenters=(" ".join(random.choice(names) for names in (lists.GIVEN_NAMES, lists.FAMILY_NAMES)),),
            abstract=_abstract(random),
            poster=posters[(number * 17 + place) % len(posters)].id if posters else None,
            start=start + place * step,
            end=start + (place + 1) * step,
            materials=(Link("Slides", f"https://slides.example/{number}/{place}"),),
        )
        for place, speaker in enumerate(speakers)
    )
    subject = lists.TOPICS[number % len(lists.TOPICS)][0]
    return Session(
        id=f"session-{number}",
        title=f"Posters {day + 1}.{STARTS.index(wall) + 1}" if room == 0 else f"{subject} {number}",
        kinds=kinds,
        start=start,
        end=start + LENGTH,
        room=f"room-{room}",
        track=lists.TRACKS[room % len(lists.TRACKS)],
        chairs=(" ".join(chair),),
        talks=talks,
        description=f"Talks and posters on {subject.lower()}.",
        links=(Link("Stream", f"https://stream.example/session-{number}"),),
        materials=(Link("Recording", f"https://video.example/session-{number}"),),
        mode=Mode.HYBRID,
        joining=(JoinLink("Call", f"https://call.example/session-{number}", Group.ATTENDEES),),
    )


def _posters(random: Random, number: int, sessions: list[str]) -> list[Poster]:
    return [
        Poster(
            id=f"paper{place:05}",
            title=_title(random, 1_000_000 + place),
            authors=tuple(
                dict.fromkeys(
                    f"{random.choice(lists.GIVEN_NAMES)} {random.choice(lists.FAMILY_NAMES)}"
                    for _ in range(random.randint(2, 6))
                )
            ),
            topics=tuple(f"topic-{topic}" for topic in random.sample(range(1, len(lists.TOPICS) + 1), 2)),
            topics_provisional=place % 2 == 0,
            decision=("Accept (oral)", "Accept (spotlight)", "Accept (poster)")[min(2, place % 20)],
            format=("long", "short")[place % 2],
            board=f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[place % 26]}-{place // 26 + 1}",
            session=sessions[place % len(sessions)] if sessions else None,
            award="Outstanding paper" if place % 500 == 0 else "Honourable mention",
            links=tuple(
                Link(label, f"https://papers.example/paper{place:05}/{label.split()[0].lower()}")
                for label in ("Paper page", "PDF", "Slides", "Poster", "Video")
            ),
            abstract=_abstract(random),
        )
        for place in range(number)
    ]


def _title(random: Random, seed: int) -> str:
    """A title with a coined name, so that no two are the same and rare words are as common as in real lists."""
    coined = "".join(Random(seed).choices(lists.SYLLABLES, k=3)).capitalize()
    first, second = (_spaced(word) for word in random.sample(lists.OBJECTS, 2))
    how, also = random.sample(lists.METHODS, 2)
    where = _spaced(random.choice(lists.TASKS))
    return random.choice(
        (
            f"{coined}: {how} {first} for {where}",
            f"{how} {first} Meet {also} {second}: {coined} in {where}",
            f"{coined}, or When {first} Fail in {where}",
            f"On the {also} Limits of {first} and {second} ({coined})",
            f"{how} and {also} {first} with {coined} {second}",
            f"{coined}–{second}: Learning {also} {first} from {where}",
            f"Towards {how} {second} for {where} via {coined}",
            f"Do {first} Need {second}? {coined} Revisits {where}",
        )
    )


def _abstract(random: Random) -> str:
    first, second, third = (_spaced(word).lower() for word in random.sample(lists.OBJECTS, 3))
    where = _spaced(random.choice(lists.TASKS)).lower()
    return (
        f"We study {first} where {where} asks for more than {second} can give. A bound on the error of {third} "
        f"follows from two mild conditions, and the resulting method needs {random.randint(2, 40)} times fewer steps. "
        f"On {random.randint(3, 30)} data sets from {where} it improves on the best known results. "
        f"We also report where it fails, and release all code and data."
    )


def _spaced(word: str) -> str:
    return word.replace("-", " ")
