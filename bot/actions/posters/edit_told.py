"""What people were told directly of a question or an answer follows it. All of this is called inside a transaction."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.posters.question import Answer, Question
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority
from bot.storage.posters import authorship, said


def edit_told(tables: Tables, question: Question, now: datetime) -> None:
    """Make the direct messages say what is true: another text, no name any more, withdrawn, answered by a co-author.

    What was not sent yet is made of what is true then.
    """
    people = authorship.of_poster(tables, question.guild_id, question.poster_id)
    rows = said.told_rows(tables, question.guild_id, question.id, people)
    _edit(tables, question.guild_id, rows, Facts(NoticeKind.AUTHOR_ASKED, (str(question.id),)), now)


def edit_answer_told(tables: Tables, question: Question, answer: Answer, now: datetime) -> None:
    """The same for an answer: another text, hidden, taken back."""
    rows = said.answer_told_rows(tables, question.guild_id, answer.id)
    _edit(tables, question.guild_id, rows, Facts(NoticeKind.ANSWER, (str(question.id), str(answer.id))), now)


def _edit(tables: Tables, guild_id: int, rows: Iterable[int], facts: Facts, now: datetime) -> None:
    for row in rows:
        told.anew(
            tables,
            guild_id,
            said.edit_key_of(row),
            facts,
            of=row,
            op=Op.DM_EDIT,
            priority=Priority.PERSONAL,
            due_at=now,
            expires_at=now + said.USEFUL,
        )
