"""How long what is stored about people is kept: an organizer's choice, with defaults that suit a workshop."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.domain.event import Event


class Term(StrEnum):
    """What decides how long something is kept. The values are the names of the fields below, and of privacy.yaml."""

    PERSONAL = "personal"
    MESSAGES = "messages"
    AUDIT = "audit"
    DRAFTS = "drafts"
    PICTURES = "pictures"
    CASES = "cases"


#: What is kept after the event's last day. All else is kept after it was written, or after what was said was said.
AFTER_EVENT = frozenset({Term.PERSONAL, Term.PICTURES})


class Retention(Struct, frozen=True):
    """Whole days. ``personal``: agendas, choices, votes, shared answers and names beside questions and answers.

    ``messages`` are records of what the bot sent, ``audit`` who did what as an organizer, ``drafts`` questions,
    answers, announcements and changes that were written and not sent, ``pictures`` those of announcements, ``cases``
    what was reported to the conduct committee, from when it was closed.
    """

    personal: timedelta = timedelta(days=30)
    messages: timedelta = timedelta(days=30)
    audit: timedelta = timedelta(days=180)
    drafts: timedelta = timedelta(days=7)
    pictures: timedelta = timedelta(days=30)
    cases: timedelta = timedelta(days=365)

    def of(self, term: Term) -> timedelta:
        found: timedelta = getattr(self, term.value)
        return found


def before(retention: Retention, term: Term, event: Event, now: datetime) -> datetime | None:
    """What was written before this UTC instant is kept no longer at ``now`` (UTC); None where all of it is kept.

    What is kept after the event all goes at once: the end of its last day is at the venue.
    """
    if term not in AFTER_EVENT:
        return now - retention.of(term)
    over = datetime.combine(event.last_day + timedelta(days=1), time(0), event.tz)
    return now if now >= over + retention.of(term) else None


def in_words(retention: Retention, term: Term) -> str:
    """Until when: "until 30 days after the event"."""
    days = retention.of(term) // timedelta(days=1)
    number = "1 day" if days == 1 else f"{days} days"
    if term is Term.CASES:
        return f"until {number} after a case was closed"
    return f"until {number} after the event" if term in AFTER_EVENT else f"for {number}"
