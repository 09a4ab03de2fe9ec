"""The bot begins to give an author the role of authors, or gave it up."""

from bot.storage.database import Database
from bot.storage.posters import author_roles
from bot.storage.posters.author_roles import Holder


async def note_role(db: Database, holder: Holder, role_id: int | None) -> None:
    """Keep which role the bot gives somebody; None where Discord refused it.

    Before it is given: whatever happens then, it is known to be the bot's to take back.
    """
    await db.write(lambda tables: author_roles.note(tables, holder, role_id))
