"""Announcements that are due in a moment, for the kill matrix: to one person, in a channel, handed on, corrected."""

from collections.abc import Mapping

from msgspec.structs import replace

from bot.actions.announce.confirm import confirm
from bot.actions.announce.correct import correct
from bot.actions.announce.drafts import draft
from bot.domain.announce.announcement import Announcement, Content, Picture, When
from bot.domain.attendance import Settings
from bot.domain.audit import By
from bot.storage import people
from bot.storage.database import Database, Tables
from tests.chat.samples import at
from tests.faults.delivered import Trial, three_reminders, until

_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
#: To those who asked for it, at 08:40, and nowhere else.
_ALONE = Content("Lunch is here", "Sandwiches in the foyer.", place=None, when=When(at=at(-20)))
#: In the channel as well.
_BOTH = replace(_ALONE, place="announcements")
_SAID, _CORRECTED = "**Lunch is here**", "**Lunch is late**"
_PART = "act:announce:1:0:{}"


async def directly(it: Trial) -> Mapping[str, str]:
    """A direct message, due while nothing else is."""
    await _confirmed(it, _ALONE)
    return {_to(it): _SAID}


async def with_picture(it: Trial) -> Mapping[str, str]:
    """A message that is sent with a file, which is another kind of request."""
    await _confirmed(it, replace(_BOTH, copies=False, picture=Picture("picture.png", "image/png", "A map", len(_PNG))))
    return {_PART.format("here"): _SAID}


async def for_followers(it: Trial) -> Mapping[str, str]:
    """A message in a channel that others follow, to be handed on to them."""
    await _confirmed(it, replace(_BOTH, copies=False))
    return {_PART.format("publish"): _SAID}


async def everywhere(it: Trial) -> Mapping[str, str]:
    """What a turn becomes: the channel's message, its handing on, and a direct message."""
    await _confirmed(it, _BOTH)
    return {_PART.format("here"): _SAID, _PART.format("publish"): _SAID, _to(it): _SAID}


async def corrected(it: Trial) -> Mapping[str, str]:
    """The edit of a message in a channel."""
    return await _corrected(it, replace(_BOTH, copies=False))


async def corrected_directly(it: Trial) -> Mapping[str, str]:
    """The edit of a direct message."""
    return await _corrected(it, _ALONE)


async def _corrected(it: Trial, content: Content) -> Mapping[str, str]:
    """What went out at 08:40 has another title at 08:43; the edit's key."""
    found = await _confirmed(it, content)
    async with it.bot(start=at(-21).isoformat()):
        await until(lambda: _done(it))
    database, by = Database.open(it.database), By(_organizer(it), 3, at(-17))
    await correct(database, found, replace(content, title="Lunch is late"), three_reminders(), by=by)
    database.close()
    (key,) = (key for key in it.rows() if key.startswith("act:edit:"))
    return {key: _CORRECTED}


def _done(it: Trial) -> bool:
    rows = [state for key, state in it.rows().items() if key.startswith("act:announce:1:")]
    return len(rows) > 1 and set(rows) == {"sent"}


async def _confirmed(it: Trial, content: Content) -> Announcement:
    """Written and confirmed at 08:35, while the bot is down. The attendee wants direct messages."""
    guild, person = it.sandbox.world.guild.id, it.sandbox.person("attendee").user.id

    def ask(tables: Tables) -> None:
        people.put(tables, guild, person, Settings(copies=True))

    database = Database.open(it.database)
    await database.write(ask)
    picture = _PNG if content.picture else None
    written = await draft(database, guild, content, picture, by=By(_organizer(it), 1, at(-25)))
    found = await confirm(database, written, three_reminders(), by=By(_organizer(it), 2, at(-25)))
    database.close()
    return found


def _organizer(it: Trial) -> int:
    return it.sandbox.person("organizer").user.id


def _to(it: Trial) -> str:
    return _PART.format(it.sandbox.person("attendee").user.id)
