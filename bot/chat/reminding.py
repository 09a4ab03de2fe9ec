"""/remind: how a person wants to be reminded. A direct channel is opened at once: if it is closed, they hear so."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import discord
from msgspec.structs import replace

from bot.actions.agenda.choose_reminders import choose_reminders
from bot.actions.agenda.snooze import snooze
from bot.chat.agendas import made
from bot.chat.answers.agenda import SHOW_MINE
from bot.chat.attending.direct import welcomed
from bot.chat.desk import Desk
from bot.chat.home import home_of
from bot.chat.lookup import Lookup
from bot.chat.private import show
from bot.chat.render.card import Button, Card, Does
from bot.chat.render.layout import NO_PINGS
from bot.chat.render.text import count, line, stamp
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.reminders.choice import ReminderChoice, Where
from bot.storage.agenda import reminder_choices
from bot.storage.database import Database
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Row

Interaction = discord.Interaction[Any]

_REMIND = Lookup("remind")
#: What is offered where direct messages are closed.
_INSTEAD = "choose /remind where: In the channel, which mentions you there"


class Reminding:
    """Keeps what each person chooses, and welcomes them where their reminders will come."""

    def __init__(self, desk: Desk, database: Database, wake: Callable[[], None]) -> None:
        """``wake`` is called when a reminder may be due earlier than any before."""
        self._desk = desk
        self._db = database
        self._wake = wake

    async def choose(
        self,
        interaction: Interaction,
        *,
        lead: timedelta | None = None,
        where: Where | None = None,
        digest: bool | None = None,
        on: bool | None = None,
    ) -> None:
        """Change what is given and keep the rest; to choose anything but ``on`` False switches reminders on.

        Raises UsherError where direct messages are wanted and cannot be sent: nothing is changed then.
        """
        home = home_of(interaction)
        before = reminder_choices.of_person(self._db.reader, home, interaction.user.id)
        if (lead, where, digest, on) == (None, None, None, None):
            await interaction.response.send_message(
                view=self._view(interaction, before), ephemeral=True, allowed_mentions=NO_PINGS
            )
            return
        wanted = ReminderChoice(
            lead=before.lead if lead is None else lead,
            where=before.where if where is None else where,
            digest=before.digest if digest is None else digest,
            switched_off=on is False,
            dm_channel_id=before.dm_channel_id,
        )
        # To open a direct channel and to store may both take longer than a first answer may.
        await interaction.response.defer(ephemeral=True, thinking=True)
        reached = not before.switched_off and before.where is Where.DM and before.dm_channel_id is not None
        if not wanted.switched_off and wanted.where is Where.DM and not reached:
            wanted = replace(wanted, dm_channel_id=await self._welcome(interaction, wanted))
        imported, now = self._desk.programmes.imported(home), self._desk.clock.now()
        await choose_reminders(self._db, home, interaction.user.id, wanted, imported, now)
        self._wake()
        await show(interaction, self._view(interaction, wanted))

    async def switch_off(self, interaction: Interaction) -> None:
        """The button below a reminder. Raises UsherError where that mentions others: everybody in a channel sees it."""
        message = interaction.message
        if interaction.guild_id is not None and message and interaction.user.id not in message.raw_mentions:
            raise UsherError(
                "This reminder was for somebody else. Nothing was changed. /remind shows your own reminders, and "
                "switches them off."
            )
        await self.choose(interaction, on=False)

    async def snooze(self, interaction: Interaction, row_id: int) -> None:
        """Remind once more of what a direct message was about. Raises UsherError where that would be too late."""
        row = self.message_to(interaction.user.id, row_id)
        if row is None:
            raise NotFoundError("This reminder is not known any more. /agenda show has what is in your agenda.")
        again = await snooze(self._db, row, now=self._desk.clock.now())
        self._wake()
        await interaction.response.send_message(f"You hear of it again at {stamp(again)}.", ephemeral=True)

    def message_to(self, user_id: int, row_id: int) -> Row | None:
        """The direct message to a person that a button stands below."""
        return outbox.direct_to(self._db.reader, user_id, row_id)

    async def _welcome(self, interaction: Interaction, choice: ReminderChoice) -> int:
        """The id of the person's direct channel, once a message has arrived there."""
        event = self._desk.published(interaction).program.event
        text = (
            f"**Your reminders from {line(event.short_name, 60)} come here.** {_sentence(choice)}\n"
            "/remind changes that or switches it off. /agenda show has what is in your agenda."
        )
        return await welcomed(interaction, text, instead=_INSTEAD)

    def _view(self, interaction: Interaction, choice: ReminderChoice) -> discord.ui.LayoutView:
        ask = self._desk.ask(interaction, _REMIND)
        return made(ask, choice_card(choice))


def choice_card(choice: ReminderChoice) -> Card:
    """What holds now, and the button that switches it."""
    if choice.switched_off and choice.closed:
        text = (
            "## Reminders stopped\nA reminder could not reach you: your direct messages are closed to me. Allow them "
            "in this server's privacy settings and press Remind me, or choose /remind where: In the channel."
        )
        return Card((text,), buttons=(_switch("Remind me", "on", main=True), SHOW_MINE), shareable=False)
    if choice.switched_off:
        text = "## Reminders are off\nI can tell you before something in your agenda starts, in a direct message."
        return Card((text,), buttons=(_switch("Remind me", "on", main=True), SHOW_MINE), shareable=False)
    digest = "Each morning you get your agenda of the day." if choice.digest else "You get no agenda in the morning."
    if choice.where is not Where.DM:
        digest = "Your agenda of the day comes only in direct messages."
    text = f"## Reminders are on\n{_sentence(choice)} {digest}\n-# /remind changes when and where."
    return Card((text,), buttons=(SHOW_MINE, _switch("Switch off", "off")), shareable=False)


def _switch(label: str, state: str, *, main: bool = False) -> Button:
    return Button(label, replace(_REMIND, args=(state,)), Does.REMIND, main=main)


def _sentence(choice: ReminderChoice) -> str:
    ways = {Where.DM: "in a direct message", Where.CHANNEL: "with a mention in the channel, which others see"}
    minutes = count(choice.lead // timedelta(minutes=1), "minute")
    return f"I tell you {minutes} before something in your agenda starts, {ways[choice.where]}."
