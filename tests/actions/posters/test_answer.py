"""An answer is given once, however often its form is sent."""

from datetime import timedelta

from bot.actions.posters.answer import Answered, answer
from bot.domain.posters.limits import LATELY
from bot.storage.database import Database
from bot.storage.posters import answers
from tests.actions.posters.authoring import ADA, BOB, GUILD, asked, be_author, by, rows
from tests.chat.samples import at

BECAUSE = "Because it is."


async def test_the_same_words_again_are_the_same_answer(db: Database) -> None:
    await be_author(db, ADA)
    await be_author(db, BOB)
    first, second = await asked(db, at(180)), await asked(db, at(180), text="How?")

    async def given(question_id: int, user: int = ADA, text: str = BECAUSE, minute: int = 181) -> int:
        done = await answer(db, GUILD, question_id, text, by=by(user, at(minute)))
        assert isinstance(done, Answered)
        return done.answer.id

    once = await given(first.id)
    assert await given(first.id, minute=182) == once
    assert len(rows(db, keys="act:answer:")) == 1
    # Another person, question or text is another answer; so is what comes so late that no form was sent twice.
    later = 182 + LATELY // timedelta(minutes=1)
    others = [
        await given(first.id, BOB),
        await given(second.id),
        await given(first.id, text="It is so."),
        await given(first.id, minute=later),
    ]
    assert len({once, *others}) == 5
    assert [one.id for one in answers.every(db.reader, GUILD)] == sorted({once, *others})
