"""A server learns of a version once: what differs is told, live edits stay, and conflicts are reported."""

from functools import partial

import pytest
from msgspec.structs import replace

from bot.actions.programme.follow_program import Followed, follow_program, foresee_following
from bot.actions.programme.tell_change import Hearers
from bot.chat.organizing.following import Following
from bot.domain.agenda import Star, StarKind
from bot.domain.changes.change import Change, Field
from bot.domain.changes.edit import Edit
from bot.domain.changes.written import instant, span
from bot.domain.event import Server
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.choice import ReminderChoice
from bot.domain.reminders.notice import NoticeKind
from bot.storage.agenda import reminder_choices, stars
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Op, Priority, Row
from bot.storage.posters import author_roles, authorship
from bot.storage.programme import live_edits, programmes
from bot.storage.programme.programmes import Manner
from tests.chat.samples import at, event, program

SMALL = program(server=Server({"announcements": "announcements", "schedule": "schedule", "organizers": "organizers"}))
#: The day before.
NOW = at(-600)
MOVED = Edit("s3", Field.TIME, span(at(60), at(100)), span(at(50), at(90)))
GONE = Edit("s9", Field.CANCELLED, "yes", "no")


async def publish(db: Database, imported: Program, *, guild: int = 1, manner: Manner | None = None) -> Followed:
    """A new version, followed by one guild."""
    add = partial(programmes.add, program=imported, fingerprint="x", at=NOW, by="test", manner=manner)
    return await follow(db, await db.write(add), guild=guild)


async def follow(db: Database, version: programmes.Version, *, guild: int = 1) -> Followed:
    return await follow_program(db, guild, version, now=NOW, shown=Following(NOW, ()))


async def edit(db: Database, *edits: Edit) -> None:
    for one in edits:
        await db.write(partial(live_edits.put, guild_id=1, event_id="small", edit=one, at=NOW, by="7"))


def moved(minutes: int, session: str = "s3") -> Program:
    """Another start for a session of 40 minutes."""
    sessions = [
        replace(one, start=at(minutes), end=at(minutes + 40)) if one.id == session else one for one in SMALL.sessions
    ]
    return replace(SMALL, sessions=tuple(sessions))


def extended(audience: Group = Group.PUBLIC, days: int = 3) -> Program:
    wanted = "call" if audience is Group.PUBLIC else "review"
    dates = [replace(one, due=at(60 * 24 * days)) if one.id == wanted else one for one in SMALL.deadlines]
    return replace(SMALL, deadlines=tuple(dates))


def rows(db: Database, prefix: str = "act:", guild: int = 1) -> list[Row]:
    """Without the lines of the audit trail."""
    found = [row for row in outbox.of_guild(db.reader, guild) if row.facts.kind is not NoticeKind.AUDIT]
    return [row for row in found if row.key.startswith(prefix)]


async def test_the_first_version_is_planned_and_is_no_news(db: Database) -> None:
    followed = await publish(db, SMALL)
    assert followed == Followed(SMALL)
    assert rows(db) == []
    assert [row.key for row in rows(db, "start:2025-04-28T16:50Z")] == ["start:2025-04-28T16:50Z:T-15m"]


async def test_a_difference_is_told_once_and_planned(db: Database) -> None:
    await publish(db, SMALL)
    await publish(db, SMALL, guild=2)
    untouched = outbox.of_guild(db.reader, 2)
    add = partial(programmes.add, program=moved(60), fingerprint="y", at=NOW, by="test")
    version = await db.write(add)
    followed = await follow(db, version)
    news = Change("session", "s3", Field.TIME, span(at(50), at(90)), span(at(60), at(100)))
    assert followed.reach is not None
    assert followed.reach.changes == (news,)
    assert [(row.key, row.place, row.facts.changes) for row in rows(db)] == [
        (f"act:changed:v{version.id}", "announcements", (news,))
    ]
    assert [row.due_at for row in rows(db, "start:") if "s3" in row.facts.ids and row.state == "queued"] == [at(45)]
    before = outbox.of_guild(db.reader, 1)
    assert (await follow(db, version)).reach is None
    assert outbox.of_guild(db.reader, 1) == before
    assert outbox.of_guild(db.reader, 2) == untouched


async def test_a_guild_that_missed_a_version_is_told_of_all_at_once(db: Database) -> None:
    await publish(db, SMALL)
    await db.write(partial(programmes.add, program=moved(60), fingerprint="y", at=NOW, by="test"))
    await publish(db, moved(70))
    (row,) = rows(db)
    assert [(change.old, change.new) for change in row.facts.changes] == [(span(at(50), at(90)), span(at(70), at(110)))]


async def test_another_event_or_one_stored_by_an_older_release_is_no_news(db: Database) -> None:
    await publish(db, SMALL)
    other = replace(moved(60), event=event(id="other"))
    assert (await publish(db, other)).reach is None
    await db.write(lambda tables: tables.execute("UPDATE programme SET fingerprint = '0:x'"))
    assert (await publish(db, moved(70))).reach is None
    assert rows(db) == []


@pytest.mark.parametrize(
    ("manners", "told"), [([Manner(quiet=True)], 0), ([Manner(quiet=True), Manner()], 1), ([Manner()], 1)]
)
async def test_what_was_published_quietly_is_planned_and_not_told(
    db: Database, manners: list[Manner], told: int
) -> None:
    await publish(db, SMALL)
    for manner in manners:
        add = partial(programmes.add, program=moved(60), fingerprint="y", at=NOW, by="test", manner=manner)
        version = await db.write(add)
    followed = await follow(db, version)
    assert (len(rows(db, "act:changed:")), followed.told.anybody) == (told, bool(told))
    assert [row.due_at for row in rows(db, "start:") if "s3" in row.facts.ids and row.state == "queued"] == [at(45)]


@pytest.mark.parametrize(("audience", "place"), [(Group.PUBLIC, "announcements"), (Group.REVIEWERS, "organizers")])
async def test_an_extension_goes_to_those_it_is_meant_for(db: Database, audience: Group, place: str) -> None:
    await publish(db, SMALL)
    await publish(db, extended(audience))
    (row,) = rows(db)
    (change,) = row.facts.changes
    assert (row.facts.kind, row.audience, row.place) == (NoticeKind.EXTENDED, audience, place)
    assert change.new == instant(at(60 * 24 * 3))


async def test_people_hear_of_what_is_in_their_agenda_only(db: Database) -> None:
    await publish(db, SMALL)
    held = {
        11: Star(StarKind.SESSION, "s3"),
        12: Star(StarKind.DEADLINE, "call"),
        13: Star(StarKind.SESSION, "s4"),
        14: Star(StarKind.DEADLINE, "review"),
    }
    choice = ReminderChoice(digest=False, switched_off=False)
    for user_id, star in held.items():
        await db.write(partial(stars.add, guild_id=1, user_id=user_id, star=star, at=NOW, most=9))
        await db.write(partial(reminder_choices.put, guild_id=1, user_id=user_id, choice=choice))
    later = replace(moved(60), deadlines=tuple(replace(one, due=at(60 * 24 * 3)) for one in SMALL.deadlines))
    await publish(db, later)
    direct = [row for row in rows(db) if row.op is Op.DM]
    assert [
        (row.place, row.facts.kind, row.audience, [change.id for change in row.facts.changes]) for row in direct
    ] == [
        ("11", NoticeKind.CHANGED, Group.PUBLIC, ["s3"]),
        ("12", NoticeKind.EXTENDED, Group.PUBLIC, ["call"]),
        ("14", NoticeKind.EXTENDED, Group.REVIEWERS, ["review"]),
    ]


async def test_what_is_over_is_no_news(db: Database) -> None:
    await publish(db, SMALL)
    add = partial(programmes.add, program=moved(60), fingerprint="y", at=NOW, by="test")
    version = await db.write(add)
    late = at(60 * 24)
    await follow_program(db, 1, version, now=late, shown=Following(late, ()))
    assert rows(db) == []


async def test_what_is_foreseen_is_what_happens(db: Database) -> None:
    await publish(db, SMALL)
    await edit(db, MOVED)
    for files_win in (False, True):
        shown = Following(NOW, ())
        seen = foresee_following(db.reader, 1, SMALL, moved(80), now=NOW, shown=shown, files_win=files_win)
        assert live_edits.of_guild(db.reader, 1, "small") == [MOVED]
        assert [one.edit for one in seen.conflicts] == [MOVED]
    done = await publish(db, moved(80), manner=Manner(files_win=True))
    assert (done.program, done.reach, done.told) == (seen.program, seen.reach, seen.told)
    assert done.told == Hearers(("announcements",), 0)


async def test_everybodys_news_goes_first_and_single_people_follow_reminders(db: Database) -> None:
    await publish(db, SMALL)
    await db.write(partial(stars.add, guild_id=1, user_id=11, star=Star(StarKind.SESSION, "s3"), at=NOW, most=9))
    choice = ReminderChoice(digest=False, switched_off=False)
    await db.write(partial(reminder_choices.put, guild_id=1, user_id=11, choice=choice))
    await publish(db, SMALL)
    await db.write(
        lambda tables: tables.execute(
            "UPDATE outbox SET state = 'sent', done_at = due_at WHERE dedupe_key LIKE 'start:%'"
        )
    )
    await publish(db, moved(60))
    told = sorted(rows(db), key=lambda row: (row.priority, row.due_at, row.id))
    assert [row.op for row in told] == [Op.MESSAGE, Op.EDIT, Op.DM]
    assert [row.priority < Priority.REMINDER for row in told] == [True, True, False]


async def test_authors_get_the_role_that_the_event_names_only_now(db: Database) -> None:
    """At the next start, too, where a backup or an earlier release did not know of it."""

    def author(tables: Tables, user: int, *, followed: bool) -> None:
        authorship.add(tables, 1, "p1", user, at=NOW)
        if followed:
            author_roles.follow(tables, 1, user, NOW)

    async def queued() -> list[int]:
        """Whose role is to be seen to; it is then settled."""
        query = (
            "SELECT user_id FROM outbox JOIN author_role ON place = author_role.id"
            " WHERE op = 'role' AND state = 'queued' ORDER BY 1"
        )
        found = [user for (user,) in db.reader.execute(query)]
        await db.write(lambda tables: tables.execute("UPDATE outbox SET state = 'cancelled' WHERE op = 'role'"))
        return found

    async def named(role: str | None) -> list[int]:
        roles = {"authors": role} if role else {}
        await publish(db, replace(SMALL, server=replace(SMALL.server, roles=roles)))
        return await queued()

    async def started() -> list[int]:
        (newest,) = [await db.write(partial(programmes.newest, event_id="small"))]
        assert newest is not None
        await follow(db, newest)
        return await queued()

    assert await named(None) == []
    await db.write(partial(author, user=11, followed=True))
    await db.write(partial(author, user=12, followed=False))
    assert [await queued(), await started()] == [[11], []]
    assert [await named("Author"), await started(), await named("Author")] == [[11, 12], [], []]
    await db.write(partial(author, user=13, followed=False))
    assert [await started(), await started()] == [[13], []]
    assert [await named("Writer"), await named(None)] == [[11, 12, 13], []]
