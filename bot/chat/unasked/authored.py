"""What is looked up for a message to one author of posters, when it is sent."""

from bot.chat.render.notices.authors import author_meant
from bot.chat.render.notices.message import NOTHING, AuthorView, Besides
from bot.domain.reminders.notice import NoticeKind
from bot.storage.database import Tables
from bot.storage.delivery.outbox import EDITS, Row
from bot.storage.posters import at_board, authors, authorship, questions, tallies


def of_author(db: Tables, row: Row) -> Besides:
    """Nothing for who is no author any more: then the message is not sent."""
    match row.facts.kind:
        case NoticeKind.AUTHOR_ASKED:
            found = questions.of_id(db, row.guild_id, int(row.facts.ids[0]))
            if found is None or not authorship.is_author(db, row.guild_id, found.poster_id, int(row.place)):
                return NOTHING
            return Besides(question=found, author=AuthorView(told=row.op in EDITS))
        case NoticeKind.AUTHOR_NAMED:
            (poster_id,) = row.facts.ids
            if not authorship.is_author(db, row.guild_id, poster_id, int(row.place)):
                return NOTHING
            return Besides(author=AuthorView(unanswered=tallies.waiting_for(db, row.guild_id, poster_id)))
        case NoticeKind.AUTHOR_DIGEST:
            posters = authorship.posters_of(db, row.guild_id, author_meant(row.place, row.facts))
            meant = [poster for poster in posters if poster in row.facts.ids or not row.facts.ids]
            return Besides(author=AuthorView(waiting=tuple(questions.unanswered(db, row.guild_id, meant))))
        case _:
            session = row.facts.ids[0]
            author = authors.of_person(db, row.guild_id, author_meant(row.place, row.facts))
            if author is None:
                return NOTHING
            there = at_board.is_there(db, row.guild_id, session, author.user_id)
            return Besides(author=AuthorView(posters=author.posters, is_there=there))
