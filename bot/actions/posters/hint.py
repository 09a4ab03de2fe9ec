"""Somebody typed what was not taken up: they are told how to be heard."""

from datetime import timedelta
from enum import StrEnum

from bot.actions.posters.say import thread_of
from bot.domain.audit import By
from bot.domain.posters.limits import KEPT_MOST, LATELY
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.database import Database, Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority
from bot.storage.delivery.planned import ACT
from bot.storage.posters import direct_channels, typed

#: Later than this it would stand below another conversation.
_USEFUL = timedelta(minutes=30)


class About(StrEnum):
    """UNREAD: what was typed cannot be read; AUTHOR: the same, to an author of the poster. KEPT: it was a question that
    cannot be asked as it is; FULL: another one, and too many are kept already. EARLY: an author's reply to a question
    that is kept. STOPPED: organizers stopped whoever typed it from asking and answering; that is told to them directly.
    The values stand in the database and are never changed.
    """

    UNREAD = "unread"
    AUTHOR = "author"
    KEPT = "kept"
    FULL = "full"
    EARLY = "early"
    STOPPED = "stopped"


#: How often one person is told within ``LATELY``; of all else once in a server, of a stop once for each.
_LATELY_MOST = {About.KEPT: KEPT_MOST, About.FULL: 1, About.EARLY: KEPT_MOST}


def was_told(tables: Tables, guild_id: int, user_id: int, about: About) -> bool:
    return typed.is_hinted(tables, guild_id, user_id, _counted_as(about))


async def hint(db: Database, guild_id: int, poster_id: str, about: About, *, by: By) -> bool:
    """Queue a hint below the message ``by.act``; whether it is given, and was not often enough."""
    return await db.write(lambda tables: give_hint(tables, guild_id, poster_id, about, by=by))


def give_hint(tables: Tables, guild_id: int, poster_id: str, about: About, *, by: By) -> bool:
    """As ``hint``, inside a transaction."""
    most = _LATELY_MOST.get(about)
    given = (
        typed.hint(tables, guild_id, by.user, _counted_as(about))
        if most is None
        else typed.hint_lately(tables, guild_id, by.user, about, at=by.at, lately=LATELY, most=most)
    )
    return given and _queue(tables, guild_id, poster_id, about, by)


def _queue(tables: Tables, guild_id: int, poster_id: str, about: About, by: By) -> bool:
    """Whether it can be given: nothing is said directly to who takes no such messages."""
    direct, channel = about is About.STOPPED, None
    if direct:
        known = direct_channels.of_person(tables, guild_id, by.user)
        if known.closed:
            return False
        channel = known.channel_id
    told.add(
        tables,
        guild_id,
        f"{ACT}hint:{by.act}{':direct' if direct else ''}",
        Op.DM if direct else Op.MESSAGE,
        Facts(NoticeKind.HINT, (poster_id, str(by.act)), why=about),
        place=str(by.user) if direct else thread_of(poster_id),
        priority=Priority.QUESTION,
        due_at=by.at,
        expires_at=by.at + _USEFUL,
        message=(channel, None),
    )
    return True


def _counted_as(about: About) -> About:
    """Whoever was told that typing is not read knows it, as an author and as anybody."""
    return About.UNREAD if about is About.AUTHOR else about
