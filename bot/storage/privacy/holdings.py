"""The list of everything that is stored about people. A new table joins it here, or says why it holds nothing of them.

A test goes through the whole schema: what is in neither list fails it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sqlite_utils import Database

from bot.storage.privacy.attending import AGENDA, REMINDERS, SETTINGS, VISITS
from bot.storage.privacy.authors import BOARDS, CHANNELS, CHOICES, CODES, HINTS, TRIES, UNPLACED
from bot.storage.privacy.conduct import COMMITTEE, RECORDS, REPORTED
from bot.storage.privacy.holding import Holding
from bot.storage.privacy.messages import DIRECT, SHARED
from bot.storage.privacy.moderation import EXPORTS, REPORTS, STOPS
from bot.storage.privacy.organizing import ACTS
from bot.storage.privacy.posters import ANSWERS, AUTHORSHIP, DRAFTS, QUESTIONS, VOTES

#: In the order in which people are told of them. What hangs on what somebody asked is forgotten before that.
HOLDINGS: tuple[Holding, ...] = (
    AGENDA,
    REMINDERS,
    SETTINGS,
    DIRECT,
    SHARED,
    VISITS,
    VOTES,
    EXPORTS,
    QUESTIONS,
    DRAFTS,
    ANSWERS,
    UNPLACED,
    AUTHORSHIP,
    CODES,
    CHOICES,
    BOARDS,
    CHANNELS,
    HINTS,
    REPORTS,
    TRIES,
    STOPS,
    REPORTED,
    COMMITTEE,
    RECORDS,
    ACTS,
)

#: Table -> why nothing of a person is in it.
NOBODYS: Mapping[str, str] = MappingProxyType(
    {
        "guild": "which event a server follows",
        "command_sync": "which commands are registered",
        "instance": "the database's own name",
        "folder": "what was read from an event's folder",
        "personal_plan": "when a whole server's reminders were planned",
        "author_plan": "by which sessions authors were planned",
        "conduct_number": "which numbers of cases were given",
        "numbers_skipped": "up to which numbers of questions a restore skipped",
        "picture": "pictures of announcements, which organizers show to everybody",
        "read_up_to": "how far the messages of a server were read",
        "tally": "how much was asked about each poster",
        "thread": "which thread is for what",
        "unexported": "which texts stay out of exports, not whose they are",
    }
)


def people_of(db: Database, guild_id: int) -> list[int]:
    """The ids of everybody in a guild of whom something is kept that belongs to the term PERSONAL, in rising order."""
    queries = " UNION ".join(holding.people for holding in HOLDINGS if holding.people)
    return [user_id for (user_id,) in db.execute(f"{queries} ORDER BY 1", {"guild": guild_id})]


def guilds(db: Database) -> list[int]:
    """The ids of every guild of which anything may have to be forgotten, in rising order."""
    tables = sorted({table for holding in HOLDINGS for table in holding.tables})
    having = [table for table in tables if "guild_id" in db[table].columns_dict]
    query = " UNION ".join(f"SELECT guild_id FROM {table} WHERE guild_id != 0" for table in having)
    return [guild_id for (guild_id,) in db.execute(f"{query} ORDER BY 1")]
