"""Registering commands: globally and for a guild, in bulk and one by one."""

from typing import Any

import discord
import pytest
from discord import app_commands

from bot.sandbox import Sandbox

from .live import Bot, connected, live, make_world, shown


def command(name: str, text: str = "Text") -> dict[str, Any]:
    return {"name": name, "description": text, "type": 1}


async def test_overwriting_keeps_ids_and_versions_of_what_stays() -> None:
    async with live() as it:
        http, app = it.bot.http, it.sandbox.application_id
        first = await http.bulk_upsert_global_commands(app, [command("now"), command("help")])
        second = await http.bulk_upsert_global_commands(app, [command("now"), command("help", "New")])
        assert [one["id"] for one in first] == [one["id"] for one in second]
        assert [a["version"] == b["version"] for a, b in zip(first, second, strict=True)] == [True, False]
        await http.bulk_upsert_global_commands(app, [command("speaker")])
        assert [one["name"] for one in await http.get_global_commands(app)] == ["speaker"]


async def test_one_command_is_created_replaced_edited_and_deleted() -> None:
    async with live(Bot(sync=False)) as it:
        http, app = it.bot.http, it.sandbox.application_id
        made = await http.upsert_global_command(app, command("now"))  # type: ignore[arg-type]  # a plain dict
        again = await http.upsert_global_command(app, command("now", "New"))  # type: ignore[arg-type]  # a plain dict
        command_id = int(made["id"])
        edited = await http.edit_global_command(app, command_id, {"description": "Newest"})
        assert [made["id"], made["id"]] == [again["id"], edited["id"]]
        assert (await http.get_global_command(app, command_id))["description"] == "Newest"
        await http.delete_global_command(app, command_id)
        with pytest.raises(discord.NotFound) as refused:
            await http.get_global_command(app, command_id)
        assert refused.value.code == 10063


async def test_sync_gives_the_client_its_ids() -> None:
    bot = Bot(sync=False)

    @bot.tree.command(description="Shows what is on")
    @app_commands.describe(day="Which day")
    @app_commands.choices(day=[app_commands.Choice(name="First", value=1)])
    async def schedule(interaction: discord.Interaction, day: int = 1) -> None:
        await interaction.response.send_message(str(day))

    async with live(bot) as it:
        [synced] = await bot.tree.sync()
        [fetched] = await bot.tree.fetch_commands()
        assert (synced, fetched.options[0].description) == (fetched, "Which day")
        assert synced.id in it.sandbox.world.commands[0]


async def test_guilds_own_command_hides_a_global_one() -> None:
    world = make_world()
    bot = Bot(guild_id=world.guild.id)

    @bot.tree.command(description="Everywhere")
    async def now(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("everywhere")

    @bot.tree.command(name="now", description="Here", guild=discord.Object(world.guild.id))
    async def now_here(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("here")

    async with live(bot, world=world) as it:
        await bot.tree.sync()
        assert shown(await it.person().command("/now"))["content"] == "here"
        assert shown(await it.person().command("/now", "dm"))["content"] == "everywhere"


@pytest.mark.parametrize(
    ("listed", "where"),
    [
        ([command("Now")], ["0", "name"]),
        ([command("now"), command("x" * 33)], ["1", "name"]),
        ([command("now", "")], ["0", "description"]),
    ],
)
async def test_wrong_command_is_refused_with_its_path(listed: list[dict[str, Any]], where: list[str]) -> None:
    async with Sandbox(make_world()) as sandbox, connected(sandbox, Bot()) as bot:
        with pytest.raises(discord.HTTPException) as refused:
            await bot.http.bulk_upsert_global_commands(sandbox.application_id, listed)
        assert refused.value.code == 50035
        assert await bot.http.get_global_commands(sandbox.application_id) == []
        assert f"In {'.'.join(where)}" in str(refused.value)


async def test_commands_of_an_unknown_guild_are_refused() -> None:
    async with live() as it:
        with pytest.raises(discord.Forbidden):
            await it.bot.tree.sync(guild=discord.Object(1))


async def test_registration_can_be_waited_for() -> None:
    async with live(Bot(sync=False)) as it:
        with pytest.raises(TimeoutError):
            await it.sandbox.commands_registered("now", timeout=0.01)
        await it.bot.http.upsert_global_command(it.sandbox.application_id, command("now"))  # type: ignore[arg-type]  # a plain dict
        await it.sandbox.commands_registered("now")
