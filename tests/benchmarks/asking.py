"""Questions with 100,000 stored: asking and voting against a bare bot that makes one commit, and what is read of them.

Asking goes on to open the poster's thread and to post there: that work is in the figure.
"""

import asyncio
import gc
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from bot.domain.posters.similar import similar
from bot.sandbox import Exchange, InteractionType, Sandbox
from bot.sandbox.state import Channel, Message, User
from bot.storage.database import Database
from bot.storage.posters import questions
from tests.benchmarks.asked import crowd, fill, form, text
from tests.benchmarks.events import Measured, large
from tests.benchmarks.figures import Pace, Row, ms, p50, p99
from tests.benchmarks.running import Driven, seconds, server, started, usher

ASK_P50_MOST, ASK_P99_MOST, VOTE_P50_MOST = 2.0, 4.0, 1.75
EDITS_MOST = 3
TOP_MOST, UNANSWERED_MOST, SIMILAR_MOST = 0.001, 0.001, 0.005
ROUNDS, WARM_UP, VOTES, WITHIN = 400, 20, 500, 5.0
_FORM, _PRESS = InteractionType.MODAL_SUBMIT, InteractionType.COMPONENT
_READ = 500


@dataclass
class _Sides:
    """Usher and the bare bot, with people who do something at either; who did nothing yet comes next."""

    event: Measured
    bot: Driven
    bare: Driven
    people: Sequence[User]
    others: Sequence[User]
    random: Random
    turn: "count[int]"

    def general(self, side: Driven) -> Channel:
        return side.sandbox.world.channel_named("general")

    async def ask(self, side: Driven, turn: int) -> float:
        user = (self.people if side is self.bot else self.others)[turn]
        data = dict(form(self.event.program, turn, text(self.random)))
        return seconds(await side.sandbox.interact(user, self.general(side), _FORM, data))


async def measure(pace: Pace) -> Sequence[Row]:
    with large() as event, tempfile.TemporaryDirectory(prefix="usher-bench-") as name:
        folder = Path(name)
        rows = []
        async with _both(event, folder) as sides:
            rows += [await _asking(sides, pace), await _voting(sides, pace), await _many_votes(sides, pace)]
        db = Database.open(folder / "usher.db")
        guild = next(iter(sides.bot.sandbox.world.guilds))
        rows += _reading(db, guild, event, pace)
        db.close()
        return rows


@asynccontextmanager
async def _both(event: Measured, folder: Path) -> AsyncIterator[_Sides]:
    async with server(event.program) as sandbox, server(event.program) as other:
        db = Database.open(folder / "usher.db")
        await fill(db, sandbox.world.guild.id, event.program)
        db.close()
        made = folder / "components.json"
        made.write_text(json.dumps(_CONFIRMED), encoding="utf-8")
        bare = (sys.executable, "-m", "tests.benchmarks.commit_bot", other.api_url, other.token)
        async with (
            started(sandbox, usher(event, folder / "usher.db", sandbox)) as bot,
            started(other, (*bare, str(folder / "bare.db"), str(made))) as echo,
        ):
            size = 2 * (ROUNDS + VOTES + WARM_UP)
            people, others = crowd(sandbox.world, size), crowd(other.world, size)
            yield _Sides(event, bot, echo, people, others, Random(3), count())


async def _asking(sides: _Sides, pace: Pace) -> Row:
    for _ in range(WARM_UP):
        turn = next(sides.turn)
        await sides.ask(sides.bot, turn)
        await sides.ask(sides.bare, turn)
    gc.collect()
    ours: list[float] = []
    echoed: list[float] = []
    for _ in range(pace.times(ROUNDS)):
        turn = next(sides.turn)
        # Whoever comes first finds colder caches: take turns.
        for side in (sides.bot, sides.bare)[:: 1 if turn % 2 else -1]:
            (ours if side is sides.bot else echoed).append(await sides.ask(side, turn))
    return _ratio("ask, until it is confirmed", sides.event, ours, echoed, ASK_P50_MOST, ASK_P99_MOST)


async def _voting(sides: _Sides, pace: Pace) -> Row:
    message, other = await _posted(sides.bot, "Question"), await _posted(sides.bare, "Question 1")
    ours, echoed = [], []
    for turn in range(pace.times(ROUNDS) + WARM_UP):
        one = await _press(sides.bot, message, sides.people[-1 - turn])
        two = await _press(sides.bare, other, sides.others[-1 - turn])
        if turn >= WARM_UP:
            ours.append(one)
            echoed.append(two)
    return _ratio("upvote, until it is confirmed", sides.event, ours, echoed, VOTE_P50_MOST, None)


async def _many_votes(sides: _Sides, pace: Pace) -> Row:
    """Half of the people who have not voted yet press within five seconds."""
    message, edits = await _posted(sides.bot, "Question", last=True), []
    number = pace.times(VOTES)

    def note(exchange: Exchange) -> None:
        if exchange.method == "PATCH" and exchange.path.endswith(str(message.id)):
            edits.append(exchange.path)

    sides.bot.sandbox.observers.append(note)
    before = _count(message)

    async def press(turn: int) -> None:
        await asyncio.sleep(WITHIN * turn / number)
        await _press(sides.bot, message, sides.people[turn + ROUNDS + WARM_UP])

    await asyncio.gather(*(press(turn) for turn in range(number)))
    async with asyncio.timeout(20):
        while _count(message) < before + number:  # noqa: ASYNC110  # another process makes it so
            await asyncio.sleep(0.05)
    right = _count(message) == before + number
    return Row(
        f"{number} upvotes on one question within {WITHIN:g} s: edits of its message",
        sides.event.name,
        f"<= {EDITS_MOST}, count right",
        f"{len(edits)}; it shows {_count(message) - before} more",
        len(edits) <= EDITS_MOST and right,
        {"edits": len(edits)},
    )


def _reading(db: Database, guild: int, event: Measured, pace: Pace) -> list[Row]:
    random, posters = Random(4), [poster.id for poster in event.program.posters]

    def alike() -> None:
        similar(text(random), questions.of_poster(db.reader, guild, random.choice(posters)))

    return [
        _read("the ten most asked", event, pace, TOP_MOST, lambda: questions.top(db.reader, guild)),
        _read(
            "unanswered ones of an author of three posters",
            event,
            pace,
            UNANSWERED_MOST,
            lambda: questions.unanswered(db.reader, guild, random.sample(posters, 3)),
        ),
        _read("similar ones", event, pace, SIMILAR_MOST, alike),
    ]


def _read(what: str, event: Measured, pace: Pace, most: float, look: Callable[[], object]) -> Row:
    took = []
    for _ in range(pace.times(_READ)):
        began = perf_counter()
        look()
        took.append(perf_counter() - began)
    return Row(
        f"{what}, of 100,000 questions",
        event.name,
        f"<= {ms(most)}",
        f"{ms(p50(took))} (p99 {ms(p99(took))})",
        p50(took) <= most,
        {"p50_s": p50(took), "p99_s": p99(took)},
    )


def _ratio(
    what: str,
    event: Measured,
    ours: Sequence[float],
    echoed: Sequence[float],
    middle_most: float,
    end_most: float | None,
) -> Row:
    middle, end = p50(ours) / p50(echoed), p99(ours) / p99(echoed)
    goal = f"p50 <= {middle_most:g}" + (f", p99 <= {end_most:g}" if end_most is not None else "")
    return Row(
        f"{what}, with 100,000 questions, against an echo with one commit",
        event.name,
        goal,
        f"p50 {middle:.2f} ({ms(p50(ours))} against {ms(p50(echoed))}), p99 {end:.2f} ({ms(p99(ours))})",
        middle <= middle_most and (end_most is None or end <= end_most),
        {"p50_ratio": middle, "p99_ratio": end, "p50_s": p50(ours), "echo_p50_s": p50(echoed)},
    )


async def _press(side: Driven, message: Message, user: User) -> float:
    channel = side.sandbox.world.channels[message.channel_id]
    button = message.data["components"][0]["components"][0]
    data = {"component_type": 2, "custom_id": button["custom_id"], "id": button["id"]}
    timed = await side.sandbox.interact(user, channel, _PRESS, data, message=message)
    if timed.outcome.error:
        raise RuntimeError(timed.outcome.error)
    return seconds(timed)


async def _posted(side: Driven, beginning: str, *, last: bool = False) -> Message:
    """A message of the bot with a button, as soon as there is one."""
    async with asyncio.timeout(30):
        while True:
            if found := [message for message in _messages(side.sandbox) if beginning in message.data["content"]]:
                return found[-1 if last else 0]
            await asyncio.sleep(0.05)


def _messages(sandbox: Sandbox) -> list[Message]:
    channels = list(sandbox.world.channels.values())
    every = [message for channel in channels for message in channel.messages.values()]
    return [one for one in every if not one.ephemeral and one.data["components"] and "Upvote" in str(one.data)]


def _count(message: Message) -> int:
    label: str = message.data["components"][0]["components"][0]["label"]
    return int(label.rpartition(" ")[2])


_BUTTONS = [{"type": 2, "style": 2, "label": label, "custom_id": label} for label in ("Thread", "Edit", "Withdraw")]
#: What the bare bot confirms with: as much as Usher does.
_CONFIRMED: list[dict[str, Any]] = [
    {
        "type": 17,
        "accent_color": 0x5B7CFA,
        "components": [
            {
                "type": 10,
                "content": "## Question 17 is recorded\n> Why?\nAbout **it**. " + "Your name is shown. " * 4,
            },
            {"type": 10, "content": "-# As of <t:1745857200:T>"},
        ],
    },
    {"type": 1, "components": _BUTTONS},
]
