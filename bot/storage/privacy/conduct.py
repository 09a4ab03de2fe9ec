"""What is stored of people around reports to the conduct committee.

Whoever is named in a report is not told of it here: that would give away that somebody reported them.
"""

from sqlite_utils import Database

from bot.domain.privacy.retention import Term
from bot.storage.conduct.retention import forget_reporter
from bot.storage.conduct.saying import KEYS, OPEN_CASES
from bot.storage.delivery.outbox import instant
from bot.storage.privacy.holding import Entry, Fate, Holding, Leaving, written
from bot.storage.privacy.simple import entries, everybody

#: How the keys begin of rows that say something of a case, or let somebody into its thread.
CASES = KEYS


def _reported(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    """As they wrote it, with what both sides wrote since."""
    rows = db.execute(
        "SELECT number, what, place, who, name IS NOT NULL, stage, reported_at FROM conduct_case"
        " WHERE guild_id = ? AND reporter = ? ORDER BY reported_at",
        [guild_id, user_id],
    )
    return [
        {
            "case": number,
            "what": what,
            "where": place,
            "who": who,
            "with_your_name": bool(named),
            "stage": stage,
            "reported_at": written(instant(at)),
            "written_since": _conversation(db, guild_id, number),
        }
        for number, what, place, who, named, stage, at in rows.fetchall()
    ]


def _conversation(db: Database, guild_id: int, number: int) -> list[Entry]:
    rows = db.execute(
        "SELECT step, text, at FROM conduct_entry WHERE guild_id = ? AND number = ?"
        " AND step IN ('written', 'answered', 'closed') ORDER BY id",
        [guild_id, number],
    )
    who = {"answered": "you"}
    return [{"by": who.get(step, "the committee"), "text": text, "at": written(instant(at))} for step, text, at in rows]


#: Of a case that is still open, whoever reported is to hear more.
_CLOSED = "closed_at IS NOT NULL"
_THEIRS = "guild_id = :guild AND user_id = :user"
_ALL_CLOSED = "NOT EXISTS (SELECT 1 FROM conduct_case WHERE guild_id = :guild AND closed_at IS NULL)"


def _forget_reported(db: Database, who: Leaving) -> int:
    """Where nobody asked for it, only of what was closed."""
    query = f"SELECT number FROM conduct_case WHERE guild_id = ? AND reporter = ? AND (NOT ? OR {_CLOSED})"
    numbers = [number for (number,) in db.execute(query, [who.guild_id, who.user_id, who.time_is_up])]
    for number in numbers:
        forget_reporter(db, who.guild_id, number, who.at)
    return len(numbers)


def stays_on(db: Database, guild_id: int, user_id: int, *, time_is_up: bool = False) -> bool:
    """Whether somebody is on the committee, or still reads its cases, and is needed: these have to reach them.

    ``time_is_up``: what is kept about them goes, unless a case is still open.
    """
    query = (
        f"SELECT 1 FROM conduct_committee WHERE {_THEIRS} AND NOT (:up AND {_ALL_CLOSED})"
        f" UNION SELECT 1 FROM conduct_reader WHERE {_THEIRS} AND reads AND NOT {_ALL_CLOSED}"
    )
    return db.execute(query, {"guild": guild_id, "user": user_id, "up": time_is_up}).fetchone() is not None


def _membership(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    """With what was sent to them directly because of it."""
    of_all = f"dedupe_key LIKE '{OPEN_CASES}%'"
    sent = db.execute(
        f"SELECT iif({of_all}, 'all that are open', CAST(json_extract(facts, '$.ids[0]') AS INTEGER)), state, due_at"
        " FROM outbox WHERE guild_id = ? AND op = 'dm'"
        f" AND place = ? AND dedupe_key LIKE '{CASES}%' ORDER BY due_at, id",
        [guild_id, str(user_id)],
    ).fetchall()
    direct = [{"case": case, "state": state, "due_at": written(instant(at))} for case, state, at in sent]
    return [{**entry, "direct_messages": direct} for entry in _member(db, guild_id, user_id)]


_member = entries("conduct_committee", {"since": "since", "called": "name"})


def _leave_committee(db: Database, who: Leaving) -> int:
    """Not while it is needed for a case that is still open."""
    query = f"DELETE FROM conduct_committee WHERE {_THEIRS} AND {_ALL_CLOSED}"
    return db.execute(query, {"guild": who.guild_id, "user": who.user_id}).rowcount


def _nothing(_: Database, __: int, ___: int) -> list[Entry]:
    """It is about what somebody else reported."""
    return []


REPORTED = Holding(
    "Conduct reports",
    "what you reported to the conduct committee, and what was written about it",
    "for letting the committee look into it and answer you",
    Term.PERSONAL,
    "the committee; your name only if you gave it",
    Fate.NAMELESS,
    "they stay with the committee, which can write to you no more",
    ("conduct_case",),
    _reported,
    _forget_reported,
    f"{everybody('conduct_case', person='reporter')} AND {_CLOSED}",
)
COMMITTEE = Holding(
    "Conduct committee",
    "that you are on the conduct committee, if you are, and what I sent you of its cases",
    "for bringing you what is reported",
    Term.PERSONAL,
    "organizers and the committee",
    Fate.STAYS,
    "it ends when you leave the committee",
    ("conduct_committee",),
    _membership,
    _leave_committee,
    f"{everybody('conduct_committee')} AND {_ALL_CLOSED}",
)
RECORDS = Holding(
    "Conduct records",
    "who is named in a report, who reads it or not, a reported message and its files, and what the committee did",
    "for looking into what was reported",
    Term.CASES,
    "the committee, without those who are named",
    Fate.STAYS,
    "the committee keeps its records",
    (
        *("conduct_entry", "conduct_involved", "conduct_reader", "conduct_file"),
        *("conduct_draft", "conduct_draft_file"),
    ),
    _nothing,
)
