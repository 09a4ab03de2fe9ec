"""How a report can reach the committee: whether nobody who is involved could read it in a thread."""

import asyncio
from copy import copy

import discord

from bot.chat.unasked.whereabouts import channel_for
from bot.domain.conduct.case import Person, Way
from bot.domain.program import Program

CHANNEL = "conduct"
NO_CHANNEL = "The committee has no channel here"
NO_THREAD = "A private thread was not possible"
UNSIGNED = "What you report has no name, and stays without one"
ADMINISTRATOR = "Somebody who is involved can see here that a thread is opened"
#: Seconds that Discord has to say who somebody is: an answer to a form may take three.
_PATIENCE = 1.5


def way_of(
    guild: discord.Guild | None,
    program: Program,
    people: list[discord.Member | discord.User],
    *,
    unknown: bool,
    unsigned: bool = False,
) -> tuple[Way, str]:
    """How the case goes, and why it goes directly if it does. ``unknown``: of somebody involved no rights are known.

    ``unsigned``: it is about what somebody wrote without a name. Who is in a thread, and who is not, would show them.
    """
    if unsigned:
        return Way.DIRECT, UNSIGNED
    if guild is None or guild.unavailable:
        return Way.DIRECT, NO_THREAD
    channel = channel_for(guild, program, CHANNEL)
    if channel is None or not _usable(channel):
        return Way.DIRECT, NO_CHANNEL
    if unknown or any(isinstance(one, discord.Member) and _finds_threads(channel, one) for one in people):
        return Way.DIRECT, ADMINISTRATOR
    return Way.THREAD, ""


async def member_of(guild: discord.Guild, user_id: int) -> tuple[discord.Member | None, bool]:
    """A member, and whether it is known who they are: who left is None, and that is known."""
    try:
        async with asyncio.timeout(_PATIENCE):
            return await guild.fetch_member(user_id), True
    except discord.NotFound:
        return None, True
    except (discord.HTTPException, discord.RateLimited, OSError, TimeoutError):
        return None, False


def person_of(user: discord.Member | discord.User) -> Person:
    """As they are called now: in a thread nobody is mentioned."""
    shown, account = user.display_name, user.name
    return Person(user.id, shown if shown == account else f"{shown} (@{account})")


def _usable(channel: discord.TextChannel) -> bool:
    """Whether the bot can open a thread there, and write in it (Discord: Start Thread without Message)."""
    ours = channel.permissions_for(channel.guild.me)
    return ours.view_channel and ours.create_private_threads and ours.send_messages_in_threads


def _finds_threads(channel: discord.TextChannel, member: discord.Member) -> bool:
    """Administrators and owners, and whoever may manage the channel's threads (Discord: Private Threads); and whoever
    reads the server's log, which names every thread that is opened (Discord: Audit Log Events, THREAD_CREATE).
    """
    # While somebody is timed out, Discord takes nearly all rights from them: for a time.
    lasting = copy(member)
    lasting.timed_out_until = None
    rights = channel.permissions_for(lasting)
    if rights.administrator or lasting.guild_permissions.view_audit_log:
        return True
    return rights.view_channel and rights.manage_threads
