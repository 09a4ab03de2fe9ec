"""What moderation of questions stores about people: reports, who was stopped, who is left out of exports."""

from sqlite_utils import Database

from bot.domain.privacy.retention import Term
from bot.storage.privacy.holding import Fate, Holding, Leaving
from bot.storage.privacy.simple import entries, everybody, removed


def _forget_flags(db: Database, who: Leaving) -> int:
    """Each stays one report. A person's id is never negative."""
    query = "UPDATE flag SET user_id = -id, named = 0 WHERE guild_id = ? AND user_id = ?"
    return db.execute(query, [who.guild_id, who.user_id]).rowcount


def _forget_left_out(db: Database, who: Leaving) -> int:
    """What they wrote stays left out, without whose it is."""
    done = removed("export_out")(db, who)
    if done:
        for query in (
            "INSERT OR IGNORE INTO unexported SELECT id, 0 FROM question WHERE guild_id = ? AND asker = ? AND named",
            "INSERT OR IGNORE INTO unexported SELECT question, id FROM answer WHERE guild_id = ? AND author = ?",
        ):
            db.execute(query, [who.guild_id, who.user_id])
    return done


REPORTS = Holding(
    "Reports",
    "which questions you reported, and why",
    "for letting organizers look at them",
    Term.PERSONAL,
    "organizers; your name only if you show it",
    Fate.NAMELESS,
    "they stay",
    ("flag",),
    entries("flag", {"reported_at": "at", "question": "question", "why": "why", "with_your_name": "named"}),
    _forget_flags,
    f"{everybody('flag')} AND user_id > 0",
)
EXPORTS = Holding(
    "Exports",
    "that you are left out of them, if you said so",
    "for leaving out what bears your name",
    Term.PERSONAL,
    "only you",
    Fate.GOES,
    "deleted; what bore your name stays left out",
    ("export_out",),
    entries("export_out", {"left_out": "'yes'"}),
    _forget_left_out,
    everybody("export_out"),
)
STOPS = Holding(
    "Stops",
    "that organizers stopped you from asking, and why",
    "for keeping it so",
    Term.PERSONAL,
    "organizers",
    Fate.STAYS,
    "it would be lifted otherwise",
    ("no_asking",),
    entries("no_asking", {"stopped_at": "at", "why": "why"}),
    removed("no_asking"),
    everybody("no_asking"),
)
