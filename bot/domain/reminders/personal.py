"""What people asked to be reminded of: the moments of their agenda, and the messages that tell of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.agenda import Item, Star, StarKind, agenda, standing_for
from bot.domain.event import Server
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.choice import ReminderChoice
from bot.domain.reminders.days import digest_at
from bot.domain.reminders.leads import can_be_told, lead_name, stamp
from bot.domain.reminders.notice import Facts, Notice, NoticeKind
from bot.domain.reminders.places import programme_place

#: People named in one message: with each as long as an id can be, the text still has room.
MENTIONED_MOST = 60
#: How long after its start somebody may still want to go.
_USEFUL = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something in an agenda that has a time: ``at`` is the UTC instant of its start, or at which it is due.

    ``expires_at`` is when it is of no use to be told any more, ``audience`` who may know of it.
    """

    kind: StarKind
    id: str
    at: datetime
    expires_at: datetime
    audience: Group = Group.PUBLIC

    @property
    def facts(self) -> Facts:
        return Facts(NoticeKind.PERSONAL, (self.id,), self.at)

    def named(self, lead: timedelta) -> str:
        """The part of a key that says what is told, and how long before."""
        return f"{self.kind}/{self.id}:{stamp(self.at)}:{lead_name(lead)}"


class Moments:
    """The moments of many agendas: what each star stands for is looked up once."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._known: dict[Star, tuple[Moment, ...]] = {}

    def of(self, stars: Iterable[Star]) -> list[Moment]:
        """Each moment once, though several stars may stand for it; none of what is cancelled or has no time."""
        return list(dict.fromkeys(moment for star in stars for moment in self._of(star)))

    def _of(self, star: Star) -> tuple[Moment, ...]:
        found = self._known.get(star)
        if found is None:
            items = agenda(self._program, [star]).items
            found = self._known[star] = tuple(moment for item in items if (moment := _moment(item)))
        return found


def _moment(item: Item) -> Moment | None:
    if item.start is None or item.cancelled or not can_be_told(item.start):
        return None
    if item.deadline is not None:
        return Moment(StarKind.DEADLINE, item.deadline.id, item.start, item.start, item.deadline.audience)
    kind, record = (StarKind.TALK, item.talk) if item.talk else (StarKind.SESSION, item.session)
    return Moment(kind, record.id, item.start, item.start + _USEFUL) if record else None


def stars_for(program: Program, moment: Moment) -> tuple[Star, ...]:
    """Every star that stands for ``moment``: the other way round from ``Moments.of``."""
    own = Star(moment.kind, moment.id)
    if moment.kind is StarKind.TALK:
        _, talk = program.talk_by_id[moment.id]
        return (own, *(Star(StarKind.SPEAKER, name) for name in talk.speakers))
    if moment.kind is StarKind.SESSION:
        session = program.session_by_id[moment.id]
        found = standing_for(program, session)
        # Of several talks each is a moment of its own; the only one of a session is the session.
        return found if len(session.talks) == 1 else tuple(star for star in found if star.kind not in _OF_TALKS)
    return (own,)


_OF_TALKS = (StarKind.TALK, StarKind.SPEAKER)


def direct_notices(user_id: int, choice: ReminderChoice, moments: Iterable[Moment]) -> Iterator[Notice]:
    """A direct message to one person for each moment; its place is their id."""
    for moment in moments:
        yield Notice(
            f"dm:{user_id}:{moment.named(choice.lead)}",
            moment.facts,
            moment.audience,
            str(user_id),
            moment.at - choice.lead,
            moment.expires_at,
        )


def digest_notices(user_id: int, program: Program, moments: Iterable[Moment]) -> Iterator[Notice]:
    """Each morning, to one person, what of their agenda is on that day at the venue."""
    days: dict[date, list[Moment]] = {}
    for moment in sorted(moments, key=lambda one: (one.at, one.id)):
        if moment.audience is Group.PUBLIC:
            days.setdefault(moment.at.astimezone(program.event.tz).date(), []).append(moment)
    for day, own in days.items():
        due = digest_at(program, day, own[0].at)
        if due is not None:
            facts = Facts(NoticeKind.PERSONAL, tuple(moment.id for moment in own), day=day)
            yield Notice(f"dm:{user_id}:digest:{day}", facts, Group.PUBLIC, str(user_id), due, own[-1].at)


def mention_notices(server: Server, people: Mapping[tuple[Moment, timedelta], int]) -> Iterator[Notice]:
    """For each moment and lead messages in a channel that mention so many people. What is not public is left out."""
    place = programme_place(server)
    for (moment, lead), number in people.items():
        if moment.audience is Group.PUBLIC:
            for part in range(-(-number // MENTIONED_MOST)):
                key = f"mention:{moment.named(lead)}:{part}"
                yield Notice(key, moment.facts, Group.PUBLIC, place, moment.at - lead, moment.expires_at)
