"""One difference that people should know of, as a value."""

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What changed of a record."""

    TIME = "time"
    ROOM = "room"
    CANCELLED = "cancelled"
    TITLE = "title"
    PEOPLE = "people"
    LINK = "link"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """``record`` is "session", "talk" or "deadline", ``id`` the record's id.

    ``old`` and ``new`` are texts in a fixed form: for TIME the UTC instants "START/END" in ISO (a deadline has only
    its due instant), for ROOM a room's id, for CANCELLED "yes" or "no"; None where there was or is nothing.
    """

    record: str
    id: str
    field: Field
    old: str | None
    new: str | None
