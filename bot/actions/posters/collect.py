"""Somebody says that what was typed is a question, or an answer: the writer's own, or another's."""

from msgspec import Struct

from bot.actions.posters.answer import Answered, give
from bot.actions.posters.ask import Asked, Written, asking
from bot.actions.posters.follow import rewrite_typed
from bot.actions.posters.stop import refuse_stopped
from bot.actions.posters.take import replied_to
from bot.domain.audit import By
from bot.domain.errors import NotAllowedError, UsherError
from bot.domain.posters.limits import fault_of, shortened
from bot.domain.posters.question import State
from bot.domain.posters.typed import Typed
from bot.domain.program import Program
from bot.storage.database import Database, Tables
from bot.storage.posters import answers, authorship, questions, typed

NOT_YOUR_QUESTION = (
    "Only whoever typed this, the poster's authors and organizers can make it a question: it is asked in the name of "
    "whoever typed it. Ask your own with **Ask a question**."
)
NOT_YOURS = (
    "Only the authors of this poster and organizers mark answers here. If you are an author, use /author claim with "
    "the code that the organizers gave you."
)
_NOT_AN_AUTHORS = (
    "Whoever wrote this is not known as an author of this poster, so it does not count as an answer. Authors make "
    "themselves known with /author claim."
)


class Collected(Struct, frozen=True):
    """``before``: it was a question already; ``changed``: which says now what the message says."""

    asked: Asked
    before: bool = False
    changed: bool = False


async def collect(
    db: Database, guild_id: int, written: Written, program: Program, *, by: By, collector: int, organizer: bool
) -> Collected:
    """Ask what was typed in the message ``by.act``, in the name of its writer ``by.user``.

    In one transaction, and once for each message. Raises UsherError for what is an answer, or cannot be asked by
    another than its writer; NotAllowedError for a ``collector`` (their id) who is neither its writer, nor an author of
    the poster, nor an ``organizer``, or who was stopped from asking.
    """

    def write(tables: Tables) -> Collected:
        own = collector == by.user
        if not (own or organizer or authorship.is_author(tables, guild_id, written.poster_id, collector)):
            raise NotAllowedError(NOT_YOUR_QUESTION)
        _refuse_answers(tables, guild_id, by)
        if not own:
            refuse_stopped(tables, guild_id, collector)
            if fault_of(written.text) is not None:
                raise UsherError(
                    "This cannot be asked as it is: it is too long, holds too many links, or has no words. Whoever "
                    "typed it can edit it, or press **Ask a question**."
                )
        known = questions.of_act(tables, by.act)
        if known is None:
            return Collected(asking(guild_id, written, program, by=by, anyway=True)(tables))
        asked = rewrite_typed(tables, known, written.text, program, by)
        if known.state is State.DRAFT:
            return Collected(asked)
        return Collected(asked, before=True, changed=asked.question.text != known.text)

    return await db.write(write)


async def mark(
    db: Database, guild_id: int, poster_id: str, said: Typed, *, by: By, marker: int, organizer: bool
) -> Answered | None:
    """Make what was typed in the message ``by.act`` its writer's answer to the question that it is a reply to.

    None where it is a reply to none: then it is kept, see ``place``. In one transaction, and once for each message.
    ``marker`` is the id of whoever says so. Raises UsherError for what is none, NotAllowedError for who may not.
    """

    def write(tables: Tables) -> Answered | None:
        if not organizer and not authorship.is_author(tables, guild_id, poster_id, marker):
            raise NotAllowedError(NOT_YOURS)
        refuse_stopped(tables, guild_id, marker)
        if not authorship.is_author(tables, guild_id, poster_id, by.user):
            raise UsherError(_NOT_AN_AUTHORS)
        _refuse_answers(tables, guild_id, by)
        if (asked := questions.of_act(tables, by.act)) is not None and asked.is_shown:
            raise UsherError(f"This was collected as question {asked.number}. Withdraw that first: /questions mine.")
        text = shortened(said.text)
        if fault_of(text) is not None:
            raise UsherError("This does not count as an answer: it has no words, or too many links.")
        replied = replied_to(tables, guild_id, poster_id, said)
        if replied is not None and replied.state is State.DRAFT:
            raise UsherError(
                "The question that this replies to is not asked yet: whoever wrote it has to change it first. Nothing "
                "was changed. Mark your answer once the question has a number."
            )
        if replied is not None:
            return give(tables, guild_id, replied.id, text, by=by, message_id=by.act, mentioned=said.mentioned)
        if not questions.number_of_poster(tables, guild_id, poster_id):
            raise UsherError("Nobody has asked anything about this poster yet, so there is nothing to answer.")
        typed.set_aside(tables, guild_id, by.act, by.user, text, by.at)
        return None

    return await db.write(write)


def _refuse_answers(tables: Tables, guild_id: int, by: By) -> None:
    given = answers.of_act(tables, by.act)
    if given is not None:
        found = questions.of_id(tables, guild_id, given.question)
        number = found.number if found is not None else "that is no more"
        raise UsherError(f"This counts as an answer to question {number} already.")
