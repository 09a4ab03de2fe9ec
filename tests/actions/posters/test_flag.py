"""A report is kept once for each person and question, and organizers are told of it, but not without end."""

from datetime import timedelta
from functools import partial

import pytest

from bot.actions.posters.flag import FLAGS_MOST, TOLD_MOST, flag
from bot.domain.audit import By
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.event import Server
from bot.domain.posters.limits import LATELY
from bot.domain.posters.question import Question, State
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Database
from bot.storage.delivery import outbox
from bot.storage.posters import questions
from tests.chat.samples import at

GUILD, REPORTER = 7, 500
SERVER = Server(channels={"organizers": "organizers"})


async def question(db: Database, number: int, state: State = State.OPEN) -> Question:
    add = partial(questions.add, guild_id=GUILD, poster_id="p1", text="Why?", asker=1, named=False, state=state)
    return await db.write(partial(add, at=at(0), act=number))


def by(act: int, *, user: int = REPORTER, minutes: float = 0) -> By:
    return By(user, act, at(0) + timedelta(minutes=minutes))


def told(db: Database) -> list[Facts]:
    return [row.facts for row in outbox.of_guild(db.reader, GUILD)]


async def test_a_second_report_by_the_same_person_tells_nobody(db: Database) -> None:
    one = await question(db, 1)
    done = [await flag(db, GUILD, one.id, "Rude", named=False, by=by(act), server=SERVER) for act in (10, 11)]
    assert [(each.new, each.told) for each in done] == [(True, True), (False, True)]
    assert told(db) == [Facts(NoticeKind.FLAG, ("1", "1"))]


async def test_many_reports_of_one_question_do_not_flood_the_organizers(db: Database) -> None:
    one = await question(db, 1)
    for user in range(TOLD_MOST + 3):
        done = await flag(db, GUILD, one.id, "Rude", named=False, by=by(10 + user, user=user), server=SERVER)
        assert done.new
    assert len(told(db)) == TOLD_MOST


async def test_one_person_cannot_report_without_end(db: Database) -> None:
    every = [await question(db, number) for number in range(1, FLAGS_MOST + 2)]
    for one in every[:-1]:
        await flag(db, GUILD, one.id, "Rude", named=False, by=by(100 + one.id), server=SERVER)
    last = partial(flag, db, GUILD, every[-1].id, "Rude", named=False, server=SERVER)
    with pytest.raises(UsherError, match=f"You reported {FLAGS_MOST} questions within a short time"):
        await last(by=by(200))
    assert len(told(db)) == FLAGS_MOST
    assert (await last(by=by(201, minutes=LATELY / timedelta(minutes=1)))).new


async def test_without_a_channel_for_organizers_nobody_is_said_to_be_told(db: Database) -> None:
    one = await question(db, 1)
    done = await flag(db, GUILD, one.id, "Rude", named=False, by=by(10), server=Server())
    assert (done.new, done.told, told(db)) == (True, False, [])


@pytest.mark.parametrize("state", [State.HIDDEN, State.WITHDRAWN])
async def test_what_is_not_shown_cannot_be_reported(db: Database, state: State) -> None:
    one = await question(db, 1, state)
    with pytest.raises(NotFoundError):
        await flag(db, GUILD, one.id, "Rude", named=False, by=by(10), server=SERVER)
