"""Channels, threads, forum posts and roles: what their checks refuse.

https://discord.com/developers/docs/resources/channel and .../resources/guild
"""

from collections.abc import Mapping
from typing import Any

from .. import errors
from ..state import POST_TYPES, Channel, ChannelType
from .fields import (
    Wrong,
    each,
    is_snowflake,
    leaf,
    length,
    need,
    not_a_list,
    not_a_snowflake,
    not_an_object,
    numbers,
    one_of,
    refuse,
    texts,
)

MAX_TAGS = 20
MAX_TAGS_APPLIED = 5
#: Discord's page on channels says 20; its OpenAPI description would allow 50.
MAX_TAG_NAME = 20
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)
#: A forum that takes only tagged posts: https://discord.com/developers/docs/resources/channel#channel-object-channel-flags
REQUIRE_TAG = 1 << 4

_CREATABLE = (0, 2, 4, 5, 13, 14, 15, 16)
_SLOWMODE = ("rate_limit_per_user", 0, 21600)


def check_channel(payload: Mapping[str, Any], *, editing: bool = False, kind: int | None = None) -> None:
    """Refuses (50035) a guild channel, new or edited (then ``kind`` is the type it has)."""
    wrong: Wrong = {}
    kind = payload["type"] if payload.get("type") is not None else kind or ChannelType.TEXT
    if not isinstance(kind, int) or kind not in _CREATABLE:
        wrong["type"] = one_of(_CREATABLE)
        kind = ChannelType.TEXT
    if not editing:
        need(payload, ("name",), wrong)
    texts(payload, (("name", 1, 100), ("topic", 0, 4096 if kind in POST_TYPES else 1024)), wrong)
    numbers(payload, (_SLOWMODE, ("default_thread_rate_limit_per_user", 0, 21600), ("position", 0, 1 << 31)), wrong)
    _archive_minutes(payload, "default_auto_archive_duration", wrong)
    if payload.get("available_tags") is not None and (found := _tags(payload["available_tags"])):
        wrong["available_tags"] = found
    if payload.get("permission_overwrites") is not None and (found := _overwrites(payload["permission_overwrites"])):
        wrong["permission_overwrites"] = found
    refuse(wrong)


def check_thread(payload: Mapping[str, Any], *, editing: bool = False) -> None:
    """Refuses (50035) a thread without its own first message, new or edited."""
    refuse(_thread(payload, editing))


def check_forum_post(payload: Mapping[str, Any], channel: Channel) -> None:
    """Refuses (50035, or 40067 where a tag is needed) a post; its message is for `check_message`."""
    wrong = _thread(payload, editing=False)
    need(payload, ("message",), wrong)
    if found := applied_tags_errors(payload.get("applied_tags"), channel):
        wrong["applied_tags"] = found
    refuse(wrong)
    if channel.flags & REQUIRE_TAG and not payload.get("applied_tags"):
        raise errors.tag_required()


def check_applied_tags(tags: object, forum: Channel) -> None:
    """Refuses (50035) tags put on an existing post."""
    if found := applied_tags_errors(tags, forum):
        refuse({"applied_tags": found})


def check_role(payload: Mapping[str, Any]) -> None:
    """Refuses (50035) a role, new or edited."""
    wrong: Wrong = {}
    texts(payload, (("name", 0, 100),), wrong)
    numbers(payload, (("color", 0, 0xFFFFFF), ("position", 0, 1 << 31)), wrong)
    permissions = payload.get("permissions")
    if permissions is not None and not is_snowflake(permissions):
        wrong["permissions"] = leaf("NUMBER_TYPE_COERCE", f'Value "{permissions}" is not int.')
    refuse(wrong)


def applied_tags_errors(tags: object, forum: Channel) -> Wrong | None:
    """What is wrong with a post's tags: at most five, each one of the forum's."""
    if tags is None:
        return None
    if not isinstance(tags, list):
        return not_a_list()
    if len(tags) > MAX_TAGS_APPLIED:
        return length(0, MAX_TAGS_APPLIED)
    available = {str(tag["id"]) for tag in forum.available_tags}
    wrong = {
        str(index): leaf("BASE_TYPE_CHOICES", f"Tag {tag} does not exist in this channel.")
        for index, tag in enumerate(tags)
        if str(tag) not in available
    }
    return wrong or None


def _thread(payload: Mapping[str, Any], editing: bool) -> Wrong:
    wrong: Wrong = {}
    if not editing:
        need(payload, ("name",), wrong)
    texts(payload, (("name", 1, 100),), wrong)
    numbers(payload, (_SLOWMODE,), wrong)
    _archive_minutes(payload, "auto_archive_duration", wrong)
    if payload.get("type") not in (None, 10, 11, 12):
        wrong["type"] = one_of((10, 11, 12))
    return wrong


def _archive_minutes(payload: Mapping[str, Any], name: str, wrong: Wrong) -> None:
    if payload.get(name) is not None and payload[name] not in ARCHIVE_MINUTES:
        wrong[name] = one_of(ARCHIVE_MINUTES)


def _tags(tags: object) -> Wrong | None:
    seen: set[str] = set()

    def check(tag: dict[str, Any], wrong: Wrong) -> None:
        need(tag, ("name",), wrong)
        texts(tag, (("name", 1, MAX_TAG_NAME),), wrong)
        if not wrong and str(tag["name"]) in seen:
            wrong["name"] = leaf("DUPLICATE_TAG_NAME", "Tags must have unique names")
        seen.add(str(tag.get("name")))

    return each(tags, 0, MAX_TAGS, check)


def _overwrites(overwrites: object) -> Wrong | None:
    if not isinstance(overwrites, list):
        return not_a_list()
    if len(overwrites) > 100:
        return length(0, 100)
    wrong: Wrong = {}
    for index, overwrite in enumerate(overwrites):
        if not isinstance(overwrite, dict):
            wrong[str(index)] = not_an_object()
        elif not is_snowflake(overwrite.get("id")):
            wrong[str(index)] = {"id": not_a_snowflake(overwrite.get("id"))}
        elif overwrite.get("type") not in (None, 0, 1):
            wrong[str(index)] = {"type": one_of((0, 1))}
    return wrong or None
