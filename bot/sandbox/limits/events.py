"""Scheduled events: what `check_scheduled_event` refuses.

https://discord.com/developers/docs/resources/guild-scheduled-event
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from .fields import Wrong, instant, leaf, need, not_an_instant, one_of, refuse, required, texts

STAGE, VOICE, EXTERNAL = 1, 2, 3


def check_scheduled_event(
    payload: Mapping[str, Any], *, before: Mapping[str, Any] | None = None, now: datetime | None = None
) -> None:
    """Refuses (50035) a scheduled event. ``before``: the event being edited. ``now``: a start may not lie before it."""
    wrong: Wrong = {}
    event = {**(before or {}), **payload}
    need(event, ("name", "scheduled_start_time", "privacy_level", "entity_type"), wrong)
    texts(event, (("name", 1, 100), ("description", 0, 1000)), wrong)
    if "privacy_level" not in wrong and event["privacy_level"] != 2:
        wrong["privacy_level"] = one_of((2,))
    kind = event.get("entity_type")
    if kind == EXTERNAL:
        _external(event, wrong)
    elif kind in (STAGE, VOICE):
        need(event, ("channel_id",), wrong)
    elif "entity_type" not in wrong:
        wrong["entity_type"] = one_of((STAGE, VOICE, EXTERNAL))
    if payload.get("status") not in (None, 1, 2, 3, 4):
        wrong["status"] = one_of((1, 2, 3, 4))
    _times(event, None if "scheduled_start_time" not in payload else now, wrong)
    refuse(wrong)


def _external(event: Mapping[str, Any], wrong: Wrong) -> None:
    """An external event is somewhere, ends some time, and has no channel."""
    need(event, ("scheduled_end_time",), wrong)
    metadata = event.get("entity_metadata")
    location = metadata.get("location") if isinstance(metadata, dict) else None
    if not location:
        wrong["entity_metadata"] = {"location": required()} if isinstance(metadata, dict) else required()
    else:
        found: Wrong = {}
        texts(metadata or {}, (("location", 1, 100),), found)
        if found:
            wrong["entity_metadata"] = found
    if event.get("channel_id") is not None:
        wrong["channel_id"] = leaf("GUILD_SCHEDULED_EVENT_CHANNEL_NOT_ALLOWED", "An external event has no channel")


def _times(event: Mapping[str, Any], now: datetime | None, wrong: Wrong) -> None:
    moments: dict[str, datetime] = {}
    for name in ("scheduled_start_time", "scheduled_end_time"):
        if event.get(name) is None or name in wrong:
            continue
        moment = instant(event[name])
        if moment is None:
            wrong[name] = not_an_instant(event[name])
        else:
            moments[name] = moment
    start, end = moments.get("scheduled_start_time"), moments.get("scheduled_end_time")
    if start and now and start < now:
        text = "Cannot schedule event in the past."
        wrong["scheduled_start_time"] = leaf("GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", text)
    elif start and end and end <= start:
        text = "The end must be after the start."
        wrong["scheduled_end_time"] = leaf("GUILD_SCHEDULED_EVENT_END_BEFORE_START", text)
