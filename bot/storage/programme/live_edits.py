"""What organizers changed on the day, for each guild and event, over whatever was imported last."""

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain.changes.change import Field
from bot.domain.changes.edit import Edit


def of_guild(db: Database, guild_id: int, event_id: str) -> list[Edit]:
    """A guild's edits of an event, in a fixed order: by session, then by field."""
    rows = db.query(
        "SELECT session_id, field, value, base, why FROM live_edit WHERE guild_id = ? AND event_id = ?"
        " ORDER BY session_id, field",
        [guild_id, event_id],
    )
    return [_edit(row) for row in rows]


def of_all(db: Database) -> dict[tuple[int, str], list[Edit]]:
    """Guild and event -> edits, in the order of ``of_guild``; only where there are any."""
    found: dict[tuple[int, str], list[Edit]] = {}
    for row in db.query("SELECT * FROM live_edit ORDER BY guild_id, event_id, session_id, field"):
        found.setdefault((row["guild_id"], row["event_id"]), []).append(_edit(row))
    return found


def of_event(db: Database, event_id: str) -> dict[int, list[Edit]]:
    """Guild -> edits of an event, in the order of ``of_guild``; only where there are any."""
    return {guild: edits for (guild, event), edits in of_all(db).items() if event == event_id}


def _edit(row: dict[str, Any]) -> Edit:
    return Edit(row["session_id"], Field(row["field"]), row["value"], row["base"], row["why"])


def put(db: Database, guild_id: int, event_id: str, edit: Edit, *, at: datetime, by: str) -> None:
    """Let an edit take the place of an earlier one of the same field; one back to its base leaves none.

    ``at`` is in UTC, ``by`` says who. Call inside a transaction.
    """
    if edit.value == edit.base:
        remove(db, guild_id, event_id, edit.session, edit.field)
        return
    db.execute(
        "INSERT OR REPLACE INTO live_edit"
        "(guild_id, event_id, session_id, field, value, base, why, edited_by, edited_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            guild_id,
            event_id,
            edit.session,
            edit.field.value,
            edit.value,
            edit.base,
            edit.why,
            by,
            at.isoformat(),
        ],
    )


def remove(db: Database, guild_id: int, event_id: str, session_id: str, field: Field) -> None:
    """Forget an edit, so that the files decide again; nothing where there is none. Call inside a transaction."""
    db.execute(
        "DELETE FROM live_edit WHERE guild_id = ? AND event_id = ? AND session_id = ? AND field = ?",
        [guild_id, event_id, session_id, field.value],
    )
