"""Through HTTP: what is refused because it comes too often."""

from bot.sandbox import Sandbox
from bot.sandbox.ratelimits import NEW_DM
from tests.sandbox.http import SAID, Answer, calling, channel_id
from tests.sandbox.live import make_world


async def test_the_sixth_message_in_a_channel_is_429() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        path = f"/channels/{channel_id(world, 'general')}/messages"
        answers = [await http.post(path, {"content": str(number)}) for number in range(6)]
        assert [answer.status for answer in answers] == [200] * 5 + [429]
        remaining = [answer.headers["X-RateLimit-Remaining"] for answer in answers]
        assert remaining == ["4", "3", "2", "1", "0", "0"]
        last = answers[-1]
        assert (last.body["message"], last.body["global"]) == ("You are being rate limited.", False)
        assert 0 < last.body["retry_after"] <= 5
        told = {"Via", "Retry-After", "X-RateLimit-Scope", "X-RateLimit-Bucket", "X-RateLimit-Reset-After"}
        assert told <= last.headers.keys()
        assert last.headers["Content-Type"] == "application/json"
        assert len(world.channel_named("general").messages) == 5


async def test_more_than_fifty_requests_a_second_are_a_global_429() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        paths = [f"/channels/{channel.id}" for channel in world.channels.values()] + ["/users/@me"]
        answers = [await http.get(paths[number % len(paths)]) for number in range(80)]
        limited = [answer for answer in answers if answer.status == 429]
        assert limited[0].headers["X-RateLimit-Global"] == "true"
        assert (limited[0].headers["X-RateLimit-Scope"], limited[0].body["global"]) == ("global", True)


async def test_a_channels_topic_changes_twice_in_ten_minutes() -> None:
    world = make_world()
    async with calling(Sandbox(world)) as http:
        path = f"/channels/{channel_id(world, 'general')}"
        answers = [await http.patch(path, {"topic": f"Now: talk {number}"}) for number in range(3)]
        assert [answer.status for answer in answers] == [200, 200, 429]
        assert answers[2].body["retry_after"] > 500
        assert (await http.patch(path, {"rate_limit_per_user": 5})).status == 200


async def test_limits_can_be_switched_off() -> None:
    world = make_world()
    async with calling(Sandbox(world, enforce_rate_limits=False)) as http:
        path = f"/channels/{channel_id(world, 'general')}/messages"
        assert {(await http.post(path, SAID)).status for _ in range(60)} == {200}


async def test_refusals_are_counted_towards_a_ban() -> None:
    world = make_world()
    async with calling(sandbox := Sandbox(world)) as http:
        await http.get("/channels/5")
        await http.call("GET", "/users/@me", token="wrong")
        assert sandbox.limiter.invalid_requests == 1


async def test_opening_too_many_new_dms_is_40003() -> None:
    world = make_world()
    async with calling(sandbox := Sandbox(world)) as http:

        async def open_with(name: str) -> Answer:
            return await http.post("/users/@me/channels", {"recipient_id": str(world.person(name).id)})

        assert (await open_with("attendee")).status == 200
        for _ in range(NEW_DM.limit - 1):
            sandbox.limiter.check_new_dm()
        assert (await open_with("author")).refusal == (403, 40003)
        # One that is open already is only looked up.
        assert (await open_with("attendee")).status == 200
