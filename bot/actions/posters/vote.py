"""Somebody upvotes a question, or takes that back."""

from msgspec import Struct

from bot.actions.posters.say import edit_question
from bot.actions.posters.stop import refuse_stopped
from bot.domain.audit import By
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.posters.question import Question
from bot.storage.database import Database, Tables
from bot.storage.posters import questions

GONE = "This question is not there any more. /questions shows those that are."


class Voted(Struct, frozen=True):
    """``new``: it changed something. ``votes`` are all that there are then."""

    question: Question
    votes: int
    new: bool


async def vote(db: Database, guild_id: int, question_id: int, *, by: By, back: bool = False) -> Voted:
    """One vote a person; ``back`` takes it back. The message follows within seconds, once for many votes.

    Raises NotFoundError, NotAllowedError for who was stopped, and UsherError for one's own question.
    """

    def write(tables: Tables) -> Voted:
        return _voted(tables, guild_id, question_id, by, back=back)

    return await db.write(write)


async def vote_instead(db: Database, guild_id: int, question_id: int, draft_id: int, *, by: By) -> Voted:
    """Upvote another's question, and throw away one's own draft that asks the same; both or neither.

    Again changes nothing, also where the draft is gone. What was asked meanwhile stays. Raises as ``vote``.
    """

    def write(tables: Tables) -> Voted:
        done = _voted(tables, guild_id, question_id, by)
        draft = questions.of_id(tables, guild_id, draft_id)
        if draft is not None and draft.asker == by.user:
            questions.remove_draft(tables, draft)
        return done

    return await db.write(write)


def _voted(tables: Tables, guild_id: int, question_id: int, by: By, *, back: bool = False) -> Voted:
    found = questions.of_id(tables, guild_id, question_id)
    if found is None or not found.is_shown:
        raise NotFoundError(GONE)
    if not back:
        refuse_stopped(tables, guild_id, by.user)
    if found.asker == by.user:
        raise UsherError("This is your own question. Others can upvote it.")
    votes = (questions.unvote if back else questions.vote)(tables, found, by.user)
    if votes != found.votes:
        edit_question(tables, found, by.at, gather=True)
    return Voted(found, votes, votes != found.votes)
