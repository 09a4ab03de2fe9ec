"""An organizer who writes, chooses and sends, for the tests of announcements."""

from typing import Any

from bot.sandbox import Person, Reply
from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import NEW, Op, Row, State
from tests.chat.organizing.test_live import organizer, told
from tests.chat.test_bot import seen
from tests.faults.delivered import until

_ON_ITS_WAY = (State.QUEUED, State.LEASED)
TITLE, BODY = "Lunch is here", "Sandwiches in the foyer."


async def written(
    stage: Stage, title: str = TITLE, body: str = BODY, *, command: str = "/announce", **texts: Any
) -> Reply:
    """The preview of a new draft. ``texts`` are further parts of the form by their names."""
    person = organizer(stage)
    form = await person.command(command, channel="organizers")
    assert form.modal is not None
    done = await person.submit(form.modal, {"title": title, "body": body, **texts})
    return await done.settled()


async def listed(stage: Stage, *, by: Person | None = None) -> Reply:
    """The list of all announcements."""
    return await (await (by or organizer(stage)).command("/announcements", channel="organizers")).settled()


async def pressed(stage: Stage, reply: Reply, label: str, *, by: Person | None = None) -> Reply:
    """Press a button below what ``reply`` shows, and wait for what comes of it and for what is sent by it."""
    assert reply.message is not None
    done = await (by or organizer(stage)).press(reply.message, label)
    await done.settled()
    await told(stage)
    return done


async def sent(stage: Stage, preview: Reply) -> None:
    """Press Send, and wait until everybody has it; that it is handed on to other servers is not waited for."""
    assert preview.message is not None
    await (await organizer(stage).press(preview.message, "Send now")).settled()
    await until(lambda: not any(row.state in _ON_ITS_WAY and row.op in (*NEW, Op.SPREAD) for row in _rows(stage)))


def _rows(stage: Stage) -> list[Row]:
    rows = outbox.of_guild(stage.database.reader, stage.sandbox.world.guild.id)
    return [row for row in rows if row.announcement is not None]


async def chosen(stage: Stage, reply: Reply, menu: int, label: str) -> Reply:
    """Choose from the menus below a preview, counted from 0: whom it is for, where it goes, whom it mentions."""
    assert reply.message is not None
    custom_id = "pick-an" + (f".{menu}" if menu else "")
    return await (await organizer(stage).choose(reply.message, custom_id, label)).settled()


def lines(stage: Stage, reply: Reply) -> list[str]:
    """What ``reply`` shows, without rules, controls and small print."""
    rows = seen(stage, reply.message).replace("─", "").splitlines()
    return [row for row in rows if row and "As of" not in row and not row.startswith("[")]
