"""Queue what is said about a case. Everything here is called inside a transaction.

A row holds the case's number and the ids of its steps: what they say is looked up when it is sent.
"""

from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.domain.conduct.case import Case, Entry, Step, Way
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage import threads
from bot.storage.conduct import cases, committee, entries, readers
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority, decoded, encoded, instant, millis
from bot.storage.delivery.planned import ACT, keys_beginning

_CASE, _REPORTER = "case/", "reporter/"
#: What the keys of everything about a case begin with.
KEYS = f"{ACT}case:"
#: What the keys begin with of what tells somebody of all open cases.
OPEN_CASES = f"{KEYS}open:"
_CHANNEL = "conduct"
#: A case is of use for as long as people come back to an event.
_USEFUL = timedelta(days=30)


def thread_of(number: int) -> str:
    """The subject of a case's thread."""
    return f"{_CASE}{number}"


def reporter_of(number: int) -> str:
    """The place of a direct message to whoever reported a case: nobody learns from it who that is."""
    return f"{_REPORTER}{number}"


def case_of(place: str) -> int | None:
    """The number of the case whose thread a place is; None for any other place."""
    return int(place.removeprefix(_CASE)) if place.startswith(_CASE) else None


def reported_by(place: str) -> int | None:
    """The number of the case whose reporter a place means; None for any other place."""
    return int(place.removeprefix(_REPORTER)) if place.startswith(_REPORTER) else None


def open_case(db: Database, case: Case, now: datetime, *, remind_at: datetime) -> None:
    """Bring a new case to the committee, and show its number in the channel where it has a thread.

    Where nobody has read it by ``remind_at`` (UTC), the committee is called once more. The channel shows nothing where
    somebody of the committee is involved: they would read there that there is a case.
    """
    number = (str(case.number),)
    if case.way is Way.THREAD:
        _want_thread(db, case, now)
        if _is_quiet(db, case):
            for member in readers.of_case(db, case):
                tell_directly(db, case, member.id, now)
        else:
            _call(db, case, f"{key_of(case)}:opened", Facts(NoticeKind.CASE_OPENED, number), now)
    _to_committee(db, case, key_of(case), Facts(NoticeKind.CASE, number), now)
    _call(db, case, _waiting(case), Facts(NoticeKind.CASE_WAITING, number), remind_at)


def tell_committee(db: Database, case: Case, entry: Entry, now: datetime) -> None:
    """Say what was done, and let the case's own message say how it stands."""
    facts = Facts(NoticeKind.CASE_STEP, (str(case.number), str(entry.id)))
    _to_committee(db, case, f"{key_of(case)}:step:{entry.id}", facts, now, but=entry.by.id if entry.by else None)
    if case.way is Way.THREAD and _row_of(db, case.guild_id, case.number) is not None:
        for member in readers.of_case(db, case):
            # Whoever lost the role since is let out.
            let_in(db, case, member.id, now, act=entry.id)
    show_anew(db, case, now)


def show_anew(db: Database, case: Case, now: datetime) -> None:
    """Let the case's own message say how it stands."""
    if case.way is Way.THREAD:
        show_anew_in_thread(db, case.guild_id, case.number, now)


def show_anew_in_thread(db: Database, guild_id: int, number: int, now: datetime) -> None:
    """The same for a case of which the rest may be unknown by now."""
    row = _row_of(db, guild_id, number)
    if row is None:
        return
    told.anew(
        db,
        guild_id,
        f"{ACT}edit:{row}",
        Facts(NoticeKind.CASE, (str(number),)),
        of=row,
        priority=Priority.QUESTION,
        due_at=now,
        expires_at=now + _USEFUL,
    )


def tell_reporter(db: Database, case: Case, entry: Entry, now: datetime) -> None:
    """Nothing where nobody knows any more who that is."""
    if case.reporter_at(now) is not None:
        facts = Facts(NoticeKind.CASE_NEWS, (str(case.number), str(entry.id)))
        _add(db, case, f"{key_of(case)}:news:{entry.id}", Op.DM, facts, reporter_of(case.number), now)


def let_in(db: Database, case: Case, user_id: int, now: datetime, *, act: int) -> None:
    """Somebody came to the committee or left it: let them into the case's thread, or out. ``act`` brought it about."""
    facts = Facts(NoticeKind.CASE, (str(case.number), str(user_id)))
    if case.way is Way.THREAD:
        _add(db, case, f"{key_of(case)}:member:{user_id}:{act}", Op.MEMBER, facts, thread_of(case.number), now)


def tell_open_cases(db: Database, guild_id: int, user_id: int, now: datetime, *, act: int) -> None:
    """Tell somebody who came to the committee how many open cases they may read. ``act`` is what brought them there."""
    told.add(
        db,
        guild_id,
        f"{OPEN_CASES}{user_id}:{act}",
        Op.DM,
        Facts(NoticeKind.CASES_OPEN, (str(guild_id),)),
        place=str(user_id),
        priority=Priority.CHANGE,
        due_at=now,
        expires_at=now + _USEFUL,
    )


def tell_directly(db: Database, case: Case, user_id: int, now: datetime) -> None:
    """Tell one of the committee by direct message that there is the case: once."""
    facts = Facts(NoticeKind.CASE, (str(case.number),))
    _add(db, case, f"{key_of(case)}:{user_id}", Op.DM, facts, str(user_id), now)


def say_again(db: Database, guild_id: int, place: str, now: datetime) -> None:
    """A case's thread was deleted and is opened anew: queue again what stood in it, and who was in it.

    Each as another row: Discord would take the same one for a repeated request.
    """
    db.execute(
        "INSERT OR IGNORE INTO outbox(guild_id, dedupe_key, op, place, audience, facts, priority, due_at, expires_at)"
        " SELECT guild_id, dedupe_key || ':again', op, place, audience, facts, priority, ?, ? FROM outbox"
        " WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ? AND place = ?"
        " AND op IN ('message', 'member') AND state = 'sent' ORDER BY id",
        [millis(now), millis(now + _USEFUL), guild_id, *keys_beginning(KEYS), place],
    )


def go_direct(db: Database, guild_id: int, place: str, now: datetime) -> None:
    """A case cannot be in its thread: what is not there goes to each member directly, and so does all that follows."""
    case = cases.of_number(db, guild_id, case_of(place) or 0)
    if case is None:
        return
    if case.way is Way.THREAD:
        cases.set_way(db, case, Way.DIRECT)
        tell_reporter(db, case, entries.add(db, case, Step.DIRECT, by=None, text="", at=now, act=0), now)
        _remind_directly(db, case, now)
    waiting = db.execute(
        "UPDATE outbox SET state = 'cancelled', done_at = ?, last_error = 'it goes by direct message instead'"
        " WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ? AND place = ?"
        " AND op IN ('message', 'member') AND state IN ('queued', 'failed') RETURNING id, op, dedupe_key, facts",
        [millis(now), guild_id, *keys_beginning(KEYS), place],
    ).fetchall()
    for _, op, key, facts in sorted(waiting):
        if op == Op.MESSAGE:
            _directly(db, case, key, decoded(facts), now)


def _remind_directly(db: Database, case: Case, now: datetime) -> None:
    """The channel does not speak of a case that has no thread."""
    waiting = db.execute(
        "UPDATE outbox SET state = 'cancelled', done_at = ?, last_error = 'it goes by direct message instead'"
        " WHERE guild_id = ? AND dedupe_key = ? AND state = 'queued' RETURNING facts, due_at",
        [millis(now), case.guild_id, _waiting(case)],
    ).fetchall()
    for facts, due_at in waiting:
        _directly(db, case, _waiting(case), decoded(facts), instant(due_at))


def _call(db: Database, case: Case, key: str, facts: Facts, due_at: datetime) -> None:
    """Call the committee to a case: in its channel, or one by one."""
    if case.way is Way.DIRECT or _is_quiet(db, case):
        _directly(db, case, key, facts, due_at)
    else:
        _add(db, case, key, Op.MESSAGE, facts, _CHANNEL, due_at)


def _is_quiet(db: Database, case: Case) -> bool:
    """Somebody is on the committee who does not read the case: the others are told one by one, if any is known."""
    told_of = {one.id for one in readers.of_case(db, case)}
    return case.quiet or any(one.id not in told_of for one in committee.of_guild(db, case.guild_id))


def _to_committee(db: Database, case: Case, key: str, facts: Facts, now: datetime, *, but: int | None = None) -> None:
    """``but`` is who need not be told directly: they did it."""
    if case.way is Way.DIRECT:
        _directly(db, case, key, facts, now, but=but)
    else:
        _add(db, case, key, Op.MESSAGE, facts, thread_of(case.number), now)


def _directly(db: Database, case: Case, key: str, facts: Facts, now: datetime, *, but: int | None = None) -> None:
    for member in readers.of_case(db, case):
        if member.id != but:
            _add(db, case, f"{key}:{member.id}", Op.DM, facts, str(member.id), now)


def _want_thread(db: Database, case: Case, now: datetime) -> None:
    facts = Facts(NoticeKind.CASE, (str(case.number),))
    threads.want(db, case.guild_id, thread_of(case.number), facts, priority=Priority.CHANGE, due_at=now)
    for member in readers.of_case(db, case):
        let_in(db, case, member.id, now, act=0)


def _row_of(db: Database, guild_id: int, number: int) -> int | None:
    """The row of the case's own message, the last one where it was said again."""
    query = "SELECT max(id) FROM outbox WHERE guild_id = ? AND place = ? AND op = 'message' AND facts = ?"
    facts = encoded(Facts(NoticeKind.CASE, (str(number),)))
    found = db.execute(query, [guild_id, thread_of(number), facts]).fetchone()
    return found[0] if found else None


def _add(db: Database, case: Case, key: str, op: Op, facts: Facts, place: str, now: datetime) -> None:
    told.add(
        db,
        case.guild_id,
        key,
        op,
        facts,
        place=place,
        priority=Priority.CHANGE,
        due_at=now,
        expires_at=now + _USEFUL,
    )


def _waiting(case: Case) -> str:
    return f"{key_of(case)}:waiting"


def key_of(case: Case) -> str:
    """What the keys of a case's rows begin with."""
    return f"{KEYS}{case.number}"
