"""Somebody asks about a poster."""

from collections.abc import Callable

from msgspec import Struct

from bot.actions.posters.say import edit_with_answers, post_question
from bot.actions.posters.stop import stopped
from bot.actions.posters.tell_authors import tell_authors
from bot.domain.audit import By
from bot.domain.errors import NotFoundError
from bot.domain.posters import limits
from bot.domain.posters.question import Question, State
from bot.domain.program import Program
from bot.storage.database import Database, Tables
from bot.storage.posters import questions

#: A question of another person, or one that is no more, is not told apart.
NOT_YOURS = "This question is not there any more. /questions mine shows yours."


class Written(Struct, frozen=True):
    """What somebody wrote: the text cleaned, and whether everybody may see who asks."""

    poster_id: str
    text: str
    named: bool
    message_id: int | None = None


class Asked(Struct, frozen=True):
    """The question as it is stored. As a draft it was not asked: because of ``fault``, or for what is ``alike``.

    ``stands_above``: whoever hid their name now typed it before, and that message is still there, with their name.
    """

    question: Question
    fault: str | None = None
    alike: tuple[Question, ...] = ()
    stands_above: bool = False


async def ask(
    db: Database, guild_id: int, written: Written, program: Program, *, by: By, anyway: bool = False
) -> Asked:
    """Store a question, and queue its message; in one transaction, and once for each ``by.act``.

    A form that was sent again by hand is another act: with the same words, it is the same question all the same.
    What cannot be asked is kept as a draft, so that nothing of it is lost; so is what resembles others, unless it is
    to be asked ``anyway``. ``program`` is the one in force in the guild: authors are told by its venue's clock.
    """
    return await db.write(asking(guild_id, written, program, by=by, anyway=anyway))


def asking(
    guild_id: int, written: Written, program: Program, *, by: By, anyway: bool = False
) -> Callable[[Tables], Asked]:
    """What ``ask`` does, for acts that do more in the same transaction."""

    def write(tables: Tables) -> Asked:
        known = questions.of_act(tables, by.act) or _just_asked(tables, guild_id, written, by)
        if known is not None:
            return Asked(known)
        fault, alike = _hindered(tables, guild_id, written.poster_id, written.text, by, anyway=anyway)
        if fault or alike:
            return Asked(keep_draft(tables, guild_id, written, by=by), fault, alike)
        question = _add(tables, guild_id, written, State.OPEN, by)
        if (draft := _same_draft(tables, guild_id, written, by)) is not None:
            questions.remove_draft(tables, draft)
        _post(tables, question, program, by)
        return Asked(question)

    return write


async def ask_draft(db: Database, guild_id: int, draft_id: int, program: Program, *, by: By) -> Asked:
    """Ask what was kept as a draft, though others resemble it. Again changes nothing. Raises NotFoundError."""
    return await db.write(asking_draft(guild_id, draft_id, program, by=by))


def asking_draft(guild_id: int, draft_id: int, program: Program, *, by: By) -> Callable[[Tables], Asked]:
    """What ``ask_draft`` does, for acts that do more in the same transaction."""

    def write(tables: Tables) -> Asked:
        draft = own(tables, guild_id, draft_id, by.user)
        if draft.state is not State.DRAFT:
            return Asked(draft)
        return draft_asked(tables, draft, program, by=by, anyway=True)

    return write


def draft_asked(tables: Tables, draft: Question, program: Program, *, by: By, anyway: bool = False) -> Asked:
    """As ``ask``, of what is kept as a draft. Call inside a transaction."""
    fault, alike = _hindered(tables, draft.guild_id, draft.poster_id, draft.text, by, anyway=anyway)
    if fault or alike:
        return Asked(draft, fault, alike)
    question = questions.ask(tables, draft, at=by.at)
    _post(tables, question, program, by)
    return Asked(question)


def keep_draft(tables: Tables, guild_id: int, written: Written, *, by: By) -> Question:
    """What cannot be asked as it is. Call inside a transaction.

    Sent again in the same words, it is the same draft. What was typed is one of its own, which follows its message.
    """
    if (known := questions.of_act(tables, by.act)) is not None:
        return known
    if written.message_id is None and (known := _same_draft(tables, guild_id, written, by)) is not None:
        return questions.keep_again(tables, known, named=written.named, at=by.at)
    return _add(tables, guild_id, written, State.DRAFT, by)


async def withdraw(db: Database, guild_id: int, question_id: int, *, by: By) -> Question:
    """Take back what one asked, or throw a draft away. Its message says so. Raises NotFoundError.

    What organizers hid can be taken back, too: it is not brought back then.
    """

    def write(tables: Tables) -> Question:
        found = own(tables, guild_id, question_id, by.user)
        if found.state is State.DRAFT:
            questions.remove_draft(tables, found)
        elif found.state is not State.WITHDRAWN:
            questions.set_state(tables, found, State.WITHDRAWN)
            edit_with_answers(tables, found, by.at)
        return found

    return await db.write(write)


def own(tables: Tables, guild_id: int, question_id: int, user_id: int) -> Question:
    """A question of this person. Raises NotFoundError where it is none."""
    found = questions.of_id(tables, guild_id, question_id)
    if found is None or found.asker != user_id:
        raise NotFoundError(NOT_YOURS)
    return found


def _add(tables: Tables, guild_id: int, written: Written, state: State, by: By) -> Question:
    return questions.add(
        tables,
        guild_id,
        written.poster_id,
        written.text,
        asker=by.user,
        named=written.named,
        state=state,
        at=by.at,
        act=by.act,
        message_id=written.message_id,
    )


def _same_draft(tables: Tables, guild_id: int, written: Written, by: By) -> Question | None:
    return questions.draft_of_text(tables, guild_id, written.poster_id, by.user, written.text)


def _hindered(
    tables: Tables, guild_id: int, poster_id: str, text: str, by: By, *, anyway: bool
) -> tuple[str | None, tuple[Question, ...]]:
    """Why a text cannot be asked; and what it resembles, unless it is to be asked ``anyway``."""
    from bot.domain.posters.similar import similar  # its library is large, and many a bot is never asked

    fault = limits.fault_of(text) or _too_many(tables, guild_id, poster_id, by)
    if fault or anyway:
        return fault, ()
    others = [one for one in questions.of_poster(tables, guild_id, poster_id) if one.asker != by.user]
    return None, tuple(similar(text, others))


def _post(tables: Tables, question: Question, program: Program, by: By) -> None:
    post_question(tables, question, by.at)
    tell_authors(tables, question, program, by.at)


def _just_asked(tables: Tables, guild_id: int, written: Written, by: By) -> Question | None:
    since = by.at - limits.LATELY
    return questions.of_text(tables, guild_id, written.poster_id, by.user, written.text, since)


def _too_many(tables: Tables, guild_id: int, poster_id: str, by: By) -> str | None:
    """Why somebody has to wait, and what for; or that they may not ask at all."""
    if fault := stopped(tables, guild_id, by.user):
        return fault
    since = by.at - limits.LATELY
    wait = limits.wait_of(questions.asked_since(tables, guild_id, by.user, since), by.at)
    if wait is not None:
        minutes = int(wait.total_seconds()) // 60 + 1
        return f"You asked {limits.LATELY_MOST} questions within a short time. Ask this one in {minutes} min."
    if questions.open_of_asker(tables, guild_id, by.user, poster_id) >= limits.UNANSWERED_MOST:
        return (
            f"{limits.UNANSWERED_MOST} of your questions about this poster have no answer yet. "
            "Ask this one when they do, or withdraw one of them."
        )
    return None
