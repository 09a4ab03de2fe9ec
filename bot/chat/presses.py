"""Buttons and menus of the cards. All they need stands in their ``custom_id``, so they outlive any restart."""

import re
from collections.abc import Coroutine
from typing import Any, Self

import discord
from discord import ui

from bot.chat.announce.preview import NAME as ANNOUNCEMENTS
from bot.chat.answers import OLD_BUTTON
from bot.chat.answers.deliveries import OVERVIEW as DELIVERIES
from bot.chat.errors import explain
from bot.chat.forms import Filled
from bot.chat.home import is_about
from bot.chat.lookup import Lookup
from bot.chat.organizing.reloading import RELOAD
from bot.chat.posters.pressing import FORMS, IN_THREADS, filled_in, of_author, of_moderator, of_poster
from bot.chat.render.audit import AUDIT
from bot.chat.render.card import Does
from bot.chat.render.findings import CHECK
from bot.chat.render.mode import MODE
from bot.chat.render.notices.conduct import CASE, REPORT
from bot.chat.render.notices.personal import OFF, SNOOZE
from bot.chat.render.settings import SETTINGS
from bot.domain.errors import NotFoundError

_KINDS = "|".join(does.value for does in Does)
_BUTTON = rf"(?P<does>{_KINDS})\d+:(?P<lookup>[\s\S]+)"
_MENU = rf"pick(?:-(?P<does>{_KINDS}))?(?:\.\d)?"
_OURS = rf"(?:{_KINDS})\d+:|pick(?:-(?:{_KINDS}))?(?:\.\d)?$"


async def _do(interaction: discord.Interaction[Any], does: Does, lookup: Lookup) -> None:
    """What a button or a menu's entry stands for."""
    client, services = interaction.client, interaction.client.services
    match does:
        case Does.GO:
            await client.desk.turn(interaction, lookup)
        case Does.OPEN:
            await client.desk.reply(interaction, lookup)
        case Does.SHARE:
            await client.share(interaction, lookup)
        case Does.SHARE_MINE:
            await client.share(interaction, services.agendas.as_shared(interaction))
        case Does.REMIND:
            await services.reminding.choose(interaction, on={"on": True, "off": False}.get(lookup.arg(0)))
        case Does.SETTINGS:
            await services.settings.press(interaction, lookup)
        case Does.APPLY | Does.DROP if lookup.name == RELOAD:
            await services.reloading.press(interaction, does, lookup)
        case Does.APPLY | Does.DROP | Does.REPEAT if lookup.name == MODE:
            await services.mode_changing.press(interaction, does, lookup)
        case Does.APPLY | Does.DROP:
            await services.changing.press(interaction, does, lookup)
        case Does.ANNOUNCE:
            await services.announcing.press(interaction, lookup)
        case Does.DELIVERIES | Does.RETRY:
            await services.deliveries.press(interaction, does, lookup)
        case Does.AUDIT:
            await services.auditing.press(interaction, lookup)
        case Does.SETUP:
            await services.checking.press(interaction, lookup)
        case Does.CASE:
            await _about_case(interaction, lookup)
        case Does.QUESTION:
            await of_poster(interaction, lookup)
        case Does.MODERATE:
            await of_moderator(interaction, lookup)
        case Does.AUTHOR:
            await of_author(interaction, lookup)
        case Does.PRIVACY:
            await services.privacy.press(interaction, lookup)
        case _:
            await services.agendas.press(interaction, does, lookup)


async def _open(interaction: discord.Interaction[Any], lookup: Lookup, row_id: int) -> None:
    """The answer to whoever pressed, in a new private message. ``row_id`` names the message in the outbox."""
    client, services = interaction.client, interaction.client.services
    if interaction.guild_id is None and (row := services.reminding.message_to(interaction.user.id, row_id)) is not None:
        is_about(interaction, row.guild_id)
    match lookup.name:
        case DELIVERIES.name:
            await services.deliveries.show(interaction, lookup)
        case AUDIT.name:
            await services.auditing.show(interaction, lookup)
        case CHECK.name:
            await services.checking.show(interaction, lookup)
        case SNOOZE.name:
            await services.reminding.snooze(interaction, row_id)
        case OFF.name:
            await services.reminding.switch_off(interaction)
        case SETTINGS.name:
            await services.settings.show(interaction)
        case "star":
            await services.agendas.press(interaction, Does.STAR, Lookup(lookup.arg(0), lookup.args[1:]))
        case name if name in (CASE, REPORT):
            await _about_case(interaction, lookup)
        case name if name in IN_THREADS:
            await of_poster(interaction, lookup)
        case _:
            await client.desk.reply(interaction, lookup)


async def _about_case(interaction: discord.Interaction[Any], lookup: Lookup) -> None:
    services = interaction.client.services
    await (services.reporting if lookup.name == REPORT else services.handling).press(interaction, lookup)


async def submitted(interaction: discord.Interaction[Any], lookup: Lookup, filled: Filled) -> None:
    """A form that somebody filled in."""
    services = interaction.client.services
    if lookup.name == ANNOUNCEMENTS:
        doing = services.announcing.submit(interaction, lookup, filled)
    elif lookup.name == REPORT:
        doing = services.reporting.submit(interaction, lookup, filled)
    elif lookup.name == CASE:
        doing = services.handling.submit(interaction, lookup, filled)
    elif lookup.name in FORMS:
        doing = filled_in(interaction, lookup, filled)
    else:
        doing = _unknown()
    await _answered(interaction, doing, filled.words)


async def _unknown() -> None:
    raise NotFoundError(OLD_BUTTON)


async def _answered(interaction: discord.Interaction[Any], doing: Coroutine[Any, Any, None], words: str = "") -> None:
    """Await ``doing``. The library only logs what a press raises, so the reader would see "interaction failed".

    ``words`` are what they typed: nobody should have to find them again.
    """
    try:
        await doing
    except Exception as error:
        await explain(interaction, error, words)
    await interaction.client.services.settings.note_roles(interaction)
    await interaction.client.services.membership.note(interaction)


class CardButton(ui.DynamicItem[ui.Button[Any]], template=_BUTTON):
    """Refresh, page, open, share, what concerns the agenda of whoever presses, and what a preview asks."""

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
        await _answered(interaction, _do(interaction, self._does, self._lookup))


class CardMenu(ui.DynamicItem[ui.Select[Any]], template=_MENU):
    """The menu below a card: what is chosen takes the card's place, or what else the menu is for."""

    def __init__(self, item: ui.Select[Any], does: Does) -> None:
        super().__init__(item)
        self._does = does

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Select)
        return cls(item, Does(match["does"] or Does.GO.value))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        _, _, encoded = self.item.values[0].partition(":")
        await _answered(interaction, _do(interaction, self._does, Lookup.decode(encoded)))


class NoticeButton(ui.DynamicItem[ui.Button[Any]], template=r"nt[0-9a-f]+-(?P<row>\d+)\.\d:(?P<lookup>[\s\S]+)"):
    """A button below something the bot said by itself: it opens the answer for whoever pressed."""

    def __init__(self, item: ui.Button[Any], lookup: Lookup, row_id: int) -> None:
        super().__init__(item)
        self._lookup = lookup
        self._row_id = row_id

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Button)
        return cls(item, Lookup.decode(match["lookup"]), int(match["row"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await _answered(interaction, _open(interaction, self._lookup, self._row_id))


class OldPress(ui.DynamicItem[ui.Item[Any]], template=rf"(?!{_OURS}|nt[0-9a-f]+-)[\s\S]*"):
    """A button or menu of another release, still standing in some message: without this, nobody would answer it."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await explain(interaction, NotFoundError(OLD_BUTTON))
