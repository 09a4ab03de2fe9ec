"""Which part answers what is pressed about posters."""

from typing import Any

import discord

from bot.chat.lookup import Lookup
from bot.chat.posters.opening import OPEN

#: What is pressed below messages that everybody sees, and the forms that are filled in.
IN_THREADS = frozenset({"ask", "questions", "vote", "answer", "visit"})
FORMS = frozenset({"ask", "rewrite", "answer"})


async def of_poster(interaction: discord.Interaction[Any], lookup: Lookup) -> None:
    """Answer a button or menu entry about a poster or a question. Raises UsherError."""
    services = interaction.client.services
    match lookup.name:
        case "visit" | "unvisit":
            await services.browsing.visit(interaction, lookup.arg(0), back=lookup.name == "unvisit")
        case "browse":
            await services.browsing.turn(interaction, lookup)
        case OPEN.name:
            await services.opening.press(interaction)
        case _:
            await services.questions.press(interaction, lookup)
