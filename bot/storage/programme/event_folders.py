"""What the event folders held when they were read last."""

from msgspec import Struct
from sqlite_utils import Database


class SeenFolder(Struct, frozen=True):
    """``fingerprint`` is of the folder's files, see ``formats.fingerprint``; ``event_id`` is whom they told of."""

    event_id: str
    fingerprint: str


def seen(db: Database, path: str) -> SeenFolder | None:
    """What is known of the folder at an absolute path."""
    found = db.execute("SELECT event_id, fingerprint FROM folder WHERE path = ?", [path]).fetchone()
    return SeenFolder(*found) if found else None


def see(db: Database, path: str, folder: SeenFolder) -> None:
    """Remember what a folder held. Call inside a transaction."""
    db.execute(
        "INSERT OR REPLACE INTO folder(path, event_id, fingerprint) VALUES (?, ?, ?)",
        [path, folder.event_id, folder.fingerprint],
    )
