"""Authors and askers who take no direct messages, or left: told at once, with the alternative."""

from pathlib import Path

from msgspec.structs import replace

from bot.sandbox_app import Stage
from bot.storage.delivery.outbox import State
from bot.storage.posters import direct_channels
from bot.storage.posters.direct_channels import DirectChannel
from tests.chat.in_force import put_in_force
from tests.chat.organizing.test_live import guild
from tests.chat.posters.authoring import (
    HIDDEN,
    TITLE,
    WHY,
    answered,
    asked,
    claimed,
    codes,
    direct,
    in_thread,
    lines,
    rows,
    sent,
)
from tests.chat.posters.test_authors import GREETING
from tests.chat.test_bot import press_through, seen
from tests.staging import on_stage

CLOSED = (
    "⚠️ I cannot write to you: your privacy settings here do not allow direct messages, so you hear of nothing. Allow "
    "direct messages in this server's privacy settings and press Write to me directly, or press Mention me in the "
    "thread. /author questions has what is unanswered."
)


async def test_closed_direct_messages_of_whoever_asks_are_told_at_once(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    attendee.user.accepts_dms = False
    reply = await asked(stage, attendee, who=HIDDEN)
    assert lines(stage, reply)[2].endswith(
        "I cannot write to you: your direct messages are closed to me. /questions mine shows the answer."
    )
    await answered(stage, author, sent(author)[1], "The steps are symmetric.")
    mine = await attendee.command("/questions mine", channel="general")
    assert "1 · 0 upvotes · answered" in lines(stage, mine)


async def test_closed_direct_messages_of_an_author_are_told_with_the_alternative(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    author.user.accepts_dms = False
    reply = await claimed(stage, author)
    assert lines(stage, reply)[2:] == [
        CLOSED,
        "[My questions]  [Send lists instead]  [Write to me directly]  [Mention me in the thread]",
    ]
    refused = await (await author.command("/author settings where:dm", channel="general")).settled()
    assert seen(stage, refused.message).endswith("or choose /author settings where: In the poster's thread.")
    thread = await (await press_through(author, reply, "Mention me in the thread")).settled()
    assert lines(stage, thread)[2].startswith(
        "You hear of each question at once, with a mention in the poster's thread."
    )
    await asked(stage, attendee)
    (posted,) = in_thread(stage)
    small = f"-# Asked by <@{attendee.user.id}> · for <@{author.user.id}>"
    assert posted["content"].splitlines() == [f"❓ **Question 1:** {WHY}", small]
    assert [one["id"] for one in posted["mentions"]] == [str(author.user.id)]


async def test_a_direct_channel_that_closes_later_is_noted_and_the_other_author_still_hears(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    speaker = stage.sandbox.person("speaker")
    first, second, *_ = await codes(stage)
    await claimed(stage, author, first)
    await claimed(stage, speaker, second)
    author.user.accepts_dms = False
    await asked(stage, attendee)
    assert direct(stage, speaker)[1][0] == f"❓ Question 1 about {TITLE}"
    known = direct_channels.of_person(stage.database.reader, guild(stage), author.user.id)
    assert (known.is_open, known.closed) == (False, True)
    # Nothing else is tried, and they see why.
    assert [row.state for row in rows(stage) if row.place == str(author.user.id)] == [
        State.FAILED,
        *[State.CANCELLED] * 6,
    ]
    waiting = await author.command("/author questions", channel="general")
    assert lines(stage, waiting)[:2] == [
        "Questions without an answer",
        "⚠️ I cannot write to you: direct messages are closed to me. /author settings changes where you hear of "
        "questions.",
    ]


async def test_an_author_who_left_the_server_is_tried_once_and_the_other_hears(stage: Stage) -> None:
    author, speaker = stage.sandbox.person("author"), stage.sandbox.person("speaker")
    first, second, *_ = await codes(stage)
    await claimed(stage, author, first)
    await claimed(stage, speaker, second)
    del stage.sandbox.world.guild.members[author.user.id]
    # Without a server in common Discord refuses it with the same code as closed direct messages.
    author.user.accepts_dms = False
    for text in (WHY, "And how fast is it?"):
        await asked(stage, stage.sandbox.person("attendee"), text)
    assert [one[0] for one in direct(stage, speaker)[1:]] == [
        f"❓ Question {number} about {TITLE}" for number in (1, 2)
    ]
    tried = [row.state for row in rows(stage) if row.place == str(author.user.id) and "question" in row.key]
    assert tried == [State.FAILED]


async def test_a_channel_is_opened_once(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    first, *_ = await codes(stage)
    for _ in range(2):
        await claimed(stage, author, first)
    for text in (WHY, "And how fast is it?"):
        await asked(stage, attendee, text, who=HIDDEN)
    assert (len(sent(attendee)), direct(stage, author)[:1], len(sent(author))) == (1, [[GREETING]], 3)
    found = direct_channels.of_person(stage.database.reader, guild(stage), author.user.id)
    assert found == DirectChannel(int(sent(author)[0]["channel_id"]))


async def test_without_threads_nobody_chooses_to_be_mentioned_there(tmp_path: Path) -> None:
    async with on_stage(database=tmp_path / "usher.db") as stage:
        author = stage.sandbox.person("author")
        await claimed(stage, author)
        server = replace(stage.program.server, channels={"organizers": "organizers"})
        await put_in_force(stage, replace(stage.program, server=server))
        shown = await author.command("/author settings", channel="general")
        assert lines(stage, shown)[-1] == "[My questions]  [Send lists instead]"
        refused = await (await author.command("/author settings where:thread", channel="general")).settled()
        assert seen(stage, refused.message) == (
            "Posters have no threads in this server, so nobody is mentioned there. Nothing was changed."
        )
