"""An organizer stops somebody from asking, upvoting and answering, or lets them again."""

from bot.actions.audit.record_act import record_act
from bot.actions.posters.hint import About
from bot.domain.audit import ActKind, By, Entry
from bot.domain.errors import NotAllowedError, UsherError
from bot.domain.event import Server
from bot.storage.database import Database, Tables
from bot.storage.posters import moderation, questions, typed


async def stop(db: Database, guild_id: int, user_id: int, name: str, *, why: str, by: By, server: Server) -> None:
    """``name`` is the person's, for the audit trail. Again changes the reason."""

    def write(tables: Tables) -> None:
        _stop(tables, guild_id, user_id, name, why=why, by=by, server=server)

    await db.write(write)


async def stop_asker(db: Database, guild_id: int, number: int, *, why: str, by: By, server: Server) -> None:
    """Stop whoever asked a question, without anybody's being told who that is. Raises UsherError."""

    def write(tables: Tables) -> None:
        asker = _asker(tables, guild_id, number)
        _stop(tables, guild_id, asker, f"whoever asked question {number}", why=why, by=by, server=server)

    await db.write(write)


async def allow(db: Database, guild_id: int, user_id: int, name: str, *, by: By, server: Server) -> None:
    """As before it was stopped."""

    def write(tables: Tables) -> None:
        _allow(tables, guild_id, user_id, name, by=by, server=server)

    await db.write(write)


async def allow_asker(db: Database, guild_id: int, number: int, *, by: By, server: Server) -> None:
    """As ``stop_asker``."""

    def write(tables: Tables) -> None:
        _allow(
            tables, guild_id, _asker(tables, guild_id, number), f"whoever asked question {number}", by=by, server=server
        )

    await db.write(write)


def refuse_stopped(tables: Tables, guild_id: int, user_id: int) -> None:
    """Raises NotAllowedError for who may not ask, upvote or answer any more."""
    if fault := stopped(tables, guild_id, user_id):
        raise NotAllowedError(fault)


def stopped(tables: Tables, guild_id: int, user_id: int) -> str | None:
    """What is said to who may not ask, upvote or answer any more; None for everybody else."""
    why = moderation.why_stopped(tables, guild_id, user_id)
    if why is None:
        return None
    return (
        f"The organizers have stopped you from asking, upvoting and answering. Their reason: {why.rstrip('.')}. "
        "If you think that is a mistake, write to an organizer."
    )


def _asker(tables: Tables, guild_id: int, number: int) -> int:
    found = questions.of_number(tables, guild_id, number)
    if found is None:
        raise UsherError(f"There is no question {number}. Nothing was changed.")
    if found.asker is None:
        raise UsherError(f"Nobody knows any more who asked question {number}. Nothing was changed.")
    return found.asker


def _stop(tables: Tables, guild_id: int, user_id: int, name: str, *, why: str, by: By, server: Server) -> None:
    moderation.stop(tables, guild_id, user_id, why=why, by=by)
    typed.forget_hint(tables, guild_id, user_id, About.STOPPED)
    entry = Entry(by.at, by.user, ActKind.STOP_ASKING, name, detail=why)
    record_act(tables, guild_id, server, entry, mark=str(by.act))


def _allow(tables: Tables, guild_id: int, user_id: int, name: str, *, by: By, server: Server) -> None:
    moderation.allow(tables, guild_id, user_id)
    record_act(tables, guild_id, server, Entry(by.at, by.user, ActKind.ALLOW_ASKING, name), mark=str(by.act))
