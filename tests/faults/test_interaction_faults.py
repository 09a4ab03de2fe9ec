"""What a person sees when the answer to an interaction, or the way to the bot, is lost."""

import asyncio

import discord
import pytest

from bot.sandbox import Timings
from tests.faults.client import trial
from tests.sandbox.live import Bot

NO_ANSWER = "The application did not respond"


def answering() -> Bot:
    """A bot with one command; what goes wrong inside it is kept in ``errors``."""
    bot = Bot(discord.Intents.default())

    @bot.tree.command(description="Says hello")
    async def hello(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Hello")

    return bot


@pytest.mark.parametrize("fault", ["reset_before", "hang"])
async def test_an_answer_that_is_lost_on_the_way_is_none(fault: str) -> None:
    async with trial(answering(), timings=Timings(first_answer=0.2)) as it:
        getattr(it.faults, fault)("/callback")
        reply = await it.sandbox.person("attendee").command("/hello")
        assert (reply.kind, reply.error) == ("failed", NO_ANSWER)
        again = await it.sandbox.person("attendee").command("/hello")
        assert again.kind == "message"


async def test_an_answer_that_arrived_counts_though_the_bot_cannot_know() -> None:
    async with trial(answering()) as it:
        it.faults.reset_after("/callback")
        reply = await it.sandbox.person("attendee").command("/hello")
        assert reply.kind == "message"


async def test_an_answer_given_while_the_gateway_is_down_arrives() -> None:
    bot = Bot(discord.Intents.default())
    received, go_on = asyncio.Event(), asyncio.Event()

    @bot.tree.command(description="Waits")
    async def wait(interaction: discord.Interaction) -> None:
        received.set()
        await go_on.wait()
        await interaction.response.send_message("Here")

    async with trial(bot) as it:
        asking = asyncio.create_task(it.sandbox.person("attendee").command("/wait"))
        await received.wait()
        await it.sandbox.gateway.drop(4000)
        go_on.set()
        reply = await asking
        assert (reply.kind, bot.errors) == ("message", [])
        await it.sandbox.gateway.resumed()
