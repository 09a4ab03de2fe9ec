"""A question or an answer that was typed follows its message: it is edited with it, and goes with it."""

from collections.abc import Iterable
from datetime import datetime

from bot.actions.posters.ask import ask_draft
from bot.actions.posters.say import edit_answer, edit_question
from bot.domain.audit import By
from bot.domain.posters import limits
from bot.domain.posters.question import Question, State
from bot.domain.program import Program
from bot.storage.database import Database, Tables
from bot.storage.posters import answers, questions, typed


async def follow(db: Database, guild_id: int, text: str, program: Program, *, by: By) -> bool:
    """Let what was typed in the message ``by.act`` say ``text``; whether it is a question or an answer at all.

    Of what was asked nothing is changed where the new text has a fault. What could not be asked as it was is asked now,
    if it can be.
    """

    def write(tables: Tables) -> tuple[bool, Question | None]:
        asked = questions.of_act(tables, by.act)
        if asked is not None:
            return True, _rewritten(tables, asked, text, by.at)
        given = answers.of_act(tables, by.act)
        if given is not None:
            answers.rewrite(tables, given, limits.shortened(text))
        return given is not None, None

    known, draft = await db.write(write)
    if draft is not None:
        await ask_draft(db, guild_id, draft.id, program, by=by)
    return known


async def gone(db: Database, guild_id: int, messages: Iterable[int], *, at: datetime) -> bool:
    """Withdraw what was typed in messages that were deleted; whether there was anything. ``at`` is a UTC instant."""

    def write(tables: Tables) -> bool:
        done = [_withdrawn(tables, guild_id, message_id, at) for message_id in messages]
        return any(done)

    return await db.write(write)


def _rewritten(tables: Tables, before: Question, text: str, at: datetime) -> Question | None:
    """The draft that may be asked now, if it is one."""
    if before.text == text:
        return None
    if before.state is State.DRAFT:
        questions.rewrite(tables, before, text, named=before.named)
        return before if limits.fault_of(text) is None else None
    if before.is_shown and limits.fault_of(text) is None:
        questions.rewrite(tables, before, text, named=before.named)
        edit_question(tables, before, at)
    return None


def _withdrawn(tables: Tables, guild_id: int, message_id: int, at: datetime) -> bool:
    typed.placed(tables, message_id)
    asked = questions.of_act(tables, message_id)
    if asked is not None and asked.state is State.DRAFT:
        questions.remove_draft(tables, asked)
    elif asked is not None and asked.is_shown:
        questions.set_state(tables, asked, State.WITHDRAWN)
        edit_question(tables, asked, at)
        return True
    given = answers.of_act(tables, message_id)
    if given is None or given.hidden:
        return False
    found = questions.of_id(tables, guild_id, given.question)
    answers.remove(tables, given)
    if found is not None:
        if found.state is State.ANSWERED and not answers.of_question(tables, found.id):
            questions.set_state(tables, found, State.OPEN)
        edit_question(tables, found, at)
        edit_answer(tables, found, given, at)
    return True
