"""Make the personal reminders follow a change of the programme: only what differs is planned and written.

A delay concerns a few rows of each person who starred the session. Planning everybody anew takes seconds where
thousands of people hold a hundred thousand reminders, and an organizer waits for it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.agenda import Star, StarKind
from bot.domain.program import Program
from bot.domain.reminders.choice import ReminderChoice, Where
from bot.domain.reminders.notice import Notice
from bot.domain.reminders.personal import Moment, Moments, digest_notices, direct_notices, mention_notices
from bot.storage.agenda import personal, reminder_choices, stars
from bot.storage.database import Tables


class _Touched(Struct, frozen=True):
    """``moments`` that only one of two programmes has, the ``days`` they are on at the venue, and the stars concerned.

    ``moved`` stars stand for one of them; ``near`` ones, those included, for anything on one of the days.
    """

    moments: frozenset[Moment]
    days: frozenset[date]
    moved: frozenset[Star]
    near: tuple[Star, ...]


def can_follow(before: Program, after: Program) -> bool:
    """Whether what differs is in the sessions alone, or in how people attend, as with live edits."""
    event = replace(after.event, mode=before.event.mode, joining=before.event.joining)
    return (before.event, before.reminders, before.server) == (event, after.reminders, after.server)


def plan_difference(tables: Tables, guild_id: int, before: Program, after: Program, *, now: datetime) -> None:
    """Plan what differs between two programmes in a guild that was planned by ``before``. Call inside a transaction.

    Comes to the same as planning everybody over ``after``, which is asked for where ``can_follow`` says no.
    """
    old, new = Moments(before), Moments(after)
    touched = _touched(old, new, personal.starred(tables, guild_id))
    if not touched.moved:
        return
    choices = reminder_choices.in_force(tables, guild_id)
    gone: list[str] = []
    wanted: list[personal.Direct] = []
    was, will = Counter[tuple[Moment, timedelta]](), Counter[tuple[Moment, timedelta]]()
    for user_id, held in stars.holders(tables, guild_id, touched.near).items():
        choice = choices.get(user_id)
        if choice is None or touched.moved.isdisjoint(held):
            continue
        theirs, then = old.of(held), new.of(held)
        if choice.where is Where.DM:
            lost, made = _differing(
                _direct(old, user_id, choice, theirs, touched), _direct(new, user_id, choice, then, touched)
            )
            gone += lost
            wanted += [(notice, choice.dm_channel_id) for notice in made]
        else:
            was.update((moment, choice.lead) for moment in theirs if moment in touched.moments)
            will.update((moment, choice.lead) for moment in then if moment in touched.moments)
    personal.sync_direct_difference(tables, guild_id, gone, wanted, now=now)
    lost, made = _differing(_keyed(mention_notices(before.server, was)), _keyed(mention_notices(after.server, will)))
    personal.sync_mention_difference(tables, guild_id, lost, made, now=now)


def _touched(old: Moments, new: Moments, starred: Sequence[Star]) -> _Touched:
    """The two have their days in one zone, see ``can_follow``."""
    both = {star: (old.of([star]), new.of([star])) for star in starred}
    moments: set[Moment] = set()
    for was, will in both.values():
        if was != will:
            moments |= set(was) ^ set(will)
    # A session is told of where none of somebody's talks begins it: with a talk it is touched, too.
    for known in (old, new):
        talks = [one for one in moments if one.kind is StarKind.TALK and one.id in known.program.talk_by_id]
        moments.update(known.of(Star(StarKind.SESSION, known.session_of(talk)) for talk in talks))
    days = frozenset(new.day_of(moment) for moment in moments)
    moved, near = [], []
    for star, (was, will) in both.items():
        if not moments.isdisjoint((*was, *will)):
            moved.append(star)
        if any(new.day_of(moment) in days for moment in (*was, *will)):
            near.append(star)
    return _Touched(frozenset(moments), days, frozenset(moved), tuple(near))


def _direct(
    known: Moments, user_id: int, choice: ReminderChoice, moments: Sequence[Moment], touched: _Touched
) -> Mapping[str, Notice]:
    """One person's reminders of what is touched: the moments themselves, and the digests of their days."""
    notices = [*direct_notices(user_id, choice, (moment for moment in moments if moment in touched.moments))]
    if choice.digest:
        near = [moment for moment in moments if known.day_of(moment) in touched.days]
        notices += digest_notices(user_id, choice, known, near)
    return _keyed(notices)


def _keyed(notices: Iterable[Notice]) -> Mapping[str, Notice]:
    return {notice.key: notice for notice in notices}


def _differing(before: Mapping[str, Notice], after: Mapping[str, Notice]) -> tuple[list[str], list[Notice]]:
    """The keys that are no more, and the notices that are new or not as before."""
    gone = [key for key in before if key not in after]
    return gone, [notice for key, notice in after.items() if before.get(key) != notice]
