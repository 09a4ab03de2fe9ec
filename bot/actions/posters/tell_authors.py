"""A poster's authors hear of a question about it. Everything here is called inside a transaction."""

from datetime import datetime, timedelta

from bot.actions.posters.plan_authors import DIGEST_USEFUL, digests_of
from bot.domain.posters.author import Author, Place, Times, morning_after, waking
from bot.domain.posters.question import Answer, Question
from bot.domain.program import Program
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority
from bot.storage.posters import authors, direct_channels, said
from bot.storage.posters.author_rows import of_acts

_USEFUL = timedelta(days=30)


def tell_authors(tables: Tables, question: Question, program: Program, now: datetime) -> None:
    """Queue what each author chose to hear of a question; in the venue's quiet hours it waits for the morning.

    Who is mentioned in the thread is in the question's own message, see ``mentioned``.
    """
    for author in authors.of_poster(tables, question.guild_id, question.poster_id):
        if author.choice.times is Times.DIGEST:
            _in_the_morning(tables, question, author, program, now)
        elif author.reads_directly and author.user_id != question.asker:
            _direct(
                tables,
                question.guild_id,
                author,
                said.told_of(question.id, author.user_id),
                Facts(NoticeKind.AUTHOR_ASKED, (str(question.id),)),
                waking(program, now),
            )


def tell_named(tables: Tables, guild_id: int, user_id: int, poster_id: str, program: Program, now: datetime) -> None:
    """An organizer named somebody an author of a poster: they hear of it once."""
    author = authors.of_person(tables, guild_id, user_id)
    if author is not None and author.reads_directly:
        facts = Facts(NoticeKind.AUTHOR_NAMED, (poster_id,))
        _direct(tables, guild_id, author, f"{of_acts(user_id)}named:{poster_id}", facts, waking(program, now))


def tell_asker(tables: Tables, question: Question, answer: Answer, now: datetime) -> None:
    """Whoever asked without their name cannot be mentioned in the thread: they hear of the answer directly."""
    if question.named or question.asker is None or question.asker == answer.author:
        return
    channel = direct_channels.of_person(tables, question.guild_id, question.asker)
    if channel.is_open:
        told.add(
            tables,
            question.guild_id,
            said.answer_told_of(answer.id),
            Op.DM,
            Facts(NoticeKind.ANSWER, (str(question.id), str(answer.id))),
            place=str(question.asker),
            priority=Priority.QUESTION,
            due_at=now,
            expires_at=now + _USEFUL,
            message=(channel.channel_id, None),
        )


def mentioned(tables: Tables, question: Question) -> tuple[int, ...]:
    """The ids of the authors whom the question's own message mentions.

    Whoever asked with their name is left out. Without it they are not: who is missing there would be the one who asked.
    """
    found = authors.of_poster(tables, question.guild_id, question.poster_id)
    return tuple(
        author.user_id
        for author in found
        if author.choice.place is Place.THREAD
        and author.choice.times is Times.AT_ONCE
        and author.user_id != question.public_asker
    )


def _in_the_morning(tables: Tables, question: Question, author: Author, program: Program, now: datetime) -> None:
    """Once for all questions until then. At the end of the session a digest is planned already."""
    if author.choice.place is Place.DM and author.closed:
        return
    due = morning_after(program, now)
    day = due.astimezone(program.event.tz).date()
    for facts, place, part in digests_of(author, [question.poster_id]):
        told.add(
            tables,
            question.guild_id,
            f"{of_acts(author.user_id)}morning:{day}{part}",
            Op.DM if author.choice.place is Place.DM else Op.MESSAGE,
            facts,
            place=place,
            priority=Priority.REMINDER,
            due_at=due,
            expires_at=due + DIGEST_USEFUL,
            message=(author.dm_channel_id if author.choice.place is Place.DM else None, None),
        )


def _direct(tables: Tables, guild_id: int, author: Author, key: str, facts: Facts, due: datetime) -> None:
    told.add(
        tables,
        guild_id,
        key,
        Op.DM,
        facts,
        place=str(author.user_id),
        priority=Priority.QUESTION,
        due_at=due,
        expires_at=due + _USEFUL,
        message=(author.dm_channel_id, None),
    )
