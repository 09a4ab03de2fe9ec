"""The connection to Discord: minimal intents, no member cache, the command tree and the buttons."""

import logging
import time
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot.chat import commands
from bot.chat.ask import CommandLine
from bot.chat.buckets import forget_seldom
from bot.chat.commands.options import FOR_CHAIRS, FOR_COMMITTEE, FOR_ORGANIZERS
from bot.chat.desk import Desk
from bot.chat.errors import explain
from bot.chat.forms import filled
from bot.chat.lookup import Lookup
from bot.chat.organizing.publishing import Publishing, Source
from bot.chat.posters.reading import Ear
from bot.chat.presses import CardButton, CardMenu, NoticeButton, OldPress, submitted
from bot.chat.ratelimit import use_what_is_left
from bot.chat.render.text import count
from bot.chat.services import Services
from bot.chat.sharing import ShareLimits, share
from bot.chat.sync import sync_commands
from bot.storage.database import Database

log = logging.getLogger(__name__)


class UsherTree(app_commands.CommandTree["UsherClient"]):
    """The slash commands, with the one error path."""

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        await explain(interaction, error)
        await interaction.client.services.settings.note_roles(interaction)
        await interaction.client.services.membership.note(interaction)


class UsherClient(discord.AutoShardedClient):
    """One bot in many guilds. Shards itself, which costs a small bot nothing and is required from 2,500 guilds."""

    def __init__(
        self,
        desk: Desk,
        database: Database,
        publishing: Publishing,
        *,
        source: Source | None = None,
        sync_guild: int | None = None,
        message_content: bool = True,
        wake: Callable[[], None] = lambda: None,
        there: Callable[[], None] = lambda: None,
        **options: Any,
    ) -> None:
        """``there`` is called when the servers are known, ``wake`` when something new may be due.

        ``message_content``: ask for what people type, where that intent is switched on for the application.
        """
        # The library warns at every start that voice is not supported; nobody here speaks.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        # Guilds brings channels and roles, messages what is typed in posters' threads, as far as it mentions the bot.
        # The rest of it takes a privileged intent, see ``setup_hook``.
        self._asked_for = discord.Intents(guilds=True, guild_messages=True)
        super().__init__(
            intents=self._asked_for,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            # The library otherwise sleeps silently through long rate limits.
            max_ratelimit_timeout=30.0,
            **options,
        )
        forget_seldom(self.http, time.monotonic)
        use_what_is_left(self.http)
        self.desk = desk
        self.database = database
        self.services = Services.of(desk, database, wake, publishing, source)
        #: The numbers that people were given for faults of ours, oldest first.
        self.incidents: list[str] = []
        self._share_limits = ShareLimits()
        self.tree = UsherTree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self._sync_guild = sync_guild
        self._publishing = publishing
        self._message_content = message_content
        self._wake = wake
        self._there = there

    async def setup_hook(self) -> None:
        """Once, after login and before the gateway: on_ready fires again after every reconnect."""
        flags = self.application_flags
        switched_on = flags.gateway_message_content or flags.gateway_message_content_limited
        # Read by the library when it introduces itself to the gateway, which refuses what is not switched on (4014).
        self._asked_for.message_content = self._message_content and switched_on
        commands.add_all(self.tree, self.desk, self.services)
        self.desk.commands = tuple(
            CommandLine(
                command.qualified_name,
                command.description,
                for_organizers=(command.root_parent or command).default_permissions is not None
                or bool(command.extras.get(FOR_ORGANIZERS)),
                for_chairs=bool(command.extras.get(FOR_CHAIRS)),
                for_committee=bool(command.extras.get(FOR_COMMITTEE)),
            )
            for command in self.tree.walk_commands(type=discord.AppCommandType.chat_input)
            if isinstance(command, app_commands.Command)
        )
        self.add_dynamic_items(CardButton, CardMenu, NoticeButton, OldPress)
        assert self.application_id is not None
        await sync_commands(self.tree, self.database, self.application_id, self._sync_guild)

    async def share(self, interaction: discord.Interaction[Any], lookup: Lookup) -> None:
        """Post an answer for everybody, where the reader pressed Share."""
        await share(interaction, lookup, desk=self.desk, database=self.database, limits=self._share_limits)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Only forms are of interest beside what the library does itself: a task for each command, press and
        completion would come between the answer and its way out.
        """
        if event != "interaction" or args[0].type is discord.InteractionType.modal_submit:
            super().dispatch(event, *args, **kwargs)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Forms that come back are answered here: the library itself drops those that were opened before its start."""
        if (found := filled(interaction)) is not None:
            await submitted(interaction, *found)

    @property
    def reads_content(self) -> bool:
        """Whether it asks for what people type. What mentions the bot is read in any case."""
        return self._asked_for.message_content

    async def on_message(self, message: discord.Message) -> None:
        in_thread = await self.services.reading.said(message, self._ear())
        if in_thread and self.reads_content and message.guild is not None:
            await self.services.read_mark.heard(message.guild.id, message.id)

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        followed = await self.services.reading.edited(event.message, self._ear())
        if followed and self.reads_content and event.guild_id is not None and event.message.edited_at is not None:
            await self.services.read_mark.followed(event.guild_id, event.message.edited_at)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        await self.services.reading.deleted(event.guild_id, event.channel_id, [event.message_id])

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        await self.services.reading.deleted(event.guild_id, event.channel_id, sorted(event.message_ids))

    async def _catch_up(self, guild: discord.Guild) -> None:
        """With what was typed while the bot was away: Discord tells of it again only after a short break."""
        if not guild.unavailable:
            await self.services.catching_up.with_guild(guild, self._ear())

    def _ear(self) -> Ear:
        assert self.user is not None
        return Ear(self.user.id, self.reads_content)

    async def on_app_command_completion(self, interaction: discord.Interaction[Any], _: object) -> None:
        """Once a command is answered: what is noted then holds nobody up."""
        await self.services.settings.note_roles(interaction)
        await self.services.membership.note(interaction)

    async def on_shard_connect(self, shard_id: int) -> None:
        """A session begins, and none is resumed. Comes before everything that is heard in it."""
        for guild in self.guilds:
            if guild.shard_id == shard_id:
                self.services.read_mark.miss(guild.id)

    async def on_ready(self) -> None:
        """Again after every reconnect, which is why it only does what may be done twice.

        The library may swallow a server's own event while it waits for the last of them.
        """
        log.info("connected to %s", count(len(self.guilds), "server"))
        for guild in self.guilds:
            await self._welcome(guild)
        self._there()
        for guild in self.guilds:
            await self._catch_up(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        await self._welcome(guild)
        await self._catch_up(guild)

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        self.services.read_mark.miss(guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self._welcome(guild)
        await self._catch_up(guild)

    async def _welcome(self, guild: discord.Guild) -> None:
        """Plan what a server will be told, let go out what waited for it, and say what is missing there."""
        await self._publishing.welcome(guild.id)
        if guild.unavailable:
            # Nothing is known of it but its id: what is missing shows when Discord's outage there is over.
            return
        self._wake()
        await self.services.checking.at_start(guild)
