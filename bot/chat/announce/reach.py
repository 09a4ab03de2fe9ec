"""Whom an announcement reaches, and what that takes: for the preview, as things stand."""

import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
import discord
from msgspec import Struct

from bot.chat.announce.choices import place_channel
from bot.delivery.pacing import PER_SECOND
from bot.domain.announce.announcement import Content, Mention, Whom
from bot.domain.program import Program
from bot.storage.announce import recipients
from bot.storage.database import Tables

log = logging.getLogger(__name__)

#: From so many notified people on, an organizer is asked twice.
MANY = 25
#: Audiences that are a role. Their members are looked at before each direct message: it may have been taken since.
BY_ROLE = frozenset({Whom.SPEAKERS, Whom.AUTHORS, Whom.ROLE})


class Counts(Struct, frozen=True):
    """How many are in a server (about), and how many of them hold each role, by its id."""

    members: int
    roles: Mapping[int, int]


class Expected(Struct, frozen=True):
    """``readers`` may read the channel: None where that is not known, as is ``mentioned``, who are notified in it.
    ``direct`` get a direct message at most. ``requests`` are those of all turns.
    """

    readers: int | None
    mentioned: int | None
    direct: int
    requests: int

    @property
    def seconds(self) -> int:
        """How long the bot needs for it, at its pace."""
        return round(self.requests / PER_SECOND)

    @property
    def notifies_many(self) -> bool:
        return self.mentioned is None or self.mentioned >= MANY


def direct_reach(tables: Tables, guild_id: int, content: Content) -> tuple[int, int]:
    """How many get a direct message, and to how many of them no channel is open. Takes a while among many people."""
    return recipients.count(tables, guild_id, content.audience) if content.copies else (0, 0)


def expected(
    guild: discord.Guild, program: Program, content: Content, counts: Counts | None, direct: int, unopened: int
) -> Expected:
    """``counts`` are None where Discord did not say; ``direct`` and ``unopened`` as of ``direct_reach``."""
    per_person = 2 if content.audience.whom in BY_ROLE else 1
    channel = place_channel(guild, program, content.place)
    posts = (2 if channel is not None and channel.is_news() else 1) if content.place is not None else 0
    requests = (posts + direct * per_person) * content.repeat.times + unopened
    return Expected(_readers(guild, channel, counts), _mentioned(guild, channel, content, counts), direct, requests)


def _readers(guild: discord.Guild, channel: discord.TextChannel | None, counts: Counts | None) -> int | None:
    """Everybody in the server, or about those whose roles open a channel that is closed to the rest."""
    if channel is None or counts is None:
        return None
    if channel.permissions_for(guild.default_role).view_channel:
        return counts.members
    opened = [role for role in channel.overwrites if isinstance(role, discord.Role)]
    return sum(counts.roles.get(role.id, 0) for role in opened if channel.permissions_for(role).view_channel)


def _mentioned(
    guild: discord.Guild, channel: discord.TextChannel | None, content: Content, counts: Counts | None
) -> int | None:
    match content.mention:
        case Mention.NOBODY:
            return 0
        case Mention.ROLE:
            return counts.roles.get(content.audience.role or 0, 0) if counts is not None else None
        case Mention.EVERYONE:
            return _readers(guild, channel, counts)


async def counted(guild: discord.Guild) -> Counts | None:
    """Discord: Get Guild Role Member Counts, and Get Guild with its counts. None where that cannot be learned now.

    Members themselves are not listed without a privileged intent.
    """
    http = guild._state.http
    try:
        roles = await http.request(
            discord.http.Route("GET", "/guilds/{guild_id}/roles/member-counts", guild_id=guild.id)
        )
        # The library's type knows nothing of the counts that it asks for.
        whole: Mapping[str, Any] = await http.get_guild(guild.id, with_counts=True)
    except (discord.DiscordException, OSError, aiohttp.ClientError) as error:
        log.warning("server %d: how many hold each role is not known: %s", guild.id, error)
        return None
    members = whole["approximate_member_count"]
    # The bot itself reads nothing.
    return Counts(members - 1, {int(role): number for role, number in roles.items()})
