"""What somebody wrote about a question and cannot be taken is kept for them, until it is taken or thrown away."""

from msgspec import Struct

from bot.actions.posters.vote import GONE
from bot.domain.audit import By
from bot.domain.errors import NotFoundError
from bot.domain.posters.kept import Kept, Kind
from bot.domain.posters.question import Question
from bot.storage.database import Database, Tables
from bot.storage.posters import kept, questions


class Refused(Struct, frozen=True):
    """Nothing was changed, and ``why``; what was written is kept. ``opens``: it can be written on as things are."""

    question: Question
    kind: Kind
    why: str
    text: str
    opens: bool = True


def refused(
    tables: Tables, question: Question, kind: Kind, why: str, written: Kept, by: By, *, opens: bool = True
) -> Refused:
    """Keep it. Call inside a transaction."""
    kept.keep(tables, question, by.user, kind, written, at=by.at)
    return Refused(question, kind, why, written.text, opens)


async def throw_away(db: Database, guild_id: int, question_id: int, kind: Kind, *, by: By) -> Question:
    """Again changes nothing. Raises NotFoundError where there is no such question."""

    def write(tables: Tables) -> Question:
        found = questions.of_id(tables, guild_id, question_id)
        if found is None:
            raise NotFoundError(GONE)
        kept.forget(tables, found, by.user, kind)
        return found

    return await db.write(write)
