"""The bot is killed at each step of a delivery, and started again: nothing is lost, nothing is said twice."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.chat.samples import at
from tests.faults.delivered import BEFORE, KEYS, Trial, trial, until
from tests.faults.killed_bot import STEPS
from tests.faults.operations import OPERATIONS

#: Longer than Discord remembers a nonce.
LONG = timedelta(minutes=10)
#: Where nobody knows whether it was said.
_UNKNOWN = "after acceptance"
#: What is always run, beside a message at every step. An announcement is spread into rows in one transaction, handed
#: on without a nonce, and else as a reminder is: its other steps belong to the matrix.
AT_ONCE = {
    *((operation, _UNKNOWN) for operation in ("dm", "edit", "dm_edit", "publish", "thread", "question")),
    ("spread", "in the record's transaction"),
    ("case thread", _UNKNOWN),
    ("plan", "in the record's transaction"),
    *((operation, _UNKNOWN) for operation in ("role", "rename")),
}
#: Beginnings of keys: of those, nothing may be left.
_ALL_SENT = ("act:case:", "act:thread:", "act:role:", "act:plan:")
LATER = {(operation, _UNKNOWN) for operation in ("message", "dm", "thread")}


@asynccontextmanager
async def killed(
    folder: Path, operation: str, step: str, *, nonce_life: float = 300.0
) -> AsyncIterator[tuple[Trial, Mapping[str, str]]]:
    """A bot that was killed at ``step``; the keys of what it was about to deliver, with what that must say."""
    chosen = OPERATIONS[operation]
    async with trial(folder, nonce_life=nonce_life) as it:
        # What is due is planned in good time before.
        async with it.bot(start=(BEFORE - timedelta(minutes=10)).isoformat(), speed=1):
            await until(lambda: len(it.rows()) >= len(KEYS))
        wanted = await chosen.prepare(it)
        begin = at(chosen.start).isoformat()
        async with it.bot(step=step, op=chosen.op, request=chosen.request, start=begin) as first, asyncio.timeout(20):
            assert await first.wait() == -9
        yield it, wanted


async def restarted(it: Trial, start: int) -> None:
    """Start the bot again, and let it say everything that is due by then."""
    async with it.bot(start=at(start).isoformat(), speed=1):
        await until(lambda: not it.unsaid(at(start)))


def check(it: Trial, wanted: Mapping[str, str], operation: str) -> None:
    """Each of ``wanted`` was delivered and says what it must; each message is there once, and none besides."""
    assert {key: it.rows()[key] for key in wanted} == dict.fromkeys(wanted, "sent")
    assert it.arrived() == it.said()
    assert it.handed_on() == {key: 1 for key in it.rows() if key.endswith(":publish")}
    assert {key: it.text(key).splitlines()[0] for key in wanted} == wanted
    assert it.threads() == dict.fromkeys(it.threads(), 1)
    if any(key.startswith("act:rename:") for key in wanted):
        assert set(it.threads()) == {"Another title"}
    ends: tuple[str, ...] = _ALL_SENT
    if operation.startswith("role"):
        assert it.holders() == it.kept_holders() == it.authors()
    else:
        # Other authors hold the role already, or are not in the server: nobody is given it.
        assert it.kept_holders() == set()
        ends = tuple(beginning for beginning in ends if beginning != "act:role:")
    if "act:plan:authors" in it.rows():
        assert it.asked_at_boards() == it.authors() != set()
    # A case that nobody reads is due again a day later.
    about = {key: state for key, state in it.rows().items() if key.startswith(ends) and ":waiting" not in key}
    assert set(about.values()) <= {"sent"}


def cases(always: Callable[[str, str], bool]) -> list[object]:
    """Every operation at every step it goes through; those that are not ``always`` run belong to the matrix."""
    return [
        pytest.param(operation, step, marks=[] if always(operation, step) else [pytest.mark.matrix])
        for operation in OPERATIONS
        for step in STEPS
        if step not in OPERATIONS[operation].senseless
    ]


@pytest.mark.parametrize(("operation", "step"), cases(lambda op, step: op == "message" or (op, step) in AT_ONCE))
async def test_killed_and_started_at_once_says_everything_once(operation: str, step: str, tmp_path: Path) -> None:
    async with killed(tmp_path, operation, step) as (it, wanted):
        await restarted(it, OPERATIONS[operation].start + 2)
        check(it, wanted, operation)


@pytest.mark.parametrize(("operation", "step"), cases(lambda op, step: (op, step) in LATER))
async def test_killed_and_started_after_the_nonce_expired_says_everything_once(
    operation: str, step: str, tmp_path: Path
) -> None:
    async with killed(tmp_path, operation, step, nonce_life=0.0) as (it, wanted):
        it.age(LONG)
        await restarted(it, OPERATIONS[operation].start + 12)
        check(it, wanted, operation)
