"""The connection to Discord: minimal intents, no member cache, the command tree and the buttons."""

import time
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot.chat import commands
from bot.chat.ask import CommandLine
from bot.chat.buckets import forget_seldom
from bot.chat.desk import Desk
from bot.chat.errors import explain
from bot.chat.forms import filled
from bot.chat.lookup import Lookup
from bot.chat.organizing.publishing import Publishing, Source
from bot.chat.presses import CardButton, CardMenu, NoticeButton, OldPress, submitted
from bot.chat.ratelimit import use_what_is_left
from bot.chat.services import Services
from bot.chat.sharing import ShareLimits, share
from bot.chat.sync import sync_commands
from bot.storage.database import Database


class UsherTree(app_commands.CommandTree["UsherClient"]):
    """The slash commands, with the one error path."""

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        await explain(interaction, error)


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
        wake: Callable[[], None] = lambda: None,
        there: Callable[[], None] = lambda: None,
        **options: Any,
    ) -> None:
        """``there`` is called when the servers are known, ``wake`` when something new may be due."""
        # The library warns at every start that voice is not supported; nobody here speaks.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            # Guilds brings channels and roles. No privileged intent: lookups come as interactions.
            intents=discord.Intents(guilds=True),
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
        self._wake = wake
        self._there = there

    async def setup_hook(self) -> None:
        """Once, after login and before the gateway: on_ready fires again after every reconnect."""
        commands.add_all(self.tree, self.desk, self.services)
        self.desk.commands = tuple(
            CommandLine(
                command.qualified_name,
                command.description,
                for_organizers=(command.root_parent or command).default_permissions is not None,
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

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Beside every command, press and completion, whose answer was begun before this.

        Forms that come back are answered here: the library itself drops those that were opened before its start.
        """
        if (found := filled(interaction)) is not None:
            await submitted(interaction, *found)
        await self.services.settings.note_roles(interaction)
        await self.services.membership.note(interaction)

    async def on_ready(self) -> None:
        """Again after every reconnect, which is why it only does what may be done twice.

        The library may swallow a server's own event while it waits for the last of them.
        """
        for guild in self.guilds:
            await self._welcome(guild)
        self._there()

    async def on_guild_available(self, guild: discord.Guild) -> None:
        await self._welcome(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self._welcome(guild)

    async def _welcome(self, guild: discord.Guild) -> None:
        """Plan what a server will be told, let go out what waited for it, and say what is missing there."""
        await self._publishing.welcome(guild.id)
        if guild.unavailable:
            # Nothing is known of it but its id: what is missing shows when Discord's outage there is over.
            return
        self._wake()
        await self.services.checking.at_start(guild)
