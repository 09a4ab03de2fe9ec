"""A question or an answer that was typed follows its message: it is edited with it, and goes with it."""

from collections.abc import Iterable
from datetime import datetime

from bot.actions.posters.ask import Asked, asking_draft
from bot.actions.posters.say import edit_answer, edit_question, edit_with_answers
from bot.actions.posters.stop import stopped
from bot.domain.audit import By
from bot.domain.posters import limits
from bot.domain.posters.question import Answer, Question, State
from bot.domain.program import Program
from bot.storage.database import Database, Tables
from bot.storage.posters import answers, authorship, moderation, questions, typed


async def follow(db: Database, guild_id: int, text: str, program: Program, *, by: By) -> bool:
    """Let what was typed in the message ``by.act`` say ``text``; whether it is a question or an answer at all.

    In one transaction. Nothing of it is changed where the new text has a fault, it is hidden, or its writer may not ask
    or answer any more. What could not be asked as it was is asked now, if it can be.
    """

    def write(tables: Tables) -> bool:
        asked = questions.of_act(tables, by.act)
        if asked is not None:
            # Discord tells of an edit also where it adds a preview.
            if asked.text != text:
                rewrite_typed(tables, asked, text, program, by)
            return True
        given = answers.of_act(tables, by.act)
        if given is not None:
            _answer_rewritten(tables, guild_id, given, limits.shortened(text), by)
        return given is not None

    return await db.write(write)


async def gone(db: Database, guild_id: int, messages: Iterable[int], *, at: datetime) -> bool:
    """Withdraw what was typed in messages that were deleted; whether there was anything. ``at`` is a UTC instant.

    Also what organizers hid: nobody brings that back, either.
    """

    def write(tables: Tables) -> bool:
        done = [_withdrawn(tables, guild_id, message_id, at) for message_id in messages]
        return any(done)

    return await db.write(write)


def rewrite_typed(tables: Tables, before: Question, text: str, program: Program, by: By) -> Asked:
    """The question as it is then. A draft is asked, where it can be. Call inside a transaction."""
    fault = limits.fault_of(text)
    if before.state is State.DRAFT:
        if before.text != text:
            questions.rewrite(tables, before, text, named=before.named)
        return asking_draft(before.guild_id, before.id, program, by=by)(tables)
    if before.text == text or fault or not before.is_shown or stopped(tables, before.guild_id, by.user):
        return Asked(before, fault)
    questions.rewrite(tables, before, text, named=before.named)
    edit_question(tables, before, by.at)
    return Asked(_now(tables, before))


def _answer_rewritten(tables: Tables, guild_id: int, given: Answer, text: str, by: By) -> None:
    question = questions.of_id(tables, guild_id, given.question)
    if question is None or not question.is_shown or given.hidden or given.text == text:
        return
    is_author = authorship.is_author(tables, guild_id, question.poster_id, by.user)
    if is_author and not limits.fault_of(text, "answer") and not stopped(tables, guild_id, by.user):
        answers.rewrite(tables, given, text)
        edit_answer(tables, question, given, by.at)


def _withdrawn(tables: Tables, guild_id: int, message_id: int, at: datetime) -> bool:
    typed.placed(tables, message_id)
    asked = questions.of_act(tables, message_id)
    if asked is not None:
        return _question_withdrawn(tables, asked, at)
    given = answers.of_act(tables, message_id)
    if given is None:
        return False
    found = questions.of_id(tables, guild_id, given.question)
    answers.take_back(tables, given)
    if found is not None:
        moderation.forget_hidden(tables, found, given)
        if found.state is State.ANSWERED and not answers.of_question(tables, found.id):
            questions.set_state(tables, found, State.OPEN)
        edit_question(tables, found, at)
        edit_answer(tables, found, given, at)
    return True


def _question_withdrawn(tables: Tables, asked: Question, at: datetime) -> bool:
    if asked.state is State.DRAFT:
        questions.remove_draft(tables, asked)
        return False
    if asked.state is State.WITHDRAWN:
        return False
    moderation.forget_hidden(tables, asked, None)
    questions.set_state(tables, asked, State.WITHDRAWN)
    edit_with_answers(tables, asked, at)
    return True


def _now(tables: Tables, question: Question) -> Question:
    found = questions.of_id(tables, question.guild_id, question.id)
    assert found is not None
    return found
