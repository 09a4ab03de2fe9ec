"""A small bot for the browser tests: it answers with every kind of thing the page has to show."""

import asyncio
import io
from typing import Any

import discord
from discord import app_commands, ui

from bot.sandbox import ChannelSpec, PersonSpec, RoleSpec, World
from tests.browser.rehearsal_forms import Choices, Pictures, Report
from tests.sandbox.live import Bot

POSTERS = ("Reversible solvers for latent models", "Denoising beyond Gaussians", "Flows on tangent spaces")


def make_world() -> World:
    return World.build(
        "Workshop",
        roles=[RoleSpec("organizer"), RoleSpec("poster author")],
        channels=[
            ChannelSpec("general", topic="Talk to each other"),
            ChannelSpec("announcements", "announcement", read_only=True),
            ChannelSpec("posters", "forum", tags=["vision", "theory"]),
            ChannelSpec("organizers", private_to=["organizer"]),
            ChannelSpec("hallway", "voice"),
        ],
        people=[
            PersonSpec("attendee"),
            PersonSpec("author", roles=["poster author"]),
            PersonSpec("organizer", roles=["organizer"], administrator=True),
        ],
    )


class Question(ui.Modal, title="Ask a question"):
    def __init__(self) -> None:
        super().__init__()
        self.text = ui.TextInput[Any](style=discord.TextStyle.long, custom_id="text", min_length=5, max_length=200)
        yes, no = (discord.SelectOption(label=label, value=label.lower()) for label in ("Yes", "No"))
        self.named = ui.Select[Any](custom_id="named", options=[yes, no])
        self.add_item(ui.TextDisplay("The author reads it in the poster's thread."))
        self.add_item(ui.Label(text="Your question", description="One question at a time", component=self.text))
        self.add_item(ui.Label(text="Show your name", component=self.named))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        text = f"Recorded (named: {self.named.values[0]}): {self.text.value}"
        await interaction.response.send_message(text, ephemeral=True)


class Card(ui.LayoutView):
    """A poster's card: text, a section with a button, a menu, and a row of buttons."""

    def __init__(self, title: str, presses: int = 0) -> None:
        super().__init__(timeout=None)
        self._title, self._presses = title, presses
        count = ui.Button[Any](label=f"Count {presses}", custom_id="count")
        count.callback = self._count  # type: ignore[method-assign]  # as the library documents
        ask = ui.Button[Any](label="Ask a question", style=discord.ButtonStyle.primary, custom_id="ask")
        ask.callback = self._ask  # type: ignore[method-assign]  # as the library documents
        silent = ui.Button[Any](label="Keep silent", custom_id="silent")
        silent.callback = self._silent  # type: ignore[method-assign]  # as the library documents
        options = [discord.SelectOption(label=name, description=f"Posters on {name}") for name in ("vision", "theory")]
        topic = ui.Select[Any](custom_id="topic", placeholder="Choose a topic", options=options)
        topic.callback = self._topic  # type: ignore[method-assign]  # as the library documents
        self._select = topic
        link = ui.Button[Any](label="Paper", url="https://example.org/paper")
        self.add_item(
            ui.Container(
                ui.TextDisplay(f"## {title}\nBoard **12**, starts <t:1745832000:t>"),
                ui.Separator(),
                ui.Section(ui.TextDisplay("Pressed so far"), accessory=count),
                ui.ActionRow(topic),
                ui.ActionRow(ask, silent, link),
                accent_colour=0x5865F2,
            )
        )

    async def _count(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=Card(self._title, self._presses + 1))

    async def _ask(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Question())

    async def _silent(self, interaction: discord.Interaction) -> None:
        """Never answers."""

    async def _topic(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"You chose {self._select.values[0]}", ephemeral=True)


def make_bot(gate: asyncio.Event) -> Bot:
    """``gate``: /slow answers when it is opened."""
    bot = Bot(discord.Intents.none() | discord.Intents(guilds=True, messages=True))

    async def titles(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        fits = [title for title in POSTERS if typed.lower() in title.lower()]
        return [app_commands.Choice(name=title, value=title) for title in fits]

    @bot.tree.command(description="Find a poster by its title")
    @app_commands.describe(title="Words of the title", private="Whether only you see the answer")
    @app_commands.autocomplete(title=titles)
    async def poster(interaction: discord.Interaction, title: str, private: bool = False) -> None:
        await interaction.response.send_message(view=Card(title), ephemeral=private)

    @bot.tree.command(description="What runs now")
    async def now(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Opening remarks", ephemeral=True)

    @bot.tree.command(description="Think first")
    async def slow(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await gate.wait()
        await interaction.followup.send("Thought about it")

    @bot.tree.command(description="Send yourself a direct message")
    async def remind(interaction: discord.Interaction) -> None:
        await interaction.user.send("Your reminder")
        await interaction.response.send_message("Look at your messages", ephemeral=True)

    @bot.tree.command(description="Show a picture to everyone")
    async def pictures(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Pictures())

    @bot.tree.command(description="Keep a file")
    @app_commands.describe(picture="A PNG or a JPEG", caption="What is to be seen")
    async def keep(interaction: discord.Interaction, picture: discord.Attachment, caption: str = "") -> None:
        size = len(await picture.read())
        await interaction.response.send_message(f"Kept {picture.filename} ({size}): {caption}", ephemeral=True)

    @bot.tree.command(description="Take the questions home")
    async def export(interaction: discord.Interaction) -> None:
        file = discord.File(io.BytesIO(b"number,question\n1,Why?\n"), "questions.csv")
        await interaction.response.send_message("All questions", file=file, ephemeral=True)

    @bot.tree.command(description="Choose people, roles and channels")
    async def choose(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=Choices(), ephemeral=True)

    @bot.tree.context_menu(name="Collect as question")
    async def collect(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"Collected: {message.content}", ephemeral=True)

    @bot.tree.context_menu(name="Report to the committee")
    async def report(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_modal(Report(message.author))

    return bot
