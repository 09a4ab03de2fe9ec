"""What people keep for themselves: their agenda, how they are reminded, and how they take part."""

from datetime import timedelta

from sqlite_utils import Database

from bot.domain.privacy.retention import Term
from bot.storage import people
from bot.storage.agenda import reminder_choices
from bot.storage.privacy.holding import Entry, Fate, Holding, Leaving
from bot.storage.privacy.simple import entries, everybody, removed

_OF = "guild_id = ? AND user_id = ?"
_ONLY_YOU = "only you"
_DELETED = "deleted"


def _stars(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    rows = db.execute(f"SELECT kind, record_id, starred_at FROM star WHERE {_OF} ORDER BY 3, 1, 2", [guild_id, user_id])
    return [{"kind": kind, "id": record_id, "added_at": at} for kind, record_id, at in rows]


def _forget_stars(db: Database, who: Leaving) -> int:
    done = db.execute(f"DELETE FROM star WHERE {_OF}", [who.guild_id, who.user_id])
    _planned(db, who)
    return done.rowcount


def _choice(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    if db.execute(f"SELECT 1 FROM reminder_choice WHERE {_OF}", [guild_id, user_id]).fetchone() is None:
        return []
    choice = reminder_choices.of_person(db, guild_id, user_id)
    return [
        {
            "reminders": "off" if choice.switched_off else "on",
            "minutes_before": choice.lead // timedelta(minutes=1),
            "where": choice.where.value,
            "agenda_each_morning": choice.digest,
            "direct_messages_found_closed": choice.closed,
            "direct_channel": None if choice.dm_channel_id is None else str(choice.dm_channel_id),
        }
    ]


def _forget_choice(db: Database, who: Leaving) -> int:
    done = db.execute(f"DELETE FROM reminder_choice WHERE {_OF}", [who.guild_id, who.user_id])
    _planned(db, who)
    return done.rowcount


def _planned(db: Database, who: Leaving) -> None:
    """The tables note by themselves who is to be planned anew: there is nobody any more."""
    db.execute(f"DELETE FROM unplanned WHERE {_OF}", [who.guild_id, who.user_id])


def _settings(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    found = people.of_person(db, guild_id, user_id)
    if found is None:
        return []
    return [
        {
            "attends": None if found.attends is None else found.attends.value,
            "announcements_by_direct_message": found.copies,
            "direct_messages_found_closed": found.closed,
            "direct_channel": None if found.dm_channel_id is None else str(found.dm_channel_id),
            "roles": [str(role) for role in found.roles],
        }
    ]


AGENDA = Holding(
    "Agenda",
    "what you added",
    "for your list and your reminders",
    Term.PERSONAL,
    _ONLY_YOU,
    Fate.GOES,
    _DELETED,
    ("star", "unplanned"),
    _stars,
    _forget_stars,
    everybody("star"),
)
REMINDERS = Holding(
    "Reminders",
    "when and where you want them",
    "for sending them as you chose",
    Term.PERSONAL,
    f"{_ONLY_YOU}; and who reads the channel, if you chose to be mentioned there",
    Fate.GOES,
    "off; what waits to be sent is cancelled",
    ("reminder_choice", "unplanned"),
    _choice,
    _forget_choice,
    everybody("reminder_choice"),
)
SETTINGS = Holding(
    "Settings",
    "in person or online, direct messages or not, and the roles you held last",
    "for sending you what is for you",
    Term.PERSONAL,
    _ONLY_YOU,
    Fate.GOES,
    _DELETED,
    ("person",),
    _settings,
    removed("person"),
    everybody("person"),
)
VISITS = Holding(
    "Visits",
    "at which posters you were, as you said",
    "for finding those that you have not seen",
    Term.PERSONAL,
    _ONLY_YOU,
    Fate.GOES,
    _DELETED,
    ("visit",),
    entries("visit", {"poster": "poster_id"}),
    removed("visit"),
    everybody("visit"),
)
