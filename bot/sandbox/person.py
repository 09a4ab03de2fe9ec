"""A person at the keyboard: types commands, presses buttons, fills in modals, reads what they may see."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.sandbox import people_talk
from bot.sandbox.client_rules import CannotUseError
from bot.sandbox.core import Core
from bot.sandbox.files import SentFile, receive
from bot.sandbox.filling import Given, filled, picked
from bot.sandbox.finding import button_named, field_named, select_named
from bot.sandbox.interaction import Interaction, Outcome
from bot.sandbox.message_objects import message_json
from bot.sandbox.spoken import Spoken, read
from bot.sandbox.state import Channel, ChannelType, Json, Message, User
from bot.sandbox.using import Using

_USER_MENU, _MESSAGE_MENU = 2, 3


@dataclass(frozen=True, slots=True)
class Choice:
    """What autocomplete offers."""

    name: str
    value: str | int | float


class Reply:
    """What came of something a person did. Messages are read anew each time, so later edits show."""

    def __init__(self, core: Core, interaction: Interaction, outcome: Outcome) -> None:
        self._core = core
        self._outcome = outcome
        self.interaction = interaction
        self.kind = outcome.kind
        """ "message", "update", "deferred", "modal", "autocomplete" or "failed"."""
        self.modal = outcome.modal
        self.error = outcome.error
        self.choices = [Choice(one["name"], one["value"]) for one in outcome.choices]

    @property
    def message(self) -> Json | None:
        """The message the bot answered with, or the one whose component was used, as it is now."""
        return self._shown(self._outcome.message) if self._outcome.message else None

    @property
    def messages(self) -> list[Json]:
        """Every message the bot made of it: the first answer and the follow-ups."""
        return [self._shown(message) for message in self.interaction.made]

    async def settled(self, timeout: float = 5.0) -> "Reply":
        """Waits until a deferred answer has been filled in. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            await self.interaction.filled.wait()
        return self

    def _shown(self, message: Message) -> Json:
        return message_json(self._core.world, message, self.interaction.user.id)


class Person:
    """``channel`` is always a channel's name or id, or "dm" for the person's channel with the bot."""

    def __init__(self, core: Core, using: Using, user: User) -> None:
        self._core = core
        self._using = using
        self.user = user

    async def command(
        self, text: str, channel: str | int | None = None, *, files: Mapping[str, SentFile] | None = None
    ) -> Reply:
        """Types a command. ``files``: what stands in its options for files, by the options' names.

        Raises CommandTextError when there is no such command, option or choice, CannotUseError for a file too big.

        A value with autocomplete is sent as typed, unless exactly one of the choices the bot offers bears that name.
        """
        place = self._channel(channel)
        sent = {name: str(receive(self._core, place, self.user, file).id) for name, file in (files or {}).items()}
        spoken = self._read(text, place, files=sent)
        for option in spoken.options:
            if option["name"] in spoken.completed:
                option["value"] = await self._picked(spoken, option, place)
        return await self._reply(self._using.command(self.user, place, spoken.data()))

    async def autocomplete(self, text: str, channel: str | int | None = None) -> list[Choice]:
        """The choices the bot offers for the last option in the text. Raises CommandTextError."""
        place = self._channel(channel)
        spoken = self._read(text, place, partly=True)
        if not spoken.options:
            raise CannotUseError(f"There is no option in {text!r} to complete.")
        data = spoken.data(focused=spoken.options[-1]["name"])
        return (await self._reply(self._using.command(self.user, place, data, completing=True))).choices

    async def press(self, message: Json, button: str) -> Reply:
        """Presses a button by its label, emoji or custom_id. The reply to an update carries the changed message."""
        component = button_named(message["components"], button)
        return await self._use(message, {"custom_id": component["custom_id"]})

    async def choose(self, message: Json, select: str, values: str | Sequence[str]) -> Reply:
        """Chooses from a select, named by custom_id or placeholder; values by value or label, and people, roles and
        channels by name."""
        component = select_named(message["components"], select)
        chosen = picked(self._core, self.user, self._channel(int(message["channel_id"])), component, values)
        return await self._use(message, {"custom_id": component["custom_id"], "values": chosen})

    async def submit(self, modal: Json, values: Mapping[str, Given], channel: str | int | None = None) -> Reply:
        """Fills in a modal by labels or custom_ids and submits it; what is not named keeps its default.

        Raises CannotUseError for what the person's client would not take, such as too many files or too big ones.
        """
        place = self._using.modal_channel(self.user, modal["custom_id"]) or self._channel(channel)
        fields = [(field_named(modal["components"], name), value) for name, value in values.items()]
        done = [filled(self._core, self.user, place, field, value) for field, value in fields]
        data = {"custom_id": modal["custom_id"], "components": done}
        return await self._reply(self._using.modal(self.user, place, data))

    async def context_menu(self, name: str, target: Json | str, channel: str | int | None = None) -> Reply:
        """Uses a context menu command on a message, or on a person given by name."""
        if isinstance(target, str):
            place, kind, target_id = self._channel(channel), _USER_MENU, str(self._core.world.person(target).id)
        else:
            place, kind, target_id = self._channel(int(target["channel_id"])), _MESSAGE_MENU, target["id"]
        return await self._reply(
            self._using.command(self.user, place, {"name": name, "type": kind, "target_id": target_id})
        )

    async def say(self, channel: str | int, text: str, reply_to: Json | None = None, *, ping: bool = True) -> Json:
        """Writes a message. A reply mentions whom it answers unless ``ping`` is off ("@ On" in Discord's client).

        Raises ApiError when the person may not.
        """
        reply_id = int(reply_to["id"]) if reply_to else None
        message = people_talk.say(self._core, self.user, self._channel(channel), text, reply_id, ping=ping)
        return message_json(self._core.world, message, self.user.id)

    async def edit(self, message: Json, text: str) -> Json:
        """Changes a message of their own. Raises ApiError when it is not, or its thread is archived."""
        channel = self._channel(int(message["channel_id"]))
        edited = people_talk.edit(self._core, self.user, channel, int(message["id"]), text)
        return message_json(self._core.world, edited, self.user.id)

    async def delete(self, message: Json) -> None:
        """Deletes a message of their own, or as a moderator anybody's. Raises ApiError when they may not."""
        channel = self._channel(int(message["channel_id"]))
        people_talk.delete(self._core, self.user, channel, int(message["id"]))

    async def react(self, message: Json, emoji: str, *, remove: bool = False) -> None:
        channel = self._channel(int(message["channel_id"]))
        people_talk.react(self._core, self.user, channel, int(message["id"]), emoji, remove=remove)

    def sees(self, channel: str | int) -> list[Json]:
        """The messages in a channel, oldest first, with the ephemeral ones meant for this person. Empty where they may
        not look."""
        return people_talk.messages(self._core, self.user, self._channel(channel))

    def dms(self) -> list[Json]:
        """The messages in the person's channel with the bot, oldest first."""
        channel = self._core.world.dms.get(self.user.id)
        return people_talk.messages(self._core, self.user, channel) if channel else []

    def _channel(self, channel: str | int | None) -> Channel:
        world = self._core.world
        if channel == "dm":
            return world.dm_with(self.user)
        if channel is not None:
            return world.channel_named(channel)
        for one in world.guild.channels.values():
            if one.type is ChannelType.TEXT and self._core.may_view(one, self.user):
                return one
        raise LookupError(f"{self.user.name} sees no text channel.")

    def _read(
        self, text: str, channel: Channel, *, partly: bool = False, files: Mapping[str, str] | None = None
    ) -> Spoken:
        world = self._core.world
        commands = list(self._using.commands(self.user, channel))
        return read(text, commands, world, world.guild_of(channel), partly=partly, files=files)

    async def _picked(self, spoken: Spoken, option: Json, channel: Channel) -> str | int | float:
        data = spoken.data(focused=option["name"])
        offered = await self._reply(self._using.command(self.user, channel, data, completing=True))
        typed: str | int | float = option["value"]
        same = {one.value for one in offered.choices if one.name.casefold() == str(typed).casefold()}
        return same.pop() if len(same) == 1 else typed

    async def _use(self, message: Json, data: Json) -> Reply:
        channel = self._channel(int(message["channel_id"]))
        stored = channel.messages.get(int(message["id"]))
        if stored is None:
            raise CannotUseError("That message is gone.")
        return await self._reply(self._using.component(self.user, channel, stored, data))

    async def _reply(self, interaction: Interaction) -> Reply:
        outcome = await interaction.outcome
        self._using.answered(interaction, outcome)
        return Reply(self._core, interaction, outcome)
