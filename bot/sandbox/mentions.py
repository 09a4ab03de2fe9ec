"""Whom a message mentions: what its text says, cut down by ``allowed_mentions`` and by what its author may do.

https://discord.com/developers/docs/resources/message#allowed-mentions-object
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.permissions import Permission
from bot.sandbox.state import Channel, Guild, Json, User
from bot.sandbox.world import World

_TOKEN = re.compile(r"<@!?(\d+)>|<@&(\d+)>|@(everyone|here)\b")
_TEXT_DISPLAY = 10


@dataclass(slots=True)
class Mentions:
    users: list[User] = field(default_factory=list)
    role_ids: list[int] = field(default_factory=list)
    everyone: bool = False


def find_mentions(
    world: World,
    guild: Guild | None,
    channel: Channel,
    author_may: Callable[[], Permission],
    payload: Json,
    replied_to: User | None,
) -> Mentions:
    """Reads the content and, in a Components V2 message, every text display.

    ``author_may`` is asked only where something might be mentioned, which is seldom.
    """
    allowed: Json | None = payload.get("allowed_mentions")
    found = Mentions()
    text = "\n".join(texts(payload))
    if "@" in text:
        _read(found, text, world, guild, channel, author_may(), allowed)
    answers = True if allowed is None else bool(allowed.get("replied_user"))
    if replied_to and answers and replied_to not in found.users:
        found.users.append(replied_to)
    return found


def texts(payload: Json) -> Iterator[str]:
    """The texts of a message in which a mention can ping: content and text displays."""
    if payload.get("content"):
        yield payload["content"]
    if payload.get("components"):
        yield from _displayed(payload["components"])


def _displayed(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for part in node:
            yield from _displayed(part)
    elif isinstance(node, dict):
        if node.get("type") == _TEXT_DISPLAY:
            yield str(node.get("content", ""))
        yield from _displayed(node.get("components"))


def _read(
    found: Mentions,
    text: str,
    world: World,
    guild: Guild | None,
    channel: Channel,
    author_may: Permission,
    allowed: Json | None,
) -> None:
    may_ping_all = bool(author_may & Permission.MENTION_EVERYONE)
    for user_id, role_id, everyone in _TOKEN.findall(text):
        if user_id:
            user = world.users.get(int(user_id))
            pings = user and _reaches(guild, channel, user) and _permits(allowed, "users", user_id)
            if user and pings and user not in found.users:
                found.users.append(user)
        elif role_id:
            role = guild.roles.get(int(role_id)) if guild else None
            counts = role and (role.mentionable or may_ping_all) and _permits(allowed, "roles", role_id)
            if role and counts and role.id not in found.role_ids:
                found.role_ids.append(role.id)
        elif everyone and guild and may_ping_all and _permits(allowed, "everyone", ""):
            found.everyone = True


def _reaches(guild: Guild | None, channel: Channel, user: User) -> bool:
    return user.id in (guild.members if guild else channel.recipient_ids)


def _permits(allowed: Json | None, kind: str, one: str) -> bool:
    """No object at all allows everything; otherwise a kind is allowed by ``parse`` or one by one."""
    if allowed is None or kind in (allowed.get("parse") or ()):
        return True
    return one in [str(listed) for listed in allowed.get(kind) or ()] if kind != "everyone" else False
