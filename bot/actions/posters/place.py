"""Somebody marks what an author typed as the answer to a question."""

from bot.actions.posters.answer import Answered, answer
from bot.domain.audit import By
from bot.domain.errors import NotFoundError
from bot.storage.database import Database, Tables
from bot.storage.posters import typed

KEPT_TOO_LONG = "This choice was kept for a day. Open the message's menu again: Apps, Mark as answer."


async def set_aside(db: Database, guild_id: int, text: str, *, by: By) -> None:
    """Keep the answer in the message ``by.act``, by its writer ``by.user``, until it is said what it answers."""

    def write(tables: Tables) -> None:
        typed.set_aside(tables, guild_id, by.act, by.user, text, by.at)

    await db.write(write)


async def place(db: Database, guild_id: int, message_id: int, question_id: int, *, by: By) -> Answered:
    """Make what was set aside the answer to a question. Raises NotFoundError, and what ``answer`` raises."""
    found = typed.aside(db.reader, guild_id, message_id)
    if found is None:
        raise NotFoundError(KEPT_TOO_LONG)
    author, text = found
    given = await answer(db, guild_id, question_id, text, by=By(author, message_id, by.at), message_id=message_id)

    def write(tables: Tables) -> None:
        typed.placed(tables, message_id)

    await db.write(write)
    return given
