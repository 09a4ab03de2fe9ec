"""Looking for what may have been posted: what cannot be seen stays unknown, and every request has its turn."""

from collections.abc import Callable
from pathlib import Path

import discord
import pytest
from msgspec.structs import replace

from bot.chat.unasked.refusals import InvalidRequests
from bot.chat.unasked.requests import Requests
from bot.chat.unasked.sender import DiscordSender
from bot.delivery.outcome import Sent, Unseen, Untried
from bot.delivery.pacing import Pacing
from bot.domain.people import Group
from bot.sandbox import Faults
from bot.sandbox_app import Stage
from bot.storage.delivery.outbox import Op, Row, instant
from tests.faults.test_delivery_faults import rows, stage
from tests.faults.test_outages import away

_SEARCH = "/messages"
#: How many messages are looked through at most.
_ALL = 500


class Counted(Pacing):
    """How many turns were taken."""

    def __init__(self) -> None:
        super().__init__(None)
        self.turns = 0

    async def turn(self) -> None:
        self.turns += 1
        await super().turn()


def sender(running: Stage, requests: Requests | None = None) -> DiscordSender:
    return DiscordSender(running.connection, running.client.desk, running.database, "000000", requests)


def sought(running: Stage) -> Row:
    """A reminder for a channel, of which nobody knows whether it was posted."""
    return replace(rows(running)["start:2025-04-28T16:00Z:T-15m"], claimed_at=instant(0))


UNSEEN: dict[str, Callable[[Faults], object]] = {
    "Discord asks to wait": lambda faults: faults.status(429, _SEARCH, method="GET", retry_after=31),
    "503": lambda faults: faults.status(503, _SEARCH, method="GET"),
    # The library reads once more by itself.
    "the connection": lambda faults: faults.reset_before(_SEARCH, method="GET", times=None),
}


@pytest.mark.parametrize("fault", UNSEEN)
async def test_a_search_that_fails_for_now_says_nothing_of_the_message(fault: str, tmp_path: Path) -> None:
    async with stage(tmp_path) as running:
        UNSEEN[fault](running.sandbox.faults)
        found = await sender(running).find(sought(running))
        assert isinstance(found, Unseen)
        assert fault in found.why


async def test_a_search_that_is_not_risked_says_nothing_of_the_message(tmp_path: Path) -> None:
    invalid = InvalidRequests(most=1)
    async with stage(tmp_path) as running:
        asking = sender(running, Requests(invalid=invalid))
        running.sandbox.faults.status(403, _SEARCH, method="GET", code=50001)
        await asking.find(sought(running))
        found = await asking.find(sought(running))
        assert isinstance(found, Unseen)
        assert found.why == "Discord refused too many requests, and would ban the bot next"


async def test_in_a_server_that_is_not_there_nothing_is_looked_for(tmp_path: Path) -> None:
    async with stage(tmp_path) as running:
        await away(running)
        assert await sender(running).find(sought(running)) == Untried("the server is not there now")
        assert await sender(running).deliver(sought(running)) == Untried("the server is not there now")


@pytest.mark.parametrize("op", [Op.MESSAGE, Op.DM])
async def test_a_row_takes_the_turns_that_were_counted_for_it(op: Op, tmp_path: Path) -> None:
    pacing = Counted()
    async with stage(tmp_path) as running:
        organizer, row = running.sandbox.person("organizer"), sought(running)
        channel = running.sandbox.world.channel_named("schedule").id
        if op is Op.DM:
            # The most that one can take: it is opened, and who it is for must still be an organizer.
            channel = (await running.client.create_dm(discord.Object(organizer.user.id))).id
            row = replace(row, op=op, place=str(organizer.user.id), audience=Group.ORGANIZERS)
        for _ in range(_ALL):
            await organizer.say(channel, "Hello")
        asking = sender(running, Requests(pacing))
        assert await asking.find(row) is None
        assert isinstance(await asking.deliver(row), Sent)
        # The worker's own turn is for the first of them.
        assert pacing.turns + 1 == asking.requests(row, sought=True)
        pacing.turns = 0
        assert isinstance(await asking.deliver(row), Sent)
        assert pacing.turns + 1 == asking.requests(row, sought=False)


async def test_each_further_request_follows_its_own_turn(tmp_path: Path) -> None:
    made: list[str] = []

    class Noted(Pacing):
        async def turn(self) -> None:
            made.append("turn")

    async with stage(tmp_path) as running:
        organizer = running.sandbox.person("organizer").user.id
        row = replace(sought(running), op=Op.DM, place=str(organizer), audience=Group.ORGANIZERS)
        running.sandbox.observers.append(lambda one: made.append(f"{one.method} {one.path.rsplit('/', 1)[-1]}"))
        assert isinstance(await sender(running, Requests(Noted(None))).deliver(row), Sent)
    # Two taken together would be two requests together, and those of many rows more than Discord lets through.
    assert made == [f"GET {organizer}", "turn", "POST channels", "turn", "POST messages"]
