"""An author says that they are at their board, or that they left it."""

from msgspec import Struct

from bot.actions.posters.choose_author import NO_AUTHOR
from bot.domain.audit import By
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.posters.author import may_come, showings
from bot.domain.program import Poster, Program
from bot.domain.sessions import Session
from bot.storage.database import Database, Tables
from bot.storage.posters import at_board, authors
from bot.storage.posters.at_board import AtBoard


class There(Struct, frozen=True):
    """Whose ``posters`` are shown in ``session``; ``everybody`` is who is at which board in the guild by now."""

    session: Session
    posters: tuple[Poster, ...]
    everybody: AtBoard


async def be_there(
    db: Database, guild_id: int, program: Program, *, by: By, session_id: str | None = None, left: bool = False
) -> There:
    """Note that somebody is at the board of their posters, or ``left``. Again changes nothing.

    Without ``session_id`` it is in the session that is on, or else about to begin. Raises UsherError where none is.
    """

    def write(tables: Tables) -> There:
        session, posters = _shown(tables, guild_id, program, by, session_id)
        if left:
            at_board.remove(tables, guild_id, session.id, by.user)
        else:
            at_board.add(tables, guild_id, session.id, [poster.id for poster in posters], by.user, at=by.at)
        return There(session, posters, at_board.of_guild(tables, guild_id))

    return await db.write(write)


def _shown(
    tables: Tables, guild_id: int, program: Program, by: By, session_id: str | None
) -> tuple[Session, tuple[Poster, ...]]:
    author = authors.of_person(tables, guild_id, by.user)
    if author is None:
        raise NotFoundError(NO_AUTHOR)
    shown = showings(program, author.posters)
    if session_id is not None:
        shown = [(session, posters) for session, posters in shown if session.id == session_id]
    for session, posters in shown:
        if may_come(session, by.at):
            return session, tuple(posters)
    raise UsherError(
        "No session that shows your poster is on or about to begin. Nothing was noted. "
        "Use /author here from 90 minutes before it; /poster shows when it is."
    )
