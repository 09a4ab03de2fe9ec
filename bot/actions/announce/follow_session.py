"""Announcements that go out by a session's time follow it. Call inside the transaction that changes the programme."""

from datetime import datetime

from bot.actions.announce.confirm import turns_of
from bot.domain.errors import NotFoundError
from bot.domain.program import Program
from bot.storage.announce import announcements
from bot.storage.announce import turns as rows
from bot.storage.database import Tables
from bot.storage.delivery import reports


def follow_sessions(tables: Tables, guild_id: int, program: Program, now: datetime) -> None:
    """Move what is to come. Where its session takes place no more it is called off, and organizers are told."""
    for announcement in announcements.by_session(tables, guild_id):
        try:
            rows.move(tables, announcement, turns_of(announcement, program, now), now)
        except NotFoundError:
            reports.tell(tables, rows.call_off(tables, announcement, now), now)
