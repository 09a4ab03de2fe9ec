"""Too many refused requests stop the bot before Discord bans it."""

from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.chat.unasked.refusals import InvalidRequests, outcome_of
from bot.chat.unasked.requests import Requests
from bot.delivery.outcome import Later


def refused(status: int) -> discord.HTTPException:
    return discord.HTTPException(cast("Any", SimpleNamespace(status=status, reason="")), {"code": 0, "message": ""})


@pytest.mark.parametrize(("status", "counts"), [(401, True), (403, True), (429, True), (404, False), (500, False)])
def test_only_what_discord_counts_is_counted(status: int, *, counts: bool) -> None:
    invalid = InvalidRequests(most=1)
    invalid.count(refused(status), 0.0)
    assert (invalid.wait(1.0) > 0) == counts


def test_the_wait_lasts_until_the_first_of_them_is_ten_minutes_old() -> None:
    invalid = InvalidRequests(most=3)
    for at in (0.0, 100.0):
        invalid.count(discord.RateLimited(30.0), at)
    assert invalid.wait(100.0) == 0.0
    invalid.count(refused(403), 200.0)
    assert (invalid.wait(200.0), invalid.wait(599.0), invalid.wait(600.0)) == (400.0, 1.0, 0.0)
    invalid.count(refused(403), 600.0)
    assert invalid.wait(600.0) == 100.0


def test_a_token_that_is_refused_blames_no_row() -> None:
    outcome = outcome_of(refused(401))
    assert isinstance(outcome, Later)
    assert outcome.certain


async def test_a_request_that_discord_puts_off_is_put_off_and_counts() -> None:
    requests = Requests(invalid=InvalidRequests(most=1))

    async def look() -> None:
        raise discord.RateLimited(40.0)

    first = await requests.asked(look, outcome_of)
    assert first == Later("Discord asks to wait", 40.0, certain=True)
    second = await requests.asked(look, outcome_of)
    assert isinstance(second, Later)
    assert second.why.startswith("Discord refused too many requests")
