"""How one person takes part, as they say in /settings."""

from enum import StrEnum

from msgspec import Struct


class Attends(StrEnum):
    """In the room, or from afar."""

    IN_PERSON = "in_person"
    ONLINE = "online"


class Settings(Struct, frozen=True):
    """``attends`` is None while they have not said. ``copies``: announcements also come by direct message.

    ``closed``: copies stopped because a direct message found them closed. ``dm_channel_id`` is the direct channel that
    was opened when they asked for copies. ``roles`` are the ids of the roles they held, in rising order, when they last
    did something in the server: members cannot be listed without a privileged intent.
    """

    attends: Attends | None = None
    copies: bool = False
    closed: bool = False
    dm_channel_id: int | None = None
    roles: tuple[int, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is anything to keep: of whoever chose nothing, nothing is stored."""
        return self.attends is not None or self.copies or self.closed
