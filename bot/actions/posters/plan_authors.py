"""What authors are told by the programme: whether they are at their boards, and what is unanswered after a session."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.actions.posters.say import thread_of, want_thread
from bot.domain.people import Group
from bot.domain.posters.author import Author, Place, Times, looked_for, showings
from bot.domain.program import Program
from bot.domain.reminders.leads import lead_name, stamp
from bot.domain.reminders.notice import Facts, Notice, NoticeKind
from bot.storage.agenda import personal
from bot.storage.database import Tables
from bot.storage.delivery.outbox import Op
from bot.storage.posters import authors
from bot.storage.posters.author_rows import DIRECT, MENTION, planned_direct, planned_mention

#: Part of every basis: raise it when the same programme comes to another plan than before.
RULES = 1
#: How long a digest is of use.
DIGEST_USEFUL = timedelta(hours=12)
_DIGEST = Facts(NoticeKind.AUTHOR_DIGEST)


def plan_author(tables: Tables, guild_id: int, user_id: int, program: Program, now: datetime) -> None:
    """Plan for one person, who may be no author (any more). Call inside a transaction; twice changes nothing.

    ``program`` is the one in force in the guild, ``now`` in UTC.
    """
    author = authors.of_person(tables, guild_id, user_id)
    plan_one(tables, guild_id, author or Author(user_id, ()), program, now)


def plan_one(tables: Tables, guild_id: int, author: Author, program: Program, now: datetime) -> None:
    """As above, for whom the caller has read; without posters there is nothing for them."""
    direct, mentions = _direct(program, [author]), _mentions(program, [author])
    personal.sync_keys(tables, guild_id, Op.DM, planned_direct(author.user_id), direct, now=now)
    personal.sync_keys(tables, guild_id, Op.MESSAGE, planned_mention(author.user_id), mentions, now=now)
    _want_threads(tables, guild_id, [author], program, now)


def plan_all(tables: Tables, guild_id: int, program: Program, now: datetime) -> None:
    """Plan for all authors of a guild, in one go. As above."""
    found = authors.of_guild(tables, guild_id)
    personal.sync_keys(tables, guild_id, Op.DM, DIRECT, _direct(program, found), now=now)
    personal.sync_keys(tables, guild_id, Op.MESSAGE, MENTION, _mentions(program, found), now=now)
    _want_threads(tables, guild_id, found, program, now)


def basis_of(program: Program) -> str:
    """The same for programmes that come to the same plan."""
    sessions = [(session.id, session.start, session.end) for session in program.poster_sessions]
    shown = [(poster.id, poster.session) for poster in program.posters]
    return blake2b(repr((RULES, sessions, shown)).encode(), digest_size=16).hexdigest()


def _direct(program: Program, found: Iterable[Author]) -> Iterator[personal.Direct]:
    for author in found:
        if author.reads_directly:
            keys, place = planned_direct(author.user_id), str(author.user_id)
            for notice in _of_boards(program, author, keys, place):
                yield notice, author.dm_channel_id
            if author.choice.times is Times.DIGEST:
                for notice in _digests(program, author, keys):
                    yield notice, author.dm_channel_id


def _mentions(program: Program, found: Iterable[Author]) -> Iterator[personal.Direct]:
    for author in found:
        if author.choice.place is Place.THREAD:
            keys = planned_mention(author.user_id)
            for notice in _of_boards(program, author, keys, None):
                yield notice, None
            if author.choice.times is Times.DIGEST:
                for notice in _digests(program, author, keys):
                    yield notice, None


def _of_boards(program: Program, author: Author, keys: str, place: str | None) -> Iterator[Notice]:
    """One question for each session, however many posters of theirs it shows; ``place`` None: in the first's thread."""
    for session, posters in showings(program, author.posters):
        facts = Facts(NoticeKind.AUTHOR_BOARD, (session.id, *(() if place else (str(author.user_id),))), session.start)
        for lead, due, until in looked_for(session):
            key = f"{keys}board/{session.id}:{stamp(session.start)}:{lead_name(lead)}"
            yield Notice(key, facts, Group.PUBLIC, place or thread_of(posters[0].id), due, until)


def _digests(program: Program, author: Author, keys: str) -> Iterator[Notice]:
    """At the end of each session, directly of all their posters at once, in threads each of its own poster."""
    for session, posters in showings(program, author.posters):
        for facts, place, part in digests_of(author, [poster.id for poster in posters]):
            key = f"{keys}digest/{session.id}:{stamp(session.end)}{part}"
            yield Notice(key, facts, Group.PUBLIC, place, session.end, session.end + DIGEST_USEFUL)


def digests_of(author: Author, posters: Iterable[str]) -> Iterator[tuple[Facts, str, str]]:
    """The digests that ``author`` gets at one moment: of what, where, and what tells its key from the others'."""
    if author.choice.place is Place.DM:
        yield _DIGEST, str(author.user_id), ""
        return
    for poster_id in posters:
        yield Facts(NoticeKind.AUTHOR_DIGEST, (poster_id, str(author.user_id))), thread_of(poster_id), f":{poster_id}"


def _want_threads(tables: Tables, guild_id: int, found: Iterable[Author], program: Program, now: datetime) -> None:
    """Whoever is to be mentioned in a thread needs it to be there."""
    for author in found:
        if author.choice.place is Place.THREAD:
            for poster_id in author.posters:
                if poster_id in program.poster_by_id:
                    want_thread(tables, guild_id, poster_id, now, many=True)
