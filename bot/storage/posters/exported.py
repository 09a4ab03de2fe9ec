"""All that an export of questions and answers is made of, and who is left out: also once nobody knows who it was."""

from sqlite_utils import Database

from bot.domain.posters.export import Stored
from bot.storage.delivery.planned import keys_beginning
from bot.storage.posters import answers, questions
from bot.storage.posters.said import POSTER_THREADS, QUESTION_KEYS

_ADDRESS = "https://discord.com/channels"


def everything(db: Database, guild_id: int) -> Stored:
    """What a server holds, drafts left aside. Of 20,000 questions it takes a good part of a second."""
    forgotten = set(db.execute("SELECT question, answer FROM unexported").fetchall())
    return Stored(
        [one for one in questions.every(db, guild_id) if (one.id, 0) not in forgotten],
        [one for one in answers.every(db, guild_id) if (one.question, one.id) not in forgotten],
        frozenset(people for (people,) in db.execute("SELECT user_id FROM export_out WHERE guild_id = ?", [guild_id])),
        {subject.removeprefix(POSTER_THREADS): url for subject, url in _threads(db, guild_id)},
        {int(key.removeprefix(QUESTION_KEYS)): url for key, url in _messages(db, guild_id)},
    )


def guilds(db: Database) -> list[int]:
    """The servers in which something was asked."""
    query = "SELECT DISTINCT guild_id FROM question WHERE number IS NOT NULL ORDER BY guild_id"
    return [guild_id for (guild_id,) in db.execute(query)]


def leave_out(db: Database, guild_id: int, user_id: int, *, out: bool) -> None:
    """Whether somebody is left out of exports from now on. Call inside a transaction."""
    query = "INSERT OR IGNORE INTO export_out(guild_id, user_id) VALUES (?, ?)"
    db.execute(query if out else "DELETE FROM export_out WHERE guild_id = ? AND user_id = ?", [guild_id, user_id])


def _threads(db: Database, guild_id: int) -> list[tuple[str, str]]:
    query = "SELECT subject, ? || '/' || guild_id || '/' || thread_id FROM thread WHERE guild_id = ?"
    rows = db.execute(query, [_ADDRESS, guild_id]).fetchall()
    return [(subject, url) for subject, url in rows if subject.startswith(POSTER_THREADS)]


def _messages(db: Database, guild_id: int) -> list[tuple[str, str]]:
    query = (
        "SELECT dedupe_key, ? || '/' || guild_id || '/' || channel_id || '/' || message_id FROM outbox"
        " WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ? AND message_id IS NOT NULL"
    )
    return db.execute(query, [_ADDRESS, guild_id, *keys_beginning(QUESTION_KEYS)]).fetchall()
