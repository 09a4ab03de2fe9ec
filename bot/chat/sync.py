"""Register the slash commands with Discord, only when they changed since the last time."""

import json
import logging
from collections.abc import Mapping
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

    Commands registered earlier in another scope are taken away once the new ones are there, since
    Discord would show both. A refusal is logged and the bot goes on: commands registered before
    still work.
    """
    try:
        await _sync(tree, db, application_id, str(guild_id) if guild_id else _EVERYWHERE)
    except discord.Forbidden:
        log.error(
            "Discord does not let this bot register commands in server %s (USHER_GUILD). Is the id right, and was "
            "the bot invited there with the scope applications.commands? Commands registered before stay as they were.",
            guild_id,
        )
    except discord.HTTPException as error:
        log.error("Discord did not take the commands (%s). Those registered before still work.", error)


async def _sync(tree: app_commands.CommandTree[Any], db: Database, application_id: int, scope: str) -> None:
    recorded = command_sync.of_application(db.reader, application_id)
    guild = None if scope == _EVERYWHERE else discord.Object(int(scope))
    if guild:
        tree.copy_global_to(guild=guild)
    payload = json.dumps([command.to_dict(tree) for command in tree.get_commands()], sort_keys=True)
    wanted = sha256(payload.encode()).hexdigest()
    # What is recorded may be about a server that has forgotten it: one question makes sure.
    if recorded.get(scope) != wanted or {command.name for command in await tree.fetch_commands(guild=guild)} != {
        command.name for command in tree.get_commands()
    }:
        await tree.sync(guild=guild)
        log.info("registered %d commands (%s)", len(tree.get_commands()), scope)
    # Only now: were the new registration refused, the old one would be all that people have.
    for other in await _elsewhere(tree, recorded, scope):
        await _take_away(tree, application_id, other)
        await db.write(partial(command_sync.record, application_id=application_id, scope=other, value=_NOTHING))
    # Last, so that a start which was cut short is made up for by the next one.
    if recorded.get(scope) != wanted:
        await db.write(partial(command_sync.record, application_id=application_id, scope=scope, value=wanted))


async def _elsewhere(tree: app_commands.CommandTree[Any], recorded: Mapping[str, str], scope: str) -> list[str]:
    """The other scopes that hold commands, as recorded. Discord is asked only where nothing was ever recorded."""
    if recorded or scope == _EVERYWHERE:
        return [name for name, mark in recorded.items() if name != scope and mark != _NOTHING]
    return [_EVERYWHERE] if await tree.fetch_commands() else []


async def _take_away(tree: app_commands.CommandTree[Any], application_id: int, scope: str) -> None:
    if scope == _EVERYWHERE:
        await tree.client.http.bulk_upsert_global_commands(application_id, [])
        return
    try:
        await tree.client.http.bulk_upsert_guild_commands(application_id, int(scope), [])
    except discord.Forbidden:
        # The bot has left that server, and its commands with it.
        log.info("server %s no longer holds commands of this bot", scope)
