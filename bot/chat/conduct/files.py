"""A case as files, for the record: one to read, one for programs."""

import io
import json
from datetime import datetime

import discord

from bot.actions.conduct.handle import Record
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
