"""No more requests than the pace allows: every turn counts, whoever takes it."""

import asyncio
import time

from bot.delivery.pacing import AT_ONCE, Pacing


async def seconds_for(pacing: Pacing, *, let_through: int, further: int) -> float:
    """How long it takes until so many are through that take so many turns besides."""

    async def one() -> None:
        for _ in range(1 + further):
            await pacing.turn()

    start = asyncio.get_running_loop().time()
    await asyncio.gather(*(one() for _ in range(let_through)))
    return asyncio.get_running_loop().time() - start


async def test_a_further_request_takes_a_turn_of_its_own() -> None:
    # Only bounded from below: a busy machine is slower.
    assert await seconds_for(Pacing(100), let_through=10, further=2) >= (30 - AT_ONCE - 1) / 100


async def test_after_the_machine_stood_still_what_was_missed_does_not_go_at_once() -> None:
    pacing, gap, times = Pacing(100), 0.01, []

    async def one() -> None:
        await pacing.turn()
        times.append(asyncio.get_running_loop().time())

    going = asyncio.gather(*(one() for _ in range(30)))
    await asyncio.sleep(0.05)
    time.sleep(0.15)  # noqa: ASYNC251  # so it looks to the loop
    await going
    apart = [times[at] - times[at - AT_ONCE - 2] for at in range(AT_ONCE + 2, len(times))]
    # Loops take what is due within their clock's resolution.
    assert min(apart) >= gap - 0.001


async def test_while_everybody_is_to_wait_no_turns_are_given() -> None:
    over, gap, times = asyncio.Event(), 0.01, []

    async def let_through() -> None:
        await over.wait()

    pacing = Pacing(100, let_through=let_through)

    async def one() -> None:
        await pacing.turn()
        times.append(asyncio.get_running_loop().time())

    going = asyncio.gather(*(one() for _ in range(10)))
    await asyncio.sleep(10 * gap)
    assert times == []
    over.set()
    await going
    assert times[-1] - times[0] >= (10 - AT_ONCE - 2) * gap
