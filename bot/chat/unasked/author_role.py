"""The role of authors is given to who has a poster here, and taken back from who has none any more."""

import discord

from bot.actions.posters.note_role import note_role
from bot.chat.attending.roles import obstacle, role_named
from bot.chat.render.text import line
from bot.chat.unasked.requests import Requests
from bot.chat.unasked.whereabouts import absent
from bot.delivery.outcome import Outcome, Pointless, Refused, Sent
from bot.domain.event import Server
from bot.storage.database import Database
from bot.storage.delivery.outbox import Row
from bot.storage.posters import author_roles
from bot.storage.posters.author_roles import Holder

#: The member is looked up, then the role is given.
ROLE_REQUESTS = 2
_REASON = "author of a poster"
_MENDED = "give the bot the permission Manage Roles, and a role of its own above it"


async def settle_role(
    client: discord.Client, guild: discord.Guild, server: Server, database: Database, row: Row, requests: Requests
) -> Outcome:
    """Make somebody hold the role, or not, as is right now. Twice is no harm."""
    holder = author_roles.of_row(database.reader, row)
    if holder is None:
        return Pointless("nobody is meant any more")
    if holder.is_author:
        return await _give(client, guild, server, database, holder, requests)
    return await _take(client, guild, holder)


async def _give(
    client: discord.Client,
    guild: discord.Guild,
    server: Server,
    database: Database,
    holder: Holder,
    requests: Requests,
) -> Outcome:
    name = server.given_to_authors
    if name is None:
        return Pointless("server.yaml names no role that authors are given")
    role = role_named(guild, name)
    if role is None:
        return Refused(absent(f"role {name}", "authors"))
    if why := obstacle(guild, role):
        return Refused(_refused(role, why))
    if holder.role_id != role.id:
        try:
            member = await guild.fetch_member(holder.user_id)
        except discord.NotFound:
            return Pointless("the person is no longer in the server")
        await requests.turn()
        if member.get_role(role.id) is not None:
            return Pointless("somebody else gave them the role, and may take it back")
        if holder.role_id is not None and (left := await _exchange(client, guild, holder)) is not None:
            return left
        await note_role(database, holder, role.id)
    try:
        await client.http.add_role(guild.id, holder.user_id, role.id, reason=_REASON)
    except (discord.Forbidden, discord.NotFound) as error:
        await note_role(database, holder, None)
        if isinstance(error, discord.NotFound):
            return Pointless("the person is no longer in the server, or the role was deleted just now")
        return Refused(_refused(role, _MENDED))
    return Sent(role.id, role.id)


async def _exchange(client: discord.Client, guild: discord.Guild, holder: Holder) -> Refused | None:
    """The event names another role now: the one before it is taken back first, since one alone is known."""
    taken = await _take(client, guild, holder)
    return taken if isinstance(taken, Refused) else None


async def _take(client: discord.Client, guild: discord.Guild, holder: Holder) -> Outcome:
    if holder.role_id is None:
        return Pointless("the bot gave them no role")
    try:
        await client.http.remove_role(guild.id, holder.user_id, holder.role_id, reason=f"no {_REASON} any more")
    except discord.NotFound:
        return Pointless("the person or the role is no longer in the server")
    except discord.Forbidden:
        role = guild.get_role(holder.role_id)
        if role is None:
            raise
        return Refused(_refused(role, _MENDED, back=True))
    return Sent(holder.role_id, holder.role_id)


def _refused(role: discord.Role, why: str, *, back: bool = False) -> str:
    return f"the role {line(role.name, 80)} could not be {'taken back' if back else 'given'}: {why}"
