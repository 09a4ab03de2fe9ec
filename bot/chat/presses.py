"""Buttons and menus of the cards. All they need stands in their ``custom_id``, so they outlive any restart."""

import re
from typing import Any, Self

import discord
from discord import ui

from bot.chat.answers import OLD_BUTTON
from bot.chat.errors import explain
from bot.chat.lookup import Lookup
from bot.chat.render.card import Does
from bot.domain.errors import NotFoundError


class CardButton(ui.DynamicItem[ui.Button[Any]], template=r"(?P<does>go|op|sh)\d+:(?P<lookup>[\s\S]+)"):
    """Refresh, page, open and share."""

    def __init__(self, item: ui.Button[Any], does: Does, lookup: Lookup) -> None:
        super().__init__(item)
        self._does = does
        self._lookup = lookup

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Button)
        return cls(item, Does(match["does"]), Lookup.decode(match["lookup"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        # The library only logs what is raised here, so the reader would see "interaction failed".
        try:
            match self._does:
                case Does.GO:
                    await interaction.client.desk.turn(interaction, self._lookup)
                case Does.OPEN:
                    await interaction.client.desk.reply(interaction, self._lookup)
                case Does.SHARE:
                    await interaction.client.share(interaction, self._lookup)
        except Exception as error:
            await explain(interaction, error)


class CardMenu(ui.DynamicItem[ui.Select[Any]], template=r"pick"):
    """The menu below a card: what is chosen takes the card's place."""

    def __init__(self, item: ui.Select[Any]) -> None:
        super().__init__(item)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Select)
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            _, _, encoded = self.item.values[0].partition(":")
            await interaction.client.desk.turn(interaction, Lookup.decode(encoded))
        except Exception as error:
            await explain(interaction, error)


class OldPress(ui.DynamicItem[ui.Item[Any]], template=r"(?!(?:go|op|sh)\d+:|pick$)[\s\S]*"):
    """A button or menu of another release, still standing in some message: without this, nobody would answer it."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await explain(interaction, NotFoundError(OLD_BUTTON))
