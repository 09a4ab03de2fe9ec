"""What the programme plans for authors: by their sessions, as they chose, and it follows what is changed."""

from collections.abc import Sequence
from functools import partial

import pytest

from bot.actions.posters.choose_author import choose_author
from bot.actions.posters.plan_portions import plan_authors
from bot.actions.programme.change_session import change_session
from bot.chat.organizing.following import Following
from bot.domain.changes.edit import Edit
from bot.domain.changes.live import Standing, cancel, delay
from bot.domain.errors import NotFoundError
from bot.domain.posters.author import AuthorChoice, Place, Times
from bot.storage.database import Database, Tables
from bot.storage.delivery.outbox import State
from bot.storage.posters import direct_channels
from bot.storage.posters.direct_channels import DirectChannel
from tests.actions.posters.authoring import ADA, BOB, GUILD, SMALL, be_author, by, rows, told
from tests.chat.samples import at

NOW = at(-120)
IN_LISTS, IN_THREAD = AuthorChoice(Times.DIGEST), AuthorChoice(Times.AT_ONCE, Place.THREAD)


async def planned(db: Database, minute: int = -120) -> None:
    await db.write(partial(plan_authors, guild_id=GUILD, program=SMALL, now=at(minute)))


async def change(db: Database, edits: Sequence[Edit], act: int, minute: int) -> None:
    shown = Following(at(minute), ())
    await change_session(db, GUILD, SMALL, edits, act=act, at=at(minute), by="7", shown=shown)


def board(session: str, start: str, lead: str, user: int = ADA, way: str = "dm") -> str:
    return f"act:author-{way}:{user}:board/{session}:2025-04-28T{start}Z:{lead}"


async def test_an_author_is_asked_three_times_before_each_session_however_many_posters_it_shows(db: Database) -> None:
    await be_author(db, ADA, "p1", "p2")
    await planned(db)
    await planned(db)
    assert told(db) == [
        (board("s1", "16:00", "T-1h"), str(ADA), at(-60)),
        (board("s1", "16:00", "T-30m"), str(ADA), at(-30)),
        (board("s1", "16:00", "T-15m"), str(ADA), at(-15)),
        (board("s2", "18:00", "T-1h"), str(ADA), at(60)),
        (board("s2", "18:00", "T-30m"), str(ADA), at(90)),
        (board("s2", "18:00", "T-15m"), str(ADA), at(105)),
    ]
    assert {row.channel_id for row in rows(db)} == {90}


async def test_lists_come_at_the_end_of_each_session(db: Database) -> None:
    await be_author(db, ADA, choice=IN_LISTS)
    await planned(db)
    assert [one for one in told(db) if "digest" in one[0]] == [
        (f"act:author-dm:{ADA}:digest/s1:2025-04-28T17:00Z", str(ADA), at(60)),
        (f"act:author-dm:{ADA}:digest/s2:2025-04-28T19:00Z", str(ADA), at(180)),
    ]


async def test_who_is_mentioned_is_asked_in_the_thread_which_is_opened(db: Database) -> None:
    await be_author(db, ADA, "p2", choice=IN_THREAD)
    await planned(db)
    assert [(key, place) for key, place, _ in told(db)] == [
        (board("s2", "18:00", lead, way="mention"), "poster/p2") for lead in ("T-1h", "T-30m", "T-15m")
    ]
    assert [row.place for row in rows(db, keys="act:thread:")] == ["poster/p2"]


async def test_who_cannot_be_written_to_has_nothing_planned(db: Database) -> None:
    await be_author(db, ADA, channel=DirectChannel(closed=True))
    await planned(db)
    assert told(db) == []


async def test_questions_move_with_the_session_and_go_with_it(db: Database) -> None:
    await be_author(db, ADA, "p2", choice=IN_LISTS)
    await planned(db)
    await change(db, delay(Standing(SMALL, SMALL, NOW), "s2", 10, "Late"), 70, -100)
    assert told(db) == [
        (board("s2", "18:10", "T-1h"), str(ADA), at(70)),
        (board("s2", "18:10", "T-30m"), str(ADA), at(100)),
        (board("s2", "18:10", "T-15m"), str(ADA), at(115)),
        (f"act:author-dm:{ADA}:digest/s2:2025-04-28T19:10Z", str(ADA), at(190)),
    ]
    await change(db, cancel(Standing(SMALL, SMALL, NOW), "s2", "Ill"), 71, -90)
    assert told(db) == []


async def test_what_is_planned_by_the_same_poster_sessions_is_left_alone(db: Database) -> None:
    await be_author(db, ADA, "p2")
    await planned(db)
    sql = "DELETE FROM outbox WHERE dedupe_key LIKE 'act:author%'"
    await db.write(partial(Tables.execute, sql=sql, parameters=[]))
    await planned(db)
    assert told(db) == []
    await change(db, delay(Standing(SMALL, SMALL, NOW), "s1", 10, "Late"), 70, -100)
    assert len(told(db)) == 3


async def test_one_changes_their_choice_and_the_others_keep_theirs(db: Database) -> None:
    await be_author(db, ADA, "p2")
    await be_author(db, BOB, "p2")
    await planned(db)
    author = await choose_author(db, GUILD, IN_THREAD, SMALL, by=by(ADA, NOW))
    assert (author.choice, author.posters) == (IN_THREAD, ("p2",))
    assert [key for key, *_ in told(db)] == [
        key
        for lead in ("T-1h", "T-30m", "T-15m")
        for key in (board("s2", "18:00", lead, BOB), board("s2", "18:00", lead, ADA, "mention"))
    ]


async def test_who_is_no_author_chooses_nothing_and_leaves_nothing(db: Database) -> None:
    with pytest.raises(NotFoundError):
        await choose_author(db, GUILD, IN_LISTS, SMALL, by=by(ADA, NOW), channel=DirectChannel(9))
    assert direct_channels.of_person(db.reader, GUILD, ADA) == DirectChannel()


async def test_a_refused_message_takes_back_what_is_planned_directly(db: Database) -> None:
    await be_author(db, ADA, "p2")
    await be_author(db, BOB, "p2")
    await planned(db)
    await db.write(partial(direct_channels.close, guild_id=GUILD, user_id=ADA, now=NOW))
    assert {row.place for row in rows(db)} == {str(BOB)}
    assert len(rows(db, state=State.CANCELLED)) == 3
    assert direct_channels.of_person(db.reader, GUILD, ADA) == DirectChannel(90, closed=True)


async def test_nothing_is_kept_of_a_stranger_who_takes_no_messages(db: Database) -> None:
    await db.write(partial(direct_channels.close, guild_id=GUILD, user_id=ADA, now=NOW))
    assert direct_channels.of_person(db.reader, GUILD, ADA) == DirectChannel()
