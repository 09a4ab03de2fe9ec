"""Whether a case reaches anybody of the committee. Where it does not, whoever reported is told."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.conduct.case import Case, Entry, Stage, Step
from bot.domain.reminders.notice import NoticeKind
from bot.storage.conduct import cases, entries, readers
from bot.storage.conduct.saying import OPEN_CASES, key_of, tell_committee, tell_directly, tell_reporter
from bot.storage.delivery.outbox import Op, Row, State, millis
from bot.storage.delivery.planned import keys_beginning

#: What brings a case to somebody, or more of it; and what was said so far, or is about to be.
_BRINGING = (NoticeKind.CASE, NoticeKind.CASE_STEP)
_GOES = frozenset({State.QUEUED, State.LEASED, State.PAUSED, State.SENT})


def came_to_nothing(db: Database, row: Row, now: datetime, *, refused: bool) -> None:
    """A row that brings a case to somebody was ``refused``, or is for nobody any more. Call inside a transaction.

    Who cannot be let into the thread is told directly. ``now`` in UTC.
    """
    if row.facts.kind is NoticeKind.CASES_OPEN:
        for open_one in cases.open_ones(db, row.guild_id):
            _look(db, open_one, now)
        return
    if row.facts.kind not in (*_BRINGING, NoticeKind.CASE_NEWS):
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
    _look(db, case, now)


def _look(db: Database, case: Case, now: datetime) -> None:
    if case.stage is not Stage.CLOSED and not is_heard(db, case) and not _was(db, case, Step.UNHEARD):
        say_unheard(db, case, now)


def say_unheard(db: Database, case: Case, now: datetime) -> None:
    """Nobody reads the case (any more): whoever reported it hears so. Call inside a transaction. ``now`` in UTC."""
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
    return tuple(one.id for one in readers.of_case(db, case) if str(one.id) in there)


def is_heard(db: Database, case: Case) -> bool:
    """Whether anybody reads it to whom it came, or is about to; whoever reported does not count.

    What told somebody of the open cases tells of those that there were. It is for these alone: one who is left out
    without being shown counts as one to whom it came.
    """
    rows = db.execute(
        "SELECT CAST(iif(op = 'member', json_extract(facts, '$.ids[1]'), place) AS INTEGER), state FROM outbox"
        " WHERE guild_id = ? AND (dedupe_key >= ? AND dedupe_key < ? OR dedupe_key >= ? AND dedupe_key < ?)"
        " AND op IN ('member', 'dm') AND (json_extract(facts, '$.kind') IN (?, ?)"
        " OR json_extract(facts, '$.kind') = ? AND due_at >= ?) ORDER BY id",
        [
            case.guild_id,
            *keys_beginning(f"{key_of(case)}:"),
            *keys_beginning(OPEN_CASES),
            *_BRINGING,
            *(NoticeKind.CASES_OPEN, millis(case.reported_at)),
        ],
    )
    states: dict[int, list[str]] = {}
    for user_id, state in rows.fetchall():
        states.setdefault(user_id, []).append(state)
    there = [one.id for one in readers.as_shown(db, case) if one.id != case.reporter]
    return any(case.concerns(one) or _came(states.get(one, [])) for one in there)


def _came(states: list[str]) -> bool:
    """What became of all that brought a case to somebody, the oldest first, says that it came; so does nothing at all:
    it was long ago. Where the last was for nobody any more, they are not among those it is for.
    """
    last = states[-1] if states else State.SENT
    return last in _GOES or (last != State.CANCELLED and any(one in _GOES for one in states))
