"""Somebody who reports and a committee that takes care of it, for the tests of cases."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox import InteractionType, Person, Reply
from bot.sandbox.filling import Given
from bot.sandbox.state import Channel, Json, Member, Message
from bot.sandbox_app import Stage
from bot.storage.conduct import committee as stored
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Row
from tests.chat.organizing.test_live import guild, told
from tests.chat.test_bot import EPHEMERAL, seen
from tests.faults.delivered import until

NOBODY = "Nobody reads it yet. Please turn to somebody you trust, too. /conduct says whom else you can turn to."
NEXT = "The report is kept: who comes to the committee next can read it."
CHANNEL = "code-of-conduct"
#: What the report says, of which nothing may be read elsewhere.
WHAT, WHERE = "He followed me to the hotel", "Hall Quux, 10:30"
REPORT: Mapping[str, str] = {"what": WHAT, "where": WHERE}
_TEXT_INPUT = 4


def attendee(stage: Stage) -> Person:
    return stage.sandbox.person("attendee")


def committee(stage: Stage) -> Person:
    """Of the committee by their role; they may manage nothing in the server."""
    return stage.sandbox.person("author")


def administrator(stage: Stage) -> Person:
    """Of the committee by their role, and able to open any thread."""
    return stage.sandbox.person("organizer")


async def appointed(stage: Stage, *people: Person) -> None:
    """Give these people the committee's role, and let the bot know of them: they use it once."""
    found = stage.sandbox.world.guild
    role = next(role.id for role in found.roles.values() if role.name == "Organizer")
    for person in people:
        held = found.members[person.user.id].role_ids
        held += [] if role in held else [role]
        await person.command("/now", channel="general")
    # It is noted once they have their answer.
    wanted = {person.user.id for person in people}
    await until(lambda: wanted <= set(members_of_committee(stage)))
    await told(stage)


def members_of_committee(stage: Stage) -> list[int]:
    return [one.id for one in stored.of_guild(stage.database.reader, guild(stage))]


async def form(person: Person, channel: str = "general") -> dict[str, Any]:
    reply = await person.command("/report", channel=channel)
    assert reply.modal is not None
    return reply.modal


def number(stage: Stage) -> int:
    """The number of the case that was reported first."""
    (found, *_) = stage.database.reader.execute("SELECT number FROM conduct_case ORDER BY made_by").fetchall()
    return int(found[0])


async def reported(stage: Stage, by: Person | None = None, **further: Given) -> Reply:
    """A report, once all that it brings about was said."""
    person = by or attendee(stage)
    done = await person.submit(await form(person), {**REPORT, **further})
    await told(stage)
    return done


async def resubmitted(stage: Stage, person: Person, modal: Json, values: Mapping[str, str]) -> Message:
    """Send a form once more, as Discord hands it over; the answer to that."""
    data = {"custom_id": modal["custom_id"], "components": [_filled(part, values) for part in modal["components"]]}
    channel = stage.sandbox.world.channel_named("general")
    timed = await stage.sandbox.interact(person.user, channel, InteractionType.MODAL_SUBMIT, data)
    assert timed.outcome.message is not None
    return timed.outcome.message


def _filled(part: Json, values: Mapping[str, str]) -> Json:
    inside = part.get("component")
    if inside is None:
        return {"type": part["type"], "id": part["id"]}
    value = values.get(inside["custom_id"], "")
    given: Json = {"value": value} if inside["type"] == _TEXT_INPUT else {"values": [value] if value else []}
    return {"type": part["type"], "id": part["id"], "component": inside | given}


async def pressed(stage: Stage, person: Person, message: Json, label: str) -> Reply:
    """Press a button, and wait for what is said by it."""
    reply = await person.press(message, label)
    await told(stage)
    return reply


async def wrote(stage: Stage, person: Person, message: Json, label: str, text: str) -> Reply:
    """Press a button, fill in its form, and wait for what is said by it."""
    opened = await person.press(message, label)
    assert opened.modal is not None
    done = await person.submit(opened.modal, {"text": text})
    await told(stage)
    return done


def threads(stage: Stage) -> list[Channel]:
    """The private threads, oldest first."""
    return sorted(stage.sandbox.world.guild.threads(), key=lambda one: one.id)


def thread(stage: Stage) -> Channel:
    (found,) = threads(stage)
    return found


def members(stage: Stage, of: Channel) -> set[str]:
    """Who is in a thread, beside the bot."""
    assert of.thread is not None
    world = stage.sandbox.world
    return {world.users[one].name for one in of.thread.members if one != world.bot.id}


def said(stage: Stage, channel: Channel) -> list[Json]:
    """What stands in a thread for all who are in it."""
    return [message for message in committee(stage).sees(channel.id) if not message["flags"] & EPHEMERAL]


def lines(stage: Stage, message: Json | None) -> list[str]:
    """What is read, without rules, buttons, mentions and the small print's time."""
    kept = [row.split(" · As of")[0] for row in seen(stage, message).replace("─", "").splitlines()]
    return [row for row in kept if row and not row.startswith(("[", "<@"))]


def first_lines(stage: Stage, messages: list[Json]) -> list[str]:
    return [lines(stage, message)[0] for message in messages]


def direct(person: Person) -> list[Json]:
    """What the bot wrote to somebody by itself."""
    return [message for message in person.dms() if not message["flags"] & EPHEMERAL]


def rows(stage: Stage) -> list[Row]:
    """What the outbox holds about cases, without what is due later."""
    found = [row for row in outbox.of_guild(stage.database.reader, guild(stage)) if row.due_at <= stage.clock.now()]
    return [row for row in found if row.key.startswith(("act:case:", "act:thread:case/"))]


async def waited(stage: Stage) -> None:
    """As if the time had passed within which the committee reads."""
    reported_at = f"(SELECT reported_at FROM conduct_case WHERE number = {number(stage)})"
    late = f"UPDATE outbox SET due_at = {reported_at} WHERE dedupe_key LIKE 'act:case:{number(stage)}:waiting%'"
    await stage.database.write(lambda tables: tables.execute(late))
    stage.worker.wake()
    await told(stage)


def unopened(stage: Stage) -> str:
    return f"Case {number(stage)}: not read yet"


def unread(stage: Stage) -> list[str]:
    return [unopened(stage), f"{NOBODY} {NEXT}"]


def speaker(stage: Stage) -> Person:
    return stage.sandbox.person("speaker")


def newcomer(stage: Stage) -> Person:
    """Somebody who has never used the bot, with a name that no text holds by chance."""
    world = stage.sandbox.world
    user = world.add_user("quillon", "Quillon Vex")
    began = next(iter(world.guild.members.values())).joined_at
    world.guild.members[user.id] = Member(user, [], began)
    return stage.sandbox.person("quillon")
