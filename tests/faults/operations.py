"""What the bot delivers, each kind with what brings it about: the lines of the kill matrix."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.actions.programme.change_session import change_session
from bot.chat.organizing.following import Following
from bot.domain.changes.change import Field
from bot.domain.changes.edit import Edit
from bot.domain.program import Program
from bot.storage.database import Database
from bot.storage.programme import programmes
from tests.chat.samples import at
from tests.faults import announced, asked, authored, reported
from tests.faults.delivered import KEYS, Trial, three_reminders, until

_ACT = 7
_STARTS = "• **Session 1** · <t:1745856000:R> · {} · <t:1745856000:t> (venue 09:00)"


@dataclass(frozen=True)
class Operation:
    """One kind of row: ``op``. ``start`` is in minutes from 09:00: a minute before the rows of ``prepare`` are due.

    ``prepare`` gives each row's key with the first line that its message must have in the end. ``request`` is the
    function of the library that asks Discord for it. ``senseless`` are steps that this kind does not go through, each
    with the reason.
    """

    prepare: Callable[[Trial], Awaitable[Mapping[str, str]]]
    start: int
    op: str
    request: str
    senseless: Mapping[str, str] = field(default_factory=dict)


async def _messages(_: Trial) -> Mapping[str, str]:
    return {
        "deadline:call:2025-04-28T16:45Z:T-1h": "**Paper submission** · due <t:1745858700:R>",
        "deadline:review:2025-04-28T16:45Z:T-1h": "For reviewers: **Reviews** · due <t:1745858700:R>",
        "start:2025-04-28T16:00Z:T-15m": _STARTS.format("Main room"),
    }


async def _direct(it: Trial) -> Mapping[str, str]:
    """A direct message, due while nothing else is."""
    return {await it.remind(timedelta(minutes=20)): _STARTS.format("Main room").replace("•", "⏰")}


async def _edits(it: Trial) -> Mapping[str, str]:
    """A reminder that was posted, and whose session is in another room by now. The news of that goes out with it."""
    async with it.bot():
        await until(lambda: all(it.rows()[key] == "sent" for key in KEYS))
    database = Database.open(it.database)
    await move_to_the_hall(database, it.sandbox.world.guild.id, at(-13))
    database.close()
    (key,) = (key for key in it.rows() if key.startswith("act:edit:"))
    return {key: _STARTS.format("Large hall")}


async def _direct_edits(it: Trial) -> Mapping[str, str]:
    """The same of a direct message, before anything stands in a channel."""
    key = await it.remind(timedelta(minutes=20))
    async with it.bot(start=at(-21).isoformat()):
        await until(lambda: it.rows().get(key) == "sent")
    database = Database.open(it.database)
    await move_to_the_hall(database, it.sandbox.world.guild.id, at(-17))
    database.close()
    (key,) = (key for key in it.rows() if key.startswith("act:edit:"))
    return {key: _STARTS.format("Large hall").replace("•", "⏰")}


async def move_to_the_hall(database: Database, guild: int, when: datetime, *, act: int = _ACT) -> Program:
    """The programme once the session of ``three_reminders`` was moved to another room by an organizer."""
    version = programmes.newest(database.reader, three_reminders().event.id)
    assert version is not None
    edits, shown = [Edit("s1", Field.ROOM, "hall", "main")], Following(when, ())
    reach = await change_session(database, guild, version.program, edits, act=act, at=when, by="a test", shown=shown)
    assert reach is not None
    return reach.program


_ASKS_NOTHING = "it is ended in the transaction that claims it, and asks nothing of Discord"

#: A new kind of operation joins the matrix by its entry here.
OPERATIONS: Mapping[str, Operation] = {
    "message": Operation(_messages, -16, "message", "send_message"),
    "dm": Operation(_direct, -21, "dm", "send_message"),
    "edit": Operation(_edits, -14, "edit", "edit_message"),
    "dm_edit": Operation(_direct_edits, -18, "dm_edit", "edit_message"),
    "announced message": Operation(announced.with_picture, -21, "message", "send_message"),
    "announced dm": Operation(announced.directly, -21, "dm", "send_message"),
    "corrected message": Operation(announced.corrected, -18, "edit", "edit_message"),
    "corrected dm": Operation(announced.corrected_directly, -18, "dm_edit", "edit_message"),
    "thread": Operation(asked.in_a_new_thread, -21, "thread", "start_thread_in_forum"),
    "question": Operation(asked.in_a_thread, -19, "message", "send_message"),
    "answer": Operation(asked.answered, -19, "message", "send_message"),
    "upvote": Operation(asked.upvoted, -19, "edit", "edit_message"),
    "rename": Operation(asked.renamed, -19, "rename", "edit_channel"),
    "author's dm": Operation(authored.directly, -21, "dm", "send_message"),
    "role": Operation(authored.role_given, -21, "role", "add_role"),
    "role taken": Operation(authored.role_taken, -21, "role", "remove_role"),
    "plan": Operation(
        authored.planned,
        -19,
        "plan",
        "none",
        dict.fromkeys(("before the request", "after acceptance"), "it asks nothing of Discord"),
    ),
    "publish": Operation(announced.for_followers, -21, "publish", "publish_message"),
    "case thread": Operation(reported.in_a_thread, -21, "thread", "start_thread_without_message"),
    "case message": Operation(reported.in_a_thread, -21, "message", "send_message"),
    "case member": Operation(reported.in_a_thread, -21, "member", "add_user_to_thread"),
    "case dm": Operation(reported.directly, -21, "dm", "send_message"),
    "spread": Operation(
        announced.everywhere,
        -21,
        "spread",
        "none",
        dict.fromkeys(
            ("after the claim", "before the request", "after acceptance", "after the answer was read"), _ASKS_NOTHING
        ),
    ),
}
