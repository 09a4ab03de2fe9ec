"""The authors of posters, each with what they chose and how they can be reached."""

from sqlite_utils import Database

from bot.domain.posters.author import Author, AuthorChoice, Place, Times

_AUTHORS = (
    # SQLite would not choose the index by itself, and go through all authors of the guild.
    "SELECT user_id, poster_id, times, place, channel_id, closed FROM authorship INDEXED BY authorship_by_person"
    " LEFT JOIN author_choice USING (guild_id, user_id) LEFT JOIN direct_channel USING (guild_id, user_id)"
)


def of_person(db: Database, guild_id: int, user_id: int) -> Author | None:
    """None for who is no author."""
    found = _found(db, "WHERE guild_id = ? AND user_id = ?", [guild_id, user_id])
    return found[0] if found else None


def of_poster(db: Database, guild_id: int, poster_id: str) -> list[Author]:
    """In rising order of their ids."""
    within = "SELECT user_id FROM authorship WHERE guild_id = ?1 AND poster_id = ?2"
    return _found(db, f"WHERE guild_id = ?1 AND user_id IN ({within})", [guild_id, poster_id])


def of_guild(db: Database, guild_id: int) -> list[Author]:
    """In rising order of their ids."""
    return _found(db, "WHERE guild_id = ?", [guild_id])


def are_more(db: Database, guild_id: int, *, than: int) -> bool:
    """Whether a guild has more authors than so many; not all are counted."""
    query = "SELECT count(*) FROM (SELECT DISTINCT user_id FROM authorship WHERE guild_id = ? LIMIT ?)"
    return bool(db.execute(query, [guild_id, than + 1]).fetchone()[0] > than)


def behind(db: Database, guild_id: int, user_id: int, *, most: int) -> list[Author]:
    """The first ones behind this id, in rising order of their ids."""
    within = (
        "SELECT DISTINCT user_id FROM authorship INDEXED BY authorship_by_person"
        " WHERE guild_id = ?1 AND user_id > ?2 ORDER BY user_id LIMIT ?3"
    )
    return _found(db, f"WHERE guild_id = ?1 AND user_id IN ({within})", [guild_id, user_id, most])


def choose(db: Database, guild_id: int, user_id: int, choice: AuthorChoice) -> None:
    """Call inside a transaction."""
    db.execute(
        "INSERT OR REPLACE INTO author_choice(guild_id, user_id, times, place) VALUES (?, ?, ?, ?)",
        [guild_id, user_id, choice.times.value, choice.place.value],
    )


def _found(db: Database, where: str, values: list[object]) -> list[Author]:
    found: dict[int, Author] = {}
    query = f"{_AUTHORS} {where} ORDER BY user_id, since, poster_id"
    for user_id, poster_id, times, place, channel_id, closed in db.execute(query, values):
        known = found.get(user_id)
        posters = (*(known.posters if known else ()), poster_id)
        choice = AuthorChoice(Times(times), Place(place)) if times else AuthorChoice()
        found[user_id] = Author(user_id, posters, choice, channel_id, bool(closed))
    return list(found.values())
