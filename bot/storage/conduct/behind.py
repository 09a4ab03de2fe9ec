"""Who wrote what a message of the bot says: questions about posters and answers are posted by the bot."""

from msgspec import Struct
from sqlite_utils import Database

from bot.domain.reminders.notice import NoticeKind
from bot.storage.delivery import outbox
from bot.storage.posters import answers, questions

#: What shows one question, which is the first that they name.
_OF_A_QUESTION = frozenset({NoticeKind.QUESTION, NoticeKind.FLAG, NoticeKind.AUTHOR_ASKED})


class Behind(Struct, frozen=True):
    """``id`` is None where nobody knows any more; ``shown``: everybody may know."""

    id: int | None
    shown: bool


def behind(db: Database, guild_id: int, row_id: int) -> Behind | None:
    """Who is behind the message of a row of the outbox; None for what nobody but the bot says."""
    row = next(iter(outbox.by_ids(db, guild_id, [str(row_id)])), None)
    if row is None:
        return None
    if row.facts.kind in _OF_A_QUESTION:
        asked = questions.of_id(db, guild_id, int(row.facts.ids[0]))
        return Behind(asked.asker, asked.named) if asked is not None else Behind(None, shown=False)
    if row.facts.kind is NoticeKind.ANSWER:
        given = answers.of_id(db, guild_id, int(row.facts.ids[1]))
        return Behind(given.author if given is not None else None, shown=True)
    # What several people asked, of whom some may not be named.
    return Behind(None, shown=False) if row.facts.kind is NoticeKind.AUTHOR_DIGEST else None
