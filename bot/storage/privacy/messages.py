"""What the bot said or will say to one person alone, and the answers that people shared into channels."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain.privacy.retention import Term
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.delivery.outbox import State, decoded, encoded, instant, millis
from bot.storage.delivery.planned import ACT, keys_beginning
from bot.storage.privacy.conduct import CASES, stays_on
from bot.storage.privacy.holding import Entry, Fate, Holding, Leaving, written
from bot.storage.programme.shared_cards import SharedCard, of_person

#: The keys of rows of which nobody knows any more to whom they went.
FORGOTTEN = f"{ACT}forgotten:"
#: As the index has it, see the migration. The place of a direct message is its person's id, that of an edit of one is
#: the id of its row.
_OF_PEOPLE = "guild_id = ? AND op IN ('dm', 'dm_edit')"
_WAITING = (State.QUEUED, State.LEASED, State.PAUSED)
_WAITS = "state IN ('queued', 'leased', 'paused')"
#: Direct messages to a person; those of the committee's cases only where these are not needed (any more).
_THEIRS = f"{_OF_PEOPLE} AND place = ? AND op = 'dm' AND (NOT ? OR dedupe_key NOT LIKE '{CASES}%')"
#: What an edit that waits will make a message say.
_EDITED = f"SELECT facts FROM outbox WHERE guild_id = :guild AND op = 'edit' AND place = CAST(:id AS TEXT) AND {_WAITS}"


def _direct(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    rows = db.execute(
        f"SELECT facts, state, due_at, done_at FROM outbox WHERE {_THEIRS} ORDER BY due_at, id",
        [guild_id, str(user_id), stays_on(db, guild_id, user_id)],
    )
    return [
        {
            "about": facts.kind.value,
            "ids": [*facts.ids],
            "state": state,
            "due_at": written(instant(due)),
            "done_at": None if done is None else written(instant(done)),
        }
        for facts, state, due, done in ((decoded(text), *rest) for text, *rest in rows)
    ]


def _forget_direct(db: Database, who: Leaving) -> int:
    """The rows stay, so that what went out can be counted; to whom it went, and where, is forgotten.

    What waits is cancelled; what is on its way this very moment arrives.
    """
    on_committee = stays_on(db, who.guild_id, who.user_id, time_is_up=who.time_is_up)
    query = f"SELECT id, state FROM outbox WHERE {_THEIRS}"
    rows = db.execute(query, [who.guild_id, str(who.user_id), on_committee]).fetchall()
    own = [row_id for row_id, state in rows if not (who.time_is_up and state in _WAITING)]
    for row_id in own:
        edits = f"SELECT id FROM outbox WHERE {_OF_PEOPLE} AND place = ? AND op = 'dm_edit'"
        for (forgotten,) in [(row_id,), *db.execute(edits, [who.guild_id, str(row_id)]).fetchall()]:
            forget_row(db, forgotten, who.at)
    # Where only the time is up, they go with their own term.
    if not who.time_is_up:
        _forget_named(db, who, on_committee=on_committee)
    return len(own)


def _forget_named(db: Database, who: Leaving, *, on_committee: bool) -> None:
    """Elsewhere an id stands in a key or in the facts at most.

    What lets somebody into a case's thread stays while they are on the committee, and what waits in any case: it may be
    what takes them out.
    """
    needed = f"dedupe_key LIKE '{CASES}%' AND (:on_committee OR (op = 'member' AND {_WAITS}))"
    rows = db.execute(
        "SELECT id FROM outbox WHERE guild_id = :guild AND (instr(dedupe_key, :user) OR instr(facts, :user))"
        f" AND NOT ({needed})",
        {"guild": who.guild_id, "user": str(who.user_id), "on_committee": on_committee},
    ).fetchall()
    for (row_id,) in rows:
        if not _forget_edited(db, who.guild_id, row_id):
            forget_row(db, row_id, who.at)


def _forget_edited(db: Database, guild_id: int, row_id: int) -> bool:
    """Whether a message stands in a channel, or is on its way there, and an edit waits that takes the name out of it.

    That needs its receipt.
    """
    done = db.execute(
        f"UPDATE outbox SET dedupe_key = '{FORGOTTEN}' || id, facts = ({_EDITED}) WHERE id = :id AND op = 'message'"
        f" AND state IN ('sent', 'leased') AND EXISTS ({_EDITED})",
        {"guild": guild_id, "id": row_id},
    )
    return bool(done.rowcount)


def forget_row(db: Database, row_id: int, at: datetime) -> None:
    """What kind of message it was stays, and what became of it. What waits, and what may be tried again, ends ``at``
    this UTC instant. Call inside a transaction.
    """
    db.execute(
        f"UPDATE outbox SET dedupe_key = '{FORGOTTEN}' || id, place = '', channel_id = NULL, message_id = NULL,"
        " facts = json_object('kind', json_extract(facts, '$.kind')), lease_until = NULL, last_error = NULL,"
        " state = iif(state = 'sent', 'sent', 'cancelled'), done_at = coalesce(done_at, ?) WHERE id = ?",
        [millis(at), row_id],
    )


def _shared(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    return [
        {
            "answer": " ".join(part for part in card.lookup.split("|") if part),
            "channel": str(card.channel_id),
            "shared_at": written(card.shared_at),
        }
        for card in of_person(db, guild_id, user_id)
    ]


def without_name(card: SharedCard) -> str:
    """What a card answers, without the name of whoever shared their agenda."""
    name, *args = card.lookup.split("|")
    if name == "agenda" and len(args) > 1:
        args[1] = ""
    return "|".join([name, *args])


def _forget_shared(db: Database, who: Leaving) -> int:
    """The cards stay, and follow the programme; who shared them is forgotten."""
    cards = of_person(db, who.guild_id, who.user_id)
    for card in cards:
        nameless = without_name(card)
        query = "UPDATE shared_card SET user_id = 0, lookup = ? WHERE message_id = ?"
        db.execute(query, [nameless, card.message_id])
        db.execute(
            "UPDATE outbox SET facts = ? WHERE guild_id = ? AND dedupe_key >= ? AND dedupe_key < ?",
            [
                encoded(Facts(NoticeKind.CARD, card=nameless)),
                who.guild_id,
                *keys_beginning(f"{ACT}edit:card:{card.message_id}:"),
            ],
        )
    return len(cards)


DIRECT = Holding(
    "Direct messages",
    "what I sent you or will send, and when",
    "for sending it once, and for correcting it",
    Term.MESSAGES,
    "only you; organizers see how many were sent",
    Fate.GOES,
    "forgotten; what waits to be sent is cancelled",
    ("outbox",),
    _direct,
    _forget_direct,
)
SHARED = Holding(
    "Shared answers",
    "what you shared in a channel",
    "for correcting it when the programme changes",
    Term.PERSONAL,
    "everybody in the channel",
    Fate.NAMELESS,
    "they stay in their channel",
    ("shared_card", "outbox"),
    _shared,
    _forget_shared,
    "SELECT user_id FROM shared_card WHERE guild_id = :guild AND user_id != 0",
)
