"""Share: a reader's answer, posted in the channel for everybody, at most a few times a minute."""

import logging
from collections import defaultdict, deque
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.actions.programme.record_share import record_share
from bot.chat.actors import may_write
from bot.chat.answers import PERSONAL, answer
from bot.chat.desk import Desk
from bot.chat.lookup import Lookup
from bot.chat.render.layout import NO_PINGS
from bot.domain.errors import NotAllowedError, UsherError
from bot.storage.database import Database
from bot.storage.programme.shared_cards import SharedCard

log = logging.getLogger(__name__)

PER_PERSON = 3
PER_CHANNEL = 6
WINDOW = timedelta(minutes=1)


class ShareLimits:
    """Who shared how often lately. In memory only: a restart forgives."""

    def __init__(self) -> None:
        self._lately: defaultdict[tuple[str, int], deque[datetime]] = defaultdict(deque)

    def take(self, user_id: int, channel_id: int, now: datetime) -> None:
        """Count one share, or raise UsherError with when to try again. ``now`` is a UTC instant."""
        self._forget(now)
        mine, channel = self._lately["user", user_id], self._lately["channel", channel_id]
        for times, most, whose in ((mine, PER_PERSON, "You have"), (channel, PER_CHANNEL, "People have")):
            if len(times) >= most:
                wait = int((times[0] + WINDOW - now).total_seconds()) + 1
                raise UsherError(f"{whose} shared several answers here just now. Try again in {wait} s.")
        mine.append(now)
        channel.append(now)

    def _forget(self, now: datetime) -> None:
        for key in list(self._lately):
            times = self._lately[key]
            while times and times[0] <= now - WINDOW:
                times.popleft()
            if not times:
                del self._lately[key]


async def share(
    interaction: discord.Interaction[Any], lookup: Lookup, *, desk: Desk, database: Database, limits: ShareLimits
) -> None:
    """Post the answer, as everybody may see it, in the channel where the button was pressed.

    Raises NotAllowedError where the reader may not write, UsherError past the limits and where
    nothing of the answer is for everybody. The message's id is stored, so that a later change of the
    programme can edit it.
    """
    channel = interaction.channel
    if interaction.guild_id is None or not isinstance(channel, discord.abc.Messageable):
        raise UsherError("Sharing works in a server's channels. Here, only you and I can read along.")
    ours = interaction.app_permissions
    in_thread = isinstance(channel, discord.Thread)
    if not may_write(interaction):
        raise NotAllowedError(
            "You cannot write in this channel, so I cannot post here for you. Share it in another channel."
        )
    if not ours.view_channel or not (ours.send_messages_in_threads if in_thread else ours.send_messages):
        raise NotAllowedError(
            "I may not write in this channel. Share it in another channel, or ask an organizer to let me post here."
        )
    now = desk.clock.now()
    public = desk.ask(interaction, lookup).for_everybody()
    if lookup.name not in PERSONAL and not answer(public).shareable:
        raise UsherError("Nothing was posted: what you see here is not meant for everybody. It stays with you.")
    view = desk.prepared.message(public)
    limits.take(interaction.user.id, channel.id, now)
    # Posting may wait for the channel's rate limit, longer than the 3 s Discord gives an interaction.
    await interaction.response.defer(ephemeral=True, thinking=True)
    message = await channel.send(view=view, allowed_mentions=NO_PINGS, nonce=str(interaction.id))
    card = SharedCard(message.id, interaction.guild_id, channel.id, interaction.user.id, lookup.stored(), now)
    try:
        await record_share(database, card)
    except Exception:
        # It is posted: to say that it failed would invite a second one. It only will not follow later changes.
        log.exception("a shared card could not be recorded")
    await interaction.edit_original_response(content=f"Shared: {message.jump_url}")
