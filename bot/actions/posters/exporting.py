"""Questions and answers are taken along, and people choose not to be part of that."""

from functools import partial

from bot.actions.audit.record_act import record_act
from bot.domain.audit import ActKind, By, Entry
from bot.domain.event import Server
from bot.storage.database import Database, Tables
from bot.storage.posters import exported


async def record_export(db: Database, guild_id: int, detail: str, *, by: By, server: Server) -> None:
    """Write down who took the questions along; ``detail`` says how many, and in which form."""

    def write(tables: Tables) -> None:
        entry = Entry(by.at, by.user, ActKind.EXPORT_QUESTIONS, "questions and answers", detail=detail)
        record_act(tables, guild_id, server, entry, mark=str(by.act))

    await db.write(write)


async def leave_out(db: Database, guild_id: int, user_id: int, *, out: bool) -> None:
    """Whether somebody's questions and answers are left out of exports from now on."""
    await db.write(partial(exported.leave_out, guild_id=guild_id, user_id=user_id, out=out))
