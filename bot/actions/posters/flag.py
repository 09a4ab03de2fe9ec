"""Somebody reports a question to the organizers."""

from datetime import timedelta

from msgspec import Struct

from bot.actions.posters.vote import GONE
from bot.domain.audit import By
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.event import Server
from bot.domain.people import Group
from bot.domain.posters import limits
from bot.domain.posters.question import Question
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Database, Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority
from bot.storage.delivery.planned import ACT
from bot.storage.posters import moderation, questions

#: Reports of one person within ``limits.LATELY``; and messages to organizers about one question.
FLAGS_MOST, TOLD_MOST = 10, 5
_PLACE = "organizers"
_USEFUL = timedelta(days=2)


class Flagged(Struct, frozen=True):
    """``new``: this person had not reported it before. ``told``: organizers have a channel in which they are told."""

    question: Question
    new: bool
    told: bool


async def flag(
    db: Database, guild_id: int, question_id: int, why: str, *, named: bool, by: By, server: Server
) -> Flagged:
    """Keep the report, and queue that organizers are told: once for each person and question. ``named``: by whom, too.

    Raises NotFoundError for what is not shown any more, and UsherError for who reports very many.
    """

    def write(tables: Tables) -> Flagged:
        found = questions.of_id(tables, guild_id, question_id)
        if found is None or not found.is_shown:
            raise NotFoundError(GONE)
        flag_id = moderation.add_flag(tables, found, named=named, why=why, by=by)
        reaches = _PLACE in server.channels
        if flag_id is None:
            return Flagged(found, new=False, told=reaches)
        if len(moderation.flagged_since(tables, guild_id, by.user, by.at - limits.LATELY)) > FLAGS_MOST:
            raise UsherError(
                f"You reported {FLAGS_MOST} questions within a short time, and the organizers know of them. "
                "Write to an organizer about the others."
            )
        if reaches and moderation.flags_of_question(tables, found.id) <= TOLD_MOST:
            _tell(tables, found, flag_id, by)
        return Flagged(found, new=True, told=reaches)

    return await db.write(write)


def _tell(tables: Tables, question: Question, flag_id: int, by: By) -> None:
    told.add(
        tables,
        question.guild_id,
        f"{ACT}flag:{flag_id}",
        Op.MESSAGE,
        Facts(NoticeKind.FLAG, (str(question.id), str(flag_id))),
        place=_PLACE,
        priority=Priority.QUESTION,
        due_at=by.at,
        expires_at=by.at + _USEFUL,
        audience=Group.ORGANIZERS,
    )
