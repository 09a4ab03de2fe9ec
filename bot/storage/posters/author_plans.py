"""By which poster sessions what authors are told is planned in a guild, and for how many of them already."""

from msgspec import Struct
from sqlite_utils import Database


class AuthorPlan(Struct, frozen=True):
    """``basis`` stands for the poster sessions. ``upto`` is the id of the last author who is planned by it; None: all
    of them are.
    """

    basis: str
    upto: int | None = None


def of_guild(db: Database, guild_id: int) -> AuthorPlan | None:
    """None where nothing was ever planned."""
    found = db.execute("SELECT basis, upto FROM author_plan WHERE guild_id = ?", [guild_id]).fetchone()
    return AuthorPlan(*found) if found else None


def put(db: Database, guild_id: int, plan: AuthorPlan) -> None:
    """Call inside a transaction."""
    query = "INSERT OR REPLACE INTO author_plan(guild_id, basis, upto) VALUES (?, ?, ?)"
    db.execute(query, [guild_id, plan.basis, plan.upto])
