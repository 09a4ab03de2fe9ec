"""Queue what is said in a poster's thread, and that it is said anew. Everything here is called inside a transaction."""

from datetime import datetime, timedelta

from bot.actions.posters.edit_told import edit_answer_told, edit_told
from bot.domain.posters.question import Answer, Question
from bot.domain.reminders.notice import PINGED, Facts, NoticeKind
from bot.storage import threads
from bot.storage.database import Tables
from bot.storage.delivery import outbox, told
from bot.storage.delivery.outbox import Op, Priority
from bot.storage.posters import answers, said
from bot.storage.posters.said import ANSWER_KEYS, QUESTION_KEYS, poster_of, thread_of
from bot.storage.threads import Thread

__all__ = [
    "ANSWER_KEYS",
    "QUESTION_KEYS",
    "edit_answer",
    "edit_post",
    "edit_question",
    "edit_with_answers",
    "post_answer",
    "post_lost",
    "post_question",
    "poster_of",
    "row_of",
    "thread_of",
    "want_thread",
]

#: Votes that come within so long change the message once.
GATHERED = timedelta(seconds=3)
_EPOCH = outbox.instant(0)


def want_thread(tables: Tables, guild_id: int, poster_id: str, due_at: datetime, *, many: bool = False) -> bool:
    """See ``threads.want``. ``many``: it is one of all, and nobody waits for it."""
    priority = Priority.BULK if many else Priority.QUESTION
    facts = Facts(NoticeKind.POSTER, (poster_id,))
    return threads.want(tables, guild_id, thread_of(poster_id), facts, priority=priority, due_at=due_at)


def post_question(tables: Tables, question: Question, now: datetime) -> None:
    """In its poster's thread, which is opened where it is not there yet."""
    want_thread(tables, question.guild_id, question.poster_id, now)
    facts = Facts(NoticeKind.QUESTION, (str(question.id),))
    _post(tables, question, said.key_of(question.id), facts, now)


def post_answer(tables: Tables, question: Question, answer: Answer, now: datetime, *, pinged: bool = False) -> None:
    """``pinged``: whoever asked was notified already, by the message in which it was typed."""
    facts = Facts(NoticeKind.ANSWER, (str(question.id), str(answer.id), *((PINGED,) if pinged else ())))
    _post(tables, question, said.answer_key_of(answer.id), facts, now)


def post_lost(tables: Tables, question: Question, now: datetime) -> None:
    """Post it and its answers again, as far as they stood in a thread which is no more and may be seen."""
    subject = thread_of(question.poster_id)
    if said.post_again(tables, question.guild_id, subject, now, question_id=question.id):
        want_thread(tables, question.guild_id, question.poster_id, now)


def edit_question(
    tables: Tables, question: Question, now: datetime, *, gather: bool = False, priority: int = Priority.QUESTION
) -> None:
    """Make its message say what is true when the edit is sent, and what authors were told directly; nothing where it
    was never posted.

    ``gather``: it is about votes alone, and goes with everything else of the next seconds, in one edit.
    """
    if not gather:
        edit_told(tables, question, now)
    due = _EPOCH + ((now - _EPOCH) // GATHERED + 1) * GATHERED if gather else now
    row = row_of(tables, question)
    if row is not None:
        _say_anew(tables, question.guild_id, row, Facts(NoticeKind.QUESTION, (str(question.id),)), due, priority)


def edit_answer(
    tables: Tables, question: Question, answer: Answer, now: datetime, *, priority: int = Priority.QUESTION
) -> None:
    """Make its message say what is true when the edit is sent, and what whoever asked was told directly; nothing where
    it was never posted.
    """
    edit_answer_told(tables, question, answer, now)
    row = said.answer_row(tables, question.guild_id, answer.id)
    if row is not None:
        _say_anew(tables, question.guild_id, row.id, row.facts, now, priority)


def edit_with_answers(tables: Tables, question: Question, now: datetime) -> None:
    """Both, of a question and of all its answers: they can be answered in turn only while it is shown."""
    edit_question(tables, question, now)
    for given in answers.every_of_question(tables, question.id):
        edit_answer(tables, question, given, now)


def edit_post(tables: Tables, thread: Thread, now: datetime) -> None:
    """Make what a poster's thread begins with say what is true when the edit is sent."""
    _show_anew(tables, thread, said.edit_key_of(thread.row), Op.EDIT, now)


def rename_post(tables: Tables, thread: Thread, now: datetime) -> None:
    """Let a poster's thread be called as the poster is called when that is done."""
    _show_anew(tables, thread, said.rename_key_of(thread.row), Op.RENAME, now)


def _show_anew(tables: Tables, thread: Thread, key: str, op: Op, now: datetime) -> None:
    told.anew(
        tables,
        thread.guild_id,
        key,
        Facts(NoticeKind.POSTER, (poster_of(thread.subject),)),
        of=thread.row,
        op=op,
        priority=Priority.BULK,
        due_at=now,
        expires_at=now + said.USEFUL,
    )


def row_of(tables: Tables, question: Question) -> int | None:
    """The id of the row that posts a question."""
    return said.question_row(tables, question.guild_id, question.id)


def _say_anew(tables: Tables, guild_id: int, row: int, facts: Facts, due: datetime, priority: int) -> None:
    told.anew(
        tables,
        guild_id,
        said.edit_key_of(row),
        facts,
        of=row,
        priority=priority,
        due_at=due,
        expires_at=due + said.USEFUL,
    )


def _post(tables: Tables, question: Question, key: str, facts: Facts, now: datetime) -> None:
    told.add(
        tables,
        question.guild_id,
        key,
        Op.MESSAGE,
        facts,
        place=thread_of(question.poster_id),
        priority=Priority.QUESTION,
        due_at=now,
        expires_at=now + said.USEFUL,
    )
