"""Which poster somebody means who typed something, or chose it while they typed."""

from typing import Any

import discord

from bot.chat.desk import Desk
from bot.domain.errors import NotFoundError
from bot.domain.program import Poster, Program
from bot.domain.search import Category


def poster_meant(program: Program, desk: Desk, interaction: discord.Interaction[Any], typed: str) -> Poster:
    """Raises NotFoundError where it is not beyond doubt."""
    if (known := program.poster_by_id.get(typed)) is not None:
        return known
    if (only := desk.published(interaction).index.find(Category.POSTERS, typed).only) is not None:
        return program.poster_by_id[only.id]
    raise NotFoundError("It is not clear which poster is meant. Choose one from the list that appears while you type.")
