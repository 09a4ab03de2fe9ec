"""Values as text, and back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.domain.changes.change import Field
from bot.domain.changes.written import instant, listed, read_instant, read_listed, read_span, span, value_of
from tests.chat.samples import at, session


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2025, 4, 28, 16, 0, tzinfo=UTC), "2025-04-28T16:00:00Z"),
        (datetime(2025, 4, 28, 9, 0, 30, tzinfo=timezone(timedelta(hours=-7))), "2025-04-28T16:00:30Z"),
    ],
)
def test_an_instant_is_written_in_utc_and_read_back(moment: datetime, text: str) -> None:
    assert instant(moment) == text
    assert read_instant(text) == moment


def test_a_span_is_read_back() -> None:
    assert read_span(span(at(10), at(50))) == (at(10), at(50))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Invalid isoformat string: ''"),
        ("soon", "Invalid isoformat string: 'soon'"),
        ("2025-04-28T16:00:00Z", "Invalid isoformat string: ''"),
        ("2025-04-28T16:00:00/2025-04-28T17:00:00", "2025-04-28T16:00:00 names no zone"),
    ],
)
def test_a_span_without_two_instants_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_span(text)


@pytest.mark.parametrize("title", ["On Flows", ""])
def test_what_came_or_went_is_read_back(title: str) -> None:
    assert read_listed(listed(span(at(10), at(50)), title)) == (span(at(10), at(50)), title)


def test_values_of_a_session() -> None:
    one = session(2, 10, 50, cancelled=True)
    fields = (Field.TIME, Field.ROOM, Field.CANCELLED)
    assert [value_of(one, field) for field in fields] == [span(at(10), at(50)), "main", "yes"]
    with pytest.raises(ValueError, match="title of a session cannot be edited"):
        value_of(one, Field.TITLE)
