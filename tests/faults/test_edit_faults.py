"""What becomes of the edit of a reminder that is posted already, where Discord refuses it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sandbox import Exchange, Faults
from bot.sandbox_app import Stage
from bot.storage.database import Tables
from bot.storage.delivery.outbox import Op, Row, State
from tests.chat.samples import at
from tests.faults.delivered import until
from tests.faults.operations import move_to_the_hall
from tests.faults.test_delivery_faults import deliver, posted, rows, stage

_PATCH = "PATCH"

#: Fault -> how it comes about, and what the organizers are told.
FINAL: dict[str, tuple[Callable[[Stage], object], str]] = {
    "message deleted": (
        lambda running: running.sandbox.world.channel_named("schedule").messages.clear(),
        "the message was deleted",
    ),
    "thread archived": (
        lambda running: running.sandbox.faults.status(400, "/messages/", method=_PATCH, code=50083, times=2),
        "the thread is archived",
    ),
}
TRANSIENT: dict[str, Callable[[Faults], object]] = {
    "429": lambda faults: faults.status(429, "/messages/", method=_PATCH, retry_after=0.2),
    "503": lambda faults: faults.status(503, "/messages/", method=_PATCH),
    "reset before": lambda faults: faults.reset_before("/messages/", method=_PATCH),
    "reset after": lambda faults: faults.reset_after("/messages/", method=_PATCH),
}


async def change(running: Stage) -> list[int]:
    """Let the session be in another room, and its reminder be edited; the answers to that, as they are given."""
    answers: list[int] = []

    def note(exchange: Exchange) -> None:
        if exchange.method == _PATCH:
            answers.append(exchange.status)

    running.sandbox.observers.append(note)
    (guild,) = running.client.guilds
    program = await move_to_the_hall(running.database, guild.id, at(-13))
    running.client.desk.programmes.put_live(guild.id, program)
    running.clock.move_to(at(-12))
    running.worker.wake()
    return answers


def edit(running: Stage) -> Row:
    (row,) = (row for row in rows(running).values() if row.op is Op.EDIT)
    return row


@pytest.mark.parametrize("fault", FINAL)
async def test_a_refused_edit_ends_and_is_told_to_the_organizers(fault: str, tmp_path: Path) -> None:
    order, why = FINAL[fault]
    async with stage(tmp_path) as running:
        await deliver(running)
        order(running)
        answers = await change(running)
        await until(lambda: any(why in text for text in posted(running)))
        assert (edit(running).state, edit(running).last_error) == (State.FAILED, why)
        # Nothing goes round in a circle: neither the edit nor the report is made again.
        before = posted(running)
        await running.clock.live_through(at(-1))
        # What is archived is taken out of the archive first, and tried once more.
        assert answers in ([404], [400, 200, 400])
        assert posted(running) == before


@pytest.mark.parametrize(
    "fault",
    # A connection that breaks is the same for every request, and takes five seconds: see the faults of messages.
    [pytest.param(fault, marks=[pytest.mark.matrix] if "reset" in fault else []) for fault in TRANSIENT],
)
async def test_an_edit_goes_through_after_a_passing_fault(fault: str, tmp_path: Path) -> None:
    async with stage(tmp_path) as running:
        await deliver(running)
        TRANSIENT[fault](running.sandbox.faults)
        await change(running)
        await until(lambda: edit(running).state is State.SENT)
        (reminder,) = running.sandbox.world.channel_named("schedule").messages.values()
        assert reminder.data["content"].splitlines()[0] == (
            "• **Session 1** · <t:1745856000:R> · Large hall · <t:1745856000:t> (venue 09:00)"
        )
        assert running.sandbox.faults.list() == []


async def test_an_edit_whose_message_is_known_no_more_ends_quietly(tmp_path: Path) -> None:
    """As when it failed, the record of the message was removed in time, and an organizer tries the edit again."""

    def forgotten(tables: Tables) -> None:
        tables.execute("DELETE FROM outbox WHERE id = ?", [int(edit(running).place)])
        tables.execute("UPDATE outbox SET state = 'queued', done_at = NULL WHERE op = 'edit'")

    async with stage(tmp_path) as running:
        await deliver(running)
        running.sandbox.world.channel_named("schedule").messages.clear()
        await change(running)
        await until(lambda: edit(running).state is State.FAILED)
        await running.database.write(forgotten)
        running.worker.wake()
        await until(lambda: edit(running).state is not State.FAILED and edit(running).done_at is not None)
        assert (edit(running).state, edit(running).last_error) == (
            State.CANCELLED,
            "nothing is known any more of the message",
        )
