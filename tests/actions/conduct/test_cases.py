"""Cases on a real database: each report once, each step once, and told to whom it should be."""

import asyncio
from datetime import timedelta

import pytest

from bot.actions.conduct.handle import Doing, acknowledge, assign, close, record_export, write_to_reporter
from bot.actions.conduct.keep_message import keep_files, keep_message
from bot.actions.conduct.report import NOT_YOURS, Written, answer, report
from bot.domain.audit import By
from bot.domain.conduct.case import KNOWN_FOR, Member, Person, Quoted, Stage, Step, Way
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.event import Server
from bot.domain.privacy.retention import Term
from bot.storage import audit
from bot.storage.conduct import cases, committee, entries, retention
from bot.storage.conduct.drafts import Draft
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Op
from bot.storage.privacy.purges import PURGES
from tests.chat.samples import at, lowest

GUILD, REPORTER, ANA, BEN = 1, 77, 11, 12
SERVER = Server({"conduct": "reports"}, {"organizers": "Organizer"})
NOW = at(0)


@pytest.fixture
async def db(db: Database) -> Database:
    """With two on the committee."""

    def fill(tables: Tables) -> None:
        for number, name in ((ANA, "Ana"), (BEN, "Ben")):
            committee.put(tables, GUILD, Member(number, name), NOW)

    await db.write(fill)
    return db


def by(user: int, act: int) -> By:
    return By(user, act, NOW)


def ana(act: int) -> Doing:
    return Doing(GUILD, SERVER, "Ana", by(ANA, act))


async def filed(db: Database, form: int = 1, *, way: Way = Way.THREAD, involved: tuple[Person, ...] = ()) -> int:
    written = Written(form, "What happened", involved=involved)
    return (await report(db, GUILD, written, way=way, by=by(REPORTER, form + 1_000), draw=lowest)).case.number


def queued(db: Database) -> list[tuple[str, str, str]]:
    return [(row.key, row.op.value, row.place) for row in outbox.of_guild(db.reader, GUILD)]


async def test_a_report_queues_its_thread_who_is_in_it_and_two_messages(db: Database) -> None:
    await filed(db)
    assert queued(db) == [
        ("act:thread:case/100:0", "thread", "case/100"),
        (f"act:case:100:member:{ANA}:0", "member", "case/100"),
        (f"act:case:100:member:{BEN}:0", "member", "case/100"),
        ("act:case:100:opened", "message", "conduct"),
        ("act:case:100", "message", "case/100"),
        ("act:case:100:waiting", "message", "conduct"),
    ]


async def test_a_case_without_a_thread_goes_to_each_whom_it_does_not_concern(db: Database) -> None:
    await filed(db, way=Way.DIRECT, involved=(Person(BEN, "Ben"),))
    assert queued(db) == [(f"act:case:100:{ANA}", "dm", str(ANA)), (f"act:case:100:waiting:{ANA}", "dm", str(ANA))]
    assert [row.due_at - NOW for row in outbox.of_guild(db.reader, GUILD)] == [timedelta(0), timedelta(days=1)]


async def test_whoever_reported_is_not_counted_among_those_who_read_it_and_the_channel_is_silent_all_the_same(
    db: Database,
) -> None:
    """The other one of the committee would read there that there is a case about them."""
    done = await report(db, GUILD, Written(1, "x", involved=(Person(BEN, "Ben"),)), way=Way.THREAD, by=by(ANA, 2))
    assert done.reached == 0
    assert [key for key, _, place in queued(db) if place == "conduct" or str(BEN) in key] == []
    assert [entry.step for entry in entries.of_case(db.reader, GUILD, done.case.number)] == [Step.UNHEARD]


async def test_the_same_report_at_once_is_one_case(db: Database) -> None:
    assert await asyncio.gather(*(filed(db) for _ in range(5))) == [100] * 5


async def test_each_server_has_its_own_numbers(db: Database) -> None:
    other = await report(db, 2, Written(9, "x"), way=Way.THREAD, by=by(REPORTER, 9), draw=lowest)
    assert [await filed(db, 1), await filed(db, 2), other.case.number] == [100, 101, 100]


async def test_a_report_without_a_word_is_refused_and_says_what_to_do(db: Database) -> None:
    with pytest.raises(UsherError, match="Use /report and say what happened"):
        await report(db, GUILD, Written(1, ""), way=Way.THREAD, by=by(REPORTER, 1))
    assert cases.of_guild(db.reader, GUILD) == []


async def test_each_step_is_done_once_and_tells_whoever_reported_through_the_case_alone(db: Database) -> None:
    number = await filed(db)
    before = len(queued(db))
    assert [(await acknowledge(db, number, ana(act))).new for act in (10, 11)] == [True, False]
    assert [(await write_to_reporter(db, number, "?", ana(act), form=20)).new for act in (20, 21)] == [True, False]
    assert [(await assign(db, number, BEN, ana(act))).new for act in (30, 31)] == [True, False]
    for act in (40, 41):
        await answer(db, GUILD, number, "!", form=40, by=by(REPORTER, act))
    assert [(await close(db, number, "Done", ana(act), form=50)).new for act in (50, 51)] == [True, False]
    log = entries.of_case(db.reader, GUILD, number)
    assert [entry.step for entry in log] == [Step.READ, Step.WRITTEN, Step.ASSIGNED, Step.ANSWERED, Step.CLOSED]
    assert [(key, place) for key, op, place in queued(db)[before:] if op == "dm"] == [
        (f"act:case:100:news:{log[at].id}", "reporter/100") for at in (0, 1, 4)
    ]
    assert [entry.about for entry in audit.newest(db.reader, GUILD, most=9)] == ["case 100"] * 4
    assert [entry.detail for entry in audit.newest(db.reader, GUILD, most=9)] == [""] * 4


async def test_a_closed_case_is_not_closed_again(db: Database) -> None:
    number = await filed(db)
    await close(db, number, "Done", ana(1), form=1)
    with pytest.raises(UsherError, match=r"Case 100 is closed already\. Nothing was changed\."):
        await close(db, number, "Done otherwise", ana(2), form=2)


async def test_who_is_involved_can_do_nothing_with_it(db: Database) -> None:
    number = await filed(db, involved=(Person(ANA, "Ana"),))
    for doing in (
        acknowledge(db, number, ana(1)),
        assign(db, number, BEN, ana(2)),
        write_to_reporter(db, number, "?", ana(3), form=3),
        close(db, number, "Done", ana(4), form=4),
        record_export(db, number, ana(5)),
    ):
        with pytest.raises(NotFoundError):
            await doing
    with pytest.raises(UsherError, match="This person cannot take the case"):
        await assign(db, number, ANA, Doing(GUILD, SERVER, "Ben", by(BEN, 6)))
    assert (entries.of_case(db.reader, GUILD, number), audit.count(db.reader, GUILD)) == ([], 0)


async def test_only_whoever_reported_adds_to_it_and_only_for_some_days_after_its_end(db: Database) -> None:
    number = await filed(db)
    with pytest.raises(NotFoundError, match=NOT_YOURS):
        await answer(db, GUILD, number, "!", form=1, by=by(ANA, 1))
    await close(db, number, "Done", ana(2), form=2)
    await answer(db, GUILD, number, "!", form=3, by=by(REPORTER, 3))
    with pytest.raises(NotFoundError, match=NOT_YOURS):
        await answer(db, GUILD, number, "!", form=4, by=By(REPORTER, 4, NOW + KNOWN_FOR))


async def test_a_written_case_counts_as_read(db: Database) -> None:
    number = await filed(db)
    done = await write_to_reporter(db, number, "?", ana(1), form=1)
    assert done.case.stage is Stage.READ


async def test_cases_are_listed_by_time_whatever_their_numbers(db: Database) -> None:
    for minutes in range(3):
        at_then = By(REPORTER, minutes + 1, at(minutes))
        await report(db, GUILD, Written(minutes + 1, "x"), way=Way.THREAD, by=at_then, draw=lambda below: below - 1)
    await close(db, 998, "Done", ana(50), form=50)
    lists = (
        cases.of_guild(db.reader, GUILD),
        cases.of_reporter(db.reader, GUILD, REPORTER, at(9)),
        cases.open_ones(db.reader, GUILD),
    )
    assert [[case.number for case in found] for found in lists] == [[997, 999, 998], [997, 998, 999], [999, 997]]


async def test_the_files_of_a_message_are_kept_beside_its_case_also_where_they_come_late_and_go_with_it(
    db: Database,
) -> None:
    message = Quoted(Person(5, "Eve"), "Look", "https://discord.com/channels/1/2/3", NOW, (("a.png", "https://x"),))
    await keep_message(db, 1, Draft(message), NOW)
    number = (await report(db, GUILD, Written(1, "x", message=message), way=Way.THREAD, by=by(REPORTER, 2))).case.number
    await keep_files(db, 1, {0: ("a.png", b"bytes")}, NOW)
    assert [row.op for row in outbox.of_guild(db.reader, GUILD) if row.key.startswith("act:edit:")] == [Op.EDIT]
    again = await report(db, GUILD, Written(1, "y", message=message), way=Way.THREAD, by=by(REPORTER, 3))
    assert again.case.kept == (0,)
    # The same once more is no other case, though its files came since.
    same = await report(db, GUILD, Written(1, "x", message=message), way=Way.THREAD, by=by(REPORTER, 4))
    assert (same.case.number, same.case.kept) == (number, (0,))
    for one in (number, again.case.number):
        assert (await record_export(db, one, ana(one))).files == (("a.png", b"bytes"),)
    await db.write(lambda tables: retention.let_go(tables, NOW + retention.DRAFTS_KEPT))
    assert (rows_of(db, "conduct_draft_file"), rows_of(db, "conduct_file")) == (0, 2)
    await close(db, number, "Done", ana(50), form=50)
    await db.write(lambda tables: PURGES[Term.CASES](tables, GUILD, NOW, 9))
    assert rows_of(db, "conduct_file") == 1


def rows_of(db: Database, table: str) -> int:
    (found,) = db.reader.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found)
