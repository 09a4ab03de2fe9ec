"""Who hears of a question, when and where; and whoever asked without their name hears of the answer."""

from datetime import timedelta
from functools import partial

import pytest

from bot.actions.posters.answer import answer
from bot.actions.posters.ask import Written, ask, ask_draft, withdraw
from bot.actions.posters.rewrite import rewrite
from bot.actions.posters.tell_authors import mentioned
from bot.domain.posters.author import AuthorChoice, Place, Times
from bot.storage.database import Database, Tables
from bot.storage.delivery.outbox import Op
from bot.storage.posters import direct_channels
from bot.storage.posters.direct_channels import DirectChannel
from tests.actions.posters.authoring import ADA, BOB, CHANNEL, EVE, GUILD, SMALL, asked, be_author, by, rows, told
from tests.chat.samples import at

NOON, NIGHT = at(180), at(14 * 60)
#: 08:00 of the day after.
MORNING = at(-60) + timedelta(days=1)
IN_LISTS, IN_THREAD = AuthorChoice(Times.DIGEST), AuthorChoice(Times.AT_ONCE, Place.THREAD)
LISTED_IN_THREAD = AuthorChoice(Times.DIGEST, Place.THREAD)


def question(user: int, number: int = 1) -> str:
    return f"act:author:{user}:question:{number}"


async def has_channel(db: Database, user: int, channel: DirectChannel = CHANNEL) -> None:
    await db.write(partial(direct_channels.put, guild_id=GUILD, user_id=user, channel=channel))


async def test_every_author_hears_at_once_in_the_channel_that_was_opened(db: Database) -> None:
    await be_author(db, ADA)
    await be_author(db, BOB)
    await be_author(db, EVE, "p2")
    await asked(db, NOON)
    assert told(db) == [(question(ADA), str(ADA), NOON), (question(BOB), str(BOB), NOON)]
    assert [(row.op, row.channel_id) for row in rows(db)] == [(Op.DM, 90), (Op.DM, 90)]


async def test_in_the_night_it_waits_for_the_morning(db: Database) -> None:
    await be_author(db, ADA)
    await asked(db, NIGHT)
    assert told(db) == [(question(ADA), str(ADA), MORNING)]


async def test_an_author_who_asks_needs_not_be_told(db: Database) -> None:
    await be_author(db, ADA)
    await be_author(db, BOB)
    await asked(db, NOON, user=ADA)
    assert told(db) == [(question(BOB), str(BOB), NOON)]


async def test_of_many_questions_the_morning_brings_one_list(db: Database) -> None:
    await be_author(db, ADA, choice=IN_LISTS)
    for minute in range(3):
        await asked(db, at(180 + minute))
    assert told(db) == [(f"act:author:{ADA}:morning:2025-04-29", str(ADA), MORNING)]


async def test_lists_in_threads_are_of_one_poster_each(db: Database) -> None:
    await be_author(db, ADA, "p1", "p2", choice=LISTED_IN_THREAD)
    await asked(db, NOON)
    assert told(db) == [(f"act:author:{ADA}:morning:2025-04-29:p1", "poster/p1", MORNING)]
    assert [row.op for row in rows(db)] == [Op.MESSAGE]


@pytest.mark.parametrize("choice", [AuthorChoice(), IN_LISTS])
async def test_who_cannot_be_written_to_is_not_and_the_others_are(db: Database, choice: AuthorChoice) -> None:
    await be_author(db, ADA, choice=choice, channel=DirectChannel(closed=True))
    await be_author(db, BOB)
    await asked(db, NOON)
    assert told(db) == [(question(BOB), str(BOB), NOON)]


async def test_who_is_mentioned_is_in_the_questions_own_message(db: Database) -> None:
    await be_author(db, ADA, choice=IN_THREAD)
    await be_author(db, BOB, choice=IN_THREAD)
    found = await asked(db, NOON)
    assert (told(db), mentioned(db.reader, found)) == ([], (ADA, BOB))


async def test_a_mention_that_is_left_out_tells_nobody_who_asked(db: Database) -> None:
    """Of authors who are all mentioned, the one missing would be the one who asked."""
    await be_author(db, ADA, choice=IN_THREAD)
    await be_author(db, BOB, choice=IN_THREAD)
    secret = await asked(db, NOON, user=ADA, named=False)
    open_ = await asked(db, NOON, user=ADA, text="Why not?")
    assert (mentioned(db.reader, secret), mentioned(db.reader, open_)) == ((ADA, BOB), (BOB,))


async def test_a_draft_is_told_when_it_is_asked(db: Database) -> None:
    await be_author(db, ADA)
    await asked(db, NOON, text="How does training scale with the number of layers?")
    likes = [
        Written("p1", f"How does the training scale with {what} of layers?", True) for what in ("number", "the number")
    ]
    drafts = [(await ask(db, GUILD, like, SMALL, by=by(BOB, NOON))).question for like in likes]
    assert len(told(db)) == 1
    await ask_draft(db, GUILD, drafts[0].id, SMALL, by=by(BOB, NOON))
    await rewrite(db, GUILD, drafts[1].id, "Something else entirely?", SMALL, named=True, by=by(BOB, NOON))
    assert [key for key, *_ in told(db)] == [question(ADA, number) for number in (1, 2, 3)]


async def test_what_was_told_follows_the_question(db: Database) -> None:
    await be_author(db, ADA)
    found = await asked(db, NOON)
    (row,) = rows(db)
    await rewrite(db, GUILD, found.id, "Why not?", SMALL, named=False, by=by(EVE, NOON))
    # It was not sent yet: what is true then is said then.
    assert [edit for edit in rows(db, keys="act:edit:") if edit.op is Op.DM_EDIT] == []
    await db.write(partial(Tables.execute, sql="UPDATE outbox SET state = 'sent'", parameters=[]))
    await withdraw(db, GUILD, found.id, by=by(EVE, NOON))
    edits = [(edit.key, edit.op, edit.place) for edit in rows(db, keys=f"act:edit:{row.id}")]
    assert edits == [(f"act:edit:{row.id}", Op.DM_EDIT, str(row.id))]


@pytest.mark.parametrize("named", [True, False])
async def test_whoever_asked_without_their_name_hears_of_the_answer_directly(db: Database, named: bool) -> None:
    await be_author(db, ADA)
    await has_channel(db, EVE)
    found = await asked(db, NOON, named=named)
    once = by(ADA, NOON)
    for _ in range(2):
        await answer(db, GUILD, found.id, "Because.", by=once)
    direct = [(row.op, row.place, row.channel_id) for row in rows(db, keys="act:answered:")]
    assert direct == ([] if named else [(Op.DM, str(EVE), 90)])


async def test_whoever_cannot_be_written_to_is_not_told_of_the_answer(db: Database) -> None:
    await be_author(db, ADA)
    await has_channel(db, EVE, DirectChannel(closed=True))
    found = await asked(db, NOON, named=False)
    await answer(db, GUILD, found.id, "Because.", by=by(ADA, NOON))
    assert rows(db, keys="act:answered:") == []


async def test_an_author_who_answers_themselves_is_not_told(db: Database) -> None:
    await be_author(db, ADA)
    found = await asked(db, NOON, user=ADA, named=False)
    await answer(db, GUILD, found.id, "Because.", by=by(ADA, NOON))
    assert rows(db, keys="act:answered:") == []
