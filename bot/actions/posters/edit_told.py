"""What people were told directly of a question or an answer follows it. All of this is called inside a transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.posters.question import Answer, Question
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


def answer_told(answer: Answer) -> str:
    """The key of the direct message that tells whoever asked without their name of an answer."""
    return f"{ACT}answered:{answer.id}"


def edit_told(tables: Tables, question: Question, now: datetime) -> None:
    """Make the direct messages say what is true: another text, no name any more, withdrawn, answered by a co-author.

    What was not sent yet is made of what is true then.
    """
    people = authorship.of_poster(tables, question.guild_id, question.poster_id)
    keys = [told_of(question.id, user_id) for user_id in people]
    _edit(tables, question.guild_id, keys, Facts(NoticeKind.AUTHOR_ASKED, (str(question.id),)), now)


def edit_answer_told(tables: Tables, question: Question, answer: Answer, now: datetime) -> None:
    """The same for an answer: another text, hidden, taken back."""
    facts = Facts(NoticeKind.ANSWER, (str(question.id), str(answer.id)))
    _edit(tables, question.guild_id, [answer_told(answer)], facts, now)


def _edit(tables: Tables, guild_id: int, keys: Sequence[str], facts: Facts, now: datetime) -> None:
    query = (
        "SELECT id FROM outbox WHERE guild_id = ?"
        " AND (state IN ('leased', 'sent') OR (state = 'queued' AND claimed_at IS NOT NULL))"
        f" AND dedupe_key IN ({', '.join('?' * len(keys))})"
    )
    for (row,) in tables.execute(query, [guild_id, *keys]).fetchall():
        told.anew(
            tables,
            guild_id,
            f"{ACT}edit:{row}",
            facts,
            of=row,
            op=Op.DM_EDIT,
            priority=Priority.PERSONAL,
            due_at=now,
            expires_at=now + _USEFUL,
        )
