"""An organizer hides a question or an answer, brings it back, or looks up who asked."""

from msgspec import Struct

from bot.actions.audit.record_act import record_act
from bot.actions.posters.say import edit_answer, edit_question, edit_with_answers, post_lost
from bot.domain.audit import ActKind, By, Entry
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.event import Server
from bot.domain.posters.question import Answer, Question, State
from bot.storage import audit
from bot.storage.database import Database, Tables
from bot.storage.posters import answers, moderation, questions, typed


class Moderated(Struct, frozen=True):
    """The question as it was before, and which of its answers is meant: None for the question itself."""

    question: Question
    answer: Answer | None = None
    place: int | None = None

    @property
    def name(self) -> str:
        """As people call it: question 3, answer 2 to question 3."""
        about = f"question {self.question.number}"
        return about if self.answer is None else f"answer {self.place} to {about}"

    @property
    def typed_in(self) -> int | None:
        """The id of the message in which it was typed; None where it came by a form."""
        return (self.answer or self.question).message_id

    @property
    def is_hidden(self) -> bool:
        return self.answer.hidden if self.answer is not None else self.question.state is State.HIDDEN


async def hide(
    db: Database, guild_id: int, number: int, place: int | None, *, why: str, by: By, server: Server
) -> Moderated:
    """Hide a question, or its answer at ``place`` (from 1, as they were given): the messages follow.

    In one transaction with the audit trail, and once for each ``by.act``. Raises NotFoundError, and UsherError for what
    is not shown.
    """

    def write(tables: Tables) -> Moderated:
        found = moderated(tables, guild_id, number, place)
        if audit.known(tables, guild_id, str(by.act)):
            return found
        if found.is_hidden:
            raise UsherError(f"{_capital(found.name)} is hidden already. /qa restore brings it back.")
        if found.answer is None and not found.question.is_shown:
            raise UsherError(
                f"Question {number} was withdrawn by whoever asked it: nobody sees it. Nothing was changed."
            )
        if found.answer is not None and found.answer.taken_back:
            raise UsherError(
                f"{_capital(found.name)} was taken back by its author: nobody sees it. Nothing was changed."
            )
        moderation.note_hidden(tables, found.question, found.answer, why=why, by=by)
        _put(tables, found, by, hidden=True)
        _record(tables, guild_id, server, found, ActKind.HIDE, by, why)
        return found

    return await db.write(write)


async def restore(db: Database, guild_id: int, number: int, place: int | None, *, by: By, server: Server) -> Moderated:
    """Bring back what was hidden, as it was. As ``hide``."""

    def write(tables: Tables) -> Moderated:
        found = moderated(tables, guild_id, number, place)
        if audit.known(tables, guild_id, str(by.act)):
            return found
        if found.answer is None and found.question.state is State.WITHDRAWN:
            raise UsherError(f"Question {number} was withdrawn by whoever asked it, and stays so. Nothing was changed.")
        if not found.is_hidden:
            raise UsherError(f"{_capital(found.name)} is not hidden. Nothing was changed.")
        moderation.forget_hidden(tables, found.question, found.answer)
        _put(tables, found, by, hidden=False)
        _record(tables, guild_id, server, found, ActKind.RESTORE, by)
        return found

    return await db.write(write)


async def look_up_asker(db: Database, guild_id: int, number: int, *, why: str, by: By, server: Server) -> Question:
    """The question with whoever asked it. Where their name is hidden, it goes into the audit trail who looked, and why.

    Raises NotFoundError, and UsherError where nobody knows it any more.
    """

    def write(tables: Tables) -> Question:
        found = moderated(tables, guild_id, number, None)
        if found.question.asker is None:
            raise UsherError(f"Nobody knows any more who asked question {number}.")
        if not found.question.named:
            _record(tables, guild_id, server, found, ActKind.ASKED_WHO, by, why)
        return found.question

    return await db.write(write)


async def let_go(db: Database, found: Moderated) -> None:
    """From here on the message in which it was typed can be deleted, and that takes nothing back.

    Discord does not say who deletes a message: without this, a bot that does it would withdraw what it says.
    """
    await db.write(lambda tables: typed.let_go(tables, found.answer or found.question))


async def hold_again(db: Database, found: Moderated) -> None:
    """It was not deleted after all."""
    await db.write(lambda tables: typed.hold_again(tables, found.answer or found.question))


async def record_deleted(db: Database, guild_id: int, found: Moderated, *, by: By, server: Server) -> None:
    """Write down that the message in which it was typed was deleted."""

    def write(tables: Tables) -> None:
        typed.forget_message(tables, found.answer or found.question)
        _record(tables, guild_id, server, found, ActKind.DELETE_TYPED, by)

    await db.write(write)


def moderated(tables: Tables, guild_id: int, number: int, place: int | None) -> Moderated:
    """What is meant by a number, and by an answer's place. Raises NotFoundError."""
    question = questions.of_number(tables, guild_id, number)
    if question is None:
        raise NotFoundError(f"There is no question {number}. Its number stands in its message.")
    if place is None:
        return Moderated(question)
    given = answers.every_of_question(tables, question.id)
    if not 1 <= place <= len(given):
        raise NotFoundError(f"Question {number} has no answer {place}. It has {len(given)}: 1 is the first.")
    return Moderated(question, given[place - 1], place)


def _put(tables: Tables, found: Moderated, by: By, *, hidden: bool) -> None:
    """A question is what it was by what is shown of its answers.

    What comes back is posted anew where the thread in which it stood was deleted meanwhile.
    """
    question, answer = found.question, found.answer
    if answer is not None:
        answers.set_hidden(tables, answer, hidden=hidden)
        edit_answer(tables, question, answer, by.at)
    if answer is None and hidden:
        questions.set_state(tables, question, State.HIDDEN)
    elif answer is None or question.is_shown:
        shown = answers.of_question(tables, question.id)
        questions.set_state(tables, question, State.ANSWERED if shown else State.OPEN)
    if not hidden:
        post_lost(tables, question, by.at)
    if answer is None:
        edit_with_answers(tables, question, by.at)
    else:
        edit_question(tables, question, by.at)


def _record(
    tables: Tables, guild_id: int, server: Server, found: Moderated, act: ActKind, by: By, why: str = ""
) -> None:
    entry = Entry(by.at, by.user, act, found.name, detail=why)
    record_act(tables, guild_id, server, entry, mark=str(by.act))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
