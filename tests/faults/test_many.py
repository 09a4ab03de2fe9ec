"""An announcement to 2,000 people that is interrupted in the middle: everybody gets it once, or nobody new does."""

import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.delivery.pacing import IN_FLIGHT
from bot.domain.attendance import Settings
from bot.sandbox import Reply
from bot.sandbox.snowflake import WORLD_BEGAN
from bot.sandbox.state import Member
from bot.storage import people
from bot.storage.database import Database, Tables
from tests.chat.samples import at
from tests.faults.delivered import KEYS, Trial, trial, until
from tests.faults.test_killed import LONG

pytestmark = pytest.mark.matrix

MANY, SOME = 2_000, 100
#: Requests in a second: what takes 44 seconds at Discord takes a few here.
_PACE = 400.0
_TITLE = "Lunch is here"
_BEGINS, _AGAIN = at(-50), at(-40)


@asynccontextmanager
async def crowd(folder: Path, *, nonce_life: float = 300.0) -> AsyncIterator[Trial]:
    """A server with 2,000 more people, who all asked for direct messages."""
    async with trial(folder, nonce_life=nonce_life, limited=False) as it:
        world, asked = it.sandbox.world, {}
        for number in range(MANY):
            user = world.add_user(f"person {number}")
            world.guild.members[user.id] = Member(user, [], WORLD_BEGAN)
            asked[user.id] = Settings(copies=True, dm_channel_id=world.dm_with(user).id)

        def write(tables: Tables) -> None:
            for user_id, settings in asked.items():
                people.put(tables, world.guild.id, user_id, settings)

        database = Database.open(it.database)
        await database.write(write)
        database.close()
        yield it


async def announce(it: Trial) -> Reply:
    """An organizer writes and sends it; the receipt, once some have it."""
    await it.sandbox.gateway.ready(20)
    person = it.sandbox.person("organizer")
    form = await person.command("/announce", channel="organizers")
    assert form.modal is not None
    preview = await (await person.submit(form.modal, {"title": _TITLE})).settled()
    assert preview.message is not None
    done = await (await person.press(preview.message, "Send now")).settled()
    await until(lambda: len(reached(it)) >= SOME)
    assert len(reached(it)) < MANY
    return done


async def press(it: Trial, receipt: Reply, label: str) -> Reply:
    assert receipt.message is not None
    return await (await it.sandbox.person("organizer").press(receipt.message, label)).settled()


async def opened(it: Trial) -> Reply:
    """Its receipt, from the list: what was pressed before the bot's end is of another revision."""
    await it.sandbox.gateway.ready(20)
    person = it.sandbox.person("organizer")
    shown = await (await person.command("/announcements", channel="organizers")).settled()
    assert shown.message is not None
    (label,) = (
        option["label"]
        for row in shown.message["components"]
        for menu in row["components"]
        for option in menu.get("options", ())
    )
    return await (await person.choose(shown.message, "pick-an", label)).settled()


def reached(it: Trial) -> Counter[int]:
    """How often each person has it."""
    found = {user_id: len(channel.messages) for user_id, channel in it.sandbox.world.dms.items()}
    return Counter({user_id: number for user_id, number in found.items() if number})


def everybody_has_it_once(it: Trial) -> None:
    assert Counter(reached(it).values()) == {1: MANY}
    assert it.arrived() == it.said()
    assert [it.text("act:announce:1:0:here").splitlines()[0], len(it.crossposted)] == [f"**{_TITLE}**", 1]


@pytest.mark.parametrize(
    ("end", "nonce_life"),
    [(signal.SIGKILL, 300.0), (signal.SIGKILL, 0.0), (signal.SIGTERM, 300.0)],
    ids=["killed", "killed, and started after the nonce expired", "told to end"],
)
async def test_ended_while_it_sends_and_started_again_everybody_gets_it_once(
    end: signal.Signals, nonce_life: float, tmp_path: Path
) -> None:
    async with crowd(tmp_path, nonce_life=nonce_life) as it:
        async with it.bot(start=_BEGINS.isoformat(), speed=1, pace=_PACE) as process:
            await announce(it)
            process.send_signal(end)
            await process.wait()
        assert SOME <= len(reached(it)) < MANY
        if not nonce_life:
            it.age(LONG)
        async with it.bot(start=_AGAIN.isoformat(), speed=1, pace=_PACE):
            await until(lambda: not it.unsaid(_AGAIN), within=60)
        everybody_has_it_once(it)


async def test_paused_killed_and_resumed_it_goes_on_where_it_was(tmp_path: Path) -> None:
    async with crowd(tmp_path) as it:
        async with it.bot(start=_BEGINS.isoformat(), speed=1, pace=_PACE) as process:
            receipt = await announce(it)
            before = len(reached(it))
            await press(it, receipt, "Pause")
            process.kill()
            await process.wait()
        # What was on its way arrives, and what came until the press did.
        paused = reached(it)
        assert before <= len(paused) < MANY
        # Until the reminders of 08:45 are out, whatever could go has gone.
        async with it.bot(start=at(-16).isoformat(), pace=_PACE):
            await until(lambda: all(it.rows().get(key) == "sent" for key in KEYS))
        assert reached(it) == paused
        async with it.bot(start=at(-14).isoformat(), speed=1, pace=_PACE):
            await press(it, await opened(it), "Go on")
            await until(lambda: not it.unsaid(at(-13)), within=60)
        everybody_has_it_once(it)


async def test_what_is_paused_goes_to_nobody_new_from_that_moment(tmp_path: Path) -> None:
    async with crowd(tmp_path) as it, it.bot(start=_BEGINS.isoformat(), speed=1, pace=_PACE):
        receipt = await announce(it)
        paused = await press(it, receipt, "Pause")
        before = len(reached(it))
        await until(lambda: not it.unsaid(_AGAIN))
        assert len(reached(it)) <= before + IN_FLIGHT
        await press(it, paused, "Go on")
        await until(lambda: not it.unsaid(_AGAIN), within=60)
        everybody_has_it_once(it)


async def test_cancelled_while_it_sends_nobody_new_gets_it(tmp_path: Path) -> None:
    async with crowd(tmp_path) as it:
        async with it.bot(start=_BEGINS.isoformat(), speed=1, pace=_PACE) as process:
            receipt = await announce(it)
            await press(it, receipt, "Cancel it")
            before = len(reached(it))
            process.kill()
            await process.wait()
        had = reached(it)
        assert len(had) <= before + IN_FLIGHT
        async with it.bot(start=_AGAIN.isoformat(), speed=1, pace=_PACE):
            await until(lambda: not it.unsaid(_AGAIN), within=60)
        assert reached(it) == had
        assert set(had.values()) == {1}
        assert it.arrived() == it.said()
