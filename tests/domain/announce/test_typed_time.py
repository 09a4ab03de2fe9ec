"""Times as organizers type them: read in the venue's zone, and asked back where they are unclear."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.announce.announcement import Repeat, When
from bot.domain.announce.typed_time import UnclearTimeError, instant_of
from bot.domain.announce.typed_when import repeat_of, when_of
from bot.domain.sessions import Kind, Session

ZONE = ZoneInfo("America/Vancouver")
#: Monday, 28 April 2025, 12:40 at the venue.
NOW = datetime(2025, 4, 28, 19, 40, tzinfo=UTC)


def venue(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


CLEAR = {
    "15:00": "2025-04-28T15:00",
    "at 15:00": "2025-04-28T15:00",
    "15.30": "2025-04-28T15:30",
    "15h05": "2025-04-28T15:05",
    "3pm": "2025-04-28T15:00",
    "3:30 pm": "2025-04-28T15:30",
    "3 p.m.": "2025-04-28T15:00",
    "12:50 pm": "2025-04-28T12:50",
    "tonight 19:00": "2025-04-28T19:00",
    "tomorrow 3pm": "2025-04-29T15:00",
    "tomorrow at 9:30": "2025-04-29T09:30",
    "9:30 tomorrow": "2025-04-29T09:30",
    "tomorrow 12am": "2025-04-29T00:00",
    "tomorrow 03:00": "2025-04-29T03:00",
    "Mon 15:00": "2025-04-28T15:00",
    "wednesday 8:00": "2025-04-30T08:00",
    "28 Apr 15:00": "2025-04-28T15:00",
    "1 May 10:00": "2025-05-01T10:00",
    "3 March 2026 10:00": "2026-03-03T10:00",
    "3 March 10:00": "2026-03-03T10:00",
    "2025-04-28 15:00": "2025-04-28T15:00",
    "2025-04-28T15:00": "2025-04-28T15:00",
    "in 20 minutes": "2025-04-28T13:00",
    "+20m": "2025-04-28T13:00",
    "in 1 h": "2025-04-28T13:40",
}


@pytest.mark.parametrize("typed", CLEAR)
def test_what_is_clear_is_read_in_the_zone_of_the_venue(typed: str) -> None:
    assert instant_of(typed, ZONE, NOW) == venue(CLEAR[typed])


def test_an_instant_with_its_own_zone_is_itself() -> None:
    assert instant_of("2025-04-28T20:00Z", ZONE, NOW) == datetime(2025, 4, 28, 20, tzinfo=UTC)


UNCLEAR = {
    "11:00": "is past: it is 12:40 on Mon 28 Apr at the venue. Choose a later time, such as tomorrow 11:00.",
    "3:00": "Is “3:00” in the morning or in the afternoon? Write 03:00 or 15:00.",
    "3": "Is “3” in the morning or in the afternoon? Write 03:00 or 15:00.",
    "25:00": "“25:00” is no time of a day. Write 15:00 or 3pm.",
    "15pm": "“15pm” is no time of a day. Write 15:00 or 3pm.",
    "soon": "“soon” is not a time that I can read.",
    "31 Feb 10:00": "“31 Feb 10:00” names a day that does not exist.",
    "2025-04-29": "“2025-04-29” names a day and no time. Write 2025-04-29 15:00.",
    "2025-11-02 01:30": "01:30 on 2025-11-02 happens twice in America/Vancouver",
    "2026-03-08 02:30": "02:30 on 2026-03-08 does not exist in America/Vancouver",
    "2027-01-01 10:00": "“2027-01-01 10:00” is more than a year ahead.",
    "@everyone": "“@everyone” is not a time that I can read.",
}


@pytest.mark.parametrize("typed", UNCLEAR)
def test_what_is_unclear_is_asked_back(typed: str) -> None:
    with pytest.raises(UnclearTimeError) as asked:
        instant_of(typed, ZONE, NOW)
    assert UNCLEAR[typed] in str(asked.value)


LUNCH = Session("lunch", "Lunch", (Kind.LUNCH,), venue("2025-04-28T12:45"), venue("2025-04-28T13:45"))
TALK = Session("talk-3", "Invited Talk 3", (Kind.INVITED_TALK,), venue("2025-04-28T11:20"), venue("2025-04-28T11:55"))


def find(words: str) -> Session | None:
    return next((one for one in (LUNCH, TALK) if words.lower() in one.title.lower()), None)


BY_SESSION = {
    "": When(),
    "Now": When(),
    "15:00": When(at=venue("2025-04-28T15:00")),
    "5 min after Lunch": When(session="lunch", offset=timedelta(minutes=5), from_end=True),
    "10 minutes before the end of lunch": When(session="lunch", offset=timedelta(minutes=-10), from_end=True),
    "at the start of lunch": When(session="lunch"),
    "after the start of lunch": When(session="lunch"),
    "at the end of the lunch": When(session="lunch", from_end=True),
    "at 15:00": When(at=venue("2025-04-28T15:00")),
}


@pytest.mark.parametrize("typed", BY_SESSION)
def test_a_session_may_say_when(typed: str) -> None:
    assert when_of(typed, ZONE, find, NOW) == BY_SESSION[typed]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("10 min before the keynote", "It is not clear which session “keynote” is."),
        ("at the start of invited talk 3", "is past"),
        ("10 min before lunch", "is past"),
    ],
)
def test_a_session_that_is_unknown_or_past_is_asked_back(typed: str, asked: str) -> None:
    with pytest.raises(UnclearTimeError, match=asked):
        when_of(typed, ZONE, find, NOW)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Repeat()),
        ("once", Repeat()),
        ("3 times every 20 minutes", Repeat(3, timedelta(minutes=20))),
        ("every 20 min 3x", Repeat(3, timedelta(minutes=20))),
        ("every 30 minutes until 14:00", Repeat(3, timedelta(minutes=30), venue("2025-04-28T14:00"))),
    ],
)
def test_how_often(typed: str, meant: Repeat) -> None:
    assert repeat_of(typed, ZONE, NOW, NOW) == meant


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("often", "does not say how often"),
        ("3 times", "does not say how often"),
        ("3 times every 1 minute", "At least 5 minutes"),
        ("90 times every 10 minutes", "That would be 90 times. At most 20 are possible."),
        ("every 10 minutes until 11:00", "is past"),
        ("every 10 minutes until soon", "is not a time"),
    ],
)
def test_how_often_is_asked_back(typed: str, asked: str) -> None:
    with pytest.raises(UnclearTimeError, match=asked):
        repeat_of(typed, ZONE, NOW, NOW)


@given(st.text(max_size=60) | st.from_regex(r"(tomorrow |mon )?[0-9]{1,4}[:.h ][0-9]{0,3} ?(am|pm)?", fullmatch=True))
def test_whatever_is_typed_is_a_time_to_come_or_asked_back(typed: str) -> None:
    try:
        found = when_of(typed, ZONE, find, NOW)
    except UnclearTimeError:
        return
    assert found == When() or found.session is not None or (found.at is not None and found.at > NOW)
