"""The slash commands. Each only turns what was typed into a Lookup and hands it to the desk, or to a service."""

from typing import Any

from discord import app_commands

from bot.chat.commands import (
    agenda,
    announce,
    audit,
    author,
    cases,
    context,
    deliveries,
    info,
    live,
    mode,
    posters,
    privacy,
    program,
    programme,
    qa,
    questions,
    report,
    settings,
    setup,
)
from bot.chat.desk import Desk
from bot.chat.services import Services


def add_all(tree: app_commands.CommandTree[Any], desk: Desk, services: Services) -> None:
    """Register every command, in the order of /help: those for everybody, then those for organizers."""
    programme.add(tree, desk)
    posters.add(tree, desk, services.browsing)
    questions.add(tree, desk, services.questions, services.exporting)
    context.add(tree, services.collecting)
    author.add(tree, desk, services.authors, services.author_list, services.questions)
    report.add(tree, services.reporting)
    agenda.add(tree, services.agendas, services.reminding)
    settings.add(tree, services.settings)
    privacy.add(tree, services.privacy)
    info.add(tree, desk)
    live.add(tree, desk, services.changing)
    mode.add(tree, desk, services.mode_changing)
    program.add(tree, services.reloading)
    announce.add(tree, desk, services.announcing)
    qa.add(tree, desk, services.moderating, services.exporting, services.unanswered, services.opening)
    deliveries.add(tree, services.deliveries)
    audit.add(tree, services.auditing)
    cases.add(tree, services.handling, services.membership)
    setup.add(tree, services.checking)
