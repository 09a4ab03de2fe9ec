"""Who published the versions that a server follows from now on, for its audit trail."""

from collections.abc import Iterator
from datetime import datetime

from bot.actions.audit.record_act import record_act
from bot.actions.programme.reach import Reach
from bot.domain.audit import ActKind, Entry, person
from bot.domain.changes.in_words import in_words, title_of
from bot.storage.database import Tables
from bot.storage.programme import programmes
from bot.storage.programme.programmes import Manner, Publication

#: Changes that the trail names; more are counted.
_NAMED = 3


def record_publishing(
    tables: Tables, guild_id: int, reach: Reach, how: Manner, versions: tuple[int, int], now: datetime
) -> None:
    """One entry for each version after ``versions[0]`` up to ``versions[1]``. Call where the guild follows them.

    What differs is known of all of them together, so it stands with the last. ``now`` is in UTC.
    """
    event = reach.program.event
    found = programmes.published_between(tables, event.id, *versions)
    for one in found:
        parts = [*_by(one, guild_id), *(_what(reach, how) if one is found[-1] else ["followed by a newer version"])]
        entry = Entry(now, _person(one, guild_id), ActKind.PUBLISH, event.short_name, detail="; ".join(parts))
        record_act(tables, guild_id, reach.program.server, entry, mark=f"v{one.id}")


def _person(one: Publication, guild_id: int) -> int | None:
    """Only who belongs to this server: who organizes another is nobody's business here."""
    return person(one.by) if one.guild == guild_id else None


def _by(one: Publication, guild_id: int) -> list[str]:
    if _person(one, guild_id) is not None:
        return []
    return ["by an organizer of another server" if person(one.by) is not None else f"by {one.by}"]


def _what(reach: Reach, how: Manner) -> Iterator[str]:
    number = len(reach.changes)
    yield f"{number} change{'' if number == 1 else 's'}" if number else "only small things differ"
    for change in reach.changes[:_NAMED]:
        yield f"{title_of(change, reach.before, reach.program)} {in_words(change, reach.before, reach.program)}"
    if number > _NAMED:
        yield f"and {number - _NAMED} more"
    if how.quiet:
        yield "nobody was told"
    if how.files_win:
        yield "the files won over live changes"
