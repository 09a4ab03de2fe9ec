"""What was hidden comes back where people look for it, also when its thread was deleted meanwhile."""

from datetime import timedelta

from bot.actions.posters.answer import answer
from bot.actions.posters.moderate import hide, restore
from bot.domain.audit import By
from bot.storage import threads
from bot.storage.database import Database, Tables
from bot.storage.delivery.outbox import Op, State
from bot.storage.posters.said import post_again, thread_of
from tests.actions.posters.authoring import ADA, GUILD, ORGANIZER, SMALL, asked, be_author, by, rows
from tests.chat.samples import at

KEYS = ("act:question:", "act:answer:")


def queued(db: Database) -> list[str]:
    return sorted(row.key for keys in KEYS for row in rows(db, keys=keys))


async def sent(db: Database, thread_id: int) -> None:
    """The thread is opened, and what waits is posted there."""

    def write(tables: Tables) -> None:
        for row in [one for one in rows(db, keys="act:") if one.op is Op.THREAD]:
            threads.opened(tables, row, thread_id, at(0))
        tables.execute(
            "UPDATE outbox SET state = 'sent', channel_id = ?, message_id = id WHERE state = 'queued'", [thread_id]
        )

    await db.write(write)


async def test_what_is_restored_after_its_thread_was_lost_is_posted_in_the_new_one(db: Database) -> None:
    await be_author(db, ADA)
    one, two = await asked(db, at(180)), await asked(db, at(180), text="How?")
    for question in (one, two):
        await answer(db, GUILD, question.id, f"Because {question.id}.", by=by(ADA, at(181)))
        await answer(db, GUILD, question.id, "So.", by=by(ADA, at(181)))
    await sent(db, 500)
    acts: list[By] = [by(ORGANIZER, at(190)) for _ in range(6)]

    async def moderated(number: int, place: int | None, act: By, *, back: bool) -> None:
        if back:
            await restore(db, GUILD, number, place, by=act, server=SMALL.server)
        else:
            await hide(db, GUILD, number, place, why="x", by=act, server=SMALL.server)

    await moderated(1, None, acts[0], back=False)
    await moderated(2, 1, acts[1], back=False)
    # Where the thread is the same, it is the same message.
    await moderated(2, 1, acts[2], back=True)
    assert queued(db) == []
    await moderated(2, 1, acts[3], back=False)

    def lost(tables: Tables) -> None:
        assert threads.lost(tables, GUILD, 500, now=at(191)) is not None
        post_again(tables, GUILD, thread_of("p1"), at(191))

    await db.write(lost)
    assert queued(db) == ["act:answer:4", "act:question:2"]
    await sent(db, 600)
    await moderated(1, None, acts[4], back=True)
    assert queued(db) == ["act:answer:1", "act:answer:2", "act:question:1"]
    (posted,) = rows(db, keys="act:question:")
    first, second = rows(db, keys="act:answer:")
    assert [row.due_at - posted.due_at for row in (first, second)] == [timedelta(seconds=1), timedelta(seconds=2)]
    await moderated(2, 1, acts[5], back=True)
    assert queued(db)[2] == "act:answer:3"
    assert {row.state for keys in KEYS for row in rows(db, keys=keys)} == {State.QUEUED}
