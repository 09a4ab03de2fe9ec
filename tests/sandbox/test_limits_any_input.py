"""Whatever JSON a bot sends, a check answers with a refusal or with nothing: never with an error of its own."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.sandbox import limits
from bot.sandbox.errors import ApiError
from bot.sandbox.state import Channel, ChannelType

FORUM = Channel(1, ChannelType.FORUM, "posters", guild_id=1, available_tags=[{"id": "1", "name": "theory"}])

#: The words that the checks look for, so that guesses get beyond the first of them.
_NAMES = (
    "type id components content embeds title description fields name value footer text author url image color "
    "timestamp style label custom_id options accessory media items file min_values max_values default emoji "
    "component flags nonce allowed_mentions parse users roles attachments sticker_ids message_reference "
    "message_id choices required autocomplete name_localizations available_tags applied_tags "
    "permission_overwrites permissions message topic entity_type entity_metadata location scheduled_start_time "
    "scheduled_end_time privacy_level status poll spacing default_values"
)
NAMES = some.sampled_from(_NAMES.split())
LEAVES = (
    some.none()
    | some.booleans()
    | some.integers(-1, 20)
    | some.sampled_from(["", "x", "5", "https://example.org/", "attachment://a", "2025-04-28T01:00:00+00:00"])
)
ANYTHING = some.recursive(
    LEAVES, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(NAMES, inner, max_size=5), max_leaves=10
)
OBJECTS = some.dictionaries(NAMES, ANYTHING, max_size=6)
#: Components nest deeper than chance would.
COMPONENTS = some.recursive(
    OBJECTS,
    lambda inner: some.fixed_dictionaries(
        {"type": some.integers(1, 23)},
        optional={
            "components": some.lists(inner, max_size=3),
            "component": inner,
            "accessory": inner,
            "custom_id": some.text(max_size=3),
            "options": ANYTHING,
            "style": some.integers(0, 6),
        },
    ),
    max_leaves=8,
)
MESSAGES = OBJECTS | some.fixed_dictionaries({"components": some.lists(COMPONENTS, max_size=3)})

CHECKS: list[tuple[str, Callable[[Any], None], some.SearchStrategy[Any]]] = [
    ("message", lambda data: limits.check_message(data), MESSAGES),
    ("v2 message", lambda data: limits.check_message(data, flags=1 << 15, editing=True, before={}), MESSAGES),
    ("modal", limits.check_modal, MESSAGES),
    ("command", limits.check_command, OBJECTS),
    ("commands", limits.check_commands, some.lists(OBJECTS, max_size=3)),
    ("choices", limits.check_choices, ANYTHING),
    ("channel", limits.check_channel, OBJECTS),
    ("thread", limits.check_thread, OBJECTS),
    ("forum post", lambda data: limits.check_forum_post(data, FORUM), OBJECTS),
    ("role", limits.check_role, OBJECTS),
    ("event", limits.check_scheduled_event, OBJECTS),
]


@pytest.mark.parametrize(("check", "inputs"), [case[1:] for case in CHECKS], ids=[case[0] for case in CHECKS])
def test_any_json_is_refused_or_passes(check: Callable[[Any], None], inputs: some.SearchStrategy[Any]) -> None:
    @settings(max_examples=100, deadline=None, derandomize=True, database=None)
    @given(inputs)
    def answers(data: Any) -> None:
        with suppress(ApiError):
            check(data)

    answers()
