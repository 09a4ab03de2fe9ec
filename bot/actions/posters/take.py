"""Somebody types in a poster's thread: a question is asked, and an author's reply to one answers it."""

from bot.actions.posters.answer import give
from bot.actions.posters.ask import Written, asking
from bot.actions.posters.hint import About, give_hint, was_told
from bot.actions.posters.say import ANSWER_KEYS, QUESTION_KEYS
from bot.actions.posters.stop import stopped
from bot.domain.audit import By
from bot.domain.posters.limits import KEPT_MOST, LATELY, fault_of, shortened
from bot.domain.posters.question import Question, State
from bot.domain.posters.typed import Counts, Typed, counts_as
from bot.domain.program import Program
from bot.storage.database import Database, Tables
from bot.storage.posters import authorship, questions, typed


async def take(db: Database, guild_id: int, poster_id: str, said: Typed, program: Program, *, by: By) -> bool:
    """Make of the message ``by.act`` what it counts as, once; whether anything is to be said of it.

    In one transaction. Raises UsherError for an answer that cannot be taken. A question that cannot be asked is kept,
    up to so many; whoever typed what was not taken up hears of it, and only directly where organizers stopped them.
    """

    def write(tables: Tables) -> bool:
        by_author = authorship.is_author(tables, guild_id, poster_id, by.user)
        replied = replied_to(tables, guild_id, poster_id, said)
        match counts_as(said, by_author=by_author, to_question=replied is not None):
            case Counts.ANSWER if replied is not None:
                return _answered(tables, replied, said, by)
            case Counts.QUESTION:
                return _asked(
                    tables, Written(poster_id, said.text, named=True, message_id=by.act), guild_id, program, by
                )
            case _:
                return False

    return await db.write(write)


def replied_to(tables: Tables, guild_id: int, poster_id: str, said: Typed) -> Question | None:
    """The question that a message is a reply to: to the bot's message of it or of an answer, or to what somebody typed
    that became one, or is kept.
    """
    if said.replies_to is None:
        return None
    found = questions.of_act(tables, said.replies_to)
    if found is None:
        known = typed.question_shown_in(
            tables, guild_id, poster_id, said.replies_to, question=QUESTION_KEYS, answer=ANSWER_KEYS
        )
        found = questions.of_id(tables, guild_id, known) if known is not None else None
    return found if found is not None and (found.guild_id, found.poster_id) == (guild_id, poster_id) else None


def _answered(tables: Tables, question: Question, said: Typed, by: By) -> bool:
    if question.state is State.DRAFT:
        return give_hint(tables, question.guild_id, question.poster_id, About.EARLY, by=by)
    text = shortened(said.text)
    if question.is_shown and not fault_of(text) and stopped(tables, question.guild_id, by.user):
        return give_hint(tables, question.guild_id, question.poster_id, About.STOPPED, by=by)
    give(tables, question.guild_id, question.id, text, by=by, message_id=by.act, mentioned=said.mentioned)
    return True


def _asked(tables: Tables, written: Written, guild_id: int, program: Program, by: By) -> bool:
    kept = typed.kept_since(tables, guild_id, by.user, by.at - LATELY)
    found = asking(guild_id, written, program, by=by, anyway=True)(tables)
    if found.fault is None:
        return True
    if stopped(tables, guild_id, by.user):
        knew = was_told(tables, guild_id, by.user, About.STOPPED)
        told = give_hint(tables, guild_id, written.poster_id, About.STOPPED, by=by)
        if knew or told:
            # They know it, or hear of it directly. Below theirs, a hint would say that they can ask it again, and tell
            # everybody who knows what can be asked.
            if kept >= KEPT_MOST:
                questions.remove_draft(tables, found.question)
            return told
    if kept < KEPT_MOST:
        return give_hint(tables, guild_id, written.poster_id, About.KEPT, by=by)
    questions.remove_draft(tables, found.question)
    return give_hint(tables, guild_id, written.poster_id, About.FULL, by=by)
