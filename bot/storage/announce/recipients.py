"""Who gets an announcement by direct message: those of its audience who asked for that, as things stand."""

import json
from typing import Any

from sqlite_utils import Database

from bot.domain.announce.announcement import Audience, Whom


def count(db: Database, guild_id: int, audience: Audience) -> tuple[int, int]:
    """How many there are now, and to how many of them no direct channel is known: to open one is a request more."""
    where, values = chosen(audience)
    chosen_ones = f"guild_id = :guild AND copies = 1 AND {where}"
    query = f"SELECT count(*), sum(dm_channel_id IS NULL) FROM person WHERE {chosen_ones}"
    number, unopened = db.execute(query, {"guild": guild_id, **values}).fetchone()
    return int(number), int(unopened or 0)


def chosen(audience: Audience) -> tuple[str, dict[str, Any]]:
    """An audience as a condition on the rows of ``person`` in the guild :guild, with the values that it needs."""
    match audience.whom:
        case Whom.EVERYONE:
            return "1", {}
        case Whom.IN_PERSON | Whom.ONLINE:
            return "attends = :attends", {"attends": audience.whom.value}
        case Whom.STARRED:
            wanted = json.dumps([[star.kind.value, star.record_id] for star in audience.stars])
            # CROSS: each star is one step into the index of who holds it; else SQLite reads all stars of the guild.
            held = (
                "SELECT star.user_id FROM json_each(:stars) AS one CROSS JOIN star ON star.guild_id = :guild"
                " AND star.kind = json_extract(one.value, '$[0]') AND star.record_id = json_extract(one.value, '$[1]')"
            )
            return f"user_id IN ({held})", {"stars": wanted}
        case Whom.SPEAKERS | Whom.AUTHORS | Whom.ROLE:
            return "EXISTS (SELECT 1 FROM json_each(roles) WHERE value = :role)", {"role": audience.role}
