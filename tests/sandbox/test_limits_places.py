"""What channels, threads, forum posts, roles and scheduled events may hold, within each limit and beyond it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import (
    check_applied_tags,
    check_channel,
    check_forum_post,
    check_role,
    check_scheduled_event,
    check_thread,
)
from bot.sandbox.limits.places import REQUIRE_TAG
from bot.sandbox.state import Channel, ChannelType
from tests.sandbox.refusals import Limit, assert_limit, found

Json = dict[str, Any]

LONG, BAD, NEEDED = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH", "BASE_TYPE_REQUIRED"
CHOICES, MOST, ID = "BASE_TYPE_CHOICES", "NUMBER_TYPE_MAX", "NUMBER_TYPE_COERCE"


def channel(**more: Any) -> Json:
    return {"name": "general", **more}


def tag(name: str = "theory") -> Json:
    return {"name": name}


def tags(count: int) -> list[Json]:
    return [tag(f"topic {number}") for number in range(count)]


def overwrites(count: int) -> list[Json]:
    return [{"id": str(number), "type": 0, "allow": "0", "deny": "1024"} for number in range(count)]


CHANNELS = [
    Limit("name", channel(name="n" * 100), channel(name="n" * 101), "name", BAD),
    Limit("name is needed", channel(), {"topic": "t"}, "name", NEEDED),
    Limit("topic", channel(topic="t" * 1024), channel(topic="t" * 1025), "topic", LONG),
    Limit("forum's topic", channel(type=15, topic="t" * 4096), channel(type=15, topic="t" * 4097), "topic", LONG),
    Limit("type", channel(type=15), channel(type=11), "type", CHOICES),
    Limit(
        "slow mode", channel(rate_limit_per_user=21600), channel(rate_limit_per_user=21601), "rate_limit_per_user", MOST
    ),
    Limit(
        "archiving",
        channel(default_auto_archive_duration=10080),
        channel(default_auto_archive_duration=20160),
        "default_auto_archive_duration",
        CHOICES,
    ),
    Limit("tags", channel(available_tags=tags(20)), channel(available_tags=tags(21)), "available_tags", LONG),
    Limit(
        "tag name",
        channel(available_tags=[tag("t" * 20)]),
        channel(available_tags=[tag("t" * 21)]),
        "available_tags.0.name",
        BAD,
    ),
    Limit(
        "tag names differ",
        channel(available_tags=tags(2)),
        channel(available_tags=[tag(), tag()]),
        "available_tags.1.name",
        "DUPLICATE_TAG_NAME",
    ),
    Limit(
        "overwrites",
        channel(permission_overwrites=overwrites(100)),
        channel(permission_overwrites=overwrites(101)),
        "permission_overwrites",
        LONG,
    ),
    Limit(
        "overwrite's id",
        channel(permission_overwrites=overwrites(1)),
        channel(permission_overwrites=[{"id": "everyone", "type": 0}]),
        "permission_overwrites.0.id",
        ID,
    ),
]


@pytest.mark.parametrize("limit", CHANNELS, ids=str)
def test_channel_limit(limit: Limit) -> None:
    assert_limit(check_channel, limit)


def test_an_edited_channel_keeps_its_name_and_type() -> None:
    check_channel({"topic": "t" * 4096}, editing=True, kind=ChannelType.FORUM)
    with pytest.raises(ApiError):
        check_channel({"topic": "t" * 4096}, editing=True, kind=ChannelType.TEXT)


THREADS = [
    Limit("name", {"name": "n" * 100}, {"name": "n" * 101}, "name", BAD),
    Limit("name is needed", {"name": "n"}, {}, "name", NEEDED),
    Limit(
        "archiving",
        {"name": "n", "auto_archive_duration": 10080},
        {"name": "n", "auto_archive_duration": 10081},
        "auto_archive_duration",
        CHOICES,
    ),
    Limit("type", {"name": "n", "type": 12}, {"name": "n", "type": 15}, "type", CHOICES),
    Limit(
        "slow mode",
        {"name": "n", "rate_limit_per_user": 21600},
        {"name": "n", "rate_limit_per_user": 21601},
        "rate_limit_per_user",
        MOST,
    ),
]


@pytest.mark.parametrize("limit", THREADS, ids=str)
def test_thread_limit(limit: Limit) -> None:
    assert_limit(check_thread, limit)


def forum(*, flags: int = 0) -> Channel:
    available = [{"id": str(number), "name": f"topic {number}"} for number in range(1, 8)]
    return Channel(1, ChannelType.FORUM, "posters", guild_id=1, available_tags=available, flags=flags)


def post(**more: Any) -> Json:
    return {"name": "Reversible solvers", "message": {"content": "x"}, **more}


POSTS = [
    Limit("tags", post(applied_tags=list("12345")), post(applied_tags=list("123456")), "applied_tags", LONG),
    Limit("tag of the forum", post(applied_tags=["7"]), post(applied_tags=["8"]), "applied_tags.0", CHOICES),
    Limit("message is needed", post(), {"name": "n"}, "message", NEEDED),
    Limit("name", post(name="n" * 100), post(name="n" * 101), "name", BAD),
]


@pytest.mark.parametrize("limit", POSTS, ids=str)
def test_forum_post_limit(limit: Limit) -> None:
    assert_limit(lambda payload: check_forum_post(payload, forum()), limit)


def test_a_forum_may_ask_for_a_tag() -> None:
    strict = forum(flags=REQUIRE_TAG)
    check_forum_post(post(applied_tags=["1"]), strict)
    with pytest.raises(ApiError) as refusal:
        check_forum_post(post(), strict)
    assert refusal.value.code == 40067


def test_tags_of_an_existing_post_are_checked_alike() -> None:
    check_applied_tags(["1", 2], forum())
    with pytest.raises(ApiError) as refusal:
        check_applied_tags(["9"], forum())
    assert found(refusal.value.errors) == [("applied_tags.0", CHOICES)]


ROLES = [
    Limit("name", {"name": "n" * 100}, {"name": "n" * 101}, "name", LONG),
    Limit("colour", {"color": 0xFFFFFF}, {"color": 1 << 24}, "color", MOST),
    Limit("permissions", {"permissions": "2048"}, {"permissions": "SEND_MESSAGES"}, "permissions", ID),
]


@pytest.mark.parametrize("limit", ROLES, ids=str)
def test_role_limit(limit: Limit) -> None:
    assert_limit(check_role, limit)


START, END = "2025-04-28T01:00:00+00:00", "2025-04-28T02:00:00+00:00"


def event(**more: Any) -> Json:
    return {
        "name": "Poster session 1",
        "privacy_level": 2,
        "entity_type": 3,
        "scheduled_start_time": START,
        "scheduled_end_time": END,
        "entity_metadata": {"location": "Hall 4"},
        **more,
    }


def in_voice(**more: Any) -> Json:
    return event(entity_type=2, entity_metadata=None, scheduled_end_time=None, channel_id="5") | more


EVENTS = [
    Limit("name", event(name="n" * 100), event(name="n" * 101), "name", BAD),
    Limit("description", event(description="d" * 1000), event(description="d" * 1001), "description", LONG),
    Limit("an end", event(), event(scheduled_end_time=None), "scheduled_end_time", NEEDED),
    Limit("a location", event(), event(entity_metadata={}), "entity_metadata.location", NEEDED),
    Limit("metadata", event(), event(entity_metadata=None), "entity_metadata", NEEDED),
    Limit(
        "location",
        event(entity_metadata={"location": "l" * 100}),
        event(entity_metadata={"location": "l" * 101}),
        "entity_metadata.location",
        BAD,
    ),
    Limit("no channel", event(), event(channel_id="5"), "channel_id", "GUILD_SCHEDULED_EVENT_CHANNEL_NOT_ALLOWED"),
    Limit("a channel", in_voice(), in_voice(channel_id=None), "channel_id", NEEDED),
    Limit(
        "start is an instant",
        event(),
        event(scheduled_start_time="09:00"),
        "scheduled_start_time",
        "DATE_TIME_TYPE_PARSE",
    ),
    Limit(
        "end after start",
        event(),
        event(scheduled_end_time=START),
        "scheduled_end_time",
        "GUILD_SCHEDULED_EVENT_END_BEFORE_START",
    ),
    Limit("privacy", event(), event(privacy_level=1), "privacy_level", CHOICES),
    Limit("type", event(), event(entity_type=4), "entity_type", CHOICES),
]


@pytest.mark.parametrize("limit", EVENTS, ids=str)
def test_scheduled_event_limit(limit: Limit) -> None:
    assert_limit(check_scheduled_event, limit)


def test_an_event_does_not_start_in_the_past() -> None:
    check_scheduled_event(event(), now=datetime(2025, 4, 28, 1, 0, tzinfo=UTC))
    with pytest.raises(ApiError) as refusal:
        check_scheduled_event(event(), now=datetime(2025, 4, 28, 1, 0, 1, tzinfo=UTC))
    assert found(refusal.value.errors) == [("scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST")]


def test_an_edit_is_checked_with_what_the_event_already_is() -> None:
    later = datetime(2025, 4, 28, 1, 30, tzinfo=UTC)
    check_scheduled_event({"description": "Moved to Hall 5"}, before=event(), now=later)
    with pytest.raises(ApiError) as refusal:
        check_scheduled_event({"scheduled_start_time": END}, before=event())
    assert found(refusal.value.errors) == [("scheduled_end_time", "GUILD_SCHEDULED_EVENT_END_BEFORE_START")]
