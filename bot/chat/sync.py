"""Register the slash commands with Discord, only when they changed since the last time."""

import json
import logging
from hashlib import sha256

import discord
from discord import app_commands

from bot.storage import command_sync
from bot.storage.database import Database

log = logging.getLogger(__name__)

_NOTHING = sha256(b"[]").hexdigest()


async def sync_commands(
    tree: app_commands.CommandTree, db: Database, application_id: int, guild_id: int | None
) -> None:
    """Register for one guild (seen at once, for trying) or for all (None).

    Commands registered earlier in the other scope are taken away, since Discord would show both.
    """
    payload = json.dumps([command.to_dict(tree) for command in tree.get_commands()], sort_keys=True)
    wanted = sha256(payload.encode()).hexdigest()
    guild = discord.Object(guild_id) if guild_id else None
    if guild:
        tree.copy_global_to(guild=guild)
        await _drop_global(tree, db, application_id)
    scope = f"{application_id}:{guild_id or 'global'}"
    if command_sync.fingerprint(db.reader, scope) == wanted:
        return
    await tree.sync(guild=guild)
    await db.write(lambda tables: command_sync.record(tables, scope, wanted))
    log.info(
        "registered %d commands (%s)", len(tree.get_commands()), f"server {guild_id}" if guild_id else "all servers"
    )


async def _drop_global(tree: app_commands.CommandTree, db: Database, application_id: int) -> None:
    scope = f"{application_id}:global"
    if command_sync.fingerprint(db.reader, scope) in (None, _NOTHING):
        return
    await tree.client.http.bulk_upsert_global_commands(application_id, [])
    await db.write(lambda tables: command_sync.record(tables, scope, _NOTHING))
