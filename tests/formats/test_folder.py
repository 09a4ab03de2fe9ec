"""A valid folder as values: everything that is written arrives, once, in the domain's terms."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.call import Deadline, DeadlineKind, Submission, SubmissionFormat, Topic
from bot.domain.event import Event, FaqEntry, JoinLink, Link, Mode, RelatedWorkshop, Room, Texts, Venue
from bot.domain.people import Group
from bot.domain.program import Organizer, Poster, Program, Speaker
from bot.domain.sessions import Kind, Session, Talk
from bot.formats.fingerprint import fingerprint
from tests.formats.folders import edited, read, small_folder


def program_of(files: dict[str, str]) -> Program:
    program = read(files).program
    assert program is not None
    return program


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=UTC)


def test_read_folder_event() -> None:
    assert program_of(small_folder()).event == Event(
        id="ocean-2025",
        name="Workshop on Ocean Models",
        short_name="Ocean",
        zone="America/Vancouver",
        first_day=date(2025, 4, 28),
        last_day=date(2025, 4, 29),
        website="https://example.org/ocean",
        venue=Venue("Harbour Hall", city="Vancouver"),
        rooms=(Room("hall", "Great Hall"), Room("annex", "Annex")),
        mode=Mode.HYBRID,
        joining=(JoinLink("Stream", "https://example.org/stream", Group.ATTENDEES),),
    )


def test_read_folder_sessions_are_instants_in_order() -> None:
    sessions = program_of(small_folder()).sessions
    assert [session.id for session in sessions] == ["opening", "invited", "posters-1", "tutorial", "posters-2"]
    assert sessions[1] == Session(
        id="invited",
        title="Invited Talk",
        kinds=(Kind.INVITED_TALK,),
        start=utc(4, 28, 16, 30),
        end=utc(4, 28, 17, 30),
        room="hall",
        chairs=("Ines Aldana",),
        talks=(Talk("tides", "Tides and Tokens", ("maya",), start=utc(4, 28, 16, 30), end=utc(4, 28, 17, 15)),),
    )
    assert (sessions[2].kinds, sessions[3].kinds) == ((Kind.POSTER, Kind.BREAK), (Kind.TUTORIAL,))


def test_read_folder_people() -> None:
    program = program_of(small_folder())
    assert program.speakers == (
        Speaker("tomas", "Tomas Ferreira", confirmed=False, sort_name="Ferreira, Tomas"),
        Speaker(
            "maya",
            "Maya Lindqvist",
            confirmed=True,
            sort_name="Lindqvist, Maya",
            affiliation="Coast University",
            bio="She models tides.",
            website="https://example.org/maya",
        ),
    )
    assert program.organizers == (Organizer("ines", "Ines Aldana", "Aldana, Ines", duty="Programme"),)


def test_read_folder_deadlines_are_anywhere_on_earth() -> None:
    assert program_of(small_folder()).deadlines == (
        Deadline("papers", "Papers due", DeadlineKind.SUBMISSION, due=utc(2, 2, 11, 59), earlier=(utc(1, 26, 11, 59),)),
        Deadline(
            "reviews", "Reviews due", DeadlineKind.REVIEW, utc(2, 21, 11, 59), Group.REVIEWERS, opens=utc(2, 3, 12)
        ),
        Deadline("decisions", "Decisions", DeadlineKind.NOTIFICATION, utc(3, 2, 11, 59)),
    )


def test_read_folder_topics_and_submission() -> None:
    program = program_of(small_folder())
    assert program.topics == (
        Topic("currents", "Currents", "Currents", "Theory"),
        Topic("diffusion", "Diffusion of Heat and Salt", "Diffusion", "Methods"),
    )
    assert program.submission == Submission(
        "https://example.org/submit", (SubmissionFormat("short", "Short paper", 4),), ("One file.",)
    )


def test_read_folder_posters() -> None:
    assert program_of(small_folder()).posters == (
        Poster(
            id="p1",
            title="Salt Fingers at Depth",
            authors=("Maya Lindqvist", "Jonas Berg"),
            topics=("currents", "diffusion"),
            topics_provisional=True,
            format="short",
            board="A1",
            session="posters-1",
            links=(Link("Paper page", "https://example.org/p1"),),
        ),
        Poster("p2", "Drift, Slowly", ("Aiko Tanabe",), ("diffusion",), format="short"),
        Poster("p3", "Learning the Gulf Stream", ("Pedro Salgado",), ("currents",), session="posters-2"),
    )


def test_read_folder_says_how_soon_a_report_is_read() -> None:
    folder = dict(small_folder())
    assert program_of(folder).texts.conduct_response_hours == 24
    folder["texts.yaml"] = "conduct:\n  response_hours: 12\n"
    assert program_of(folder).texts.conduct_response_hours == 12


def test_read_folder_texts_and_server() -> None:
    program = program_of(small_folder())
    assert program.texts == Texts(
        conduct="Be kind.",
        conduct_contact="https://example.org/conduct",
        faq=(FaqEntry("Is there coffee?", "Yes, in the annex."),),
        related=(RelatedWorkshop("Workshop on Rivers", "Lisbon 2024"),),
    )
    assert dict(program.server.channels) == {"announcements": "announcements"}
    assert dict(program.server.roles) == {"organizers": "Organizer"}


def test_read_folder_another_zone_line_moves_every_session_and_nothing_else() -> None:
    here = program_of(small_folder())
    there = program_of(edited(small_folder(), "event.yaml", "zone: America/Vancouver", "zone: Asia/Singapore"))
    moved = timedelta(hours=-15)
    assert [session.start for session in there.sessions] == [session.start + moved for session in here.sessions]
    assert [session.end for session in there.sessions] == [session.end + moved for session in here.sessions]
    assert there.sessions[1].talks[0].start == utc(4, 28, 1, 30)
    assert [there.day_of(session) for session in there.sessions] == [here.day_of(session) for session in here.sessions]
    assert (there.deadlines, there.posters, there.speakers) == (here.deadlines, here.posters, here.speakers)


@pytest.mark.parametrize("word", ["TBA", "tbd", "to be announced", '"-"', '""', "~", ""])
def test_read_folder_unknown_yet_is_none(word: str) -> None:
    files = edited(small_folder(), "sessions.yaml", "title: Tides and Tokens", f"title: {word}")
    talk = program_of(edited(files, "sessions.yaml", "speakers: [maya]", f"speakers: {word}")).sessions[1].talks[0]
    assert (talk.title, talk.speakers) == (None, ())


@pytest.mark.parametrize(
    "written",
    ["2025-04-28", "28 Apr 2025", "April 28, 2025", "Mon 2025-04-28", "Monday, 28 April 2025", "mon. 28 Apr. 2025"],
)
def test_read_folder_dates_in_every_notation(written: str) -> None:
    files = edited(small_folder(), "event.yaml", "Mon 2025-04-28", f'"{written}"')
    assert program_of(files).event.first_day == date(2025, 4, 28)


def test_read_folder_words_stay_words() -> None:
    """YAML would make a truth value, a number of minutes and a float of these."""
    files = edited(small_folder(), "event.yaml", "name: Annex", "name: no")
    files = edited(files, "event.yaml", "mode: hybrid", "mode: hybrid\ntagline: 1e3\naudience: 09:10")
    event = program_of(files).event
    assert (event.rooms[1].name, event.tagline, event.audience) == ("no", "1e3", "09:10")


def test_read_folder_talk_after_midnight_is_on_the_next_day() -> None:
    files = edited(small_folder(), "sessions.yaml", "start: 09:00\n    end: 10:00", """start: 23:00
    end: 01:00
    ends_next_day: true
    talks: [{id: late, start: 00:15, end: 00:45}]""")  # fmt: skip
    (talk,) = program_of(files).sessions[-1].talks
    assert (talk.start, talk.end) == (utc(4, 30, 7, 15), utc(4, 30, 7, 45))


def test_read_folder_without_a_date_leaves_out_and_keeps_the_posters() -> None:
    files = edited(small_folder(), "sessions.yaml", "day: 2025-04-29\n    start: 09:00", "day: TBA\n    start: 09:00")
    program = program_of(files)
    assert [session.id for session in program.sessions] == ["opening", "invited", "posters-1", "tutorial"]
    assert program.posters[2].session is None


def test_read_folder_texts_are_cleaned_and_names_of_things_are_not() -> None:
    files = small_folder()
    for file, old, new in (
        ("event.yaml", "id: annex", "id: annex--b"),
        ("sessions.yaml", "room: annex\n  - id: posters-2", "room: annex--b\n  - id: posters-2"),
        ("sessions.yaml", "end: 10:00\n    room: annex", "end: 10:00\n    room: annex--b"),
        ("posters.csv", "Learning the Gulf Stream", "The {Gulf} Stream -- in $\\mathbb{R}^3$"),
    ):
        files = edited(files, file, old, new)
    program = program_of(files)
    assert program.sessions[-1].room == "annex--b"
    assert program.posters[2].title == "The Gulf Stream – in R³"


def test_read_folder_lines_count_through_cells_with_line_breaks() -> None:
    files = edited(small_folder(), "posters.csv", '"Drift, Slowly"', '"Drift,\nSlowly"')
    assert program_of(files).posters[1].title == "Drift, Slowly"
    (found,) = read(edited(files, "posters.csv", ",posters-2,", ",posters-9,")).problems
    assert (found.line, found.problem.record) == (5, "p3")


def test_read_folder_line_endings_of_windows_change_nothing() -> None:
    files = small_folder()
    assert program_of({name: text.replace("\n", "\r\n") for name, text in files.items()}) == program_of(files)


def test_read_folder_is_all_or_nothing() -> None:
    reading = read(edited(small_folder(), "texts.yaml", "where:", "were:"))
    assert (reading.program, reading.unreadable) == (None, False)
    assert reading.counts["posters"] == 3


@pytest.mark.parametrize("files", [{}, {"posters.csv": "id,title,authors\n"}, {"event.yaml": "]"}])
def test_read_folder_unreadable(files: dict[str, str]) -> None:
    reading = read(files)
    assert (reading.program, reading.unreadable) == (None, True)


def test_fingerprint_differs_with_names_and_bytes() -> None:
    a, b, c = "a.yaml", "b.yaml", "c.csv"
    assert fingerprint({a: b"1", b: b"2"}) == fingerprint({b: b"2", a: b"1"})
    others = [{a: b"1", b: b"3"}, {a: b"1", c: b"2"}, {a: b"1b", "b.csv": b"2"}, {a: b"1"}, {}]
    assert len({fingerprint(files) for files in [{a: b"1", b: b"2"}, *others]}) == 6


def test_fingerprint_knows_nothing_of_a_database_in_the_folder() -> None:
    files = {"event.yaml": b"1"}
    assert fingerprint({**files, "usher.db": b"", "usher.db-wal": b""}) == fingerprint(files)


@pytest.mark.parametrize("written", ["2025-02-01 17:00", "1 February 2025, 17:00", "Sat 1 Feb 2025 at 17:00"])
def test_read_folder_a_date_with_a_time(written: str) -> None:
    files = edited(small_folder(), "deadlines.yaml", "due: 2025-02-01 23:59", f"due: {written}")
    assert program_of(files).deadlines[0].due == utc(2, 2, 5)
