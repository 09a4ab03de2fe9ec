"""What the bot will say by itself, as a value: when, where, to whom, and the facts the text is made of."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.changes.change import Change
from bot.domain.people import Group


class NoticeKind(StrEnum):
    """What is told. The later ones answer an act of a person, and are not planned."""

    DEADLINE = "deadline"
    EXTENDED = "extended"
    SESSIONS = "sessions"
    TALKS = "talks"
    DIGEST = "digest"
    OVERVIEW = "overview"
    CHANGED = "changed"
    PERSONAL = "personal"
    REPORT = "report"
    CARD = "card"
    CONFLICT = "conflict"
    ANNOUNCEMENT = "announcement"
    AUDIT = "audit"
    SETUP = "setup"
    MODE = "mode"
    POSTER = "poster"
    QUESTION = "question"
    ANSWER = "answer"
    FLAG = "flag"
    HINT = "hint"
    AUTHOR_ASKED = "author_asked"
    AUTHOR_DIGEST = "author_digest"
    AUTHOR_BOARD = "author_board"
    AUTHOR_NAMED = "author_named"
    AUTHOR_ROLE = "author_role"
    AUTHOR_PLAN = "author_plan"
    CASE = "case"
    CASE_OPENED = "case_opened"
    CASE_STEP = "case_step"
    CASE_NEWS = "case_news"
    CASE_WAITING = "case_waiting"
    CASES_OPEN = "cases_open"


#: Of which nobody but the committee and whoever reported reads more than a number.
CASES = frozenset(
    {
        *(NoticeKind.CASE, NoticeKind.CASE_OPENED, NoticeKind.CASE_STEP, NoticeKind.CASE_NEWS),
        *(NoticeKind.CASE_WAITING, NoticeKind.CASES_OPEN),
    }
)

#: Stands last in the ids of an ANSWER whose asker was notified of it already.
PINGED = "pinged"


class Facts(Struct, frozen=True):
    """All that the text of one message depends on, besides the programme in force and the present instant.

    ``ids`` name what is told of: a deadline, sessions, or talks. ``at`` is the UTC instant
    that was announced (a start, a due date): where the programme now says otherwise, the text says so. ``day`` is the
    venue's date of a digest or overview. ``changes`` and ``why`` belong to CHANGED and to EXTENDED, which tells of
    dates that moved either way; in a CONFLICT each leads from what was set live to what the files say. A REPORT names
    rows of the outbox, an ANNOUNCEMENT itself by its id, with its title as ``why``, an AUDIT its entry of the trail; a
    SETUP tells what the server lacks when it is sent. ``card`` is the stored question that a shared CARD answers. A
    MODE tells how people attend by now: its one change names the scope ("session", "day", "event"), ``at`` is the start
    of the first session concerned. A POSTER is what its thread begins with; a QUESTION names itself by its id, an
    ANSWER first its question, then itself, a FLAG its question, then the report. A HINT names a poster, then the
    message that somebody typed in its thread; ``why`` says what about. The AUTHOR ones are for one author of posters:
    ASKED names a question, NAMED the poster that an organizer named them for; DIGEST nothing, in a thread the one
    poster that it is about; BOARD the session; both in a thread last the author, who is a direct message's place; ROLE
    and PLAN nothing. A
    CASE of the conduct committee names itself by its number, and so do CASE_OPENED for the committee's channel,
    CASE_WAITING where nobody has read it in time, CASE_STEP for the committee and CASE_NEWS for whoever reported; the
    latter two name the step, too. CASES_OPEN names the server.
    """

    kind: NoticeKind
    ids: tuple[str, ...] = ()
    at: datetime | None = None
    day: date | None = None
    changes: tuple[Change, ...] = ()
    why: str | None = None
    card: str | None = None


class Notice(Struct, frozen=True):
    """One planned message.

    ``key`` is stable: the same notice of the same programme has the same key, and one that is told anew (a session
    that moved) has another. ``place`` is a purpose of ``Server.channels``. ``due_at`` and ``expires_at`` are UTC
    instants: past the latter it is of no use to anybody.
    """

    key: str
    facts: Facts
    audience: Group
    place: str
    due_at: datetime
    expires_at: datetime
