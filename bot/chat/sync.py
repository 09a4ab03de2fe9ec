"""Register the slash commands with Discord, only when they changed since the last time."""

import json
import logging
from functools import partial
from hashlib import sha256
from typing import Any

import discord
from discord import app_commands

from bot.storage import command_sync
from bot.storage.database import Database

log = logging.getLogger(__name__)

_EVERYWHERE = "global"
_NOTHING = ""


async def sync_commands(
    tree: app_commands.CommandTree[Any], db: Database, application_id: int, guild_id: int | None
) -> None:
    """Register for one guild (seen at once, for trying) or for all (None).

    Commands registered earlier in another scope are taken away, since Discord would show both. A
    refusal is logged and the bot goes on: commands registered before still work.
    """
    try:
        await _sync(tree, db, application_id, str(guild_id) if guild_id else _EVERYWHERE)
    except discord.Forbidden:
        log.error(
            "Discord does not let this bot register commands in server %s (USHER_GUILD). Is the id right, and was "
            "the bot invited there with the scope applications.commands? The commands are missing until then.",
            guild_id,
        )
    except discord.HTTPException as error:
        log.error("Discord did not take the commands (%s). Those registered before still work.", error)


async def _sync(tree: app_commands.CommandTree[Any], db: Database, application_id: int, scope: str) -> None:
    recorded = command_sync.of_application(db.reader, application_id)
    for other in [name for name, mark in recorded.items() if name != scope and mark != _NOTHING]:
        await _take_away(tree, application_id, other)
        await db.write(partial(command_sync.record, application_id=application_id, scope=other, value=_NOTHING))
    guild = None if scope == _EVERYWHERE else discord.Object(int(scope))
    if guild:
        tree.copy_global_to(guild=guild)
    payload = json.dumps([command.to_dict(tree) for command in tree.get_commands()], sort_keys=True)
    wanted = sha256(payload.encode()).hexdigest()
    # What is recorded may be about a server that has forgotten it: one question makes sure.
    if recorded.get(scope) == wanted and {command.name for command in await tree.fetch_commands(guild=guild)} == {
        command.name for command in tree.get_commands()
    }:
        return
    await tree.sync(guild=guild)
    await db.write(lambda tables: command_sync.record(tables, application_id, scope, wanted))
    log.info("registered %d commands (%s)", len(tree.get_commands()), scope)


async def _take_away(tree: app_commands.CommandTree[Any], application_id: int, scope: str) -> None:
    if scope == _EVERYWHERE:
        await tree.client.http.bulk_upsert_global_commands(application_id, [])
        return
    try:
        await tree.client.http.bulk_upsert_guild_commands(application_id, int(scope), [])
    except discord.Forbidden:
        # The bot has left that server, and its commands with it.
        log.info("server %s no longer holds commands of this bot", scope)
