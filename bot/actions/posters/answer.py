"""An author answers a question."""

from collections.abc import Collection

from msgspec import Struct

from bot.actions.posters.keep import Refused, refused
from bot.actions.posters.say import edit_question, post_answer
from bot.actions.posters.stop import refuse_stopped, stopped
from bot.actions.posters.tell_authors import tell_asker
from bot.actions.posters.vote import GONE
from bot.domain.audit import By
from bot.domain.errors import NotAllowedError, NotFoundError, UsherError
from bot.domain.posters import limits
from bot.domain.posters.kept import Kept, Kind
from bot.domain.posters.question import Answer, Question, State
from bot.storage.database import Database, Tables
from bot.storage.posters import answers, authorship, kept, questions

#: Answers to one question: more than a conversation holds.
ANSWERS_MOST = 20
NOT_AN_AUTHOR = (
    "Only the authors of this poster answer here. If you are one, use /author claim with the code that the organizers "
    "gave you."
)


class Answered(Struct, frozen=True):
    question: Question
    answer: Answer


async def answer(db: Database, guild_id: int, question_id: int, text: str, *, by: By) -> Answered | Refused:
    """Store an answer, and queue what tells of it; in one transaction, and once for each ``by.act``.

    A form that was sent again by hand is another act: with the same words, it is the same answer all the same.
    What an author wrote and cannot be given is kept. Raises NotFoundError where there is no such question, and
    NotAllowedError for who is no author of its poster.
    """

    def write(tables: Tables) -> Answered | Refused:
        found = questions.of_id(tables, guild_id, question_id)
        if found is None:
            raise NotFoundError(GONE)
        if not authorship.is_author(tables, guild_id, found.poster_id, by.user):
            raise NotAllowedError(NOT_AN_AUTHOR)
        try:
            done = give(tables, guild_id, question_id, text, by=by)
        except UsherError as refusal:
            opens = found.is_shown and stopped(tables, guild_id, by.user) is None
            return refused(tables, found, Kind.ANSWER, str(refusal), Kept(text), by, opens=opens)
        kept.forget(tables, found, by.user, Kind.ANSWER)
        return done

    return await db.write(write)


def give(
    tables: Tables,
    guild_id: int,
    question_id: int,
    text: str,
    *,
    by: By,
    message_id: int | None = None,
    mentioned: Collection[int] = (),
) -> Answered:
    """Store an answer, inside a transaction; where it cannot be given, nothing is changed.

    ``message_id`` is the message in which it was typed, ``mentioned`` are the people whom that notified. Raises
    NotFoundError, NotAllowedError for who is no author of the poster, and UsherError for a text that cannot be taken.
    """
    found = answerable(tables, guild_id, question_id, by.user)
    since = by.at - limits.LATELY
    known = answers.of_act(tables, by.act) or answers.of_text(tables, found.id, by.user, text, since)
    if known is not None:
        return Answered(found, known)
    if fault := limits.fault_of(text, "answer"):
        raise UsherError(fault)
    if len(answers.of_question(tables, found.id)) >= ANSWERS_MOST:
        raise UsherError(f"This question has {ANSWERS_MOST} answers. Go on in the thread, or at the board.")
    given = answers.add(tables, guild_id, found.id, text, author=by.user, at=by.at, act=by.act, message_id=message_id)
    questions.set_state(tables, found, State.ANSWERED)
    post_answer(tables, found, given, by.at, pinged=found.asker in mentioned)
    tell_asker(tables, found, given, by.at)
    edit_question(tables, found, by.at)
    return Answered(found, given)


def answerable(tables: Tables, guild_id: int, question_id: int, user_id: int) -> Question:
    """A question that this person may answer. Raises NotFoundError, NotAllowedError."""
    found = questions.of_id(tables, guild_id, question_id)
    if found is None or not found.is_shown:
        raise NotFoundError(GONE)
    if not authorship.is_author(tables, guild_id, found.poster_id, user_id):
        raise NotAllowedError(NOT_AN_AUTHOR)
    refuse_stopped(tables, guild_id, user_id)
    return found
