"""What a backup does not know of is not said again by the bot that goes on with it, and no number is given twice."""

from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.actions.announce import drafts, hold
from bot.actions.announce.confirm import confirm
from bot.clock import SystemClock
from bot.domain.announce.announcement import Announcement, Content, Repeat, When
from bot.domain.attendance import Settings
from bot.domain.audit import By
from bot.domain.changes.mode import ModeRequest, Scope
from bot.domain.conduct.case import Case, Stage, Way
from bot.domain.event import Mode, Server
from bot.domain.posters.question import Answer, Question
from bot.domain.posters.question import State as Asked
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage import people
from bot.storage.conduct import cases
from bot.storage.database import Database, Tables
from bot.storage.delivery import mode_news, outbox
from bot.storage.delivery.outbox import Op, Row, State
from bot.storage.posters import answers, questions
from bot.storage.programme import mode_changes, programmes
from bot.storage.restore import MAY_HAVE_BEEN_SENT, restore
from tests.chat.samples import program
from tests.delivery.test_worker import Answering, working
from tests.faults.delivered import until

SMALL = program(server=Server({"announcements": "announcements"}))
NOW = SystemClock().now()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "usher.db"


async def drafted(db: Database, act: int = 1) -> Announcement:
    return await drafts.draft(db, 1, Content("Lunch"), None, by=By(7, act, NOW - 30 * MINUTE))


async def confirmed(db: Database, *, times: int = 1) -> Announcement:
    """To go out 10 minutes ago, in a channel and to one person, and an hour after that where it is told twice."""
    content = Content("Lunch", when=When(at=NOW - 10 * MINUTE), repeat=Repeat(times, 60 * MINUTE))
    await db.write(partial(people.put, guild_id=1, user_id=9, settings=Settings(copies=True, dm_channel_id=90)))
    draft = await drafts.draft(db, 1, content, None, by=By(7, 1, NOW - 30 * MINUTE))
    return await confirm(db, draft, SMALL, by=By(7, 2, NOW - 30 * MINUTE))


def of_kind(db: Database, kind: NoticeKind) -> list[Row]:
    return [row for row in outbox.of_guild(db.reader, 1) if row.facts.kind is kind]


async def restored(path: Path, now: datetime = NOW) -> Database:
    restore(path, now=now, force=True)
    return Database.open(path)


async def test_an_announcement_that_went_out_since_the_backup_is_not_sent_again(path: Path) -> None:
    with closing(Database.open(path)) as db:
        await confirmed(db, times=2)
        await db.back_up(NOW - 20 * MINUTE)
    db, sender = await restored(path), Answering()
    async with working(db, sender):
        await until(lambda: any(row.state is State.SENT for row in of_kind(db, NoticeKind.REPORT)))
        first, second = of_kind(db, NoticeKind.ANNOUNCEMENT)
        assert (first.op, first.state, first.last_error) == (Op.SPREAD, State.FAILED, MAY_HAVE_BEEN_SENT)
        # Its second turn is still to come.
        assert (second.op, second.state) == (Op.SPREAD, State.QUEUED)
        (report,) = of_kind(db, NoticeKind.REPORT)
        assert (report.facts.ids, report.place) == ((str(first.id),), "organizers")
        assert [key for key in sender.tried if "announce" in key] == []


async def test_an_announcement_that_was_on_its_way_at_the_backup_is_looked_for(path: Path) -> None:
    with closing(Database.open(path)) as db:
        await confirmed(db)
        async with working(db, Answering(), clock=SystemClock()):
            await until(lambda: len(of_kind(db, NoticeKind.ANNOUNCEMENT)) == 4)
    await said_by_none(path)
    db = await restored(path)
    assert {(row.state, row.claimed_at) for row in of_kind(db, NoticeKind.ANNOUNCEMENT) if row.op is not Op.SPREAD} == {
        (State.QUEUED, outbox.instant(0))
    }
    db.close()


async def said_by_none(path: Path) -> None:
    """As a backup has it that was made between the turn and its messages."""
    with closing(Database.open(path)) as db:
        await db.write(
            lambda tables: tables.execute("UPDATE outbox SET state = 'queued', claimed_at = NULL WHERE op != 'spread'")
        )
        await db.back_up(NOW)


async def test_what_was_held_back_at_the_backup_stays_so_and_is_looked_for(path: Path) -> None:
    with closing(Database.open(path)) as db:
        found = await confirmed(db)
        async with working(db, Answering()):
            await until(lambda: len(of_kind(db, NoticeKind.ANNOUNCEMENT)) == 4)
    await said_by_none(path)
    with closing(Database.open(path)) as db:
        await hold.pause(db, found, SMALL.server, by=By(7, 3, NOW))
        await db.back_up(NOW)
    db = await restored(path)
    rows = [row for row in of_kind(db, NoticeKind.ANNOUNCEMENT) if row.op is not Op.SPREAD]
    assert {(row.state, row.claimed_at) for row in rows} == {(State.PAUSED, outbox.instant(0))}
    db.close()


async def test_news_of_how_people_attend_is_looked_for(path: Path) -> None:
    with closing(Database.open(path)) as db:
        times = [("now", NOW - MINUTE, NOW + MINUTE)]
        add = partial(mode_news.add, guild_id=1, act=1, facts=Facts(NoticeKind.MODE), times=times)
        await db.write(partial(add, place="announcements", people={9: 90}))
        await db.back_up(NOW - 20 * MINUTE)
    db = await restored(path)
    assert [(row.state, row.claimed_at) for row in of_kind(db, NoticeKind.MODE)] == [
        (State.QUEUED, outbox.instant(0))
    ] * 2
    db.close()


async def change(db: Database) -> int:
    request = ModeRequest(Scope.EVENT, Mode.ONLINE)
    draft = partial(mode_changes.draft, guild_id=1, event_id="small", request=request, mark="m", by="7", at=NOW)
    return await db.write(draft)


@pytest.mark.parametrize("known", [True, False], ids=["some known", "none known"])
async def test_what_is_drafted_afterwards_has_no_number_that_a_button_may_name(path: Path, known: bool) -> None:
    with closing(Database.open(path)) as db:
        before = [await change(db), (await drafted(db, act=1)).id] if known else []
        await db.back_up(NOW)
        lost = {await change(db), (await drafted(db, act=2)).id}
    db = await restored(path)
    for now in (NOW, NOW + MINUTE):
        made = [await change(db), (await drafted(db, act=3 + int(now > NOW))).id]
        assert lost.isdisjoint(made)
        assert set(before).isdisjoint(made)
        lost |= set(made)
        await db.back_up(now)
        db.close()
        db = await restored(path, now + MINUTE)
    db.close()


async def asked(db: Database, act: int) -> tuple[Question, Answer, int]:
    """A question, its answer, and the number of a report."""

    def write(tables: Tables) -> tuple[Question, Answer, int]:
        question = questions.add(tables, 1, "p1", "Why?", asker=9, named=True, state=Asked.OPEN, at=NOW, act=act)
        answer = answers.add(tables, 1, question.id, "So.", author=8, at=NOW, act=act)
        case = Case(1, 0, "x", "", "", (), None, 9, None, Stage.OPEN, Way.DIRECT, None, NOW)
        return question, answer, cases.add(tables, case, act=act, draw=lambda _: 0).number

    return await db.write(write)


async def test_what_is_asked_afterwards_is_called_as_nothing_before(path: Path) -> None:
    """Upvote and Answer below an old message name an id, organizers a number, and a case's thread its own."""
    with closing(Database.open(path)) as db:
        await db.write(lambda tables: programmes.set_event(tables, 1, "small"))
        made = [await asked(db, 1)]
        await db.back_up(NOW)
        made.append(await asked(db, 2))
    for turn in (1, 2):
        db = await restored(path, NOW + turn * MINUTE)
        await db.back_up(NOW + turn * MINUTE)
        made.append(await asked(db, 2 + turn))
        db.close()
    questions_made, answers_made, cases_made = zip(*made, strict=True)
    assert len({one.id for one in questions_made}) == len({one.id for one in answers_made}) == len(made)
    assert [one.number for one in questions_made] == [1, 2, 1001, 2001]
    assert list(cases_made) == [100, 101, 1000, 10000]


async def test_the_words_name_what_is_lost(path: Path) -> None:
    with closing(Database.open(path)) as db:
        await db.back_up(NOW)
    said = restore(path, now=NOW, force=True).summary
    assert [word in said for word in ("/live and /mode", "announcements", "agendas", "/settings")] == [True] * 4
