"""Whether a case reaches anybody of the committee. Where it does not, whoever reported is told."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.conduct.case import Case, Entry, Stage, Step
from bot.domain.reminders.notice import NoticeKind
from bot.storage.conduct import cases, committee, entries
from bot.storage.conduct.saying import key_of, tell_committee, tell_directly, tell_reporter
from bot.storage.delivery.outbox import Op, Row
from bot.storage.delivery.planned import keys_beginning


def came_to_nothing(db: Database, row: Row, now: datetime, *, refused: bool) -> None:
    """A row that brings a case to somebody was ``refused``, or is for nobody any more. Call inside a transaction.

    Who cannot be let into the thread is told directly. ``now`` in UTC.
    """
    if row.facts.kind not in (NoticeKind.CASE, NoticeKind.CASE_NEWS):
        return
    number, *further = row.facts.ids
    case = cases.of_number(db, row.guild_id, int(number))
    if case is None:
        return
    if row.facts.kind is NoticeKind.CASE_NEWS:
        if refused and not _was(db, case, Step.CLOSED_DMS):
            tell_committee(db, case, entries.add(db, case, Step.CLOSED_DMS, by=None, text="", at=now, act=0), now)
        return
    if row.op is Op.MEMBER and refused and not case.concerns(int(further[0])):
        tell_directly(db, case, int(further[0]), now)
    if case.stage is Stage.OPEN and not _on_its_way(db, case) and not _was(db, case, Step.UNHEARD):
        tell_reporter(db, case, note_unheard(db, case, now), now)


def note_unheard(db: Database, case: Case, now: datetime) -> Entry:
    """Write down that nobody of the committee knows of the case. Call inside a transaction."""
    return entries.add(db, case, Step.UNHEARD, by=None, text="", at=now, act=0)


def _was(db: Database, case: Case, step: Step) -> bool:
    return any(entry.step is step for entry in entries.of_case(db, case.guild_id, case.number))


def in_thread(db: Database, case: Case) -> tuple[int, ...]:
    """Who of the committee was let into the case's thread, and not out again since: their ids."""
    # Of more than one row the last counts (SQLite: bare columns beside max).
    rows = db.execute(
        "SELECT json_extract(facts, '$.ids[1]') AS member, state, max(id) FROM outbox WHERE guild_id = ?"
        " AND dedupe_key >= ? AND dedupe_key < ? AND state NOT IN ('queued', 'leased') GROUP BY member",
        [case.guild_id, *keys_beginning(f"{key_of(case)}:member:")],
    )
    there = {member for member, state, _ in rows.fetchall() if state == "sent"}
    return tuple(one.id for one in committee.for_case(db, case) if str(one.id) in there)


def _on_its_way(db: Database, case: Case) -> bool:
    """Whether somebody knows of it, or is about to; whoever reported does not count."""
    found = db.execute(
        "SELECT 1 FROM outbox WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ? AND op IN ('member', 'dm')"
        " AND state IN ('queued', 'leased', 'paused', 'sent') AND json_extract(facts, '$.kind') = ?"
        " AND coalesce(json_extract(facts, '$.ids[1]'), place) != ? LIMIT 1",
        [case.guild_id, *keys_beginning(f"{key_of(case)}:"), NoticeKind.CASE.value, str(case.reporter)],
    )
    return found.fetchone() is not None
