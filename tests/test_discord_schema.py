"""The checker itself: what it lets pass, what it notes, and where it says the fault is."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.rest.endpoint import OWN_FAULT
from tests.discord_description import ENVIRONMENT
from tests.discord_schema import SchemaCheck

MESSAGES = "/channels/1/messages"
CALLBACK = "/interactions/1/token/callback"


@dataclass(frozen=True)
class Call:
    """An exchange, as the sandbox would show it."""

    method: str
    path: str
    request_json: Any = None
    response_json: Any = None
    status: int = 200
    query: dict[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()


def noted(*calls: Call) -> list[str]:
    check = SchemaCheck.load()
    if check is None:
        pytest.skip(SchemaCheck.ABSENT)
    for call in calls:
        check(call)
    return check.violations


def member_of_nothing() -> dict[str, Any]:
    return {
        "id": "1",
        "username": "bot",
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def message(**more: Any) -> dict[str, Any]:
    return {
        "id": "2",
        "channel_id": "1",
        "type": 0,
        "content": "x",
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "timestamp": "2025-04-28T01:20:00+00:00",
        "edited_timestamp": None,
        "flags": 0,
        "components": [],
        "author": member_of_nothing(),
        "pinned": False,
        "mention_everyone": False,
        "tts": False,
        **more,
    }


def role() -> dict[str, Any]:
    return {
        "id": "3",
        "name": "speaker",
        "description": None,
        "permissions": "8",
        "position": 1,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


RIGHT = [
    Call("POST", MESSAGES, {"content": "x", "nonce": "n"}, message()),
    Call("POST", MESSAGES, {"content": "x", "allowed_mentions": {"users": [5]}}, message()),
    Call("POST", MESSAGES, None, message(), files=("map.png",)),
    Call("GET", MESSAGES, None, [message()], query={"limit": "100", "after": "5"}),
    Call("DELETE", f"{MESSAGES}/2", status=204),
    Call("POST", CALLBACK, {"type": 4, "data": {"content": "x"}}, status=204),
    Call("GET", "/channels/1", None, {"message": "Missing Access", "code": 50001}, 403),
    Call("GET", "/no/such/route", None, {"message": "404: Not Found", "code": 0}, 404),
    Call("POST", MESSAGES, {"content": "x"}, {"message": "502"}, 502),
    Call(
        "POST",
        MESSAGES,
        {"content": "x"},
        {"message": "You are being rate limited.", "retry_after": 0.3, "global": False, "code": 0},
        429,
    ),
]


@pytest.mark.parametrize("call", RIGHT, ids=lambda call: f"{call.method} {call.path} {call.status}")
def test_what_discord_describes_passes(call: Call) -> None:
    assert noted(call) == []


KNOWN_DEPARTURES = [
    Call(
        "POST",
        MESSAGES,
        {"content": "x" * 5000},
        {
            "message": "Invalid Form Body",
            "code": 50035,
            "errors": {"content": {"_errors": [{"code": "A", "message": "b"}]}},
        },
        400,
    ),
    Call("POST", "/guilds/1/roles", {"permissions": "8"}, role()),
    Call("PUT", "/channels/1/permissions/2", {"type": 0, "allow": "0", "deny": "1024"}, status=204),
    Call("POST", "/users/@me/channels", {"recipient_id": "me"}, {"message": "No", "code": 50035}, 400),
]


@pytest.mark.parametrize("call", KNOWN_DEPARTURES, ids=lambda call: f"{call.method} {call.path}")
def test_where_discord_departs_from_its_own_description_nothing_is_noted(call: Call) -> None:
    assert noted(call) == []


WRONG = [
    (Call("POST", MESSAGES, {"content": 5}, message()), f"POST {MESSAGES}: request content: 5 is not of type"),
    (
        Call("POST", MESSAGES, {"embeds": [{"title": "t" * 300}]}, message()),
        f"POST {MESSAGES}: request embeds.0.title: 'ttt",
    ),
    (Call("POST", MESSAGES, None, message()), f"POST {MESSAGES}: request: a body is required"),
    (Call("POST", MESSAGES, {"content": "x"}, message(id=2)), f"POST {MESSAGES}: response id: 2 is not of type"),
    (
        Call("POST", MESSAGES, {"content": "x"}, message(timestamp="2025-04-28T01:20:00")),
        f"POST {MESSAGES}: response timestamp: '2025-04-28T01:20:00' is not a 'date-time'",
    ),
    (
        Call("POST", MESSAGES, {"content": "x"}, message(), 201),
        f"POST {MESSAGES}: response: status 201, where Discord describes 200, 429, 4XX",
    ),
    (
        Call("DELETE", f"{MESSAGES}/2", None, {"id": "2"}, 204),
        f"DELETE {MESSAGES}/2: response: a body with status 204, where Discord sends none",
    ),
    (
        Call("GET", MESSAGES, None, [], query={"limit": "101"}),
        f"GET {MESSAGES}: query limit: 101 is greater than the maximum of 100",
    ),
    (
        Call("GET", MESSAGES, None, [], query={"count": "5"}),
        f"GET {MESSAGES}: query count: Discord has no such parameter here",
    ),
    (
        Call("POST", "/guilds/1/roles", {"permissions": "SEND_MESSAGES"}, role()),
        "POST /guilds/1/roles: request permissions: 'SEND_MESSAGES'",
    ),
    (Call("GET", "/no/such/route", None, {}), "GET /no/such/route: path: Discord has no such route"),
    (
        Call("POST", CALLBACK, {"type": 4, "data": {"components": [{"type": 1, "components": []}]}}, status=204),
        f"POST {CALLBACK}: request data.components.0.components: []",
    ),
    (
        Call("GET", "/channels/1", None, {"message": OWN_FAULT, "code": 0}, 500),
        f"GET /channels/1: response: {OWN_FAULT}",
    ),
    (
        Call("GET", "/channels/1", None, {"error": "no"}, 403),
        "GET /channels/1: response: 'code' is a required property",
    ),
]


@pytest.mark.parametrize(("call", "start"), WRONG, ids=[start.partition(":")[2][:50] for _, start in WRONG])
def test_a_departure_is_noted_with_its_place(call: Call, start: str) -> None:
    violations = noted(call)
    assert [violation[: len(start)] for violation in violations][:1] == [start]


def test_a_request_that_was_refused_is_not_held_against_the_bot_twice() -> None:
    told = {"message": "Invalid Form Body", "code": 50035, "errors": {"content": {"_errors": []}}}
    assert noted(Call("POST", MESSAGES, {"content": 5}, told, 400)) == []


@pytest.mark.parametrize(
    ("method", "path", "template"),
    [
        ("GET", "/users/@me", "/users/@me"),
        ("GET", "/users/5", "/users/{user_id}"),
        ("GET", "/channels/1/messages/pins", "/channels/{channel_id}/messages/pins"),
        ("GET", "/channels/1/messages/7", "/channels/{channel_id}/messages/{message_id}"),
        ("PATCH", "/webhooks/1/token/messages/@original", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"),
    ],
)
def test_a_literal_path_goes_before_a_parameter(method: str, path: str, template: str) -> None:
    check = SchemaCheck.load()
    if check is None:
        pytest.skip(SchemaCheck.ABSENT)
    operation = check.find(method, path)
    assert operation is not None
    assert operation.template == template


def test_the_description_is_found_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "api.json"
    place.write_text(json.dumps({"paths": {}, "components": {"schemas": {"SnowflakeType": {"type": "string"}}}}))
    monkeypatch.setenv(ENVIRONMENT, str(place))
    check = SchemaCheck.load()
    assert check is not None
    assert check.find("GET", "/users/@me") is None


def test_without_the_description_there_is_no_check(tmp_path: Path) -> None:
    assert SchemaCheck.load(tmp_path / "absent.json") is None
