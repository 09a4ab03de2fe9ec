"""What the people of the benchmark type: every lookup, with the words of the event at hand."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from bot.sandbox import InteractionType
from tests.benchmarks.events import Measured
from tests.benchmarks.running import Driven, echo_on, usher_on

COMMAND, AUTOCOMPLETE = InteractionType.COMMAND, InteractionType.AUTOCOMPLETE
PLAIN: Mapping[str, Any] = {"name": "plain"}
#: Commands with an autocomplete field.
COMPLETED = ("session", "speaker", "poster")
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
    program = event.program
    session = program.running(event.now)[0]
    poster = program.posters[len(program.posters) // 2]
    plain = ("now", "speakers", "deadlines", "topics", "submit", "join", "materials", "organizers", "conduct", "about")
    return [
        *map(Lookup, (*plain, "help", "schedule", "posters")),
        Lookup("session", "name", session.title[:100]),
        Lookup("speaker", "name", program.speakers[len(program.speakers) // 2].name),
        Lookup("poster", "title", poster.title[:100]),
        Lookup("search", "text", poster.authors[0].split()[-1]),
    ]


def unfinished(event: Measured, lookup: Lookup, number: int) -> list[Lookup]:
    """The lookup as it is being typed: beginnings of every length, of titles or names of this event."""
    random = Random(11)
    texts = {
        "session": [session.title for session in event.program.sessions],
        "speaker": [speaker.name for speaker in event.program.speakers],
        "poster": [poster.title for poster in event.program.posters],
    }[lookup.name]
    return [replace(lookup, value=random.choice(texts)[: random.randint(1, 20)]) for _ in range(number)]


@asynccontextmanager
async def both_sides(event: Measured, completions: int = 0) -> AsyncIterator[tuple[Driven, Driven, list[Lookup]]]:
    """Usher, and a bare bot that answers each lookup with what Usher had answered.

    It also completes the first ``completions`` of ``unfinished`` texts with the choices that Usher had offered.
    """
    typed = lookups(event)
    async with usher_on(event) as bot:
        answers = {}
        for lookup in typed:
            await bot.use(lookup.data)
            components = bot.last_answer["data"]["components"]
            choices = {}
            if lookup.name in COMPLETED:
                for begun in unfinished(event, lookup, completions):
                    choices[begun.value] = (await bot.timed(begun.unfinished, AUTOCOMPLETE)).outcome.choices
            answers[lookup.name] = {"option": lookup.option, "components": components, "choices": choices}
        async with echo_on(event, answers) as bare:
            yield bot, bare, typed
