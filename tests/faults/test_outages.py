"""A server that is away for a while, or the whole connection: what is due waits, untried, and goes when it is back."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.domain.reminders.notice import Facts, NoticeKind
from bot.sandbox_app import Stage
from bot.storage.database import Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority, Row, State
from tests.chat.samples import at
from tests.faults.delivered import KEYS, until
from tests.faults.test_delivery_faults import posted, rows, stage

#: More looks than there are attempts until organizers are told of a row.
_MANY = 15


async def away(running: Stage) -> None:
    """Let Discord have an outage in the server."""
    running.sandbox.gateway.lose_guilds()
    await until(lambda: running.client.guilds[0].unavailable)


async def nameless(running: Stage) -> None:
    """Let nothing be known of the server but its id, as at a start during an outage."""
    ready = asyncio.create_task(running.client.wait_for("ready"))
    running.sandbox.gateway.withhold_guilds()
    running.sandbox.gateway.invalid_session()
    await ready
    assert running.client.guilds[0].unavailable


async def back(running: Stage) -> None:
    running.sandbox.gateway.send_guilds()
    await until(lambda: not running.client.guilds[0].unavailable)


async def looked(running: Stage, times: int) -> None:
    """Let the delivery look so often at what is due."""
    looks = asyncio.Event()
    running.clock.listeners.append(looks.set)
    for _ in range(times):
        looks.clear()
        running.worker.wake()
        await looks.wait()


def attempts(running: Stage) -> set[tuple[State, int]]:
    return {(rows(running)[key].state, rows(running)[key].attempts) for key in KEYS}


@pytest.mark.parametrize("leave", [away, nameless])
async def test_while_a_guild_is_known_by_its_id_alone_what_is_due_waits(
    leave: Callable[[Stage], Awaitable[None]], tmp_path: Path
) -> None:
    async with stage(tmp_path) as running:
        await leave(running)
        running.clock.move_to(at(-14))
        await looked(running, _MANY)
        assert attempts(running) == {(State.QUEUED, 0)}
        assert posted(running) == []
        await back(running)
        await until(lambda: attempts(running) == {(State.SENT, 1)})
        # And no report.
        assert len(posted(running)) == len(KEYS)
        assert {key for key, row in rows(running).items() if row.due_at <= at(-14)} == KEYS


async def test_between_two_connections_what_is_due_waits(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with stage(tmp_path) as running:
        first = running.client
        # A code after which the library does not come back by itself.
        await running.sandbox.gateway.drop(4012)
        await until(first.is_closed)
        running.clock.move_to(at(-14))
        await looked(running, _MANY)
        await until(lambda: attempts(running) == {(State.SENT, 1)})
        assert len(posted(running)) == len(KEYS)
        assert "could not be handed over" not in caplog.text


async def test_what_waits_at_a_limit_while_the_bot_is_stopped_is_put_back_without_a_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage(tmp_path) as running:
        running.sandbox.limiter.scale = 4.0
        session = running.program.sessions[0]

        def queue(tables: Tables) -> None:
            for number in range(20):
                told.add(
                    tables,
                    running.sandbox.world.guild.id,
                    f"act:test:{number}",
                    Op.MESSAGE,
                    Facts(NoticeKind.SESSIONS, (session.id,), session.start),
                    place="schedule",
                    priority=Priority.REMINDER,
                    due_at=running.clock.now(),
                    expires_at=session.end,
                )

        def ours() -> list[Row]:
            return [row for key, row in rows(running).items() if key.startswith("act:test:")]

        await running.database.write(queue)
        running.worker.wake()
        await until(lambda: sum(row.state is State.SENT for row in ours()) >= 5)
        await running.worker.finish(0.1)
        await running.connection.close()
        await until(lambda: State.LEASED not in {row.state for row in ours()})
        waiting = [row for row in ours() if row.state is not State.SENT]
        assert {row.state for row in waiting} == {State.QUEUED}
        assert sum(row.claimed_at is not None for row in waiting) > 5
        assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


async def test_of_a_guild_that_is_not_there_nothing_is_said_to_be_missing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage(tmp_path) as running:
        caplog.clear()
        await nameless(running)
        world = running.sandbox.world
        schedule = world.channel_named("schedule")
        del world.guild.channels[schedule.id], world.channels[schedule.id]
        # One server is welcomed at a time: the client's own greeting is over by the second of these.
        for _ in range(2):
            await running.connection.publishing.welcome(world.guild.id)
        assert "There is no channel" not in caplog.text
        await back(running)
        await until(lambda: "There is no channel" in caplog.text)
        missing = [record.getMessage() for record in caplog.records if record.name == "bot.chat.setup.checking"]
        assert [text.partition(": ")[2].partition(":")[0] for text in missing] == [
            "There is no channel #schedule (schedule)"
        ]
