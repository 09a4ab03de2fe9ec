"""Queue what a change makes the bot say: edits of what was posted, the news, and a word to whoever planned to be there.

Everything here is called inside the transaction of the change itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.actions.programme.reach import Reach
from bot.domain.changes.news import News, news
from bot.domain.event import Server
from bot.domain.people import Group
from bot.domain.reminders.choice import Where
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.domain.reminders.places import place_of
from bot.storage.agenda import reminder_choices, stars
from bot.storage.database import Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import PERSONAL, Op, Priority
from bot.storage.delivery.planned import ACT

#: News of a change is of use for half a day.
_USEFUL = timedelta(hours=12)


#: A person's id -> the places in a list of news of those that concern them, and the direct channel that is known.
_People = Mapping[int, tuple[tuple[int, ...], int | None]]


class Act(Struct, frozen=True):
    """What is being done: ``mark`` tells it from everything else that was ever done in the guild; ``at`` is in UTC."""

    mark: str
    at: datetime
    why: str | None = None
    quiet: bool = False

    @property
    def key(self) -> str:
        """The dedupe key of its news."""
        return f"{told.CHANGED}{self.mark}"


class Hearers(Struct, frozen=True):
    """Who hears of a change: ``places`` are purposes of channels, ``people`` how many get a direct message."""

    places: tuple[str, ...] = ()
    people: int = 0

    @property
    def anybody(self) -> bool:
        return bool(self.places or self.people)


NOBODY = Hearers()


def place_of_news(server: Server) -> str:
    """The purpose of the channel in which a change is told."""
    return "announcements" if "announcements" in server.channels or "schedule" not in server.channels else "schedule"


def tell_change(tables: Tables, guild_id: int, reach: Reach, act: Act) -> Hearers:
    """Queue all of it, once for each ``act.mark``; what everybody reads comes first. Who hears of it.

    A quiet act only edits.
    """
    told = NOBODY if act.quiet else _queue_news(tables, guild_id, reach, act)
    _queue_edits(tables, guild_id, reach, act)
    return told


def _queue_news(tables: Tables, guild_id: int, reach: Reach, act: Act) -> Hearers:
    found = list(news(reach.before, reach.program, reach.changes, act.at))
    said, people = _messages(found, act), _people(tables, guild_id, found)
    for facts, audience in said:
        key = act.key if facts.kind is NoticeKind.CHANGED else f"{act.key}:{audience}"
        place = _place(reach.program.server, facts, audience)
        _queue(tables, guild_id, key, Op.MESSAGE, facts, place, act.at, audience=audience)
    told.add_direct(
        tables,
        guild_id,
        _direct(found, people, act),
        # Thousands of people are told one after the other: reminders that are due meanwhile are not held up by that.
        priority=Priority.PERSONAL,
        due_at=act.at,
        expires_at=act.at + _USEFUL,
    )
    return Hearers(_places(reach.program.server, said), len(people))


def _direct(found: Sequence[News], people: _People, act: Act) -> Iterator[told.Direct]:
    """What is told to each of ``people``, of what of ``found`` concerns them."""
    # Thousands hear of the same: it is put together once.
    made: dict[tuple[int, ...], list[tuple[str, Facts, Group]]] = {}
    for user_id, (concerned, channel_id) in people.items():
        if concerned not in made:
            messages = _messages([found[at] for at in concerned], act)
            made[concerned] = [
                ("" if facts.kind is NoticeKind.CHANGED else f":{audience}", facts, audience)
                for facts, audience in messages
            ]
        for part, facts, audience in made[concerned]:
            yield f"{act.key}:{user_id}{part}", facts, audience, user_id, channel_id


def hearers(tables: Tables, guild_id: int, reach: Reach, at: datetime) -> Hearers:
    """Who hears of ``reach`` where it is told at ``at`` (UTC). Nothing is changed."""
    found = list(news(reach.before, reach.program, reach.changes, at))
    return Hearers(_places(reach.program.server, _messages(found, Act("", at))), len(_people(tables, guild_id, found)))


def _places(server: Server, said: Sequence[tuple[Facts, Group]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_place(server, *one) for one in said))


def _place(server: Server, facts: Facts, audience: Group) -> str:
    return place_of_news(server) if facts.kind is NoticeKind.CHANGED else place_of(server, audience)


def _queue_edits(tables: Tables, guild_id: int, reach: Reach, act: Act) -> None:
    for row in reach.messages:
        receipt = (row.channel_id, row.message_id)
        # The place is the message's own row: its buttons refer to it, and its receipt may be yet to come.
        key, place = f"{ACT}edit:{row.id}:{act.mark}", str(row.id)
        op = Op.DM_EDIT if row.op is Op.DM else Op.EDIT
        _queue(tables, guild_id, key, op, row.facts, place, act.at, audience=row.audience, message=receipt)
    for card in reach.cards:
        facts, receipt = Facts(NoticeKind.CARD, card=card.lookup), (card.channel_id, card.message_id)
        key = f"{ACT}edit:card:{card.message_id}:{act.mark}"
        _queue(tables, guild_id, key, Op.EDIT, facts, "card", act.at, message=receipt)


def _messages(found: Sequence[News], act: Act) -> list[tuple[Facts, Group]]:
    """One for all that everybody hears of, and for dates that moved one for each circle that they are meant for."""
    said = []
    changes = tuple(item.change for item in found if item.audience is Group.PUBLIC and not item.moved)
    if changes:
        sessions = tuple(dict.fromkeys(change.id for change in changes if change.record == "session"))
        said.append((Facts(NoticeKind.CHANGED, sessions, changes=changes, why=act.why), Group.PUBLIC))
    for audience in Group:
        moved = tuple(item.change for item in found if item.audience is audience and item.moved)
        if moved:
            ids = tuple(change.id for change in moved)
            said.append((Facts(NoticeKind.EXTENDED, ids, changes=moved, why=act.why), audience))
    return said


def _people(tables: Tables, guild_id: int, found: Sequence[News]) -> _People:
    """Whoever wants direct messages and has some of it in their agenda: what of it, and the channel to reach them."""
    concerned: defaultdict[int, list[int]] = defaultdict(list)
    for at, item in enumerate(found):
        for user_id in stars.people_with(tables, guild_id, item.stars):
            concerned[user_id].append(at)
    choices = reminder_choices.in_force(tables, guild_id) if concerned else {}
    return {
        user_id: (tuple(places), choice.dm_channel_id)
        for user_id, places in sorted(concerned.items())
        if (choice := choices.get(user_id)) is not None and choice.where is Where.DM
    }


def _queue(
    tables: Tables,
    guild_id: int,
    key: str,
    op: Op,
    facts: Facts,
    place: str,
    at: datetime,
    *,
    audience: Group = Group.PUBLIC,
    message: tuple[int | None, int | None] = (None, None),
) -> None:
    told.add(
        tables,
        guild_id,
        key,
        op,
        facts,
        place=place,
        priority=Priority.PERSONAL if op in PERSONAL else Priority.CHANGE,
        due_at=at,
        expires_at=at + _USEFUL,
        audience=audience,
        message=message,
    )
