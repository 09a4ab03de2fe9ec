"""Through HTTP: what is refused because of who asks."""

from typing import Any

import pytest

from bot.sandbox import Sandbox, World
from bot.sandbox.permissions import Permission
from tests.sandbox.http import EVENT, SAID, Answer, calling, channel_id, places, role_id
from tests.sandbox.live import make_world


async def test_a_wrong_token_is_refused() -> None:
    async with calling(Sandbox(make_world())) as http:
        answer = await http.call("GET", "/users/@me", token="wrong")
        assert (answer.refusal, answer.body["message"]) == ((401, 0), "401: Unauthorized")


async def test_an_unknown_route_is_not_found() -> None:
    async with calling(Sandbox(make_world())) as http:
        assert (await http.get("/no/such/route")).refusal == (404, 0)


def take_away(world: World, permission: Permission) -> None:
    """Nobody has the permission any more, administrators apart."""
    for role in world.guild.roles.values():
        role.permissions &= ~int(permission)


EMBED = {"embeds": [{"title": "t"}]}

NEEDS: list[tuple[Permission, str, str, Any]] = [
    (Permission.SEND_MESSAGES, "POST", "/channels/{general}/messages", SAID),
    (Permission.EMBED_LINKS, "POST", "/channels/{general}/messages", EMBED),
    (Permission.ADD_REACTIONS, "PUT", "/channels/{general}/messages/{said}/reactions/👍/@me", None),
    (Permission.MANAGE_MESSAGES, "DELETE", "/channels/{general}/messages/{said}", None),
    (Permission.PIN_MESSAGES, "PUT", "/channels/{general}/messages/pins/{said}", None),
    (Permission.PIN_MESSAGES, "DELETE", "/channels/{general}/pins/{said}", None),
    (Permission.CREATE_PUBLIC_THREADS, "POST", "/channels/{general}/threads", {"name": "t", "type": 11}),
    (Permission.CREATE_PUBLIC_THREADS, "POST", "/channels/{general}/messages/{said}/threads", {"name": "t"}),
    (Permission.CREATE_PRIVATE_THREADS, "POST", "/channels/{general}/threads", {"name": "t", "type": 12}),
    (Permission.SEND_MESSAGES, "POST", "/channels/{posters}/threads", {"name": "t", "message": SAID}),
    (Permission.MANAGE_CHANNELS, "PATCH", "/channels/{general}", {"topic": "t"}),
    (Permission.MANAGE_CHANNELS, "POST", "/guilds/{guild}/channels", {"name": "new", "type": 0}),
    (Permission.MANAGE_ROLES, "POST", "/guilds/{guild}/roles", {"name": "new"}),
    (Permission.MANAGE_ROLES, "PUT", "/guilds/{guild}/members/{attendee}/roles/{role}", None),
    (Permission.CREATE_EVENTS, "POST", "/guilds/{guild}/scheduled-events", EVENT),
]


@pytest.mark.parametrize(
    ("permission", "method", "path", "body"), NEEDS, ids=lambda value: getattr(value, "name", None)
)
async def test_a_missing_permission_is_50013(permission: Permission, method: str, path: str, body: Any) -> None:
    world = make_world()
    async with calling(sandbox := Sandbox(world)) as http:
        said = await sandbox.person("attendee").say("general", "hello")
        names = places(world) | {"said": said["id"], "attendee": str(world.person("attendee").id)}
        take_away(world, permission)
        refused = await http.call(method, path.format(**names), body)
        assert refused.refusal == (403, 50013)


@pytest.mark.parametrize(
    ("permission", "method", "path", "body"), NEEDS, ids=lambda value: getattr(value, "name", None)
)
async def test_with_the_permission_it_is_allowed(permission: Permission, method: str, path: str, body: Any) -> None:
    world = make_world()
    async with calling(sandbox := Sandbox(world)) as http:
        said = await sandbox.person("attendee").say("general", "hello")
        names = places(world) | {"said": said["id"], "attendee": str(world.person("attendee").id)}
        allowed = await http.call(method, path.format(**names), body)
        assert allowed.status in (200, 201, 204), allowed.body


async def test_files_need_a_permission_too() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        path = f"/channels/{channel_id(world, 'general')}/messages"
        assert (await http.call("POST", path, files={"map.png": b"png"})).status == 200
        take_away(world, Permission.ATTACH_FILES)
        assert (await http.call("POST", path, files={"map.png": b"png"})).refusal == (403, 50013)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_channel_out_of_sight_is_50001(method: str) -> None:
    world = make_world()
    take_away(world, Permission.VIEW_CHANNEL)
    async with calling(Sandbox(world)) as http:
        answer = await http.call(method, f"/channels/{channel_id(world, 'general')}/messages", SAID)
        assert answer.refusal == (403, 50001)


async def test_a_role_that_stands_higher_is_not_given() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        higher = role_id(world, "Administrator")
        member = f"/guilds/{world.guild.id}/members/{world.person('attendee').id}"
        assert (await http.put(f"{member}/roles/{role_id(world, 'organizer')}")).status == 204
        assert (await http.put(f"{member}/roles/{higher}")).refusal == (403, 50013)


async def test_a_permission_that_the_bot_lacks_is_not_granted() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        path = f"/guilds/{world.guild.id}/roles"
        assert (await http.post(path, {"name": "n", "permissions": str(int(Permission.BAN_MEMBERS))})).refusal == (
            403,
            50013,
        )
        assert (await http.post(path, {"name": "n", "permissions": str(int(Permission.SEND_MESSAGES))})).status == 200


async def test_a_closed_dm_is_50007() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:

        async def write_to(name: str) -> Answer:
            opened = await http.post("/users/@me/channels", {"recipient_id": str(world.person(name).id)})
            return await http.post(f"/channels/{opened.id}/messages", SAID)

        assert (await write_to("attendee")).status == 200
        assert (await write_to("shy")).refusal == (403, 50007)
