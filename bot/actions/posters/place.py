"""Somebody chooses the question to which an author typed the answer."""

from bot.actions.posters.answer import Answered, give
from bot.actions.posters.stop import refuse_stopped
from bot.domain.audit import By
from bot.domain.errors import NotFoundError
from bot.storage.database import Database, Tables
from bot.storage.posters import typed

KEPT_TOO_LONG = "This choice was kept for a day. Open the message's menu again: Apps, Mark as answer."


async def place(db: Database, guild_id: int, message_id: int, question_id: int, *, by: By) -> Answered:
    """Make what was set aside the answer to a question, in one transaction; ``by`` is whoever chose.

    Raises NotFoundError, NotAllowedError, and what ``answer`` raises.
    """

    def write(tables: Tables) -> Answered:
        found = typed.aside(tables, guild_id, message_id)
        if found is None:
            raise NotFoundError(KEPT_TOO_LONG)
        refuse_stopped(tables, guild_id, by.user)
        author, text = found
        typed.placed(tables, message_id)
        return give(tables, guild_id, question_id, text, by=By(author, message_id, by.at), message_id=message_id)

    return await db.write(write)
