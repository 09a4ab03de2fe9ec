"""What is stored about a person is handed over whole, and forgotten at once or not at all."""

from functools import partial

import pytest

from bot.actions.posters.answer import answer
from bot.actions.posters.ask import Written, ask
from bot.actions.posters.vote import vote
from bot.actions.privacy.decide import delete_data, forget, held
from bot.domain.agenda import Star, StarKind
from bot.domain.attendance import Attends, Settings
from bot.domain.audit import By
from bot.domain.posters.question import Question, State
from bot.storage import people
from bot.storage.agenda import stars
from bot.storage.database import Database, Tables
from bot.storage.delivery import outbox
from bot.storage.posters import author_roles, authorship, exported, moderation, questions
from bot.storage.privacy.holding import Leaving
from bot.storage.privacy.holdings import people_of
from tests.chat.samples import at, program

GUILD, WHO, OTHER = 11, 4001, 4002


def by(user: int, act: int) -> By:
    return By(user, act, at(act % 60))


async def asked(db: Database, user: int, act: int, text: str) -> Question:
    return (await ask(db, GUILD, Written("p1", text, named=True), program(), by=by(user, act), anyway=True)).question


async def live(db: Database) -> None:
    """A person who starred, chose, asked three times, upvoted and answered; and another who answers the first."""

    def write(tables: Tables) -> None:
        stars.add(tables, GUILD, WHO, Star(StarKind.SESSION, "s1"), at(0), most=9)
        people.put(tables, GUILD, WHO, Settings(Attends.ONLINE, roles=(5,)))
        for user in (WHO, OTHER):
            authorship.add(tables, GUILD, "p1", user, at=at(0))

    await db.write(write)
    first = await asked(db, WHO, 1, "Why does it converge?")
    await asked(db, WHO, 2, "Where is the code?")
    await asked(db, WHO, 3, "")
    theirs = await asked(db, OTHER, 4, "How large is the batch?")
    await answer(db, GUILD, first.id, "It is convex.", by=by(OTHER, 5))
    await answer(db, GUILD, theirs.id, "64.0 or so.", by=by(WHO, 6))
    await answer(db, GUILD, theirs.id, "👍", by=by(WHO, 62))  # has no words, and is kept
    await vote(db, GUILD, theirs.id, by=by(WHO, 7))
    await vote(db, GUILD, 2, by=by(OTHER, 8))


def everything(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {name: db.reader.execute(f"SELECT * FROM {name}").fetchall() for name in db.reader.table_names()}


async def counts(db: Database, user: int) -> dict[str, int]:
    return {one.holding.name: len(one.entries) for one in await held(db, GUILD, user) if one.entries}


async def test_each_kind_is_found_of_its_person_alone(db: Database) -> None:
    await live(db)
    assert await counts(db, WHO) == {
        "Agenda": 1, "Settings": 1, "Upvotes": 1, "Questions": 2, "Drafts": 2, "Answers": 1, "Authorship": 1,
        "Direct messages": 1,
    }  # fmt: skip
    assert await counts(db, OTHER) == {
        "Direct messages": 2, "Upvotes": 1, "Questions": 1, "Answers": 1, "Authorship": 1,
    }  # fmt: skip
    assert await counts(db, 4003) == {}


async def test_what_was_kept_of_a_question_that_is_gone_is_handed_over(db: Database) -> None:
    await live(db)
    await db.write(partial(Tables.execute, sql="DELETE FROM question WHERE asker != 4001 OR state = 'draft'"))
    (entry,) = next(one.entries for one in await held(db, GUILD, WHO) if one.holding.name == "Drafts")
    assert (entry["kept"], entry["text"], entry["question"], entry["poster"]) == ("answer", "👍", None, None)


async def test_what_was_answered_stays_without_the_name_and_the_rest_goes(db: Database) -> None:
    await live(db)
    done = await delete_data(db, GUILD, by=by(WHO, 9))
    assert {holding.name: number for holding, number in done} == {
        "Agenda": 1, "Settings": 1, "Upvotes": 1, "Questions": 2, "Drafts": 2, "Answers": 1, "Authorship": 1,
        "Direct messages": 1,
    }  # fmt: skip
    rows = [questions.of_id(db.reader, GUILD, number) for number in (1, 2, 3, 4)]
    kept = [(one.asker, one.named, one.text, one.state, one.votes) if one else None for one in rows]
    assert kept == [
        (None, False, "Why does it converge?", State.ANSWERED, 0),
        (None, False, "", State.WITHDRAWN, 0),
        None,
        (OTHER, True, "How large is the batch?", State.ANSWERED, 0),
    ]
    assert db.reader.execute("SELECT author, text FROM answer ORDER BY id").fetchall() == [
        (OTHER, "It is convex."),
        (None, "64.0 or so."),
    ]
    assert db.reader.execute("SELECT * FROM vote").fetchall() == []
    assert await counts(db, OTHER) == {"Direct messages": 2, "Questions": 1, "Answers": 1, "Authorship": 1}


async def test_each_message_with_the_name_is_edited_once(db: Database) -> None:
    await live(db)
    await db.write(partial(Tables.execute, sql="DELETE FROM outbox WHERE op = 'edit'"))
    await delete_data(db, GUILD, by=by(WHO, 9))
    rows = outbox.of_guild(db.reader, GUILD)
    keys = {str(row.id): row.key for row in rows}
    edited = sorted(keys[row.place] for row in rows if row.op is outbox.Op.EDIT)
    assert edited == ["act:answer:1", "act:answer:2", "act:question:1", "act:question:2", "act:question:4"]


async def test_again_changes_nothing(db: Database) -> None:
    await live(db)
    await delete_data(db, GUILD, by=by(WHO, 9))
    before = everything(db)
    assert await delete_data(db, GUILD, by=by(WHO, 10)) == []
    assert everything(db) == before


@pytest.mark.parametrize("time_is_up", [True, False])
async def test_who_is_left_out_of_exports_stays_so_without_a_name(db: Database, time_is_up: bool) -> None:
    await live(db)
    leaving = Leaving(GUILD, WHO, at(9), time_is_up=time_is_up)
    await db.write(partial(exported.leave_out, guild_id=GUILD, user_id=WHO, out=True))
    await db.write(lambda tables: forget(tables, leaving))
    stored = exported.everything(db.reader, GUILD)
    assert [one.number for one in stored.questions if one.is_shown] == [3]
    assert ([one.text for one in stored.answers], stored.out) == (["It is convex."], frozenset())


async def test_what_was_asked_without_a_name_is_exported_before_and_after(db: Database) -> None:
    await live(db)
    await db.write(partial(Tables.execute, sql="UPDATE question SET named = 0"))
    await db.write(partial(exported.leave_out, guild_id=GUILD, user_id=WHO, out=True))
    await delete_data(db, GUILD, by=by(WHO, 9))
    assert [one.number for one in exported.everything(db.reader, GUILD).questions if one.is_shown] == [1, 3]


async def test_a_report_stays_without_who_made_it_and_cannot_be_told_from_another(db: Database) -> None:
    await live(db)
    question = questions.of_id(db.reader, GUILD, 1)
    assert question is not None
    for user, act in ((WHO, 20), (OTHER, 21)):
        await db.write(partial(moderation.add_flag, question=question, named=True, why="rude", by=by(user, act)))
    await delete_data(db, GUILD, by=by(WHO, 9))
    found = [moderation.flag_of_id(db.reader, GUILD, number) for number in (1, 2)]
    assert [one.by if one else 0 for one in found] == [None, OTHER]
    assert moderation.flags_of_question(db.reader, 1) == 2


async def test_who_was_stopped_stays_stopped_until_the_time_is_up(db: Database) -> None:
    await db.write(partial(moderation.stop, guild_id=GUILD, user_id=WHO, why="spam", by=by(OTHER, 1)))
    await delete_data(db, GUILD, by=by(WHO, 9))
    assert moderation.why_stopped(db.reader, GUILD, WHO) == "spam"
    await db.write(lambda tables: forget(tables, Leaving(GUILD, WHO, at(9), time_is_up=True)))
    assert moderation.why_stopped(db.reader, GUILD, WHO) is None


async def test_a_fault_in_the_middle_leaves_everything(db: Database) -> None:
    """Answers come late in the list: what stands before them was forgotten by then."""
    await live(db)
    fault = "CREATE TRIGGER fault BEFORE UPDATE ON answer BEGIN SELECT raise(FAIL, 'disk I/O error'); END"
    await db.write(partial(Tables.execute, sql=fault))
    before = everything(db)
    with pytest.raises(Exception, match="disk I/O error"):
        await delete_data(db, GUILD, by=by(WHO, 9))
    assert everything(db) == before


async def test_what_was_deleted_is_not_in_the_file_any_more(db: Database) -> None:
    await live(db)
    await delete_data(db, GUILD, by=by(WHO, 9))
    await db.aside(partial(Tables.execute, sql="PRAGMA wal_checkpoint(TRUNCATE)"))
    content = db.path.read_bytes()
    assert (b"Why does it converge?" in content, b"Where is the code?" in content) == (True, False)


async def test_a_role_that_discord_did_not_take_back_is_known_until_its_time_is_up(db: Database) -> None:
    """And tried again by whoever asks for it."""

    def given(tables: Tables) -> None:
        authorship.add(tables, GUILD, "p1", WHO, at=at(0))
        author_roles.follow(tables, GUILD, WHO, at(0))
        tables.execute("UPDATE author_role SET role_id = 70")

    def ended(tables: Tables, state: str = "failed") -> None:
        tables.execute("UPDATE outbox SET state = ?, done_at = 0 WHERE op = 'role'", [state])

    async def forgotten() -> None:
        await db.write(partial(forget, who=Leaving(GUILD, WHO, at(9), time_is_up=True)))

    await db.write(given)
    await db.write(partial(ended, state="sent"))
    for act in (9, 10):
        assert [number for _, number in await delete_data(db, GUILD, by=by(WHO, act))] == [1]
        # It is under way: that takes its time.
        await forgotten()
        ((entry,),) = [one.entries for one in await held(db, GUILD, WHO) if one.holding.name == "Authorship"]
        assert entry == {"role_given": "yes", "role_taken_back": "not yet"}
        await db.write(ended)
    assert people_of(db.reader, GUILD) == [WHO]
    await forgotten()
    assert (await counts(db, WHO), people_of(db.reader, GUILD)) == ({}, [])
