"""Facts and programme -> what the bot says unasked: the same text when it is sent, edited and rehearsed."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Does
from bot.chat.render.notices import (
    announcements,
    audit,
    authors,
    changes,
    conduct,
    conflicts,
    days,
    deadlines,
    flags,
    mode,
    personal,
    posters,
    reports,
    sessions,
    setup,
    typed,
)
from bot.chat.render.notices.message import NOTHING, Besides, Context, Notification
from bot.chat.render.text import stamp
from bot.domain.program import Program
from bot.domain.reminders.notice import NoticeKind
from bot.storage.delivery.deliveries import LATE_AFTER
from bot.storage.delivery.outbox import EDITS, PERSONAL, Row

__all__ = ["Besides", "Notification", "rendered"]

_RENDERERS: Mapping[NoticeKind, Callable[[Context], Notification | None]] = MappingProxyType(
    {
        NoticeKind.DEADLINE: deadlines.deadline,
        NoticeKind.SESSIONS: sessions.starting,
        NoticeKind.TALKS: sessions.talks,
        NoticeKind.DIGEST: days.digest,
        NoticeKind.OVERVIEW: days.overview,
        NoticeKind.CHANGED: changes.changed,
        NoticeKind.PERSONAL: personal.personal,
        NoticeKind.REPORT: reports.report,
        NoticeKind.EXTENDED: deadlines.moved,
        NoticeKind.CONFLICT: conflicts.conflict,
        NoticeKind.ANNOUNCEMENT: announcements.announced,
        NoticeKind.AUDIT: audit.act,
        NoticeKind.SETUP: setup.lacking,
        NoticeKind.MODE: mode.mode,
        NoticeKind.POSTER: posters.poster,
        NoticeKind.QUESTION: posters.question,
        NoticeKind.ANSWER: posters.answer,
        NoticeKind.FLAG: flags.flag,
        NoticeKind.HINT: typed.hint,
        NoticeKind.AUTHOR_ASKED: authors.asked,
        NoticeKind.AUTHOR_DIGEST: authors.digest,
        NoticeKind.AUTHOR_BOARD: authors.board,
        NoticeKind.AUTHOR_NAMED: authors.named,
        NoticeKind.CASE: conduct.case,
        NoticeKind.CASE_OPENED: conduct.opened,
        NoticeKind.CASE_STEP: conduct.step,
        NoticeKind.CASE_NEWS: conduct.news,
        NoticeKind.CASE_WAITING: conduct.waiting,
        NoticeKind.CASES_OPEN: conduct.open_cases,
    }
)


def rendered(row: Row, program: Program, now: datetime, besides: Besides = NOTHING) -> Notification | None:
    """The message of a row, as it is true at ``now`` (UTC). None where nobody has anything left to be told.

    An EDIT of what has left the programme says so: what stands there must not go on to announce it.
    """
    render = _RENDERERS.get(row.facts.kind)
    direct = row.op in PERSONAL
    context = Context(program, row.facts, now, row.audience, row.place, direct, besides)
    found = render(context) if render else None
    if found is None and row.op in EDITS and row.facts.kind in authors.OF_AUTHORS:
        return authors.taken_back(context)
    if found is None and row.op in EDITS:
        return Notification(
            "This is no longer in the programme.", (Button("Programme", Lookup("schedule"), Does.OPEN),)
        )
    late = now - row.due_at > LATE_AFTER
    if found is None or not late or row.op in EDITS or row.facts.kind is NoticeKind.REPORT:
        return found
    return found.with_line(f"-# This message is late: it was due {stamp(row.due_at, 'R')}.")
