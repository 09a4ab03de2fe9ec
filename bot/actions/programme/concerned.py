"""Whose agenda a change is about, and where they chose to be told."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from bot.domain.agenda import Star
from bot.domain.changes.news import News
from bot.domain.people import Group
from bot.domain.reminders.choice import Where
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.domain.reminders.personal import MENTIONED_MOST, star_code
from bot.storage.agenda import reminder_choices, stars
from bot.storage.database import Tables


class Mentioned(Struct, frozen=True):
    """How many ``people`` want to be mentioned in a channel, the ``places`` in a list of news of what concerns one of
    them, and the ``stars`` they hold for it.
    """

    people: int = 0
    places: tuple[int, ...] = ()
    stars: tuple[Star, ...] = ()

    def facts(self, found: Sequence[News], why: str | None) -> Facts:
        """What is told to all of them: who they are is looked up when it is sent, by the stars."""
        changes = tuple(found[at].change for at in self.places)
        sessions = dict.fromkeys(change.id for change in changes if change.record == "session")
        return Facts(NoticeKind.CONCERNED, (*sessions, *map(star_code, self.stars)), changes=changes, why=why)

    def parts(self) -> Iterator[int]:
        """One message for so many as can be mentioned in it."""
        return iter(range(-(-self.people // MENTIONED_MOST)))


class Concerned(Struct, frozen=True):
    """Whoever has something of a list of news in their agenda.

    ``direct``: a person's id -> the places in the list of what concerns them, and the direct channel that is known.
    """

    direct: Mapping[int, tuple[tuple[int, ...], int | None]]
    mentioned: Mentioned


def concerned_by(tables: Tables, guild_id: int, found: Sequence[News]) -> Concerned:
    """Who wants to be reminded and has some of ``found`` in their agenda. What is not public is told only directly."""
    held: defaultdict[int, dict[int, list[Star]]] = defaultdict(dict)
    for at, item in enumerate(found):
        for user_id, theirs in stars.holders(tables, guild_id, item.stars).items():
            held[user_id][at] = theirs
    choices = reminder_choices.in_force(tables, guild_id) if held else {}
    direct: dict[int, tuple[tuple[int, ...], int | None]] = {}
    called: list[dict[int, list[Star]]] = []
    for user_id in sorted(held.keys() & choices.keys()):
        if (choice := choices[user_id]).where is Where.DM:
            direct[user_id] = (tuple(held[user_id]), choice.dm_channel_id)
        elif public := {at: own for at, own in held[user_id].items() if found[at].audience is Group.PUBLIC}:
            called.append(public)
    places = sorted({at for own in called for at in own})
    known = dict.fromkeys(star for own in called for some in own.values() for star in some)
    return Concerned(direct, Mentioned(len(called), tuple(places), tuple(known)))
