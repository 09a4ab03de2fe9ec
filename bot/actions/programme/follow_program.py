"""A server follows the version in force: planned anew, and told what differs from the version it knew."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.actions.agenda.plan_personal import plan_people
from bot.actions.announce.follow_session import follow_sessions
from bot.actions.posters.follow_posters import follow_posters
from bot.actions.posters.plan_portions import plan_authors
from bot.actions.programme.follow_mode import follow_modes
from bot.actions.programme.reach import Reach, Shown, reach_of
from bot.actions.programme.record_publishing import record_publishing
from bot.actions.programme.tell_change import NOBODY, Act, Hearers, hearers, tell_change
from bot.domain.changes.apply import Applied, Conflict, apply_edits
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.domain.reminders.plan import plan
from bot.storage.database import Database, Tables
from bot.storage.delivery import planned, told
from bot.storage.delivery.outbox import Op, Priority
from bot.storage.delivery.planned import ACT
from bot.storage.posters import author_roles
from bot.storage.programme import live_edits, programmes
from bot.storage.programme.programmes import Manner, Version

_USEFUL = timedelta(days=2)


class Followed(Struct, frozen=True):
    """``program`` is what the guild sees now. ``reach`` is None where there was nothing to compare with.

    ``conflicts`` are those that this version brought: organizers are told of them. ``told`` is who hears of the rest.
    """

    program: Program
    reach: Reach | None = None
    conflicts: tuple[Conflict, ...] = ()
    told: Hearers = NOBODY


async def follow_program(db: Database, guild_id: int, version: Version, *, now: datetime, shown: Shown) -> Followed:
    """Let a guild follow ``version``, the newest of its event: in one transaction, and once; again changes nothing.

    Its live edits stay in force. Those that the files say themselves by now are forgotten; those that they contradict
    stay and are reported to the organizers, unless the versions since the last were published so that the files win.
    Who published them goes into the audit trail. ``now`` is in UTC. A guild that had no version yet, or another event,
    is told of no change.
    """

    def write(tables: Tables) -> Followed:
        last = programmes.told_version(tables, guild_id)
        how = _manner(tables, guild_id, last, version)
        followed = _follow(tables, guild_id, version, last, how.files_win, shown)
        planned.sync(tables, guild_id, plan(followed.program), now=now)
        follow_sessions(tables, guild_id, followed.program, now)
        follow_modes(tables, guild_id, followed.program, now)
        known = followed.reach.before if followed.reach is not None else None
        if known is not None:
            follow_posters(tables, guild_id, known, followed.program, now)
        plan_people(tables, guild_id, followed.program, now=now, before=known)
        plan_authors(tables, guild_id, followed.program, now)
        if (role := followed.program.server.given_to_authors) is not None:
            other = last != version.id and (known is None or known.server.given_to_authors != role)
            author_roles.follow_all(tables, guild_id, now, anew=other)
        if (reach := followed.reach) is not None:
            act = Act(f"v{version.id}", now, quiet=how.quiet)
            followed = replace(followed, told=tell_change(tables, guild_id, reach, act))
            versions = last or 0, version.id
            record_publishing(tables, guild_id, reach, how, versions, now, conflicts=followed.conflicts)
        if followed.conflicts:
            _report(tables, guild_id, version, followed.conflicts, now)
        programmes.set_told_version(tables, guild_id, version.id)
        return followed

    return await db.write(write)


def foresee_following(
    tables: Tables, guild_id: int, old: Program, new: Program, *, now: datetime, shown: Shown, files_win: bool = False
) -> Followed:
    """What ``follow_program`` would come to where ``new`` is published after ``old``. Nothing is changed."""
    edits = live_edits.of_guild(tables, guild_id, new.event.id)
    before, after = apply_edits(old, edits), apply_edits(new, edits)
    fresh = _fresh(before, after)
    if files_win:
        after = apply_edits(
            new, [edit for edit in edits if edit not in {conflict.edit for conflict in after.conflicts}]
        )
    reach = reach_of(tables, guild_id, before.program, after.program, shown)
    return Followed(after.program, reach, fresh, hearers(tables, guild_id, reach, now))


def _manner(tables: Tables, guild_id: int, last: int | None, version: Version) -> Manner:
    if last is None or last >= version.id:
        return Manner()
    return programmes.manner_between(tables, guild_id, version.program.event.id, last, version.id)


def _follow(
    tables: Tables, guild_id: int, version: Version, last: int | None, files_win: bool, shown: Shown
) -> Followed:
    event_id = version.program.event.id
    edits = live_edits.of_guild(tables, guild_id, event_id)
    new = apply_edits(version.program, edits)
    if last == version.id:
        return Followed(new.program)
    before = programmes.of_id(tables, last) if last is not None else None
    old = apply_edits(before, edits) if before is not None and before.event.id == event_id else None
    unwanted = [*new.settled, *([conflict.edit for conflict in new.conflicts] if files_win else ())]
    for edit in unwanted:
        live_edits.remove(tables, guild_id, event_id, edit.session, edit.field)
    fresh = () if files_win else _fresh(old, new)
    program = apply_edits(version.program, [edit for edit in edits if edit not in unwanted]).program
    reach = reach_of(tables, guild_id, old.program, program, shown) if old is not None else None
    return Followed(program, reach, fresh)


def _fresh(old: Applied | None, new: Applied) -> tuple[Conflict, ...]:
    """The conflicts that were not there before: each is reported once."""
    known = set(old.conflicts) if old is not None else set()
    return tuple(conflict for conflict in new.conflicts if conflict not in known)


def _report(tables: Tables, guild_id: int, version: Version, conflicts: Sequence[Conflict], now: datetime) -> None:
    """Each as a change from what organizers set live to what the files say."""
    changes = tuple(conflict.as_change for conflict in conflicts)
    told.add(
        tables,
        guild_id,
        f"{ACT}conflicts:v{version.id}",
        Op.MESSAGE,
        Facts(NoticeKind.CONFLICT, tuple(change.id for change in changes), changes=changes),
        place="organizers",
        priority=Priority.CHANGE,
        due_at=now,
        expires_at=now + _USEFUL,
        audience=Group.ORGANIZERS,
    )
