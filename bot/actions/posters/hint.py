"""Somebody typed what was not taken up: they are told once how to be heard."""

from datetime import timedelta
from enum import StrEnum

from bot.actions.posters.say import thread_of
from bot.domain.audit import By
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Database, Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority
from bot.storage.delivery.planned import ACT
from bot.storage.posters import typed

#: Later than this it would stand below another conversation.
_USEFUL = timedelta(minutes=30)


class About(StrEnum):
    """UNREAD: what was typed cannot be read; AUTHOR: the same, to an author of the poster. KEPT: it was a question that
    cannot be asked as it is. The values stand in the database and are never changed.
    """

    UNREAD = "unread"
    AUTHOR = "author"
    KEPT = "kept"


def was_told(tables: Tables, guild_id: int, user_id: int, about: About) -> bool:
    return typed.is_hinted(tables, guild_id, user_id, _counted_as(about))


async def hint(db: Database, guild_id: int, poster_id: str, about: About, *, by: By) -> bool:
    """Queue a hint below the message ``by.act``, once for each person and server; whether it is the first."""

    def write(tables: Tables) -> bool:
        if not typed.hint(tables, guild_id, by.user, _counted_as(about)):
            return False
        told.add(
            tables,
            guild_id,
            f"{ACT}hint:{by.act}",
            Op.MESSAGE,
            Facts(NoticeKind.HINT, (poster_id, str(by.act)), why=about),
            place=thread_of(poster_id),
            priority=Priority.QUESTION,
            due_at=by.at,
            expires_at=by.at + _USEFUL,
        )
        return True

    return await db.write(write)


def _counted_as(about: About) -> About:
    """Whoever was told that typing is not read knows it, as an author and as anybody."""
    return About.UNREAD if about is About.AUTHOR else about
