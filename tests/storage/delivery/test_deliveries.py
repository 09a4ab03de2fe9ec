"""What organizers are shown of the outbox, and what failed put back into it."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from bot.domain.announce.announcement import Content, Stage
from bot.domain.reminders.notice import CASES, Facts, NoticeKind
from bot.storage.announce import announcements
from bot.storage.database import Database, Tables
from bot.storage.delivery import deliveries, outbox, reports, told
from bot.storage.delivery.deliveries import Listed, Retried
from bot.storage.delivery.outbox import Op, Priority, Row, State, millis
from tests.chat.samples import at

TODAY, NOW = at(-540), at(0)
FACTS = Facts(NoticeKind.SESSIONS, ("s1",), at(10))


def add(
    tables: Tables,
    key: str,
    state: State,
    *,
    guild: int = 1,
    op: Op = Op.MESSAGE,
    due: int = 0,
    done: int | None = None,
    expires: int = 30,
    why: str | None = None,
    facts: Facts = FACTS,
) -> None:
    """A row with minutes from NOW."""
    told.add(
        tables,
        guild,
        key,
        op,
        facts,
        place="schedule",
        priority=Priority.REMINDER,
        due_at=at(due),
        expires_at=at(expires),
    )
    tables.execute(
        "UPDATE outbox SET state = ?, done_at = ?, last_error = ?, attempts = 3 WHERE dedupe_key = ? AND guild_id = ?",
        [state.value, None if done is None else millis(at(done)), why, key, guild],
    )


def fill(tables: Tables) -> None:
    """Every list has something; another guild and direct messages, too."""
    for guild in (1, 2):
        add(tables, "next", State.QUEUED, guild=guild, due=20)
        add(tables, "first", State.LEASED, guild=guild, due=-1)
        add(tables, "yesterday", State.SENT, guild=guild, due=-600, done=-600)
        add(tables, "on time", State.SENT, guild=guild, due=-60, done=-58)
        add(tables, "late", State.SENT, guild=guild, due=-60, done=-57)
        add(tables, "refused", State.FAILED, guild=guild, due=-9, done=-8, why="no")
        add(tables, "over", State.FAILED, guild=guild, due=-9, done=-9, expires=0, why="no")
        add(tables, "expired", State.EXPIRED, guild=guild, due=-9, done=-5)
        add(tables, "withdrawn", State.CANCELLED, guild=guild, done=-5)
        add(tables, "edit", State.FAILED, guild=guild, op=Op.EDIT, due=-9, done=-7, why="no")
        add(tables, "turn soon", State.QUEUED, guild=guild, op=Op.SPREAD, due=30, expires=60)
        add(tables, "turn held", State.PAUSED, guild=guild, op=Op.SPREAD, due=30, expires=60)
        add(tables, "turn", State.SENT, guild=guild, op=Op.SPREAD, due=-60, done=-50)
        add(tables, "turn off", State.FAILED, guild=guild, op=Op.SPREAD, due=-9, done=-6, why="no")
        add(tables, "turn late", State.EXPIRED, guild=guild, op=Op.SPREAD, due=-9, done=-6)
        add(tables, "handed on", State.SENT, guild=guild, op=Op.PUBLISH, due=-60, done=-50)
        add(tables, "not handed on", State.FAILED, guild=guild, op=Op.PUBLISH, due=-9, done=-4, why="no")
        add(tables, "dm soon", State.QUEUED, guild=guild, op=Op.DM, due=5)
        add(tables, "dm closed", State.FAILED, guild=guild, op=Op.DM, due=-9, done=-9, why="closed")


def listed(db: Database, which: Listed, *, skip: int = 0, most: int = 9) -> list[str]:
    return [row.key for row in deliveries.page(db.reader, 1, which, since=TODAY, skip=skip, most=most)]


def row(db: Database, key: str, guild: int = 1) -> Row:
    (found,) = [row for row in outbox.of_guild(db.reader, guild) if row.key == key]
    return found


async def test_each_list_holds_its_own_in_order_and_nothing_of_persons(db: Database) -> None:
    await db.write(fill)
    assert {which: listed(db, which) for which in Listed} == {
        Listed.COMING: ["first", "next", "turn soon"],
        Listed.SENT: ["late", "on time"],
        Listed.LATE: ["late"],
        Listed.FAILED: ["not handed on", "turn off", "edit", "refused", "over"],
        Listed.EXPIRED: ["expired", "turn late"],
    }
    counted = deliveries.counts(db.reader, 1, since=TODAY)
    assert counted == {which: len(listed(db, which)) for which in Listed}
    assert listed(db, Listed.FAILED, skip=3, most=1) == ["refused"]


async def test_direct_messages_are_only_counted(db: Database) -> None:
    await db.write(fill)
    counted = deliveries.personal_counts(db.reader, 1, since=TODAY)
    assert list(counted.values()) == [1, 0, 0, 1, 0]
    assert deliveries.personal_reasons(db.reader, 1) == [("closed", 1)]


async def test_what_is_said_of_cases_is_in_no_list_number_or_reason_and_is_not_tried_again(db: Database) -> None:
    def write(tables: Tables) -> None:
        ended = {State.QUEUED: None, State.SENT: -50, State.FAILED: -8, State.EXPIRED: -5}
        every = [(kind, op, state) for kind in CASES for op in (*Op,) for state in ended]
        for number, (kind, op, state) in enumerate(every):
            about, why = Facts(kind, ("1",)), ("closed", "of a case")[number % 2]
            key = f"case {number}"
            add(tables, key, state, op=op, due=-60, done=ended[state], why=why, facts=about)

    def read() -> list[object]:
        kept: dict[str, object] = {which: listed(db, which, most=99) for which in Listed}
        numbers = [count(db.reader, 1, since=TODAY) for count in (deliveries.counts, deliveries.personal_counts)]
        return [kept, *numbers, deliveries.personal_reasons(db.reader, 1)]

    await db.write(fill)
    before = read()
    await db.write(write)
    assert read() == before
    of_case = [each.id for each in outbox.of_guild(db.reader, 1) if each.facts.kind in CASES]
    assert await db.write(partial(deliveries.retry, guild_id=1, row_ids=of_case, now=NOW)) == Retried(0, 0)
    assert await db.write(partial(deliveries.retry, guild_id=1, row_ids=None, now=NOW)) == Retried(4, 1)


async def test_no_list_is_looked_for_in_the_whole_table(db: Database) -> None:
    asked: list[str] = []
    db.reader.conn.set_trace_callback(asked.append)
    for which in Listed:
        listed(db, which)
    deliveries.counts(db.reader, 1, since=TODAY)
    deliveries.personal_counts(db.reader, 1, since=TODAY)
    deliveries.personal_reasons(db.reader, 1)
    db.reader.conn.set_trace_callback(None)
    steps = [step[3] for query in asked for step in db.reader.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()]
    assert [step for step in steps if step.startswith("SCAN outbox")] == []
    used = [step.split("INDEX ")[1].split(" ")[0] for step in steps if step.startswith("SEARCH outbox")]
    others = {"outbox_coming": 3, "outbox_done": 9, "outbox_late": 3, "outbox_failed": 1}
    assert Counter(used) == others | {"outbox_of_cases": 11}


@pytest.mark.parametrize(
    ("keys", "done"),
    [
        (None, Retried(queued=4, too_late=1)),
        (["refused"], Retried(queued=1, too_late=0)),
        (["edit"], Retried(queued=1, too_late=0)),
        (["turn off"], Retried(queued=1, too_late=0)),
        (["not handed on"], Retried(queued=1, too_late=0)),
        (["over"], Retried(queued=0, too_late=1)),
        (["expired"], Retried(queued=0, too_late=0)),
        (["on time"], Retried(queued=0, too_late=0)),
        (["dm closed"], Retried(queued=0, too_late=0)),
    ],
)
async def test_what_failed_and_is_still_of_use_is_tried_again(
    db: Database, keys: list[str] | None, done: Retried
) -> None:
    await db.write(fill)
    ids = None if keys is None else [row(db, key).id for key in keys]
    before = outbox.of_guild(db.reader, 2)
    assert await db.write(lambda tables: deliveries.retry(tables, 1, ids, now=NOW)) == done
    assert len(listed(db, Listed.FAILED)) == 5 - done.queued
    assert outbox.of_guild(db.reader, 2) == before


async def test_the_row_of_another_server_is_not_touched(db: Database) -> None:
    await db.write(fill)
    foreign = row(db, "refused", guild=2).id
    assert await db.write(lambda tables: deliveries.retry(tables, 1, [foreign], now=NOW)) == Retried(0, 0)
    assert row(db, "refused", guild=2).state is State.FAILED


async def test_a_row_is_read_by_its_own_server_or_the_person_it_is_to(db: Database) -> None:
    await db.write(fill)
    foreign, direct = row(db, "refused", guild=2), row(db, "dm soon")
    await db.write(lambda tables: tables.execute("UPDATE outbox SET place = '7' WHERE op = 'dm'"))
    assert [outbox.by_ids(db.reader, guild, [str(foreign.id)]) for guild in (1, 2)] == [[], [foreign]]
    found = [outbox.direct_to(db.reader, *one) for one in ((7, direct.id), (8, direct.id), (7, foreign.id))]
    assert [one and one.id for one in found] == [direct.id, None, None]


async def test_another_attempt_first_looks_for_what_an_earlier_one_may_have_left(db: Database) -> None:
    await db.write(fill)
    wanted = row(db, "refused").id
    await db.write(lambda tables: deliveries.retry(tables, 1, [wanted], now=NOW))
    found = row(db, "refused")
    assert (found.state, found.claimed_at, found.attempts, found.done_at) == (State.QUEUED, outbox.instant(0), 1, None)


async def test_a_turn_that_is_tried_again_has_left_no_message_to_look_for(db: Database) -> None:
    await db.write(fill)
    await db.write(partial(deliveries.retry, guild_id=1, row_ids=[row(db, "turn off").id], now=NOW))
    assert (row(db, "turn off").state, row(db, "turn off").claimed_at) == (State.QUEUED, None)


@pytest.mark.parametrize(
    ("stage", "done", "state"),
    [
        (Stage.CONFIRMED, Retried(queued=1, too_late=0), State.QUEUED),
        (Stage.PAUSED, Retried(queued=0, too_late=0, held=1), State.PAUSED),
        (Stage.CANCELLED, Retried(queued=0, too_late=0, called_off=1), State.FAILED),
    ],
)
@pytest.mark.parametrize("key", ["refused", "turn off"])
async def test_what_belongs_to_an_announcement_is_tried_again_as_far_as_that_has_come(
    db: Database, key: str, stage: Stage, done: Retried, state: State
) -> None:
    await db.write(fill)
    made = await db.write(partial(announcements.add, guild_id=1, content=Content("Lunch"), by=7, at=NOW, act=1))
    await db.write(partial(announcements.put, before=made, by=7, at=NOW, stage=stage))
    wanted = row(db, key).id
    await db.write(lambda tables: tables.execute("UPDATE outbox SET announcement = ? WHERE id = ?", [made.id, wanted]))
    assert await db.write(partial(deliveries.retry, guild_id=1, row_ids=[wanted], now=NOW)) == done
    assert row(db, key).state is state


def told_of(db: Database) -> list[tuple[tuple[str, ...], int]]:
    """What each report names, and when it is due, in minutes from 09:00."""
    found = [row for row in outbox.of_guild(db.reader, 1) if row.facts.kind is NoticeKind.REPORT]
    return [(row.facts.ids, (row.due_at - at(0)) // timedelta(minutes=1)) for row in found]


async def test_what_failed_again_is_told_again(db: Database) -> None:
    await db.write(fill)
    failed = row(db, "refused")
    for _ in range(2):
        # At one instant, as on a clock that is held.
        await db.write(lambda tables: reports.tell(tables, [failed], at(1)))
        await db.write(lambda tables: tables.execute("UPDATE outbox SET state = 'sent' WHERE dedupe_key LIKE 'act:r%'"))
    assert told_of(db) == [((str(failed.id),), 1), ((str(failed.id),), 2)]


async def test_what_organizers_are_told_of_the_bot_and_what_is_said_of_cases_is_not_reported(db: Database) -> None:
    await db.write(fill)
    unreported = [NoticeKind.REPORT, NoticeKind.AUDIT, NoticeKind.SETUP, *CASES]
    failed = [replace(row(db, "refused"), facts=Facts(kind, ("1",))) for kind in unreported]
    await db.write(lambda tables: reports.tell(tables, failed, at(1)))
    assert told_of(db) == []


async def test_a_flood_of_failures_is_one_report_a_minute(db: Database) -> None:
    await db.write(fill)
    failed = row(db, "refused")
    others = [replace(failed, id=1000 + number) for number in range(300)]
    await db.write(lambda tables: reports.tell(tables, others[:1], at(1)))
    await db.write(lambda tables: tables.execute("UPDATE outbox SET state = 'sent' WHERE dedupe_key LIKE 'act:r%'"))
    for one in others[1:]:
        await db.write(partial(reports.tell, ended=[one], now=at(1)))
    ids = tuple(str(one.id) for one in others)
    assert told_of(db) == [(ids[:1], 1), (ids[1 : reports.NAMED_MOST + 1], 2)]
