"""Who comes to the committee and who leaves it, and what that is for the cases there are."""

import pytest

from bot.actions.conduct.committee import add_member, forget_member, note_member, remove_member
from bot.actions.conduct.handle import Doing, acknowledge, assign, close
from bot.actions.conduct.report import Written, answer, report
from bot.domain.audit import By
from bot.domain.conduct.case import Member, Person, Step, Way
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.event import Server
from bot.storage import audit
from bot.storage.conduct import cases, committee, entries, readers
from bot.storage.conduct.reaching import came_to_nothing, is_heard
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import Op, State
from tests.chat.samples import at, lowest

GUILD, REPORTER, ANA, BEN, EVE = 1, 77, 11, 12, 13
#: Organizers: what is reported is about the one, and nothing is about the other.
NAMED, OTHER = 21, 22
SERVER = Server({"conduct": "reports"}, {"organizers": "Organizer"})


@pytest.fixture
async def db(db: Database) -> Database:
    """With two on the committee."""
    for number, name in ((ANA, "Ana"), (BEN, "Ben")):
        await add_member(db, GUILD, Member(number, name, OTHER), SERVER, by=by(OTHER, number))
    return db


def by(user: int, act: int) -> By:
    return By(user, act, at(0))


async def filed(db: Database, form: int, *involved: int, way: Way = Way.THREAD) -> int:
    written = Written(form, "x", involved=tuple(Person(one, "Somebody") for one in involved))
    done = await report(db, GUILD, written, way=way, by=by(REPORTER, form + 1_000), draw=lowest)
    return done.case.number


async def added(db: Database, who: int, organizer: int, act: int) -> bool:
    return await add_member(db, GUILD, Member(who, "Somebody", organizer), SERVER, by=by(organizer, act))


async def removed(db: Database, who: int, organizer: int, act: int) -> bool:
    return await remove_member(db, GUILD, Member(who, "Somebody"), SERVER, by=by(organizer, act))


def read_by(db: Database, number: int) -> list[int]:
    case = cases.of_number(db.reader, GUILD, number)
    assert case is not None
    return [one.id for one in readers.of_case(db.reader, case)]


def brought(db: Database, who: int) -> list[tuple[str, str]]:
    rows = outbox.of_guild(db.reader, GUILD)
    return [(row.key, row.op.value) for row in rows if f":{who}" in row.key]


async def test_who_comes_is_let_into_the_open_cases_of_others_and_told_once_how_many_there_are(db: Database) -> None:
    await filed(db, 1)
    await filed(db, 2, EVE)
    await filed(db, 3, way=Way.DIRECT)
    await close(db, await filed(db, 4), "Done", Doing(GUILD, SERVER, "Ana", by(ANA, 1)), form=1)
    for act in (31, 32):
        await note_member(db, GUILD, Member(EVE, "Eve"), by(EVE, act))
    came = [("act:case:100:member:13:31", "member"), ("act:case:open:13:31", "dm")]
    assert (brought(db, EVE), readers.open_to(db.reader, GUILD, EVE)) == (came, 2)
    for act in (33, 34):
        await forget_member(db, GUILD, Member(EVE, "Eve"), by(EVE, act))
    assert brought(db, EVE) == [*came, ("act:case:100:member:13:33", "member")]


async def test_who_comes_where_nothing_is_open_is_told_nothing(db: Database) -> None:
    await filed(db, 1, EVE)
    await note_member(db, GUILD, Member(EVE, "Eve"), by(EVE, 31))
    assert brought(db, EVE) == []


async def test_one_whom_an_organizer_named_stays_so_when_they_use_the_bot(db: Database) -> None:
    assert await added(db, EVE, 5, 1)
    await note_member(db, GUILD, Member(EVE, "Eve"), by(EVE, 2))
    assert committee.of_person(db.reader, GUILD, EVE) == Member(EVE, "Somebody", 5)


@pytest.mark.parametrize("way", Way)
async def test_whom_an_involved_organizer_adds_does_not_read_the_case_until_another_adds_them(
    way: Way, db: Database
) -> None:
    about, other = await filed(db, 1, NAMED, way=way), await filed(db, 2)
    assert await added(db, EVE, NAMED, 31)
    assert (read_by(db, about), read_by(db, other)) == ([ANA, BEN], [ANA, BEN, EVE])
    assert (brought(db, EVE)[0], readers.open_to(db.reader, GUILD, EVE)) == (
        (f"act:case:{other}:member:13:31", "member"),
        1,
    )
    with pytest.raises(NotFoundError):
        await acknowledge(db, about, Doing(GUILD, SERVER, "Eve", by(EVE, 1)))
    with pytest.raises(UsherError, match="This person cannot take the case"):
        await assign(db, about, EVE, Doing(GUILD, SERVER, "Ana", by(ANA, 2)))
    await answer(db, GUILD, about, "More", form=3, by=by(REPORTER, 3))
    assert [key for key, _ in brought(db, EVE) if key.startswith(f"act:case:{about}:")] == []
    # They are on it: another organizer says once more that they should be.
    assert not await added(db, EVE, OTHER, 32)
    assert read_by(db, about) == [ANA, BEN, EVE]
    assert ("act:case:open:13:32", "dm") in brought(db, EVE)


@pytest.mark.parametrize("way", Way)
async def test_whom_an_involved_organizer_takes_off_goes_on_to_read_the_case_until_another_takes_them_off(
    way: Way, db: Database
) -> None:
    about, other = await filed(db, 1, NAMED, way=way), await filed(db, 2)
    assert await removed(db, BEN, NAMED, 31)
    assert (read_by(db, about), read_by(db, other)) == ([ANA, BEN], [ANA])
    off = Doing(GUILD, SERVER, "Ben", by(BEN, 1), member=False)
    await acknowledge(db, about, off)
    with pytest.raises(NotFoundError):
        await acknowledge(db, other, off)
    await answer(db, GUILD, about, "More", form=3, by=by(REPORTER, 3))
    log = entries.of_case(db.reader, GUILD, about)
    more = f"member:{BEN}:{log[-1].id}" if way is Way.THREAD else f"step:{log[-1].id}:{BEN}"
    assert f"act:case:{about}:{more}" in [key for key, _ in brought(db, BEN)]
    # To take off and to put on again changes nothing.
    await added(db, BEN, NAMED, 32)
    await removed(db, BEN, NAMED, 33)
    assert read_by(db, about) == [ANA, BEN]
    # For who is involved they are off it; whoever is not takes them off this case, too.
    assert not await removed(db, BEN, NAMED, 34)
    before = audit.count(db.reader, GUILD)
    assert [await removed(db, BEN, OTHER, act) for act in (35, 36)] == [True, False]
    assert (read_by(db, about), audit.count(db.reader, GUILD) - before) == ([ANA], 1)


async def test_who_leaves_takes_care_only_of_what_they_still_read_and_of_what_is_closed(db: Database) -> None:
    numbers = [await filed(db, 1), await filed(db, 2, NAMED), await filed(db, 3)]
    for number in numbers:
        await assign(db, number, BEN, Doing(GUILD, SERVER, "Ana", by(ANA, number)))
    await close(db, numbers[2], "Done", Doing(GUILD, SERVER, "Ana", by(ANA, 1)), form=1)
    await db.write(lambda tables: tables.execute("UPDATE outbox SET state = 'sent'"))
    await removed(db, BEN, NAMED, 31)
    every = [cases.of_number(db.reader, GUILD, number) for number in numbers]
    assert [one.assigned.id if one is not None and one.assigned else None for one in every] == [None, BEN, BEN]
    rows = outbox.of_guild(db.reader, GUILD)
    assert [row.facts.ids for row in rows if row.op is Op.EDIT and row.state is State.QUEUED] == [(str(numbers[0]),)]


async def test_an_involved_organizer_shows_nobody_the_cases_that_were_closed(db: Database) -> None:
    about = await filed(db, 1, NAMED)
    await close(db, about, "Done", Doing(GUILD, SERVER, "Ana", by(ANA, 1)), form=1)
    await added(db, EVE, NAMED, 31)
    assert (read_by(db, about), brought(db, EVE)) == ([ANA, BEN], [])


async def test_who_reported_hears_when_the_last_one_who_reads_it_leaves(db: Database) -> None:
    about = await filed(db, 1, ANA)
    await acknowledge(db, about, Doing(GUILD, SERVER, "Ben", by(BEN, 1)))
    await removed(db, ANA, OTHER, 31)
    assert [entry.step for entry in entries.of_case(db.reader, GUILD, about)] == [Step.READ]
    await removed(db, BEN, OTHER, 32)
    log = entries.of_case(db.reader, GUILD, about)
    assert [entry.step for entry in log] == [Step.READ, Step.UNHEARD]
    assert f"act:case:{about}:news:{log[-1].id}" in [row.key for row in outbox.of_guild(db.reader, GUILD)]
    case = cases.of_number(db.reader, GUILD, about)
    assert case is not None
    assert not is_heard(db.reader, case)
    await added(db, EVE, OTHER, 33)
    assert is_heard(db.reader, case)


async def test_who_reported_does_not_count_as_one_who_reads_it(db: Database) -> None:
    done = await report(db, GUILD, Written(1, "x"), way=Way.THREAD, by=by(ANA, 2), draw=lowest)
    await removed(db, BEN, OTHER, 31)
    assert [entry.step for entry in entries.of_case(db.reader, GUILD, done.case.number)] == [Step.UNHEARD]


async def test_whoever_is_involved_shuts_nobody_out_who_reads_cases_by_their_role(db: Database) -> None:
    number = await filed(db, 1, NAMED)
    member = Member(EVE, "Eve", NAMED)
    await add_member(db, GUILD, member, SERVER, by=by(NAMED, 31), by_role=True)
    assert (read_by(db, number), brought(db, EVE)[0][1]) == ([ANA, BEN, EVE], "member")


async def test_what_told_of_open_cases_does_not_tell_of_those_that_came_after(db: Database) -> None:
    await filed(db, 1, way=Way.DIRECT)
    await note_member(db, GUILD, Member(EVE, "Eve"), By(EVE, 31, at(1)))
    for who in (ANA, BEN):
        await removed(db, who, OTHER, 40 + who)
    written = Written(2, "x")
    later = By(REPORTER, 1_002, at(2))
    number = (await report(db, GUILD, written, way=Way.DIRECT, by=later, draw=lowest)).case.number

    def refuse(tables: Tables) -> None:
        tables.execute("UPDATE outbox SET state = 'sent' WHERE op IN ('dm', 'member')")
        (row,) = (row for row in outbox.of_guild(tables, GUILD) if row.key == f"act:case:{number}:{EVE}")
        tables.execute("UPDATE outbox SET state = 'failed' WHERE id = ?", [row.id])
        came_to_nothing(tables, row, at(3), refused=True)

    await db.write(refuse)
    assert [entry.step for entry in entries.of_case(db.reader, GUILD, number)] == [Step.UNHEARD]
