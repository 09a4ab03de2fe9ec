"""Commands, autocomplete and context menus, from a person to a real client and back."""

import asyncio
import io
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.sandbox import Choice, InteractionType, Timings

from .live import Bot, live, shown


def answering(**answer: Any) -> Bot:
    """A bot whose /ask sends this answer."""
    bot = Bot()

    @bot.tree.command(description="Asks")
    async def ask(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(**answer)

    return bot


async def test_command_is_answered_where_it_was_used() -> None:
    async with live(answering(content="Here")) as it:
        reply = await it.person().command("/ask")
        message = shown(reply)
        assert (reply.kind, message["content"], message["flags"], message["type"]) == ("message", "Here", 0, 20)
        assert message["interaction_metadata"]["user"]["username"] == "attendee"
        assert it.person("olga").sees("general") == [message]


async def test_ephemeral_answer_is_seen_by_its_reader_only() -> None:
    async with live(answering(content="Only you", ephemeral=True)) as it:
        reply = await it.person().command("/ask")
        assert shown(reply)["flags"] == 64
        assert it.person().sees("general") == [reply.message]
        assert it.person("olga").sees("general") == []
        assert [one async for one in it.text_channel().history()] == []
        with pytest.raises(discord.NotFound):
            await it.text_channel().fetch_message(int(shown(reply)["id"]))


async def test_option_values_arrive_with_their_types_and_objects() -> None:
    bot = Bot()
    got: list[Any] = []

    @bot.tree.command(description="Takes everything")
    async def take(
        interaction: discord.Interaction, count: int, who: discord.Member, loud: bool, where: discord.TextChannel | None
    ) -> None:
        got.extend((count, who.display_name, loud, where and where.name))
        await interaction.response.send_message("ok")

    async with live(bot) as it:
        await it.person().command("/take count:3 who:author loud:yes where:general")
    assert got == [3, "author", True, "general"]


async def test_subcommand_is_found_by_its_words() -> None:
    bot = Bot()
    group = app_commands.Group(name="live", description="While it runs")

    @group.command(description="Moves a session")
    async def delay(interaction: discord.Interaction, session: str, minutes: int) -> None:
        await interaction.response.send_message(f"{session} {minutes}")

    bot.tree.add_command(group)
    async with live(bot) as it:
        reply = await it.person().command("/live delay session:the first talk minutes:10")
        assert shown(reply)["content"] == "the first talk 10"


async def test_deferred_answer_is_filled_and_followed_up() -> None:
    bot = Bot()
    go_on = asyncio.Event()

    @bot.tree.command(description="Takes its time")
    async def slow(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await go_on.wait()
        await interaction.followup.send("First")
        await interaction.followup.send("Second", ephemeral=True)
        await interaction.edit_original_response(content="First, corrected")

    async with live(bot) as it:
        reply = await it.person().command("/slow")
        assert (reply.kind, shown(reply)["flags"], reply.messages) == ("deferred", 64 | 128, [])
        go_on.set()
        await reply.settled()
        assert shown(reply)["flags"] == 64
        await it.sandbox.until(lambda: shown(reply)["content"] == "First, corrected")
        assert [message["content"] for message in reply.messages] == ["First, corrected", "Second"]
        assert it.person().sees("general") == reply.messages


async def test_filling_a_deferred_answer_is_no_edit() -> None:
    bot = Bot()

    @bot.tree.command(description="Takes its time")
    async def slow(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.edit_original_response(content="First")

    async with live(bot) as it:
        reply = await it.person().command("/slow")
        await reply.settled()
        assert (shown(reply)["content"], shown(reply)["edited_timestamp"]) == ("First", None)


async def test_original_answer_is_fetched_edited_and_deleted() -> None:
    bot = Bot()
    fetched: list[str] = []

    @bot.tree.command(description="Changes its mind")
    async def waver(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("One")
        fetched.append((await interaction.original_response()).content)
        extra = await interaction.followup.send("Two", wait=True)
        await extra.edit(content="Three")
        fetched.append((await interaction.followup.fetch_message(extra.id)).content)
        await interaction.delete_original_response()

    async with live(bot) as it:
        reply = await it.person().command("/waver")
        await it.sandbox.until(lambda: len(it.person().sees("general")) == 1 and len(reply.messages) == 2)
        assert fetched == ["One", "Three"]
        assert [message["content"] for message in it.person().sees("general")] == ["Three"]


async def test_autocomplete_offers_choices_and_a_command_picks_by_name() -> None:
    bot = Bot()
    titles = {"Reversible solvers": "p1", "Flow matching": "p2"}

    @bot.tree.command(description="Shows a poster")
    async def poster(interaction: discord.Interaction, title: str) -> None:
        await interaction.response.send_message(title)

    @poster.autocomplete("title")
    async def complete(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        found = [one for one in titles if current.lower() in one.lower()]
        return [app_commands.Choice(name=one, value=titles[one]) for one in found]

    async with live(bot) as it:
        assert await it.person().autocomplete("/poster title:rev") == [Choice("Reversible solvers", "p1")]
        assert await it.person().autocomplete("/poster nothing") == []
        assert shown(await it.person().command("/poster flow matching"))["content"] == "p2"
        assert shown(await it.person().command("/poster title:flow"))["content"] == "flow"


async def test_context_menus_carry_their_targets() -> None:
    bot = Bot()

    @bot.tree.context_menu(name="Collect as question")
    async def collect(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"{message.author.display_name}: {message.content}", ephemeral=True)

    @bot.tree.context_menu(name="Who is this")
    async def who(interaction: discord.Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(", ".join(role.name for role in member.roles[1:]), ephemeral=True)

    async with live(bot) as it:
        said = await it.person("author").say("general", "Does it scale?")
        reply = await it.person().context_menu("Collect as question", said)
        assert shown(reply)["content"] == "author: Does it scale?"
        assert shown(await it.person().context_menu("Who is this", "author"))["content"] == "speaker"


async def test_command_in_a_dm_is_answered_there() -> None:
    async with live(answering(content="Between us")) as it:
        reply = await it.person().command("/ask", "dm")
        assert it.person().dms() == [reply.message]
        assert it.person("olga").dms() == []


async def test_second_answer_is_refused() -> None:
    bot = Bot()
    codes: asyncio.Queue[int] = asyncio.Queue()

    @bot.tree.command(description="Answers twice")
    async def twice(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("One")
        interaction.response._response_type = None
        try:
            await interaction.response.send_message("Two")
        except discord.HTTPException as refused:
            codes.put_nowait(refused.code)

    async with live(bot) as it:
        await it.person().command("/twice")
        assert await asyncio.wait_for(codes.get(), 5) == 40060


async def test_no_answer_in_time_fails_and_a_late_one_is_unknown() -> None:
    bot = Bot()
    codes: asyncio.Queue[int] = asyncio.Queue()
    go_on = asyncio.Event()

    @bot.tree.command(description="Too late")
    async def late(interaction: discord.Interaction) -> None:
        await go_on.wait()
        try:
            await interaction.response.send_message("Sorry")
        except discord.NotFound as refused:
            codes.put_nowait(refused.code)

    async with live(bot, timings=Timings(first_answer=0.05)) as it:
        reply = await it.person().command("/late")
        assert (reply.kind, reply.error, reply.message) == ("failed", "The application did not respond", None)
        go_on.set()
        assert await asyncio.wait_for(codes.get(), 5) == 10062


async def test_follow_up_after_the_tokens_life_is_refused() -> None:
    bot = Bot()
    codes: asyncio.Queue[int] = asyncio.Queue()
    go_on = asyncio.Event()

    @bot.tree.command(description="Comes back")
    async def later(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Now")
        await go_on.wait()
        try:
            await interaction.followup.send("Later")
        except discord.HTTPException as refused:
            codes.put_nowait(refused.code)

    async with live(bot, timings=Timings(token_life=-1.0)) as it:
        await it.person().command("/later")
        go_on.set()
        assert await asyncio.wait_for(codes.get(), 5) == 50027


async def test_without_a_bot_an_interaction_fails_at_once() -> None:
    async with live(answering(content="x")) as it:
        await it.bot.close()
        await it.sandbox.until(lambda: not it.sandbox.gateway.connected)
        assert (await it.person().command("/ask")).error == "The application did not respond"


async def test_command_for_organizers_is_hidden_from_others() -> None:
    bot = Bot()

    @bot.tree.command(description="Speaks to everyone")
    @app_commands.default_permissions(manage_guild=True)
    async def announce(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("ok")

    async with live(bot) as it:
        assert shown(await it.person("olga").command("/announce"))["content"] == "ok"
        with pytest.raises(ValueError, match="There is no command '/announce'"):
            await it.person().command("/announce")


async def test_files_in_an_answer_are_served() -> None:
    bot = Bot()

    @bot.tree.command(description="Sends a file")
    async def file(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(file=discord.File(io.BytesIO(b"id,title\n"), "posters.csv"))

    async with live(bot) as it:
        message = shown(await it.person().command("/file"))
        attachment = message["attachments"][0]
        assert (attachment["filename"], attachment["size"]) == ("posters.csv", 9)
        received = await it.bot.http.get_from_cdn(attachment["url"])
        assert received == b"id,title\n"


async def test_raw_interaction_reports_when_it_was_sent_and_answered() -> None:
    async with live(answering(content="x")) as it:
        world = it.sandbox.world
        timed = await it.sandbox.interact(
            world.person("attendee"), world.channel_named("general"), InteractionType.COMMAND, {"name": "ask"}
        )
        assert timed.outcome.kind == "message"
        assert 0 < timed.answered_at - timed.sent_at < 1
