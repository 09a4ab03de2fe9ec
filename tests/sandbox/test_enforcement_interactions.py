"""Through HTTP: answers to interactions that come twice, too late, or of a wrong kind."""

from typing import Any

import pytest

from bot.sandbox import Sandbox, Timings
from tests.sandbox.http import SAID, calling
from tests.sandbox.interacting import interacting
from tests.sandbox.live import make_world
from tests.sandbox.refusals import found

MESSAGE = {"type": 4, "data": SAID}
DEFERRED = {"type": 5}


@pytest.mark.parametrize("second", [MESSAGE, DEFERRED])
async def test_a_second_answer_is_40060(second: dict[str, Any]) -> None:
    async with calling(sandbox := Sandbox(make_world())) as http, interacting(sandbox) as held:
        assert (await http.post(held.callback, MESSAGE)).status == 204
        assert (await http.post(held.callback, second)).refusal == (400, 40060)
        assert (await held.reply).kind == "message"


async def test_an_answer_after_three_seconds_is_10062() -> None:
    sandbox = Sandbox(make_world(), timings=Timings(first_answer=0.05))
    async with calling(sandbox) as http, interacting(sandbox) as held:
        reply = await held.reply
        assert (reply.kind, reply.error) == ("failed", "The application did not respond")
        assert (await http.post(held.callback, MESSAGE)).refusal == (404, 10062)


async def test_a_wrong_token_is_10062() -> None:
    async with calling(sandbox := Sandbox(make_world())) as http, interacting(sandbox) as held:
        assert (await http.post(f"/interactions/{held.id}/wrong/callback", MESSAGE)).refusal == (404, 10062)
        await http.post(held.callback, MESSAGE)


async def test_after_fifteen_minutes_the_token_is_refused() -> None:
    sandbox = Sandbox(make_world(), timings=Timings(token_life=0))
    async with calling(sandbox) as http, interacting(sandbox) as held:
        assert (await http.post(held.callback, MESSAGE)).status == 204
        assert (await http.post(held.webhook, SAID)).refusal == (401, 50027)
        assert (await http.patch(f"{held.webhook}/messages/@original", SAID)).refusal == (401, 50027)


@pytest.mark.parametrize("kind", [6, 7, 8, 99])
async def test_an_answer_that_does_not_suit_a_command_is_refused(kind: int) -> None:
    async with calling(sandbox := Sandbox(make_world())) as http, interacting(sandbox) as held:
        answer = await http.post(held.callback, {"type": kind, "data": {}})
        assert answer.refusal == (400, 50035)
        assert [path for path, _ in found(answer.body["errors"])] == ["type"]
        await http.post(held.callback, MESSAGE)


@pytest.mark.parametrize("kind", [4, 5])
async def test_a_flag_that_does_not_exist_is_refused(kind: int) -> None:
    async with calling(sandbox := Sandbox(make_world())) as http, interacting(sandbox) as held:
        answer = await http.post(held.callback, {"type": kind, "data": SAID | {"flags": 1 << 20}})
        assert answer.refusal == (400, 50035)
        assert found(answer.body["errors"]) == [("data.flags", "UNKNOWN_FLAG")]
        await http.post(held.callback, MESSAGE)


async def test_a_follow_up_before_any_answer_is_refused() -> None:
    async with calling(sandbox := Sandbox(make_world())) as http, interacting(sandbox) as held:
        assert (await http.post(held.webhook, SAID)).status == 404
        await http.post(held.callback, MESSAGE)


async def test_answers_stand_outside_the_global_limit() -> None:
    async with calling(sandbox := Sandbox(make_world())) as http, interacting(sandbox) as held:
        answers = [await http.get("/users/@me") for _ in range(60)]
        assert answers[-1].body.get("global") is True
        assert (await http.post(held.callback, MESSAGE)).status == 204
        assert (await http.post(held.webhook, SAID)).status == 200


async def test_a_first_answer_asked_for_comes_back() -> None:
    async with calling(sandbox := Sandbox(make_world())) as http, interacting(sandbox) as held:
        answer = await http.post(f"{held.callback}?with_response=true", MESSAGE)
        assert (answer.status, answer.body["resource"]["message"]["content"]) == (200, "x")
        assert answer.body["interaction"]["id"] == str(held.id)
