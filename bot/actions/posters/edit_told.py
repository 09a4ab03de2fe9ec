"""What authors were told of a question directly follows it. Everything here is called inside a transaction."""

from datetime import datetime, timedelta

from bot.domain.posters.question import Question
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority
from bot.storage.delivery.planned import ACT
from bot.storage.posters import authorship
from bot.storage.posters.author_rows import of_acts

_USEFUL = timedelta(days=30)


def told_of(question_id: int, user_id: int) -> str:
    """The key of the direct message that tells an author of a question."""
    return f"{of_acts(user_id)}question:{question_id}"


def edit_told(tables: Tables, question: Question, now: datetime) -> None:
    """Make the direct messages say what is true: another text, no name any more, withdrawn, answered by a co-author.

    What was not sent yet is made of what is true then.
    """
    people = authorship.of_poster(tables, question.guild_id, question.poster_id)
    keys = [told_of(question.id, user_id) for user_id in people]
    query = (
        "SELECT id FROM outbox WHERE guild_id = ?"
        " AND (state IN ('leased', 'sent') OR (state = 'queued' AND claimed_at IS NOT NULL))"
        f" AND dedupe_key IN ({', '.join('?' * len(keys))})"
    )
    for (row,) in tables.execute(query, [question.guild_id, *keys]).fetchall():
        told.anew(
            tables,
            question.guild_id,
            f"{ACT}edit:{row}",
            Facts(NoticeKind.AUTHOR_ASKED, (str(question.id),)),
            of=row,
            op=Op.DM_EDIT,
            priority=Priority.PERSONAL,
            due_at=now,
            expires_at=now + _USEFUL,
        )
