"""Several changes of one thing as the one that counts."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.domain.changes.change import Change, Field


def merged(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Each field of a record once: its first old -> its last new value. ``changes`` come in the order they were made.

    What was changed back is left out.
    """
    found: dict[tuple[str, str, Field], Change] = {}
    for change in changes:
        key = (change.record, change.id, change.field)
        found[key] = replace(found[key], new=change.new) if key in found else change
    return tuple(change for change in found.values() if change.old != change.new)
