"""What is kept no longer goes on its day, and nothing else does."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from bot.actions.privacy import purge as purging
from bot.actions.privacy.purge import purge
from bot.domain.posters.question import State
from bot.domain.privacy.retention import Retention
from bot.domain.reminders.choice import ReminderChoice
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.agenda import reminder_choices
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox, told
from bot.storage.delivery.outbox import Op, millis
from bot.storage.posters import questions
from tests.actions.privacy.test_decide import GUILD, OTHER, WHO, counts, everything, live
from tests.chat.samples import at, program

DAY = timedelta(days=1)
PROGRAM = program()
#: Midnight at the venue after the event's only day.
OVER = datetime.combine(PROGRAM.event.last_day + DAY, datetime.min.time(), PROGRAM.event.tz)


async def purged(db: Database, now: datetime, retention: Retention | None = None) -> None:
    of = replace(PROGRAM, privacy=retention or Retention())
    await purge(db, lambda _: of, now)


def add(tables: Tables, key: str, op: Op = Op.MESSAGE, *, place: str = "schedule", kind: str = "sessions") -> None:
    told.add(tables, GUILD, key, op, Facts(NoticeKind(kind)), place=place, priority=1, due_at=at(0), expires_at=at(60))


def end(tables: Tables, state: str, done: datetime, where: str = "1") -> None:
    tables.execute(f"UPDATE outbox SET state = ?, done_at = ? WHERE {where}", [state, millis(done)])


def keys(db: Database) -> list[str]:
    return [row.key for row in outbox.of_guild(db.reader, GUILD)]


async def test_nothing_personal_goes_before_its_day(db: Database) -> None:
    await live(db)
    before = everything(db)
    await purged(db, OVER + 30 * DAY - timedelta(seconds=1), Retention(drafts=90 * DAY))
    assert everything(db) == before


async def test_after_the_event_names_go_and_the_texts_and_numbers_stay(db: Database) -> None:
    await live(db)
    await purged(db, OVER + 30 * DAY)
    # What waits to be sent is not touched.
    assert (await counts(db, WHO), await counts(db, OTHER)) == ({"Direct messages": 1}, {"Direct messages": 2})
    found = [questions.of_id(db.reader, GUILD, number) for number in (1, 2, 4)]
    assert [(one.asker, one.text, one.state, one.votes) for one in found if one] == [
        (None, "Why does it converge?", State.ANSWERED, 0),
        (None, "Where is the code?", State.OPEN, 1),
        (None, "How large is the batch?", State.ANSWERED, 1),
    ]
    texts = db.reader.execute("SELECT author, text FROM answer ORDER BY id").fetchall()
    assert texts == [(None, "It is convex."), (None, "64.0 or so.")]


async def test_messages_with_names_are_edited_behind_everything_else(db: Database) -> None:
    await live(db)
    await db.write(partial(Tables.execute, sql="DELETE FROM outbox WHERE op = 'edit'"))
    await purged(db, OVER + 30 * DAY)
    rows = outbox.of_guild(db.reader, GUILD)
    known = {str(row.id): row.key for row in rows}
    edits = {(known[row.place], row.priority) for row in rows if row.op is Op.EDIT}
    assert edits == {
        (key, outbox.Priority.BULK)
        for key in ("act:answer:1", "act:answer:2", "act:question:1", "act:question:2", "act:question:4")
    }


@pytest.mark.parametrize("state", ["queued", "leased", "paused"])
async def test_what_waits_to_be_sent_is_never_removed(db: Database, state: str) -> None:
    def write(tables: Tables) -> None:
        add(tables, f"dm:{WHO}:a", Op.DM, place=str(WHO), kind="personal")
        reminder_choices.put(tables, GUILD, WHO, ReminderChoice())
        tables.execute("UPDATE outbox SET state = ?", [state])
        add(tables, "newest")

    await db.write(write)
    await purged(db, OVER + 700 * DAY)
    assert keys(db) == [f"dm:{WHO}:a", "newest"]
    assert await counts(db, WHO) == {"Direct messages": 1}


@pytest.mark.parametrize("state", ["sent", "failed", "expired", "cancelled"])
async def test_what_ended_goes_when_it_is_old(db: Database, state: str) -> None:
    def write(tables: Tables) -> None:
        for key in ("old", "young", "newest"):
            add(tables, key)
        end(tables, state, at(0), "dedupe_key != 'young'")
        end(tables, state, at(1), "dedupe_key = 'young'")

    await db.write(write)
    await purged(db, at(0) + 30 * DAY)
    assert keys(db) == ["young", "act:forgotten:3"]


async def test_what_something_else_needs_stays(db: Database) -> None:
    """The message of an edit that waits, receipts of questions and answers, what opened a thread."""
    kept = ["act:question:1", "act:answer:1", "act:thread:poster/p1:0", "edited"]

    def write(tables: Tables) -> None:
        add(tables, "act:question:1")
        add(tables, "act:answer:1")
        add(tables, "act:thread:poster/p1:0", Op.THREAD, place="poster/p1")
        add(tables, "edited")
        add(tables, "old")
        end(tables, "sent", at(0))
        add(tables, "act:edit:4", Op.EDIT, place="4")
        add(tables, "newest")

    await db.write(write)
    await purged(db, OVER + 700 * DAY)
    assert keys(db) == [*kept, "act:edit:4", "newest"]


async def test_no_id_is_given_twice(db: Database) -> None:
    """Old buttons name rows by their ids."""

    def write(tables: Tables) -> None:
        add(tables, "first")
        add(tables, "second")
        end(tables, "sent", at(0))

    await db.write(write)
    await purged(db, at(0) + 300 * DAY)
    await db.write(lambda tables: add(tables, "third"))
    assert [(row.id, row.key) for row in outbox.of_guild(db.reader, GUILD)] == [
        (2, "act:forgotten:2"),
        (3, "third"),
    ]


async def test_the_newest_message_stays_and_says_nothing_of_anybody(db: Database) -> None:
    """Its id is not given again, and nobody is found through it."""

    def write(tables: Tables) -> None:
        add(tables, f"dm:{WHO}:a", Op.DM, place=str(WHO), kind="personal")
        tables.execute("UPDATE outbox SET channel_id = 5001, message_id = 6001")
        end(tables, "sent", at(0))

    await db.write(write)
    await purged(db, at(0) + 30 * DAY - timedelta(seconds=1))
    assert keys(db) == [f"dm:{WHO}:a"]
    await purged(db, at(0) + 30 * DAY)
    (row,) = outbox.of_guild(db.reader, GUILD)
    assert (row.id, row.key, row.place, row.facts) == (1, "act:forgotten:1", "", Facts(NoticeKind.PERSONAL))
    assert (row.state, row.channel_id, row.message_id) == (outbox.State.SENT, None, None)


async def test_a_failed_edit_goes_with_the_message_that_it_was_for(db: Database) -> None:
    """It ended later, and would be of no use alone."""

    def write(tables: Tables) -> None:
        add(tables, "old")
        add(tables, "young")
        end(tables, "sent", at(0), "dedupe_key = 'old'")
        end(tables, "sent", at(9), "dedupe_key = 'young'")
        for number in (1, 2):
            add(tables, f"act:edit:{number}", Op.EDIT, place=str(number))
        end(tables, "failed", at(9), "op = 'edit'")
        add(tables, "newest")

    await db.write(write)
    await purged(db, at(0) + 30 * DAY)
    assert keys(db) == ["young", "act:edit:2", "newest"]


async def test_more_rows_than_fit_into_one_step_all_go(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "ROWS_MOST", 3)
    monkeypatch.setattr(purging, "PEOPLE_MOST", 2)

    def write(tables: Tables) -> None:
        for number in range(11):
            add(tables, f"m{number}")
            reminder_choices.put(tables, GUILD, 500 + number, ReminderChoice())
        end(tables, "sent", at(0))

    await db.write(write)
    await purged(db, OVER + 300 * DAY)
    assert (keys(db), await counts(db, 505)) == (["act:forgotten:11"], {})
