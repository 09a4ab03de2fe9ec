"""A change of how people attend: one transaction, and everybody hears of it at once and again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.actions.audit.record_act import record_act
from bot.actions.programme.change_session import foresee, put_in_force
from bot.actions.programme.follow_mode import left_to, useful_until
from bot.actions.programme.reach import Reach, Shown
from bot.actions.programme.tell_change import Act, place_of_news, tell_change
from bot.domain.audit import ActKind, Entry, person
from bot.domain.changes.edit import Edit
from bot.domain.changes.in_words import links_in_words, mode_in_words
from bot.domain.changes.live import Standing
from bot.domain.changes.mode import Scope, affected_by, concerned_by, link_told_of, replaced_by, told_of
from bot.domain.program import Program
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.domain.reminders.repeats import Repeat, repeats
from bot.domain.sessions import Session
from bot.storage import people
from bot.storage.database import Database, Tables
from bot.storage.delivery import mode_news
from bot.storage.delivery.outbox import Row
from bot.storage.programme import live_edits, mode_changes
from bot.storage.programme.mode_changes import ModeChange


class Told(Struct, frozen=True):
    """What everybody is told, and when (UTC): ``facts`` of each message, the last instant at which it is of use.

    Where all that it concerns is cancelled, there are no ``times``.
    """

    facts: Facts
    times: Mapping[datetime, Repeat]
    until: datetime


def telling(before: Program, after: Program, change: ModeChange, now: datetime) -> Told:
    """What ``change`` comes to for those who are told of it at ``now`` (UTC)."""
    request = change.request
    sessions, link = affected_by(after, request, now), link_told_of(before, after, request, now)
    start = next((session.start for session in sessions if session.start > now), None)
    facts = Facts(
        NoticeKind.MODE,
        (request.session,) if request.scope is Scope.SESSION and request.session else (),
        start,
        request.day,
        (told_of(before, after, request, now), *([link] if link else [])),
        request.why,
    )
    until = max((session.end for session in sessions), default=now)
    return Told(facts, repeats(now, start, change.without) if sessions else {}, until)


def foresee_mode(
    tables: Tables, guild_id: int, imported: Program, edits: Sequence[Edit], shown: Shown, now: datetime
) -> Reach:
    """What ``change_mode`` would do at ``now`` (UTC). Nothing is changed."""
    return _of_use(foresee(tables, guild_id, imported, edits, shown), now)


async def change_mode(
    db: Database, guild_id: int, at: Standing, change: ModeChange, edits: Sequence[Edit], *, by: str, shown: Shown
) -> Reach | None:
    """Put the draft ``change`` in force by ``edits``, at the instant of ``at``; None where it was done already.

    In the same transaction notices are planned anew, what was posted is queued to be edited, what earlier changes have
    still to tell goes by the sessions that are left to them, and everybody is told: in a channel, and directly who
    asked for that. The caller then lets the guild see ``Reach.program``, and wakes the delivery.
    """
    imported, now = at.imported, at.now

    def write(tables: Tables) -> Reach | None:
        standing = live_edits.of_guild(tables, guild_id, imported.event.id)
        sessions = [session.id for session in concerned_by(at.program, change.request, now)]
        before = replaced_by(standing, edits)
        if not mode_changes.finish(tables, change, before=before, sessions=sessions, by=by, at=now):
            return None
        reach = _of_use(put_in_force(tables, guild_id, imported, edits, at=now, by=by, shown=shown), now)
        _supersede(tables, guild_id, reach.program, sessions, change, now)
        _queue(tables, guild_id, change.id, telling(reach.before, reach.program, change, now), reach.program)
        tell_change(tables, guild_id, reach, Act(f"mode{change.id}", now, quiet=True))
        record_act(tables, guild_id, reach.program.server, _entry(reach, change, by, now), mark=f"mode{change.id}")
        return reach

    return await db.write(write)


def _supersede(
    tables: Tables, guild_id: int, program: Program, sessions: Sequence[str], change: ModeChange, now: datetime
) -> None:
    """Take back what is still queued of earlier changes that have none but these ``sessions`` to tell of.

    The others went on to the first session that is left to them, when the programme was put in force.
    """
    taken = mode_changes.taken_over(tables, guild_id, program.event.id)
    earlier = mode_changes.telling_of(tables, guild_id, sessions, but=change.id)
    over = [one.id for one in earlier if not left_to(program, one, taken, now)]
    mode_news.supersede(tables, guild_id, over, now=now)


def _entry(reach: Reach, change: ModeChange, by: str, now: datetime) -> Entry:
    """That a link is new, never which: an address may be private, and the trail is read by all organizers."""
    request = change.request
    told = told_of(reach.before, reach.program, request, now)
    link = links_in_words(link_told_of(reach.before, reach.program, request, now))
    session = reach.program.session_by_id.get(request.session or "")
    day = f"{request.day:%a} {request.day.day} {request.day:%b}" if request.day else ""
    names = {Scope.DAY: f"the rest of {day}", Scope.EVENT: "the whole event"}
    about = session.title if session is not None else names.get(request.scope, told.id)
    undone = "taken back: " if change.undoes is not None else ""
    modes = dict.fromkeys((mode_in_words(told.old), mode_in_words(told.new)))
    words = f"{undone}{' → '.join(modes)}{link}"
    why = f". Why: {request.why}" if request.why else ""
    return Entry(now, person(by), ActKind.CHANGE_MODE, about, detail=f"{words}{why}")


def _queue(tables: Tables, guild_id: int, act: int, said: Told, program: Program) -> None:
    """For each time a message in the channel, then one to each person who wants copies."""
    copies = {user: settings.dm_channel_id for user, settings in people.with_copies(tables, guild_id).items()}
    times = [(repeat.value, due, useful_until(due, said.until)) for due, repeat in said.times.items()]
    place = place_of_news(program.server)
    mode_news.add(tables, guild_id, act, said.facts, times, place=place, people=copies)


def _of_use(reach: Reach, now: datetime) -> Reach:
    """Without the messages that tell of nothing but what is over: it was attended as they say."""
    return replace(reach, messages=tuple(row for row in reach.messages if not _is_over(row, reach.program, now)))


def _is_over(row: Row, program: Program, now: datetime) -> bool:
    known = [program.session_by_id.get(name) or _session_of(program, name) for name in row.facts.ids]
    return bool(known) and all(session is not None and session.end <= now for session in known)


def _session_of(program: Program, talk_id: str) -> Session | None:
    found = program.talk_by_id.get(talk_id)
    return found[0] if found else None
