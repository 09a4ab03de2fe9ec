"""A case as files, for the record: one to read, one for programs. And what somebody wrote, given back to them."""

import io
import json
from datetime import datetime
from typing import Any

import discord

from bot.actions.conduct.handle import Record
from bot.chat.forms import Filled
from bot.chat.render.layout import NO_PINGS
from bot.domain.errors import UsherError
from bot.domain.event import Event
from bot.formats.case_record import as_data, as_markdown


def exported(record: Record, event: Event, now: datetime) -> list[discord.File]:
    """With the files of the reported message. ``now`` is a UTC instant."""
    case, entries = record.case, record.log
    name = f"{event.id}-case-{case.number}"
    written = (
        as_markdown(case, entries, event, now),
        json.dumps(as_data(case, entries, now), indent=2, ensure_ascii=False),
    )
    texts = [
        discord.File(io.BytesIO(text.encode()), f"{name}.{ending}")
        for text, ending in zip(written, ("md", "json"), strict=True)
    ]
    return [*texts, *(discord.File(io.BytesIO(content), called) for called, content in record.files)]


async def refuse(interaction: discord.Interaction[Any], error: UsherError, filled: Filled) -> None:
    """Say why a form was not taken, with what was written in it: nobody should have to find their words again."""
    files = written(filled)
    text = f"{error} What you wrote is in this file, which only you see." if files else str(error)
    await interaction.response.send_message(text, files=files, ephemeral=True, allowed_mentions=NO_PINGS)


def written(filled: Filled) -> list[discord.File]:
    """The words of a form about cases; nothing where there are none."""
    words = "\n\n".join(text for name, text in filled.texts.items() if text.strip() and name != "contact")
    return [discord.File(io.BytesIO(words.encode()), "my-words.txt")] if words else []
