"""What a bot reads of messages, with the privileged intent for their content and without."""

import asyncio
from typing import Any

import discord
import pytest

from bot.sandbox import announce
from bot.sandbox.dispatch import Intent

from .ears import Ears
from .live import Bot, live, make_world


async def heard_after(bot: Bot, content_allowed: bool) -> list[str]:
    """What the bot reads of: a text in a channel, one that mentions it, a reply to it with a ping and without, a DM."""
    world = make_world()
    world.privileged_intents = int(Intent.MESSAGE_CONTENT) if content_allowed else 0
    async with live(bot, world=world) as it:
        own = await it.text_channel().send("Questions?")
        mention = f"<@{it.sandbox.bot_user_id}> where?"
        await it.person().say("general", "Only among us")
        await it.person().say("general", mention)
        await it.person().say("general", "In reply", reply_to={"id": str(own.id)})
        await it.person().say("general", "In silence", reply_to={"id": str(own.id)}, ping=False)
        await it.person().say("dm", "Privately")
        heard = [await asyncio.wait_for(bot.heard.get(), 5) for _ in range(6)]
        fetched = await it.text_channel().fetch_message(heard[1].id)
        assert fetched.content == heard[1].content
        return [message.content.replace(mention, "mention") for message in heard]


async def test_content_is_withheld_without_the_intent() -> None:
    assert await heard_after(Bot(), False) == ["Questions?", "", "mention", "In reply", "", "Privately"]


async def test_content_is_given_with_the_intent() -> None:
    intents = discord.Intents.default()
    intents.message_content = True
    heard = await heard_after(Bot(intents), True)
    assert heard == ["Questions?", "Only among us", "mention", "In reply", "In silence", "Privately"]


@pytest.mark.parametrize("allowed", [True, False])
async def test_a_client_learns_which_intents_are_switched_on(allowed: bool) -> None:
    world = make_world()
    world.privileged_intents = int(Intent.MESSAGE_CONTENT) if allowed else 0
    async with live(world=world) as it:
        assert it.bot.application_flags.gateway_message_content_limited is allowed


BARE: dict[str, Any] = {"content": "", "embeds": [], "attachments": [], "components": []}
PAPER = {"type": "link", "title": "A paper"}


@pytest.mark.parametrize("switched_on", [False, True])
async def test_what_is_withheld_of_a_message_comes_with_its_context_menu(switched_on: bool) -> None:
    intents, world, bot = discord.Intents.default(), make_world(), Bot()
    if switched_on:
        intents.message_content = True
        world.privileged_intents = int(Intent.MESSAGE_CONTENT)
        bot = Bot(intents)
    targets: list[discord.Message] = []

    async def collect(interaction: discord.Interaction, message: discord.Message) -> None:
        targets.append(message)
        await interaction.response.send_message("Collected", ephemeral=True)

    bot.tree.context_menu(name="Collect")(collect)
    async with live(bot, world=world) as it:
        ears = Ears(bot)
        thread = (await it.forum().create_thread(name="P1", content="Ask")).thread
        said = await it.person().say(thread.id, "Does it scale?")
        await it.person().edit(said, "Does it scale well?")
        stored = world.channels[thread.id].messages[int(said["id"])]
        # As Discord itself changes a message: it unfurls a link.
        stored.data = stored.data | {"embeds": [PAPER]}
        announce.message_updated(it.sandbox._core, world.channels[thread.id], stored)
        await it.person("author").context_menu("Collect", said)
        await it.person().delete(said)
        await it.person().say("general", "For all")
        while (await asyncio.wait_for(bot.heard.get(), 5)).channel.id == thread.id:
            pass
        heard = [(event, data) for event, data in ears.heard if data["id"] == said["id"]]
        full: list[dict[str, Any]] = [{"content": "Does it scale?"}, {"content": "Does it scale well?"}]
        full.append(full[1] | {"embeds": [PAPER]})
        shown = [BARE | one for one in full] if switched_on else [BARE] * 3
        assert [{key: data[key] for key in BARE} for event, data in heard if event != "MESSAGE_DELETE"] == shown
        events = ["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"]
        assert [event for event, _ in heard] == events
        assert (targets[0].content, targets[0].embeds[0].title) == ("Does it scale well?", "A paper")
