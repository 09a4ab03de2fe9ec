"""What is kept no longer, by which clock and from when on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.event import Event
from bot.domain.privacy.retention import Retention, Term, before, in_words

EVENT = Event("e", "Event", "Event", "America/Vancouver", date(2025, 4, 28), date(2025, 4, 29))
#: Midnight after the last day, in Vancouver.
OVER = datetime(2025, 4, 30, 7, tzinfo=UTC)
NOW = datetime(2025, 5, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize("term", [Term.PERSONAL, Term.PICTURES])
def test_what_is_kept_after_the_event_goes_all_at_once_when_its_days_at_the_venue_are_over(term: Term) -> None:
    at = OVER + timedelta(days=30)
    assert before(Retention(), term, EVENT, at - timedelta(seconds=1)) is None
    assert before(Retention(), term, EVENT, at) == at


@pytest.mark.parametrize(("term", "days"), [(Term.MESSAGES, 30), (Term.AUDIT, 180), (Term.DRAFTS, 7)])
def test_all_else_goes_when_it_is_old(term: Term, days: int) -> None:
    assert before(Retention(), term, EVENT, NOW) == NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("term", "days", "said"),
    [
        (Term.PERSONAL, 30, "until 30 days after the event"),
        (Term.PICTURES, 1, "until 1 day after the event"),
        (Term.AUDIT, 180, "for 180 days"),
        (Term.DRAFTS, 1, "for 1 day"),
    ],
)
def test_the_words_say_how_long(term: Term, days: int, said: str) -> None:
    assert in_words(Retention(**{term.value: timedelta(days=days)}), term) == said
