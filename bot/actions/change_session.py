"""A live change by an organizer: one transaction, and everything that was said follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.actions.plan_personal import plan_people
from bot.domain.agenda import standing_for
from bot.domain.changes.apply import apply_edits
from bot.domain.changes.change import Change
from bot.domain.changes.diff import diff
from bot.domain.changes.edit import Edit
from bot.domain.event import Server
from bot.domain.program import Program
from bot.domain.reminders.choice import Where
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.domain.reminders.plan import plan
from bot.storage import live_edits, planned, reminder_choices, shared_cards, stars, told
from bot.storage.database import Database, Tables
from bot.storage.outbox import Op, Priority, Row
from bot.storage.planned import ACT
from bot.storage.shared_cards import SharedCard

#: News of a change is of use for half a day.
_USEFUL = timedelta(hours=12)


class Shown(Protocol):
    """Tells whether what people see differs between two programmes: whoever makes the texts knows."""

    def message(self, row: Row, before: Program, after: Program) -> bool: ...

    def card(self, lookup: str, before: Program, after: Program) -> bool: ...


@dataclass(frozen=True, slots=True)
class Reach:
    """What a change comes to: the programme then, what differs, and what was posted and reads otherwise then."""

    program: Program
    changes: tuple[Change, ...]
    messages: tuple[Row, ...]
    cards: tuple[SharedCard, ...]


def place_of_news(server: Server) -> str:
    """The purpose of the channel in which a change is told."""
    return "announcements" if "announcements" in server.channels or "schedule" not in server.channels else "schedule"


def foresee(db: Database, guild_id: int, imported: Program, edits: Sequence[Edit], shown: Shown) -> Reach:
    """What ``change_session`` would do now. Nothing is changed."""
    standing = live_edits.of_guild(db.reader, guild_id, imported.event.id)
    return _reach(db.reader, guild_id, imported, standing, [*_without(standing, edits), *edits], shown)


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

    In the same transaction the notices are planned anew, what was posted is queued to be edited, and the news is
    queued. ``act`` is the id of the interaction, ``at`` the UTC instant, ``by`` says who. The caller then lets the
    guild see ``Reach.program``, before anything else happens, and wakes the delivery.
    """

    def write(tables: Tables) -> Reach | None:
        news = f"{ACT}changed:{act}"
        if told.known(tables, guild_id, news):
            return None
        event_id = imported.event.id
        before = live_edits.of_guild(tables, guild_id, event_id)
        for edit in edits:
            live_edits.put(tables, guild_id, event_id, edit, at=at, by=by)
        reach = _reach(tables, guild_id, imported, before, live_edits.of_guild(tables, guild_id, event_id), shown)
        planned.sync(tables, guild_id, plan(reach.program), now=at)
        plan_people(tables, guild_id, reach.program, now=at)
        _queue_edits(tables, guild_id, reach, act, at)
        _queue_news(tables, guild_id, reach, news, at, why=edits[0].why)
        _queue_direct_news(tables, guild_id, reach, news, at, why=edits[0].why)
        return reach

    return await db.write(write)


def _without(standing: Sequence[Edit], edits: Sequence[Edit]) -> list[Edit]:
    replaced = {(edit.session, edit.field) for edit in edits}
    return [edit for edit in standing if (edit.session, edit.field) not in replaced]


def _reach(
    tables: Tables, guild_id: int, imported: Program, before: Sequence[Edit], after: Sequence[Edit], shown: Shown
) -> Reach:
    old, new = apply_edits(imported, before).program, apply_edits(imported, after).program
    changes = diff(old, new)
    ids, days = _touched(changes, old, new)
    rows = told.naming(tables, guild_id, ids, days) if changes else []
    cards = shared_cards.of_guild(tables, guild_id) if changes else []
    return Reach(
        new,
        changes,
        tuple(row for row in rows if shown.message(row, old, new)),
        tuple(card for card in cards if shown.card(card.lookup, old, new)),
    )


def _touched(changes: Sequence[Change], *programs: Program) -> tuple[set[str], set[date]]:
    """The ids of the changed sessions and their talks, and the days they are or were on."""
    names = {change.id for change in changes}
    ids, days = set(names), set[date]()
    for program in programs:
        for session in program.sessions:
            if session.id in names or any(talk.id in names for talk in session.talks):
                ids |= {session.id, *(talk.id for talk in session.talks)}
                days.add(program.day_of(session))
    return ids, days


def _queue_edits(tables: Tables, guild_id: int, reach: Reach, act: int, at: datetime) -> None:
    for row in reach.messages:
        told.add(
            tables,
            guild_id,
            f"{ACT}edit:{row.id}:{act}",
            Op.EDIT,
            row.facts,
            # The message's own row: its buttons refer to it, and its receipt may be yet to come.
            place=str(row.id),
            priority=Priority.CHANGE,
            due_at=at,
            expires_at=at + _USEFUL,
            audience=row.audience,
            message=(row.channel_id, row.message_id),
        )
    for card in reach.cards:
        told.add(
            tables,
            guild_id,
            f"{ACT}edit:card:{card.message_id}:{act}",
            Op.EDIT,
            Facts(NoticeKind.CARD, card=card.lookup),
            place="card",
            priority=Priority.CHANGE,
            due_at=at,
            expires_at=at + _USEFUL,
            message=(card.channel_id, card.message_id),
        )


def _queue_news(tables: Tables, guild_id: int, reach: Reach, key: str, at: datetime, *, why: str | None) -> None:
    sessions = tuple(dict.fromkeys(change.id for change in reach.changes if change.record == "session"))
    told.add(
        tables,
        guild_id,
        key,
        Op.MESSAGE,
        Facts(NoticeKind.CHANGED, sessions, changes=reach.changes, why=why),
        place=place_of_news(reach.program.server),
        priority=Priority.CHANGE,
        due_at=at,
        expires_at=at + _USEFUL,
    )


def _queue_direct_news(tables: Tables, guild_id: int, reach: Reach, key: str, at: datetime, *, why: str | None) -> None:
    """To everybody who has one of the sessions in their agenda and wants to be reminded by direct message."""
    sessions = tuple(dict.fromkeys(change.id for change in reach.changes if change.record == "session"))
    known = [reach.program.session_by_id[name] for name in sessions if name in reach.program.session_by_id]
    holders = stars.people_with(tables, guild_id, [star for one in known for star in standing_for(reach.program, one)])
    choices = reminder_choices.in_force(tables, guild_id) if holders else {}
    facts = Facts(NoticeKind.CHANGED, sessions, changes=reach.changes, why=why)
    for user_id in holders:
        choice = choices.get(user_id)
        if choice is not None and choice.where is Where.DM:
            told.add(
                tables,
                guild_id,
                f"{key}:{user_id}",
                Op.DM,
                facts,
                place=str(user_id),
                priority=Priority.CHANGE,
                due_at=at,
                expires_at=at + _USEFUL,
                message=(choice.dm_channel_id, None),
            )
