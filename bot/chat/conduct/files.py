"""A case as files, for the record: one to read, one for programs."""

import io
import json
from collections.abc import Sequence
from datetime import datetime

import discord

from bot.domain.conduct.case import Case, Entry
from bot.domain.event import Event
from bot.formats.case_record import as_data, as_markdown


def exported(case: Case, entries: Sequence[Entry], event: Event, now: datetime) -> list[discord.File]:
    """``now`` is a UTC instant."""
    name = f"{event.id}-case-{case.number}"
    written = (
        as_markdown(case, entries, event, now),
        json.dumps(as_data(case, entries, now), indent=2, ensure_ascii=False),
    )
    return [
        discord.File(io.BytesIO(text.encode()), f"{name}.{ending}")
        for text, ending in zip(written, ("md", "json"), strict=True)
    ]
