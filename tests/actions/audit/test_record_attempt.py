"""What was refused is kept once a minute, and told now and then."""

from datetime import timedelta

from bot.actions.audit.record_attempt import record_attempt
from bot.domain.audit import ActKind, Entry, Outcome
from bot.domain.event import Server
from bot.domain.people import Group
from bot.domain.reminders.notice import NoticeKind
from bot.storage import audit
from bot.storage.database import Database
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Priority
from tests.chat.samples import at

SERVER = Server({"organizers": "organizers"})


async def refused(
    db: Database, minute: int, *, who: int = 5, act: ActKind = ActKind.PUBLISH, server: Server = SERVER
) -> None:
    entry = Entry(at(minute), who, act, "/program reload", Outcome.REFUSED)
    await record_attempt(db, 1, server, entry, mark=f"{minute}-{who}-{act}")


def told(db: Database) -> list[int]:
    """The minutes from 09:00 at which something is told."""
    return [(row.due_at - at(0)).seconds // 60 for row in outbox.of_guild(db.reader, 1)]


async def test_the_first_attempt_in_a_minute_is_kept_and_the_first_in_ten_is_told(db: Database) -> None:
    for minute in (0, 1, 9, 10, 12, 19, 21):
        await refused(db, minute)
    assert audit.count(db.reader, 1) == 7
    assert told(db) == [0, 10, 21]


async def attempt(db: Database, second: int, outcome: Outcome = Outcome.REFUSED, *, who: int = 5) -> None:
    entry = Entry(at(0) + timedelta(seconds=second), who, ActKind.PUBLISH, "/program reload", outcome)
    await record_attempt(db, 1, SERVER, entry, mark=f"{second}-{who}-{outcome}")


async def test_who_tries_again_and_again_does_not_fill_the_trail(db: Database) -> None:
    for second in range(0, 120, 5):
        await attempt(db, second)
    await attempt(db, 7, who=6)
    assert audit.count(db.reader, 1) == 3


async def test_a_fault_of_the_bot_is_kept_each_time(db: Database) -> None:
    for second in range(3):
        await attempt(db, second, Outcome.FAILED)
    assert audit.count(db.reader, 1) == 3


async def test_another_person_and_another_kind_of_act_are_told_for_themselves(db: Database) -> None:
    await refused(db, 0)
    await refused(db, 1, who=6)
    await refused(db, 2, act=ActKind.CHANGE_SESSION)
    assert told(db) == [0, 1, 2]


async def test_what_is_told_comes_after_everything_else_and_only_to_organizers(db: Database) -> None:
    await refused(db, 0)
    (row,) = outbox.of_guild(db.reader, 1)
    assert (row.place, row.audience, row.priority) == ("organizers", Group.ORGANIZERS, Priority.BULK)
    assert (row.facts.kind, row.facts.ids) == (NoticeKind.AUDIT, ("1",))


async def test_without_a_channel_for_organizers_the_entry_alone_is_kept(db: Database) -> None:
    await refused(db, 0, server=Server())
    assert (audit.count(db.reader, 1), told(db)) == (1, [])


async def test_one_interaction_is_one_entry(db: Database) -> None:
    for _ in range(2):
        await refused(db, 0)
    assert (audit.count(db.reader, 1), told(db)) == (1, [0])
