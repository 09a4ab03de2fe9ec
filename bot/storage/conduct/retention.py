"""What nobody needs to know any more about cases is forgotten."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.domain.conduct.case import KNOWN_FOR, Way
from bot.storage.conduct.saying import reporter_of, show_anew_in_thread
from bot.storage.delivery.outbox import millis

#: A form that is open for longer is not coming back.
DRAFTS_KEPT = timedelta(days=1)


def let_go(db: Database, now: datetime) -> None:
    """Forget who reported what was closed long enough before ``now`` (UTC), and messages that were never reported.

    Call inside a transaction.
    """
    query = "SELECT guild_id, number FROM conduct_case WHERE reporter IS NOT NULL AND closed_at <= ?"
    for guild_id, number in db.execute(query, [millis(now - KNOWN_FOR)]).fetchall():
        forget_reporter(db, guild_id, number, now)
    forget_drafts(db, now)


def forget_reporter(db: Database, guild_id: int, number: int, now: datetime) -> None:
    """Nobody can be told of the case any more, and nothing says who reported it. ``now`` in UTC.

    What waits to be told is cancelled; what is on its way this very moment arrives. Where their name stood in the
    case's own message, that is to be shown anew. Call inside a transaction.
    """
    case = [guild_id, number]
    shown = "SELECT 1 FROM conduct_case WHERE guild_id = ? AND number = ? AND name IS NOT NULL AND way = ?"
    if db.execute(shown, [*case, Way.THREAD]).fetchone():
        show_anew_in_thread(db, guild_id, number, now)
    # What made it is an interaction of theirs; no act is 0.
    db.execute(
        "UPDATE conduct_case SET reporter = NULL, name = NULL, made_by = 0 WHERE guild_id = ? AND number = ?", case
    )
    # The receipt of a direct message leads to whoever got it: of one that is on its way none is to be written down.
    db.execute(
        "UPDATE outbox SET channel_id = NULL, message_id = NULL, lease_until = NULL, done_at = coalesce(done_at, ?),"
        " state = iif(state IN ('queued', 'leased', 'paused'), 'cancelled', state) WHERE guild_id = ? AND place = ?",
        [millis(now), guild_id, reporter_of(number)],
    )


def forget_drafts(db: Database, now: datetime) -> None:
    """``now`` in UTC. Call inside a transaction."""
    db.execute("DELETE FROM conduct_draft WHERE at <= ?", [millis(now - DRAFTS_KEPT)])
    db.execute("DELETE FROM conduct_draft_file WHERE opened_by NOT IN (SELECT opened_by FROM conduct_draft)")
