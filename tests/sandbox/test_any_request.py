"""No request, however wrong, may meet an error of the server's own."""

import io
import random
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.rest.body import MAX_BODY

from .http import calling
from .interacting import interacting
from .live import make_world

JUNK: list[Any] = [
    None,
    1,
    -1,
    "x",
    "1",
    [],
    {},
    True,
    1.5,
    [1],
    [None],
    ["x"],
    [{}],
    {"a": 1},
    "9" * 30,
    "²",
    {"flags": "x"},
]
KEYS = [
    "content",
    "embeds",
    "components",
    "flags",
    "attachments",
    "message_reference",
    "nonce",
    "enforce_nonce",
    "allowed_mentions",
    "name",
    "type",
    "topic",
    "position",
    "parent_id",
    "permission_overwrites",
    "available_tags",
    "archived",
    "locked",
    "applied_tags",
    "message",
    "messages",
    "permissions",
    "auto_archive_duration",
    "color",
    "colors",
    "hoist",
    "roles",
    "nick",
    "recipient_id",
    "status",
    "entity_type",
    "entity_metadata",
    "channel_id",
    "data",
    "scheduled_start_time",
    "scheduled_end_time",
    "privacy_level",
    "custom_id",
    "title",
    "choices",
    "allow",
    "deny",
    "id",
    "rate_limit_per_user",
    "description",
    "options",
    "default_member_permissions",
]
#: Every route that takes a body, and what its path needs.
ROUTES = [
    ("POST", "/channels/{text}/messages"),
    ("PATCH", "/channels/{text}/messages/{message}"),
    ("POST", "/channels/{text}/messages/bulk-delete"),
    ("POST", "/channels/{text}/messages/{message}/threads"),
    ("POST", "/channels/{text}/threads"),
    ("POST", "/channels/{forum}/threads"),
    ("PATCH", "/channels/{text}"),
    ("PATCH", "/channels/{forum}"),
    ("PUT", "/channels/{text}/permissions/{guild}"),
    ("POST", "/guilds/{guild}/channels"),
    ("PATCH", "/guilds/{guild}/channels"),
    ("POST", "/guilds/{guild}/roles"),
    ("PATCH", "/guilds/{guild}/roles"),
    ("PATCH", "/guilds/{guild}/roles/{role}"),
    ("PATCH", "/guilds/{guild}/members/{user}"),
    ("POST", "/guilds/{guild}/scheduled-events"),
    ("POST", "/users/@me/channels"),
    ("POST", "/applications/{app}/commands"),
    ("PUT", "/applications/{app}/guilds/{guild}/commands"),
]


def body(rnd: random.Random) -> Any:
    if rnd.random() < 0.1:
        return rnd.choice(JUNK)
    made = {key: rnd.choice(JUNK) for key in rnd.sample(KEYS, rnd.randint(1, 8))}
    return [made] if rnd.random() < 0.1 else made


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_any_body_is_taken_or_refused(method: str, path: str) -> None:
    rnd = random.Random(path)
    world = make_world()
    text, forum = world.channel_named("general"), world.channel_named("posters")
    headers = {"Authorization": f"Bot sandbox.{world.bot.id}"}
    statuses = set()
    async with Sandbox(world, enforce_rate_limits=False) as sandbox, aiohttp.ClientSession(headers=headers) as session:
        said = await sandbox.person("attendee").say("general", "x")
        places = {"text": text.id, "forum": forum.id, "message": said["id"], "guild": world.guild.id}
        people = {"role": max(world.guild.roles), "user": world.person("author").id, "app": world.application_id}
        for _ in range(60):
            url = sandbox.api_url + path.format(**places, **people)
            async with session.request(method, url, json=body(rnd)) as answer:
                statuses.add(answer.status)
    assert {status for status in statuses if status >= 500} == set()


@pytest.mark.parametrize(
    "query", ["before=x", "after=-1", "around=" + "9" * 30, "limit=0", "limit=x", "limit=--5", "limit=²"]
)
async def test_any_query_is_taken_or_refused(query: str) -> None:
    world = make_world()
    headers = {"Authorization": f"Bot sandbox.{world.bot.id}"}
    async with Sandbox(world) as sandbox, aiohttp.ClientSession(headers=headers) as session:
        url = f"{sandbox.api_url}/channels/{world.channel_named('general').id}/messages?{query}"
        async with session.get(url) as answer:
            assert (answer.status, (await answer.json())["code"]) == (400, 50035)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "/channels/{text}/messages", 405),
        ("POST", "/users/@me", 405),
        ("DELETE", "/gateway/bot", 405),
        ("GET", "/nothing/here", 404),
        ("GET", "/channels/{text}/nothing", 404),
    ],
)
async def test_a_missing_route_says_whether_the_method_is_to_blame(method: str, path: str, status: int) -> None:
    world = make_world()
    async with Sandbox(world) as sandbox, aiohttp.ClientSession() as session:
        url = sandbox.api_url + path.format(text=world.channel_named("general").id)
        async with session.request(method, url) as answer:
            said = {404: "404: Not Found", 405: "405: Method Not Allowed"}[status]
            assert (answer.status, await answer.json()) == (status, {"message": said, "code": 0})
            assert answer.headers["Content-Type"] == "application/json"


FORM = "multipart/form-data; boundary=x"
FIELD = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"[" * 100_000),
        ("application/json", b"\xff"),
        ("multipart/form-data", b"x"),
        (FORM, b"x"),
        (FORM, FIELD % (b"content", b"\xff") + b"--x--\r\n"),
        (FORM, FIELD % (b"payload_json", b"[1]") + FIELD % (b"content", b"x") + b"--x--\r\n"),
    ],
    ids=["deep", "no text", "no boundary", "no form", "no text in a form", "a list beside a field"],
)
async def test_a_body_that_cannot_be_read_is_refused(kind: str, body: bytes) -> None:
    world = make_world()
    headers = {"Authorization": f"Bot sandbox.{world.bot.id}", "Content-Type": kind}
    async with Sandbox(world) as sandbox, aiohttp.ClientSession(headers=headers) as session:
        url = f"{sandbox.api_url}/channels/{world.channel_named('general').id}/messages"
        async with session.post(url, data=body) as answer:
            assert (answer.status, (await answer.json())["code"]) in [(400, 50035), (400, 50109)]


async def _in_pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(0, size, 1 << 20):
        yield bytes(1 << 20)


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_over_discords_limit_is_refused(*, announced: bool) -> None:
    world = make_world()
    headers = {"Authorization": f"Bot sandbox.{world.bot.id}", "Content-Type": "application/json"}
    async with Sandbox(world) as sandbox, aiohttp.ClientSession(headers=headers) as session:
        url = f"{sandbox.api_url}/channels/{world.channel_named('general').id}/messages"
        body = io.BytesIO(bytes(MAX_BODY + 1)) if announced else _in_pieces(MAX_BODY + 1)
        async with session.post(url, data=body) as answer:
            assert (answer.status, await answer.json()) == (413, {"message": "Request entity too large", "code": 40005})


async def test_files_over_discords_limit_together_are_refused() -> None:
    world = make_world()
    half = bytes(MAX_BODY // 2 + 1)
    async with calling(Sandbox(world)) as http:
        path = f"/channels/{world.channel_named('general').id}/messages"
        answer = await http.call("POST", path, {"content": "x"}, files={"a.bin": half, "b.bin": half})
        assert answer.refusal == (413, 40005)


async def test_any_answer_to_an_interaction_is_taken_or_refused() -> None:
    rnd = random.Random(7)
    async with Sandbox(make_world()) as sandbox, interacting(sandbox) as held, aiohttp.ClientSession() as session:
        statuses = set()
        for _ in range(150):
            payload = {"type": rnd.choice([4, 5, 9, 8, 7, *JUNK]), "data": rnd.choice([body(rnd), *JUNK[:3]])}
            async with session.post(sandbox.api_url + held.callback, json=payload) as answer:
                statuses.add(answer.status)
            async with session.patch(f"{sandbox.api_url}{held.webhook}/messages/@original", json=body(rnd)) as answer:
                statuses.add(answer.status)
        assert {status for status in statuses if status >= 500} == set()
