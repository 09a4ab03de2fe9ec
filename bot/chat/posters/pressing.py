"""Which part answers what is pressed and filled in about posters and their questions."""

from typing import Any

import discord

from bot.chat.forms import Filled
from bot.chat.lookup import Lookup
from bot.chat.posters import collecting, moderating
from bot.chat.posters.author_cards import MISSING
from bot.chat.posters.authors import OF_AUTHORS
from bot.chat.posters.opening import OPEN
from bot.chat.posters.unanswered import UNANSWERED

Interaction = discord.Interaction[Any]

_VISITS = frozenset({"visit", "unvisit"})
#: What is pressed below messages that the bot posts by itself, and the forms that are filled in.
IN_THREADS = frozenset(
    {"ask", "questions", "mine", "vote", "answer", "waiting", "open", *_VISITS, *moderating.PRESSED, *OF_AUTHORS}
)
FORMS = frozenset({"ask", "rewrite", "answer", *moderating.FORMS})


async def of_poster(interaction: Interaction, lookup: Lookup) -> None:
    """Answer a button or menu entry. Raises UsherError."""
    services = interaction.client.services
    match lookup.name:
        case name if name in _VISITS:
            await services.browsing.visit(interaction, lookup.arg(0), back=lookup.name == "unvisit")
        case "browse":
            await services.browsing.turn(interaction, lookup)
        case collecting.PLACE:
            await services.collecting.place(interaction, lookup)
        case name if name in OF_AUTHORS:
            await services.authors.press(interaction, lookup)
        case OPEN.name:
            await services.opening.press(interaction)
        case name if name in moderating.PRESSED:
            await services.moderating.press(interaction, lookup)
        case _:
            await services.questions.press(interaction, lookup)


async def of_author(interaction: Interaction, lookup: Lookup) -> None:
    """Answer a button or menu entry about the authors of posters. Raises UsherError."""
    services = interaction.client.services
    if lookup.name == MISSING.name:
        await services.author_list.press(interaction, lookup)
    else:
        await services.authors.press(interaction, lookup)


async def of_moderator(interaction: Interaction, lookup: Lookup) -> None:
    """Answer a button or menu entry that is for organizers. Raises UsherError."""
    services = interaction.client.services
    if lookup.name == UNANSWERED:
        await services.unanswered.press(interaction, lookup)
    else:
        await services.moderating.press(interaction, lookup)


async def filled_in(interaction: Interaction, lookup: Lookup, filled: Filled) -> None:
    """Take what somebody filled in. Raises UsherError."""
    services = interaction.client.services
    if lookup.name in moderating.FORMS:
        await services.moderating.submit(interaction, lookup, filled)
    else:
        await services.questions.submit(interaction, lookup, filled)
