"""What tells again how people attend follows its sessions. Call inside the transaction that changes the programme."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from bot.domain.changes.mode import affected_by
from bot.domain.program import Program
from bot.domain.reminders.repeats import repeats
from bot.domain.sessions import Session
from bot.storage.database import Tables
from bot.storage.delivery import mode_news
from bot.storage.programme import mode_changes
from bot.storage.programme.mode_changes import ModeChange

#: News of it is of use for half a day, and not beyond the last session concerned.
_USEFUL = timedelta(hours=12)


def useful_until(due: datetime, last: datetime) -> datetime:
    """Until when it is of use what is told at ``due`` of sessions the last of which ends at ``last``. All in UTC."""
    return max(min(last, due + _USEFUL), due + timedelta(minutes=1))


def left_to(program: Program, change: ModeChange, taken: Mapping[int, Collection[str]], now: datetime) -> list[Session]:
    """What ``change`` still tells of at ``now`` (UTC): what takes place of its scope, and no later change told of.

    ``taken`` is what ``mode_changes.taken_over`` says.
    """
    later = taken.get(change.id, ())
    return [session for session in affected_by(program, change.request, now) if session.id not in later]


def follow_modes(tables: Tables, guild_id: int, program: Program, now: datetime) -> None:
    """Move what is to come with the first session that is left to it; where none is to take place, take it back."""
    taken = mode_changes.taken_over(tables, guild_id, program.event.id)
    for change, made_at in mode_changes.done(tables, guild_id, program.event.id):
        sessions = left_to(program, change, taken, now)
        start = next((session.start for session in sessions if session.start > now), None)
        last = max((session.end for session in sessions), default=now)
        times = repeats(made_at, start, change.without)
        wanted = [(repeat.value, due, useful_until(due, last)) for due, repeat in times.items()]
        mode_news.move(tables, guild_id, change.id, wanted, now=now)
