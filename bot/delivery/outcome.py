"""What came of handing a row over: the words between the worker and whoever speaks to Discord."""

from typing import Protocol

from msgspec import Struct

from bot.storage.delivery.outbox import Row


class Sent(Struct, frozen=True):
    """The receipt."""

    channel_id: int
    message_id: int


class Refused(Struct, frozen=True):
    """Trying again is no use until somebody changes something; ``why`` says what, for the organizers.

    ``closed``: the person takes no direct messages any more.
    """

    why: str
    closed: bool = False


class Later(Struct, frozen=True):
    """Try again after ``seconds``. ``certain``: Discord surely did not take it, so that nothing can be doubled."""

    why: str
    seconds: float
    certain: bool = False


class Untried(Struct, frozen=True):
    """Nothing was asked of Discord: the row is as if it had not been claimed, and waits for whoever wakes the delivery.

    Its server is not there, the bot is being stopped, or somebody holds it back: then it is held back from here on.
    """

    why: str


class Unseen(Struct, frozen=True):
    """An earlier attempt may have left its message, which cannot be seen now: look again after ``seconds``."""

    why: str
    seconds: float


class Pointless(Struct, frozen=True):
    """Nobody has anything left to be told: a planned session that is no more, a digest of an empty day."""

    why: str


class Homeless(Struct, frozen=True):
    """The thread it goes into, or where its message stood, was deleted: that is opened anew, with what belongs in it.

    A new message waits for it; of an edit nothing is left to do.
    """

    thread_id: int


class TooLate(Struct, frozen=True):
    """It would still have had something to tell, but its moment has passed."""


Outcome = Sent | Refused | Later | Untried | Unseen | Pointless | Homeless | TooLate
#: What came of looking for an earlier attempt's message; None: there is none. Never a Later, which may be certain.
Found = Sent | Refused | Unseen | Untried | None


class Sender(Protocol):
    """Speaks to Discord."""

    async def ready(self) -> frozenset[int]:
        """The servers that can be spoken to, once there is a connection. Where another comes, the worker is woken."""
        ...

    def requests(self, row: Row, *, sought: bool) -> int:
        """How many requests the row takes at most; ``sought``: its message is looked for before."""
        ...

    async def deliver(self, row: Row) -> Outcome:
        """Hand the row over. Never raises for what Discord or the network does."""
        ...

    async def find(self, row: Row) -> Found:
        """The message that an earlier, unrecorded attempt left, if there is one. Refused where it may not be seen."""
        ...
