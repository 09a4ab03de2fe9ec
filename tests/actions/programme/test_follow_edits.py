"""A new version meets what organizers changed live: their edits stay, conflicts are told, and the trail says who."""

from functools import partial

import pytest
from msgspec.structs import replace

from bot.actions.programme.tell_change import NOBODY, Hearers
from bot.domain.changes.change import Change, Field
from bot.domain.changes.edit import Edit
from bot.domain.changes.written import span
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.notice import NoticeKind
from bot.storage import audit
from bot.storage.database import Database
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Priority
from bot.storage.programme import live_edits, programmes
from bot.storage.programme.programmes import Manner
from tests.actions.programme.test_follow_program import MOVED, NOW, SMALL, edit, follow, moved, publish, rows
from tests.chat.samples import at

CANCELLED = Edit("s2", Field.CANCELLED, "yes", "no")


def trail(db: Database, guild: int = 1) -> list[tuple[int | None, str]]:
    """Who published, and what it came to, the newest first."""
    return [(entry.actor, entry.detail) for entry in audit.newest(db.reader, guild, most=9)]


@pytest.mark.parametrize(
    ("imported", "kept", "conflicts"),
    [
        (SMALL, [CANCELLED, MOVED], []),
        (moved(60), [CANCELLED], []),
        (moved(80), [CANCELLED, MOVED], [(MOVED, span(at(80), at(120)))]),
    ],
    ids=["says nothing of it", "says the same by now", "says something else"],
)
async def test_live_edits_stay_unless_the_files_say_them(
    db: Database, imported: Program, kept: list[Edit], conflicts: list[tuple[Edit, str]]
) -> None:
    await publish(db, SMALL)
    await edit(db, CANCELLED, MOVED)
    followed = await publish(db, replace(imported, posters=()))
    assert live_edits.of_guild(db.reader, 1, "small") == kept
    assert [(one.edit, one.present) for one in followed.conflicts] == conflicts
    times = {one.id: (one.start, one.cancelled) for one in followed.program.sessions}
    assert (times["s3"], times["s2"]) == ((at(60), False), (at(10), True))
    # Nothing that people see has changed.
    assert rows(db, "act:changed:") == []


async def test_what_one_server_changed_live_already_is_news_in_another_alone(db: Database) -> None:
    for guild in (1, 2):
        await publish(db, SMALL, guild=guild)
    await edit(db, MOVED)
    add = partial(programmes.add, program=moved(60), fingerprint="y", at=NOW, by="test")
    version = await db.write(add)
    told = [(await follow(db, version, guild=guild)).told for guild in (1, 2)]
    assert told == [NOBODY, Hearers(("announcements",), 0)]
    assert [len(rows(db, "act:changed:", guild)) for guild in (1, 2)] == [0, 1]


async def test_a_conflict_is_reported_to_the_organizers_once(db: Database) -> None:
    await publish(db, SMALL)
    await edit(db, MOVED)
    await publish(db, moved(80))
    await publish(db, replace(moved(80), posters=()))
    (report,) = rows(db, "act:conflicts:")
    assert (report.place, report.audience, report.facts.kind) == ("organizers", Group.ORGANIZERS, NoticeKind.CONFLICT)
    assert report.facts.changes == (Change("session", "s3", Field.TIME, MOVED.value, span(at(80), at(120))),)


async def test_where_the_files_win_the_edit_goes_and_that_is_news(db: Database) -> None:
    await publish(db, SMALL)
    await edit(db, CANCELLED, MOVED)
    await publish(db, moved(80), manner=Manner(files_win=True))
    assert live_edits.of_guild(db.reader, 1, "small") == [CANCELLED]
    assert rows(db, "act:conflicts:") == []
    (row,) = rows(db)
    assert [(change.old, change.new) for change in row.facts.changes] == [
        (span(at(60), at(100)), span(at(80), at(120)))
    ]


async def test_an_edit_of_a_session_that_is_gone_stays_as_a_tombstone(db: Database) -> None:
    without = replace(SMALL, sessions=tuple(one for one in SMALL.sessions if one.id != "s2"))
    await publish(db, SMALL)
    await edit(db, CANCELLED)
    followed = await publish(db, without)
    assert [(one.edit, one.in_force) for one in followed.conflicts] == [(CANCELLED, False)]
    back = await publish(db, SMALL)
    assert [one.id for one in back.program.sessions if one.cancelled] == ["s2"]


@pytest.mark.parametrize(("guild", "told", "kept"), [(1, 0, []), (2, 1, [MOVED])])
async def test_a_manner_that_one_server_asked_for_holds_there_alone(
    db: Database, guild: int, told: int, kept: list[Edit]
) -> None:
    await publish(db, SMALL, guild=guild)
    await db.write(partial(live_edits.put, guild_id=guild, event_id="small", edit=MOVED, at=NOW, by="7"))
    manner = Manner(files_win=True, quiet=True, guild=1)
    await publish(db, replace(moved(80), sessions=moved(80).sessions[1:]), guild=guild, manner=manner)
    assert live_edits.of_guild(db.reader, guild, "small") == kept
    assert len(rows(db, "act:changed:", guild)) == told


async def test_who_published_is_written_down_where_it_is_followed(db: Database) -> None:
    await publish(db, SMALL)
    manner = Manner(quiet=True, guild=1)
    add = partial(programmes.add, program=moved(60), fingerprint="y", at=NOW, by="7", manner=manner)
    version = await db.write(add)
    assert trail(db) == []
    for _ in range(2):
        await follow(db, version)
    assert trail(db) == [(7, "1 change; Session 3 moved 09:50–10:30 → 10:00–10:40; nobody was told")]
    (line,) = [row for row in outbox.of_guild(db.reader, 1) if row.facts.kind is NoticeKind.AUDIT]
    assert (line.key, line.place, line.priority) == (f"act:audit:v{version.id}", "organizers", Priority.BULK)


async def test_each_version_that_is_followed_at_once_has_its_entry(db: Database) -> None:
    add = partial(programmes.add, program=SMALL, fingerprint="x", at=NOW, by="test")
    version = await db.write(add)
    for guild in (1, 2):
        await follow(db, version, guild=guild)
    for minutes, by in ((60, "7"), (70, "usher publish")):
        manner = Manner(guild=2) if by == "7" else None
        add = partial(programmes.add, program=moved(minutes), fingerprint="y", at=NOW, by=by, manner=manner)
        version = await db.write(add)
    for guild in (1, 2):
        await follow(db, version, guild=guild)
    last = (None, "by usher publish; 1 change; Session 3 moved 09:50–10:30 → 10:10–10:50")
    assert trail(db) == [last, (None, "by an organizer of another server; followed by a newer version")]
    assert trail(db, 2) == [last, (7, "followed by a newer version")]


async def test_many_changes_are_counted_in_the_trail(db: Database) -> None:
    await publish(db, SMALL)
    sessions = tuple(replace(one, title=f"New {one.id}") for one in SMALL.sessions)
    await publish(db, replace(SMALL, sessions=sessions), manner=Manner(files_win=True))
    ((_, detail),) = trail(db)
    assert detail.split("; ")[1:] == [
        "4 changes",
        *(f"Session {number} now called New s{number}" for number in (1, 2, 3)),
        "and 1 more",
        "the files won over live changes",
    ]
