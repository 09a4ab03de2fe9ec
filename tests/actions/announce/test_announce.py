"""Announcements on a real database: who gets them, once; two organizers at a time; what is held and corrected."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from bot.actions.announce import drafts, hold
from bot.actions.announce.confirm import confirm
from bot.actions.announce.correct import correct, resend
from bot.actions.announce.drafts import ChangedSinceError
from bot.actions.announce.follow_session import follow_sessions
from bot.domain.agenda import Star, StarKind
from bot.domain.announce.announcement import Announcement, Audience, Content, Picture, Repeat, Stage, When, Whom
from bot.domain.attendance import Attends, Settings
from bot.domain.audit import By
from bot.domain.errors import UsherError
from bot.domain.event import Server
from bot.domain.people import Group
from bot.domain.program import Program
from bot.storage import people
from bot.storage.agenda import stars
from bot.storage.announce import announcements, posted, turns
from bot.storage.announce.posted import Receipt
from bot.storage.database import Database, Tables
from bot.storage.delivery import claims, outbox
from bot.storage.delivery.outbox import Op, Row, State
from tests.chat.samples import at, program

SMALL = program(server=Server({"announcements": "announcements"}, {"speakers": "Speaker"}))
NOW, LEASE = at(0), timedelta(seconds=60)
ANA, BEN = 11, 12
SPEAKER = 900
#: User id -> how they take part.
PEOPLE = {
    1: Settings(Attends.IN_PERSON, copies=True, dm_channel_id=101),
    2: Settings(Attends.ONLINE, copies=True, roles=(SPEAKER,)),
    3: Settings(None, copies=True, dm_channel_id=103),
    4: Settings(Attends.ONLINE),
}


@pytest.fixture
async def db(db: Database) -> Database:

    def fill(tables: Tables) -> None:
        for user_id, settings in PEOPLE.items():
            people.put(tables, 1, user_id, settings)
            people.put(tables, 2, user_id + 50, settings)
        stars.add(tables, 1, 3, Star(StarKind.POSTER, "p1"), NOW, most=9)
        stars.add(tables, 1, 4, Star(StarKind.POSTER, "p1"), NOW, most=9)

    await db.write(fill)
    return db


async def drafted(db: Database, content: Content, *, act: int = 1) -> Announcement:
    return await drafts.draft(db, 1, content, None, by=By(ANA, act, NOW))


async def confirmed(db: Database, content: Content, *, now: datetime = NOW) -> Announcement:
    return await confirm(db, await drafted(db, content), SMALL, by=By(ANA, 2, now))


async def due(db: Database, now: datetime = NOW) -> list[Row]:
    """What the delivery takes up at ``now``: turns are spread, all else is claimed."""

    def claim(tables: Tables) -> list[Row]:
        options: dict[str, Any] = {
            "now": now,
            "wall": now,
            "lease": LEASE,
            "there": [1],
            "room": 1000,
            "turns": lambda _: 1,
        }
        found = claims.claim(tables, **options)
        turns.spread(tables, (row for row in found if row.op is Op.SPREAD), now)
        more = claims.claim(tables, **options)
        return [row for row in (*found, *more) if row.op is not Op.SPREAD]

    return await db.write(claim)


async def arrive(db: Database, rows: Iterable[Row], state: State = State.SENT) -> None:
    for row in rows:
        done = partial(claims.finish, row=row, state=state, now=NOW, channel_id=5, message_id=1000 + row.id)
        await db.write(done)


def to_people(rows: Iterable[Row]) -> list[int]:
    return sorted(int(row.place) for row in rows if row.op is Op.DM)


def receipt(db: Database, announcement: Announcement) -> Receipt:
    return posted.receipt(db.reader, announcement)


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        (Audience(), [1, 2, 3]),
        (Audience(Whom.IN_PERSON), [1]),
        (Audience(Whom.ONLINE), [2]),
        (Audience(Whom.SPEAKERS, role=SPEAKER), [2]),
        (Audience(Whom.ROLE, role=SPEAKER), [2]),
        (Audience(Whom.AUTHORS, role=7), []),
        (Audience(Whom.STARRED, stars=(Star(StarKind.POSTER, "p1"), Star(StarKind.SESSION, "s1"))), [3]),
        (Audience(Whom.STARRED), []),
    ],
    ids=lambda value: value.whom.value if isinstance(value, Audience) else "",
)
async def test_those_of_the_audience_who_asked_for_direct_messages_get_one(
    db: Database, audience: Audience, reached: list[int]
) -> None:
    await confirmed(db, Content("Hello", audience=audience))
    rows = await due(db)
    assert to_people(rows) == reached
    assert Counter(row.op for row in rows) == Counter({Op.MESSAGE: 1, Op.PUBLISH: 1, Op.DM: len(reached)})
    assert await due(db) == []


async def test_the_audience_is_whoever_belongs_to_it_when_it_is_sent(db: Database) -> None:
    await confirmed(db, Content("Hello", when=When(at=at(30))))
    assert await due(db) == []
    await db.write(partial(people.put, guild_id=1, user_id=1, settings=Settings(Attends.IN_PERSON)))
    await db.write(partial(people.put, guild_id=1, user_id=4, settings=Settings(copies=True)))
    assert to_people(await due(db, at(30))) == [2, 3, 4]


async def test_speakers_are_looked_at_once_more_before_they_are_written_to(db: Database) -> None:
    await confirmed(db, Content("Hello", audience=Audience(Whom.SPEAKERS, role=SPEAKER)))
    assert {row.audience for row in await due(db) if row.op is Op.DM} == {Group.SPEAKERS}


async def test_it_is_said_as_often_as_was_asked_and_each_time_once(db: Database) -> None:
    found = await confirmed(db, Content("Hello", repeat=Repeat(3, timedelta(minutes=20)), copies=False))
    times = [len([row for row in await due(db, at(minute)) if row.op is Op.MESSAGE]) for minute in (0, 19, 20, 40, 90)]
    assert times == [1, 0, 1, 1, 0]
    assert receipt(db, found).to_come == 0


async def test_the_second_to_confirm_sends_nothing(db: Database) -> None:
    draft = await drafted(db, Content("Hello"))
    await confirm(db, draft, SMALL, by=By(ANA, 2, NOW))
    with pytest.raises(ChangedSinceError):
        await confirm(db, draft, SMALL, by=By(BEN, 3, NOW))
    seen = announcements.of_id(db.reader, 1, draft.id)
    assert seen is not None
    with pytest.raises(UsherError, match="confirmed already"):
        await confirm(db, seen, SMALL, by=By(BEN, 3, NOW))
    assert len(await due(db)) == 5


async def test_a_form_that_is_handed_over_twice_makes_one_draft(db: Database) -> None:
    assert (await drafted(db, Content("Hello"))).id == (await drafted(db, Content("Hello"))).id


async def test_another_guild_sees_nothing_of_it(db: Database) -> None:
    draft = await drafted(db, Content("Hello"))
    assert announcements.of_id(db.reader, 2, draft.id) is None


@pytest.mark.parametrize(
    "content",
    [
        Content(" "),
        Content("Hello", when=When(at=at(-1))),
        Content("Hello", place=None, copies=False),
        Content("Hello", repeat=Repeat(3, timedelta(minutes=10), until=at(-1))),
        Content("It takes place in [room]."),
    ],
)
async def test_what_is_wrong_is_not_confirmed_and_stays_a_draft(db: Database, content: Content) -> None:
    draft = await drafted(db, content)
    with pytest.raises(UsherError, match="cannot go out yet"):
        await confirm(db, draft, SMALL, by=By(ANA, 2, NOW))
    assert announcements.of_id(db.reader, 1, draft.id) == draft


async def test_what_is_paused_stays_where_it_was_and_goes_on_from_there(db: Database) -> None:
    found = await confirmed(db, Content("Hello", place=None))
    rows = await due(db)
    await arrive(db, rows[:1])
    # Two are claimed, and on their way when it is paused: one arrives, the other is to be tried again.
    paused = await hold.pause(db, found, SMALL.server, by=By(BEN, 11, NOW))
    await arrive(db, rows[1:2])
    back = partial(claims.put_back, row=rows[2], retry_at=NOW, error="later", certain=True)
    await db.write(back)
    assert await due(db) == []
    assert receipt(db, paused).direct == Counter({State.SENT: 2, State.PAUSED: 1})
    going = await hold.resume(db, paused, SMALL.server, by=By(BEN, 12, NOW))
    assert going.stage is Stage.CONFIRMED
    assert [row.id for row in await due(db)] == [rows[2].id]


async def test_a_start_takes_up_nothing_of_what_is_paused(db: Database) -> None:
    found = await confirmed(db, Content("Hello", place=None))
    rows = await due(db)
    await hold.pause(db, found, SMALL.server, by=By(BEN, 13, NOW))
    await db.write(claims.take_over)
    assert await due(db) == []
    assert receipt(db, found).direct == Counter({State.PAUSED: len(rows)})


async def test_what_is_cancelled_ends_and_what_was_sent_stays(db: Database) -> None:
    found = await confirmed(db, Content("Hello", place=None, repeat=Repeat(2, timedelta(minutes=20))))
    await arrive(db, (await due(db))[:1])
    ended = await hold.cancel(db, found, SMALL.server, by=By(BEN, 14, NOW))
    assert await due(db, at(30)) == []
    assert receipt(db, ended).to_come == 0
    with pytest.raises(UsherError, match="cancelled by now"):
        await hold.resume(db, ended, SMALL.server, by=By(BEN, 15, NOW))


async def test_a_correction_edits_what_was_sent_and_changes_what_was_not(db: Database) -> None:
    found = await confirmed(db, Content("Helo", when=When(at=at(5))), now=NOW)
    rows = await due(db, at(5))
    await arrive(db, rows)
    changed, number = await correct(db, found, Content("Hello", "now"), SMALL, by=By(BEN, 3, at(60)))
    assert (number, changed.content.title, changed.content.when) == (4, "Hello", When(at=at(5)))
    edits = await due(db, at(60))
    assert Counter(row.op for row in edits) == Counter({Op.EDIT: 1, Op.DM_EDIT: 3})
    assert {row.message_id for row in edits} == {1000 + row.id for row in rows if row.op is not Op.PUBLISH}
    assert await due(db, at(60)) == []


async def test_a_correction_that_cannot_be_sent_changes_nothing(db: Database) -> None:
    found = await confirmed(db, Content("Hello"))
    with pytest.raises(UsherError, match="The title is empty"):
        await correct(db, found, Content(" "), SMALL, by=By(BEN, 3, NOW))
    assert announcements.of_id(db.reader, 1, found.id) == found


async def test_only_what_failed_is_sent_again(db: Database) -> None:
    found = await confirmed(db, Content("Hello", place=None))
    rows = await due(db)
    await arrive(db, rows[:1])
    await arrive(db, rows[1:], State.FAILED)
    again, number = await resend(db, found, SMALL.server, by=By(BEN, 16, NOW))
    assert number == 2
    assert [row.id for row in await due(db)] == [row.id for row in rows[1:]]
    # What may have left its message is looked for first.
    assert {row.claimed_at for row in outbox.of_guild(db.reader, 1) if row.id == rows[1].id} == {outbox.instant(0)}
    with pytest.raises(UsherError, match="Nothing can be sent again"):
        await resend(db, again, SMALL.server, by=By(BEN, 17, NOW))


async def test_what_goes_by_a_session_moves_with_it(db: Database) -> None:
    await confirmed(db, Content("Soon", when=When(session="s3", offset=timedelta(minutes=-10)), copies=False))
    later = replace(SMALL, sessions=tuple(replace(one, start=at(80), end=at(120)) for one in SMALL.sessions))
    await db.write(partial(follow_sessions, guild_id=1, program=later, now=NOW))
    assert await due(db, at(60)) == []
    assert len(await due(db, at(70))) == 2


async def test_what_goes_by_a_session_that_is_cancelled_is_called_off_and_told(db: Database) -> None:
    found = await confirmed(db, Content("Soon", when=When(session="s3", offset=timedelta(minutes=-10))))
    gone = replace(SMALL, sessions=tuple(replace(one, cancelled=True) for one in SMALL.sessions))
    await db.write(partial(follow_sessions, guild_id=1, program=gone, now=NOW))
    reports = await due(db, at(60))
    assert [row.place for row in reports] == ["organizers"]
    assert receipt(db, found).reasons == Counter({turns.CALLED_OFF: 1})
    # Restored, it comes after all.
    await db.write(partial(follow_sessions, guild_id=1, program=SMALL, now=NOW))
    assert len([row for row in await due(db, at(40)) if row.op is Op.MESSAGE]) == 1


async def test_after_an_outage_only_the_last_of_several_turns_is_said(db: Database) -> None:
    found = await confirmed(db, Content("Hello", when=When(at=at(10)), repeat=Repeat(6, timedelta(minutes=20))))
    rows = await due(db, at(75))
    assert Counter(row.op for row in rows) == Counter({Op.MESSAGE: 1, Op.PUBLISH: 1, Op.DM: 3})
    assert {row.due_at for row in rows} == {at(70)}
    assert receipt(db, found).to_come == 2


async def test_turns_that_come_too_late_by_a_move_end_and_come_again(db: Database) -> None:
    by_lunch = Content(
        "Soon", when=When(session="s3"), repeat=Repeat(3, timedelta(minutes=10), until=at(70)), copies=False
    )
    await confirmed(db, by_lunch)

    def moved(minutes: int) -> Program:
        start, end = at(50 + minutes), at(90 + minutes)
        return replace(SMALL, sessions=tuple(replace(one, start=start, end=end) for one in SMALL.sessions))

    await db.write(partial(follow_sessions, guild_id=1, program=moved(15), now=NOW))
    assert [len(await due(db, at(minute))) for minute in (64, 65, 80)] == [0, 2, 0]
    await db.write(partial(follow_sessions, guild_id=1, program=SMALL, now=at(55)))
    assert len([row for row in await due(db, at(70)) if row.op is Op.MESSAGE]) == 1


async def test_a_correction_goes_on_though_the_rest_is_cancelled_and_can_follow_it(db: Database) -> None:
    found = await confirmed(db, Content("Helo", place=None))
    await arrive(db, await due(db))
    changed, _ = await correct(db, found, Content("Hello"), SMALL, by=By(BEN, 3, NOW))
    ended = await hold.cancel(db, changed, SMALL.server, by=By(BEN, 30, NOW))
    assert len(await due(db)) == 3
    _, number = await correct(db, ended, Content("Hello you"), SMALL, by=By(BEN, 31, NOW))
    assert number == 3


async def test_a_correction_that_failed_is_counted_and_made_again(db: Database) -> None:
    found = await confirmed(db, Content("Helo", place=None))
    await arrive(db, await due(db))
    changed, _ = await correct(db, found, Content("Hello"), SMALL, by=By(BEN, 3, NOW))
    await arrive(db, await due(db), State.FAILED)
    assert receipt(db, changed).failed == 3
    _, number = await resend(db, changed, SMALL.server, by=By(BEN, 32, NOW))
    assert number == 3


async def test_what_could_not_be_handed_on_is_handed_on_with_its_message(db: Database) -> None:
    found = await confirmed(db, Content("Hello", copies=False))
    rows = {row.op: row for row in await due(db)}
    await arrive(db, [rows[Op.MESSAGE]], State.FAILED)
    await arrive(db, [rows[Op.PUBLISH]], State.CANCELLED)
    await resend(db, found, SMALL.server, by=By(BEN, 33, NOW))
    assert {row.op for row in await due(db)} == {Op.MESSAGE, Op.PUBLISH}


async def test_whoever_takes_no_direct_messages_any_more_is_not_sent_to_again(db: Database) -> None:
    found = await confirmed(db, Content("Hello", place=None))
    await arrive(db, await due(db), State.FAILED)
    for user in PEOPLE:
        await db.write(partial(people.close, guild_id=1, user_id=user))
    with pytest.raises(UsherError, match="They can switch them on in /settings"):
        await resend(db, found, SMALL.server, by=By(BEN, 34, NOW))


async def test_a_copy_of_what_has_no_picture_has_none(db: Database) -> None:
    draft = await drafted(db, Content("Hello"))
    wanted = replace(draft.content, picture=Picture("picture.png", "image/png", "A map", 9))
    bare = await drafts.duplicate(db, draft, wanted, by=By(BEN, 35, NOW))
    shown = await drafts.duplicate(db, draft, wanted, by=By(BEN, 36, NOW), picture=b"bytes")
    assert (bare.content.picture, announcements.picture(db.reader, shown.id)) == (None, b"bytes")
