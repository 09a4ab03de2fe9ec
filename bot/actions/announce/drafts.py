"""Write an announcement, and change what is written. Nothing goes out by that."""

from msgspec.structs import replace

from bot.domain.announce.announcement import Announcement, Content, Stage
from bot.domain.audit import By
from bot.domain.errors import UsherError
from bot.storage.announce import announcements
from bot.storage.database import Database, Tables


class ChangedSinceError(UsherError):
    """Somebody else did something with the announcement since it was looked at. Nothing was changed by this."""


def standing(tables: Tables, announcement: Announcement) -> Announcement:
    """The announcement as it is, if nobody changed it since ``announcement`` was read. Raises ChangedSinceError."""
    found = announcements.of_id(tables, announcement.guild_id, announcement.id)
    if found is None or found.revision != announcement.revision:
        raise ChangedSinceError(
            "Somebody changed this announcement a moment ago. Nothing was changed by you: look again."
        )
    return found


async def draft(db: Database, guild_id: int, content: Content, picture: bytes | None, *, by: By) -> Announcement:
    """Store a new draft, with its picture. The same interaction gives the same one again."""

    def write(tables: Tables) -> Announcement:
        made = announcements.add(tables, guild_id, content, by=by.user, at=by.at, act=by.act)
        if picture is not None:
            announcements.put_picture(tables, made.id, picture)
        return made

    return await db.write(write)


async def redraft(
    db: Database, before: Announcement, content: Content, *, by: By, picture: bytes | None = None
) -> Announcement:
    """Give a draft another content; ``picture`` are the bytes of a new one. Raises ChangedSinceError.

    Raises UsherError for what was confirmed meanwhile.
    """

    def write(tables: Tables) -> Announcement:
        found = standing(tables, before)
        if found.stage is not Stage.DRAFT:
            raise UsherError("It was confirmed already, and is no draft any more. /announcements shows it.")
        changed = announcements.put(tables, found, by=by.user, at=by.at, content=content)
        assert changed is not None
        if picture is not None or content.picture is None:
            announcements.put_picture(tables, found.id, picture)
        return changed

    return await db.write(write)


async def duplicate(
    db: Database, original: Announcement, content: Content, *, by: By, picture: bytes | None = None
) -> Announcement:
    """A new draft with ``content``, and ``picture`` or that of ``original``; without one where there are no bytes."""

    def write(tables: Tables) -> Announcement:
        found = picture or (announcements.picture(tables, original.id) if content.picture else None)
        wanted = content if found else replace(content, picture=None)
        made = announcements.add(tables, original.guild_id, wanted, by=by.user, at=by.at, act=by.act)
        if found:
            announcements.put_picture(tables, made.id, found)
        return made

    return await db.write(write)


async def drop(db: Database, before: Announcement, *, by: By) -> None:
    """Throw a draft away. Raises as ``redraft``."""

    def write(tables: Tables) -> None:
        found = standing(tables, before)
        if found.stage is not Stage.DRAFT:
            raise UsherError("It was confirmed already, and cannot be dropped. /announcements can cancel it.")
        announcements.put(tables, found, by=by.user, at=by.at, stage=Stage.DROPPED)

    await db.write(write)
