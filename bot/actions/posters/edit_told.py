"""What authors were told of a question directly follows it. Everything here is called inside a transaction."""

from datetime import datetime

from bot.domain.posters.question import Question
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
    for row in said.told_rows(tables, question.guild_id, question.id, people):
        told.anew(
            tables,
            question.guild_id,
            said.edit_key_of(row),
            Facts(NoticeKind.AUTHOR_ASKED, (str(question.id),)),
            of=row,
            op=Op.DM_EDIT,
            priority=Priority.PERSONAL,
            due_at=now,
            expires_at=now + said.USEFUL,
        )
