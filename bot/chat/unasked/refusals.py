"""What Discord's refusals mean for a row of the outbox, and for whoever reads of it."""

from collections import deque

import discord

from bot.delivery.outcome import Later, Refused

#: Seconds to wait after a fault of Discord's.
AFTER_A_FAULT = 5.0
#: The message or its channel was deleted.
NO_CHANNEL, NO_MESSAGE = 10003, 10008
GONE = {NO_CHANNEL, NO_MESSAGE}
#: As many threads are active as a server may have; the thread is archived.
TOO_MANY, ARCHIVED = 160006, 50083
#: This person takes no direct messages.
CLOSED = 50007
_REFUSALS = {
    NO_CHANNEL: "the channel was deleted",
    10004: "the bot is no longer in the server",
    NO_MESSAGE: "the message was deleted",
    50001: "the bot may not see the channel: give it View Channel",
    CLOSED: "this person takes no direct messages from the server",
    50013: "a permission is missing: give the bot Send Messages in the channel",
    ARCHIVED: "the thread is archived",
    160005: "the thread is locked",
    TOO_MANY: "the server has as many threads as Discord allows",
}
#: What counts towards a ban (Discord: Rate Limits, Invalid Request Limit): 10,000 within 10 minutes.
_INVALID = {401, 403, 429}
_WITHIN = 600.0


class InvalidRequests:
    """Counts what Discord refused, in order to stop long before it bans the bot: at ``most`` within 10 minutes."""

    def __init__(self, most: int = 1_000) -> None:
        self._most = most
        self._at: deque[float] = deque(maxlen=most)

    def count(self, error: discord.HTTPException | discord.RateLimited, now: float) -> None:
        """``now`` in seconds of a monotonic clock."""
        if isinstance(error, discord.RateLimited) or error.status in _INVALID:
            self._at.append(now)

    def wait(self, now: float) -> float:
        """Seconds until the next request may be risked; 0 where it may be now."""
        return max(0.0, self._at[0] + _WITHIN - now) if len(self._at) == self._most else 0.0


def outcome_of(error: discord.HTTPException) -> Later | Refused:
    """What an answer of Discord's means for the row (codes: Discord, JSON error codes)."""
    if error.status >= 500:
        return Later(f"Discord answered with an error ({error.status})", AFTER_A_FAULT)
    if error.status == 401:
        # The token was taken back: the connection ends over that, and says so. No row is to blame.
        return Later("Discord does not take the token any more", AFTER_A_FAULT, certain=True)
    if error.status == 429 or error.code == 40003:
        return Later("Discord asks to wait", 30.0, certain=True)
    words = _REFUSALS.get(error.code, f"Discord refused it ({error.status}, code {error.code}): {error.text}")
    return Refused(words, closed=error.code == CLOSED)


def is_refusal(error: discord.HTTPException) -> bool:
    """Whether the same request would be refused again, unless somebody changes something."""
    return isinstance(outcome_of(error), Refused)
