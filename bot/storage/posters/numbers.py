"""The numbers that questions are called by: each is given once in a server."""

from sqlite_utils import Database

#: More than are asked between two backups, and few enough that the numbers stay short.
_SKIPPED = 1_000


def next_number(db: Database, guild_id: int) -> int:
    (highest,) = db.execute("SELECT max(number) FROM question WHERE guild_id = ?", [guild_id]).fetchone()
    return max(highest or 0, _floor(db)) + 1


def skip_numbers(db: Database) -> None:
    """Go on after the next full thousand, in every server. Call inside a transaction."""
    (highest,) = db.execute("SELECT max(number) FROM question").fetchone()
    floor = (max(highest or 0, _floor(db)) // _SKIPPED + 1) * _SKIPPED
    db.execute("DELETE FROM numbers_skipped")
    db.execute("INSERT INTO numbers_skipped(upto) VALUES (?)", [floor])


def _floor(db: Database) -> int:
    found = db.execute("SELECT upto FROM numbers_skipped").fetchone()
    return int(found[0]) if found else 0
