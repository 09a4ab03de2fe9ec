"""Through HTTP: what threads refuse."""

import pytest

from bot.sandbox import Sandbox, World
from bot.sandbox.permissions import Permission
from tests.sandbox.http import SAID, Http, calling, channel_id
from tests.sandbox.live import make_world


async def start(http: Http, world: World, name: str = "questions") -> str:
    """A thread from a message of the bot; its id is the message's."""
    general = f"/channels/{channel_id(world, 'general')}/messages"
    message = await http.post(general, SAID)
    thread = await http.post(f"{general}/{message.id}/threads", {"name": name})
    assert thread.id == message.id
    return thread.id


def moderate(world: World, *, allowed: bool) -> None:
    """Whether the bot may manage threads."""
    for role in world.guild.roles.values():
        if role.managed_by:
            bit = int(Permission.MANAGE_THREADS)
            role.permissions = role.permissions | bit if allowed else role.permissions & ~bit


async def test_a_message_has_one_thread() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        thread = await start(http, world)
        again = await http.post(f"/channels/{channel_id(world, 'general')}/messages/{thread}/threads", {"name": "two"})
        assert again.refusal == (400, 160004)


async def test_writing_reopens_an_archived_thread_and_editing_does_not() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        thread = await start(http, world)
        said = await http.post(f"/channels/{thread}/messages", SAID)
        assert (await http.patch(f"/channels/{thread}", {"archived": True})).status == 200
        one = f"/channels/{thread}/messages/{said.id}"
        assert (await http.patch(one, {"content": "y"})).refusal == (400, 50083)
        assert (await http.delete(one)).refusal == (400, 50083)
        assert (await http.put(f"/channels/{thread}/messages/pins/{said.id}")).refusal == (400, 50083)
        assert (await http.post(f"/channels/{thread}/messages", SAID)).status == 200
        assert (await http.patch(one, {"content": "y"})).status == 200


async def test_an_archived_threads_name_is_not_changed() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        thread = await start(http, world)
        await http.patch(f"/channels/{thread}", {"archived": True})
        assert (await http.patch(f"/channels/{thread}", {"name": "answers"})).refusal == (400, 50083)
        assert (await http.patch(f"/channels/{thread}", {"name": "answers", "archived": False})).status == 200


@pytest.mark.parametrize("archived", [False, True])
async def test_a_locked_thread_takes_messages_from_moderators_only(*, archived: bool) -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        thread = await start(http, world)
        assert (await http.patch(f"/channels/{thread}", {"locked": True, "archived": archived})).status == 200
        moderate(world, allowed=False)
        refused = await http.post(f"/channels/{thread}/messages", SAID)
        assert refused.refusal == (400, 160005)
        moderate(world, allowed=True)
        assert (await http.post(f"/channels/{thread}/messages", SAID)).status == 200


async def test_a_guild_has_a_thousand_active_threads() -> None:
    world = make_world()
    async with calling(Sandbox(world, enforce_rate_limits=False)) as http:
        path = f"/channels/{channel_id(world, 'general')}/threads"
        threads = [await http.post(path, {"name": str(number), "type": 11}) for number in range(1000)]
        assert {thread.status for thread in threads} == {201}
        assert (await http.post(path, {"name": "one more", "type": 11})).refusal == (400, 160006)
        await http.patch(f"/channels/{threads[0].id}", {"archived": True})
        assert (await http.post(path, {"name": "one more", "type": 11})).status == 201


async def test_a_thread_has_a_thousand_participants() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        thread = await start(http, world)
        attendee = f"/channels/{thread}/thread-members/{world.person('attendee').id}"
        members = world.channels[int(thread)].thread
        assert members is not None
        members.members.update(dict.fromkeys(range(1, 1000), members.created_at))
        assert len(members.members) == 1000
        assert (await http.put(attendee)).refusal == (400, 30033)
        del members.members[1]
        assert (await http.put(attendee)).status == 204


async def test_a_forum_may_ask_for_a_tag() -> None:
    world = make_world()
    forum = world.channel_named("posters")
    forum.flags |= 1 << 4
    async with calling(Sandbox(world)) as http:
        path = f"/channels/{forum.id}/threads"
        assert (await http.post(path, {"name": "n", "message": SAID})).refusal == (400, 40067)
        tagged = {"name": "n", "message": SAID, "applied_tags": [forum.available_tags[0]["id"]]}
        assert (await http.post(path, tagged)).status == 201
