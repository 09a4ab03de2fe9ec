"""What Discord and the network do to a delivery, and what becomes of it: nothing lost, nothing twice, no silence."""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.sandbox import Faults
from bot.sandbox_app import Stage, staged
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Row, State
from tests.chat.samples import at
from tests.event_folder import folder_of
from tests.faults.delivered import BEFORE, CHANNELS, KEYS, three_reminders, trial, until

#: Which of the three messages meets the fault: the first that is posted.
_POST = "/messages"

#: What happens to the first post -> whether it arrives in the end.
TRANSIENT: dict[str, Callable[[Faults], object]] = {
    "429": lambda faults: faults.status(429, _POST, method="POST", retry_after=0.2),
    "global 429": lambda faults: faults.status(429, _POST, method="POST", retry_after=0.2, is_global=True),
    "500": lambda faults: faults.status(500, _POST, method="POST"),
    "502": lambda faults: faults.status(502, _POST, method="POST"),
    "503": lambda faults: faults.status(503, _POST, method="POST"),
    "reset before": lambda faults: faults.reset_before(_POST, method="POST"),
    "reset after": lambda faults: faults.reset_after(_POST, method="POST"),
    "no answer": lambda faults: faults.hang(_POST, method="POST", seconds=1.0),
}
FINAL: dict[str, tuple[Callable[[Faults], object], str]] = {
    "no permission": (lambda f: f.status(403, _POST, method="POST", code=50013), "a permission is missing"),
    "channel deleted": (lambda f: f.status(404, _POST, method="POST", code=10003), "the channel was deleted"),
    "thread archived": (lambda f: f.status(400, _POST, method="POST", code=50083), "the thread is archived"),
    "thread locked": (lambda f: f.status(400, _POST, method="POST", code=160005), "the thread is locked"),
    "direct messages closed": (lambda f: f.status(403, _POST, method="POST", code=50007), "takes no direct messages"),
}


@asynccontextmanager
async def stage(folder: Path) -> AsyncIterator[Stage]:
    """The bot a minute before three reminders are due, with its clock held until ``deliver``."""
    for name, content in folder_of(three_reminders()).items():
        (folder / name).write_bytes(content)
    async with staged(str(folder), at=BEFORE.isoformat()) as running:
        await until(lambda: len(rows(running)) >= len(KEYS))
        yield running


def rows(running: Stage) -> dict[str, Row]:
    guild = running.sandbox.world.guild.id
    return {row.key: row for row in outbox.of_guild(running.database.reader, guild)}


async def deliver(running: Stage, *, to: int = -14) -> None:
    """Let the clock go to so many minutes from 09:00, and wait until nothing is on its way."""
    running.clock.move_to(at(to))
    running.worker.wake()
    await until(lambda: not {rows(running)[key].state for key in KEYS} & {State.QUEUED, State.LEASED}, within=40)


def posted(running: Stage) -> list[str]:
    """First lines of all messages."""
    channels = [running.sandbox.world.channel_named(name) for name in CHANNELS]
    return [message.data["content"] for channel in channels for message in channel.messages.values()]


@pytest.mark.parametrize("fault", TRANSIENT)
async def test_a_passing_fault_loses_and_doubles_nothing(fault: str, tmp_path: Path) -> None:
    async with stage(tmp_path) as running:
        TRANSIENT[fault](running.sandbox.faults)
        await deliver(running)
        assert {rows(running)[key].state for key in KEYS} == {State.SENT}
        assert len(posted(running)) == len(KEYS)
        assert running.sandbox.faults.list() == []


@pytest.mark.parametrize(
    "order",
    [
        lambda faults: faults.status(403, _POST, method="POST", code=40003),
        lambda faults: faults.status(429, _POST, method="POST", retry_after=31),
    ],
    ids=["opening too many direct messages", "long 429"],
)
async def test_a_long_wait_is_slept_in_the_queue(order: Callable[[Faults], object], tmp_path: Path) -> None:
    async with stage(tmp_path) as running:
        order(running.sandbox.faults)
        running.clock.move_to(at(-14))
        running.worker.wake()
        await until(lambda: [rows(running)[key].state for key in KEYS].count(State.SENT) == len(KEYS) - 1)
        await until(lambda: any(row.last_error == "Discord asks to wait" for row in rows(running).values()))
        await running.database.write(lambda tables: tables.execute("UPDATE outbox SET retry_at = 0"))
        await deliver(running)
        assert len(posted(running)) == len(KEYS)


@pytest.mark.parametrize("fault", FINAL)
async def test_a_refusal_ends_the_row_and_is_told_to_the_organizers(fault: str, tmp_path: Path) -> None:
    order, why = FINAL[fault]
    async with stage(tmp_path) as running:
        order(running.sandbox.faults)
        await deliver(running)
        failed = [row for key, row in rows(running).items() if key in KEYS and row.state is State.FAILED]
        assert len(failed) == 1
        assert why in (failed[0].last_error or "")
        await until(lambda: any(why in text for text in posted(running)))
        assert len(posted(running)) == len(KEYS)


async def test_a_missing_channel_is_told_to_the_organizers(tmp_path: Path) -> None:
    async with stage(tmp_path) as running:
        schedule = running.sandbox.world.channel_named("schedule")
        client = running.client
        channel = client.get_channel(schedule.id)
        assert channel is not None
        await client.http.delete_channel(schedule.id)
        await until(lambda: client.get_channel(schedule.id) is None)
        await deliver(running)
        why = "there is no channel #schedule (schedule): create it, or correct server.yaml"
        assert rows(running)["start:2025-04-28T16:00Z:T-15m"].last_error == why
        organizers = running.sandbox.world.channel_named("organizers")
        await until(lambda: any("could not be delivered" in m.data["content"] for m in organizers.messages.values()))


async def test_after_three_hours_down_what_is_useful_is_said_late_and_the_rest_is_reported(tmp_path: Path) -> None:
    async with trial(tmp_path) as it:
        async with it.bot():
            await until(lambda: len(it.rows()) >= len(KEYS))
        async with it.bot(start=at(10).isoformat()):
            await until(lambda: it.rows()["deadline:call:2025-04-28T16:45Z:T-1h"] == "sent")
            await until(lambda: it.rows()["start:2025-04-28T16:00Z:T-15m"] in ("sent", "expired"))
            messages = it.sandbox.world.channel_named("announcements").messages.values()
            assert ["This message is late" in message.data["content"] for message in messages] == [True]


async def test_sigterm_in_the_middle_of_a_batch_ends_within_five_seconds_and_loses_nothing(tmp_path: Path) -> None:
    async with trial(tmp_path) as it:
        it.sandbox.faults.hang(_POST, method="POST")
        async with it.bot() as process:
            await until(lambda: "leased" in it.rows().values())
            await until(lambda: not it.sandbox.faults.list())
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(5):
                assert await process.wait() in (0, -signal.SIGTERM)
        async with it.bot(start=at(-14).isoformat()):
            await until(lambda: all(it.rows()[key] == "sent" for key in KEYS))
        assert {key: it.arrived()[key] for key in KEYS} == dict.fromkeys(KEYS, 1)


async def test_a_second_process_on_the_same_database_is_refused(tmp_path: Path) -> None:
    async with trial(tmp_path) as it, it.bot():
        await until(lambda: len(it.rows()) >= len(KEYS))
        async with it.bot() as second:
            async with asyncio.timeout(10):
                _, said = await second.communicate()
            assert second.returncode == 1
            assert "Another Usher process works with the database" in said.decode()


async def test_a_clock_that_is_set_back_and_forward_says_nothing_twice(tmp_path: Path) -> None:
    async with trial(tmp_path) as it:
        async with it.bot():
            await until(lambda: all(it.rows().get(key) == "sent" for key in KEYS))
        async with it.bot(start=at(-16 - 60).isoformat()):
            await until(lambda: it.rows().get("digest:2025-04-28") == "sent")
        async with it.bot(start=at(-16 + 60).isoformat()):
            await until(lambda: "queued" not in it.rows().values())
        assert {key: it.arrived()[key] for key in (*KEYS, "digest:2025-04-28")} == dict.fromkeys(
            (*KEYS, "digest:2025-04-28"), 1
        )


#: What happens to the connection to the gateway while messages are due.
GATEWAY: dict[str, Callable[[Stage], object]] = {
    "closed, then resumed": lambda running: running.sandbox.gateway.drop(4000),
    "told to reconnect": lambda running: running.sandbox.gateway.reconnect(),
    "invalid session, then READY again": lambda running: running.sandbox.gateway.invalid_session(),
    "gone silent": lambda running: running.sandbox.gateway.mute_heartbeats(),
}


@pytest.mark.parametrize("fault", GATEWAY)
async def test_the_gateway_failing_loses_and_doubles_nothing(fault: str, tmp_path: Path) -> None:
    async with stage(tmp_path) as running:
        done = GATEWAY[fault](running)
        if asyncio.iscoroutine(done):
            await done
        await deliver(running)
        if fault.startswith("invalid"):
            await running.sandbox.gateway.identified(2)
            await until(lambda: running.client.is_ready())
        await deliver(running, to=-10)
        assert {rows(running)[key].state for key in KEYS} == {State.SENT}
        assert len(posted(running)) == len(KEYS)


#: Step -> what of a row cannot be written, as if the disk were full, and what the log says of it.
UNWRITTEN = {"the claim": ("leased", "delivery stumbled"), "the record": ("sent", "could not be written")}


@pytest.mark.parametrize("step", UNWRITTEN)
async def test_a_full_disk_loses_and_doubles_nothing(
    step: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    state, logged = UNWRITTEN[step]
    refuse = f"""
        CREATE TRIGGER disk_is_full BEFORE UPDATE ON outbox WHEN NEW.state = '{state}'
        BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END
    """
    async with stage(tmp_path) as running:
        await running.database.write(lambda tables: tables.execute(refuse))
        running.clock.move_to(at(-14))
        running.worker.wake()
        await until(lambda: any(logged in record.getMessage() for record in caplog.records))
        if step == "the record":
            await until(lambda: len(posted(running)) == len(KEYS))
        assert State.SENT not in {row.state for row in rows(running).values()}
        await running.database.write(lambda tables: tables.execute("DROP TRIGGER disk_is_full"))
        # A lease that nobody ended is free again after a minute; here, at once.
        await running.database.write(lambda tables: tables.execute("UPDATE outbox SET lease_until = 0"))
        running.worker.wake()
        await deliver(running)
        assert {rows(running)[key].state for key in KEYS} == {State.SENT}
        assert len(posted(running)) == len(KEYS)


@pytest.mark.matrix
async def test_a_database_that_is_busy_for_long_delays_and_doubles_nothing(tmp_path: Path) -> None:
    async with trial(tmp_path) as it:
        async with it.bot(speed=10):
            await until(lambda: len(it.rows()) >= len(KEYS))
            with closing(sqlite3.connect(it.database, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                await asyncio.sleep(12)
                assert it.arrived() == {}
                other.execute("ROLLBACK")
            await until(lambda: all(it.rows().get(key) == "sent" for key in KEYS))
        assert {key: it.arrived()[key] for key in KEYS} == dict.fromkeys(KEYS, 1)
