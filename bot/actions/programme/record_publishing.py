"""Who published the versions that a server follows from now on, for its audit trail."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.actions.audit.record_act import record_act
from bot.actions.programme.reach import Reach
from bot.domain.audit import ActKind, Entry, person
from bot.domain.changes.apply import Conflict
from bot.domain.changes.in_words import in_words, sides, title_of
from bot.storage.database import Tables
from bot.storage.programme import programmes
from bot.storage.programme.programmes import Manner, Publication

#: Changes that the trail names; more are counted.
_NAMED = 3
_FOLLOWED = "followed by a newer version"


def record_publishing(
    tables: Tables,
    guild_id: int,
    reach: Reach,
    how: Manner,
    versions: tuple[int, int],
    now: datetime,
    *,
    conflicts: Sequence[Conflict] = (),
) -> None:
    """One entry for each version after ``versions[0]`` up to ``versions[1]``. Call where the guild follows them.

    What differs, and the ``conflicts`` that came with it, is known of all of them together, so it stands with the last.
    ``now`` is in UTC.
    """
    event = reach.program.event
    found = programmes.published_between(tables, event.id, *versions)
    for one in found:
        parts = [*_by(one, guild_id), *(_what(reach, how, conflicts) if one is found[-1] else [_FOLLOWED])]
        entry = Entry(now, _person(one, guild_id), ActKind.PUBLISH, event.short_name, detail="; ".join(parts))
        record_act(tables, guild_id, reach.program.server, entry, mark=f"v{one.id}")


def _person(one: Publication, guild_id: int) -> int | None:
    """Only who belongs to this server: who organizes another is nobody's business here."""
    return person(one.by) if one.guild == guild_id else None


def _by(one: Publication, guild_id: int) -> list[str]:
    if _person(one, guild_id) is not None:
        return []
    return ["by an organizer of another server" if person(one.by) is not None else f"by {one.by}"]


def _what(reach: Reach, how: Manner, conflicts: Sequence[Conflict]) -> Iterator[str]:
    before, after = reach.before, reach.program
    if reach.changes or not conflicts:
        number = len(reach.changes)
        yield f"{number} change{'' if number == 1 else 's'}" if number else "only small things differ"
    yield from _named([f"{title_of(one, before, after)} {in_words(one, before, after)}" for one in reach.changes])
    if conflicts:
        contradicted = [one.as_change for one in conflicts]
        # All that was changed live of a session that is gone reads alike.
        rows = dict.fromkeys(f"{title_of(one, before, after)} {sides(one, before, after)}" for one in contradicted)
        yield f"{len(rows)} conflict{'' if len(rows) == 1 else 's'} with live changes"
        yield from _named(list(rows))
    if how.quiet:
        yield "nobody was told"
    if how.files_win:
        yield "the files won over live changes"


def _named(all_of_them: Sequence[str]) -> Iterator[str]:
    yield from all_of_them[:_NAMED]
    if len(all_of_them) > _NAMED:
        yield f"and {len(all_of_them) - _NAMED} more"
