"""What was last registered with Discord as slash commands, by application and scope ("global", or a guild's id)."""

from sqlite_utils import Database


def of_application(db: Database, application_id: int) -> dict[str, str]:
    """Scope -> the fingerprint of what was registered there."""
    rows = db.query("SELECT scope, fingerprint FROM command_sync WHERE application_id = ?", [application_id])
    return {row["scope"]: row["fingerprint"] for row in rows}


def record(db: Database, application_id: int, scope: str, value: str) -> None:
    """Call inside a transaction."""
    db.execute(
        "INSERT INTO command_sync(application_id, scope, fingerprint) VALUES (?, ?, ?)"
        " ON CONFLICT(application_id, scope) DO UPDATE SET fingerprint = excluded.fingerprint",
        [application_id, scope, value],
    )
