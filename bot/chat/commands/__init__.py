"""The slash commands. Each only turns what was typed into a Lookup and hands it to the desk."""

from typing import Any

from discord import app_commands

from bot.chat.agendas import Agendas
from bot.chat.announce.announcing import Announcing
from bot.chat.attending.settings import PersonalSettings
from bot.chat.commands import (
    agenda,
    announce,
    audit,
    deliveries,
    info,
    live,
    mode,
    posters,
    program,
    programme,
    settings,
    setup,
)
from bot.chat.desk import Desk
from bot.chat.organizing.auditing import Auditing
from bot.chat.organizing.changing import Changing
from bot.chat.organizing.deliveries import Deliveries
from bot.chat.organizing.mode_changing import ModeChanging
from bot.chat.organizing.reloading import Reloading
from bot.chat.reminding import Reminding
from bot.chat.setup.checking import Checking


def add_all(
    tree: app_commands.CommandTree[Any],
    desk: Desk,
    agendas: Agendas,
    reminding: Reminding,
    personal: PersonalSettings,
) -> None:
    """Register every command for everybody, in the order of /help."""
    programme.add(tree, desk)
    posters.add(tree, desk)
    agenda.add(tree, agendas, reminding)
    settings.add(tree, personal)
    info.add(tree, desk)


def add_for_organizers(
    tree: app_commands.CommandTree[Any],
    desk: Desk,
    changing: Changing,
    mode_changing: ModeChanging,
    reloading: Reloading,
    announcing: Announcing,
    shown: Deliveries,
    auditing: Auditing,
    checking: Checking,
) -> None:
    """Register those for organizers, after the others."""
    live.add(tree, desk, changing)
    mode.add(tree, desk, mode_changing)
    program.add(tree, reloading)
    announce.add(tree, desk, announcing)
    deliveries.add(tree, shown)
    audit.add(tree, auditing)
    setup.add(tree, checking)
