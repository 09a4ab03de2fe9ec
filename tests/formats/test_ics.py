"""The calendar file, read back by the library and by hand."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from bot.domain.agenda import Star, StarKind, agenda, whole
from bot.domain.call import Deadline, DeadlineKind
from bot.domain.event import Link, Room
from bot.domain.program import Program
from bot.domain.sessions import Kind, Talk
from bot.formats.ics import calendar, clean
from tests.chat.samples import at, event, poster, program, session
from tests.large_event import large_event

MADE = at(20)
DUE = Deadline("call", "Papers", DeadlineKind.SUBMISSION, datetime(2025, 6, 2, 11, 59, tzinfo=UTC))


def written(of: Program, stars: list[Star] | None = None, **fields: int) -> bytes:
    found = whole(of, of.deadlines) if stars is None else agenda(of, stars)
    return calendar(of, found.items, name="Small", stamped=MADE, sequence=fields.get("sequence", 3))


def by_hand(file: bytes) -> list[dict[str, str]]:
    """RFC 5545 in a few lines: unfold, split at the first colon, take the backslashes off. Each VEVENT is a dict."""
    assert max(len(row) for row in file.split(b"\r\n")) <= 75
    assert b"\n" not in file.replace(b"\r\n", b"")
    rows = re.sub(r"\r\n[ \t]", "", file.decode("utf-8")).removesuffix("\r\n").split("\r\n")
    found: list[dict[str, str]] = []
    for row in rows:
        key, _, value = row.partition(":")
        if row == "BEGIN:VEVENT":
            found.append({})
        elif found and key != "END":
            found[-1][key] = re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)
    return found


def awkward() -> Program:
    """Every character that the format treats in its own way, in every text that reaches a file."""
    text = 'Semi; comma, back\\slash "quoted": ' + "ä" * 60 + " 🎤"
    hidden = "\u202etxt\u200b\x07"
    return program(
        event=event(rooms=(Room("main", f"Room; {text}{hidden}"),)),
        sessions=(
            session(1, 0, 60, Kind.ORAL, title=text + hidden, description=f"One.\nTwo; {text}", chairs=(text,)),
            session(2, 60, 90, Kind.INVITED_TALK, talks=(Talk("t", text, ("dawn",)),), cancelled=True),
        ),
        deadlines=(replace(DUE, title=text, note=text),),
    )


@pytest.mark.parametrize("of", [program(), awkward(), large_event(posters=20, sessions=40, speakers=30)])
def test_the_library_and_a_parser_by_hand_read_the_same(of: Program) -> None:
    file = written(of)
    read = Calendar.from_ical(file)
    assert [str(read[name]) for name in ("VERSION", "X-WR-CALNAME")] == ["2.0", "Small"]
    assert len(of.sessions) + len(of.deadlines) == len(read.walk("VEVENT"))
    for mine, theirs in zip(by_hand(file), read.walk("VEVENT"), strict=True):
        assert {key: str(theirs[key]) for key in ("UID", "SUMMARY", "DESCRIPTION", "STATUS")} == {
            key: mine[key] for key in ("UID", "SUMMARY", "DESCRIPTION", "STATUS")
        }
        assert datetime.strptime(mine["DTSTART"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) == theirs.decoded("DTSTART")
        assert (mine["SEQUENCE"], theirs["SEQUENCE"]) == ("3", 3)
        assert (mine["DTSTAMP"], theirs.decoded("DTSTAMP")) == ("20250428T162000Z", MADE)


@example("\\N \\n \\\\N \\; \\, \n")
@given(st.text(min_size=1, max_size=120))
def test_any_text_comes_back_as_it_was_but_for_what_hides(text: str) -> None:
    file = written(program(sessions=(session(1, 0, 10, title=text, description=text),), deadlines=()))
    (mine,), (theirs,) = by_hand(file), Calendar.from_ical(file).walk("VEVENT")
    assert (mine["SUMMARY"], str(theirs["SUMMARY"])) == (clean(text), clean(text))
    assert mine["DESCRIPTION"] == str(theirs["DESCRIPTION"])


def test_a_session_is_written_with_its_times_place_and_people() -> None:
    of = program(
        sessions=(
            session(
                2,
                10,
                50,
                Kind.INVITED_TALK,
                talks=(Talk("t2", "On Flows", ("dawn",), start=at(12)),),
                chairs=("Ann Lee",),
                materials=(Link("Slides", "https://slides.example"),),
            ),
        ),
        deadlines=(),
    )
    assert by_hand(written(of)) == [
        {
            "UID": "s2@small.usher",
            "SUMMARY": "Session 2: On Flows",
            "DESCRIPTION": "09:12 at the venue · On Flows · Dawn Song\nChair: Ann Lee\nSlides: https://slides.example\n"
            "Times and rooms may change: /schedule in the server has the latest.",
            "STATUS": "CONFIRMED",
            "LOCATION": "Main room, Hall, Vancouver",
            "DTSTAMP": "20250428T162000Z",
            "SEQUENCE": "3",
            "DTSTART": "20250428T161000Z",
            "DTEND": "20250428T165000Z",
        }
    ]


def test_a_deadline_has_no_length_and_names_its_zone() -> None:
    (found,) = by_hand(written(program(sessions=(), deadlines=(DUE,))))
    assert found == {
        "UID": "call.deadline@small.usher",
        "SUMMARY": "Due: Papers",
        "DESCRIPTION": "Due Sun 1 Jun 2025, 23:59 AoE (anywhere on Earth, UTC-12).",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "DTSTAMP": "20250428T162000Z",
        "SEQUENCE": "3",
        "DTSTART": "20250602T115900Z",
    }


def test_a_cancelled_session_is_told_to_calendars_and_to_readers() -> None:
    of = program(sessions=(session(1, 0, 10, cancelled=True),), deadlines=())
    (found,) = by_hand(written(of))
    assert (found["STATUS"], found["SUMMARY"], found["DESCRIPTION"].splitlines()[0]) == (
        "CANCELLED",
        "Cancelled: Session 1",
        "Cancelled.",
    )


def test_a_tentative_date_is_written_as_one() -> None:
    of = program(event=event(dates_tentative=True), deadlines=())
    assert {found["STATUS"] for found in by_hand(written(of))} == {"TENTATIVE"}


def test_an_entry_keeps_its_name_when_everything_else_changes() -> None:
    one, other = session(1, 0, 10), session(1, 300, 400, title="Moved", room=None, cancelled=True)
    files = [written(program(sessions=(slot,), deadlines=()), sequence=n) for n, slot in enumerate((one, other))]
    assert [(found["UID"], found["SEQUENCE"]) for file in files for found in by_hand(file)] == [
        ("s1@small.usher", "0"),
        ("s1@small.usher", "1"),
    ]


def test_talks_posters_and_what_has_no_time() -> None:
    talks = (Talk("t1", "On Flows", start=at(0), end=at(20)), Talk("t2", "On Bridges"))
    of = program(
        sessions=(session(1, 0, 60, talks=talks), session(4, 60, 90, Kind.POSTER)),
        posters=(poster(1, board="12"), poster(2)),
    )
    stars = [
        Star(StarKind.TALK, "t1"),
        *(Star(StarKind.POSTER, f"p{n}") for n in (1, 2)),
        Star(StarKind.SPEAKER, "dawn"),
    ]
    talk, posters = by_hand(written(of, stars))
    assert (talk["UID"], talk["SUMMARY"], talk["DTEND"]) == ("t1.talk@small.usher", "On Flows", "20250428T162000Z")
    assert talk["DESCRIPTION"].splitlines()[0] == "Part of Session 1."
    assert (posters["UID"], posters["DESCRIPTION"].splitlines()[:3]) == (
        "s4@small.usher",
        ["Posters to see:", "Poster 1 (board 12)", "Poster 2"],
    )


def test_a_file_holds_no_joining_link_and_nothing_that_hides() -> None:
    text = written(awkward()).decode()
    assert [word for word in ("stream.example", "secret", "\u202e", "\u200b", "\x07") if word in text] == []


def test_times_do_not_depend_on_the_zone_of_the_venue() -> None:
    here = by_hand(written(program()))
    there = by_hand(written(program(event=event(zone="Asia/Singapore"))))
    assert [found["DTSTART"] for found in here] == [found["DTSTART"] for found in there]
