"""How one person wants to be reminded of what is in their agenda."""

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

#: How long before the start people may choose to be told.
LEADS = tuple(timedelta(minutes=minutes) for minutes in (5, 10, 15, 30, 60))


class Where(StrEnum):
    """Where a reminder reaches its person: a direct message, or a mention in a channel that everybody reads."""

    DM = "dm"
    CHANNEL = "channel"


class ReminderChoice(Struct, frozen=True):
    """``lead`` is how long before a start; ``digest`` whether the day's agenda is sent each morning.

    ``dm_channel_id`` is the direct channel that was opened when they chose it. Switched off until somebody asks:
    a direct message that was not asked for may get a bot quarantined, and a mention shows others what they starred.
    ``closed``: switched off because a reminder found their direct messages closed.
    """

    lead: timedelta = timedelta(minutes=10)
    where: Where = Where.DM
    digest: bool = True
    switched_off: bool = True
    dm_channel_id: int | None = None
    closed: bool = False
