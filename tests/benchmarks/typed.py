"""What the people of the benchmark type: every lookup, with the words of the event at hand."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import cycle, islice
from random import Random
from typing import Any

from bot.sandbox import InteractionType
from tests.benchmarks.events import Measured
from tests.benchmarks.running import Driven, echo_on, usher_on

COMMAND, AUTOCOMPLETE = InteractionType.COMMAND, InteractionType.AUTOCOMPLETE
PLAIN: Mapping[str, Any] = {"name": "plain"}
#: Commands with an autocomplete field.
COMPLETED = ("session", "speaker", "poster")
#: Commands with an option, and its name.
OPTIONS: Mapping[str, str] = {"session": "name", "speaker": "name", "poster": "title", "search": "text"}
#: So many different answers of a command the bare bot has ready.
READY = 20
_LONGEST = 100
_STRING = 3


@dataclass(frozen=True)
class Lookup:
    """One command, with one option at most."""

    name: str
    option: str | None = None
    value: str = ""

    @property
    def data(self) -> Mapping[str, Any]:
        """The interaction's data when the command is sent."""
        return self._data(self.value)

    @property
    def unfinished(self) -> Mapping[str, Any]:
        """The interaction's data while the value is being typed, as far as it is there."""
        return self._data(self.value, focused=True)

    def _data(self, value: str, **more: bool) -> Mapping[str, Any]:
        if self.option is None:
            return {"name": self.name}
        return {"name": self.name, "options": [{"name": self.option, "type": _STRING, "value": value, **more}]}


def lookups(event: Measured) -> list[Lookup]:
    """Every lookup as somebody would type it in the middle of the event."""
    plain = ("now", "speakers", "deadlines", "topics", "submit", "join", "materials", "organizers", "conduct", "about")
    with_value = [Lookup(name, option, values(event, name)[0]) for name, option in OPTIONS.items()]
    return [*map(Lookup, (*plain, "help", "schedule", "posters")), *with_value]


def values(event: Measured, name: str) -> list[str]:
    """What people type into the command's option: all there is to ask for, in a mixed order, each once."""
    program = event.program
    texts = {
        "session": [session.title for session in program.sessions],
        "speaker": [speaker.name for speaker in program.speakers],
        "poster": [poster.title for poster in program.posters],
        "search": [author.split()[-1] for poster in program.posters for author in poster.authors],
    }[name]
    mixed = list(dict.fromkeys(text[:_LONGEST] for text in texts))
    Random(5).shuffle(mixed)
    return mixed


def asked(event: Measured, lookup: Lookup, number: int) -> list[Lookup]:
    """The lookup ``number`` times, each time with another value as far as there are.

    Those whose answers the bare bot was made with are left out: Usher keeps answers ready, and what
    is asked for the first time is to be measured as such.
    """
    if lookup.option is None:
        return [lookup] * number
    every = values(event, lookup.name)
    return [replace(lookup, value=value) for value in islice(cycle(every[READY:] or every), number)]


def unfinished(event: Measured, lookup: Lookup, number: int) -> list[Lookup]:
    """The lookup as it is being typed: beginnings of every length, of titles or names of this event."""
    random = Random(11)
    texts = values(event, lookup.name)
    return [replace(lookup, value=random.choice(texts)[: random.randint(1, 20)]) for _ in range(number)]


async def in_turns(
    bot: Driven,
    ours: Sequence[Mapping[str, Any]],
    bare: Driven,
    theirs: Sequence[Mapping[str, Any]],
    kind: InteractionType = COMMAND,
) -> tuple[list[float], list[float]]:
    """Seconds that each took, one of ``ours`` and one of ``theirs`` at a time.

    Both bots do the same number, in changing order: the one that was asked last finds warmer caches, and one that is
    asked three times as often as the other has them always (that alone made 0.84 ms into 1.5 ms here).
    """
    took: tuple[list[float], list[float]] = ([], [])
    for turn, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        pair = [(bot, one, took[0]), (bare, other, took[1])]
        for side, data, into in pair if turn % 2 else reversed(pair):
            into.append(await side.use(data, kind))
    return took


@asynccontextmanager
async def both_sides(event: Measured, completions: int = 0) -> AsyncIterator[tuple[Driven, Driven, list[Lookup]]]:
    """Usher, and a bare bot that answers each lookup with what Usher had answered.

    It also completes the first ``completions`` of ``unfinished`` texts with the choices that Usher had offered.
    """
    typed = lookups(event)
    async with usher_on(event) as bot:
        answers = {}
        for lookup in typed:
            components = []
            for value in values(event, lookup.name)[:READY] if lookup.option else [""]:
                await bot.use(replace(lookup, value=value).data)
                components.append(bot.last_answer["data"]["components"])
            choices = {}
            if lookup.name in COMPLETED:
                for begun in unfinished(event, lookup, completions):
                    choices[begun.value] = (await bot.timed(begun.unfinished, AUTOCOMPLETE)).outcome.choices
            answers[lookup.name] = {"option": lookup.option, "components": components, "choices": choices}
        async with echo_on(event, answers) as bare:
            yield bot, bare, typed
