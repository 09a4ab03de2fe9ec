"""What people asked to be reminded of: the moments of their agenda, and the messages that tell of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from operator import attrgetter

from msgspec import Struct

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


class Moment(Struct, frozen=True, dict=True):
    """Something in an agenda that has a time: ``at`` is the UTC instant of its start, or at which it is due.

    ``expires_at`` is when it is of no use to be told any more, ``audience`` who may know of it. What follows from that
    is made once: one moment stands in the agendas of thousands.
    """

    kind: StarKind
    id: str
    at: datetime
    expires_at: datetime
    audience: Group = Group.PUBLIC

    @cached_property
    def facts(self) -> Facts:
        return Facts(NoticeKind.PERSONAL, (self.id,), self.at)

    @cached_property
    def _names(self) -> dict[timedelta, str]:
        return {}

    def named(self, lead: timedelta) -> str:
        """The part of a key that says what is told, and how long before."""
        found = self._names.get(lead)
        if found is None:
            found = self._names[lead] = f"{self.kind}/{self.id}:{stamp(self.at)}:{lead_name(lead)}"
        return found


class Moments:
    """The moments of many agendas: what each star stands for is looked up once, and so is the day that each is on."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._known: dict[Star, tuple[Moment, ...]] = {}
        self._days: dict[datetime, date] = {}
        self._digests: dict[tuple[date, datetime | None], datetime | None] = {}

    def of(self, stars: Iterable[Star]) -> list[Moment]:
        """Each moment once, though several stars may stand for it; none of what is cancelled or has no time.

        A session that begins with one of the talks is that talk: nobody needs to be told of both.
        """
        found = list(dict.fromkeys(moment for star in stars for moment in self._of(star)))
        begun = {(self.session_of(moment), moment.at) for moment in found if moment.kind is StarKind.TALK}
        return [one for one in found if (one.id, one.at) not in begun or one.kind is not StarKind.SESSION]

    def told_of(self, moments: Collection[Moment]) -> set[str]:
        """The ids of what they tell of: a talk stands for its session where that begins with it."""
        talks = {self.session_of(moment) for moment in moments if moment.kind is StarKind.TALK}
        return {moment.id for moment in moments} | talks

    def session_of(self, talk: Moment) -> str:
        """The id of the session that a talk is in."""
        session, _ = self.program.talk_by_id[talk.id]
        return session.id

    def _of(self, star: Star) -> tuple[Moment, ...]:
        found = self._known.get(star)
        if found is None:
            items = agenda(self.program, [star]).items
            found = self._known[star] = tuple(moment for item in items if (moment := _moment(item)))
        return found

    def day_of(self, moment: Moment) -> date:
        """The venue's date on which it is."""
        found = self._days.get(moment.at)
        if found is None:
            found = self._days[moment.at] = moment.at.astimezone(self.program.event.tz).date()
        return found

    def digest_at(self, day: date, start: datetime | None) -> datetime | None:
        """See ``days.digest_at``."""
        if (day, start) not in self._digests:
            self._digests[day, start] = digest_at(self.program, day, start)
        return self._digests[day, start]


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


_AT_AND_ID = attrgetter("at", "id")


def direct_notices(user_id: int, choice: ReminderChoice, moments: Iterable[Moment]) -> Iterator[Notice]:
    """A direct message to one person for each moment; its place is their id."""
    place = str(user_id)
    for moment in moments:
        yield Notice(
            f"dm:{place}:{moment.named(choice.lead)}",
            moment.facts,
            moment.audience,
            place,
            moment.at - choice.lead,
            moment.expires_at,
        )


def digest_notices(user_id: int, choice: ReminderChoice, known: Moments, moments: Iterable[Moment]) -> Iterator[Notice]:
    """Each morning, to one person, what of their agenda is on that day at the venue. ``moments`` are of ``known``.

    What was due in the night is left out: its own reminder told of it.
    """
    days: dict[date, list[Moment]] = {}
    for moment in sorted(moments, key=_AT_AND_ID):
        if moment.audience is Group.PUBLIC:
            days.setdefault(known.day_of(moment), []).append(moment)
    for day, own in days.items():
        start = next((moment.at for moment in own if moment.kind is not StarKind.DEADLINE), None)
        due = known.digest_at(day, start)
        if due is None:
            continue
        told = [moment for moment in own if moment.at > due]
        # A date alone that they were reminded of just before is no agenda of the day.
        if start is not None or any(moment.at - choice.lead > due for moment in told):
            facts = Facts(NoticeKind.PERSONAL, tuple(moment.id for moment in told), day=day)
            yield Notice(f"dm:{user_id}:digest:{day}", facts, Group.PUBLIC, str(user_id), due, told[-1].at)


def mention_notices(server: Server, people: Mapping[tuple[Moment, timedelta], int]) -> Iterator[Notice]:
    """For each moment and lead messages in a channel that mention so many people. What is not public is left out."""
    place = programme_place(server)
    for (moment, lead), number in people.items():
        if moment.audience is Group.PUBLIC:
            for part in range(-(-number // MENTIONED_MOST)):
                key = f"mention:{moment.named(lead)}:{part}"
                yield Notice(key, moment.facts, Group.PUBLIC, place, moment.at - lead, moment.expires_at)
