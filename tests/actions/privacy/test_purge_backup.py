"""What a removal leaves in backups, what it does when it is interrupted, and who did what."""

from contextlib import closing
from datetime import timedelta
from functools import partial

import pytest

from bot.actions.conduct.report import Written, report
from bot.clock import SystemClock
from bot.delivery.alarm import Alarm
from bot.delivery.housekeeping import keep_house
from bot.domain.announce.announcement import Content, Picture, Stage
from bot.domain.audit import ActKind, By, Entry
from bot.domain.conduct.case import KNOWN_FOR, Person, Quoted, Way
from bot.storage import audit
from bot.storage.announce import announcements
from bot.storage.backup import backup_of, made_at
from bot.storage.conduct import drafts
from bot.storage.conduct.drafts import Draft
from bot.storage.database import Database, Tables
from bot.storage.delivery.outbox import millis
from tests.actions.privacy.test_decide import GUILD, WHO, counts, everything, live
from tests.actions.privacy.test_purge import DAY, OVER, add, end, keys, purged
from tests.chat.samples import at
from tests.faults.delivered import until


async def test_who_did_what_goes_after_its_time(db: Database) -> None:
    def write(tables: Tables) -> None:
        for day in (0, 1, 2):
            entry = Entry(at(0) + day * DAY, WHO, ActKind.ANNOUNCE, f"Lunch {day}")
            audit.add(tables, GUILD, entry, mark=f"m{day}")
        announcements.add(tables, GUILD, Content("Lunch"), by=WHO, at=at(0), act=1)
        tables.execute("UPDATE announcement SET stage = 'confirmed'")

    await db.write(write)
    await purged(db, at(0) + 181 * DAY)
    assert [(entry.actor, entry.about) for entry in audit.newest(db.reader, GUILD, most=9)] == [(WHO, "Lunch 2")]
    (found,) = announcements.of_guild(db.reader, GUILD, skip=0, most=9)
    assert (found.content.title, found.author, found.changed_by) == ("Lunch", 0, 0)
    await purged(db, at(0) + 182 * DAY)
    assert [(entry.actor, entry.about) for entry in audit.newest(db.reader, GUILD, most=9)] == [(None, "")]


async def test_drafts_and_pictures_go_after_their_times(db: Database) -> None:
    def write(tables: Tables) -> None:
        for act, stage in ((1, Stage.CONFIRMED), (2, Stage.DRAFT), (3, Stage.DRAFT)):
            made = announcements.add(
                tables,
                GUILD,
                Content(f"A{act}", picture=Picture("a.png", "image/png", "A map", 3)),
                by=WHO,
                at=at(0),
                act=act,
            )
            announcements.put_picture(tables, made.id, b"png")
            tables.execute("UPDATE announcement SET stage = ? WHERE id = ?", [stage, made.id])

    def left() -> tuple[list[tuple[str, bool]], list[int]]:
        found = announcements.of_guild(db.reader, GUILD, skip=0, most=9)
        pictures = [row[0] for row in db.reader.execute("SELECT announcement FROM picture")]
        return [(one.content.title, one.content.picture is not None) for one in found], pictures

    await live(db)
    await db.write(write)
    await purged(db, at(2) + 7 * DAY)
    assert "Drafts" in await counts(db, WHO)
    assert left() == ([("A1", True)], [1])
    await purged(db, at(3) + 7 * DAY)
    assert "Drafts" not in await counts(db, WHO)
    await purged(db, OVER + 30 * DAY)
    assert left() == ([("A1", False)], [])


async def test_again_finds_nothing(db: Database) -> None:
    await live(db)
    await purged(db, OVER + 300 * DAY)
    before = everything(db)
    await purged(db, OVER + 300 * DAY)
    assert everything(db) == before


async def test_an_interrupted_one_goes_on_with_the_rest(db: Database) -> None:
    """As when the process ends between two steps: what was removed stays so, and the next one does the rest."""
    await live(db)
    fault = "CREATE TRIGGER fault BEFORE DELETE ON outbox BEGIN SELECT raise(FAIL, 'disk full'); END"

    def write(tables: Tables) -> None:
        add(tables, "old")
        end(tables, "sent", at(0))
        add(tables, "newest")

    await db.write(write)
    await db.write(partial(Tables.execute, sql=fault))
    with pytest.raises(Exception, match="disk full"):
        await purged(db, OVER + 300 * DAY)
    assert (await counts(db, WHO), "old" in keys(db)) == ({}, True)
    await db.write(partial(Tables.execute, sql="DROP TRIGGER fault"))
    await purged(db, OVER + 300 * DAY)
    assert "old" not in keys(db)


async def test_what_was_removed_is_not_in_the_backup_of_that_day(db: Database) -> None:
    await live(db)
    alarm = Alarm(SystemClock().wall)
    keep_house(db, SystemClock(), alarm, lambda: purged(db, OVER + 30 * DAY))
    await until(lambda: made_at(db.path) is not None)
    alarm.stop()
    with closing(Database.open(backup_of(db.path))) as copy:
        assert await counts(copy, WHO) == {"Direct messages": 1}


async def test_who_reported_is_in_no_backup_once_the_case_was_closed_long_enough_ago(db: Database) -> None:
    """With messages of which the report was begun and never sent. Both go before the event is over."""
    draft = Draft(Quoted(Person(5, "Eve"), "Text", "https://discord.com/channels/1/2/3", at(0)))

    def write(tables: Tables) -> None:
        drafts.keep(tables, 9, draft, at(0))
        tables.execute("UPDATE conduct_case SET closed_at = ?", [millis(at(0))])

    def kept(of: Database) -> tuple[list[int | None], Draft | None]:
        found = of.reader.execute("SELECT reporter FROM conduct_case")
        return [reporter for (reporter,) in found], drafts.of_form(of.reader, 9)

    await report(db, GUILD, Written(1, "x"), way=Way.THREAD, by=By(WHO, 2, at(0)))
    await db.write(write)
    await purged(db, at(0) + DAY - timedelta(seconds=1))
    assert kept(db) == ([WHO], draft)
    alarm = Alarm(SystemClock().wall)
    keep_house(db, SystemClock(), alarm, lambda: purged(db, at(0) + KNOWN_FOR))
    await until(lambda: made_at(db.path) is not None)
    alarm.stop()
    with closing(Database.open(backup_of(db.path))) as copy:
        assert kept(copy) == ([None], None)


async def test_a_removal_that_fails_is_logged_and_the_backup_is_made(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def failing() -> None:
        raise OSError("disk full")

    alarm = Alarm(SystemClock().wall)
    keep_house(db, SystemClock(), alarm, failing)
    await until(lambda: made_at(db.path) is not None)
    alarm.stop()
    assert "what is kept no longer could not be removed" in caplog.text
