"""Conduct cases are kept for as long as the event says, and who reported no longer than they can be answered."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.actions.conduct.handle import Doing, write_to_reporter
from bot.actions.conduct.report import Written, report
from bot.domain.audit import By
from bot.domain.conduct.case import KNOWN_FOR, Case, Member, Person, Stage, Step, Way
from bot.domain.errors import UsherError
from bot.domain.privacy.retention import Term
from bot.storage.conduct import cases, committee, entries
from bot.storage.conduct.retention import forget_reporter
from bot.storage.conduct.saying import say_again, tell_reporter
from bot.storage.database import Database, Tables
from bot.storage.delivery import claims, outbox
from bot.storage.delivery.outbox import Op, State, millis
from bot.storage.privacy.conduct import REPORTED
from bot.storage.privacy.holding import Leaving
from bot.storage.privacy.purges import PURGES
from tests.chat.samples import at, lowest, program

GUILD, REPORTER = 11, 661720242585600015
NEW = Case(
    GUILD, 0, "What happened", "Hall", "Somebody", (Person(5, "Ben"),), None, REPORTER, None, Stage.OPEN, Way.THREAD,
    None, at(0),
)  # fmt: skip


async def reported(db: Database, *closed: int | None) -> None:
    """A case for each, closed so many minutes after 09:00, or still open."""

    def write(tables: Tables) -> None:
        for act, minutes in enumerate(closed, start=1):
            case = cases.add(tables, NEW, act=act, draw=lowest)
            entries.add(tables, case, Step.ANSWERED, by=None, text="And then", at=at(1), act=act)
            if minutes is not None:
                tables.execute(
                    "UPDATE conduct_case SET stage = 'closed', closed_at = ? WHERE number = ?",
                    [int(at(minutes).timestamp() * 1000), case.number],
                )

    await db.write(write)


async def test_closed_cases_go_whole_when_their_time_is_up_and_open_ones_stay(db: Database) -> None:
    await reported(db, 10, None, 20, 30)
    purge = PURGES[Term.CASES]
    counts = [await db.write(lambda tables: purge(tables, GUILD, at(25), 1)) for _ in range(3)]
    left = db.reader.execute("SELECT number FROM conduct_case ORDER BY number").fetchall()
    entered = db.reader.execute("SELECT DISTINCT number FROM conduct_entry ORDER BY number").fetchall()
    named = db.reader.execute("SELECT DISTINCT number FROM conduct_involved ORDER BY number").fetchall()
    assert (counts, left, entered, named) == ([1, 1, 0], [(101,), (103,)], [(101,), (103,)], [(101,), (103,)])


async def test_a_number_is_not_given_again(db: Database) -> None:
    await reported(db, 10)
    await db.write(lambda tables: PURGES[Term.CASES](tables, GUILD, at(60), 9))
    await reported(db, None)
    found = db.reader.execute("SELECT number, what, reporter FROM conduct_case ORDER BY number").fetchall()
    assert found == [(101, "What happened", REPORTER)]


async def test_whoever_deletes_their_data_can_be_written_to_no_more(db: Database) -> None:
    await reported(db, 10, None)
    leaving = Leaving(GUILD, REPORTER, at(60))
    assert REPORTED.forget is not None
    forget = REPORTED.forget
    assert await db.write(lambda tables: forget(tables, replace(leaving, time_is_up=True))) == 1
    assert [one["case"] for one in REPORTED.of_person(db.reader, GUILD, REPORTER)] == [101]
    assert await db.write(lambda tables: forget(tables, leaving)) == 1
    assert REPORTED.of_person(db.reader, GUILD, REPORTER) == []


async def test_the_file_has_what_was_reported_and_what_both_sides_wrote(db: Database) -> None:
    await reported(db, None)
    (entry,) = REPORTED.of_person(db.reader, GUILD, REPORTER)
    assert entry == {
        "case": 100,
        "what": "What happened",
        "where": "Hall",
        "who": "Somebody",
        "with_your_name": False,
        "stage": "open",
        "reported_at": at(0).isoformat(),
        "written_since": [{"by": "you", "text": "And then", "at": (at(0) + timedelta(minutes=1)).isoformat()}],
    }


@pytest.mark.parametrize("closed", [None, 50], ids=["open", "closed since"])
async def test_what_stands_in_a_case_s_thread_is_not_removed_while_it_may_be_said_again(
    closed: int | None, db: Database
) -> None:
    await db.write(lambda tables: committee.put(tables, GUILD, Member(11, "Ana"), at(0)))
    await report(db, GUILD, Written(1, "x"), way=Way.THREAD, by=By(REPORTER, 2, at(0)), draw=lowest)

    def end(tables: Tables) -> None:
        tables.execute("UPDATE outbox SET state = 'sent', done_at = ?", [millis(at(1))])
        tables.execute("UPDATE conduct_case SET closed_at = ?", [None if closed is None else millis(at(closed))])

    def removed(tables: Tables, before: int) -> None:
        while PURGES[Term.MESSAGES](tables, GUILD, at(before), 99):
            pass

    await db.write(end)
    await db.write(lambda tables: removed(tables, 49))
    await db.write(lambda tables: say_again(tables, GUILD, "case/100", at(60)))
    again = [row.key for row in outbox.of_guild(db.reader, GUILD) if row.state is State.QUEUED]
    assert again == ["act:case:100:member:11:0:again", "act:case:100:again"]


async def test_what_stood_in_it_goes_once_the_case_was_closed_long_enough_ago(db: Database) -> None:
    await reported(db, 50)
    await db.write(lambda tables: committee.put(tables, GUILD, Member(11, "Ana"), at(0)))
    await report(db, GUILD, Written(1, "x"), way=Way.THREAD, by=By(REPORTER, 2, at(0)), draw=lowest)
    newest = max(row.id for row in outbox.of_guild(db.reader, GUILD))

    def end(tables: Tables) -> None:
        tables.execute("UPDATE outbox SET state = 'sent', done_at = ?", [millis(at(1))])
        tables.execute("UPDATE conduct_case SET closed_at = ?", [millis(at(50))])
        PURGES[Term.MESSAGES](tables, GUILD, at(50), 99)

    await db.write(end)
    left = [row.key for row in outbox.of_guild(db.reader, GUILD) if row.op is not Op.THREAD]
    assert left == [f"act:forgotten:{newest}"]


@pytest.mark.parametrize("state", ["queued", "leased", "sent"])
async def test_no_receipt_of_whoever_reported_is_left_or_written_down_later(state: str, db: Database) -> None:
    await reported(db, 10)
    case = cases.of_number(db.reader, GUILD, 100)
    assert case is not None
    (entry,) = entries.of_case(db.reader, GUILD, 100)

    def write(tables: Tables) -> None:
        tell_reporter(tables, case, entry, at(11))
        tables.execute("UPDATE outbox SET state = ?, channel_id = iif(? = 'sent', 501, NULL)", [state, state])
        (row,) = outbox.of_guild(tables, GUILD)
        forget_reporter(tables, GUILD, 100, at(12))
        claims.finish(tables, row, State.SENT, now=at(12), channel_id=501, message_id=601)

    await db.write(write)
    (row,) = outbox.of_guild(db.reader, GUILD)
    ended = State.SENT if state == "sent" else State.CANCELLED
    assert (row.state, row.channel_id, row.message_id) == (ended, None, None)


async def test_nobody_is_written_to_who_could_not_read_it_any_more(db: Database) -> None:
    """From a week after it was closed on, also before who reported is forgotten."""
    await reported(db, 10)

    async def written(act: int, after: timedelta) -> None:
        doing = Doing(GUILD, program().server, "Ana", By(11, act, at(10) + after))
        await write_to_reporter(db, 100, "More", doing, form=act)

    with pytest.raises(UsherError, match="was closed some days ago, and who reported it is forgotten"):
        await written(70, KNOWN_FOR)
    assert outbox.of_guild(db.reader, GUILD) == []
    await written(71, KNOWN_FOR - timedelta(seconds=1))
    assert [row.key for row in outbox.of_guild(db.reader, GUILD) if row.op is Op.DM] == ["act:case:100:news:2"]
    await db.write(lambda tables: forget_reporter(tables, GUILD, 100, at(20)))
    with pytest.raises(UsherError, match="Whoever reported case 100 has deleted their data since"):
        await written(72, KNOWN_FOR - timedelta(seconds=1))
