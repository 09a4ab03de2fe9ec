"""One difference that people should know of, as a value."""

from enum import StrEnum

from msgspec import Struct

#: Stands for the event where a record's id is asked for. No record of a file can have it.
EVENT = "@event"


class Field(StrEnum):
    """What changed of a record."""

    TIME = "time"
    ROOM = "room"
    CANCELLED = "cancelled"
    TITLE = "title"
    PEOPLE = "people"
    MODE = "mode"
    JOINING = "joining"
    ADDED = "added"
    REMOVED = "removed"


class Change(Struct, frozen=True):
    """``record`` is "session", "talk", "deadline" or "event", ``id`` the record's id (EVENT for the event).

    ``old`` and ``new`` are texts in a fixed form: for TIME the UTC instants "START/END" in ISO (a deadline has only
    its due instant), for ROOM a room's id, for CANCELLED "yes" or "no", for MODE a mode, for JOINING the labels of the
    links; None where there was or is nothing. An address is never among them: a change is told to everybody.
    """

    record: str
    id: str
    field: Field
    old: str | None
    new: str | None
