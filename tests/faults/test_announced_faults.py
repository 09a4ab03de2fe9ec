"""What Discord and the network do to an announcement to a few: each gets it once, or organizers learn why not."""

from collections.abc import Callable

import pytest

from bot.sandbox import Faults
from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Op, Row, State
from tests.chat.announce.acting import chosen, written
from tests.chat.announce.test_sent import SAID, day, direct, timed
from tests.chat.organizing.test_live import guild, organizer, public, texts
from tests.faults.delivered import until

__all__ = ["day"]

_OPEN, _CROSSPOST = "/users/@me/channels", "/crosspost"


def to_channel(stage: Stage) -> str:
    return f"/channels/{stage.sandbox.world.channel_named('announcements').id}/messages$"


def to_person(stage: Stage) -> str:
    world = stage.sandbox.world
    return f"/channels/{world.dm_with(world.person('attendee')).id}/messages$"


#: The requests of an announcement.
REQUESTS: dict[str, Callable[[Stage], str]] = {
    "its message": to_channel,
    "a direct channel": lambda _: _OPEN,
    "a direct message": to_person,
    "handing on": lambda _: _CROSSPOST,
}
_TOO_MANY = "opening too many"
PASSING: dict[str, Callable[[Faults, str], object]] = {
    "429": lambda faults, path: faults.status(429, path, method="POST", retry_after=0.2),
    "global 429": lambda faults, path: faults.status(429, path, method="POST", retry_after=0.2, is_global=True),
    "500": lambda faults, path: faults.status(500, path, method="POST"),
    "503": lambda faults, path: faults.status(503, path, method="POST"),
    "reset before": lambda faults, path: faults.reset_before(path, method="POST"),
    "reset after": lambda faults, path: faults.reset_after(path, method="POST"),
    "no answer": lambda faults, path: faults.hang(path, method="POST", seconds=1.0),
    _TOO_MANY: lambda faults, path: faults.status(403, path, method="POST", code=40003),
}


def rows(stage: Stage) -> list[Row]:
    return [row for row in outbox.of_guild(stage.database.reader, guild(stage)) if row.announcement is not None]


async def send(stage: Stage) -> None:
    """Send an announcement, and wait until it has ended."""
    preview = await written(stage)
    assert preview.message is not None
    await (await organizer(stage).press(preview.message, "Send now")).settled()
    await ended(stage)


async def ended(stage: Stage) -> None:
    """Until all of it is sent or given up. What waits for its next attempt does not wait here."""

    def done() -> bool:
        return bool(rows(stage)) and not {row.state for row in rows(stage)} & {State.QUEUED, State.LEASED}

    while not done():
        await until(lambda: done() or any(row.state is State.QUEUED and row.last_error for row in rows(stage)))
        await stage.database.write(lambda tables: tables.execute("UPDATE outbox SET retry_at = 0"))
        stage.worker.wake()


def always(request: str, fault: str) -> bool:
    """Messages meet the same faults as reminders do: see there. Handing on is another request, and has no nonce."""
    return (request, fault) in {("handing on", "reset after"), ("a direct channel", _TOO_MANY)}


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        pytest.param(request, fault, marks=[] if always(request, fault) else [pytest.mark.matrix])
        for request in REQUESTS
        for fault in PASSING
        if fault != _TOO_MANY or request == "a direct channel"
    ],
)
async def test_a_passing_fault_loses_and_doubles_nothing(request_: str, fault: str, day: Stage) -> None:
    PASSING[fault](day.sandbox.faults, REQUESTS[request_](day))
    await send(day)
    assert day.sandbox.faults.list() == []
    assert {row.state for row in rows(day)} == {State.SENT}
    assert [texts(day, "announcements"), direct(day, "attendee"), direct(day, "author")] == [[SAID]] * 3
    assert [message["flags"] & 1 for message in public(day, "announcements")] == [1]


async def test_a_refusal_in_the_channel_is_told_and_people_still_get_it(day: Stage) -> None:
    day.sandbox.faults.status(403, to_channel(day), method="POST", code=50013)
    await send(day)
    assert {row.op: row.state for row in rows(day)} == {
        Op.SPREAD: State.SENT,
        Op.MESSAGE: State.FAILED,
        Op.PUBLISH: State.CANCELLED,
        Op.DM: State.SENT,
    }
    assert [texts(day, "announcements"), direct(day, "attendee"), direct(day, "author")] == [[], [SAID], [SAID]]
    await told_of(day, "a permission is missing")


async def test_a_message_that_cannot_be_handed_on_stands_and_is_told(day: Stage) -> None:
    day.sandbox.faults.status(403, _CROSSPOST, method="POST", code=50013)
    await send(day)
    assert {row.op: row.state for row in rows(day)} == dict.fromkeys((Op.SPREAD, Op.MESSAGE, Op.DM), State.SENT) | {
        Op.PUBLISH: State.FAILED
    }
    assert texts(day, "announcements") == [SAID]
    await told_of(day, "a permission is missing")


async def test_a_channel_that_was_deleted_after_the_confirmation_is_told_and_people_still_get_it(day: Stage) -> None:
    preview = await timed(day, await written(day), "11:30")
    assert preview.message is not None
    await (await organizer(day).press(preview.message, "Schedule")).settled()
    channel = day.sandbox.world.channel_named("announcements").id
    await day.client.http.delete_channel(channel)
    await until(lambda: day.client.get_channel(channel) is None)
    day.clock.move_to(day.began.replace(minute=31))
    day.worker.wake()
    await until(lambda: len(rows(day)) > 1)
    await ended(day)
    assert [direct(day, "attendee"), direct(day, "author")] == [[SAID], [SAID]]
    await told_of(day, "there is no channel #announcements (announcements): create it, or correct server.yaml")


@pytest.mark.matrix
async def test_one_who_takes_no_direct_messages_costs_the_others_nothing(day: Stage) -> None:
    day.sandbox.faults.status(403, to_person(day), method="POST", code=50007)
    preview = await chosen(day, await written(day), 1, "Direct messages alone")
    assert preview.message is not None
    await (await organizer(day).press(preview.message, "Send now")).settled()
    await ended(day)
    assert [direct(day, "attendee"), direct(day, "author")] == [[], [SAID]]
    await told_of(day, "this person takes no direct messages from the server")


async def told_of(stage: Stage, why: str) -> None:
    """Until organizers were told, once."""
    organizers = stage.sandbox.world.channel_named("organizers")
    await until(lambda: [why in one.data["content"] for one in organizers.messages.values()].count(True) == 1)
