"""Reports to the conduct committee that were just made, for the kill matrix."""

from collections.abc import Mapping

from bot.actions.conduct.handle import Doing, acknowledge
from bot.actions.conduct.report import Written, report
from bot.domain.audit import By
from bot.domain.conduct.case import Member, Way
from bot.storage.conduct import committee
from bot.storage.database import Database, Tables
from tests.chat.samples import at, lowest
from tests.faults.delivered import Trial, three_reminders

_OPENED = "🛡️ **Case 100** was opened."


async def in_a_thread(it: Trial) -> Mapping[str, str]:
    """A thread that is to be opened, who is let in, and what is said there and in the channel."""
    database = await _reported(it, Way.THREAD)
    database.close()
    return {"act:case:100": "**Case 100** · not read yet", "act:case:100:opened": _OPENED}


async def directly(it: Trial) -> Mapping[str, str]:
    """A direct message to a member of the committee, and one to whoever reported, whom no row names."""
    database = await _reported(it, Way.DIRECT)
    member = it.sandbox.person("organizer").user.id
    doing = Doing(it.sandbox.world.guild.id, three_reminders().server, "Organizer", By(member, 2, at(-24)))
    await acknowledge(database, 100, doing)
    database.close()
    return {
        f"act:case:100:{member}": "**Case 100** was reported to the conduct committee (Small). "
        "It comes to you directly, not in a thread.",
        "act:case:100:news:1": "**There is news about case 100** (Small).",
    }


async def _reported(it: Trial, way: Way) -> Database:
    """Reported at 08:35, while the bot is down. One of the committee is known."""
    guild, member = it.sandbox.world.guild.id, it.sandbox.person("organizer").user.id

    def know(tables: Tables) -> None:
        committee.put(tables, guild, Member(member, "Organizer"), at(-26))

    database = Database.open(it.database)
    await database.write(know)
    by = By(it.sandbox.person("attendee").user.id, 1, at(-25))
    await report(database, guild, Written(form=1, what="x"), way=way, by=by, draw=lowest)
    return database
