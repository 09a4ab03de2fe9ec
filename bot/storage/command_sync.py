"""What was last registered with Discord as slash commands, by scope (global, or one guild's id)."""

from sqlite_utils import Database


def fingerprint(db: Database, scope: str) -> str | None:
    rows = list(db.query("SELECT fingerprint FROM command_sync WHERE scope = ?", [scope]))
    return str(rows[0]["fingerprint"]) if rows else None


def record(db: Database, scope: str, value: str) -> None:
    """Call inside a transaction."""
    db.execute(
        "INSERT INTO command_sync(scope, fingerprint) VALUES (?, ?)"
        " ON CONFLICT(scope) DO UPDATE SET fingerprint = excluded.fingerprint",
        [scope, value],
    )
