"""Who is told what: events to the bot's gateway sessions, filtered by intents and permissions, and to open pages."""

import json
from collections.abc import Callable
from enum import IntFlag
from typing import Any, Protocol

from bot.sandbox.permissions import may_view
from bot.sandbox.state import Channel, Json, User
from bot.sandbox.world import World

#: JSON as compact as Discord's.
encode: Callable[[Any], str] = json.JSONEncoder(separators=(",", ":")).encode


class Intent(IntFlag):
    """https://discord.com/developers/docs/events/gateway#list-of-intents"""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15
    GUILD_SCHEDULED_EVENTS = 1 << 16


#: Intents that must be switched on for the application first; asking for them otherwise closes with 4014.
PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT

_IN_A_DM = {
    Intent.GUILD_MESSAGES: Intent.DIRECT_MESSAGES,
    Intent.GUILD_MESSAGE_REACTIONS: Intent.DIRECT_MESSAGE_REACTIONS,
    Intent.GUILD_MESSAGE_TYPING: Intent.DIRECT_MESSAGE_TYPING,
}
_CONTENT = {"content": "", "embeds": [], "attachments": [], "components": []}


class Listener(Protocol):
    """A gateway session of the bot's."""

    intents: int
    ready: bool

    def dispatch(self, event: str, body: str) -> None: ...

    def serves(self, guild_id: int | None) -> bool: ...


class Page(Protocol):
    """A page that a person has open."""

    user: User

    def push(self, event: str, data: Json) -> None: ...


class Hub:
    def __init__(self, world: World) -> None:
        self._world = world
        self.sessions: dict[str, Listener] = {}
        self.pages: set[Page] = set()

    @property
    def bot_connected(self) -> bool:
        return any(session.ready for session in self.sessions.values())

    def to_bot(self, event: str, data: Json, intent: int = 0, *, guild_id: int | None = None) -> bool:
        """An event that needs no permission. Says whether any session took it."""
        body = ""
        for session in self.sessions.values():
            if (not intent or session.intents & intent) and session.serves(guild_id):
                body = body or encode(data)
                session.dispatch(event, body)
        return bool(body)

    def in_channel(self, event: str, data: Json, intent: Intent, channel: Channel) -> None:
        """An event of a channel: only where the bot may view it; in DMs under the DM intent of the same name."""
        if not self.sessions or not self._bot_views(channel):
            return
        if channel.is_dm:
            intent = _IN_A_DM.get(intent, intent)
        self.to_bot(event, data, intent, guild_id=channel.guild_id)

    def message(self, event: str, data: Json, channel: Channel, *, ephemeral: bool = False) -> None:
        """MESSAGE_CREATE or MESSAGE_UPDATE, without its content where Discord withholds it.

        An ephemeral message goes only to the bot and under the DM intent, whatever its channel.
        """
        if not self.sessions or not (ephemeral or self._bot_views(channel)):
            return
        intent = Intent.DIRECT_MESSAGES if ephemeral or channel.is_dm else Intent.GUILD_MESSAGES
        for session in self.sessions.values():
            if session.intents & intent and session.serves(channel.guild_id):
                open_to_bot = channel.is_dm or ephemeral or session.intents & Intent.MESSAGE_CONTENT
                shown = data if open_to_bot else without_content(data, self._world.bot.id)
                session.dispatch(event, encode(shown))

    def to_people(self, event: str, build: Callable[[User], Json], channel: Channel | None = None) -> None:
        """An event for every open page whose person may view the channel."""
        for page in list(self.pages):
            if channel is None or self._views(channel, page.user):
                page.push(event, build(page.user))

    def to_person(self, event: str, data: Json, user_id: int) -> None:
        for page in list(self.pages):
            if page.user.id == user_id:
                page.push(event, data)

    def _bot_views(self, channel: Channel) -> bool:
        return self._views(channel, self._world.bot)

    def _views(self, channel: Channel, user: User) -> bool:
        guild = self._world.guild_of(channel)
        if guild is None:
            return user.id in channel.recipient_ids
        member = guild.members.get(user.id)
        return member is not None and may_view(guild, channel, member)


def without_content(data: Json, bot_id: int) -> Json:
    """A message as a bot without the message-content intent gets it: bare, unless its own or mentioning it.

    https://discord.com/developers/docs/events/gateway#message-content-intent
    """
    own = str(bot_id)
    shown = data
    if data["author"]["id"] != own and all(user["id"] != own for user in data["mentions"]):
        shown = data | _CONTENT
    if data.get("referenced_message"):
        shown = shown | {"referenced_message": without_content(data["referenced_message"], bot_id)}
    return shown
