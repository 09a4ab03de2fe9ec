"""A live change by an organizer: one transaction, and everything that was said follows."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.agenda.plan_personal import plan_people
from bot.actions.announce.follow_session import follow_sessions
from bot.actions.audit.record_act import record_act
from bot.actions.posters.follow_posters import follow_posters
from bot.actions.posters.plan_portions import plan_authors
from bot.actions.programme.follow_mode import follow_modes
from bot.actions.programme.reach import Reach, Shown, reach_of
from bot.actions.programme.tell_change import Act, tell_change
from bot.domain.audit import ActKind, Entry, person
from bot.domain.changes.apply import apply_edits
from bot.domain.changes.change import Change
from bot.domain.changes.edit import Edit
from bot.domain.changes.in_words import in_words
from bot.domain.changes.written import value_of
from bot.domain.program import Program
from bot.domain.reminders.plan import plan
from bot.storage import audit
from bot.storage.database import Database, Tables
from bot.storage.delivery import planned
from bot.storage.programme import live_edits


def foresee(tables: Tables, guild_id: int, imported: Program, edits: Sequence[Edit], shown: Shown) -> Reach:
    """What ``change_session`` would do now. Nothing is changed."""
    standing = live_edits.of_guild(tables, guild_id, imported.event.id)
    return _reach(tables, guild_id, imported, standing, [*_without(standing, edits), *edits], shown)


async def change_session(
    db: Database,
    guild_id: int,
    imported: Program,
    edits: Sequence[Edit],
    *,
    act: int,
    at: datetime,
    by: str,
    shown: Shown,
) -> Reach | None:
    """Put ``edits`` in force in a guild over ``imported``; None where this very ``act`` was done already.

    In the same transaction the notices are planned anew, what was posted is queued to be edited, the news is queued,
    and the act goes into the audit trail. ``act`` is the id of the message with the preview, ``at`` the UTC instant,
    ``by`` the id of the person. The caller then lets the guild see ``Reach.program``, before anything else happens, and
    wakes the delivery.
    """
    doing = Act(str(act), at, why=edits[0].why)

    def write(tables: Tables) -> Reach | None:
        if audit.known(tables, guild_id, doing.mark):
            return None
        reach = put_in_force(tables, guild_id, imported, edits, at=at, by=by, shown=shown)
        tell_change(tables, guild_id, reach, doing)
        record_act(tables, guild_id, reach.program.server, _entry(reach, edits, at, by), mark=doing.mark)
        return reach

    return await db.write(write)


def _entry(reach: Reach, edits: Sequence[Edit], at: datetime, by: str) -> Entry:
    """All edits of one act are of one session."""
    before, after = reach.before, reach.program
    session = before.session_by_id[edits[0].session]
    what = [
        in_words(Change("session", session.id, edit.field, value_of(session, edit.field), edit.value), before, after)
        for edit in edits
    ]
    why = f". Why: {edits[0].why}" if edits[0].why else ""
    return Entry(at, person(by), ActKind.CHANGE_SESSION, session.title, detail=f"{'; '.join(what)}{why}")


def put_in_force(
    tables: Tables,
    guild_id: int,
    imported: Program,
    edits: Sequence[Edit],
    *,
    at: datetime,
    by: str,
    shown: Shown,
) -> Reach:
    """Store ``edits`` and plan the notices anew. Nobody is told of it yet. Call inside a transaction."""
    event_id = imported.event.id
    before = live_edits.of_guild(tables, guild_id, event_id)
    for edit in edits:
        live_edits.put(tables, guild_id, event_id, edit, at=at, by=by)
    reach = _reach(tables, guild_id, imported, before, live_edits.of_guild(tables, guild_id, event_id), shown)
    planned.sync(tables, guild_id, plan(reach.program), now=at)
    follow_sessions(tables, guild_id, reach.program, at)
    follow_modes(tables, guild_id, reach.program, at)
    follow_posters(tables, guild_id, reach.before, reach.program, at)
    plan_people(tables, guild_id, reach.program, now=at, before=reach.before)
    plan_authors(tables, guild_id, reach.program, at)
    return reach


def _without(standing: Sequence[Edit], edits: Sequence[Edit]) -> list[Edit]:
    replaced = {(edit.session, edit.field) for edit in edits}
    return [edit for edit in standing if (edit.session, edit.field) not in replaced]


def _reach(
    tables: Tables, guild_id: int, imported: Program, before: Sequence[Edit], after: Sequence[Edit], shown: Shown
) -> Reach:
    old, new = apply_edits(imported, before).program, apply_edits(imported, after).program
    return reach_of(tables, guild_id, old, new, shown)
