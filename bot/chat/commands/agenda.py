"""/agenda show, /agenda export, /remind."""

from datetime import timedelta
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.chat.agendas import Agendas
from bot.chat.reminding import Reminding
from bot.domain.reminders.choice import LEADS, Where

Interaction = discord.Interaction[Any]

_MINE, _EVERYTHING = "mine", "everything"
_LEADS = [
    Choice(name=f"{lead // timedelta(minutes=1)} minutes before", value=lead // timedelta(minutes=1)) for lead in LEADS
]
_PLACES = [Choice(name="Direct message", value="dm"), Choice(name="In the channel", value="channel")]
_SWITCH = [Choice(name="On", value="on"), Choice(name="Off", value="off")]


def add(tree: app_commands.CommandTree[Any], agendas: Agendas, reminding: Reminding) -> None:
    group = app_commands.Group(name="agenda", description="Your own agenda: what you added with the buttons")

    @group.command(description="What is in your agenda, by time, and what comes next")
    async def show(interaction: Interaction) -> None:
        await agendas.show(interaction)

    @group.command(description="A file for your calendar program")
    @app_commands.describe(what="Your agenda, or the whole programme")
    @app_commands.choices(
        what=[Choice(name="My agenda", value=_MINE), Choice(name="The whole programme", value=_EVERYTHING)]
    )
    async def export(interaction: Interaction, what: str = _MINE) -> None:
        await agendas.export(interaction, everything=what == _EVERYTHING)

    tree.add_command(group)

    @tree.command(description="Reminders of what is in your agenda: when, where, on or off")
    @app_commands.describe(
        lead="How long before it starts",
        where="A direct message, or a mention that others see",
        digest="Your agenda of the day, each morning",
        switch="Switch reminders on or off",
    )
    @app_commands.choices(lead=_LEADS)
    @app_commands.choices(where=_PLACES, switch=_SWITCH)
    async def remind(
        interaction: Interaction,
        lead: int | None = None,
        where: str | None = None,
        digest: bool | None = None,
        switch: str | None = None,
    ) -> None:
        await reminding.choose(
            interaction,
            lead=None if lead is None else timedelta(minutes=lead),
            where=None if where is None else Where(where),
            digest=digest,
            on=None if switch is None else switch == "on",
        )
