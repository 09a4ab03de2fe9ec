"""What is queued about a case when its thread is gone, or cannot be."""

import pytest

from bot.actions.conduct.report import Written, report
from bot.domain.audit import By
from bot.domain.conduct.case import Member, Person, Quoted, Way
from bot.storage.conduct import cases, committee, drafts, retention
from bot.storage.conduct.drafts import Draft
from bot.storage.conduct.reaching import in_thread
from bot.storage.conduct.saying import go_direct, let_in, say_again
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox
from tests.chat.samples import at, lowest

GUILD, PLACE, NOW = 1, "case/100", at(0)


@pytest.fixture
async def db(db: Database) -> Database:
    """With a case in a thread, of which everything was said."""
    await db.write(lambda tables: committee.put(tables, GUILD, Member(11, "Ana"), NOW))
    await report(db, GUILD, Written(1, "x"), way=Way.THREAD, by=By(77, 2, NOW), draw=lowest)
    await db.write(lambda tables: tables.execute("UPDATE outbox SET state = 'sent'"))
    return db


def waiting(db: Database) -> list[tuple[str, str]]:
    rows = outbox.of_guild(db.reader, GUILD)
    return [(row.key, row.place) for row in rows if row.state is outbox.State.QUEUED]


async def test_what_stood_in_a_deleted_thread_is_said_again_once(db: Database) -> None:
    for _ in range(2):
        await db.write(lambda tables: say_again(tables, GUILD, PLACE, NOW))
    assert waiting(db) == [("act:case:100:member:11:0:again", PLACE), ("act:case:100:again", PLACE)]


async def test_what_was_said_is_not_said_directly_too(db: Database) -> None:
    await db.write(lambda tables: go_direct(tables, GUILD, PLACE, NOW))
    assert waiting(db) == [("act:case:100:news:1", "reporter/100")]
    found = cases.of_number(db.reader, GUILD, 100)
    assert found is not None
    assert found.way is Way.DIRECT


async def test_what_waits_for_a_thread_that_cannot_be_goes_directly_once(db: Database) -> None:
    def fail(tables: Tables) -> None:
        tables.execute("UPDATE outbox SET state = 'failed' WHERE dedupe_key = 'act:case:100'")
        go_direct(tables, GUILD, PLACE, NOW)

    for _ in range(2):
        await db.write(fail)
    assert waiting(db) == [("act:case:100:news:1", "reporter/100"), ("act:case:100:11", "11")]


async def test_a_message_whose_report_was_never_sent_is_kept_for_a_day(db: Database) -> None:
    message = Quoted(Person(5, "Eve"), "Text", "https://discord.com/channels/1/2/3", NOW, (("a.png", "https://x"),))
    draft = Draft(message, behind=6)
    await db.write(lambda tables: drafts.keep(tables, 9, draft, NOW))
    assert drafts.of_form(db.reader, 9) == draft
    await db.write(lambda tables: retention.let_go(tables, NOW + retention.DRAFTS_KEPT))
    assert drafts.of_form(db.reader, 9) is None


@pytest.mark.parametrize(
    ("states", "there"),
    [
        (["sent"], True),
        (["failed"], False),
        (["cancelled"], False),
        (["sent", "cancelled"], False),
        (["cancelled", "sent"], True),
        # What is on its way may come to nothing.
        (["sent", "queued"], True),
        (["queued"], False),
        ([], False),
    ],
)
async def test_in_the_thread_is_who_was_let_in_last(states: list[str], there: bool, db: Database) -> None:
    case = cases.of_number(db.reader, GUILD, 100)
    assert case is not None

    def write(tables: Tables) -> None:
        tables.execute("DELETE FROM outbox WHERE op = 'member'")
        for act, state in enumerate(states):
            let_in(tables, case, 11, NOW, act=act)
            tables.execute("UPDATE outbox SET state = ? WHERE dedupe_key LIKE '%:member:11:' || ?", [state, act])

    await db.write(write)
    assert in_thread(db.reader, case) == ((11,) if there else ())
