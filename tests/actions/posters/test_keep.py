"""What cannot be taken as it was written is kept, once, and nothing else is changed."""

import pytest

from bot.actions.posters.answer import Answered, answer
from bot.actions.posters.ask import Asked, Written, ask
from bot.actions.posters.keep import Refused, throw_away
from bot.actions.posters.rewrite import rewrite
from bot.domain.errors import NotAllowedError
from bot.domain.posters.kept import Kept, Kind
from bot.domain.posters.limits import TEXT_MOST
from bot.domain.posters.question import Question, State
from bot.storage.database import Database
from bot.storage.posters import answers, kept, moderation, questions
from tests.actions.posters.authoring import ADA, EVE, GUILD, ORGANIZER, SMALL, asked, be_author, by
from tests.chat.samples import at

LONG = "why " * TEXT_MOST
NOON = at(180)


def of(db: Database, question: Question, user: int, kind: Kind) -> Kept | None:
    return kept.of(db.reader, question, user, kind)


def now(db: Database, question: Question) -> Question:
    found = questions.of_id(db.reader, GUILD, question.id)
    assert found is not None
    return found


async def becomes(db: Database, question: Question, state: State) -> None:
    await db.write(lambda tables: questions.set_state(tables, question, state))


async def test_an_answer_that_is_refused_is_kept_until_another_is_given(db: Database) -> None:
    await be_author(db, ADA)
    question = await asked(db, NOON)
    for text in ("👍", LONG):
        refused = await answer(db, GUILD, question.id, text, by=by(ADA, NOON))
        assert isinstance(refused, Refused)
        assert (refused.text, of(db, question, ADA, Kind.ANSWER)) == (text, Kept(text))
    assert (now(db, question).state, answers.of_question(db.reader, question.id)) == (State.OPEN, [])
    assert isinstance(await answer(db, GUILD, question.id, "It is convex.", by=by(ADA, NOON)), Answered)
    assert of(db, question, ADA, Kind.ANSWER) is None


@pytest.mark.parametrize("state", [State.HIDDEN, State.WITHDRAWN])
async def test_an_answer_is_kept_where_the_question_went_meanwhile(db: Database, state: State) -> None:
    await be_author(db, ADA)
    question = await asked(db, NOON)
    await becomes(db, question, state)
    assert isinstance(await answer(db, GUILD, question.id, "It is convex.", by=by(ADA, NOON)), Refused)
    assert of(db, question, ADA, Kind.ANSWER) == Kept("It is convex.")


async def test_of_who_is_no_author_nothing_is_kept(db: Database) -> None:
    question = await asked(db, NOON)
    with pytest.raises(NotAllowedError):
        await answer(db, GUILD, question.id, "👍", by=by(ADA, NOON))
    assert of(db, question, ADA, Kind.ANSWER) is None


async def changed(db: Database, question: Question, text: str) -> Asked | Refused:
    return await rewrite(db, GUILD, question.id, text, SMALL, named=False, by=by(EVE, NOON))


async def test_an_edit_that_is_refused_is_kept_until_it_is_taken_or_thrown_away(db: Database) -> None:
    question = await asked(db, NOON)
    refused = await changed(db, question, LONG)
    assert isinstance(refused, Refused)
    assert (refused.text, now(db, question), of(db, question, EVE, Kind.REWRITE)) == (LONG, question, Kept(LONG, False))
    await throw_away(db, GUILD, question.id, Kind.ANSWER, by=by(EVE, NOON))
    await throw_away(db, GUILD, question.id, Kind.REWRITE, by=by(ADA, NOON))
    assert of(db, question, EVE, Kind.REWRITE) == Kept(LONG, False)
    await throw_away(db, GUILD, question.id, Kind.REWRITE, by=by(EVE, NOON))
    assert of(db, question, EVE, Kind.REWRITE) is None
    await changed(db, question, "👍")
    assert isinstance(await changed(db, question, "Why not?"), Asked)
    assert (now(db, question).text, of(db, question, EVE, Kind.REWRITE)) == ("Why not?", None)


async def test_an_edit_of_what_is_hidden_or_by_who_was_stopped_is_kept(db: Database) -> None:
    question = await asked(db, NOON)
    await becomes(db, question, State.HIDDEN)
    assert isinstance(await changed(db, question, "Why not?"), Refused)
    await becomes(db, question, State.OPEN)
    await db.write(lambda tables: moderation.stop(tables, GUILD, EVE, why="Spam", by=by(ORGANIZER, NOON)))
    assert isinstance(await changed(db, question, "Why, then?"), Refused)
    assert (now(db, question), of(db, question, EVE, Kind.REWRITE)) == (question, Kept("Why, then?", False))


@pytest.mark.parametrize("state", [State.ANSWERED, State.WITHDRAWN])
async def test_an_edit_of_what_keeps_its_words_is_a_draft_of_another_question(db: Database, state: State) -> None:
    question = await asked(db, NOON)
    await becomes(db, question, state)
    for _ in range(2):
        done = await changed(db, question, "Why not?")
        assert isinstance(done, Asked)
        assert (done.question.state, done.question.text, done.question.named) == (State.DRAFT, "Why not?", False)
    assert [one.state for one in questions.of_asker(db.reader, GUILD, EVE)] == [State.DRAFT, state]


async def test_a_draft_that_is_sent_again_is_stored_once_and_goes_with_the_question(db: Database) -> None:
    await asked(db, NOON, user=ADA, text="How large was the batch in table two?")
    text = "How large was the batch of table two?"
    for minute, named in ((181, True), (182, False)):
        done = await ask(db, GUILD, Written("p1", text, named), SMALL, by=by(EVE, at(minute)))
        assert done.alike
    await ask(db, GUILD, Written("p2", "", True), SMALL, by=by(EVE, NOON))
    drafts = questions.of_asker(db.reader, GUILD, EVE)
    assert [(one.text, one.named, one.asked_at) for one in drafts] == [(text, False, at(182)), ("", True, NOON)]
    await ask(db, GUILD, Written("p1", text, True), SMALL, by=by(EVE, at(183)), anyway=True)
    assert [one.state for one in questions.of_asker(db.reader, GUILD, EVE)] == [State.OPEN, State.DRAFT]
