"""How much was asked about each poster: kept with every question and vote, never counted (see migration 0050)."""

import json
from collections.abc import Collection

from sqlite_utils import Database


def of_posters(db: Database, guild_id: int, posters: Collection[str]) -> dict[str, tuple[int, int]]:
    """Poster id -> how many questions everybody may see, and how many upvotes they have; without those of none."""
    rows = db.execute(
        "SELECT poster_id, questions, upvotes FROM tally WHERE guild_id = ? AND questions > 0"
        " AND poster_id IN (SELECT value FROM json_each(?))",
        [guild_id, json.dumps(list(posters))],
    )
    return {poster_id: (questions, upvotes) for poster_id, questions, upvotes in rows}


def most_asked(db: Database, guild_id: int) -> list[str]:
    """The ids of the posters that something was asked about: those with the most questions and upvotes first."""
    query = (
        "SELECT poster_id FROM tally WHERE guild_id = ? AND questions > 0"
        " ORDER BY questions + upvotes DESC, questions DESC, poster_id"
    )
    return [poster_id for (poster_id,) in db.execute(query, [guild_id])]


def waiting(db: Database, guild_id: int) -> dict[str, int]:
    """Poster id -> how many questions about it wait for an answer; without those of none."""
    query = "SELECT poster_id, waiting FROM tally WHERE guild_id = ? AND waiting > 0"
    return dict(db.execute(query, [guild_id]).fetchall())


def waiting_for(db: Database, guild_id: int, poster_id: str) -> int:
    """How many questions about one poster wait for an answer."""
    query = "SELECT waiting FROM tally WHERE guild_id = ? AND poster_id = ?"
    found = db.execute(query, [guild_id, poster_id]).fetchone()
    return int(found[0]) if found else 0
