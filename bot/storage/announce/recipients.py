"""Who gets an announcement by direct message: those of its audience who asked for that, as things stand."""

from typing import Any

from sqlite_utils import Database

from bot.domain.announce.announcement import Audience, Whom


def number(db: Database, guild_id: int, audience: Audience) -> int:
    """How many there are now."""
    where, values = chosen(audience)
    query = f"SELECT count(*) FROM person WHERE guild_id = :guild AND copies = 1 AND {where}"
    (found,) = db.execute(query, {"guild": guild_id, **values}).fetchone()
    return int(found)


def unopened(db: Database, guild_id: int, audience: Audience) -> int:
    """To how many of them no direct channel is known: opening one is a request more."""
    where, values = chosen(audience)
    query = f"SELECT count(*) FROM person WHERE guild_id = :guild AND copies = 1 AND dm_channel_id IS NULL AND {where}"
    (found,) = db.execute(query, {"guild": guild_id, **values}).fetchone()
    return int(found)


def chosen(audience: Audience) -> tuple[str, dict[str, Any]]:
    """An audience as a condition on the rows of ``person`` in the guild :guild, with the values that it needs."""
    match audience.whom:
        case Whom.EVERYONE:
            return "1", {}
        case Whom.IN_PERSON | Whom.ONLINE:
            return "attends = :attends", {"attends": audience.whom.value}
        case Whom.STARRED:
            pairs = ", ".join(f"(:kind{at}, :record{at})" for at, _ in enumerate(audience.stars))
            values = {f"kind{at}": star.kind.value for at, star in enumerate(audience.stars)}
            values |= {f"record{at}": star.record_id for at, star in enumerate(audience.stars)}
            held = f"SELECT user_id FROM star WHERE guild_id = :guild AND (kind, record_id) IN (VALUES {pairs})"
            return (f"user_id IN ({held})", values) if audience.stars else ("0", {})
        case Whom.SPEAKERS | Whom.AUTHORS | Whom.ROLE:
            return "EXISTS (SELECT 1 FROM json_each(roles) WHERE value = :role)", {"role": audience.role}
